"""JSON for programs, printed so that a terminal which shows it obeys nothing that stands in it."""

from __future__ import annotations

from typing import Any

import msgspec

from kring.domain.text import without_controls


def json_text(told: Any) -> str:
    """Return what is told as indented JSON; what a terminal would obey, or not show, is written as its code."""
    return without_controls(msgspec.json.format(msgspec.json.encode(told), indent=2).decode(), _code)


def _code(sign: str) -> str:
    units = sign.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
