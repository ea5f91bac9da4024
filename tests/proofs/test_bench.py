"""The bench itself: what it compares, when a limit is missed, and what the harness sees of a screen."""

import sys
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from durable_insert import FLOOR, insertion, log_bytes, warmed
from file_rows import growths
from kring_session import Acting
from measure import Compare, Row, alternate, medians, quartiles
from pty_harness import NotShown, Term
from session_files import copy_of
from table import printed, write_into

from kring.privacy import snapshot
from kring.store.verify import verify
from kring.system.sqlite import sqlite3

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
        (Compare.AT_MOST, [1.0, 2.0, 9.0, 9.0], True),
        (Compare.AT_MOST, [2.5, 2.5, 2.5, 2.5], False),
        (Compare.RATIO, [], None),
    ],
)
def test_a_limit_is_kept_or_missed(compare: Compare, kring: list[float], holds: bool | None) -> None:
    row = Row("act", "act", "ms", 2.0, [10.0] * 4, kring, compare)
    assert row.holds is holds


def test_a_row_without_a_limit_only_tells() -> None:
    row = Row("open", "open", "ms", None, [1.0], [99.0])
    assert row.holds is None
    assert printed([row], {}).splitlines()[2].split() == [
        "open",
        "1.00",
        "ms",
        "99.0",
        "ms",
        "99.0×",
        "[99.0–99.0]",
        "–",
    ]


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


@pytest.mark.parametrize(("power", "told"), [(1, 1.0), (2, 2.0), (0, 0.0)])
def test_growth_is_told_as_a_power_of_the_events(power: int, told: float) -> None:
    rows = {events: Row("", "", "ms", None, [1.0], [float(events**power)]) for events in (100, 2_000, 20_000)}
    (growth,) = growths("report", rows)  # the shortest is all starting
    assert growth.kring == [pytest.approx(told)]
    assert growth.floor == [0.0]
    assert growth.holds is (told <= 1.05)


def test_a_log_is_warm_when_it_no_longer_grows(tmp_path: Path) -> None:
    insert = insertion(tmp_path, rows=50)
    warmed(insert, tmp_path / FLOOR)
    assert log_bytes(insert, tmp_path / FLOOR, acts=20) == 0
    with closing(sqlite3.connect(str(tmp_path / FLOOR))) as connection:
        assert connection.execute("select count(*) from events").fetchone()[0] > 50 + 20


def test_a_long_session_is_made_fast_and_is_whole(tmp_path: Path) -> None:
    file = copy_of(tmp_path, 4_000)
    told = verify(file)
    assert told.is_whole
    assert told.events == pytest.approx(4_000, abs=40)
    state = snapshot.read(file).state
    assert len(state.visits) == 4
    assert {turn.kind for turn in state.turns.values()} == {"participant", "unknown"}
    acting = Acting(file)
    for _ in range(20):
        acting.act()
        acting.act()
        acting.undo_act()
    acting.close()
    assert verify(file).is_whole


def test_the_table_stands_between_the_marks_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Speed\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nmore\n")
    for _ in range(2):
        write_into(page, [Row("act", "act, on disk", "ms", 2.0, [1.0], [1.5])], {"load": 0.5})
    before, *table, after = page.read_text().splitlines()
    assert (before, after) == ("# Speed", "more")
    assert "old" not in table
    assert table[1] == "Measured by `bench/run.py`: load 0.50."
    assert table[-2] == "| act, on disk | 1.00 ms | 1.50 ms | 1.50× [1.50–1.50] | ≤ 2.00× | holds |"


def test_a_page_without_marks_stays_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Speed\n")
    with pytest.raises(SystemExit, match="no place"):
        write_into(page, [], {})
    assert page.read_text() == "# Speed\n"


def test_the_harness_answers_the_terminal_and_sees_the_screen() -> None:
    with Term([sys.executable, "-c", ASKS]) as term:
        term.wait_for("known")
        assert term.screen.display[4].strip() == "known"
        assert 0 < term.key("k", lambda shown: shown.shows("kk")) < 3
        with pytest.raises(NotShown, match="did not appear"):
            term.wait_for("never", at_most_s=0.2)
        with pytest.raises(ValueError, match="already"):
            term.key("k", lambda shown: shown.shows("kk"))
