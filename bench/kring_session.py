"""How the bench drives kring: every place where it touches the program is here."""

import re
import sys
from pathlib import Path

from pty_harness import Term
from session_files import NAMES, remark

from kring.domain.decide import decision, floor, notes
from kring.domain.note_line import read
from kring.session.session import Me, resume
from kring.system.clock import SystemClock

KRING = (sys.executable, "-m", "kring", "--lang", "en")
SEATS = len(NAMES)


class Acting:
    """A session file that is gone on with: notes and new speakers, and what is taken back."""

    def __init__(self, file: Path) -> None:
        self.session = resume(file, SystemClock(), Me("Bo", "assistant", "laptop"))
        self.acts = self.turns = self.notes = 0

    def act(self) -> None:
        """The floor and a note, in turns."""
        self.acts += 1
        if self.acts % 2:
            self.give_floor()
        else:
            self.note()

    def note(self) -> None:
        self.notes += 1
        self.session.do(decision(notes.add, read(f'"{remark(self.notes)}')))

    def give_floor(self) -> None:
        self.session.do(decision(floor.give, seat_of(self.turns)))
        self.turns += 1

    def undo_act(self) -> None:
        """Take back the newest act of `act`."""
        self.undo()
        self.turns -= self.acts % 2

    def name_turn(self) -> None:
        """Say who the newest unknown speaker was."""
        self.session.do(decision(floor.name_turn, "1"))

    def undo(self) -> None:
        self.session.undo()

    def close(self) -> None:
        self.session.close()


def seat_of(turn: int) -> str:
    """The seat of a turn of the bench's own; the person of the first one never spoke before."""
    return str(SEATS - turn % SEATS)


def sentence(number: int) -> str:
    """A note as people write them, different each time."""
    return f"I had the card with me at visit {number}, but they did not ask for it. #card"


class Live:
    """The live screen of the assistant on a terminal, and the keys that the bench presses there."""

    COLUMNS, ROWS = 100, 30
    OPTIONS = ("--as", "assistant", "--name", "Bo")

    def __init__(self, file: Path, events: int) -> None:
        self.file = file
        self.argv = [*KRING, "run", str(file), *self.OPTIONS]
        self.newest = remark(events)
        self.turns = 0
        self.notes = 0

    def open(self) -> Term:
        """Starts the program; it is there when its newest note can be read."""
        return Term(self.argv, columns=self.COLUMNS, rows=self.ROWS)

    def is_there(self, term: Term) -> bool:
        return term.shows(self.newest)

    def give_floor(self, term: Term) -> float:
        """Seconds from the key of a seat until the screen says that this person speaks."""
        seat = seat_of(self.turns)
        self.turns += 1
        return term.key(seat, lambda shown: shown.shows(f"✓ {NAMES[int(seat) - 1]} has the floor"))

    def add_note(self, term: Term) -> float:
        """Seconds from Enter until the note stands in its list; it stood in the input line before."""
        self.notes += 1
        text = f"measured {self.notes:06}"
        term.write("n")
        term.record(quiet_s=0.05, at_most_s=0.5)
        term.write(f'"{text}')
        term.wait_for(f'"{text}')
        return term.key("\r", lambda shown: listed(shown, text))


def listed(term: Term, text: str) -> bool:
    """Whether a text stands on a line that also shows a time: in a list, not in the input line."""
    return any(text in line and re.search(r"\d:\d\d", line) for line in term.screen.display)


class Review:
    """The screen of a researcher on a terminal."""

    COLUMNS, ROWS = 120, 40

    def __init__(self, file: Path, events: int) -> None:
        self.argv = [*KRING, "review", str(file), "--name", "Ada"]
        self.first = remark(2)

    def is_there(self, term: Term) -> bool:
        return term.shows(self.first)
