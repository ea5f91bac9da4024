"""`kring check` and `kring new`, as typed."""

import errno
import json
import os
import stat
import sys
from pathlib import Path

import pytest
from docx import Document

from kring.cli.main import main

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
    assert len(left) == 4
    assert sum(sentence.startswith("Still as in the template: ") for sentence in left) == 1
    for said in ("not filled in", "without a name", "No consent on the list of: P1, P2"):
        assert any(said in sentence for sentence in left)


def test_new_never_overwrites(plan_path, capsys):
    assert main(["new", str(plan_path), "--lang", "en"]) == 1
    assert "stays as it is" in capsys.readouterr().err
    assert plan_path.read_text("utf-8") == PLAN


def test_new_in_a_folder_that_is_not_there_is_one_sentence(tmp_path, capsys):
    assert main(["new", str(tmp_path / "weg" / "plan.md"), "--lang", "en"]) == 1
    assert capsys.readouterr().err == f"kring: There is no folder {tmp_path / 'weg'}; make it first.\n"


@pytest.fixture
def word_path(tmp_path):
    document = Document()
    document.add_heading("Welkom (8 min)", 1)
    document.add_paragraph("Wie bent u?", "List Number")
    path = tmp_path / "gids.docx"
    document.save(path)
    return path


def test_new_makes_a_plan_of_a_guide_in_word_and_shows_it(word_path, tmp_path, capsys):
    path = tmp_path / "plan.md"
    assert main(["new", str(path), "--from", str(word_path), "--online", "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "1    Welkom  (8 min)" in printed
    assert f"{path}: The link for participants is missing" in printed
    assert printed.endswith(
        f"{path} is written. Read it, mend what came out wrong, then start with: kring run {path}\n"
    )
    assert "1. Wie bent u?" in path.read_text("utf-8")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["gids.docx", "plan.md"]


def test_new_from_word_never_overwrites(word_path, plan_path, capsys):
    assert main(["new", str(plan_path), "--from", str(word_path), "--lang", "en"]) == 1
    assert "stays as it is" in capsys.readouterr().err
    assert plan_path.read_text("utf-8") == PLAN


def test_new_from_a_guide_in_plain_text_is_a_plan_too(tmp_path, capsys):
    guide, path = tmp_path / "gids.txt", tmp_path / "nieuw.md"
    guide.write_text("Welkom 10 min\n- Wie bent u?\n\nKern 20 min\n- Wat vindt u?\n", "utf-8")
    assert main(["new", str(path), "--from", str(guide), "--lang", "en"]) == 0
    assert "# Welkom (10 min)" in path.read_text("utf-8")


def test_new_from_word_without_the_library_says_what_to_install(word_path, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    assert main(["new", str(tmp_path / "plan.md"), "--from", str(word_path), "--lang", "en"]) == 1
    assert "its extra word" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_word_file_is_no_plan_yet_and_the_answer_names_the_command_that_makes_one(command, word_path, capsys):
    assert main([command, str(word_path), "--lang", "en"]) == 1
    plan = word_path.with_suffix(".md")
    assert capsys.readouterr().err == (
        f"kring: gids.docx is a Word file; make a plan of it with: kring new {plan} --from {word_path}\n"
    )


@pytest.mark.parametrize(
    ("front", "options", "locale", "said"),
    [
        ("language: en", [], "nl_NL.UTF-8", "opening question"),
        ("taal: nl", [], "en_GB.UTF-8", "openingsvraag"),
        ("taal: nl", ["--lang", "en"], "nl_NL.UTF-8", "opening question"),
        ("titel: Sparen", [], "nl_NL.UTF-8", "openingsvraag"),
        ("titel: Sparen", [], "en_GB.UTF-8", "opening question"),
    ],
)
def test_check_speaks_as_asked_else_as_the_plan_else_as_the_machine(
    front, options, locale, said, tmp_path, capsys, monkeypatch
):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale)
    path = tmp_path / "plan.md"
    path.write_text(f"---\n{front}\n---\n# Kern\n1. Wat? \n2. Hoe?\n", "utf-8")
    assert main(["check", str(path), *options]) == 0
    assert f", {said})" in capsys.readouterr().out


def test_a_dutch_warning_shows_the_mark_in_dutch(tmp_path, capsys):
    path = tmp_path / "plan.md"
    path.write_text("---\ntaal: nl\n---\n# Kern\n1. Wat?\n", "utf-8")
    assert main(["check", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "{sleutel}" in printed
    assert "{key}" not in printed


def test_a_new_plan_is_for_its_owner_only(word_path, tmp_path):
    for words in (["new", str(tmp_path / "plan.md")], ["new", str(tmp_path / "gids.md"), "--from", str(word_path)]):
        assert main(words) == 0
        assert stat.S_IMODE(Path(words[1]).stat().st_mode) == 0o600


def test_a_full_disk_leaves_no_empty_plan(tmp_path, capsys, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert main(["new", str(tmp_path / "plan.md"), "--lang", "en"]) == 1
    assert capsys.readouterr().err == "kring: The disk is full: plan.md is not written.\n"
    assert list(tmp_path.iterdir()) == []
