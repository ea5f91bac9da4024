"""`kring check` and `kring new`, as typed."""

import json

import pytest

from kring.cli import main

PLAN = "---\ntitel: Sparen\nduur: 60 min\n---\n# Kern (70 min)\n1. Wat? {sleutel}\n\nzomaar iets\n"


@pytest.fixture
def plan_path(tmp_path):
    path = tmp_path / "plan.md"
    path.write_text(PLAN, "utf-8")
    return path


def test_check_prints_outline_sum_and_warnings_and_ends_well(plan_path, capsys):
    assert main(["check", str(plan_path), "--lang", "en"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "Sparen"
    assert "1    Kern  (70 min)" in printed
    assert "Time: 70 of 60 min" in printed
    assert f"{plan_path}:8: This line is not understood; it is kept as a note: zomaar iets" in printed
    assert any(line.startswith(f"{plan_path}: The guide takes 70 min") for line in printed)


def test_check_prints_json_for_programs(plan_path, capsys):
    assert main(["check", str(plan_path), "--json", "--lang", "en"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["plan"]["title"] == "Sparen"
    assert report["minutes"] == 70
    assert {"file": "plan.md", "line": 8} in [
        {name: warning[name] for name in ("file", "line")} for warning in report["warnings"]
    ]


def test_check_of_what_cannot_be_read_is_one_sentence_and_status_1(tmp_path, capsys):
    assert main(["check", str(tmp_path / "weg.md"), "--lang", "en"]) == 1
    assert capsys.readouterr().err == "kring: weg.md is not there; look at the name and the folder.\n"


@pytest.mark.parametrize("place", ["--online", "--in-person"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_new_writes_a_plan_that_only_has_to_be_filled_in(place, lang, tmp_path, capsys):
    path = tmp_path / "nieuw.md"
    assert main(["new", str(path), place, "--lang", lang]) == 0
    capsys.readouterr()
    assert main(["check", str(path), "--json", "--lang", "en"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["plan"]["language"] == lang
    assert report["plan"]["form"] == ("online" if place == "--online" else "in_person")
    assert report["minutes"] == report["planned_minutes"] == 90
    assert not any(item["kind"] == "note" for item in report["plan"]["guide"])
    left = [warning["sentence"] for warning in report["warnings"]]
    assert len(left) == 2
    assert "still to fill in" in left[0] + left[1]
    assert "without a name" in left[0] + left[1]


def test_new_never_overwrites(plan_path, capsys):
    assert main(["new", str(plan_path), "--lang", "en"]) == 1
    assert "stays as it is" in capsys.readouterr().err
    assert plan_path.read_text("utf-8") == PLAN


def test_new_in_a_folder_that_is_not_there_is_one_sentence(tmp_path, capsys):
    assert main(["new", str(tmp_path / "weg" / "plan.md"), "--lang", "en"]) == 1
    assert capsys.readouterr().err.startswith("kring: plan.md cannot be written: ")
