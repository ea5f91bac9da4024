"""Long work of `kring import` says what it does, and Ctrl+C stops it with nothing written, and with true words."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from acting import act
from kring.cli.importing import progress
from kring.cli.main import INTERRUPTED, main
from kring.session import intake
from kring.session.session import Session
from kring.store import files
from kring.store.verify import verify
from kring.system.clock import SimulatedClock

CHAT = "19:31:00\t From  Anna : hoi\n19:32:00\t From  Piet : ik hoor u niet\n"


@pytest.fixture
def evening(make_session: Callable[..., Session], clock: SimulatedClock) -> Path:
    session = make_session()
    act(session, "start anyway")
    clock.advance(3_600_000)
    act(session, "end")
    session.close()
    return session.store.path


def chats(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).write_text(CHAT.replace("hoi", f"hoi van {name}").replace("ik hoor", f"{name} hoort"), "utf-8")
    return [str(folder / name) for name in names]


def brought_in(path: Path) -> list[str]:
    store = files.open_(path, "read")
    try:
        return [name for (name,) in store.connection.execute("select file from imports order by read_at")]
    finally:
        store.close()


def stop(*_arguments: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("work", ["source_of", "parsed", "prepare", "commit"])
def test_nothing_is_written_when_it_is_stopped(evening: Path, tmp_path: Path, work: str, monkeypatch, capsys) -> None:
    monkeypatch.setattr(intake, work, stop)
    assert main(["import", str(evening), *chats(tmp_path, "a.txt"), "--yes", "--lang", "en"]) == INTERRUPTED
    assert capsys.readouterr().err == "Stopped: nothing was brought in.\n"
    assert brought_in(evening) == []
    assert verify(evening).findings == ()


def test_stopped_in_the_midst_of_writing_it_is_not_in(evening: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    put = Session._put

    def half(self: Session, *arguments: object) -> object:
        put(self, *arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "_put", half)
    assert main(["import", str(evening), *chats(tmp_path, "a.txt"), "--yes", "--lang", "en"]) == INTERRUPTED
    assert capsys.readouterr().err == "Stopped: nothing was brought in.\n"
    assert brought_in(evening) == []
    assert verify(evening).findings == ()


def test_what_is_in_already_is_named(evening: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    commit, names = intake.commit, []

    def second(session: Session, prepared: intake.Prepared) -> object:
        if names:
            raise KeyboardInterrupt
        names.append(prepared.preview.file)
        return commit(session, prepared)

    monkeypatch.setattr(intake, "commit", second)
    two = chats(tmp_path, "a.txt", "b.txt")
    assert main(["import", str(evening), *two, "--yes", "--lang", "en"]) == INTERRUPTED
    assert capsys.readouterr().err == "Stopped; in already: a.txt.\n"
    assert brought_in(evening) == ["a.txt"]


class Terminal(io.StringIO):
    """A terminal that says when something was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.was_told = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        count = super().write(text)
        self.was_told.set()
        return count


def test_long_work_says_what_it_does_and_leaves_nothing(monkeypatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "SILENT_S", 0.001)
    with progress.told("chat.txt is read …"):
        assert terminal.was_told.wait(60)
    assert terminal.getvalue().startswith("\r\x1b[Kchat.txt is read …  0 s   Ctrl+C stops it, and nothing is written")
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_short_work_and_work_without_a_terminal_says_nothing(monkeypatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "SILENT_S", 3_600.0)
    with progress.told("chat.txt is read …"):
        pass
    assert terminal.getvalue() == ""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setattr(progress, "SILENT_S", 0.0)
    with progress.told("chat.txt is read …"):
        assert threading.active_count() >= 1
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]
