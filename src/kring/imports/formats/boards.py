"""Pictures of whiteboards and screens, and boards that were saved: kept as they are, told by their first bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from kring.domain.text import N_, Sentence, folded
from kring.imports.parsed import Attached, Clock, Parsed
from kring.imports.source import Format, Source
from kring.imports.tables.cells import Kind
from kring.imports.tables.rows import Row, Table, first_rows, rows_in, tables_in
from kring.system.text_files import Unreadable

_BEGINS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_ENDS = {"image/png": b"IEND\xaeB`\x82", "image/jpeg": b"\xff\xd9", "application/pdf": b"%%EOF"}
_TAIL = 2048
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^>]*>\s*)*<(?:svg:)?svg[\s>]", re.DOTALL
)
_HEAD = 8192
_AT = re.compile(
    r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?:\D{1,6})([0-2]\d)[-_.:h]?([0-5]\d)(?:[-_.:]?([0-5]\d))?(?!\d{6})"
)
_IN_UTC = re.compile(r"^PXL_")  # the camera of Android writes its names in UTC
_COLOUR = re.compile(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", re.IGNORECASE)
_CARD = frozenset({"sticky note", "sticky notes", "sticky", "card", "notitie", "plaknotitie", "kaart"})
_TYPED = frozenset({"type", "text"})
_LOOK = frozenset({"color", "colour", "kleur", "bg color", "background color", "shape", "area", "frame", "board"})
_PLACE = re.compile(r"(?:^|[\s_-])[xy]$")
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CUT_OFF = N_("The end of this file is missing: it may not open. It is kept as it is.")
_CARDS = N_("Rows of cards in it: {n}. They stay in the file, which is kept; none becomes a note.")
_NO_PICTURE = N_("{file} is no picture, PDF or board that kring knows.")


def media_type_of(content: bytes) -> str:
    """Return what a picture or a document is by its first bytes, "" where it is neither."""
    for begin, media_type in _BEGINS:
        if content.startswith(begin):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return "image/avif" if content[8:12] == b"avif" else "image/heic"
    return "image/svg+xml" if _SVG.match(content[:_HEAD]) else ""


def _is_picture(source: Source) -> bool:
    return bool(media_type_of(source.content))


def _read_picture(source: Source) -> Parsed:
    media_type = media_type_of(source.content)
    if not media_type:
        raise Unreadable(_NO_PICTURE, file=source.name)
    end = _ENDS.get(media_type, b"")
    at_ms = moment_in(source.name)
    return Parsed(
        format="picture",
        clock=Clock.NONE if at_ms is None else Clock.UTC if _IN_UTC.match(source.name) else Clock.WALL,
        attached=(Attached(line=1, name=source.name, media_type=media_type, at_ms=at_ms),),
        warnings=() if end in source.content[-_TAIL:] else (Sentence(_CUT_OFF),),
    )


def moment_in(name: str) -> int | None:
    """Return the moment that the name of a file says, as cameras and screenshots write it, None where it says none."""
    found = _AT.search(name)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return round(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()) * 1000
    except ValueError:
        return None


def _is_board(source: Source) -> bool:
    """Whether rows have a colour or a place for each card, or headings that tell of cards, besides what is on it."""
    rows = first_rows(source)
    body = [row for row in rows[1:] if row.filled > 1]
    coloured = sum(any(_COLOUR.fullmatch(cell) for cell in row.cells) for row in body)
    return coloured * 2 > len(body) or _has_cards(rows) or any(map(_has_places, tables_in(rows)))


def _has_cards(rows: Sequence[Row]) -> bool:
    """Whether headings tell what is on each card and how or where it is, as Miro and Mural save them."""
    header = next((row for row in rows if row.filled > 1), None)
    headings = set() if header is None else set(map(folded, header.cells))
    return bool(headings & _CARD or headings >= _TYPED) and bool(headings & _LOOK)


def _has_places(table: Table) -> bool:
    columns = table.columns
    places = [column for column in columns if column.kind is Kind.NUMBER and _PLACE.search(folded(column.heading))]
    return len(places) > 1 and any(column.kind is Kind.TEXT for column in columns)


def _read_board(source: Source) -> Parsed:
    cards = sum(row.filled > 1 for row in rows_in(source)[1:])
    media_type = "text/csv" if not source.sheets else _WORKBOOK
    attached = Attached(line=1, name=source.name, media_type=media_type)
    told = Sentence(_CARDS, {"n": cards})
    return Parsed(format="board", clock=Clock.NONE, attached=(attached,), warnings=(*source.warnings, told))


PICTURE = Format("picture", _is_picture, _read_picture)
BOARD = Format("board", _is_board, _read_board)
