"""What a session keeps of the study that lies beside its plan."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest

from acting import act
from conftest import START_MS
from kring.domain.decide import decision
from kring.domain.decide.plan import read
from kring.plans.file import read_plan_file
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.study.summaries import read_summary
from kring.system.clock import SimulatedClock

STUDY = """---
titel: Sparen
opdrachtgever: Kruidhof
onderzoeksvraag: Waarom?
---
# Doelgroep
- herzien: 2026-11-01
# Klantgroepen
| klantgroep | definitie | vanaf |
| trouw | ≥ 6 inwisselingen | 2026-01-01 |
| trouw | ≥ 4 inwisselingen | 2026-12-05 |
| slapend | zegt het zelf | |
# Persona's
## Ans
- klantgroep: trouw
- doelen: punten houden
- hobby: tuin
## Bram
## Coba
"""
PLAN = """---
titel: Groep 1
{more}
---
# Kern (9 min)
1. Wat? {{sleutel}}
# Deelnemers
| code | naam | klantgroep | inwisselingen | persona |
| P1 | Fatima | | 7 | Ans |
| P2 | Kees | slapend | 9 | Piet |
| P3 | Noor | | 2 | |
| P4 | Bo | | 5 | |
"""


def plan_in(folder: Path, more: str = "start: 2026-12-03 19:30", study: str = STUDY) -> Path:
    (folder / "study.md").write_text(study)
    file = folder / "groep.md"
    file.write_text(PLAN.format(more=more))
    return file


def begun(file: Path, clock: SimulatedClock | None = None) -> Session:
    clock, me = clock or SimulatedClock(START_MS), Me("Bo", "moderator", "device")
    plan = read_plan_file(file).plan
    return sessions.begin(file.with_suffix(".db"), plan, clock, me, random.Random(1).randbytes, ("UTC", 0))


def held(session: Session) -> dict[str, str]:
    return {row.segment: row.definition for row in session.state.segment_definitions.values() if row.holds}


def test_a_plan_takes_what_the_study_beside_it_says(tmp_path: Path) -> None:
    plan = read_plan_file(plan_in(tmp_path)).plan
    assert (plan.study, plan.client) == ("Sparen", "Kruidhof")
    assert [(one.code, one.segment) for one in plan.participants] == [
        ("P1", "trouw"), ("P2", "slapend"), ("P3", ""), ("P4", ""),
    ]  # fmt: skip
    assert [(warning.line, str(warning.sentence).split(",")[0]) for warning in plan.warnings] == [
        (10, "P2 is in slapend on the list"),
        (10, "P2 stands beside the persona Piet"),
    ]
    later = read_plan_file(plan_in(tmp_path, "start: 2026-12-06 19:30")).plan
    assert later.participants[3].segment == "trouw"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("onderzoek: Iets anders", "The plan names the study Iets anders"),
        ("klantgroep: weg", "The study has no segment weg."),
        ("persona: Ans, Dirk", "The study has no persona Dirk."),
    ],
)
def test_a_plan_that_names_what_the_study_does_not_know_is_told(tmp_path: Path, more: str, said: str) -> None:
    found = [str(warning.sentence) for warning in read_plan_file(plan_in(tmp_path, more)).plan.warnings]
    assert any(one.startswith(said) for one in found)


def test_a_plan_of_another_study_takes_nothing(tmp_path: Path) -> None:
    plan = read_plan_file(plan_in(tmp_path, "onderzoek: Iets anders")).plan
    assert (plan.study, plan.definitions, plan.personas) == ("Iets anders", (), ())
    assert plan.participants[0].segment == ""


def test_the_segment_and_the_audience_of_a_plan_are_used(tmp_path: Path) -> None:
    file = plan_in(tmp_path, "klantgroep: slapend\ndoelgroep: leden\npersona: Ans", "---\ntitel: Sparen\n---\n")
    plan = read_plan_file(file).plan
    assert [one.segment for one in plan.participants] == ["slapend"] * 4
    assert (plan.audience, plan.persona, plan.extra) == ("leden", "Ans", ())
    with closing(begun(file)) as session:
        assert (session.state.session.audience, session.state.session.persona) == ("leden", "Ans")


def test_a_session_keeps_the_definition_of_its_day(tmp_path: Path) -> None:
    file = plan_in(tmp_path)
    clock = SimulatedClock(START_MS - 7 * 86_400_000)
    session = begun(file, clock)
    assert held(session) == {"trouw": "≥ 6 inwisselingen", "slapend": "zegt het zelf"}
    clock.advance(9 * 86_400_000)
    act(session, "start anyway")
    assert held(session) == {"trouw": "≥ 4 inwisselingen", "slapend": "zegt het zelf"}
    changed = plan_in(tmp_path, study=STUDY.replace("≥ 4 inwisselingen", "≥ 5 inwisselingen").replace("## Coba\n", ""))
    session.do(decision(read, session.history, read_plan_file(changed).plan))
    assert held(session)["trouw"] == "≥ 5 inwisselingen"
    assert [row.id for row in session.state.personas.values() if row.removed_at is None] == ["Ans", "Bram"]
    assert session.state.personas["Ans"].others == (("hobby", "tuin"),)
    act(session, "end")
    session.close()
    summary = read_summary(file.with_suffix(".db"))
    assert dict(summary.definitions) == held(session)  # type: ignore[union-attr]


def test_no_persona_is_a_participant(tmp_path: Path) -> None:
    with closing(begun(plan_in(tmp_path))) as session:
        assert sorted(session.state.participants) == ["P1", "P2", "P3", "P4"]
