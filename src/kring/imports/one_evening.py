"""What of a file is of this session, where another evening, or another recording, was saved in the same file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.imports.parsed import Clock, Millis, Parsed, Skipped
from kring.imports.placing import is_of_another_day, placed, times_of

_OTHER_DAY = N_("This is of another day than the session.")
_STAY_OUT = N_("Lines of another day in the same file, which stay out: {n}.")
_STAY_OUT_UNDATED = N_(
    "Lines of another evening in the same file, which stay out: {n}. Is that the one? Then move the file by {time}."
)
_OTHER_RECORDING = N_("This is of another recording in the same file.")
_BEGINS_AGAIN = N_(
    "From line {line} on the times begin again, as of another recording: that stays out. Save it as a file of its own "
    "to bring it in."
)
LEAST_BACK_MS = 10 * 60_000
"""How far back the times of a transcript go where another one begins: cues of people who speak at once go back less."""
FEWEST = 3
"""So many pieces of speech behind each other must stay before where the times went back."""


def of_this_evening(state: State, read: Parsed, offset_ms: int) -> Parsed:
    """Return what of a file is of this session; all of it where nothing is, or where its times have no day."""
    if state.session.started_at is None or read.clock not in {Clock.UTC, Clock.WALL, Clock.TIME_OF_DAY}:
        return read
    place = placed(state, read, offset_ms)

    def is_other(ms: Millis | None) -> bool | None:
        """Whether a time is of another day, None where there is none."""
        return None if ms is None else is_of_another_day(state, place(ms), place(ms))

    told = {name: [(one, is_other(_time_of(one))) for one in getattr(read, name)] for name in _TIMED}
    lines = {one.line for each in told.values() for one, is_out in each if is_out}
    if not lines or all(is_out is not False for each in told.values() for _one, is_out in each):
        return read
    kept = {name: tuple(one for one, is_out in each if not is_out) for name, each in told.items() if each}
    stay_out = Sentence(_STAY_OUT, {"n": len(lines)})
    if read.clock is Clock.TIME_OF_DAY:
        by = "+24:00:00" if is_other(min(times_of(read))) else "-24:00:00"
        stay_out = Sentence(_STAY_OUT_UNDATED, {"n": len(lines), "time": by})
    return _without(read, kept, sorted(lines), _OTHER_DAY, stay_out)


_TIMED = ("messages", "utterances", "signals", "stays", "answers")


def _time_of(one: Any) -> Millis | None:
    for name in ("at_ms", "start_ms", "joined_ms"):
        if hasattr(one, name):
            return getattr(one, name)  # type: ignore[no-any-return]
    return None


def first_recording(read: Parsed) -> Parsed:
    """Return a transcript until its times begin again: two were put into one file."""
    if read.clock is not Clock.RECORDING:
        return read
    again = next(_begins_again(read), None)
    if again is None:
        return read
    line = read.utterances[again].line
    lines = [one.line for one in read.utterances[again:]]
    kept = {"utterances": read.utterances[:again]}
    return _without(read, kept, lines, _OTHER_RECORDING, Sentence(_BEGINS_AGAIN, {"line": line}))


def _begins_again(read: Parsed) -> Iterator[int]:
    """Yield the places at which all that follows for a while is far before what was."""
    starts = [one.start_ms for one in read.utterances]
    top = 0
    for index, start in enumerate(starts):
        if start is None:
            continue
        if top - start > LEAST_BACK_MS:
            after = [ms for ms in starts[index : index + FEWEST] if ms is not None]
            if len(after) == FEWEST and all(top - ms > LEAST_BACK_MS for ms in after) and after == sorted(after):
                yield index
        top = max(top, start)


def _without(read: Parsed, kept: dict[str, Any], lines: list[int], why: str, told: Sentence) -> Parsed:
    skipped = sorted((*read.skipped, *(Skipped(line=line, why=Sentence(why)) for line in lines)), key=_line_of)
    return read.model_copy(update=kept | {"skipped": tuple(skipped), "warnings": (*read.warnings, told)})


def _line_of(skipped: Skipped) -> int:
    return skipped.line
