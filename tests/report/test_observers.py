"""What observers asked stands in the report for the team, with letters for names where codes are wanted."""

from __future__ import annotations

import pytest

from acting import act
from kring.domain.decide import decision
from kring.domain.decide.group import observers
from kring.privacy.snapshot import read
from kring.report.content import Reader, report_of
from kring.report.markdown import text
from kring.session.session import Me, Session


@pytest.mark.parametrize(
    ("reader", "with_names", "row"),
    [
        ("team", True, "| Weet Joost dat? | Petra | 2.1 Vertel eens over de laatste keer | declined | komt later |"),
        ("team", False, "| Weet P1 dat? | O | 2.1 Vertel eens over de laatste keer | declined | komt later |"),
        ("client", True, ""),
    ],
)
def test_what_observers_asked_is_for_the_team(session: Session, reader: Reader, with_names: bool, row: str) -> None:
    act(session, "attend all present", "start anyway", "go 2.1", "floor 1")
    session.do_as(Me("Petra", "observer", "third"), decision(observers.ask, "q1", "Weet Joost dat?"))
    act(session, "decline 1 komt later", "end")
    told = text(report_of(read(session.store.path, with_names), reader))
    assert row in told
    assert ("Weet" in told) == bool(row)
