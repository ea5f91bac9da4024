"""Copies of one session that were worked in apart: taking in the other's events, in any order, makes them the same."""

from __future__ import annotations

import gzip
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acting import act, act_at_random
from conftest import START_MS, make_plan
from domain.test_history import tables
from kring.cli import main
from kring.domain import facts as f
from kring.domain.lookup import note_label
from kring.domain.measures import talk
from kring.domain.measures.session_time import session_time
from kring.session import session as sessions
from kring.session.copies.arriving import Arrivals, Arrived
from kring.session.session import Me, Session
from kring.store import milestone
from kring.store.event_line import between
from kring.store.files import open_
from kring.store.making import making
from kring.store.store import NotSaved
from kring.store.tables import COLUMNS, SELECTS
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3

OLDER = Path(__file__).parents[1] / "store" / "older"
PEOPLE = (Me("Els", "moderator", "laptop"), Me("Bo", "assistant", "tablet"), Me("Kim", "researcher", "desk"))


def copied(source: Path, to: Path) -> Path:
    connection = sqlite3.connect(str(source))
    connection.execute("vacuum into ?", (str(to),))
    connection.close()
    return to


@contextmanager
def apart(devices: int, seed: int, skew_ms: int = 0) -> Iterator[list[Session]]:
    """So many computers with a copy each of a session that began, on which somebody then worked alone."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as opened:
        folder = Path(place)
        clock, ids = SimulatedClock(START_MS), random.Random(seed).randbytes
        first = sessions.begin(folder / "0.db", make_plan(), clock, PEOPLE[0], ids, ("UTC", 0))
        opened.enter_context(closing(first))
        found = [first]
        for number in range(1, devices):
            path = copied(folder / "0.db", folder / f"{number}.db")
            own = SimulatedClock(START_MS + skew_ms * number)
            chance = random.Random(f"{seed} {number}").randbytes
            found.append(opened.enter_context(closing(sessions.resume(path, own, PEOPLE[number], chance))))
        for number, session in enumerate(found):
            own_clock = session.clock.clock
            assert isinstance(own_clock, SimulatedClock)
            act_at_random(session, own_clock, seed + number, lines=25)
        yield found


Line = dict[str, Any]


def lines_of(session: Session) -> list[Line]:
    """Return all events of a session as another copy is told of them."""
    return [line._asdict() for line in between(session.store.connection.execute, 1, 10**9)]


def take(session: Session, lines: Iterable[Any], **more: Any) -> Arrived:
    """Take lines into the file of an open session, by a door of its own, and let the session look."""
    with closing(Arrivals.at(session.store.path)) as door:
        arrived = door.take(lines, **more)
    session.catch_up()
    return arrived


def dump(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a file says, but for the order in which it came."""
    said = {table: session.store.connection.execute(SELECTS[table]).fetchall() for table in COLUMNS}
    events = session.store.connection.execute("select * from events order by hlc, device, id").fetchall()
    return said | {"events": [event[1:] for event in events]}


@settings(max_examples=settings().max_examples // 4)  # each works in files
@given(st.data())
def test_the_same_events_make_the_same_session_in_whatever_order_they_come(data: st.DataObject) -> None:
    devices = data.draw(st.integers(2, 3))
    with apart(devices, data.draw(st.integers(0, 999)), data.draw(st.sampled_from((0, 3_600_000)))) as copies:
        everything = {line["id"]: line for copy in copies for line in lines_of(copy)}
        for copy in copies:
            order = data.draw(st.permutations(sorted(everything)))
            with mock.patch.object(milestone, "WORTH", 5), closing(Arrivals.at(copy.store.path)) as door:
                if data.draw(st.booleans()):
                    keep_milestone(copy)
                while order:
                    size = data.draw(st.integers(1, len(order)))
                    twice = data.draw(st.integers(0, 2))
                    door.take([everything[name] for name in (*order[:size], *order[:twice])])
                    order = order[size:]
                    if data.draw(st.booleans()):
                        copy.catch_up()
                        keep_milestone(copy)
            copy.catch_up()
            assert tables(restored(copy)) == tables(copy.state)
        one, *others = copies
        for other in others:
            assert [e.id for e in other.history.events] == [e.id for e in one.history.events]
            assert tables(other.state) == tables(one.state)
            assert dump(other) == dump(one)
            assert heads(other) == heads(one)
        assert all(verify(copy.store.path).findings == () for copy in copies)


def keep_milestone(session: Session) -> None:
    """Keep how the session stands, so that whoever opens the file begins from there."""
    if (making := session.store.begin_milestone(session.history)) is not None:
        session.store.keep_milestone(making)


def heads(session: Session) -> list[tuple[str, int, str]]:
    return [(head.device, head.events, head.chain) for head in verify(session.store.path).heads]


def theirs(other: Session) -> list[Line]:
    return [line for line in lines_of(other) if line["device"] == other.me.device]


def test_part_of_the_events_is_taken_in_and_the_gap_is_said() -> None:
    with apart(2, 7) as (one, other):
        lines = theirs(other)
        assert len(take(one, lines[3:]).new) == len(lines) - 3
        assert not verify(one.store.path).is_whole
        found = take(one, lines)
        assert (len(found.new), len(found.known)) == (3, len(lines) - 3)
        assert verify(one.store.path).is_whole
        assert not take(one, lines).new


def test_what_the_caller_hands_in_is_in_the_file_with_the_events_or_neither_is() -> None:
    def note(place: int) -> Callable[[Callable[..., Any]], None]:
        def write(execute: Callable[..., Any]) -> None:
            execute("create table if not exists place (at integer)")
            execute("insert into place values (?)", (place,))
            if place > 1:
                raise ValueError("no")

        return write

    with apart(2, 7) as (one, other):
        before, lines = len(lines_of(one)), theirs(other)
        take(one, lines[:2], also=note(1))
        with pytest.raises(ValueError, match="no"):
            take(one, lines[2:], also=note(2))
        one.catch_up()
        assert len(lines_of(one)) == before + 2
        assert one.store.connection.execute("select at from place").fetchall() == [(1,)]
        take(one, [], also=note(0))
        assert one.store.connection.execute("select at from place").fetchall() == [(1,), (0,)]
        assert len(take(one, lines).new) == len(lines) - 2
        assert tables(one.state) == tables(restored(one))


def restored(session: Session) -> Any:
    """Return the state that a fresh look at the file gives."""
    with closing(Arrivals.at(session.store.path)) as door:
        return door.history.state


WRONG: dict[str, Callable[[Line], Any]] = {
    "no line": lambda line: 7,
    "nothing": lambda line: {},
    "a text for a number": lambda line: line | {"hlc": str(line["hlc"])},
    "a moment after all calendars": lambda line: line | {"hlc": 2**63 - 1},
    "a number without end": lambda line: line | {"hlc": 2**70},
    "before time": lambda line: line | {"hlc": -1},
    "half a sign": lambda line: line | {"actor": "\ud800"},
    "no number": lambda line: line | {"t": float("nan")},
    "no name": lambda line: line | {"id": ""},
    "other words": lambda line: line | {"data": '{"text": "anders"}'},
    "another moment": lambda line: line | {"at": "2026-01-01T00:00:00.000Z"},
    "a salt without data": lambda line: line | {"data": None},
    "data without its salt": lambda line: line | {"salt": None},
}


def test_a_line_that_is_wrong_is_declined_and_stops_no_other() -> None:
    with apart(2, 7) as (one, other), closing(Arrivals.at(one.store.path)) as door:
        lines = theirs(other)
        found = door.take([*(wrong(lines[0]) for wrong in WRONG.values()), *lines[1:]])
        assert (len(found.declined), len(found.new)) == (len(WRONG), len(lines) - 1)
        assert len(door.take(lines).new) == 1
        assert verify(one.store.path).is_whole


def test_another_event_under_an_id_that_is_there_is_declined_and_the_first_stays() -> None:
    with apart(2, 7) as (one, other):
        line, before = lines_of(one)[-1], dump(one)
        for changed in (line | {"actor": "Iemand"}, line | {"chain": "2:0"}, line | {"t": 3.5}):
            found = take(one, [changed])
            assert ([declined.event for declined in found.declined], found.known) == ([line["id"]], ())
        mine, new = line, theirs(other)[-1]
        found = take(one, [new, new | {"role": "observer"}, mine])
        assert (len(found.declined), found.new, found.known) == (1, (new["id"],), (mine["id"],))
        assert [row for row in dump(one)["events"] if row[0] != new["id"]] == before["events"]


def test_events_of_another_session_are_declined(tmp_path: Path) -> None:
    with apart(1, 7) as (one,):
        path, clock = tmp_path / "other.db", SimulatedClock(START_MS)
        with closing(sessions.begin(path, make_plan(), clock, PEOPLE[1], random.Random(8).randbytes)) as other:
            assert len(take(one, lines_of(other)[:1]).declined) == 1


def test_what_a_newer_version_did_is_kept_as_it_is_and_changes_nothing() -> None:
    with apart(2, 7) as (one, other):
        act(one, "note van hier")
        with closing(Arrivals.at(other.store.path)) as door:
            event = one.history.events[-1]
            unknown = msgspec.structs.replace(event, kind="table_turned", v=9, fact=None, id="from-the-future")
            with door.store.writing():
                door.store.add(unknown, "salt", None)
        before, line = tables(one.state), lines_of(other)[-1]
        assert take(one, [line]).new == ("from-the-future",)
        assert tables(one.state) == before
        assert lines_of(one)[-1] | {"seq": 0} == line | {"seq": 0}


def erase(session: Session, words: str) -> None:
    with closing(sqlite3.connect(str(session.store.path), isolation_level=None)) as connection:
        connection.execute("update events set data = null, salt = null where data like ?", (f"%{words}%",))


def test_what_was_erased_in_one_copy_is_erased_in_the_other_and_does_not_come_back() -> None:
    with apart(2, 7) as (one, other):
        act(one, 'note "dat zei Fatima"')
        act(one, "note blijft")
        whole = lines_of(one)
        assert take(other, whole).new
        erase(one, "dat zei Fatima")
        found = take(other, lines_of(one))
        assert len(found.erased) == 1
        assert [note["text"] for note in notes_in(other)].count("dat zei Fatima") == 0
        assert [note["text"] for note in notes_in(other)].count("blijft") == 1
        assert not take(other, whole).new
        report = verify(other.store.path)
        assert (report.findings, report.erased) == ((), 1)


def test_a_screen_that_runs_forgets_what_was_erased_and_writes_it_no_more() -> None:
    with apart(2, 7) as (one, other):
        act(one, 'note "dat zei Fatima"')
        note = list(one.state.notes.values())[-1]
        act(one, "note blijft")
        take(other, lines_of(one))
        heard: list[str] = []
        other.subscribe(lambda change: heard.extend(row.id for row in change.gone))
        erase(one, "dat zei Fatima")
        take(other, lines_of(one))
        assert note.id in heard
        assert note.id not in other.state.notes
        act(other, "note nog iets")
        other.undo()
        assert "dat zei Fatima" not in str(dump(other))
        assert "dat zei Fatima" not in str(other.history.events)
        assert verify(other.store.path).is_whole


def notes_in(session: Session) -> list[Line]:
    found = session.store.connection.execute("select text from notes")
    return [{"text": text} for (text,) in found]


def test_the_lines_that_came_after_a_place_are_read_own_ones_and_others() -> None:
    with apart(2, 7) as (one, other), closing(Arrivals.at(one.store.path)) as door:
        sent = len(lines_of(one))
        take(one, theirs(other)[:2])
        act(one, "note van hier")
        arrived = door.arrived_after(sent)
        assert [seq for _, seq in arrived] == [sent + 1, sent + 2, sent + 3]
        lines = door.lines_at([sent + 3, sent + 1])
        assert [(line.id, line.device) for line in lines] == [(arrived[0][0], "tablet"), (arrived[2][0], "laptop")]
        assert door.arrived_after(sent + 3) == []


def test_somebody_who_acts_meanwhile_is_not_held_up_and_both_count() -> None:
    with apart(2, 7) as (one, other), closing(Arrivals.at(one.store.path)) as door:
        acted = 0
        stay = door._stay_in_place

        def act_first() -> None:
            nonlocal acted
            stay()
            if acted < 4:
                acted += 1

                act(one, f"note tussendoor {acted}")

        door._stay_in_place = act_first  # type: ignore[method-assign]
        assert len(door.take(theirs(other)).new) == len(theirs(other))
        one.catch_up()
        assert tables(one.state) == tables(door.history.state) == tables(restored(one))
        assert verify(one.store.path).is_whole


def test_a_file_that_was_moved_away_takes_nothing() -> None:
    with apart(2, 7) as (one, other), closing(Arrivals.at(one.store.path)) as door:
        one.store.path.rename(one.store.path.with_name("elders.db"))
        with pytest.raises(NotSaved):
            door.take(theirs(other))
        with suppress(NotSaved):
            one.store.path.with_name("elders.db").rename(one.store.path)


def test_a_fast_clock_elsewhere_moves_no_moment_here_and_the_order_holds() -> None:
    with apart(2, 3, skew_ms=3_600_000) as (one, other):
        act(other, "note daar")
        take(one, lines_of(other))
        theirs = list(one.state.notes)[-1]
        before = one.now()
        act(one, "note hier")
        act(one, f"edit {note_label(one.state, one.state.notes[theirs])} daar, verbeterd")
        assert [note.written_at for note in one.state.notes.values() if note.text == "hier"] == [before]
        assert one.state.notes[theirs].text == "daar, verbeterd"
        assert one.now() == before


def test_two_notes_of_one_number_keep_it_and_can_be_told_apart() -> None:
    with apart(2, 11) as (one, other):
        act(one, "note van hier")
        act(other, "note van daar")
        mine = next(note for note in one.state.notes.values() if note.text == "van hier")
        take(one, lines_of(other))
        assert one.state.notes[mine.id].number == mine.number
        same = [note for note in one.state.notes.values() if note.number == mine.number]
        labels = [note_label(one.state, note) for note in same]
        assert len(set(labels)) == len(labels)


def test_undo_takes_back_ones_own_act_and_not_that_of_ones_other_computer() -> None:
    with apart(2, 5) as (one, other):
        me = other.me._replace(name=one.me.name, role=one.me.role)
        other.me = me
        act(one, "note op de laptop")
        act(other, "note op de tablet")
        take(one, lines_of(other))
        one.undo()
        texts = [note.text for note in one.state.notes.values()]
        assert "op de tablet" in texts
        assert "op de laptop" not in texts


def test_what_every_computer_does_by_itself_is_shown_once() -> None:
    with apart(2, 7) as copies:
        one, other = copies
        for number, copy in enumerate(copies):
            own = copy.clock.clock
            assert isinstance(own, SimulatedClock)
            end = session_time(copy.state, copy.now()).planned_end
            assert end is not None
            own.advance(end - 5 * 60_000 - copy.now() + 20_000 * number)
            copy.tick()
        (mine,), (yours,) = ([cue for cue in copy.state.cues.values() if cue.automatic] for copy in copies)
        assert mine.id != yours.id
        act(other, "seen")
        for copy, whose in ((one, other), (other, one)):
            take(copy, lines_of(whose))
            (shown,) = (cue for cue in copy.state.cues.values() if cue.automatic)
            assert shown.id == mine.id
            assert shown.seen_at is not None
        assert dump(one) == dump(other)


def test_what_a_milestone_keeps_of_who_spoke_is_the_same_when_turns_come_late() -> None:
    with apart(2, 7, 3_600_000) as (one, other):
        at = one.now()
        one.do(lambda state, now: f.TurnAdded("participant", at - 4_000, at - 1_000, "P3"))
        act(other, "floor 2")
        talk.heard(other.state)
        take(other, theirs(one)[-1:])
        assert talk.heard(other.state) == talk.heard(other.state, anew=True)


def test_people_who_were_added_apart_all_stay_and_the_same_one_stays_one() -> None:
    with apart(2, 7) as (one, other):
        act(one, "add Zeynep", "add Koos", "note erbij")
        act(other, "add Koos", "add Zeynep", "add Mo")
        take(other, lines_of(one))
        take(one, lines_of(other))
        people = [person for person in one.state.participants.values() if person.name in {"Zeynep", "Koos", "Mo"}]
        assert sorted(person.name for person in people) == ["Koos", "Mo", "Zeynep"]
        seats = [person.seat for person in one.state.participants.values()]
        assert len(set(seats)) == len(seats)
        assert dump(one) == dump(other)


def test_who_withdrew_in_one_copy_has_withdrawn_in_the_other_too() -> None:
    with apart(2, 7) as (one, other):
        act(one, 'note "iets persoonlijks" @3')
        act(other, 'note "ook van hem" @3')
        act(one, "consent 3 withdraw")
        take(other, lines_of(one))
        take(one, lines_of(other))
        assert dump(one) == dump(other)
        assert other.state.participants["P3"].withdrawn_at is not None
        words = str(dump(other) | {"events": []})
        assert "iets persoonlijks" not in words
        assert "ook van hem" not in words


def test_what_is_undone_before_the_other_copy_has_it_does_not_count_there() -> None:
    with apart(2, 7) as (one, other):
        act(one, "note toch niet")
        one.undo()
        *before, note, undone = theirs(one)
        take(other, [*before, undone])
        take(other, [note])
        assert "toch niet" not in [row.text for row in other.state.notes.values()]
        one.redo()
        take(other, theirs(one))
        assert "toch niet" in [row.text for row in other.state.notes.values()]
        assert verify(other.store.path).is_whole


def test_a_session_that_was_recorded_arrives_in_any_order_and_its_exports_are_the_same(tmp_path: Path) -> None:
    path, chance = tmp_path / "recorded.db", random.Random(3)
    path.write_bytes(gzip.decompress((OLDER / "0.1.0.db.gz").read_bytes()))
    with closing(open_(path, "read")) as store:
        lines = [line._asdict() for line in between(store.connection.execute, 1, 10**9)]
    chance.shuffle(lines)
    with making(tmp_path / "arrived.db") as store:
        door = Arrivals(store)
        for begin in range(0, len(lines), 37):
            door.take(lines[begin : begin + 37])
    files = (path, tmp_path / "arrived.db")
    with closing(open_(path, "read")) as one, closing(open_(files[1], "read")) as other:
        for table in COLUMNS:
            said, there = (store.connection.execute(SELECTS[table]).fetchall() for store in (one, other))
            assert said == there, table
    assert [report.heads for report in map(verify, files)] == [verify(path).heads] * 2
    assert not verify(files[1]).findings
    written = [exported(path, folder) for path, folder in zip(files, (tmp_path / "1", tmp_path / "2"), strict=True)]
    assert written[0] == written[1]


def exported(path: Path, folder: Path) -> list[bytes]:
    """Return what a researcher gets of a file, whole as it leaves."""
    folder.mkdir()
    told = []
    for name in ("txt", "eaf", "boris", "vtt"):
        out = folder / f"session.{name}"
        assert main.main(["export", str(path), "--to", name, "-o", str(out), "--names"]) == 0
        told.append(out.read_bytes())
    return told


def test_an_act_that_an_observer_may_not_do_is_declined(tmp_path: Path) -> None:
    with apart(2, 7) as (one, other):
        asked = one.do_as(Me("Klant", "observer", "laptop"), lambda state, now: f.ObserverQuestionAsked("v", "hoe?", 1))
        ended = one.do_as(Me("Klant", "observer", "laptop"), lambda state, now: f.SessionEnded())
        found = take(other, lines_of(one))
        assert [(each.event, "observer" in str(each.why)) for each in found.declined] == [(ended.id, True)]
        assert asked.id in found.new
        assert other.state.session.phase == "live"
