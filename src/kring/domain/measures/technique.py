"""Time lost to technique, in minutes, in two figures that are never added up.

Issues of everybody cost everybody the time in which at least one of them lasted; issues of a participant cost that
participant theirs, which makes participant-minutes. An issue lasts as long as somebody judged that it cost, from its
begin on, else until it was solved. A check that failed, a form that is not signed, need not keep anybody from the talk:
it costs what somebody judged, else nothing. What lies before the start or after the end, in a pause or in a break, cost
nothing of the talk.
"""

from __future__ import annotations

from typing import Literal

from kring.domain.measures.talk import interruptions, talk, uninterrupted_ms
from kring.domain.rows import IssueRow
from kring.domain.state import State
from kring.domain.stretches import Stretch, stretch_of, united
from kring.domain.time_text import MINUTE_MS

When = Literal["before", "during", "after"]


def is_costly(issue: IssueRow) -> bool:
    """Whether an issue costs minutes: any but a check that failed of which nobody said how many."""
    return issue.failed_check is None or issue.minutes_lost is not None


def lost_min(state: State, issue: IssueRow, now: int) -> float:
    """Return the minutes of the talk that one issue cost."""
    return _minutes(state, [issue], now)


def lost_to_all_min(state: State, now: int) -> float:
    """Return the minutes lost to everybody: those in which at least one issue of everybody lasted."""
    return _minutes(state, [issue for issue in state.issues.values() if issue.participant is None], now)


def lost_by_participant(state: State, now: int) -> dict[str, float]:
    """Return the minutes that participants lost to issues of their own, by code, in order of the first issue."""
    issues: dict[str, list[IssueRow]] = {}
    for issue in sorted(state.issues.values(), key=lambda issue: (issue.started_at, issue.id)):
        if issue.participant is not None:
            issues.setdefault(issue.participant, []).append(issue)
    return {code: _minutes(state, those, now) for code, those in issues.items()}


def participant_minutes(state: State, now: int) -> float:
    """Return the participant-minutes lost: the sum of what each participant lost to issues of their own."""
    return sum(lost_by_participant(state, now).values())


def when_of(state: State, issue: IssueRow, now: int) -> When:
    """Return whether an issue lay before the start, after the end, or touched the talk."""
    begin, end = _stretch(issue, now)
    session = state.session
    if session.started_at is None or end <= session.started_at:
        return "before"
    return "after" if session.ended_at is not None and begin >= session.ended_at else "during"


def _minutes(state: State, issues: list[IssueRow], now: int) -> float:
    if state.session.started_at is None:
        return 0.0
    whole = talk(state, now)
    stretches = (_stretch(issue, whole[1]) for issue in issues if is_costly(issue))
    cut = ((max(begin, whole[0]), min(end, whole[1])) for begin, end in stretches)
    lost = [(int(begin), int(end)) for begin, end in united(one for one in cut if one[0] < one[1])]
    return uninterrupted_ms(lost, interruptions(state, now)) / MINUTE_MS


def _stretch(issue: IssueRow, now: int) -> Stretch:
    begin, end = stretch_of(issue, now)
    return begin, end if issue.minutes_lost is None else begin + round(issue.minutes_lost * MINUTE_MS)
