"""The moderator's mirror: how she leads, as far as that was logged, on nobody else's screen and in no report."""

from __future__ import annotations

from collections.abc import Sequence

from kring.session import summary
from kring.system.i18n import _
from kring.ui.boards.board import TextBoard
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, line, wrap

LABEL = 28


class MirrorBoard(TextBoard):
    """Her share of the talk, how long she waits, whom she invited; named in the tab line only while it is in sight."""

    def text(self, moment: LiveMoment, room: int, height: int) -> Sequence[Line]:
        found = summary.in_the_mirror(moment.state, moment.now)
        if not found:
            return [line(("  " + _("Nothing of how you lead was logged yet."), "muted"))]
        drawn: list[Line] = []
        if height > len(found) + 1:
            drawn = [line(("  " + _("only you see this"), "muted")), EMPTY]
        for what, how in found:
            label = what.ljust(LABEL) if room >= 3 * LABEL else what
            drawn += wrap(line(("  " + label + "  ", "muted"), (how, "")), room, hang=4)
        return drawn

    def mode(self, moment: LiveMoment) -> Line:
        return line((_("mirror"), "muted"))
