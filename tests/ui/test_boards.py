"""Boards: what takes the lower part of a live screen, gets keys first, and is left as it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from acting import act
from kring.commands import table
from kring.commands.command import FaceAction
from kring.domain.text import Refused
from kring.ui.boards.board import Board, TextBoard
from kring.ui.boards.table import BoardEntry
from kring.ui.live import screen
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line
from ui.live import Make, begin, live, press, said, saved, screen_text


class Votes(Board):
    """A board that counts the digits it was given, and lets a note be typed."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.votes: list[str] = []

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        if not moment.state.participants:
            raise Refused("Nobody is on the list.")
        return line("who votes?")

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        return [line(f"voted: {' '.join(self.votes)}{' <' if self.has_keys else ''}")]

    def mode(self, moment: LiveMoment) -> Line:
        return line("vote of everybody")

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        return [KeyHint("0-9", "vote")]

    def press(self, key: str) -> bool:
        if key == "enter":
            self.leave()
        elif key.isdecimal():
            self.votes.append(key)
        else:
            return False
        return True


@pytest.fixture(autouse=True)
def with_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = BoardEntry("votes", lambda _moment, _has_keys: "votes", lambda: Votes, FaceAction.MICROPHONE)
    monkeypatch.setattr(screen, "BOARDS", (*screen.BOARDS, votes))


class Verses(TextBoard):
    def text(self, moment: LiveMoment, room: int, height: int) -> Sequence[Line]:
        return [line(str(number)) for number in range(5)]


def test_a_text_in_one_row_is_scrolled_by_pages_too() -> None:
    board, moment = Verses.__new__(Verses), LiveMoment.__new__(LiveMoment)
    seen = []
    for key in ("pagedown", "pagedown", "pageup", "down", "up"):
        board.lines(moment, 20, 1)
        assert board.press(key)
        seen.append(board.lines(moment, 20, 1)[0][0][0])
    assert [one[0] for one in seen] == ["1", "2", "1", "2", "1"]


ROLES = pytest.mark.parametrize("role", ["moderator", "assistant"])
SIZES = pytest.mark.parametrize("size", [(60, 16), (80, 24), (100, 30), (140, 40), (200, 60)], ids=str)


@ROLES
@SIZES
async def test_a_board_gets_keys_before_commands_and_escape_brings_back_what_was_there(
    make_session: Make, role: str, size: tuple[int, int]
) -> None:
    session = make_session("Els", role)
    begin(session)
    async with live(session, size) as (app, pilot):
        await press(pilot, "M", "3", "1")
        shown = screen_text(app)
        assert "voted: 3 1 <" in shown
        assert "vote of everybody" in shown
        assert "0-9" in saved(app)
        assert "Wie bent u?" in shown
        assert session.state.open_turn is None
        await press(pilot, "escape", "3")
        assert "voted" not in screen_text(app)
        assert session.state.open_turn is not None
        assert session.state.open_turn.participant == "P3"


@ROLES
async def test_what_is_not_a_key_of_the_board_does_what_it_always_does(make_session: Make, role: str) -> None:
    session = make_session("Els", role)
    begin(session)
    async with live(session) as (app, pilot):
        await press(pilot, "M", "f2")
        assert session.state.current_item is not None
        assert session.state.current_item.number == "2.1"
        await press(pilot, "n", "half", "enter", "4")
        assert [note.text for note in session.state.notes.values()] == ["half"]
        assert "voted: 4 <" in screen_text(app)
        await press(pilot, "enter", "4")
        assert session.state.open_turn is not None


async def test_a_board_that_has_nothing_to_show_is_not_opened(make_session: Make) -> None:
    session = make_session()
    begin(session)
    async with live(session) as (app, pilot):
        app.live.boards["votes"].begin = lambda moment, text: (_ for _ in ()).throw(Refused("Not now."))  # type: ignore[method-assign]
        await press(pilot, "M")
        assert said(app) == "? Not now."
        assert app.live.board is not app.live.boards["votes"]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=str)
async def test_passing_by_with_tab_leaves_the_digits_what_they_are(make_session: Make, size: tuple[int, int]) -> None:
    session = make_session()
    begin(session)
    async with live(session, size) as (app, pilot):
        await press(pilot, "shift+tab")
        assert "voted" in screen_text(app)
        await press(pilot, "3")
        assert session.state.open_turn is not None
        await press(pilot, "down", "5")
        assert "voted: 5 <" in screen_text(app)
        await press(pilot, "shift+tab")
        assert "voted" not in screen_text(app)
        await press(pilot, "tab", "tab")
        assert app.live.board is None


@ROLES
@SIZES
async def test_attendance_is_said_of_who_has_the_cursor(make_session: Make, role: str, size: tuple[int, int]) -> None:
    session = make_session("Els", role)
    begin(session)
    async with live(session, size) as (app, pilot):
        for _ in range(9):
            if app.live.board is app.live.boards["people"]:
                break
            await press(pilot, "tab")
        await press(pilot, "down", "down", "down")
        assert "▸" in screen_text(app)
        await press(pilot, "enter", "3")
        assert session.state.participants["P3"].status == "away"
        act(session, "attend 1 left")
        await press(pilot, "up", "enter", "4")
        assert session.state.participants["P2"].status == "left"


@ROLES
@SIZES
@pytest.mark.parametrize("board", ["tests", "issues", "people", "guide", "poll", "breakouts", "briefing", "read_back"])
async def test_rows_that_are_out_of_sight_are_told_where_they_would_stand(
    make_session: Make, role: str, size: tuple[int, int], board: str
) -> None:
    session = make_session("Els", role)
    begin(session)
    act(session, *[f"add Gast {n}" for n in range(6)], *[f"issue {1 + n % 8} geluid {n}" for n in range(20)])
    act(
        session,
        "go 2.2",
        "answers 1 0, 2 1, 3 2, 4 3, 5 4, 6 5, 7 6, 8 7",
        *[f"summary new regel {n}" for n in range(9)],
    )
    if board == "breakouts":
        act(session, "rooms draw 3")
    async with live(session, size) as (app, pilot):
        app.live.show_tab(board)
        await pilot.pause()
        shown = app.live.board_panel.lines
        if not shown:
            return  # there is no room for a board
        whole = app.live.boards[board].lines(app.live.moment(), app.live.board_panel.size.width, 400)
        assert len(shown) <= app.live.board_panel.size.height
        tells = [row for row in shown if any(re.fullmatch(r" … \d+", text) for text, _look in row)]
        assert bool(tells) is (len(whole) > app.live.board_panel.size.height or (board == "poll" and bool(tells)))


@pytest.mark.parametrize("keys", [("P",), ("D",), ("C",), ("K",), ("V",), ("tab",), ("shift+tab",), ("down",)], ids=str)
async def test_what_has_no_row_in_a_small_window_says_so_and_comes_when_the_cue_was_seen(
    make_session: Make, keys: tuple[str, ...]
) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "go 2.2", "note iets", "cue P6 wil al een hele tijd iets zeggen over de prijs en over de app")
    async with live(session, (60, 16)) as (app, pilot):
        await press(pilot, *keys)
        assert said(app).startswith("? No room for that here: Enter")
        assert app.live.focused is None
        await press(pilot, "enter", *keys)
        assert "No room" not in said(app)


@ROLES
@SIZES
async def test_a_cue_of_two_rows_says_too_what_became_of_it(
    make_session: Make, role: str, size: tuple[int, int]
) -> None:
    session = make_session("Els", role)
    begin(session)
    act(session, "cue P6 wil al een hele tijd iets zeggen over de prijs en over de app")
    async with live(session, size) as (app, _pilot):
        shown = screen_text(app)
        assert "wil al een hele tijd" in shown
        assert ("not seen yet" if role == "assistant" else "Enter: seen") in shown


async def test_the_rows_above_and_below_are_counted_as_the_cursor_goes(make_session: Make) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, *[f"issue 3 geluid {n}" for n in range(20)])
    async with live(session, (80, 24)) as (app, pilot):
        app.live.show_tab("issues")
        await press(pilot, "down", "pagedown", "pagedown")
        height = app.live.board_panel.size.height
        counts = [int(text[3:]) for row in app.live.board_panel.lines for text, _look in row if text.startswith(" … ")]
        assert sum(counts) == 20 - height
        assert len(counts) == 2
        assert "geluid" in screen_text(app)
        await press(pilot, "end")
        counts = [int(text[3:]) for row in app.live.board_panel.lines for text, _look in row if text.startswith(" … ")]
        assert counts == [20 - height]


async def test_the_selection_survives_an_edit(make_session: Make) -> None:
    session = make_session()
    begin(session)
    act(session, "note een", "note twee", "note drie")
    async with live(session) as (app, pilot):
        await press(pilot, "up", "up", "e", " meer", "enter", "*")
        assert [(note.text, note.starred) for note in session.state.notes.values()] == [
            ("een", False),
            ("twee meer", True),
            ("drie", False),
        ]
        assert app.live.focused is app.live.notes


def test_every_board_that_has_a_command_has_one_of_its_own() -> None:
    opened = [entry.opens for entry in screen.BOARDS if entry.opens is not None and entry.name != "votes"]
    actions = [one for command in table.OF_LIVE.commands for one in (command.action, command.bare)]
    assert len(set(opened)) == len(opened)
    assert set(opened) <= set(actions)
    assert len({entry.name for entry in screen.BOARDS}) == len(screen.BOARDS)


@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (100, 30), (140, 40), (200, 60)], ids=str)
async def test_what_the_next_key_is_about_is_said_once(make_session: Make, role: str, size: tuple[int, int]) -> None:
    session = make_session("Els", role)
    begin(session)
    async with live(session, size) as (app, pilot):
        await press(pilot, "M")
        assert screen_text(app).count("vote of everybody") == 1


@pytest.mark.parametrize(("columns", "is_split"), [(140, False), (179, False), (180, True), (200, True)])
async def test_a_wide_screen_shows_checks_issues_and_the_chat_beside_the_notes(
    make_session: Make, columns: int, is_split: bool
) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "note > in de chat @3", "issue 4 geluid weg")
    async with live(session, (columns, 60)) as (app, pilot):
        below = screen_text(app).partition("notes 1")[2]
        for told in ("checklist, during", "Piet: geluid weg", "in the chat on this question: Fatima"):
            assert (told in below) is is_split
        await press(pilot, "M")
        assert "in the chat on this question" not in screen_text(app)
        await press(pilot, "escape")
        assert ("in the chat on this question" in screen_text(app)) is is_split
        act(session, *[f"check controle {n}" for n in range(60)])
        app._tick()
        assert not is_split or "… " in screen_text(app).partition("notes 1")[2]
        assert ("Piet: geluid weg" in screen_text(app).partition("notes 1")[2]) is is_split
