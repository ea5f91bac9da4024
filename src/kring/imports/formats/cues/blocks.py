"""Cues as they stand in a file: one grammar for WebVTT, SRT and SBV, with or without a header, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from kring.domain.text import N_, Sentence
from kring.imports.parsed import Millis, Skipped
from kring.imports.stamps import ms_of

_STAMP = r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,9}))?"
_ARROW = re.compile(rf"\s*{_STAMP}\s*-->\s*{_STAMP}(?!\d)")
_COMMA = re.compile(r"\s*(\d{1,4}):(\d\d):(\d\d)[.](\d{1,3})\s?,\s?(\d{1,4}):(\d\d):(\d\d)[.](\d{1,3})\s*")
_ASIDE = ("NOTE", "STYLE", "REGION")  # blocks of a WebVTT file that say nothing


class Cue(NamedTuple):
    """One cue: `line` is that of its times, `end_ms` None where it ends before it starts."""

    line: int
    start_ms: Millis
    end_ms: Millis | None
    identifier: str
    lines: tuple[str, ...]


class CueFile(NamedTuple):
    """All cues of a file, its header, and what could not be read."""

    cues: list[Cue]
    header: str
    skipped: list[Skipped]


def cues_in(text: str) -> CueFile:
    """Return the cues of a text; a line of blanks belongs to its cue, as in WebVTT, an empty line ends it."""
    reader = _Reader()
    for number, line in enumerate(text.replace("\r", "\n").split("\n"), 1):
        reader.take(number, line)
    reader.take_blank()
    return CueFile(reader.cues, reader.header, reader.skipped)


def seems_of_cues(lines: Iterable[str]) -> bool:
    """Whether one of the lines holds the times of a cue."""
    return any(_times(line) is not None for line in lines)


class _Reader:
    def __init__(self) -> None:
        self.cues: list[Cue] = []
        self.header = ""
        self.skipped: list[Skipped] = []
        self._above: list[tuple[int, str]] = []
        self._times: tuple[int, Millis, Millis | None, str] | None = None
        self._words: list[str] = []
        self._is_refused = False  # until the next empty line

    def take(self, number: int, line: str) -> None:
        if not line:
            self.take_blank()
            return
        times = _times(line)
        if times is not None:
            self._open(number, *times)
        elif "-->" in line:
            self.take_blank()
            self._is_refused = True
            self.skipped.append(Skipped(line=number, why=Sentence(N_("The times of this cue cannot be read."))))
        elif self._times is not None:
            self._words.append(line)
        elif number == 1 and line.startswith("WEBVTT"):
            self.header = line[6:].strip()
            self._is_refused = True
        elif not self._is_refused:
            self._above.append((number, line))

    def take_blank(self) -> None:
        self._close()
        if self._above and not self._above[0][1].startswith(_ASIDE):
            why = Sentence(N_("There is no time above these words."))
            self.skipped += [Skipped(line=number, why=why) for number, line in self._above if line.strip()]
        self._above = []
        self._is_refused = False

    def _open(self, number: int, start_ms: Millis, end_ms: Millis) -> None:
        identifier = self._above.pop()[1].strip() if self._above else self._taken_back()
        self.take_blank()
        self._times = (number, start_ms, end_ms if end_ms >= start_ms else None, identifier)

    def _taken_back(self) -> str:
        """Return what ended a cue that no empty line ended, where it is the identifier of the next."""
        words = self._words
        if words and (words[-1].strip().isdecimal() or (len(words) > 1 and not words[-2].strip())):
            return words.pop().strip()
        return ""

    def _close(self) -> None:
        if self._times is None:
            return
        line, start_ms, end_ms, identifier = self._times
        if any(word.strip() for word in self._words):
            self.cues.append(Cue(line, start_ms, end_ms, identifier, tuple(self._words)))
        else:
            self.skipped.append(Skipped(line=line, why=Sentence(N_("Nothing stands in this cue."))))
        self._times, self._words = None, []


def _times(line: str) -> tuple[Millis, Millis] | None:
    if "-->" in line:
        found = _ARROW.match(line)
    elif line[:1].isdigit() or line[:1].isspace():
        found = _COMMA.fullmatch(line)
    else:
        return None
    if found is None:
        return None
    start_ms, end_ms = ms_of(*found.group(1, 2, 3, 4)), ms_of(*found.group(5, 6, 7, 8))
    return None if start_ms is None or end_ms is None else (start_ms, end_ms)
