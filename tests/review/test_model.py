"""The timeline of a whole session, its filters, its jumps, and the boards of any second."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acting import act
from conftest import make_plan
from kring.domain.history import History, fold
from kring.domain.state import EMPTY
from kring.rehearsal.playing import write_session
from kring.review.entries import KIND_WORDS, Entry, timeline
from kring.review.filters import NOTHING, Filter
from kring.review.model import ReviewModel, Stop
from kring.session.session import Session
from kring.store import files
from kring.system.clock import SimulatedClock
from review.desk import another, code, turns
from ui.live import begin


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """A whole simulated session."""
    path: Path = tmp_path_factory.mktemp("review") / "evening.db"
    write_session(path, make_plan(), 7)
    store = files.open_(path, "read")
    found = History()
    found.accept(found.change([stored.event for stored in store.read_all()]))
    store.close()
    return found


@pytest.fixture
def model(history: History) -> ReviewModel:
    return ReviewModel(history, "Ria")


def test_everything_that_happened_stands_on_the_timeline_once_and_in_order(history: History) -> None:
    state = history.state
    entries = timeline(state)
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert len({entry.id for entry in entries}) == len(entries)
    for table in ("notes", "visits", "issues", "attendance", "cues", "pauses", "recordings", "answers"):
        alive = {row.id for row in state.tables[table].values() if getattr(row, "removed_at", None) is None}
        assert {entry.row.id for entry in entries if entry.row and table == entry.row.TABLE} == alive, table
    shown = {entry.row.id for entry in entries if entry.kind in ("turn", "silence") and entry.row}
    assert shown == {turn.id for turn in state.alive_turns}


def test_the_board_of_any_second_is_the_fold_of_the_events_up_to_then(history: History, model: ReviewModel) -> None:
    first, last = history.events[0].at, history.events[-1].at
    chance = random.Random(1)
    for moment in (first, last, *(chance.randint(first, last) for _ in range(12))):
        model.move_to(moment)
        until = [event for event in history.events if event.at <= model.at]
        assert model.board().tables == fold(EMPTY, until, history.void).tables


FILTERS = st.builds(
    Filter,
    kinds=st.frozensets(st.sampled_from(list(KIND_WORDS)), max_size=3),
    speaker=st.sampled_from(["", "P1", "P3", "moderator"]),
    item=st.sampled_from(["", "ervaring", "laatste", "nowhere"]),
    tag=st.sampled_from(["", "prijs", "gedoe", "none"]),
    code=st.just(""),
    starred=st.booleans(),
    to_complete=st.booleans(),
    words=st.sampled_from(["", "spa", "niet", "de", "zzz"]),
)


@settings(max_examples=40)
@given(wanted=FILTERS)
def test_a_filter_shows_exactly_what_passes_each_of_its_parts(history: History, wanted: Filter) -> None:
    model = ReviewModel(history, "Ria")
    model.filter = wanted
    shown = {entry.id for entry in model.shown()}
    model.filter = NOTHING._replace(words=wanted.words)
    assert shown == {entry.id for entry in model.shown() if _passes(entry, wanted)}


def _passes(entry: Entry, wanted: Filter) -> bool:
    inside = {"laatste": {"laatste", "goed", "fout"}, "cijfer": {"cijfer", "peiling"}}
    below = {**inside, "ervaring": {"ervaring", *inside["laatste"], *inside["cijfer"]}}
    return all(
        (
            not wanted.kinds or entry.kind in wanted.kinds,
            wanted.speaker in ("", entry.speaker),
            not wanted.item or entry.item in below.get(wanted.item, {wanted.item}),
            not wanted.tag or wanted.tag in entry.tags,
            entry.starred or not wanted.starred,
            entry.stub or not wanted.to_complete,
        )
    )


@pytest.mark.parametrize("stop", ["mark", "star", "uncovered"])
def test_jumping_there_and_back_passes_the_same_stops(model: ReviewModel, stop: Stop) -> None:
    model.stop = stop
    model.move_to(0)
    there: list[Entry] = []
    while (found := model.jump(1)) is not None:
        there.append(found)
        model.move_to(found.at)
    back: list[Entry] = []
    model.move_to(2**50)
    while (found := model.jump(-1)) is not None:
        back.append(found)
        model.move_to(found.at)
    assert there
    assert [one.at for one in back[::-1] if one.at != there[-1].at] == [one.at for one in there[:-1]]


def test_what_another_coder_did_is_hidden_until_it_is_asked_for(session: Session, clock: SimulatedClock) -> None:
    turn = turns(session, clock, 2)[0]
    code(session, another(session, "Cas"), "price", turn=turn)
    code(session, session.me, "trust", turn=turn)
    model = ReviewModel(session.history, session.me.name)
    entry = model.entry(f"turns/{turn}")
    assert entry is not None
    names = [session.state.codes[one].name for one in model.codes_on(entry)]
    assert names == ["trust"]
    assert model.other_coders() == ["Cas"]
    model.others_hidden = False
    assert {session.state.codes[one].name for one in model.codes_on(entry)} == {"price", "trust"}


def test_a_session_that_was_only_prepared_can_be_read(session: Session) -> None:
    model = ReviewModel(session.history, "Ria")
    assert model.shown() == [] or model.shown()
    assert model.jump(1) is None
    assert model.upcoming() is None or model.entries
    model.move_to(session.now())
    assert model.board().session.id == session.state.session.id or model.at == 0


def test_only_what_changed_becomes_another_entry(session: Session) -> None:
    begin(session)
    act(session, "note een", "note twee")
    model = ReviewModel(session.history, "Ria")
    before = {entry.id: entry for entry in model.entries}
    act(session, "star last")
    model.read()
    changed = [entry.id for entry in model.entries if before.get(entry.id) is not entry]
    assert len(changed) == 1
