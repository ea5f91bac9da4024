"""How a whole transcript is laid out: where its names stand, and what before a colon or above a time is a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kring.imports.formats.cues.not_names import is_notice
from kring.imports.formats.cues.voices import MOSTLY, Knows, is_like_a_name, likely_names
from kring.imports.formats.texts.lines import Kind, Line

TIMED = {Kind.TIME, Kind.HEAD, Kind.SAID, Kind.OPEN}
_USUALLY = 0.6  # of what stands beside or below times has a name: then all do
_WORDS_FOLLOW = {Kind.WORDS, Kind.NAMED}


class Layout(NamedTuple):
    """What the lines of a file mean by their neighbours.

    `names` stand before a colon, `people` wherever a name stands, `known` before a colon too and were in the session.
    `opens_with_name` says that what stands behind a time alone is a name. The next three say where the name of a time
    on a line of its own is: above it, below it, or before a colon in what follows. `has_sure_heads` says that a name
    and a time together have a form of their own.
    """

    names: frozenset[str]
    people: frozenset[str]
    known: frozenset[str]
    opens_with_name: bool
    name_above: bool
    name_below: bool
    names_follow: bool
    has_sure_heads: bool


def layout_of(lines: Sequence[Line], knows: Knows) -> Layout:
    """Return how a transcript is laid out."""
    first = next((index for index, line in enumerate(lines) if line.kind in TIMED), len(lines))
    since = lines[first:]
    times = [index for index, line in enumerate(lines) if line.kind is Kind.TIME]
    above = [lines[index - 1].text for index in times if _is_name_above(lines, index)]
    below = [lines[index + 1].text for index in times if _is_name_below(lines, index)]
    follow = [lines[after] for index in times if _kind(lines, after := _next(lines, index)) is Kind.NAMED]
    names_follow = len(follow) * 2 > len(times)
    above_counts = len(above) * 2 > len(times) and _come_back(above)
    right_above = [lines[index - 1].text for index in times if index and lines[index - 1].kind is Kind.WORDS]
    is_rather_above = not above_counts and _certain(right_above, knows) > _certain(below, knows)
    if is_rather_above and len(right_above) == len(times) and all(map(_looks_like_a_name, right_above)):
        above, above_counts = right_above, True  # no blank line is between what is said and the next name
    below_counts = not (above_counts or is_rather_above) and len(below) * 2 > len(times) and _come_back(below)
    opens_with_name = _opens_with_name(lines)
    names = _names(since, knows) | (_speaking_below(follow, since, knows) if names_follow else set())
    people = {line.name for line in lines if line.kind is Kind.HEAD} | set(above) | set(below)
    people |= {line.text for line in lines if line.kind is Kind.OPEN} if opens_with_name else set()
    return Layout(
        names=names,
        people=names | people,
        known=frozenset(line.name for line in since if line.kind is Kind.NAMED and knows(line.name)),
        opens_with_name=opens_with_name,
        name_above=above_counts,
        name_below=below_counts,
        names_follow=names_follow,
        has_sure_heads=any(line.kind is Kind.HEAD and line.is_sure for line in lines),
    )


def _names(lines: Sequence[Line], knows: Knows) -> frozenset[str]:
    """Return the names before colons: in bold or brackets, beside a time, or alone if they are many."""
    certain = {line.name for line in lines if line.kind in {Kind.NAMED, Kind.HEAD} and line.is_sure}
    beside = [line for line in lines if line.kind in {Kind.SAID, Kind.OPEN} and not is_notice(line.text)]
    alone = [line for line in lines if line.kind in {Kind.NAMED, Kind.WORDS}]
    return frozenset(certain | _likely(beside, Kind.SAID, knows, _USUALLY) | _likely(alone, Kind.NAMED, knows))


def _likely(lines: Sequence[Line], named: Kind, knows: Knows, mostly: float = MOSTLY) -> set[str]:
    return likely_names(Counter(line.name for line in lines if line.kind is named), len(lines), knows, mostly)


def _speaking_below(first: Sequence[Line], lines: Sequence[Line], knows: Knows) -> set[str]:
    """Return the names below times: the first below each, and all of them where hardly anything else stands between."""
    last = max(index for index, line in enumerate(lines) if line.kind is Kind.NAMED)
    told = [line for line in lines[: last + 1] if line.kind in {Kind.NAMED, Kind.WORDS}]
    return {line.name for line in first} | _likely(told, Kind.NAMED, knows, _USUALLY)


def _opens_with_name(lines: Sequence[Line]) -> bool:
    opens = [index for index, line in enumerate(lines) if line.kind is Kind.OPEN]
    followed = [
        lines[index].text
        for index in opens
        if _kind(lines, _next(lines, index)) in _WORDS_FOLLOW and is_like_a_name(lines[index].text)
    ]
    return len(followed) * 2 > len(opens) and _come_back(followed)


def _come_back(names: Sequence[str]) -> bool:
    """Whether names are those of some people who speak more than once, as far as their number can tell."""
    return len(names) < 5 or len(set(names)) * 3 <= len(names) * 2


def _certain(names: Sequence[str], knows: Knows) -> int:
    """Return how many of what may be names come back, or are of somebody in the session."""
    counts = Counter(names)
    return sum(count for name, count in counts.items() if count > 1 or knows(name))


def _looks_like_a_name(text: str) -> bool:
    return is_like_a_name(text) and text[:1].isupper()


def _is_name_above(lines: Sequence[Line], index: int) -> bool:
    return (
        _kind(lines, index - 1) is Kind.WORDS
        and _kind(lines, index - 2) in {Kind.BLANK, None}
        and is_like_a_name(lines[index - 1].text)
    )


def _is_name_below(lines: Sequence[Line], index: int) -> bool:
    return (
        _kind(lines, index + 1) is Kind.WORDS
        and _kind(lines, index + 2) in _WORDS_FOLLOW
        and is_like_a_name(lines[index + 1].text)
    )


def _kind(lines: Sequence[Line], index: int) -> Kind | None:
    return lines[index].kind if 0 <= index < len(lines) else None


def _next(lines: Sequence[Line], index: int) -> int:
    """Return the next line that is not blank."""
    return next((after for after in range(index + 1, len(lines)) if lines[after].kind is not Kind.BLANK), len(lines))
