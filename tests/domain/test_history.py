"""The history: the state is a function of the set of events, in whatever order and in however many pieces they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.any_facts import arrivals, events, notes_and_undos
from kring.domain import history as histories
from kring.domain.events import Event
from kring.domain.history import NEAR, SPARSER, History, Undo, ends_of, fold, thinned, undos_of, void_ids
from kring.domain.rows import Row
from kring.domain.state import EMPTY, State

Tables = dict[str, list[tuple[str, Row]]]


def tables(state: State) -> Tables:
    """Return all rows with their order, which people see in lists."""
    return {name: list(table.items()) for name, table in state.tables.items()}


def from_scratch(known: Iterable[Event]) -> State:
    """Return the state as the law defines it: the fold in canonical order, without the void events."""
    ordered = sorted(known, key=lambda event: event.key)
    return fold(EMPTY, ordered, void_ids(undos_of(ordered), ends_of(ordered)))


def history_of(*batches: Iterable[Event]) -> History:
    history = History()
    for batch in batches:
        history.accept(history.change(batch))
    return history


@contextmanager
def near(states: int) -> Iterator[None]:
    """Keep the states of so few of the last events that some events meet many distances."""
    with mock.patch.object(histories, "NEAR", states):
        yield


@given(st.data())
def test_the_state_does_not_depend_on_the_order_of_arrival(data: st.DataObject) -> None:
    known = data.draw(events())
    with near(data.draw(st.sampled_from((2, 5, NEAR)))):
        history = history_of(*data.draw(arrivals(known)))
    assert [event.id for event in history.events] == [event.id for event in known]
    expected = from_scratch(known)
    assert tables(history.state) == tables(expected)
    assert history.state.last_note == max((note.number for note in expected.notes.values()), default=0)
    assert history.last_hlc == max((event.hlc for event in known), default=0)


@given(st.data())
def test_an_undo_counts_whether_it_comes_before_or_after_what_it_takes_back(data: st.DataObject) -> None:
    known = data.draw(notes_and_undos())
    with near(2):
        history = History()
        for batch in data.draw(arrivals(known)):
            history.accept(history.change(batch))
            so_far = list(history.events)
            assert tables(history.state) == tables(from_scratch(so_far))


@given(st.data())
def test_the_rows_of_every_change_make_the_tables(data: st.DataObject) -> None:
    history = History()
    written: dict[str, dict[str, Row]] = {name: {} for name in EMPTY.tables}
    with near(data.draw(st.sampled_from((2, 5)))):
        for batch in data.draw(arrivals(data.draw(events()))):
            change = history.change(batch)
            for row in change.gone:
                del written[row.TABLE][row.id]
            for row in change.rows:
                written[row.TABLE][row.id] = row
            history.accept(change)
    assert written == history.state.tables


@given(st.data())
def test_a_change_goes_on_from_what_was_worked_out_before_others_acted(data: st.DataObject) -> None:
    known = data.draw(events())
    cut = data.draw(st.integers(0, len(known)))
    ahead = [event for event in known[:cut] if data.draw(st.booleans())]
    history = history_of([event for event in known[:cut] if event not in ahead])
    change = history.change(ahead)
    acted = history.change(known[cut:])
    history.accept(acted)
    written = {name: dict(table) for name, table in history.state.tables.items()}
    gone_on_with = history.change_with(change, acted)
    if gone_on_with is None:
        assert not ahead or not known[cut:] or undos_of(known[cut:]) or known[cut].hlc <= known[cut - 1].hlc
        return
    for row in gone_on_with.gone:
        del written[row.TABLE][row.id]
    for row in gone_on_with.rows:
        written[row.TABLE][row.id] = row
    history.accept(gone_on_with)
    assert tables(history.state) == tables(from_scratch(known))
    assert written == history.state.tables


@given(st.data())
def test_two_files_merge_to_the_same_state_either_way_round(data: st.DataObject) -> None:
    known = data.draw(events())
    mine = [event for event in known if data.draw(st.booleans())]
    yours = [event for event in known if event not in mine or data.draw(st.booleans())]
    one, other = history_of(mine, yours), history_of(yours, mine)
    assert tables(one.state) == tables(other.state) == tables(from_scratch(known))
    assert one.void == other.void


@given(events())
def test_a_change_that_is_not_accepted_leaves_no_trace(known: list[Event]) -> None:
    history = history_of(known[::2])
    before, state = list(history.events), history.state
    history.change(known[1::2])
    assert (list(history.events), history.state) == (before, state)


@given(events())
def test_the_tables_of_a_state_never_change_under_its_owner(known: list[Event]) -> None:
    history = History()
    seen: list[tuple[State, Tables]] = []
    for event in known:
        history.accept(history.change([event]))
        seen.append((history.state, tables(history.state)))
    assert all(tables(state) == then for state, then in seen)


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=6))
def test_an_undo_of_an_undo_counts_as_none(targets: list[str]) -> None:
    chain = ["note", *(f"undo{number}" for number in range(len(targets)))]
    undone = [Undo((n, "d", f"undo{n}"), chain[n]) for n in range(len(targets))]
    assert ("note" in void_ids(undone)) == (len(targets) % 2 == 1)


@pytest.mark.parametrize("count", [1, 10, 300, 3_000])
def test_the_marks_grow_sparser_the_further_back(count: int) -> None:
    marks = [(0, EMPTY)]
    for number in range(1, count + 1):
        marks.append((number, EMPTY))
        if len(marks) > 3 * NEAR:
            marks = thinned(marks)
    places = [place for place, _ in marks]
    assert places == sorted(set(places))
    assert {0, *range(max(count - NEAR + 1, 0), count + 1)} <= set(places)
    assert len(places) <= 3 * NEAR
    for distance in range(1, count):
        assert count - max(place for place in places if place <= count - distance) <= SPARSER * distance
