"""Which item of a plan that is read again is which of the plan before, so that what was done stays attached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import count

import msgspec

from kring.domain.plan import GuideItem, Ids, Plan, PlannedCheck, PlannedParticipant
from kring.domain.rows import ParticipantRow
from kring.domain.text import folded

_REWORDED = 0.6  # at the same place, this much of the text in common is the same question
_MOVED = 0.8  # elsewhere in the same section it takes more
_COMPARED = 400  # characters; a difference further on is no reason to lose an answer
_CANDIDATES = 24
_LOOKED_AT = 100  # a plan of nothing but loose lines must not take a minute

_Place = tuple[str | None, str, str]


def matched_ids(old: Plan, new: Plan) -> dict[str, str]:
    """Match by id, then by place and similar text, then within the section, then by the same text anywhere."""
    known = {item.id for item in old.guide}
    matched = {item.id: item.id for item in new.guide if item.id in known}
    free = {item.id: item for item in old.guide if item.id not in matched}
    parents = {item.id: item.parent for item in new.guide}
    by_depth: dict[int, list[GuideItem]] = {}
    for item in new.guide:
        if item.id not in matched:
            by_depth.setdefault(_depth(item.id, parents), []).append(item)
    for depth in sorted(by_depth):  # a section that was renamed must be known before its questions are looked for
        _match_level(by_depth[depth], free, matched)
    return matched


def reread(old: Plan, new: Plan, people: Iterable[ParticipantRow] = ()) -> Plan:
    """Return the new plan with the ids of the old one, so that answers, visits and notes stay attached.

    `people` are all participants of the session: nobody new gets the code or the seat of one who is not on the list.
    """
    kept = matched_ids(old, new)
    ids = Ids([*kept.values(), *(item.id for item in old.guide)])
    for item in new.guide:
        if item.id not in kept:
            kept[item.id] = ids.take(item.id)
    guide = tuple(
        msgspec.structs.replace(item, id=kept[item.id], parent=kept.get(item.parent or "")) for item in new.guide
    )
    checks = tuple(msgspec.structs.replace(check, item=kept.get(check.item or "")) for check in _checks(old, new))
    return msgspec.structs.replace(new, guide=guide, checks=checks, participants=_participants(old, new, list(people)))


def _match_level(items: list[GuideItem], free: dict[str, GuideItem], matched: dict[str, str]) -> None:
    for attempt in (_same_place, _same_parent, _same_text):
        left = [item for item in items if item.id not in matched]
        if not left or not free:
            return
        for item, found in attempt(left, free, matched):
            if item.id not in matched and found.id in free:
                matched[item.id] = found.id
                del free[found.id]


def _same_place(
    items: list[GuideItem], free: dict[str, GuideItem], matched: dict[str, str]
) -> Iterable[tuple[GuideItem, GuideItem]]:
    places: dict[_Place, list[GuideItem]] = {}
    for old in free.values():
        places.setdefault((old.parent, old.kind, old.number), []).append(old)
    for item in items:
        here = places.get((_old_parent(item, matched), item.kind, item.number), [])
        if found := _most_similar(item.text, (old for old in here[:_LOOKED_AT] if old.id in free), _REWORDED):
            yield item, found


def _same_parent(
    items: list[GuideItem], free: dict[str, GuideItem], matched: dict[str, str]
) -> Iterable[tuple[GuideItem, GuideItem]]:
    siblings: dict[tuple[str | None, str], list[GuideItem]] = {}
    for old in free.values():
        siblings.setdefault((old.parent, old.kind), []).append(old)
    for item in items:
        here = siblings.get((_old_parent(item, matched), item.kind), [])
        if found := _most_similar(item.text, (old for old in here[:_LOOKED_AT] if old.id in free), _MOVED):
            yield item, found


def _same_text(
    items: list[GuideItem], free: dict[str, GuideItem], matched: dict[str, str]
) -> Iterable[tuple[GuideItem, GuideItem]]:
    texts: dict[tuple[str, str], list[GuideItem]] = {}
    for old in reversed(list(free.values())):
        texts.setdefault((old.kind, folded(old.text)), []).append(old)
    for item in items:
        if here := texts.get((item.kind, folded(item.text))):
            yield item, here.pop()


def _old_parent(item: GuideItem, matched: dict[str, str]) -> str | None:
    return matched.get(item.parent, item.parent) if item.parent else None


def _depth(item_id: str, parents: dict[str, str | None]) -> int:
    depth, above = 0, parents.get(item_id)
    while above is not None and depth < 4:
        depth, above = depth + 1, parents.get(above)
    return depth


def _most_similar(text: str, candidates: Iterable[GuideItem], enough: float) -> GuideItem | None:
    best, found = enough, None
    for candidate, _ in zip(candidates, range(_CANDIDATES), strict=False):
        likeness = _likeness(text, candidate.text)
        if likeness >= best and (found is None or likeness > best):
            best, found = likeness, candidate
    return found


def _likeness(one: str, other: str) -> float:
    import difflib  # 3 ms that only a plan that changed takes

    matcher = difflib.SequenceMatcher(None, folded(one)[:_COMPARED], folded(other)[:_COMPARED], autojunk=False)
    if matcher.real_quick_ratio() < _REWORDED or matcher.quick_ratio() < _REWORDED:
        return 0.0
    return matcher.ratio()


def _checks(old: Plan, new: Plan) -> list[PlannedCheck]:
    known, kept = {check.id for check in old.checks}, {check.id for check in new.checks}
    free: dict[str, list[PlannedCheck]] = {}
    for check in old.checks:
        if check.id not in kept:
            free.setdefault(check.phase, []).append(check)
    checks: list[PlannedCheck] = []
    for check in new.checks:
        here = [] if check.id in known else free.get(check.phase, [])[:_CANDIDATES]
        rated = [(likeness, old) for old in here if (likeness := _likeness(check.text, old.text)) >= _REWORDED]
        if rated:
            _, same = max(rated, key=lambda pair: pair[0])
            free[check.phase].remove(same)
            checks.append(msgspec.structs.replace(check, id=same.id))
        else:
            checks.append(check)
    return checks


def _participants(old: Plan, new: Plan, people: list[ParticipantRow]) -> tuple[PlannedParticipant, ...]:
    """Keep a person's code by name: without codes in the roster, one row less would hand everybody another's notes."""
    listed = {person.code for person in old.participants}
    others = [person for person in people if person.id not in listed]
    strangers = {person.id for person in others}
    before = _codes_by_name((person.name, person.id) for person in others)
    before |= _codes_by_name((person.name, person.code) for person in old.participants)
    now = _codes_by_name((person.name, person.code) for person in new.participants)
    kept = {code: before.get(name, "") for name, code in now.items()}
    taken = strangers | set(kept.values())
    if any(old_code not in {"", code} | strangers for code, old_code in kept.items()):
        taken |= listed  # the rows moved, so a row says nobody's name; and who left keeps the code
    named = {person.code for person in new.participants if not kept.get(person.code)}
    ids = Ids(taken)
    free = (code for number in count(1) if (code := f"P{number}") not in taken | named)
    coded = tuple(
        msgspec.structs.replace(
            person,
            code=kept.get(person.code) or ids.take(next(free) if person.code in taken else person.code),
        )
        for person in new.participants
    )
    return _seated(coded, people)


def _seated(listed: tuple[PlannedParticipant, ...], people: list[ParticipantRow]) -> tuple[PlannedParticipant, ...]:
    """Leave everybody on their seat, whether or not they are still on the list; who is new gets a free one."""
    codes = {person.code for person in listed}
    alive = [person for person in people if person.removed_at is None]
    gone = [person for person in alive if person.id not in codes and person.on_list and person.status == "expected"]
    seats = {person.id: person.seat for person in alive if person not in gone}
    wanted = {person.seat for person in listed if person.code not in seats}
    free = (seat for seat in count(1) if seat not in wanted and seat not in seats.values())
    for person in listed:
        if person.code not in seats:
            is_free = person.seat not in seats.values()
            seats[person.code] = person.seat if is_free else next(free)
    return tuple(msgspec.structs.replace(person, seat=seats[person.code]) for person in listed)


def _codes_by_name(people: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the codes of those whose name nobody else bears."""
    named = [(folded(name).strip(), code) for name, code in people]
    names = Counter(name for name, _ in named)
    return {name: code for name, code in named if name and names[name] == 1}
