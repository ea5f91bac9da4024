"""Themes over the groups of a study, by segment: groups, people and mentions are three figures.

A theme is a tag (`#app`) or a code (`app`), where the study has both of one name they are one; a code above others has
what they have. Somebody who says a thing twelve
times is one person (R.A. Krueger and M.A. Casey, "Focus Groups", on extensiveness and frequency). P2 of one group is
not P2 of another. Words of which nobody knows who said them are a mention, of no person, in the segment that is
unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace


class Mention(msgspec.Struct, frozen=True):
    """One passage on one theme: its place in the index, its session, who said it ("" = nobody knows), their segment."""

    theme: str
    passage: int
    session: int
    person: str = ""
    segment: str = ""
    is_sure: bool = True
    """Whether somebody said who spoke; where the log of that moment did, nobody confirmed it."""


class Count(NamedTuple):
    """In how many groups, by how many people, and how often a thing was mentioned.

    `unsure` is how many of the people are known by nothing but the log of that moment.
    """

    groups: int = 0
    people: int = 0
    mentions: int = 0
    unsure: int = 0


class ThemeRow(NamedTuple):
    """A theme with its figures in all, and in each segment in which it was mentioned."""

    theme: str
    total: Count
    by_segment: dict[str, Count]
    by_session: dict[int, Count]
    cells: dict[tuple[str, int], Count]
    """By segment and session."""


def codes_of(themes: Iterable[str]) -> frozenset[str]:
    """Return the themes that are codes."""
    return frozenset(theme for theme in themes if not theme.startswith("#"))


def as_one(theme: str, codes: Collection[str]) -> str:
    """Return the code of a tag that has its name, where there is one: an evening that was coded says nothing twice."""
    code = theme.removeprefix("#")
    return code if code in codes else theme


def taken_together(mentions: Iterable[Mention]) -> list[Mention]:
    """Return mentions, of which those of a tag are of the code with its name, in whichever group that is."""
    those = list(mentions)
    codes = codes_of({one.theme for one in those})
    return [replace(one, theme=as_one(one.theme, codes)) for one in those]


def counted(mentions: Iterable[Mention]) -> Count:
    """Return the figures of mentions; a passage counts once, whoever gave it the theme."""
    passages = {one.passage: one for one in mentions}.values()
    sure = {(one.session, one.person) for one in passages if one.person and one.is_sure}
    people = {(one.session, one.person) for one in passages if one.person}
    return Count(len({one.session for one in passages}), len(people), len(passages), len(people - sure))


def matrix(mentions: Iterable[Mention]) -> list[ThemeRow]:
    """Return a row for each theme, those of most people first, then of most groups, then of most mentions."""
    by_theme: dict[str, list[Mention]] = {}
    for one in mentions:
        by_theme.setdefault(one.theme, []).append(one)
    rows = [_row(theme, those) for theme, those in by_theme.items()]
    return sorted(rows, key=lambda row: (-row.total.people, -row.total.groups, -row.total.mentions, row.theme))


def _row(theme: str, mentions: list[Mention]) -> ThemeRow:
    by_segment: dict[str, list[Mention]] = {}
    by_session: dict[int, list[Mention]] = {}
    cells: dict[tuple[str, int], list[Mention]] = {}
    for one in mentions:
        by_segment.setdefault(one.segment, []).append(one)
        by_session.setdefault(one.session, []).append(one)
        cells.setdefault((one.segment, one.session), []).append(one)
    return ThemeRow(
        theme,
        counted(mentions),
        {segment: counted(those) for segment, those in by_segment.items()},
        {session: counted(those) for session, those in by_session.items()},
        {cell: counted(those) for cell, those in cells.items()},
    )
