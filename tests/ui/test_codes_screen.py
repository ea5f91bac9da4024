"""The screen of the codes of a study: a change is shown first, done in every group, and taken back in all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kring.domain.decide import coding, decision
from kring.session.session import Me
from kring.study.finding.finding import Finding
from kring.system import i18n
from kring.system.settings import Settings
from kring.ui.study.codes_screen import CodesApp
from kring.ui.widgets.line import plain, width
from kring.ui.widgets.panel import Panel
from study.held import go_on, hold

ME = Me("Els", "researcher", "device")


@pytest.fixture
def finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Finding]:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    i18n.use("en")
    folder = tmp_path / "trouw"
    folder.mkdir()
    for week, names in enumerate((("app", "[b]digitaal"), ("app",)), 1):
        with closing(hold(folder / f"{week}.db", week, "start anyway", 'note "gedoe" @1')) as session:
            note = next(iter(session.state.notes))
            for name in names:
                session.do_as(Me("Kim", "researcher", "d"), decision(coding.add_code, name, f"over {name}"))
            session.do_as(Me("Kim", "researcher", "d"), decision(coding.put_on, "app", "Kim", note))
    with Finding(folder) as found:
        yield found


def shown(app: CodesApp, name: str) -> list[str]:
    return [plain(line) for line in app.query_one(name).lines]  # type: ignore[attr-defined]


def names(app: CodesApp) -> list[str]:
    return [code.name for code in app.codes]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_merge_is_shown_done_everywhere_and_taken_back(finding: Finding, size: tuple[int, int]) -> None:
    app = CodesApp(finding, "Trouw [2026]", ME, Settings())
    async with app.run_test(size=size) as pilot:
        assert shown(app, "#body")[0].split() == ["▸", "app", "2", "group", "1:", "1", "·", "group", "2:", "1"]
        assert shown(app, "#body")[3:] == [
            " app  2 passages",
            "  group 1  0:05  P1  gedoe",
            "  group 2  0:05  P1  gedoe",
        ]
        assert shown(app, "#said") == [" over app"]
        await pilot.press("m", *"digi", "enter")
        told = shown(app, "#body")
        assert "  group 1: app goes into [b]digitaal, 1 coding" in told
        assert "  group 2: app becomes [b]digitaal, 1 coding" in " ".join(told)
        assert all(width(row) <= size[0] for row in app.query_one("#body").lines)  # type: ignore[attr-defined]
        await pilot.press("escape")
        assert names(app) == ["app", "[b]digitaal"]
        await pilot.press("m", "enter", "enter")
        assert shown(app, "#said") == ["✓ Changed: group 1, group 2."]
        assert names(app) == ["[b]digitaal"]
        await pilot.press("u")
        assert "taken back: app merged into [b]digitaal" in shown(app, "#body")[2]
        await pilot.press("enter")
        assert sorted(names(app)) == ["[b]digitaal", "app"]
        await pilot.press("u")
        assert "was not to the codes" in shown(app, "#said")[0]


async def test_a_new_name_is_typed_and_one_that_is_taken_is_refused(finding: Finding) -> None:
    app = CodesApp(finding, "Trouw", ME, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "backspace", "backspace", "backspace", *"[b]digitaal", "enter")
        assert "is there already" in shown(app, "#said")[0]
        await pilot.press("ctrl+u", *"schermen")
        assert "New name of app: schermen" in shown(app, "#said")[0]
        await pilot.press("enter", "enter")
        assert sorted(names(app)) == ["[b]digitaal", "schermen"]
        await pilot.press("down", "end", "home", "n", "escape", "m", "escape", "q")


async def test_a_part_goes_to_another_code_and_what_became_of_it_is_read_and_taken_back(finding: Finding) -> None:
    app = CodesApp(finding, "Trouw", ME, Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("s", "enter")  # nothing is ticked: nothing is asked
        assert names(app) == ["app", "[b]digitaal"]
        await pilot.press("s")
        assert any("group 2  0:05  P1  gedoe" in plain(line) for line in app.screen.query_one(Panel).lines)
        await pilot.press("down", "space", "enter", *"app", "enter")
        assert "Name another code than app." in shown(app, "#said")[0]
        await pilot.press(*" traag", "enter")
        told = shown(app, "#body")
        assert "  group 1: of app goes to app traag, 0 codings" in told
        assert "  group 2: of app goes to app traag, 1 coding" in told
        await pilot.press(*"te ruim", "enter")
        assert {code.name: sum(code.used) for code in app.codes} == {"app": 1, "app traag": 1, "[b]digitaal": 0}
        await pilot.press("h")
        told = shown(app, "#body")
        assert any("Els app traag split off from app, codings: 0  group 1  why: te ruim" in row for row in told)
        assert any("Els app traag split off from app, codings: 1  group 2  why: te ruim" in row for row in told)
        await pilot.press("m", "end", "home", "u", "enter")
        assert not any("split off" in row for row in shown(app, "#body"))
        assert any("Kim app made" in row for row in shown(app, "#body"))
        await pilot.press("escape")
        assert names(app) == ["app", "[b]digitaal"]


async def test_what_is_sealed_is_counted_and_not_shown(finding: Finding) -> None:
    go_on(finding.folder / "2.db", "consent 1 quoting no")
    finding.refresh()
    app = CodesApp(finding, "Trouw", ME, Settings())
    async with app.run_test(size=(80, 24)):
        told = [row for row in shown(app, "#body") if "passage" in row]
        assert told == [" app  1 passage; sealed, and left where it is: 1"]
        assert not any("group 2  0:05" in row for row in shown(app, "#body"))


async def test_where_a_file_can_not_be_written_nothing_is(finding: Finding) -> None:
    app = CodesApp(finding, "Trouw", ME, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"s", "enter")
        (finding.folder / "kapot.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
        finding.refresh()
        await pilot.press("enter")
        assert shown(app, "#said")[0].startswith("? Nothing is changed: kapot.db")
        assert names(app)[0] == "app"


async def test_without_codes_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    i18n.use("en")
    with Finding(tmp_path) as finding:
        app = CodesApp(finding, "Leeg", ME, Settings())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("m", "n", "down")
            assert "No group has a code." in shown(app, "#body")[0]
