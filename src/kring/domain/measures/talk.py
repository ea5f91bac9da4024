"""Talk time: who speaks how much, corrected for presence, and who has not been heard.

Share of voice is talk time per minute present, over the sum of that of all participants: somebody who came half an
hour late is compared on the hour that they were there.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from kring.domain.rows import ParticipantRow
from kring.domain.state import State
from kring.domain.tally import Sum

Standing = Literal["much", "not_yet", "quiet", "away", "left", "waiting", "expected", "no_show", ""]

MUCH = 1.5  # times an equal share (suitenumerique/meet greys out those above 150 % of the median)
MUCH_AFTER_MS = 3 * 60_000  # of talk in the group; before that, shares say nothing
QUIET_MS = 10 * 60_000


class Voice(NamedTuple):
    """One participant's part in the talk; times in ms, `share` 0..1 corrected for presence."""

    person: ParticipantRow
    spoken_ms: int
    turns: int
    share: float
    speaking_ms: int | None
    silent_ms: int
    on_question: bool
    standing: Standing


def presence_ms(state: State, code: str, now: int) -> int:
    """Return how long a participant has been present since the session started, in ms."""
    session = state.session
    if session.started_at is None:
        return 0
    end_of_session = int(session.ended_at or now)
    total = 0
    for stretch in state.attendance.values():
        if stretch.participant == code and stretch.status == "present":
            begin = max(stretch.started_at, session.started_at)
            total += max(0, min(int(stretch.ended_at or now), end_of_session) - begin)
    return total


def seated(state: State) -> list[ParticipantRow]:
    """Return the participants by seat."""
    people = [person for person in state.participants.values() if person.removed_at is None]
    return sorted(people, key=lambda person: (person.seat or 99, person.id))


def voices(state: State, now: int) -> list[Voice]:
    """Return every participant's part in the talk, by seat; after the end, as it stood then."""
    now = int(state.session.ended_at or now)
    people = seated(state)
    running = state.open_turn
    spoken: dict[str, int] = {}
    rates: dict[str, float] = {}
    for person in people:
        ended = state.tally.by_speaker.get(person.id, Sum())
        current = running is not None and running.participant == person.id
        spoken[person.id] = ended.spoken_ms + (
            max(0, now - running.started_at) if current and running is not None else 0
        )
        rates[person.id] = spoken[person.id] / max(presence_ms(state, person.id, now), 60_000)
    total_rate, total_ms = sum(rates.values()), sum(spoken.values())
    item = state.current_item
    heard = state.tally.speakers_by_item.get(item.id, frozenset()) if item else frozenset()
    heard_now = {running.participant} if running is not None and running.participant else set()
    equal = 1 / max(1, len([p for p in people if p.status in ("present", "away")]))
    began = int(state.session.started_at or now)
    found: list[Voice] = []
    for person in people:
        ended = state.tally.by_speaker.get(person.id, Sum())
        speaking = running is not None and running.participant == person.id
        share = rates[person.id] / total_rate if total_rate else 0.0
        silent = 0 if speaking else max(0, now - max(ended.last_ended, began, int(person.status_at or 0)))
        found.append(
            Voice(
                person=person,
                spoken_ms=spoken[person.id],
                turns=ended.turns + speaking,
                share=share,
                speaking_ms=max(0, now - running.started_at) if speaking and running is not None else None,
                silent_ms=silent,
                on_question=person.id in heard or person.id in heard_now,
                standing=_standing(
                    person,
                    ended.turns + speaking,
                    silent,
                    much=share > MUCH * equal and total_ms >= MUCH_AFTER_MS,
                    live=state.session.started_at is not None,
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


def silence_ms(state: State, now: int) -> int | None:
    """Return how long nobody has spoken, or None while somebody has the floor or nobody said who."""
    running = state.open_turn
    return max(0, now - running.started_at) if running is not None and running.kind == "silence" else None
