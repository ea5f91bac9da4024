import pytest

from kring.ui.widgets.key_bar import KeyHint, fitting
from kring.ui.widgets.line import line, plain
from ui.stage import Stage, text, widest

SIZES = [(80, 24), (100, 30), (140, 40), (30, 8)]


def drawn_again(widget):
    """Forget what waits to be drawn, and return a function that says which rows wait since then."""
    widget._repaint_regions.clear()
    return lambda: sorted({row for region in widget._repaint_regions for row in region.line_range})


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("skin", ["kring-dark", "kring-light", "ansi-dark"])
async def test_every_row_fills_the_screen_exactly(size, skin):
    app = Stage(skin)
    async with app.run_test(size=size) as pilot:
        app.fill()
        await pilot.pause()
        assert {len(row) <= size[0] for row in text(app)} == {True}
        assert widest(app) == size[0]


async def test_only_changed_rows_are_drawn_again():
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.fill()
        await pilot.pause()
        waiting = drawn_again(app.floor)
        app.floor.show(list(app.floor.lines))
        assert waiting() == []
        lines = list(app.floor.lines)
        lines[2] = line("anders")
        app.floor.show(lines)
        assert waiting() == [3]  # the frame takes the first
        app.floor._repaint_regions.clear()
        app.floor.show(lines[:3])
        assert waiting() == [4]
        await pilot.pause()
        assert any("anders" in row for row in text(app))


async def test_showing_lines_lays_nothing_out():
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.fill()
        await pilot.pause()
        laid_out = []
        app.screen._refresh_layout = lambda *_args, **_options: laid_out.append(1)
        app.floor.show([line("nieuw")], title="Anders")
        app.notes.append((1000, "nieuw"))
        app.keys.show_saved(line(("NIET BEWAARD", "danger")))
        app.typed.value = "een heel lange notitie " * 20
        app.typed.show_state("VOL")
        await pilot.pause()
        assert laid_out == []
        assert any("NIET BEWAARD" in row for row in text(app))


async def test_text_of_people_is_neither_markup_nor_obeyed():
    app = Stage()
    hostile = "P3 [laughs] [/] [b]x[/b] \x1b]0;titel\x07\x9b2J\x00\u202eomgekeerd\ud800"
    async with app.run_test(size=(140, 40)) as pilot:
        app.guide.show([line(hostile)], title=hostile)
        app.notes.append((1, hostile))
        app.keys.show_keys([KeyHint(hostile, hostile)])
        app.typed.value = hostile
        app.typed.show_state(hostile)
        await pilot.pause()
        rows = "\n".join(text(app))
        assert rows.count("P3 [laughs] [/] [b]x[/b]") >= 4
        assert not [mark for mark in rows.replace("\n", "") if ord(mark) < 32 or 0x7F <= ord(mark) < 0xA0]
        assert "\u202e" not in rows
        rows.encode("utf-8")


async def test_a_new_theme_gives_new_colours():
    app = Stage("kring-dark")
    async with app.run_test(size=(80, 24)) as pilot:
        app.fill()
        await pilot.pause()
        before = app.floor.render_line(0)
        app.theme = "kring-light"
        await pilot.pause()
        after = app.floor.render_line(0)
        assert before.text == after.text
        assert [segment.style for segment in before] != [segment.style for segment in after]


async def test_no_color_keeps_words_and_weight(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.fill()
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        colours = {
            tuple(segment.style.color.triplet)
            for strip in strips
            for segment in strip
            if segment.style and segment.style.color and segment.style.color.triplet
        }
        assert colours
        assert all(max(colour) - min(colour) <= 1 for colour in colours)
        late = [segment for strip in strips for segment in strip if "uitloop" in segment.text]
        assert late
        assert late[0].style.bold
        assert late[0].style.underline


async def test_a_panel_says_when_its_view_must_be_drawn_for_another_size():
    resized = []

    class Watching(Stage):
        def on_panel_resized(self, event):
            resized.append((event.panel.id, event.panel.size))

    app = Watching()
    async with app.run_test(size=(80, 24)) as pilot:
        resized.clear()
        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert {"top", "guide", "floor", "keys"} <= {panel for panel, _ in resized}
        assert dict(resized)["guide"].width == 56


def test_a_short_key_bar_drops_the_least_important_key_first():
    hints = [KeyHint("F2", "volgende", 9), KeyHint("g", "ga naar", 1), KeyHint("F1", "hulp", 5)]
    assert plain(fitting(tuple(hints), 80)).split() == ["F2", "volgende", "g", "ga", "naar", "F1", "hulp"]
    assert plain(fitting(tuple(hints), 24)).split() == ["F2", "volgende", "F1", "hulp"]
    assert plain(fitting(tuple(hints), 14)).split() == ["F2", "volgende"]
    assert fitting(tuple(hints), 3) == ()


async def test_the_saved_state_stays_whole_on_a_narrow_screen():
    app = Stage()
    async with app.run_test(size=(30, 8)) as pilot:
        app.fill()
        app.keys.show_saved(line(("! NIET BEWAARD", "danger")))
        await pilot.pause()
        assert "! NIET BEWAARD" in text(app)[-1]
