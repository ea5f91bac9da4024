"""The views say what the screen says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from acting import act
from kring.domain.decide import decision, floor, people, session
from kring.domain.measures.talk import presence_ms, voices
from kring.domain.timing import item_ms, spent_by_section
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3


def test_talk_time_is_corrected_for_presence_as_on_the_screen(make_session, clock):
    live = make_session()
    for seat in ("1", "2", "3"):
        live.do(decision(people.attend, seat, "present"))
    live.do(decision(session.start, passing=True))
    live.do(decision(floor.give, "1"))
    clock.advance(120_000)
    live.do(decision(people.attend, "3", "left"))
    live.do(decision(floor.give, "2"))
    clock.advance(60_000)
    live.do(decision(session.end))
    seen = {voice.person.id: voice for voice in voices(live.state, live.now())}
    rows = live.store.connection.execute(
        "select participant, talk_s, present_s, share_percent, raw_share_percent from talk_time"
    ).fetchall()
    assert {row[0]: row[1] for row in rows if row[1]} == {"P1": 120.0, "P2": 60.0}
    assert next(row[2] for row in rows if row[0] == "P3") == 120.0
    for participant, talk_s, _present_s, share, _raw in rows:
        assert talk_s == seen[participant].spoken_ms / 1000
        assert share == pytest.approx(100 * seen[participant].share, abs=0.1)


def agree(live: Session, file: Path) -> None:
    """The views in the file say what the screen says at the moment of the last event."""
    last = live.history.events[-1].at
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as reader:
        talk = {
            row[0]: row[1:] for row in reader.execute("select participant, turns, talk_s, present_s from talk_time")
        }
        items = dict(reader.execute("select id, spent_s from time_by_item").fetchall())
        sections = dict(reader.execute("select id, spent_s from plan_and_actual").fetchall())
    for voice in voices(live.state, last):
        present = presence_ms(live.state, voice.person.id, last) / 1000
        assert talk[voice.person.id] == (voice.turns, voice.spoken_ms / 1000, present)
    assert items == {item: item_ms(live.state, item, last) / 1000 for item in items}
    spent = spent_by_section(live.state, last)
    assert sections == {section: spent.get(section, 0) / 1000 for section in sections}


def test_a_session_that_runs_says_the_same_in_the_views(
    make_session: Callable[..., Session], clock: SimulatedClock, tmp_path: Path
) -> None:
    live = make_session()
    for line in ("attend 1 present", "attend 2 present", "start anyway", "next", "floor 1", "next", "floor 2"):
        act(live, line)
        clock.advance(90_000)
    agree(live, tmp_path / "session.db")
    act(live, "note een")
    agree(live, tmp_path / "session.db")
    assert voices(live.state, live.now())[1].spoken_ms == 90_000
    act(live, "pause")
    clock.advance(60_000)
    act(live, "note in de pauze")
    agree(live, tmp_path / "session.db")
    act(live, "pause")
    clock.advance(30_000)
    act(live, "floor 1")
    agree(live, tmp_path / "session.db")
    clock.advance(30_000)
    act(live, "end")
    clock.advance(30_000)
    act(live, "note na afloop")
    agree(live, tmp_path / "session.db")
