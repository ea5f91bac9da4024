"""The screens of the desk: their tables of keys are whole, and help and palette know what stands in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kring.plans.plan_reader import text_lines
from kring.session.session import Me
from kring.study.finding.finding import Finding
from kring.study.recruiting.recruitment import recruitment
from kring.study.standing import standing
from kring.system import i18n
from kring.system.settings import Settings
from kring.ui.desk.app import DeskApp
from kring.ui.dialogs import Dialog
from kring.ui.plan_lines.screen import PlanLinesApp, guide_of
from kring.ui.study.codes_screen import CodesApp
from kring.ui.study.finding_model import FindingModel
from kring.ui.study.finding_screen import FindingApp
from kring.ui.study.recruiting_screen import RecruitingApp
from kring.ui.study.screen import StudyApp
from ui.live import screen_text

TODAY = date(2026, 12, 2)
STEPS = {"move", "page", "end", "help", "palette"}


@pytest.fixture(params=["study", "recruitment", "search", "codes", "guide"])
def app(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeskApp:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "sparen"
    folder.mkdir()
    (folder / "study.md").write_text("# Persona's\n## Ans\n# Acties\n- A1: bon\n")
    (folder / "werving.csv").write_text("nr;naam;stand\n1;Fatima;\n2;Noor;\n")
    i18n.use("nl")
    match request.param:
        case "study":
            return StudyApp(standing(folder, TODAY), lambda reads: standing(folder, TODAY, reads), Settings())
        case "recruitment":
            return RecruitingApp(lambda: recruitment(standing(folder, TODAY)), Settings())
        case "search":
            return FindingApp(FindingModel(Finding(folder), "Sparen"), Settings())
        case "codes":
            return CodesApp(Finding(folder), "Sparen", Me("Bo", "researcher", "d"), Settings())
    return PlanLinesApp(guide_of(text_lines("# Kern\nWat?\n"), "gids.md", is_foreign=False), Settings(), is_fixed=False)


def test_every_key_is_of_one_line_of_the_table_and_does_something(app: DeskApp) -> None:
    keys = [key for one in app.table for key in one.all_keys]
    assert sorted(keys) == sorted(set(keys))
    words = {one.word for one in app.table}
    assert words - STEPS == set(app.acts)
    assert all(one.help.endswith((".", "…")) for one in app.table)


async def test_help_tells_every_key_in_the_language_of_the_screen(app: DeskApp) -> None:
    async with app.run_test(size=(140, 60)) as pilot:
        await pilot.press("f1")
        told = screen_text(app)
        assert all(i18n._(one.help)[:30] in told for one in app.table)
        assert isinstance(app.screen, Dialog)
        await pilot.press("escape")
        assert not isinstance(app.screen, Dialog)


async def test_the_palette_does_what_a_key_does(app: DeskApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p")
        leaves = next(one for one in app.table if one.word == "leave")
        await pilot.press(*i18n._(leaves.label).replace(" ", "")[:4], "enter")
        await pilot.pause()
        assert app._exit


async def test_ctrl_c_says_what_leaves_on_every_desk(app: DeskApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert "Ctrl+Q sluit af." in screen_text(app)
