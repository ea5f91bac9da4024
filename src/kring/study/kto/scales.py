"""Answers that lie outside the scale that their question names: a slip of the keyboard makes no figure of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kring.domain.text import N_, Sentence, folded, one_line

_SCALE = re.compile(r"(?<![\d.,-])([01])\s*(?:[-–—/]|t/?m|tot(?: en met)?|to|through|bis|à)\s*(4|5|6|7|9|10|11|100)\b")
_MOST_OUTSIDE = 0.1
"""Where more of the answers lie outside it, the heading was about something else."""
_MOST_CODES = 2
"""So many different answers outside it, of less than half of the people, are codes such as 9 for *don't know*."""
_TOLD = 3


def outside(heading: str, values: Sequence[str]) -> set[str]:
    """Return which numbers among the answers to a question lie outside the scale `(1-10)` in its heading."""
    named = _SCALE.search(folded(heading))
    numbers = [value for value in values if _is_number(value)]
    if named is None or not numbers:
        return set()
    least, most = int(named[1]), int(named[2])
    found = [value for value in numbers if not least <= float(value) <= most]
    is_slip = len(found) <= max(1, len(numbers) * _MOST_OUTSIDE)
    counts = Counter(found)
    are_codes = 0 < len(counts) <= _MOST_CODES and min(counts.values()) > 1 and len(found) * 2 < len(numbers)
    return set(found) if is_slip or are_codes else set()


def not_counted(heading: str, left_out: Sequence[str]) -> Sentence:
    """Return what is said of answers outside their scale."""
    some = ", ".join(dict.fromkeys(left_out[:_TOLD])) + (" …" if len(left_out) > _TOLD else "")
    return Sentence(N_("Outside the scale of “{question}”, and not counted: {n} ({answers})."),
                    {"question": one_line(heading), "n": len(left_out), "answers": some})  # fmt: skip


def _is_number(value: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(?:\.\d+)?", value) is not None
