"""Coders over the sessions of a study, beside a table that is filled in cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain import rows as r
from kring.domain.measures.agreement import Agreement
from kring.domain.state import EMPTY, State
from kring.domain.study.coders import codebook, pairs

NOTES = 6
BOTH = (True, False)
SESSIONS = st.lists(
    st.tuples(
        st.sets(st.tuples(st.sampled_from(["Bo", "Els"]), st.sampled_from(["app", "prijs"]), st.integers(1, NOTES))),
        st.sampled_from([("app", "prijs"), ("APP",), ("prijs", "app", "nooit")]),
    ),
    max_size=4,
)


def session(coded: set[tuple[str, str, int]], codes: tuple[str, ...], until: int = NOTES) -> State:
    """A session with some notes, of which all up to one are coded by both; what has no code there is left out."""
    known = {name.lower(): f"c{place}" for place, name in enumerate(codes)}
    rows: list[r.Row] = [
        r.NoteRow(id=f"n{n}", kind="quote", text="ja", at=r.Moment(n), written_at=r.Moment(n))
        for n in range(1, NOTES + 1)
    ]
    rows += [r.CodeRow(id=f"c{place}", name=name, added_at=r.Moment(1)) for place, name in enumerate(codes)]
    for coder, name, n in sorted(coded):
        if name in known:
            rows.append(
                r.CodingRow(id=f"{coder}{name}{n}", code=known[name], note=f"n{n}", coder=coder, at=r.Moment(99))
            )
    rows += [r.CodedUntilRow(id=who, coder=who, until=r.Moment(until), at=r.Moment(99)) for who in ("Bo", "Els")]
    return EMPTY.put(rows)


@given(SESSIONS)
def test_units_of_all_sessions_are_one_table(held: list[tuple[set[tuple[str, str, int]], tuple[str, ...]]]) -> None:
    states = [session(coded, codes) for coded, codes in held]
    cells = {"app": {True: {True: 0, False: 0}, False: {True: 0, False: 0}}}
    cells["prijs"] = {True: {True: 0, False: 0}, False: {True: 0, False: 0}}
    together = 0
    for coded, codes in held:
        known = {name.lower() for name in codes}
        marks = {(who, name, n) for who, name, n in coded if name in known}
        if {who for who, _name, _n in marks} != {"Bo", "Els"}:
            continue
        together += 1
        for name in cells.keys() & known:
            for n in range(1, NOTES + 1):
                cells[name][("Bo", name, n) in marks][("Els", name, n) in marks] += 1
    found = pairs(states)
    assert len(found) == bool(together)
    for pair in found:
        everything = [cells[name.lower()] for name in pair.by_code]
        assert_is_of(
            pair.all, {one: {two: sum(table[one][two] for table in everything) for two in BOTH} for one in BOTH}
        )
        assert (pair.one, pair.other, pair.sessions) == ("Bo", "Els", together)
        for name, agreed in pair.by_code.items():
            assert_is_of(agreed, cells[name.lower()])


def assert_is_of(agreed: Agreement, table: dict[bool, dict[bool, int]]) -> None:
    """Whether an agreement is that of a table of two by two, after the textbooks' formulas for one."""
    yes, one, other, no = table[True][True], table[True][False], table[False][True], table[False][False]
    n = yes + one + other + no
    assert (agreed.units, agreed.agreed) == (n, yes + no)
    apart = (yes + one) * (one + no) + (yes + other) * (other + no)
    assert agreed.kappa == (pytest.approx(2 * (yes * no - one * other) / apart) if apart else None)
    have, lack = 2 * yes + one + other, 2 * no + one + other  # of the values that both gave
    assert agreed.alpha == (pytest.approx(1 - (2 * n - 1) * (one + other) / (have * lack)) if have * lack else None)
    assert agreed.jaccard == (pytest.approx(yes / (yes + one + other)) if yes + one + other else None)


def test_where_nothing_tells_what_both_had_jaccard_stands_alone() -> None:
    apart = session({("Bo", "app", 1), ("Els", "app", 2)}, ("app",), until=0)
    (pair,) = pairs([apart])
    assert (pair.all.units, pair.all.kappa, pair.all.jaccard) == (0, None, 0.0)
    (pair,) = pairs([apart, session({("Bo", "app", 1), ("Els", "app", 1)}, ("app",))])
    assert (pair.sessions, pair.all.units, pair.all.agreed) == (2, NOTES, NOTES)


def test_a_code_is_known_by_its_name_in_every_codebook() -> None:
    book = codebook([session({("Bo", "app", 1), ("Els", "app", 1)}, ("app",)), session(set(), ("Prijs", "App"))])
    assert [(code.name, code.sessions, code.used) for code in book] == [("app", (0, 1), (1, 0)), ("Prijs", (1,), (0,))]
