"""Answers to a screener beside the classes that its text names: `nooit`, `1-3`, `4 of meer`, `< 18`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kring.domain.plan import Pairs
from kring.domain.study.model import ScreenerQuestion
from kring.domain.study.segments import number_in
from kring.domain.text import folded, pattern

_PARTS = re.compile(r"[;|\n]|\s/\s")
_COMMAS = re.compile(r",(?!\d)")
_N = r"(-?\d+(?:[.,]\d+)?)"
_UNIT = r"(?:\s?%|(?:\s[^\W\d]+){0,4})"
_WITH_UNIT = re.compile(rf"€?\s?{_N}\s?(?:%|x|jaar|jr\.?|years?(?: old)?|keer|maal|times)?(?:\s(?:per|a)\s[^\W\d]+)?")
_RANGE = pattern(rf"{_N}\s?(?:-|–|—|t/m|tot en met|to|through)\s?{_N}{_UNIT}")
_MANY = rf"{_N}\s?(?:jaar |keer |years? |times )?"
_OR = r"(?:of|en|or|and)"
_BOUNDS = (
    (">=", rf"(?:minstens|minimaal|ten minste|tenminste|vanaf|at least|from|>=|≥)\s?{_N}"),
    (">=", rf"{_MANY}(?:\+|{_OR} (?:meer|vaker|ouder|hoger|more|older|over))"),
    ("<=", rf"(?:hoogstens|maximaal|ten hoogste|at most|up to|tot en met|t/m|<=|≤)\s?{_N}"),
    ("<=", rf"{_MANY}{_OR} (?:minder|jonger|lager|less|fewer|younger|under)"),
    ("<", rf"(?:minder dan|jonger dan|lager dan|onder(?: de)?|less than|fewer than|younger than|under|below|<)\s?{_N}"),
    (">", rf"(?:meer dan|vaker dan|ouder dan|hoger dan|boven(?: de)?|more than|older than|over|above|>)\s?{_N}"),
)
_BOUND_OF = tuple((operator, pattern(written + _UNIT)) for operator, written in _BOUNDS)
_FEWEST_WORDS = 3
_YEARS = range(1900, 2101)
_OLDEST = 130
_NUMBERED = re.compile(r"(?:s|v|q|vraag|question|screener)\s?(\d{1,2})")


def parts_of(text: str) -> list[str]:
    """Return the answers that stand in a cell, between semicolons or ` / `, or commas where there is neither."""
    split = _PARTS if _PARTS.search(text) else _COMMAS
    return [part.strip() for part in split.split(text) if part.strip()]


def is_described(answers: str) -> bool:
    """Whether a cell says what kind of answer is asked for (`number`, `a year`), and names none to choose from."""
    parts = parts_of(answers)
    return len(parts) == 1 and _bounds(_even(parts[0])) is None and _number(_even(parts[0])) is None


def is_of(answer: str, part: str) -> bool:
    """Whether an answer is of a class: the same words or class, or a number in it."""
    said, asked = _even(answer), _even(part)
    bounds = _bounds(asked)
    if said == asked or (bounds is not None and _bounds(said) == bounds):
        return True
    number = _number(said)
    if number is None or (bounds is not None and _is_of_another_kind(said, number, bounds)):
        return False
    match bounds:
        case None:
            return number == _number(asked)
        case ("-", least, most):
            return least <= number <= most
        case (">=", least, _):
            return number >= least
        case (">", least, _):
            return number > least
        case ("<=", most, _):
            return number <= most
        case (_, most, _):
            return number < most


def _is_of_another_kind(said: str, number: float, bounds: tuple[str, float, float]) -> bool:
    """Whether a number is rather a year, beside bounds of ages or how often, or one that begins with a zero."""
    is_year = number in _YEARS and max(bounds[1:]) < _OLDEST
    return is_year or bool(re.match(r"0\d", said))


def answer_to(questions: Sequence[ScreenerQuestion], question: ScreenerQuestion, answers: Pairs) -> str:
    """Return what stands in the column of a question: its words, their beginning, or `vraag 2`; empty for nothing."""
    place = questions.index(question) + 1
    words = _words(question.text)
    exact = [cell for heading, cell in answers if _words(heading) == words]
    numbered = [
        cell for heading, cell in answers if (at := _NUMBERED.fullmatch(_even(heading))) and int(at[1]) == place
    ]
    begun = [cell for heading, cell in answers if _is_begun(heading, question, questions)]
    return next((cell for cell in (*exact, *numbered, *begun) if cell.strip()), "")


def is_asked(heading: str, questions: Sequence[ScreenerQuestion]) -> bool:
    """Whether a column holds the answers to a question of the screener."""
    return any(answer_to(questions, one, ((heading, "x"),)) for one in questions)


def is_headed(heading: str, questions: Sequence[ScreenerQuestion]) -> bool:
    """Whether a heading is a question itself, or its first three words or more."""
    words = _words(heading)
    return any(
        words == _words(one.text) or (len(words) >= _FEWEST_WORDS and words == _words(one.text)[: len(words)])
        for one in questions
    )


def _is_begun(heading: str, question: ScreenerQuestion, questions: Sequence[ScreenerQuestion]) -> bool:
    words = _words(heading)
    if not words or words == _words(question.text):
        return False
    begun = [one for one in questions if _words(one.text)[: len(words)] == words]
    within = [one for one in questions if len(words) == 1 and words[0] in _words(one.text)]
    return begun == [question] or (not begun and within == [question])


def _bounds(text: str) -> tuple[str, float, float] | None:
    """Return the sign and the number of a class such as `4 of meer`, of `1-3` both; None for what is no class."""
    if found := _RANGE.fullmatch(text):
        return "-", _value(found[1]), _value(found[2])
    told = ((operator, bound.fullmatch(text)) for operator, bound in _BOUND_OF)
    return next(((operator, _value(found[1]), 0.0) for operator, found in told if found), None)


def _value(digits: str) -> float:
    return float(digits.replace(",", "."))


def _number(text: str) -> float | None:
    found = _WITH_UNIT.fullmatch(text)
    return number_in(found[1]) if found else number_in(text)


def _even(text: str) -> str:
    return " ".join(folded(text).split()).strip(" .!?\"'“”")


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", folded(text)))
