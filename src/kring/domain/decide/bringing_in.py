"""Verbs of what a machine or another program wrote: it is taken in, moved on the clock, and taken out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.decide import coding
from kring.domain.measures.imported_rows import kept_by_others
from kring.domain.measures.talk_sources import has_speakers
from kring.domain.state import State
from kring.domain.text import Refused, folded, one_line
from kring.domain.time_text import day_and_time

_SOURCES: dict[str, r.SpeechSource] = {
    "log": "log",
    "logboek": "log",
    "transcript": "transcript",
}
MOST_SHIFT_MS = 7 * 24 * 3_600_000
"""Times that lie a week away are of something else."""


def read(
    state: State, now: int, engine: str, language: str, utterances: Sequence[f.UtteranceRead]
) -> tuple[f.Fact, ...]:
    """Take a transcript in as a draft, in the place of the one before; refused where nobody is heard in it."""
    if not utterances:
        raise Refused("The machine heard nobody speak.")
    return (f.TranscriptRead(engine, language, count=len(utterances)), *utterances)


def bring_in(
    state: State, now: int, imported: f.FileImported, behind: Sequence[f.Fact], withdrawn: frozenset[str]
) -> tuple[f.Fact, ...]:
    """Bring in a file as one act; refused where it is in already, or somebody withdrew since it was prepared."""
    if (before := imported_before(state, imported.sha256)) is not None:
        raise Refused(
            "{file} was brought in already, {when}; nothing is added.",
            file=imported.file,
            when=day_and_time(state, before.read_at, now),
        )
    if state.withdrawn != withdrawn:
        raise Refused("Somebody withdrew meanwhile; bring in {file} again.", file=imported.file)
    return (imported, *behind)


def imported_before(state: State, sha256: str) -> r.ImportRow | None:
    """Return the act that brought in the file of a checksum, if it still counts."""
    return next((one for one in imports_of(state) if one.sha256 == sha256), None)


def numbered(state: State) -> list[tuple[int, r.ImportRow]]:
    """Return all files that were brought in, each with the number that it keeps, whatever happens to the others."""
    return [(one.number, one) for one in state.imports.values() if one.kind == "file"]


def imports_of(state: State) -> list[r.ImportRow]:
    """Return the files that were brought in and not taken out, in order."""
    return [one for _number, one in numbered(state) if one.removed_at is None]


def file_called(state: State, word: str) -> r.ImportRow:
    """Return a file that was brought in and not taken out, by its number or by its name; raises Refused."""
    files = [(number, one) for number, one in numbered(state) if one.removed_at is None]
    if not files:
        raise Refused("No file was brought in.")
    found = [one for number, one in files if _is_number(word, number)] or [one for _, one in files if one.file == word]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{number} {one.file}" for number, one in files)
    raise Refused("There is no file {word}; there are: {names}.", word=word, names=names)


def _is_number(word: str, number: int) -> bool:
    """Whether a word that was typed is a number."""
    return word.isascii() and word.isdigit() and int(word) == number


def choose_source(state: State, now: int, word: str, why: str = "") -> f.SpeechSourceChosen:
    """Choose whose turns the report counts."""
    source = _SOURCES.get(folded(word))
    if source is None:
        raise Refused("{word} is not understood: say log or transcript.", word=one_line(word))
    if source == "transcript" and not has_speakers(state):
        typed = one_line(f"{word} {why}")
        raise Refused("No transcript says who spoke, so {text} changes nothing; bring one in first.", text=typed)
    if source == state.session.speech_source:
        raise Refused("The report counts those already.")
    return f.SpeechSourceChosen(source, one_line(why))


def take_out(state: State, now: int, word: str, why: str = "") -> f.FileTakenOut:
    """Take out all that was brought in from a file, but for what another file holds too; it can be undone."""
    brought = file_called(state, word)
    return f.FileTakenOut(brought.id, one_line(why), len(kept_by_others(state, brought.id)))


def erase_file(state: State, now: int, word: str) -> f.FileErased:
    """Erase the bytes of a file that is kept, for good: what came in of it stays, whatever else is undone.

    A file that was taken out is kept still, and erased by its number, or by its name where no other has that.
    """
    brought = _taken_out_called(state, word) or file_called(state, word)
    rows = (row for row in state.tables[r.AttachmentRow.TABLE].values() if isinstance(row, r.AttachmentRow))
    if not any(row.sha256 == brought.sha256 and row.erased_at is None for row in rows):
        raise Refused("{file} itself is not kept in the session file.", file=brought.file)
    return f.FileErased(brought.sha256)


def _taken_out_called(state: State, word: str) -> r.ImportRow | None:
    files = numbered(state)
    found = [one for number, one in files if _is_number(word, number)] or [one for _, one in files if one.file == word]
    return found[-1] if found and all(one.removed_at is not None for one in found) else None


def shift(state: State, now: int, word: str, by_ms: int, why: str = "") -> f.ImportShifted:
    """Move the times of all that was brought in from a file."""
    brought = file_called(state, word)
    if brought.clock == "none":
        raise Refused("{file} has no times that could be moved.", file=brought.file)
    if not by_ms:
        raise Refused("Say by how much: +0:04 is later, -0:04 is earlier.")
    if abs(by_ms) > MOST_SHIFT_MS:
        raise Refused("That is more than a week.")
    return f.ImportShifted(brought.id, by_ms, one_line(why))


class NewCode(NamedTuple):
    """A code of another program; `above` is the name of the one that it stands below, empty for none."""

    name: str
    description: str = ""
    colour: str = ""
    above: str = ""


def add_codes(state: State, now: int, codes: Sequence[NewCode]) -> tuple[f.Fact, ...]:
    """Put codes into the codebook at once; a colour that is written in another way stays out."""
    return tuple(
        coding.add_code(
            state, now, one.name, one.description, one.colour if coding.COLOUR.fullmatch(one.colour) else ""
        )
        for one in codes
    )


def place_codes(state: State, now: int, codes: Sequence[NewCode]) -> tuple[f.Fact, ...]:
    """Put codes that came in below those that they stand below, where these are there."""
    by_name = {folded(row.name): row for row in state.codes.values() if row.removed_at is None}
    found = ((by_name.get(folded(one.name)), by_name.get(folded(one.above))) for one in codes)
    return tuple(
        f.CodeChanged(code.id, parent=above.id)
        for code, above in found
        if code is not None and above is not None and code.parent is None and code is not above
    )


def put_on_all(
    state: State, now: int, coder: str, targets: Iterable[tuple[str, str | None, str | None]]
) -> tuple[f.Fact, ...]:
    """Put codes on notes and turns at once; each is the name of a code, and a note or a turn."""
    return tuple(coding.put_on(state, now, name, coder, note, turn) for name, note, turn in targets)
