"""Names in free text become codes."""

from __future__ import annotations

import pytest

from kring.privacy.names import Names

NAMES = Names(
    [
        ("Fatima el Idrissi", "P3"),
        ("Zoë", "P4"),
        ("Jan-Willem van der Berg", "P5"),
        ("Jan Smit", "P6"),
        ("Bo", "A"),
        ("Joost", "P1"),
        ("Deelnemer 1", "P7"),
        ("Deelnemer 12", "P8"),
        ("X", "P9"),
    ]
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Fatima zei het", "P3 zei het"),
        ("FATIMA EL IDRISSI zei het", "P3 zei het"),
        ("mevrouw Idrissi's kaart", "mevrouw P3's kaart"),
        ("zoe en ZOË", "P4 en P4"),
        ("Joosts mening", "P1s mening"),
        ("Jan-Willem zag Jan", "P5/P6-P5 zag P5/P6"),
        ("Jan Willem van der Berg", "P5"),
        ("van der valk", "van der valk"),
        ("bo en Bonaire", "A en Bonaire"),
        ("joostjuh Fatima2 _Fatima_", "joostjuh P32 _P3_"),
        ("Deelnemer 1 en deelnemer 12 en deelnemer 3", "P7 en P8 en deelnemer 3"),
        ("x is X", "x is X"),
        ("el zei dat elk", "el zei dat elk"),
        ("", ""),
    ],
)
def test_a_name_becomes_a_code(said, told):
    assert NAMES.hidden(said) == told


def test_what_lies_behind_a_character_that_folds_to_more_stays_in_place():
    assert NAMES.hidden("ﬃ ß İ Fatima 👩‍👩‍👧 é Fatima") == "ﬃ ß İ P3 👩‍👩‍👧 é P3"


def test_what_a_template_says_in_the_place_of_a_name_is_no_name():
    names = Names([("uw naam", "M"), ("naam van de assistent", "A"), ("your name", "M"), ("the assistant's name", "A")])
    said = "your supermarket, uw winkel, de naam van het onderzoek, name of the study, de assistent"
    assert names.hidden(said) == said


def test_without_names_nothing_changes():
    assert Names([]).hidden("Fatima") == "Fatima"


def test_a_name_is_no_pattern():
    assert Names([("a.c(*", "P1")]).hidden("abc a.c(* x") == "abc P1(* x"
