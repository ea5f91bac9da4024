"""Bringing up to date who came late or came back: a text for the chat, copied at once, and what to see to with them."""

from __future__ import annotations

from collections.abc import Sequence

from kring.commands import table
from kring.domain import lookup
from kring.domain.measures.briefing import briefing, late_comers
from kring.domain.rows import ParticipantRow
from kring.system.i18n import _, say
from kring.ui.boards.board import Board
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, line, wrap


class BriefingBoard(Board):
    """What to tell; who came late stands first, and Enter says that they were told."""

    _who = ""

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        self._who = lookup.person(moment.state, text).id if text else ""
        self.screen.app.copy_to_clipboard("\n".join(map(say, briefing(moment.state, moment.now).chat)))
        return line(("✓ ", "ok"), _("Copied; paste it into the chat."))

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        person = self._person(moment)
        told = briefing(moment.state, moment.now, person)
        found = [line("  ", (_("for the chat, copied"), "title"))]
        for sentence in told.chat:
            found += wrap(line("  ", say(sentence)), room, hang=4)
        if told.team:
            found += [EMPTY, line("  ", (_("for the team"), "title"))]
        for sentence in told.team:
            found += wrap(line("  ", (say(sentence), "soon")), room, hang=4)
        return found

    def mode(self, moment: LiveMoment) -> Line:
        person = self._person(moment)
        who = person.name or person.id if person else _("everybody")
        return line((_("bring up to date") + " › ", "muted"), (who, "bold"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        people = self._choices(moment)
        told = [KeyHint("Enter", _("told"), 9)] if people else []
        other = [KeyHint("↑↓", _("somebody else"), 8)] if len(people) > 1 else []
        return [*told, *other, KeyHint("Esc", _("leave"), 7)]

    def press(self, key: str) -> bool:
        moment = LiveMoment(self.session.state, self.session.now())
        people, person = self._choices(moment), self._person(moment)
        if person is None:
            return False
        match key:
            case "enter":
                self.runner.do(table.BRIEF, person.id)
                self._who = ""
                if len(people) == 1:
                    self.leave()
            case "up" | "down":
                place = [one.id for one in people].index(person.id) + (1 if key == "down" else -1)
                self._who = people[place % len(people)].id
            case _:
                return False
        return True

    def _choices(self, moment: LiveMoment) -> list[ParticipantRow]:
        """Return whom it may be for: who came late, and before them who was named."""
        late = late_comers(moment.state, moment.now)
        named = moment.state.participants.get(self._who)
        return late if named is None or named in late else [named, *late]

    def _person(self, moment: LiveMoment) -> ParticipantRow | None:
        people = self._choices(moment)
        return next((one for one in people if one.id == self._who), people[0] if people else None)
