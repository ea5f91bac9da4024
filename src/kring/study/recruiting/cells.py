"""Where each cell of a delimited text stands, so that one of them can be changed and every other sign stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kring.domain.text import KringError

_BREAK = re.compile("\r\n?|[\n\u0085\u2028\u2029]")
_BREAKS = "\r\n\u0085\u2028\u2029"
Span = tuple[int, int]


def rows(text: str, separator: str) -> Iterator[tuple[int, list[Span]]]:
    """Yield the line on which each row begins, and where its cells begin and end, their quotation marks within.

    Raises KringError for a quotation mark that is not closed: what is in such a cell nobody can tell.
    """
    at, line = 0, 1
    while at < len(text):
        begins, spans = line, []
        while True:
            start, (at, breaks) = at, _end_of_cell(text, at, separator)
            spans.append((start, at))
            line += breaks
            if text[at : at + 1] != separator:
                break
            at += 1
        found = _BREAK.match(text, at)
        at = found.end() if found else len(text)
        line += 1
        yield begins, spans


def _end_of_cell(text: str, at: int, separator: str) -> tuple[int, int]:
    """Return where a cell ends, and how many line breaks are in it."""
    start = at
    if text[at : at + 1] == '"':
        while True:
            at = text.find('"', at + 1)
            if at < 0:
                raise KringError("A quotation mark in this list is not closed; close it, and change it then.")
            if text[at + 1 : at + 2] != '"':
                break
            at += 1
        breaks = len(_BREAK.findall(text, start, at))
    else:
        breaks = 0
    while at < len(text) and text[at] != separator and text[at] not in _BREAKS:
        at += 1
    return at, breaks


def with_cells(text: str, separator: str, line: int, values: Mapping[int, str]) -> str:
    """Return a text in which the row that begins on a line has other cells at these places; raises KringError."""
    spans = next((spans for begins, spans in rows(text, separator) if begins == line), None)
    if spans is None:
        raise KringError("Line {line} is no longer in the list.", line=line)
    missing = range(len(spans), max(values, default=-1) + 1)
    end = spans[-1][1]
    more = "".join(separator + _as_cell(values.get(place, ""), separator, is_quoted=False) for place in missing)
    text = text[:end] + more + text[end:]
    for place in sorted((place for place in values if place < len(spans)), reverse=True):
        start, end = spans[place]
        new = _as_cell(values[place], separator, is_quoted=text[start : start + 1] == '"')
        text = text[:start] + new + text[end:]
    return text


def _as_cell(value: str, separator: str, *, is_quoted: bool) -> str:
    if (
        (is_quoted and value)
        or separator in value
        or '"' in value
        or value != value.strip()
        or any(b in value for b in _BREAKS)
    ):
        return '"' + value.replace('"', '""') + '"'
    return value
