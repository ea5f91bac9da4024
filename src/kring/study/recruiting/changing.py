"""A change of one person's cells in the list on the disk; what somebody else wrote there meanwhile is never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from kring.domain.study.model import Study
from kring.domain.study.recruiting.candidate import Candidate
from kring.domain.text import KringError, clean, one_line
from kring.study.changing import write_whole
from kring.study.recruiting.cells import rows, with_cells
from kring.study.recruitment_list.reading import RecruitmentList, read_list
from kring.study.recruitment_list.words import COLUMNS_IN_WORDS, word_of
from kring.system.i18n import language
from kring.system.text_files import decoded, kind_of, rows_of, separator_of

_TRIES = 3
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_Still = Callable[[Candidate, Mapping[str, str]], bool]


class Change(Struct, frozen=True):
    """What was changed of whom: each column with its cell before and after; it is taken back with both exchanged."""

    number: str
    name: str
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]

    @property
    def back(self) -> Change:
        """The change that takes this one back."""
        return Change(self.number, self.name, self.after, self.before)


def change(path: Path, study: Study, seen: Candidate, values: Mapping[str, str]) -> Change:
    """Write what columns say of somebody, as they were seen; raises KringError where that can't be done.

    Where their row says something else by now than what was seen, nothing is written.
    """

    def still(found: Candidate, _cells: Mapping[str, str]) -> bool:
        return (found.state, found.group, found.reason, found.is_paid) == (
            seen.state, seen.group, seen.reason, seen.is_paid,
        )  # fmt: skip

    return _change(path, study, seen.number, seen.name, values, still)


def take_back(path: Path, study: Study, done: Change) -> Change:
    """Write the cells as they were before a change; raises KringError where they say something else by now."""
    return _change(path, study, done.number, done.name, dict(done.before),
                   lambda _found, cells: cells == dict(done.after))  # fmt: skip


def _change(path: Path, study: Study, number: str, name: str, values: Mapping[str, str], still: _Still) -> Change:
    lock = path.with_name(f".~lock.{path.name}#")
    if lock.exists():
        raise KringError("{file} is open in another program; close it there first. If it is not, remove {lock}.",
                         file=path.name, lock=lock.name)  # fmt: skip
    for _try in range(_TRIES):
        content = _bytes(path)
        if kind_of(content):
            raise KringError("{file} is read, not written; save it as CSV, and change that.", file=path.name)
        found = read_list(path, study)
        person = next((one for one in found.candidates if (one.number, one.name) == (number, name)), None)
        if person is None:
            raise KringError("{name} is no longer on the list.", name=name)
        encoding, text = _text(content, path)
        places = _places(found, values, path)
        first = text.removeprefix("\ufeff").partition("\n")[0].strip()
        is_told = len(first) == 5 and first.lower().startswith("sep=")
        separator = first[4] if is_told else separator_of(clean(text))
        cells = _cells(text, separator, person.line, path)
        before = {column: cells.get(place, "") for column, place in places.items()}
        if not still(person, before):
            raise KringError("{name} was changed meanwhile; it was read again, look at it first.", name=name)
        line = person.line
        changed = with_cells(text, separator, line, {place: values[column] for column, place in places.items()})
        if _bytes(path) == content:
            write_whole(path, _encoded(changed, encoding, path))
            return Change(number, name, tuple(before.items()), tuple(values.items()))
    raise KringError("{file} is being written by somebody else; try again.", file=path.name)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise KringError("{file} cannot be read: {reason}.", file=path.name, reason=problem.strerror or "") from problem


def _places(found: RecruitmentList, values: Mapping[str, str], path: Path) -> dict[str, int]:
    columns = dict(found.columns)
    for column in values:
        if column not in columns:
            raise KringError("{file} has no column {column}; write that above an empty one, and change it then.",
                             file=path.name,
                             column=word_of(COLUMNS_IN_WORDS[column], language()))  # fmt: skip
    return {column: columns[column] for column in values}


def _cells(text: str, separator: str, line: int, path: Path) -> dict[int, str]:
    """Return what stands in the row that begins on a line; raises KringError where it is not read as it is written."""
    spans = next((spans for begins, spans in rows(text, separator) if begins == line), [])
    cells = [one_line(_said(text[start:end])) for start, end in spans]
    if cells != [one_line(cell) for cell in dict(rows_of(text)).get(line, [])]:
        raise KringError("Line {line} of {file} can't be changed here; change it in the program that wrote it.",
                         line=line, file=path.name)  # fmt: skip
    return dict(enumerate(cells))


def _said(cell: str) -> str:
    if not cell.startswith('"'):
        return cell
    inside, _quote, behind = cell[1:].rpartition('"')
    return inside.replace('""', '"') + behind


def _text(content: bytes, path: Path) -> tuple[str, str]:
    """Return in which encoding a list is, and all of it, so that it can be written back sign by sign."""
    encodings = ["utf-16-le", "utf-16-be"] if content.startswith(_WIDE) else ["utf-8", "cp1252"]
    read = decoded(content, path.name).text
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.removeprefix("\ufeff") == read.removeprefix("\ufeff") and text.encode(encoding) == content:
            return encoding, text
    raise KringError("{file} is not UTF-8; save it as that, and change it then.", file=path.name)


def _encoded(text: str, encoding: str, path: Path) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        raise KringError("{file} is not UTF-8; save it as that, and change it then.", file=path.name) from None
