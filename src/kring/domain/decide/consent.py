"""The verb of consent: somebody, or everybody but some, consents to something or takes that back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain.consent import ALL, consents_of, refuses_taking_part
from kring.domain.rows import ParticipantRow
from kring.domain.state import State
from kring.domain.text import Refused, one_line


def settle(
    state: State,
    now: int,
    people: Iterable[ParticipantRow],
    said: Mapping[str, bool],
    how: str = "",
    labels_of: Callable[[str], tuple[str, ...]] = lambda _code: (),
) -> tuple[f.Fact, ...]:
    """Log what people consent to; of several, those who said so before are left out.

    Once the talk began, who no longer takes part withdraws: that ends their turn. Consent to anything brings them back.
    `labels_of` tells which names in files, of nobody on the list, may be those of a participant.
    """
    told = one_line(how)
    withdraws = state.session.started_at is not None and refuses_taking_part(said)
    fresh = [person for person in people if told or not _is_so(state, person, said, withdraws=withdraws)]
    if not fresh:
        raise Refused("That was so already.")
    first, *others = [
        f.ConsentChanged(
            person.id,
            tuple(said.items()),
            told,
            withdraws=withdraws,
            labels=labels_of(person.id) if withdraws else (),
        )
        for person in fresh
    ]
    more = _quiet(state, fresh) if withdraws else _back(state, fresh) if any(said.values()) else ()
    return (replace(first, others=len(others)), *others, *more)


def _quiet(state: State, people: list[ParticipantRow]) -> Iterator[f.Fact]:
    """Yield that nobody has the floor any more, where one of those who withdraw has."""
    running = state.open_turn
    if running is not None and running.participant in {person.id for person in people}:
        yield f.FloorGiven("silence", ends=running.id)


def _back(state: State, people: list[ParticipantRow]) -> Iterator[f.Fact]:
    """Yield what takes back the withdrawals of people; who withdrew in the same act, and the quiet then, stay so."""
    gone = [person for person in people if person.withdrawal]
    yield from (f.Undone(str(person.withdrawal)) for person in gone)
    moments = {person.withdrawn_at for person in gone}
    for person in state.participants.values():
        if person.withdrawn_at in moments and person.withdrawn_at is not None and person not in gone:
            yield f.ConsentChanged(person.id, tuple(consents_of(state, person.id).items()), withdraws=True)
    running = state.open_turn
    if running is not None and running.kind == "silence" and running.started_at in moments:
        yield f.FloorGiven("silence", at_ms=running.started_at)


def _is_so(state: State, person: ParticipantRow, said: Mapping[str, bool], *, withdraws: bool) -> bool:
    """Whether what is said was so before; who refused before the talk and does so in it withdraws all the same."""
    return _stands(consents_of(state, person.id), said) and withdraws == (person.withdrawn_at is not None)


def _stands(before: Mapping[str, bool], said: Mapping[str, bool]) -> bool:
    """Whether what is said was so before: of everything at once, for the scopes that are not named too."""
    named = said.items() <= before.items()
    return named and all(given == said.get(ALL, given) for scope, given in before.items() if scope not in said)
