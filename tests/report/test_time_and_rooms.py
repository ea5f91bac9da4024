"""What a report says of the rooms of a group, and of proposals for the time to come."""

from __future__ import annotations

from collections.abc import Callable

from acting import act
from kring.domain.measures.coverage import cover_of_note
from kring.privacy.snapshot import read
from kring.report.content import report_of
from kring.report.markdown import text
from kring.session.session import Session
from kring.system.clock import SimulatedClock


def test_it_says_who_was_where_what_is_recorded_and_what_was_decided_on_time(
    make_session: Callable[..., Session], clock: SimulatedClock
) -> None:
    session = make_session("Els", "moderator")
    act(session, "attend all", "start anyway", "recording", "go 2.1")
    clock.advance(50 * 60_000)
    act(session, "pace decline", "pace accept 3 10", "room 1 1,2", "room 2 3,4", "floor 1")
    clock.advance(30_000)
    act(session, 'note "te duur" @1', "note ~ stil @3")
    clock.advance(30_000)
    act(session, "rooms back", "note ~ terug @1", "end")
    notes = list(session.state.notes.values())
    assert [cover_of_note(session.state, note) for note in notes] == ["", "", "platform"]
    session.close()
    told = text(report_of(read(session.store.path, with_names=True)))
    assert "Joost" in told
    row = next(line for line in told.splitlines() if "Joost" in line and "20:20 h" in line)
    assert [cell.strip() for cell in row.strip("|").split("|")] == [
        "1", "Els", "Joost", "20:20 h", "20:21 h", "1", "1:00",
    ]  # fmt: skip
    assert "The 1 note made in the rooms is on no recording." in told
    assert "declined: still" in told
    assert "accepted: from " in told
