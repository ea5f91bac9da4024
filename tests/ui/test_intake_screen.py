"""Files on the screen before they come in: matched, placed and brought in by keys; nothing is written before Enter."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from acting import act
from imports import files
from kring.domain.text import Sentence
from kring.imports.parsed import Clock, Parsed, Skipped
from kring.imports.preview import Counts, Evidence, Match, Offset, Preview
from kring.imports.source import Source
from kring.session import intake
from kring.session.intake_remarks import Wishes
from kring.session.session import Session
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.system.settings import Settings
from kring.system.text_files import Unreadable
from kring.ui.intake import views
from kring.ui.intake.app import IntakeApp
from kring.ui.intake.clock_view import clock_lines
from kring.ui.intake.model import IntakeModel
from kring.ui.widgets.line import plain, width

MANY = 2_000
"""More looks at the screen than any work behind it lasts."""


@pytest.fixture
def evening(session: Session, clock: SimulatedClock) -> Session:
    act(session, "start anyway", "go 1.1", "floor 2")
    clock.advance(60 * 60_000)
    act(session, "end")
    return session


@pytest.fixture
def chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(intake, "parsed", lambda _source, _format: files.chat())
    path = tmp_path / "chat.txt"
    path.write_text("what stood in it", encoding="utf-8")
    return path


class Screen:
    """The screen in a test: its app, its keys, and what stands on it."""

    def __init__(self, app: IntakeApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot
        self.model = app.intake.model

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.until(lambda: not self.app.intake._is_working)

    async def until(self, holds: Callable[[], object]) -> None:
        for _ in range(MANY):
            await self.pilot.pause()
            if holds():
                return
        raise AssertionError(self.text)

    @property
    def text(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    @property
    def said(self) -> str:
        return "".join(text for one in self.app.intake.status.said_line.lines for text, _ in one).strip()


@asynccontextmanager
async def looking_at(
    session: Session, *paths: Path, size: tuple[int, int] = (100, 30), wishes: Wishes | None = None
) -> AsyncIterator[Screen]:
    app = IntakeApp(IntakeModel(session, paths, "", wishes or Wishes()), session, Settings())
    async with app.run_test(size=size) as pilot:
        screen = Screen(app, pilot)
        await screen.until(lambda: screen.model.preview is not None or screen.model.problem is not None)
        yield screen


def _chats(session: Session) -> list[tuple[str, str | None]]:
    return [(note.text, note.participant) for note in session.state.notes.values() if note.import_id is not None]


async def test_a_file_comes_in_when_every_name_is_settled(evening: Session, chat: Path) -> None:
    async with looking_at(evening, chat) as screen:
        assert "chat.txt   a-chat" in screen.text
        assert "fits nobody on the list" in screen.text
        await screen.press("enter")
        assert _chats(evening) == []
        assert "First choose whom these names mean: “Ria Onbekend”" in screen.said

        await screen.press("x")
        assert "First choose" not in screen.text
        await screen.press("enter")

        assert screen.said.startswith("✓ Brought in: chat.txt")
        assert [text for text, _ in _chats(evening)] == ["hoi allemaal", "ik hoor u niet", "momentje"]


async def test_one_key_says_whom_a_name_means_and_another_takes_that_back(evening: Session, chat: Path) -> None:
    async with looking_at(evening, chat) as screen:
        await screen.press("3")
        assert next(one for one in screen.model.people if one.label == "Ria Onbekend").participant == "P3"
        await screen.press("backspace")
        assert next(one for one in screen.model.people if one.label == "Ria Onbekend").is_open
        await screen.press("backspace")
        assert screen.said.endswith("Nothing was chosen for this name.")
        await screen.press("0")
        assert screen.said.endswith("Nobody has seat 10.")
        await screen.press("y")
        assert screen.said.endswith("Nobody is proposed for this name; choose who it is.")


async def test_anybody_can_be_found_by_typing_a_part_of_the_name(evening: Session, chat: Path) -> None:
    async with looking_at(evening, chat) as screen:
        await screen.press("n", "f", "a", "t", "i", "enter")

        match = next(one for one in screen.model.people if one.label == "Ria Onbekend")
        assert (match.participant, str(match.why)) == ("P3", "chosen by you")


async def test_the_times_are_moved_by_keys_and_by_typing(evening: Session, chat: Path) -> None:
    async with looking_at(evening, chat) as screen:
        await screen.press("right", "right", "greater_than_sign", "left")
        assert screen.model.wishes.offset_ms == 11_000
        assert "the file is 0:11 behind the session" in screen.text

        await screen.press("k", *["backspace"] * 5, "minus", "0", "colon", "0", "4", "enter")
        assert screen.model.wishes.offset_ms == -4_000
        assert "the file is 0:04 ahead of the session" in screen.text

        await screen.press("k", *["backspace"] * 6, "x", "enter")
        assert "x is no distance" in screen.said
        assert screen.app.intake.line.value == "x"
        await screen.press("escape", "k", "x", "escape")
        assert screen.model.wishes.offset_ms == -4_000

        await screen.press("k", *["backspace"] * 6, "enter", "x", "enter")
        assert screen.model.wishes.offset_ms is None or screen.model.is_over


async def test_direct_messages_are_taken_in_by_a_key(evening: Session, chat: Path) -> None:
    async with looking_at(evening, chat) as screen:
        before = screen.model.preview
        await screen.press("p")
        after = screen.model.preview
        assert before is not None
        assert after is not None
        assert after.counts.rows == before.counts.rows + 1
        await screen.press("b", "x", "enter")
        assert "alleen voor Bo" in [text for text, _ in _chats(evening)]
        assert not evening.state.attachments


async def test_what_came_in_is_taken_out_again_by_a_key(evening: Session, chat: Path) -> None:
    async with looking_at(evening, chat) as screen:
        await screen.press("x", "enter")
        assert "--take-out" in screen.text
        await screen.press("z")
        assert not [note for note in evening.state.notes.values() if note.import_id and note.removed_at is None]
        assert "Nothing was brought in" in screen.text
        await screen.press("z")
        assert screen.said.endswith("Nothing was brought in yet.")


async def test_escape_leaves_a_file_as_it_is(evening: Session, chat: Path) -> None:
    events = len(evening.history.events)
    async with looking_at(evening, chat) as screen:
        await screen.press("x", "right", "p")
        await screen.pilot.press("escape")
        assert screen.app._exit

    assert len(evening.history.events) == events


async def test_files_come_one_after_another_and_names_are_known_in_the_next(
    evening: Session, chat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = chat.with_name("later.txt")
    other.write_text("something else", encoding="utf-8")
    broken = chat.with_name("broken.txt")
    broken.write_text("no", encoding="utf-8")

    def parsed(source: Source, _format: str) -> Parsed:
        if source.name == "broken.txt":
            raise Unreadable("{file} is empty.", file=source.name)
        return files.chat() if source.name == "chat.txt" else files.transcript(Clock.TIME_OF_DAY)

    monkeypatch.setattr(intake, "parsed", parsed)
    async with looking_at(evening, chat, broken, other) as screen:
        await screen.press("x", "enter")
        await screen.until(lambda: screen.model.problem is not None)
        assert "broken.txt is empty." in screen.text
        assert "2 / 3" in screen.text
        await screen.press("enter")
        await screen.until(lambda: screen.model.preview is not None)
        assert {one.label: one.who for one in screen.model.people}["Ria Onbekend"] == "left_out"
        assert not [one for one in screen.model.people if one.is_open]


async def test_a_long_read_is_said_and_can_be_left(
    evening: Session, chat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr(intake, "parsed", lambda _source, _format: goes_on.wait() and files.chat())
    app = IntakeApp(IntakeModel(evening, [chat], "", Wishes()), evening, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Screen(app, pilot)
        await screen.until(lambda: "is read; Escape leaves it" in screen.text)
        await pilot.press("1")
        await pilot.press("escape")
        assert app._exit
    goes_on.set()


async def test_what_a_file_holds_is_shown_before_its_names_and_clock_are_compared(
    evening: Session, chat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, prepare = threading.Event(), intake.prepare
    monkeypatch.setattr(intake, "prepare", lambda *given: goes_on.wait() and prepare(*given))
    app = IntakeApp(IntakeModel(evening, [chat], "", Wishes()), evening, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Screen(app, pilot)
        await screen.until(lambda: "names and clock are compared" in screen.text)
        assert "5  messages to all" in screen.text
        assert "line 7" in screen.text
        await pilot.press("enter")
        assert _chats(evening) == []
        goes_on.set()
        await screen.until(lambda: "Ria Onbekend" in screen.text)


async def test_a_picture_is_put_at_a_moment(evening: Session, chat: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "parsed", lambda _source, _format: files.picture())
    async with looking_at(evening, chat) as screen:
        await screen.press("right")
        assert screen.said.endswith("This file has no times that could be moved.")
        await screen.press("k", *"9x", "enter")
        assert "9x is no moment" in screen.said
        await screen.press("escape")
        assert not screen.app._exit


async def test_a_picture_comes_in_at_the_moment_that_was_typed(
    evening: Session, chat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "parsed", lambda _source, _format: files.picture())
    async with looking_at(evening, chat) as screen:
        await screen.press("k", "4", "2", "colon", "1", "3", "enter", "enter")
        (row,) = evening.state.attachments.values()
        assert row.t == 42 * 60 + 13


async def test_the_column_of_a_survey_that_tells_who_answered_is_chosen_by_a_key(
    evening: Session, chat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "parsed", lambda _source, _format: files.survey())
    async with looking_at(evening, chat) as screen:
        assert "c does it by: " in screen.text
        await screen.press("c")
        assert screen.model.wishes.join
        assert "Respondents who are on the list of participants" in screen.text
        await screen.press("p")
        assert screen.said.endswith("There are no direct messages in this file.")


async def test_the_same_file_twice_adds_nothing(evening: Session, chat: Path) -> None:
    async with looking_at(evening, chat, chat) as screen:
        await screen.press("x", "enter")
        await screen.until(lambda: screen.model.preview is not None)
        await screen.press("enter")
        assert "was brought in already" in screen.said
        await screen.press("s")
        assert screen.model.is_over
        assert len(screen.model.done) == 1


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
@pytest.mark.parametrize("language", ["nl", "en"])
async def test_names_clock_and_what_comes_in_are_in_sight(
    evening: Session, chat: Path, size: tuple[int, int], language: str
) -> None:
    i18n.use(language)
    async with looking_at(evening, chat, size=size) as screen:
        assert "Ria Onbekend" in screen.text
        assert ("Klok" if language == "nl" else "Clock") in screen.text
        assert "Enter" in screen.text
        if size[0] >= views.WIDE:
            assert "hoi" in screen.text
        else:
            for _ in range(4):
                await screen.press("pagedown")
            assert "wie ben ik" in screen.text


def _preview(*people: Match, offset: Offset | None = None, clock: Clock = Clock.WALL) -> Preview:
    return Preview("x.txt", "x", clock, Parsed(format="x", clock=clock), Counts(), offset=offset, people=people)


@pytest.mark.parametrize("room", [60, 119, 120, 140])
def test_the_cursor_is_in_sight_among_many_names(session: Session, room: int) -> None:
    people = [Match(f"Somebody {number}", "unknown", is_open=True) for number in range(40)]
    for at in range(40):
        drawn = views.body(session.state, _preview(*people), Wishes(), people, at, (room, 15), 0).lines
        assert any("▸" in plain(one) and f"Somebody {at} " in plain(one) for one in drawn)
        assert all(width(one) <= room for one in drawn)
        assert len(drawn) <= 15


def test_lines_that_follow_each_other_are_told_together(session: Session) -> None:
    lines = (3, 4, 5, 9)
    skipped = tuple(Skipped(line=line, why=Sentence("no time")) for line in lines)
    preview = replace(_preview(), skipped=skipped)
    told = [plain(one).split() for one in views.incoming(session.state, preview, Wishes(), 60)]
    assert ["line", "3–5", "no", "time"] in told
    assert ["line", "9", "no", "time"] in told


def test_differences_are_dots_on_a_line_with_where_the_times_lie() -> None:
    evidence = (Evidence(Sentence("both"), (3_000, 4_000, 4_000, 6_000, 900_000)),)
    lines = [plain(one) for one in clock_lines(_preview(), Offset(4_000, 1_500, evidence), 80)]

    assert lines[0] == "Clock  the file is 0:04 behind the session"
    dots, mark = lines[2], lines[3]
    assert dots.split()[0] == "+0:02"
    assert dots.split()[-1] == "+0:07"
    assert dots.count("·") == 2
    assert dots.count("○") == 1
    assert dots.index("○") == mark.index("▲")
    assert "spread 1.5 s" in mark
    assert "1 further away" in mark


def test_of_a_recording_its_beginning_is_told_on_the_sessions_clock() -> None:
    offset = Offset(72_000, 0, (Evidence(Sentence("log"), (72_000,)),))
    assert (
        plain(clock_lines(_preview(clock=Clock.RECORDING), offset, 60)[0]) == "Clock  it begins at 1:12 of the session"
    )
    before = clock_lines(_preview(clock=Clock.RECORDING), Offset(-5_000), 60)
    assert plain(before[0]) == "Clock  it begins 0:05 before the session"
    assert "nobody knows" in plain(clock_lines(_preview(clock=Clock.RECORDING), None, 60)[0])
