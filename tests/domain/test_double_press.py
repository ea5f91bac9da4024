"""A mark that is made twice, by one person or by two, stays made; taking it back is an act of its own."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.commands import marks
from kring.domain.decide import recording, session
from kring.domain.text import Refused


@pytest.mark.parametrize(
    ("line", "back", "already", "not_so"),
    [
        ("skip 2.2", "unskip 2.2", "2.2 is skipped already", "2.2 is not skipped"),
        ("asked 2.2", "unask 2.2", "2.2 counts as asked already", "2.2 does not count as asked"),
        ("hand 6", "lower 6", "is on the queue already", "is not on the queue"),
        ("star last", "unstar last", "has a star already", "has no star"),
        ("tag last #app", "tag last -#app", "has this tag already", "has no such tag"),
        ("tick 1", "untick 1", "is ticked already", "is not ticked"),
        ("pause", "resume", "It is paused since 19:30", "It is not paused"),
        ("recording", "recording off", "records already, since 19:30", "No recording of the platform runs"),
    ],
)
def test_twice_is_once_and_taking_back_is_another_act(line: str, back: str, already: str, not_so: str) -> None:
    desk = Desk()
    desk.type("note een")
    before = desk.state
    with pytest.raises(Refused, match=not_so):
        desk.type(back)
    desk.type(line)
    made = desk.state
    with pytest.raises(Refused, match=already):
        desk.type(line)
    assert desk.state is made
    assert made is not before
    desk.type(back)
    desk.type(line)  # it can be made again


def test_tags_come_and_go_by_name_in_one_line() -> None:
    desk = Desk()
    desk.type("note een #app #prijs")
    desk.type("tag last #app -#prijs #kassa")
    [note] = desk.state.notes.values()
    assert note.tags == ("app", "kassa")
    desk.type("tag -#app")  # the last note, where none is named
    [note] = desk.state.notes.values()
    assert note.tags == ("kassa",)


@pytest.mark.parametrize(
    ("switch", "told"),
    [(session.switch_pause, ("paused just now", "resumed just now")),
     (recording.switch, ("runs was logged just now", "stopped was logged just now"))],
)  # fmt: skip
def test_a_key_that_switches_does_so_once_in_a_moment(switch, told: tuple[str, str]) -> None:
    desk = Desk()
    desk.wait(60)
    for already in told:
        desk.happen(switch(desk.state, desk.now))
        desk.wait(4.9)
        with pytest.raises(Refused, match=already):
            switch(desk.state, desk.now)
        desk.wait(0.1)


def test_the_marks_that_stand_can_be_taken_back_the_newest_first() -> None:
    desk = Desk()
    for line in ("go 1.1", "note een", "tick 1", "skip 2.2", "hand 6", "asked 4.1", "star last", "go 2.1"):
        desk.type(line)
        desk.wait(10)
    kinds = [mark.on.partition("/")[0] for mark in marks.standing(desk.state)]
    assert kinds == ["star", "asked", "hand", "skipped", "check", "asked"]
    for mark in marks.standing(desk.state):
        desk.happen(marks.unmark(mark.on)(desk.state, desk.now))
    assert marks.standing(desk.state) == []
    assert desk.state.guide["cijfer"].skipped_at is None
    assert desk.state.participants["P6"].hand_at is None
