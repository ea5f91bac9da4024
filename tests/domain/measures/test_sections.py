"""The session's times: tables of what must come out, each computed by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from msgspec.structs import replace

from conftest import START_MS
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.guide_items import following, openable, preceding, section_of
from kring.domain.local_time import local, planned_start
from kring.domain.measures.sections import (
    item_ms,
    item_time,
    pace_of,
    plan_and_actual,
    planned_ms,
    section_time,
    spent_by_section,
    until_moment,
)
from kring.domain.measures.session_time import elapsed_ms, session_time, starts_of_sections
from kring.domain.plan import GuideItem, Plan
from kring.domain.rows import GuideKind
from kring.domain.sentences import sentence
from kring.system.i18n import say

MINUTE = 60_000


def section(
    name: str,
    minutes: float | None = None,
    kind: GuideKind = "section",
    until: str | None = None,
    warn_s: int | None = None,
) -> GuideItem:
    planned = None if minutes is None else round(minutes * 60)
    return GuideItem(id=name, kind=kind, text=name, planned_s=planned, until=until, warn_s=warn_s)


def desk_with(*items: GuideItem, starts_at: str | None = "2026-12-03T19:30", planned_min: int | None = 60) -> Desk:
    """A desk whose guide has one question in each section; nothing has started."""
    guide: list[GuideItem] = []
    for item in items:
        guide.append(item)
        if item.kind == "section":
            guide.append(GuideItem(id=f"{item.id}?", parent=item.id, kind="question", text="?"))
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    desk.read(Plan(guide=tuple(guide), starts_at=starts_at, planned_min=planned_min))
    return desk


def clock(text: str) -> int:
    """Return a time of 3 December 2026 (UTC), or of the day after with a `+`, as epoch ms."""
    day = 4 if text.startswith("+") else 3
    hour, minute, *second = (int(part) for part in text.lstrip("+").split(":"))
    return round(datetime(2026, 12, day, hour, minute, *second, tzinfo=UTC).timestamp() * 1000)


def begin(desk: Desk, at: str, item: str | None = None) -> None:
    desk.now = clock(at)
    desk.happen(f.SessionStarted())
    if item:
        desk.happen(f.ItemOpened(item))


THREE = (section("a", 10), section("b", 30), section("c", 20))


@pytest.mark.parametrize(
    ("started", "opened", "now", "over_min"),
    [
        ("19:30", "a?", "19:30", 0),
        ("19:30", "a?", "19:35", 0),  # within its box nothing changes
        ("19:30", "a?", "19:40", 0),
        ("19:30", "a?", "19:47", 7),  # past its box every minute counts
        ("19:30", "b?", "19:30", 0),  # a was jumped over, and comes yet
        ("19:42", "a?", "19:42", 12),  # a late start is an overrun from the beginning
        ("19:25", "a?", "19:25", -5),
        ("19:30", "c?", "20:55", 65),
    ],
)
def test_the_expected_end_against_the_planned(started: str, opened: str, now: str, over_min: float) -> None:
    desk = desk_with(*THREE)
    begin(desk, started, opened)
    found = session_time(desk.state, clock(now))
    assert found.planned_end == clock("20:30")
    assert found.over_ms == over_min * MINUTE
    assert found.elapsed_ms == clock(now) - clock(started)


def test_before_the_start_the_end_moves_with_the_clock_once_the_time_is_past() -> None:
    desk = desk_with(*THREE)
    assert session_time(desk.state, clock("19:00")).over_ms == 0
    assert session_time(desk.state, clock("19:50")).over_ms == 20 * MINUTE


def test_a_rehearsal_on_another_evening_is_measured_from_its_own_start() -> None:
    desk = desk_with(*THREE, starts_at="2026-11-01T19:30")
    begin(desk, "21:00", "a?")
    found = session_time(desk.state, clock("21:15"))
    assert (found.planned_end, found.over_ms) == (clock("22:00"), 5 * MINUTE)


def test_without_length_or_boxes_no_end_is_planned() -> None:
    desk = desk_with(section("a"), planned_min=None)
    begin(desk, "19:30", "a?")
    assert session_time(desk.state, clock("19:40")).over_ms is None


def test_the_end_is_the_sum_of_the_boxes_where_no_length_is_planned() -> None:
    desk = desk_with(*THREE, planned_min=None)
    assert session_time(desk.state, clock("19:30")).planned_end == clock("20:30")


WITH_BREAK = (section("a", 20), section("pauze", 10, "break", until="20:10"), section("c", 20))


@pytest.mark.parametrize(
    ("now", "expected_end"),
    [
        ("19:40", "20:30"),
        ("19:58", "20:30"),  # eight minutes over: the break still ends at 20:10
        ("20:09", "20:30"),
        ("20:15", "20:35"),  # more than the break can give
    ],
)
def test_a_break_with_a_fixed_clock_time_absorbs_an_overrun(now: str, expected_end: str) -> None:
    desk = desk_with(*WITH_BREAK)
    begin(desk, "19:30", "a?")
    assert session_time(desk.state, clock(now)).expected_end == clock(expected_end)


def test_a_section_until_a_clock_time_counts_down_to_it_while_it_is_open() -> None:
    desk = desk_with(*WITH_BREAK)
    begin(desk, "19:30", "a?")
    desk.now = clock("20:02")
    desk.happen(f.ItemOpened("pauze"))
    row = desk.state.guide["pauze"]
    assert section_time(desk.state, row, clock("20:02")).left_ms == 8 * MINUTE
    assert section_time(desk.state, row, clock("20:09:30")).pace == "soon"
    late = section_time(desk.state, row, clock("20:12"))
    assert late.pace == "over"
    desk.happen(f.TimeAdded("pauze", 120))
    row = desk.state.guide["pauze"]
    assert section_time(desk.state, row, clock("20:09:30")).left_ms == round(2.5 * MINUTE)


@pytest.mark.parametrize(
    ("until", "expected"),
    [("23:30", "23:30"), ("00:15", "+0:15"), ("1:00", "+1:00"), ("25:99", None), ("noon", None), ("12", None)],
)
def test_until_is_the_time_nearest_to_the_session_also_past_midnight(until: str, expected: str | None) -> None:
    desk = desk_with(section("a", 10, until=until), starts_at="2026-12-03T22:30")
    begin(desk, "22:30", "a?")
    found = until_moment(desk.state, desk.state.guide["a"], clock("22:31"))
    assert found == (clock(expected) if expected else None)


def test_clock_times_are_those_of_the_sessions_own_zone() -> None:
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "Europe/Amsterdam", 60))
    guide = (section("a", 10, until="20:00"),)
    desk.read(Plan(guide=guide, starts_at="2026-12-03T19:30", planned_min=60))
    assert planned_start(desk.state) == clock("18:30")
    assert until_moment(desk.state, desk.state.guide["a"], clock("18:30")) == clock("19:00")
    assert local(desk.state, clock("18:30")).isoformat() == "2026-12-03T19:30:00"


def test_what_was_prepared_in_summer_time_is_shown_in_the_winter_time_in_which_it_was_held() -> None:
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "Europe/Amsterdam", 120))  # the offset of the day on which the file was made
    desk.read(Plan(guide=(section("a", 10, until="20:00"),), starts_at="2026-12-03T19:30", planned_min=60))
    assert planned_start(desk.state) == clock("18:30")
    assert local(desk.state, clock("18:30")).isoformat() == "2026-12-03T19:30:00"
    assert until_moment(desk.state, desk.state.guide["a"], clock("18:30")) == clock("19:00")
    for zone in ("Nowhere/Atlantis", "../../etc/passwd", "CET", ""):  # without a zone, the offset of the file
        unknown = desk.state.put([replace(desk.state.session, zone=zone)])
        assert local(unknown, clock("18:30")).isoformat() == "2026-12-03T20:30:00"


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-40", "9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_planned_start_that_is_no_time_is_none_or_far_away(text: str) -> None:
    desk = desk_with(*THREE, starts_at=text)
    begin(desk, "19:30", "a?")
    assert session_time(desk.state, clock("19:30")).expected_end == clock("20:30")


@pytest.mark.parametrize(
    ("planned_min", "left_s", "pace"),
    [
        (None, -500, "calm"),
        (30, 361, "calm"),
        (30, 360, "soon"),  # a fifth of its time
        (30, 0, "soon"),
        (30, -1, "over"),
        (2, 61, "calm"),
        (2, 60, "soon"),  # at least a minute
        (0, 0, "soon"),
        (0, -1, "over"),
    ],
)
def test_the_threshold_of_a_section(planned_min: float | None, left_s: int, pace: str) -> None:
    planned = None if planned_min is None else round(planned_min * MINUTE)
    assert pace_of(planned, (planned or 0) - left_s * 1000) == pace


@pytest.mark.parametrize(
    ("warn_s", "left_s", "pace"),
    [
        (600, 600, "soon"),
        (600, 601, "calm"),
        (30, 31, "calm"),  # less than the rule's minute, too
        (30, 30, "soon"),
        (0, 1, "calm"),
        (0, 0, "soon"),
        (0, -1, "over"),
    ],
)
def test_the_threshold_that_the_plan_gives_a_section(warn_s: int, left_s: int, pace: str) -> None:
    desk = desk_with(section("a", 30, warn_s=warn_s), section("b", 30))
    begin(desk, "19:30", "a?")
    now = clock("20:00") - left_s * 1000
    assert section_time(desk.state, desk.state.guide["a"], now).pace == pace
    assert section_time(desk.state, desk.state.guide["b"], now).pace == "calm"


def test_what_is_jumped_over_comes_yet_until_it_is_skipped_or_held() -> None:
    desk = desk_with(*THREE)
    begin(desk, "19:30", "c?")
    assert starts_of_sections(desk.state, clock("19:30")) == {"a": clock("19:50"), "b": clock("20:00")}
    desk.type("skip b")
    assert session_time(desk.state, clock("19:30")).expected_end == clock("20:00")
    desk.happen(f.ItemOpened("a?"))
    desk.now = clock("19:31")
    desk.happen(f.ItemOpened("c?"))
    assert session_time(desk.state, clock("19:31")).expected_end == clock("19:51")


def test_what_must_be_asked_comes_first_of_what_was_jumped_over() -> None:
    desk = desk_with(section("a", 10), section("b", 10), section("c", 10), section("d", 10))
    must = replace(desk.state.guide["b?"], must_ask=True)
    begin(desk, "19:30", "c?")
    starts = starts_of_sections(desk.state.put([must]), clock("19:30"))
    assert starts == {"b": clock("19:40"), "d": clock("19:50"), "a": clock("20:00")}


def test_a_section_left_early_comes_yet_while_a_question_that_must_be_asked_is_open_in_it() -> None:
    desk = desk_with(*THREE)
    guide = desk.state.guide
    more = replace(guide["b?"], id="b!", must_ask=True, number="2.2", position=guide["b?"].position)
    desk.history.state = desk.state.put([more])
    begin(desk, "19:30", "a?")
    for at, item in (("19:40", "b?"), ("19:48", "c?")):  # 8 of 30 minutes
        desk.now = clock(at)
        desk.happen(f.ItemOpened(item))
    assert session_time(desk.state, clock("19:49")).expected_end == clock("20:30")
    assert starts_of_sections(desk.state, clock("19:49")) == {"b": clock("20:08")}
    desk.type("asked 2.2")
    assert session_time(desk.state, clock("19:49")).expected_end == clock("20:08")
    desk.type("unask 2.2")
    told = say(sentence(desk.state, desk.type("skip b")))
    assert told == "Skipped:  b; to be asked, and now not: 2.2"
    assert session_time(desk.state, clock("19:49")).expected_end == clock("20:08")


def test_the_time_of_an_item_is_that_of_its_own_box_and_of_all_that_stands_below_it() -> None:
    desk = desk_with(section("a", 10), section("b", 30))
    below = GuideItem(id="cards", kind="activity", parent="a?", text="cards", planned_s=120)
    until = GuideItem(id="rooms", kind="breakout", parent="b", text="rooms", until="20:00")
    asked = GuideItem(id="a?", kind="question", parent="a", text="?", planned_s=300)
    guide = (section("a", 10), asked, below, section("b", 30), until)
    desk.read(Plan(guide=guide, starts_at="2026-12-03T19:30", planned_min=60))
    begin(desk, "19:30", "a?")
    desk.now = clock("19:33")
    desk.happen(f.ItemOpened("cards"))
    rows = desk.state.guide
    assert item_time(desk.state, rows["cards"], clock("19:34"))[:2] == (2 * MINUTE, MINUTE)
    assert item_time(desk.state, rows["a?"], clock("19:34")).left_ms == MINUTE
    assert item_time(desk.state, rows["a?"], clock("19:36")).pace == "over"
    assert item_time(desk.state, rows["rooms"], clock("19:36")).planned_ms is None
    desk.now = clock("19:50")
    desk.happen(f.ItemOpened("rooms"))
    assert item_time(desk.state, desk.state.guide["rooms"], clock("19:52")).left_ms == 8 * MINUTE


@pytest.mark.parametrize(
    ("sections", "end"),
    [
        ((section("a", 10), section("b", until="20:15"), section("c", 15)), "20:30"),
        ((section("a", 10), section("b", until="19:35"), section("c", 15)), "19:55"),  # it can't end before it begins
        ((section("a", until="20:00"),), "20:00"),
        ((section("a", 20), section("p", 10, "break", until="20:10")), "20:10"),
    ],
)
def test_the_planned_end_keeps_to_clock_times(sections: tuple[GuideItem, ...], end: str) -> None:
    desk = desk_with(*sections, planned_min=None)
    begin(desk, "19:30", "a?")
    assert session_time(desk.state, clock("19:30")).planned_end == clock(end)
    desk.type("time +5")
    assert session_time(desk.state, clock("19:30")).planned_end == clock(end)


def test_plan_given_and_actual_are_told_apart() -> None:
    desk = desk_with(section("a"), section("b", 2))
    begin(desk, "19:30", "a?")
    desk.type("time +5")
    desk.now += MINUTE + 400
    desk.happen(f.ItemOpened("b?"))
    desk.type("time -5")
    desk.now += MINUTE + 700
    first, second = plan_and_actual(desk.state, desk.now)
    assert first[1:4] == (None, 300, 60)
    assert first.over_s is None
    assert (second[1:4], second.over_s) == ((120, -120, 61), -59)


def test_what_was_held_and_left_the_plan_stays_and_so_does_what_stands_in_no_section() -> None:
    desk = desk_with(*THREE)
    begin(desk, "19:30", "a?")
    desk.now = clock("19:35")
    desk.happen(f.ItemOpened("b?"))
    desk.now = clock("19:36")
    apart_item = GuideItem(id="x", kind="breakout", text="x", planned_s=60)
    desk.read(Plan(guide=(section("b", 30), apart_item), starts_at="2026-12-03T19:30"))
    desk.happen(f.ItemOpened("x"))
    found = {one.section.id: one.spent_s for one in plan_and_actual(desk.state, clock("19:40"))}
    assert found == {"a": 300, "b": 60, "x": 240}


def test_a_pause_stops_the_guide_and_not_the_session() -> None:
    desk = desk_with(*THREE)
    begin(desk, "19:30", "a?")
    desk.now = clock("19:34")
    desk.type("pause")
    row = desk.state.guide["a"]
    assert section_time(desk.state, row, clock("19:50")).spent_ms == 4 * MINUTE
    assert elapsed_ms(desk.state, clock("19:50")) == 20 * MINUTE
    assert session_time(desk.state, clock("19:50")).over_ms == 16 * MINUTE
    desk.now = clock("19:44")
    desk.type("resume")
    assert section_time(desk.state, row, clock("19:46")).spent_ms == 6 * MINUTE
    desk.now = clock("19:46")
    desk.happen(f.ItemOpened("b?"))
    [visit, _] = desk.state.visits.values()
    assert (visit.duration_s, visit.paused_s) == (960, 600)
    assert item_ms(desk.state, "a?", clock("20:00")) == 6 * MINUTE


def test_going_on_while_paused_resumes_and_counts_the_pause_once() -> None:
    desk = desk_with(*THREE)
    begin(desk, "19:30", "a?")
    desk.now = clock("19:32")
    desk.type("pause")
    desk.now = clock("19:37")
    desk.type("next")
    assert desk.state.open_pause is None
    assert spent_by_section(desk.state, clock("19:40")) == {"a": 2 * MINUTE, "b": 3 * MINUTE}


def test_time_spent_on_a_section_is_that_of_all_visits_to_what_stands_in_it() -> None:
    desk = desk_with(*THREE)
    begin(desk, "19:30", "a?")
    for at, item in (("19:33", "b?"), ("19:35", "a?"), ("19:41", "b?")):
        desk.now = clock(at)
        desk.happen(f.ItemOpened(item))
    assert spent_by_section(desk.state, clock("19:45")) == {"a": 9 * MINUTE, "b": 6 * MINUTE}
    assert len(desk.state.visits) == 4


def test_a_skipped_section_gives_its_time_back_and_takes_it_again() -> None:
    desk = desk_with(*THREE)
    begin(desk, "19:30", "a?")
    desk.type("skip b")
    assert session_time(desk.state, clock("19:30")).over_ms == -30 * MINUTE
    assert following(desk.state, "a?") == desk.state.guide["c?"]
    assert "b" not in starts_of_sections(desk.state, clock("19:30"))
    desk.type("unskip b")
    assert session_time(desk.state, clock("19:30")).over_ms == 0


def test_minutes_given_to_a_section_come_later_to_the_next() -> None:
    desk = desk_with(*THREE)
    begin(desk, "19:30", "a?")
    desk.type("time +5")
    starts = starts_of_sections(desk.state, clock("19:30"))
    assert starts == {"b": clock("19:45"), "c": clock("20:15")}
    desk.type("time -15")
    assert planned_ms(desk.state.guide["a"]) == 0


def test_after_the_end_nothing_moves_any_more() -> None:
    desk = desk_with(*THREE)
    begin(desk, "19:30", "a?")
    desk.now = clock("20:12")
    desk.type("end")
    found = session_time(desk.state, clock("23:00"))
    assert (found.elapsed_ms, found.over_ms) == (42 * MINUTE, -18 * MINUTE)


def test_a_clock_that_went_back_never_counts_below_zero() -> None:
    desk = desk_with(*THREE)
    begin(desk, "19:30", "a?")
    early = clock("19:00")
    assert elapsed_ms(desk.state, early) == 0
    assert section_time(desk.state, desk.state.guide["a"], early).spent_ms == 0


def test_parents_that_go_round_in_a_circle_end_somewhere() -> None:
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    one = GuideItem(id="a", parent="b", kind="question", text="?")
    desk.read(Plan(guide=(one, msgspec.structs.replace(one, id="b", parent="a"))))
    assert section_of(desk.state, "a") is not None


def test_next_stops_at_questions_breaks_and_sections_that_begin_with_something_else() -> None:
    desk = Desk()
    assert [row.id for row in openable(desk.state)] == [
        "wie", "laatste", "cijfer", "pauze", "slot", "vergeten",
    ]  # fmt: skip
    assert preceding(desk.state, "laatste") == desk.state.guide["wie"]
    assert preceding(desk.state, "wie") is None
    assert following(desk.state, "vergeten") is None
    assert clock("19:30") == START_MS
