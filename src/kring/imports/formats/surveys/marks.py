"""Numbers among the answers to a question: with a label behind them, beside words, and codes for no answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kring.domain.text import folded
from kring.imports.formats.surveys.words import AMOUNT, NO_ANSWERS
from kring.plans.vocabulary.dates import month_number

_NUMBER = re.compile(r"'?([+-]?\d+(?:[.,]\d+)?)%?")
_LABELLED = re.compile(r"'?(\d{1,2})(?:[.,]0+)?(?:\s*[-–—=:(]\s*([^\W\d].*))?", re.DOTALL)
_OF_TEN = re.compile(r"(\d{1,2}(?:[.,]\d+)?)\s*(?:/|van de|van|of|out of|von|sur)\s*10")
_HALF = re.compile(r"(\d{1,2})\s?(?:½|1/2)")
_IS_CLASS = re.compile(
    r"\d\s*\+$|[<>≥≤]\s?\d|(?<!-)\b\d+\s?[-–]\s?\d+\b(?!-)"
    r"|(?=.*\d).*\b(?:meer|minder|ouder|jonger|hoger|lager|more|less|fewer|older|younger|higher|lower|mehr|weniger|plus"
    r"|moins|over|under|boven|tot|t/m|to|bis|jaar|years?|keer|times)\b"
)
"""What is said of a class of numbers, such as *5 or more*: those beside it are no marks to take a mean of."""
_PER_CENT = re.compile(r"\b(?:percentage|procent|per cent|percent|prozent|pourcentage)\b")
_SMALL_CODES = {-1, -2, -3, -7, -8, -9}
_CODES = {77, 88, 96, 97, 98, 99}
_LARGE_CODES = {
    777,
    888,
    996,
    997,
    998,
    999,
    7777,
    8888,
    9997,
    9998,
    9999,
    -66,
    -77,
    -88,
    -97,
    -98,
    -99,
    -888,
    -998,
    -999,
}
_HIGHEST_MARK = 11
_HIGHEST_SHARE = 100
_SYMMETRIC = 4  # a scale from -3 to 3 has no higher mark
_MOST_SMALL = 2
_LATELY = 16_384  # many people give the same answers


@lru_cache(maxsize=_LATELY)
def number_in(cell: str) -> float | None:
    """Return the number that an answer is: `7`, `7,5`, `'7`, `80%`, `7½`, `8/10`; None of any other."""
    if found := _NUMBER.fullmatch(cell):
        return float(found[1].replace(",", "."))
    if found := _HALF.fullmatch(cell):
        return int(found[1]) + 0.5
    if (found := _OF_TEN.fullmatch(folded(cell))) and float(found[1].replace(",", ".")) <= 10:
        return float(found[1].replace(",", "."))
    return None


def score_in(cell: str) -> int | None:
    """Return the whole number that an answer begins with, alone or with a label: `10 - very likely`, and no `3-apr`."""
    found = _LABELLED.fullmatch(cell)
    return None if found is None or (found[2] and _is_month(found[2])) else int(found[1])


@lru_cache(maxsize=_LATELY)
def mark_in(cell: str) -> float | None:
    """Return the number that an answer is, or that it begins with and has a label behind."""
    number = number_in(cell)
    return score_in(cell) if number is None else number


@lru_cache(maxsize=_LATELY)
def written(cell: str) -> str:
    """Return the number in an answer with a point and without decimals that say nothing; any other answer as it is."""
    found = _NUMBER.fullmatch(cell)
    number = mark_in(cell)
    if number is None:
        return cell
    text = found[1].replace(",", ".") if found else str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def are_marks(cells: Sequence[str]) -> bool:
    """Whether most of these answers are numbers, and no classes of them; those that are none get no figure.

    Of answers that all have a label none is a number: *1: Utrecht* is a choice.
    """
    plain = sum(number_in(cell) is not None for cell in cells)
    marks = [cell for cell in cells if mark_in(cell) is not None]
    others = [cell for cell in cells if mark_in(cell) is None]
    if not plain or len(marks) * 2 <= len(cells):
        return False
    return not any(_IS_CLASS.search(folded(cell)) for cell in others if not is_no_answer(cell))


def are_shares(heading: str, cells: Sequence[str]) -> bool:
    """Whether answers below a heading of per cents are parts of one, as a workbook keeps `80%`: 0.8."""
    numbers = [number for cell in cells if (number := number_in(cell)) is not None]
    is_told = "%" in heading or _PER_CENT.search(folded(heading)) is not None
    return is_told and bool(numbers) and all(0 <= number <= 1 for number in numbers) and any(n % 1 for n in numbers)


def in_per_cents(value: str) -> str:
    """Return a part of one in per cents."""
    number = number_in(value)
    return value if number is None else written(f"{number * 100:.6f}")


@lru_cache(maxsize=_LATELY)
def is_no_answer(cell: str) -> bool:
    """Whether an answer says that there is none, such as *n.v.t.*"""
    return folded(cell) in NO_ANSWERS


def codes_for_none(heading: str, cells: Sequence[str]) -> set[str]:
    """Return the answers below a heading that are codes for no answer, such as 99 or -1 beside marks up to ten.

    They are numbers that survey tools and SPSS use for that, far outside all others; of an amount they may be meant.
    """
    numbers = {cell: number for cell in cells if cell and (number := number_in(cell)) is not None}
    if AMOUNT.search(folded(heading)) or not numbers:
        return set()
    rest = set(numbers.values()) - _SMALL_CODES - _CODES - _LARGE_CODES
    if not rest or min(rest) < 0:
        return set()
    highest, small = max(rest), _SMALL_CODES & set(numbers.values())
    codes = set(_LARGE_CODES) if highest <= _HIGHEST_SHARE else set()
    codes |= _CODES if highest <= _HIGHEST_MARK else set()
    codes |= small if highest >= _SYMMETRIC and len(small) <= _MOST_SMALL else set()
    return {cell for cell, number in numbers.items() if number in codes}


def _is_month(label: str) -> bool:
    word = folded(label).rstrip(".")
    return " " not in word and month_number(word) > 0 and len(word) <= 9
