"""Finding by a part of a name, its first letters, or a slip of the finger."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kring.commands.table import OF_LIVE, OF_REVIEW
from kring.system import i18n
from kring.ui.help import entries, looked_up
from kring.ui.matching import Hit, Text, hit, lit


def found(wanted: str, language: str = "en", face: object = OF_LIVE) -> list[str]:
    i18n.use(language)
    return [entry.word for entry, _hit in looked_up(entries(face, {}), wanted)]  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    ("wanted", "word"),
    [
        ("pause", "pause"),
        ("pauze", "pause"),
        ("pauz", "pause"),
        ("notitie", "note"),
        ("note", "note"),
        ("toestemming", "consent"),
        ("CONSENT", "consent"),
        ("opname", "recording"),
        ("ga naar", "go"),
        ("go to", "go"),
        ("F2", "next"),
        ("f2", "next"),
        ("ctrl+t", "undo"),
        ("n", "note"),
        ("T", "consent"),
        ("f12", "end"),
    ],
)
def test_the_best_stands_first_in_both_languages(language: str, wanted: str, word: str) -> None:
    assert found(wanted, language)[0] == word


@pytest.mark.parametrize(
    ("wanted", "language", "word"),
    [
        ("pasue", "en", "pause"),
        ("microfone", "en", "microphone"),
        ("consnet", "en", "consent"),
        ("attendence", "en", "attend"),
        ("pazue", "nl", "pause"),
        ("notitei", "nl", "note"),
        ("rechtzeten", "nl", "right"),
        ("toesteming", "nl", "consent"),
        ("deelnemr", "nl", "add"),
        ("nwd", "nl", "add"),
        ("wwh", "nl", "name"),
    ],
)
def test_a_slip_or_first_letters_are_enough(wanted: str, language: str, word: str) -> None:
    assert found(wanted, language)[0] == word


@pytest.mark.parametrize("wanted", ["xyzzy", "qqqq", "zzz"])
def test_what_is_like_nothing_finds_nothing(wanted: str) -> None:
    assert found(wanted) == []


def test_a_part_of_a_name_goes_before_a_word_of_the_explanation() -> None:
    order = found("note")
    assert order.index("note") < order.index("edit")


def test_the_order_of_the_table_stays_where_nothing_is_typed() -> None:
    words = [command.word for command in OF_REVIEW.commands]
    assert found("", face=OF_REVIEW) == words
    assert found("   ", face=OF_REVIEW) == words


def test_the_letters_that_were_found_are_lit() -> None:
    match = hit("café", [Text("het Café van P3")])
    assert match is not None
    assert lit("het Café van P3", match.lit[0]) == [("het ", ""), ("Café", "bold underline"), (" van P3", "")]


def test_words_may_stand_in_different_texts_and_any_order() -> None:
    texts = [Text("new participant"), Text("take in somebody", is_loose=False)]
    assert hit("participant new", texts)
    assert hit("somebody new", texts)
    assert hit("somebody old", texts) is None


@example(wanted="\u00b8", texts=[""])  # a cedilla by itself, which folds to a space
@given(wanted=st.text(max_size=12), texts=st.lists(st.text(max_size=30), min_size=1, max_size=3))
def test_whatever_is_typed_only_letters_that_are_there_are_lit(wanted: str, texts: list[str]) -> None:
    match = hit(wanted, [Text(text) for text in texts])
    if match is not None:
        assert 0 <= match.score <= 100
        for text, places in zip(texts, match.lit, strict=True):
            assert all(0 <= place < len(text) for place in places)
            assert "".join(part for part, _look in lit(text, places)) == text


@given(text=st.text(st.characters(categories=("Lu", "Ll", "Nd"), max_codepoint=0x24F), min_size=1, max_size=20))
def test_every_text_is_found_by_itself_best(text: str) -> None:
    match = hit(text, [Text(text)])
    assert match == Hit(100, (frozenset(range(len(text))),))
