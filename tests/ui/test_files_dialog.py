"""Files that were brought in are moved on their clock, or taken out, from a list in the review."""

from __future__ import annotations

import pytest

from acting import act
from imports import files
from kring.commands.command import FaceAction
from kring.line_mode.lists import LISTS
from kring.session import intake
from kring.session.intake_remarks import Wishes
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from ui.reviewing import reviewing, said, shown


@pytest.fixture
def evening(session: Session, clock: SimulatedClock) -> Session:
    act(session, "start anyway", "go 1.1", "floor 2")
    clock.advance(60 * 60_000)
    act(session, "end")
    for source, parsed in (
        (files.source("chat.txt", b"1"), files.chat()),
        (files.source("said.vtt", b"2"), files.transcript()),
    ):
        wishes = Wishes(take_open=True, offset_ms=0)
        intake.commit(session, intake.prepare(session, source, parsed, wishes))
    return session


def _first(session: Session) -> int:
    return min(int(note.at) for note in session.state.notes.values() if note.import_id and note.removed_at is None)


async def _open(pilot: object) -> None:
    await pilot.press("ctrl+p", *"file", "enter")  # type: ignore[attr-defined]


async def test_a_file_is_moved_by_keys(evening: Session) -> None:
    before = _first(evening)
    async with reviewing(evening) as (app, pilot):
        await _open(pilot)
        assert "chat.txt" in shown(app)
        assert "said.vtt" in shown(app)
        await pilot.press("right", "right", "greater_than_sign", "left")
        assert "moves +0:11" in shown(app)
        await pilot.press("enter")
        assert _first(evening) == before + 11_000
        assert "chat.txt" in said(app)


async def test_a_file_is_taken_out_after_a_question(evening: Session) -> None:
    async with reviewing(evening) as (app, pilot):
        await _open(pilot)
        await pilot.press("down", "x")
        assert "Take out all that came from said.vtt?" in shown(app)
        await pilot.press("enter", "x", "y")
        assert [row.file for row in evening.state.imports.values() if row.removed_at is not None] == ["said.vtt"]
        assert "said.vtt" in said(app)


async def test_escape_changes_nothing(evening: Session) -> None:
    events = len(evening.history.events)
    async with reviewing(evening, size=(60, 16)) as (app, pilot):
        await _open(pilot)
        await pilot.press("right", "up", "down", "x", "n", "escape")
        assert "chat.txt   a-chat" not in shown(app)
    assert [event.fact for event in evening.history.events[events:] if "Import" in type(event.fact).__name__] == []


async def test_without_files_that_is_said(session: Session) -> None:
    async with reviewing(session) as (app, pilot):
        await _open(pilot)
        assert "No file was brought in." in shown(app)
        await pilot.press("escape")


def test_a_typed_line_lists_them(evening: Session) -> None:
    assert LISTS[FaceAction.FILES](evening.state, 0, "") == (
        "1  chat.txt  a-chat  messages: 4, reactions: 2; 2  said.vtt  a-transcript  utterances: 3"
    )
