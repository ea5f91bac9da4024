"""The lines of a guide as they are read: wrapped ones joined, chapter heads put into their sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from kring.plans.lines import Line
from kring.plans.marks import asks
from kring.plans.reading.headings import Heading

PROBE = re.compile(r"^(?:doorvra(?:ag|gen)|probes?|follow-?ups?|vervolgvra(?:ag|gen))\s?:\s?", re.IGNORECASE)
_ENDS_A_TEXT = tuple('.?!:;…}”"')
_LISTED = ("numbered", "lettered", "bullet", "check", "instruction")
_LONGEST_JOIN = 40
_SHORTEST_WRAPPED = 40  # characters; no program breaks a line that is shorter


def joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Return the lines with those that a mail wrapped put together again; each keeps the number of its first."""
    before: Line | None = None
    parts: list[str] = []
    for line in lines:
        if before is not None and len(parts) < _LONGEST_JOIN and _continues(before, parts[-1], line):
            parts.append(line.text)
            continue
        if before is not None:
            yield _together(before, parts)
        before, parts = line, [line.text]
    if before is not None:
        yield _together(before, parts)


def _continues(before: Line, last: str, line: Line) -> bool:
    if before.chosen or line.chosen:
        return False
    if before.shape == "instruction" and line.shape == "instruction":
        return before.indent == line.indent and bool(line.text) and not last.endswith(_ENDS_A_TEXT)
    if line.shape != "text" or before.shape not in _LISTED or last.endswith(_ENDS_A_TEXT):
        return False
    is_own = line.text[0].isupper() and len(last) < _SHORTEST_WRAPPED and asks(line.text)
    return (line.indent > before.indent and not is_own) or line.text[0].islower()


def _together(line: Line, parts: list[str]) -> Line:
    if len(parts) == 1:
        return line
    return msgspec.structs.replace(line, text=" ".join(parts), wide=" ".join([line.wide, *parts[1:]]))


def shortened(text: str) -> str:
    """Return the start of a text, for a sentence that only has to say which one is meant."""
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def rearranged(lines: Iterable[Line], headings: dict[int, Heading]) -> Iterator[Line]:
    """Return the lines so that what stands between a heading and the first section in it comes inside that section."""
    held: list[Line] = []
    holding = False
    for line in lines:
        heading = headings.get(line.number) if line.shape == "heading" else None
        if heading is None:
            if holding:
                held.append(line)
            else:
                yield line
            continue
        if heading.role == "section":
            yield line
            yield from held
            held, holding = [], False
        elif heading.opens_with_section:
            held.append(line)
            holding = True
        else:
            yield from held
            held, holding = [], False
            yield line
    yield from held
