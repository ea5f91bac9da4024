"""The full-text index: every word of a sealed file is in it, and a file in which somebody acts has none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from acting import act, act_at_random
from kring.session.session import Session
from kring.store import files, full_text
from kring.store.rebuild import rebuild
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3

MakeSession = Callable[..., Session]
SEARCH = (
    "select notes.text from notes join notes_fts on notes_fts.rowid = arrival where notes_fts match ? order by number"
)


@pytest.fixture
def file(make_session: MakeSession, clock: SimulatedClock, tmp_path: Path) -> Path:
    """A session that ended and was closed."""
    session = make_session()
    act_at_random(session, clock, seed=1)
    act(session, "note geïnteresseerd in sparen")
    act(session, "note dit was een vergissing")
    act(session, "edit last ~ liever korting")
    act(session, "end")
    assert session.close()
    return tmp_path / "session.db"


def found(path: Path, words: str) -> list[str]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    texts = [text for (text,) in connection.execute(SEARCH, (words,))]
    connection.close()
    return texts


def indexes(path: Path) -> list[str]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    names = [name for (name,) in connection.execute("select name from sqlite_master where name like '%fts' order by 1")]
    connection.close()
    return names


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(str(path), isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_sealed_file_is_searched_without_accents_and_as_it_was_corrected(file: Path) -> None:
    assert found(file, "geinteresseerd") == ["geïnteresseerd in sparen"]
    assert found(file, "korting") == ["liever korting"]
    assert found(file, "vergissing") == []
    assert verify(file).is_whole


def test_the_first_act_after_sealing_takes_the_index_away_and_the_next_sealing_makes_it_anew(
    file: Path, make_session: MakeSession
) -> None:
    session = make_session(path=file)
    act(session, "note achteraf")
    assert indexes(file) == []
    assert verify(file).is_whole
    assert session.close()
    assert found(file, "achteraf") == ["achteraf"]
    assert verify(file).is_whole


def test_who_opens_a_file_and_does_nothing_leaves_its_index(file: Path) -> None:
    files.open_(file).close()
    assert found(file, "korting") == ["liever korting"]


def test_an_act_that_was_not_written_leaves_the_index(file: Path) -> None:
    store = files.open_(file)
    with pytest.raises(RuntimeError), store.writing():
        raise RuntimeError
    assert found(file, "korting") == ["liever korting"]
    with store.writing():
        store.clear_tables()
    store.close()
    assert indexes(file) == []


def test_a_file_that_another_process_has_open_is_neither_indexed_nor_sealed(
    make_session: MakeSession, tmp_path: Path
) -> None:
    one, other = make_session(), make_session(name="Els", role="moderator")
    act(one, "start anyway")
    act(one, "end")
    assert not one.close()
    assert indexes(tmp_path / "session.db") == []
    act(other, "note nog iets")
    assert other.close()
    assert found(tmp_path / "session.db", "iets") == ["nog iets"]


def test_rebuild_makes_the_index_unless_somebody_acts(make_session: MakeSession, tmp_path: Path) -> None:
    session, path = make_session(), tmp_path / "session.db"
    act(session, "note liever korting")
    rebuild(path)
    assert indexes(path) == []
    session.close()
    rebuild(path)
    assert found(path, "korting") == ["liever korting"]


def test_a_disk_that_cannot_hold_the_index_still_gets_one_file(
    make_session: MakeSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make_session()
    act(session, "start anyway")
    act(session, "end")
    monkeypatch.setattr(full_text, "MADE", {"notes_fts": "create nonsense"})
    assert session.close()
    monkeypatch.undo()
    assert [one.name for one in tmp_path.glob("session.db*")] == ["session.db"]
    assert indexes(tmp_path / "session.db") == []
    assert verify(tmp_path / "session.db").is_whole


@pytest.mark.parametrize(
    "forgery",
    [
        "insert into notes_fts (rowid, text) values (1, 'verzonnen')",
        "insert into notes_fts (notes_fts) values ('delete-all')",
        "insert into notes_fts (notes_fts, rowid, text) select 'delete', arrival, text from notes where number = 1",
        "delete from notes_fts_docsize",
        "drop table notes_fts; create virtual table notes_fts using fts5 (text)",
    ],
)
def test_an_index_that_says_something_else_than_the_notes_is_a_finding(file: Path, forgery: str) -> None:
    change(file, *forgery.split("; "))
    assert "The full-text index of notes does not hold what stands there." in map(str, verify(file).findings)
    rebuild(file)
    assert verify(file).is_whole
    assert found(file, "korting") == ["liever korting"]


def test_an_index_that_went_on_missing_what_was_written_is_a_finding(file: Path) -> None:
    change(file, "update notes set text = 'anders' where text = 'liever korting'")
    said = "\n".join(map(str, verify(file).findings))
    assert "does not say what the events say: text" in said
    assert "The full-text index of notes" in said
