"""The palette and the help on screen: columns, what is lit, the best first, and what keys do in them."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from kring.commands.table import OF_LIVE
from kring.session.session import Session
from kring.ui.help import entries, help_page, looked_up
from kring.ui.palette import CommandPalette, HelpScreen
from kring.ui.widgets.line import Line, cells, plain
from ui.live import begin, live, press, screen_text

SIZES = [(60, 16), (80, 24), (100, 30), (140, 40)]


def drawn(typed: str = "", room: int = 100) -> list[Line]:
    palette = CommandPalette("Everything", entries(OF_LIVE, {}))
    if typed:
        palette._found = looked_up(palette._known, typed)
    return palette.draw(room, 20)


def test_name_key_and_what_it_does_stand_in_columns() -> None:
    rows = [plain(row) for row in drawn()[1:12]]
    starts = [(re.search(r"\S", row[2:]), row) for row in rows]
    assert all(match is not None and match.start() == 0 for match, _row in starts)
    helps = {row.index(entry.help[:12]) for entry, row in zip(entries(OF_LIVE, {}), rows, strict=False)}
    assert len(helps) == 1


def test_what_was_found_is_lit_and_not_by_colour_alone() -> None:
    spans = [span for row in drawn("paus") for span in row]
    assert ("paus", "cursor bold underline") in spans


@pytest.mark.parametrize("room", [20, 40, 76, 110])
def test_no_row_is_wider_than_its_room(room: int) -> None:
    for typed in ("", "n", "pauze", "notitei"):
        assert all(cells(plain(row)) <= room for row in drawn(typed, room))
        assert all(cells(plain(row)) <= room for row in help_page(OF_LIVE, {}, room, typed))


@pytest.mark.parametrize("size", SIZES)
async def test_enter_does_the_best(session: Session, size: tuple[int, int]) -> None:
    begin(session)
    async with live(session, size) as (app, pilot):
        await press(pilot, "ctrl+p", "pazue" if size == (80, 24) else "paus", "\n")
        assert session.state.open_pause is not None
        assert len(app.screen_stack) == 1


async def test_escape_empties_what_is_typed_and_then_leaves(session: Session) -> None:
    async with live(session) as (app, pilot):
        await press(pilot, "ctrl+p", "xyzzy")
        assert "Nothing found." in screen_text(app)
        await press(pilot, "\x1b")
        assert "next" in screen_text(app)
        await press(pilot, "\x1b")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_the_help_is_searched_and_read_to_its_end(session: Session, size: tuple[int, int]) -> None:
    async with live(session, size) as (app, pilot):
        await press(pilot, "f1", "consent")
        assert isinstance(app.screen, HelpScreen)
        assert "T" in screen_text(app)
        assert "Participants" in screen_text(app)
        await press(pilot, "\x1b", "end")
        assert "Close the program" in screen_text(app)
        await press(pilot, "f1")
        assert len(app.screen_stack) == 1


def test_the_screens_start_without_what_searches_them() -> None:
    code = "import sys, kring.ui.app, kring.ui.review.app; print([m for m in sys.modules if 'rapidfuzz' in m])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
