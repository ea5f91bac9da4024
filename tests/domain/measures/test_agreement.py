"""Agreement of coders, against examples worked out by hand in the literature."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain import facts as f
from kring.domain.decide import coding, decision
from kring.domain.measures.agreement import LOG, Agreement, agreement, alpha_of_all, krippendorff, on_codes, on_turns
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
    assert krippendorff([("y", "y")] * 5) is None
    assert krippendorff([("y",), ("n",)]) is None
    assert agreement([]) == Agreement(0, 0, None)
    assert agreement([]).share is None


KRIPPENDORFF_2011 = {
    "A": "123321412...", "B": "1233224125.3", "C": ".33323422 51.".replace(" ", ""), "D": "12332441251.",
}  # fmt: skip


def judged_by(*coders: str) -> list[list[str]]:
    """Return the units of some coders, each a row of categories with dots where one judged nothing."""
    return [[value for value in unit if value != "."] for unit in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "alpha"),
    [
        (("0100000010", "1110010000"), 0.095),  # two coders, two categories
        (("aabbdcccedda", "babbbccceddd"), 0.692),  # two coders, five categories
        (tuple(KRIPPENDORFF_2011.values()), 0.743),  # four coders, values missing
        (("ab", "ba"), -0.5),
    ],
)
def test_alpha_as_krippendorff_works_it_out(coders: tuple[str, ...], alpha: float) -> None:
    assert krippendorff(judged_by(*coders)) == pytest.approx(alpha, abs=0.0005)


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=2, max_size=4), min_size=2, max_size=30))
def test_alpha_is_one_less_disagreement_over_that_of_any_two_values(units: list[list[str]]) -> None:
    values = [value for unit in units for value in unit]
    by_chance = [one != other for one, other in permutations(values, 2)]
    if not any(by_chance):
        assert krippendorff(units) is None
        return
    within = sum(
        len(unit) * sum(one != other for one, other in permutations(unit, 2)) / (len(unit) * (len(unit) - 1))
        for unit in units
    ) / len(values)
    assert krippendorff(units) == pytest.approx(1 - within / (sum(by_chance) / len(by_chance)))


def test_one_code_on_thirty_units_of_which_most_have_none() -> None:
    found = agreement([(True, True)] * 5 + [(True, False), (False, True)] + [(False, False)] * 23)
    assert found.share == pytest.approx(0.933, abs=0.001)
    assert found.kappa == pytest.approx(0.79, abs=0.005)
    assert found.jaccard == pytest.approx(5 / 7)


def test_codes_of_two_coders_on_all_units_that_both_passed(session: Session, clock: SimulatedClock) -> None:
    found = turns(session, clock, 6)
    other = another(session, "Cas")
    for turn in found[:3]:
        code(session, session.me, "price", turn=turn)
    for turn in found[2:5]:
        code(session, other, "price", turn=turn)
    code(session, other, "trust", turn=found[0])
    table = {session.state.codes[row.code].name if row.code else "": row.found for row in
             on_codes(session.state, session.me.name, "Cas")}  # fmt: skip
    # the first coder came to the third turn, the other to the fifth: three are before both
    assert (table["price"].units, table["price"].agreed) == (3, 1)
    assert (table["trust"].units, table["trust"].agreed) == (3, 2)
    assert (table[""].units, table[""].agreed) == (6, 3)
    assert alpha_of_all(session.state) == table[""].alpha


def test_who_spoke_is_compared_with_the_log_only_where_it_was_judged(session: Session, clock: SimulatedClock) -> None:
    first, second, *_others = turns(session, clock, 4)
    assert on_turns(session.state, "Cas", LOG) == Agreement(0, 0, None)
    other = another(session, "Cas")
    session.do_as(other, decision(coding.judge, first, "1"))
    session.do_as(other, decision(coding.judge, second, "5"))
    assert on_turns(session.state, "Cas", LOG)[:2] == (2, 1)


def test_what_a_coder_said_is_all_coded_counts_also_where_no_code_fits(session: Session, clock: SimulatedClock) -> None:
    found = turns(session, clock, 6)
    other = another(session, "Cas")
    code(session, session.me, "price", turn=found[0])
    code(session, other, "price", turn=found[0])
    assert on_codes(session.state, session.me.name, "Cas")[0].found.units == 1
    for me, turn in ((session.me, found[4]), (other, found[3])):
        session.do_as(me, decision(coding.done_until, int(session.state.turns[turn].started_at)))
    assert on_codes(session.state, session.me.name, "Cas")[0].found[:2] == (4, 4)


def test_without_units_that_both_had_only_jaccard_is_told(session: Session, clock: SimulatedClock) -> None:
    found = turns(session, clock, 4)
    other = another(session, "Cas")
    for turn in found[1:3]:
        code(session, session.me, "price", turn=turn)
    code(session, other, "price", turn=found[1])
    before = int(session.state.turns[found[0]].started_at) - 1
    session.do_as(other, lambda _state, _now: f.CodedUntil(before))
    one = on_codes(session.state, session.me.name, "Cas")[0].found
    assert (one.units, one.share, one.kappa, one.alpha, one.jaccard) == (0, None, None, None, 0.5)
