"""Silence and crosstalk, as they were logged: stretches in which nobody spoke, or several at once.

A silence is at least five seconds of quiet: the pause that Krueger and Casey ("Focus Groups", 2015) ask of a moderator.
Less is the time that it takes to give somebody the floor. Quiet in a pause or a break is none. People who fill in a
poll or read what is shown to them are not silent, they are at work: that is told apart.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

from kring.domain.guide_items import section_of
from kring.domain.measures.talk import NOBODY, interruptions, spoken, uninterrupted_ms
from kring.domain.state import State
from kring.domain.stretches import Stretch, in_steps, lasted_ms, stretch_of, united
from kring.domain.time_text import MINUTE_MS

Quiet = Literal["silence", "crosstalk"]
Sort = Literal["question", "between", "work"]
"""Of a silence: after a question, between turns, or while people fill in a poll or look at stimulus material."""
SILENCE_MS = 5_000


class Stretches(NamedTuple):
    """Stretches of one kind: how many, how long together, and the longest with its begin; times in ms."""

    number: int
    total_ms: int
    longest_ms: int
    longest_at: int | None


def silence_ms(state: State, now: int) -> int | None:
    """Return how long nobody has spoken, or None while somebody has the floor or nobody said who."""
    running = state.open_turn
    return lasted_ms(running, now) if running is not None and running.kind == "silence" else None


def stretches(state: State, kind: Quiet, now: int, items: Collection[str] | None = None) -> Stretches:
    """Return the silences or the crosstalk of a session; of some items of its guide, as far as they were open then.

    The longest silence is never one in which people were at work.
    """
    sorts = sorts_of_silence(state, now) if kind == "silence" else {}
    apart = interruptions(state, now)
    open_then = None if items is None else _open(state, items, now)
    number, total, lengths = 0, 0, [(0, 0)]
    for one in _logged(state, kind, now):
        parts = [one] if open_then is None else [(max(one[0], a), min(one[1], b)) for a, b in open_then]
        length = round(uninterrupted_ms((part for part in parts if part[0] < part[1]), apart))
        if length or open_then is None:
            number, total = number + 1, total + length
            lengths += [(length, -one[0])] if sorts.get(one[0]) != "work" else []
    longest, begin = max(lengths)
    return Stretches(number, total, longest, -begin if longest else None)


def silences_by_sort(state: State, now: int) -> dict[Sort, Stretches]:
    """Return the silences of each sort: how many, how long together, and the longest."""
    found: dict[Sort, Stretches] = {}
    apart = interruptions(state, now)
    for begin, sort in sorts_of_silence(state, now).items():
        end = next(until for since, until in _logged(state, "silence", now) if since == begin)
        length = round(uninterrupted_ms([(begin, end)], apart))
        before = found.get(sort, Stretches(0, 0, 0, None))
        longest = (length, begin) if length > before.longest_ms else (before.longest_ms, before.longest_at)
        found[sort] = Stretches(before.number + 1, before.total_ms + length, *longest)
    return found


def sorts_of_silence(state: State, now: int) -> dict[int, Sort]:
    """Return the sort of each silence, by its begin (epoch ms).

    People are at work where an answer to a poll came in during the silence, or something was shown since the turn
    before it began. It is after a question where one was opened since then, or where the moderator spoke before it.
    """
    heard = spoken(state, now)
    turns = [(*one, who) for who, those in heard.items() if who != "silence" for one in those.stretches]
    shown = [int(row.started_at) for row in state.showings.values()]
    answered = [int(row.at) for row in state.answers.values()]
    asked = [int(visit.started_at) for visit in state.visits.values() if _is_question(state, visit.item)]
    found: dict[int, Sort] = {}
    for begin, end in _logged(state, "silence", now):
        since, _until, who = max((turn for turn in turns if turn[1] <= begin), default=(0, 0, ""), key=_last)
        if any(begin <= at <= end for at in answered) or any(since <= at <= end for at in shown):
            found[begin] = "work"
        else:
            found[begin] = "question" if who == "moderator" or any(since < at <= end for at in asked) else "between"
    return found


def _last(turn: tuple[int, int, str]) -> tuple[int, int, str]:
    begin, end, who = turn
    return end, begin, who


def items_of(state: State, section: str) -> set[str]:
    """Return the items that stand in a section, itself too."""
    return {row.id for row in state.guide.values() if (found := section_of(state, row.id)) and found.id == section}


def silence_by_minute(state: State, now: int, minutes: int) -> list[float]:
    """Return how much of each minute after the start was silence, ms."""
    begin = int(state.session.started_at or now)
    return in_steps(_logged(state, "silence", now), begin, MINUTE_MS, minutes)


def _logged(state: State, kind: Quiet, now: int) -> list[Stretch]:
    """Return the stretches of a kind in order; of silences those that lasted, without pauses and breaks."""
    found = list(spoken(state, now).get(kind, NOBODY).stretches)
    if kind == "crosstalk":
        return found
    apart = interruptions(state, now)
    return [one for one in found if uninterrupted_ms([one], apart) >= SILENCE_MS]


def _open(state: State, items: Collection[str], now: int) -> list[Stretch]:
    end = int(state.session.ended_at or now)
    stays = united(stretch_of(visit, end) for visit in state.visits.values() if visit.item in items)
    return [(int(begin), int(until)) for begin, until in stays]


def _is_question(state: State, item: str) -> bool:
    row = state.guide.get(item)
    return row is not None and row.kind == "question"
