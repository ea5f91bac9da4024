"""By what a study is known."""

from __future__ import annotations

import pytest

from kring.domain.study.called import is_same_study


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Loyaliteit 2026", "loyaliteit-2026", True),
        ("Loyaliteit 2026", " LOYALITEIT–2026.", True),
        ("Loyaliteit: 2026", "loyaliteit_2026", True),
        ("Café-onderzoek", "cafe onderzoek", True),
        ("Sparen’s “beste” jaar", "sparens beste jaar", True),
        ("Loyaliteit 2026", "Loyaliteit 2025", False),
        ("Sparen", "Sparen 2", False),
        ("?", "!", False),
        ("?", "", False),
    ],
)
def test_signs_blanks_accents_and_capitals_make_no_other_study(one: str, other: str, same: bool) -> None:
    assert is_same_study(one, other) is same
