"""Saturation: what each group of a study brought that no group before it had. It is a sign, and no proof.

Guest, Namey and McKenna (2017, Field Methods 29(1), 3-22) and Hennink, Kaiser and Weber (2019, Qualitative Health
Research 29(10), 1483-1496) count new codes per successive group. The order of the groups is chance, so the same is
counted in other orders too. What no group said is in no figure: a share is one of what these groups brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

BASE, RUN, THRESHOLD = 4, 2, 0.05
"""Four groups to begin with, two in which little is new, five per cent at most, unless somebody asks for others.

A base, a run and a threshold for what is new are those of Guest, Namey and Chen (2020, PLoS ONE 15(5) e0232076), who
tried them on interviews; that they fit groups is not known.
"""


class Spread(NamedTuple):
    """The lowest, the middle and the highest figure over several orders."""

    low: int
    middle: int
    high: int


class Run(NamedTuple):
    """How much was new in the last groups of a run; `until` is the number of the last of them, from 1.

    `ratio` is new ÷ the themes of the base, None where that has none. Runs overlap: each begins a group after the one
    before.
    """

    until: int
    new: int
    ratio: float | None


def brought(groups: Iterable[AbstractSet[str]]) -> list[AbstractSet[str]]:
    """Return for each group, in the order given, the themes that no group before it had."""
    known: set[str] = set()
    found = []
    for themes in groups:
        found.append(themes - known)
        known |= themes
    return found


def new_per_group(groups: Iterable[AbstractSet[str]]) -> list[int]:
    """Return for each group, in the order given, how many themes no group before it had."""
    return [len(new) for new in brought(groups)]


def known_after(groups: Iterable[AbstractSet[str]]) -> list[int]:
    """Return how many themes were known after each group."""
    found: list[int] = []
    for new in new_per_group(groups):
        found.append(new + (found[-1] if found else 0))
    return found


def spread(groups: Sequence[AbstractSet[str]], orders: Iterable[Sequence[int]]) -> list[Spread]:
    """Return how many were new in the first group, the second …, over several orders of the same groups."""
    found = [new_per_group([groups[place] for place in order]) for order in orders]
    return [_spread(sorted(of_place)) for of_place in zip(*found, strict=True)]


def _spread(figures: list[int]) -> Spread:
    return Spread(figures[0], figures[(len(figures) - 1) // 2], figures[-1])


def runs(groups: Sequence[AbstractSet[str]], base: int = BASE, run: int = RUN) -> list[Run]:
    """Return how much was new in each run of groups behind the base, in order; none of too few groups."""
    new = new_per_group(groups)
    in_base = sum(new[:base])
    ends = range(base + run, len(groups) + 1)
    in_run = [sum(new[end - run : end]) for end in ends]
    return [Run(end, those, those / in_base if in_base else None) for end, those in zip(ends, in_run, strict=True)]


def reached(found: Iterable[Run], threshold: float = THRESHOLD) -> Run | None:
    """Return the first run that brought no more than the threshold."""
    return next((one for one in found if one.ratio is not None and one.ratio <= threshold), None)
