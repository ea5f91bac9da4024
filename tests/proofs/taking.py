"""A program that takes the events of another copy into a session file, some at a time, and keeps its place there."""

import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from kring.session.copies.arriving import Arrivals
from kring.store.event_line import between
from kring.store.files import open_
from kring.store.store import NotSaved

AT_A_TIME, PAUSE_S = 10, 0.02


def place_in(execute: Any) -> int:
    execute("create table if not exists place (at integer)")
    return int(execute("select coalesce(max(at), 0) from place").fetchone()[0])


def keep(place: int) -> Callable[[Any], None]:
    """Say that the place is to be kept with the events."""
    return lambda execute: execute("insert into place values (?)", (place,))


def main(file: Path, other: Path) -> None:
    with closing(open_(other, "read")) as store:
        lines = [line._asdict() for line in between(store.connection.execute, 1, 2**62)]
    with closing(Arrivals.at(file)) as door:
        at = place_in(door.store.connection.execute)
        while at < len(lines):
            after = at + AT_A_TIME
            try:
                door.take(lines[at:after], also=keep(after))
            except NotSaved:
                continue  # somebody else's turn
            at = after
            print(at, flush=True)
            time.sleep(PAUSE_S)


main(Path(sys.argv[1]), Path(sys.argv[2]))
