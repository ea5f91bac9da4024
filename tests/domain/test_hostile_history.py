"""History is accepted, whatever it tells: what no session can hold is bounded, and texts are never templates."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan
from pathlib import Path

import pytest

from acting import act, texts, waiting_act
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.decide import checks
from kring.domain.measures.sections import section_time
from kring.domain.rows import NoteRow, Row
from kring.domain.sentences import sentence
from kring.domain.text import Refused
from kring.domain.upcast import decode
from kring.session.session import Session
from kring.store import tables
from kring.store.verify import verify

MOST = 2**63 - 1


@pytest.mark.parametrize("minutes", [inf, -inf, nan, -1.0, 1441.0, float("9" * 300)])
def test_minutes_that_make_no_sense_are_refused(minutes: float) -> None:
    desk = Desk()
    desk.type("issue beeld weg")
    with pytest.raises(Refused, match="sensible"):
        checks.close_issue(desk.state, desk.now, "1", minutes)
    assert checks.close_issue(desk.state, desk.now, "1", 1440.0).minutes_lost == 1440.0


def test_minutes_that_are_no_number_are_none() -> None:
    desk = Desk()
    issue = desk.type("issue beeld weg")
    desk.happen(f.IssueClosed(issue.id, inf))
    assert desk.state.issues[issue.id].minutes_lost is None


@pytest.mark.parametrize("by_s", [MOST, -MOST])
def test_time_added_without_end_is_a_day(by_s: int) -> None:
    desk = Desk()
    for _ in range(2):
        desk.happen(f.TimeAdded("welkom", by_s))
    assert abs(desk.state.guide["welkom"].added_s) == 24 * 3600
    section_time(desk.state, desk.state.guide["welkom"], desk.now)


def test_time_added_without_end_can_be_written(session: Session) -> None:
    for _ in range(2):
        session.do(lambda state, now: f.TimeAdded("welkom", MOST))
    assert verify(session.store.path).is_whole


@pytest.mark.parametrize("most", [MOST, -MOST])
def test_clocks_that_moved_without_end_can_be_written(session: Session, most: int) -> None:
    for _ in range(2):
        session.do(lambda state, now: f.WallClockMoved(most))
        session.do(lambda state, now: f.ComputerSlept(most))
    assert verify(session.store.path).is_whole


def test_a_number_that_no_column_holds_is_no_fact() -> None:
    assert decode("time_added", '{"item":"welkom","by_s":9223372036854775808}') is None
    assert decode("time_added", '{"item":"welkom","by_s":9223372036854775807}') is not None


def test_the_text_of_an_automatic_cue_is_never_a_template() -> None:
    desk = Desk()
    event = desk.happen(f.CueSent("{value.__class__} {value:99999999}", automatic=True, value="15"))
    assert str(sentence(desk.state, event)) == "Cue: 15 minutes left"


def test_what_the_file_cannot_hold_is_refused_and_stops_nothing(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put: Callable[..., None] = tables.put

    def overflows(execute: Callable[..., object], rows: tuple[Row, ...], *gone_and_before: object) -> None:
        put(execute, rows, *gone_and_before)
        if any(isinstance(row, NoteRow) and row.text == "te groot" for row in rows):
            execute("select ?", (2**63,))

    monkeypatch.setattr("kring.store.tables.put", overflows)
    with pytest.raises(Refused, match="cannot hold"):
        act(session, "note te groot")
    assert waiting_act(session, "note past") is not None
    assert texts(session) == ["past"]
    assert verify(tmp_path / "session.db").is_whole
