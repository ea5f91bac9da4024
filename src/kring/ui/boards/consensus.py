"""Who agrees: the statements of the questions by the participants, one key for each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kring.commands import answer_table as commands
from kring.domain.measures.group.consensus import Consensus, Matter, consensus_on, in_use, matters
from kring.domain.measures.presence import are_here, seated
from kring.domain.rows import ParticipantRow, Stance
from kring.domain.state import State
from kring.domain.text import Refused
from kring.domain.words import called
from kring.system.i18n import _, language
from kring.ui.boards.board import Board
from kring.ui.command_runner import Outcome
from kring.ui.prompt import SEAT_KEYS
from kring.ui.views import consensus as views
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line


class ConsensusBoard(Board):
    """A row for each question or statement; the cursor goes on to the next cell at which nobody looked."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._matter = ""
        self._person = ""
        self._known: tuple[State, int, list[Consensus]] | None = None

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        rows = self._rows(moment.state, moment.now)
        if not rows:
            raise Refused("No question is open yet, and nothing was noted of who agrees.")
        self._matter, self._person = rows[-1].matter.label, ""
        here = moment.state.current_item
        mine = [one for one in rows if here is not None and one.matter.item == here.id]
        if mine:
            self._matter = mine[-1].matter.label
        self._go_on(moment.state, moment.now)
        return None

    # what is shown

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        state = moment.state
        rows = self._rows(state, moment.now)
        people = self._people(state, moment.now)
        if not rows or not people:
            return [line(("  " + _("No question is open yet, and nothing was noted of who agrees."), "muted"))]
        chosen = self._chosen(rows)
        above = views.heading(state, people, room) if height > 3 else []
        spoken = views.aloud(state, chosen, room)
        below = [views.legend(self._keys(), room)] if height > len(above) + len(rows) + 1 else []
        if height > len(above) + len(rows) + len(below) + len(spoken):
            below = [*spoken, *below]
        left = max(height - len(above) - len(below), 1)
        place = rows.index(chosen)
        top = max(0, min(place - left + 1, len(rows) - left)) if len(rows) > left else 0
        letters = {stance: key for key, stance in self._keys().items()}
        drawn = [
            views.row(one, people, self._person if one is chosen and self.has_keys else None, room, letters)
            for one in rows[top : top + left]
        ]
        return [*above, *drawn, *below]

    def mode(self, moment: LiveMoment) -> Line:
        rows = self._rows(moment.state, moment.now)
        who = called(moment.state, self._person) or "–"
        label = self._chosen(rows).matter.label if rows else ""
        told = _("digits choose a cell now, they don't give the floor")
        return line((f"{who} › ", "bold"), (label, "bold"), ("  " + told, "muted"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        letters = " ".join((*self._keys(), "-"))
        return [
            KeyHint(letters, _("what they think"), 9),
            KeyHint("1-9", _("who"), 8),
            KeyHint("↑↓", _("statement"), 6),
            KeyHint("+", _("new statement"), 7),
            KeyHint("Del", _("empty the cell"), 3),
            KeyHint("Esc", _("leave"), 10),
        ]

    # what the keys do

    def press(self, key: str) -> bool:
        state, now = self.session.state, self.session.now()
        rows = self._rows(state, now)
        if not rows:
            return False
        stance: Stance | None = "no_response" if key == views.NO_RESPONSE else self._keys().get(key)
        match key:
            case _ if stance is not None:
                self._note(stance)
            case "delete" | "backspace":
                self._note(None)
            case "up" | "down":
                place = rows.index(self._chosen(rows)) + (1 if key == "down" else -1)
                self._matter = rows[place % len(rows)].matter.label
            case "left" | "right":
                codes = [one.id for one in self._people(state, now)]
                place = codes.index(self._person) if self._person in codes else -1
                self._person = codes[(place + (1 if key == "right" else -1)) % len(codes)]
            case "plus":
                self.runner.run(commands.STATEMENT)
            case _ if len(key) == 1 and key.isdecimal():
                return self._choose(key)
            case _:
                return False
        return True

    def _choose(self, key: str) -> bool:
        seat = SEAT_KEYS.index(key) + 1
        people = self._people(self.session.state, self.session.now())
        found = next((one.id for one in people if one.seat == seat), None)
        if found is None:
            self.screen.refuse(Refused("There is no participant {word}.", word=key))
        else:
            self._person = found
        return True

    def _note(self, stance: Stance | None) -> None:
        """Fill the cell under the cursor, and go on to the next one at which nobody looked."""
        state, now = self.session.state, self.session.now()
        matter = self._chosen(self._rows(state, now)).matter
        if not self._person:
            self.screen.refuse(Refused("Choose first who it is."))
            return
        done = self.runner.do(commands.CONSENSUS, matter.label, self._person, stance or "clear")
        if done is not Outcome.REFUSED and stance is not None:
            self._go_on(self.session.state, now)

    def _go_on(self, state: State, now: int) -> None:
        rows = self._rows(state, now)
        found = self._chosen(rows)
        codes = [one.id for one in self._people(state, now)]
        place = codes.index(self._person) + 1 if self._person in codes else 0
        around = (*codes[place:], *codes[:place])
        self._person = next(
            (code for code in around if code in found.empty), self._person or (codes[0] if codes else "")
        )

    def _chosen(self, rows: Sequence[Consensus]) -> Consensus:
        return next((one for one in rows if one.matter.label == self._matter), rows[-1])

    def _rows(self, state: State, now: int) -> list[Consensus]:
        """Return every matter of which something was noted, and those of the question that is open, in order."""
        second = now // 1000
        if self._known is None or self._known[0] is not state or self._known[1] != second:
            here = state.current_item
            of_here = matters(state, here) if here is not None and here.kind == "question" else []
            known: dict[str, Matter] = {one.label: one for one in in_use(state)} | {one.label: one for one in of_here}
            order = sorted(known.values(), key=lambda one: (state.guide[one.item].position, one.label))
            present = are_here(state, now)
            self._known = state, second, [consensus_on(state, one, present) for one in order]
        return self._known[2]

    def _people(self, state: State, now: int) -> list[ParticipantRow]:
        """Return who has a column: those who are here, and those of whom anything was noted, by seat."""
        here = are_here(state, now)
        noted = {row.participant for row in state.consensus.values()}
        return [one for one in seated(state) if one.id in here or one.id in noted]

    def _keys(self) -> dict[str, Stance]:
        return views.KEYS["nl" if language() == "nl" else "en"]
