"""`kring observers`: the page is served with the links that were asked for, which typed words and the shell change."""

from __future__ import annotations

import io
import re
import shutil
import socket
import sys
from pathlib import Path

import httpx
import pytest

from conftest import make_plan
from kring.cli import main
from kring.cli.observers import serve
from kring.rehearsal.playing import write_session

LINK = re.compile(r"http://127\.0\.0\.1:\d+/(room)?#([\w-]{32})")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    file = tmp_path_factory.mktemp("written") / "evening.db"
    write_session(file, make_plan(), seed=5, events=200)
    return file


@pytest.fixture
def session(written, tmp_path):
    return Path(shutil.copy(written, tmp_path))


@pytest.fixture
def port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


class Typed(io.StringIO):
    """Lines that a person types, with something looked at before each."""

    def __init__(self, *lines):
        super().__init__("".join(f"{line}\n" for line in lines))

    def isatty(self):
        return True


def served(monkeypatch, session, port, lines, *options):
    monkeypatch.setattr(sys, "stdin", Typed(*lines))
    return main.main(["observers", str(session), "--listen", f"127.0.0.1:{port}", *options])


def test_the_page_is_served_in_the_language_of_the_session_until_it_is_ended(monkeypatch, session, port, capsys):
    seen = []

    def answered(words, line):
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as browser:
            seen.append(browser.get("/").text)
        return told(words, line)

    told = serve._answered
    monkeypatch.setattr(serve, "_answered", answered)
    assert served(monkeypatch, session, port, ["lijst", "onzin", "stop"], "--invite", "Petra", "--room") == 0
    said = capsys.readouterr().out
    assert [found[0] for found in LINK.findall(said)] == ["", "room"]
    assert "1  Petra · tot " in said
    assert "! onzin is hier geen woord; typ hulp." in said
    assert '<html lang="nl">' in seen[0]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}")


def test_the_shell_changes_the_same_links(monkeypatch, session, port, capsys):
    assert main.main(["observers", "add", str(session), "Petra"]) == 1
    assert "nog niet geopend" in capsys.readouterr().err
    assert served(monkeypatch, session, port, ["quit"]) == 0
    for words in (["add", "Petra", "de", "Vries", "2u"], ["room"], ["extend", "1", "1u"], ["list"], ["revoke", "zaal"]):
        act, *behind = words
        assert main.main(["observers", act, str(session), *behind]) == 0
    said = capsys.readouterr().out
    assert len(LINK.findall(said)) == 2
    assert "1  Petra de Vries" in said
    assert main.main(["observers", "revoke", str(session), "Jan"]) == 1
    assert "Jan" in capsys.readouterr().err


def test_a_link_that_was_given_out_works_again_when_the_page_is_served_again(monkeypatch, session, port, capsys):
    assert served(monkeypatch, session, port, ["quit"], "--invite", "Petra") == 0
    token = LINK.search(capsys.readouterr().out)[2]
    answers = []
    told = serve._answered

    def answered(words, line):
        place = f"http://127.0.0.1:{port}"
        answers.append(httpx.post(f"{place}/enter", json={"token": token}, headers={"origin": place}).status_code)
        return told(words, line)

    monkeypatch.setattr(serve, "_answered", answered)
    assert served(monkeypatch, session, port, ["revoke Petra", "list", "quit"], "--invite", "Petra") == 0
    assert "! Petra heeft een link" in capsys.readouterr().out
    assert answers == [200, 200, 403, 403]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--listen", "nowhere"], "is geen adres om op te luisteren"),
        (["--certificate", "a.pem"], "horen bij elkaar"),
        (["--certificate", "a.pem", "--key", "b.pem"], "a.pem"),
        (["--behind-proxy"], "--address"),
        (["--until", "2h"], "--invite"),
    ],
)
def test_what_cannot_be_is_refused(session, options, why, capsys):
    assert main.main(["observers", str(session), *options]) == 1
    assert why in capsys.readouterr().err


def test_without_the_extra_it_says_which(monkeypatch, session, capsys):
    monkeypatch.setitem(sys.modules, "starlette", None)
    assert main.main(["observers", str(session)]) == 1
    assert "[observers]" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["serve"], ["list"], ["add"], ["serve", "--listen", "127.0.0.1"]])
def test_what_is_neither_a_file_nor_a_code_is_said(words, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path))
    act, *others = words
    behind = ["Petra"] if act == "add" else []
    assert main.main(["observers", act, "AAAA-BBBB", *behind, *others]) == 1
    assert "93 letters" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
    assert main.main(["observers", act, "gone.db", *behind, *others]) == 1
    assert "gone.db" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["evening.db", "extra"], "evening.db"),
        (["evening.md"], "evening.md"),
        (["."], ". is "),
        (["AAAA", "BBBB"], "93 letters"),
    ],
)
def test_what_cannot_be_watched_is_said(words, why, session, monkeypatch, capsys):
    monkeypatch.chdir(session.parent)
    session.with_suffix(".md").write_text("# Evening\n")
    assert main.main(["observe", *words]) == 1
    assert why in capsys.readouterr().err
