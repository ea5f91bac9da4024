"""Whole sessions as hypothesis makes them: typed at random, each line when it makes sense, and corrected afterwards."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import strategies as st

from acting import LINES
from domain.desk import Desk
from kring.commands.righting import WORDS, rows_of
from kring.domain import facts as f
from kring.domain.decide import righting
from kring.domain.text import Refused
from kring.domain.words import span_of

FLOOR = tuple(f"floor {who}" for who in ("1", "2", "3", "nobody", "moderator", "crosstalk", "unknown"))
COURSE = ("next", "pause", "resume", "go pauze", "time +2", "time -9", "attend 4 present", "attend 4 left",
          "issue P4 geluid", "solved", "solved 1 3", "recording", "recording off", "next -8s",
          "pause -3s", "resume -3s", "floor 2 -4s", "attend 5 left -90s",
          "probe 1", "probe 0 en toen?", "invite", "invite 2", "nonverbal 3 nods",
          "room 3 5", "pace accept", "pace decline", "consent 3 no", "failed camera", "poll again")  # fmt: skip
ANY = tuple(line for line in LINES if line not in ("end", "undo", "redo"))
RIGHTED = tuple(WORDS)
SECONDS = (0, 0.4, 4.999, 5, 10, 10.001, 200)


@st.composite
def evenings(draw: st.DrawFn) -> Desk:
    """Return a desk after an evening; what still runs has run for a while."""
    desk = Desk(started=draw(st.sampled_from((True, True, True, False))))
    desk.try_to_type("go 1.1")
    typed = st.one_of(*map(st.sampled_from, (FLOOR, FLOOR, COURSE, ANY)))
    for line, seconds in draw(st.lists(st.tuples(typed, st.sampled_from(SECONDS)), min_size=10, max_size=60)):
        desk.try_to_type(line)
        desk.wait(seconds)
    if draw(st.booleans()):
        desk.try_to_type("end")
    for change, number, shift in draw(
        st.lists(st.tuples(st.sampled_from("marn"), st.integers(0, 9), st.integers(-9, 9)), max_size=4)
    ):
        turns = list(desk.state.turns.values())
        if turns:
            turn = turns[number % len(turns)]
            begin, end = turn.started_at + 1000 * shift, int(turn.ended_at or desk.now)
            match change:
                case "m":
                    desk.happen(f.TurnMoved(turn.id, begin, max(begin, end)))
                case "a":
                    desk.happen(f.TurnAdded("participant", "P4", begin, max(begin, end)))
                case "r":
                    desk.happen(f.TurnRemoved(turn.id))
                case _:
                    desk.happen(f.TurnNamed(turn.id, "participant", "P5"))
    some = st.tuples(st.sampled_from(RIGHTED), st.sampled_from("mnr"), st.integers(0, 9), st.integers(-9, 9))
    for table, change, number, shift in draw(st.lists(some, max_size=4)):
        rows = rows_of(desk.state, table)
        if rows:
            with suppress(Refused):
                put_right(desk, table, rows[number % len(rows)], change, shift)
    return desk


def put_right(desk: Desk, table: str, row: Any, change: str, shift: int) -> None:
    """Move, rename or remove what was logged, where that makes sense."""
    target = righting.Target(table, row.id)
    began, ended = span_of(row)
    match change:
        case "m":
            times = [None if at is None else at + 1000 * shift for at in (began, ended)]
            facts = righting.move(desk.state, desk.now, target, times[0], times[1])
        case "n":
            word = {"visits": "2.2", "answers": "3", "asked": "2.2", "skipped": "2.2"}.get(table, "2")
            facts = righting.reassign(desk.state, desk.now, target, word)
        case _:
            facts = righting.remove(desk.state, desk.now, target)
    desk.happen_together(facts if isinstance(facts, tuple) else (facts,))
