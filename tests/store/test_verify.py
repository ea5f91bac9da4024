"""Verify: a whole file passes, each kind of damage is named without a word of anybody; rebuild mends the tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from acting import act, act_at_random
from conftest import NAMES
from kring.domain.text import KringError
from kring.session.session import Session
from kring.store.files import open_
from kring.store.rebuild import rebuild
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3

MakeSession = Callable[..., Session]


@pytest.fixture
def file(make_session: MakeSession, clock: SimulatedClock, tmp_path: Path) -> Path:
    """A closed session file with a bit of everything in it."""
    session = make_session()
    act_at_random(session, clock, seed=1)
    act(session, 'note "heel persoonlijk geheim" #app')
    session.close()
    return tmp_path / "session.db"


def change(file: Path, *statements: str) -> None:
    connection = sqlite3.connect(str(file), isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def findings(file: Path) -> str:
    return "\n".join(str(found) for found in verify(file).findings)


@pytest.mark.parametrize("seed", range(6))
def test_any_session_is_whole(make_session: MakeSession, clock: SimulatedClock, tmp_path: Path, seed: int) -> None:
    session = make_session()
    act_at_random(session, clock, seed)
    report = verify(tmp_path / "session.db")
    assert report.findings == ()
    assert report.events == len(session.history.events)
    assert [head.events for head in report.heads] == [report.events]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("update notes set text = 'anders' where number = 1", "notes * does not say what the events say: text"),
        ("delete from notes where number = 1", "notes * is missing"),
        (
            "insert into participants (id, name) values ('P77', 'Zwartrijder')",
            "participants P77 has no event behind it",
        ),
        ("drop trigger events_stay", "The guard events_stay is missing"),
        ("update turns set item = 'nergens' where item is not null", "turns *: its item does not exist"),
        ("delete from events where seq = 5", "Event 5 is missing"),
        ("delete from events where seq in (5, 6)", "Events 5 to 6 are missing"),
        ("update events set data = replace(data, 'o', 'a') where kind = 'note_added'", "was changed"),
        ("update events set actor = 'Iemand' where seq = 4", "The chain breaks at event 4"),
        ("update events set hlc = hlc + 1 where seq = 4", "The chain breaks at event 4"),
    ],
)
def test_each_damage_is_named(file: Path, damage: str, said: str) -> None:
    free = () if "guard" in said else ("drop trigger events_stay", "drop trigger events_keep")
    erased = ("drop trigger events_erase",) if "set data" in damage else ()
    change(file, *free, *erased, damage)
    assert re.search(re.escape(said).replace(r"\*", ".+"), findings(file))


def test_a_finding_never_holds_what_people_said(file: Path) -> None:
    change(
        file,
        "drop trigger events_erase",
        "update events set data = replace(data, 'e', 'a')",
        "update notes set text = text || '!'",
        "delete from participants",
    )
    said = findings(file)
    assert len(said.split("\n")) > 10
    assert "geheim" not in said
    assert not [name for name in NAMES if name in said.replace("assistant:Bo", "")]


def test_events_cannot_be_changed_by_accident(file: Path) -> None:
    for statement in (
        "delete from events where seq = 3",
        "update events set actor = 'x' where seq = 3",
        "update events set data = '{}' where seq = 3",
    ):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            change(file, statement)
    assert verify(file).is_whole


def test_data_that_was_erased_on_purpose_leaves_the_chain_whole(file: Path) -> None:
    change(file, "update events set data = null, salt = null where kind = 'note_added'")
    assert "chain" not in findings(file)
    assert "was changed" not in findings(file)
    rebuild(file)
    assert verify(file).is_whole


def test_rebuild_makes_all_but_the_events_anew(file: Path) -> None:
    events = verify(file).events
    change(
        file,
        "update notes set text = 'anders'",
        "delete from turns",
        "drop view timeline",
        "drop table if exists notes_fts",
        "drop trigger events_stay",
        "insert into imports (id, kind) values ('x', 'y')",
    )
    assert not verify(file).is_whole
    assert rebuild(file) == events
    assert verify(file).is_whole
    connection = sqlite3.connect(str(file))
    found = connection.execute("select count(*) from notes_fts where notes_fts match 'geheim'").fetchone()[0]
    assert found == 1
    assert connection.execute("select count(*) from timeline").fetchone()[0] > 5


def test_a_running_session_goes_on_after_a_rebuild_beside_it(
    make_session: MakeSession, clock: SimulatedClock, tmp_path: Path
) -> None:
    session = make_session()
    act_at_random(session, clock, seed=2)
    rebuild(tmp_path / "session.db")
    act(session, "note daarna")
    assert verify(tmp_path / "session.db").is_whole


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"geen database" * 500, bytes(8192)])
def test_what_is_no_session_file_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.db"
    file.write_bytes(content)
    with pytest.raises(KringError):
        verify(file)
    assert file.read_bytes() == content


def test_a_damaged_page_is_a_finding(file: Path) -> None:
    content = bytearray(file.read_bytes())
    place = content.find(b"heel persoonlijk geheim")
    page = place // 4096
    content[page * 4096 : (page + 1) * 4096] = bytes(4096)
    file.write_bytes(content)
    assert "damaged" in findings(file)
    assert "geheim" not in findings(file)


@pytest.mark.parametrize(
    "change",
    [
        "data = replace(data, 'gedoe', 'plezier'), salt = null",
        "data = replace(data, 'gedoe', 'plezier')",
        "data = null",
        "salt = null",
        "at = '2026-12-03T20:00:00.000Z'",
        "t = 1.5",
        "v = 7",
        "actor = 'Els'",
        "role = 'moderator'",
        "kind = 'mark_added'",
        "hlc = hlc + 1",
        "ahead_ms = 500",
        "act = id",
        "device = 'elsewhere'",
    ],
)
def test_a_note_that_was_rewritten_behind_the_guards_never_ends_in_whole(session: Session, change: str) -> None:
    act(session, "start anyway")
    act(session, 'note "te veel gedoe"')
    act(session, "note ~ later")
    path = session.store.path
    session.close()
    connection = sqlite3.connect(str(path), isolation_level=None)
    for guard in ("events_stay", "events_keep", "events_erase"):
        connection.execute(f"drop trigger {guard}")
    connection.execute(f"update events set {change} where data like '%gedoe%'")
    connection.close()
    rebuild(path)
    assert not verify(path).is_whole


def test_data_and_salt_that_were_erased_together_are_counted_and_no_fault(session: Session) -> None:
    act(session, 'note "te veel gedoe"')
    path = session.store.path
    session.close()
    connection = sqlite3.connect(str(path), isolation_level=None)
    connection.execute("update events set data = null, salt = null where data like '%gedoe%'")
    connection.close()
    rebuild(path)
    assert verify(path).is_whole
    assert verify(path).erased == 1


@pytest.mark.parametrize(
    "planted",
    [
        "create trigger swallow before insert on notes begin select raise(ignore); end",
        "create trigger quiet after insert on events begin select 1; end",
        "drop view talk_time",
        "drop trigger events_keep",
    ],
)
def test_what_somebody_planted_or_took_is_found_and_mended(session: Session, planted: str) -> None:
    path = session.store.path
    session.close()
    connection = sqlite3.connect(str(path), isolation_level=None)
    connection.execute(planted)
    connection.close()
    assert not verify(path).is_whole
    rebuild(path)
    assert verify(path).is_whole


def test_a_file_with_a_trigger_of_others_is_not_worked_in(session: Session) -> None:
    path = session.store.path
    session.close()
    connection = sqlite3.connect(str(path), isolation_level=None)
    connection.execute("create trigger swallow before insert on notes begin select raise(ignore); end")
    connection.close()
    with pytest.raises(KringError, match="swallow"):
        open_(path)
