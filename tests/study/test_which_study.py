"""Which study a folder is: by its text, else by its plans; wherever it is asked the same sessions are left out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kring.cli import main
from kring.study.file_marks import names_listed
from kring.study.finding.finding import asked_of
from kring.study.folder import read_folder, study_of
from kring.system.text_files import Unreadable
from study.held import hold

PLAN = "---\nstudy: {study}\n---\n# Opening\n- What is your name?\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    place = tmp_path / "map"
    place.mkdir()
    return place


@pytest.mark.parametrize(
    ("text", "plans", "kept", "told"),
    [
        ("---\ntitle: Trouw\n---\n", ["KTO"], ["a.db"], "b.db is of another study, KTO"),
        (None, ["Trouw", "trouw "], ["a.db"], "b.db is of another study, KTO"),
        ("", ["Trouw"], ["a.db"], "b.db is of another study, KTO"),
        ("# Actions\n- A1 ring\n", ["Trouw", "KTO"], ["a.db", "b.db"], "of several studies: KTO, Trouw."),
        (None, [], ["a.db", "b.db"], "of several studies: KTO, Trouw."),
    ],
)
def test_the_text_says_it_and_else_the_plans(
    folder: Path, text: str | None, plans: list[str], kept: list[str], told: str
) -> None:
    hold(folder / "a.db", 1, "start anyway").close()
    hold(folder / "b.db", 2, "start anyway", study="KTO").close()
    if text is not None:
        (folder / "study.md").write_text(text)
    for number, study in enumerate(plans):
        (folder / f"{number}.md").write_text(PLAN.format(study=study))
    found = read_folder(folder)
    assert [one.file for one in found.sessions] == kept
    assert told in " ".join(map(str, found.remarks))
    with asked_of(folder, study_of(folder)) as finding:
        assert sorted(held.file for held in finding.groups().values()) == kept
        assert told in " ".join(map(str, finding.said))


def a_folder(text: Path) -> None:
    text.mkdir()


def a_link_to_itself(text: Path) -> None:
    text.symlink_to(text)


def a_pipe(text: Path) -> None:
    os.mkfifo(text)


def noise(text: Path) -> None:
    text.write_bytes(bytes(range(256)) * 8)


@pytest.mark.parametrize(
    ("make", "told"),
    [(a_folder, "study.md is a folder"), (a_link_to_itself, "study.md cannot be read"),
     (a_pipe, "study.md is not an ordinary file"), (noise, "study.md is not a text")],
)  # fmt: skip
def test_a_text_that_is_none_is_said_and_nothing_is_written_in_its_place(
    folder: Path, make: Callable[[Path], None], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make(folder / "study.md")
    for read in (read_folder, study_of):
        with pytest.raises(Unreadable, match=told):
            read(folder)
    assert main.main(["study", "new", str(folder), "--lang", "en"]) == 1
    assert "is already there" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["study"], ["study", "search"], ["study", "recruit"], ["study", "report"]])
def test_a_folder_that_may_not_be_read_is_said(
    folder: Path, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert main.main([*words, str(folder), "--lang", "en"]) == 1
    assert f"The folder {folder} may not be read." in capsys.readouterr().err


def test_a_disk_that_went_is_no_study_without_sessions(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def gone(_folder: Path) -> list[str]:
        raise OSError(5, "Input/output error")

    hold(folder / "a.db", 1, "start anyway", "note een").close()
    assert main.main(["study", "search", str(folder), "een", "--lang", "en"]) == 0
    monkeypatch.setattr("kring.study.file_marks.os.listdir", gone)
    capsys.readouterr()
    for words in (["study"], ["study", "search"]):
        assert main.main([*words, str(folder), "--lang", "en"]) == 1
        assert f"The folder {folder} cannot be read: Input/output error." in capsys.readouterr().err
    monkeypatch.undo()
    assert "a.db" in names_listed(folder)
