"""What the live screen answers an act with: what it did, and what can still be mended while it is fresh."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.measures.group.consensus import left_behind
from kring.domain.tellers.naming import unknown_of
from kring.session.session import Session
from kring.system.i18n import _, say
from kring.ui.views import sound
from kring.ui.widgets.line import Line, line


def answer(session: Session, event: Event) -> Line:
    """Return what an act did, with what it left behind: a quote outside the recording, a name that nobody bears."""
    state, told = session.state, say(session.told(event))
    match event.fact:
        case f.SessionEnded():
            ended = _("Close kring, and {file} is one finished file.")
            return line(("✓ ", "ok"), ended.format(file=session.store.path.name))
        case f.ItemOpened() if left := left_behind(state, session.now()):
            return line(("✓ ", "ok"), told, "   ", (say(left), "need"))
    problems = [say(one) for one in unknown_of(state, event.fact)]
    if sound.is_outside(state, event):
        problems.insert(0, _("not in a recording"))
    if problems:
        return line(("! ", "late"), ("; ".join(problems), "late"), ("  ", ""), told)
    return line(("✓ ", "ok"), told)
