"""What becomes true when a plan is read, for the first time or again: what was done stays attached."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import TypeVar

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.consent import ALL
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers
from kring.domain.evolve.consent import consent_rows, read_by_gate
from kring.domain.evolve.group.study import study_rows
from kring.domain.plan import GuideItem, Plan, PlannedCheck
from kring.domain.state import State

Planned = TypeVar("Planned", r.GuideRow, r.StimulusRow, r.PollRow, r.YieldRow, r.CheckRow)


def _read(state: State, event: Event, fact: f.PlanRead) -> list[r.Row]:
    if not state.session.id:
        return []
    plan, at = fact.plan, event.at
    session = _session(state, plan)
    rows = [
        session,
        *study_rows(state, session, plan, at),
        *_guide(state, plan, at),
        *_stimuli(state, plan, at),
        *_polls(state, plan, at),
        *_yields(state, plan, at),
        *_checks(state, plan, at),
    ]
    return rows if fact.roster is None else [*rows, *_whole_roster(state, fact.roster, rows, at)]


def _whole_roster(
    state: State, roster: Iterable[f.ParticipantListed], rows: Iterable[r.Row], at: r.Moment
) -> list[r.Row]:
    """Return what a list of version 1 makes true, which named everybody at once."""
    patterns = [row for row in rows if isinstance(row, r.CheckRow) and row.each and row.removed_at is None]
    listed = [row for person in roster for row in _on_list(state, person, patterns, at)]
    codes = {person.code for person in roster}
    gone = [
        row for person in state.participants.values() if person.id not in codes for row in _off_list(state, person, at)
    ]
    return [*listed, *gone]


def _listed(state: State, event: Event, fact: f.ParticipantListed) -> list[r.Row]:
    patterns = [check for check in state.checks.values() if check.each and check.removed_at is None]
    return _on_list(state, fact, patterns, event.at) if fact.code else []


def _on_list(state: State, fact: f.ParticipantListed, patterns: Iterable[r.CheckRow], at: r.Moment) -> list[r.Row]:
    before = state.participants.get(fact.code) or r.ParticipantRow(id=fact.code)
    person = replace(
        before,
        name=fact.name,
        seat=fact.seat,
        segment=fact.segment,
        attributes=fact.attributes,
        consent=fact.consent,
        on_list=True,
        removed_at=None,
    )
    copies = [copy for pattern in patterns for copy in checks_of_person(state, pattern, fact.code)]
    return [person, *numbered(state, copies), *_consents(state, fact, at)]


def _consents(state: State, fact: f.ParticipantListed, at: r.Moment) -> list[r.ConsentRow]:
    """Return what the list says anew; the same words as before leave alone what was said in the session since.

    So does a list that says nothing of somebody who walked in, and comes on it now.
    """
    before = state.participants.get(fact.code)
    if before is not None and before.consent == fact.consent:
        return []
    said = dict(fact.consents)
    return consent_rows(state, fact.code, said, at, others=said.get(ALL, False))


def _unlisted(state: State, event: Event, fact: f.ParticipantUnlisted) -> list[r.Row]:
    person = state.participants.get(fact.participant)
    return _off_list(state, person, event.at) if person is not None else []


def _off_list(state: State, person: r.ParticipantRow, at: r.Moment) -> list[r.Row]:
    """Return who is off the list, with their checks: somebody who came, or was never on it, stays."""
    if not person.on_list or person.status != "expected" or person.removed_at is not None:
        return []
    checks = [
        replace(check, removed_at=at)
        for check in state.checks.values()
        if check.participant == person.id and check.planned and check.removed_at is None
    ]
    return [replace(person, removed_at=at), *checks]


def _session(state: State, plan: Plan) -> r.SessionRow:
    return replace(
        state.session,
        title=plan.title,
        objective=plan.objective,
        study=plan.study,
        group_number=plan.group,
        audience=plan.audience,
        persona=plan.persona,
        language=plan.language,
        form=plan.form,
        planned_start=plan.starts_at,
        planned_min=plan.planned_min,
        project_number=plan.project_number,
        client=plan.client,
        agency=plan.agency,
        recruiter=plan.recruiter,
        incentive=plan.incentive,
        stimulus_versions=plan.stimulus_versions,
        destroyed_on=plan.destroyed_on,
        platform=plan.platform,
        link=plan.link,
        assistant_phone=plan.assistant_phone,
        moderator=plan.moderator,
        assistant=plan.assistant,
        plan_file=plan.source,
        quote_drafts=plan.quote_drafts,
        columns=plan.columns,
        silence_s=plan.silence_s,
        asked_s=plan.asked_s,
        sentences=plan.sentences,
        reminders=plan.reminders,
        observer_names=plan.observer_names,
        back_room_kept=plan.back_room_kept,
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
        probe_kind=item.probe_kind,
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
        asked_by_hand=before is not None and before.asked_by_hand,
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
        r.PollRow(id=item.id, item=item.parent, kind=_kind(item), title=item.text, options=item.options)
        for item in plan.guide
        if item.kind == "poll"
    ]
    return [*rows, *_removed(state.polls.values(), rows, at)]


def _yields(state: State, plan: Plan, at: r.Moment) -> list[r.Row]:
    rows: list[r.Row] = []
    for item in plan.guide:
        if item.kind == "yield":
            before = state.yields.get(item.id) or r.YieldRow(id=item.id)
            rows.append(replace(before, item=item.parent, title=item.text, removed_at=None))
    return [*rows, *_removed(state.yields.values(), rows, at)]


def _kind(item: GuideItem) -> r.PollKind:
    """Return the kind of a poll; plans of before named none, and had scales of whole numbers."""
    is_scale = bool(item.options) and all(option.isdecimal() for option in item.options)
    return item.poll_kind or ("scale" if is_scale else "single")


def _checks(state: State, plan: Plan, at: r.Moment) -> list[r.Row]:
    rows: list[r.CheckRow] = []
    people = [person.id for person in state.participants.values() if person.removed_at is None]
    for position, check in enumerate(plan.checks):
        pattern = _check_row(state, check, position)
        rows.append(pattern)
        if pattern.each:
            rows += [copy for code in people for copy in checks_of_person(state, pattern, code)]
    gone = _removed((row for row in state.checks.values() if row.planned), rows, at)
    return [*numbered(state, rows), *gone]


def numbered(state: State, checks: Iterable[r.CheckRow]) -> list[r.CheckRow]:
    """Return checks with numbers of their own for those that have none yet, behind all that were given before."""
    numbers = count(max((check.number for check in state.checks.values()), default=0) + 1)
    return [check if check.number or check.each else replace(check, number=next(numbers)) for check in checks]


def _check_row(state: State, check: PlannedCheck, position: int) -> r.CheckRow:
    before = state.checks.get(check.id)
    return r.CheckRow(
        id=check.id,
        number=before.number if before else 0,
        phase=check.phase,
        position=position,
        title=check.text,
        gate=check.gate,
        recording=check.recording,
        consent=check.consent,
        planned=True,
        each=check.per_participant,
        parts=check.parts,
        item=check.item,
        url=check.url,
        done_at=before.done_at if before else None,
        done_by=before.done_by if before else None,
        waived_at=before.waived_at if before else None,
        waived_by=before.waived_by if before else None,
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
                number=before.number if before else 0,
                done_at=before.done_at if before else None,
                done_by=before.done_by if before else None,
                waived_at=before.waived_at if before else None,
                waived_by=before.waived_by if before else None,
            )
        )
    return copies


EVOLVERS: Evolvers = {
    f.PlanRead: _read,
    f.ParticipantListed: read_by_gate(_listed),
    f.ParticipantUnlisted: read_by_gate(_unlisted),
}
