"""Consent that is given, refused and taken back in the session, and the gate that reads it."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.commands import marks
from kring.domain import facts as f
from kring.domain.consent import against_recording, answers, in_words, may_be_quoted
from kring.domain.decide.session import GatesOpen, open_gates
from kring.domain.history import fold
from kring.domain.sentences import told
from kring.domain.state import EMPTY
from kring.domain.text import Refused
from kring.plans.plan_reader import read_plan
from kring.system.i18n import say

PLAN = """\
# Talk (30 min)
1. Who are you?

# Participants
| code | name   | consent              |
| P1   | An     | yes                  |
| P2   | Bo     | no                   |
| P3   | Cas    |                      |
| P4   | Dre    | all, except quoting  |
| P5   | Eef    | audio, quoting       |

# Checklist
## At the start !
- [ ] everybody's consent is on paper
"""


@pytest.fixture
def desk() -> Desk:
    return at_the_door(PLAN)


def at_the_door(plan: str) -> Desk:
    """A session of this plan that has not started."""
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    desk.read(read_plan(plan))
    return desk


def consents(desk: Desk) -> dict[str, str]:
    return {
        code: say(in_words({row.scope: row.given for row in desk.state.consents.values() if row.participant == code}))
        for code in desk.state.participants
    }


def quotable(desk: Desk) -> set[str]:
    return {code for code in desk.state.participants if may_be_quoted(desk.state, code)}


def test_a_list_says_who_may_be_quoted_and_silence_is_no(desk: Desk) -> None:
    assert consents(desk) == {
        "P1": "everything",
        "P2": "nothing",
        "P3": "not known",
        "P4": "everything but quoting",
        "P5": "only audio, quoting",
    }
    assert quotable(desk) == {"P1", "P5"}


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("consent 3 yes", {"P3": "everything"}),
        ("toestemming Cas ja", {"P3": "everything"}),
        ("consent P3 quoting", {"P3": "quoting"}),
        ("consent 3 not quoting", {"P3": "not quoting"}),
        ("consent 1 not quoting", {"P1": "everything but quoting"}),
        ("consent 1 no", {"P1": "nothing"}),
        ("consent 4 yes", {"P4": "everything"}),
        ("consent 5 no", {"P5": "nothing"}),
        ("consent 5 video", {"P5": "only audio, quoting, video"}),
        ("consent 2, 3 yes", {"P2": "everything", "P3": "everything"}),
        ("consent 2 en Cas ja", {"P2": "everything", "P3": "everything"}),
        ("consent all yes except 2, 3", {"P4": "everything", "P5": "everything"}),
        ("toestemming iedereen behalve 2 en 3 ja", {"P4": "everything", "P5": "everything"}),
        (
            "consent everybody yes, except quoting",
            dict.fromkeys(("P1", "P2", "P3", "P5"), "everything but quoting"),
        ),
        ("consent all but Bo no", dict.fromkeys(("P1", "P3", "P4", "P5"), "nothing")),
    ],
)
def test_consent_is_said_of_one_of_some_and_of_all_but_some(desk: Desk, line: str, changed: dict[str, str]) -> None:
    before = consents(desk)
    desk.type(line)
    assert consents(desk) == before | changed


@pytest.mark.parametrize(
    "line",
    [
        "consent 3 only if it stays inside",
        "consent 3 rather not",
        "consent 3",
        "consent all except 2",
        "consent 9 yes",
        "consent all but 9 yes",
        "consent 1 yes",
    ],
)
def test_what_is_not_certain_or_is_so_already_changes_nothing(desk: Desk, line: str) -> None:
    before = desk.state
    with pytest.raises(Refused):
        desk.type(line)
    assert desk.state is before


def test_it_is_kept_how_and_to_whom_it_was_given(desk: Desk) -> None:
    desk.type("consent 3 yes (aloud, on the recording)")
    (row,) = (row for row in desk.state.consents.values() if row.participant == "P3")
    assert (row.scope, row.given, row.how) == ("all", True, "aloud, on the recording")
    assert (row.source, row.noted_by) == ("session", "Bo")
    assert desk.state.consents["P1/all"].source == "plan"


def test_a_plan_read_again_leaves_what_was_said_since_and_takes_what_it_says_anew(desk: Desk) -> None:
    desk.type("consent 2, 3 yes")
    desk.type("consent 1 no")
    desk.read(read_plan(PLAN))
    assert quotable(desk) == {"P2", "P3", "P5"}
    desk.read(read_plan(PLAN.replace("| P1   | An     | yes  ", "| P1   | An     | quoting  ")))
    assert quotable(desk) == {"P1", "P2", "P3", "P5"}


def test_the_gate_reads_the_list_and_names_who_is_missing(desk: Desk) -> None:
    (gate,) = open_gates(desk.state)
    with pytest.raises(Refused, match="Bo, Cas"):
        desk.type(f"tick {gate.id}")
    with pytest.raises(GatesOpen, match="Bo, Cas"):
        desk.type("start")
    desk.type("consent 3 quoting")
    assert open_gates(desk.state)
    desk.type("attend 2 left")
    assert not open_gates(desk.state)
    desk.type("add Noor")
    assert open_gates(desk.state), "who walks in has not consented"
    desk.type("consent noor yes")
    assert not open_gates(desk.state)
    with pytest.raises(Refused, match="everybody there consented"):
        desk.type(f"untick {gate.id}")
    assert marks.standing(desk.state) == [], "nor is it offered to be taken back"
    desk.type("consent 1 no")
    assert open_gates(desk.state), "taken back"
    desk.type("start anyway")
    assert desk.state.session.phase == "live"


def test_without_a_list_the_gate_is_ticked_by_hand() -> None:
    desk = at_the_door(PLAN[: PLAN.index("# Participants")] + PLAN[PLAN.index("# Checklist") :])
    desk.type("tick 1")
    assert not open_gates(desk.state)
    assert len(marks.standing(desk.state)) == 1
    desk.type("untick 1")
    assert open_gates(desk.state)


def test_a_recording_without_everybody_s_consent_to_audio_says_of_whom(desk: Desk) -> None:
    assert [person.id for person in against_recording(desk.state)] == ["P2", "P3"]
    event = desk.type("recording on")
    (row,) = desk.state.recordings.values()
    assert row.without_consent == ("P2", "P3")
    assert say(told(desk.state, event, desk.history.event)) == "Recording runs; without consent to audio: Bo, Cas"
    desk.type("recording off")
    desk.type("consent 3 audio")
    desk.type("attend 2 left")
    desk.type("recording on")
    assert list(desk.state.recordings.values())[-1].without_consent == ()


def test_where_nobody_s_consent_is_known_a_recording_asks_for_none() -> None:
    desk = at_the_door(PLAN.replace("| consent ", "| remark  "))
    assert not against_recording(desk.state)


@pytest.mark.parametrize(
    ("line", "scope", "said"),
    [
        ("consent 3 yes", "audio", "4 of 5: Bo said no"),
        ("consent 3 not quoting", "audio", "3 of 5: Bo said no; Cas: no answer yet"),
        ("consent 2, 3 audio", "audio", "5 of 5"),
        ("consent 2 yes", "taking_part", "4 of 5: Cas: no answer yet"),
        ("attend 2 no-show", "taking_part", "3 of 4: Cas: no answer yet"),
    ],
)
def test_the_gates_count_the_list(desk: Desk, line: str, scope: str, said: str) -> None:
    desk.type(line)
    assert say(answers(desk.state, scope).in_words()) == said


def test_acts_that_are_read_all_at_once_say_the_same_of_consent_as_one_by_one(desk: Desk) -> None:
    for line in ("consent 1, 2 yes", "recording", "consent 3 yes", "recording off", "consent 1 no", "attend 2 left"):
        desk.type(line)
    desk.type("recording")
    recorded = fold(EMPTY, desk.history.events).recordings
    assert [row.without_consent for row in recorded.values()] == [("P3",), ("P1",)]
    assert recorded == desk.state.recordings
