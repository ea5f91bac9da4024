"""Transcripts as plain text: captions of Zoom, Otter, noScribe, Happy Scribe, Amberscript, Premiere and others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from kring.domain.text import N_, Sentence
from kring.imports.formats.cues.overlaps import MARK, told_apart
from kring.imports.formats.texts.ends import ENDS_ESTIMATED, with_ends
from kring.imports.formats.texts.layout import TIMED, layout_of
from kring.imports.formats.texts.lines import Kind, Line, lines_of
from kring.imports.formats.texts.turns import turns_in
from kring.imports.hours import are_of_session
from kring.imports.one_clock import on_one_clock
from kring.imports.parsed import Clock, Parsed, Utterance
from kring.imports.source import Format, Source
from kring.imports.stamps import EVENING_FROM_MS, Begins, moment_in_name, ms_of
from kring.system.text_files import Unreadable

_HEAD_LINES = 400
_MINUTES = 60
_FIVE_MS = 5_000  # five minutes, read as hours and minutes: the steps of a plan
HOURS_AND_MINUTES = N_(
    "Times such as 19:35 are read as hours and minutes, for the session was then. Is it a chat? Then say so: --as "
    "chat-lines."
)
_CAPTION = re.compile(r"\[[^\[\]]+\]\s+\d{1,2}:\d\d:\d\d\s*")
_NOSCRIBE = re.compile(r"S\d\d+:\s*\[\d\d:\d\d:\d\d\]")
_FRAMES = re.compile(r"\d\d;\d\d;\d\d;\d\d\s*[-–]")
_DASHED = re.compile(r"\[?[\d:.,]{4,}\]?\s+[-–]\s+\S")
_END = re.compile(r"(.*\S)\s+[\[(](?:(\d{1,2}):)?(\d{1,2}):(\d\d)(?:[.,](\d{1,3}))?[\])]", re.DOTALL)
_INSIDE = re.compile(r"\s*\[(\d\d):(\d\d):(\d\d)\]\s*")


def read_lines(name: str, source: Source, lines: Sequence[str], begins: Begins | None = None) -> Parsed:
    """Return what is said in the lines of a transcript."""
    read, are_hours = _lines_of(lines, source)
    found = turns_in(read, source.knows)
    utterances = _more_exact(found.utterances) if name == "noscribe-txt" else _with_said_ends(found.utterances)
    if not utterances:
        raise Unreadable(N_("{file} holds no words with a time."), file=source.name)
    clock = _clock(name, read, utterances)
    warnings = list(source.warnings)
    if are_hours:
        warnings.append(Sentence(HOURS_AND_MINUTES))
        utterances = [one.model_copy(update={"is_approximate": True}) for one in utterances]
    if clock is Clock.TIME_OF_DAY:
        placed = on_one_clock([one.start_ms or 0 for one in utterances], of_day=True)
        warnings += placed.warnings([one.line for one in utterances])
        utterances = [_moved(one, time) for one, time in zip(utterances, placed.times, strict=True)]
    if any(one.end_ms is None for one in utterances):
        warnings.append(Sentence(ENDS_ESTIMATED))
    began = (begins or moment_in_name(source.name)) if clock is Clock.RECORDING else Begins()
    return Parsed(
        format=name,
        clock=clock,
        begins_utc_ms=began.utc_ms,
        begins_wall_ms=began.wall_ms,
        utterances=with_ends(utterances),
        skipped=tuple(found.skipped),
        warnings=tuple(warnings),
    )


def _lines_of(lines: Sequence[str], source: Source) -> tuple[list[Line], bool]:
    """Return what each line is, and whether times such as 19:35 in them are hours and minutes.

    They are where all times lie in the hours of the session then.
    """
    read = _sure_by_names(lines_of(lines), source.knows)
    timed = [line for line in read if line.kind in TIMED]
    if not any(line.is_short for line in timed) or any(line.is_of_day or line.end_ms is not None for line in timed):
        return read, False
    if not are_of_session(_as_hours(timed), source.evening.hours):
        return read, False
    return [_in_hours(line) for line in read], True


def _sure_by_names(lines: list[Line], knows: Callable[[str], bool]) -> list[Line]:
    """Return lines, those such as *1:20 Joke: yes* sure where most have that form and names come back or are known."""
    counts = Counter(line.name for line in lines if line.kind is Kind.SAID and not line.is_sure)
    of_people = sum(count for name, count in counts.items() if count > 1 or knows(name))
    filled = sum(line.kind is not Kind.BLANK for line in lines)
    if not of_people or of_people * 2 < counts.total() or counts.total() * 2 <= filled:
        return lines
    return [line._replace(is_sure=True) if line.kind is Kind.SAID else line for line in lines]


def _as_hours(timed: Sequence[Line]) -> list[int]:
    return [_in_hours(line).start_ms for line in timed]


def _in_hours(line: Line) -> Line:
    """Return a line with its time read as hours and minutes."""
    if line.kind not in TIMED:
        return line
    start_ms = line.start_ms * _MINUTES if line.is_short else line.start_ms
    return line._replace(start_ms=start_ms, is_of_day=True, is_sure=True)


def _with_said_ends(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Return utterances with the ends that stand in brackets behind their words, where most have one."""
    ends = [_END.fullmatch(one.text) for one in utterances]
    if sum(end is not None for end in ends) * 2 <= len(utterances):
        return list(utterances)
    told = []
    for one, end in zip(utterances, ends, strict=True):
        at_ms = None if end is None else ms_of(*end.group(2, 3, 4, 5))
        is_end = end is not None and at_ms is not None and at_ms >= (one.start_ms or 0)
        told.append(one.model_copy(update={"text": end[1], "end_ms": at_ms}) if end is not None and is_end else one)
    return told


def _moved(one: Utterance, start_ms: int) -> Utterance:
    by = start_ms - (one.start_ms or 0)
    return one.model_copy(update={"start_ms": start_ms, "end_ms": None if one.end_ms is None else one.end_ms + by})


def _clock(name: str, lines: Sequence[Line], utterances: Sequence[Utterance]) -> Clock:
    begins_late = (utterances[0].start_ms or 0) >= EVENING_FROM_MS
    timed = [line.is_of_day for line in lines if line.kind in TIMED and line.is_sure]
    is_of_day = name == "zoom-captions" or begins_late or sum(timed) * 2 > len(timed)
    return Clock.TIME_OF_DAY if is_of_day else Clock.RECORDING


def _more_exact(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Return utterances parted at the times inside them, and from the words of others that overlap."""
    voices = {one.speaker for one in utterances}
    parted: list[Utterance] = []
    for one in utterances:
        first, *rest = _INSIDE.split(one.text)
        pieces = [(one.start_ms, first)]
        for place in range(0, len(rest), 4):
            moment = ms_of(*rest[place : place + 3])
            pieces.append((pieces[-1][0] if moment is None else moment, rest[place + 3]))
        for start_ms, text in pieces:
            told = list(told_apart(one.speaker, text, voices)) if MARK in text else [(one.speaker, text)]
            parted += [
                one.model_copy(
                    update={
                        "start_ms": start_ms,
                        "end_ms": one.end_ms if len(pieces) == 1 else None,
                        "speaker": speaker,
                        "text": said,
                        "is_approximate": len(told) > 1 or one.is_approximate,
                    }
                )
                for speaker, said in told
                if said
            ]
    return parted


def _read(name: str, source: Source) -> Parsed:
    return read_lines(name, source, source.text.replace("\r", "\n").split("\n"))


def _head(source: Source) -> list[Line]:
    """Return what the first lines of a file are."""
    return _lines_of(_first(source), source)[0]


def _first(source: Source) -> list[str]:
    return source.text.replace("\r", "\n").split("\n", _HEAD_LINES)[:_HEAD_LINES]


def _mostly(pattern: re.Pattern[str]) -> Callable[[Source], bool]:
    """Return whether at least half of the lines with a time have a certain form."""

    def recognises(source: Source) -> bool:
        lines = [line.strip() for line in _first(source)]
        timed = sum(line.kind in TIMED and line.is_sure for line in lines_of(lines))
        return timed > 0 and sum(pattern.match(line) is not None for line in lines) * 2 >= timed

    return recognises


def _is_agenda(source: Source) -> bool:
    """Whether its times are hours and minutes, and nobody stands beside them: a guide, or what comes when."""
    lines, are_hours = _lines_of(_first(source), source)
    if not (are_hours or _are_steps([line for line in lines if line.kind in TIMED], source)):
        return False
    if not source.evening.people or any(line.kind is Kind.WORDS and source.knows(line.text) for line in lines):
        return False
    people = Counter(one.speaker for one in turns_in(lines, source.knows).utterances if one.speaker)
    return not any(count > 1 or source.knows(name) for name, count in people.items())


def _are_steps(timed: Sequence[Line], source: Source) -> bool:
    """Whether times with an end are whole steps of five minutes in the hours of the session: 19:30 - 19:45."""
    times = [time for line in timed for time in (line.start_ms, line.end_ms) if time is not None]
    is_short = all(line.is_short and not line.is_of_day for line in timed)
    are_whole = bool(times) and all(time % _FIVE_MS == 0 for time in times)
    return is_short and are_whole and are_of_session(_as_hours(timed), source.evening.hours)


def _talk(recognises: Callable[[Source], bool]) -> Callable[[Source], bool]:
    """Return what recognises such a file where people speak in it."""
    return lambda source: recognises(source) and not _is_agenda(source)


_is_dashed = _mostly(_DASHED)


def _is_happyscribe(source: Source) -> bool:
    return _is_dashed(source) and layout_of(_head(source), source.knows).opens_with_name


def has_heads(source: Source) -> bool:
    """Whether most times stand behind a name, on a line above what was said."""
    lines = _head(source)
    heads = sum(line.kind is Kind.HEAD and line.is_sure for line in lines)
    return heads > 0 and heads * 2 > sum(line.kind in TIMED and line.is_sure for line in lines)


def _has_names_below_times(source: Source) -> bool:
    lines = _head(source)
    return layout_of(lines, source.knows).names_follow and bool(turns_in(lines, source.knows).utterances)


def _is_meet(source: Source) -> bool:
    """Whether a time stands above several turns, as Google Meet writes one every few minutes."""
    return _has_names_below_times(source) and any(
        one.is_approximate for one in turns_in(_head(source), source.knows).utterances
    )


def _is_caption_lines(source: Source) -> bool:
    lines = _head(source)
    kinds = {line.kind for line in lines} - {Kind.BLANK}
    return kinds <= {Kind.OPEN, Kind.SAID} and not layout_of(lines, source.knows).names and _is_timed(source)


def _is_timed(source: Source) -> bool:
    """Whether times are in so many lines that they part what is said, as those of an agenda do not."""
    lines = _head(source)
    kinds = Counter(line.kind for line in lines if line.kind is not Kind.BLANK)
    timed = sum(line.kind in TIMED and line.is_sure for line in lines)
    return timed > 1 and timed * 5 >= kinds.total() and bool(turns_in(lines, source.knows).utterances)


FORMATS = (
    Format("zoom-captions", _mostly(_CAPTION), partial(_read, "zoom-captions")),
    Format("noscribe-txt", _mostly(_NOSCRIBE), partial(_read, "noscribe-txt")),
    Format("premiere", _mostly(_FRAMES), partial(_read, "premiere")),
    Format("happyscribe", _is_happyscribe, partial(_read, "happyscribe")),
    Format("atrain-txt", _talk(_is_dashed), partial(_read, "atrain-txt")),
    Format("otter", _talk(has_heads), partial(_read, "otter")),
    Format("meet-transcript", _talk(_is_meet), partial(_read, "meet-transcript")),
    Format("amberscript-txt", _talk(_has_names_below_times), partial(_read, "amberscript-txt")),
    Format("caption-lines", _talk(_is_caption_lines), partial(_read, "caption-lines")),
    Format("timed-text", _talk(_is_timed), partial(_read, "timed-text")),
)
