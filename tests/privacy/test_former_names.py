"""What somebody was called before stands in notes as it was typed: it leaves no session with codes either."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from conftest import make_plan
from exports.full_session import moment
from exports.unpacked import texts_of
from kring.cli import main
from kring.domain import facts as f
from kring.domain.plan import Plan
from kring.domain.rows import ImportNameRow
from kring.domain.state import State
from kring.exports.formats import FORMATS
from kring.privacy.former_names import FormerNames, former_names
from kring.privacy.known_names import known_names, staff_labels
from kring.privacy.redaction import redaction
from kring.privacy.snapshot import opened, read
from kring.session.session import Session
from kring.study.finding.reading import SessionFile

BEFORE = ("wendelmoet", "aldegonde", "cunera", "brechtje")
TYPED = (
    "consent all yes",
    "start anyway",
    "go 2.2",
    "floor 7",
    'note "Wendelmoet vindt het gedoe" @7 #wendelmoet',
    "note ~ volgens wendelmoets zus, en Cunera, is het duur @3",
    "issue Wendelmoet hoort iedereen dubbel",
    "cue vraag Aldegonde door",
    "note ( zei Brechtje van de opdrachtgever",
    "rename 7 Xanthippe",
    "end",
)


@pytest.fixture
def plan() -> Plan:
    """A plan whose moderator and two of its people have other names afterwards."""
    plan = make_plan()
    names = {7: "Wendelmoet Aldegonde", 6: "Cunera"}
    people = [replace(one, name=names.get(one.seat, one.name)) for one in plan.participants]
    return replace(plan, participants=tuple(people), moderator="Brechtje Ooms")


@pytest.fixture
def renamed(session: Session, plan: Plan) -> Session:
    """A session in which one was renamed, and the plan was read again with another name of a second and of the team."""
    for line in TYPED[:-1]:
        act(session, line)
    person = next(one for one in session.state.participants.values() if one.seat == 6)
    session.do(
        lambda _state, _now: (
            f.PlanRead(replace(plan, participants=(), moderator="Els"), again=True),
            f.ParticipantListed(code=person.id, name="Liduina", seat=person.seat),
        )
    )
    for line in TYPED[-1:]:
        act(session, line)
    return session


def found(text: str) -> list[str]:
    return [word for word in BEFORE if word in text.casefold()]


@pytest.mark.parametrize("name", FORMATS)
def test_no_export_with_codes_has_it(name: str, renamed: Session, tmp_path: Path) -> None:
    file = renamed.store.path
    renamed.close()
    folder = tmp_path / "out"
    folder.mkdir()
    assert main.main(["export", str(file), "--to", name, "-o", str(folder)]) == 0
    assert found(texts_of(next(folder.iterdir()).read_bytes())) == []


@pytest.mark.parametrize("command", ["report", "topline", "coreq", "timeline"])
def test_no_command_with_codes_prints_it(command: str, renamed: Session, tmp_path: Path) -> None:
    file, out = renamed.store.path, tmp_path / "out.md"
    renamed.close()
    more = ["--codes", "--all"] if command == "timeline" else ["-o", str(out)]
    with redirect_stdout(io.StringIO()) as printed, redirect_stderr(io.StringIO()):
        assert main.main([command, str(file), *more]) == 0
    assert found(printed.getvalue() + (out.read_text("utf-8") if out.exists() else "")) == []


def test_a_study_finds_no_such_name(renamed: Session) -> None:
    file = renamed.store.path
    renamed.close()
    with SessionFile(file) as one:
        reading = one.read()
        texts = [passage.told(reading.telling.text) for passage in reading.passages]
    assert texts
    assert found(str(texts)) == []


def test_a_file_that_begins_at_a_milestone_knows_the_same(renamed: Session) -> None:
    file = renamed.store.path
    expected = former_names(renamed.history)
    renamed.close()
    assert ("Wendelmoet Aldegonde", "P7") in expected.earlier
    assert expected.team == (("Brechtje Ooms", "moderator"),)
    assert {*opened(file, with_events=False).former.earlier} == {*opened(file).former.earlier} == {*expected.earlier}


def test_with_names_a_text_stays_as_it_was_typed(renamed: Session) -> None:
    file = renamed.store.path
    renamed.close()
    assert any("Wendelmoet" in note.text for note in read(file, with_names=True).state.notes.values())


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Jan hoort niets", "P3/P4 hoort niets"),  # of which Jan that was typed nobody knows
        ("Jan Mulder hoort niets", "P4 hoort niets"),
        ("Piet hoort niets", "P4 hoort niets"),
        ("Anna zwaait", "P1 zwaait"),  # given to P2 by mistake, and put right
        ("Els leidt, Oda leidde", "M leidt, M leidde"),
    ],
)
def test_whose_a_name_is(said: str, told: str, session: Session) -> None:
    names = {"P1": "Anna", "P2": "Bea", "P3": "Jan de Vries", "P4": "Piet Mulder"}
    before = FormerNames(earlier=(("Jan Mulder", "P4"), ("Anna", "P2")), team=(("Oda Bloem", "moderator"),))
    state = session.state
    people = [replace(state.participants[code], name=name) for code, name in names.items()]
    state = state.put([*people, replace(state.session, moderator="Els")])
    assert known_names(state, before).hidden(said) == told


def test_with_names_what_somebody_was_called_who_was_removed_stays_in(session: Session) -> None:
    act(session, 'note ~ "Wendelmoet en Xanthippe"')
    gone = replace(session.state.participants["P7"], name="Xanthippe", removed_at=moment(60))
    before = FormerNames(earlier=(("Wendelmoet", "P7"),))
    state: State = redaction(session.state.put([gone]), True, (), before).state
    assert found(str([*state.notes.values()])) == []


def test_a_participant_who_leads_a_room_has_the_code(session: Session) -> None:
    for line in ("start anyway", "room 1 2,3", "room 1 lead Fatima", "room 2 4,5", "room 2 lead Oda Bloem"):
        act(session, line)
    assert "Fatima" not in staff_labels(session.state)
    leaders = [room.leader for room in redaction(session.state, False).state.rooms.values()]
    assert leaders == ["P3", staff_labels(session.state)["Oda Bloem"]]
    assert [room.leader for room in redaction(session.state, True).state.rooms.values()] == ["Fatima", "Oda Bloem"]


def test_who_withdraws_no_longer_leads_a_room(session: Session) -> None:
    for line in ("start anyway", "room 1 2,3", "room 1 lead Fatima", "consent 3 no"):
        act(session, line)
    assert [room.leader for room in session.state.rooms.values()] == [""]
    act(session, "undo")
    assert [room.leader for room in session.state.rooms.values()] == ["Fatima"]


@pytest.mark.parametrize(
    ("label", "who", "said", "told"),
    [
        ("Wendelmoet Kroon (Jansen BV)", "left_out", "zei Wendelmoet Kroon", "zei …"),
        ("Liesbeth de Leidster", "moderator", "zei Liesbeth", "zei M"),
        ("Oda | Blik", "team", "zei Oda", "zei …"),
        ("iPhone", "unknown", "op mijn iPhone", "op mijn iPhone"),
        ("Joke's iPad", "unknown", "de iPad van Joke", "de iPad van …"),
        ("Otter.ai", "left_out", "een otter zwemt", "een otter zwemt"),
        ("Spreker 2", "unknown", "zei Spreker 2", "zei …"),
    ],
)
def test_names_in_files_stay_in_but_a_device_is_none(
    label: str, who: str, said: str, told: str, session: Session
) -> None:
    row = ImportNameRow(id="i/1", import_id="i", label=label, who=who)  # type: ignore[arg-type]
    assert known_names(session.state.put([row])).hidden(said) == told


def test_a_decision_about_signs_alone_hides_nothing_and_stops_nothing(session: Session) -> None:
    act(session, "consent all yes")
    act(session, "note dat is {duur}")
    session.do(lambda _state, _now: f.NameRuled("{", "name", "P3"))
    (note,) = redaction(session.state, with_names=False).state.notes.values()
    assert note.text == "dat is {duur}"
