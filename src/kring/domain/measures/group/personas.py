"""The cards of personas beside participants: what is known of people like them, and never of them."""

from __future__ import annotations

from kring.domain.guide_items import DEEPEST
from kring.domain.measures.group.named_in_guide import Named, named_in
from kring.domain.rows import GuideRow, ParticipantRow, PersonaRow
from kring.domain.state import State
from kring.domain.state.row_table import Rows, kept_by_table
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


def here(state: State) -> list[PersonaRow]:
    """Return the cards that the guide names at the question that is open, or for its section; else those of the group.

    A segment that is named stands for the personas of it.
    """
    item, found = state.current_item, cards(state)
    at = item.id if item is not None else None
    for _ in range(DEEPEST):
        for named in _named_below(state.guide).get(at or "", ()):
            wanted = {folded(name) for name in named.names}
            those = [one for one in found if folded(one.id if named.what == "persona" else one.segment) in wanted]
            if those:
                return those
        row = state.guide.get(at or "")
        at = row.parent if row is not None else None
    return of_the_group(state)


@kept_by_table
def _named_below(guide: Rows[GuideRow]) -> dict[str, list[Named]]:
    """Return what the notes below each item of the guide name."""
    found: dict[str, list[Named]] = {}
    for row in guide.values():
        if row.kind == "note" and row.removed_at is None and (named := named_in(row.title)) is not None:
            found.setdefault(row.parent or "", []).append(named)
    return found


def speaking(state: State) -> ParticipantRow | None:
    """Return the participant who has the floor."""
    turn = state.open_turn
    return state.participants.get(turn.participant) if turn is not None and turn.participant else None
