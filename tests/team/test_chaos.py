"""Whatever is killed, cut or wiped while two people work: nothing is lost or doubled, and both copies are the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from team.chaos import FAULTS, Evening
from team.conftest import needs_server, until

pytestmark = needs_server


def evening(place: Path, acts: int, seed: int, pause_s: float, faults: Sequence[str], at_least: int = 0) -> None:
    with closing(Evening(place, acts)) as one:
        one.run(random.Random(seed), [getattr(one, fault) for fault in faults], pause_s, at_least)
        until(one.are_level, 60)
        one.check()


def test_a_short_evening(tmp_path: Path) -> None:
    evening(tmp_path, 60, 3, 0.05, ("kill_agent", "kill_server", "wipe_disk"), at_least=3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_long_evening(tmp_path: Path, seed: int) -> None:
    evening(tmp_path, 10_000, seed, 2.5, FAULTS)
