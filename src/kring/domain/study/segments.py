"""Who belongs to which segment: by the definition that held on a day, computed where it is a rule over columns."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from kring.domain.study.model import Condition, Definition, Operator, Segment
from kring.domain.text import folded

_COMPARES: dict[Operator, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
_NUMBER = re.compile(r"[-\u2212]?\d{1,12}(?:[.,]\d{1,6})?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.]\d{3})+(?:,\d+)?")


def in_force(segment: Segment, day: date) -> Definition | None:
    """Return the definition that held on a day: of those that began, the last to begin; of two of a day the later.

    None before the first one began.
    """
    begun = [one for one in segment.definitions if one.since is None or one.since <= day]
    return max(enumerate(begun), key=lambda one: (one[1].since or date.min, one[0]), default=(0, None))[1]


def differing(sessions: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return by segment its definitions and the sessions of each, of segments that not all sessions define alike.

    A session that holds no definition of a segment says nothing of it. `sessions` are names with their definitions.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, definitions in sessions:
        for segment, text in definitions:
            by_text = found.setdefault(folded(segment), {})
            by_text[text] = (*by_text.get(text, ()), name)
    return {segment: by_text for segment, by_text in found.items() if len({folded(one) for one in by_text}) > 1}


def belongs(rule: Sequence[Condition], person: Mapping[str, str]) -> bool | None:
    """Whether somebody meets a rule, by their columns (heading to cell); None where that can't be computed.

    One condition that is not met decides it, also where another can't be computed.
    """
    met = [_meets(condition, person) for condition in rule]
    if False in met:
        return False
    return True if met and None not in met else None


def segments_of(segments: Sequence[Segment], person: Mapping[str, str], day: date) -> tuple[str, ...]:
    """Return the names of all segments whose rule on a day somebody meets."""
    definitions = ((segment, in_force(segment, day)) for segment in segments)
    return tuple(segment.name for segment, one in definitions if one and belongs(one.rule, person))


def _meets(condition: Condition, person: Mapping[str, str]) -> bool | None:
    cell = _cell(condition.column, person)
    if not cell.strip():
        return None
    has, asked = number_in(cell), number_in(condition.value)
    if has is not None and asked is not None:
        return _COMPARES[condition.operator](has, asked)
    if condition.operator not in ("=", "!="):
        return None
    return (folded(cell).strip() == folded(condition.value).strip()) == (condition.operator == "=")


def _cell(column: str, person: Mapping[str, str]) -> str:
    """Return what stands in a column; `redemptions per year` is `redemptions` too, where no other begins so."""
    wanted = _words(column)
    by_words = {_words(heading): cell for heading, cell in person.items()}
    if wanted in by_words:
        return by_words[wanted]
    alike = [cell for words, cell in by_words.items() if words and (_begins(wanted, words) or _begins(words, wanted))]
    return alike[0] if len(alike) == 1 else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", folded(text)))


def _begins(words: tuple[str, ...], first: tuple[str, ...]) -> bool:
    return words[: len(first)] == first


def number_in(text: str) -> float | None:
    """Return the number that a cell is, as people write it (1.200 and 6,5); None where it is more than a number."""
    bare = text.strip().removeprefix("€").removesuffix("%").strip()
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(".", "")
    return float(bare.replace(",", ".").replace("\u2212", "-")) if _NUMBER.fullmatch(bare) else None
