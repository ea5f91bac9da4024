"""Decisions: what a person wants, on what is true, becomes a fact or is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kring.domain.facts import Fact
from kring.domain.state import State

Facts = Fact | tuple[Fact, ...]
"""One fact, or several that come about together; the first one stands for the act."""

Decision = Callable[[State, int], Facts]
"""Decides on a state at a moment (epoch ms); raises Refused where the act makes no sense, and leaves no trace."""


def decision(verb: Callable[..., Facts], *arguments: Any, **named: Any) -> Decision:
    """Return what a verb decides, given what it needs besides the state and the moment."""
    return lambda state, now: verb(state, now, *arguments, **named)
