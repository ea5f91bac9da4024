"""The screen of a recruitment: all fits, and each act is one or two keys that write one row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kring.study.recruiting.recruitment import recruitment
from kring.study.standing import standing
from kring.system import i18n
from kring.system.settings import Settings
from kring.ui.study.recruiting_screen import RecruitingApp
from kring.ui.widgets.line import plain, width

TEXT = """---
titel: Sparen [b]
taal: nl
---
# Klantgroepen
| klantgroep | definitie | deelnemers |
| nieuw | pas lid | 2-3 |
| trouw | lang lid | 2-3 |
# Groepen
| groep | wanneer |
| 1 | 2026-12-10 |
| 2 | 2026-12-17 |
# Screener
| vraag | antwoorden | valt af |
| Hoe vaak? | nooit; 1-3 | nooit |
"""
LIST = """nr;naam;telefoon;klantgroep;Hoe vaak?;groep;stand;reden;sinds;betaald
1;Fatima [red];06-1;trouw;2;;gescreend;;2026-11-01;
2;Kees;06-2;trouw;nooit;;gescreend;;;
3;Noor;06-3;nieuw;1;1;past;;2026-11-20;
4;Een heel lange naam die nergens in een kolom past;06-4;nieuw;1;1;gekomen;;2026-11-20;
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "study.md").write_text(TEXT)
    (tmp_path / "werving.csv").write_text(LIST)
    i18n.use("en")
    return tmp_path


def app_of(folder: Path) -> RecruitingApp:
    return RecruitingApp(lambda: recruitment(standing(folder, date(2026, 12, 2))), Settings())


def shown(app: RecruitingApp, name: str) -> list[str]:
    return [plain(line) for line in app.query_one(name).lines]  # type: ignore[attr-defined]


def row(folder: Path, number: int) -> str:
    return (folder / "werving.csv").read_text().splitlines()[number]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
@pytest.mark.parametrize("spoken", ["en", "nl"])
async def test_every_key_is_in_sight_and_every_row_fits(folder: Path, size: tuple[int, int], spoken: str) -> None:
    app = app_of(folder)
    i18n.use(spoken)
    async with app.run_test(size=size):
        told = " ".join(shown(app, "#keys")).split()
        own = {"j", "b"} if spoken == "nl" else {"y", "p"}
        assert {"Enter", "a", "f", "r", "n", "x", "c", "g", "u", "l", "Esc", *own} <= {*told}
        assert max(width(entry.line) for entry in app._rows) <= size[0]
        assert any("Fatima [red]" in line for line in shown(app, "#body"))
        assert "06-1" in shown(app, "#said")[0]
        assert not any("06-" in line for line in shown(app, "#body"))


async def test_each_act_is_a_key_or_two_and_can_be_undone(folder: Path) -> None:
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y")
        assert row(folder, 1) == "1;Fatima [red];06-1;trouw;2;1;bevestigd;;2026-12-02;"
        assert shown(app, "#said")[0].startswith("✓ Fatima [red]: trouw, confirmed, group 1")
        await pilot.press("u")
        assert (folder / "werving.csv").read_text() == LIST
        await pilot.press("home", "n", *"geen tijd", "enter", "home", "g", "2", "enter")
        assert row(folder, 1) == "1;Fatima [red];06-1;trouw;2;;weigert;geen tijd;2026-12-02;"
        assert row(folder, 3) == "3;Noor;06-3;nieuw;1;2;past;;2026-11-20;"
        await pilot.press("end", "b", "u", "p")
        assert row(folder, 4).endswith(";2026-11-20;2026-12-02")
        await pilot.press("up", "enter")
        assert row(folder, 2).startswith("2;Kees;06-2;trouw;nooit;;valt af;")
        await pilot.press("x", "q", "escape", "u", "u", "u", "u", "u")
        assert (folder / "werving.csv").read_text() == LIST
        assert "Nothing was done here yet." in shown(app, "#said")[0]


async def test_what_somebody_else_wrote_is_shown_and_nothing_is_written(folder: Path) -> None:
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        changed = LIST.replace("gescreend;;2026-11-01", "weigert;ziek;2026-11-02")
        (folder / "werving.csv").write_text(changed)
        await pilot.press("r")
        assert "changed meanwhile" in shown(app, "#said")[0]
        assert any("ziek" in line for line in shown(app, "#body"))
    assert (folder / "werving.csv").read_text() == changed


async def test_without_a_list_a_key_begins_one(folder: Path) -> None:
    (folder / "werving.csv").unlink()
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y", "n")
        assert (folder / "werving.csv").read_text("utf-8-sig").startswith("nr;naam;telefoon;e-mail;klantgroep;")
        await pilot.press("y", "enter", "escape")


async def test_a_list_that_changes_beneath_is_taken_in_and_nothing_typed_is_lost(folder: Path) -> None:
    app = app_of(folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("down", "n", *"ziek")
        asked = shown(app, "#said")
        assert asked[0].startswith(" Why not ")
        lines = LIST.splitlines()
        (folder / "werving.csv").write_text("\n".join([lines[0], "9;Aagje;06-9;trouw;2;;gescreend;;;", *lines[1:]]))
        app.look_around()
        assert shown(app, "#said") == asked
        assert any("Aagje" in told for told in shown(app, "#body"))
        name = asked[0].partition("Why not ")[2].partition("?")[0]
        theirs = (folder / "werving.csv").read_text().replace(";past;", ";bevestigd;").replace("gescreend", "reserve")
        (folder / "werving.csv").write_text(theirs)
        await pilot.press("enter")
        assert "changed meanwhile" in shown(app, "#said")[0]
        assert (folder / "werving.csv").read_text() == theirs
        await pilot.press("!", "enter")
        (written,) = (told for told in (folder / "werving.csv").read_text().splitlines() if f";{name};" in told)
        assert ";ziek!;" in written
        await pilot.press("n", *"tja")
        (folder / "werving.csv").write_text(lines[0] + "\n")
        app.look_around()
        assert "is no longer on the list" in shown(app, "#said")[0]
        await pilot.press("x")
        assert (folder / "werving.csv").read_text() == lines[0] + "\n"
