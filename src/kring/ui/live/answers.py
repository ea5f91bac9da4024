"""What the live screen answers an act with: what it did, and what can still be mended while it is fresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kring.domain import facts as f
from kring.domain.consent import consent_to, quoting_remark
from kring.domain.events import Event
from kring.domain.measures.group.consensus import left_behind
from kring.domain.state import State
from kring.domain.tellers.naming import unknown_of
from kring.domain.text import Sentence
from kring.session.session import Session
from kring.study import wording
from kring.system.i18n import _, say
from kring.ui.views import sound
from kring.ui.widgets.line import Line, line

if TYPE_CHECKING:
    from kring.study.earlier import Earlier


def answer(session: Session, event: Event, earlier: Earlier | None = None) -> Line:
    """Return what an act did, with what it left behind: a quote outside the recording, a name that nobody bears.

    A tag that no earlier group of the study used is named too.
    """
    state, told = session.state, say(session.told(event))
    match event.fact:
        case f.SessionEnded():
            ended = _("Close kring, and {file} is one finished file.")
            return line(("✓ ", "ok"), ended.format(file=session.store.path.name))
        case f.ItemOpened() if left := left_behind(state, session.now()):
            return line(("✓ ", "ok"), told, "   ", (say(left), "need"))
    problems = [say(one) for one in (*_against_quoting(state, event), *unknown_of(state, event.fact))]
    if sound.is_outside(state, event):
        problems.insert(0, _("not in a recording"))
    if problems:
        return line(("! ", "late"), ("; ".join(problems), "late"), ("  ", ""), told)
    new = wording.new_told(earlier, event) if earlier is not None else ""
    return line(("✓ ", "ok"), told, (f"   {new}" if new else "", "muted"))


def _against_quoting(state: State, event: Event) -> list[Sentence]:
    """Return that somebody refused to be quoted, where a note with their words was just written or changed."""
    if not isinstance(event.fact, f.NoteAdded | f.NoteChanged):
        return []
    note = state.notes.get(getattr(event.fact, "note", event.id))
    if note is None or consent_to(state, note.participant, "quoting") is not False:
        return []
    remark = quoting_remark(state, note.kind, note.participant)
    return [remark] if remark is not None else []
