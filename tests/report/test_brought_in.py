"""What came in from files is told as theirs: a chat is nobody's field notes, and no answer of a poll stays untold."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from acting import act
from exports.full_session import material_of
from imports import files
from kring.domain import facts as f
from kring.domain.decide import bringing_in, decision
from kring.imports.parsed import Answer, Clock, Parsed
from kring.imports.source import Source
from kring.privacy.quoting import withheld
from kring.privacy.redaction import redaction
from kring.report.content import report_of
from kring.report.parts import Block, Figure, Heading, Listing, Paragraph, Report, Table, leaves
from kring.session import intake
from kring.session.intake_remarks import Wishes
from kring.session.session import Session
from kring.system.clock import SimulatedClock


def bring(session: Session, parsed: Parsed, name: str) -> None:
    source = Source(name, repr(parsed).encode())
    intake.commit(session, intake.prepare(session, source, parsed, Wishes(take_open=True)))


def reported(session: Session) -> Report:
    material = material_of(redaction(session.state, with_names=False).state)
    return report_of(replace(material, withheld=withheld(session.state)))


def only(blocks: list[Block], kind: type[Any]) -> list[Any]:
    return [block for block in blocks if isinstance(block, kind)]


def section_of(report: Report, anchor: str) -> list[Block]:
    return list(leaves(one for one in report.sections if one.id == anchor))


@pytest.fixture
def evening(session: Session, clock: SimulatedClock) -> Session:
    act(session, "attend all present", "consent 2 yes", "consent 3 no quoting", "start anyway", "go 2.1")
    clock.advance(60_000)
    act(session, 'note "mag" @2', 'note "weigert" @3', "note een parafrase")
    clock.advance(60 * 60_000)
    act(session, "end")
    return session


def test_a_chat_that_was_brought_in_is_no_field_note_and_no_quote(evening: Session) -> None:
    before = withheld(evening.state)
    assert (before.refused, before.total, before.messages) == (1, 1, 0)
    bring(evening, files.chat(), "chat.txt")
    messages = [note for note in evening.state.notes.values() if note.import_id is not None]
    assert len(messages) > 3
    after = withheld(evening.state)
    assert after[:3] == before[:3]
    assert after.messages > 1
    report = reported(evening)
    rows = [row for block in section_of(report, "coreq") if isinstance(block, Table) for row in block.rows]
    (notes,) = (row[2] for row in rows if row[0] == "20")
    assert notes.startswith("2 notes: quote 1, paraphrase 1.")
    assert notes.endswith("1 quote is left out (refused: 1).")
    consent = section_of(report, "consent")
    (lines,) = (block.items for block in consent if isinstance(block, Listing))
    assert lines == ("quotes in this report: 1", "left out, from people who do not want to be quoted: 1")
    told = [block.text for block in consent if isinstance(block, Paragraph)]
    assert f"{after.messages} messages of the chat that was brought in are left out." in told


def polled(*answers: tuple[str, str, str]) -> Parsed:
    rows = (
        Answer(line=line, question=question, answers=tuple(given.split("|")), person=person, at_ms=files.at(8))
        for line, (question, given, person) in enumerate(answers, 1)
    )
    return Parsed(format="a-poll", clock=Clock.TIME_OF_DAY, answers=tuple(rows))


def test_answers_to_no_poll_of_the_plan_are_counted_with_their_source(evening: Session) -> None:
    answers = (
        ("Kleur?", "rood|blauw", "Anna"), ("Kleur?", "rood", "Piet"), ("Kleur?", "groen", "Ria Onbekend"),
        ("Hoe vaak?", "10", "Anna"), ("Hoe vaak?", "9", "Piet"),
        ("Waarom?", "omdat ik dat al jaren zo doe en niet anders zou willen", "Anna"),
    )  # fmt: skip
    bring(evening, polled(*answers), "zoom-peiling.csv")
    blocks = section_of(reported(evening), "platform-polls")
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Kleur?", "Hoe vaak?", "Waarom?"]
    told = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert told == [
        "zoom-peiling.csv: 3 questions with answers that count in no poll of the plan.",
        "3 answers. From people who are not on the list: 1.",
        "2 answers.",
        "1 answer. They are in people's own words and only counted here.",
    ]
    counts = [block.description for block in blocks if isinstance(block, Figure)]
    assert counts == ["rood: 2, blauw: 1, groen: 1", "9: 1, 10: 1"]


def test_who_may_be_known_by_the_words_of_an_answer_is_not_printed(evening: Session) -> None:
    bring(evening, polled(*((f"Naam {n}?", f"los antwoord {n}", "Anna") for n in range(2))), "p.csv")
    bring(evening, polled(*(("Wat dan?", f"antwoord {n}", "Anna") for n in range(13))), "q.csv")
    blocks = section_of(reported(evening), "platform-polls")
    many = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.text == "Wat dan?")
    assert not any(isinstance(block, Figure) for block in blocks[many:])


def test_an_answer_beside_the_poll_of_the_plan_says_which_that_is(evening: Session) -> None:
    bring(evening, files.polls(), "peiling.csv")
    told = [block.text for block in section_of(reported(evening), "platform-polls") if isinstance(block, Paragraph)]
    assert told[0] == "peiling.csv: 2 questions with answers that count in no poll of the plan."
    title = evening.state.polls["peiling"].title
    assert any(line.endswith(f"The poll of the plan that asks the same is “{title}”.") for line in told)


def test_answers_of_the_platform_say_how_many_are_as_logged(session: Session) -> None:
    act(session, "start anyway", "go 2.2", "answers 2 8, 4 5")
    bring(session, polled(("Cijfer?", "8", "Anna"), ("Cijfer?", "9", "Piet"), ("Cijfer?", "3", "Vreemde")), "p.csv")
    told = [block.text for block in section_of(reported(session), "platform-polls") if isinstance(block, Paragraph)]
    assert told[1].endswith("As logged: 1 of 2.")


def test_nothing_is_told_of_the_platform_where_it_asked_nothing(evening: Session) -> None:
    assert section_of(reported(evening), "platform-polls") == []


def test_sound_that_was_brought_in_is_told_where_the_log_knows_of_no_recording(evening: Session) -> None:
    assert [block.text for block in only(section_of(reported(evening), "recording"), Paragraph)] == [
        "The file contains no recording."
    ]
    began = int(evening.state.session.started_at or 0)
    file = f.FileImported("call.flac", "recording", "c" * 64, "recording", 60_000)
    sound = f.SoundRead(1, "meeting.audio/platform-1.flac", 8_000, 8_000 * 90, began + 60_000, "d" * 64, 1)
    evening.do(decision(bringing_in.bring_in, file, (sound,), evening.state.withdrawn))
    report = reported(evening)
    assert [(table.caption, table.rows) for table in only(section_of(report, "recording"), Table)] == [
        ("Sound brought in from the platform's recording", (("1:00", "19:31 h", "1:30"),))
    ]
    answers = [row for table in only(section_of(report, "coreq"), Table) for row in table.rows]
    assert any("Recorded by the platform." in cell for row in answers for cell in row)
    evening.do(decision(bringing_in.take_out, "1"))
    assert only(section_of(reported(evening), "recording"), Table) == []
