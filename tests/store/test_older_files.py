"""Files of an older version: brought to this one when they are worked in, read from a copy when they are read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from sqlite_utils import Database
from syrupy.assertion import SnapshotAssertion

from acting import act
from kring.domain.plan import Plan
from kring.domain.text import KringError
from kring.session import session as sessions
from kring.session.consent_doubts import consent_doubts
from kring.session.session import Me
from kring.store import files, migrations, schema
from kring.store.making import making
from kring.store.rebuild import rebuild
from kring.store.schema import VERSION
from kring.store.verify import verify
from kring.store.views import views
from kring.system.clock import SimulatedClock
from kring.system.i18n import say
from kring.system.sqlite import sqlite3

OLDER = Path(__file__).parent / "older"
Entry = tuple[str, str, str, str | None]


@pytest.fixture
def of_version_1(tmp_path: Path) -> Path:
    """A session as kring 0.1.0 wrote it, with a table and a view that a researcher put into it."""
    path = tmp_path / "evening.db"
    path.write_bytes(gzip.decompress((OLDER / "0.1.0.db.gz").read_bytes()))
    connection = sqlite3.connect(str(path), isolation_level=None)
    connection.execute("create table my_codes (note text, code text)")
    connection.execute("insert into my_codes values ('n1', 'price')")
    connection.execute("create view my_notes as select text from notes")
    connection.close()
    return path


def schema_of(path: Path) -> set[Entry]:
    """Everything in a session file that kring put there, as SQLite keeps it."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    found = connection.execute(
        "select type, name, tbl_name, sql from sqlite_master where name not like 'my/_%' escape '/'"
    )
    told = {(kind, name, table, sql) for kind, name, table, sql in found}
    connection.close()
    return told


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    path = tmp_path / "fresh.db"
    with making(path):
        pass
    return path


OLDER = Path(__file__).parent / "older"
"""The same evening as 0.1.0 and 0.2.0 wrote it; in the second a researcher worked on."""


@pytest.fixture(params=["0.1.0", "0.2.0"])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.db"
    path.write_bytes(gzip.decompress((OLDER / f"{request.param}.db.gz").read_bytes()))
    return path


def test_a_file_of_before_opens_migrates_and_is_whole(older: Path) -> None:
    columns = ", ".join(name for (name,) in asked(older, "select name from pragma_table_info('guide')"))
    guide = asked(older, f"select {columns} from guide order by id")
    assert verify(older).is_whole, "read from a copy"
    files.open_(older).close(seal=True)
    assert asked(older, "pragma user_version") == [(VERSION,)]
    report = verify(older)
    assert report.is_whole, report.findings
    names = [("Fatima", 1), ("Joost", 2), ("Mei", 3), ("Sander", 4), ("Ayse", 5), ("Ruud", 6), ("Noor", 7)]
    assert asked(older, "select name, seat from participants order by seat") == names
    assert asked(older, f"select {columns} from guide order by id") == guide
    assert asked(older, "select id from guide where asked_by_hand") == [
        ("afsluiting--wat-hebben-we-vergeten-te-vragen",)
    ]
    assert asked(older, "select number, text from notes where number in (1, 3) order by number") == [
        (1, "ik ben al tien jaar lid"),
        (3, "te veel gedoe met die app"),
    ]
    assert asked(older, "select id, wall_ms is null from devices where id = 'simulated'") == [("simulated", 0)]


def test_words_of_consent_in_a_file_of_before_grant_only_what_they_say_exactly(older: Path) -> None:
    said = dict(asked(older, "select id, consent from participants"))
    files.open_(older).close(seal=True)
    granted = set(asked(older, "select participant, scope from consents where given"))
    assert said["P4"] == "weigert"
    assert granted == {("P1", "all"), ("P3", "audio"), ("P3", "quoting")}


def test_whom_an_older_version_would_have_quoted_is_told_until_it_is_said(older: Path) -> None:
    session = sessions.resume(older, SimulatedClock(1_800_000_000_000), Me("Kim", "researcher", "desk-2"))
    (doubt,) = consent_doubts(session)
    assert "P6, P7" in say(doubt)
    assert "consent P6 yes" in say(doubt)
    act(session, "consent 6 yes (on paper)")
    assert "P6" not in say(consent_doubts(session)[0])
    act(session, "consent 7 no")
    assert consent_doubts(session) == ()
    session.close()


def test_a_file_of_before_can_be_worked_in(older: Path) -> None:
    session = sessions.resume(older, SimulatedClock(1_800_000_000_000), Me("Kim", "researcher", "desk-2"))
    act(session, "note ~ achteraf gezien")
    assert session.state.last_note == max(note.number for note in session.state.notes.values())
    session.undo()
    session.close()
    assert verify(older).is_whole


def test_transcript_and_proposals_of_before_are_read_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "0.2.0.db"
    path.write_bytes(gzip.decompress((OLDER / "0.2.0.db.gz").read_bytes()))
    columns = "id, text, engine, language, removed_at is null"
    query = f"select {columns} from transcript order by id"
    before = asked(path, query)
    proposed = asked(path, "select id, change, accepted, removed_at is null from turn_proposals order by id")
    files.open_(path).close(seal=True)
    assert before == asked(path, query) != []
    assert proposed == asked(path, "select id, change, accepted, removed_at is null from turn_proposals order by id")
    assert asked(path, "select distinct source from transcript") == [("draft",)]
    assert asked(path, "select kind, count(*) from imports group by kind") == [("proposals", 2), ("transcript", 2)]


def test_a_file_that_is_read_stays_as_it_is(of_version_1: Path) -> None:
    before = of_version_1.read_bytes()
    store = files.open_(of_version_1, "read")
    assert store.connection.execute("pragma user_version").fetchone() == (VERSION,)
    assert store.connection.execute("select count(*) from talk_time").fetchone()[0] > 5
    assert store.connection.execute("select count(*) from coverage").fetchone()[0] > 10
    store.close()
    assert of_version_1.read_bytes() == before
    assert verify(of_version_1).is_whole


def test_a_file_that_is_worked_in_is_of_this_version_and_whole(of_version_1: Path) -> None:
    files.open_(of_version_1).close()
    assert asked(of_version_1, "pragma user_version") == [(VERSION,)]
    assert verify(of_version_1).is_whole


def test_an_older_file_has_the_very_schema_of_a_fresh_one(of_version_1: Path, fresh: Path) -> None:
    files.open_(of_version_1).close()
    assert schema_of(of_version_1) == schema_of(fresh)
    files.open_(of_version_1).close(seal=True)
    files.open_(fresh).close(seal=True)
    assert schema_of(of_version_1) == schema_of(fresh)


def test_the_numbered_steps_make_of_nothing_what_a_fresh_file_is(fresh: Path, tmp_path: Path) -> None:
    path = tmp_path / "stepped.db"
    connection = sqlite3.connect(str(path))
    migrations.migrations().apply(Database(connection, recursive_triggers=False))
    connection.commit()
    connection.close()
    assert schema_of(path) == schema_of(fresh)


def test_nothing_is_left_to_do_for_a_fresh_file(fresh: Path) -> None:
    connection = sqlite3.connect(str(fresh))
    assert [step.name for step in migrations.migrations().applied(Database(connection))] == [
        step.__name__ for step in migrations.STEPS
    ]
    connection.close()
    assert len(migrations.STEPS) == VERSION


def test_tables_and_views_change_only_with_a_step(snapshot: SnapshotAssertion) -> None:
    """A file of before would take nothing in: raise `VERSION`, add the step, and only then accept what is new."""
    assert list(schema.derived(views())) == snapshot(name=f"version {VERSION}")


def test_a_file_from_before_the_last_step_takes_in_what_is_done(tmp_path: Path) -> None:
    path = tmp_path / "before.db"
    session = sessions.begin(
        path, Plan(title="Before"), SimulatedClock(1_800_000_000_000), Me("Kim", "moderator", "d1")
    )
    session.close()
    connection = sqlite3.connect(str(path), isolation_level=None)
    connection.execute("alter table session drop column ended_by")
    connection.execute("alter table participants drop column additions")
    connection.execute("pragma user_version = 5")
    connection.execute("delete from _sqlite_migrations where name = ?", (migrations.STEPS[-1].__name__,))
    connection.close()
    session = sessions.resume(path, SimulatedClock(1_800_000_060_000), Me("Kim", "moderator", "d1"))
    act(session, "add Ans")
    session.close()
    assert asked(path, "select name, additions <> '' from participants") == [("Ans", 1)]
    assert verify(path).is_whole


def test_a_file_whose_steps_were_forgotten_by_an_old_rebuild_is_brought_to_this_version(of_version_1: Path) -> None:
    connection = sqlite3.connect(str(of_version_1), isolation_level=None)
    connection.execute("delete from _sqlite_migrations")
    connection.close()
    files.open_(of_version_1).close()
    assert verify(of_version_1).is_whole
    assert len(asked(of_version_1, "select name from _sqlite_migrations")) == VERSION


def test_a_step_that_fails_leaves_the_older_file_as_it_was(of_version_1: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema_of(of_version_1), asked(of_version_1, "select * from turns")
    monkeypatch.setattr(schema, "GUARDS", ("create nonsense",))
    with pytest.raises(KringError):
        files.open_(of_version_1)
    assert asked(of_version_1, "pragma user_version") == [(1,)]
    assert (schema_of(of_version_1), asked(of_version_1, "select * from turns")) == before
    monkeypatch.undo()
    files.open_(of_version_1).close()
    assert verify(of_version_1).is_whole


def test_what_a_researcher_put_into_a_file_stays(of_version_1: Path) -> None:
    files.open_(of_version_1).close(seal=True)
    rebuild(of_version_1)
    assert asked(of_version_1, "select * from my_codes") == [("n1", "price")]
    assert asked(of_version_1, "select count(*) from my_notes") == asked(of_version_1, "select count(*) from notes")
