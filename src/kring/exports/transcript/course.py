"""The course of a transcript: what was said below the questions, and where somebody spoke of whom no words are here."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal

import msgspec

from kring.domain.guide_items import section_of
from kring.domain.state import State
from kring.exports.account import (
    Piece,
    Spoken,
    item_label,
    item_of,
    paragraphs,
    speaker_names,
    spoken,
    visits,
)
from kring.privacy.snapshot import Snapshot

Voice = Literal["moderator", "participant", "other"]
"""Kinds of speakers; `other` is who is no single known person."""


class Heading(msgspec.Struct, frozen=True):
    """Where the talk comes to a part of the guide: a section (level 1), or what has a time of its own in it (2)."""

    text: str
    level: int


class Utterance(msgspec.Struct, frozen=True):
    """What one speaker said in one turn."""

    voice: Voice
    speaker: str
    pieces: tuple[Piece, ...]


class Wordless(msgspec.Struct, frozen=True):
    """A stretch in which people spoke without words of it here: who, and how many times; ms on the session's clock."""

    start_ms: int
    end_ms: int
    speakers: tuple[tuple[str, int], ...]


class Transcript(msgspec.Struct, frozen=True):
    """A whole transcript, and of how many turns it has words."""

    parts: tuple[Heading | Utterance | Wordless, ...]
    turns: int
    with_words: int


def transcript(snapshot: Snapshot) -> Transcript:
    """Return what was said, in order; a turn of no length without words is a slip of a key and is left out."""
    lines = [line for line in spoken(snapshot) if line.pieces or line.end_ms > line.start_ms]
    names = speaker_names(snapshot, lines)
    wordless = [line for line in lines if not line.pieces]
    course = sorted([*paragraphs(snapshot, lines), *wordless], key=lambda line: (_begin(line), line.id))
    turns = [line for line in lines if line.is_turn]
    return Transcript(tuple(_parts(snapshot, course, names)), len(turns), sum(1 for line in turns if line.pieces))


def _parts(
    snapshot: Snapshot, course: Iterable[Spoken], names: dict[str, str]
) -> Iterator[Heading | Utterance | Wordless]:
    here: str | None = None
    for (item, has_words), those in groupby(_placed(snapshot, course), key=lambda one: (one[0], bool(one[1].pieces))):
        if item is not None and item != here:
            yield from _headings(snapshot.state, item, here)
            here = item
        lines = [line for _item, line in those]
        if has_words:
            yield from (Utterance(_voice(line), names.get(line.who, line.speaker), line.pieces) for line in lines)
        else:
            yield _without_words(lines, names)


def _placed(snapshot: Snapshot, course: Iterable[Spoken]) -> Iterator[tuple[str | None, Spoken]]:
    """Yield each with what of the guide it was said on: by the log, else what was open then, else as the one before."""
    opened = sorted((begin, end, item.id) for item, begin, end in visits(snapshot))
    begins = [begin for begin, _end, _item in opened]
    here: str | None = None
    for line in course:
        if (item := item_of(snapshot.state, line.item)) is not None:
            here = item.id
        elif before := bisect_right(begins, _begin(line)):
            _start, end, open_then = opened[before - 1]
            here = open_then if _begin(line) < end else here
        yield here, line


def _headings(state: State, item_id: str, before: str | None) -> Iterator[Heading]:
    item, section = state.guide[item_id], section_of(state, item_id)
    if section is not None and (before is None or section_of(state, before) != section):
        yield Heading(item_label(section), 1)
    if item != section:
        yield Heading(item_label(item), 2)


def _without_words(lines: list[Spoken], names: dict[str, str]) -> Wordless:
    times = Counter(names.get(line.who, line.speaker) for line in lines)
    return Wordless(lines[0].start_ms, max(line.end_ms for line in lines), tuple(times.items()))


def _begin(line: Spoken) -> int:
    return line.pieces[0].at_ms if line.pieces else line.start_ms


def _voice(line: Spoken) -> Voice:
    match line.who:
        case "moderator":
            return "moderator"
        case "crosstalk" | "unknown":
            return "other"
        case _:
            return "participant"
