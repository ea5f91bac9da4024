"""A time in digits of three cells by three, of half blocks, which reads at arm's length."""

from __future__ import annotations

from kring.domain.time_text import as_clock

ROWS = 3
WIDEST = 17
"""Cells that a time below an hour may take: 59:59."""
LONGEST_MS = 3_600_000
GAP = " "
_DIGITS = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▀█ ", " █ ", " ▀ "),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", "▀▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
    ":": ("▄", "▄", " "),
}


def large(ms: int) -> list[str]:
    """Return a length as m:ss in three rows, as h:mm from an hour on."""
    told = as_clock(ms) if ms < LONGEST_MS else f"{ms // LONGEST_MS}:{ms // 60_000 % 60:02}"
    return [GAP.join(_DIGITS[mark][row] for mark in told[:5]) for row in range(ROWS)]
