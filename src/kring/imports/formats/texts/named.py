"""Transcripts without times: a name before a colon on each line, as Fireflies and Google Meet of 2023 save them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kring.domain.text import N_, Sentence
from kring.imports.formats.cues.files import NO_NAME
from kring.imports.formats.cues.not_names import is_notice, may_be_a_name
from kring.imports.formats.cues.voices import Knows
from kring.imports.formats.texts.layout import TIMED
from kring.imports.formats.texts.lines import HAS_DATE, Kind, Line, lines_of
from kring.imports.formats.texts.turns import whole
from kring.imports.parsed import Clock, Parsed, Skipped, Utterance
from kring.imports.source import Format, Source
from kring.system.text_files import Unreadable

_FEWEST_LINES = 4
_FEWEST_PEOPLE = 2
_MOSTLY = 0.6
_NO_TIMES = N_("This file holds no times: what is said is in order, but has no place in the evening.")


def _spoken(lines: Sequence[Line], knows: Knows) -> range:
    """Return the stretch of lines that is speech: from the first to the last name that comes back, or is known."""
    counted = Counter(line.name for line in lines if line.kind is Kind.NAMED)
    people = {name for name, count in counted.items() if knows(name) or (count > 1 and may_be_a_name(name))}
    named = [index for index, line in enumerate(lines) if line.kind is Kind.NAMED and line.name in people]
    if not named:
        return range(0)
    stop = next(
        (index for index in range(named[-1] + 1, len(lines)) if lines[index].kind is not Kind.WORDS), len(lines)
    )
    return range(named[0], stop)


def _is_somebody(line: Line, knows: Knows) -> bool:
    return line.kind is Kind.NAMED and (knows(line.name) or may_be_a_name(line.name))


def _are_fields(lines: Sequence[Line]) -> bool:
    """Whether the lines are fields of what was exported, as `From: Anna` and `Sent: 3-12-2026 19:35` of Signal."""
    said: dict[str, list[str]] = {}
    for line in lines:
        if line.kind is Kind.NAMED:
            said.setdefault(line.name, []).append(line.text)
    return any(len(texts) > 1 and all(map(HAS_DATE.search, texts)) for texts in said.values())


def _recognises(source: Source) -> bool:
    lines = lines_of(source.text.replace("\r", "\n").split("\n"))
    if any(line.kind in TIMED and line.is_sure for line in lines) or _are_fields(lines):
        return False
    spoken = _spoken(lines, source.knows)
    people = {lines[index].name for index in spoken if _is_somebody(lines[index], source.knows)}
    kinds = Counter(lines[index].kind for index in spoken)
    return (
        kinds[Kind.NAMED] >= _FEWEST_LINES
        and len(people) >= _FEWEST_PEOPLE
        and kinds[Kind.NAMED] >= _MOSTLY * (kinds[Kind.NAMED] + kinds[Kind.WORDS])
    )


def _read(source: Source) -> Parsed:
    lines = lines_of(source.text.replace("\r", "\n").split("\n"))
    spoken = _spoken(lines, source.knows)
    if not spoken:
        raise Unreadable(N_("{file} holds no words with a name."), file=source.name)
    utterances: list[Utterance] = []
    skipped: list[Skipped] = []
    for index, line in enumerate(lines):
        if is_notice(line.text):
            skipped.append(Skipped(line=line.number, why=Sentence(NO_NAME)))
        elif _is_somebody(line, source.knows) and index in spoken:
            utterances.append(Utterance(line=line.number, start_ms=None, speaker=line.name, text=line.text))
        elif line.kind is not Kind.BLANK and index in spoken and lines[index - 1].kind is not Kind.BLANK:
            last = utterances[-1]
            utterances[-1] = last.model_copy(update={"text": f"{last.text} {whole(line)}"})
        elif line.kind is not Kind.BLANK:
            skipped.append(Skipped(line=line.number, why=Sentence(NO_NAME)))
    return Parsed(
        format="named-text",
        clock=Clock.NONE,
        utterances=tuple(utterances),
        skipped=tuple(skipped),
        warnings=(*source.warnings, Sentence(_NO_TIMES)),
    )


FORMATS = (Format("named-text", _recognises, _read),)
