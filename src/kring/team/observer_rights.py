"""What a session's views, questions and back room are called on a server, and what an observer may do there.

What an observer may hear is made for observers; the stream of the session itself is closed to her key. Who feeds them
has the key of who makes the streams, which stays on the laptop that shares.
"""

from __future__ import annotations

from typing import NamedTuple

SMALL_BYTES = 1 << 20
"""How much may lie in the stream: one view, and one list of what became of the questions."""


class Subjects(NamedTuple):
    """The names of one session, by its id without hyphens; of every session where that is `*`."""

    session: str

    @property
    def stream(self) -> str:
        """Return where the last view lies, for whoever comes later."""
        return f"FGO_{self.session}"

    @property
    def view(self) -> str:
        """Return under what a view is sent."""
        return f"fgo.{self.session}.view"

    @property
    def answers(self) -> str:
        """Return under what is sent what became of questions, each closed to all but who asked it."""
        return f"fgo.{self.session}.answers"

    @property
    def ask(self) -> str:
        """Return under what a question is sent."""
        return f"fgo.{self.session}.ask"

    @property
    def room(self) -> str:
        """Return under what observers talk to each other; nothing of it is kept on the server."""
        return f"fgo.{self.session}.room"

    def stream_config(self, copies: int) -> dict[str, object]:
        """Return how the stream is to be made: of each subject only the last is kept."""
        return {
            "name": self.stream,
            "subjects": [self.view, self.answers],
            "retention": "limits",
            "storage": "file",
            "discard": "old",
            "max_msgs_per_subject": 1,
            "max_bytes": 4 * SMALL_BYTES,
            "num_replicas": copies,
            "allow_direct": True,
        }


def plain(session: str) -> str:
    """Return the id of a session as it stands in a name."""
    return session.replace("-", "")


def observer_may_publish(session: str) -> list[str]:
    """Return where an observer may write: her question, the back room, and what she asks the stream of views."""
    named = Subjects(plain(session))
    get = f"$JS.API.DIRECT.GET.{named.stream}"
    return [f"$JS.API.STREAM.INFO.{named.stream}", get, f"{get}.>", named.ask, named.room]


def observer_may_hear(session: str, inbox: str) -> list[str]:
    """Return what an observer may hear."""
    named = Subjects(plain(session))
    return [named.view, named.answers, named.room, f"{inbox}.>"]


def feeder_may_publish(session: str) -> list[str]:
    """Return where who feeds observers may write, besides making the stream."""
    named = Subjects(plain(session))
    return [named.view, named.answers]


def feeder_may_hear(session: str) -> list[str]:
    """Return what who feeds observers may hear."""
    named = Subjects(plain(session))
    return [named.ask, named.room]
