"""The screen of a study: its rows, and what a key does with the one under the cursor."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from acting import act
from kring.domain.study.groups import SessionSummary, groups_of
from kring.study.reads import Reads
from kring.study.standing import Standing, standing
from kring.system import i18n
from kring.system.settings import Settings
from kring.ui.study import rows
from kring.ui.study.screen import StudyApp
from kring.ui.study.words import short_day
from kring.ui.widgets.line import plain, width
from study.held import hold

TEXT = """---
titel: Sparen
onderzoeksvraag: Waarom [laten] leden punten verlopen?
taal: nl
---
# Doelgroep
- herzien: 2026-06-01
# Klantgroepen
| klantgroep | definitie | vanaf | deelnemers |
| nieuw | pas lid | | 2-3 |
| trouw | ≥ 6 inwisselingen | 2026-01-01 | 2-3 |
| trouw | ≥ 4 inwisselingen | 2027-01-01 | |
# Persona's
## Ans
- doelen: rust
- [b]hobby: tuin
## Bram
## Coba
# Groepen
| groep | wanneer | plan |
| 1 | 2026-12-03 19:30 | groep-1.md |
| 2 | 2026-12-10 19:30 | weg.md |
| 3 | 2026-11-01 | |
# Hypothesen
- H1: vertrouwen
  - oordeel: steun, 5 citaten
- H2: geld
# Acties
| nr | actie | wie | wanneer | stand |
| A1 | bon | Bo | 2026-11-30 | open |
"""
PLAN = "---\nonderzoek: Sparen\ngroep: 1\nstart: 2026-12-03 19:30\n---\n# Kern (9 min)\n1. Wat? {sleutel}\n"
TODAY = date(2026, 12, 2)
SIZES = [(80, 24), (100, 30), (140, 40)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "study.md").write_text(TEXT)
    (tmp_path / "groep-1.md").write_text(PLAN)
    i18n.use("en")
    return tmp_path


def app_of(folder: Path) -> StudyApp:
    return StudyApp(standing(folder, TODAY), partial(standing, folder, TODAY), Settings())


def shown(app: StudyApp, name: str) -> list[str]:
    return [plain(line) for line in app.query_one(name).lines]  # type: ignore[attr-defined]


def under(app: StudyApp) -> tuple[str, str]:
    entry = app._rows[app._at]
    return entry.kind, entry.ref


async def until(is_so: Callable[[], bool], pilot: Pilot[None]) -> None:
    """Wait for what is done beside the screen."""
    for _turn in range(2_000):
        if is_so():
            return
        await pilot.pause(0.005)
    raise AssertionError


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("spoken", ["en", "nl"])
async def test_all_that_can_be_pressed_is_in_sight_and_every_row_fits(
    folder: Path, size: tuple[int, int], spoken: str
) -> None:
    app = app_of(folder)
    i18n.use(spoken)
    async with app.run_test(size=size):
        told = " ".join(shown(app, "#keys")).split()
        segments, findings = ("k", "b") if spoken == "nl" else ("s", "f")
        space = "spatie" if spoken == "nl" else "space"
        assert {"Enter", space, *"tgphaiwevo/", segments, findings, "F1", "Esc"} <= {*told}
        everything = [entry.line for entry in rows.entries(standing(folder, TODAY), size[0])]
        assert max(width(line) for line in everything) <= size[0]
        assert any("late" in line or "te laat" in line for line in map(plain, everything))
        assert shown(app, "#body")[0].strip() == plain(app._rows[0].line).strip()


def test_march_is_short_as_the_dutch_write_it() -> None:
    i18n.use("nl")
    assert [short_day(date(2027, 3, 1)), short_day(date(2026, 12, 3))] == ["ma 1 mrt", "do 3 dec"]
    i18n.use("en")
    assert short_day(date(2027, 3, 1)) == "Mon 1 Mar"


async def test_a_letter_goes_to_its_part_and_enter_opens_a_card(folder: Path) -> None:
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        assert under(app)[0] == "due"
        await pilot.press("p")
        assert under(app) == ("persona", "Ans")
        await pilot.press("enter")
        assert any("rust" in line for line in shown(app, "#body"))
        await pilot.press("escape", "p")
        assert under(app) == ("persona", "Bram")
        await pilot.press("k", "end", "down")
        assert under(app) == ("action", "A1")
        assert any("A1" in line for line in shown(app, "#body"))
        await pilot.press("home", "up")
        assert under(app)[0] == "due"
    assert app.wish is None


async def test_space_writes_the_next_state_into_the_text(folder: Path) -> None:
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "space", "space", "h", "space", "h", "space")
        assert app.found.folder.study.actions[0].state == "done"
        await pilot.press("g", "space")
        assert shown(app, "#said") == ["? Space changes a verdict or the state of an action."]
    changed = TEXT.replace("| 2026-11-30 | open |", "| 2026-11-30 | gedaan   |")
    changed = changed.replace("steun, 5 citaten", "verdeeld: 5 citaten").replace(
        "H2: geld", "H2: geld\n  - oordeel: steun"
    )
    assert (folder / "study.md").read_text() == changed


async def test_what_is_due_leads_to_what_it_is_about(folder: Path) -> None:
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        found = {entry.ref for entry in app._rows if entry.kind == "due"}
        assert len(found) == 5
        while "bon" not in plain(app._rows[app._at].line):
            await pilot.press("t")
        await pilot.press("enter")
        assert under(app) == ("action", "A1")
        assert any("by when" in line for line in shown(app, "#body"))
        await pilot.press("escape")
        assert under(app)[0] == "due"
        await pilot.press("space")
        assert shown(app, "#said") == ["✓ A1: begonnen"]


@pytest.mark.parametrize(
    ("keys", "what", "file"),
    [(["g", "enter"], "run", "groep-1.md"), (["e"], "edit", "study.md"), (["g", "g", "enter"], "", "weg.md"),
     (["g", "g", "g", "enter"], "", "no plan")],
)  # fmt: skip
async def test_what_is_done_elsewhere_leaves_the_screen(folder: Path, keys: list[str], what: str, file: str) -> None:
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        if not what:
            assert file in app.said[-1][0]
    assert (app.wish.what, app.wish.file.name) == (what, file) if app.wish else not what


async def test_warnings_are_counted_and_read(folder: Path) -> None:
    (folder / "study.md").write_text(TEXT.replace("| open |", "| paars |"))
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "2 warnings" in shown(app, "#said")[0]
        await pilot.press("w")
        assert "The plan of group 2 is not there" in shown(app, "#body")[0]
        assert any("paars" in line for line in shown(app, "#body"))
        (folder / "study.md").write_text(TEXT)
        await pilot.press("escape", "r")
        assert "study.md" not in shown(app, "#body")[0]
        assert len(app.found.folder.study.warnings) == 1


async def test_an_empty_folder_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    i18n.use("en")
    app = app_of(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "space", "down", "g", "e")
        assert "kring study new" in shown(app, "#said")[0]


def test_groups_that_were_filled_by_another_definition_are_told(folder: Path) -> None:
    i18n.use("en")
    sessions = tuple(
        SessionSummary(file=f"{n}.db", id=n, group=n, phase="ended", started_at=f"2026-11-0{n}T19:30",
                       definitions=(("trouw", text), ("nieuw", "pas lid")))
        for n, text in (("1", "zes"), ("2", "vier"))
    )  # fmt: skip
    found = standing(folder, TODAY)
    groups = groups_of(found.folder.study, [], sessions, TODAY)
    held = Standing(replace(found.folder, sessions=sessions), tuple(groups), (), TODAY)
    assert held.differing == {"trouw": {"zes": ("1",), "vier": ("2",)}}
    told = [plain(entry.line) for entry in rows.entries(held, 140)]
    assert "  ! trouw is not defined alike: zes (group 1); vier (group 2)" in told


async def test_a_finding_is_shown_with_its_notes_and_enter_opens_the_review_there(folder: Path) -> None:
    session = hold(
        folder / "g1.db", 1, "admit all", "start anyway", 'note "nergens" @1', 'note "[b]app" @2', study="Sparen"
    )
    act(session, "end")
    session.close()
    text = (
        "# Bevindingen\n| nr | bevinding | citaten | tegen |\n| B1 | Punten zijn geld | groep 1 #1 | groep 1 #2, #9 |\n"
    )
    (folder / "study.md").write_text(TEXT + text)
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "enter")
        told = shown(app, "#body")
        assert told[0].strip() == "B1 Punten zijn geld"
        assert "  For: 1 person, 1 group, 1 mention" in told
        assert "▸   group 1 0:05  P1: nergens" in told
        assert any("[b]app" in line for line in told)
        assert "  ! groep 1 #9: there is no such note." in told
        await pilot.press("down", "down", "enter")
    assert app.wish is not None
    assert (app.wish.what, app.wish.file.name, app.wish.second) == ("review", "g1.db", 10)
    again = StudyApp(app.found, app.reading._look, Settings(), app.wish.at, "", app.wish.point)
    async with again.run_test(size=(80, 24)) as pilot:
        assert any(told.startswith("▸") and "[b]app" in told for told in shown(again, "#body"))
        await pilot.press("up", "enter")
    assert again.wish is not None
    assert again.wish.second == 5


async def test_a_survey_is_shown_beside_the_last_one_and_beside_what_was_said(folder: Path) -> None:
    session = hold(folder / "g1.db", 1, "admit all", "start anyway", 'note "te duur" @1 #geld', study="Sparen")
    act(session, "end")
    session.close()
    for month, mark in (("mei", 6), ("okt", 8)):
        marks = "".join(f"{n};{mark + n % 2}\n" for n in range(40))
        (folder / f"{month}.csv").write_text(f"respondent;Welk cijfer geeft u? (1-10)\n{marks}")
    (folder / "study.md").write_text(
        f"{TEXT}# Bevindingen\n- B1: Punten zijn geld\n  - citaten: groep 1 #1\n"
        "# KTO\n| periode | bestand |\n| mei | mei.csv |\n| okt | okt.csv |\n"
        "# Cijfers en citaten\n| cijfer | verklaart |\n| cijfer geeft | B1 |\n"
    )
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "down", "enter")
        top = shown(app, "#body")
        assert top[0].startswith(" okt · okt.csv: 40 respondents")
        at = top.index("Period against period")
        assert "mei: mean 6.5; okt: mean 8.5; a difference beyond" in " ".join(map(str.strip, top[at : at + 3]))
        await pilot.press("pagedown")
        below = shown(app, "#body")
        assert any(line.startswith("  cijfer geeft  mean 8.5") for line in below)
        assert "  Explains it: 1 person, 1 group, 1 mention" in below
        await pilot.press("down", "up", "up")
        assert shown(app, "#body") == top
        await pilot.press("down", "enter")
    assert app.wish is not None
    assert (app.wish.what, app.wish.file.name, app.wish.second) == ("review", "g1.db", 5)


async def test_session_files_that_are_many_are_read_behind_the_screen(folder: Path) -> None:
    hold(folder / "een.db", 1, "start anyway", study="Sparen").close()
    first = standing(folder, TODAY, lambda _place, _of: False)
    assert (first.folder.unread, first.held) == (1, 0)
    lets_on = threading.Event()

    def look(reads: Reads) -> Standing:
        assert lets_on.wait(9)
        return standing(folder, TODAY, reads)

    app = StudyApp(first, look, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        assert under(app) == ("persona", "Ans")
        lets_on.set()
        await until(lambda: not app.found.folder.unread, pilot)
        assert (app.found.held, app.found.folder.unread) == (1, 0)
        assert under(app) == ("persona", "Ans")
        assert "Text: study.md" in shown(app, "#said")[0]


async def test_how_far_the_reading_is_is_said_and_who_leaves_stops_it(folder: Path) -> None:
    hold(folder / "een.db", 1, "start anyway", study="Sparen").close()
    first = standing(folder, TODAY, lambda _place, _of: False)
    goes_on: list[bool] = []
    has_left, has_stopped = threading.Event(), threading.Event()

    def look(reads: Reads) -> Standing:
        goes_on.append(reads(1204, 10_000))
        assert has_left.wait(9)
        goes_on.append(reads(1205, 10_000))
        has_stopped.set()
        return first

    app = StudyApp(first, look, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: "1204 of 10000 session files are read" in shown(app, "#said")[0], pilot)
        await pilot.press("escape")
    has_left.set()
    assert has_stopped.wait(9)
    assert goes_on == [True, False]


async def test_what_somebody_else_changed_is_shown_before_it_is_changed_again(folder: Path) -> None:
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        theirs = TEXT.replace("| 2026-11-30 | open |", "| 2026-11-30 | vervallen: geen geld |")
        (folder / "study.md").write_text("\n" + theirs.replace("geld\n# Acties", "tijd\n# Acties"))
        await pilot.press("space")
        assert shown(app, "#said") == ["? A1 was changed in the text meanwhile; look at it, and press again."]
        assert (folder / "study.md").read_text() == "\n" + theirs.replace("geld\n# Acties", "tijd\n# Acties")
        assert app.found.folder.study.actions[0].state == "dropped"
        await pilot.press("space")
        assert "| 2026-11-30 | open: geen geld |" in " ".join((folder / "study.md").read_text().split())
        (folder / "study.md").write_text(TEXT.partition("# Acties")[0])
        await pilot.press("space")
        assert shown(app, "#said") == ["? A1 is no longer in the text of the study."]


async def test_what_changes_beneath_the_screen_is_taken_in_with_the_cursor_where_it_was(folder: Path) -> None:
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "p", "p", "enter")
        assert under(app) == ("persona", "Coba")
        (folder / "study.md").write_text(TEXT.replace("## Bram\n## Coba", "## Coba\n- doelen: gemak\n## Dirk"))
        app.reading.look_around()
        await until(lambda: any("gemak" in told for told in shown(app, "#body")), pilot)
        assert under(app) == ("persona", "Coba")
        (folder / "study.md").write_text(TEXT.replace("## Coba", "## Dora"))
        app.reading.look_around()
        await until(lambda: not app._page, pilot)
        await until(lambda: not app.workers._workers, pilot)
        app.reading.look_around()
        assert not app.workers._workers  # nothing changed since


async def test_what_earlier_groups_left_is_due_and_a_key_writes_it_into_the_next_plan(folder: Path) -> None:
    session = hold(folder / "nul.db", 3, "start anyway", "note ?komt de [prijs] nog", study="Sparen")
    act(session, "end now")
    session.close()
    (folder / "groep-1.md").write_text(PLAN.replace("2026-12-03", "2027-03-03"))
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: app._left is not None, pilot)
        assert app._left is not None
        left = len(app._left.left)
        refs = [entry.ref for entry in app._rows if entry.kind == "due"]
        (place,) = (at for at, ref in enumerate(refs) if ref.startswith("questions"))
        await pilot.press("home", *["down"] * place, "enter")
        assert any("komt de [prijs] nog (parked" in told for told in shown(app, "#body"))
        assert "write them into the plan" in " ".join(shown(app, "#keys"))
        await pilot.press("escape", "c", "enter")
        assert "groep-1.md" in shown(app, "#said")[0]
        written = (folder / "groep-1.md").read_text()
        assert "komt de [prijs] nog" in written
        assert written.count("uit groep 3") == left
        await until(lambda: not app.workers._workers, pilot)
        await pilot.press("c")
        assert shown(app, "#said") == ["? Earlier groups left nothing for the next plan."]
        assert not [entry for entry in app._rows if entry.ref.startswith("questions")]


async def test_the_recruitment_stands_among_the_rows_and_opens_at_a_key(folder: Path) -> None:
    app = app_of(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        assert any("no list of people" in plain(entry.line) for entry in app._rows if entry.kind == "recruiting")
        (folder / "werving.csv").write_text(
            "nr;naam;klantgroep;groep;stand;reden\n1;A;trouw;1;bevestigd;\n2;B;trouw;1;past;\n3;C;nieuw;1;past;\n"
            "4;D;nieuw;;weigert;geen [tijd]\n5;E;nieuw;;reserve;\n6;F;nieuw;1;gekomen;\n"
        )
        await pilot.press("r")
        told = [plain(entry.line) for entry in app._rows]
        assert "  werving.csv, 6 people · 3 to call · 1 to pay · 1 in reserve" in told
        assert [row.split()[-1] for row in told if row.startswith("    ") and "█" in row] == ["6", "5", "4", "2", "1"]
        assert any("refused 1 (geen [tijd])" in row for row in told)
        assert any("said yes" in row for row in told)
        group = next(row for row in told if row.startswith("      nieuw"))
        assert group == "      nieuw ▣◧ 1/2–3   trouw ▣◧ 1/2–3"
        assert "fit, but no yes yet: nieuw 1" in " ".join(told)
        at = next(place for place, entry in enumerate(app._rows) if entry.kind == "recruiting")
        app._stand_on(at)
        await pilot.press("enter")
    assert app.wish is not None
    assert app.wish.what == "recruit"
