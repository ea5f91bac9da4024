"""Undo and redo: one's own acts only, without limit, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acting import LINES
from domain.desk import Desk
from domain.test_history import tables
from kring.domain.facts import Undone
from kring.domain.text import Refused

ACTS = tuple(line for line in LINES if line not in ("undo", "redo"))
typed = st.lists(
    st.tuples(st.sampled_from(LINES), st.sampled_from(["Bo", "Els"]), st.sampled_from([0, 2, 90])), max_size=25
)


def worked_at(lines: list[tuple[str, str, int]]) -> Desk:
    desk = Desk()
    for line, who, seconds in lines:
        desk.wait(seconds)
        desk.try_to_type(line, who)
    return desk


@given(typed, st.sampled_from(ACTS))
def test_undo_takes_back_exactly_the_last_act_and_redo_brings_it_back(
    lines: list[tuple[str, str, int]], act: str
) -> None:
    desk = worked_at(lines)
    before = tables(desk.state)
    desk.wait(3)
    if desk.try_to_type(act) is None:
        return
    after = tables(desk.state)
    desk.type("undo")
    assert tables(desk.state) == before
    desk.type("redo")
    assert tables(desk.state) == after
    desk.type("undo")
    assert tables(desk.state) == before


@given(typed)
def test_whoever_undoes_all_leaves_only_the_others_acts(lines: list[tuple[str, str, int]]) -> None:
    desk = worked_at(lines)
    before = tables(desk.state)
    others = [e for e in desk.history.events if e.actor != "Bo"]
    taken_back = 0
    while desk.try_to_type("undo"):
        taken_back += 1
    void = desk.history.void
    left = [e for e in desk.history.events if not {e.id, e.act} & void and not isinstance(e.fact, Undone)]
    assert [e.id for e in left] == [e.id for e in others if not {e.id, e.act} & void and not isinstance(e.fact, Undone)]
    assert {e.id for e in others} & {e.fact.event for e in desk.history.events[-taken_back:] if _undone_by_bo(e)} == (
        set()
    )
    for _ in range(taken_back):
        desk.type("redo")
    assert tables(desk.state) == before


def _undone_by_bo(event: object) -> bool:
    return getattr(event, "actor", "") == "Bo" and isinstance(getattr(event, "fact", None), Undone)


def test_a_new_act_ends_what_can_be_redone() -> None:
    desk = Desk()
    desk.type("note een")
    desk.type("undo")
    desk.type("note twee")
    with pytest.raises(Refused):
        desk.type("redo")


def test_undo_and_redo_go_back_and_forth_without_limit() -> None:
    desk = Desk()
    for number in range(5):
        desk.type(f"note {number}")
    for _ in range(5):
        desk.type("undo")
    assert not desk.state.notes
    for _ in range(3):
        desk.type("redo")
    assert [note.text for note in desk.state.notes.values()] == ["0", "1", "2"]
    desk.type("undo")
    assert [note.text for note in desk.state.notes.values()] == ["0", "1"]
    desk.type("redo")
    desk.type("redo")
    desk.type("redo")
    assert len(desk.state.notes) == 5


def test_nobody_undoes_what_another_did_nor_what_the_program_did() -> None:
    desk = Desk()
    desk.type("note van Els", "Els")
    with pytest.raises(Refused):
        desk.type("undo", "Bo")
    assert len(desk.state.notes) == 1


def test_what_others_did_since_stays_when_an_act_before_it_is_undone() -> None:
    desk = Desk()
    desk.type("floor 1", "Bo")
    desk.wait(10)
    desk.type("floor 2", "Els")
    desk.wait(5)
    desk.type("undo", "Bo")
    [turn] = desk.state.turns.values()
    assert (turn.participant, turn.ended_at) == ("P2", None)


def test_undoing_the_start_leaves_a_note_written_after_it() -> None:
    desk = Desk(started=False)
    desk.type("start anyway", "Els")
    desk.type("note toch", "Bo")
    desk.type("undo", "Els")
    assert desk.state.session.phase == "prepared"
    assert [note.text for note in desk.state.notes.values()] == ["toch"]
