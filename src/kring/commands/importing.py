"""The commands of what was brought in from files: taken out, moved, and which turns the report counts."""

from __future__ import annotations

import re

from kring.commands import cut
from kring.commands.command import LINES, REVIEW, Command, FaceAction, Part
from kring.commands.decisions import by
from kring.domain import facts as f
from kring.domain.decide import Decision, bringing_in
from kring.domain.state import State
from kring.domain.text import N_, Refused, folded, one_line, pattern
from kring.domain.time_text import read_clock

_OUT = ("out", "remove", "weg", "eruit", "verwijder")
_LINE = pattern(r"(?P<file>\S+)\s+(?P<what>\S+)(?:\s+(?P<why>.*))?", re.DOTALL)


def distance_of(text: str) -> int | None:
    """Return a distance on the clock, `+1:12` or `-0:04`, in ms; None where the text is none."""
    bare = text.lstrip("+-−")
    found = read_clock(bare) if bare[:1].isdigit() and len(text) - len(bare) <= 1 else None
    return None if found is None else (-1 if text[:1] in {"-", "−"} else 1) * found.length_ms


def put_right(text: str) -> Decision:
    """Move all that came from a file by a distance, or take it out."""
    typed = one_line(text)
    found = _LINE.fullmatch(text.strip())
    if found is None:
        raise Refused("{text} is not understood: say which file, and what: file 1 +0:04, or file 1 out.", text=typed)
    file, what, why = found["file"], found["what"], found["why"] or ""
    if folded(what) in _OUT:
        return _of_a_file(by(bringing_in.take_out)(file, why), typed)
    by_ms = distance_of(what)
    if by_ms is None:
        raise Refused("{word} is not understood: say +0:04, -0:04, or out.", word=what)
    return _of_a_file(by(bringing_in.shift)(file, by_ms, why), typed)


def _of_a_file(put: Decision, typed: str) -> Decision:
    def decide(state: State, now: int) -> f.Fact | tuple[f.Fact, ...]:
        if not bringing_in.imports_of(state):
            raise Refused("No file was brought in, so {text} changes nothing.", text=typed)
        return put(state, now)

    return decide


def count_turns(text: str) -> Decision:
    """Choose whose turns the report counts, and say why."""
    word, _blank, why = text.strip().partition(" ")

    def decide(state: State, now: int) -> f.SpeechSourceChosen:
        return bringing_in.choose_source(state, now, word, why)

    return decide


# fmt: off
FILE = Command("file", N_("file that was brought in"),
    N_("Move all that was brought in from a file on the clock, or take it out: its number, and +0:04 or out."),
    "correcting", LINES | REVIEW, put_right, cut.whole, asks=(Part.TEXT,), aliases=("bestand",),
    usage="file 1 +0:04", bare=FaceAction.FILES)

IMPORT_COMMANDS: tuple[Command, ...] = (
    FILE,
    Command("source", N_("turns of the report"),
        N_("Choose whose turns the report counts: those of the log, or of a transcript that was brought in."),
        "correcting", LINES | REVIEW, count_turns, cut.whole, asks=(Part.TEXT,), aliases=("bron",),
        usage="source transcript"),
)
# fmt: on
