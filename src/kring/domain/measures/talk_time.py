"""Talk time: who speaks how much, as a share of the talk and against a fair share of it, and who has not been heard.

The talk share is talk time over that of all participants. The balance index is talk time over the fair share: what
would have been somebody's if at every moment all who were there had had as much of what participants said. 1 is a fair
share, 2 twice that; the fair shares add up to the talk, so that nobody is charged for what was said without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from kring.domain.measures.presence import are_here, present, present_ms, seated, status_of, took_part
from kring.domain.measures.talk import NOBODY, Spoken, interruptions, spoken
from kring.domain.rows import ParticipantRow, Status, TurnRow, VisitRow
from kring.domain.state import State
from kring.domain.stretches import Stretch, in_steps, lasted_ms, stretch_of, without

Standing = Literal["much", "little", "not_yet", "quiet", "away", "left", "waiting", "expected", "no_show", ""]

MUCH = 1.5  # times a fair share (suitenumerique/meet greys out those above 150 % of the median)
LITTLE = 0.5
MUCH_AFTER_MS = 3 * 60_000  # of talk in the group; before that, shares say nothing
QUIET_MS = 10 * 60_000
LEAST_PRESENT_MS = 10 * 60_000  # of who was there for less, an index says nothing


class Voice(msgspec.Struct, frozen=True):
    """One participant's part in the talk; times in ms, `share` 0..1 of all participants' talk time.

    `balance`, the balance index, is how many times their fair share they spoke; None where they were there for less
    than ten minutes.
    """

    person: ParticipantRow
    spoken_ms: int
    turns: int
    share: float
    present_ms: int
    fair_ms: float
    balance: float | None
    speaking_ms: int | None
    silent_ms: int
    on_question: bool
    status: Status
    standing: Standing

    @property
    def so_far(self) -> float:
        """Return how many times their fair share they spoke, however short they are there."""
        return self.spoken_ms / self.fair_ms if self.fair_ms else 0.0


class Sum(msgspec.Struct, frozen=True):
    """Turns of one speaker: how long together, in ms, and how many."""

    spoken_ms: int = 0
    turns: int = 0


def sum_of(stretches: Sequence[Stretch]) -> Sum:
    """Return how long stretches of time last together, and how many there are."""
    return Sum(sum(end - begin for begin, end in stretches), len(stretches))


def in_order(state: State) -> list[TurnRow]:
    """Return the turns that count, as they were logged, in order of time."""
    return sorted(state.alive_turns, key=lambda turn: (turn.started_at, turn.id))


def talk_time(state: State, now: int) -> dict[str, Sum]:
    """Return how long everybody spoke and in how many turns, by speaker: a participant's code, or the kind of turn."""
    return {speaker: Sum(one.total_ms, one.turns) for speaker, one in spoken(state, now).items()}


def by_kind(state: State, now: int) -> dict[str, Sum]:
    """Return talk time by kind of turn: that of all participants together, the moderator's, silence …"""
    sums: dict[str, Sum] = {}
    for speaker, one in talk_time(state, now).items():
        kind = "participant" if speaker in state.participants else speaker
        before = sums.get(kind, Sum())
        sums[kind] = Sum(before.spoken_ms + one.spoken_ms, before.turns + one.turns)
    return sums


def moderator_share(state: State, now: int) -> float | None:
    """Return the moderator's part of all logged talk, 0..1, silence left out; None without any."""
    sums = {kind: one.spoken_ms for kind, one in by_kind(state, now).items() if kind != "silence"}
    total = sum(sums.values())
    return sums.get("moderator", 0) / total if total else None


def equal_share(state: State, now: int) -> float:
    """Return the share that each would have if all spoke as much: 1 / the number of participants who took part."""
    return 1 / max(1, len(took_part(state, now)))


def fair_shares_ms(there: dict[str, list[Stretch]], heard: dict[str, Spoken]) -> dict[str, float]:
    """Return everybody's fair share of what participants said, by code, in ms.

    It is the sum, over the stretches in which the same people are there, of what participants said in one over the
    number of those who are there.
    """
    fair = dict.fromkeys(there, 0.0)
    cuts = sorted({moment for stretches in there.values() for one in stretches for moment in one})
    speakers = [heard[code] for code in there if code in heard]
    for begin, end in pairwise(cuts):
        those = [code for code, stretches in there.items() for a, b in stretches if a <= begin and end <= b]
        said = sum([one.within((begin, end)) for one in speakers])
        for code in those:
            fair[code] += said / len(those)
    return fair


def gini(values: Sequence[float]) -> float:
    """Return Gini's coefficient (1912): half the mean difference between all pairs, over the mean."""
    total = sum(values)
    if not total:
        return 0.0
    ordered = sorted(values)
    weighted = sum((2 * place - len(ordered) - 1) * value for place, value in enumerate(ordered, 1))
    return weighted / (len(ordered) * total)


def voices(state: State, now: int) -> list[Voice]:
    """Return every participant's part in the talk, by seat; after the end, as it stood then."""
    now = int(state.session.ended_at or now)
    heard, there, lengths = spoken(state, now), present(state, now), present_ms(state, now)
    here = are_here(state, now)
    fair = fair_shares_ms(there, heard)
    people = seated(state)
    total_ms = sum(heard[person.id].total_ms for person in people if person.id in heard)
    visits = [stretch_of(visit, now) for visit in _visits_of_current(state)]
    running = state.open_turn
    found: list[Voice] = []
    for person in people:
        one = heard.get(person.id, NOBODY)
        speaking = running if running is not None and running.participant == person.id else None
        length, share = lengths.get(person.id, 0), fair.get(person.id, 0.0)
        balance = one.total_ms / share if share and length >= LEAST_PRESENT_MS else None
        since = [*[begin for begin, _end in there.get(person.id, [])[-1:]], *one.ends[-1:]]
        silent = 0 if speaking else now - max(since, default=now)
        status = status_of(person, here)
        standing: Standing = ""
        if status != "present":
            standing = status
        elif state.session.started_at is not None:
            standing = _standing(one.turns, silent, balance, total_ms)
        found.append(
            Voice(
                person=person,
                spoken_ms=one.total_ms,
                turns=one.turns,
                share=one.total_ms / total_ms if total_ms else 0.0,
                present_ms=length,
                fair_ms=share,
                balance=balance,
                speaking_ms=lasted_ms(speaking, now) if speaking else None,
                silent_ms=silent,
                on_question=speaking is not None or any(one.within(visit) for visit in visits),
                status=status,
                standing=standing,
            )
        )
    return found


def _visits_of_current(state: State) -> list[VisitRow]:
    item = state.current_item
    return [visit for visit in state.visits.values() if item is not None and visit.item == item.id]


def _standing(turns: int, silent_ms: int, balance: float | None, total_ms: int) -> Standing:
    if not turns:
        return "not_yet"
    if balance is not None and balance > MUCH and total_ms >= MUCH_AFTER_MS:
        return "much"
    if silent_ms >= QUIET_MS:
        return "quiet"
    return "little" if balance is not None and balance < LITTLE and total_ms >= MUCH_AFTER_MS else ""


def here(found: Sequence[Voice]) -> str:
    """Return how many participants are there, of how many on the list and walked in: 7/8."""
    there = sum(voice.status == "present" for voice in found)
    return f"{there}/{len(found)}"


def queue(found: Sequence[Voice]) -> list[Voice]:
    """Return who raised a hand, in the order in which they should have the floor.

    First who was not heard on the question that is open, then who spoke least of their fair share, then who waits
    longest.
    """
    waiting = [voice for voice in found if voice.person.hand_at is not None]
    return sorted(waiting, key=lambda voice: (voice.on_question, voice.so_far, int(voice.person.hand_at or 0)))


def when_each_spoke(state: State, now: int) -> dict[str, list[Stretch]]:
    """Return from when to when everybody spoke, by speaker, in order; epoch ms."""
    return {speaker: list(one.stretches) for speaker, one in spoken(state, now).items()}


def when_quiet(state: State, now: int) -> list[Stretch]:
    """Return from when to when it was logged that nobody spoke, in order; a break, a pause and rooms are no silence."""
    quiet = list(spoken(state, now).get("silence", NOBODY).stretches)
    for begin, end in interruptions(state, now):
        quiet = [part for one in quiet for part in without(one, (int(begin), int(end)))]
    return [one for one in quiet if one[0] < one[1]]


def shares_of_time(stretches: Iterable[Stretch], within: Stretch, buckets: int) -> list[float]:
    """Return for each of so many buckets of a stretch of time which part of it the stretches take, 0..1."""
    length = max(within[1] - within[0], 1) / max(buckets, 1)
    return [min(ms / length, 1.0) for ms in in_steps(stretches, within[0], length, buckets)]
