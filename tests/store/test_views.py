"""What SQL says of a session, in views and in the questions of `kring browse`, is what the functions say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from acting import act
from domain.desk import Desk
from domain.evenings import evenings
from kring.domain.decide import decision, ending, floor, people, session
from kring.domain.measures.coverage import cover_of_note, cover_of_turn
from kring.domain.measures.following import who_follows_whom
from kring.domain.measures.group.effects import after_invitations, after_probes
from kring.domain.measures.presence import present, took_part
from kring.domain.measures.questions import questions
from kring.domain.measures.sections import item_ms, plan_and_actual
from kring.domain.measures.silence import sorts_of_silence, stretches
from kring.domain.measures.talk_time import voices, when_each_spoke
from kring.domain.measures.technique import lost_by_participant, lost_to_all_min
from kring.domain.state import State
from kring.exports.questions import QUESTIONS
from kring.session.session import Session
from kring.store.derived import in_memory
from kring.store.talk_views import WHO_CAME
from kring.store.values import iso
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3

Rows = list[dict[str, Any]]


def tenth(value: float | None) -> Any:
    """Return a figure as a column has it that is rounded to a tenth."""
    return None if value is None else pytest.approx(value, abs=0.0501)


def rows(reader: sqlite3.Connection, query: str, **asked: str) -> Rows:
    """Return what a query finds, each row by the names of its columns."""
    found = reader.execute(query, asked)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def agree(reader: sqlite3.Connection, state: State, last: int) -> None:
    """A file says what the functions say at the moment of the last event."""
    talk_and_presence_agree(reader, state, last)
    times_agree(reader, state, last)
    conversation_agrees(reader, state, last)
    questions_agree(reader, state, last)
    leading_agrees(reader, state, last)
    lost = {row["participant"]: row["minutes"] for row in rows(reader, QUESTIONS["minutes_lost"].sql)}
    everybody = {"": lost_to_all_min(state, last)} if "" in lost else {}
    assert lost == {who: tenth(n) for who, n in (everybody | lost_by_participant(state, last)).items()}
    recorded = {row["id"]: row["recorded_by"] for row in rows(reader, "select * from coverage")}
    assert recorded == {
        **{note.id: cover_of_note(state, note) for note in state.notes.values() if note.removed_at is None},
        **{turn.id: cover_of_turn(state, turn) for turn in state.alive_turns},
    }


def talk_and_presence_agree(reader: sqlite3.Connection, state: State, last: int) -> None:
    seen = voices(state, last)
    spoke = any(voice.spoken_ms for voice in seen)
    assert {row["participant"]: row for row in rows(reader, "select * from talk_time")} == {
        voice.person.id: {
            "participant": voice.person.id,
            "name": voice.person.name,
            "segment": voice.person.segment,
            "status": voice.status,
            "turns": voice.turns,
            "talk_s": tenth(voice.spoken_ms / 1000),
            "share_percent": tenth(100 * voice.share) if spoke else None,
            "present_s": tenth(voice.present_ms / 1000),
            "fair_share_s": tenth(voice.fair_ms / 1000),
            "balance_index": tenth(voice.balance),
        }
        for voice in seen
    }
    zero = int(state.session.started_at or 0)
    there: dict[str, list[tuple[int, int]]] = {}
    for row in rows(reader, "select * from presence where from_ms < to_ms"):
        there.setdefault(row["participant"], []).append((row["from_ms"] + zero, row["to_ms"] + zero))
    assert there == {code: those for code, those in present(state, last).items() if those}
    spoken_then: dict[str, list[tuple[int, int]]] = {}
    for row in rows(reader, "select * from speaking"):
        spoken_then.setdefault(row["speaker"], []).append((row["from_ms"] + zero, row["to_ms"] + zero))
    assert spoken_then == when_each_spoke(state, last)
    took = {person.id for person in took_part(state, last)}
    assert {row["id"] for row in rows(reader, WHO_CAME)} == took
    heard = [voice for voice in seen if voice.person.id in took]
    by_segment = {row["segment"]: row["participants"] for row in rows(reader, QUESTIONS["talk_by_segment"].sql)}
    assert by_segment == Counter(voice.person.segment for voice in heard)


def times_agree(reader: sqlite3.Connection, state: State, last: int) -> None:
    asked = {one.row.id: (one.was_asked, one.visits) for one in questions(state, last)}
    for row in rows(reader, "select * from time_by_item"):
        item = state.guide[row["id"]]
        assert row["spent_s"] == tenth(item_ms(state, item.id, last) / 1000)
        assert (row["planned_s"], row["skipped"]) == (item.planned_s, item.skipped_at is not None)
        if item.kind == "question":
            assert (row["asked"], row["visits"]) == asked[item.id]
    assert [
        (row["id"], row["planned_s"], row["given_s"], row["spent_s"], row["over_s"])
        for row in rows(reader, "select * from plan_and_actual")
    ] == [(one.section.id, one.planned_s, one.given_s, one.spent_s, one.over_s) for one in plan_and_actual(state, last)]


def conversation_agrees(reader: sqlite3.Connection, state: State, last: int) -> None:
    follows = rows(reader, QUESTIONS["who_follows_whom"].sql)
    assert {(row["before"], row["after"]): row["times"] for row in follows} == who_follows_whom(state, last)
    quiet = {row["number"]: (row["silence_s"], row["crosstalk_s"]) for row in rows(reader, QUESTIONS["silence"].sql)}
    found = {
        item.number: (stretches(state, "silence", last, {item.id}), stretches(state, "crosstalk", last, {item.id}))
        for item in state.guide.values()
    }
    assert quiet == {
        number: (tenth(silence.total_ms / 1000), tenth(crosstalk.total_ms / 1000))
        for number, (silence, crosstalk) in found.items()
        if silence.total_ms or crosstalk.total_ms
    }


def leading_agrees(reader: sqlite3.Connection, state: State, last: int) -> None:
    zero = int(state.session.started_at or 0)
    sorts = {at - zero: sort for at, sort in sorts_of_silence(state, last).items()}
    quiet = rows(reader, "select * from silences")
    assert {row["from_ms"]: row["after"] for row in quiet} == sorts
    assert sum(row["duration_s"] for row in quiet) * 1000 == pytest.approx(stretches(state, "silence", last).total_ms)
    assert {row["id"]: (row["turns"], row["talk_s"]) for row in rows(reader, "select * from after_probes")} == {
        one.probe.id: (one.turns, tenth(one.talk_ms / 1000)) for one in after_probes(state, last)
    }
    assert {
        row["id"]: (row["waited_s"], row["within_minute"]) for row in rows(reader, "select * from invitations")
    } == {
        one.invitation.id: (None if one.waited_ms is None else tenth(one.waited_ms / 1000), one.within_minute)
        for one in after_invitations(state, last)
    }


def questions_agree(reader: sqlite3.Connection, state: State, last: int) -> None:
    asked = questions(state, last)
    there = [person.id for person in took_part(state, last)]
    silent = {one.row.number: [code for code in there if code not in one.turns] for one in asked if one.was_asked}
    quiet = rows(reader, QUESTIONS["quiet_speakers"].sql)
    assert {row["number"]: row["participants"].split(", ") for row in quiet} == {n: s for n, s in silent.items() if s}
    for one in asked:
        never = rows(reader, QUESTIONS["never_answered"].sql, question=one.row.number)
        assert [row["participant"] for row in never] == [code for code in there if code not in one.turns]


def of_file(live: Session, file: Path) -> None:
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as reader:
        agree(reader, live.state, live.history.events[-1].at)


@given(evenings())
def test_sql_and_the_functions_say_the_same_of_any_evening(desk: Desk) -> None:
    reader = in_memory(desk.state)
    last = int(desk.state.session.ended_at or desk.now)
    reader.execute(
        "insert into events (id, hlc, at, actor, role, device, kind, v, digest, chain) "
        "values ('', 0, ?, '', '', '', '', 1, '', '')",
        (iso(last),),
    )
    agree(reader, desk.state, last)
    reader.close()


def test_fair_shares_follow_who_was_there_as_on_the_screen(make_session, clock):
    live = make_session()
    for seat in ("1", "2", "3"):
        live.do(decision(people.attend, seat, "present"))
    live.do(decision(session.start, passing=True))
    live.do(decision(floor.give, "1"))
    clock.advance(600_000)
    live.do(decision(people.attend, "3", "left"))
    live.do(decision(floor.give, "2"))
    clock.advance(60_000)
    live.do(decision(ending.end))
    found = {row["participant"]: row for row in rows(live.store.connection, "select * from talk_time")}
    assert {code: row["talk_s"] for code, row in found.items() if row["talk_s"]} == {"P1": 600.0, "P2": 60.0}
    assert [found[code]["fair_share_s"] for code in ("P1", "P2", "P3")] == [230.0, 230.0, 200.0]
    assert found["P3"]["present_s"] == 600.0
    assert found["P1"]["share_percent"] == tenth(1000 / 11)
    agree(live.store.connection, live.state, live.history.events[-1].at)


def test_a_session_that_runs_says_the_same_in_the_views(
    make_session: Callable[..., Session], clock: SimulatedClock, tmp_path: Path
) -> None:
    live = make_session()
    for line in ("attend 1 present", "attend 2 present", "start anyway", "next", "floor 1", "next", "floor 2"):
        act(live, line)
        clock.advance(90_000)
    of_file(live, tmp_path / "session.db")
    act(live, "note een")
    of_file(live, tmp_path / "session.db")
    assert voices(live.state, live.now())[1].spoken_ms == 90_000
    act(live, "pause")
    clock.advance(60_000)
    act(live, "note in de pauze")
    of_file(live, tmp_path / "session.db")
    act(live, "resume")
    clock.advance(30_000)
    act(live, "floor 1")
    of_file(live, tmp_path / "session.db")
    clock.advance(30_000)
    act(live, "end")
    clock.advance(30_000)
    act(live, "note na afloop")
    of_file(live, tmp_path / "session.db")
