"""The keys as the help page and the palette tell them."""

from __future__ import annotations

import re

import pytest

from kring.commands.table import OF_LIVE, OF_REVIEW
from kring.ui.help import entries, help_page


def page(keys: dict[str, str], room: int = 76) -> str:
    return " ".join("".join(text for text, _look in row).strip() for row in help_page(OF_LIVE, keys, room))


def test_the_help_says_which_key_is_what() -> None:
    told = page({})
    assert "(1-9 0 that seat, space F5 nobody, m moderator, x crosstalk, u unknown)" in told
    assert "(+ 1 min more, - 1 min less)" in told
    assert "…" not in told


def test_the_help_says_the_users_own_keys() -> None:
    told = page({"floor.moderator": "w", "floor.unknown": ""})
    assert "w moderator, x crosstalk)" in told


def test_the_palette_says_which_key_is_what() -> None:
    known = {entry.word: entry for entry in entries(OF_LIVE, {})}
    assert known["floor"].keys.startswith("1-9 0 space F5 m x u")
    assert "(1-9 0 that seat, space F5 nobody, m moderator, x crosstalk, u unknown)" in known["floor"].help
    assert known["next"].keys == "F2 →"


@pytest.mark.parametrize("room", [40, 76, 110])
def test_keys_never_run_into_names(room: int) -> None:
    for face in (OF_LIVE, OF_REVIEW):
        rows = ["".join(text for text, _look in row) for row in help_page(face, {}, room)]
        for entry in entries(face, {}):
            if entry.keys:
                first = next(
                    row for row in rows if row.startswith(f" {entry.keys.split()[0]}") and entry.name[:8] in row
                )
                assert re.search(r"\S {2,}" + re.escape(entry.name[:8]), first), first


def test_the_page_shows_what_is_searched_under_its_headings() -> None:
    rows = ["".join(text for text, _look in row) for row in help_page(OF_LIVE, {}, 100, "pause")]
    assert rows[0] == "Session"
    assert "pause" in rows[1]
    assert len(rows) < 10
    nothing = help_page(OF_LIVE, {}, 100, "xyzzy")
    assert ["".join(text for text, _look in row) for row in nothing] == ["Nothing found."]
