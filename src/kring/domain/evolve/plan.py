"""What becomes true when a plan is read, for the first time or again: what was done stays attached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers
from kring.domain.plan import GuideItem, Plan, PlannedCheck
from kring.domain.state import State

Planned = TypeVar("Planned", r.GuideRow, r.StimulusRow, r.PollRow, r.CheckRow)


def _read(state: State, event: Event, fact: f.PlanRead) -> list[r.Row]:
    if not state.session.id:
        return []
    plan, at = fact.plan, event.at
    checks = _checks(state, plan, at)
    return [
        _session(state, plan),
        *_guide(state, plan, at),
        *_stimuli(state, plan, at),
        *_polls(state, plan, at),
        *_participants(state, plan, at),
        *_consents(state, plan, at),
        *checks,
    ]


def _session(state: State, plan: Plan) -> r.SessionRow:
    return replace(
        state.session,
        title=plan.title,
        objective=plan.objective,
        study=plan.study,
        group_number=plan.group,
        language=plan.language,
        form=plan.form,
        planned_start=plan.starts_at,
        planned_min=plan.planned_min,
        platform=plan.platform,
        link=plan.link,
        assistant_phone=plan.assistant_phone,
        moderator=plan.moderator,
        assistant=plan.assistant,
        plan_file=plan.source,
    )


def _guide(state: State, plan: Plan, at: r.Moment) -> list[r.Row]:
    rows: list[r.Row] = [_guide_row(state, item, number) for number, item in enumerate(plan.guide)]
    return [*rows, *_removed(state.guide.values(), rows, at)]


def _removed(before: Iterable[Planned], kept: Iterable[r.Row], at: r.Moment) -> list[r.Row]:
    """Return the rows that the plan no longer has, as removed now or long since."""
    ids = {row.id for row in kept}
    return [replace(row, removed_at=row.removed_at or at) for row in before if row.id not in ids]


def _guide_row(state: State, item: GuideItem, position: int) -> r.GuideRow:
    before = state.guide.get(item.id)
    return r.GuideRow(
        id=item.id,
        parent=item.parent,
        position=position,
        number=item.number,
        kind=item.kind,
        title=item.text,
        question_kind=item.question_kind,
        must_ask=item.must_ask,
        planned_s=item.planned_s,
        planned_low_s=item.planned_low_s,
        added_s=before.added_s if before else 0,
        until=item.until,
        warn_s=item.warn_s,
        options=item.options,
        label=item.label,
        file=item.file,
        url=item.url,
        asked_at=before.asked_at if before else None,
        used_at=before.used_at if before else None,
        skipped_at=before.skipped_at if before else None,
    )


def _stimuli(state: State, plan: Plan, at: r.Moment) -> list[r.Row]:
    rows: list[r.Row] = []
    for item in plan.guide:
        if item.kind == "stimulus":
            before = state.stimuli.get(item.id)
            rows.append(
                r.StimulusRow(
                    id=item.id,
                    item=item.parent,
                    label=item.label or "",
                    title=item.text,
                    file=item.file,
                    shown_at=before.shown_at if before else None,
                    t=before.t if before else None,
                )
            )
    return [*rows, *_removed(state.stimuli.values(), rows, at)]


def _polls(state: State, plan: Plan, at: r.Moment) -> list[r.Row]:
    rows: list[r.Row] = [
        r.PollRow(id=item.id, item=item.parent, title=item.text, options=item.options)
        for item in plan.guide
        if item.kind == "poll"
    ]
    return [*rows, *_removed(state.polls.values(), rows, at)]


def _participants(state: State, plan: Plan, at: r.Moment) -> list[r.Row]:
    rows: list[r.Row] = []
    for person in plan.participants:
        before = state.participants.get(person.code) or r.ParticipantRow(id=person.code)
        rows.append(
            replace(
                before,
                name=person.name,
                seat=person.seat,
                segment=person.segment,
                attributes=person.attributes,
                consent=person.consent,
                on_list=True,
                removed_at=None,
            )
        )
    kept = {row.id for row in rows}
    return rows + [
        replace(row, removed_at=at)
        for row in state.participants.values()
        if row.id not in kept and row.on_list and row.status == "expected" and row.removed_at is None
    ]


_ALL = frozenset({"alles", "all", "ja", "yes", "volledig", "full"})
_NONE = frozenset({"nee", "no", "geen", "none", "niets"})


def _consents(state: State, plan: Plan, at: r.Moment) -> list[r.Row]:
    named: dict[str, r.ConsentRow] = {}
    everything: set[str] = set()
    for person in plan.participants:
        word = person.consent.strip().casefold()
        scopes = ["all"] if word in _ALL | _NONE else [scope.strip() for scope in person.consent.split(",")]
        if word in _ALL:
            everything.add(person.code)
        for scope in filter(None, scopes):
            given = word not in _NONE
            row = r.ConsentRow(id=f"{person.code}/{scope}", participant=person.code, scope=scope, given=given, at=at)
            named[row.id] = row
    listed = {person.code for person in plan.participants}
    # what somebody no longer names is withdrawn: the recording of who takes back a yes must not be used
    others = [
        replace(row, given=row.participant in everything, at=at)
        for row in state.consents.values()
        if row.participant in listed and row.id not in named and row.given != (row.participant in everything)
    ]
    return [*named.values(), *others]


def _checks(state: State, plan: Plan, at: r.Moment) -> list[r.Row]:
    rows: list[r.CheckRow] = []
    people = [person.code for person in plan.participants] + [
        person.id for person in state.participants.values() if not person.on_list
    ]
    for position, check in enumerate(plan.checks):
        pattern = _check_row(state, check, position)
        rows.append(pattern)
        if pattern.each:
            rows += [copy for code in people for copy in checks_of_person(state, pattern, code)]
    return [*rows, *_removed((row for row in state.checks.values() if row.planned), rows, at)]


def _check_row(state: State, check: PlannedCheck, position: int) -> r.CheckRow:
    before = state.checks.get(check.id)
    return r.CheckRow(
        id=check.id,
        phase=check.phase,
        position=position,
        title=check.text,
        gate=check.gate,
        recording=check.recording,
        planned=True,
        each=check.per_participant,
        parts=check.parts,
        item=check.item,
        url=check.url,
        done_at=before.done_at if before else None,
        done_by=before.done_by if before else None,
    )


def checks_of_person(state: State, pattern: r.CheckRow, code: str) -> list[r.CheckRow]:
    """Return one participant's copies of a per-participant check, one for each of its parts, with what was ticked."""
    copies: list[r.CheckRow] = []
    for part in pattern.parts or ("",):
        check_id = f"{pattern.id}/{code}/{part}" if part else f"{pattern.id}/{code}"
        before = state.checks.get(check_id)
        copies.append(
            replace(
                pattern,
                id=check_id,
                title=part or pattern.title,
                each=False,
                parts=(),
                pattern=pattern.id,
                participant=code,
                done_at=before.done_at if before else None,
                done_by=before.done_by if before else None,
            )
        )
    return copies


EVOLVERS: Evolvers = {f.PlanRead: _read}
