"""Transcripts with time marks between words, `#00:00:12-3#` of f4, f5 and MAXQDA, and lists of words with times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kring.domain.text import N_, Sentence, one_line
from kring.imports.formats.cues.voices import likely_names, name_before_colon
from kring.imports.formats.texts.ends import with_ends
from kring.imports.parsed import Clock, Millis, Parsed, Skipped, Utterance
from kring.imports.source import Format, Source
from kring.imports.stamps import moment_in_name, ms_of
from kring.system.text_files import Unreadable

_MARK = re.compile(r"#(\d{1,2}):(\d\d):(\d\d)(?:-(\d))?#|\[(\d{1,2}):(\d\d):(\d\d)-(\d)\]")
_WORD = re.compile(r"\s*(\d{1,6}\.\d{1,6})\s?-\s?(\d{1,6}\.\d{1,6}):\s*(\S.*)")
_FEWEST = 2
_PAUSE_MS = 1000
_ENDS = (".", "?", "!", "…")


def _lines(source: Source) -> list[str]:
    return source.text.replace("\r", "\n").split("\n")


def _has_marks(source: Source) -> bool:
    return len(_MARK.findall(source.text[:20_000])) >= _FEWEST


def _read_marks(source: Source) -> Parsed:
    """Read paragraphs that end in a mark: each begins where the one above ended; or that have a mark in front."""
    lines = _lines(source)
    marked = [line.strip() for line in lines if _MARK.search(line)]
    in_front = sum(_MARK.match(line) is not None for line in marked) * 2 > len(marked)
    told = [name_before_colon(_MARK.sub("", line).strip()) for line in lines if line.strip()]
    names = likely_names(Counter(one.name for one in told if one is not None), len(told), source.knows)
    utterances: list[Utterance] = []
    skipped: list[Skipped] = []
    since_ms: Millis = 0
    speaker = ""
    for number, line in enumerate(lines, 1):
        before = name_before_colon(_MARK.sub("", line).strip())
        text = line
        if before is not None and before.name in names:
            speaker, text = before.name, re.sub(rf"{re.escape(before.name)}\]?:\s*", "", line, count=1)
        for start_ms, end_ms, words in _stretches(text, since_ms):
            if end_ms is not None or in_front:
                said = Utterance(line=number, start_ms=start_ms, end_ms=end_ms, speaker=speaker, text=words)
                utterances.append(said)
            else:
                skipped.append(Skipped(line=number, why=Sentence(N_("There is no time behind these words."))))
        marks = [ms for mark in _MARK.finditer(line) if (ms := _ms(mark)) is not None]
        since_ms = marks[-1] if marks else since_ms
    if not utterances:
        raise Unreadable(N_("{file} holds no words with a time."), file=source.name)
    return _parsed("time-marks", source, with_ends(utterances), skipped)


def _stretches(text: str, since_ms: Millis) -> Iterator[tuple[Millis, Millis | None, str]]:
    """Yield the words between marks: from when, until when (None where no mark follows), and what."""
    start_ms, place = since_ms, 0
    for mark in _MARK.finditer(text):
        words, moment = one_line(text[place : mark.start()]), _ms(mark)
        if moment is None:
            continue
        if words:
            yield start_ms, max(start_ms, moment), words
        start_ms, place = moment, mark.end()
    if words := one_line(text[place:]):
        yield start_ms, None, words


def _ms(mark: re.Match[str]) -> Millis | None:
    return ms_of(*(mark.group(1, 2, 3, 4) if mark[1] else mark.group(5, 6, 7, 8)))


def _is_list_of_words(source: Source) -> bool:
    lines = [line for line in _lines(source)[:400] if line.strip()]
    return len(lines) >= _FEWEST and sum(_WORD.fullmatch(line) is not None for line in lines) * 5 >= len(lines) * 4


def _read_words(source: Source) -> Parsed:
    words: list[tuple[int, Millis, Millis, str]] = []
    skipped: list[Skipped] = []
    for number, line in enumerate(_lines(source), 1):
        found = _WORD.fullmatch(line)
        if found is not None:
            start_ms, end_ms = round(float(found[1]) * 1000), round(float(found[2]) * 1000)
            words.append((number, start_ms, max(start_ms, end_ms), one_line(found[3])))
        elif line.strip():
            skipped.append(Skipped(line=number, why=Sentence(N_("There is no time before these words."))))
    if not words:
        raise Unreadable(N_("{file} holds no words with a time."), file=source.name)
    return _parsed("timed-words", source, [_joined(group) for group in _sentences(words)], skipped)


def _sentences(words: Sequence[tuple[int, Millis, Millis, str]]) -> Iterator[list[tuple[int, Millis, Millis, str]]]:
    """Yield words that belong together: until a sentence ends, or until a second of silence."""
    group: list[tuple[int, Millis, Millis, str]] = []
    for word in words:
        if group and (word[1] - group[-1][2] >= _PAUSE_MS or group[-1][3].endswith(_ENDS)):
            yield group
            group = []
        group.append(word)
    yield group


def _joined(group: Sequence[tuple[int, Millis, Millis, str]]) -> Utterance:
    return Utterance(
        line=group[0][0],
        start_ms=group[0][1],
        end_ms=max(end for _, _, end, _ in group),
        text=" ".join(text for *_, text in group),
        words=tuple((start, end, text) for _, start, end, text in group),
    )


def _parsed(name: str, source: Source, utterances: Sequence[Utterance], skipped: Sequence[Skipped]) -> Parsed:
    begins = moment_in_name(source.name)
    return Parsed(
        format=name,
        clock=Clock.RECORDING,
        begins_utc_ms=begins.utc_ms,
        begins_wall_ms=begins.wall_ms,
        utterances=tuple(utterances),
        skipped=tuple(skipped),
        warnings=source.warnings,
    )


FORMATS = (
    Format("time-marks", _has_marks, _read_marks),
    Format("timed-words", _is_list_of_words, _read_words),
)
