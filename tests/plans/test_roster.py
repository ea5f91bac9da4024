"""The roster: tables, lists and what recruiters send."""

import pytest

from kring.domain.plan import Plan
from kring.plans.roster import is_roster_title, read_person_line, read_roster, with_roster


def numbered(*rows):
    return list(enumerate([list(row) for row in rows], 1))


def test_columns_are_known_in_both_languages_and_the_rest_are_attributes():
    people, warnings = read_roster(
        numbered(
            ("Nr", "Voornaam", "Leeftijd", "Segment", "Toestemming", "Stoel"), ("7", "Joke", "64", "vast", "ja", "3")
        )
    )
    assert warnings == []
    assert (people[0].code, people[0].name, people[0].segment, people[0].seat) == ("P7", "Joke", "vast", 3)
    assert people[0].attributes == (("Leeftijd", "64"),)
    assert people[0].line == 2


def test_missing_codes_and_seats_are_filled_without_taking_those_of_others():
    people, _ = read_roster(numbered(("naam", "code", "seat"), ("a", "", ""), ("b", "P1", "1"), ("c", "", "1")))
    assert [(person.name, person.code, person.seat) for person in people] == [
        ("a", "P2", 2),
        ("b", "P1", 1),
        ("c", "P3", 3),
    ]


def test_a_code_that_is_used_twice_is_told():
    people, warnings = read_roster(numbered(("code", "naam"), ("P1", "a"), ("P1", "b")), "lijst.csv")
    assert [person.code for person in people] == ["P1", "P1-2"]
    assert (warnings[0].line, warnings[0].source) == (3, "lijst.csv")


def test_without_a_header_the_first_columns_are_code_and_name():
    people, warnings = read_roster(numbered(("P1", "Fatima", "trouw"), ("P2", "Piet", "slapend")))
    assert [(person.code, person.name, person.segment) for person in people] == [
        ("P1", "Fatima", "trouw"),
        ("P2", "Piet", "slapend"),
    ]
    assert warnings[0].line == 1


def test_cases_without_names_are_called_by_their_code():
    people, _ = read_roster(numbered(("case", "Age"), ("ID1", "20")))
    assert (people[0].code, people[0].name) == ("ID1", "ID1")


def test_ragged_and_empty_rows_are_no_trouble():
    people, _ = read_roster(numbered(("code", "naam", "groep"), ("P1",), ("", "", ""), ("P2", "b", "c", "d")))
    assert [person.name for person in people] == ["P1", "b"]
    assert people[1].attributes == (("4", "d"),)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("P1 Fatima, trouw", ["P1", "Fatima", "trouw"]),
        ("Fatima (trouw)", ["", "Fatima", "trouw"]),
        ("Anne-Marie de Boer – nieuw", ["", "Anne-Marie de Boer", "nieuw"]),
    ],
)
def test_a_person_may_be_a_line(text, row):
    assert read_person_line(4, text) == (4, row)


def test_those_in_the_plan_stay_first_and_nobody_comes_twice():
    people, _ = read_roster(numbered(("naam",), ("Anna",)))
    plan = with_roster(Plan(participants=people), numbered(("naam",), ("ANNA",), ("Joost",)), "lijst.csv")
    assert [(person.code, person.name) for person in plan.participants] == [("P1", "Anna"), ("P2", "Joost")]


@pytest.mark.parametrize(
    ("title", "is_one"), [("Deelnemers:", True), ("PARTICIPANTS", True), ("Deelnemers bedanken", False)]
)
def test_titles(title, is_one):
    assert is_roster_title(title) is is_one
