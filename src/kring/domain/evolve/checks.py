"""What becomes true of the checklist and of technical issues."""

from __future__ import annotations

from math import isfinite

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, happened_at, item_at, on_clock, open_item, seconds
from kring.domain.evolve.plan import numbered
from kring.domain.state import State


def _ticked(state: State, event: Event, fact: f.CheckTicked) -> list[r.Row]:
    check = state.checks.get(fact.check)
    if check is None or check.done_at is not None:
        return []
    return [replace(check, done_at=event.at, done_by=event.actor, waived_at=None, waived_by=None)]


def _unticked(state: State, event: Event, fact: f.CheckUnticked) -> list[r.Row]:
    check = state.checks.get(fact.check)
    return [] if check is None else [replace(check, done_at=None, done_by=None, waived_at=None, waived_by=None)]


def _waived(state: State, event: Event, fact: f.CheckWaived) -> list[r.Row]:
    check = state.checks.get(fact.check)
    if check is None:
        return []
    return [replace(check, done_at=None, done_by=None, waived_at=event.at, waived_by=event.actor)]


def _added(state: State, event: Event, fact: f.CheckAdded) -> list[r.Row]:
    return [*numbered(state, [r.CheckRow(id=event.id, phase=fact.phase, position=len(state.checks), title=fact.title)])]


def _issue_opened(state: State, event: Event, fact: f.IssueOpened) -> list[r.Row]:
    since = happened_at(event, fact.since_ms)
    over = state.session.ended_at
    until = happened_at(event, fact.until_ms, since) if fact.until_ms is not None else None
    if until is None and fact.since_ms is not None and over is not None and since < over:
        until = over
    return [
        r.IssueRow(
            id=event.id,
            title=fact.title,
            participant=fact.participant if fact.participant in state.participants else None,
            item=open_item(state) if since == event.at else item_at(state, since),
            started_at=since,
            ended_at=until,
            t=on_clock(state, since),
            duration_s=None if until is None else seconds(since, until),
            logged_by=event.actor,
            failed_check=fact.check if fact.check in state.checks else None,
        )
    ]


def _issue_closed(state: State, event: Event, fact: f.IssueClosed) -> list[r.Row]:
    issue = state.issues.get(fact.issue)
    if issue is None:
        return []
    ended = issue.ended_at or happened_at(event, fact.at_ms, issue.started_at)
    length = seconds(issue.started_at, ended)
    lost = fact.minutes_lost if fact.minutes_lost is not None and isfinite(fact.minutes_lost) else None
    return [replace(issue, ended_at=ended, duration_s=length, minutes_lost=lost)]


EVOLVERS: Evolvers = {
    f.CheckTicked: _ticked,
    f.CheckUnticked: _unticked,
    f.CheckWaived: _waived,
    f.CheckAdded: _added,
    f.IssueOpened: _issue_opened,
    f.IssueClosed: _issue_closed,
}
