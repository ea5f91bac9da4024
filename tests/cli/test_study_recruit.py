"""`kring study recruit`: shown as lines and JSON, and each act from a line."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from acting import act
from conftest import START_MS
from kring.cli import main
from kring.plans.file import read_plan_file
from kring.session import session as sessions
from kring.session.session import Me
from kring.system.clock import SimulatedClock

TEXT = """---
titel: Sparen
taal: nl
---
# Klantgroepen
| klantgroep | definitie | deelnemers |
| nieuw | pas lid | 2-3 |
| trouw | lang lid | 2-3 |
# Groepen
| groep | wanneer | plan |
| 1 | 2031-12-03 19:30 | groep-1.md |
| 2 | 2031-12-10 19:30 | groep-2.md |
# Screener
| vraag | antwoorden | valt af |
| Hoe vaak? | nooit; 1-3 | nooit |
"""
PLAN = """---
onderzoek: Sparen
groep: 1
start: 2031-12-03 19:30
duur: 90
taal: nl
deelnemers: deelnemers-1.csv
---
# Kern (9 min)
1. Wat? {sleutel}
"""
LIST = """nr;naam;telefoon;klantgroep;Hoe vaak?;groep;stand;reden;sinds;betaald
1;Fatima;06-11111111;trouw;2;;gescreend;;;
2;Kees;06-22222222;nieuw;nooit;;gescreend;;;
3;Noor;06-33333333;nieuw;1;1;bevestigd;;;
4;Ans;06-44444444;nieuw;1;1;bevestigd;;;
5;Bo;06-55555555;nieuw;1;;weigert;geen tijd;;
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    place = tmp_path / "sparen"
    place.mkdir()
    (place / "study.md").write_text(TEXT)
    (place / "groep-1.md").write_text(PLAN)
    (place / "werving.csv").write_text(LIST)
    return place


def run(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, code: int = 0) -> str:
    assert main.main(["study", "recruit", str(folder), *words]) == code
    shown = capsys.readouterr()
    return shown.out + shown.err


def test_the_lines_and_the_json_tell_all_of_it_and_nothing_of_contacts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(capsys, folder, "--lang", "en")
    for line in (
        "Recruitment: werving.csv, 5 people",
        "  group 1, nieuw: invite 4 for 2–3: 2 confirmed, 0 fit, 2 to be found",
        "  screened 5; lost: refused 1 (geen tijd)",
        "  came 0",
        "  1 Fatima: trouw, screened",
        "  2 Kees: does not fit: “Hoe vaak?”: nooit is not wanted",
    ):
        assert line in told.splitlines()
    found = json.loads(run(capsys, folder, "--json"))
    assert [one["reached"] for one in found["funnel"]] == [5, 5, 2, 2, 0]
    assert found["call_next"] == ["1"]
    assert found["people"][1]["screener"]["state"] == "excluded"
    assert "Kees" not in json.dumps(found)
    assert "Kees" in run(capsys, folder, "--json", "--names")
    for shown in (told, run(capsys, folder, "--json", "--names")):
        assert "06-" not in shown


def test_each_act_changes_a_row(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "werving.csv"
    assert "1 Fatima: trouw, bevestigd, groep 1" in run(capsys, folder, "--set", "fatima", "confirmed")
    run(capsys, folder, "--set", "2", "weigert", "geen tijd; druk")
    run(capsys, folder, "--set", "Noor", "group", "2")
    run(capsys, folder, "--set", "Ans", "betaald")
    run(capsys, folder, "--set", "5", "reserve: toch wel")
    told = [line.split(";")[:8] for line in path.read_text().splitlines()]
    assert told[1][5:] == ["1", "bevestigd", ""]
    assert '2;Kees;06-22222222;nieuw;nooit;;weigert;"geen tijd; druk";20' in path.read_text()
    assert told[3][5] == "2"
    assert told[5][5:] == ["", "reserve", "toch wel"]
    assert len(path.read_text().splitlines()[4].split(";")[9]) == 10


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "Fatima"), "Say who, what"),
        (("--set", "Fatima", "fits", "a", "b"), "Say who, what"),
        (("--set", "Fatima", "maybe"), "no state"),
        (("--set", "Fatima", "paid", "euro"), "no words behind it"),
        (("--set", "Fatima", "group", "9"), "no group 9"),
        (("--set", "Zus", "fits"), "not on the list"),
        (("--set", "Zus", "fits", "--came"), "One of these"),
        (("--group", "1"), "--roster or --invite"),
        (("--roster",), "Name the group"),
        (("--roster", "--group", "2"), "no plan here"),
        (("--invite", "--group", "9"), "no group 9"),
        (("--came", "--force"), "belong to --invite"),
        (("--came", "--others"), "belongs to --roster"),
        (("--new",), "already there"),
    ],
)
def test_a_line_that_is_not_understood_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert said in run(capsys, folder, *words, "--lang", "en", code=1)
    assert (folder / "werving.csv").read_text() == LIST


def test_the_screener_writes_its_proposals_and_a_hand_goes_before_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, folder, "--screen")
    rows = (folder / "werving.csv").read_text().splitlines()
    assert rows[1].split(";")[5:8] == ["1", "past", ""]
    assert rows[2].split(";")[5:8] == ["", "valt af", "“Hoe vaak?”: nooit is niet gezocht"]
    run(capsys, folder, "--set", "Kees", "past", "opdrachtgever wil hem")
    assert "opdrachtgever wil hem" in run(capsys, folder)
    before = (folder / "werving.csv").read_text()
    run(capsys, folder, "--screen")
    assert (folder / "werving.csv").read_text() == before


def test_who_said_yes_comes_on_the_list_of_the_plan_without_contacts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, folder, "--group", "1", "--roster")
    path = folder / "deelnemers-1.csv"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(path.read_bytes() + b"P7;Zus;trouw;ja\r\n")
    run(capsys, folder, "--set", "Fatima", "bevestigd")
    run(capsys, folder, "--set", "Ans", "afgemeld", "ziek")
    before = path.read_bytes()
    assert "Ans" in run(capsys, folder, "--group", "1", "--roster")
    assert path.read_bytes().startswith(before)
    people = read_plan_file(folder / "groep-1.md").plan.participants
    assert [(one.code, one.name, one.segment, one.consents) for one in people] == [
        ("P1", "Noor", "nieuw", ()), ("P2", "Ans", "nieuw", ()), ("P7", "Zus", "trouw", (("all", True),)),
        ("P3", "Fatima", "trouw", ()),
    ]  # fmt: skip
    run(capsys, folder, "--group", "1", "--roster")
    assert path.read_text().count("Fatima") == 1
    assert "06-" not in path.read_text()


def test_who_may_stand_there_already_is_asked_about_and_not_added_twice(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "deelnemers-1.csv").write_text("code;naam;klantgroep;toestemming\nP1;Noor de Vries;nieuw;ja\n")
    out = run(capsys, folder, "--group", "1", "--roster", "--lang", "en")
    assert "NOT added: Noor may be Noor de Vries, who is on that list." in out
    assert "--roster --group 1 --others" in out
    names = [one.name for one in read_plan_file(folder / "groep-1.md").plan.participants]
    assert names == ["Noor de Vries", "Ans"]
    run(capsys, folder, "--group", "1", "--roster", "--others")
    names = [one.name for one in read_plan_file(folder / "groep-1.md").plan.participants]
    assert names == ["Noor de Vries", "Ans", "Noor"]


@pytest.mark.parametrize("lines", [(), ("add Kees",)])
def test_who_waited_in_reserve_came_where_the_session_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str], lines: tuple[str, ...]
) -> None:
    run(capsys, folder, "--set", "Kees", "reserve")
    run(capsys, folder, "--group", "1", "--roster")
    plan = read_plan_file(folder / "groep-1.md").plan
    clock, me = SimulatedClock(START_MS), Me("Bo", "assistant", "device")
    session = sessions.begin(folder / "groep-1.db", plan, clock, me, random.Random(1).randbytes, ("UTC", 0))
    for each in ("admit P1", "start anyway", *lines, "end"):
        clock.advance(60_000)
        act(session, each)
    session.close()
    run(capsys, folder, "--came")
    rows = {row[1]: row for row in (one.split(";") for one in (folder / "werving.csv").read_text().splitlines())}
    assert rows["Kees"][5:7] == (["1", "gekomen"] if lines else ["", "reserve"])


def test_a_letter_for_everybody_who_said_yes_bears_their_name_and_no_contact(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, folder, "--group", "1", "--invite", "--out", str(folder / "brieven"))
    names = sorted(path.name for path in (folder / "brieven").iterdir())
    assert names == ["3-1-uitnodiging.txt", "3-2-instructie.txt", "3-3-herinnering.txt", "4-1-uitnodiging.txt",
                     "4-2-instructie.txt", "4-3-herinnering.txt", "afspraak.ics"]  # fmt: skip
    letter = (folder / "brieven" / "3-1-uitnodiging.txt").read_text()
    assert "Beste Noor," in letter
    assert "3 december 2031" in letter
    whole = "".join(path.read_text() for path in (folder / "brieven").iterdir())
    assert "06-" not in whole


def test_a_session_that_was_held_tells_who_came_and_the_list_answers_coreq(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, folder, "--group", "1", "--roster")
    clock = SimulatedClock(START_MS)
    plan = read_plan_file(folder / "groep-1.md").plan
    me = Me("Bo", "assistant", "device")
    session = sessions.begin(folder / "groep-1.db", plan, clock, me, random.Random(1).randbytes, ("UTC", 0))
    for line in ("admit P1", "start anyway", "end"):
        clock.advance(60_000)
        act(session, line)
    session.close()
    assert "  3 Noor: came" in run(capsys, folder, "--lang", "en")
    run(capsys, folder, "--came")
    rows = [line.split(";") for line in (folder / "werving.csv").read_text().splitlines()]
    assert [row[6] for row in rows[3:5]] == ["gekomen", "niet verschenen"]
    typed = iter([""] * 8 + ["1", "", "1", "."])  # items 2 to 11, and 13, which is asked where there is a list
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    assert main.main(["coreq", str(folder / "groep-1.db"), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "1: 5 people were approached. Refused: 1 (geen tijd 1). Cancelled after having said yes: 0." in told
    assert "Did not come: 1. By the screener 0 did not fit, and 0 stayed in reserve." in told
    assert (
        "1: By segments set beforehand: nieuw (pas lid), trouw (lang lid). Screened with 1 question. "
        "Left out was who answered: Hoe vaak? nooit."
    ) in told
    assert "2 answers are kept." in told
