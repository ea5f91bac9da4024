"""What a session is called on a server, and what each role may do there."""

from __future__ import annotations

from typing import NamedTuple

from kring.team.tasks import Role

WRITERS: tuple[Role, ...] = ("moderator", "assistant")
DUPLICATES_S = 120
"""For how long the server knows by itself that it has an act already; later the laptops do."""


class Names(NamedTuple):
    """The names of one session on a server; the role in a name says who wrote, and the server sees to it."""

    session: str

    @property
    def stream(self) -> str:
        """Return where all acts of the session lie in the order in which they came in."""
        return f"FG_{self._plain}"

    @property
    def all_written(self) -> str:
        """Return under what anybody writes."""
        return f"fg.{self._plain}.ev.*"

    @property
    def all_heard(self) -> str:
        """Return under what everybody hears at once what was written."""
        return f"fgr.{self._plain}.*"

    @property
    def info(self) -> str:
        """Return whom to ask how the stream stands."""
        return f"$JS.API.STREAM.INFO.{self.stream}"

    @property
    def get(self) -> str:
        """Return whom to ask for what lies in the stream."""
        return f"$JS.API.DIRECT.GET.{self.stream}"

    def written_by(self, role: Role) -> str:
        """Return under what a role writes."""
        return f"fg.{self._plain}.ev.{role}"

    def stream_config(self) -> dict[str, object]:
        """Return how the stream is to be made: nothing in it is ever taken out, and all of it is sent on."""
        return {
            "name": self.stream,
            "subjects": [self.all_written],
            "retention": "limits",
            "storage": "file",
            "discard": "new",
            "num_replicas": 1,
            "deny_delete": True,
            "deny_purge": True,
            "allow_direct": True,
            "duplicate_window": DUPLICATES_S * 1_000_000_000,
            "republish": {"src": self.all_written, "dest": f"fgr.{self._plain}.{{{{wildcard(1)}}}}"},
        }

    @property
    def _plain(self) -> str:
        return self.session.replace("-", "")


def inbox_of(role: Role | str) -> str:
    """Return under what a role gets answers; another one's are closed to it."""
    return f"_INBOX_{role}"


def may_publish(names: Names, role: Role) -> list[str]:
    """Return where a role may write: an observer only asks for what is there."""
    asks = [names.info, names.get, f"{names.get}.>"]
    return [*asks, names.written_by(role)] if role in WRITERS else asks


def may_hear(names: Names, role: Role) -> list[str]:
    """Return what a role may hear."""
    return [names.all_heard, f"{inbox_of(role)}.>"]
