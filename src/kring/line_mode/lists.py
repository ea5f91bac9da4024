"""What a typed line only asks to be told: each list on one line, of the session as it stands."""

from __future__ import annotations

from collections.abc import Callable

from kring.commands.command import FaceAction
from kring.domain.state import State
from kring.line_mode import personas
from kring.observing import questions
from kring.session import brought_in, looking_back, rooms, summary
from kring.session.session import Session
from kring.system.i18n import _

Listed = Callable[[State, int, str], str]
"""Tells of a state at a moment (epoch ms) what is asked for, or what holds a text."""

LISTS: dict[FaceAction, Listed] = {
    FaceAction.STATUS: lambda state, now, _text: summary.status(state, now),
    FaceAction.TALKERS: lambda state, now, _text: summary.talkers(state, now),
    FaceAction.MIRROR: lambda state, now, _text: summary.mirror(state, now),
    FaceAction.PERSONA: lambda state, _now, text: personas.told(state, text),
    FaceAction.CONSENTS: lambda state, _now, _text: summary.consents(state),
    FaceAction.SUMMARY: lambda state, _now, _text: looking_back.told_summary(state),
    FaceAction.DEBRIEF: lambda state, now, _text: looking_back.told_debrief(state, now),
    FaceAction.GUIDE: summary.guide,
    FaceAction.FILES: lambda state, _now, _text: "; ".join(brought_in.listed(state)),
    FaceAction.ROOMS: lambda state, now, _text: rooms.told(state, now),
    FaceAction.OBSERVERS: lambda state, _now, _text: questions.told(state),
    FaceAction.CHECKS: lambda state, _now, text: summary.checks(state, text),
    FaceAction.NOTES: lambda state, _now, text: summary.notes(state, text),
    FaceAction.FIND: lambda state, _now, text: summary.notes(state, text),
}


def told_names(session: Session) -> str:
    """List the words that may be names, also such that somebody had before."""
    from kring.privacy.redaction import doubts
    from kring.privacy.replaced import told_doubts

    found = told_doubts(doubts(session.sealing.state(session.state), session.history))
    return "; ".join(found) or _("Of every word in the texts it is sure whether it is a name.")
