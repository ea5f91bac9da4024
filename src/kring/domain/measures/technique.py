"""Time lost to technique: as somebody judged it, else the length of the issue; in minutes."""

from __future__ import annotations

from kring.domain.rows import IssueRow
from kring.domain.state import State
from kring.domain.stretches import lasted_ms


def lost_min(issue: IssueRow, now: int) -> float:
    """Return the minutes that one issue cost."""
    return lasted_ms(issue, now) / 60_000 if issue.minutes_lost is None else issue.minutes_lost


def lost_by_participant(state: State, now: int) -> dict[str, float]:
    """Return the minutes lost by participant's code, in order of the first issue; those of everybody under ""."""
    lost: dict[str, float] = {}
    for issue in sorted(state.issues.values(), key=lambda issue: issue.started_at):
        lost[issue.participant or ""] = lost.get(issue.participant or "", 0.0) + lost_min(issue, now)
    return lost


def lost_in_all_min(state: State, now: int) -> float:
    """Return the minutes lost: the sum over all issues."""
    return sum(lost_by_participant(state, now).values())
