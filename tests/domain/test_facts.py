"""Facts: what is written can be read again, and what can't be read is kept and changes nothing."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.any_facts import FIRST, of_struct, some_fact
from domain.desk import Desk
from domain.test_history import tables
from kring.domain import facts as f
from kring.domain.events import Event, next_hlc
from kring.domain.evolve import EVOLVERS, evolve
from kring.domain.sentences import SENTENCES, sentence
from kring.domain.upcast import decode


@given(some_fact)
def test_a_fact_is_read_as_it_was_written(fact: f.Fact) -> None:
    assert decode(fact.kind, f.encode(fact)) == fact


@given(st.sampled_from(sorted(f.KINDS)), st.one_of(st.binary(max_size=40), st.text(max_size=40)))
def test_what_cannot_be_read_is_no_error(kind: str, data: bytes | str) -> None:
    assert decode(kind, data) is None or isinstance(decode(kind, data), f.KINDS[kind])


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("tomorrow", "{}"),
        ("note_added", ""),
        ("note_added", '{"note_kind": "gossip", "text": "", "at_ms": 1}'),
        ("floor_given", '{"to": "nobody we know"}'),
        ("note_added", "[" * 100_000),
        ("note_added", b'{"note_kind": "quote", "text": "\xff", "at_ms": 1}'),
    ],
)
def test_undecodable_data_is_none(kind: str, data: bytes | str) -> None:
    assert decode(kind, data) is None


def test_a_field_of_a_later_version_does_not_hide_the_fact() -> None:
    assert decode("probe_used", '{"item": "goed", "mood": "good"}') == f.ProbeUsed("goed")


def test_an_event_that_this_version_does_not_know_changes_nothing() -> None:
    desk = Desk()
    before = tables(desk.state)
    event = Event(
        id="later",
        hlc=next_hlc(desk.history.last_hlc, 0),
        device="d",
        actor="a",
        role="r",
        kind="x",
        data="",
        fact=None,
    )
    assert evolve(desk.state, event) == []
    desk.history.accept(desk.history.change([event]))
    assert tables(desk.state) == before
    assert desk.history.event("later") is event
    assert str(sentence(desk.state, event))


def test_kinds_are_words_in_snake_case_and_all_are_told() -> None:
    assert all(set(kind) <= set(string.ascii_lowercase + "_") for kind in f.KINDS)
    assert set(f.KINDS.values()) == set(SENTENCES)
    assert set(f.KINDS.values()) - set(EVOLVERS) == {f.Undone}


@given(st.sampled_from(sorted(f.KINDS)).flatmap(lambda kind: of_struct(f.KINDS[kind])), st.booleans())
def test_every_fact_can_be_told_in_any_state(fact: f.Fact, begun: bool) -> None:
    desk = Desk(begun=False, started=False)
    for first in FIRST if begun else ():
        desk.happen(first)
    event = desk.happen(fact)
    assert str(sentence(desk.state, event))
