"""Notes that a text points to, as people write that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.study.references import parted, references


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("groep 1 #12", ["groep 1 #12"]),
        ("groep 1 #12, groep 2 #3", ["groep 1 #12", "groep 2 #3"]),
        ("groep 1 #12, #14; groep 2 #3", ["groep 1 #12", "groep 1 #14", "groep 2 #3"]),
        ("groep 1 #12 en #14 en groep 2 #3", ["groep 1 #12", "groep 1 #14", "groep 2 #3"]),
        ("groep 1, #12", ["groep 1 #12"]),
        ("groep 1; #12", ["groep 1 #12"]),
        ("1 #12", ["1 #12"]),
        ("groep 1: #12 (mooi), #13", ["groep 1 #12", "groep 1 #13"]),
        ("groep-1.db #12b", ["groep-1.db #12b"]),
        ("groep 1 notitie 12", ["groep 1 #12"]),
        ("Group 1 note 12 and 2026-12-03 #4", ["Group 1 #12", "2026-12-03 #4"]),
        ("groep 1 # 12/#13", ["groep 1 #12", "groep 1 #13"]),
        ("groep 1 #12 “punten, zijn #geld”", ["groep 1 #12"]),
        ("groep 1 #12, groep 1 #12", ["groep 1 #12"]),
        ("–", []),
        ("", []),
        ("#12", ["#12"]),
        ("zie verslag", ["zie verslag"]),
        ("groep 1 #12, groep 2", ["groep 1 #12", "groep 2"]),
    ],
)
def test_what_is_pointed_to(text: str, found: list[str]) -> None:
    assert [one.told for one in references(text)] == found


@given(st.text("groep 12#,;:()–ab\n", max_size=40))
def test_no_text_is_refused_and_no_number_is_lost(text: str) -> None:
    told = references(text)
    assert all(one.told for one in told)
    assert all(one.note in text for one in told)


@pytest.mark.parametrize(
    ("text", "codes", "left"),
    [
        ("B1", ["b1"], []),
        ("b1, H1", ["b1", "h1"], []),
        ("groep 1 #12; B1", ["b1"], ["groep 1 #12"]),
        ("B1, groep 1 #12, #14 en H1", ["b1", "h1"], ["groep 1 #12", "groep 1 #14"]),
        ("groep 1 #12, B1, #14", ["b1"], ["groep 1 #12", "groep 1 #14"]),
        ("1 #12, 1", ["1"], ["1 #12"]),
        ("B9", [], ["B9"]),
        ("B1 #12", [], ["B1 #12"]),
        ("", [], []),
    ],
)
def test_a_code_that_stands_alone_is_no_note(text: str, codes: list[str], left: list[str]) -> None:
    rest, found = parted(text, {"b1", "h1", "1"})
    assert (found, [one.told for one in references(rest)]) == (codes, left)
