"""How the talk was led stands on the timeline: in the review, in the view of the file, in the report."""

from __future__ import annotations

from pathlib import Path

from domain.desk import Desk
from kring.domain import facts as f
from kring.plans.plan_reader import read_plan
from kring.privacy.redaction import redaction
from kring.privacy.snapshot import Snapshot
from kring.report.course import timeline as of_report
from kring.report.parts import Timeline
from kring.review.entries import timeline
from kring.store.derived import in_memory

PLAN = """---
title: t
---
# Ervaringen (30 min)
1. Wat gebeurde er? {key}
   - en toen
   @yield een moment; een reden
# Participants
| code | name |
| P1 | Anna |
"""


def led() -> Desk:
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    desk.read(read_plan(PLAN))
    desk.happen(f.SessionStarted())
    for line in ("go 1.1", "probe 1", "invite 1", "yield 2", "say talker"):
        desk.type(line)
        desk.wait(10)
    return desk


def test_the_review_has_what_was_done_to_lead() -> None:
    found = [(entry.text, entry.speaker) for entry in timeline(led().state) if entry.kind == "leading"]
    assert found[:3] == [("en toen", ""), ("", "P1"), ("een reden", "")]
    assert found[3][0].startswith("Thank you")


def test_the_view_of_the_file_has_it_in_order() -> None:
    reader = in_memory(led().state)
    rows = reader.execute(
        "select what, participant, question, text from timeline "
        "where what in ('probe', 'invitation', 'yield', 'sentence') order by at"
    ).fetchall()
    assert rows[:3] == [
        ("probe", None, "1.1", "en toen"),
        ("invitation", "P1", "1.1", None),
        ("yield", None, "1.1", "een reden"),
    ]
    assert [row[0] for row in rows[3:]] == ["sentence"]


def test_the_report_has_it_without_the_sentences_that_only_the_moderator_saw() -> None:
    desk = led()
    snapshot = Snapshot(Path("sessie.db"), redaction(desk.state, with_names=False).state, desk.now, False, "en")
    section = of_report(snapshot)
    assert section is not None
    entries = next(block for block in section.blocks if isinstance(block, Timeline)).entries
    told = [entry.text for entry in entries if entry.kind == "leading"]
    assert told == ["Probe: en toen", "Invited to speak: P1", "Heard: een reden"]
