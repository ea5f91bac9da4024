"""What may be a name is said after every file, and decided by `kring names`: for good, and as a fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.unpacked import texts_of
from kring.cli import main
from lines import Typist, type_lines

__all__ = ("type_lines",)

PLAN = """\
---
title: Bread
language: {language}
start: 2026-12-03 19:30
duration: 60 min
moderator: Marieke de Wit
---
# One (10 min)
1. Where do you buy bread? {{opening}}
# Participants
| code | name | consent |
|---|---|---|
| P1 | Jan Bakker | all |
| P2 | Els Groot | all |
"""
NOTE = "bij de bakker zag Jan een groot brood, zei Bakker"


@pytest.fixture
def session(tmp_path: Path, type_lines: Typist) -> Path:
    plan = tmp_path / "plan.md"
    plan.write_text(PLAN.format(language="nl"), "utf-8")
    type_lines(plan, "attend 1 present", "attend 2 present", "start anyway", "next", "floor 2",
               f'note "{NOTE}" #bakker #els', "end", "quit")  # fmt: skip
    (found,) = tmp_path.glob("*.db")
    return found


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main.main(["--lang", "en", *words]) == 0
    return capsys.readouterr().out


def text_of(session: Path, capsys: pytest.CaptureFixture[str]) -> str:
    out = session.with_name("out.txt")
    told(capsys, "export", str(session), "--to", "txt", "-o", str(out), "--force")
    return out.read_text("utf-8")


def test_a_file_is_told_with_what_was_replaced_and_what_is_not_sure(session, capsys):
    said = told(capsys, "export", str(session), "--to", "csv").splitlines()
    assert said[1] == "Replaced in the text: P1 2×, P2 1×."  # the tag too
    assert said[2] == "Left as a word, but perhaps a name: groot 1×, bakker 2×."
    assert said[3] == f"To decide: kring names {session}"
    assert "bij de bakker zag P1 een groot brood, zei P1" in text_of(session, capsys)


def test_what_is_decided_holds_from_then_on(session, capsys):
    said = told(capsys, "names", str(session), "--is", "bakker=word", "--is", "groot=P2").splitlines()
    assert said[:2] == ["“bakker” is a word, not a name", "“groot” is a name of Els Groot"]
    assert said[3] == "Decided: bakker = a word, groot = Els Groot."
    assert said[4] == "Of every word in the texts it is sure whether it is a name."
    assert "bij de bakker zag P1 een P2 brood, zei P1" in text_of(session, capsys)
    told(capsys, "names", str(session), "--is", "bakker=open")
    assert "zei P1" in text_of(session, capsys)


@pytest.mark.parametrize(("words", "is_everyday"), [("de", True), ("brood", True), ("sjonnie", False), ("tas", False)])
def test_a_word_of_every_day_in_many_places_is_told(words, is_everyday, tmp_path, type_lines, capsys):
    (tmp_path / "plan.md").write_text(PLAN.format(language="nl"), "utf-8")
    notes = [f'note "de {n} brood sjonnie"' for n in range(10)]
    type_lines(tmp_path / "plan.md", "start anyway", "next", *notes, 'note "een tas"', "end", "quit")
    (file,) = tmp_path.glob("*.db")
    said = told(capsys, "names", str(file), "--is", f"{words}=P1").splitlines()
    warning = (
        f"Look out: “{words}” is an everyday word, and is replaced in 10 places now. To take it back: kring names "
    )
    assert [line for line in said if line.startswith("Look out")] == (
        [f"{warning}{file} --is {words}=open"] if is_everyday else []
    )
    assert not [line for line in told(capsys, "names", str(file)).splitlines() if line.startswith("Look out")]


def test_it_may_hold_in_one_note_only(session, capsys):
    said = told(capsys, "names", str(session), "--is", "groot=P2@1").splitlines()
    assert said[2] == "Decided: groot@1 = Els Groot."
    assert "een P2 brood" in text_of(session, capsys)


def test_a_letter_is_of_the_team(session, capsys):
    assert told(capsys, "names", str(session), "--is", "wit=M").startswith("“wit” is a name\n")


@pytest.mark.parametrize(
    ("ruling", "problem"),
    [
        ("bakker", "bakker says not what a word is"),
        ("bakker=", "says not what a word is"),
        ("bakker=P9", "P9"),
        ("bakker=E", "Nobody is called E."),  # not Els
        ("bakker=word@9", "9"),
        ("=word", "says not what a word is"),
        ("12=word", "Say which word."),
    ],
)
def test_what_makes_no_sense_is_refused(session, capsys, ruling, problem):
    assert main.main(["--lang", "en", "names", str(session), "--is", ruling]) == 1
    assert problem in capsys.readouterr().err


RECRUITED = "Anneke belde, Anneke Pietersma kwam niet; Norstat wel"


@pytest.mark.parametrize("to", ["json", "csv", "xlsx", "zip", "txt"])
def test_who_recruited_stays_behind_with_codes(to, tmp_path, type_lines, capsys):
    text = PLAN.format(language="nl").replace("moderator:", "recruiter: Norstat Panel, Anneke Pietersma\nmoderator:")
    (tmp_path / "plan.md").write_text(text, "utf-8")
    type_lines(tmp_path / "plan.md", "attend all", "start anyway", "next", f'note "{RECRUITED}" @1', "end", "quit")
    (file,) = tmp_path.glob("*.db")
    told(capsys, "export", str(file), "--to", to, "-o", str(tmp_path / "out"))
    text = texts_of((tmp_path / "out").read_bytes())
    assert "recruiter belde, recruiter kwam niet; norstat wel" in text
    assert not [word for word in ("anneke", "pietersma", "norstat panel") if word in text]
    assert to == "txt" or "with names only" in text
    told(capsys, "export", str(file), "--to", to, "--names", "-o", str(tmp_path / "named"))
    assert to == "txt" or "norstat panel, anneke pietersma" in texts_of((tmp_path / "named").read_bytes())


def test_a_decision_says_nothing_in_a_file_with_codes(session, capsys):
    told(capsys, "names", str(session), "--is", "sjonnie=P1", "--is", "zoetje=P2")
    out = session.with_name("out.json")
    told(capsys, "export", str(session), "--to", "json", "-o", str(out))
    assert not [name for name in ("sjonnie", "zoetje", "Bakker") if name in out.read_text("utf-8")]


def test_the_sheet_of_a_study_says_what_was_replaced(session, capsys):
    said = told(capsys, "coreq", str(session), "-o", str(session.with_name("sheet.html"))).splitlines()
    assert said[0].endswith("with codes for the names.")
    assert said[1].startswith("Replaced in the text: P1")
