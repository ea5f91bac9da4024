"""A milestone in a file: opening reads what came since, and nobody sees a difference, whatever happened to the file."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

import pytest

from acting import act, act_at_random, texts
from domain.recorded_sessions import NAMES, recorded, write
from kring.domain.history import History
from kring.domain.measures import talk
from kring.domain.measures.talk import Heard, Spoken
from kring.domain.rows import Row
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store import milestone
from kring.store.files import open_
from kring.store.making import making
from kring.store.milestone import digest_of
from kring.store.rebuild import rebuild
from kring.store.store import NotRead, NotSaved, Store
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3

MakeSession = Callable[..., Session]


MOST_TICKS = 60  # a milestone of a short session needs fewer


@contextmanager
def worth(events: int) -> Iterator[None]:
    """Make a milestone after so few events."""
    with mock.patch.multiple(milestone, WORTH=events, PART=10**9, ROWS_AT_A_TIME=4, LAST_ROWS=2):
        yield


@pytest.fixture
def file(make_session: MakeSession, clock: SimulatedClock, tmp_path: Path) -> Path:
    """A file of a session that was closed with a milestone."""
    session = make_session()
    act_at_random(session, clock, seed=1)
    act(session, 'note "heel persoonlijk geheim" #app', "floor 1")
    with worth(1):
        session.close()
    return tmp_path / "session.db"


def reopened(path: Path, clock: SimulatedClock) -> Session:
    return Session(open_(path), clock, Me("Bo", "assistant", "device"))


def rows(history: History) -> dict[str, list[Row]]:
    return {name: list(table.values()) for name, table in history.state.tables.items()}


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(str(path), isolation_level=None)) as connection:
        return connection.execute(query).fetchall()


def begins(path: Path) -> int:
    """Return behind which event reading a file begins."""
    with closing(open_(path)) as store:
        store.begun()
        return store.last_seq


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 1])
def test_a_recorded_session_goes_on_from_a_milestone_as_if_all_was_read(
    name: str, share: float, tmp_path: Path
) -> None:
    recording = recorded(name)
    batches = recording.batches()
    until = int(len(batches) * share)
    path = tmp_path / "session.db"
    with making(path) as store:
        write(store, batches[:until])
    with closing(open_(path)) as store, worth(1):
        history = History()
        history.accept(history.change(store.read_new()))
        kept(store, history)
    assert verify(path).is_whole
    with closing(open_(path)) as store:
        history = store.begun()
        whole = History()
        whole.accept(whole.change([event for batch in batches[:until] for event in batch]))
        assert rows(history) == rows(whole)
        for batch in batches[until:]:
            before = history.state
            change = history.change(batch)
            assert history.state is before
            history.accept(change)
            whole.accept(whole.change(batch))
            assert rows(history) == rows(whole)
        assert list(history.events) == list(whole.events)
        assert (history.void, history.last_hlc, history.plan) == (whole.void, whole.last_hlc, whole.plan)
        assert history.count == whole.count


def test_opening_reads_what_came_since(file: Path, clock: SimulatedClock) -> None:
    count = verify(file).events
    session = reopened(file, clock)
    assert begins(file) == count
    with mock.patch("kring.store.store.read_rows", side_effect=AssertionError("the events before are not needed")):
        act(session, "floor 2", "note daarna", "undo", "redo", "undo")
    clock.advance(60_000)
    session.tick()  # which reads all, so that nothing is lost with the file
    with mock.patch("kring.store.store.read_rows", side_effect=AssertionError("they are here")):
        session.history.have_all()
    assert session.history.count == len(session.store.sealed) == count + 5
    assert texts(session)[-1] == "heel persoonlijk geheim"
    act(session, "undo", "undo", "undo")  # further back than the milestone
    assert "heel persoonlijk geheim" not in texts(session)
    session.close()
    assert verify(file).is_whole


def test_what_was_done_before_a_milestone_can_be_told_and_read_again(file: Path, clock: SimulatedClock) -> None:
    session = reopened(file, clock)
    event = session.undo()
    assert str(session.told(event))
    assert session.plan is not None
    assert session.plan.participants
    assert len(session.history.events) == session.history.count
    session.close()


def test_a_session_keeps_a_milestone_when_nobody_acts_for_long(session: Session, clock: SimulatedClock) -> None:
    act(session, "start anyway")
    with worth(1):
        for seconds, is_kept in ((3, False), (8, True)):
            clock.advance(seconds * 1000)
            for _ in range(MOST_TICKS):
                session.tick()
            assert bool(asked(session.store.path, "select seq from milestone")) == is_kept
    (kept,) = asked(session.store.path, "select seq, digest from milestone")
    assert kept[0] == session.store.last_seq
    clock.advance(60_000)
    with mock.patch.object(milestone, "Making", side_effect=AssertionError("nothing came since")):
        session.tick()


def kept(store: Store, history: History) -> None:
    """Keep a milestone at once, as at closing."""
    making = store.begin_milestone(history)
    assert making is not None
    store.keep_milestone(making)


def test_a_milestone_is_made_some_rows_at_a_time_and_says_how_it_stood_when_it_was_begun(
    session: Session, clock: SimulatedClock
) -> None:
    act(session, "start anyway", *(f"note {number}" for number in range(10)))
    store, stood = session.store, session.store.last_seq
    with worth(1), mock.patch.object(milestone, "ROWS_AT_A_TIME", 2):
        making = store.begin_milestone(session.history)
        assert making is not None
        assert [making.go_on() for _ in range(5)] == [False] * 5
        act(session, "note meanwhile")
        store.keep_milestone(making)
    assert asked(store.path, "select seq from milestone") == [(stood,)]
    session.close()
    assert verify(store.path).is_whole
    again = reopened(store.path, clock)
    assert [note.text for note in again.state.notes.values()][-1] == "meanwhile"
    again.close()


def test_what_another_process_erases_meanwhile_stands_in_no_milestone(session: Session) -> None:
    act(session, "start anyway", "note geheim")
    store = session.store
    with worth(1):
        making = store.begin_milestone(session.history)
    assert making is not None
    asked(store.path, "update events set data = null, salt = null where data like '%geheim%'")
    store.keep_milestone(making)
    assert asked(store.path, "select count(*) from milestone") == [(0,)]


def test_few_events_are_not_worth_a_milestone(session: Session, clock: SimulatedClock) -> None:
    act(session, "start anyway")
    clock.advance(60_000)
    session.tick()
    path = session.store.path
    session.close()
    assert asked(path, "select * from milestone") == []


@pytest.mark.parametrize(
    "change",
    [
        "update milestone set made_by = 'kring of tomorrow'",
        "update milestone set digest = 'x'",
        "update milestone set told = x'00'",
        "update milestone set seq = seq - 1",
        "update milestone set heads = replace(heads, 'device', 'tablet')",
        "delete from milestone",
        "drop trigger events_keep; update events set chain = 'x' where seq = (select max(seq) from events)",
        "drop trigger events_stay; delete from events where seq = 5",
    ],
)
def test_a_milestone_that_cannot_be_trusted_is_left_alone(file: Path, change: str) -> None:
    for statement in change.split("; "):
        asked(file, statement)
    assert begins(file) == 0


BROKEN: list[tuple[str | None, bytes | None]] = [
    ("{}", None),
    ("x", None),
    ('{"device":[1,1,"x"]}', None),
    (None, b"x"),
    (None, b""),
    (None, zlib.compress(b"x")),
]


@pytest.mark.parametrize(("heads", "told"), BROKEN)
def test_a_milestone_that_makes_no_sense_is_left_alone(file: Path, heads: str | None, told: bytes | None) -> None:
    with closing(sqlite3.connect(str(file), isolation_level=None)) as connection:
        seq, made_by, its_heads, _, its_told = connection.execute("select * from milestone").fetchone()
        values = (seq, made_by, its_heads if heads is None else heads, its_told if told is None else told)
        connection.execute("delete from milestone")
        connection.execute("insert into milestone values (?, ?, ?, ?, ?)", (*values[:3], digest_of(*values), values[3]))
    assert begins(file) == 0
    assert len(verify(file).findings) == 1


def test_verify_finds_a_milestone_that_says_something_else(file: Path, clock: SimulatedClock) -> None:
    other = reopened(file, clock)
    act(other, "note anders")
    history, seq = other.history, verify(file).events - 1
    with other.store.writing():
        milestone.write(other.store.connection.execute, history, seq)
    other.close()
    (found,) = verify(file).findings
    assert f"event {seq}" in str(found)
    assert "anders" not in str(found)
    rebuild(file)
    assert verify(file).is_whole


def test_verify_finds_a_milestone_that_says_something_else_of_who_spoke(file: Path, clock: SimulatedClock) -> None:
    session = reopened(file, clock)
    act(session, "note eens")
    right = talk.heard(session.state)
    wrong = Heard(right.talk, right.later, {"P1": Spoken([1], [2], [0])})
    with mock.patch.object(talk, "heard", return_value=wrong), worth(1):
        session.close()
    again = reopened(file, clock)  # which believes it, and has it at hand
    assert talk.heard(again.state) == wrong
    again.close()
    (found,) = verify(file).findings
    assert "not what the events say" in str(found)


def test_a_long_table_is_read_when_it_is_needed_and_some_at_a_time(file: Path, clock: SimulatedClock) -> None:
    with closing(open_(file)) as store:
        whole = History()
        whole.accept(whole.change(store.read_new()))
    session = sessions.resume(file, clock, Me("Bo", "assistant", "device"))
    notes = session.state.notes
    assert notes._late is not None
    assert len(notes) == len(whole.state.notes)
    assert notes.get([*whole.state.notes][-1]) == [*whole.state.notes.values()][-1]
    assert notes._late is not None, "the last ones were read at once"
    for _ in range(MOST_TICKS):
        clock.advance(1000)
        session.tick()
    assert session.state.notes is notes
    assert notes._late is None
    assert [*notes.items()] == [*whole.state.notes.items()]
    session.close()


def test_a_part_that_cannot_be_read_is_said_and_nothing_is_written(file: Path, clock: SimulatedClock) -> None:
    session = sessions.resume(file, clock, Me("Bo", "assistant", "device"))
    assert session.state.notes._late is not None
    session.state.notes._late[2][0] = b"damaged"
    for _ in range(2):
        with pytest.raises(NotSaved, match="damaged"):
            act(session, "note verder")
    session.tick()
    assert isinstance(session.trouble, NotRead)
    session.close()


def test_a_file_that_is_cut_off_before_all_of_it_was_read_is_said_and_the_screen_goes_on(
    file: Path, clock: SimulatedClock
) -> None:
    session = reopened(file, clock)
    read = mock.Mock(side_effect=sqlite3.DatabaseError("malformed"))
    session.store.earlier = milestone.Earlier(read, session.store.last_seq)
    file.with_name(f"{file.name}-shm").unlink()
    for _ in range(2):
        session.tick()
        assert isinstance(session.trouble, NotRead)
    session.close()


def test_whose_data_is_erased_is_in_no_milestone(file: Path) -> None:
    asked(file, "update events set data = null, salt = null where data like '%geheim%'")
    assert asked(file, "select * from milestone") == []
    rebuild(file)
    asked(file, "vacuum")
    assert verify(file).is_whole


def test_another_process_that_acts_meanwhile_is_not_forgotten(file: Path, clock: SimulatedClock) -> None:
    one, other = reopened(file, clock), reopened(file, clock)
    act(other, "note van de ander")
    with worth(1):
        assert one.store.begin_milestone(one.history) is None  # one has not seen it yet
        assert begins(file) < other.store.last_seq
        one.tick()
        kept(one.store, one.history)
    assert begins(file) == other.store.last_seq
    one.close()
    other.close()
    assert verify(file).is_whole


def test_a_file_that_moves_away_takes_all_along(file: Path, clock: SimulatedClock) -> None:
    seals = asked(file, "select id, salt, chain from events order by seq")
    session = sessions.resume(file, clock, Me("Bo", "assistant", "device"))
    events = session.history.count
    file.rename(file.with_name("elders.db"))
    act(session, "note verder")
    session.close()
    report = verify(session.store.path)
    assert report.is_whole, report.findings
    assert report.events == events + 1
    assert asked(session.store.path, "select id, salt, chain from events order by seq")[: len(seals)] == seals


def test_what_came_before_keeps_its_seals_where_the_file_can_no_longer_be_read(
    file: Path, clock: SimulatedClock
) -> None:
    seals = asked(file, "select id, salt, chain from events order by seq")
    session = sessions.resume(file, clock, Me("Bo", "assistant", "device"))
    clock.advance(60_000)
    session.tick()
    file.write_bytes(b"")
    act(session, "note verder")
    session.close()
    assert verify(session.store.path).is_whole
    assert asked(session.store.path, "select id, salt, chain from events order by seq")[: len(seals)] == seals


def test_what_came_before_is_read_some_at_a_time_and_each_event_once():
    asked: list[tuple[int, int]] = []

    def read(after: int, until: int) -> range:
        asked.append((after, until))
        if len(asked) == 2:
            raise OSError("the disk does not answer")
        return range(after + 1, until + 1)

    earlier = milestone.Earlier(read, 2 * milestone.AT_ONCE + 7)
    assert not earlier.read_some()
    with pytest.raises(OSError, match="disk"):
        earlier.read_some()
    assert not earlier.read_some()
    assert earlier.read_some()
    assert list(earlier.take()) == list(range(1, 2 * milestone.AT_ONCE + 8))
    assert max(until - after for after, until in asked) == milestone.AT_ONCE
    assert (earlier.read_some(), list(earlier.take()), len(asked)) == (True, [], 4)


def test_what_is_needed_at_once_is_taken_with_what_was_read_already():
    earlier = milestone.Earlier(lambda after, until: range(after + 1, until + 1), 3 * milestone.AT_ONCE)
    assert not earlier.read_some()
    assert list(earlier.take()) == list(range(1, 3 * milestone.AT_ONCE + 1))
