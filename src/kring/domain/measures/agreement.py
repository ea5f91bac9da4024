"""How far two coders agree, and how far beyond chance.

Percent agreement is the share of units that both put in the same category. Cohen's kappa corrects it for the agreement
that chance alone would bring: `(observed - expected) / (1 - expected)`, where `expected` is the sum over the categories
of the product of both coders' shares (J. Cohen, "A coefficient of agreement for nominal scales", Educational and
Psychological Measurement 20, 1960, 37-46). It is undefined where both put every unit in one and the same category.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from kring.domain.rows import CodingRow
from kring.domain.state import State

LOG = ""
"""The name of the hand log where it is compared with a coder."""


class Agreement(NamedTuple):
    """Two coders over the same units; `kappa` None where it is undefined."""

    units: int
    agreed: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        """Return the share of units on which both agree, None where there are none."""
        return self.agreed / self.units if self.units else None


def agreement(pairs: Iterable[tuple[Hashable, Hashable]]) -> Agreement:
    """Return the agreement over units, each with the category of the one and of the other coder."""
    judged = list(pairs)
    units = len(judged)
    agreed = sum(one == other for one, other in judged)
    if not units:
        return Agreement(0, 0, None)
    first = Counter(one for one, _other in judged)
    second = Counter(other for _one, other in judged)
    by_chance = sum(first[category] * second[category] for category in first)  # times units squared
    if by_chance == units * units:
        return Agreement(units, agreed, None)
    return Agreement(units, agreed, (agreed * units - by_chance) / (units * units - by_chance))


def coders(state: State) -> list[str]:
    """Return who coded, in order of their first code."""
    alive = (coding for coding in state.codings.values() if coding.removed_at is None)
    return list(dict.fromkeys(coding.coder for coding in alive))


def judges(state: State) -> list[str]:
    """Return who judged turns, in order of their first judgement."""
    return list(dict.fromkeys(row.coder for row in state.turn_judgements.values()))


class CodeAgreement(NamedTuple):
    """Two coders on one code; `code` is empty for all codes together."""

    code: str
    found: Agreement


def on_codes(state: State, one: str, other: str) -> list[CodeAgreement]:
    """Return how two coders agree on each code that one of them used, and on all of them together, which comes last.

    A unit is a note or a turn on which at least one of the two put a code; on each, a code is there or it is not.
    """
    marked: dict[str, set[tuple[str, str]]] = {one: set(), other: set()}
    for coding in state.codings.values():
        if coding.removed_at is None and coding.coder in marked:
            marked[coding.coder].add((unit_of(coding), coding.code))
    units = sorted({unit for pairs in marked.values() for unit, _code in pairs})
    used = {code for pairs in marked.values() for _unit, code in pairs}
    codes = [code for code in state.codes if code in used]
    table: list[CodeAgreement] = []
    everything: list[tuple[bool, bool]] = []
    for code in codes:
        pairs = [((unit, code) in marked[one], (unit, code) in marked[other]) for unit in units]
        table.append(CodeAgreement(code, agreement(pairs)))
        everything += pairs
    return [*table, CodeAgreement("", agreement(everything))] if table else []


def unit_of(coding: CodingRow) -> str:
    """Return what a code is on, as one word."""
    return f"notes/{coding.note}" if coding.note else f"turns/{coding.turn}"


def on_turns(state: State, one: str, other: str) -> Agreement:
    """Return how two coders agree on who speaks, over the turns that both judged; `LOG` stands for the hand log."""
    return agreement(
        (heard_by_one, heard_by_other)
        for turn in state.alive_turns
        if (heard_by_one := heard(state, turn.id, one)) and (heard_by_other := heard(state, turn.id, other))
    )


def heard(state: State, turn: str, coder: str) -> str:
    """Return whom a coder hears in a turn (a code, or a kind of turn), empty where they didn't judge it."""
    if coder == LOG:
        row = state.turns[turn]
        return row.participant or row.kind
    judged = state.turn_judgements.get(f"{turn}/{coder}")
    return (judged.participant or judged.kind) if judged else ""
