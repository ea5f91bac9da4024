"""Evenings as sloppy people log them: a figure is right in the report, in the tables and in what is answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from figures.typed import Evening, evening, plan
from kring.exports.questions import QUESTIONS
from kring.system import i18n
from lines import Typist, type_lines

__all__ = ["type_lines"]
ONE = "# A (60 min)\n1. Q one?\n"


class Hall:
    """Where evenings are typed."""

    def __init__(self, type_lines: Typist, folder: Path) -> None:
        self._type_lines = type_lines
        self._folder = folder

    def __call__(self, plan_text: str, script: str) -> Evening:
        return evening(self._type_lines, self._folder, plan_text, *(line.strip() for line in script.split(";")))


@pytest.fixture
def held(type_lines: Typist, tmp_path: Path) -> Hall:
    return Hall(type_lines, tmp_path)


TWO_CAME = "attend 1 present; attend 2 present; start anyway"
TALKED = "next; floor 1; wait 20m; floor 3; wait 10m; floor moderator; wait 41m; floor 2; wait 8m; floor nobody; end"


@pytest.mark.parametrize(
    ("script", "talk", "absent"),
    [
        # nobody logged attendance: all are there from the start, whenever they are heard first
        (f"start anyway; {TALKED}", {"P1": (53, 1.58), "P2": (21, 0.63), "P3": (26, 0.79)}, 0),
        # it was logged that somebody stepped out for a moment; who does that had come
        (
            f"start anyway; attend 2 away; attend 2 present; {TALKED}",
            {"P1": (53, 1.58), "P2": (21, 0.63), "P3": (26, 0.79)}, 0,
        ),
        # attendance was taken at the start: P3 came when she was heard, 20 minutes later
        (
            f"{TWO_CAME}; {TALKED}",
            {"P1": (53, 1.25), "P2": (21, 0.5), "P3": (26, 1.67)}, 0,
        ),
        # and when her hand was up, five minutes later
        (
            f"{TWO_CAME}; next; floor 1; wait 5m; hand 3; wait 15m; floor 3; wait 10m; end",
            {"P1": (67, 1.85), "P2": (0, 0), "P3": (33, 1.2)}, 0,
        ),
        # who is never seen or heard where it was taken did not come, and gets no fair share
        (f"{TWO_CAME}; next; floor 1; wait 20m; end",
         {"P1": (100, 2), "P2": (0, 0), "P3": (0, None)}, 1),
    ],
)  # fmt: skip
def test_no_logging_is_no_absence(
    held: Hall, script: str, talk: dict[str, tuple[int, float | None]], absent: int
) -> None:
    found = held(plan(ONE, 3), script)
    assert found.talk() == talk
    assert f"Did not show up: {absent}." in found.report or not absent
    assert ("Did not show up" in found.report) == bool(absent)


FOUR_CAME = "".join(f"attend {seat} present; " for seat in (1, 2, 3, 4))
LATE = f"{FOUR_CAME}start anyway; next; floor 1; wait 13m; floor 2; wait 12m; floor 3; wait 12m; floor 4; wait 11m; "


@pytest.mark.parametrize(
    ("script", "talk"),
    [
        (f"{LATE}attend 5 present; floor 5; wait 1m; floor 1; wait 1m; end", ("P5", 2, None)),
        (f"{LATE}floor 5; wait 1m; floor 1; wait 1m; end", ("P5", 2, None)),  # nobody logged that she came
        (f"{LATE}attend 5 present; floor 5; wait 10m; end", ("P5", 17, 5)),
        (f"{LATE}attend 1 left; floor 2; wait 12m; end", ("P1", 22, 1.08)),
    ],
)
def test_who_comes_late_does_not_stand_first(held: Hall, script: str, talk: tuple[str, int, float | None]) -> None:
    code, share, index = talk
    assert held(plan(ONE, 5), script).talk()[code] == (share, index)


BREAK = "# A (20 min)\n1. Q one?\n# Break (10 min)\n# B (20 min)\n2. Q two?\n"
AFTER = "floor 3; wait 5m; floor 1; wait 5m; floor 2; wait 5m; floor 3; wait 5m; end"


@pytest.mark.parametrize(
    ("script", "shares", "present"),
    [
        (f"next; floor nobody; wait 10m; next; attend 3 present; {AFTER}", [700, 700, 400], [1800, 1800, 1200]),
        (f"pause; wait 10m; resume; next; next; attend 3 present; {AFTER}", [700, 700, 400], [1800, 1800, 1200]),
        (f"next; wait 5m; pause; wait 5m; next; attend 3 present; {AFTER}", [700, 700, 400], [1800, 1800, 1200]),
        (f"floor nobody; wait 10m; next; next; attend 3 present; {AFTER}", [700, 700, 400], [2400, 2400, 1200]),
    ],
)
def test_a_break_is_no_presence(held: Hall, script: str, shares: list[float], present: list[float]) -> None:
    found = held(plan(BREAK, 3), f"{TWO_CAME}; next; floor 1; wait 5m; floor 2; wait 5m; {script}")
    rows = found.rows("select fair_share_s, present_s, balance_index, share_percent from talk_time")
    assert [row[0] for row in rows] == shares
    assert [row[1] for row in rows] == present
    assert [row[2] for row in rows] == [0.86, 0.86, 1.5]
    assert [row[3] for row in rows] == [33.3, 33.3, 33.3]


TWO = "# A (20 min)\n1. Q one?\n2. Q two?\n3. Q three?\n"


@pytest.mark.parametrize(
    ("script", "spoke", "silence"),
    [
        ("next; floor 1; wait 20s; next; wait 2m; floor 2; wait 30s; end", [("1.1", "P2"), ("1.2", None)], []),
        ("next; floor 1; wait 20s; next; next; wait 2m; end", [("1.1", "P2"), ("1.3", "P2")], []),
        ("next; floor 1; wait 20s; next; floor 2; wait 2m; end", [("1.1", "P2"), ("1.2", "P1")], []),
        ("next; floor nobody; wait 20s; next; wait 2m; end", [("1.1", "P1, P2"), ("1.2", "P1, P2")],
         [("1.1", 20.0), ("1.2", 120.0)]),
    ],
)  # fmt: skip
def test_a_turn_over_a_border_is_heard_on_both_questions(
    held: Hall, script: str, spoke: list[tuple[str, str | None]], silence: list[tuple[str, float]]
) -> None:
    found = held(plan(TWO), f"{TWO_CAME}; {script}")
    silent = {row[0]: row[3] for row in found.rows(QUESTIONS["quiet_speakers"].sql)}
    assert silent == {number: who for number, who in spoke if who}
    assert [row[::2] for row in found.rows(QUESTIONS["silence"].sql)] == silence


FIVE = "# A (20 min)\n1. Q one?\n2. Q two?\n# B (20 min)\n3. Q three? !\n4. Q four?\n5. Q five?\n"


@pytest.mark.parametrize(
    ("script", "asked", "missed"),
    [
        ("next; floor 1; wait 30s; next; next; next; back; back; back; wait 30s; next; wait 1m; end", "1.1 1.2", True),
        ("next; wait 4s; next; wait 5s; next; wait 4s; end", "1.2", True),
        ("next; next; next; asked 2.1; wait 1s; end", "2.1", False),
        ("next; wait 9s; unask 1.1; next; wait 9s; end", "1.2", True),
        ("next; wait 3s; next; wait 9s; back; wait 3s; end", "1.2", True),  # twice three seconds are no five
    ],
)
def test_passed_is_not_asked(held: Hall, script: str, asked: str, missed: bool) -> None:
    found = held(plan(FIVE), f"start anyway; {script}")
    numbers = [row[0] for row in found.rows("select number from time_by_item where asked and kind = 'question'")]
    assert numbers == asked.split()
    assert f"**{len(numbers)} of 5** questions asked" in found.report
    assert f"of which {len(numbers)} w" in found.report  # COREQ 17
    assert ("Had to be asked and was not: 2.1 Q three?." in found.report) == missed


@pytest.mark.parametrize(
    ("script", "times"),
    [
        ("next; time +5 1; wait 1m; next; time -5 2; wait 1m; end",
         [("1", None, 300, 60, None), ("2", 120, -120, 60, -60)]),
        ("next; wait 1m; next; time +3; wait 3m; end", [("1", None, 0, 60, None), ("2", 120, 180, 180, 60)]),
        ("next; wait 90s; pause; wait 60s; next; end", [("1", None, 0, 90, None), ("2", 120, 0, 0, -120)]),
        ("skip 2; next; wait 1m; end", [("1", None, 0, 60, None), ("2", 120, 0, 0, -120)]),
    ],
)  # fmt: skip
def test_plan_given_and_actual(held: Hall, script: str, times: list[tuple[object, ...]]) -> None:
    found = held(plan("# A\n1. Q one?\n# Bee (2 min)\n2. Q two?\n", minutes=20), f"start anyway; {script}")
    assert found.rows("select number, planned_s, given_s, spent_s, over_s from plan_and_actual") == times
    told = [line for line in found.report.splitlines() if line.startswith("| 2 Bee")]
    over = {-60: "1:00 under", 60: "1:00 over", -120: "2:00 under"}[int(str(times[1][4]))]
    assert over in told[0]


@pytest.mark.parametrize(
    ("guide", "minutes", "status", "cues"),
    [
        ("# A (10 min)\n1. Q?\n# B (until 20:15)\n2. Q?\n# C (15 min)\n3. Q?\n", None,
         "on time; end 20:30 (plan 20:30)", ["20:15", "20:25"]),
        ("# A (until 20:00)\n1. Q?\n", None, "on time; end 20:00 (plan 20:00)", ["19:45", "19:55"]),
        ("# A (10 min)\n1. Q?\n# Break (until 20:00)\n# C (40 min)\n3. Q?\n", 70, "on time; end 20:40 (plan 20:40)",
         ["20:25", "20:35"]),
        ("# A (30 min)\n1. Q?\n# B (until 19:50)\n2. Q?\n", None, "on time; end 20:00 (plan 20:00)",
         ["19:45", "19:55"]),
    ],
)  # fmt: skip
def test_the_planned_end_keeps_to_clock_times(
    held: Hall, guide: str, minutes: int | None, status: str, cues: list[str]
) -> None:
    found = held(plan(guide, minutes=minutes), "start anyway; status; wait 75m; end")
    assert status in found.said.answers[1]
    assert [at[11:16] for (at,) in found.rows("select at from cues order by at")] == cues


JUMP = "# A (10 min)\n1. Q one?\n# B (15 min)\n2. Q two? !\n# C (35 min)\n3. Q three?\n"


@pytest.mark.parametrize(
    ("script", "ends"),
    [
        ("status; go 3.1; status; back; status", ["20:30", "20:30", "20:30"]),
        ("next; wait 10m; go 3.1; status; skip 2; status", ["20:30", "20:15"]),
        ("next; wait 10m; next; wait 10s; next; status", ["20:15"]),  # B was left for good
        ("next; wait 10m; go 3.1; asked 2.1; status", ["20:15"]),
    ],
)
def test_a_jump_takes_nothing_out_of_the_expected_end(held: Hall, script: str, ends: list[str]) -> None:
    found = held(plan(JUMP), f"start anyway; {script}; end")
    told = [line for line in found.said.answers if line.startswith("live") and "plan 20:30" in line]
    assert [line.partition("end ")[2][:5] for line in told] == ends


LOBBY = "doors; issue P1 no sound; wait 10m; solved; issue picture frozen; wait 10m; solved"


@pytest.mark.parametrize(
    ("script", "everybody", "single", "place"),
    [
        (f"{LOBBY}; start anyway; wait 1m; issue P2 a; wait 3m; solved; end", "0.0", "3.0", "before the start"),
        ("start anyway; floor 1; wait 1m; end; issue upload hangs; wait 15m; solved", "0.0", "0.0", "afterwards"),
        ("start anyway; issue a; wait 1m; issue b; wait 1m; solved 1; wait 1m; solved 1; end", "3.0", "0.0", ""),
        ("start anyway; issue P1 a; wait 2m; pause; wait 5m; resume; solved; wait 9m; end", "0.0", "2.0", ""),
        ("start anyway; issue a; wait 10m; solved 1 4; end", "4.0", "0.0", ""),
        ("doors; issue a; wait 10m; start anyway; wait 2m; solved; end", "2.0", "0.0", ""),
    ],
)  # fmt: skip
def test_minutes_lost(held: Hall, script: str, everybody: str, single: str, place: str) -> None:
    found = held(plan(ONE), script)
    told = f"Lost to everybody: {everybody} min of the talk. Lost to single participants: {single} participant-minutes."
    assert told in found.report
    assert f"Technical issues {place}" in found.report or not place


@pytest.mark.parametrize(
    ("script", "told", "segments"),
    [
        ("attend 1 present; add Noor; start anyway; next; floor 1; wait 2m; floor 4; wait 1m; end",
         "1 van 3 genodigden kwam, 1 kwam die niet op de lijst stond.", "trouw 1, onbekend 1"),
        ("attend 1 present; attend 2 present; start anyway; next; floor 1; wait 1m; attend 2 left; end",
         "2 van 3 genodigden kwamen, 1 vertrok eerder.", "nieuw 1, trouw 1"),
        ("start anyway; next; floor 1; wait 1m; end", "3 van 3 genodigden kwamen.", "nieuw 2, trouw 1"),
        ("attend 1 present; add Noor; add Ria; start anyway; next; floor 2; wait 1m; end",
         "2 van 3 genodigden kwamen, 2 kwamen die niet op de lijst stonden.", "nieuw 1, trouw 1, onbekend 2"),
    ],
)  # fmt: skip
def test_who_was_invited_came_and_walked_in(held: Hall, script: str, told: str, segments: str) -> None:
    guide = "# A (20 min)\n1. Vraag?\n"
    found = held(plan(guide, 3, language="nl", segments="trouw nieuw nieuw"), script)
    i18n.use("nl")
    assert told in found.report
    assert segments in found.report


def test_the_sign_of_a_must_ask_question_may_stand_before_its_time(held: Hall) -> None:
    found = held(plan("# A (20 min)\n1. Q one? ! (2 min)\n2. Q two? (2 min) !\n"), "start anyway; guide 1; end")
    assert found.rows("select title, must_ask, planned_s from guide where kind = 'question'") == [
        ("Q one?", 1, 120), ("Q two?", 1, 120),
    ]  # fmt: skip
