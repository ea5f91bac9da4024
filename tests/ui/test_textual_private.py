"""The private names of Textual: all in one place and still there; partial updates are what a full drawing shows."""

from __future__ import annotations

import ast
import fcntl
import importlib
import inspect
import os
import pkgutil
import re
import struct
import termios
import textwrap
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from textual import markup
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.css import stylesheet, tokenize
from textual.css.tokenizer import Expect
from textual.dom import DOMNode
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

import kring.ui
from kring.system import late
from kring.ui import theme
from kring.ui.toolkit import textual_private, textual_start, textual_styles
from kring.ui.toolkit.textual_private import FittingScreen, LastWordsApp, ScreenDriver, blocks
from kring.ui.widgets.line import Line, line
from kring.ui.widgets.line_input import LineInput
from kring.ui.widgets.panel import Panel


class Counted(Panel):
    """A panel that counts for how many of its rows it was asked, and how many it drew."""

    asked = drew = 0

    def line_at(self, y: int) -> Line:
        self.asked += 1
        return super().line_at(y)

    def drawn(self, content: Line) -> Strip:
        self.drew += 1
        return super().drawn(content)


class Board(FittingScreen):
    def __init__(self) -> None:
        super().__init__()
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
    assert list(blocks(spans)) == [(0, 1, 8, 3), (2, 3, 8, 4), (2, 5, 8, 6)]


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
        board.left.refresh_rows([4])
        board.paint()  # from now on the sides of the frame are known
        sent.clear()
        board.left.asked = board.right.asked = 0
        board.left.show([line("other"), *board.left.lines[1:8], line("last")])
        board.paint()
        assert (board.left.asked, board.right.asked) == (2, 0)
        shown = [strip.text for strip in compositor.render_strips()]
        assert {y for y, _x, _text in sent} == {1, 9}
        assert all(shown[y][x : x + len(text)] == text for y, x, text in sent)
        assert any("on top" in text for _y, _x, text in sent)
        assert "last" in shown[9]


async def test_rows_that_move_are_not_drawn_again_and_another_look_draws_all() -> None:
    async with BoardApp().run_test(size=(40, 12)) as pilot:
        board = pilot.app.screen
        assert isinstance(board, Board)
        await pilot.pause(0.1)
        lines = [line(f"row {n}") for n in range(20)]
        board.left.show(lines[:9])
        board.paint()
        board.left.drew = 0
        board.left.show(lines[1:10])
        board.paint()
        assert board.left.drew == 1
        board.left.styles.border = ("heavy", "red")
        await pilot.pause()
        assert board.left.drew >= 10
        shown = [strip.text for strip in board._compositor.render_strips()]
        assert [row[:9] for row in shown[2:10]] == [f"┃ row {n}".ljust(9) for n in range(2, 10)]


async def test_what_is_typed_ahead_is_painted_together() -> None:
    async with BoardApp().run_test(size=(40, 12)) as pilot:
        board = pilot.app.screen
        assert isinstance(board, Board)
        await pilot.pause(0.1)
        painted: list[list[str]] = []
        refresh = board._compositor_refresh

        def paint() -> None:
            painted.append([strip.text for strip in board._compositor.render_strips()])
            refresh()

        board._compositor_refresh = paint  # type: ignore[method-assign]
        board.left.show([line(""), line("first")])
        board.left.show([line(""), line("second")])
        assert painted == []
        board.paint()
        board.paint()
        await pilot.pause(0.1)
        assert len(painted) == 1
        assert "second" in painted[0][2]


async def test_the_room_is_that_of_the_newest_layout() -> None:
    async with BoardApp().run_test(size=(40, 12)) as pilot:
        board = pilot.app.screen
        assert isinstance(board, Board)
        await pilot.pause(0.1)
        assert board.left.size == board.left.content_region.size == (16, 10)
        board.left.styles.padding = 2
        board.right.display = False
        await pilot.pause(0.1)
        assert board.left.size == board.left.content_region.size == (34, 6)


def test_a_frame_is_handed_over_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    handed_over: list[str] = []
    monkeypatch.setattr(LinuxDriver, "write", lambda _driver, data: handed_over.append(data))
    driver = ScreenDriver.__new__(ScreenDriver)
    for piece in ("a bell", SYNC_START, "rows", "the cursor", SYNC_END, "a title"):
        driver.write(piece)
    assert handed_over == ["a bell", f"{SYNC_START}rowsthe cursor{SYNC_END}", "a title"]


def test_the_size_is_that_of_the_terminal_and_not_what_a_shell_said_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    ours, its = os.openpty()
    driver = ScreenDriver.__new__(ScreenDriver)
    driver.fileno = its
    found = []
    for rows, columns in ((30, 100), (0, 0)):
        fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        found.append(driver._get_terminal_size())
    os.close(its)
    os.close(ours)
    found.append(driver._get_terminal_size())
    assert found == [(100, 30), (80, 25), (80, 25)]


USED = {
    App: {
        "_check_bindings",
        "_close_messages_no_wait",
        "_disable_notifications",
        "_disable_tooltips",
        "_exception",
        "_exception_event",
        "_exit_renderables",
        "_fatal_error",
        "_handle_exception",
        "_print_error_renderables",
        "_return_code",
    },
    Screen: {
        "_compositor",
        "_compositor_refresh",
        "_dirty_widgets",
        "_on_timer_update",
        "_refresh_layout",
        "_update_timer",
    },
    Widget: {"_bindings", "_border_title", "_rich_style_cache", "_set_dirty"},
    Input: {"_initial_value", "_watch_value"},
    LinuxDriver: {"_file", "_get_terminal_size", "_patch_iflag", "_patch_lflag", "_sigcont_application"},
    Compositor: {"_dirty_regions", "_regions_to_spans"},
}
OF_CLASSES = {
    "_computes",
    "_css_type_name",
    "_css_type_names",
    "_inherit_bindings",
    "_inherit_component_classes",
    "_inherit_css",
    "_merged_bindings",
    "_reactives",
}
"""What a class of widgets has of its own."""
OF_EXPRESSIONS = {"_expect_eof", "_expect_semicolon", "_extract_text", "_regex"}
OUR_OWN = {
    "_content",
    "_due",
    "_end_saying",
    "_fill",
    "_finished",
    "_finished_row",
    "_fits",
    "_frame",
    "_home",
    "_paint",
    "_painted_at",
    "_places",
    "_places_in_sight",
    "_sides",
}


def test_they_were_read_in_the_version_that_is_pinned_and_installed() -> None:
    project = tomllib.loads((Path(kring.ui.__file__).parents[3] / "pyproject.toml").read_text("utf-8"))
    assert f"textual=={textual_private.READ_IN}" in project["project"]["dependencies"]
    assert version("textual") == textual_private.READ_IN


def test_every_private_name_that_we_use_is_still_there() -> None:
    for owner, names in USED.items():
        assert names - private_names(owner) == set(), owner
    assert private_in(ast.parse(inspect.getsource(textual_private))) == set.union(*USED.values()) | OUR_OWN


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Textual make its own at less cost; what is left out is in `tests/cli/test_late_modules.py`."""
    monkeypatch.setattr(late, "leave_out", lambda modules: None)
    monkeypatch.setattr(DOMNode, "__init_subclass__", vars(DOMNode)["__init_subclass__"])
    monkeypatch.setattr(Expect, "__init__", Expect.__init__)
    monkeypatch.setattr(Expect, "__getattr__", None, raising=False)
    monkeypatch.setattr(stylesheet, "tokenize_values", tokenize.tokenize_values)
    textual_start.prepare()


def test_what_is_made_at_less_cost_uses_these_private_names() -> None:
    named = private_in(ast.parse(inspect.getsource(textual_start)))
    assert named == OF_CLASSES | OF_EXPRESSIONS | {"_compiled", "_expect"}


@pytest.mark.usefixtures("prepared")
def test_what_a_class_of_widgets_has_is_what_textual_says() -> None:
    classes = [*all_below(Widget), *all_below(App)]
    assert len(classes) > 40
    for which in classes:
        assert of_class(made_like(which)) == of_class(which), which


@pytest.mark.usefixtures("prepared")
def test_an_expression_that_is_compiled_late_is_that_of_textual() -> None:
    by_textual = [value for module in (tokenize, markup) for value in vars(module).values() if type(value) is Expect]
    assert len(by_textual) > 5
    for expect in by_textual:
        again = Expect(
            expect.description.removeprefix("Expected "), **dict(zip(expect.names, expect.regexes, strict=True))
        )
        assert not {"_regex", "match", "search"} & vars(again).keys()
        assert again.match("") == expect.match("")
        assert again._regex == expect._regex
        assert vars(again).keys() == vars(expect).keys()
        assert not hasattr(again, "other")


@pytest.mark.usefixtures("prepared")
def test_a_variable_that_is_looked_at_late_is_made_of_what_textual_says() -> None:
    values = {"a": "#0d1117", "b": "bold 90%", "c": "$a 60%"}
    late_ones = vars(stylesheet)["tokenize_values"](values)
    assert type(late_ones) is textual_start.LateTokens
    of_a_sheet = late_ones.copy()
    assert of_a_sheet.setdefault("d", []) == []
    assert of_a_sheet.setdefault("b", []) == late_ones["b"]
    assert "d" not in late_ones, "what a style sheet names itself is its own"
    assert {name: late_ones[name] for name in late_ones} == tokenize.tokenize_values(values)
    with pytest.raises(KeyError):
        late_ones["other"]


class Looks(LastWordsApp):
    """An app with a line to type in."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.SURFACES

    def compose(self) -> ComposeResult:
        yield LineInput(placeholder="here")
        yield Panel([line("a panel")], framed=True)


async def looks(colourless: bool) -> dict[str, object]:
    """Return what each part of an app looks like, by the rules of the style sheets; first with the line in focus."""
    found: dict[str, object] = {}
    app = Looks(ansi_color=colourless or None)
    theme.install(app, "ansi-dark" if colourless else theme.DARK.name)
    async with app.run_test() as pilot:
        for focused in (app.query_one(LineInput), None):
            app.set_focus(focused)
            await pilot.pause()
            for node in (app, app.screen, *app.screen.walk_children()):
                parts = {"": node.styles, **node._component_styles}
                for name in parts.keys() - {"input--suggestion"}:  # nothing is suggested
                    rules = parts[name].get_rules()
                    found[f"{focused} {node} {name}"] = {rule: repr(value) for rule, value in rules.items()}
    return found


def css_of_textual(kind: type) -> str:
    """Return the style sheet of a class of Textual as it stands in its source."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0].body  # type: ignore[attr-defined]
    sheets = [each.value.value for each in body if isinstance(each, ast.Assign) and each.targets[0].id == "DEFAULT_CSS"]  # type: ignore[attr-defined]
    return str(sheets[0])


@pytest.mark.parametrize("colourless", [False, True])
async def test_what_is_left_of_a_style_sheet_says_what_textual_says(
    colourless: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = await looks(colourless)
    for kind, sheet in textual_styles.OURS.items():
        monkeypatch.setattr(kind, "DEFAULT_CSS", sheet)
        monkeypatch.setitem(textual_styles.OURS, kind, css_of_textual(kind))
        assert len(sheet) < len(css_of_textual(kind))
    by_textual = await looks(colourless)
    assert ours.keys() == by_textual.keys()
    assert {name: rules for name, rules in ours.items() if rules != by_textual[name]} == {}


def made_like(which: type) -> type:
    """Return a class that is made anew of what another one is made of."""
    own = {name: value for name, value in vars(which).items() if name not in {*OF_CLASSES, "__dict__", "__weakref__"}}
    inherits = {f"inherit_{what}": vars(which)[f"_inherit_{what}"] for what in ("css", "bindings")}
    made: type = type(which)(which.__name__, which.__bases__, own, **inherits)
    return made


def of_class(which: type) -> dict[str, object]:
    found = {name: vars(which)[name] for name in OF_CLASSES}
    return found | {"_merged_bindings": found["_merged_bindings"].key_to_bindings, "_reactives": [*found["_reactives"]]}


def all_below(which: type) -> set[type]:
    return {which}.union(*map(all_below, which.__subclasses__())) - {Widget, App}


def test_no_other_module_of_the_screens_uses_or_hides_a_private_name() -> None:
    elsewhere = {
        f"{which.__module__}.{which.__name__}": private_in(ast.parse(textwrap.dedent(inspect.getsource(which))))
        & private_names(which)
        for which in our_classes()
        if which.__module__ != textual_private.__name__
    }
    assert len(elsewhere) > 10
    assert {name: used for name, used in elsewhere.items() if used} == {}


def test_no_other_module_imports_what_is_private() -> None:
    importing = [
        path.name
        for path in Path(kring.__file__).parent.rglob("*.py")
        if re.search(
            r"(?m)^\s*(from|import) textual(\.\w+)*\._|^\s*from textual\S* import .*\b_\w", path.read_text("utf-8")
        )
    ]
    assert importing == ["textual_private.py"]


def private_names(which: type) -> set[str]:
    """Return the private names of a class that are Textual's, attributes of its instances among them."""
    owners = [owner for owner in which.__mro__ if owner.__module__.startswith("textual.")]
    return set().union(*map(own_private_names, owners))


@cache
def own_private_names(owner: type) -> set[str]:
    named = vars(owner).keys() | set(re.findall(r"self\.(_\w+)", inspect.getsource(owner)))
    return {name for name in named if is_private(name)}


def private_in(tree: ast.AST) -> set[str]:
    """Return the private names that are defined in, or asked of something in, a piece of source."""
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    named |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return {name for name in named if is_private(name)}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def our_classes() -> Iterator[type]:
    """Yield the widgets, screens, apps and drivers of kring."""
    for module in pkgutil.walk_packages(kring.ui.__path__, "kring.ui."):
        for _name, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if found.__module__ == module.name and private_names(found):
                yield found
