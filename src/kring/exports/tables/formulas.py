"""What a spreadsheet would run, and the sign in front that keeps it a text."""

from __future__ import annotations

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would run, and so open links and programs."""


def defused(text: str) -> str:
    """Return text with a `'` before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip().startswith(FORMULAS) or text.startswith(FORMULAS) else text
