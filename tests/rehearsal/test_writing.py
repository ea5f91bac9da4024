"""A whole session, written at once: the same for the same seed, lively, whole, and nothing refused."""

import random
from contextlib import closing

import pytest
from msgspec.structs import replace

from conftest import make_plan
from kring.domain.rows import ROWS
from kring.rehearsal.playing import write_session
from kring.rehearsal.script import script
from kring.store.verify import verify
from kring.system.sqlite import sqlite3

TABLES = ["events", *(row.TABLE for row in ROWS)]


def rows(path, statement):
    with closing(sqlite3.connect(str(path))) as connection:
        return connection.execute(statement).fetchall()


def seeds(here, in_all):
    """The first seeds for every run, the rest of them for the long proofs."""
    return [*range(here), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(here, in_all))]


def contents(path):
    return {table: rows(path, f"select * from {table} order by 1, 2") for table in TABLES}


def test_the_same_seed_is_the_same_session(written, dutch, tmp_path):
    again, other = tmp_path / "again.db", tmp_path / "other.db"
    random.seed(7)  # the world's own chance is not used
    write_session(again, dutch.plan, 1)
    write_session(other, dutch.plan, 2)
    assert contents(again) == contents(written)
    assert contents(other)["turns"] != contents(written)["turns"]


@pytest.mark.parametrize("seed", seeds(3, 8))
def test_an_evening_has_the_usual_size(dutch, tmp_path, seed):
    path = tmp_path / "s.db"
    write_session(path, dutch.plan, seed)  # raises where the script is refused
    turns = rows(path, "select count(*) from turns")[0][0]
    notes = rows(path, "select count(*), count(distinct text) from notes where kind != 'mark'")[0]
    minutes = rows(path, "select max(t) / 60 from events")[0][0]
    assert 215 <= turns <= 300
    assert 155 <= notes[0] <= 205
    assert notes[1] >= 0.93 * notes[0]
    assert 80 <= minutes <= 110  # with the debrief


@pytest.mark.parametrize("seed", seeds(1, 4))
def test_the_english_evening_plays_too(english_plan, tmp_path, seed):
    path = tmp_path / "s.db"
    write_session(path, english_plan.plan, seed)
    assert rows(path, "select phase from session") == [("ended",)]
    quotes = [text for (text,) in rows(path, "select text from notes where kind = 'quote' and not stub")]
    assert len(set(quotes)) == len(quotes) > 45
    said_by_others = "select text from notes where kind in ('quote', 'paraphrase') and participant not like 'P%'"
    assert rows(path, said_by_others) == []
    assert verify(path).is_whole


def test_everything_that_a_session_can_show_happens(written):
    kinds = {kind for (kind,) in rows(written, "select distinct kind from events")}
    assert kinds >= {
        "poll_asked", "stance_noted", "statement_added",
        "answer_given", "attendance_changed", "check_ticked", "cue_seen", "cue_sent", "doors_opened", "floor_given",
        "hand_raised", "issue_closed", "issue_opened", "item_opened", "item_skipped", "note_added", "note_changed",
        "note_raised", "participant_added", "probe_used", "recording_started", "recording_stopped", "session_ended",
        "session_paused", "session_resumed", "session_started", "stimulus_shown", "time_added", "turn_named", "undone",
        "yield_heard", "invited_to_speak", "sentence_shown", "pace_decided", "role_changed",
    }  # fmt: skip
    assert {kind for (kind,) in rows(written, "select distinct kind from notes")} == {
        "quote", "paraphrase", "remark", "nonverbal", "summary", "mark", "chat",
    }  # fmt: skip
    assert {kind for (kind,) in rows(written, "select distinct kind from turns")} >= {
        "participant", "moderator", "crosstalk", "silence",
    }  # fmt: skip


def test_the_evening_is_like_one(written):
    assert rows(written, "select count(*) from participants where status = 'no_show'") == [(1,)]
    assert rows(written, "select count(*) from participants where not on_list") == [(1,)]
    late = rows(written, "select t from attendance where status = 'present' and t is not null and reason != ''")
    assert len(late) == 1
    assert 300 < late[0][0] < 480
    assert rows(written, "select count(*) from attendance where status = 'away'") == [(1,)]
    assert rows(written, "select count(*) from visits v join guide g on g.id = v.item where g.kind = 'break'") == [(1,)]
    revisited = rows(written, "select item from visits group by item having count(*) > 1")
    assert revisited
    assert rows(written, "select count(*) from guide where skipped_at is not null") == [(1,)]
    assert rows(written, "select count(*) from cues where automatic") == [(2,)]
    assert rows(written, "select count(*) from cues where seen_at is null") == [(0,)]
    assert rows(written, "select count(*) from issues where ended_at is null") == [(0,)]
    assert rows(written, "select count(*) from notes where stub") > [(0,)]
    assert rows(written, "select count(*) from notes where raised_at is not null") == [(2,)]
    assert rows(written, "select count(*) from checks where gate and done_at is null") == [(0,)]
    assert rows(written, "select distinct actor, role from events where role != 'program' order by 2, 1") == [
        ("Bo Hendriks", "assistant"),
        ("Bo Hendriks", "moderator"),  # while the connection of the other is gone
        ("Marieke de Wit", "moderator"),
    ]


def test_somebody_takes_much_room_and_somebody_little(written):
    seconds = [
        s for (s,) in rows(written, "select sum(duration_s) from turns where participant != '' group by participant")
    ]
    assert max(seconds) > 3 * min(seconds)


def test_the_file_is_whole_and_sealed(written):
    report = verify(written)
    assert report.findings == ()
    assert report.events > 500
    assert rows(written, "select phase from session") == [("ended",)]
    assert [path.name for path in written.parent.iterdir()] == [written.name]


def test_what_is_said_is_plain_text(written):
    texts = [text for (text,) in rows(written, "select text from notes")]
    assert len(texts) > 100
    assert not [text for text in texts if any(ord(mark) < 32 or mark in "[]\\" for mark in text)]


@pytest.mark.parametrize("wanted", [1_000, 3_000])
def test_a_benchmark_gets_as_many_events_as_it_asks_for(dutch, tmp_path, wanted):
    path = tmp_path / "s.db"
    write_session(path, dutch.plan, 1, wanted)
    assert rows(path, "select count(*) from events")[0][0] == pytest.approx(wanted, rel=0.1)
    assert verify(path).is_whole


@pytest.mark.parametrize(
    "plan",
    [
        make_plan(),
        replace(make_plan(), participants=()),
        replace(make_plan(), participants=make_plan().participants[:1]),
        replace(make_plan(), participants=make_plan().participants[:3], checks=()),
        replace(make_plan(), starts_at=None, planned_min=None),
        replace(make_plan(), starts_at="after dinner"),
        replace(make_plan(), guide=make_plan().guide[:2]),
        replace(make_plan(), guide=()),
    ],
    ids=["small", "nobody listed", "one", "three", "no time", "odd time", "one question", "no guide"],
)
@pytest.mark.parametrize("seed", seeds(1, 3))
def test_any_plan_can_be_rehearsed(plan, tmp_path, seed):
    write_session(tmp_path / "s.db", plan, seed)
    assert rows(tmp_path / "s.db", "select phase from session") == [("ended",)]


def test_the_script_is_in_the_order_of_time(dutch):
    moments = [step.at_ms for step in script(dutch.plan, 3)]
    assert moments == sorted(moments)
    assert moments[0] < 0 < moments[-1]


def test_a_file_that_is_there_is_never_touched(dutch, tmp_path):
    from kring.domain.text import KringError

    path = tmp_path / "s.db"
    path.write_bytes(b"mine")
    with pytest.raises(KringError):
        write_session(path, dutch.plan, 1)
    assert path.read_bytes() == b"mine"


def test_a_group_that_splits_goes_to_rooms_and_comes_back(written):
    assert rows(written, "select number, ended_at is not null, how from rooms") == [(1, 1, "drawn"), (2, 1, "drawn")]
    assert rows(written, "select count(*) from rooms_people where turns > 0")[0][0] == 4
