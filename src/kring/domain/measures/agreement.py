"""How far two coders agree, and how far beyond chance.

Percent agreement is the share of units that both put in the same category. Cohen's kappa corrects it for the agreement
that chance alone would bring: `(observed - expected) / (1 - expected)`, where `expected` is the sum over the categories
of the product of both coders' shares (J. Cohen, "A coefficient of agreement for nominal scales", Educational and
Psychological Measurement 20, 1960, 37-46). It is undefined where both put every unit in one and the same category.
Krippendorff's alpha is `1 - observed / expected disagreement`, here for categories; it takes any number of coders, and
units that not all of them judged (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011). Jaccard's index
is what both coded over what one of them did.

The units of codes are all notes, or turns, that both had before them, also those on which neither put a code: up to
where a coder said that all is coded, else up to the last one that they coded. Where that leaves no unit that both had,
only Jaccard's index is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Sequence
from itertools import permutations
from typing import NamedTuple

import msgspec

from kring.domain.rows import CodingRow
from kring.domain.state import State

LOG = ""
"""The name of the hand log where it is compared with a coder."""


class Agreement(NamedTuple):
    """Two coders over the same units; `kappa` None where it is undefined."""

    units: int
    agreed: int
    kappa: float | None
    alpha: float | None = None
    jaccard: float | None = None

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
    alpha = krippendorff(judged)
    either = sum(one is True or other is True for one, other in judged)
    jaccard = sum(one is True and other is True for one, other in judged) / either if either else None
    first = Counter(one for one, _other in judged)
    second = Counter(other for _one, other in judged)
    by_chance = sum(first[category] * second[category] for category in first)  # times units squared
    if by_chance == units * units:
        return Agreement(units, agreed, None, alpha, jaccard)
    return Agreement(units, agreed, (agreed * units - by_chance) / (units * units - by_chance), alpha, jaccard)


def krippendorff(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Return Krippendorff's alpha for categories, over units each with the categories of those who judged it.

    None where nothing can be compared, or all is of one category.
    """
    values: Counter[Hashable] = Counter()
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for unit in units:
        if len(unit) < 2:
            continue
        values.update(unit)
        for pair, n in Counter(permutations(unit, 2)).items():
            weights[pair] = weights.get(pair, 0.0) + n / (len(unit) - 1)
    total = values.total()
    expected = sum(n * (total - n) for n in values.values())
    if not expected:
        return None
    observed = sum(weight for (one, other), weight in weights.items() if one != other)
    return 1 - (total - 1) * observed / expected


def coders(state: State) -> list[str]:
    """Return who coded, in order of their first code."""
    alive = (coding for coding in state.codings.values() if coding.removed_at is None)
    return list(dict.fromkeys(coding.coder for coding in alive))


def judges(state: State) -> list[str]:
    """Return who judged turns, in order of their first judgement."""
    return list(dict.fromkeys(row.coder for row in state.turn_judgements.values()))


class CodeAgreement(msgspec.Struct, frozen=True):
    """Two coders on one code; `code` is empty for all codes together."""

    code: str
    found: Agreement


def on_codes(state: State, one: str, other: str) -> list[CodeAgreement]:
    """Return how two coders agree on each code that one of them used, and on all of them together, which comes last.

    On each unit that both had before them a code is there or it is not.
    """
    used = {coding.code for coding in state.codings.values() if not coding.removed_at and coding.coder in (one, other)}
    judged = judged_codes(state, one, other, used)
    table = [CodeAgreement(code, over(pairs, judged.passed)) for code, pairs in judged.pairs.items()]
    everything = [pair for pairs in judged.pairs.values() for pair in pairs]
    return [*table, CodeAgreement("", over(everything, judged.passed))] if table else []


class Judged(NamedTuple):
    """For each code of a session, on each unit, whether the one and the other coder put it there.

    `passed` is how many units both had before them; where that is none, the units are all that there are.
    """

    passed: int
    pairs: dict[str, list[tuple[bool, bool]]]


def judged_codes(state: State, one: str, other: str, codes: Container[str]) -> Judged:
    """Return what two coders did with some codes of the codebook, in its order."""
    marked = _marked(state, (one, other))
    units = _units(state, marked)
    passed = min(_passed(state, units, coder, marked[coder]) for coder in (one, other))
    here = [unit for _at, unit in units[:passed]] or [unit for _at, unit in units]
    by_one, by_other = marked[one], marked[other]
    wanted = [code for code in state.codes if code in codes]
    pairs = {code: [((unit, code) in by_one, (unit, code) in by_other) for unit in here] for code in wanted}
    return Judged(passed, pairs)


def over(pairs: list[tuple[bool, bool]], passed: int) -> Agreement:
    """Return the agreement over units that both had before them; where they had none, Jaccard's index alone."""
    found = agreement(pairs)
    return found if passed else Agreement(0, 0, None, None, found.jaccard)


def alpha_of_all(state: State) -> float | None:
    """Return Krippendorff's alpha of all coders on all codes, each as far as they came; None where it is undefined."""
    marked = _marked(state, coders(state))
    units = _units(state, marked)
    passed = {coder: _passed(state, units, coder, pairs) for coder, pairs in marked.items()}
    used = {code for pairs in marked.values() for _unit, code in pairs}
    return krippendorff(
        [(unit, code) in marked[coder] for coder in marked if place < passed[coder]]
        for place, (_at, unit) in enumerate(units)
        for code in used
    )


def _marked(state: State, those: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """Return what each of some coders coded: pairs of a unit and a code."""
    marked: dict[str, set[tuple[str, str]]] = {coder: set() for coder in those}
    for coding in state.codings.values():
        if coding.removed_at is None and coding.coder in marked:
            marked[coding.coder].add((unit_of(coding), coding.code))
    return marked


def _units(state: State, marked: dict[str, set[tuple[str, str]]]) -> list[tuple[int, str]]:
    """Return the notes, or the turns, or both, in order, each with its moment: whichever somebody coded at all."""
    sorts = {unit.partition("/")[0] for pairs in marked.values() for unit, _code in pairs}
    notes = [(int(note.at), f"notes/{note.id}") for note in state.notes.values() if note.removed_at is None]
    turns = [(int(turn.started_at), f"turns/{turn.id}") for turn in state.alive_turns if turn.kind != "silence"]
    return sorted([*(notes if "notes" in sorts else []), *(turns if "turns" in sorts else [])])


def _passed(state: State, units: list[tuple[int, str]], coder: str, pairs: set[tuple[str, str]]) -> int:
    """Return how many units a coder had before them: up to where they said that all is coded, else to the last one."""
    said = state.coded_until.get(coder)
    if said is not None:
        return sum(at <= said.until for at, _unit in units)
    coded = {unit for unit, _code in pairs}
    return max((place for place, (_at, unit) in enumerate(units, 1) if unit in coded), default=0)


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
