"""How the bench compares: floor and program in turns, the first round dropped, quartiles of ratios."""

import gc
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

Sample = Callable[[], float]
Rounds = dict[str, list[list[float]]]


class NotMeasurable(Exception):
    """Something cannot be measured on this machine; the text says why."""


class Compare(Enum):
    """What is held against the limit."""

    RATIO = "×"
    EXCESS = "+"
    EXACT = "="
    AT_MOST = "≤"


@dataclass(frozen=True)
class Effort:
    """How long a run takes: rounds, observations in a round, seconds of watching an idle program, sizes of
    sessions in events, and sessions in a folder.
    """

    name: str
    rounds: int
    acts: int
    keys: int
    starts: int
    idle_s: float
    sizes: tuple[int, ...]
    sessions: int

    def at(self, events: int) -> "Effort":
        """The effort for work on whole files, which takes seconds where they are long."""
        if events < SIZES[-2]:
            return self
        return replace(self, rounds=2 if events >= SIZES[-1] else self.rounds, starts=1)


SIZES = (100, 2_000, 20_000, 200_000)
QUICK = Effort("quick", rounds=6, acts=40, keys=20, starts=2, idle_s=15, sizes=SIZES[:3], sessions=500)
FULL = Effort("full", rounds=15, acts=40, keys=40, starts=3, idle_s=60, sizes=SIZES, sessions=10_000)


@dataclass
class Row:
    """One line of the table; figures are one per round, the program's are empty where it can't be measured.

    A row without a limit only tells.
    """

    name: str
    what: str
    unit: str
    limit: float | None
    floor: list[float] = field(default_factory=list)
    kring: list[float] = field(default_factory=list)
    compare: Compare = Compare.RATIO
    remark: str = ""

    def values(self) -> list[float]:
        """What is compared, one figure per round."""
        if not self.kring:
            return []
        match self.compare:
            case Compare.RATIO:
                return [kring / floor for floor, kring in zip(self.floor, self.kring, strict=True)]
            case Compare.EXCESS:
                return [kring - floor for floor, kring in zip(self.floor, self.kring, strict=True)]
            case Compare.EXACT | Compare.AT_MOST:
                return list(self.kring)

    @property
    def holds(self) -> bool | None:
        """Whether the limit is kept; None when nothing was measured, or nothing was promised.

        A slow neighbour makes a figure worse, never better: the first quartile decides, except for counts.
        """
        values = self.values()
        if not values or self.limit is None:
            return None
        if self.compare is Compare.EXACT:
            return all(value == self.limit for value in values)
        return quartiles(values)[0] <= self.limit


def alternate(
    samples: Mapping[str, Sample], *, rounds: int, per_round: int, seed: int = 1, is_collecting: bool = False
) -> Rounds:
    """Takes observations of all samples in turns, in a new order each time; the first round warms up.

    Garbage is looked for only where `is_collecting`: in long work that is a part of what it costs.
    """
    dice = random.Random(seed)
    taken: Rounds = {name: [] for name in samples}
    names = list(samples)
    gc.collect()
    if is_collecting:
        gc.freeze()  # what was there before is none of its garbage
    else:
        gc.disable()
    try:
        for number in range(rounds + 1):
            observed: dict[str, list[float]] = {name: [] for name in names}
            for _ in range(per_round):
                dice.shuffle(names)
                for name in names:
                    observed[name].append(samples[name]())
            for name, figures in observed.items():
                if number > 0:
                    taken[name].append(figures)
    finally:
        gc.enable()
        gc.unfreeze()
    return taken


def medians(rounds: Sequence[Sequence[float]]) -> list[float]:
    """The median of each round."""
    return [statistics.median(figures) for figures in rounds]


def p95s(rounds: Sequence[Sequence[float]]) -> list[float]:
    """The 95th percentile of each round."""
    return [percentile(figures, 0.95) for figures in rounds]


def percentile(figures: Sequence[float], share: float) -> float:
    """The figure below which `share` of the figures lie."""
    ordered = sorted(figures)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def quartiles(figures: Sequence[float]) -> tuple[float, float, float]:
    """The first quartile, the median and the third quartile."""
    return percentile(figures, 0.25), percentile(figures, 0.5), percentile(figures, 0.75)
