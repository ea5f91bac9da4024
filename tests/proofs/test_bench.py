"""The bench itself: what it compares, when a limit is missed, and what the harness sees of a screen."""

import sys
from itertools import count

import pytest
from measure import Compare, Row, alternate, medians, quartiles
from pty_harness import NotShown, Term
from table import printed

ASKS = r"""
import sys, termios, tty
tty.setcbreak(0)
sys.stdout.write("\x1b[2J\x1b[?2026$p")
sys.stdout.flush()
answer = ""
while not answer.endswith("y"):
    answer += sys.stdin.read(1)
sys.stdout.write("\x1b[5;10Hknown" if answer == "\x1b[?2026;2$y" else "\x1b[5;10Hnot known")
sys.stdout.flush()
while key := sys.stdin.read(1):
    sys.stdout.write(f"\x1b[6;10H{key}{key}")
    sys.stdout.flush()
"""


def test_the_first_round_is_dropped() -> None:
    numbers = count()
    taken = alternate({"floor": lambda: float(next(numbers))}, rounds=2, per_round=3)
    assert taken == {"floor": [[3.0, 4.0, 5.0], [6.0, 7.0, 8.0]]}
    assert medians(taken["floor"]) == [4.0, 7.0]


def test_quartiles_lie_between_the_figures() -> None:
    assert quartiles([1.0, 2.0, 3.0, 4.0]) == (1.75, 2.5, 3.25)


@pytest.mark.parametrize(
    ("compare", "kring", "holds"),
    [
        (Compare.RATIO, [19.0, 20.0, 90.0, 90.0], True),  # slow neighbours in half of the rounds
        (Compare.RATIO, [21.0, 21.0, 21.0, 21.0], False),
        (Compare.EXCESS, [11.0, 12.0, 12.0, 12.0], True),
        (Compare.EXCESS, [13.0, 13.0, 13.0, 13.0], False),
        (Compare.EXACT, [2.0, 2.0, 2.0, 2.0], True),
        (Compare.EXACT, [2.0, 2.0, 2.0, 3.0], False),
        (Compare.RATIO, [], None),
    ],
)
def test_a_limit_is_kept_or_missed(compare: Compare, kring: list[float], holds: bool | None) -> None:
    row = Row("act", "act", "ms", 2.0, [10.0] * 4, kring, compare)
    assert row.holds is holds


def test_a_missed_limit_is_said_in_the_table() -> None:
    row = Row("act", "act, on disk", "ms", 2.0, [1.0], [3.0])
    line = next(line for line in printed([row], {}).splitlines() if line.startswith("act"))
    assert line.split() == [
        "act,",
        "on",
        "disk",
        "1.00",
        "ms",
        "3.00",
        "ms",
        "3.00×",
        "[3.00–3.00]",
        "≤",
        "2.00×",
        "MISSED",
    ]


def test_the_harness_answers_the_terminal_and_sees_the_screen() -> None:
    with Term([sys.executable, "-c", ASKS]) as term:
        term.wait_for("known")
        assert term.screen.display[4].strip() == "known"
        assert 0 < term.key("k", lambda shown: shown.shows("kk")) < 3
        with pytest.raises(NotShown, match="did not appear"):
            term.wait_for("never", at_most_s=0.2)
        with pytest.raises(ValueError, match="already"):
            term.key("k", lambda shown: shown.shows("kk"))
