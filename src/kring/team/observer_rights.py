"""What a session's views, questions and back room are called on a server, and what an observer may do there.

What an observer may hear is made for observers; the stream of the session itself is closed to her key, and so is all
that a server would answer: it sends an answer wherever it is asked to, a stream that she may not write to as well. What
observers see is passed on and kept nowhere, so nothing that was withdrawn meanwhile lies on the disk of a server.
"""

from __future__ import annotations

from typing import NamedTuple


class Subjects(NamedTuple):
    """The names of one session, by its id without hyphens; of every session where that is `*`."""

    session: str

    @property
    def view(self) -> str:
        """Return under what a view is sent."""
        return f"fgo.{self.session}.view"

    @property
    def answers(self) -> str:
        """Return under what is sent what became of questions, each closed to all but who asked it."""
        return f"fgo.{self.session}.answers"

    @property
    def hello(self) -> str:
        """Return under what somebody who just came asks for what there is."""
        return f"fgo.{self.session}.hello"

    @property
    def ask(self) -> str:
        """Return under what a question is sent."""
        return f"fgo.{self.session}.ask"

    @property
    def room(self) -> str:
        """Return under what observers talk to each other; nothing of it is kept on the server."""
        return f"fgo.{self.session}.room"


def plain(session: str) -> str:
    """Return the id of a session as it stands in a name."""
    return session.replace("-", "")


def observer_may_publish(session: str) -> list[str]:
    """Return where an observer may write: that she is there, her question, and the back room."""
    named = Subjects(plain(session))
    return [named.hello, named.ask, named.room]


def observer_may_hear(session: str) -> list[str]:
    """Return what an observer may hear."""
    named = Subjects(plain(session))
    return [named.view, named.answers, named.room]


def feeder_may_publish(session: str) -> list[str]:
    """Return where who feeds observers may write."""
    named = Subjects(plain(session))
    return [named.view, named.answers]


def feeder_may_hear(session: str) -> list[str]:
    """Return what who feeds observers may hear."""
    named = Subjects(plain(session))
    return [named.hello, named.ask, named.room]
