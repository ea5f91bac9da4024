"""What a session is called on a server, and what each role may do there."""

from __future__ import annotations

from typing import NamedTuple

from kring.team import observer_rights as rights
from kring.team.tasks import Role

WRITERS: tuple[Role, ...] = ("moderator", "assistant")
GET = "$JS.API.DIRECT.GET"
DUPLICATES_S = 120
"""For how long the server knows by itself that it has an act already; later the laptops do."""


BEHIND = "_"
"""What stands between a session and how often it moved."""


class Place(NamedTuple):
    """Where a piece of a recording lies: by which role it was put there, of which file, and its number."""

    by: str
    key: str
    number: int


class Names(NamedTuple):
    """The names of one session on a server; the role in a name says who wrote, and the server sees to it.

    `moved` is how often the session went on under other names, because a code was taken back.
    """

    session: str
    moved: int = 0

    @property
    def stream(self) -> str:
        """Return where all acts of the session lie in the order in which they came in."""
        return f"FG_{self.plain}"

    @property
    def all_written(self) -> str:
        """Return under what anybody writes."""
        return written_in(self.plain)

    @property
    def all_heard(self) -> str:
        """Return under what everybody hears at once what was written."""
        return f"fgr.{self.plain}.*"

    @property
    def info(self) -> str:
        """Return whom to ask how the stream stands."""
        return f"$JS.API.STREAM.INFO.{self.stream}"

    @property
    def get(self) -> str:
        """Return whom to ask for what lies in the stream."""
        return f"{GET}.{self.stream}"

    def written_by(self, role: Role) -> str:
        """Return under what a role writes."""
        return f"fg.{self.plain}.ev.{role}"

    @property
    def all_presence(self) -> str:
        """Return under what everybody says that they are there, and who writes hears it; nothing of it is kept."""
        return f"fg.{self.plain}.pres.*"

    def presence_of(self, role: Role) -> str:
        """Return under what a role says that it is there."""
        return f"fg.{self.plain}.pres.{role}"

    def inbox_of(self, role: Role) -> str:
        """Return under what a role gets answers; those of another role, or in another session, are closed to it."""
        return f"{inbox_of(role)}_{self.plain}"

    def stream_config(self, copies: int = 1) -> dict[str, object]:
        """Return how the stream is to be made, on so many servers of a cluster: nothing in it is ever taken out, and
        all of it is sent on.
        """
        return {
            "name": self.stream,
            "subjects": [self.all_written],
            "retention": "limits",
            "storage": "file",
            "discard": "new",
            "num_replicas": copies,
            "deny_delete": True,
            "deny_purge": True,
            "allow_direct": True,
            "duplicate_window": DUPLICATES_S * 1_000_000_000,
            "republish": {"src": self.all_written, "dest": f"fgr.{self.plain}.{{{{wildcard(1)}}}}"},
        }

    @property
    def sound(self) -> str:
        """Return where pieces of recordings lie on their way to another laptop."""
        return f"FS_{self.plain}"

    @property
    def all_sound(self) -> str:
        """Return under what anybody puts pieces of recordings."""
        return f"fs.{self.plain}.*.*.*"

    @property
    def sound_info(self) -> str:
        """Return whom to ask which pieces of recordings are there."""
        return f"$JS.API.STREAM.INFO.{self.sound}"

    @property
    def sound_get(self) -> str:
        """Return whom to ask for a piece of a recording."""
        return f"{GET}.{self.sound}"

    def sound_by(self, role: Role) -> str:
        """Return under what a role puts pieces of recordings."""
        return f"fs.{self.plain}.{role}.>"

    def sound_at(self, place: Place) -> str:
        """Return under what a piece lies."""
        return f"fs.{self.plain}.{place.by}.{place.key}.{place.number}"

    def sound_config(self, kept_s: int, copies: int = 1) -> dict[str, object]:
        """Return how the place for recordings is to be made: each piece lies there once, and not for long."""
        return {
            "name": self.sound,
            "subjects": [self.all_sound],
            "retention": "limits",
            "storage": "file",
            "discard": "new",
            "max_msgs_per_subject": 1,
            "max_age": kept_s * 1_000_000_000,
            "num_replicas": copies,
            "allow_direct": True,
            "duplicate_window": 0,
        }

    @property
    def plain(self) -> str:
        """Return by what a session is known in all its names; the server takes the rights of a code from it."""
        return self.session.replace("-", "") + (f"{BEHIND}{self.moved}" if self.moved else "")


def place_of_sound(subject: str) -> Place | None:
    """Return where a piece lies of which this is the name; None where it is no name of one."""
    match subject.split("."):
        case ["fs", _session, by, key, number] if number.isascii() and number.isdecimal():
            return Place(by, key, int(number))
    return None


def inbox_of(role: Role | str) -> str:
    """Return under what somebody gets answers who is of no session: who makes the streams, who reads a study."""
    return f"_INBOX_{role}"


def may_publish(names: Names, role: Role) -> list[str]:
    """Return where a role may write; an observer gets no acts."""
    if role not in WRITERS:
        return [*rights.observer_may_publish(names.session), names.presence_of(role)]
    asks = [names.info, names.get, f"{names.get}.>"]
    sound = [names.sound_info, f"{names.sound_get}.>", names.sound_by(role)]
    return [*asks, names.written_by(role), names.presence_of(role), *sound]


def may_hear(names: Names, role: Role) -> list[str]:
    """Return what a role may hear."""
    if role not in WRITERS:
        return rights.observer_may_hear(names.session)
    return [names.all_heard, f"{names.inbox_of(role)}.>", names.all_presence]


def written_in(plain: str) -> str:
    """Return under what anybody writes in the session that is called so."""
    return f"fg.{plain}.ev.*"


def session_in(plain: str) -> str:
    """Return the id, without hyphens, of the session that is called so, however often it moved."""
    return plain.partition(BEHIND)[0]


def pool_of(study: str) -> str:
    """Return the stream into which the sessions of a study come together."""
    return f"STUDY_{study}"
