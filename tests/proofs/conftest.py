"""Says at the end of a run, in so many words, what was measured and which proofs this machine could not run."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# The bench and the proofs read the screen of a real terminal with the same harness.
sys.path.append(str(Path(__file__).parents[2] / "bench"))


@pytest.fixture(autouse=True, scope="session")
def home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps the settings and the crash log of whoever runs the proofs out of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Tells a figure at the end of the run."""
    return lambda figure: record_property("measured", figure)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, figure in report.user_properties:
                if name == "measured":
                    terminalreporter.write_line(f"MEASURED: {figure}")
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        if "proofs" in report.nodeid and isinstance(report.longrepr, tuple):
            reason = report.longrepr[2].removeprefix("Skipped: ")
            reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in reasons.items():
        terminalreporter.write_line(f"NOT PROVED HERE ({count}): {reason}", yellow=True)
