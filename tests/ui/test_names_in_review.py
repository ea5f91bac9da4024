"""In the review somebody decides about the words that may be names, from a list, and takes it back."""

from __future__ import annotations

import pytest

from kring.domain import facts as f
from kring.domain.decide import decision, notes
from kring.domain.note_line import NoteDraft
from kring.session.session import Session
from ui.live import press
from ui.reviewing import reviewing, said, shown


@pytest.fixture
def talk(session: Session) -> Session:
    session.do(lambda _state, _now: f.ParticipantChanged("P1", name="Joost Bakker"))
    for words in ("bij de bakker om de hoek", "de bakker was dicht"):
        session.do(decision(notes.add, NoteDraft("remark", words)))
    return session


def ruled(session: Session) -> list[tuple[str, str, str | None, str]]:
    rows = session.state.name_rulings.values()
    return [(row.words, row.taken_as, row.participant, row.place) for row in rows if row.removed_at is None]


async def test_a_word_is_decided_for_good_and_taken_back(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        app.review.runner.run(app.review.commands.named("names"), by_name=True)
        await pilot.pause()
        assert "bakker  2×" in shown(app)
        assert "[bakker] om de hoek" in shown(app)
        await press(pilot, "\n")
        await press(pilot, "\n", "\n")
        assert said(app).startswith("✓ “bakker” is a word, not a name")
        assert ruled(talk) == [("bakker", "word", None, "")]
        await press(pilot, "z")
        assert ruled(talk) == []


async def test_it_may_hold_in_one_place(talk: Session) -> None:
    async with reviewing(talk) as (app, pilot):
        app.review.runner.run(app.review.commands.named("names"), by_name=True)
        await pilot.pause()
        await press(pilot, "\n", "down", "\n", "down", "\n")
        ((words, taken_as, participant, place),) = ruled(talk)
        assert (words, taken_as, participant) == ("bakker", "name", "P1")
        assert place.startswith("notes/")


async def test_where_all_is_sure_nothing_is_asked(session: Session) -> None:
    async with reviewing(session) as (app, pilot):
        app.review.runner.run(app.review.commands.named("names"), by_name=True)
        await pilot.pause()
        assert said(app).endswith("it is sure whether it is a name.")


async def test_a_name_that_somebody_had_before_is_asked_about(talk: Session) -> None:
    talk.do(lambda _state, _now: f.ParticipantChanged("P1", name="Joost Visser"))
    async with reviewing(talk) as (app, pilot):
        app.review.runner.run(app.review.commands.named("names"), by_name=True)
        await pilot.pause()
        assert "bakker  2×" in shown(app)
        await press(pilot, "\n", "down", "\n", "down", "\n")
        ((words, taken_as, participant, place),) = ruled(talk)
        assert (words, taken_as, participant) == ("bakker", "name", "P1")
        assert place.startswith("notes/")
