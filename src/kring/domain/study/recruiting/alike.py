"""Whether two names may be of one person, typed otherwise: it is asked, and never taken for granted."""

from __future__ import annotations

from difflib import SequenceMatcher

from kring.domain.text import folded

LIKE = 0.85
"""How much of two names is the same where one letter of seven is mistyped; tried on Dutch first and last names."""
LEAST = 3
"""Letters from which on a name that stands within another is more than an initial."""


def may_be_one(name: str, other: str) -> bool:
    """Whether two names are alike: other signs or order, an initial for a name, a part left out, a letter mistyped."""
    mine, theirs = _words(name), _words(other)
    if not mine or not theirs:
        return False
    shorter, longer = sorted((mine, theirs), key=len)
    if sorted(mine) == sorted(theirs) or (set(shorter) <= set(longer) and len("".join(shorter)) >= LEAST):
        return True
    if (
        len(shorter) > 1
        and mine[-1] == theirs[-1]
        and mine[0][0] == theirs[0][0]
        and 1 in map(len, (mine[0], theirs[0]))
    ):
        return True
    return SequenceMatcher(None, "".join(sorted(mine)), "".join(sorted(theirs))).ratio() >= LIKE and (
        SequenceMatcher(None, "".join(mine), "".join(theirs)).ratio() >= LIKE
    )


def _words(name: str) -> list[str]:
    signs = "".join(sign if sign.isalnum() else " " for sign in folded(name))
    return signs.split()
