"""TextGrid for Praat: a tier of intervals for each speaker, and for the guide, the tags and the notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kring.domain.text import one_line
from kring.exports.elan import Tier, tiers
from kring.privacy.snapshot import Snapshot
from kring.system.output_files import Progress

Interval = tuple[int, int, str]
LATEST_MS = 2**32 - 1
"""Later than any session; what a damaged file tells of after that is left out."""


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the session for Praat; times are those of the session's clock, in seconds."""
    found = list(tiers(snapshot))
    last = min(max((one.end for tier in found for one in tier.annotations), default=1), LATEST_MS)
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", *_span(0, last), "tiers? <exists>"]
    lines += [f"size = {len(found)}", "item []:"]
    for number, tier in enumerate(found, 1):
        intervals = list(_intervals(tier, last))
        lines += [f"    item [{number}]:", '        class = "IntervalTier"', f"        name = {_quoted(tier.name)}"]
        lines += [f"        {line}" for line in _span(0, last)]
        lines.append(f"        intervals: size = {len(intervals)}")
        for place, (begin, end, text) in enumerate(intervals, 1):
            lines.append(f"        intervals [{place}]:")
            lines += [f"            {line}" for line in (*_span(begin, end), f"text = {_quoted(text)}")]
    file.write(("\n".join(lines) + "\n").encode())


def _intervals(tier: Tier, last: int) -> Iterator[Interval]:
    """Yield the intervals of a tier without a gap between: where nothing is, one without a text."""
    at = 0
    for one in tier.annotations:
        if one.begin >= last:
            break
        if at < one.begin:
            yield at, one.begin, ""
        at = min(one.end, last)
        yield one.begin, at, one.text
    if at < last:
        yield at, last, ""


def _span(begin: int, end: int) -> tuple[str, str]:
    return f"xmin = {begin / 1000:.3f}", f"xmax = {end / 1000:.3f}"


def _quoted(text: str) -> str:
    told = one_line(text).replace('"', '""')
    return f'"{told}"'
