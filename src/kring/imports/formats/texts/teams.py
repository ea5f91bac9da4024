"""The transcript of Teams as a Word document: name and time above each turn, and above all of them when it began."""

from __future__ import annotations

from itertools import islice

from kring.imports.dates import dates_of
from kring.imports.formats.texts.files import has_heads, read_lines
from kring.imports.parsed import Millis, Parsed
from kring.imports.source import Format, Source
from kring.imports.stamps import Begins, moment_in_name
from kring.system.office.documents import is_document

_LINES_ABOVE = 12
_QUARTER_MS = 15 * 60_000  # zones lie whole quarters of an hour from UTC
_MINUTE_MS = 60_000


def _recognises(source: Source) -> bool:
    return is_document(source.content) and has_heads(source)


def _read(source: Source) -> Parsed:
    lines = source.text.split("\n")
    return read_lines("teams-document", source, lines, _begins(source, list(islice(lines, _LINES_ABOVE))))


FORMATS = (Format("teams-document", _recognises, _read),)


def _begins(source: Source, above: list[str]) -> Begins:
    """Return when it began: in the title and the name of the file it is local, in the line with a date UTC.

    The second has whole minutes only; the seconds come from the first, where the two are a whole zone apart.
    """
    named = (moment_in_name(text) for text in (*above, source.name))
    wall_ms = next((found.wall_ms for found in named if found.wall_ms is not None), None)
    utc_ms = next(
        (ms for line in above if len(line) < 60 and (ms := dates_of([line], source.day).wall_ms(line)) is not None),
        None,
    )
    if wall_ms is None or utc_ms is None:
        return Begins(utc_ms, wall_ms)
    return Begins(_with_seconds(utc_ms, wall_ms), wall_ms)


def _with_seconds(utc_ms: Millis, wall_ms: Millis) -> Millis:
    zone_ms = round((wall_ms - utc_ms) / _QUARTER_MS) * _QUARTER_MS
    exact_ms = wall_ms - zone_ms
    return exact_ms if abs(exact_ms - utc_ms) <= _MINUTE_MS else utc_ms
