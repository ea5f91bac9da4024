"""The verb of consent: somebody, or everybody but some, consents to something or takes that back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain.consent import ALL, consents_of
from kring.domain.rows import ParticipantRow
from kring.domain.state import State
from kring.domain.text import Refused, one_line


def settle(
    state: State, now: int, people: Iterable[ParticipantRow], said: Mapping[str, bool], how: str = ""
) -> tuple[f.ConsentChanged, ...]:
    """Log what people consent to; of several, those who said so before are left out."""
    told = one_line(how)
    fresh = [person for person in people if told or not _stands(consents_of(state, person.id), said)]
    if not fresh:
        raise Refused("That was so already.")
    first, *others = [f.ConsentChanged(person.id, tuple(said.items()), told) for person in fresh]
    return (replace(first, others=len(others)), *others)


def _stands(before: Mapping[str, bool], said: Mapping[str, bool]) -> bool:
    """Whether what is said was so before: of everything at once, for the scopes that are not named too."""
    named = said.items() <= before.items()
    return named and all(given == said.get(ALL, given) for scope, given in before.items() if scope not in said)
