"""The proposal for the time to come: an evening by hand, and the laws that hold on any."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.decide.group import pacing as verbs
from kring.domain.measures.briefing import briefing
from kring.domain.measures.group.pacing import Pins, Proposal, is_due, proposal
from kring.domain.measures.group.time_to_come import time_to_come
from kring.domain.measures.session_time import session_time
from kring.domain.plan import GuideItem, Plan
from kring.domain.text import Refused
from kring.domain.words import why_paced

MINUTE = 60_000


def section(number: int, minutes: float | None, **more: Any) -> GuideItem:
    planned = None if minutes is None else round(minutes * 60)
    known = {"kind": "section", "text": f"section {number}", "planned_s": planned} | more
    return GuideItem(id=f"s{number}", number=str(number), **known)


def question(number: str, minutes: float | None = None, **more: Any) -> GuideItem:
    planned = None if minutes is None else round(minutes * 60)
    parent = f"s{number.partition('.')[0]}"
    known = {"kind": "question", "text": f"question {number}", "planned_s": planned, "parent": parent} | more
    return GuideItem(id=f"q{number}", number=number, **known)


def evening(*guide: GuideItem, planned_min: int | None = 90) -> Desk:
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    desk.read(Plan(guide=guide, starts_at="2026-12-03T19:30", planned_min=planned_min))
    desk.happen(f.SessionStarted())
    return desk


CORE = (
    section(1, 40),
    question("1.1"),
    section(4, 20),
    question("4.1", 8, question_kind="key"),
    question("4.2", 6),
    question("4.3", 6, must_ask=True),
    section(5, 10, kind="break"),
    section(6, 12),
    question("6.1", 5),
    question("6.2", 5),
    GuideItem(id="cards", parent="s6", kind="activity", text="cards", planned_s=120, number="6.3"),
    section(7, 8),
    question("7.1", 4, must_ask=True),
    question("7.2", 4, question_kind="ending"),
)


def late(minutes: float, seconds: int = 0) -> Desk:
    desk = evening(*CORE)
    desk.happen(f.ItemOpened("q1.1"))
    desk.wait(40 * 60 + minutes * 60 + seconds)
    desk.happen(f.ItemOpened("q4.1"))
    return desk


def told(found: Proposal) -> dict[str, str]:
    return {
        one.line.item.number: "skip" if one.becomes_s is None else f"{one.becomes_s // 60}:{one.becomes_s % 60:02}"
        for one in found.changed
    }


def of(desk: Desk, pins: Pins | None = None) -> Proposal:
    found = proposal(desk.state, desk.now, pins)
    assert found is not None
    return found


def test_an_evening_that_runs_late_gives_minutes_and_keeps_what_is_protected() -> None:
    desk = late(6, 10)
    found = of(desk)
    assert (found.over_s, found.still_over_s) == (370, 0)
    assert told(found) == {"4.2": "3:50", "6.1": "4:00", "6.2": "3:00", "6.3": "1:00"}
    guards = [one.line.guard for one in found.lines]
    assert guards == ["key", "", "must_ask", "break", "", "", "", "must_ask", "ending"]


@pytest.mark.parametrize(
    ("minutes", "becomes", "still_over_s"),
    [
        (0.5, {}, 30),  # not worth a proposal
        (8, {"4.2": "3:00", "6.1": "3:00", "6.2": "3:00", "6.3": "1:00"}, 0),
        (9, {"4.2": "3:00", "6.1": "3:00", "6.2": "3:00", "6.3": "skip"}, 0),
        (12, {"4.2": "3:00", "6.1": "3:00", "6.2": "skip", "6.3": "skip"}, 0),
        (18, {"4.2": "skip", "6.1": "skip", "6.2": "skip", "6.3": "skip"}, 0),
        (25, {"4.2": "skip", "6.1": "skip", "6.2": "skip", "6.3": "skip"}, 7 * 60),
    ],
)
def test_first_shorter_then_the_last_that_may_go_and_never_what_is_protected(
    minutes: float, becomes: dict[str, str], still_over_s: int
) -> None:
    found = of(late(minutes))
    assert (told(found), found.still_over_s) == (becomes, still_over_s)


def test_a_question_without_minutes_gets_a_share_of_its_section_and_keeps_what_was_decided() -> None:
    desk = evening(section(1, 30), question("1.1"), section(2, 18), question("2.1", question_kind="key"),
                   question("2.2"), question("2.3"), section(3, 42), planned_min=90)  # fmt: skip
    desk.happen(f.ItemOpened("q1.1"))
    desk.wait(34 * 60)
    assert [one.left_s for one in time_to_come(desk.state, desk.now)][1:4] == [360, 360, 360]
    desk.type("pace accept 2.2 4, 2.3 skip, 3 42")
    lines = {one.item.number: one.left_s for one in time_to_come(desk.state, desk.now)}
    assert (lines["2.1"], lines["2.2"]) == (600, 240)  # who is not protected gives, the key question gets the rest
    desk.type("undo")
    assert [one.left_s for one in time_to_come(desk.state, desk.now)][1:4] == [360, 360, 360]
    assert desk.state.guide["q2.3"].skipped_at is None


def test_a_clock_time_takes_up_what_is_before_it_and_is_not_moved() -> None:
    desk = evening(section(1, 20), question("1.1"), section(2, 20), question("2.1"),
                   section(3, 10, kind="break", until="20:30"), section(4, 30), question("4.1"))  # fmt: skip
    desk.happen(f.ItemOpened("q1.1"))
    desk.wait(25 * 60)
    assert not of(desk).changed  # five minutes late, and the break gives them
    desk.wait(18 * 60)
    desk.happen(f.ItemOpened("q2.1"))
    desk.wait(20 * 60)
    found = of(desk)
    assert found.over_s == 3 * 60
    assert told(found) == {"4.1": "27:00"}


def test_time_over_brings_back_what_was_skipped_and_goes_to_key_questions() -> None:
    desk = late(-12)
    desk.type("skip 6.3")
    assert told(of(desk)) == {"4.1": "20:00", "6.3": "2:00", "6": "0:00"}  # its section had kept its minutes
    desk = late(12)
    desk.type("pace accept")
    desk.happen(f.ItemOpened("q6.1"))
    desk.wait(60)
    assert of(desk).over_s < -180
    assert "6.2" in told(of(desk))
    desk.type("pace accept")
    assert desk.state.guide["q6.2"].skipped_at is None
    assert abs(session_time(desk.state, desk.now).over_ms or 0) < 2_000


def test_what_is_chosen_by_hand_stays_and_the_rest_is_worked_out_around_it() -> None:
    desk = late(6, 10)
    found = of(desk, {"q4.2": 360})
    assert (told(found), found.still_over_s) == ({"6.1": "3:50", "6.2": "skip"}, 0)
    found = of(desk, {"q6.1": 300, "cards": None})
    assert (told(found), found.still_over_s) == ({"4.2": "3:50", "6.2": "3:00", "6.3": "skip"}, 0)


def test_each_line_says_why_and_only_what_is_so() -> None:
    guide = [replace(one, planned_low_s=300) if one.id == "q4.1" else one for one in CORE]
    desk = evening(*guide)
    desk.happen(f.ItemOpened("q1.1"))
    desk.wait(66 * 60)
    desk.happen(f.ItemOpened("q4.1"))
    reasons = {one.line.item.number: str(why_paced(one)) for one in of(desk, {"q6.1": 240}).lines}
    assert reasons["4.1"] == "at least 5:00"  # its range gives it, so it is not said to be protected
    assert reasons["4.2"] == "shortening is not enough"
    assert reasons["4.3"] == "protected: must be asked"
    assert reasons["6.1"] == "by hand"
    assert reasons["7.2"] == "protected: ending"


def test_a_decision_is_logged_with_who_and_how_it_was_and_would_be() -> None:
    desk = late(6, 10)
    desk.type("pace decline", "Ria")
    rows = list(desk.state.pacing.values())
    assert [(row.item, row.before_s, row.after_s, row.accepted, row.decided_by) for row in rows] == [
        ("q4.2", 360, 230, False, "Ria"),
        ("q6.1", 300, 240, False, "Ria"),
        ("q6.2", 300, 180, False, "Ria"),
        ("cards", 120, 60, False, "Ria"),
    ]
    assert not is_due(desk.state, desk.now)
    desk.wait(4 * 60)
    assert not is_due(desk.state, desk.now)  # within the time of the question nothing gets later
    desk.wait(19 * 60)
    assert is_due(desk.state, desk.now)
    with pytest.raises(Refused, match="fits the plan"):
        evening(*CORE).type("pace accept")


@pytest.mark.parametrize(
    ("opened", "to_come", "so_far"),
    [
        (("q1.1", 3), ["4.1", "4.2", "4.3"], False),  # opened and left at once: neither to come nor talked about
        (("q1.1", 300), ["4.1", "4.2", "4.3"], True),
        ((), ["4.1", "4.2", "4.3", "1.1"], False),  # jumped over
    ],
)
def test_what_was_opened_and_left_is_not_to_come(opened: Any, to_come: list[str], so_far: bool) -> None:
    guide = [one for one in CORE if one.id.startswith(("s1", "q1", "s4", "q4"))]
    desk = evening(*guide)
    if opened:
        desk.happen(f.ItemOpened(opened[0]))
        desk.wait(opened[1])
    desk.happen(f.ItemOpened("q4.1"))
    assert [one.item.number for one in time_to_come(desk.state, desk.now)] == to_come
    told = [str(one) for one in briefing(desk.state, desk.now).chat]
    assert any("So far" in text for text in told) == so_far


@pytest.mark.parametrize("seconds", [3, 300])
def test_a_section_that_was_left_comes_yet_while_it_holds_what_must_be_asked(seconds: int) -> None:
    desk = evening(section(1, 10), question("1.1"), question("1.2", must_ask=True), section(2, 10), question("2.1"))
    desk.happen(f.ItemOpened("q1.1"))
    desk.wait(seconds)
    desk.happen(f.ItemOpened("q2.1"))
    assert "1.2" in [one.item.number for one in time_to_come(desk.state, desk.now)]


def test_what_ends_at_a_fixed_time_gets_what_is_left_before_it_and_counts_once() -> None:
    desk = evening(section(1, 20), question("1.1"), section(2, 30), question("2.1", 15), question("2.2", 15),
                   section(3, 10, kind="break", until="20:30"), section(4, 30), question("4.1"))  # fmt: skip
    desk.happen(f.ItemOpened("q1.1"))
    desk.wait(25 * 60)
    lengths = {one.item.number: one.left_s // 60 for one in time_to_come(desk.state, desk.now)}
    assert lengths == {"1.1": 0, "2.1": 15, "2.2": 15, "3": 5, "4.1": 30}
    assert of(desk).end_s == sum(one.now_s for one in of(desk).lines) == 65 * 60
    found = of(desk, {"q2.1": 10 * 60})
    assert {one.line.item.number: (one.becomes_s or 0) // 60 for one in found.lines}["3"] == 10
    assert found.becomes_s == 65 * 60
    assert told(found) == {"2.1": "10:00"}  # nobody decides on the break
    desk.wait(20 * 60)
    desk.happen(f.ItemOpened("q2.1"))
    desk.wait(30 * 60)  # past the end of the break, which is still to come
    assert next(one for one in of(desk).lines if one.line.item.id == "s3").is_shown


def test_what_was_asked_and_skipped_then_does_not_come_back() -> None:
    desk = evening(section(1, 10), question("1.1", 5), question("1.2", 5, question_kind="key"), section(2, 10),
                   question("2.1"), planned_min=40)  # fmt: skip
    for line, seconds in (("go 1.1", 3), ("go 1.2", 60), ("go 1.1", 60), ("skip 1.2", 1), ("go 2.1", 1)):
        desk.type(line)
        desk.wait(seconds)
    assert [one.line.item.number for one in of(desk).lines] == ["2.1"]


def test_no_more_minutes_are_taken_than_there_are() -> None:
    desk = evening(section(1, 5), question("1.1"), section(2, 10), question("2.1"))
    desk.type("go 1.1")
    desk.type("time -9")
    assert desk.state.guide["s1"].added_s == -5 * 60
    with pytest.raises(Refused, match="no minutes"):
        desk.type("time -1")
    desk.type("time +2")
    assert time_to_come(desk.state, desk.now)[0].left_s == 120


MARKS: tuple[dict[str, Any], ...] = (
    {}, {}, {"question_kind": "key"}, {"must_ask": True}, {"question_kind": "ending"},
)  # fmt: skip
COURSE = ("next", "next", "next", "skip", "back", "time +3", "time -2", "pause", "resume", "pace accept")


@st.composite
def evenings(draw: st.DrawFn) -> Desk:
    """Return an evening somewhere in its course, with any boxes, ranges, kinds and clock times."""
    guide: list[GuideItem] = []
    minutes = st.one_of(st.none(), st.integers(1, 15))
    total = 0
    for number in range(1, draw(st.integers(2, 5)) + 1):
        length = draw(st.integers(3, 30))
        total += length
        is_break = draw(st.integers(0, 5)) == 0
        low = draw(st.sampled_from((None, length * 30)))
        until = draw(st.sampled_from((None,) * 8 + ("19:50", "20:10", "20:40")))
        kind = "break" if is_break else "section"
        guide.append(section(number, length, kind=kind, planned_low_s=low, until=until))
        for place in range(0 if is_break else draw(st.integers(0, 4))):
            kind = draw(st.sampled_from(("question",) * 5 + ("activity", "breakout")))
            guide.append(question(f"{number}.{place + 1}", draw(minutes), kind=kind, **draw(st.sampled_from(MARKS))))
    desk = evening(*guide, planned_min=draw(st.integers(max(10, total - 20), total + 20)))
    lines = [f"{word} {item.number}" for item in guide for word in ("go", "go", "skip", "unskip", "asked")]
    for _ in range(draw(st.integers(1, 8))):
        desk.try_to_type(draw(st.one_of(st.sampled_from(COURSE), st.sampled_from(lines))))
        desk.wait(draw(st.integers(1, 900)))
    return desk


@given(evenings())
def test_the_laws_of_a_proposal(desk: Desk) -> None:
    state, now = desk.state, desk.now
    found = proposal(state, now)
    if found is None:
        return
    assert found == proposal(state, now)
    note(str([(one.line.item.id, one.now_s, one.line.least_s, one.becomes_s, one.line.guard) for one in found.lines]))
    over_ms = session_time(state, now).over_ms or 0
    assert abs(found.over_s * 1000 - over_ms) <= 1000 * len(found.lines)
    assert abs((found.ends_at - now) - found.end_s * 1000) <= 1000 * len(found.lines)
    for one in found.lines:
        if one.line.guard:
            assert one.becomes_s is not None or one.line.is_skipped
            assert one.becomes_s is None or one.becomes_s >= min(one.line.least_s, one.now_s)
        if one.becomes_s is not None:
            assert one.becomes_s >= min(one.line.least_s, one.now_s) or one.line.is_rest
    if not found.changed:
        return
    if found.still_over_s > 0 and not any(one.line.until_s for one in found.lines):  # all that may go is gone
        assert all(
            one.becomes_s is None or one.line.guard or one.becomes_s <= one.line.least_s or one.by_s == 0
            for one in found.lines
        )
    for fact in verbs.accept(state, now):
        desk.happen(fact)
    over_after_ms = session_time(desk.state, now).over_ms or 0
    assert abs(over_after_ms - found.still_over_s * 1000) <= 1000 * len(found.lines)
    again = proposal(desk.state, now)
    assert again is not None
    assert not again.changed, [(one.line.item.id, one.now_s, one.becomes_s) for one in again.changed]
    lengths = {one.line.item.id: one.becomes_s for one in found.lines}
    after = {one.line.item.id: one.now_s for one in again.lines if not one.line.is_rest and not one.line.is_skipped}
    assert {key: length for key, length in after.items() if lengths[key] != length} == {}
