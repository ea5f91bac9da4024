"""What line mode tells when it is asked: where the session stands, its lists, and how the group answers."""

from __future__ import annotations

from collections.abc import Callable

from kring.commands.command import FaceAction
from kring.session import answer_summary, summary
from kring.session.session import Session


def tellers(session: Session) -> dict[FaceAction, Callable[[str], str]]:
    """Return what tells something of a session, and writes nothing, by what the face does itself."""
    return {
        FaceAction.STATUS: lambda _text: summary.status(session.state, session.now()),
        FaceAction.TALKERS: lambda _text: summary.talkers(session.state, session.now()),
        FaceAction.CONSENTS: lambda _text: summary.consents(session.state),
        FaceAction.GUIDE: lambda text: summary.guide(session.state, session.now(), text),
        FaceAction.CHECKS: lambda text: summary.checks(session.state, text),
        FaceAction.NOTES: lambda text: summary.notes(session.state, text),
        FaceAction.FIND: lambda text: summary.notes(session.state, text),
        FaceAction.POLL: lambda _text: answer_summary.poll(session.state, session.now()),
        FaceAction.CONSENSUS: lambda _text: answer_summary.consensus(session.state, session.now()),
        FaceAction.COPY_LINK: lambda _text: answer_summary.link(session.state),
        FaceAction.CHAT: lambda text: answer_summary.chat(session.state, session.now(), text),
    }
