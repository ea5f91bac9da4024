"""Segments beside each other: people are counted and drawn, also who said nothing; no finding is written."""

from __future__ import annotations

from msgspec.structs import replace

from acting import act
from exports.full_session import material_of
from kring.domain.state import State
from kring.report import people
from kring.report.content import report_of
from kring.report.markdown import text
from kring.report.parts import Grid, Paragraph, Report, leaves
from kring.session.session import Session
from kring.system.clock import SimulatedClock

SEGMENTS = {"P1": "nieuw", "P2": "nieuw", "P3": "trouw", "P4": "trouw", "P5": "trouw"}


def with_segments(state: State, segments: dict[str, str] = SEGMENTS) -> State:
    return state.put([replace(row, segment=segments.get(code, "")) for code, row in state.participants.items()])


def talked(session: Session, clock: SimulatedClock) -> State:
    everybody = "consent all yes except 3", "attend 1,2,3,4,5,6 present", "start anyway", "go 2.1", "floor 1"
    act(session, *everybody)
    clock.advance(30_000)
    act(session, "note ~ duur #prijs @1", "note ~ erg duur #prijs @2", "note ~ gemak #app @3", "note ~ gemak #app @4")
    act(session, "note ~ gemak #app @2", 'note * "van wie weigert" @3', 'note "eigen woorden" @1', "end")
    return with_segments(session.state)


def grid_of(state: State) -> Grid:
    return next(block for block in leaves(report_of(material_of(state)).sections) if isinstance(block, Grid))


def test_who_did_not_say_it_stays_in_sight_and_no_share_is_told(session: Session, clock: SimulatedClock) -> None:
    grid = grid_of(talked(session, clock))
    assert [(head.name, many) for head, many in grid.heads] == [
        ("nieuw", "2 people"), ("trouw", "3 people"), ("unknown", "1 person"),
    ]  # fmt: skip
    rows = {row.label: row.cells for row in grid.rows}
    assert [cell.text for cell in rows["app"]] == ["1 of 2", "2 of 3", "0 of 1"]
    assert [(each.name, each.is_marked) for each in rows["app"][1].people] == [
        ("P3", True), ("P4", True), ("P5", False),
    ]  # fmt: skip
    assert [cell.quote for cell in rows["In their own words"]] == ["eigen woorden", "", ""]
    assert [cell.text for cell in rows["Was there, not heard"]] == [
        "P2 at 2.1", "P3 at 2.1\nP4 at 2.1\nP5 at 2.1", "P6 at 2.1",
    ]  # fmt: skip
    section = next(one for one in report_of(material_of(with_segments(session.state))).sections if one.id == "segments")
    assert "%" not in text(Report("en", "", "", (section,), ""))


def test_a_difference_is_told_where_one_has_all_and_another_nobody(session: Session, clock: SimulatedClock) -> None:
    found = leaves(report_of(material_of(talked(session, clock))).sections)
    told = [block.strong for block in found if isinstance(block, Paragraph) and block.strong]
    assert "Largest difference: prijs (nieuw 2 of 2, trouw 0 of 3)." in told


def test_one_segment_is_nothing_to_compare_and_has_one_colour(session: Session, clock: SimulatedClock) -> None:
    state = with_segments(talked(session, clock), dict.fromkeys(SEGMENTS, "nieuw"))
    material = material_of(state)
    assert "segments" not in [one.id for one in report_of(material).sections]
    assert people.legend(material) == ()
    assert {people.person(material, code).look for code in state.participants} == {"g1"}


def test_a_fifth_segment_gets_no_hue_of_its_own(session: Session, clock: SimulatedClock) -> None:
    state = with_segments(talked(session, clock), {f"P{n}": f"groep {n}" for n in range(1, 7)})
    looks = [group.look for group in people.groups(material_of(state))]
    assert looks == ["g1", "g2", "g3", "g4", "g5", "g5"]
