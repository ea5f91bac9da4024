"""The card of a persona beside whoever speaks, or beside somebody who was named; a persona is nobody of the group."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain import lookup
from kring.domain.measures.group import personas
from kring.domain.measures.presence import seated
from kring.domain.rows import PersonaRow
from kring.domain.text import Refused, one_line
from kring.domain.words import PERSONA_WORDS
from kring.system.i18n import _
from kring.ui.boards.board import Board
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, wrap


class PersonasBoard(Board):
    """One card at a time: it follows who speaks, until somebody was named or another card was chosen."""

    _who = ""
    _card = ""

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        if not personas.cards(moment.state):
            raise Refused("No study beside the plan has personas.")
        self._who = lookup.person(moment.state, text).id if text else ""
        self._card = ""
        return None

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        who, card = self._of_whom(moment), self._shown(moment)
        if card is None:
            return [
                cut(line((f"  {who}: " if who else "  ", "bold"), (_("no persona stands beside this."), "muted")), room)
            ]
        beside = _("beside {who}").format(who=who) if who and not self._card else ""
        found = [
            cut(
                line(
                    ("  " + one_line(card.id), "title"),
                    f"  {one_line(card.segment)}",
                    (f"  {beside}" if beside else "", "muted"),
                ),
                room,
            )
        ]
        pairs = [(_(label), getattr(card, name)) for name, label in PERSONA_WORDS.items() if name != "segment"]
        for label, text in (*pairs, *card.others):
            if text:
                said = f"  {one_line(label)}: " if label else "  "
                found += wrap(line((said, "muted"), one_line(text)), room, hang=4)
        return found if len(found) > 1 else [*found, EMPTY]

    def mode(self, moment: LiveMoment) -> Line:
        card = self._shown(moment)
        return line((_("persona") + " › ", "muted"), (one_line(card.id) if card else "–", "bold"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        other = [KeyHint("↑↓", _("another card"), 8)] if len(personas.cards(moment.state)) > 1 else []
        return [*other, KeyHint("←→", _("somebody else"), 7), KeyHint("Esc", _("leave"), 9)]

    def press(self, key: str) -> bool:
        state = self.session.state
        match key:
            case "up" | "down":
                shown = self._shown(LiveMoment(state, self.session.now()))
                every = [card.id for card in personas.cards(state)]
                self._card = _after(every, shown.id if shown else "", 1 if key == "down" else -1)
            case "left" | "right":
                person = state.participants.get(self._who) or personas.speaking(state)
                people = [one.id for one in seated(state)]
                self._who = _after(people, person.id if person else "", 1 if key == "right" else -1)
                self._card = ""
            case _:
                return False
        return True

    def _of_whom(self, moment: LiveMoment) -> str:
        """Return the name of the participant whom the card is beside; empty where nobody speaks."""
        person = moment.state.participants.get(self._who) or personas.speaking(moment.state)
        return one_line(person.name or person.id) if person is not None else ""

    def _shown(self, moment: LiveMoment) -> PersonaRow | None:
        state = moment.state
        chosen = state.personas.get(self._card)
        if chosen is not None and chosen.removed_at is None:
            return chosen
        person = state.participants.get(self._who) or personas.speaking(state)
        found = personas.beside(state, person) if person is not None else personas.here(state)
        return next(iter(found), None)


def _after(every: Sequence[str], one: str, step: int) -> str:
    """Return what comes a step after one, round and round; the first, or last, where there is none yet."""
    if not every:
        return ""
    place = every.index(one) + step if one in every else min(step, 0)
    return every[place % len(every)]
