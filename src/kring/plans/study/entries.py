"""The sections of a study's text, and their entries: rows of a table, items of a list, or headings with lines below.

Each entry says on which line each of its fields stands, so that one of them can be changed in place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kring.domain.text import N_, one_line
from kring.plans.escapes import put_back
from kring.plans.front_matter import squeezed
from kring.plans.lines import Line, cells, is_row, is_ruler, without_emphasis
from kring.plans.study.words import COLUMNS, SECTIONS, SectionName

_TABLES = ("segments", "groups", "screener", "hypotheses", "actions")
"""Sections of which a table may be pasted with tabs between its cells."""
_LISTED = ("bullet", "numbered", "lettered", "check")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s*")
_LONGEST_KEY = 40
_CODE = re.compile(r"([A-Z]{1,2}\d{1,3})\b\s?[.:)–—-]?\s?")
_BEHIND_COLON = {"segments": "text", "groups": "starts_at", "surveys": "file"}
_DONE = re.compile(r"\[[xXvV✓]\]|[☑☒]")

Warn = Callable[..., None]


@dataclass(slots=True)
class Section:
    """A part of the text below one heading; `name` is empty for a part that no study needs."""

    name: SectionName | None
    title: str
    line: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """One thing that a section holds: its fields, the line on which it begins, and where its fields stand.

    A place is a line and the number of a cell in it, or None for a line `key: value`.
    """

    line: int
    fields: dict[str, str] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    places: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    last: int = 0
    is_ticked: bool = False


def sections_of(lines: Iterable[Line]) -> list[Section]:
    """Return the parts of a text; what stands before the first heading is a part without a title."""
    found = [Section(None, "", 0)]
    is_after_blank = True
    for line in lines:
        title = put_back(without_emphasis(line.text)).strip().rstrip(":")
        name = SECTIONS.get(squeezed(_NUMBER.sub("", title)))
        is_heading = line.shape == "heading" and (name or line.level == 1 or found[-1].name is None)
        is_bare = line.shape in ("text", "numbered") and name and is_after_blank
        if is_heading or is_bare:
            found.append(Section(name, title, line.number))
        else:
            found[-1].lines.append(line)
        is_after_blank = line.shape in ("blank", "rule")
    return found


def entries_of(section: Section, others: Mapping[str, str], warn: Warn) -> tuple[list[Entry], list[Line]]:
    """Return the entries of a section, and the lines that belong to none; `others` are columns of this text alone."""
    assert section.name is not None
    return _Reading(section, {**COLUMNS[section.name], **others}, warn).read()


class _Reading:
    """Reads the lines of one section."""

    def __init__(self, section: Section, columns: Mapping[str, str], warn: Warn) -> None:
        self._section = section
        self._columns = columns
        self._warn = warn
        self._lead = next(iter(dict.fromkeys(COLUMNS[section.name or "actions"].values())))
        self._entries: list[Entry] = []
        self._loose: list[Line] = []
        self._header: list[str] = []
        self._open: tuple[int, str, int] | None = None  # the indent, name and line of a key that goes on below

    def read(self) -> tuple[list[Entry], list[Line]]:
        if self._section.name == "audience":
            self._entries.append(Entry(self._section.line, last=self._section.line))
        for line in self._section.lines:
            if line.shape in ("blank", "rule"):
                continue
            if is_row(line) or self._is_bare_row(line):
                self._read_row(line)
            else:
                self._header = []
                self._read_line(line)
        return self._entries, self._loose

    def _read_row(self, line: Line) -> None:
        row = [text_of(cell) for cell in _cells(line)]
        if is_ruler(row):
            return
        if not self._header or self._names_columns(row):
            self._header = row
            if not any(squeezed(cell) in self._columns for cell in row):
                self._warn(line.number, N_("No column of this table is known: {columns}."), columns=", ".join(row))
            return
        if not any(row):
            return
        entry = Entry(line.number, last=line.number)
        for place, (heading, cell) in enumerate(zip(self._header, row, strict=False)):
            self._put(entry, heading, cell, (line.number, place))
        if len(row) > len(self._header) and any(row[len(self._header) :]):
            self._warn(line.number, N_("This row has more cells than its table has columns: {cells}."),
                       cells=" | ".join(row[len(self._header) :]))  # fmt: skip
        self._add(entry)

    def _is_bare_row(self, line: Line) -> bool:
        """Whether a line is a row of a table that has no bars at its ends, or tabs between its cells."""
        if self._section.name not in _TABLES or line.shape != "text":
            return False
        row = [text_of(cell) for cell in _cells(line)]
        return len(row) > 1 and (bool(self._header) or self._names_columns(row) or "\t" in line.wide)

    def _names_columns(self, row: list[str]) -> bool:
        named = [cell for cell in row if cell]
        return len(named) > 1 and all(squeezed(cell) in self._columns for cell in named)

    def _read_line(self, line: Line) -> None:
        text = text_of(line.text)
        key, colon, value = line.text.partition(":")
        key = text_of(key)
        is_key = bool(colon) and len(key) <= _LONGEST_KEY and line.shape in (*_LISTED, "text")
        entry = self._entries[-1] if self._entries else None
        if is_key and entry and squeezed(key) in self._columns and self._columns[squeezed(key)] != self._lead:
            self._put(entry, key, text_of(value), (line.number, None))
            self._open = None if value.strip() else (line.indent, key, line.number)
        elif self._goes_on(line) and entry and self._open:
            self._put(entry, self._open[1], text, (self._open[2], None), joined=True)
        elif line.shape == "heading" and entry and self._columns.get(squeezed(text), self._lead) != self._lead:
            self._open = (-1, text, line.number)
        elif line.shape == "heading":
            self._begin(line, text)
        elif self._section.name in ("audience", "personas"):
            self._read_remark(line, entry, key if is_key else "", text_of(value))
        elif line.shape in _LISTED or self._is_bare_entry(line, is_key=is_key and bool(value.strip())):
            if is_key and entry and line.indent > _indent_of(self._section, entry):
                self._put(entry, key, text_of(value), (line.number, None))
            else:
                self._begin(line, text)
        else:
            self._loose.append(line)

    def _is_bare_entry(self, line: Line, *, is_key: bool) -> bool:
        """Whether a line that is no item of a list begins an entry all the same: `H1 …`, or `loyal: 6 times a year`."""
        if line.shape != "text":
            return False
        return is_key if self._section.name in _BEHIND_COLON else bool(_CODE.match(line.text))

    def _goes_on(self, line: Line) -> bool:
        """Whether a line belongs to the key above it, which had no value of its own."""
        return bool(self._open and line.shape in (*_LISTED, "text") and line.indent > self._open[0])

    def _read_remark(self, line: Line, entry: Entry | None, key: str, value: str) -> None:
        if entry is None:
            if line.shape in _LISTED:
                self._begin(line, text_of(line.text))
            else:
                self._loose.append(line)
        elif key and value and line.shape in _LISTED:
            self._put(entry, key, value, (line.number, None))
        elif self._section.name == "personas" and line.shape == "text":
            self._put(entry, "", text_of(line.text), (line.number, None))
        else:
            self._loose.append(line)

    def _begin(self, line: Line, text: str) -> None:
        """Begin an entry with its first field, and what its line says more."""
        entry = Entry(line.number, last=line.number)
        lead = self._lead
        match self._section.name:
            case "findings" | "hypotheses" | "actions":
                if found := _CODE.match(text):
                    entry.fields["code"], text = found[1], text[found.end() :]
                elif line.shape == "numbered":
                    entry.fields["code"] = line.label
                if self._section.name == "actions" and line.shape == "check" and _DONE.search(line.wide[:8]):
                    entry.is_ticked = True
                lead = "text"
            case "segments" | "groups" | "surveys" as name:
                text, _, rest = text.partition(":")
                if name == "surveys" and squeezed(text) in self._columns:  # `file: survey.csv`
                    lead, text = self._columns[squeezed(text)], rest
                elif rest.strip():
                    entry.fields[_BEHIND_COLON[name]] = rest.strip()
        entry.fields[lead] = text.strip()
        entry.places[lead] = (line.number, None)
        self._add(entry)

    def _add(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._open = None

    def _put(
        self, entry: Entry, heading: str, value: str, place: tuple[int, int | None], *, joined: bool = False
    ) -> None:
        """Give an entry a field; a value that comes twice stands behind the first one."""
        entry.last = max(entry.last, place[0])
        column = self._columns.get(squeezed(heading))
        if column is None:
            if value:
                entry.extra.append((heading, value))
            return
        before = entry.fields.get(column, "")
        if before and value and not joined:
            self._warn(place[0], N_("The key {key} stands twice; the first one counts."), key=heading)
            entry.extra.append((heading, value))
            return
        entry.fields[column] = f"{before}; {value}" if before and value else before or value
        entry.places[column] = place


def _cells(line: Line) -> list[str]:
    return cells(line) if is_row(line) or "\t" not in line.wide else line.wide.split("\t")


def _indent_of(section: Section, entry: Entry) -> int:
    return next((line.indent for line in section.lines if line.number == entry.line), 0)


def text_of(text: str) -> str:
    """Return a text as it is read aloud."""
    return put_back(one_line(without_emphasis(text)))
