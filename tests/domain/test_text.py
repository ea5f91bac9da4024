"""Texts of people, cleaned once: nothing left that a terminal obeys, nothing lost that people wrote."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.text import Refused, Sentence, clean, fill, folded, one_line

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("gewoon", "gewoon"),
        ("twee\nregels\ten een tab", "twee\nregels\ten een tab"),
        ("\x1b[2Jweg", "[2Jweg"),
        ("\x1b]0;titel\x07tekst", "]0;titeltekst"),
        ("\x9b31mrood", "31mrood"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\x00b", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("a\r\nb\rc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"),
        ("\ufeffbegin", "begin"),
        ("cafe\u0301", "café"),
        (FAMILY, FAMILY),
        ("می‌خواهم", "می‌خواهم"),
        ("[/] [P3] zegt: duur", "[/] [P3] zegt: duur"),
        ("x\U000e0041y", "xy"),
    ],
)
def test_what_cleaning_takes_out_and_what_it_leaves(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_cleaned_text_is_harmless_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert all(unicodedata.category(mark) != "Cc" or mark in "\n\t" for mark in cleaned)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f") & set(cleaned)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@given(st.text(max_size=40))
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


@pytest.mark.parametrize(("text", "found"), [("GEÏNTERESSEERD", "geinteresseerd"), ("Özlem", "ozlem"), ("ĳ", "ij")])
def test_folding_is_for_finding(text: str, found: str) -> None:
    assert folded(text) == found


@pytest.mark.parametrize(
    ("template", "values", "said"),
    [
        ("{who} has the floor", {"who": "P3"}, "P3 has the floor"),
        ("{who} has the floor", {"who": "{other}"}, "{other} has the floor"),
        ("{who} has the floor", {}, "{who} has the floor"),
        ("{broken", {"who": "x"}, "{broken"),
        ("{{who}} is {who}", {"who": "x"}, "{who} is x"),
        ("{who.__class__}", {"who": "x"}, "{who.__class__}"),
        ("{who[0]}", {"who": "x"}, "{who[0]}"),
        ("{who:9999999999}", {"who": "x"}, "{who:9999999999}"),
        ("{who!r}", {"who": "x"}, "{who!r}"),
        ("{}", {"who": "x"}, "{}"),
    ],
)
def test_values_are_never_read_as_templates(template: str, values: dict[str, str], said: str) -> None:
    assert fill(template, values) == said
    assert str(Sentence(template, values)) == said
    assert str(Refused(template, **values)) == said
