"""The example plans, and sessions that the simulated group plays in."""

from pathlib import Path

import pytest

from kring.plans.file import PlanFile, read_plan_file
from kring.rehearsal.demo import example_plan

SEEDS = range(5)


@pytest.fixture(scope="session")
def dutch() -> PlanFile:
    return read_plan_file(example_plan("nl"))


@pytest.fixture(scope="session")
def english_plan() -> PlanFile:
    return read_plan_file(example_plan("en"))


@pytest.fixture(scope="session")
def written(dutch, tmp_path_factory) -> Path:
    """A complete session of the Dutch plan."""
    from kring.rehearsal.playing import write_session

    path = tmp_path_factory.mktemp("rehearsal") / "session.db"
    write_session(path, dutch.plan, 1)
    return path
