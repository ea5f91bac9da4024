"""The result of a poll."""

from __future__ import annotations

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.measures.polls import Result, result


def answered(*answers: tuple[str, str]) -> Result:
    desk = Desk()
    for participant, value in answers:
        desk.happen(f.AnswerGiven("peiling", participant, value))
    return result(desk.state, desk.state.polls["peiling"])


def test_the_last_answer_counts_and_every_option_has_its_number() -> None:
    found = answered(("P1", "8"), ("P2", "7"), ("P1", "7"))
    assert found.answers == {"P1": "7", "P2": "7"}
    assert found.counts == {str(option): 2 if option == 7 else 0 for option in range(11)}


def test_only_numbers_have_a_median_and_a_range() -> None:
    found = answered(("P1", "8"), ("P2", "7"), ("P3", "2"))
    assert (found.middle, found.marks) == (7, [2, 7, 8])
    assert answered(("P1", "8"), ("P2", "7,5")).middle == 7.75
    assert answered(("P1", "8"), ("P2", "geen idee")).middle is None
    assert answered().middle is None
