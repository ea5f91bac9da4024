"""The words of a date in Dutch, English, German and French: months, days of the week, what stands around a time."""

from __future__ import annotations

import re

_NAMES = (
    "jan", "feb fev", "mar maa mrt", "apr avr", "may mei mai", "jun juin", "jul juil", "aug aou", "sep", "oct okt",
    "nov", "dec dez",
)  # fmt: skip
_NUMBERS = {short: number for number, names in enumerate(_NAMES, 1) for short in names.split()}
OF_A_MOMENT = re.compile(
    r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun|van|from|om|at|uur|uhr|u|h|op|on)\b"
)
"""What may stand beside the day, the month and the time of a moment."""


def month_number(word: str) -> int:
    """Return the number of the month that a folded word names by its first letters; 0 where it names none."""
    return _NUMBERS.get(word[:4]) or _NUMBERS.get(word[:3], 0)
