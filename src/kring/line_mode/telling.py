"""What line mode tells when it is asked how the group answers."""

from __future__ import annotations

from collections.abc import Callable

from kring.commands.command import FaceAction
from kring.session import answer_summary
from kring.session.session import Session


def tellers(session: Session) -> dict[FaceAction, Callable[[str], str]]:
    """Return what tells how a group answers, and writes nothing, by what the face does itself."""
    return {
        FaceAction.POLL: lambda _text: answer_summary.poll(session.state, session.now()),
        FaceAction.CONSENSUS: lambda _text: answer_summary.consensus(session.state, session.now()),
        FaceAction.COPY_LINK: lambda _text: answer_summary.link(session.state),
        FaceAction.CHAT: lambda text: answer_summary.chat(session.sealing.state(session.state), session.now(), text),
    }
