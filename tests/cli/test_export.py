"""`kring export`: where it writes, what it says, and how it ends."""

from __future__ import annotations

import csv
import os
import random
import re
import shutil
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from conftest import START_MS, make_plan
from exports.unpacked import texts_of
from kring.cli import main
from kring.exports.formats import FORMATS, OF_CLIPS
from kring.plans.plan_reader import read_plan
from kring.session import session as sessions
from kring.session.session import Me
from kring.system.clock import SimulatedClock


@pytest.fixture
def file(session, clock, tmp_path, monkeypatch):
    monkeypatch.setenv("KRING_CONFIG_DIR", str(tmp_path / "config"))
    for line in ("attend 1 present", "start anyway", "go 2.1", "floor 1", 'note "te veel gedoe" @1', "end"):
        clock.advance(5_000)
        act(session, line)
    session.close()
    return session.store.path


@pytest.fixture
def export(file, capsys):
    def run(*words):
        code = main.main(["--lang", "en", "export", str(file), *map(str, words)])
        return code, capsys.readouterr()

    return run


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_written_beside_the_session(name, export, file):
    code, told = export("--to", name)
    out = file.with_name(f"session{FORMATS[name].suffix}")
    assert code == 0
    empty = "It is empty: no quote of who allowed clips has a star.\n" if name in OF_CLIPS else ""
    assert told.out == f"{out} is written, with codes for the names.\nReplaced in the text: nothing.\n{empty}"
    assert out.stat().st_size > 0 or empty


def test_each_has_a_suffix_of_its_own():
    assert len({form.suffix for form in FORMATS.values()}) == len(FORMATS)
    assert ".db" not in {form.suffix for form in FORMATS.values()}


def test_a_file_or_a_folder_may_be_named(export, file, tmp_path):
    (tmp_path / "there").mkdir()
    for asked, out in (("a.txt", "a.txt"), ("there", "there/session.txt"), ("there/", "there/session.txt")):
        code, told = export("--to", "txt", "-o", f"{tmp_path}/{asked}", "--names")
        assert code == 0
        assert told.out == f"{tmp_path / out} is written, with names.\n"
        (tmp_path / out).unlink()


@pytest.mark.parametrize(
    ("to", "out", "instead"),
    [("csv", "uit.csv", "uit.csv.zip"), ("xlsx", "uit.csv", "uit.xlsx"), ("qdpx", "uit.zip", "uit.qdpx")],
)
def test_a_name_that_promises_another_form_is_refused(export, tmp_path, to, out, instead):
    code, told = export("--to", to, "-o", str(tmp_path / out))
    assert code == 1
    assert told.err.endswith(f" Call it {instead}.\n")
    assert not (tmp_path / out).exists()


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("nowhere/a.txt", r"kring: There is no folder \S+nowhere; make it first\.\n"),
        ("nowhere/", r"kring: There is no folder \S+nowhere; make it first\.\n"),
        ("session.db", r"kring: session\.db is a session file and stays as it is; choose another name\.\n"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(export, tmp_path, out, sentence):
    code, told = export("--to", "txt", "-o", f"{tmp_path}{os.sep}{out}")
    assert code == 1
    assert re.fullmatch(sentence, told.err)
    assert told.out == ""


def test_what_is_no_session_is_one_sentence(capsys, tmp_path):
    (tmp_path / "plan.md").write_text("# plan")
    assert main.main(["--lang", "en", "export", str(tmp_path / "plan.md"), "--to", "txt"]) == 1
    assert capsys.readouterr().err == "kring: plan.md is no session file of kring.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.md"]


def test_ctrl_c_leaves_nothing_half(export, file, monkeypatch):
    def stopped(_snapshot, out, _progress):
        out.write(b"half")
        raise KeyboardInterrupt

    file.with_name("session.txt").write_text("old")
    monkeypatch.setattr("kring.exports.plain_text.write", stopped)
    code, _ = export("--to", "txt", "--force")
    assert code == 130
    assert file.with_name("session.txt").read_text() == "old"
    assert not [path for path in file.parent.iterdir() if path.suffix == ".part"]


def test_the_text_is_in_the_language_of_the_plan(file, capsys):
    assert main.main(["export", str(file), "--to", "csv"]) == 0
    assert capsys.readouterr().out.endswith(" is geschreven, met codes voor de namen.\nVervangen in de tekst: niets.\n")
    with zipfile.ZipFile(file.with_name("session.csv.zip")) as tables:
        assert ";" in tables.read("talk_time.csv").decode()


def test_how_far_it_is_shows_on_a_terminal_only(export, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    code, told = export("--to", "csv")
    assert code == 0
    assert re.search(r"\rsession\.csv\.zip: \d+ %", told.err)
    assert told.err.endswith("\r\x1b[K")
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    assert export("--to", "csv")[1].err == ""


def of_study(folder: Path, number: int, *, study: str = "Loyaliteit", withdraws: bool = False) -> Path:
    """Write the session of a group of a study and return its file."""
    plan = replace(make_plan(), study=study, group=str(number))
    clock = SimulatedClock(START_MS)
    file = folder / f"groep-{number}.db"
    session = sessions.begin(file, plan, clock, Me("Bo", "assistant", "d"), random.Random(number).randbytes, ("UTC", 0))
    last = ("consent 1 no", "end") if withdraws else ("end",)
    for line in ("attend 1 present", "start anyway", "go 2.1", "floor 1", f'note "gedoe {number}" @1 #app', *last):
        clock.advance(5_000)
        act(session, line)
    session.close()
    return file


def run(*words: object) -> int:
    return main.main(["--lang", "en", "export", *map(str, words)])


TOGETHER = [name for name, form in FORMATS.items() if form.together]


@pytest.mark.parametrize("name", TOGETHER)
def test_the_groups_of_a_study_go_into_one_file(name, tmp_path, capsys):
    files = [of_study(tmp_path, number) for number in (1, 2)]
    assert run(*files, "--to", name) == 0
    out = tmp_path / f"Loyaliteit{FORMATS[name].suffix}"
    assert capsys.readouterr().out.startswith(f"{out} is written, with codes for the names.\n")
    text = texts_of(out.read_bytes())
    assert "group 1" in text or '"group_number": "1"' in text
    assert "group 2" in text or '"group_number": "2"' in text


def test_tables_of_a_study_say_of_each_row_which_group_it_is_of(tmp_path):
    files = [of_study(tmp_path, number) for number in (1, 2)]
    assert run(*files, "--to", "csv") == 0
    with zipfile.ZipFile(tmp_path / "Loyaliteit.csv.zip") as tables:
        people = list(csv.DictReader(StringIO(tables.read("participants.csv").decode("utf-8-sig"))))
    assert {row["group"] for row in people} == {"group 1", "group 2"}
    assert len({(row["group"], row["id"]) for row in people}) == len(people)


def test_what_is_a_file_for_each_session_is_not_written_together(tmp_path, capsys):
    files = [of_study(tmp_path, number) for number in (1, 2)]
    assert run(*files, "--to", "vtt") == 1
    assert capsys.readouterr().err == (
        f"kring: vtt is a file for each session. Several go into one as {', '.join(TOGETHER)}.\n"
    )


def test_sessions_of_several_studies_are_refused(tmp_path, capsys):
    one, other = of_study(tmp_path, 1), of_study(tmp_path, 2, study="Iets anders")
    assert run(one, other, "--to", "json") == 1
    assert "of several: Loyaliteit, Iets anders" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.json"))


def test_a_copy_of_a_session_counts_once_and_that_is_said(tmp_path, capsys):
    files = [of_study(tmp_path, number) for number in (1, 2)]
    copy = shutil.copy(files[0], tmp_path / "copy.db")
    for words, name in ((files, "a.qdpx"), ((*files, copy, files[1]), "b.qdpx")):
        assert run(*words, "--to", "qdpx", "-o", tmp_path / name) == 0
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()
    assert capsys.readouterr().out.endswith(f"\n{copy} is a copy of {files[0]}: the session counts once.\n")


def test_of_copies_the_one_that_went_on_is_exported_and_of_two_that_did_none(tmp_path, capsys):
    file = of_study(tmp_path, 1)
    copies = [Path(shutil.copy(file, tmp_path / name)) for name in ("left.db", "right.db")]
    for copy, text in zip(copies, ("links", "rechts"), strict=True):
        session = sessions.resume(copy, SimulatedClock(START_MS + 3_600_000), Me("Bo", "assistant", "device"))
        act(session, f"note {text}")
        session.close()
    assert run(file, copies[0], "--to", "json", "-o", tmp_path / "out.json") == 0
    later = f"{file} is an earlier copy of {copies[0]}: only the later one is exported."
    assert later in capsys.readouterr().out
    assert "links" in (tmp_path / "out.json").read_text()
    assert run(*copies, "--to", "json", "-o", tmp_path / "both.json") == 1
    assert "one session of which each went on without the other" in capsys.readouterr().err
    assert not (tmp_path / "both.json").exists()


def test_sound_goes_where_it_can_and_where_nobody_withdrew(tmp_path, capsys):
    file = of_study(tmp_path, 1)
    assert run(file, "--to", "txt", "--sound") == 1
    assert capsys.readouterr().err == "kring: txt cannot hold sound. --sound is for qdpx.\n"
    assert run(file, "--to", "qdpx", "--sound") == 0
    gone = of_study(tmp_path, 2, withdraws=True)
    assert run(gone, "--to", "qdpx", "--sound") == 1
    assert capsys.readouterr().err == "kring: The sound of groep-2.db stays here: somebody in it withdrew.\n"


NAMED = """\
---
title: Brood
study: Brood
group: {group}
language: nl
start: 2026-12-03 19:30
duration: 60 min
moderator: {moderator}
---
# Een (10 min)
1. Waar koopt u brood? {{opening}}
# Deelnemers
| code | naam | toestemming |
|---|---|---|
| P1 | Joost Visser | alles |
| P2 | {second} | alles |
"""


def of_group(folder: Path, group: str, moderator: str, second: str, note: str, last: str = "end") -> Path:
    text = NAMED.format(group=group, moderator=moderator, second=second)
    plan = read_plan(text)
    clock = SimulatedClock(START_MS)
    file = folder / f"groep {group}.db"
    session = sessions.begin(file, plan, clock, Me("Bo", "assistant", "d"), random.Random(group).randbytes, ("UTC", 0))
    for line in ("attend all", "start anyway", "go 1", "floor 2", f'note "{note}" @2', last):
        clock.advance(5_000)
        act(session, line)
    session.close()
    return file


@pytest.mark.parametrize("name", TOGETHER)
def test_no_group_tells_a_name_of_another(name, tmp_path, capsys):
    files = (
        of_group(tmp_path, "1", "Els Kuipers", "Fatima Idrissi", "Sjoerd Hiddema zei het"),
        of_group(tmp_path, "2", "Els Kuipers", "Sjoerd Hiddema", "dat zei Fatima ook, en Joost, en Els"),
        of_group(tmp_path, "met Fatima", "Wietske Bos", "Sjoerd Postma", "Sjoerd knikte, Sjoerd Hiddema niet"),
    )
    assert run(*files, "--to", name) == 0
    text = texts_of((tmp_path / f"Brood{FORMATS[name].suffix}").read_bytes())
    assert not re.findall(r"\b(?:fatima|idrissi|joost|hiddema|els|postma|wietske)\b", text)
    if name != "boris":  # which has no notes
        assert "p2 (group 2) zei het" in text
        assert "dat zei p2 (group 1) ook, en p1, en m" in text
        assert "p2 knikte, p2 (group 2) niet" in text


def test_the_words_of_a_study_are_shown_and_decided_group_by_group(tmp_path, capsys):
    one = of_group(tmp_path, "1", "Els Kuipers", "Jan Bakker", "bij de bakker en de slager")
    two = of_group(tmp_path, "2", "Els Kuipers", "Piet Klein", "een klein brood, vond Bakker, en de slager ook")
    command = ["--lang", "en", "names", str(one), str(two)]
    assert main.main([*command, "--is", "slager=word"]) == 0
    first, second = capsys.readouterr().out.split(f"{two}:")
    assert f"{one}:" in first
    assert "bakker (P2) 1×" in first
    assert "klein (P2) 1×" in second
    assert "P2 (group 1) 1×" in second
    assert (first.count("slager = a word"), second.count("slager = a word")) == (1, 1)
    assert main.main([*command, "--is", "klein=P2"]) == 1
    assert "P3 is somebody else in another session" in capsys.readouterr().err


def test_with_names_no_group_tells_who_withdrew_from_another(tmp_path):
    files = (
        of_group(tmp_path, "1", "Els Kuipers", "Fatima Idrissi", "Sjoerd Hiddema zei het, en Joost"),
        of_group(tmp_path, "2", "Els Kuipers", "Sjoerd Hiddema", "duur", "consent 2 no"),
    )
    assert run(*files, "--to", "csv", "--names") == 0
    text = texts_of((tmp_path / "Brood.csv.zip").read_bytes())
    assert "– zei het, en joost" in text
    assert "hiddema" not in text
