"""What to say on opening a session of an older version, which took more words of consent for a yes than it should."""

from __future__ import annotations

from kring.domain.consent import may_be_quoted
from kring.domain.facts import PlanRead
from kring.domain.measures.presence import seated
from kring.domain.rows import ParticipantRow
from kring.domain.state import State
from kring.domain.text import N_, Sentence, one_line
from kring.plans.people import consent
from kring.session.session import Session

READS_CONSENT = 2
"""Since this version of the fact, the words of a list are read when the plan is, and what is not certain is no."""


def consent_doubts(session: Session) -> tuple[Sentence, ...]:
    """Return whom an older version would have quoted without a certain yes, while nobody said since what holds."""
    state = session.state
    with session.store.reading():
        version = session.store.first_version(PlanRead)
    if version is None or version >= READS_CONSENT:
        return ()
    people = [person for person in seated(state) if not may_be_quoted(state, person.id) and _is_open(state, person)]
    if not people:
        return ()
    told = ", ".join(f"{person.id} “{one_line(person.consent)}”" if person.consent else person.id for person in people)
    sentence = N_(
        "An older version of kring would have quoted {people} without a certain yes; they are not quoted now. "
        "Say what holds, such as: consent {code} yes."
    )
    return (Sentence(sentence, {"people": told, "code": people[0].id}),)


def _is_open(state: State, person: ParticipantRow) -> bool:
    noted = any(row.source == "session" for row in state.consents.values() if row.participant == person.id)
    return not noted and not consent.read_consent(person.consent)
