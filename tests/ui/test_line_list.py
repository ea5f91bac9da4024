import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.ui.widgets.line import line, plain
from ui.stage import Stage, note, text

LONG = "een lang verhaal over sparen en punten " * 6


def rows(app):
    return [row.strip() for row in text(app)[app.notes.region.y : app.notes.region.bottom]]


def stage(size=(80, 24)):
    app = Stage()
    return app, app.run_test(size=size)


async def test_the_newest_is_followed_until_the_reader_scrolls_up():
    app, running = stage()
    async with running as pilot:
        app.notes.set_all([note(number) for number in range(100)])
        app.notes.append(note(100))
        await pilot.pause()
        assert rows(app)[-1].startswith("20:00100")
        app.notes.scroll_by(-5)
        await pilot.pause()
        above = rows(app)[:-1]
        for number in range(101, 105):
            app.notes.append(note(number, LONG))
        await pilot.pause()
        assert rows(app)[:-1] == above
        assert rows(app)[-1] == "… 10 nieuwer"
        app.notes.follow()
        await pilot.pause()
        assert "nieuwer" not in rows(app)[-1]
        app.notes.append(note(200))
        await pilot.pause()
        assert rows(app)[-1].startswith("20:00200")


async def test_a_held_cursor_keeps_the_list_still():
    app, running = stage()
    async with running as pilot:
        app.notes.set_all([note(number) for number in range(100)])
        app.notes.focus()
        await pilot.press("up", "up")
        assert app.notes.cursor == note(98)
        before = rows(app)
        app.notes.append(note(100))
        await pilot.pause()
        assert rows(app)[:-1] == before[:-1]
        assert app.notes.cursor == note(98)
        app.screen.set_focus(None)
        await pilot.pause()
        assert rows(app)[-1] == "… 2 nieuwer"
        app.notes.follow()
        await pilot.pause()
        assert rows(app)[-1].startswith("20:00100")


async def test_keys_move_the_cursor_and_enter_chooses():
    app, running = stage()
    async with running as pilot:
        app.notes.set_all([note(number, LONG if number % 3 else "kort") for number in range(50)])
        app.notes.focus()
        await pilot.press("home")
        assert app.notes.cursor[0] == 0
        assert rows(app)[0].startswith("▸ 20:00000")
        await pilot.press("down", "down")
        assert app.notes.cursor[0] == 2
        await pilot.press("end")
        assert app.notes.cursor[0] == 49
        await pilot.press("pageup")
        assert app.notes.cursor[0] < 49
        at = app.notes.cursor
        await pilot.press("enter")
        assert [event.entry for event in app.seen] == [at]
        for _ in range(60):
            await pilot.press("up")
            assert any(row.startswith("▸") for row in rows(app))
        assert app.notes.cursor[0] == 0


async def test_a_click_puts_the_cursor_there_and_chooses_nothing():
    app, running = stage()
    async with running as pilot:
        app.notes.set_all([note(number) for number in range(3)])
        await pilot.pause()
        await pilot.click(app.notes, offset=(10, 1))
        assert app.seen == []
        assert app.notes.cursor == note(1)
        assert app.notes.has_focus


async def test_replace_drop_and_filter():
    app, running = stage()
    async with running as pilot:
        app.notes.set_all([note(number) for number in range(5)])
        app.notes.replace(note(4, "verbeterd"))
        app.notes.drop(3)
        app.notes.drop("er niet")
        await pilot.pause()
        assert [row for row in rows(app) if row][-1].endswith("verbeterd")
        assert len(app.notes) == 4
        app.notes.filter(lambda entry: entry[1] == "verbeterd")
        await pilot.pause()
        assert len([row for row in rows(app) if row]) == 1
        app.notes.append(note(9))
        app.notes.append(note(10, "verbeterd"))
        await pilot.pause()
        assert [row[:8] for row in rows(app) if row] == ["20:00004", "20:00010"]
        app.notes.filter(lambda _entry: False)
        await pilot.pause()
        assert not any(rows(app))
        app.notes.filter(None)
        await pilot.pause()
        assert len([row for row in rows(app) if row]) == 6


@pytest.mark.parametrize("size", [(60, 40), (140, 20), (40, 16)])
async def test_a_resize_keeps_the_readers_place(size):
    app, running = stage()
    async with running as pilot:
        app.notes.set_all([note(number, LONG) for number in range(200)])
        await pilot.pause()
        app.notes.scroll_by(-200)
        await pilot.pause()
        first = app.notes._top[0]
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert app.notes._top[0] == first
        assert not app.notes.at_bottom


async def test_only_what_is_in_sight_is_drawn():
    app, running = stage()
    drawn = []
    async with running as pilot:
        original = app.notes._draw
        app.notes._draw = lambda entry, room: drawn.append(entry) or original(entry, room)
        app.notes.set_all([note(number) for number in range(20_000)])
        await pilot.pause()
        assert len(drawn) <= 2 * app.notes.size.height
        drawn.clear()
        app.notes.append(note(20_000))
        await pilot.pause()
        assert len(drawn) == 1


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from("apdrfsxhuv"), st.integers(0, 30)), max_size=40))
async def test_any_order_of_acts_shows_what_a_plain_list_would(acts):
    app, running = stage((50, 14))
    kept = {}
    keep = None
    async with running as pilot:
        notes = app.notes
        for act, number in acts:
            match act:
                case "a" | "p":
                    kept[number] = notes_entry = note(number, LONG[: number * 7])
                    notes.append(notes_entry)
                case "d":
                    kept.pop(number, None)
                    notes.drop(number)
                case "r":
                    kept[number] = note(number, f"anders {number}")
                    notes.replace(kept[number])
                case "f":
                    keep = (lambda entry: entry[0] % 2 == 0) if number % 2 else None
                    notes.filter(keep)
                case "s":
                    notes.set_all(kept.values())
                case "x":
                    notes.scroll_by(number - 15)
                case "h":
                    notes.show_entry(number)
                case "u":
                    notes.action_move(-1)
                case "v":
                    notes.follow()
        notes.follow()
        await pilot.pause()
        shown = [entry for entry in kept.values() if keep is None or keep(entry)]
        whole = ["".join(part for part, _ in content).strip() for entry in shown for content in notes._draw(entry, 48)]
        height = notes.size.height
        assert [row for row in rows(app) if row] == whole[-height:]


async def test_entries_end_above_the_lines_that_the_list_stands_on():
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.fill()
        await pilot.pause()
        height = app.notes.size.height
        before = [plain(app.notes.line_at(row)) for row in range(height)]
        app.notes.stand_on([line("one"), line("two")])
        shown = [plain(app.notes.line_at(row)) for row in range(height)]
        assert shown[-2:] == ["one", "two"]
        assert shown[:-2] == before[2:]
        app.notes.stand_on(())
        assert [plain(app.notes.line_at(row)) for row in range(height)] == before
