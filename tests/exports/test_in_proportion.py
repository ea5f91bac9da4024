"""What four times the session costs: lines of our own code are counted, so that no clock has a say."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import kring
from exports.full_session import material_of, written
from exports.random_session import random_state
from kring.exports.formats import FORMATS
from kring.privacy.snapshot import Snapshot
from kring.report.content import report_of

OURS = str(Path(kring.__file__).parent)
TURNS = 100
TIMES = 4
MOST = TIMES * 1.1
"""What goes up with the logarithm too, as a sorted search does, is within this; what is squared takes 16 times."""


def steps(work: Callable[[], object]) -> int:
    """Count the lines that run in kring for a piece of work, each again for every time a loop comes back to it."""
    count = 0

    def within(frame: FrameType, event: str, arg: Any) -> object:
        nonlocal count
        count += event == "line"
        return within

    def entering(frame: FrameType, event: str, arg: Any) -> object:
        return within if frame.f_code.co_filename.startswith(OURS) else None

    before = sys.gettrace()
    sys.settrace(entering)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@cache
def session(turns: int) -> Snapshot:
    return material_of(random_state(5, turns))


def grows(work: Callable[[Snapshot], object]) -> float:
    """Return how many times the work is for `TIMES` the session."""
    small, large = session(TURNS), session(TIMES * TURNS)
    work(small)  # what is done only once
    return steps(lambda: work(large)) / steps(lambda: work(small))


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"zip"}))
def test_a_format_takes_time_in_proportion(name: str) -> None:
    write = FORMATS[name].load()
    assert grows(lambda snapshot: written(write, snapshot)) < MOST


def test_a_report_takes_time_in_proportion() -> None:
    assert grows(report_of) < MOST


def test_a_walk_within_a_walk_would_show() -> None:
    def squared(snapshot: Snapshot) -> None:
        for _ in snapshot.state.notes:
            for other in snapshot.state.notes:
                snapshot.is_quotable(other)

    assert grows(squared) > 2 * MOST
