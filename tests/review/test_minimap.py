"""The session at a glance: kept by slots, it says the same as everything counted anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from acting import act
from domain.any_facts import events
from kring.domain.events import Event
from kring.domain.history import History
from kring.review.entries import Entry
from kring.review.minimap import SLOT_MS, Scale, Slots
from kring.review.model import ReviewModel
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from review.desk import turns

HOUR = 3_600_000


def turn(number: int, who: str, at: int, until: int | None) -> Entry:
    return Entry(f"turns/{number}", "turn", at, until, None, speaker=who)


def test_whoever_spoke_longest_in_a_column_stands_in_it() -> None:
    slots = Slots()
    slots.put(turn(1, "P1", 0, 8_000))
    slots.put(turn(2, "P2", 8_000, 20_000))
    glance = slots.glance(Scale(0, 40_000, 2))
    assert glance.speakers == ("P2", "")
    slots.drop(turn(2, "P2", 8_000, 20_000))
    assert slots.glance(Scale(0, 40_000, 2)).speakers == ("P1", "")


def test_what_lies_before_the_start_or_after_the_end_is_left_out() -> None:
    slots = Slots()
    for at in (0, 100_000, 900_000):
        slots.put(Entry(f"notes/{at}", "note", at, None, None, starred=True))
    glance = slots.glance(Scale(50_000, 500_000, 10))
    assert sum(glance.notes) == 1
    assert glance.starred == {1}


@given(length=st.integers(1, 10 * HOUR), columns=st.integers(1, 200), at=st.integers(-HOUR, 11 * HOUR))
def test_a_column_begins_with_its_moment(length: int, columns: int, at: int) -> None:
    scale = Scale(1_000, 1_000 + length, columns)
    column = scale.column(at)
    assert 0 <= column < columns
    if scale.holds(at) and length >= columns:
        assert scale.moment(column) <= max(at, 1_000)
        assert column == columns - 1 or at < scale.moment(column + 1) + 1


@given(happened=events())
def test_event_by_event_it_is_what_it_is_when_all_is_read_at_once(happened: list[Event]) -> None:
    history = History()
    model = ReviewModel(history, "Bo")
    for event in happened:
        change = history.change([event])
        history.accept(change)
        model.take_in(change)
        model.glance(40)
    whole = Slots()
    for entry in model.entries:
        whole.put(entry)
    assert whole.glance(model.glance(40).scale) == model.glance(40)


def test_a_change_is_seen_and_nothing_is_counted_again_without_one(session: Session, clock: SimulatedClock) -> None:
    turns(session, clock, 2)
    model = ReviewModel(session.history, "Bo")
    before = model.glance(20)
    assert model.glance(20) is before
    model.move_to(model.begin() + SLOT_MS)
    assert model.glance(20) is before
    session.subscribe(model.take_in)
    act(session, "note iets")
    assert sum(model.glance(20).notes) == sum(before.notes) + 1
