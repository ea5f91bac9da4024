"""Verbs of the consensus matrix: what came up, and where somebody stands on it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.measures.group.consensus import Matter, labelled, matter_of, matters
from kring.domain.measures.presence import are_here
from kring.domain.rows import GuideRow, ParticipantRow, Stance
from kring.domain.state import State
from kring.domain.text import LONGEST, Refused, folded, one_line, pattern
from kring.domain.words import STANCES

LABEL = pattern(r"\d{1,3}\.\d{1,3}(?:[a-z]{1,3}\d?)?", re.IGNORECASE)
"""What names a question or a statement, and nobody's seat."""
CLEARED = ("clear", "empty", "wis", "leeg")
_WORDS: dict[str, Stance] = {
    folded(word): stance for stance, told in STANCES.items() for word in (*told.words, stance, stance.replace("_", "-"))
}


def note(state: State, now: int, where: str, who: str, word: str) -> f.StanceNoted | tuple[f.StanceNoted, ...]:
    """Log where participants stand on a question or a statement; `all` are those present, `clear` empties a cell."""
    matter = matter_named(state, where)
    stance = stance_of(word)
    before = {
        row.participant: row.stance
        for row in state.consensus.values()
        if (row.item, row.statement) == (matter.item, matter.statement)
    }
    people = [one for one in _meant(state, now, who) if before.get(one.id) != stance]
    if not people:
        raise Refused("That was so already.")
    first, *others = [f.StanceNoted(matter.item, one.id, stance, matter.statement) for one in people]
    return (replace(first, others=len(others)), *others) if others else first


def _meant(state: State, now: int, who: str) -> list[ParticipantRow]:
    """Return whom words mean; everybody is everybody who is here."""
    people = lookup.several(state, who)
    here = are_here(state, now) if folded(who.strip()) in lookup.EVERYBODY else None
    found = [one for one in people if here is None or one.id in here]
    if not found:
        raise Refused("Nobody is present.")
    return found


def stance_of(word: str) -> Stance | None:
    """Return the stance that a word means, None where it empties the cell, or refuse."""
    wanted = folded(word.strip())
    if wanted in CLEARED:
        return None
    if wanted in _WORDS:
        return _WORDS[wanted]
    near = {stance for known, stance in _WORDS.items() if len(wanted) > 1 and known.startswith(wanted)}
    if len(near) == 1:
        return near.pop()
    raise Refused(
        "{word} does not say where somebody stands: {words}.", word=one_line(word), words=", ".join(words_told())
    )


def words_told() -> list[str]:
    """Return the words for the stances, in English and Dutch."""
    return [f"{told.words[0]} ({told.words[1]})" for told in STANCES.values()]


def matter_named(state: State, where: str = "") -> Matter:
    """Return the question or the statement that is meant, else the newest one on the question that is open; refuse."""
    if where:
        return labelled(state, where) or matter_of(state, lookup.item(state, where, ("question",)), None)
    return matters(state, _open_question(state))[-1]


def _open_question(state: State) -> GuideRow:
    here = state.current_item
    if here is None or here.kind != "question":
        raise Refused("No question is open; say of which one it is, such as 3.2.")
    return here


def add_statement(state: State, now: int, text: str, where: str = "") -> f.StatementAdded:
    """Write down a statement that came up, on the question that is named, else on the one that is open."""
    item = lookup.item(state, where, ("question",)) if where else _open_question(state)
    line = _text(text)
    if any(folded(matter.text) == folded(line) for matter in matters(state, item) if matter.statement):
        raise Refused("{number} has that statement already.", number=item.number)
    known = (row.number for row in state.statements.values() if row.item == item.id)
    return f.StatementAdded(item.id, line, max(known, default=0) + 1)


def reword(state: State, now: int, label: str, text: str) -> f.StatementChanged:
    """Word a statement otherwise."""
    matter = _statement(state, label)
    line = _text(text)
    if line == matter.text:
        raise Refused("Nothing was changed.")
    return f.StatementChanged(str(matter.statement), line)


def remove_statement(state: State, now: int, label: str) -> f.StatementRemoved:
    """Take a statement out, with where people stood on it."""
    return f.StatementRemoved(str(_statement(state, label).statement))


def _statement(state: State, label: str) -> Matter:
    matter = labelled(state, label)
    if matter is None:
        raise Refused("There is no statement {word}.", word=one_line(label))
    return matter


def _text(text: str) -> str:
    line = one_line(text)
    if not line:
        raise Refused("Say what the statement is.")
    if len(line) > LONGEST:
        raise Refused("A text has at most {n} characters.", n=LONGEST)
    return line
