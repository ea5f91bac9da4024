"""The screen of a guide's lines: what a key makes of a line, and when the plan is written."""

import pytest

from kring.plans.plan_reader import text_lines
from kring.system import i18n
from kring.system.settings import Settings
from kring.ui.plan_lines.screen import PlanLinesApp, guide_of

GUIDE = "# Kern (10 min)\nDe app zelf\n- prijs\n" + "".join(f"- punt {number}\n" for number in range(60))


@pytest.fixture(autouse=True)
def english():
    i18n.use("en")


def app_of(text=GUIDE, *, is_fixed=False):
    return PlanLinesApp(guide_of(text_lines(text), "gids.md", is_foreign=False), Settings(), is_fixed=is_fixed)


def kinds(app):
    return [item.kind for item in app.guide.reading.plan.guide][:3]


SIZES = [(80, 24), (100, 30), (140, 40)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("spoken", "keys"), [("en", "sqpinx"), ("nl", "ovdinx")])
async def test_all_that_can_be_pressed_is_in_sight(size, spoken, keys):
    i18n.use(spoken)
    app = app_of()
    async with app.run_test(size=size):
        shown = ["".join(text for text, _ in line) for line in app.query_one("#keys").lines]
    told = " ".join(shown).split()
    assert not {*keys, "Enter", "Esc", "↑↓", "⌫"} - {*told}
    assert all(len(line) <= size[0] for line in shown)


@pytest.mark.parametrize("size", SIZES)
async def test_a_key_takes_a_line_for_something_else_and_back_again(size):
    app = app_of()
    async with app.run_test(size=size) as pilot:
        assert kinds(app) == ["section", "instruction", "note"] or kinds(app) == ["section", "note", "note"]
        await pilot.press("down", "q")
        assert kinds(app) == ["section", "question", "probe"]
        await pilot.press("up", "backspace")
        assert kinds(app)[1] != "question"
        await pilot.press("v", "enter")
    assert app.is_meant
    assert kinds(app)[1] == "question"


async def test_the_cursor_stays_in_sight_and_within_the_guide():
    app = app_of()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("up", "end", "down", "pagedown")
        body = ["".join(text for text, _ in line) for line in app.query_one("#body").lines]
        assert "punt 59" in body[-1]
        await pilot.press("home", "escape")
    assert not app.is_meant


async def test_a_plan_that_is_only_looked_at_stays_as_it_is():
    app = app_of(is_fixed=True)
    async with app.run_test(size=(80, 24)) as pilot:
        before = kinds(app)
        await pilot.press("down", "q", "enter")
    assert kinds(app) == before
    assert not app.is_meant


async def test_a_fact_of_the_front_matter_cannot_be_something_else():
    app = app_of("---\ntitel: x\n---\n# Kern (10 min)\n1. Wat?\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q", "escape")
    assert app.guide.choices == {}


async def test_an_empty_guide_is_no_trouble():
    app = app_of("")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "q", "end", "escape")
    assert not app.is_meant
