"""Verbs of the time to come: accept what is proposed, or decline it; either is logged with who and what it was."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain.decide.guide import box_s
from kring.domain.decide.session import require_live
from kring.domain.measures.group.pacing import BEHIND_MS, Paced, Pins, Proposal, proposal
from kring.domain.measures.sections import planned_ms, spent_by_section
from kring.domain.state import State
from kring.domain.text import Refused, whole_s


def proposed(state: State, now: int, pins: Pins | None = None) -> Proposal:
    """Return what is proposed for the time to come, around what was chosen by hand, or refuse."""
    require_live(state)
    found = proposal(state, now, pins)
    if found is None:
        raise Refused("The plan has no end to keep to: no length in its header, and no minutes.")
    return found


def accept(state: State, now: int, pins: Pins | None = None) -> tuple[f.Fact, ...]:
    """Give each line to come the time that is proposed, and skip what is proposed to be skipped; one act."""
    found = _worth_deciding(proposed(state, now, pins))
    return (_decided(found, accepted=True), *_skips(found), *_times(state, found))


def decline(state: State, now: int, pins: Pins | None = None) -> f.PaceDecided:
    """Leave the time to come as it is."""
    return _decided(_worth_deciding(proposed(state, now, pins)), accepted=False)


def _worth_deciding(found: Proposal) -> Proposal:
    if not found.changed:
        raise nothing_proposed(found)
    return found


def nothing_proposed(found: Proposal) -> Refused:
    """Return why a proposal changes nothing."""
    if found.over_s * 1000 >= BEHIND_MS:
        return Refused("Nothing can be shortened: what is still to come is protected, or at its minimum.")
    return Refused("Nothing is proposed: the time to come fits the plan.")


def _decided(found: Proposal, *, accepted: bool) -> f.PaceDecided:
    lines = (
        f.PacedLine(
            item=one.line.item.id,
            before_s=one.line.spent_s + one.now_s,
            after_s=one.line.spent_s + (one.becomes_s or 0),
            skipped=one.becomes_s is None,
        )
        for one in found.changed
    )
    return f.PaceDecided(accepted, found.over_s, found.still_over_s, tuple(lines))


def _skips(found: Proposal) -> list[f.Fact]:
    return [
        f.ItemSkipped(one.line.item.id) if one.becomes_s is None else f.ItemUnskipped(one.line.item.id)
        for one in found.changed
        if (one.becomes_s is None) != one.line.is_skipped
    ]


def _times(state: State, found: Proposal) -> list[f.TimeAdded]:
    """Return the minutes given and taken, of the questions and of their sections, so that both say the same."""
    sections = {one.line.section.id: one.line.section for one in found.changed}
    spent = spent_by_section(state, found.now)
    lines = [one for one in found.lines if one.line.section.id in sections and one.line.until_s is None]
    added = [time for one in lines if one.line.item.id != one.line.section.id for time in _of_item(one)]
    for section in sections.values():
        inside = [one for one in lines if one.line.section.id == section.id]
        if any(one.becomes_s is None and one.line.item.id == section.id for one in inside):
            continue  # a section that is skipped keeps its time
        wanted_s = whole_s(spent.get(section.id, 0)) + sum(one.becomes_s or 0 for one in inside)
        by_s = wanted_s - box_s(section)
        added += [f.TimeAdded(section.id, by_s, wanted_s)] if by_s else []
    return added


def _of_item(one: Paced) -> list[f.TimeAdded]:
    """Return what gives a question the time that it gets; one with a share of its section's has its own from then on.

    One that is skipped has the time that it would have had, so that it can come back.
    """
    line = one.line
    if line.is_share and not one.is_changed:
        return []
    if planned_ms(line.item) is not None and (one.becomes_s is None or _keeps_its_own(one)):
        return []
    wanted_s = line.spent_s + (line.left_s if one.becomes_s is None else one.becomes_s)
    by_s = wanted_s - box_s(line.item)
    return [f.TimeAdded(line.item.id, by_s, wanted_s)] if by_s else []


def _keeps_its_own(one: Paced) -> bool:
    """Whether a line gets just what is left of its own time."""
    return max(0, box_s(one.line.item) - one.line.spent_s) == one.becomes_s
