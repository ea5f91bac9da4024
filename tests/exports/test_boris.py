"""BORIS: every state event has its end, and everything in it is declared.

BORIS brings half a desktop along, so that its own checks (`check_state_events_obs`) are told over here; where it is
installed, the proofs ask BORIS itself.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from domain.any_facts import events as any_events
from exports.full_session import HOSTILE, full_material, material_of, moment, written
from kring.domain import rows as r
from kring.domain.history import History
from kring.domain.measures.sections import item_ms
from kring.domain.measures.talk_time import talk_time
from kring.domain.rows import Moment
from kring.domain.state import EMPTY
from kring.exports import boris
from kring.exports.identity import identities
from kring.privacy.snapshot import Snapshot


def project(snapshot: Snapshot) -> dict[str, Any]:
    """The project as BORIS reads it, after its own checks."""
    told = json.loads(written(boris.write, snapshot))
    assert told["project_format_version"] == "7.0"
    types = {one["code"]: one["type"] for one in told["behaviors_conf"].values()}
    subjects = {one["name"] for one in told["subjects_conf"].values()} | {""}
    assert len(types) == len(told["behaviors_conf"])
    assert {one["category"] for one in told["behaviors_conf"].values()} <= set(told["behavioral_categories"])
    (observation,) = told["observations"].values()
    running: Counter[tuple[str, str]] = Counter()
    before = 0.0
    for at, subject, behaviour, modifier, comment in observation["events"]:
        assert before <= at < 2**31
        before = at
        assert subject in subjects
        assert modifier == ""
        assert isinstance(comment, str)
        if types[behaviour] == "State event":
            running[subject, behaviour] ^= 1
    assert not +running
    return told


def events_of(told: dict[str, Any], behaviour: str, subject: str) -> list[tuple[float, str]]:
    (observation,) = told["observations"].values()
    return [
        (at, comment) for at, who, what, _m, comment in observation["events"] if (who, what) == (subject, behaviour)
    ]


def test_turns_visits_and_notes_are_events():
    told = project(full_material())
    assert events_of(told, "speaks", "P1") == [(10, "“het is gedoe”"), (40, "")]  # what overlaps is one
    assert events_of(told, "speaks", "P2") == [(60, ""), (120, "")]  # an open turn ends with the session
    assert [at for at, _comment in events_of(told, "1.1 Wie bent u?", "")] == [0, 12, 50, 120]
    assert events_of(told, "quote", "P1") == [(15, "“het is gedoe” #app #prijs")]
    assert events_of(told, "own remark", "") == [(0, "het is gedoe 2 #app")]


def test_names_hold_no_sign_at_which_boris_splits():
    told = project(full_material("a|b, (c) `d`~", name="Jo (de|Vries)", with_names=True))
    names = [one["name"] for one in told["subjects_conf"].values()]
    assert "Jo de Vries" in names
    assert not any(
        set("(|),`~") & set(name) for name in (*names, *(c["code"] for c in told["behaviors_conf"].values()))
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str):
    project(full_material(text, name=text[:100], with_names=True))


def test_a_session_in_which_nothing_happened_is_a_project_too():
    (observation,) = project(material_of(EMPTY))["observations"].values()
    assert observation["events"] == []


def test_the_guide_takes_as_long_as_in_every_figure():
    state = full_material().state
    pauses = [
        r.PauseRow(id="p1", started_at=moment(20), ended_at=moment(26)),
        r.PauseRow(id="p2", started_at=moment(60), ended_at=moment(75)),
    ]
    rooms = r.GuideRow(id="rooms", kind="breakout", title="Subgroepen", parent="ervaring", position=98)
    visit = r.VisitRow(id="v4", item="rooms", started_at=moment(100), ended_at=moment(110))
    snapshot = material_of(state.put([*pauses, rooms, visit]))
    told = project(snapshot)
    for name, item in (("2.1 Vertel eens over de laatste keer", "laatste"), ("1.1 Wie bent u?", "wie")):
        moments = [at for at, _comment in events_of(told, name, "")]
        lasted = sum(end - begin for begin, end in zip(moments[::2], moments[1::2], strict=True))
        assert lasted * 1000 == item_ms(snapshot.state, item, snapshot.now)
    assert [at for at, _comment in events_of(told, "Subgroepen", "")] == [100, 110]


def test_the_sessions_of_a_study_are_observations_of_one_project():
    one = full_material()
    other = replace(one, state=one.state.put([replace(one.state.session, group_number="2")]))
    told = boris.project([one, other])
    assert len(told["observations"]) == 2
    assert {each["events"][0][0] for each in told["observations"].values()} == {0}
    subjects = {row["name"] for row in told["subjects_conf"].values()}
    assert {"P1 group 2"} < subjects
    names = [row["code"] for row in told["behaviors_conf"].values()]
    assert names.count("speaks") == 1
    assert len(names) == len(set(names))
    used = {event[1] for each in told["observations"].values() for event in each["events"]} - {""}
    assert used < subjects


@settings(max_examples=25)
@given(any_events())
def test_any_history_gives_paired_events(events):
    history = History()
    history.accept(history.change(events))
    project(material_of(history.state))


def test_a_turn_within_another_of_the_same_person_takes_nothing_away():
    state = full_material().state
    whole, part = (turn for turn in state.turns.values() if turn.participant == "P1")
    begin = int(whole.started_at)
    longer = replace(whole, ended_at=Moment(begin + 110_000))
    inside = replace(part, started_at=Moment(begin + 30_000), ended_at=Moment(begin + 60_000))
    told = project(material_of(state.put([longer, inside])))
    assert [at for at, _comment in events_of(told, "speaks", "P1")] == [10, 120]


@pytest.mark.parametrize(("title", "name"), [("Brood - group 2", "Brood - group 2"), ("Brood", "Brood group 2")])
def test_an_observation_says_its_group_once(title, name):
    state = full_material().state
    snapshots = []
    for number in ("1", "2"):
        told = replace(state.session, title=title.replace("2", number), study="Brood", group_number=number)
        snapshots.append(material_of(state.put([told])))
    assert list(boris.project(snapshots)["observations"])[1] == name


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("boris") is None, reason="BORIS (boris-behav-obs) is not installed")
def test_boris_itself_finds_nothing_amiss_and_the_same_times(tmp_path):
    state = full_material().state
    pause = r.PauseRow(id="p1", started_at=moment(20), ended_at=moment(26))
    turns = [replace(turn, removed_at=moment(900)) for turn in state.turns.values() if turn.participant == "P2"]
    groups = [state.put([pause]), state.put([replace(state.session, group_number="2"), *turns])]
    snapshots = [material_of(one) for one in groups]
    file = tmp_path / "study.boris"
    file.write_bytes(msgspec.json.encode(boris.project(snapshots)))
    asked = [sys.executable, Path(__file__).with_name("boris_itself.py"), file]
    answer = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=120).stdout
    told = json.loads(answer.splitlines()[-1])
    assert told["complaints"] == ["", ""]
    assert not told["changed"]
    first = identities(snapshots)[0].group
    for snapshot, group, budget in zip(snapshots, (first, "group 2"), told["budgets"].values(), strict=True):
        lasted = {(who, what): 0 if seconds == "NA" else seconds for who, what, seconds in budget}
        spoken = talk_time(snapshot.state, snapshot.now)
        for participant in ("P1", "P2"):
            theirs = spoken[participant].spoken_ms if participant in spoken else 0
            assert lasted.get((f"{participant} {group}", "speaks"), 0) * 1000 == pytest.approx(theirs)
        for name, item in (("2.1 Vertel eens over de laatste keer", "laatste"), ("1.1 Wie bent u?", "wie")):
            shown = lasted["No focal subject", name] * 1000
            assert shown == pytest.approx(item_ms(snapshot.state, item, snapshot.now))
