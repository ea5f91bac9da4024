"""The pages of a damaged SQLite file read one by one, for the rows that SQLite itself no longer finds.

The format is that of sqlite.org/fileformat2.html: a table's rows lie in leaf pages, and a row that is too long goes on
in a chain of overflow pages.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from mmap import mmap
from pathlib import Path

Value = int | float | str | bytes | None
LEAF, INTERIOR = 0x0D, 0x05
FILE_HEADER = 100  # bytes, on the first page
LOG_HEADER, FRAME_HEADER = 32, 24  # bytes
LARGEST_NUMBER = 1 << 20
_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_BROKEN = (IndexError, ValueError, struct.error, OverflowError)


class Pages:
    """The pages of one file, numbered from 1."""

    def __init__(self, content: bytes | mmap) -> None:
        self._content = content
        size = int.from_bytes(content[16:18], "big") if content[:16] == b"SQLite format 3\x00" else 4096
        self.size = 65_536 if size == 1 else size if size >= 512 and size & (size - 1) == 0 else 4096

    def __len__(self) -> int:
        return len(self._content) // self.size

    def page(self, number: int) -> bytes:
        """Return a page's bytes."""
        if not 1 <= number <= len(self):
            raise IndexError(number)
        return self._content[(number - 1) * self.size : number * self.size]

    def rows(self, least: int, most: int) -> Iterator[tuple[Value, ...]]:
        """Yield every row of so many columns that can be read on any leaf page; its first column is the row's id.

        A row that was written before a column was added has fewer.
        """
        for number in range(1, len(self) + 1):
            page = self.page(number)
            start = FILE_HEADER if number == 1 else 0
            if page[start] != LEAF:
                continue
            for place in _cells(page, start + 8, int.from_bytes(page[start + 3 : start + 5], "big")):
                try:
                    row = self._row(page, place)
                except _BROKEN:
                    continue
                if least <= len(row) <= most:
                    yield row

    def schema_pages(self, number: int = 1) -> Iterator[int]:
        """Yield the pages on which the schema stands."""
        yield number
        page = self.page(number)
        start = FILE_HEADER if number == 1 else 0
        if page[start] != INTERIOR:
            return
        for place in _cells(page, start + 12, int.from_bytes(page[start + 3 : start + 5], "big")):
            yield from self.schema_pages(int.from_bytes(page[place : place + 4], "big"))
        yield from self.schema_pages(int.from_bytes(page[start + 8 : start + 12], "big"))

    def _row(self, page: bytes, place: int) -> tuple[Value, ...]:
        length, place = _number(page, place)
        row_id, place = _number(page, place)
        return (row_id, *_values(self._payload(page, place, length))[1:])

    def _payload(self, page: bytes, place: int, length: int) -> bytes:
        if length > len(self._content):
            raise ValueError(length)
        most = self.size - 35
        if length <= most:
            return page[place : place + length]
        least = (self.size - 12) * 32 // 255 - 23
        local = least + (length - least) % (self.size - 4)
        local = local if local <= most else least
        payload = page[place : place + local]
        following = int.from_bytes(page[place + local : place + local + 4], "big")
        while len(payload) < length:
            page = self.page(following)
            payload += page[4 : 4 + length - len(payload)]
            following = int.from_bytes(page[:4], "big")
        return payload


def _cells(page: bytes, start: int, count: int) -> Iterator[int]:
    for number in range(min(count, len(page) // 2)):
        place = int.from_bytes(page[start + 2 * number : start + 2 * number + 2], "big")
        if 0 < place < len(page) - 4:
            yield place


def _number(content: bytes, place: int) -> tuple[int, int]:
    """Return the variable-length number at a place, and the place behind it."""
    number = 0
    for width in range(9):
        byte = content[place + width]
        if width == 8:
            return number << 8 | byte, place + 9
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + width + 1
    raise ValueError(place)


def _values(payload: bytes) -> list[Value]:
    end, place = _number(payload, 0)
    at = end
    values: list[Value] = []
    while place < end:
        kind, place = _number(payload, place)
        width = _WIDTHS.get(kind, 8 if kind == 7 else max(0, (kind - 12) // 2))
        raw = payload[at : at + width]
        if len(raw) < width:
            raise ValueError(kind)
        values.append(_value(kind, raw))
        at += width
    return values


def _value(kind: int, raw: bytes) -> Value:
    match kind:
        case 0:
            return None
        case 7:
            found: float = struct.unpack(">d", raw)[0]
            return found
        case 8 | 9:
            return kind - 8
        case 10 | 11:
            raise ValueError(kind)
        case _ if kind < 7:
            return int.from_bytes(raw, "big", signed=True)
        case _:
            return raw.decode() if kind % 2 else raw


def apply_log(log: Path, copy: Path) -> None:
    """Write the pages of a log into a file that is empty: SQLite would throw such a log away.

    Behind those of its last round stand older ones, which are all that is left of some pages.
    """
    with log.open("rb") as frames, copy.open("r+b") as pages:
        header = frames.read(LOG_HEADER)
        size, salts = int.from_bytes(header[8:12], "big"), header[16:24]
        if size < 512 or size > 65_536 or size & (size - 1):
            return
        of_last_round: set[int] = set()
        while len(frame := frames.read(FRAME_HEADER + size)) == FRAME_HEADER + size:
            number = int.from_bytes(frame[:4], "big")
            if frame[8:16] == salts:
                of_last_round.add(number)
            elif number in of_last_round:
                continue
            if 1 <= number <= LARGEST_NUMBER:
                pages.seek((number - 1) * size)
                pages.write(frame[FRAME_HEADER:])


def graft_schema(file: Path, fresh: Path) -> None:
    """Put the schema's pages of a fresh database into a file whose own can't be read: they lie where they did."""
    content = bytearray(file.read_bytes())
    healthy = Pages(fresh.read_bytes())
    for number in healthy.schema_pages():
        start = (number - 1) * healthy.size
        content[start : start + healthy.size] = healthy.page(number)
    content[28:32] = (len(content) // healthy.size).to_bytes(4, "big")
    content[92:96] = content[24:28]  # so that the number of pages counts
    file.write_bytes(content)
