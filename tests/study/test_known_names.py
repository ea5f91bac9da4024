"""Whom a name meant in another session of the study is proposed, said as such, and never where it may be otherwise."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from conftest import START_MS, make_plan
from kring.imports.names import Choice
from kring.imports.parsed import Clock, Message, Parsed
from kring.imports.preview import Match
from kring.imports.source import Source
from kring.session import intake
from kring.session import session as sessions
from kring.session.intake_remarks import Wishes
from kring.session.session import Me, Session
from kring.study.known_names import names_of_study
from kring.system.clock import SimulatedClock

EVENING_MS = 19 * 3_600_000 + 30 * 60_000
LABELS = ("Notulen Fred", "Marketing X", "Tante Ko", "Oom Sjaak")
CHOSEN = {
    "Notulen Fred": Choice("left_out"),
    "Marketing X": Choice("team"),
    "Tante Ko": Choice("participant", "P2"),
    "Oom Sjaak": Choice("participant", "P3"),
}

Hold = Callable[..., Session]


@pytest.fixture
def hold(tmp_path: Path) -> Hold:
    def make(name: str, *lines: str, study: str = "Loyaliteit") -> Session:
        clock, me = SimulatedClock(START_MS), Me("Bo", "assistant", "device")
        plan = replace(make_plan(), study=study)
        session = sessions.begin(tmp_path / name, plan, clock, me, random.Random(name).randbytes, ("UTC", 0))
        for line in ("start anyway", *lines):
            act(session, line)
        return session

    return make


def chat() -> Parsed:
    said = enumerate(LABELS, 1)
    messages = (Message(line=n, at_ms=EVENING_MS, author=who, text=f"dit zegt {n}") for n, who in said)
    return Parsed(format="a-chat", clock=Clock.TIME_OF_DAY, messages=tuple(messages))


def first_session(hold: Hold, *lines: str, **more: str) -> None:
    session = hold("a.db", "rename 3 Jacobus", **more)
    wishes = Wishes(people=CHOSEN, take_open=True, offset_ms=0)
    intake.commit(session, intake.prepare(session, Source("chat.txt", b"een"), chat(), wishes))
    for line in lines:
        act(session, line)
    session.close()


def people(session: Session, **wishes: bool) -> dict[str, Match]:
    known = names_of_study(session.state, session.store.path)
    wanted = Wishes(offset_ms=0, elsewhere=known, **wishes)  # type: ignore[arg-type]
    return {one.label: one for one in intake.prepare(session, Source("b.txt", b"twee"), chat(), wanted).preview.people}


def test_what_was_said_of_a_name_in_another_session_is_proposed_and_said(hold: Hold) -> None:
    first_session(hold)
    found = people(hold("b.db", "rename 3 Iemand"))
    assert {(label, one.who, one.participant, one.is_open) for label, one in found.items()} == {
        ("Notulen Fred", "left_out", "", False),
        ("Marketing X", "team", "", False),
        ("Tante Ko", "participant", "P2", False),  # the same name at the same code
        ("Oom Sjaak", "unknown", "", True),  # somebody else has that code here
    }
    assert str(found["Notulen Fred"].why) == "as in another session"


def test_what_fits_somebody_here_goes_before(hold: Hold) -> None:
    first_session(hold)
    found = people(hold("b.db", "rename 5 Fred"))
    assert found["Notulen Fred"].participant == "P5"


def test_another_study_or_an_own_copy_says_nothing(hold: Hold, tmp_path: Path) -> None:
    first_session(hold)
    other = hold("b.db", study="Iets anders")
    assert names_of_study(other.state, other.store.path) == {}
    (tmp_path / "c.db").write_bytes((tmp_path / "a.db").read_bytes())
    own = sessions.resume(tmp_path / "a.db", SimulatedClock(START_MS), Me("Bo", "assistant", "device"))
    assert names_of_study(own.state, own.store.path) == {}


def test_who_withdrew_there_and_what_was_taken_out_is_not_told(hold: Hold) -> None:
    first_session(hold, "consent 2 no")
    session = hold("b.db")
    assert "tante ko" not in names_of_study(session.state, session.store.path)
    again = sessions.resume(session.store.path.with_name("a.db"), SimulatedClock(START_MS), Me("Bo", "assistant", "d"))
    act(again, "file 1 out")
    again.close()
    assert names_of_study(session.state, session.store.path) == {}


def test_nothing_is_taken_from_elsewhere_where_nobody_is_asked(hold: Hold) -> None:
    first_session(hold)
    assert {one.who for one in people(hold("b.db"), take_open=True).values()} == {"unknown"}
