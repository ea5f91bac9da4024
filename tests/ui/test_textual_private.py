"""Partial updates: what is sent is what a full drawing shows there, and nobody is asked for more."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region
from textual.screen import Screen
from textual.widgets import Static

from kring.ui.textual_private import RowCompositor, blocks
from kring.ui.widgets.line import line
from kring.ui.widgets.panel import Panel


class Counted(Panel):
    """A panel that counts for how many of its rows it was asked."""

    asked = 0

    def render_line(self, y: int):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().render_line(y)


class Board(Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self._compositor = RowCompositor()
        self.left = Counted([line(f"left {n}") for n in range(9)], framed=True)
        self.right = Counted([line(f"right {n}") for n in range(9)], framed=True)

    def compose(self) -> ComposeResult:
        yield Horizontal(self.left, self.right)
        yield Static("on top", id="over")


class BoardApp(App[None]):
    CSS = """
    Board { layers: base above; }
    #over { layer: above; width: 7; height: 1; offset: 3 1; }
    """

    def get_default_screen(self) -> Board:
        return Board()


def test_blocks_join_rows_that_follow_on_each_other() -> None:
    spans = [(1, 0, 8), (2, 0, 8), (3, 2, 8), (5, 2, 8)]
    assert list(blocks(spans)) == [Region(0, 1, 8, 2), Region(2, 3, 6, 1), Region(2, 5, 6, 1)]


async def test_what_is_sent_is_what_a_full_drawing_shows() -> None:
    async with BoardApp().run_test(size=(40, 12)) as pilot:
        board = pilot.app.screen
        assert isinstance(board, Board)
        compositor = board._compositor
        sent: list[tuple[int, int, str]] = []
        take = compositor.render_partial_update

        def keep():  # type: ignore[no-untyped-def]
            update = take()
            if update is not None:
                for y, left, right in update.spans:
                    for x, strip in update.chops[y].items():
                        if strip is not None and x < right and x + len(strip.text) > left:
                            sent.append((y, x, strip.text))
            return update

        compositor.render_partial_update = keep  # type: ignore[method-assign]
        await pilot.pause(0.1)
        sent.clear()
        board.left.asked = board.right.asked = 0
        board.left.show([line("other"), *board.left.lines[1:8], line("last")])
        await pilot.pause(0.1)
        shown = [strip.text for strip in compositor.render_strips()]
        assert {y for y, _x, _text in sent} == {1, 9}
        assert all(shown[y][x : x + len(text)] == text for y, x, text in sent)
        assert any("on top" in text for _y, _x, text in sent)
        assert "last" in shown[9]
        assert (board.left.asked, board.right.asked) == (2, 0)
