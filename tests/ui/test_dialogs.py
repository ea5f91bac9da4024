import pytest

from kring.ui.dialogs import ConfirmDialog, Option, PickDialog, ask
from kring.ui.palette import HelpScreen
from kring.ui.widgets.line import line, wrap
from ui.stage import Stage, text

OPTIONS = [Option(str(number), f"2.{number} Vraag over sparen", remark="5 min") for number in range(40)]


async def answer(dialog, *keys, size=(80, 24)):
    answers = []
    app = Stage()
    async with app.run_test(size=size) as pilot:
        assert ask(app, dialog, answers.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
    return answers


@pytest.mark.parametrize(
    ("key", "wanted"), [("y", True), ("j", True), ("n", False), ("enter", False), ("escape", False)]
)
async def test_only_yes_means_yes(key, wanted):
    assert await answer(ConfirmDialog("Stoppen?"), key) == [wanted]


async def test_another_key_answers_nothing():
    assert await answer(ConfirmDialog("Stoppen?"), "x", "space", "f2") == []


async def test_a_repeated_key_opens_one_dialog():
    app = Stage()
    async with app.run_test() as pilot:
        assert ask(app, ConfirmDialog("Stoppen?"))
        assert not ask(app, ConfirmDialog("Stoppen?"))
        await pilot.pause()
        assert len(app.screen_stack) == 2


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40), (40, 12)])
async def test_the_whole_question_and_its_keys_are_in_sight(size):
    app = Stage()
    async with app.run_test(size=size) as pilot:
        ask(app, ConfirmDialog("Sessie [b]beëindigen[/]?", title="Einde", why="De opname loopt door."))
        await pilot.pause()
        rows = "\n".join(text(app))
        for words in ("Sessie [b]beëindigen[/]?", "Einde", "De opname loopt door.", " y ", "Enter = n"):
            assert words in rows
        assert all(len(row) <= size[0] for row in text(app))


@pytest.mark.parametrize("columns", [60, 80, 140])
async def test_a_remark_is_in_sight_however_long_what_it_is_of(columns):
    options = [Option(word, "20:03:31-20:04:12  een lange vraag " * 4, remark=word) for word in ("beurt", "bezoek")]
    app = Stage()
    async with app.run_test(size=(columns, 24)) as pilot:
        ask(app, PickDialog("Rechtzetten", options))
        await pilot.pause()
        rows = "\n".join(text(app))
        assert "…  beurt" in rows
        assert "…  bezoek" in rows


async def test_arrows_choose():
    assert await answer(PickDialog("Ga naar", OPTIONS), "down", "down", "up", "enter") == ["1"]
    assert await answer(PickDialog("Ga naar", OPTIONS), "end", "enter") == ["39"]
    assert await answer(PickDialog("Ga naar", OPTIONS, current="7"), "enter") == ["7"]
    assert await answer(PickDialog("Ga naar", OPTIONS), "escape") == [None]


async def test_a_key_of_an_option_chooses_it():
    options = [Option("sound", "geluid", "g"), Option("picture", "beeld", "b")]
    assert await answer(PickDialog("Probleem", options), "x", "b") == ["picture"]


async def test_typing_finds():
    assert await answer(PickDialog("Ga naar", OPTIONS, typing=True), *"2.3", "down", "enter") == ["30"]
    assert await answer(PickDialog("Ga naar", OPTIONS, typing=True), *"zz", "enter", "escape") == [None]
    assert await answer(PickDialog("Ga naar", OPTIONS, typing=True), *"zz", "backspace", "backspace", "enter") == ["0"]


async def test_the_chosen_option_stays_in_sight():
    app = Stage()
    async with app.run_test(size=(80, 16)) as pilot:
        ask(app, PickDialog("Ga naar", OPTIONS))
        await pilot.pause()
        for number in range(1, 40):
            await pilot.press("down")
            assert any(f"▸ 2.{number} " in row for row in text(app))


async def test_a_help_page_is_read_to_its_end():
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        page = [line(f"regel {number}") for number in range(100)]
        ask(app, HelpScreen("Hulp", lambda room, wanted: [part for content in page for part in wrap(content, room)]))
        await pilot.pause()
        assert any("regel 0 " in row for row in text(app))
        await pilot.press("end")
        assert any("regel 99 " in row for row in text(app))
        await pilot.press("home", "pagedown")
        assert not any("regel 0 " in row for row in text(app))
        await pilot.press("escape")
        assert len(app.screen_stack) == 1


async def test_a_slip_finds_what_is_like_it_and_what_is_found_is_lit():
    options = [Option("a", "Ervaringen met sparen"), Option("b", "Afsluiting", remark="10 min")]
    assert await answer(PickDialog("Ga naar", options, typing=True), *"erfaringen", "enter") == ["a"]
    dialog = PickDialog("Ga naar", options, typing=True)
    dialog._typed = "slui"
    assert ("slui", "cursor bold underline") in dialog.draw(60, 12)[1]
