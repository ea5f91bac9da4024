"""Tables with a row for each stretch of speech: Whisper's, or made by hand; columns are told by what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from kring.domain.text import N_, Sentence, folded, one_line
from kring.imports.dates import time_of_day_ms
from kring.imports.formats.chat.addressing import is_everybody
from kring.imports.formats.cues.voices import is_like_a_name
from kring.imports.formats.lists.units import Stretch, ms_per_unit
from kring.imports.formats.texts.ends import ENDS_ESTIMATED, with_ends
from kring.imports.hours import are_of_session
from kring.imports.parsed import Clock, Message, Parsed, Skipped, Utterance
from kring.imports.source import Format, Source
from kring.imports.stamps import EVENING_FROM_MS, Begins, moment_in_name, seconds_of
from kring.imports.tables.words import MESSAGES, NAMES, SENDERS, TEXTS, has_word, known, says_join
from kring.plans.people.infixes import is_infix
from kring.system.text_files import Unreadable, rows_of, separator_of

_FEWEST_ROWS = 2
_HEAD_ROWS = 60
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_MOSTLY = 0.8
_WIDEST = 12
_FEW = 4  # columns: a wider table is rather a form that somebody filled in
_MINUTES = 60
_HALF = re.compile(r"\d\s?[ap]\.?m\b\.?\s*$", re.IGNORECASE)
_RULE = frozenset("-: ")
_SHORT = re.compile(r"\d{1,2}:\d\d")
_Row = tuple[int, list[str]]
_AUDIENCE = frozenset(
    folded(word.strip())
    for word in """
    to, recipient, recipients, receiver, sent to, audience, visibility, visible to, ontvanger, ontvangers, aan, naar,
    zichtbaar voor, channel, kanaal, kanal, canal, canale, conversation, gesprek, an, empfänger, à, destinataire, para,
    destinatario, destinatário, a, til, till
    """.replace("\n", " ").split(",")
)
_OF_A_GUIDE = known(
    "vraag, vragen, doorvragen, onderdeel, stimulus, question, questions, probes, section, activity, frage, fragen, "
    "thema, topic, materiaal, material"
)
"""Headings of what is to be asked, and was not said."""
_CHANNELS = frozenset({"channel", "kanaal", "kanal", "canal", "canale"})
_MARKED = frozenset({"private", "is private", "is direct", "direct message", "prive", "privebericht", "privat", "dm"})
_DIRECT = re.compile(r"(?<![^\W_])(?:m?p?dm|direct|priv)|,", re.IGNORECASE)
_NOT_PRIVATE = frozenset({"no", "nee", "false", "onwaar", "nein", "non", "0", "public", "openbaar"})


class _Columns(NamedTuple):
    start: int
    end: int | None
    text: int
    speaker: int | None
    unit: int
    audience: int | None
    is_mark: bool
    is_channel: bool
    is_written: bool
    """Whether it says that messages stand in it, which nobody spoke."""


def _rows(source: Source) -> list[_Row]:
    rows = source.sheets[0].rows if source.sheets else _with_whole_ends(source)
    rules = {number for number, cells in rows[:_HEAD_ROWS] if _is_rule(cells)}
    return [(number, cells[1:]) for number, cells in rows if number not in rules] if rules else rows


def _with_whole_ends(source: Source) -> list[_Row]:
    """Return rows in which words in the last column hold the sign that parts cells, without quotes."""
    rows = rows_of(source.text)
    header = next((cells for _, cells in rows if any(map(str.strip, cells))), [])
    last, sign = len(header) - 1, separator_of(source.text)
    if not header or heading_of([header], last) not in TEXTS:
        return rows
    return [
        (number, [*cells[:last], sign.join(cells[last:])] if len(cells) > last else cells) for number, cells in rows
    ]


def _is_rule(cells: Sequence[str]) -> bool:
    """Whether a row is the line below the headings of a table in Markdown, of which each row begins with a bar."""
    inner = cells[1:-1]
    return len(inner) > 1 and not cells[0].strip() and all("-" in cell and set(cell) <= _RULE for cell in inner)


def _recognises(source: Source) -> bool:
    if not source.sheets and not any(sign in source.text[:400] for sign in "\t;,|"):
        return False
    return _columns(_rows(source)[:_HEAD_ROWS]) is not None


def _read(source: Source) -> Parsed:
    rows = _rows(source)
    columns = _columns(rows[:_HEAD_ROWS])
    if columns is None:
        raise Unreadable(N_("{file} has no columns with a time and what was said."), file=source.name)
    utterances: list[Utterance] = []
    skipped: list[Skipped] = []
    told = [(number, cells, _utterance(number, cells, columns)) for number, cells in rows if any(map(str.strip, cells))]
    for place, (number, _, found) in enumerate(told):
        if found is not None:
            utterances.append(found)
        elif utterances or place + 1 == len(told) or told[place + 1][2] is None:  # else it is the header
            skipped.append(Skipped(line=number, why=Sentence(N_("This row has no time, or nothing is said in it."))))
    if _are_hours(rows, utterances, columns, source):
        utterances = [_in_hours(one) for one in utterances]
    is_of_day = bool(utterances) and (utterances[0].start_ms or 0) >= EVENING_FROM_MS
    begins = Begins() if is_of_day else moment_in_name(source.name)
    estimated = (Sentence(ENDS_ESTIMATED),) if any(one.end_ms is None for one in utterances) else ()
    if columns.is_written:
        audience = columns.audience
        to = {number: "" if audience is None else _cell(cells, audience).strip() for number, cells in rows}
        people = {one.speaker for one in utterances}
        is_person = (lambda name: name in people or source.knows(name)) if columns.is_channel else None
        return Parsed(
            format="chat-lines",
            clock=Clock.TIME_OF_DAY if is_of_day else Clock.RECORDING,
            begins_utc_ms=begins.utc_ms,
            begins_wall_ms=begins.wall_ms,
            messages=tuple(
                message_to(one, to[one.line], is_mark=columns.is_mark or audience is None, is_person=is_person)
                for one in utterances
            ),
            skipped=tuple(skipped),
            warnings=source.warnings,
        )
    return Parsed(
        format="cue-table",
        clock=Clock.TIME_OF_DAY if is_of_day else Clock.RECORDING,
        begins_utc_ms=begins.utc_ms,
        begins_wall_ms=begins.wall_ms,
        utterances=with_ends(utterances),
        skipped=tuple(skipped),
        warnings=(*source.warnings, *estimated),
    )


FORMATS = (Format("cue-table", _recognises, _read),)


def audience_of(rows: Sequence[Sequence[str]], others: Sequence[int]) -> int | None:
    """Return the column that says for whom each row is: by its heading, or where it says everybody."""
    columns = [one for one in others if not _is_time(rows, one)]
    headed = (one for one in columns if heading_of(rows, one) in _AUDIENCE | _MARKED)
    says_all = (one for one in columns if any(is_everybody(_cell(cells, one).strip()) for cells in rows[1:]))
    return next(headed, next(says_all, None))


def is_mark(heading: str) -> bool:
    """Whether a heading, folded, is that of a column that marks what is private."""
    return heading in _MARKED


def is_channel(heading: str) -> bool:
    """Whether a heading, folded, is that of a column of channels: of a channel all are members."""
    return heading in _CHANNELS


def heading_of(rows: Sequence[Sequence[str]], column: int) -> str:
    """Return the heading of a column, folded, its words apart."""
    return folded(_HUMP.sub(" ", _cell(rows[0], column)).strip()) if rows else ""


def message_to(said: Utterance, to: str, *, is_mark: bool, is_person: Callable[[str], bool] | None = None) -> Message:
    """Return what was written; where nothing says for whom, it is private, but where a mark says which are.

    `is_person` is given of a column of channels: what is no person there is one, of which all are members.
    """
    is_public = folded(to) in _NOT_PRIVATE or (not to and is_mark) or is_everybody(to)
    if is_person is not None and to and not is_public:
        is_public = not is_person(to) and not to.startswith("@") and not _DIRECT.search(to)
    return Message(
        line=said.line,
        at_ms=said.start_ms,
        author=said.speaker,
        text=said.text,
        recipient="" if is_public or is_mark else one_line(to),
        is_private=not is_public,
    )


def _are_hours(rows: Sequence[_Row], said: Sequence[Utterance], columns: _Columns, source: Source) -> bool:
    """Whether times such as 19:35 are hours and minutes: all have two numbers, and the session was then."""
    begins = {one.line: (one.start_ms or 0) * _MINUTES for one in said}
    times = [place for place in (columns.start, columns.end) if place is not None]
    told = (_cell(cells, place).strip() for number, cells in rows if number in begins for place in times)
    are_short = all(_SHORT.fullmatch(time) for time in told)
    return are_short and are_of_session(list(begins.values()), source.evening.hours)


def _in_hours(one: Utterance) -> Utterance:
    """Return what was said with its times of two numbers read as hours and minutes."""
    start, end = (None if time is None else time * _MINUTES for time in (one.start_ms, one.end_ms))
    return one.model_copy(update={"start_ms": start, "end_ms": end if end != start else None, "is_approximate": True})


def _utterance(number: int, cells: Sequence[str], columns: _Columns) -> Utterance | None:
    start, text = _time(cells, columns.start), one_line(_cell(cells, columns.text))
    if start is None or not text:
        return None
    end = None if columns.end is None else _time(cells, columns.end)
    return Utterance(
        line=number,
        start_ms=round(start * columns.unit),
        end_ms=None if end is None or end < start else round(end * columns.unit),
        speaker="" if columns.speaker is None else one_line(_cell(cells, columns.speaker)),
        text=text,
    )


def _columns(rows: Sequence[_Row]) -> _Columns | None:
    """Return which columns hold what, None where no two rows say when something was said."""
    width = min(_WIDEST, max((len(cells) for _, cells in rows), default=0))
    filled = [cells for _, cells in rows if any(cell.strip() for cell in cells)]
    timed = [column for column in range(width) if _is_time(filled, column)]
    words = [column for column in range(width) if column not in timed]
    if not timed or not words:
        return None
    headed = [column for column in words if heading_of(filled, column) in TEXTS]
    text = max(headed or words, key=lambda column: sum(len(_cell(cells, column)) for cells in filled))
    lettered = [column for column in words if any(_has_letters(cells, column) for cells in filled[1:])]
    headings = [_cell(filled[0], column) for column in lettered]
    if headings and all(has_word(one, NAMES) or is_infix(one) for one in headings):  # of who was there: nothing is said
        return None
    pairs = [
        (start, end, unit)
        for start, end in combinations(timed, 2)
        if (unit := _unit(filled, start, end, text)) is not None
    ]
    if not pairs and (len(timed) != 1 or not _has_colons(filled, timed[0])):
        return None
    if not (pairs or headed) and any(says_join(cell) is False for cell in filled[0]):  # when people left
        return None
    if not headed and any(folded(cell.strip(" :")) in _OF_A_GUIDE for cells in filled[:_FEW] for cell in cells):
        return None
    start, end, unit = min(pairs, key=lambda pair: pair[2]) if pairs else (timed[0], None, 1000)
    audience = audience_of(filled, [column for column in words if column != text])
    speakers = [column for column in words if column not in {text, audience} and _are_people(filled, column)]
    speakers.sort(key=lambda column: heading_of(filled, column) not in SENDERS)
    heading = "" if audience is None else heading_of(filled, audience)
    speaker = speakers[0] if speakers else None
    says_messages = (
        heading_of(filled, text) in MESSAGES and end is None and speaker is not None and len(filled[0]) <= _FEW
    )
    is_written = audience is not None or says_messages
    return _Columns(start, end, text, speaker, unit, audience, is_mark(heading), is_channel(heading), is_written)


def _is_time(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether most cells are numbers or times, and hardly ever go back."""
    told = [_time(cells, column) for cells in rows]
    times = [time for time in told if time is not None]
    below = len(told) - next((index for index, time in enumerate(told) if time is not None), len(told))
    forward = sum(after >= before for before, after in pairwise(times))
    return len(times) >= max(_FEWEST_ROWS, _MOSTLY * below) and forward >= _MOSTLY * (len(times) - 1)


def _unit(rows: Sequence[Sequence[str]], start: int, end: int, text: int) -> int | None:
    stretches = [
        Stretch(begins, ends, len(_cell(cells, text)))
        for cells in rows
        if (begins := _time(cells, start)) is not None and (ends := _time(cells, end)) is not None
    ]
    if not stretches or not _follow(stretches):
        return None
    if _has_colons(rows, start):
        return 1000
    unit = ms_per_unit(stretches)
    # starts that are whole numbers are rather marks, counts or the numbers of rows than seconds
    return unit if unit == 1 or sum(one.start % 1 > 0 for one in stretches) * 3 >= len(stretches) else None


def _follow(stretches: Sequence[Stretch]) -> bool:
    """Whether most stretches end after they begin, and before the one after the next does: so far do people overlap."""
    later = [one.start for one in stretches[2:]] + [stretches[-1].start] * (len(stretches) > 1)
    ordered = sum(one.end is not None and one.end >= one.start for one in stretches)
    apart = sum(one.end is not None and one.end <= start for one, start in zip(stretches, later, strict=False))
    return ordered >= _MOSTLY * len(stretches) and apart >= _MOSTLY * len(later)


def _has_letters(cells: Sequence[str], column: int) -> bool:
    return any(map(str.isalpha, _cell(cells, column))) and _time(cells, column) is None


def _has_colons(rows: Sequence[Sequence[str]], column: int) -> bool:
    return any(":" in _cell(cells, column) and _time(cells, column) is not None for cells in rows)


def _are_people(rows: Sequence[Sequence[str]], column: int) -> bool:
    names = [name for cells in rows if (name := _cell(cells, column).strip())]
    return len(names) * 2 > len(rows) and sum(map(is_like_a_name, names)) >= _MOSTLY * len(names)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _time(cells: Sequence[str], column: int) -> float | None:
    cell = _cell(cells, column)
    of_day = time_of_day_ms(cell) if _HALF.search(cell) else None
    return seconds_of(cell) if of_day is None else of_day / 1000
