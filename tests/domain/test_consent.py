"""Whose words may be quoted."""

from __future__ import annotations

import pytest

from kring.domain import rows as r
from kring.domain.consent import may_be_quoted
from kring.domain.state import EMPTY


@pytest.mark.parametrize(
    ("said", "may"),
    [
        ({}, False),  # nobody knows, and that is no
        ({"all": True}, True),
        ({"all": False}, False),
        ({"quoting": True, "audio": True}, True),
        ({"quoting": False}, False),
        ({"quoting": False, "all": True}, False),
        ({"audio": True, "video": True}, False),
        ({"audio": True}, False),
        ({"all": False, "audio": True}, False),  # took back a yes to everything
        ({"all": False, "quoting": True}, True),
    ],
)
def test_whose_words_may_be_quoted(said, may):
    rows = [
        r.ConsentRow(id=f"P1/{scope}", participant="P1", scope=scope, given=given, at=r.Moment(0))
        for scope, given in said.items()
    ]
    other = r.ConsentRow(id="P2/all", participant="P2", scope="all", given=not may, at=r.Moment(0))
    state = EMPTY.put([*rows, other])
    assert may_be_quoted(state, "P1") is may
