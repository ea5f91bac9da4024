"""Transcripts without times: a name before a colon on each line, as Fireflies and Google Meet of 2023 save them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kring.domain.text import N_, Sentence
from kring.imports.formats.texts.layout import TIMED
from kring.imports.formats.texts.lines import Kind, Line, lines_of
from kring.imports.parsed import Clock, Parsed, Skipped, Utterance
from kring.imports.source import Format, Source
from kring.system.text_files import Unreadable

_FEWEST_LINES = 4
_FEWEST_PEOPLE = 2
_MOSTLY = 0.6
_NO_TIMES = N_("This file holds no times: what is said is in order, but has no place in the evening.")
_NO_NAME = N_("This is not said by somebody.")


def _spoken(lines: Sequence[Line]) -> range:
    """Return the stretch of lines that is speech: from the first to the last of a name that comes back."""
    counted = Counter(line.name for line in lines if line.kind is Kind.NAMED)
    named = [index for index, line in enumerate(lines) if line.kind is Kind.NAMED and counted[line.name] > 1]
    if not named:
        return range(0)
    stop = next(
        (index for index in range(named[-1] + 1, len(lines)) if lines[index].kind is not Kind.WORDS), len(lines)
    )
    return range(named[0], stop)


def _recognises(source: Source) -> bool:
    lines = lines_of(source.text.replace("\r", "\n").split("\n"))
    if any(line.kind in TIMED and line.is_sure for line in lines):
        return False
    kinds = Counter(lines[index].kind for index in _spoken(lines))
    people = {lines[index].name for index in _spoken(lines) if lines[index].kind is Kind.NAMED}
    return (
        kinds[Kind.NAMED] >= _FEWEST_LINES
        and len(people) >= _FEWEST_PEOPLE
        and kinds[Kind.NAMED] >= _MOSTLY * (kinds[Kind.NAMED] + kinds[Kind.WORDS])
    )


def _read(source: Source) -> Parsed:
    lines = lines_of(source.text.replace("\r", "\n").split("\n"))
    spoken = _spoken(lines)
    if not spoken:
        raise Unreadable(N_("{file} holds no words with a name."), file=source.name)
    utterances: list[Utterance] = []
    skipped: list[Skipped] = []
    for index, line in enumerate(lines):
        if line.kind is Kind.NAMED and index in spoken:
            utterances.append(Utterance(line=line.number, start_ms=None, speaker=line.name, text=line.text))
        elif line.kind is not Kind.BLANK and index in spoken and lines[index - 1].kind is not Kind.BLANK:
            last = utterances[-1]
            utterances[-1] = last.model_copy(update={"text": f"{last.text} {line.text}"})
        elif line.kind is not Kind.BLANK:
            skipped.append(Skipped(line=line.number, why=Sentence(_NO_NAME)))
    return Parsed(
        format="named-text",
        clock=Clock.NONE,
        utterances=tuple(utterances),
        skipped=tuple(skipped),
        warnings=(*source.warnings, Sentence(_NO_TIMES)),
    )


FORMATS = (Format("named-text", _recognises, _read),)
