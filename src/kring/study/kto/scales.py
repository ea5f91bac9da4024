"""Answers that lie outside the scale that their question names: a slip of the keyboard makes no figure of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kring.domain.text import N_, Sentence, folded, one_line

_SCALE = re.compile(r"(?<![\d.,-])([01])\s*(?:[-–—/]|t/?m|tot(?: en met)?|to|through|bis|à)\s*(4|5|6|7|9|10|11|100)\b")
_MOST_OUTSIDE = 0.1
"""Where more of the answers lie outside it, the heading was about something else."""
_TOLD = 3


def outside(heading: str, values: Sequence[str]) -> set[str]:
    """Return which numbers among the answers to a question lie outside the scale `(1-10)` in its heading."""
    named = _SCALE.search(folded(heading))
    numbers = [value for value in values if _is_number(value)]
    if named is None or not numbers:
        return set()
    least, most = int(named[1]), int(named[2])
    found = [value for value in numbers if not least <= float(value) <= most]
    return set(found) if len(found) <= max(1, len(numbers) * _MOST_OUTSIDE) else set()


def not_counted(heading: str, left_out: Sequence[str]) -> Sentence:
    """Return what is said of answers outside their scale."""
    some = ", ".join(dict.fromkeys(left_out[:_TOLD])) + (" …" if len(left_out) > _TOLD else "")
    return Sentence(N_("Outside the scale of “{question}”, and not counted: {n} ({answers})."),
                    {"question": one_line(heading), "n": len(left_out), "answers": some})  # fmt: skip


def _is_number(value: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(?:\.\d+)?", value) is not None
