"""A talk whose figures are worked out by hand."""

from __future__ import annotations

import pytest

from domain.desk import Desk


@pytest.fixture
def talked() -> Desk:
    """Joost 20 s, Anna 10 s, silence 5 s, Joost 10 s, crosstalk 5 s, Anna 10 s, silence 30 s, moderator 10 s."""
    desk = Desk()
    desk.type("go 1.1")
    for who, seconds in (("1", 20), ("2", 10), ("nobody", 5), ("1", 10), ("crosstalk", 5), ("2", 10), ("nobody", 30),
                         ("moderator", 10)):  # fmt: skip
        desk.type(f"floor {who}")
        desk.wait(seconds)
    desk.type("end")
    return desk
