"""The states of a session at any second, and the timeline, follow whatever comes in."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acting import LINES, act
from conftest import START_MS
from domain.any_facts import arrivals, events
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.history import Change, History, fold
from kring.domain.state import EMPTY
from kring.domain.text import Refused
from kring.review import checkpoints
from kring.review.checkpoints import STRIDE, Checkpoints
from kring.review.entries import timeline
from kring.review.model import ReviewModel
from kring.session.session import Session
from kring.system.clock import SimulatedClock


@settings(max_examples=40)
@given(batches=events().flatmap(arrivals), chance=st.randoms(use_true_random=False))
def test_a_second_stands_as_its_events_fold_in_whatever_order_they_came(
    batches: list[list[Event]], chance: random.Random
) -> None:
    history = History()
    with mock.patch.object(checkpoints, "STRIDE", 3):
        kept = Checkpoints(history)
        for batch in batches:
            history.accept(history.change(batch))
            kept.prepare()
            for event in chance.sample(list(history.events), min(4, len(history.events))):
                until = history.events[: history.count_at(event.at)]
                assert kept.at(event.at).tables == fold(EMPTY, until, history.void).tables


@pytest.mark.parametrize("seed", range(6))
def test_a_timeline_that_takes_in_every_act_is_the_one_that_is_read_anew(
    make_session: Callable[..., Session], clock: SimulatedClock, seed: int
) -> None:
    session = make_session()
    model = ReviewModel(session.history, session.me.name)
    session.subscribe(model.take_in)
    chance = random.Random(seed)
    for line in ("start anyway", *chance.choices([line for line in LINES if line != "end"], k=60)):
        clock.advance(chance.choice((500, 4_000, 70_000)))
        with suppress(Refused):
            act(session, line)
        assert model.entries == timeline(session.state), line
    assert {entry.id: entry for entry in model.entries} == {e.id: e for e in timeline(session.state)}


def test_nothing_that_changed_is_told_to_stand_where_it_stood(session: Session) -> None:
    model = ReviewModel(session.history, "Ria")
    assert model.take_in(Change((), session.state, ())) is False


def test_an_act_that_is_undone_before_it_came_takes_its_other_facts_along() -> None:
    desk = Desk()
    kept = Checkpoints(desk.history)
    follower = desk.happen(f.NoteAdded("remark", "van een handeling", START_MS), act="still to come")
    for _ in range(STRIDE):
        desk.happen(f.FloorGiven("moderator"))
    kept.prepare()
    assert follower.id in kept.at(desk.now).notes
    desk.happen(f.Undone("still to come"))
    assert follower.id not in kept.at(desk.now).notes
