"""The views say what the screen says."""

from __future__ import annotations

import pytest

from kring.domain.talk import voices
from kring.domain.verbs import floor, people, session


def test_talk_time_is_corrected_for_presence_as_on_the_screen(make_session, clock):
    live = make_session()
    for seat in ("1", "2", "3"):
        live.do(people.attend, seat, "present")
    live.do(session.start, passing=True)
    live.do(floor.give, "1")
    clock.advance(120_000)
    live.do(people.attend, "3", "left")
    live.do(floor.give, "2")
    clock.advance(60_000)
    live.do(session.end)
    seen = {voice.person.id: voice for voice in voices(live.state, live.now())}
    rows = live.store.connection.execute(
        "select participant, talk_s, present_s, share_percent, raw_share_percent from talk_time"
    ).fetchall()
    assert {row[0]: row[1] for row in rows if row[1]} == {"P1": 120.0, "P2": 60.0}
    assert next(row[2] for row in rows if row[0] == "P3") == 120.0
    for participant, talk_s, _present_s, share, _raw in rows:
        assert talk_s == seen[participant].spoken_ms / 1000
        assert share == pytest.approx(100 * seen[participant].share, abs=0.1)
