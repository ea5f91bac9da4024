"""Where a command stands in the key bars."""

from __future__ import annotations

from collections.abc import Callable

from kring.commands.command import Bar, Hint
from kring.domain.state import State


def hint(  # noqa: PLR0913 - one place for each bar
    text: str | None = None,
    *,
    prepared: int = 0,
    before: int = 0,
    moderator: int = 0,
    assistant: int = 0,
    ended: int = 0,
    typing: int = 0,
    review: int = 0,
    label: str = "",
    is_last: bool = False,
    key_of: Callable[[State], str] | None = None,
    label_of: Callable[[State], str] | None = None,
) -> Hint:
    """Return how a command stands in the bars: its rank in each that has it."""
    ranks: dict[Bar, int] = {
        "prepared": prepared or before,
        "lobby": before,
        "moderator": moderator,
        "assistant": assistant,
        "ended": ended,
        "typing": typing,
        "review": review,
    }
    return Hint({bar: rank for bar, rank in ranks.items() if rank}, text, label, is_last, key_of, label_of)
