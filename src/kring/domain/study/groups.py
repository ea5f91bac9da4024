"""The groups of a study as they stand: planned, filled, held; who is wanted of each segment, listed, and came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from msgspec import Struct

from kring.domain.plan import Plan
from kring.domain.rows import Phase
from kring.domain.study.model import PlannedGroup, Range, Segment, Study
from kring.domain.study.segments import segments_of
from kring.domain.text import folded

GroupState = Literal["planned", "prepared", "running", "held", "missed"]


class SessionSummary(Struct, frozen=True, kw_only=True):
    """What a session file says of itself: times are ISO and empty where they are not known, people by segment.

    `definitions` are those of its day, by segment; `events` is how many it holds, `withdrawn` how many people withdrew;
    `is_newer` where a newer kring made it, `lost_its_log` where the last acts may be missing.
    """

    file: str
    id: str = ""
    study: str = ""
    group: str = ""
    title: str = ""
    phase: Phase = "prepared"
    planned_start: str = ""
    started_at: str = ""
    ended_at: str = ""
    minutes: int = 0
    plan_file: str = ""
    listed: tuple[tuple[str, int], ...] = ()
    came: tuple[tuple[str, int], ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    events: int = 0
    withdrawn: int = 0
    is_newer: bool = False
    lost_its_log: bool = False


class Recruited(NamedTuple):
    """How many people of one segment said yes to one group, and how many fit and have not said it yet."""

    confirmed: int = 0
    fit: int = 0


class Places(Struct, frozen=True):
    """The people of one segment in one group: how many are wanted, are on the list, and came."""

    segment: str
    wanted: Range | None
    listed: int
    came: int | None
    """None before the group was held."""
    fit: int = 0
    """How many have not said yes yet, of those who are to come."""

    @property
    def there(self) -> int:
        """How many count now: who came, or before the group who is on the list."""
        return self.listed if self.came is None else self.came

    @property
    def to_confirm(self) -> int:
        """How many of those who fit have to say yes, for as many as are wanted at least."""
        return min(self.fit, self._missing)

    @property
    def short(self) -> int:
        """How many are still to be found for the least that is wanted."""
        return self._missing - self.to_confirm

    @property
    def _missing(self) -> int:
        return max(0, self.wanted.least - self.there) if self.wanted else 0

    @property
    def over(self) -> int:
        """How many there are above the most that is wanted."""
        return max(0, self.there - self.wanted.most) if self.wanted else 0


class Group(Struct, frozen=True, kw_only=True):
    """One group: what is planned, and what became of it; `starts_at` is local and ISO, a day or a day and a time."""

    number: str
    starts_at: str = ""
    state: GroupState = "planned"
    minutes: int = 0
    plan: str = ""
    session: str = ""
    places: tuple[Places, ...] = ()
    line: int = 0

    @property
    def day(self) -> date | None:
        """The day of the group, if it is known."""
        return _day(self.starts_at)

    @property
    def short(self) -> tuple[Places, ...]:
        """The segments of which people are missing."""
        return tuple(one for one in self.places if one.short)


def groups_of(
    study: Study,
    plans: Sequence[tuple[str, Plan]],
    sessions: Sequence[SessionSummary],
    today: date,
    recruited: Mapping[str, Mapping[str, Recruited]] | None = None,
) -> list[Group]:
    """Return the groups that the study, its plans (file and plan) or its session files name, each once, by number.

    Of the groups that somebody is `recruited` for that counts (by group and folded segment), not the plan's list.
    """
    wanted = {group_key(group.number): group for group in study.groups}
    planned: dict[str, tuple[str, Plan]] = {}
    for place, (file, plan) in enumerate(plans):
        named = next((group for group in study.groups if folded(group.plan) == folded(file)), None)
        planned.setdefault(group_key(named.number if named else plan.group) or f"plan {place}", (file, plan))
    by_file = {file: key for key, (file, _plan) in planned.items()}
    held: dict[str, SessionSummary] = {}
    for place, session in enumerate(sessions):
        key = group_key(session.group) or by_file.get(session.plan_file, "") or f"session {place}"
        held[key if key not in held else f"{key} session {place}"] = session
    keys = dict.fromkeys((*wanted, *planned, *held))
    people = recruited or {}
    found = [_group(study, wanted.get(key), planned.get(key), held.get(key), today, people.get(key)) for key in keys]
    return sorted(found, key=lambda group: (_number(group.number), group.starts_at))


def _group(
    study: Study,
    wanted: PlannedGroup | None,
    planned: tuple[str, Plan] | None,
    session: SessionSummary | None,
    today: date,
    recruited: Mapping[str, Recruited] | None,
) -> Group:
    file, plan = planned or ("", None)
    starts_at = (session.started_at if session else "") or (plan.starts_at if plan and plan.starts_at else "")
    starts_at = starts_at or (wanted.starts_at if wanted else "") or (session.planned_start if session else "")
    state = _state(session, starts_at, today)
    group = (wanted.number if wanted else "") or (plan.group if plan else "") or (session.group if session else "")
    return Group(
        number=group,
        starts_at=starts_at,
        state=state,
        minutes=session.minutes if session else 0,
        plan=file or (wanted.plan if wanted else ""),
        session=session.file if session else "",
        places=_places(study, wanted, plan, session, _day(starts_at) or today, recruited),
        line=wanted.line if wanted else 0,
    )


def _state(session: SessionSummary | None, starts_at: str, today: date) -> GroupState:
    day = _day(starts_at)
    if session is not None and session.started_at:
        return "running" if session.phase == "live" and day == today else "held"
    if day is not None and day < today:
        return "missed"
    return "prepared" if session is not None else "planned"


def _places(
    study: Study,
    wanted: PlannedGroup | None,
    plan: Plan | None,
    session: SessionSummary | None,
    day: date,
    recruited: Mapping[str, Recruited] | None,
) -> tuple[Places, ...]:
    """Return the places of every segment that the study, the list or the session names, the study's first."""
    is_held = session is not None and bool(session.started_at)
    people = recruited or {}
    on_list = _listed(study, plan, session, day)
    if recruited is not None and not is_held:
        on_list = Counter({segment: one.confirmed for segment, one in people.items()})
    came = _by_segment(session.came if session else ())
    asked = {folded(name): many for name, many in wanted.wanted} if wanted else {}
    names = {folded(one.name): one.name for one in study.segments}
    for name in (*on_list, *came):
        names.setdefault(folded(name), name)
    found = []
    for key, name in names.items():
        range_ = asked.get(key) or (None if asked else _of_study(study.segments, key))
        there = came.get(key, 0) if is_held else None
        fit = 0 if is_held else people.get(key, Recruited()).fit
        found.append(Places(name, range_, on_list.get(key, 0), there, fit))
    return tuple(one for one in found if one.segment or one.listed or one.came or one.fit)


def _listed(study: Study, plan: Plan | None, session: SessionSummary | None, day: date) -> Counter[str]:
    if session is not None and session.listed:
        return _by_segment(session.listed)
    counts: Counter[str] = Counter()
    for person in plan.participants if plan else ():
        computed = segments_of(study.segments, dict(person.attributes), day)
        counts[folded(person.segment or (computed[0] if len(computed) == 1 else ""))] += 1
    return counts


def _by_segment(counted: Iterable[tuple[str, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for segment, count in counted:
        counts[folded(segment)] += count
    return counts


def _of_study(segments: Sequence[Segment], key: str) -> Range | None:
    return next((one.wanted for one in segments if folded(one.name) == key), None)


def group_key(number: str) -> str:
    """Return the number of a group as it is compared: `Group 2` is 2."""
    digits = "".join(mark for mark in number if mark.isdecimal())
    return digits.lstrip("0") or folded(number).strip()


def _number(number: str) -> tuple[int, str]:
    """Return what groups are sorted by: those with a number by that, however long it is, and then the others."""
    key = group_key(number)
    return (len(key), key) if key.isdecimal() else (10_000, key)


def _day(starts_at: str) -> date | None:
    try:
        return date.fromisoformat(starts_at[:10])
    except ValueError:
        return None
