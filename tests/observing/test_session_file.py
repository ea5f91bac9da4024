"""A session file as a source: what others write is seen, what observers say is written, and a lost file is said."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from acting import act
from kring.domain.text import Refused
from kring.observing.session_file import SessionFile
from kring.session.session import Session
from kring.system.clock import SimulatedClock


@pytest.fixture
def source(session: Session, clock: SimulatedClock) -> SessionFile:
    act(session, "consent all yes", "start anyway", "go 2.1")
    return SessionFile(session.store.path, clock, "another")


async def test_what_others_do_is_seen_and_time_goes_on_by_itself(
    source: SessionFile, session: Session, clock: SimulatedClock
) -> None:
    async with source:
        first = source.seen
        assert first.view.item is not None
        assert first.view.item.number == "2.1"
        clock.advance(2_000)
        assert source.seen.view.elapsed_ms == first.view.elapsed_ms + 2_000
        source.look()
        assert source.seen.number == first.number
        act(session, "floor 2")
        source.look()
        assert source.seen.number == first.number + 1
        assert [one.label for one in source.seen.view.shares if one.speaking] == ["P2"]


async def test_shares_grow_while_somebody_goes_on_speaking(
    source: SessionFile, session: Session, clock: SimulatedClock
) -> None:
    act(session, "floor 2")
    clock.advance(10_000)
    act(session, "floor 3")
    async with source:
        clock.advance(10_000)
        source.look()
        assert [one.share for one in source.seen.view.shares[1:3]] == [0.5, 0.5]


async def test_a_question_goes_into_the_file_and_each_observer_sees_what_became_of_hers(
    source: SessionFile, session: Session
) -> None:
    async with source:
        await source.ask("Mila", "Kent u ook de app?")
        await source.ask("Bram", "Waarom?")
        session.catch_up()
        assert [(row.number, row.text, row.asked_by) for row in session.state.observer_questions.values()] == [
            (1, "Kent u ook de app?", "Mila"),
            (2, "Waarom?", "Bram"),
        ]
        assert [(one.text, one.status) for one in source.questions("Mila")] == [("Kent u ook de app?", "new")]
        with pytest.raises(Refused):
            await source.ask("Mila", " \n ")


async def test_a_reason_names_nobody_who_did_not_say_yes_and_changes_when_they_do(
    source: SessionFile, session: Session
) -> None:
    async with source:
        await source.ask("Mila", "Waarom?")
        act(session, "consent 2 not observers", "decline 1 dat zei Anna al, en P2")
        source.look()
        assert [one.reason for one in source.questions("Mila")] == ["dat zei … al, en …"]
        number = source.seen.number
        act(session, "consent 2 observers")
        source.look()
        assert source.seen.number > number
        assert [one.reason for one in source.questions("Mila")] == ["dat zei P2 al, en P2"]


async def test_the_back_room_stays_here_unless_the_plan_has_it_kept(source: SessionFile, session: Session) -> None:
    async with source:
        await source.say("Mila", "dit is nieuw")
        assert [(one.who, one.text) for one in source.back_room or ()] == [("Mila", "dit is nieuw")]
        assert not session.catch_up()
        assert session.plan is not None
        session.read_plan(replace(session.plan, back_room_kept=True))
        source.look()
        assert source.back_room == ()
        await source.say("Mila", "en dit ook")
        session.catch_up()
        assert [row.text for row in session.state.back_room.values()] == ["en dit ook"]


async def test_a_file_that_is_gone_is_said_and_comes_back(source: SessionFile, session: Session) -> None:
    async with source:
        path = session.store.path
        elsewhere = path.with_name("elsewhere.db")
        path.rename(elsewhere)
        source.look()
        assert str(source.seen.lost).startswith("There is no file ")
        elsewhere.rename(path)
        source.look()
        assert source.seen.lost is None


async def test_a_session_that_ended_is_let_go_of_so_that_it_becomes_one_file(
    source: SessionFile, session: Session
) -> None:
    async with source:
        act(session, "end")
        source.look()
        assert source.seen.view.standing == "ended"
        assert session.close()
        with pytest.raises(Refused, match="has ended"):
            await source.ask("Mila", "Nog iets?")


async def test_who_withdraws_is_named_in_no_question_any_more(source: SessionFile, session: Session) -> None:
    async with source:
        await source.ask("Mila", "Wat vindt Fatima daarvan?")
        session.catch_up()
        act(session, "consent 3 no")
        source.look()
        assert [one.text for one in source.questions("Mila")] == ["Wat vindt – daarvan?"]
