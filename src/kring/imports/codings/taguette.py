"""CSV of Taguette: its highlights, each with a tag and its words, or its codebook."""

from __future__ import annotations

from kring.domain.text import N_, folded, one_line
from kring.imports.codings.coded import ReadCode, ReadCoding, ReadFile
from kring.system.text_files import Unreadable, decoded, rows_of

LARGEST = 32 * 1024 * 1024
_PATHS = ("tag", "path", "name")
_NONE = N_("{file} is no codebook and no highlights of Taguette: it has no column of tags.")


def read_taguette(content: bytes, name: str) -> ReadFile:
    """Return the codes of a file, and of highlights their words; raises Unreadable with one sentence."""
    header, *rows = [cells for _line, cells in rows_of(decoded(content, name, LARGEST).text)] or [[]]
    columns = {folded(title.strip("'")): place for place, title in reversed(list(enumerate(header)))}
    path = next((columns[title] for title in _PATHS if title in columns), None)
    if path is None:
        raise Unreadable(_NONE, file=name)
    codes: dict[str, ReadCode] = {}
    codings: list[ReadCoding] = []
    for row in rows:
        told = _cell(row, path)
        if not told:
            continue
        *above, _last = parts = told.split(".")
        for depth in range(1, len(above) + 1):
            codes.setdefault(".".join(parts[:depth]), _code(parts[:depth], "", is_codable=False))
        if told not in codes or not codes[told].is_codable:
            codes[told] = _code(parts, _cell(row, columns.get("description")))
        if words := _cell(row, columns.get("content")):
            codings.append(ReadCoding(codes[told], "", words))
    return ReadFile(tuple(codes.values()), tuple(codings))


def _code(path: list[str], description: str, *, is_codable: bool = True) -> ReadCode:
    *above, name = (one_line(part).replace("·", ".") for part in path)
    return ReadCode(name, tuple(above), description, is_codable=is_codable)


def _cell(row: list[str], place: int | None) -> str:
    """Return a cell as it was meant: without the sign before what a spreadsheet would run."""
    if place is None or place >= len(row):
        return ""
    text = row[place].strip()
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text
