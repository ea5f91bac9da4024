"""The report says what became of all that was written down word for word, and who consented to what; sums add up."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from acting import act
from exports.full_session import material_of
from kring.domain.rows import StaffRow
from kring.privacy.quoting import withheld
from kring.privacy.redaction import redaction
from kring.privacy.replaced import Doubt, Replaced
from kring.report.content import report_of
from kring.report.parts import Figure, Listing, Paragraph, Section, Table, leaves
from kring.session.session import Session
from kring.system.clock import SimulatedClock


def consent_of(session: Session, **more: object) -> Section:
    state = session.state
    material = replace(material_of(redaction(state, with_names=False).state), withheld=withheld(state), **more)
    return next(one for one in report_of(material).sections if one.id == "consent")


@pytest.fixture
def quoted(session: Session, clock: SimulatedClock) -> Session:
    act(session, "consent 1,2 yes", "consent 3 no quoting", "attend all present", "start anyway", "go 2.1")
    clock.advance(10_000)
    act(session, 'note "mag" @1', 'note "mag ook" @2', 'note "half …" @2', 'note "weigert" @3', 'note "onbekend" @4')
    return session


def test_what_is_told_and_what_is_left_out_is_all_there_was(quoted: Session) -> None:
    section = consent_of(quoted)
    (lines,) = (block.items for block in leaves([section]) if isinstance(block, Listing))
    assert lines == (
        "quotes in this report: 2",
        "only the first words noted, to be completed: 1",
        "left out, from people who do not want to be quoted: 1",
        "left out, from people of whom it is not known whether they may be quoted: 1",
    )
    (whole,) = (block.strong for block in leaves([section]) if isinstance(block, Paragraph) and block.strong)
    numbers = [int(number) for line in lines for number in re.findall(r"\d+$", line)]
    assert whole == f"{sum(numbers)} things were written down word for word."
    assert any(isinstance(block, Figure) for block in leaves([section]))


def test_who_said_the_same_stands_together_and_who_said_nothing_is_unknown(quoted: Session) -> None:
    table = next(block for block in leaves([consent_of(quoted)]) if isinstance(block, Table))
    quoting = [column.title for column in table.columns].index("quoting")
    assert [(row[0], row[quoting]) for row in table.rows] == [
        ("P1, P2", "yes"), ("P3", "no"), ("P4, P5, P6, P7, P8", "unknown"),
    ]  # fmt: skip


def test_observers_and_who_did_not_agree_to_any_are_named_together(quoted: Session) -> None:
    act(quoted, "consent 2 no observers")
    watching = StaffRow(id="observer/Ria", name="Ria", role="observer", joined_at=quoted.now())
    for rows, is_told in (([], False), ([watching], True)):
        section = report_of(material_of(quoted.state.put(rows))).sections
        told = [block.text for block in leaves(section) if isinstance(block, Paragraph)]
        line = "1 observer opened the session; no consent to observers is given by P2."
        assert (line in told) is is_told


def test_how_often_a_code_stands_for_a_name_is_told_and_never_which(quoted: Session) -> None:
    found = Replaced((("P1", 2), ("P3", 1)), 0, (Doubt("bakker", "P1", True, ("notes/n1",), ("bij de [bakker]",)),))
    told = [block.text for block in leaves([consent_of(quoted, replaced=found)]) if isinstance(block, Paragraph)]
    (line,) = (text for text in told if "replaces a name" in text)
    assert "3 times" in line
    assert "In 1 place it is not certain" in line
    assert "bakker" not in line
