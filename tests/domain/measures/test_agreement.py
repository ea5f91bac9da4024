"""Agreement of coders, against examples worked out by hand in the literature."""

import pytest

from kring.domain.decide import coding, decision
from kring.domain.measures.agreement import LOG, Agreement, agreement, on_codes, on_turns
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from review.desk import another, code, turns

COHEN_1960 = {("a", "a"): 88, ("a", "b"): 14, ("a", "c"): 18, ("b", "a"): 10, ("b", "b"): 40, ("b", "c"): 10,
              ("c", "a"): 2, ("c", "b"): 6, ("c", "c"): 12}  # fmt: skip


def pairs(table: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    return [pair for pair, count in table.items() for _ in range(count)]


def test_three_categories_as_cohen_works_them_out() -> None:
    found = agreement(pairs(COHEN_1960))
    assert (found.units, found.agreed, found.share) == (200, 140, 0.7)
    assert found.kappa == pytest.approx((0.70 - 0.41) / (1 - 0.41))  # .49


@pytest.mark.parametrize(
    ("table", "share", "kappa"),
    [
        # two readers of 50 grant proposals: 20 both yes, 5 and 10 one of them, 15 both no
        ({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}, 0.7, 0.4),
        # the same agreement, other marginals (Byrt, Bishop & Carlin 1993 call it the paradox of kappa)
        ({("y", "y"): 45, ("y", "n"): 15, ("n", "y"): 25, ("n", "n"): 15}, 0.6, 0.1304),
        ({("y", "y"): 25, ("y", "n"): 35, ("n", "y"): 5, ("n", "n"): 35}, 0.6, 0.2593),
        ({("y", "y"): 30, ("n", "n"): 20}, 1.0, 1.0),
        ({("y", "n"): 10, ("n", "y"): 10}, 0.0, -1.0),
    ],
)
def test_two_categories(table: dict[tuple[str, str], int], share: float, kappa: float) -> None:
    found = agreement(pairs(table))
    assert found.share == pytest.approx(share)
    assert found.kappa == pytest.approx(kappa, abs=5e-5)


def test_kappa_is_undefined_where_chance_alone_agrees() -> None:
    assert agreement([("y", "y")] * 5) == Agreement(5, 5, None)
    assert agreement([]) == Agreement(0, 0, None)
    assert agreement([]).share is None


def test_codes_of_two_coders_on_the_units_that_one_of_them_coded(session: Session, clock: SimulatedClock) -> None:
    notes = turns(session, clock, 4)
    other = another(session, "Cas")
    for note in notes[:3]:
        code(session, session.me, "price", turn=note)
    for note in notes[1:4]:
        code(session, other, "price", turn=note)
    code(session, other, "trust", turn=notes[0])
    table = {session.state.codes[row.code].name if row.code else "": row.found for row in
             on_codes(session.state, session.me.name, "Cas")}  # fmt: skip
    assert (table["price"].units, table["price"].agreed) == (4, 2)
    assert table["price"].kappa == pytest.approx((2 / 4 - (9 + 1) / 16) / (1 - (9 + 1) / 16))
    assert (table["trust"].units, table["trust"].agreed) == (4, 3)
    assert (table[""].units, table[""].agreed) == (8, 5)


def test_who_spoke_is_compared_with_the_log_only_where_it_was_judged(session: Session, clock: SimulatedClock) -> None:
    first, second, *_others = turns(session, clock, 4)
    assert on_turns(session.state, "Cas", LOG) == Agreement(0, 0, None)
    other = another(session, "Cas")
    session.do_as(other, decision(coding.judge, first, "1"))
    session.do_as(other, decision(coding.judge, second, "5"))
    assert on_turns(session.state, "Cas", LOG)[:2] == (2, 1)
