"""`kring import`: one sentence where a file can't come in, nothing written before a yes, one object for programs."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from acting import act
from kring.cli.main import main
from kring.session.session import Session
from kring.store import files
from kring.store.verify import verify
from kring.system.clock import SimulatedClock

CHAT = "19:31:00\t From  Anna : hoi\n19:32:00\t From  Piet : ik hoor u niet\n19:33:00\t From  Ria Z : wie ben ik\n"
VTT = (
    "WEBVTT\n\n00:00:04.000 --> 00:00:07.000\n<v Anna>Ik spaar nooit.</v>\n\n"
    "00:00:08.000 --> 00:00:09.000\n<v Ria Z>Ja.</v>\n"
)


@pytest.fixture
def evening(make_session: Callable[..., Session], clock: SimulatedClock) -> Path:
    session = make_session()
    act(session, "start anyway")
    clock.advance(3_600_000)
    act(session, "end")
    session.close()
    return session.store.path


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def told(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def rows(path: Path, query: str) -> list[tuple]:
    store = files.open_(path, "read")
    try:
        return store.connection.execute(query).fetchall()
    finally:
        store.close()


def test_a_dry_run_prints_one_object_and_writes_nothing(evening: Path, tmp_path: Path, capsys) -> None:
    chat, before = written(tmp_path / "chat.txt", CHAT), evening.read_bytes()
    assert main(["import", str(evening), str(chat), "--dry-run", "--json", "--lang", "en"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == [
        "format", "clock", "offset_s", "first", "last", "people", "counts", "skipped", "warnings",
    ]  # fmt: skip
    assert list(found["counts"]) == [
        "messages", "private", "replies", "reactions", "cues", "utterances", "intervals", "joins", "answers",
        "responses", "rows",
    ]  # fmt: skip
    assert (found["clock"], found["offset_s"], found["counts"]["messages"]) == ("time of day", 0, 3)
    assert (found["first"], found["people"]) == ("2026-12-03T19:31:00.000+00:00", ["Anna", "Piet", "Ria Z"])
    assert evening.read_bytes() == before


def test_without_a_terminal_it_needs_a_yes(evening: Path, tmp_path: Path, capsys) -> None:
    chat, before = written(tmp_path / "chat.txt", CHAT), evening.read_bytes()
    assert main(["import", str(evening), str(chat), "--lang", "en"]) == 1
    assert "where nobody can be asked, say --yes" in told(capsys)
    assert evening.read_bytes() == before


def test_a_yes_brings_it_in_and_the_list_says_so(evening: Path, tmp_path: Path, capsys) -> None:
    chat = written(tmp_path / "chat.txt", CHAT)
    assert main(["import", str(evening), str(chat), "--yes", "--lang", "en", "--name", "Ans"]) == 0
    assert "chat.txt is in: 3 lines." in told(capsys)
    found = rows(evening, "select text, participant, label, author from notes where kind = 'chat' order by t")
    assert found == [
        ("hoi", "P2", "", "Ans"), ("ik hoor u niet", "P4", "", "Ans"), ("wie ben ik", None, "Ria Z", "Ans"),
    ]  # fmt: skip
    assert main(["import", str(evening), "--lang", "en"]) == 0
    assert "1  chat.txt  zoom-chat  messages: 3" in told(capsys)
    assert verify(evening).findings == ()


def test_names_are_chosen_on_the_line(evening: Path, tmp_path: Path, capsys) -> None:
    chat = written(tmp_path / "chat.txt", CHAT)
    assert main(["import", str(evening), str(chat), "--yes", "--who", "Ria Z=P5", "--who", "Piet=-"]) == 0
    assert rows(evening, "select participant from notes order by t") == [("P2",), ("P5",)]
    capsys.readouterr()
    for wrong in ("Ria Z", "Ria Z=P77", "=P5"):
        assert main(["import", str(evening), str(chat), "--dry-run", "--who", wrong, "--lang", "en"]) == 1
        assert told(capsys).startswith("kring: ")


def test_an_offset_may_lie_before_zero(evening: Path, tmp_path: Path, capsys) -> None:
    spoken = written(tmp_path / "t.vtt", VTT)
    assert main(["import", str(evening), str(spoken), "--yes", "--lang", "en"]) == 1
    assert "--offset 1:12" in told(capsys)
    assert main(["import", str(evening), str(spoken), "--yes", "--offset", "-0:03"]) == 0
    assert rows(evening, "select t, participant, label from transcript order by started_at") == [
        (1, "P2", ""), (5, None, "Ria Z"),
    ]  # fmt: skip
    assert main(["import", str(evening), "--shift", "1", "--offset", "+1:00"]) == 0
    assert rows(evening, "select t from transcript order by started_at") == [(61,), (65,)]
    assert main(["import", str(evening), "--take-out", "t.vtt", "--why", "te vroeg"]) == 0
    assert rows(evening, "select count(*) from transcript where removed_at is null") == [(0,)]
    assert rows(evening, "select removed_why from imports") == [("te vroeg",)]


@pytest.mark.parametrize("words", [["--offset", "soon"], ["--offset", "+-1:00"], ["--as", "nothing"], ["--at", "laat"]])
def test_a_word_that_is_not_understood_is_refused(evening: Path, tmp_path: Path, capsys, words: list[str]) -> None:
    chat = written(tmp_path / "chat.txt", CHAT)
    assert main(["import", str(evening), str(chat), "--dry-run", "--lang", "en", *words]) == 1
    assert told(capsys).count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--shift", "1"], "Say by how much with --offset"),
        (["--shift", "7", "--offset", "+1:00"], "No file was brought in"),
        (["--take-out", "1"], "No file was brought in"),
        (["--take-out", "1", "chat.txt"], "one at a time"),
        (["chat.txt", "chat.txt", "--json"], "one file at a time"),
    ],
)
def test_what_makes_no_sense_is_refused(evening: Path, capsys, words: list[str], said: str) -> None:
    assert main(["import", str(evening), *words, "--lang", "en"]) == 1
    assert said in told(capsys)


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)


def _zip_of_noughts(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/workbook.xml", b"0" * 300_000_000)


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a", _folder),
        ("pipe.txt", _pipe),
        ("large.txt", _large),
        ("empty.txt", lambda path: path.write_bytes(b"")),
        ("blank.txt", lambda path: path.write_bytes(b"\r\n \n")),
        ("nothing.txt", lambda path: None),
        ("bomb.xlsx", _zip_of_noughts),
        ("entities.xml", lambda path: path.write_bytes(ENTITIES)),
        ("noise.bin", lambda path: path.write_bytes(bytes(range(256)) * 64)),
        ("another.db", lambda path: path.write_bytes(b"SQLite format 3\x00" + bytes(100))),
        ("odd.json", lambda path: path.write_bytes(b"[" * 100_000)),
    ],
)
def test_a_bad_file_ends_in_one_sentence_and_nothing_is_written(
    evening: Path, tmp_path: Path, capsys, name: str, make: Callable[[Path], object]
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    make(folder / name)
    before = evening.read_bytes()
    assert main(["import", str(evening), str(folder / name), "--yes", "--lang", "en"]) == 1
    said = told(capsys)
    assert said.startswith("kring: "), said
    assert said.count("\n") == 1
    assert evening.read_bytes() == before


def test_a_file_that_is_still_being_written_is_refused(
    evening: Path, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = written(tmp_path / "chat.txt", CHAT)
    known = os.fstat

    def growing(descriptor: int) -> os.stat_result:
        found = known(descriptor)
        with chat.open("a") as more:
            more.write(CHAT)
        return found

    monkeypatch.setattr("kring.session.intake.os.fstat", growing)
    assert main(["import", str(evening), str(chat), "--yes", "--lang", "en"]) == 1
    assert "chat.txt changed while it was read; wait until it is whole." in told(capsys)


def test_of_two_files_of_which_one_is_bad_none_comes_in(evening: Path, tmp_path: Path, capsys) -> None:
    chat, before = written(tmp_path / "chat.txt", CHAT), evening.read_bytes()
    bad = written(tmp_path / "bad.txt", "")
    assert main(["import", str(evening), str(chat), str(bad), "--yes", "--lang", "en"]) == 1
    assert "bad.txt is empty" in told(capsys)
    assert evening.read_bytes() == before


def test_only_a_session_file_can_take_files(evening: Path, tmp_path: Path, capsys) -> None:
    chat = written(tmp_path / "chat.txt", CHAT)
    assert main(["import", str(chat), str(chat), "--lang", "en"]) == 1
    assert told(capsys).startswith("kring: chat.txt ")


@pytest.mark.parametrize("content", ["WEBVTT\n", "WEBVTT\n\n00:00:0", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n\n"])
def test_a_file_that_holds_nothing_says_so_and_asks_nothing(
    evening: Path, tmp_path: Path, capsys, content: str
) -> None:
    spoken, before = written(tmp_path / "t.vtt", content), evening.read_bytes()
    assert main(["import", str(evening), str(spoken), "--yes", "--lang", "en"]) == 1
    assert told(capsys).endswith("kring: Nothing of t.vtt comes in.\n")
    assert evening.read_bytes() == before


def test_files_may_stand_behind_options(evening: Path, tmp_path: Path, capsys) -> None:
    first, second = written(tmp_path / "a.vtt", VTT), written(tmp_path / "b.vtt", VTT.replace("nooit", "altijd"))
    words = [str(first), "--offset", "-0:01", str(second), "--yes", "--lang", "en"]
    assert main(["import", str(evening), *words]) == 0
    assert "a.vtt is in: 2 lines." in (said := told(capsys))
    assert "b.vtt is in: 1 line." in said  # of the other one the file had the same words at the same moment
    with pytest.raises(SystemExit):
        main(["import", str(evening), str(first), "--nonsense"])


def test_times_of_another_part_of_the_day_are_said(evening: Path, tmp_path: Path, capsys) -> None:
    chat = written(tmp_path / "chat.txt", CHAT.replace("19:", "10:"))
    assert main(["import", str(evening), str(chat), "--dry-run", "--lang", "en"]) == 0
    assert "These times, 10:31:00 – 10:33:00, are not those of the session, begun at 19:30:00" in told(capsys)
