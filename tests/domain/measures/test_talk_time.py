"""Talk time: shares, fair shares, the queue, and who has not been heard."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from msgspec.structs import replace

from conftest import make_plan
from domain.desk import Desk
from domain.evenings import evenings
from kring.domain import facts as f
from kring.domain.history import fold
from kring.domain.measures import presence, session_time, silence, talk, talk_time
from kring.domain.measures.talk_time import Voice
from kring.domain.state import EMPTY
from kring.domain.stretches import united


def present(*codes: str) -> Desk:
    """A desk at which the talk has just begun with these participants."""
    desk = Desk()
    for code in codes:
        desk.happen(f.AttendanceChanged(code, "present"))
    return desk


def speaks(desk: Desk, word: str, seconds: float) -> None:
    desk.type(f"floor {word}")
    desk.wait(seconds)


def voice(desk: Desk, code: str) -> Voice:
    return next(voice for voice in talk_time.voices(desk.state, desk.now) if voice.person.id == code)


def test_who_came_late_is_charged_for_nothing_that_was_said_before() -> None:
    desk = present("P1")
    speaks(desk, "1", 600)
    desk.happen(f.AttendanceChanged("P2", "present"))
    speaks(desk, "2", 600)
    # of the first ten minutes all are P1's fair share, of the second half
    assert [(voice(desk, code).share, voice(desk, code).fair_ms) for code in ("P1", "P2")] == [
        (0.5, 900_000), (0.5, 300_000),
    ]  # fmt: skip
    assert [voice(desk, code).balance for code in ("P1", "P2")] == [pytest.approx(2 / 3), 2]


def test_below_ten_minutes_of_presence_there_is_no_balance_index() -> None:
    desk = present("P1", "P2")
    speaks(desk, "1", 599.9)
    assert voice(desk, "P1").balance is None
    desk.wait(0.1)
    assert voice(desk, "P1").balance == 2


@pytest.mark.parametrize("opened", ["go 2.1", "go 2.1 -10s"])
def test_nobody_has_the_floor_when_the_group_splits(opened: str) -> None:
    desk, plan = present("P1", "P2"), make_plan()
    split = [replace(item, kind="breakout") if item.number == "2.1" else item for item in plan.guide]
    desk.read(replace(plan, guide=tuple(split)))
    speaks(desk, "1", 50 + 10 * opened.count("-"))
    desk.type(opened)
    desk.wait(600)
    assert desk.state.open_turn is None
    assert voice(desk, "P1").spoken_ms == 50_000


def test_much_stays_when_others_leave() -> None:
    desk = present("P1", "P2", "P3", "P4")
    for who, seconds in (("1", 400), ("2", 100), ("3", 100), ("4", 100)):
        speaks(desk, who, seconds)
    assert voice(desk, "P1").standing == "much"
    for seat in (2, 3, 4):
        desk.type(f"attend {seat} left")
    desk.wait(100)
    assert voice(desk, "P1").standing == "much"
    assert voice(desk, "P2").share == pytest.approx(1 / 7)


def test_being_away_for_a_moment_does_not_count_as_presence() -> None:
    desk = present("P1", "P2")
    speaks(desk, "1", 120)
    desk.type("attend 1 away")
    desk.wait(120)
    desk.type("attend 1 present")
    desk.wait(60)
    assert presence.present_ms(desk.state, desk.now)["P1"] == 180_000
    assert presence.present_ms(desk.state, desk.now)["P2"] == 300_000


def test_presence_counts_from_the_start_to_the_end_of_the_talk() -> None:
    desk = Desk(started=False)
    desk.happen(f.AttendanceChanged("P1", "present"))
    desk.wait(1200)
    assert presence.present_ms(desk.state, desk.now) == {}
    desk.happen(f.SessionStarted())
    desk.wait(60)
    desk.type("end")
    desk.wait(600)
    assert presence.present_ms(desk.state, desk.now)["P1"] == 60_000


def test_a_share_of_the_first_seconds_is_no_share_yet() -> None:
    desk = present("P1", "P2")
    speaks(desk, "1", 20)
    assert voice(desk, "P1").standing == ""
    speaks(desk, "2", 1)
    speaks(desk, "moderator", 600)
    assert [voice(desk, code).standing for code in ("P1", "P2")] == ["quiet", "quiet"]
    speaks(desk, "1", 160)
    speaks(desk, "2", 1)
    assert [voice(desk, code).standing for code in ("P1", "P2")] == ["much", "little"]


def test_not_yet_quiet_and_away_are_told_apart() -> None:
    desk = present("P1", "P2", "P3")
    speaks(desk, "1", 5)
    speaks(desk, "2", 5)
    desk.type("attend 3 away")
    speaks(desk, "nobody", 600)
    assert voice(desk, "P1").standing == "quiet"
    assert voice(desk, "P1").silent_ms == 605_000
    assert voice(desk, "P3").standing == "away"
    assert voice(desk, "P4").standing == "expected"
    desk.type("attend 3 present")
    assert voice(desk, "P3").standing == "not_yet"


def test_the_running_turn_counts_while_it_runs() -> None:
    desk = present("P1")
    speaks(desk, "1", 42)
    found = voice(desk, "P1")
    assert (found.spoken_ms, found.speaking_ms, found.turns, found.silent_ms) == (42_000, 42_000, 1, 0)
    desk.type("floor nobody")
    desk.wait(3)
    assert voice(desk, "P1").speaking_ms is None
    assert silence.silence_ms(desk.state, desk.now) == 3_000


def test_silence_is_counted_only_when_somebody_said_so() -> None:
    desk = present("P1")
    assert silence.silence_ms(desk.state, desk.now) is None
    speaks(desk, "crosstalk", 4)
    assert silence.silence_ms(desk.state, desk.now) is None


def test_the_queue_has_the_quietest_first_then_who_waits_longest() -> None:
    desk = present("P1", "P2", "P3")
    speaks(desk, "1", 60)
    speaks(desk, "moderator", 1)
    for seat in ("1", "3", "2"):
        desk.type(f"hand {seat}")
        desk.wait(1)
    assert waiting(desk) == [
        "P3",
        "P2",
        "P1",
    ]
    desk.type("floor 3")
    assert waiting(desk) == ["P2", "P1"]
    desk.type("attend 2 left")
    assert waiting(desk) == ["P1"]


def waiting(desk: Desk) -> list[str]:
    return [voice.person.id for voice in talk_time.queue(talk_time.voices(desk.state, desk.now))]


def present_voices(desk: Desk) -> list[talk_time.Voice]:
    return [voice for voice in talk_time.voices(desk.state, desk.now) if voice.status == "present"]


def test_who_was_heard_is_counted_per_question() -> None:
    desk = present("P1", "P2")
    desk.type("go 2.1")
    speaks(desk, "1", 5)
    assert [voice.person.id for voice in present_voices(desk) if not voice.on_question] == ["P2"]
    desk.type("floor nobody")
    desk.type("go 2.2")
    assert [voice.person.id for voice in present_voices(desk) if not voice.on_question] == ["P1", "P2"]
    desk.type("go 2.1")
    assert [voice.person.id for voice in present_voices(desk) if not voice.on_question] == ["P2"]


def test_an_unknown_speaker_counts_for_nobody_until_named() -> None:
    desk = present("P1", "P2")
    speaks(desk, "unknown", 30)
    desk.type("floor nobody")
    assert voice(desk, "P2").spoken_ms == 0
    desk.type("name 2")
    assert voice(desk, "P2").spoken_ms == 30_000
    desk.type("undo")
    assert voice(desk, "P2").spoken_ms == 0


def test_who_speaks_is_here() -> None:
    desk = Desk()
    speaks(desk, "5", 1)
    assert desk.state.participants["P5"].status == "present"
    assert [row.status for row in desk.state.attendance.values()] == ["present"]


def test_without_anybody_there_are_no_voices_and_nothing_divides_by_zero() -> None:
    desk = Desk(begun=False, started=False)
    assert talk_time.voices(desk.state, desk.now) == []
    assert talk_time.queue(talk_time.voices(desk.state, desk.now)) == []


def test_buckets_hold_all_that_was_spoken(talked: Desk) -> None:
    within = session_time.span(talked.state, talked.now)
    assert within[1] - within[0] == 100_000
    spoke = talk_time.when_each_spoke(talked.state, talked.now)
    shares = talk_time.shares_of_time(spoke["P1"], within, 10)
    assert shares == pytest.approx((1, 1, 0, 0.5, 0.5, 0, 0, 0, 0, 0))
    assert sum(talk_time.shares_of_time(spoke["P2"], within, 10)) == pytest.approx(2)
    assert talk_time.shares_of_time(spoke["moderator"], within, 10)[-1] == pytest.approx(1)


@pytest.mark.parametrize("buckets", [1, 3, 7, 50, 400])
def test_the_width_of_a_chart_changes_no_total(talked: Desk, buckets: int) -> None:
    within = session_time.span(talked.state, talked.now)
    shares = talk_time.shares_of_time(talk_time.when_each_spoke(talked.state, talked.now)["P1"], within, buckets)
    assert sum(shares) * 100_000 / buckets == pytest.approx(30_000)


def test_the_moderators_share_is_of_all_talk_and_silence_is_none(talked: Desk) -> None:
    assert talk_time.moderator_share(talked.state, talked.now) == pytest.approx(10 / 65)
    assert talk_time.moderator_share(Desk().state, 0) is None


def test_an_equal_share_is_one_of_those_who_took_part() -> None:
    desk = present("P1", "P2")
    assert talk_time.equal_share(desk.state, desk.now + 1) == 1 / 2
    speaks(desk, "5", 1)
    desk.type("attend 1 left")
    assert talk_time.equal_share(desk.state, desk.now) == 1 / 3


@pytest.mark.parametrize(("values", "told"), [([1, 1, 1, 1], 0), ([0, 0, 0, 1], 0.75), ([1, 3], 0.25), ([0, 0], 0)])
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[float], told: float) -> None:
    assert talk_time.gini(values) == pytest.approx(told)
    assert talk_time.gini(random.Random(1).sample(values, len(values))) == pytest.approx(told)


@given(evenings())
def test_every_moment_of_a_speaker_counts_once(desk: Desk) -> None:
    now = int(desk.state.session.ended_at or desk.now)
    begin = int(desk.state.session.started_at or now)
    by_hand: dict[str, list[tuple[float, float]]] = {}
    for turn in desk.state.alive_turns:
        cut = max(turn.started_at, begin), min(turn.ended_at or now, now)
        if cut[0] < cut[1] or (cut[0] == cut[1] and turn.ended_at is None):
            by_hand.setdefault(turn.participant or turn.kind, []).append(cut)
    found = talk_time.talk_time(desk.state, desk.now)
    assert {who: one.spoken_ms for who, one in found.items()} == {
        who: sum(end - begin for begin, end in united(those)) for who, those in by_hand.items()
    }
    assert sum(one.turns for one in found.values()) <= len(desk.state.alive_turns)
    kinds = talk_time.by_kind(desk.state, desk.now).values()
    assert sum(one.spoken_ms for one in kinds) == sum(one.spoken_ms for one in found.values())


@given(evenings())
def test_shares_sum_to_one_and_fair_shares_to_the_talk(desk: Desk) -> None:
    voices = talk_time.voices(desk.state, desk.now)
    total = sum(one.spoken_ms for one in voices)
    assert sum(one.share for one in voices) == pytest.approx(1 if total else 0)
    assert sum(one.fair_ms for one in voices) == pytest.approx(total)
    elapsed = session_time.elapsed_ms(desk.state, desk.now)
    assert all(0 <= one.present_ms <= elapsed for one in voices)
    indexes = [one.balance for one in voices if one.balance is not None]
    assert 0 <= talk_time.gini(indexes) <= 1 - 1 / max(len(indexes), 1) + 1e-12


@given(evenings())
def test_what_is_known_of_before_changes_nothing(desk: Desk) -> None:
    events, void = desk.history.events, desk.history.void
    earlier = fold(EMPTY, events[: len(events) // 2], void)
    found = [talk.spoken(state, desk.now) for state in (earlier, desk.state, desk.state, earlier)]
    assert found[1] == found[2]
    talk._KNOWN.clear()
    talk.spoken.cache_clear()
    assert found[2:] == [talk.spoken(desk.state, desk.now), found[0]]


@pytest.mark.parametrize(
    ("lines", "came"),
    [
        (("attend all", "attend 3 no-show"), "P1 P2 P4"),
        (("attend all", "attend 3 away", "attend 3 no-show"), "P1 P2 P4"),
        (("attend all", "attend 3 no-show", "attend 3 present"), "P1 P2 P3 P4"),
        (("attend all", "attend 3 no-show", "undo"), "P1 P2 P3 P4"),
        (("attend all", "floor 3", "attend 3 no-show"), "P1 P2 P3 P4"),
        (("attend all", "attend 3 left"), "P1 P2 P3 P4"),
    ],
)
def test_who_did_not_show_up_and_never_spoke_was_not_there_before(lines: tuple[str, ...], came: str) -> None:
    desk = Desk()
    for line in lines:
        desk.wait(20)
        desk.type(line)
    desk.wait(600)
    people = [person.id for person in presence.took_part(desk.state, desk.now)]
    assert [code for code in people if code in ("P1", "P2", "P3", "P4")] == came.split()
    there = presence.present(desk.state, desk.now)
    assert bool(there.get("P3")) is ("P3" in came)
