"""How people spoke on one question: who began, who when, how long each, and who was there and did not.

A turn is cut at the border of a visit, as `measures.questions` does; the visits stand one behind another, so that a
question that was opened twice has one axis. A pause stays on the axis.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kring.domain.measures.presence import took_part
from kring.domain.measures.questions import Asked
from kring.domain.measures.talk import NOBODY, spoken
from kring.domain.measures.technique import is_costly
from kring.domain.rows import IssueRow, VisitRow
from kring.domain.state import State
from kring.domain.stretches import Stretch, stretch_of, united


class Speech(msgspec.Struct, frozen=True):
    """When somebody spoke on a question, in ms on its axis, and how long together."""

    who: str
    stretches: tuple[tuple[float, float], ...]
    spoken_ms: float

    @property
    def began_ms(self) -> float | None:
        """Return how long after the question was opened they spoke first; None where they did not."""
        return self.stretches[0][0] if self.stretches else None


class Trouble(msgspec.Struct, frozen=True):
    """A technical issue of a participant while the question was open, in ms on its axis."""

    who: str
    stretches: tuple[tuple[float, float], ...]

    @property
    def lasted_ms(self) -> float:
        """Return how long it lasted while the question was open."""
        return sum(end - begin for begin, end in self.stretches)


class OnQuestion(msgspec.Struct, frozen=True):
    """The talk on a question; participants in order of first word, then who was there and did not speak, by seat."""

    visits: tuple[Stretch, ...]
    people: tuple[Speech, ...]
    moderator: Speech
    troubles: tuple[Trouble, ...]

    @property
    def length_ms(self) -> float:
        """Return how long the axis is."""
        return sum(end - begin for begin, end in self.visits)

    @property
    def spoken_ms(self) -> float:
        """Return how long participants spoke together."""
        return sum(one.spoken_ms for one in self.people)

    @property
    def heard(self) -> list[Speech]:
        """Return who spoke, in order of first word."""
        return [one for one in self.people if one.stretches]

    @property
    def silent(self) -> list[Speech]:
        """Return who was there and did not speak."""
        return [one for one in self.people if not one.stretches]

    def carriers(self) -> list[Speech]:
        """Return the two at most who spoke at least half of the time, the longest first; nobody where it took more."""
        longest = sorted(self.heard, key=lambda one: -one.spoken_ms)
        for n in (1, 2):
            if len(longest) > 2 * n and 2 * sum(one.spoken_ms for one in longest[:n]) >= self.spoken_ms:
                return longest[:n]
        return []


def visits_by_item(state: State) -> dict[str, list[VisitRow]]:
    """Return the visits to each item, in order of time."""
    found: dict[str, list[VisitRow]] = {}
    for visit in sorted(state.visits.values(), key=lambda visit: visit.started_at):
        found.setdefault(visit.item, []).append(visit)
    return found


def on_question(state: State, asked: Asked, visits: Iterable[VisitRow], now: int) -> OnQuestion:
    """Return the talk on a question of these visits."""
    end = int(state.session.ended_at or now)
    stays = [(int(begin), int(until)) for begin, until in united(stretch_of(visit, end) for visit in visits)]
    stays = [(begin, min(until, end)) for begin, until in stays if begin < min(until, end)]
    heard = spoken(state, now)

    def speech(who: str) -> Speech:
        one = heard.get(who, NOBODY)
        turns = [(one.begins[place], one.ends[place]) for place in one.turns_within(stays)]
        own = tuple(_on_axis(turns, stays))
        return Speech(who, own, sum(until - begin for begin, until in own))

    there = [person for person in took_part(state, now) if person.id in asked.there]
    seats = {person.id: person.seat for person in there}
    people = sorted(
        (speech(person.id) for person in there), key=lambda one: (not one.stretches, one.began_ms or 0, seats[one.who])
    )
    return OnQuestion(tuple(stays), tuple(people), speech("moderator"), tuple(_troubles(state, stays, seats, end)))


def _troubles(state: State, stays: list[Stretch], codes: Iterable[str], end: int) -> Iterable[Trouble]:
    mine: dict[str, list[IssueRow]] = {}
    for issue in state.issues.values():
        if issue.participant is not None and issue.removed_at is None and is_costly(issue):
            mine.setdefault(issue.participant, []).append(issue)
    for code in codes:
        found = united(_on_axis([stretch_of(issue, end) for issue in mine.get(code, [])], stays))
        if found:
            yield Trouble(code, tuple(found))


def _on_axis(stretches: Iterable[Stretch], stays: list[Stretch]) -> Iterable[tuple[float, float]]:
    """Yield stretches cut to the visits, on an axis on which these stand one behind another."""
    those, passed = sorted(stretches), 0
    for begin, end in stays:
        for start, until in those:
            if start < end and until > begin:
                yield passed + max(start, begin) - begin, passed + min(until, end) - begin
        passed += end - begin
