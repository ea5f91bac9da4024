"""Names that a session knew and its state no longer has: of who withdrew, and what people were called before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kring.domain.evolve.group.whom import fact_as_meant
from kring.domain.facts import Fact, ParticipantAdded, ParticipantChanged, ParticipantListed, PlanRead
from kring.domain.plan import names_on_list
from kring.privacy.sealing import borne_in, names_of_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kring.domain.history import History
    from kring.domain.rows import SessionRow
    from kring.domain.state import State
    from kring.privacy.sealing import Kept
    from kring.store.store import Store

NAMING = (ParticipantListed, ParticipantAdded, ParticipantChanged, PlanRead)
"""The facts that say how somebody is called."""


class FormerNames(NamedTuple):
    """The names of who withdrew; what participants were called before, each with the code; what the plan said before.

    A name that was put right stands in notes as it was typed.
    """

    withdrawn: tuple[str, ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()
    team: tuple[tuple[str, str], ...] = ()
    """Names of the team with the role of each: `moderator`, `assistant`, `recruiter`."""


NONE = FormerNames()


def former_names(kept: Kept) -> FormerNames:
    """Return the names that only the events of a session still have."""
    return _of(kept.state, names_of_withdrawn(kept), ((event.id, event.fact) for event in kept.events))


def former_names_in(store: Store, history: History) -> FormerNames:
    """Return the same of a history that a file begins at a milestone; of its events only those that name are read."""
    facts = ((event, fact) for kind in NAMING for event, fact in store.facts(kind))
    return _of(history.state, names_of_withdrawn(history), facts)


def _of(state: State, withdrawn: tuple[str, ...], facts: Iterable[tuple[str, Fact | None]]) -> FormerNames:
    naming = [fact_as_meant(state, event, fact) for event, fact in facts if isinstance(fact, NAMING)]
    people = state.participants.values()
    now = {(name, person.id) for person in people for name in names_on_list(person.name, person.attributes)}
    earlier = (
        (name, code)
        for code, name in borne_in(naming)
        if name and code not in state.withdrawn and (name, code) not in now and name != code
    )
    team = (pair for fact in naming if isinstance(fact, PlanRead) for pair in _team(fact, state.session))
    return FormerNames(withdrawn, tuple(dict.fromkeys(earlier)), tuple(dict.fromkeys(team)))


def _team(read: PlanRead, now: SessionRow) -> Iterator[tuple[str, str]]:
    for role in ("moderator", "assistant", "recruiter"):
        name = getattr(read.plan, role)
        if name and name != getattr(now, role):
            yield name, role
