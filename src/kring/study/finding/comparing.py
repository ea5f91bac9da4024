"""Figures over the groups of a study: the matrix of themes, saturation, and one question across groups."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import permutations
from math import factorial
from typing import NamedTuple

from kring.domain.study import saturation
from kring.domain.study.poll import Poll
from kring.domain.study.saturation import Run, Spread
from kring.domain.study.themes import Mention, ThemeRow, as_one, codes_of, matrix
from kring.study.finding.asking import Hit, Wanted
from kring.study.finding.choices import Put
from kring.study.finding.finding import Finding
from kring.study.finding.passages import segment_key
from kring.study.finding.upkeep import Held

ALL_ORDERS = 5_040
"""Up to so many orders, those of seven groups, all are tried; of more groups so many as chance draws."""
DRAWN = 1_000
SEED = 1
EVERYTHING = 100_000
"""More than is ever said on one question."""


class Line(NamedTuple):
    """What each group brought that was new, in the order in which they were held, and in other orders.

    `sessions` are the groups that were held, `brought` the themes that were new in each, `new` and `known` how many
    these are and how many were known after it, `spread` is over `orders` orders; `are_all` says whether these are all.
    """

    segment: str | None
    sessions: tuple[int, ...]
    brought: tuple[tuple[str, ...], ...]
    new: tuple[int, ...]
    known: tuple[int, ...]
    spread: tuple[Spread, ...]
    orders: int
    are_all: bool
    runs: tuple[Run, ...]


def lines(groups: Mapping[int, Held], mentions: Iterable[Mention], base: int, run: int) -> list[Line]:
    """Return the line of all mentions, and where there are several segments that of each; none of no group held."""
    held = [number for number, one in groups.items() if one.group.started_at is not None]
    those = [one for one in mentions if one.session in set(held)]
    segments = {segment_key(person.segment) for number in held for person in groups[number].people}
    found = [_line(None, held, those, base, run)]
    for segment in sorted(segments, key=lambda one: (not one, one)) if len(segments) > 1 else ():
        there = [number for number in held if any(segment_key(one.segment) == segment for one in groups[number].people)]
        found.append(_line(segment, there, [one for one in those if one.segment == segment], base, run))
    return found if held else []


def _line(segment: str | None, held: Sequence[int], mentions: Sequence[Mention], base: int, run: int) -> Line:
    themes = [frozenset(one.theme for one in mentions if one.session == number) for number in held]
    orders = _orders(len(held))
    return Line(
        segment=segment,
        sessions=tuple(held),
        brought=tuple(tuple(sorted(those)) for those in saturation.brought(themes)),
        new=tuple(saturation.new_per_group(themes)),
        known=tuple(saturation.known_after(themes)),
        spread=tuple(saturation.spread(themes, orders)),
        orders=len(orders),
        are_all=len(orders) == factorial(len(held)),
        runs=tuple(saturation.runs(themes, base, run)),
    )


def _orders(n: int) -> list[tuple[int, ...]]:
    """Return all orders of so many groups, or as many as are tried of them; the same each time."""
    if factorial(n) <= ALL_ORDERS:
        return list(permutations(range(n)))
    chance = random.Random(SEED)
    return [tuple(chance.sample(range(n), n)) for _ in range(DRAWN)]


class Answered(NamedTuple):
    """One question in one group: how its guide has it (nothing = it doesn't), and what was said on it.

    `words` are quotes, paraphrases and messages of participants, those with a star first and else in order of time.
    """

    session: int
    puts: tuple[Put, ...]
    words: tuple[Hit, ...]
    summaries: tuple[Hit, ...]
    themes: tuple[ThemeRow, ...]

    @property
    def was_asked(self) -> bool:
        """Whether it was asked."""
        return any(put.question.was_asked for put in self.puts)

    @property
    def spent_s(self) -> int:
        """How many seconds it was open."""
        return sum(put.question.spent_s for put in self.puts)

    @property
    def polls(self) -> tuple[Poll, ...]:
        """The rounds of its polls that somebody answered."""
        return tuple(poll for put in self.puts for poll in put.question.polls)


def side_by_side(finding: Finding, groups: Mapping[int, Held], puts: Sequence[Put]) -> list[Answered]:
    """Return a question in every group that was held, in the order in which they were."""
    held = [number for number, one in groups.items() if one.group.started_at is not None]
    codes = codes_of(finding.names_of_themes())
    return [_answered(finding, number, tuple(put for put in puts if put.session == number), codes) for number in held]


def _answered(finding: Finding, session: int, puts: tuple[Put, ...], codes: Collection[str]) -> Answered:
    places = tuple((session, put.item) for put in puts)
    said = finding.find(Wanted(kinds=("quote", "paraphrase", "chat", "summary"), questions=places), EVERYTHING).hits
    words = [hit for hit in said if hit.passage.is_mention]
    mentions = [
        Mention(theme, hit.number, session, hit.passage.person, segment_key(hit.passage.segment), hit.passage.is_sure)
        for hit in words
        for theme in {as_one(theme, codes) for theme in hit.passage.themes}
    ]
    return Answered(
        session,
        puts,
        tuple(sorted(words, key=lambda hit: (not hit.passage.starred, hit.passage.at))),
        tuple(hit for hit in reversed(said) if hit.passage.kind == "summary"),
        tuple(matrix(mentions)),
    )
