"""How a poll stands, who agrees, and what was written in the chat, each on one line to be read aloud."""

from __future__ import annotations

from collections.abc import Iterable

from kring.domain import lookup
from kring.domain.decide.group.polls import poll_of
from kring.domain.measures.group.chat import chat_on
from kring.domain.measures.group.consensus import Consensus, consensus_on, in_use
from kring.domain.measures.group.showings import at_hand
from kring.domain.measures.polls import Result, last_round, missing, result, shifts
from kring.domain.measures.presence import are_here
from kring.domain.rows import PollRow
from kring.domain.state import State
from kring.domain.text import Refused, Sentence, one_line
from kring.domain.words import STANCES, called
from kring.system.i18n import _, decimal, ngettext, plain_number, say


def poll(state: State, now: int) -> str:
    """Tell how the poll at hand stands: who answered what, who is still missing, and who is asked to explain."""
    row = poll_of(state)
    found = result(state, row)
    number = last_round(state, row)
    title = row.title if number == 1 else _("{title}, round {n}").format(title=row.title, n=number)
    is_counted = not found.answers and not found.is_empty
    absent = [] if is_counted else missing(state, row, are_here(state, now))
    parts = [
        *([_("nobody answered yet")] if found.is_empty else []),
        *(_option(state, option, n, found) for option, n in found.counts.items() if n),
        *told(found),
        *_names(state, _("lowest, ask why: {names}"), found.lowest),
        *_names(state, _("highest, ask why: {names}"), found.highest),
        *_shifted(state, row),
        *_names(state, _("missing: {names}"), absent),
    ]
    return f"{one_line(title)}: {_joined(parts)}"


def told(found: Result) -> list[str]:
    """Return the figures of a poll: of a scale mean and median, of a ranking the mean places."""
    parts = []
    if found.mean is not None:
        parts.append(_("mean {value}").format(value=decimal(found.mean, 1)))
    if found.middle is not None:
        parts.append(_("median {value}").format(value=plain_number(found.middle)))
    return [*parts, *(_("{option}: place {n} on average").format(option=option, n=decimal(place, 1))
                      for option, place in found.places.items())]  # fmt: skip


def _option(state: State, option: str, n: int, found: Result) -> str:
    who = [called(state, code) for code, value in found.answers.items() if option in found.options_of(value)]
    return f"{option} = {n} ({', '.join(who)})" if who else f"{option} = {n}"


def _shifted(state: State, row: PollRow) -> list[str]:
    moved = [shift for shift in shifts(state, row) if shift.shifted]
    if not moved:
        return []
    names = (f"{called(state, one.participant)} {' → '.join(answer or '–' for answer in one.answers)}" for one in moved)
    return [_("shifted: {names}").format(names=", ".join(names))]


def consensus(state: State, now: int) -> str:
    """Tell of every question and statement how many agree, by name, and of whom that is not known."""
    here = are_here(state, now)
    found = [of_matter(state, consensus_on(state, matter, here)) for matter in in_use(state)]
    return _joined(found) or _("Nothing was noted yet: consensus 2.1 4 agrees.")


def of_matter(state: State, found: Consensus) -> str:
    """Tell who agrees on one question or statement, who does not, and at whom nobody looked."""
    parts = [head_count(found)]
    parts += _names(state, _("agree: {names}"), found.agree, found)
    parts += _names(state, _("disagree: {names}"), found.disagree, found)
    parts += _names(state, _("no response: {names}"), found.silent)
    parts += _names(state, _("not looked at: {names}"), found.empty)
    return f"{found.matter.label} {one_line(found.matter.text)}: {', '.join(parts)}"


def head_count(found: Consensus) -> str:
    """Return how many of those who count agree, and how many do not: 6 of 7 agree, 1 does not."""
    told = _("{n} of {all} agree").format(n=len(found.agree), all=len(found.cells))
    against = len(found.disagree)
    if against:
        told += ", " + ngettext("{n} does not", "{n} do not", against).format(n=against)
    nods = found.counts.get("nods", 0)
    return told + (", " + ngettext("{n} nods", "{n} nod", nods).format(n=nods) if nods else "")


def _names(state: State, template: str, codes: Iterable[str], found: Consensus | None = None) -> list[str]:
    names = [_with_stance(state, code, found) for code in codes]
    return [template.format(names=", ".join(names))] if names else []


def _with_stance(state: State, code: str, found: Consensus | None) -> str:
    stance = found.cells.get(code) if found is not None else None
    if stance is None or stance in ("agrees", "dissents"):
        return called(state, code)
    return f"{called(state, code)} ({say(Sentence(STANCES[stance].cell))})"


def chat(state: State, now: int, word: str = "") -> str:
    """Tell who wrote in the chat on a question, who did not, and who is still to be asked to explain."""
    item = lookup.item(state, word, ("question", "section", "activity")) if word else state.current_item
    if item is None:
        raise Refused("No question is open; say of which one it is, such as 3.2.")
    found = chat_on(state, item.id, are_here(state, now))
    said = (f"{called(state, note.participant) or '?'}: {note.text}" for note in found.contributions)
    parts = [
        *said,
        *_names(state, _("to be asked to explain: {names}"), found.to_explain),
        *_names(state, _("not in the chat: {names}"), found.missing),
    ]
    return _joined(parts) if found.contributions else _("Nobody wrote in the chat on this question.")


def link(state: State) -> str:
    """Tell the link of what is on now."""
    found = at_hand(state, with_files=False)
    if found is None:
        raise Refused("There is no link here.")
    return _("Link: {link}").format(link=" ".join(part for part in (found.title, found.link) if part))


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(map(one_line, parts))
