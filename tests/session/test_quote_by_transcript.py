"""A quote that was caught half is completed from the transcript: with its speaker's words, from those caught on."""

from __future__ import annotations

import pytest

from acting import act
from kring.domain import facts as f
from kring.domain.rows import NoteRow
from kring.session.quote_draft import line_by_transcript
from kring.session.session import Session
from kring.system.clock import SimulatedClock


@pytest.fixture
def evening(session: Session, clock: SimulatedClock) -> Session:
    """Anna is quoted half at 0:20, and a transcript has what she and Piet said around that."""
    act(session, "start anyway", "consent all yes")
    begin = session.now()
    clock.advance(20_000)
    act(session, 'note @2 "ik dacht echt dat …')
    lines = (
        (8, 12, "P2", "Ja, ik dacht echt dat het iets"),
        (12, 14, "P4", "dat dacht ik ook"),
        (14, 18, "P2", "zou opleveren."),
        (60, 64, "P2", "ik dacht echt dat er meer in zat"),
    )
    said = [f.UtteranceRead(text, begin + a * 1000, begin + b * 1000, participant=who) for a, b, who, text in lines]
    session.do(lambda state, now: (f.FileImported("t.vtt", "vtt", "0" * 64, "recording", 0), *said))
    return session


def quote(session: Session) -> NoteRow:
    (note,) = session.state.notes.values()
    return note


def test_the_words_of_its_speaker_follow_those_that_were_caught(evening: Session) -> None:
    assert line_by_transcript(evening.state, quote(evening)) == '" ik dacht echt dat het iets zou opleveren.'


def test_nothing_is_proposed_where_the_words_are_not_there(evening: Session) -> None:
    act(evening, 'edit last @2 "van de week belde ik …')
    assert line_by_transcript(evening.state, quote(evening)) is None


def test_nobody_else_s_words_and_none_of_who_refuses(evening: Session) -> None:
    act(evening, 'edit last @4 "ik dacht echt dat …')
    assert line_by_transcript(evening.state, quote(evening)) is None
    act(evening, 'edit last @2 "ik dacht echt dat …')
    evening.do(lambda state, now: f.ConsentChanged("P2", (("quoting", False),)))
    assert line_by_transcript(evening.state, quote(evening)) is None
