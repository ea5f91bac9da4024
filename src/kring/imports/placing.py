"""Where the times of a file lie: on the session's clock, in its time zone, past pauses of the recording."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from kring.domain.local_time import EPOCH, local, moment_of
from kring.domain.rows import FIRST_MS, LAST_MS
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.imports.parsed import Clock, Millis, Parsed
from kring.imports.preview import Evidence, Offset

DAY_MS = 24 * 3_600_000
NEAR_MS = 2 * 60_000
"""A recording that begins no further away than this from one of the log is that one."""
NEAR_HOURS_MS = 3 * 3_600_000
"""Times no further than this from a session are of it, also past midnight."""

NEAR_CHANGE_MS = 3 * 3_600_000
"""Further than this from a change of the clocks no time is uncertain."""
MONTH_MS = 30 * DAY_MS

Place = Callable[[Millis], int]
"""A time in a file as epoch ms."""


class Piece(NamedTuple):
    """From which time in a recording on it holds the session from which moment (epoch ms) on."""

    from_ms: int
    at_ms: int


def said_by_file(state: State, parsed: Parsed) -> Offset | None:
    """Return where the beginning of a recording lies by the file's name, or by the log; 0 of other clocks.

    None where neither says it.
    """
    started = state.session.started_at
    if parsed.clock is not Clock.RECORDING:
        return Offset(0)
    if started is None:
        return None
    if parsed.begins_utc_ms is not None:
        return _from(parsed.begins_utc_ms - started, N_("the file says when its recording began"))
    if parsed.begins_wall_ms is not None:
        at = _wall(state, parsed.begins_wall_ms)
        return _from(at - started, N_("the file says at what time of day its recording began"))
    begun = _recorded(state)
    if begun:
        return _from(begun[0][0] - started, N_("the log says when the platform's recording began"))
    return None


def _from(offset_ms: int, why: str) -> Offset:
    return Offset(offset_ms, evidence=(Evidence(Sentence(why), (offset_ms,)),))


def placed(state: State, parsed: Parsed, offset_ms: int) -> Place:
    """Return how times of a file become moments of the session."""
    match parsed.clock:
        case Clock.UTC:
            return lambda ms: _bounded(ms + offset_ms)
        case Clock.WALL:
            return lambda ms: _wall(state, ms) + offset_ms
        case Clock.TIME_OF_DAY:
            midnight = _midnight(state, parsed)
            return lambda ms: _wall(state, midnight + ms) + offset_ms
        case _:
            begin = int(state.session.started_at or 0) + offset_ms
            return _in_pieces(pieces_of(state, begin))


def times_of(parsed: Parsed) -> Iterator[Millis]:
    """Yield the times in a file."""
    for utterance in parsed.utterances:
        yield from _known(utterance.start_ms)
    for message in parsed.messages:
        yield from _known(message.at_ms)
    for signal in parsed.signals:
        yield signal.at_ms
    for stay in parsed.stays:
        yield from _known(stay.joined_ms, stay.left_ms)
    for answer in parsed.answers:
        yield from _known(answer.at_ms)
    for attached in parsed.attached:
        yield from _known(attached.at_ms)
    if parsed.sound is not None:
        yield from (0, parsed.sound.lasts_ms)


def _known(*times: Millis | None) -> Iterator[Millis]:
    return (ms for ms in times if ms is not None)


def pieces_of(state: State, begin_ms: int) -> list[Piece]:
    """Return how a recording that began at a moment goes on past what the log says was not recorded.

    Where the log has no recording that began then, it is one piece.
    """
    recorded = _recorded(state)
    nearest = min(recorded, key=lambda one: abs(one[0] - begin_ms), default=None)
    if nearest is None or abs(nearest[0] - begin_ms) > NEAR_MS:
        return [Piece(0, begin_ms)]
    later = recorded[recorded.index(nearest) :]
    lengths = [end - begin for begin, end in later]
    moved = begin_ms - nearest[0]
    return [Piece(at, begin + moved) for at, (begin, _end) in zip(accumulate([0, *lengths]), later, strict=False)]


def _recorded(state: State) -> list[tuple[int, int]]:
    """Return from when to when the platform recorded, by the log."""
    rows = [row for row in state.recordings.values() if row.source == "platform"]
    over = state.session.ended_at or LAST_MS
    return sorted((int(row.started_at), int(row.ended_at or over)) for row in rows)


def _in_pieces(pieces: list[Piece]) -> Place:
    begins = [piece.from_ms for piece in pieces]

    def place(ms: Millis) -> int:
        piece = pieces[max(bisect_right(begins, ms) - 1, 0)]
        return _bounded(piece.at_ms + ms - piece.from_ms)

    return place


def is_of_another_day(state: State, first_ms: int, last_ms: int) -> bool:
    """Whether nothing in a file lies near the session: not on its days, and not within some hours of it."""
    started = state.session.started_at
    if started is None:
        return False
    ended = int(state.session.ended_at or started)
    if last_ms >= started - NEAR_HOURS_MS and first_ms <= ended + NEAR_HOURS_MS:
        return False
    days = (local(state, started).date(), local(state, ended).date())
    return local(state, last_ms).date() < days[0] or local(state, first_ms).date() > days[1]


def odd_hours(state: State, parsed: Parsed) -> Iterator[Sentence]:
    """Yield that the clocks changed within a file: an hour that came twice, or that never was."""
    if parsed.clock not in {Clock.WALL, Clock.TIME_OF_DAY}:
        return
    midnight = _midnight(state, parsed) if parsed.clock is Clock.TIME_OF_DAY else 0
    times = [midnight + ms for ms in times_of(parsed)]
    if not times or not _clocks_change(state, min(times) - NEAR_CHANGE_MS, max(times) + NEAR_CHANGE_MS):
        return
    clocks = [_clock(ms) for ms in times]
    moments = [(one, moment_of(state, one)) for one in clocks]
    twice = sum(moment_of(state, one.replace(fold=1)) > at for one, at in moments)
    never = sum(local(state, at) != one for one, at in moments)
    if twice:
        yield Sentence(
            "Times in the hour that comes twice when the clocks go back: {n}. They are taken as those nearest to the "
            "session.",
            {"n": twice},
        )
    if never:
        yield Sentence("Times in the hour that the clocks skip: {n}. Look whether they came out well.", {"n": never})


def _clocks_change(state: State, first: Millis, last: Millis) -> bool:
    """Whether the clocks go back or forth between two times; a year has both, and may end as it began."""
    begin, end = _clock(first), _clock(last)
    lasts = round((end - begin) / timedelta(milliseconds=1))
    return lasts > MONTH_MS or moment_of(state, end) - moment_of(state, begin) != lasts


def _wall(state: State, ms: Millis) -> int:
    """Return a time of day with its date as epoch ms; in the hour that comes twice the one nearest to the session."""
    clock = _clock(ms)
    first, second = moment_of(state, clock), moment_of(state, clock.replace(fold=1))
    if first >= second:
        return first
    began, ended = state.session.started_at or first, state.session.ended_at or state.session.started_at or first
    return min(first, second, key=lambda at: max(began - at, at - ended, 0))


def _clock(ms: Millis) -> datetime:
    return EPOCH + timedelta(milliseconds=min(max(ms, FIRST_MS), LAST_MS))


def _bounded(ms: int) -> int:
    return min(max(ms, FIRST_MS), LAST_MS)


def _midnight(state: State, parsed: Parsed) -> Millis:
    """Return the midnight from which times of day count, as wall time: that by which they lie nearest to the session.

    A session that goes on past midnight has messages of the day after.
    """
    begun = state.session.started_at or state.session.created_at or 0
    clock = local(state, begun)
    today = round((clock.replace(hour=0, minute=0, second=0, microsecond=0) - EPOCH) / timedelta(milliseconds=1))
    times = sorted(times_of(parsed)) or [0]
    middle = times[len(times) // 2]  # the first one may be of a clock that was wrong
    return min((today - DAY_MS, today, today + DAY_MS), key=lambda day: abs(_wall(state, day + middle) - begun))
