from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.ui.views import digits, floor
from kring.ui.widgets.line import (
    PLAIN_SIGNS,
    cut,
    line,
    pad,
    plain,
    safe,
    spread,
    use_plain_signs,
    width,
    wrap,
)

TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("ab 日👩\u200d\x1b\x9b\u202e\n-/é\u0301\ud800")), max_size=60
)


@given(TEXTS)
def test_nothing_a_terminal_obeys_is_left(text):
    shown = safe(text)
    assert not [mark for mark in shown if ord(mark) < 32 or 0x7F <= ord(mark) < 0xA0 or 0xD800 <= ord(mark) < 0xE000]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")


def test_controls_become_pictures_and_families_stay_whole():
    assert safe("a\x1b]0;x\x07\x9b\x00\x7f\tb") == "a␛]0;x␇�␀␡ b"
    assert safe("👩\u200d👩\u200d👧 x\u200dy") == "👩\u200d👩\u200d👧 xy"


@given(TEXTS, st.integers(0, 40))
def test_a_padded_line_is_exactly_as_wide_as_asked(text, room):
    assert width(pad(line((safe(text), "key"), "tail"), room)) == room


@given(TEXTS, TEXTS, st.integers(0, 40))
def test_a_spread_line_fits(left, right, room):
    assert width(spread(line(safe(left)), line(safe(right)), room)) <= room


@given(TEXTS, st.integers(8, 30), st.integers(0, 6))
def test_folding_fits_and_loses_no_word(text, room, hang):
    folded = wrap(line("x", (text, "key"), "y"), room, hang)
    assert all(width(part) <= room for part in folded)
    kept = "".join(plain(part) for part in folded)
    wanted = "".join(safe(part) for part in f"x{text}y".split("\n"))
    assert kept.replace(" ", "") == wanted.replace(" ", "")


def test_folding_keeps_looks_and_hangs_in():
    assert wrap(line(("een twee", "key"), " drie"), 10, 2) == [
        (("een twee", "key"),),
        (("  ", ""), ("drie", "")),
    ]


def test_a_cut_line_says_so_and_counts_wide_characters():
    assert plain(cut(line("abc", ("日本語", "key")), 7)) == "abc日 …"
    assert width(cut(line("abc", ("日本語", "key")), 7)) == 7
    assert cut(line("abc"), 3) == (("abc", ""),)


@pytest.fixture
def plain_signs() -> Iterator[None]:
    use_plain_signs(are_wanted=True)
    yield
    use_plain_signs(are_wanted=False)


def test_plain_signs_are_as_wide_and_all_ascii(plain_signs: None) -> None:
    usual = "".join(map(chr, PLAIN_SIGNS))
    drawn = safe(usual)
    assert drawn.isascii()
    assert len(drawn) == len(usual)
    assert safe("é 日本") == "é 日本"


def test_plain_signs_stand_for_all_that_the_large_digits_and_the_bars_draw(plain_signs: None) -> None:
    assert all(safe(row).isascii() for ms in range(0, 3_600_000, 61_000) for row in digits.large(ms))
    assert safe(floor.BLOCKS).isascii()
