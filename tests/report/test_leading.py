"""What a report says of how the talk was led: yields, probes and the minute after each, invitations."""

from __future__ import annotations

from pathlib import Path

from conftest import START_MS
from domain.desk import Desk
from kring.domain import facts as f
from kring.plans.plan_reader import read_plan
from kring.privacy.redaction import redaction
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Listing, Paragraph, Section, Table, leaves
from kring.report.questions.chapter import chapter

PLAN = """---
title: t
---
# Ervaringen (30 min)
1. Wat gebeurde er? {key}
   - en toen {detail}
   - wie niet
   @yield een moment van Anna; een reden
# Participants
| code | name |
| P1 | Anna |
| P2 | Piet |
"""


def section_after(*lines: str) -> Section:
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    desk.read(read_plan(PLAN))
    desk.happen(f.SessionStarted())
    for line in ("go 1.1", *lines):
        desk.type(line)
        desk.wait(20)
    snapshot = Snapshot(Path("sessie.db"), redaction(desk.state, with_names=False).state, desk.now, False, "en")
    found = chapter(snapshot)
    assert found is not None
    return found


def told(section: Section) -> str:
    return " ".join(block.text for block in leaves([section]) if isinstance(block, Paragraph))


def table(section: Section, caption: str) -> tuple[tuple[str, ...], ...]:
    return next(block.rows for block in leaves([section]) if isinstance(block, Table) and block.caption == caption)


def test_each_yield_with_whether_and_when_it_was_heard_and_without_a_name() -> None:
    section = section_after("floor 1", "yield 1")
    listed = [block.items for block in leaves([section]) if isinstance(block, Listing)]
    assert listed == [("een moment van P1: heard at 19:30 h", "een reden: not ticked")]


def test_each_probe_with_its_kind_and_the_minute_after_it() -> None:
    section = section_after("floor 1", "probe 1", "probe 0 wie nog?", "floor 2")
    assert START_MS % 60_000 == 0
    assert table(section, "Probes, and the minute after each") == (
        ("19:30", "en toen", "detail", "the plan", "2", "1:00"),
        ("19:31", "wie nog?", "–", "the moderator", "2", "0:40"),
    )
    assert section.parts[0].above.endswith("1 of 2 probes used")


def test_how_many_of_those_invited_spoke_within_the_minute() -> None:
    section = section_after("invite 1", "floor 1", "invite 2")
    assert "Invitations to speak: 2; the person invited spoke within a minute: 1." in told(section)


def test_nothing_is_said_of_what_nobody_logged() -> None:
    section = section_after("floor 1")
    assert "Invitations" not in told(section)
    assert "Probes" not in told(section)
