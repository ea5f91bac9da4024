"""A guide becomes a plan at the command line: the table of its lines, and what is written."""

import json

import pytest

from kring.cli.main import main
from kring.plans.file import read_plan_file

GUIDE = "Gids over sparen\n\nDuur: 1,5 uur\n\n1. Welkom (10 min)\n- Wie bent u?\n2. Slot (5 min)\n- Nog iets?\n"


@pytest.fixture
def guide(tmp_path):
    path = tmp_path / "gids.txt"
    path.write_text(GUIDE, "utf-8")
    return path


def test_the_table_is_printed_and_nothing_written_where_nobody_can_be_asked(guide, tmp_path, capsys):
    plan = tmp_path / "plan.md"
    assert main(["import", str(plan), str(guide), "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert "title" in said.out
    assert "a number in front" not in said.out
    assert "Nothing is written" in said.err
    assert not plan.exists()
    assert main(["import", str(plan), str(guide), "--dry-run"]) == 0
    assert not plan.exists()


def test_with_yes_the_plan_is_written_and_reads_as_the_guide_did(guide, tmp_path, capsys):
    path = tmp_path / "plan.md"
    assert main(["import", str(path), str(guide), "--yes"]) == 0
    plan = read_plan_file(path).plan
    assert (plan.title, plan.planned_min) == ("Gids over sparen", 90)
    assert [(item.text, item.planned_s) for item in plan.sections] == [("Welkom", 600), ("Slot", 300)]
    assert [item.text for item in plan.questions] == ["Wie bent u?", "Nog iets?"]
    assert main(["import", str(path), str(guide), "--yes"]) == 1
    assert "already there" in capsys.readouterr().err or path.exists()


def test_for_programs_each_line_says_what_it_is(guide, tmp_path, capsys):
    assert main(["import", str(tmp_path / "plan.md"), str(guide), "--json"]) == 0
    lines = json.loads(capsys.readouterr().out)["lines"]
    assert [(line["line"], line["taken_for"]) for line in lines][:4] == [
        (1, ["title"]),
        (3, ["fact"]),
        (5, ["section"]),
        (6, ["question"]),
    ]


@pytest.mark.parametrize("option", [["--offset", "0:10"], ["--as", "zoom"], ["--who", "Jo=P1"]])
def test_what_only_a_session_has_is_refused(guide, tmp_path, capsys, option):
    assert main(["import", str(tmp_path / "plan.md"), str(guide), *option, "--lang", "en"]) == 1
    assert "A guide becomes a plan with" in capsys.readouterr().err


def test_one_guide_at_a_time(guide, tmp_path, capsys):
    assert main(["import", str(tmp_path / "plan.md"), str(guide), str(guide), "--lang", "en"]) == 1
    assert "Name one guide" in capsys.readouterr().err


def test_check_explains_a_plan_line_by_line(tmp_path, capsys):
    plan = tmp_path / "plan.md"
    plan.write_text("# Kern (10 min)\n1. Wat?\n", "utf-8")
    assert main(["check", str(plan), "--explain", "--lang", "en"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines == ["1 section a heading # Kern (10 min)", "2 question a number in front 1. Wat?"]
    assert main(["check", str(plan), "--explain", "--json", "--lang", "en"]) == 1
