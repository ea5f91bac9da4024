"""Who watches a session: each screen and page on this computer says so in a small file of its own beside the session
file, for as long as it goes on; and what somebody is called there whom nobody else vouches for.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from kring.domain.state import State
from kring.domain.text import KringError, folded, one_line
from kring.privacy.known_names import labels_of
from kring.system import private_files
from kring.system.clock import Clock, SystemClock

ENDING = ".observers"
"""What the folder beside a session file is called in which lies what observers need."""
BEAT_MS, GONE_MS = 2_000, 6_000
"""How often somebody says that they watch, and after how long without that they are gone."""
LONGEST_NAME = 60
MOST = 200
"""How many names one file may hold."""
ROLE = "observer"
NAMELESS = "O"
"""What who gives no name is called, as in files with codes."""


class Watcher(msgspec.Struct, frozen=True):
    """Somebody who watches: the name that all see, and of who came by a code the mark of whom, and the name asked."""

    name: str
    mark: str = ""
    asked: str = ""


class Sighting(msgspec.Struct, frozen=True):
    """What stands in a file: who watched at a moment (epoch ms)."""

    at: int
    watchers: tuple[Watcher, ...]


_decoder = msgspec.json.Decoder(Sighting)


class Watchers:
    """Who watches one session, and that these do who are here."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._file = folder / f"watching-{secrets.token_hex(8)}.json"
        self._told: tuple[Watcher, ...] = ()
        self._told_at = 0

    def announce(self, here: Sequence[Watcher]) -> None:
        """Say who watches here, where that is due or changed; a disk that can't take it stops nobody."""
        now, here = self._clock.wall_ms(), tuple(here)[:MOST]
        if (not here and not self._told) or (here == self._told and 0 <= now - self._told_at < BEAT_MS):
            return
        self._told, self._told_at = here, now
        if not here:
            self.leave()
            return
        with suppress(OSError, KringError):
            private_files.make_folder(self._folder)
            fresh = self._file.with_suffix(".new")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as written:
                written.write(msgspec.json.encode(Sighting(now, here)))
            fresh.replace(self._file)

    def leave(self) -> None:
        """Say that nobody watches here any more."""
        self._told = ()
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
            self._folder.rmdir()  # where nothing else lies in it

    def others(self) -> tuple[Watcher, ...]:
        """Return who watches elsewhere on this computer, or by way of it."""
        return _found(self._folder, self._clock.wall_ms(), self._file)


def who_watch(session_file: Path) -> tuple[str, ...]:
    """Return the names of all who watch a session on this computer, or by way of it."""
    found = _found(session_file.with_suffix(ENDING), SystemClock().wall_ms(), None)
    return tuple(dict.fromkeys(one.name for one in found))


def _found(folder: Path, now_ms: int, but: Path | None) -> tuple[Watcher, ...]:
    found: list[Watcher] = []
    for file in sorted(folder.glob("watching-*.json")):
        with suppress(OSError, msgspec.DecodeError, UnicodeError):
            here = _decoder.decode(file.read_bytes())
            if now_ms - here.at >= 10 * GONE_MS:
                file.unlink()  # somebody was killed
            elif file != but and now_ms - here.at < GONE_MS:
                found += here.watchers
    return tuple(sorted(found, key=lambda one: folded(one.name)))


def names_of(state: State) -> frozenset[str]:
    """Return by what names and codes somebody in a session may be known, folded: no observer is called so."""
    names = {name for name, _label in labels_of(state)} - {row.asked_by for row in state.observer_questions.values()}
    names -= {row.said_by for row in state.back_room.values()}
    names -= {row.name for row in state.staff.values() if row.role == ROLE}
    whole = {*names, *(name.split()[0] for name in names if name.split()), *state.participants}
    return frozenset(map(folded, whole))


def called(asked: str, taken: Collection[str], others: Iterable[str]) -> str:
    """Return what somebody is called who asks to be called so: nobody else's name, on one line, and not too long."""
    name = one_line(asked)[:LONGEST_NAME].strip() or NAMELESS
    known, number, found = {*taken, *map(folded, others)}, 1, name
    while folded(found) in known:
        number += 1
        behind = f" ({number})"
        found = f"{name[: LONGEST_NAME - len(behind)].rstrip()}{behind}"
    return found
