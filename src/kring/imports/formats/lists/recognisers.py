"""JSON of speech recognisers: Whisper and WhisperX, whisper.cpp, aTrain, Amberscript, Rev, Amazon, Azure and others.

Each writes a list of stretches with words, times and mostly a speaker; what these are called differs, see the models.
"""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AliasChoices, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kring.domain.text import N_, Sentence, one_line
from kring.domain.time_text import as_clock
from kring.imports.formats.lists.other_shapes import as_stretches
from kring.imports.formats.lists.units import Stretch, ms_per_unit
from kring.imports.hours import are_of_session
from kring.imports.parsed import Clock, Millis, Parsed, Skipped, Utterance
from kring.imports.source import Format, Source
from kring.imports.stamps import EVENING_FROM_MS, Begins, moment_in_name, seconds_of
from kring.system.text_files import Unreadable

_LATEST = 10**9
_DEEPEST = 12
_MOST_LOOKED_AT = 20_000
_FEW = 50
_DAY_S = 24 * 3600
_OFFSET = N_("The file says that its times count from {time} on.")
_FAR_OFFSET = N_(
    "The file says that its times count from {time} on; the session was not then, so they count from zero."
)
_ODD_OFFSET = N_("From where the times of the file count cannot be read, so they count from zero.")
_IS_JSON = re.compile(r'\ufeff?\s*(?:\{\s*"|\[\s*\{)')


def _seconds(given: object) -> object:
    return seconds_of(given.removesuffix("s")) if isinstance(given, str) else given


Number = Annotated[float, Field(ge=0, le=_LATEST, allow_inf_nan=False)]
Moment = Annotated[Number | None, BeforeValidator(_seconds)]
_STARTS = ("start", "start_time", "startTime", "begin", "ts", "start_ts", "startMs", "offset")
_ENDS = ("end", "end_time", "endTime", "end_ts", "endMs")
_SPEAKERS = (
    "speaker",
    "speaker_name",
    "speakerName",
    "speaker_label",
    "speaker_id",
    "speakerId",
    "spkid",
    "speakerTag",
    "voice",
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    start: Moment = Field(None, validation_alias=AliasChoices(*_STARTS, AliasPath("offsets", "from")))
    end: Moment = Field(None, validation_alias=AliasChoices(*_ENDS, AliasPath("offsets", "to")))
    speaker: str | None = Field(None, validation_alias=AliasChoices(*_SPEAKERS))


class _Word(_Part):
    word: str = Field("", validation_alias=AliasChoices("word", "text", "value", "punctuated_word"))
    type: str = ""


class _Segment(_Part):
    text: str = Field("", validation_alias=AliasChoices("text", "transcript", "sentence", "body", "content"))
    words: list[_Word] | None = Field(None, validation_alias=AliasChoices("words", "elements"))

    @property
    def said(self) -> str:
        """The words; where punctuation is apart, blanks are too."""
        if self.text or not self.words:
            return one_line(self.text)
        between = "" if any(word.type == "punct" for word in self.words) else " "
        return one_line(between.join(word.word for word in self.words))

    @property
    def begins(self) -> float | None:
        """When it begins, itself or its first word with a time."""
        return next((one.start for one in (self, *(self.words or ())) if one.start is not None), None)

    @property
    def ends(self) -> float | None:
        """When it ends, itself or its last word with a time."""
        return next((one.end for one in (self, *reversed(self.words or ())) if one.end is not None), None)

    @property
    def said_by(self) -> str:
        """Who says it, or most of its words."""
        counted = Counter(word.speaker for word in self.words or () if word.speaker is not None)
        most = counted.most_common(1)[0][0] if counted else None
        return self.speaker if self.speaker is not None else most or ""


def _whole(source: Source) -> Any:
    try:
        return as_stretches(json.loads(source.text.lstrip("\ufeff")))
    except (ValueError, RecursionError):
        raise Unreadable(N_("{file} is not whole: its JSON cannot be read."), file=source.name) from None


_Path = tuple[str, ...]
"""Where a list is in a JSON value, as keys; "" stands for every item of a list."""


def _paths(whole: Any) -> Iterator[tuple[_Path, list[Any]]]:
    """Yield the lists in a JSON value with where they are, the shallowest first; of long lists the first items."""
    waiting: deque[tuple[_Path, Any]] = deque([((), whole)] if isinstance(whole, (dict, list)) else [])
    for _ in range(_MOST_LOOKED_AT):
        if not waiting:
            return
        path, value = waiting.popleft()
        if isinstance(value, list) and value:
            yield path, value
        if len(path) < _DEEPEST:
            inner = value.items() if isinstance(value, dict) else (("", one) for one in value[:_FEW])
            waiting.extend(((*path, key), one) for key, one in inner if isinstance(one, (dict, list)))


def _items_at(path: _Path, whole: Any, speaker: object = None) -> Iterator[Any]:
    """Yield the items of all lists at a place, with the speaker of what they are in where they have none themselves."""
    if not path:
        for item in whole if isinstance(whole, list) else ():
            has_own = not isinstance(item, dict) or speaker is None or any(key in item for key in _SPEAKERS)
            yield item if has_own else {**item, "speaker": speaker}
    elif path[0] == "" and isinstance(whole, list):
        for one in whole:
            yield from _items_at(path[1:], one, speaker)
    elif isinstance(whole, dict) and path[0] in whole:
        own = next((whole[key] for key in _SPEAKERS if isinstance(whole.get(key), (str, int))), speaker)
        yield from _items_at(path[1:], whole[path[0]], own)


def _segment(item: Any) -> _Segment | None:
    try:
        return _Segment.model_validate(item)
    except (ValidationError, RecursionError):
        return None


def _speech(whole: Any) -> list[Any] | None:
    """Return the items of the list that is speech, and of all lists beside it: the shallowest with more than one item.

    One item may be the whole evening, with its sentences below it; its words are no sentences.
    """
    alone: list[Any] | None = None
    for path, first in _paths(whole):
        if not _is_speech(first):
            continue
        items = list(_items_at(path, whole))
        if alone is not None and not any(" " in one.said for item in items if (one := _segment(item)) is not None):
            continue
        if len(items) > 1:
            return items
        alone = alone or items
    return alone


def _is_speech(items: list[Any]) -> bool:
    """Whether most items say something and have a time."""
    found = [_segment(item) for item in items[:_FEW] if isinstance(item, dict)]
    return sum(one is not None and bool(one.said) and one.begins is not None for one in found) * 2 >= len(items[:_FEW])


def _names(whole: Any) -> Mapping[str, str]:
    """Return what the speakers are called, by what stands for them."""
    listed = whole.get("speakers") if isinstance(whole, dict) else None
    if isinstance(listed, dict):
        return {str(key): one_line(str(name)) for key, name in listed.items() if isinstance(name, str)}
    told: dict[str, str] = {}
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and (name := one.get("name") or one.get("label")):
            key = next((one[key] for key in ("spkid", "id", "speaker") if one.get(key) is not None), None)
            told |= {} if key is None else {str(key): one_line(str(name))}
    return told


def _recognises(source: Source) -> bool:
    return _IS_JSON.match(source.text) is not None and _speech(_whole(source)) is not None


def _read(source: Source) -> Parsed:
    whole = _whole(source)
    items = _speech(whole)
    if items is None:
        raise Unreadable(N_("{file} holds no words with a time."), file=source.name)
    skipped: list[Skipped] = []
    told: list[tuple[int, _Segment, float]] = []
    for number, item in enumerate(items, 1):
        segment = _segment(item)
        begins = None if segment is None else segment.begins
        if segment is None or begins is None:
            skipped.append(Skipped(line=number, why=Sentence(N_("This has no time that can be read."))))
        elif not segment.said:
            skipped.append(Skipped(line=number, why=Sentence(N_("Nothing is said here."))))
        else:
            told.append((number, segment, begins))
    unit = ms_per_unit([Stretch(begins, one.ends, len(one.said)) for _, one, begins in told]) if told else None
    if unit is None:
        raise Unreadable(N_("It is not clear whether the times in {file} are seconds."), file=source.name)
    names = _names(whole)
    later_ms, warnings = _later(whole, source)
    clock = Clock.TIME_OF_DAY if later_ms >= EVENING_FROM_MS else Clock.RECORDING
    begun = moment_in_name(source.name) if clock is Clock.RECORDING else Begins()
    said = (_utterance(number, one, begins, unit, names) for number, one, begins in told)
    return Parsed(
        format="recogniser-json",
        clock=clock,
        begins_utc_ms=begun.utc_ms,
        begins_wall_ms=begun.wall_ms,
        utterances=tuple(_moved(one, later_ms) for one in said),
        skipped=tuple(skipped),
        warnings=(*source.warnings, *warnings),
    )


def _later(whole: Any, source: Source) -> tuple[Millis, tuple[Sentence, ...]]:
    """Return where the times of Amberscript begin to count, and what to say of it: of a camera a time of the day."""
    given = whole.get("startTimeOffset") if isinstance(whole, dict) else None
    seconds = _seconds(given) if given is not None else 0.0
    if isinstance(given, str) and seconds is None:  # hours, minutes, seconds and frames
        seconds = _seconds(given.rpartition(":")[0])
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= _LATEST:
        return 0, (Sentence(_ODD_OFFSET),)
    later_ms = round(seconds * (1 if seconds > _DAY_S else 1000))
    if not later_ms:
        return 0, ()
    if later_ms >= EVENING_FROM_MS and not are_of_session([later_ms], source.evening.hours):
        return 0, (Sentence(_FAR_OFFSET, {"time": as_clock(later_ms)}),)
    return later_ms, (Sentence(_OFFSET, {"time": as_clock(later_ms)}),)


def _moved(one: Utterance, by_ms: Millis) -> Utterance:
    if not by_ms:
        return one
    return one.model_copy(
        update={
            "start_ms": None if one.start_ms is None else one.start_ms + by_ms,
            "end_ms": None if one.end_ms is None else one.end_ms + by_ms,
            "words": tuple((begin + by_ms, end + by_ms, word) for begin, end, word in one.words),
        }
    )


def _utterance(number: int, one: _Segment, begins: float, unit: int, names: Mapping[str, str]) -> Utterance:
    start_ms, end_ms = round(begins * unit), None if one.ends is None else round(one.ends * unit)
    return Utterance(
        line=number,
        start_ms=start_ms,
        end_ms=None if end_ms is None or end_ms < start_ms else end_ms,
        speaker=_called(one.said_by, names),
        text=one.said,
        words=_words(one.words or (), unit),
    )


def _called(speaker: str, names: Mapping[str, str]) -> str:
    name = names.get(speaker, one_line(speaker))
    return f"Speaker {name}" if name.isdecimal() else name


def _words(words: Sequence[_Word], unit: int) -> tuple[tuple[Millis, Millis, str], ...]:
    """Return the words that have a time; some have none, such as numbers."""
    return tuple(
        (round(word.start * unit), round(word.end * unit), one_line(word.word))
        for word in words
        if word.start is not None and word.end is not None and word.end >= word.start and word.word.strip()
    )


FORMATS = (Format("recogniser-json", _recognises, _read),)
