"""The sessions of a study, wherever they lie in the folder and however its name is written."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from conftest import START_MS, make_plan
from kring.domain.decide import coding, decision
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.study.saturation import new_words
from kring.study.sessions import sessions_of
from kring.system.clock import SimulatedClock

Hold = Callable[..., Session]


@pytest.fixture
def hold(tmp_path: Path) -> Hold:
    """Make a session of a study, a week after the one before; return it open."""

    def make(name: str, study: str, week: int, *lines: str) -> Session:
        clock = SimulatedClock(START_MS + week * 7 * 86_400_000)
        plan = replace(make_plan(), study=study)
        me = Me("Bo", "assistant", "device")
        session = sessions.begin(tmp_path / name, plan, clock, me, random.Random(name).randbytes, ("UTC", 0))
        for line in lines:
            clock.advance(5_000)
            act(session, line)
        return session

    return make


def test_how_a_name_is_written_makes_no_other_study(hold: Hold, tmp_path: Path) -> None:
    first = hold("a.db", "Loyaliteit 2026", 0, "start anyway", "note iets #app")
    first.do(decision(coding.answer_coreq, 2, "Drs."))
    first.close()
    hold("b.db", "loyaliteit-2026", 1, "start anyway", "note iets #App #prijs").close()
    hold("c.db", "iets anders", 2, "start anyway", "note iets #weg").close()
    found = sessions_of("LOYALITEIT  2026!", tmp_path / "b.db").found
    assert [(one.study, one.words, one.coreq) for one in found] == [
        ("Loyaliteit 2026", {"#app"}, {2: "Drs."}),
        ("loyaliteit-2026", {"#app", "#prijs"}, {}),
    ]
    assert new_words(found) == [1, 1]


def test_a_session_without_a_study_has_no_others(hold: Hold, tmp_path: Path) -> None:
    hold("a.db", "", 0, "start anyway").close()
    assert sessions_of("", tmp_path / "a.db").found == []


def test_a_copy_counts_once_and_the_named_file_goes_before_it(hold: Hold, tmp_path: Path) -> None:
    session = hold("b.db", "trouw", 0, "start anyway", "note een #oud")
    session.close()
    shutil.copy(tmp_path / "b.db", tmp_path / "a copy.db")
    again = sessions.resume(tmp_path / "b.db", SimulatedClock(START_MS + 60_000), Me("Bo", "assistant", "device"))
    act(again, "note twee #nieuw")
    again.close()
    assert [one.words for one in sessions_of("trouw", tmp_path / "b.db").found] == [{"#oud", "#nieuw"}]


def test_one_that_runs_is_read_and_one_that_was_only_prepared_was_not_held(hold: Hold, tmp_path: Path) -> None:
    running = hold("a.db", "trouw", 0, "start anyway", "note een #app")
    hold("b.db", "trouw", 1, "note twee #prijs").close()
    found = sessions_of("trouw", tmp_path / "b.db").found
    assert sorted(bool(one.started_at) for one in found) == [False, True]
    assert new_words(found) == []
    act(running, "note drie #app")
    running.close()


def test_what_is_no_session_or_damaged_is_said_and_no_file_is_changed(hold: Hold, tmp_path: Path) -> None:
    hold("a.db", "trouw", 0, "start anyway").close()
    (tmp_path / "broken.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    (tmp_path / "text.db").write_text("no database")
    (tmp_path / "folder.db").mkdir()
    before = {path: path.read_bytes() for path in tmp_path.glob("*.db") if path.is_file()}
    sessions = sessions_of("trouw", tmp_path / "a.db")
    assert len(sessions.found) == 1
    assert sorted(map(str, sessions.said)) == [
        "broken.db is no session file of kring.", "text.db is no session file of kring.",
    ]  # fmt: skip
    assert {path: path.read_bytes() for path in before} == before


def test_what_somebody_took_back_is_no_word_of_a_session(hold: Hold, tmp_path: Path) -> None:
    hold("a.db", "trouw", 0, "start anyway", "note een #app", "note twee #weg", "remove last").close()
    assert [one.words for one in sessions_of("trouw", tmp_path / "a.db").found] == [{"#app"}]
