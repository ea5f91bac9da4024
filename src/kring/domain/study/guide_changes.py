"""What changed in the guide from group to group: lines added, dropped, reworded, moved, and other times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from kring.domain.study.same_question import words

What = Literal["added", "dropped", "reworded", "moved", "must ask", "need not ask", "time"]
Kind = Literal["section", "break", "question", "probe"]


class GuideLine(msgspec.Struct, frozen=True):
    """A section, a break, a question or a probe of the guide of one group; `below` is the text of what it is in.

    `parent` is the id of that.
    """

    id: str
    kind: Kind
    text: str
    number: str = ""
    below: str = ""
    parent: str = ""
    planned_s: int | None = None
    must_ask: bool = False


class GuideChange(msgspec.Struct, frozen=True):
    """One thing that is not as it was: the line before, and now (None where it is not there)."""

    what: What
    before: GuideLine | None
    now: GuideLine | None


def guide_changes(before: Sequence[GuideLine], now: Sequence[GuideLine]) -> list[GuideChange]:
    """Return the changes in the order of the guide as it is now, those dropped last.

    A line is the same one of its kind with its id, else with its words; where it stood among the lines that are in
    both guides is found by the method of Ratcliff and Obershelp (`difflib`), so that of two that changed places one
    has moved.
    """
    pairs = _pairs(before, now)
    stayed = _stayed(before, now, pairs)
    found = [change for place, line in enumerate(now) for change in _of_line(before, pairs, stayed, place, line)]
    gone = set(range(len(before))) - set(pairs.values())
    return [*found, *(GuideChange("dropped", before[place], None) for place in sorted(gone))]


def _pairs(before: Sequence[GuideLine], now: Sequence[GuideLine]) -> dict[int, int]:
    """Return for each line of now that was there before where it stood."""
    pairs: dict[int, int] = {}
    free = dict(enumerate(before))
    for known_by in (_by_id, _by_words):
        for place, line in enumerate(now):
            if place in pairs:
                continue
            was = next((at for at, other in free.items() if known_by(other) == known_by(line)), None)
            if was is not None:
                pairs[place] = was
                del free[was]
    return pairs


def _by_id(line: GuideLine) -> tuple[str, str]:
    return line.kind, line.id


def _by_words(line: GuideLine) -> tuple[str, str]:
    return line.kind, words(line.text)


def _stayed(before: Sequence[GuideLine], now: Sequence[GuideLine], pairs: dict[int, int]) -> set[int]:
    """Return the lines of now that stand among the others as they did before."""
    was = sorted(pairs.values())
    order = [pairs[place] for place in range(len(now)) if place in pairs]
    matcher = SequenceMatcher(None, was, order, autojunk=False)
    kept = {order[at] for block in matcher.get_matching_blocks() for at in range(block.b, block.b + block.size)}
    same = {before[at].id: now[place].id for place, at in pairs.items()}
    return {place for place, at in pairs.items() if at in kept and _same_place(before[at], now[place], same)}


def _same_place(before: GuideLine, now: GuideLine, same: Mapping[str, str]) -> bool:
    """Whether a probe is below the same question, or one that took its place; a question may be in another section."""
    if before.kind != "probe" or words(before.below) == words(now.below):
        return True
    took_its_place = before.number == now.number and before.parent not in same and now.parent not in same.values()
    return same.get(before.parent) == now.parent if before.parent in same else took_its_place


def _of_line(
    before: Sequence[GuideLine], pairs: dict[int, int], stayed: set[int], place: int, line: GuideLine
) -> list[GuideChange]:
    if place not in pairs:
        return [GuideChange("added", None, line)]
    was = before[pairs[place]]
    found: list[What] = []
    if words(was.text) != words(line.text):
        found.append("reworded")
    if place not in stayed:
        found.append("moved")
    if was.must_ask != line.must_ask:
        found.append("must ask" if line.must_ask else "need not ask")
    if was.planned_s != line.planned_s:
        found.append("time")
    return [GuideChange(what, was, line) for what in found]
