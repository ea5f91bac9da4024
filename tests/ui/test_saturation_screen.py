"""The screen of saturation: a bar for each group, and which themes were new in the one under the cursor."""

from __future__ import annotations

from pathlib import Path

import pytest

from kring.study.finding.finding import Finding
from kring.system import i18n
from kring.system.settings import Settings
from kring.ui.study.saturation_screen import SaturationApp
from kring.ui.study.saturation_words import Measure
from kring.ui.widgets.line import plain, width
from kring.ui.widgets.panel import Panel
from ui.study_scenes import lay_out


def shown(app: SaturationApp, name: str) -> list[str]:
    return [plain(line) for line in app.query_one(name, Panel).lines]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
async def test_it_tells_how_many_and_which_themes_were_new_in_a_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    i18n.use("en")
    folder = tmp_path / "trouw"
    folder.mkdir()
    lay_out(folder, "en")
    with Finding(folder) as finding:
        app = SaturationApp(finding, "Loyalty [2027]", Settings(), Measure(1, 1))
        async with app.run_test(size=size) as pilot:
            rows = shown(app, "#body")
            assert rows[1].split()[:3] == ["▸", "group", "1"]
            assert [row.replace("█", "").split()[-5:] for row in rows[1:3]] == [
                ["4", "4", "4", "4", "4"], ["2", "6", "2", "2", "2"],
            ]  # fmt: skip
            assert rows[3].strip() == "Base 1, run 1, at most 5 %: not reached; after group 2 2/4 = 50.0 %."
            assert shown(app, "#new")[0] == " New in group 1: #gedoe, #vertrouwen, app, stand"
            assert " ".join(shown(app, "#new")).endswith("before.")
            assert app.query_one("#new").size.height == len(shown(app, "#new"))
            await pilot.press("down")
            assert shown(app, "#new")[0] == " New in group 2: #bon, #gezin"
            await pilot.press("end", "r")
            assert shown(app, "#new")[0].startswith(" New in group 2: ")
            rows = [row for name in ("#top", "#body", "#new", "#said", "#keys") for row in shown(app, name)]
            assert max(width(((row, ""),)) for row in rows) <= size[0]


async def test_of_no_group_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    i18n.use("en")
    with Finding(tmp_path) as finding:
        app = SaturationApp(finding, "Leeg", Settings(), Measure())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("down", "end")
            assert "No group was held yet." in shown(app, "#body")[0]
