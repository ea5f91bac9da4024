"""Facts about the session that stand above a guide, as lines of their own: `Duur: 1,5 uur`, a date, a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

import msgspec

from kring.domain.text import folded, one_line
from kring.plans.dates import without_dates
from kring.plans.draft import GuideDraft
from kring.plans.front_matter import (
    Header,
    is_moment,
    is_placeholder,
    known_key,
    read_moment,
    read_value,
    without_place,
)
from kring.plans.lines import Line, cells, is_ruler, read_line, without_emphasis
from kring.plans.marks import asks
from kring.plans.reading.labels import label_of
from kring.plans.time_box import duration, is_time_of_day
from kring.plans.vocabulary.said import states
from kring.plans.vocabulary.titles import asks_of_research

_LONGEST_KEY = 40
_LINES_ABOVE = 12
_BETWEEN = re.compile(r"\s*[|;,·•/]\s*(?=[^\W\d_][^:|;,·•/]{1,28}?\s?:\s?\S)")
_WITHOUT_COLON = {"duration", "start", "time"}
_BARE_KEY = re.compile(r"(?P<key>[^\W\d_]{3,20}(?:\s[^\W\d_]{2,12}){0,3}?)\s(?P<value>[^:]*\d.*)")


def told_apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those above the guide with one fact each and its colon: `Duur 90 min`, `Datum: … | Duur: …`."""
    found: list[Line] = []
    filled = 0
    in_table: set[int] = set()
    for place, line in enumerate(lines):
        if line.number in in_table:
            continue
        if line.shape == "row" and filled <= _LINES_ABOVE:
            rows = list(takewhile(lambda one: one.shape == "row", lines[place:]))
            if facts := _facts_in_table(rows):
                found += facts
                in_table = {row.number for row in rows}
                continue
        filled += line.shape != "blank"
        is_above = filled <= _LINES_ABOVE and line.shape in ("blank", "text", "bullet", "heading") and not line.chosen
        if not is_above:
            return [*found, *lines[place:]]
        found += _facts_on(line, lines[place + 1 :]) if line.shape == "text" else [line]
    return found


def _facts_in_table(rows: Sequence[Line]) -> list[Line]:
    """Return the rows of a table of two columns as `Datum: 3 december 2026`, none where it is no table of facts.

    It is one where two of its rows or more, and half of them, say what is known of a session, and no row asks.
    """
    told = [(row, [cell for cell in cells(row) if cell.strip()]) for row in rows if not is_ruler(cells(row))]
    if any(len(filled) != 2 or row.chosen for row, filled in told):
        return []
    texts = [f"{name.rstrip(' :')}: {one_line(value)}" for _row, (name, value) in told]
    known = [text for text in texts if _is_known_fact(text)]
    if (
        len(known) < 2
        or len(known) * 2 < len(texts)
        or not all(_is_known_fact(text) or all(_pair(text)) for text in texts)
    ):
        return []
    return (
        []
        if any(map(asks, texts))
        else [read_line(row.number, text) for (row, _), text in zip(told, texts, strict=True)]
    )


def _is_known_fact(text: str) -> bool:
    """Whether a key is known and what stands behind it is of its kind: `Tijd: Vraag` is the head of a guide."""
    found = known_key(text)
    if found is None:
        return False
    _key, known, value = found
    if known == "duration":
        return duration(value) is not None
    return known not in ("start", "time") or is_moment(value)


def _facts_on(line: Line, below: Sequence[Line]) -> list[Line]:
    parts = _BETWEEN.split(line.text)
    if len(parts) > 1 and any(known_key(part) for part in parts) and all(": " in part for part in parts):
        return [read_line(line.number, part) for part in parts]
    colon, moment = line.text.partition(": ")[1:]
    if colon and known_key(line.text) is None and all(_pair(line.text)) and _is_day(moment):
        return [msgspec.structs.replace(line, text=moment)]  # `Veldwerk: 3 december 2026, 19.30 uur`
    text = with_colon(line.text)
    if text != line.text and _begins_programme(line, next((one for one in below if one.shape != "blank"), None)):
        return [line]
    return [line] if text == line.text else [read_line(line.number, text)]


def _is_day(text: str) -> bool:
    return is_moment(text) and without_dates(folded(text)) != folded(text)


def _begins_programme(line: Line, following: Line | None) -> bool:
    """Whether a time of day stands behind a word as in the line below it: `Start 19:30`, `Kennismaking 19:40`."""
    lines = [line.text, following.text if following else ""]
    return all(is_time_of_day(text.rsplit(" ", 1)[-1]) for text in lines) and with_colon(lines[1]) == lines[1]


def facts_in_row(filled: Sequence[str]) -> list[str]:
    """Return what the filled cells of a row above a table say, a text each: a title, and facts with their colon."""
    texts = [with_colon(text) for text in filled]
    names = texts[::2]
    pairs = [f"{name.rstrip(' :')}: {value}" for name, value in zip(names, texts[1::2], strict=False)]
    are_pairs = len(texts) % 2 == 0 and not any(":" in name[:-1] for name in names)
    if are_pairs and any(map(known_key, pairs)):
        return pairs
    first, *others = texts
    if all(map(says_fact, others)) and (others or says_fact(first)):
        return [first, *(f"duration: {text}" if duration(text, bare_minutes=False) else text for text in others)]
    return [": ".join(text.rstrip(" :") for text in texts)]


def says_fact(text: str) -> bool:
    """Whether a text is a fact by itself: behind its name and a colon, a moment, or a length."""
    is_length = duration(text, bare_minutes=False) is not None
    return is_length or is_moment(text) or (": " in text and bool(known_key(text) or all(_pair(text))))


def with_colon(text: str) -> str:
    """Return `Duur 90 min` as `Duur: 90 min`: a length or a moment behind its name."""
    found = _BARE_KEY.fullmatch(text)
    known = known_key(f"{found['key']}: {found['value']}") if found else None
    if found is None or known is None or known[1] not in _WITHOUT_COLON:
        return text
    value = found["value"]
    is_told = duration(value) is not None if known[1] == "duration" else is_moment(value)
    return f"{found['key']}: {value}" if is_told else text


class Facts:
    """Reads what stands above a guide into the front matter."""

    def __init__(self, draft: GuideDraft, header: Header) -> None:
        self.draft = draft
        self.header = header

    def read(self, line: Line, *, titles: int, marked: bool) -> bool:
        """Read a line above the first section, and say whether it is a fact; below a second title only some are."""
        moment = without_place(line.text)
        if is_moment(moment):
            read_moment(self.header, line.number, moment)
            if moment != one_line(without_emphasis(line.wide)):
                self.draft.add("note", one_line(without_emphasis(line.wide)), line.number)
            return True
        if found := known_key(line.text):
            is_fact = titles < 2 or found[1] == "duration"
            if is_fact:
                self.read_key(line, *found)
            return is_fact
        if states(line.text):
            return False
        label = label_of(line)
        name, rest = (label.name, label.rest) if label and line.lead else _pair(line.text)
        if not rest or (asks(rest) and not asks_of_research(name)) or titles > 1 or (marked and not line.lead):
            return False
        self.header.extra.append((without_emphasis(name), without_emphasis(rest)))
        return True

    def read_key(self, line: Line, key: str, known: str, value: str) -> None:
        """Read `Duur: 90 min`; what has no meaning there, or stands there already, stays as a note."""
        inner = value.strip("[] ")
        if known == "duration" or not is_placeholder(value):
            before = len(self.header.extra)
            read_value(self.header, line.number, key, known, inner if known == "duration" else value)
            if len(self.header.extra) == before or known in self.header.fields:
                return
            del self.header.extra[before:]
        self.draft.add("note", one_line(without_emphasis(line.wide)), line.number)


def _pair(text: str) -> tuple[str, str]:
    """Return what stands before and behind the colon of `Locatie: Buurthuis De Hoek`; empty texts of another line."""
    name, colon, rest = text.partition(": ")
    is_pair = colon and 0 < len(name) <= _LONGEST_KEY and len(name.split()) <= 3 and name[:1].isupper()
    return (name, rest.strip()) if is_pair and not any(mark in name for mark in '."“?!,;') else ("", "")
