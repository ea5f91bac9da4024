"""Talk time: who speaks how much, corrected for presence, and who has not been heard.

Share of voice is talk time per minute present, over the sum of that of all participants: somebody who came half an
hour late is compared on the hour that they were there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from kring.domain.measures.presence import presence_ms, seated, took_part
from kring.domain.rows import ParticipantRow, TurnRow
from kring.domain.state import State
from kring.domain.stretches import Stretch, in_steps, lasted_ms, stretch_of
from kring.domain.tally import Sum, Tally

Standing = Literal["much", "not_yet", "quiet", "away", "left", "waiting", "expected", "no_show", ""]

MUCH = 1.5  # times an equal share (suitenumerique/meet greys out those above 150 % of the median)
MUCH_AFTER_MS = 3 * 60_000  # of talk in the group; before that, shares say nothing
QUIET_MS = 10 * 60_000
LEAST_PRESENT_MS = 60_000  # who came a moment ago has no rate yet


class Voice(NamedTuple):
    """One participant's part in the talk; times in ms.

    `share` (0..1) is corrected for presence, `talk_share` is the part of all participants' talk time.
    """

    person: ParticipantRow
    spoken_ms: int
    turns: int
    share: float
    talk_share: float
    speaking_ms: int | None
    silent_ms: int
    on_question: bool
    standing: Standing


def in_order(state: State) -> list[TurnRow]:
    """Return the turns that count, in order of time."""
    return sorted(state.alive_turns, key=lambda turn: (turn.started_at, turn.id))


def tally(state: State, now: int) -> Tally:
    """Return the sums over all turns, one that runs too; after the end, as they stood then."""
    found = state.tally
    for turn_id in found.running:
        found = found.plus(state.turns[turn_id], int(state.session.ended_at or now))
    return found


def talk_time(state: State, now: int) -> dict[str, Sum]:
    """Return how long everybody spoke: the sum of end − begin over their turns, in ms, and the number of these.

    By speaker: a participant's code, or the kind of turn; silence is one of these kinds.
    """
    return tally(state, now).by_speaker


def by_kind(state: State, now: int) -> dict[str, Sum]:
    """Return talk time by kind of turn: that of all participants together, the moderator's, silence …"""
    sums: dict[str, Sum] = {}
    for turn in state.alive_turns:
        sums[turn.kind] = sums.get(turn.kind, Sum()).plus(turn, int(state.session.ended_at or now))
    return sums


def moderator_share(state: State, now: int) -> float | None:
    """Return the moderator's part of all logged talk, 0..1, silence left out; None without any."""
    spoken = {kind: one.spoken_ms for kind, one in by_kind(state, now).items() if kind != "silence"}
    total = sum(spoken.values())
    return spoken.get("moderator", 0) / total if total else None


def equal_share(state: State, now: int) -> float:
    """Return the share that each would have if all spoke as much: 1 / the number of participants who took part."""
    return 1 / max(1, len(took_part(state, now)))


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
    people = seated(state)
    running = state.open_turn
    spoken, turns_on, *_ = tally(state, now)
    sums = {person.id: spoken.get(person.id, Sum()) for person in people}
    rates = {code: one.spoken_ms / max(presence_ms(state, code, now), LEAST_PRESENT_MS) for code, one in sums.items()}
    total_rate, total_ms = sum(rates.values()), sum(one.spoken_ms for one in sums.values())
    much = MUCH * equal_share(state, now) if total_ms >= MUCH_AFTER_MS else 1
    item = state.current_item
    heard = turns_on.get(item.id, {}) if item else {}
    began = int(state.session.started_at or now)
    found: list[Voice] = []
    for person in people:
        one = sums[person.id]
        speaking = running if running is not None and running.participant == person.id else None
        share = rates[person.id] / total_rate if total_rate else 0.0
        silent = 0 if speaking else max(0, now - max(one.last_ended, began, int(person.status_at or 0)))
        found.append(
            Voice(
                person=person,
                spoken_ms=one.spoken_ms,
                turns=one.turns,
                share=share,
                talk_share=one.spoken_ms / total_ms if total_ms else 0.0,
                speaking_ms=lasted_ms(speaking, now) if speaking else None,
                silent_ms=silent,
                on_question=person.id in heard or speaking is not None,
                standing=_standing(
                    person, one.turns, silent, much=share > much, live=state.session.started_at is not None
                ),
            )
        )
    return found


def _standing(person: ParticipantRow, turns: int, silent_ms: int, much: bool, live: bool) -> Standing:
    if person.status != "present":
        return person.status
    if not turns:
        return "not_yet" if live else ""
    if much:
        return "much"
    return "quiet" if silent_ms >= QUIET_MS else ""


def queue(state: State, now: int) -> list[Voice]:
    """Return who raised a hand, those who spoke least first, then who waits longest."""
    waiting = [voice for voice in voices(state, now) if voice.person.hand_at is not None]
    return sorted(waiting, key=lambda voice: (voice.share, int(voice.person.hand_at or 0)))


def when_each_spoke(state: State, now: int) -> dict[str, list[Stretch]]:
    """Return from when to when everybody spoke, by speaker, in order; epoch ms."""
    found: dict[str, list[Stretch]] = {}
    for turn in in_order(state):
        found.setdefault(turn.participant or turn.kind, []).append(stretch_of(turn, now))
    return found


def shares_of_time(stretches: Iterable[Stretch], within: Stretch, buckets: int) -> list[float]:
    """Return for each of so many buckets of a stretch of time which part of it the stretches take, 0..1."""
    length = max(within[1] - within[0], 1) / max(buckets, 1)
    return [min(ms / length, 1.0) for ms in in_steps(stretches, within[0], length, buckets)]
