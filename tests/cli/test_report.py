"""`kring report` and `kring coreq`, as typed."""

import re
import shutil

import pytest
from msgspec.structs import replace

from conftest import make_plan
from kring.cli import coreq
from kring.cli.main import main
from kring.plans.file import read_plan_file
from kring.rehearsal.playing import write_session
from kring.report.coreq.items import ITEMS
from kring.session import session as sessions
from kring.session.session import Me
from kring.store import files


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    for number, name in (("1", "loyal"), ("2", "loyal"), ("3", "other")):
        write_session(folder / f"group-{number}.db", replace(make_plan(), study=name, group=number), seed=int(number))
    return folder


@pytest.fixture
def study(written, tmp_path):
    """Two sessions of one study, and one of another."""
    return shutil.copytree(written, tmp_path, dirs_exist_ok=True)


def answer(monkeypatch, *typed):
    lines = iter(typed)

    def ask(_prompt):
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", ask)


def kept(file):
    store = files.open_(file, "read")
    try:
        return dict(store.connection.execute("select id, answer from coreq"))
    finally:
        store.close()


@pytest.mark.parametrize(("name", "begins"), [("r.html", b"<!doctype"), ("r.docx", b"PK"), ("r.MD", b"# Loyaliteit")])
def test_the_name_tells_the_form(study, name, begins, capsys):
    out = study / name
    assert main(["report", str(study / "group-1.db"), "-o", str(out), "--lang", "en"]) == 0
    assert out.read_bytes().startswith(begins)
    assert capsys.readouterr().out == f"{out} is written, with codes for the names.\nReplaced in the text: nothing.\n"
    assert [path.name for path in study.iterdir() if "part" in path.suffix] == []


def test_without_a_name_it_lies_beside_the_session(study):
    assert main(["report", str(study / "group-1.db")]) == 0
    assert '<html lang="nl">' in (study / "group-1.html").read_text("utf-8")


def test_another_form_is_refused_before_anything_is_read(tmp_path, capsys):
    assert main(["report", str(tmp_path / "none.db"), "-o", str(tmp_path / "r.pdf"), "--lang", "en"]) == 1
    assert "r.pdf is none of these" in capsys.readouterr().err


def test_the_session_file_is_never_overwritten(study, capsys):
    file = study / "group-1.db"
    other = study / "session.html"
    other.write_bytes(file.read_bytes())
    assert main(["report", str(file), "-o", str(other), "--lang", "en"]) == 1
    assert "is a session file" in capsys.readouterr().err
    assert other.read_bytes() == file.read_bytes()


def test_coreq_keeps_each_answer_and_offers_those_of_the_study(study, monkeypatch, capsys):
    first, second, third = (study / f"group-{number}.db" for number in (1, 2, 3))
    answer(monkeypatch, "Drs.", "onderzoeker")
    assert main(["coreq", str(first), "--name", "Kim", "--lang", "en"]) == 0
    assert capsys.readouterr().out.endswith("2 answers are kept.\n")
    assert kept(first) == {"2": "Drs.", "3": "onderzoeker"}
    answer(monkeypatch, "1", "", "vrouw", ".", "niet meer")
    assert main(["coreq", str(second), "--lang", "en"]) == 0
    assert "   1: Drs." in capsys.readouterr().out
    assert kept(second) == {"2": "Drs.", "4": "vrouw"}
    answer(monkeypatch)
    assert main(["coreq", str(third), "--lang", "en"]) == 0  # of another study
    assert "Drs." not in capsys.readouterr().out
    answer(monkeypatch, "-")
    assert main(["coreq", str(first), "--lang", "en"]) == 0
    assert kept(first).get("2", "") == ""


def test_coreq_asks_what_is_typed_once_a_study_and_all_when_asked_for(study, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr("builtins.input", lambda prompt: asked.append(prompt) or "")
    main(["coreq", str(study / "group-1.db")])
    assert len(asked) == 14
    main(["coreq", str(study / "group-1.db"), "--all"])
    assert len(asked) == 14 + len(ITEMS)


def test_a_typed_answer_stands_in_the_report_with_its_source(study, monkeypatch):
    answer(monkeypatch, "Drs. | MSc")
    main(["coreq", str(study / "group-1.db"), "--name", "Kim"])
    main(["report", str(study / "group-1.db"), "-o", str(study / "r.md"), "--names", "--lang", "en"])
    line = next(
        line for line in (study / "r.md").read_text("utf-8").splitlines() if line.startswith("| 2 | Credentials")
    )
    assert "Drs. \\| MSc" in line
    assert "typed by Kim" in line


def sheet(study, *numbers, out="sheet.md"):
    files = [str(study / f"group-{number}.db") for number in numbers]
    code = main(["coreq", *files, "-o", str(study / out), "--lang", "en"])
    if code:
        return {}
    rows = (line.split(" | ") for line in (study / out).read_text("utf-8").splitlines())
    return {row[0].strip("| "): row[2] for row in rows if row[0].strip("| ").isdecimal()}


def test_a_study_has_one_sheet_over_its_sessions(study, monkeypatch):
    told = sheet(study, 1, 2)
    assert len(told) == 32
    assert re.fullmatch(
        r"\d+ participants in 2 groups\. Group 1: \d+ participants\. Group 2: \d+ participants\.", told["12"]
    )
    assert told["27"].count("kring") == 1  # the same in both
    assert told["2"] == "open"
    answer(monkeypatch, "Drs.")
    assert main(["coreq", str(study / "group-1.db"), str(study / "group-2.db"), "--lang", "en"]) == 0
    assert kept(study / "group-1.db") == kept(study / "group-2.db") == {"2": "Drs."}
    assert sheet(study, 1, 2)["2"] == "Drs."


def test_what_was_counted_is_told_for_each_group_also_where_it_is_the_same(study, plan):
    write_session(study / "group-4.db", replace(plan, study="loyal", group="1"), seed=4)
    told = sheet(study, 1, 4)
    assert told["13"].count("invited came") == 2
    assert re.search(r"Group 1 \(group-1\): \d+ participants\. Group 1 \(group-4\): \d+ participants\.$", told["12"])


def test_sessions_of_two_studies_have_no_sheet_together(study, capsys):
    assert sheet(study, 1, 3) == {}
    assert "of one study" in capsys.readouterr().err


def test_a_session_and_its_copy_are_one_group(study):
    (study / "group-2.db").write_bytes((study / "group-1.db").read_bytes())
    assert "Group" not in sheet(study, 1, 2)["12"]


@pytest.mark.parametrize("name", ["group-2.db", "s.pdf"])
def test_a_sheet_takes_the_place_of_nothing_else(study, name):
    before = (study / "group-2.db").read_bytes()
    assert sheet(study, 1, out=name) == {}
    assert (study / "group-2.db").read_bytes() == before


def test_a_damaged_neighbour_does_not_stop_the_questions(study, monkeypatch):
    (study / "broken.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    (study / "text.db").write_text("no database")
    answer(monkeypatch, "Drs.")
    assert main(["coreq", str(study / "group-2.db")]) == 0
    assert kept(study / "group-2.db") == {"2": "Drs."}


def test_the_words_of_stopping_are_said(study, monkeypatch, capsys):
    answer(monkeypatch)
    main(["coreq", str(study / "group-1.db"), "--lang", "en"])
    said = capsys.readouterr().out.splitlines()[0]
    assert coreq.STOP in said
    assert coreq.TAKE_BACK in said


@pytest.mark.parametrize("options", [[], ["--force"]])
def test_a_report_never_takes_the_place_of_a_plan(tmp_path, clock, options):
    plan = tmp_path / "group-1.md"
    plan.write_text("---\ntitel: Groep 1\n---\n# A (30 min)\n1. Wie bent u?\n", "utf-8")
    before = plan.read_bytes()
    file = tmp_path / "session.db"
    me = Me("Bo", "assistant", "device")
    sessions.begin(file, read_plan_file(plan).plan, clock, me, zone=("UTC", 0)).close()
    assert main(["report", str(file), "-o", str(plan), *options]) == 1
    assert plan.read_bytes() == before
