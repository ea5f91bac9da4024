"""Who agrees: one cell for each participant and matter, of those present, with what nobody looked at in sight."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.decide.group.consensus import matter_named, stance_of
from kring.domain.measures.group.consensus import Consensus, consensus_on, empty_cells, in_use, left_behind, matters
from kring.domain.measures.presence import are_here
from kring.domain.rows import Stance
from kring.domain.text import Refused
from kring.domain.words import STANCES


def talking(*lines: str) -> Desk:
    """Return a desk at 2.1 with four who are here, after some lines."""
    desk = Desk()
    for line in ("attend 1, 2, 3, 4 present", "go 2.1", *lines):
        desk.type(line)
    return desk


def of(desk: Desk, where: str) -> Consensus:
    return consensus_on(desk.state, matter_named(desk.state, where), are_here(desk.state, desk.now))


def test_a_question_has_a_row_of_its_own_and_one_for_each_statement() -> None:
    desk = talking()
    question = desk.state.guide["laatste"]
    assert [one.label for one in matters(desk.state, question)] == ["2.1"]
    for line in ("statement te duur", "statement te veel gedoe"):
        desk.type(line)
    assert [(one.label, one.text) for one in matters(desk.state, question)] == [
        ("2.1a", "te duur"),
        ("2.1b", "te veel gedoe"),
    ]
    desk.type("consensus 2.1 1 agrees")
    assert [one.label for one in matters(desk.state, question)] == ["2.1", "2.1a", "2.1b"]
    assert matter_named(desk.state).label == "2.1b"  # the newest one


def test_cells_are_of_those_present_and_of_who_took_a_stance() -> None:
    desk = talking("consensus 1 agrees", "consensus 2 tegenvoorbeeld", "consensus 3 no response", "consensus 5 nods")
    found = of(desk, "2.1")
    assert found.cells == {
        "P1": "agrees",
        "P2": "example_against",
        "P3": "no_response",
        "P4": None,
        "P5": "nods",
    }
    assert (found.agree, found.disagree, found.silent, found.empty) == (["P1", "P5"], ["P2"], ["P3"], ["P4"])


def test_the_last_stance_counts_and_a_cell_can_be_emptied() -> None:
    desk = talking("consensus 1 agrees", "consensus 1 dissents")
    assert of(desk, "2.1").cells["P1"] == "dissents"
    desk.type("undo")
    assert of(desk, "2.1").cells["P1"] == "agrees"
    desk.type("consensus 1 clear")
    assert of(desk, "2.1").cells["P1"] is None
    with pytest.raises(Refused):
        desk.type("consensus 1 clear")


def test_several_at_once_are_one_act_without_those_who_said_so_before() -> None:
    desk = talking("consensus 2 nods")
    event = desk.type("consensus 2.1 all nods")
    assert of(desk, "2.1").counts == {"nods": 4}
    assert getattr(event.fact, "others", None) == 2
    desk.type("undo")
    assert of(desk, "2.1").counts == {"nods": 1}


def test_empty_cells_are_counted_where_a_matrix_is_in_use() -> None:
    desk = talking()
    here = are_here(desk.state, desk.now)
    assert empty_cells(desk.state, "laatste", here) == 0
    desk.type("consensus 1 agrees")
    assert empty_cells(desk.state, "laatste", here) == 3
    desk.type("statement te duur")
    assert empty_cells(desk.state, "laatste", here) == 7
    assert empty_cells(desk.state, "cijfer", here) == 0


def test_a_statement_keeps_its_label_and_takes_its_cells_along_when_it_goes() -> None:
    desk = talking("statement te duur", "statement te ver", "consensus 2.1a 1 agrees", "consensus 2.1b 2 agrees")
    desk.type("statement 2.1a weg")
    assert [one.label for one in in_use(desk.state)] == ["2.1b"]
    assert {row.participant for row in desk.state.consensus.values()} == {"P2"}
    desk.type("undo")
    assert [one.label for one in in_use(desk.state)] == ["2.1a", "2.1b"]
    desk.type("statement 2.1b toch te ver")
    assert [one.text for one in in_use(desk.state)] == ["te duur", "toch te ver"]


def test_what_is_left_behind_is_of_the_question_that_was_left_last() -> None:
    desk = talking("consensus 1 agrees")
    for line, left in (("go 2.2", 3), ("go 4.1", None), ("go 2.1", None), ("go 2.2", 3)):
        desk.wait(10)
        desk.type(line)
        told = left_behind(desk.state, desk.now)
        assert (told.values["n"] if told else None) == left


@pytest.mark.parametrize(
    "line",
    [
        "consensus 2.1c 1 agrees",  # no such statement
        "consensus 9.9 1 agrees",
        "consensus 1 qzx",
        "consensus 99 agrees",
        "consensus 1",
        "statement",
        "statement 2.1",
        "statement 2.1a te duur",
        "statement 2.1z weg",
        "statement TE DUUR",
    ],
)
def test_what_makes_no_sense_is_refused(line: str) -> None:
    desk = talking("statement te duur")
    with pytest.raises(Refused):
        desk.type(line)


def test_without_an_open_question_it_must_be_named() -> None:
    desk = Desk()
    desk.type("go pauze")
    for line in ("consensus 1 agrees", "statement te duur"):
        with pytest.raises(Refused):
            desk.type(line)
    desk.type("statement 2.1 te duur")
    assert [one.label for one in in_use(desk.state)] == ["2.1a"]


@pytest.mark.parametrize("stance", STANCES)
def test_every_stance_has_words_in_both_languages_that_mean_it_alone(stance: Stance) -> None:
    told = STANCES[stance]
    assert len(told.words) >= 2
    assert {stance_of(word) for word in (*told.words, stance, stance.upper())} == {stance}


@given(st.lists(st.tuples(st.integers(1, 8), st.sampled_from([*STANCES, "clear"])), max_size=40))
def test_every_cell_is_in_one_of_four_heaps(typed: list[tuple[int, str]]) -> None:
    desk = talking()
    for seat, stance in typed:
        desk.try_to_type(f"consensus 2.1 {seat} {stance}")
    found = of(desk, "2.1")
    heaps = [found.agree, found.disagree, found.silent, found.empty]
    assert sorted(chain(*heaps)) == sorted(found.cells)
    assert sum(found.counts.values()) == len(found.cells) - len(found.empty)
    last = {f"P{seat}": stance for seat, stance in typed}
    assert {code: stance for code, stance in last.items() if stance != "clear"} == {
        code: stance for code, stance in found.cells.items() if stance is not None
    }


def test_the_letter_of_a_statement_is_its_own_for_good() -> None:
    desk = Desk()
    desk.type("go 2.1")
    first = desk.type("statement te duur")
    desk.type("statement te ver", "Els")
    desk.type("consensus 2.1b 1 agrees")
    desk.happen(f.Undone(first.id))
    assert [(one.label, one.text) for one in matters(desk.state, desk.state.guide["laatste"])] == [("2.1b", "te ver")]
    desk.type("statement te vroeg")
    desk.type("statement 2.1c remove")
    desk.type("statement te laat")
    desk.happen(f.StatementAdded("laatste", "van vroeger"))
    labels = [one.label for one in matters(desk.state, desk.state.guide["laatste"])]
    assert labels == ["2.1b", "2.1d", "2.1e"]  # a fact of before has no number


def test_two_statements_that_got_one_letter_on_two_computers_are_told_apart() -> None:
    desk = Desk()
    desk.type("go 2.1")
    for text in ("te duur", "te ver"):
        desk.happen(f.StatementAdded("laatste", text, 1))
    assert [one.label for one in matters(desk.state, desk.state.guide["laatste"])] == ["2.1a1", "2.1a2"]
    desk.type("statement 2.1a2 te ver weg")
    desk.type("consensus 2.1a1 2 nods")
    assert [row.text for row in desk.state.statements.values()] == ["te duur", "te ver weg"]
    with pytest.raises(Refused):
        desk.type("statement 2.1a anders")
