"""Copies of one session that were worked in apart: taking in the other's events, in any order, makes them the same."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from acting import act, act_at_random
from conftest import START_MS, make_plan
from domain.test_history import tables
from kring.domain.lookup import note_label
from kring.domain.text import Refused
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store.event_line import StoredEvent
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3

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


def sealed(session: Session) -> list[StoredEvent]:
    return list(session.store.read_events())


@settings(max_examples=25)
@given(st.data())
def test_the_same_events_make_the_same_session_in_whatever_order_they_come(data: st.DataObject) -> None:
    devices = data.draw(st.integers(2, 3))
    with apart(devices, data.draw(st.integers(0, 999)), data.draw(st.sampled_from((0, 3_600_000)))) as copies:
        everything = {each.event.id: each for copy in copies for each in sealed(copy)}
        for copy in copies:
            order = data.draw(st.permutations(sorted(everything)))
            while order:
                size = data.draw(st.integers(1, len(order)))
                twice = data.draw(st.integers(0, 2))
                copy.receive([everything[name] for name in (*order[:size], *order[:twice])])
                order = order[size:]
        one, *others = copies
        for other in others:
            assert [e.id for e in other.history.events] == [e.id for e in one.history.events]
            assert tables(other.state) == tables(one.state)
            assert heads(other) == heads(one)
        assert all(verify(copy.store.path).findings == () for copy in copies)


def heads(session: Session) -> list[tuple[str, int, str]]:
    return [(head.device, head.events, head.chain) for head in verify(session.store.path).heads]


def test_part_of_the_events_is_taken_in_and_the_gap_is_said() -> None:
    with apart(2, 7) as (one, other):
        theirs = [each for each in sealed(other) if each.event.device == "tablet"]
        assert one.receive(theirs[3:]) == len(theirs) - 3
        assert not verify(one.store.path).is_whole
        assert one.receive(theirs) == 3
        assert verify(one.store.path).is_whole
        assert one.receive(theirs) == 0


def test_what_was_changed_on_its_way_is_refused_and_nothing_is_written() -> None:
    with apart(2, 7) as (one, other):
        theirs = [each for each in sealed(other) if each.event.device == "tablet"]
        forged = replace(theirs[1], event=replace(theirs[1].event, data='{"text": "anders"}'))
        before = tables(one.state)
        with pytest.raises(Refused):
            one.receive([theirs[0], forged])
        assert tables(one.state) == before
        assert verify(one.store.path).is_whole


def test_a_fast_clock_elsewhere_moves_no_moment_here_and_the_order_holds() -> None:
    with apart(2, 3, skew_ms=3_600_000) as (one, other):
        act(other, "note daar")
        one.receive(sealed(other))
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
        one.receive(sealed(other))
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
        one.receive(sealed(other))
        one.undo()
        texts = [note.text for note in one.state.notes.values()]
        assert "op de tablet" in texts
        assert "op de laptop" not in texts
