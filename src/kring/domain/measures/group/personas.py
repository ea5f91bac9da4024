"""The cards of personas beside participants: what is known of people like them, and never of them."""

from __future__ import annotations

from kring.domain.rows import ParticipantRow, PersonaRow
from kring.domain.state import State
from kring.domain.text import folded


def cards(state: State) -> list[PersonaRow]:
    """Return the cards that the study has, in its order."""
    return [row for row in state.personas.values() if row.removed_at is None]


def beside(state: State, person: ParticipantRow) -> list[PersonaRow]:
    """Return the cards beside a participant: those that the list names for them, else those of their segment."""
    named = {folded(name).strip() for heading, text in person.attributes if folded(heading).strip() == "persona"
             for name in text.replace(";", ",").split(",")}  # fmt: skip
    found = cards(state)
    own = [card for card in found if folded(card.id) in named]
    return own or [card for card in found if card.segment and folded(card.segment) == folded(person.segment)]


def of_the_group(state: State) -> list[PersonaRow]:
    """Return the cards that the plan is about, by its own words; all of them where it names none."""
    named = {folded(name).strip() for name in state.session.persona.replace(";", ",").split(",")}
    found = cards(state)
    return [card for card in found if folded(card.id) in named] or found


def speaking(state: State) -> ParticipantRow | None:
    """Return the participant who has the floor."""
    turn = state.open_turn
    return state.participants.get(turn.participant) if turn is not None and turn.participant else None
