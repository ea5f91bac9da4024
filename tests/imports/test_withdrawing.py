"""Who withdraws after a file came in takes along what is theirs in it, also what only the file could tell."""

from __future__ import annotations

import pytest

from acting import act
from imports import files
from kring.domain.decide import bringing_in, decision
from kring.domain.state import State
from kring.imports.parsed import Clock, Message, Parsed, Question, Response
from kring.privacy.sealing import Sealing
from kring.privacy.snapshot import read
from kring.session import intake
from kring.session.brought_in import listed
from kring.session.intake_remarks import Wishes
from kring.session.session import Session
from kring.store.rebuild import rebuild
from kring.store.verify import verify
from kring.system.clock import SimulatedClock


@pytest.fixture
def evening(session: Session, clock: SimulatedClock) -> Session:
    act(session, "start anyway", "rename 2 Anna de Wit", "rename 4 Piet Bos", "consent 4 yes")
    clock.advance(60 * 60_000)
    act(session, "end")
    return session


def bring(session: Session, parsed: Parsed) -> intake.Prepared:
    source = files.source(content=repr(parsed).encode())
    prepared = intake.prepare(session, source, parsed, Wishes(take_open=True))
    intake.commit(session, prepared)
    return prepared


def chat(*said: tuple[str, str]) -> Parsed:
    messages = (
        Message(line=line, at_ms=files.at(line), author=who, text=text) for line, (who, text) in enumerate(said, 1)
    )
    return Parsed(format="a-chat", clock=Clock.TIME_OF_DAY, messages=tuple(messages))


def survey(heading: str, answer: str, keys: tuple[tuple[str, str], ...]) -> Parsed:
    asked = Question(name="Q1", heading=heading, kind="open")
    rows = (Response(line=2, values=(answer,), keys=keys), Response(line=3, values=("van een ander",)))
    return Parsed(format="a-survey", clock=Clock.NONE, questions=(asked,), responses=rows)


def answers(state: State) -> list[str]:
    return [row.value for row in state.survey_answers.values() if row.removed_at is None]


@pytest.mark.parametrize(
    ("heading", "answer", "keys"),
    [
        ("Waarom?", "omdat", (("Naam", "A. de Wit"),)),
        ("Waarom?", "omdat", (("Code", "P02"),)),
        ("Waarom?", "omdat", (("E-mail", "anna.dewit@voorbeeld.nl"),)),
        ("Uw naam", "Anna", ()),
        ("Nog iets?", "Anna de Wit", ()),
    ],
)
def test_who_withdraws_takes_the_answers_that_the_file_says_are_theirs(
    evening: Session, heading: str, answer: str, keys: tuple[tuple[str, str], ...]
) -> None:
    bring(evening, survey(heading, answer, keys))
    assert answers(evening.state) == [answer, "van een ander"]
    assert {row.participant for row in evening.state.survey_answers.values()} == {None}  # nobody asked to join them
    act(evening, "consent 2 no")
    assert answers(evening.state) == ["van een ander"]
    act(evening, "consent 2 yes")
    assert answers(evening.state) == [answer, "van een ander"]


def test_what_the_file_told_leaves_in_no_export_with_codes(evening: Session) -> None:
    bring(evening, survey("Waarom?", "omdat", (("Code", "P2"),)))
    evening.close()
    told = read(evening.store.path).state.survey_answers.values()
    assert {row.told_by_file for row in told} == {""}


@pytest.mark.parametrize("label", ["Anna", "iPad van Anna", "Wit (gast)", "Ana de Witt"])
def test_a_name_that_nobody_matched_goes_with_who_may_bear_it(evening: Session, label: str) -> None:
    act(evening, "rename 3 Anna Bakker")  # so that no part of the name is enough
    bring(evening, chat((label, "ik spaar nooit"), ("Onbekende Oom", "ik wel")))
    before = evening.state
    assert label in {row.label for row in before.import_names.values() if row.who == "unknown"}
    act(evening, "consent 2 no")
    kept = [row for row in evening.state.notes.values() if row.removed_at is None]
    assert [(row.label, row.text) for row in kept] == [("Onbekende Oom", "ik wel")]
    assert [row.label for row in evening.state.import_names.values()] == ["Onbekende Oom"]
    assert label not in {getattr(row, "label", "") for row in evening.state.tables["import_names"].values()}
    act(evening, "consent 2 yes")
    assert evening.state.notes == before.notes


QUOTING = [
    '"ik spaar echt nooit" dat herken ik',
    "> ik spaar echt nooit\ndat herken ik",
    "> Anna de Wit:\n> ik spaar echt nooit\ndat herken ik",
    "Anna de Wit 19:31\nik spaar echt nooit\ndat herken ik",
    "▎ik spaar ec…\ndat herken ik",
    "Anna schreef: «ik spaar echt» dat herken ik",
]


@pytest.mark.parametrize("text", QUOTING)
def test_quotes_of_who_withdrew_are_told_nowhere(evening: Session, text: str) -> None:
    said = chat(("Anna de Wit", "ik spaar echt nooit"), ("Piet Bos", text))
    bring(evening, said)
    act(evening, "consent 2 no")
    (note,) = (row for row in evening.state.notes.values() if row.removed_at is None)
    told = Sealing(evening.history).row(note).text
    assert "spaar" not in told
    assert "dat herken ik" in told
    evening.close()
    for with_names in (False, True):
        (note,) = read(evening.store.path, with_names).state.notes.values()
        assert "spaar" not in note.text


def test_quotes_of_who_withdrew_before_never_come_in(evening: Session) -> None:
    act(evening, "consent 2 no")
    bring(evening, chat(("Anna de Wit", "ik spaar echt nooit"), *(("Piet Bos", text) for text in QUOTING)))
    assert "spaar" not in " ".join(event.data for event in evening.history.events)


def test_a_longer_name_in_a_file_is_hidden_when_its_bearer_withdrew(evening: Session) -> None:
    act(evening, "rename 2 Anna")
    bring(evening, chat(("Anna Zandstra (Extern)", "hoi"), ("Piet Bos", "wat zei mevrouw Zandstra?")))
    act(evening, "consent 2 no")
    evening.close()
    for with_names in (False, True):
        (note,) = read(evening.store.path, with_names).state.notes.values()
        assert "Zandstra" not in note.text


def test_a_direct_message_to_who_withdrew_does_not_say_to_whom(evening: Session) -> None:
    one = Message(line=1, at_ms=files.at(1), author="Piet Bos", text="psst", recipient="Anna de Wit", is_private=True)
    parsed = Parsed(format="a-chat", clock=Clock.TIME_OF_DAY, messages=(one,))
    prepared = intake.prepare(evening, files.source(), parsed, Wishes(take_open=True, with_private=True))
    intake.commit(evening, prepared)
    act(evening, "consent 2 no")
    assert {row.private_to for row in evening.state.notes.values()} == {""}


def test_a_file_that_is_folded_again_says_the_same(evening: Session) -> None:
    bring(evening, chat(("Anna W", "ik spaar nooit"), ("Piet Bos", "ik wel")))
    act(evening, "consent 2 no")
    path = evening.store.path
    evening.close()
    rebuild(path)
    assert verify(path).findings == ()


def test_the_list_says_which_files_still_hold_what_is_of_who_withdrew(evening: Session) -> None:
    bring(evening, chat(("Anna de Wit", "ik spaar nooit")))
    assert len(listed(evening.state)) == 1
    act(evening, "consent 2 no")
    assert listed(evening.state)[-1] == (
        "Somebody withdrew, and these are kept as they came, with what is theirs: 1 chat.txt. Erase: --erase-file N"
    )
    evening.do(decision(bringing_in.erase_file, "1"))
    assert len(listed(evening.state)) == 1
