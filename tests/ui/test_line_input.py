import time

from textual import events

from kring.domain.text import LONGEST
from kring.ui.widgets.line_input import pasted
from ui.stage import Stage, text


async def type_into(pilot, characters):
    """Press characters as the terminal sends them."""
    for character in characters:
        name = "zero_width_joiner" if character == "\u200d" else character
        pilot.app.post_message(events.Key(name, character))
        await pilot.pause()


async def test_every_pasted_line_is_kept_on_one_line():
    app = Stage()
    async with app.run_test() as pilot:
        app.typed.focus()
        await pilot.press("a", "b", "left")
        app.typed.post_message(events.Paste("een\r\n\n twee\tdrie\x1b[2J\x00\u202e\nvier\n"))
        await pilot.pause()
        assert app.typed.value == "aeen / twee drie[2J / vierb"
        assert app.typed.cursor_position == len(app.typed.value) - 1


async def test_a_family_can_be_typed():
    app = Stage()
    async with app.run_test() as pilot:
        app.typed.focus()
        await pilot.pause()
        await type_into(pilot, "👩\u200d👧x")
        assert app.typed.value == "👩\u200d👧x"


async def test_enter_submits_and_keeps_the_text_until_it_is_taken():
    app = Stage()
    async with app.run_test() as pilot:
        app.typed.focus()
        await pilot.press("o", "k", "enter")
        assert app.seen == ["ok"]
        assert app.typed.value == "ok"
        assert app.typed.take() == "ok"
        assert app.typed.value == ""


async def test_escape_leaves_and_keeps_the_text():
    app = Stage()
    async with app.run_test() as pilot:
        app.typed.focus()
        await pilot.press("o", "k", "escape")
        assert app.focused is None
        assert app.typed.value == "ok"
        assert len(app.seen) == 1


async def test_keys_that_do_not_type_reach_the_app():
    reached = []

    class Listening(Stage):
        BINDINGS = [(key, f"note('{key}')", "") for key in ("f2", "f4", "ctrl+t", "ctrl+n", "ctrl+f", "ctrl+up")]

        def action_note(self, key):
            reached.append(key)

    app = Listening()
    async with app.run_test() as pilot:
        app.typed.focus()
        await pilot.press("f2", "f4", "ctrl+t", "ctrl+n", "ctrl+f", "ctrl+up", "x")
        assert reached == ["f2", "f4", "ctrl+t", "ctrl+n", "ctrl+f", "ctrl+up"]
        assert app.typed.value == "x"


async def test_a_full_line_says_so_and_keeps_what_fits():
    app = Stage()
    async with app.run_test() as pilot:
        app.typed.focus()
        app.typed.value = "x" * (LONGEST - 3)
        await pilot.press("end")
        app.typed.post_message(events.Paste("abcdef"))
        await pilot.pause()
        assert app.typed.value.endswith("xabc")
        assert len(app.typed.value) == LONGEST
        assert text(app)[app.typed.region.y].rstrip().endswith("FULL")
        await pilot.press("backspace")
        assert not text(app)[app.typed.region.y].rstrip().endswith("FULL")


async def test_a_paste_of_a_million_characters_does_not_hang():
    app = Stage()
    async with app.run_test() as pilot:
        app.typed.focus()
        await pilot.pause()
        started = time.process_time()
        app.typed.post_message(events.Paste("woord\n" * 170_000))
        await pilot.pause()
        assert len(app.typed.value) == LONGEST
        assert app.typed.state == "FULL"
        await pilot.press("left", "y")
        assert time.process_time() - started < 2
        assert pasted("") == ""


async def test_text_that_waits_for_a_write_says_so_beside_its_end():
    app = Stage()
    async with app.run_test(size=(40, 12)) as pilot:
        app.typed.focus()
        app.typed.show_state("NIET BEWAARD", not_saved=True)
        app.typed.value = "een notitie die veel langer is dan de regel: EINDE"
        await pilot.press("end")
        row = text(app)[app.typed.region.y]
        assert row.rstrip().endswith("NIET BEWAARD")
        assert "EINDE" in row
        assert app.typed.has_class("-not-saved")
        app.typed.show_state("")
        assert not app.typed.has_class("-not-saved")


async def test_what_is_set_by_the_program_is_cleaned_too():
    app = Stage()
    async with app.run_test():
        app.typed.value = "a\x1b]0;x\x07\nb\ud800"
        assert app.typed.value == "a]0;x b\ufffd"
