"""Who may look: one personal link each, kept as a digest in a file for its owner only, beside the session file.

The file is the one door: who serves the page reads it anew when it changed, so that what another process withdraws is
over at once. A link itself stands nowhere; who lost it gets a new one.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kring.domain.text import KringError, Refused, folded, one_line
from kring.observing.watchers import LONGEST_NAME
from kring.system import file_lock, private_files

FILE = "links.json"
LOCK = "links.lock"
TOKEN_BYTES = 24
MOST = 200
"""How many links one session may have."""


class Invitation(msgspec.Struct, frozen=True):
    """One link: whose it is, and until when it works; without a name it is that of the participants' room."""

    id: str
    name: str
    token: str
    """The SHA-256 of what the link holds, in hexadecimal digits."""
    until_ms: int

    @property
    def is_for_room(self) -> bool:
        """Whether it shows the clock for the participants and nothing else."""
        return not self.name

    def holds_at(self, now_ms: int) -> bool:
        """Whether the link still works at a moment."""
        return now_ms < self.until_ms


class Kept(msgspec.Struct, frozen=True):
    """What stands in the file; `cookie` tells the cookies of this session from those of others on one computer.

    `origin` is where the page was served last, and so where a link leads.
    """

    cookie: str
    origin: str = ""
    invitations: tuple[Invitation, ...] = ()


class Invitations:
    """The links of one session; every act is in the file when it returns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / FILE
        self._seen: tuple[int, int, int] | None = None
        self._kept = Kept("")
        private_files.make_folder(folder)
        with self._changing() as kept:
            self._write(kept)

    @property
    def cookie(self) -> str:
        """Return what tells the cookies of this session from others'."""
        return self._kept.cookie

    @property
    def origin(self) -> str:
        """Return where the page was served last; empty before the first time."""
        return self._kept.origin

    @property
    def all(self) -> tuple[Invitation, ...]:
        """Return the links in the order in which they were made, the expired ones too."""
        return self._kept.invitations

    def look(self) -> bool:
        """Read the file again if it changed, and say whether it did."""
        try:
            found = self._file.stat()
        except FileNotFoundError:  # somebody took it away, and with it every link
            self._kept, is_changed = msgspec.structs.replace(self._kept, invitations=()), bool(self.all)
            return is_changed
        seen = (found.st_mtime_ns, found.st_size, found.st_ino)
        if seen == self._seen:
            return False
        self._seen, self._kept = seen, self._read()
        return True

    def served_at(self, origin: str) -> None:
        """Remember where the page is, for links that are made elsewhere."""
        with self._changing() as kept:
            self._write(msgspec.structs.replace(kept, origin=origin))

    def of_token(self, token: str, now_ms: int) -> Invitation | None:
        """Return the link that holds a token, if it works at that moment."""
        digest = _digest(token)
        return next((each for each in self.all if each.token == digest and each.holds_at(now_ms)), None)

    def add(self, name: str, until_ms: int) -> str:
        """Make a link for somebody, or with an empty name for the participants' room, and return its token."""
        name = name_of(name) if name else ""
        with self._changing() as kept:
            if any(folded(each.name) == folded(name) for each in kept.invitations):
                raise _has_one(name)
            if len(kept.invitations) >= MOST:
                raise Refused("One session has {n} links at most; revoke some.", n=MOST)
            token = secrets.token_urlsafe(TOKEN_BYTES)
            fresh = Invitation(secrets.token_hex(8), name, _digest(token), until_ms)
            self._write(msgspec.structs.replace(kept, invitations=(*kept.invitations, fresh)))
        return token

    def renew(self, one: Invitation, until_ms: int) -> str:
        """Give somebody another link, and let the one before end; what they asked stays theirs."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._put(one, lambda each: msgspec.structs.replace(each, token=_digest(token), until_ms=until_ms))
        return token

    def extend(self, one: Invitation, until_ms: int) -> None:
        """Let a link work until another moment."""
        self._put(one, lambda each: msgspec.structs.replace(each, until_ms=until_ms))

    def revoke(self, one: Invitation) -> None:
        """Let a link end now, and forget whose it was."""
        self._put(one, lambda _: None)

    def meant(self, who: str) -> Invitation:
        """Return the link of a name, or of its number in the list; raises Refused where there is none."""
        by_name = [each for each in self.all if each.name and folded(each.name) == folded(one_line(who))]
        if by_name:
            return by_name[0]
        if who.isascii() and who.isdigit() and 0 < int(who) <= len(self.all):
            return self.all[int(who) - 1]
        raise Refused("Nobody called {name} was invited.", name=one_line(who))

    def link(self, token: str, *, for_room: bool = False) -> str:
        """Return the address that is given to somebody."""
        return f"{self.origin}/{'room' if for_room else ''}#{token}"

    def of_room(self) -> Invitation | None:
        """Return the link of the participants' room."""
        return next((each for each in self.all if each.is_for_room), None)

    def _put(self, one: Invitation, change: Callable[[Invitation], Invitation | None]) -> None:
        with self._changing() as kept:
            changed = [change(each) if each.id == one.id else each for each in kept.invitations]
            left = tuple(each for each in changed if each is not None)
            self._write(msgspec.structs.replace(kept, invitations=left))

    @contextmanager
    def _changing(self) -> Iterator[Kept]:
        lock = file_lock.Lock(self.folder, LOCK)
        try:
            is_ours = lock.take(file_lock.TRIES)
        except OSError as problem:
            raise KringError(
                "{file} cannot be made: {reason}.", file=self._file.name, reason=problem.strerror or ""
            ) from problem
        if not is_ours:
            raise KringError("Somebody else is changing the links; try again.")
        try:
            yield self._read() if self._file.exists() else Kept(secrets.token_hex(4))
            self.look()
        finally:
            lock.free()

    def _read(self) -> Kept:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Kept)
        except (OSError, msgspec.DecodeError) as problem:
            raise KringError(
                "{file} cannot be read: what stands in it is not what kring wrote. Take it away, and invite people "
                "again.",
                file=str(self._file),
            ) from problem

    def _write(self, kept: Kept) -> None:
        private_files.write(self._file, msgspec.json.encode(kept))


def name_of(text: str) -> str:
    """Return a name as others see it; raises Refused where it is none."""
    name = one_line(text)
    if not name:
        raise Refused("Whose link is it? Give a name.")
    if len(name) > LONGEST_NAME:
        raise Refused("A name has {n} letters at most.", n=LONGEST_NAME)
    if name.isascii() and name.isdigit():
        raise Refused("{name} is a number; give a name.", name=name)
    return name


def _has_one(name: str) -> Refused:
    if name:
        return Refused("{name} has a link; `renew {name}` gives another, and ends that one.", name=name)
    return Refused("The room has a link; `renew room` gives another, and ends that one.")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
