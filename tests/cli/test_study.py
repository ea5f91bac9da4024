"""`kring study`: begun, checked and shown as lines."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from conftest import START_MS, make_plan
from kring.cli import main, parser
from kring.session import session as sessions
from kring.session.session import Me
from kring.study import known_summaries
from kring.study.folder import read_folder
from kring.system.clock import SimulatedClock
from kring.ui.study import screen
from study import held

PLAN = """---
titel: Groep {n}
onderzoek: Sparen
groep: {n}
start: 2031-12-0{n} 19:30
opdrachtgever: Kruidhof
---
# Kern (9 min)
1. Wat? {{sleutel}}
# Deelnemers
| code | naam | klantgroep |
| P1 | Fatima | trouw |
| P2 | Kees | slapend |
"""


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this computer keeps what it knows of the folders."""
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "sparen"
    place.mkdir()
    for n in (1, 2):
        (place / f"groep-{n}.md").write_text(PLAN.format(n=n))
    (place / "notities.md").write_text("# Vergadering\n1. koffie\n")
    return place


def hold(file: Path, study: str = "Sparen", group: str = "1", *lines: str) -> Path:
    """Hold a session of two people, of whom one comes."""
    plan = replace(make_plan(), study=study, group=group)
    clock, me = SimulatedClock(START_MS), Me("Bo", "assistant", "device")
    session = sessions.begin(file, plan, clock, me, random.Random(group).randbytes, ("UTC", 0))
    for line in ("admit all", "start anyway", *lines, "end"):
        clock.advance(60_000)
        act(session, line)
    session.close()
    return file


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main.main([*words, "--lang", "en"]) == 0
    return capsys.readouterr().out


def test_a_new_study_is_whole_and_takes_what_the_plans_say(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "study", "new", str(folder))
    text = (folder / "study.md").read_text()
    assert "Sparen" in text
    assert "trouw" in text
    study = read_folder(folder).study
    assert [(group.number, group.plan, group.starts_at) for group in study.groups] == [
        ("1", "groep-1.md", "2031-12-01T19:30"), ("2", "groep-2.md", "2031-12-02T19:30"),
    ]  # fmt: skip
    assert (study.client, [segment.name for segment in study.segments]) == ("Kruidhof", ["trouw", "slapend"])
    assert main.main(["study", "new", str(folder)]) == 1
    assert (folder / "study.md").read_text() == text


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_new_folder_is_made_and_its_study_says_what_is_left_to_do(
    tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "nieuw" / "onderzoek"
    assert main.main(["study", "new", str(place), "--lang", lang]) == 0
    found = read_folder(place)
    assert found.study.language == lang
    as_made, plan = (str(one.sentence) for one in found.study.warnings)
    assert as_made.startswith(("Still as in the template: Topic; ", "Still as in the template: Onderwerp; "))
    assert plan.startswith(f"The plan of group 1 is not there; make it with: kring new {place / 'gro'}")
    assert found.remarks == ()
    assert len(found.study.personas) == 3
    assert len(found.study.actions) == 1


def test_a_check_says_what_the_plans_name_and_nobody_knows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "study.md").write_text(
        "---\ntitel: Sparen 2\nonderzoeksvraag: Waarom?\n---\n# Doelgroep\n- herzien: 2026-01-01\n"
        "# Klantgroepen\n- trouw: vaak\n# Groepen\n| groep |\n| 1 |\n# Planning\nx\n"
    )
    told = said(capsys, "study", "check", str(folder))
    assert f"{folder / 'groep-1.md'}: The plan names the study Sparen, and this one is called Sparen 2." in told
    assert f"{folder / 'groep-1.md'}:13: P2 is of the segment slapend, which the study does not have." in told
    assert f"{folder / 'groep-2.md'}: The study has no group 2." in told
    assert "Kept as it is, not used: Planning." in told
    report = json.loads(said(capsys, "study", "check", str(folder), "--json"))
    assert report["plans"] == ["groep-1.md", "groep-2.md"]
    assert len(report["warnings"]) == 5
    assert report["study"]["segments"][0]["definitions"][0]["text"] == "vaak"


def test_a_list_that_is_gone_and_two_sessions_of_one_group_are_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "study.md").write_text("---\ntitel: Sparen\n---\n")
    plan = (folder / "groep-1.md").read_text()
    (folder / "groep-1.md").write_text(plan.replace("---\n", "---\ndeelnemers: weg.csv\n", 1))
    for name in ("een.db", "twee.db"):
        held.hold(folder / name, 1, study="Sparen").close()
    told = said(capsys, "study", "check", str(folder))
    assert f"{folder / 'groep-1.md'}: The list of participants is left out: weg.csv is not there" in told
    assert f"{folder}: These sessions all say that they are group 1: een.db, twee.db." in told


def test_a_folder_without_a_text_shows_its_sessions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hold(folder / "een.db")
    told = said(capsys, "study", str(folder), "--plain")
    assert told.startswith("Sparen · 2 groups, 1 held\n")
    assert "group 1, 2026-12-03" in told
    assert "group 2, 2031-12-02 19:30, planned" in told
    assert json.loads(said(capsys, "study", str(folder), "--json"))["groups"][0]["session"] == "een.db"


def test_what_is_wrong_with_a_file_is_said(folder: Path) -> None:
    (folder / "study.md").write_text("---\ntitel: Sparen\n---\n# Klantgroepen\n- trouw: vaak\n")
    whole = hold(folder / "b.db", "sparen.", "1", "note een", "note twee")
    shutil.copy(whole, folder / "a.db")
    hold(folder / "ander.db", "Iets anders", "9")
    (folder / "kapot.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    (folder / "tekst.db").write_text("no database")
    (folder / "map.db").mkdir()
    shutil.copy(whole, folder / "verder.db")
    again = sessions.resume(
        folder / "verder.db", SimulatedClock(START_MS + 3_600_000), Me("Ria", "researcher", "other")
    )
    act(again, "note drie")
    again.close()
    found = read_folder(folder)
    assert [one.file for one in found.sessions] == ["verder.db"]
    assert [str(remark).split(" ")[0] for remark in found.remarks] == [
        "ander.db", "kapot.db", "tekst.db", "a.db", "b.db",
    ]  # fmt: skip
    other = sessions.resume(folder / "b.db", SimulatedClock(START_MS + 3_600_000), Me("Bo", "assistant", "third"))
    act(other, "note vier")
    other.close()
    apart = [str(remark) for remark in read_folder(folder).remarks if "went on apart" in str(remark)]
    assert len(apart) == 1


@pytest.mark.parametrize(
    ("line", "act_"),
    [
        (["study", "map"], "open"),
        (["study", "--lang", "nl", "map"], "open"),
        (["--lang", "nl", "study", "map", "--plain"], "open"),
        (["study", "check", "map"], "check"),
        (["study", "new", "map", "--lang=nl"], "new"),
        (["study", "./new"], "open"),
    ],
)
def test_an_act_need_not_be_named(line: list[str], act_: str) -> None:
    assert parser.parsed(line).act == act_


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["study", str(tmp_path / "weg")]) == 1
    assert "kring study new" in capsys.readouterr().err


def test_what_is_wished_on_the_screen_is_done_and_the_screen_comes_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishes = [
        screen.Wish("edit", folder / "study.md", 7), screen.Wish("review", folder / "weg.db", 9), None,
    ]  # fmt: skip
    shown: list[tuple[screen.Wish | None, str]] = []
    edited: list[list[str]] = []

    def run(
        _found: object, _look: object, _settings: object, before: screen.Wish | None, said: str
    ) -> screen.Wish | None:
        shown.append((before, said))
        return wishes.pop(0)

    monkeypatch.setattr(screen, "run", run)
    monkeypatch.setattr("kring.cli.study.overview.has_terminal", lambda: True)
    monkeypatch.setattr("kring.cli.study.overview.subprocess.run", lambda words, check: edited.append(words))
    monkeypatch.setenv("EDITOR", "my editor")
    monkeypatch.delenv("VISUAL", raising=False)
    assert main.main(["study", str(folder), "--lang", "en"]) == 0
    assert edited == [["my", "editor", str(folder / "study.md")]]
    assert [before.at if before else 0 for before, _said in shown] == [0, 7, 9]
    assert "weg.db" in shown[2][1]


def test_a_session_that_did_not_change_is_not_read_again(
    folder: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = hold(folder / "een.db")
    os.utime(file, ns=(10**18, 10**18))
    read: list[str] = []
    really = known_summaries.read_summary
    monkeypatch.setattr(known_summaries, "read_summary", lambda path: read.append(path.name) or really(path))
    first = read_folder(folder).sessions
    assert read == ["een.db"]
    file = file.rename(folder / "twee.db")
    os.utime(file, ns=(10**18, 10**18))
    read_folder(folder)
    read.clear()
    assert [replace(one, file="een.db") for one in read_folder(folder).sessions] == list(first)
    assert read == []
    (kept,) = state.rglob("*.json")
    assert not {"Fatima", "Kees"} & set(kept.read_text().replace('"', " ").split())
    kept.write_text("{")
    read_folder(folder)
    again = sessions.resume(file, SimulatedClock(START_MS + 3_600_000), Me("Bo", "assistant", "device"))
    act(again, "note nog iets")
    again.close()
    read.clear()
    assert read_folder(folder).sessions[0].events > first[0].events
    assert read == ["twee.db"]


@pytest.mark.parametrize("number", ["²", "m²", "③", "9" * 5000, "٣", "0", "–"])
def test_a_group_may_be_called_anything(folder: Path, capsys: pytest.CaptureFixture[str], number: str) -> None:
    (folder / "study.md").write_text(f"---\ntitle: Sparen\n---\n# Groups\n| group |\n| {number} |\n| 10 |\n| 9 |\n")
    told = [line for line in said(capsys, "study", str(folder), "--plain").splitlines() if "  group " in line]
    places = [
        next(at for at, line in enumerate(told) if line.startswith(f"  group {one}")) for one in ("1,", "9", "10")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("act_", [["--plain"], ["search", "woord"], ["matrix"], ["check"]])
def test_only_its_text_stands_for_a_folder(folder: Path, capsys: pytest.CaptureFixture[str], act_: list[str]) -> None:
    act, *more = [one for one in act_ if one != "--plain"] or ["open"]
    (folder / "study.md").write_text("---\ntitle: Sparen\n---\n")
    said(capsys, "study", act, str(folder / "study.md"), *more, *(["--plain"] if act == "open" else []))
    assert main.main(["study", act, str(folder / "groep-1.md"), *more, "--lang", "en"]) == 1
    assert "groep-1.md is no folder; name the folder of the study." in capsys.readouterr().err


def test_sessions_in_a_folder_below_are_named(folder: Path) -> None:
    (folder / "sessies").mkdir()
    hold(folder / "sessies" / "een.db")
    assert [str(remark) for remark in read_folder(folder).remarks][1:] == [
        "The session files in the folder sessies are not read: put them beside study.md."
    ]
    hold(folder / "een.db")
    assert len(read_folder(folder).remarks) == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_is_read_as_any_program_saves_it(folder: Path, encoding: str, ending: str) -> None:
    text = "---\ntitel: Één\n---\n# Acties\n| nr | actie | stand |\n| A1 | café | bezig |\n".replace("\n", ending)
    (folder / "study.md").write_bytes(text.encode(encoding))
    study = read_folder(folder).study
    assert (study.title, [(one.text, one.state) for one in study.actions]) == ("Één", [("café", "started")])
