"""The clock of another time zone is told by evidence of that size, and said; else times stay and are counted aloud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.local_time import EPOCH
from kring.domain.rows import Moment
from kring.domain.state import State
from kring.imports import recognise
from kring.imports.brought import brought
from kring.imports.clocks import Proposal, propose
from kring.imports.names import match_names, people_of
from kring.imports.parsed import Answer, Clock, Message, Parsed, Stay
from kring.imports.placing import placed
from kring.imports.source import Evening, Source
from kring.session.intake_remarks import Known, Wishes, asks, warnings

MINUTE, HOUR = 60_000, 3_600_000
BEGAN = "2026-12-03T19:30"
NAMES = ("Anna", "Bert", "Cor", "Dora")


def utc(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


START = utc(BEGAN) - HOUR  # in Amsterdam, in winter


def wall(minute: float, hours: float = 0) -> int:
    """A time on the wall so many minutes after the session began, on a clock that is some hours ahead."""
    at = datetime.fromisoformat(BEGAN) + timedelta(minutes=minute, hours=hours)
    return round((at - EPOCH) / timedelta(milliseconds=1))


def evening(lasts_min: int = 90, came: Sequence[float] = (), *rows: r.Row) -> State:
    """A session from half past seven in Amsterdam, to which people came in some minutes after its begin, by the log."""
    desk = Desk(begun=False, started=False)
    desk.now = START
    desk.happen(f.SessionCreated("s", "Europe/Amsterdam", 60))
    desk.happen(f.SessionStarted())
    desk.wait(lasts_min * 60)
    desk.happen(f.SessionEnded())
    people = [r.ParticipantRow(id=f"P{seat}", name=name, seat=seat) for seat, name in enumerate(NAMES, 1)]
    logged = [
        r.AttendanceRow(
            id=f"a{seat}", participant=f"P{seat}", status="present", started_at=Moment(START + round(at * MINUTE))
        )
        for seat, at in enumerate(came, 1)
    ]
    return desk.state.put([*people, *logged, *rows])


def proposed(state: State, parsed: Parsed) -> Proposal:
    names = [stay.person for stay in parsed.stays] + [one.author for one in parsed.messages]
    return propose(state, parsed, match_names(dict.fromkeys(names, 1), people_of(state)))


def remarks(state: State, parsed: Parsed) -> tuple[list[str], str]:
    offset = proposed(state, parsed).offset
    assert offset is not None
    place = placed(state, parsed, offset.ms)
    found = brought(state, parsed, {}, place)
    times = [at for fact in found.facts if (at := getattr(fact[1], "at_ms", None)) is not None]
    known = Known(
        state, Source("chat.txt", b""), parsed, Wishes(keep_file=False), (), offset, found,
        (min(times), max(times)), False, 0,
    )  # fmt: skip
    asked = asks(known)
    return [str(one) for one in warnings(known)], "" if asked is None else str(asked)


def chat(minutes: Sequence[float], hours: float = 0, clock: Clock = Clock.WALL) -> Parsed:
    midnight = 0 if clock is Clock.WALL else wall(0) // (24 * HOUR) * 24 * HOUR
    said = (
        Message(line=n, at_ms=wall(at, hours) - midnight, author="Anna", text=f"bericht nummer {n}")
        for n, at in enumerate(minutes, 1)
    )
    return Parsed(format="zoom-chat", clock=clock, messages=tuple(said))


def attendance(joined: Sequence[float], left: Sequence[float | None], hours: float = 0) -> Parsed:
    stays = (
        Stay(line=n, person=who, joined_ms=wall(join, hours), left_ms=None if leave is None else wall(leave, hours))
        for n, (who, join, leave) in enumerate(zip(NAMES, joined, left, strict=True), 1)
    )
    return Parsed(format="zoom-participants", clock=Clock.WALL, stays=tuple(stays))


CAME = (-4, -3, -2, 1)
MOVED = "The times of this file look like those of another time zone ({}) and are moved: look whether they fit."


@pytest.mark.parametrize(
    ("hours", "said"), [(1, "+1:00:00"), (-1, "−1:00:00"), (-2, "−2:00:00"), (2, "+2:00:00"), (-6, "−6:00:00")]
)
def test_who_came_in_tells_a_clock_that_still_overlaps_the_evening(hours: int, said: str) -> None:
    parsed = attendance([one - 1 for one in CAME], [90, 91, 92, 60], hours)
    for came in (CAME, (-2, -2, -2, -2)):  # one by one, or all at once
        found = proposed(evening(90, came), parsed)
        assert found.offset is not None
        assert found.offset.ms == -hours * HOUR
        assert [str(one) for one in found.doubts] == [MOVED.format(said)]


def test_without_a_log_the_hours_of_a_list_tell_it() -> None:
    for hours in (1, -1, 2, -9, 7):
        found = proposed(evening(), attendance([-9, -3, -2, 1], [90, 91, 92, 60], hours))
        assert found.offset is not None
        assert found.offset.ms == -hours * HOUR


def test_who_came_in_an_hour_early_is_of_no_other_zone() -> None:
    parsed = attendance([-64, -63, -62, -61], [90, 91, 92, 90])
    found = proposed(evening(90, CAME), parsed)
    assert found.offset is not None
    assert found.offset.ms == 0


@pytest.mark.parametrize("clock", [Clock.WALL, Clock.TIME_OF_DAY])
@pytest.mark.parametrize("hours", [1, -1, -9, 3])
def test_the_hours_of_a_chat_tell_it_where_one_zone_alone_fits(hours: int, clock: Clock) -> None:
    found = proposed(evening(), chat([2, 20, 40, 60, 80], hours, clock))
    assert found.offset is not None
    assert found.offset.ms == -hours * HOUR
    assert len(found.doubts) == 1


def test_what_was_typed_in_the_log_tells_it() -> None:
    typed = r.NoteRow(
        id="n", kind="chat", text="bericht nummer 2", at=Moment(START + 21 * MINUTE), written_at=Moment(START)
    )
    found = proposed(evening(90, (), typed), chat([2, 20, 40, 60], 0.0).model_copy())
    assert found.offset is not None
    assert found.offset.ms == 0
    found = proposed(evening(90, (), typed), chat([2, 20, 28], 1))
    assert found.offset is not None
    assert found.offset.ms == -HOUR


@pytest.mark.parametrize("minutes", [[95, 95, 96, 96], [100], [94, 95, 95, 110, 115], [101, 103]])
def test_where_several_zones_fit_or_little_tells_nothing_is_moved(minutes: list[float]) -> None:
    answers = (
        Answer(line=n, question="Cijfer?", answers=("8",), person="Anna", at_ms=wall(at))
        for n, at in enumerate(minutes, 1)
    )
    parsed = Parsed(format="zoom-poll", clock=Clock.WALL, answers=tuple(answers))
    for one in (parsed, chat(minutes)):
        found = proposed(evening(), one)
        assert found.offset is not None
        assert (found.offset.ms, found.doubts) == (0, ())


def test_a_poll_after_the_end_is_never_moved() -> None:
    times = [91, 92, 100, 130, 140, 160]
    answers = (Answer(line=n, question="Cijfer?", answers=("8",), at_ms=wall(at)) for n, at in enumerate(times, 1))
    found = proposed(evening(), Parsed(format="zoom-poll", clock=Clock.WALL, answers=tuple(answers)))
    assert found.offset is not None
    assert found.offset.ms == 0


def test_lines_outside_of_the_session_are_counted() -> None:
    told, asked = remarks(evening(), chat([-70, 10, 20, 30, 40, 50, 60, 70, 80, 91.5, 200]))
    assert asked == ""
    assert "Lines from more than an hour before the session: 1. Look at the clock." in told
    assert "Lines from after the end of the session, 21:00:00: 2. Look at the clock." in told


def test_a_file_that_is_all_outside_is_told_with_its_times() -> None:
    told, _asked = remarks(evening(), chat([91, 150, 200]))
    assert (
        "These times, 21:01:00 – 22:50:00, are not those of the session, begun at 19:30:00; look at the clock." in told
    )


@pytest.mark.parametrize("days", [-1, 1, -7, 30])
def test_a_file_of_another_day_is_named_as_such(days: int) -> None:
    _told, asked = remarks(evening(), chat([2, 20, 40, 60, 80], 24 * days))
    day = date(2026, 12, 3) + timedelta(days=days)
    assert asked == (
        f"chat.txt is of {day}, the session of 2026-12-03; if it is right all the same, move it with --offset."
    )


def test_the_morning_after_is_another_day_too() -> None:
    _told, asked = remarks(evening(), chat([2, 20, 40, 60], 13.5))
    assert asked.startswith("chat.txt is of 2026-12-04, the session of 2026-12-03")


def test_past_midnight_is_the_same_evening() -> None:
    for clock in (Clock.WALL, Clock.TIME_OF_DAY):
        told, asked = remarks(evening(6 * 60), chat([200, 260, 280, 350], clock=clock))
        assert (told, asked) == ([], "")


HOURS = Evening(hours=(19 * HOUR + HOUR // 2, 21 * HOUR))


@pytest.mark.parametrize(
    "text",
    [
        "Anna  19:35\nhallo\n\nPiet  20:10\nja\n",
        "[19:35] Anna: hallo\n[20:10] Piet: ja\n",
        "19:35 Anna: hallo\n20:10 Piet: ja\n",
        "Anna\n19:35\nhallo\n\nPiet\n20:10\nja\n",
        "Anna  19:35\nhallo\n\nPiet  20:10:00\nja\n",
        "(19:35) Anna: hallo\n(20:10) Piet: ja\n",
    ],
)
def test_times_of_two_numbers_are_hours_where_the_session_was_then(text: str) -> None:
    parsed = recognise.read(Source("t.txt", text.encode(), evening=HOURS))
    assert parsed.clock is Clock.TIME_OF_DAY
    assert [(one.start_ms, one.speaker, one.text) for one in parsed.utterances] == [
        (19 * HOUR + 35 * MINUTE, "Anna", "hallo"),
        (20 * HOUR + 10 * MINUTE, "Piet", "ja"),
    ]
    assert all(one.is_approximate for one in parsed.utterances)
    assert any(str(one).startswith("Times such as 19:35 are read as hours and minutes") for one in parsed.warnings)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Anna  0:35\nhallo\n\nPiet  19:36\nja\n", HOURS),  # from the begin on
        ("Anna  25:35\nhallo\n\nPiet  29:36\nja\n", HOURS),  # no hours of the day
        ("Anna  19:35\nhallo\n\nPiet  20:10\nja\n", Evening(hours=(9 * HOUR, 11 * HOUR))),
        ("Anna  19:35\nhallo\n\nPiet  20:10\nja\n", Evening()),
    ],
)
def test_else_they_are_minutes_of_a_recording(text: str, hours: Evening) -> None:
    parsed = recognise.read(Source("t.txt", text.encode(), evening=hours))
    assert parsed.clock is Clock.RECORDING
    assert (parsed.utterances[0].start_ms or 0) < HOUR
