"""A figure says the same in every place of a report: who spoke most, what was silence, and how a half is rounded."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acting import act
from kring.domain.measures.surveys import Nps
from kring.domain.measures.talk import interruptions
from kring.domain.measures.talk_time import voices, when_quiet
from kring.domain.stretches import shared_ms
from kring.domain.text import whole
from kring.domain.time_text import as_length
from kring.exports.tables.stored import tables_of
from kring.privacy.snapshot import read
from kring.report.content import report_of
from kring.report.markdown import text
from kring.report.parts import Report, Table, leaves
from kring.session.session import Session
from kring.session.summary import guide, talkers
from kring.system.clock import SimulatedClock
from kring.system.i18n import decimal, percent
from kring.system.sqlite import sqlite3
from kring.ui.review.charts import quiet, share
from kring.ui.widgets.line import Line

Begin = Callable[..., Session]


def told(session: Session, clock: SimulatedClock, *lines: str) -> str:
    """The report of an evening; `wait` and a number of seconds lets time pass."""
    for line in ("consent all yes", "start anyway", *lines, "end"):
        word, _blank, seconds = line.partition(" ")
        if word == "wait":
            clock.advance(round(float(seconds) * 1000))
        else:
            act(session, line)
    session.close()
    return text(report_of(read(session.store.path)))


def test_of_two_who_spoke_as_long_none_is_said_to_be_the_first(make_session: Begin, clock: SimulatedClock) -> None:
    turns = ("floor 1", "wait 60", "floor 2", "wait 60", "floor 3", "wait 30", "floor nobody")
    page = told(make_session(), clock, "attend 1,2,3 present", *turns)
    assert "Of the 2:30 that participants spoke, P1 and P2 (1:00) took the most and P3 (0:30) the least." in page
    assert "from P1" not in page
    assert "from P2" not in page


def test_many_who_spoke_as_short_are_counted(make_session: Begin, clock: SimulatedClock) -> None:
    page = told(make_session(), clock, "attend all present", "floor 1", "wait 60", "floor nobody")
    assert "P1 (1:00) took the most and 7 participants (0:00) the least." in page


def test_silence_in_a_break_and_a_pause_is_none_in_any_table(make_session: Begin, clock: SimulatedClock) -> None:
    session = make_session()
    lines = ("attend 1,2 present", "floor 1", "wait 60", "pause", "floor nobody", "wait 120", "resume", "wait 30")
    page = told(session, clock, *lines, "floor 2", "wait 30")
    assert "| silence | 1 | 0:30 | 25 % |" in page
    assert "silence: 1 time, 0:30" in page
    assert "1 silence of five seconds or longer, 0:30 in all." in page


def test_what_is_quiet_is_never_within_what_interrupts_the_talk(make_session: Begin, clock: SimulatedClock) -> None:
    session = make_session()
    for line in ("start anyway", "floor nobody", "pause", "resume", "room 1 2,3", "rooms back", "floor nobody"):
        clock.advance(20_000)
        act(session, line)
    quiet, apart = when_quiet(session.state, session.now()), interruptions(session.state, session.now())
    assert quiet
    assert sum(shared_ms(one, other) for one in quiet for other in apart) == 0


def rows_of(report: Report, caption: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the first table with a title."""
    return next(one for one in leaves(report.sections) if isinstance(one, Table) and one.caption == caption).rows


def drawn(lines: list[Line]) -> str:
    """What lines of the screen say."""
    return "\n".join("".join(text for text, _look in one) for one in lines)


def test_a_length_is_the_same_in_report_and_review_and_line_mode_and_tables_and_views(
    make_session: Begin, clock: SimulatedClock
) -> None:
    session = make_session()
    turns = ("floor 1", "wait 219.96", "floor 2", "wait 60.82", "floor nobody", "wait 33.74", "floor moderator")
    page = told(session, clock, "attend 1,2,3 present", "next", *turns, "wait 9.61", "next", "wait 7.5")
    snapshot = read(session.store.path)
    state, now, report = snapshot.state, snapshot.now, report_of(snapshot)
    heard = {voice.person.id: voice for voice in voices(state, now)}
    assert [as_length(heard[code].spoken_ms) for code in ("P1", "P2")] == ["3:40", "1:01"]

    tables = {one.name: [dict(zip(one.columns, row, strict=True)) for row in one.rows] for one in tables_of(snapshot)}
    with sqlite3.connect(f"file:{session.store.path}?mode=ro", uri=True) as reader:
        views = {row[0]: row[1:] for row in reader.execute(
            "select participant, talk_s, present_s, fair_share_s from talk_time")}  # fmt: skip
    bars, typed = drawn(share(state, now, 100)), talkers(state, now)
    printed = {row[0]: row for row in rows_of(report, "Talk time by participant")}
    for row in tables["talk_time"]:
        lengths = (row["talk_s"], row["present_s"], row["fair_share_s"])
        assert lengths == views[row["participant"]]
        talk, present, fair = (as_length(1000 * seconds) for seconds in lengths)
        if row["participant"] in printed:
            _code, _turns, *others = printed[row["participant"]]
            assert (others[0], others[2], others[3]) == (talk, present, fair)
        if row["talk_s"]:
            assert f" {talk} " in bars
            assert f" {talk} " in typed

    (silent,) = [row for row in tables["silences"] if row["duration_s"] >= 5]
    assert silent["duration_s"] == 33.74
    assert "1 silence of five seconds or longer, 0:34 in all. The longest" in page
    assert "longest 0:34 at 0:04:40" in drawn(quiet(state, now, 100))  # at 280.78 s: a moment is cut off
    assert "lasted 0:34, at 4:40 on the session's clock." in page

    *sections, _together = [row for row in rows_of(report, "Planned and actual time") if not row[0].startswith("of")]
    for printed_row, row in zip(sections, tables["plan_and_actual"], strict=True):
        assert printed_row[3] == as_length(1000 * row["spent_s"])
        assert f"{as_length(1000 * row['spent_s'])}" in guide(state, now)


@pytest.mark.parametrize(("value", "places", "told"), [(0.125, 2, "0.13"), (2.25, 1, "2.3"), (-2.25, 1, "−2.3"),
    (1.245, 2, "1.25"), (-0.04, 1, "0.0"), (0.5, 0, "1")])  # fmt: skip
def test_decimals_are_rounded_as_in_the_views(value: float, places: int, told: str) -> None:
    (rounded,) = sqlite3.connect(":memory:").execute("select round(?, ?)", (value, places)).fetchone()
    assert decimal(value, places) == told
    assert float(told.replace("−", "-")) == rounded


@pytest.mark.parametrize(("promoters", "detractors", "score"), [(13, 12, 3), (12, 13, -3), (14, 9, 13), (1, 0, 3)])
def test_an_nps_is_rounded_with_a_half_away_from_zero(promoters: int, detractors: int, score: int) -> None:
    assert Nps(promoters, 40 - promoters - detractors, detractors).score == score


@pytest.mark.parametrize(("value", "rounded"), [(0.5, 1), (1.5, 2), (2.5, 3), (36.5, 37), (-3.5, -4), (-0.4, 0)])
def test_a_half_goes_away_from_zero(value: float, rounded: int) -> None:
    assert whole(value) == rounded


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_share_is_rounded_as_in_the_views(part: int, of: int) -> None:
    (rounded,) = sqlite3.connect(":memory:").execute("select round(100.0 * ? / ?)", (part, of)).fetchone()
    exact = int(Fraction(100 * part, of) + Fraction(1, 2))
    assert percent(part / of) == f"{exact} %"
    assert int(rounded) == exact
