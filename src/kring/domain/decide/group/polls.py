"""Verbs of the polls: an answer by name, several in one line, counts without names, and asking once more."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.evolve.group.polls import MOST_COUNTED
from kring.domain.guide_items import section_of
from kring.domain.measures.polls import BETWEEN, last_round, result, rounds
from kring.domain.rows import GuideRow, PollRow
from kring.domain.state import State
from kring.domain.text import Refused, folded, one_line


def answer(state: State, now: int, who: str, value: str, poll: str = "", number: int | None = None) -> f.AnswerGiven:
    """Log a participant's answer to a poll, else the one at hand, in a round, else the last; it corrects one before."""
    row = state.polls[poll] if poll else poll_of(state)
    return _answered(state, row, who, value, last_round(state, row) if number is None else number)


def answers(state: State, now: int, pairs: Sequence[tuple[str, str]]) -> tuple[f.AnswerGiven, ...]:
    """Log the answers of several participants, as who and what."""
    poll = poll_of(state)
    number = last_round(state, poll)
    given = {fact.participant: fact for fact in (_answered(state, poll, who, value, number) for who, value in pairs)}
    if len(given) < len(pairs):
        raise Refused("Somebody stands twice in this line.")
    first, *others = given.values()
    return (replace(first, others=len(others)), *others)


def ask(state: State, now: int, word: str) -> f.PollAsked:
    """Put a poll to the group: answers go to it from now on, where its question has several."""
    poll = poll_of(state, word)
    if rounds(state, poll):
        raise Refused("This poll was asked already; `again` asks it once more.")
    return f.PollAsked(poll.id, 1)


def ask_again(state: State, now: int, word: str = "") -> f.PollAsked:
    """Put a poll to the group once more: the one named, else the one at hand."""
    poll = poll_of(state, word)
    if result(state, poll).is_empty:
        raise Refused("Nobody has answered this poll yet.")
    return f.PollAsked(poll.id, last_round(state, poll) + 1)


def count(state: State, now: int, counts: Sequence[tuple[str, int]]) -> f.PollCounted:
    """Log how many chose each option of the poll at hand, without names; what was counted before is replaced."""
    poll = poll_of(state)
    if result(state, poll).answers:
        raise Refused("This round has answers with names; ask again first, or count the next one.")
    found: dict[str, int] = {}
    for word, number in counts:
        option = _option(poll, word)
        if option in found:
            raise Refused("{value} stands twice in this line.", value=option)
        if not 0 <= number <= MOST_COUNTED:
            raise Refused("{word} is no number of people.", word=number)
        found[option] = number
    return f.PollCounted(poll.id, tuple(found.items()), round=last_round(state, poll))


def _answered(state: State, poll: PollRow, who: str, value: str, number: int) -> f.AnswerGiven:
    person = lookup.person(state, who)
    if any((row.poll, row.round) == (poll.id, number) for row in state.poll_counts.values()):
        raise Refused("This round was counted without names; ask again first.")
    return f.AnswerGiven(poll.id, person.id, given(poll, value), round=number)


def given(poll: PollRow, value: str) -> str:
    """Return an answer as it is kept: an option, or several, of a ranking all, best first; else refuse."""
    if poll.kind not in ("multiple", "ranking"):
        return _option(poll, value)
    options = [_option(poll, word) for word in _words(poll, value)]
    if repeated := [option for place, option in enumerate(options) if option in options[:place]]:
        raise Refused("{value} stands twice in this line.", value=repeated[0])
    if not options:
        raise Refused("{value} is none of {options}.", value=one_line(value), options=", ".join(poll.options))
    if poll.kind == "ranking" and poll.options and len(options) < len(poll.options):
        left = ", ".join(option for option in poll.options if option not in options)
        raise Refused("A ranking has all options; not named yet: {options}.", options=left)
    if poll.kind == "multiple" and poll.options:
        options.sort(key=poll.options.index)
    return BETWEEN.join(options)


def _words(poll: PollRow, value: str) -> list[str]:
    """Return the words for the options of one answer: between `;` or `,`, or numbers of options in a row."""
    for between in (";", ","):
        if between in value:
            return [word for part in value.split(between) if (word := part.strip())]
    words = value.split()
    return words if len(words) > 1 and all(map(str.isdecimal, words)) else [value]


def _option(poll: PollRow, word: str) -> str:
    """Return the option that a word means: itself, the beginning of one, or its number in the list, or refuse."""
    wanted = one_line(word)
    if not poll.options:
        if not wanted:
            raise Refused("Say what was answered.")
        return wanted
    same = [option for option in poll.options if folded(option) == folded(wanted)]
    near = [option for option in poll.options if folded(option).startswith(folded(wanted))] if wanted else []
    place = lookup.number_of(wanted)
    if len(found := same or near) == 1:
        return found[0]
    if not found and place is not None and poll.kind != "scale" and 1 <= place <= len(poll.options):
        return poll.options[place - 1]
    raise Refused("{value} is none of {options}.", value=wanted, options=", ".join(poll.options))


def poll_of(state: State, word: str = "") -> PollRow:
    """Return the poll that a word means, by its title or its question; else the one at hand; or refuse."""
    if word:
        item = lookup.item(state, word, ("poll", "question", "section"))
        found = next((poll for poll in _alive(state) if item.id in (poll.id, poll.item)), None)
    else:
        found = poll_at_hand(state)
    if found is None:
        raise Refused("Which poll? The plan has {n}.", n=len(_alive(state)))
    return found


def _alive(state: State) -> list[PollRow]:
    return [poll for poll in state.polls.values() if poll.removed_at is None]


def poll_at_hand(state: State) -> PollRow | None:
    """Return the poll of the question that is open, of its section, or the only one; of several the one asked last."""
    return _at(state, state.current_item)


def poll_at(state: State, item_id: str | None) -> str:
    """Return the id of the poll of a question, of its section, or of the only one; empty where there is none."""
    found = _at(state, state.guide.get(item_id or ""))
    return found.id if found is not None else ""


def _at(state: State, here: GuideRow | None) -> PollRow | None:
    alive = _alive(state)
    section = section_of(state, here.id) if here else None
    asked: dict[str, int] = {}
    for row in state.poll_rounds.values():
        asked[row.poll] = max(asked.get(row.poll, -1), row.at)
    for parent in (here, section):
        mine = [poll for poll in alive if parent is not None and poll.item == parent.id]
        if mine:
            return max(mine, key=lambda poll: asked.get(poll.id, -1))
    return alive[0] if len(alive) == 1 else None
