"""Session files of which one is a copy of another: a session leaves once, with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kring.domain.text import KringError
from kring.session.copies.apart import merge_line
from kring.store.files import cannot_open, open_
from kring.system.i18n import _
from kring.system.sqlite import sqlite3


class Held(NamedTuple):
    """A session file, which session it holds, and the events of that."""

    file: Path
    session: str
    events: frozenset[str]


def each_once(files: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """Return of each session the file that has most of it, and what is said of the others.

    Raises KringError where two files of one session went on apart, so that neither has all of it.
    """
    whole: dict[str, Held] = {}
    told = []
    for one in map(_held, {file.resolve(): file for file in files}.values()):
        other = whole.setdefault(one.session, one)
        if other is one:
            continue
        if one.events == other.events:
            told.append(
                _("{file} is a copy of {other}: the session counts once.").format(file=one.file, other=other.file)
            )
            continue
        less, more = sorted((one, other), key=lambda held: len(held.events))
        if not less.events < more.events:
            raise KringError(
                "{file} and {other} are one session of which each went on without the other: neither has all of it. "
                "Join them first: {command}",
                file=other.file,
                other=one.file,
                command=merge_line((other.file, one.file)),
            )
        whole[one.session] = more
        told.append(
            _("{file} is an earlier copy of {other}: only the later one is exported.").format(
                file=less.file, other=more.file
            )
        )
    return [held.file for held in whole.values()], told


def _held(file: Path) -> Held:
    store = open_(file, "read")
    try:
        with store.reading():
            sessions = [session for (session,) in store.connection.execute("select id from session")]
            events = frozenset(event for (event,) in store.connection.execute("select id from events"))
    except (sqlite3.Error, UnicodeError) as error:
        raise cannot_open(error, file) from error
    finally:
        store.close()
    return Held(file, sessions[0] if sessions else str(file), events)
