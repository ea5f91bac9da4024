"""The keys as the help page and the palette tell them."""

from __future__ import annotations

from kring.commands.table import OF_LIVE
from kring.ui.help import help_page, palette_options


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
    remarks = {option.id: option.remark for option in palette_options(OF_LIVE, {})}
    assert remarks["floor"].startswith("1-9 0 that seat, space F5 nobody, m moderator, x crosstalk, u unknown  ")
    assert remarks["next"].startswith("F2 →  ")
