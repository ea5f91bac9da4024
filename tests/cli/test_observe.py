"""`kring observe`: what is neither a session nor a code to watch with is said, before there is a screen."""

from __future__ import annotations

import pytest

from kring.cli import main
from kring.session.session import Session
from kring.team.codes import Code, written

ID = "0192f3c8-0000-7000-8000-00000000000a"
TO_TAKE_PART = written(Code("assistant", "127.0.0.1", 4222, ID, bytes(16), bytes(16)))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere.db",), "There is no file nowhere.db."),
        (("AAAA",), "letters and digits, and this is 4. Copy it again, the whole of it."),
        (TO_TAKE_PART.split("-"), "This code is to take part: kring join."),
        ((f"kring join {TO_TAKE_PART}",), "This code is to take part: kring join."),
    ],
)
def test_what_lets_nobody_watch_is_said(words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--lang", "en", "observe", *words]) == 1
    assert told in capsys.readouterr().err


def test_it_needs_a_terminal(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--lang", "en", "observe", str(session.store.path)]) == 1
    assert "The screens need a terminal." in capsys.readouterr().err


def test_a_code_needs_the_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main.main(["--lang", "en", "observe", "AAAA"]) == 1
    assert "with its extra team" in capsys.readouterr().err
