"""How far coders agree over the sessions of a study: their units put together, codes of one name being one code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from kring.domain.measures.agreement import Agreement, coders, judged_codes, over
from kring.domain.state import State
from kring.domain.text import folded, one_line


class CodeInStudy(NamedTuple):
    """A code of the codebooks of a study, by its name.

    `sessions` are the places of the sessions that have it, `used` in how many passages each of these has it,
    `descriptions` and `parents` what the codebooks say, each once.
    """

    name: str
    sessions: tuple[int, ...]
    used: tuple[int, ...]
    descriptions: tuple[str, ...]
    parents: tuple[str, ...]


class Pair(NamedTuple):
    """Two coders: in how many sessions both coded, how they agree on each code, by name, and on all together."""

    one: str
    other: str
    sessions: int
    by_code: dict[str, Agreement]
    all: Agreement


def codebook(states: Sequence[State]) -> list[CodeInStudy]:
    """Return the codes of all sessions, in the order in which they first come."""
    places: dict[str, list[tuple[int, str]]] = {}
    for place, state in enumerate(states):
        for code in state.codes.values():
            if code.removed_at is None:
                places.setdefault(code_key(code.name), []).append((place, code.id))
    return [_code(states, those) for those in places.values()]


def code_key(name: str) -> str:
    """Return by what a code is known in every codebook."""
    return folded(one_line(name))


def coders_called(states: Iterable[State], others: Iterable[str] = (), *, with_names: bool = False) -> dict[str, str]:
    """Return what each coder, and others behind them, are called in every session: R1, R2 …, or the name."""
    of_coders = sorted({coder for state in states for coder in coders(state)})
    names = [*of_coders, *sorted(set(others) - set(of_coders))]
    return {name: name if with_names else f"R{nth}" for nth, name in enumerate(names, 1)}


def _code(states: Sequence[State], those: list[tuple[int, str]]) -> CodeInStudy:
    rows = [states[place].codes[code] for place, code in those]
    used = [
        len({(one.note, one.turn) for one in states[place].codings.values() if one.code == code and not one.removed_at})
        for place, code in those
    ]
    parents = [states[place].codes.get(row.parent or "") for (place, _code), row in zip(those, rows, strict=True)]
    return CodeInStudy(
        one_line(rows[0].name),
        tuple(place for place, _code in those),
        tuple(used),
        tuple(dict.fromkeys(one_line(row.description) for row in rows)),
        tuple(dict.fromkeys(one_line(parent.name) if parent else "" for parent in parents)),
    )


def pairs(states: Sequence[State]) -> list[Pair]:
    """Return every two coders who coded in the same session, over all such sessions.

    A unit counts for a code where the codebook of its session has that code. Sessions of which nothing is known that
    both had before them count for Jaccard's index alone, where no session is better known.
    """
    there = [set(coders(state)) for state in states]
    everybody = sorted({coder for those in there for coder in those})
    found = []
    for one, other in combinations(everybody, 2):
        together = [state for state, those in zip(states, there, strict=True) if {one, other} <= those]
        if together:
            found.append(_pair(together, one, other))
    return found


def _pair(states: Iterable[State], one: str, other: str) -> Pair:
    judged = [(state, judged_codes(state, one, other, state.codes)) for state in states]
    known = [(state, those) for state, those in judged if those.passed] or judged
    passed = sum(those.passed for _state, those in known)
    merged: dict[str, tuple[str, list[tuple[bool, bool]]]] = {}
    for state, those in known:
        for code, units in those.pairs.items():
            name = one_line(state.codes[code].name)
            merged.setdefault(code_key(name), (name, []))[1].extend(units)
    used = {name: units for name, units in merged.values() if any(True in unit for unit in units)}
    everything = [unit for units in used.values() for unit in units]
    agreements = {name: over(units, passed) for name, units in used.items()}
    return Pair(one, other, len(judged), agreements, over(everything, passed))
