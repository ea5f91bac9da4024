"""A key has one meaning in the talk and in the review, or one that does no harm there."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from kring.commands.table import OF_LIVE, OF_REVIEW

PLACE = Path(__file__).parents[2] / "tools" / "key_tables.py"
SAME = ("e", "asterisk", "number_sign", "delete", "k", "E", "T", "g", "f", "slash", "z", "y", "f1", "ctrl+p", "tab")
"""Keys that the manual promises to mean the same."""


@pytest.fixture(scope="module")
def differing() -> dict[str, object]:
    spec = importlib.util.spec_from_file_location("key_tables", PLACE)
    assert spec is not None
    assert spec.loader is not None
    tables = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)
    found: dict[str, object] = tables.differing()
    return found


def test_none_that_differs_changes_a_session_at_one_key_in_the_review(differing: dict[str, object]) -> None:
    assert differing
    for key, command in differing.items():
        assert command.decide is None or command.asks, key  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", SAME)
def test_what_the_manual_calls_the_same_is_the_same(differing: dict[str, object], key: str) -> None:
    assert key not in differing
    for face in (OF_LIVE, OF_REVIEW):
        assert any(shortcut.key == key for command in face.commands for shortcut in command.keys)
