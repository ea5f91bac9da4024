"""What is on the cards of personas, on one line."""

from __future__ import annotations

from kring.domain import lookup
from kring.domain.measures.group import personas
from kring.domain.rows import PersonaRow
from kring.domain.state import State
from kring.domain.text import one_line
from kring.domain.words import PERSONA_WORDS, called
from kring.system.i18n import _


def told(state: State, text: str) -> str:
    """Say what is on the cards beside whoever is named, else who speaks, else those that the guide names here."""
    person = lookup.person(state, text) if text.strip() else personas.speaking(state)
    found = personas.beside(state, person) if person is not None else personas.here(state)
    who = called(state, person.id) if person is not None else ""
    if not personas.cards(state):
        return _("There are no personas.")
    if not found:
        return _("{who}: no persona stands beside this.").format(who=who)
    return " / ".join(_card(card) for card in found)


def _card(card: PersonaRow) -> str:
    pairs = [(_(label), getattr(card, name)) for name, label in PERSONA_WORDS.items()]
    told = "; ".join(
        f"{label}: {one_line(said)}" if label else one_line(said) for label, said in (*pairs, *card.others) if said
    )
    return f"{one_line(card.id)} ({_('persona')}): {told}" if told else f"{one_line(card.id)} ({_('persona')})"
