"""The plan: what is known before the session, as read from a moderator's Markdown text."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import msgspec

from kring.domain.rows import CheckPhase, GuideKind, QuestionKind
from kring.domain.text import Sentence, folded

SIMILAR = 0.6  # a question that shares this much with the old one at its place is the same question, reworded


class PlanWarning(msgspec.Struct, frozen=True):
    """What a reader of the plan should know, at a line of its file; line 0 is the plan as a whole."""

    line: int
    sentence: Sentence


class GuideItem(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the guide: a section, a break, or what stands in one."""

    id: str
    parent: str | None = None
    position: int = 0
    number: str = ""
    kind: GuideKind
    text: str
    question_kind: QuestionKind | None = None
    must_ask: bool = False
    planned_s: int | None = None
    planned_low_s: int | None = None
    until: str | None = None
    options: tuple[str, ...] = ()
    label: str | None = None
    file: str | None = None
    url: str | None = None
    line: int = 0


class PlannedCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One item of the checklist; a gate is asked for before the session starts."""

    id: str
    phase: CheckPhase
    text: str
    gate: bool = False
    per_participant: bool = False
    parts: tuple[str, ...] = ()
    item: str | None = None
    url: str | None = None
    line: int = 0


class PlannedParticipant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is expected; the seat is the key that gives the floor."""

    code: str
    name: str
    seat: int
    segment: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    consent: str = ""
    line: int = 0


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A whole plan; the guide is flat and in order, parents before children."""

    title: str = ""
    objective: str = ""
    study: str = ""
    group: str = ""
    language: str | None = None
    form: str | None = None
    starts_at: str | None = None
    planned_min: int | None = None
    platform: str = ""
    link: str = ""
    assistant_phone: str = ""
    moderator: str = ""
    assistant: str = ""
    roster_file: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    guide: tuple[GuideItem, ...] = ()
    checks: tuple[PlannedCheck, ...] = ()
    participants: tuple[PlannedParticipant, ...] = ()
    warnings: tuple[PlanWarning, ...] = ()
    source: str = ""

    @property
    def sections(self) -> tuple[GuideItem, ...]:
        """Sections and breaks, in order."""
        return tuple(item for item in self.guide if item.parent is None and item.kind in ("section", "break"))

    @property
    def questions(self) -> tuple[GuideItem, ...]:
        """Questions, in order."""
        return tuple(item for item in self.guide if item.kind == "question")

    def children(self, item_id: str) -> Iterator[GuideItem]:
        """What stands directly under an item, in order."""
        return (item for item in self.guide if item.parent == item_id)


def match_items(old: Plan, new: Plan) -> dict[str, str]:
    """Say which new item is which old one: the same id first, then the same place with a similar text."""
    matched = _same_ids([item.id for item in old.guide], [item.id for item in new.guide])
    taken = set(matched.values())
    places: dict[tuple[str | None, str, str], list[GuideItem]] = {}
    for item in old.guide:
        if item.id not in taken:
            places.setdefault(_place(item, item.parent), []).append(item)
    for item in new.guide:  # parents come first, so that a renamed section is matched before its questions
        if item.id in matched:
            continue
        parent = matched.get(item.parent, item.parent) if item.parent else None
        here = places.get(_place(item, parent), [])
        best = _most_similar(item.text, [candidate for candidate in here if candidate.id not in taken])
        if best is not None:
            matched[item.id] = best.id
            taken.add(best.id)
    return matched


def reread(old: Plan, new: Plan) -> Plan:
    """Return the new plan with the old ids, so that answers, visits and notes stay attached."""
    items = match_items(old, new)
    free = {item.id for item in new.guide} | {item.id for item in old.guide}
    kept = {new_id: items.get(new_id, new_id) for new_id in (item.id for item in new.guide)}
    for new_id, kept_id in kept.items():
        if new_id not in items and kept_id in items.values():
            kept[new_id] = unique_id(kept_id, free)
    guide = tuple(
        msgspec.structs.replace(item, id=kept[item.id], parent=kept.get(item.parent or "")) for item in new.guide
    )
    checks = tuple(
        msgspec.structs.replace(check, item=kept.get(check.item or "")) for check in _old_checks(old, new)
    )
    return msgspec.structs.replace(new, guide=guide, checks=checks)


def unique_id(wanted: str, taken: set[str]) -> str:
    """Return the wanted id, with a number behind it where it is taken, and take it."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found


def _same_ids(old_ids: list[str], new_ids: list[str]) -> dict[str, str]:
    known = set(old_ids)
    return {new_id: new_id for new_id in new_ids if new_id in known}


def _place(item: GuideItem, parent: str | None) -> tuple[str | None, str, str]:
    return (parent, item.number or str(item.position), item.kind)


def _most_similar(text: str, candidates: list[GuideItem]) -> GuideItem | None:
    rated = [(_likeness(text, candidate.text), candidate) for candidate in candidates[:8]]
    good = [(likeness, candidate) for likeness, candidate in rated if likeness >= SIMILAR]
    return max(good, key=lambda pair: pair[0])[1] if good else None


def _likeness(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, folded(one)[:400], folded(other)[:400], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SIMILAR else 0.0


def _old_checks(old: Plan, new: Plan) -> list[PlannedCheck]:
    known = {check.id for check in old.checks}
    missing = [check for check in old.checks if check.id not in {c.id for c in new.checks}]
    checks: list[PlannedCheck] = []
    for check in new.checks:
        same = [] if check.id in known else [c for c in missing if c.phase == check.phase]
        best = max(same[:40], key=lambda c: _likeness(check.text, c.text), default=None)
        if best is not None and _likeness(check.text, best.text) >= SIMILAR:
            missing.remove(best)
            check = msgspec.structs.replace(check, id=best.id)
        checks.append(check)
    return checks
