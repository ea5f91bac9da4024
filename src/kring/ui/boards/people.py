"""The participants: who is there since when, what is still to be tested with them, and a key to say it anew."""

from __future__ import annotations

from collections.abc import Sequence

from kring.commands import table
from kring.domain.measures.talk_time import Voice
from kring.system.i18n import _
from kring.ui.boards.board import ListBoard
from kring.ui.views import technique
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line


class PeopleBoard(ListBoard[Voice]):
    """Everybody on the list, by seat; Enter asks how it stands with the one under the cursor."""

    def entries(self, moment: LiveMoment) -> Sequence[Voice]:
        return moment.voices

    def identity(self, entry: Voice) -> str:
        return entry.person.id

    def row(self, moment: LiveMoment, entry: Voice, room: int) -> Line:
        return technique.person_line(moment, entry, room)

    def mode(self, moment: LiveMoment) -> Line:
        voice = self.chosen(moment.voices)
        who = (voice.person.name or voice.person.id) if voice else ""
        return line((_("participants") + " › ", "muted"), (who, "bold"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        return [KeyHint("Enter", _("attendance"), 9), KeyHint("↑↓", _("choose"), 8), KeyHint("Esc", _("leave"), 7)]

    def press(self, key: str) -> bool:
        if key != "enter":
            return super().press(key)
        if self.cursor:
            self.runner.run(table.ATTEND, self.cursor)
        return True
