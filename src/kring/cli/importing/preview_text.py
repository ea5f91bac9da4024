"""What bringing in a file would do, as lines for people and as one object for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from msgspec.structs import asdict

from kring.domain.local_time import EPOCH, local
from kring.domain.state import State
from kring.domain.text import N_, Sentence, one_line
from kring.domain.time_text import as_clock, day_and_time, signed
from kring.imports.parsed import Clock, Skipped
from kring.imports.placing import times_of
from kring.imports.preview import Counts, Landing, Match, Offset, Preview
from kring.imports.words import CLOCKS, meant
from kring.system.i18n import _, say

LINES_SHOWN = 5
SKIPPED_SHOWN = 12
COUNTED: dict[str, str] = {
    "messages": N_("messages to all"),
    "private": N_("direct messages"),
    "replies": N_("answers to a message"),
    "reactions": N_("reactions"),
    "utterances": N_("pieces of speech"),
    "joins": N_("times that somebody came in"),
    "answers": N_("answers to polls"),
    "responses": N_("respondents of a survey"),
}
"""What a file holds, as people are told; the rest is for programs."""


def as_json(state: State, preview: Preview) -> dict[str, Any]:
    """Return a preview as one object of plain values."""
    told = [preview.twice, preview.asks, *preview.warnings]
    times = list(times_of(preview.parsed))
    return {
        "format": preview.format,
        "clock": preview.clock.value,
        "offset_s": None if preview.offset is None or preview.clock is Clock.NONE else preview.offset.ms / 1000,
        "first": _moment(state, preview.first_ms, min(times, default=None)),
        "last": _moment(state, preview.last_ms, max(times, default=None)),
        "people": [match.label for match in preview.people],
        "counts": asdict(preview.counts),
        "skipped": [{"line": one.line, "why": say(one.why)} for one in preview.skipped],
        "warnings": [say(one) for one in told if one is not None],
    }


def _moment(state: State, at_ms: int | None, file_ms: int | None) -> str | None:
    """Return a moment as ISO text in the zone of the session; where it has no place there, as the file counts it."""
    if at_ms is None:
        return None if file_ms is None else as_clock(file_ms)
    clock = local(state, at_ms)
    offset = clock - (EPOCH + timedelta(milliseconds=at_ms))
    zone = timezone(timedelta(minutes=round(offset.total_seconds() / 60)))
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone).isoformat(timespec="milliseconds")


def lines_of(state: State, preview: Preview) -> Iterator[str]:
    """Yield a preview as people read it."""
    yield f"{preview.file}   {preview.format}"
    yield from _counted(preview.counts)
    yield from _clock(state, preview)
    yield from _names(state, preview.people)
    yield from _skipped(preview.skipped)
    yield from _timeline(state, preview)
    yield from _anchors(state, preview)
    for sentence in preview.warnings:
        yield say(sentence)
    for asked in (preview.twice, preview.asks):
        if asked is not None:
            yield say(asked)


def _counted(counts: Counts) -> Iterator[str]:
    for name, told in COUNTED.items():
        if count := getattr(counts, name):
            yield f"  {count:>5}  {_(told)}"


def _clock(state: State, preview: Preview) -> Iterator[str]:
    if preview.clock is Clock.NONE:
        return
    told = [_(CLOCKS[preview.clock])]
    if preview.first_ms is not None and preview.last_ms is not None:
        first, last = (_time(state, at) for at in (preview.first_ms, preview.last_ms))
        told.append(f"{first} – {last}")
    yield f"{_('Clock')}: {', '.join(told)}"
    if preview.offset is not None:
        yield from _offset(preview.offset)


def _offset(offset: Offset) -> Iterator[str]:
    spread = Sentence(N_("spread {spread} s"), {"spread": round(offset.spread_ms / 1000, 1)})
    if offset.ms or offset.evidence:
        yield f"  {signed(offset.ms)}   {say(spread) if offset.spread_ms else ''}".rstrip()
    for evidence in offset.evidence:
        yield f"    {say(evidence.what)}"


def _names(state: State, people: tuple[Match, ...]) -> Iterator[str]:
    if not people:
        return
    yield _("Names")
    width = min(30, max(len(match.label) for match in people))
    for match in people:
        whom = "?" if match.is_open else meant(state, match)
        yield f"  {one_line(match.label):<{width}}  {whom:<20}  {say(match.why)}".rstrip()


def _skipped(skipped: tuple[Skipped, ...]) -> Iterator[str]:
    if skipped:
        yield f"{_('Skipped')}  {len(skipped)}"
    for one in skipped[:SKIPPED_SHOWN]:
        line = _("line {n}").format(n=one.line)
        yield f"  {line}  {say(one.why)}"
    if len(skipped) > SKIPPED_SHOWN:
        yield "  …"


def _timeline(state: State, preview: Preview) -> Iterator[str]:
    shown = preview.landings[:LINES_SHOWN]
    if shown:
        yield _("On the timeline")
    for landing in shown:
        yield f"  {_when(state, landing)}  {landing.label}  {one_line(landing.text)}".rstrip()
    if preview.counts.rows > len(shown):
        yield "  …"


def _anchors(state: State, preview: Preview) -> Iterator[str]:
    if preview.anchors:
        told = _("{n}, and how much later than heard").format(n=len(preview.anchors))
        yield f"{_('By these turns of the log')}  {told}"
    for one in preview.anchors[:LINES_SHOWN]:
        yield f"  {_when(state, one)}  {one.label}  {one.text}"
    if len(preview.anchors) > LINES_SHOWN:
        yield "  …"


def _when(state: State, landing: Landing) -> str:
    return "" if landing.at_ms is None else _time(state, landing.at_ms)


def _time(state: State, at_ms: int) -> str:
    """Return a moment, with its day where it is not that of the session."""
    return day_and_time(state, at_ms, int(state.session.started_at or at_ms))
