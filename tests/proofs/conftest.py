"""Says at the end of a run, in so many words, which proofs this machine could not run."""

import sys
from pathlib import Path

import pytest

# The bench and the proofs read the screen of a real terminal with the same harness.
sys.path.append(str(Path(__file__).parents[2] / "bench"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        if "proofs" in report.nodeid and isinstance(report.longrepr, tuple):
            reason = report.longrepr[2].removeprefix("Skipped: ")
            reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in reasons.items():
        terminalreporter.write_line(f"NOT PROVED HERE ({count}): {reason}", yellow=True)
