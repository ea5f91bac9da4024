"""The clock of a file beside the session's: where its times lie, and what says so, as dots on a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from kring.domain.time_text import as_length, on_clock, signed
from kring.imports.parsed import Clock
from kring.imports.preview import Evidence, Offset, Preview
from kring.imports.words import CLOCKS
from kring.system.i18n import _, decimal, say
from kring.ui.widgets.line import EMPTY, Line, cells, cut, line, pad, spread, width

INDENT = 2
FAR_MS = 120_000
"""How far from where the times lie a difference may be to have a place on the line."""
LEAST_AXIS_MS = 4_000
DOTS = "·○●"
"""One difference, a few, many in one cell."""


def heading(preview: Preview, offset: Offset | None) -> Line:
    """Return in words where the times of a file lie."""
    title = (_("Clock") + "  ", "title")
    if preview.clock is Clock.NONE:
        return line(title, (_(CLOCKS[Clock.NONE]), "muted"))
    if offset is None:
        return line(title, (_("nobody knows where on the session's clock it begins"), "soon"))
    time = (as_length(abs(offset.ms)), "bold")
    if preview.clock is Clock.RECORDING:
        before, after = _("it begins at {time} of the session"), _("it begins {time} before the session")
        return line(title, *_around(before if offset.ms >= 0 else after, time))
    if abs(offset.ms) < 500:
        return line(title, (_("the file keeps the session's time"), ""))
    ahead, behind = _("the file is {time} ahead of the session"), _("the file is {time} behind the session")
    return line(title, *_around(ahead if offset.ms < 0 else behind, time))


def clock_lines(preview: Preview, offset: Offset | None, room: int) -> list[Line]:
    """Return the clock of a file with its evidence, and the differences as dots."""
    lines = [cut(heading(preview, offset), room)]
    if offset is None or preview.clock is Clock.NONE:
        return lines
    lines += [_evidence_line(preview.clock, one, room) for one in offset.evidence]
    found = [ms for evidence in offset.evidence for ms in evidence.offsets_ms]
    if len(found) > 1 and room >= 40:
        lines += list(_axis(preview.clock, offset, found, room))
    return lines


def told(clock: Clock, offset_ms: float) -> str:
    """Return where the times of a file lie: on the session's clock, or how far they are moved."""
    if clock is Clock.RECORDING and offset_ms >= 0:
        return on_clock(int(offset_ms) // 1000 * 1000, 0)
    return signed(offset_ms)


def _evidence_line(clock: Clock, evidence: Evidence, room: int) -> Line:
    offsets = sorted(evidence.offsets_ms)
    difference = told(clock, median(offsets))
    what = line(" " * INDENT, (say(evidence.what), "muted"))
    return spread(what, line((difference, "bold")), room)


def _axis(clock: Clock, offset: Offset, found: Sequence[int], room: int) -> Iterator[Line]:
    """Yield a line of dots, a cell for each stretch of the differences, with a mark where the times lie."""
    near = [ms for ms in found if abs(ms - offset.ms) <= FAR_MS]
    first, last = min([*near, offset.ms]), max([*near, offset.ms])
    missing = max(LEAST_AXIS_MS - (last - first), 0) // 2
    low, high = (first - missing) // 1000 * 1000, -(-(last + missing) // 1000) * 1000
    left, right = told(clock, low), told(clock, high)
    columns = min(room - INDENT - cells(left) - cells(right) - 4, 60)

    def place(ms: float) -> int:
        return min(round((ms - low) / (high - low) * (columns - 1)), columns - 1)

    counts = Counter(place(ms) for ms in near)
    here = place(offset.ms)
    dots = "".join(_dot(counts[column]) for column in range(columns))
    yield line(" " * INDENT, (left, "muted"), "  ", (dots, "key"), "  ", (right, "muted"))
    mark = line(" " * (INDENT + cells(left) + 2 + here), ("▲ ", "key"), (told(clock, offset.ms), "bold"))
    beside = [_("spread {spread} s").format(spread=decimal(offset.spread_ms / 1000))] if offset.spread_ms else []
    if len(near) < len(found):
        beside.append(_("{n} further away").format(n=len(found) - len(near)))
    after = line((f"  {', '.join(beside)}" if beside else "", "muted"))
    if width(mark) + width(after) <= room:
        yield (*mark, *after)
    else:
        yield cut(mark, room)
        yield pad(line(" " * INDENT, *after), room) if beside else EMPTY


def _dot(count: int) -> str:
    return " " if not count else DOTS[0] if count == 1 else DOTS[1] if count < 5 else DOTS[2]


def _around(template: str, time: tuple[str, str]) -> Line:
    before, _hole, after = template.partition("{time}")
    return line((before, ""), time, (after, ""))
