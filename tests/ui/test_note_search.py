"""The search of the live list finds what looking at every note finds, whatever was written, changed or taken back."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from acting import act, act_at_random
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.ui.live.note_search import NoteSearch
from kring.ui.views.notes import matches

WANTED = ("a", "an", "app", "app g", "gedóé", "GEDOE", "#", "#app", "*", "P3", "fatima", "1", "bo", "zzz", " ", "e  n")


def looked_through(session: Session, wanted: str) -> list[str]:
    """The ids of the notes that hold what is wanted, each looked at."""
    state = session.state
    return [note.id for note in state.notes.values() if note.removed_at is None and matches(state, note, wanted)]


@pytest.mark.parametrize("seed", range(6))
def test_it_finds_what_looking_at_every_note_finds(
    make_session: Callable[..., Session], clock: SimulatedClock, seed: int
) -> None:
    session, chance = make_session(), random.Random(seed)
    search = NoteSearch(session)
    session.subscribe(search.take_in)
    session.subscribe(lambda _change: search.prepare() if chance.random() < 0.5 else None)
    for round_ in range(6):
        act_at_random(session, clock, seed + 10 * round_, lines=15)
        act(session, "note geïnteresseerd #app wat een gedoe")
        for wanted in chance.sample(WANTED, 6):
            search.wanted = wanted
            assert search.ids() == looked_through(session, wanted), wanted
            assert [note.id for note in session.state.notes.values() if search.keeps(note)] == search.ids()


def test_letters_that_are_added_narrow_what_was_found(session: Session) -> None:
    search = NoteSearch(session)
    session.subscribe(search.take_in)
    for text in ("kaart vergeten", "kaas", "een kaartje"):
        act(session, f"note {text}")
    first, _, last = session.state.notes
    for wanted in ("k", "ka", "kaa", "kaar", "kaart", "kaart e", "kaart ee", "kaart een"):
        search.wanted = wanted
        assert search.ids() == looked_through(session, wanted)
    act(session, "note nog een kaart")
    assert search.ids() == [last, list(session.state.notes)[-1]]
    search.wanted = "kaart v"
    assert search.ids() == [first]


def test_a_new_name_is_found(session: Session) -> None:
    search = NoteSearch(session)
    session.subscribe(search.take_in)
    act(session, "note @3 te duur")
    name = session.state.participants["P3"].name
    search.wanted = name
    assert search.ids() == list(session.state.notes)
    act(session, "rename 3 Wilhelmina")
    search.wanted = "wilhelm"
    assert search.ids() == list(session.state.notes)
