"""How a proposal for the time to come is typed: accepted, declined, and changed line by line."""

from __future__ import annotations

import re

import msgspec

from kring.domain import lookup
from kring.domain.decide import Decision
from kring.domain.decide.group import pacing
from kring.domain.measures.group.pacing import Paced, Proposal
from kring.domain.state import State
from kring.domain.text import Refused, one_line, pattern

Chosen = dict[str, int | None]
"""What was chosen by hand, by the id of the line's item: seconds to come, or None = skipped."""


class Change(msgspec.Struct, frozen=True):
    """So many seconds more (`sign` 1), less (−1) or in all (0); None = skipped."""

    sign: int
    by_s: int | None


ACCEPT = ("accept", "aannemen", "overnemen")
DECLINE = ("decline", "afwijzen")
SKIP = ("skip", "overslaan")
FEWEST_S = 60
_LENGTH = pattern(r"([+-]|−)?(\d{1,3})(?::([0-5]\d))?", re.ASCII)


def cut(text: str) -> tuple[str, ...]:
    """Take what to do, and the changes of lines behind it, divided by commas."""
    word, _space, rest = text.strip().partition(" ")
    if word.casefold() in (*ACCEPT, *DECLINE):
        return (word.casefold(), rest.strip()) if rest.strip() else (word.casefold(),)
    return ("", text.strip()) if text.strip() else ()


def decide(word: str = "", changes: str = "") -> Decision:
    """Accept or decline what is proposed, with these changes."""
    if word in ACCEPT:
        return lambda state, now: pacing.accept(state, now, chosen(state, now, changes))
    if word in DECLINE:
        return lambda state, now: pacing.decline(state, now, chosen(state, now, changes))
    raise Refused("Say accept or decline, or a line and its minutes, such as 4.2 -2.")


def chosen(state: State, now: int, changes: str, before: Chosen | None = None) -> Chosen:
    """Return what is chosen by changes such as `4.2 -2, 6.1 3:30, 6.3 skip`, each on what the ones before it made."""
    found = dict(before or {})
    for item, change in [_read(part.strip()) for part in changes.split(",") if part.strip()]:
        line = line_of(state, pacing.proposed(state, now, found), item)
        found[line.line.item.id] = changed(line, change)
    return found


def _read(typed: str) -> tuple[str, Change]:
    """Return the line that is named, and what is said of it, or refuse."""
    item, _space, word = typed.rpartition(" ")
    if word.casefold() in SKIP and item:
        return item, Change(0, None)
    length = _LENGTH.fullmatch(word)
    if length is None or not item:
        raise Refused("{word} is no line and its minutes, such as 4.2 -2 or 6.3 skip.", word=one_line(typed))
    sign = {"+": 1, "-": -1, "−": -1}.get(length[1] or "", 0)
    return item, Change(sign, int(length[2]) * 60 + int(length[3] or 0))


def line_of(state: State, found: Proposal, word: str) -> Paced:
    """Return the line that a number or a text means, or refuse."""
    item = lookup.item(state, word)
    line = found.of(item.id)
    if line is None:
        raise Refused("{item} is not in the time to come.", item=item.number or item.title)
    return line


def changed(one: Paced, change: Change) -> int | None:
    """Return what a line would get by a change, None = skipped; or refuse."""
    line, called = one.line, one.line.item.number or one.line.item.title
    if line.until_s is not None:
        raise Refused("{item} ends at a fixed time.", item=called)
    if change.by_s is None:
        if line.guard or line.is_open or line.is_rest:
            raise Refused("{item} is protected or open now: it is not skipped here.", item=called)
        return None
    wanted_s = (one.becomes_s or 0) + change.sign * change.by_s if change.sign else change.by_s
    if line.guard and wanted_s < line.least_s:
        raise Refused("{item} is protected: it keeps its time.", item=called)
    if wanted_s < min(FEWEST_S, line.left_s):
        raise Refused("{item} would have less than a minute; skip it instead.", item=called)
    return wanted_s
