"""The turns in a transcript: its lines joined by the way in which it is laid out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from kring.domain.text import N_, Sentence
from kring.imports.formats.cues.files import NO_NAME
from kring.imports.formats.cues.not_names import is_notice
from kring.imports.formats.cues.voices import Knows, is_like_a_name
from kring.imports.formats.texts.ends import MS_A_LETTER
from kring.imports.formats.texts.layout import TIMED, Layout, layout_of
from kring.imports.formats.texts.lines import Kind, Line
from kring.imports.parsed import Millis, Skipped, Utterance

_ABOVE = N_("This stands above the first words with a time.")
_BELOW = N_("This stands below the last words.")
_WITH_HOURS = re.compile(r"\d:\d\d:\d\d")
_LINK = re.compile(r"https?://\S+\s*$|\bwww\.\S+\s*$")
_SHORT_MARKER = 8


class Turns(NamedTuple):
    """What is said in a transcript, and the lines that are not speech."""

    utterances: list[Utterance]
    skipped: list[Skipped]


class _Turn(msgspec.Struct):
    line: int
    start_ms: Millis
    end_ms: Millis | None
    speaker: str
    words: list[str]
    is_approximate: bool = False


def turns_in(lines: Sequence[Line], knows: Knows) -> Turns:
    """Return what is said in a transcript."""
    joiner = _Joiner(lines, layout_of(lines, knows))
    joiner.join()
    return Turns(
        [
            Utterance(
                line=turn.line,
                start_ms=turn.start_ms,
                end_ms=turn.end_ms,
                speaker=turn.speaker,
                text=" ".join(turn.words),
                is_approximate=turn.is_approximate,
            )
            for turn in joiner.turns
            if any(turn.words)
        ],
        sorted(joiner.skipped, key=lambda one: one.line),
    )


class _Joiner:
    """Joins lines into turns, one line after another."""

    def __init__(self, lines: Sequence[Line], layout: Layout) -> None:
        self.turns: list[_Turn] = []
        self.skipped: list[Skipped] = []
        self._lines = lines
        self._layout = layout
        self._speaker = ""  # of all that follows, where names stand above several times
        self._time: Line | None = None
        self._block: list[_Turn] = []
        self._loose: list[Line] = []
        self._loose_before = 0
        self._is_after_blank = True
        self._taken: set[int] = set()
        self._is_only_names = layout.names_follow and not (layout.name_above or layout.name_below)
        self._last_time = max((index for index, line in enumerate(lines) if line.kind is Kind.TIME), default=-1)
        self._is_over = False
        self._start = self._first_line()

    def join(self) -> None:
        for index, line in enumerate(self._lines):
            if index in self._taken:
                continue
            if line.kind is Kind.BLANK:
                self._is_after_blank = True
                continue
            if index < self._start or self._is_over:
                self._skip(line, _ABOVE if index < self._start else _BELOW)
            else:
                self._take(index, line)
            self._is_after_blank = False
        self._spread(None)
        self._keep_or_skip_loose()

    def _first_line(self) -> int:
        """Return where speech begins: at the first time, or at names just above it that speak below it too."""
        first = next((index for index, line in enumerate(self._lines) if line.kind in TIMED), len(self._lines))
        if self._layout.name_above:
            return max(0, first - 1)
        if not self._is_only_names or first == len(self._lines) or not self._lines[first].start_ms:
            return max(0, first - 1) if self._is_section(first - 1) else first
        start, above = first, first - 1
        while above >= 0 and (
            self._lines[above].kind is Kind.BLANK
            or (self._lines[above].kind is Kind.NAMED and self._lines[above].name in self._layout.names)
        ):
            start = above
            above -= 1
        return start

    def _take(self, index: int, line: Line) -> None:
        layout = self._layout
        if line.kind is Kind.TIME:
            self._take_time(index, line)
        elif self._is_notice(line):
            self._skip(line, NO_NAME)
        elif line.kind is Kind.HEAD and self._is_head(index, line):
            self._begin(line, line.name)
        elif line.kind is Kind.SAID and line.is_sure:
            known = line.name in layout.people
            self._begin(line, line.name if known else self._speaker, line.text if known else whole(line))
        elif line.kind is Kind.OPEN and line.is_sure and layout.opens_with_name:
            self._begin(line, line.text)
        elif line.kind is Kind.OPEN and line.is_sure:
            self._begin(line, self._speaker, line.text)
        elif line.kind is Kind.NAMED and layout.names_follow and line.name in layout.names:
            self._begin_named(line)
        elif line.kind is Kind.NAMED and line.name in layout.known and self.turns:
            self._go_on_with(line)
        elif self._is_section(index):
            self._speaker = line.text
        else:
            self._go_on(index, line)

    def _take_time(self, index: int, line: Line) -> None:
        self._spread(line.start_ms)
        self._time = line
        if self._layout.name_above and index > 0:
            self._begin(line, self._lines[index - 1].text)
        elif self._layout.name_below and index + 1 < len(self._lines):
            self._taken.add(index + 1)
            self._begin(line, self._lines[index + 1].text)
        elif not self._layout.names_follow:
            self._begin(line, self._speaker)

    def _is_notice(self, line: Line) -> bool:
        """Whether a line is a note or a notice that stands between what is said."""
        is_apart = self._is_after_blank or line.text[:1] in {"[", "("} or line.kind is Kind.OPEN
        if self._is_only_names and _WITH_HOURS.search(line.text):
            return False  # the end of a transcript of Google Meet
        is_note = is_notice(line.text) and (is_apart or ":" in line.text)
        return line.kind in {Kind.WORDS, Kind.OPEN} and is_note

    def _is_head(self, index: int, line: Line) -> bool:
        if self._is_only_names:
            return False
        after = self._lines[index + 1].kind if index + 1 < len(self._lines) else Kind.BLANK
        may_be = self._is_after_blank and after is not Kind.BLANK and not self._layout.has_sure_heads
        return line.is_sure or line.name in self._layout.names or may_be

    def _is_section(self, index: int) -> bool:
        """Whether a line is the name of who says all that follows, each with its own time."""
        if not 0 <= index < len(self._lines) - 1 or self._layout.opens_with_name:
            return False
        line, before = self._lines[index], self._lines[index - 1].kind if index else Kind.BLANK
        return (
            line.kind is Kind.WORDS
            and before is Kind.BLANK
            and self._lines[index + 1].kind in {Kind.OPEN, Kind.SAID}
            and is_like_a_name(line.text)
        )

    def _begin(self, line: Line, speaker: str, words: str = "") -> None:
        self._attach_loose()
        end_ms = line.end_ms if line.end_ms is not None and line.end_ms >= line.start_ms else None
        self.turns.append(_Turn(line.number, line.start_ms, end_ms, speaker.strip("[] "), [words] if words else []))

    def _begin_named(self, line: Line) -> None:
        time = self._time or Line(line.number, Kind.TIME)
        self._begin(time._replace(number=line.number), line.name, line.text)
        self._block.append(self.turns[-1])

    def _go_on_with(self, line: Line) -> None:
        """Begin the turn of somebody who is named below the turn of another, without a time."""
        last = self.turns[-1]
        self._block = self._block or [last]
        self._begin(line._replace(start_ms=last.start_ms), line.name, line.text)
        self._block.append(self.turns[-1])

    def _spread(self, until_ms: Millis | None) -> None:
        """Spread the turns since the last time over the stretch until the next, by how much is said in each."""
        block, self._block = self._block, []
        if len(block) < 2:
            return
        letters = [sum(map(len, turn.words)) for turn in block]
        start_ms = block[0].start_ms
        length_ms = sum(letters) * MS_A_LETTER if until_ms is None or until_ms <= start_ms else until_ms - start_ms
        before = 0
        for turn, count in zip(block, letters, strict=True):
            turn.start_ms = start_ms + length_ms * before // max(1, sum(letters))
            turn.end_ms, turn.is_approximate = None, True
            before += count

    def _go_on(self, index: int, line: Line) -> None:
        """Take a line that begins no turn: more words of the last one, if they stand close enough to it."""
        if self._layout.name_above and index + 1 < len(self._lines) and self._lines[index + 1].kind is Kind.TIME:
            return  # the name of the next
        if self._is_only_names and index > self._last_time and _WITH_HOURS.search(whole(line)):
            self._is_over = True
            self._skip(line, _BELOW)
        elif not self.turns:
            self._skip(line, _ABOVE)
        elif self._is_only_names and self._is_after_blank:
            self._skip(line, NO_NAME)
        elif self._loose or (self._is_after_blank and self.turns[-1].words):
            self._loose.append(line)
        else:
            self.turns[-1].words.append(whole(line))

    def _attach_loose(self) -> None:
        """Give paragraphs between two turns to the first of them."""
        if self._loose:
            self.turns[-1].words += [whole(line) for line in self._loose]
            self._loose_before += len(self._loose)
        self._loose = []

    def _keep_or_skip_loose(self) -> None:
        """Keep paragraphs below the last turn only where turns have more than one; a link or a marker is none."""
        speakers = {turn.speaker for turn in self.turns if turn.speaker}
        for line in self._loose:
            text = whole(line)
            is_marker = len(text.split()) <= _SHORT_MARKER and any(text.startswith(name) for name in speakers)
            if self._loose_before and not is_marker and not _LINK.search(text):
                self.turns[-1].words.append(text)
            else:
                self._skip(line, _BELOW)

    def _skip(self, line: Line, why: str) -> None:
        self.skipped.append(Skipped(line=line.number, why=Sentence(why)))


def whole(line: Line) -> str:
    """Return all the words on a line, also those that could have been a name."""
    if line.kind in {Kind.NAMED, Kind.SAID}:
        return f"{line.name}: {line.text}"
    return line.text
