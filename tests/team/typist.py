"""Somebody who works in a session file as fast as it goes, and writes down on her own what was acknowledged.

`python -m team.typist FILE NAME ROLE DEVICE LOG SEED PACE_MS UNTIL`: acts until so many stand in the log.
"""

from __future__ import annotations

import os
import random
import sys
import time
from contextlib import suppress
from pathlib import Path

from acting import decided
from kring.domain.text import Refused
from kring.session.session import Me, Session
from kring.store import files
from kring.store.store import NotRead, NotSaved
from kring.system.clock import SystemClock

LINES = (
    "note {n} te duur", "note >3 {n} alleen met kerst", "floor 1", "floor 2", "floor nobody", "star", "undo", "redo",
    "tag last #app", "edit last {n} toch anders", "remove last", "mark", "hand 6", "answer 3 8", "cue {n} minuten",
)  # fmt: skip


def main() -> None:
    file, name, role, device, log, seed, pace_ms, until = sys.argv[1:]
    chance = random.Random(seed)
    session = Session(files.open_(Path(file)), SystemClock(), Me(name, role, device))
    kept = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    done = Path(log).read_text().count("\n")
    while done < int(until):
        line = chance.choice(LINES).format(n=f"{name}{done}")
        with suppress(Refused, NotSaved, NotRead):
            event = session.do(decided(line, session.history, session.is_mine))
            os.write(kept, f"{event.id}\n".encode())  # only now anybody was told
            done += 1
        session.tick()
        time.sleep(chance.uniform(0, 2 * int(pace_ms)) / 1000)


if __name__ == "__main__":
    main()
