"""Searching the timeline: accents, beginnings and other forms of a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.review.search import Search, haystack
from kring.system.language.stems import words_of

TEXT = "Fatima spaarde nooit: café's, ideeën en gestolen punten (#gedoe) while running stories @home"


@pytest.mark.parametrize(
    "wanted",
    [
        "spaarde",
        "SPAARDE",
        "spa",  # a beginning
        "cafe",  # without its accent
        "ideeen",
        "idee",
        "gedoe",
        "#gedoe",
        "sparen",  # spaarde is a form of it
        "run",
        "runs",  # as English has it
        "story",
        "punt",
        "spaarde punten",  # every word, in any order
        "punten spaarde",
        "",
    ],
)
def test_it_is_found(wanted: str) -> None:
    assert Search(wanted).finds(haystack(TEXT))


@pytest.mark.parametrize("wanted", ["paarde", "spaarde niets", "kerst", "#ged0e", "sparring"])
def test_it_is_not_found(wanted: str) -> None:
    assert not Search(wanted).finds(haystack(TEXT))


@given(text=st.text(max_size=80), cut=st.integers(1, 10))
def test_every_word_of_a_text_finds_it_by_its_beginning(text: str, cut: int) -> None:
    for word in words_of(text):
        assert Search(word[:cut]).finds(haystack(text)) or not words_of(word[:cut])


@given(text=st.text(max_size=60), wanted=st.text(max_size=20))
def test_any_text_can_be_searched_for_in_any_other(text: str, wanted: str) -> None:
    assert Search(wanted).finds(haystack(text)) in (True, False)
    assert Search(wanted).finds(haystack(f"{text} {wanted}"))


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("winkel", "niet boos op de Winkel, wel op zichzelf", ["Winkel"]),
        ("spaarde", "sparen, of ik spaar", ["sparen", "spaar"]),
        ("cafe", "het Café van de cafés", ["Café", "cafés"]),
        ("app gedoe", "gedoe met de #app", ["gedoe", "#app"]),
        ("xyz", "niets hiervan", []),
        ("", "niets gezocht", []),
    ],
)
def test_the_words_that_were_found_are_told_with_their_places(wanted: str, text: str, found: list[str]) -> None:
    assert [text[begin:end] for begin, end in Search(wanted).places(text)] == found
