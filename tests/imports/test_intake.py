"""A file is read, shown, and comes in as one act: each thing in it at its moment and of whom its name means."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from acting import act
from conftest import START_MS
from imports import files
from kring.domain import facts as f
from kring.domain.decide import bringing_in, decision, notes
from kring.domain.text import Refused
from kring.exports import json_export
from kring.exports.restore import NoExport, restore
from kring.imports.names import Choice
from kring.imports.parsed import Clock, Parsed, Question, Response, Stay, Utterance
from kring.imports.source import Source
from kring.privacy.redaction import redaction
from kring.privacy.snapshot import read
from kring.review.entries import timeline
from kring.session import intake
from kring.session.brought_in import listed
from kring.session.intake_remarks import Wishes
from kring.session.session import Session
from kring.store import files as files_of_store
from kring.store.attached import kept_files
from kring.store.rebuild import rebuild
from kring.store.rescue.rescue import rescue
from kring.store.verify import verify
from kring.system.clock import SimulatedClock

NOBODY_ASKED = Wishes(take_open=True)


@pytest.fixture
def evening(session: Session, clock: SimulatedClock) -> Session:
    act(session, "start anyway", "go 1.1", "floor 2")
    clock.advance(60 * 60_000)
    act(session, "end")
    return session


def bring(session: Session, parsed: Parsed, wishes: Wishes = NOBODY_ASKED, source: Source | None = None) -> str:
    source = source or files.source(content=repr(parsed).encode())
    return intake.commit(session, intake.prepare(session, source, parsed, wishes)).id


def seen(session: Session, parsed: Parsed, wishes: Wishes = NOBODY_ASKED) -> intake.Preview:
    return intake.prepare(session, files.source(), parsed, wishes).preview


def remarks(session: Session, parsed: Parsed, wishes: Wishes = NOBODY_ASKED) -> list[str]:
    return [str(one) for one in seen(session, parsed, wishes).warnings]


def test_messages_become_notes_of_the_chat(evening: Session) -> None:
    brought = bring(evening, files.chat())
    notes = [note for note in evening.state.notes.values() if note.import_id == brought]
    assert [(note.text, note.participant, note.label, note.kind) for note in notes] == [
        ("hoi allemaal", "P2", "", "chat"),
        ("ik hoor u niet", "P4", "", "chat"),
        ("momentje", None, "", "chat"),
        ("wie ben ik", None, "Ria Onbekend", "chat"),
    ]
    assert [note.t for note in notes] == [60, 120, 180, 300]
    assert notes[1].replies_to == notes[0].id
    assert [note.number for note in notes] == [1, 2, 3, 4]
    assert {note.item for note in notes} == {"wie"}
    assert [note.speaker_kind for note in notes] == [None, None, "moderator", None]
    signs = [(row.note, row.sign, row.participant, row.label) for row in evening.state.chat_reactions.values()]
    assert signs == [(notes[0].id, "👍", "P4", ""), (notes[0].id, "👍", None, "Ria Onbekend")]


def test_direct_messages_come_in_only_when_asked_for(evening: Session) -> None:
    assert "Direct messages stay out: 1." in remarks(evening, files.chat())
    assert seen(evening, files.chat()).counts.private == 1
    bring(evening, files.chat(), NOBODY_ASKED._replace(with_private=True))
    (private,) = (note for note in evening.state.notes.values() if note.private)
    assert (private.text, private.participant, private.private_to) == ("alleen voor Bo", "P3", "Bo")


def test_a_preview_says_who_stood_in_the_waiting_room(evening: Session) -> None:
    preview = seen(evening, files.attendance())
    assert [(one.label, one.text) for one in preview.landings if one.line == 3] == [("Piet", "waiting room")]


def test_a_preview_writes_nothing_and_counts_what_comes(evening: Session) -> None:
    before = evening.state
    preview = seen(evening, files.chat())
    counts = msgspec.structs.asdict(preview.counts)
    assert {name: count for name, count in counts.items() if count} == {
        "messages": 5, "private": 1, "replies": 1, "reactions": 2, "rows": 6,
    }  # fmt: skip
    assert "Without a time, so they stay out: 1." in map(str, preview.warnings)
    assert (preview.first_ms, preview.last_ms) == (START_MS + 60_000, START_MS + 300_000)
    assert [one.text for one in preview.landings][:2] == ["hoi allemaal", "ik hoor u niet"]
    assert evening.state is before


def test_an_uncertain_name_keeps_a_file_out_until_somebody_chooses(evening: Session) -> None:
    preview = seen(evening, files.chat(), Wishes())
    assert str(preview.asks) == "First choose whom these names mean: “Ria Onbekend”."
    with pytest.raises(Refused, match="First choose"):
        bring(evening, files.chat(), Wishes())
    chosen = Wishes(people={"Ria Onbekend": Choice("left_out")})
    assert seen(evening, files.chat(), chosen).asks is None
    bring(evening, files.chat(), chosen)
    assert not any(note.label for note in evening.state.notes.values())


def test_what_was_chosen_is_known_for_the_next_file(evening: Session) -> None:
    bring(evening, files.chat(), Wishes(people={"Ria Onbekend": Choice("participant", "P5")}))
    (ria,) = (
        one for one in seen(evening, files.transcript(), Wishes(offset_ms=0)).people if one.rows and "Ria" in one.label
    )
    assert (ria.participant, ria.is_open) == ("P5", False)


def test_a_transcript_has_its_own_speakers_beside_the_draft(evening: Session) -> None:
    brought = bring(evening, files.transcript(), NOBODY_ASKED._replace(offset_ms=5_000))
    rows = [row for row in evening.state.transcript.values() if row.import_id == brought]
    assert [(row.participant, row.speaker_kind, row.label, row.t, row.duration_s) for row in rows] == [
        ("P2", "participant", "", 15, 4),
        ("P4", "participant", "", 25, 1),
        (None, "unknown", "Ria Onbekend", 26, 1),
    ]
    assert rows[0].words == ((15, 16, "ik"), (16, 19, "spaar nooit"))
    assert [row.approximate for row in rows] == [False, False, True]
    (turn,) = evening.state.turns.values()
    assert [row.turn for row in rows] == [turn.id, None, None]  # only Anna's words lie in Anna's turn
    evening.do(lambda state, now: f.TurnNamed(turn.id, "participant", "P4"))
    rows = [row for row in evening.state.transcript.values() if row.import_id == brought]
    assert [(row.participant, row.turn) for row in rows] == [("P2", None), ("P4", turn.id), (None, None)]


def test_a_recording_s_beginning_is_taken_from_the_log(session: Session, clock: SimulatedClock) -> None:
    act(session, "start anyway")
    clock.advance(30_000)
    act(session, "recording")
    clock.advance(15_000)
    act(session, "recording off")
    clock.advance(60_000)
    act(session, "recording")
    clock.advance(60_000)
    act(session, "recording off", "end")
    preview = seen(session, files.transcript())
    assert preview.offset is not None
    assert preview.offset.ms == 30_000
    bring(session, files.transcript())
    # what was said after fifteen seconds of sound was said a minute later: nothing was recorded in between
    assert [row.t for row in session.state.transcript.values()] == [40, 110, 111]


def test_without_a_beginning_it_is_asked_for(evening: Session) -> None:
    assert "--offset" in str(seen(evening, files.transcript()).asks)
    with pytest.raises(Refused, match="Nothing says when"):
        bring(evening, files.transcript())


def test_stays_stand_beside_the_attendance_that_was_logged(evening: Session) -> None:
    before = evening.state.attendance
    bring(evening, files.attendance())
    stays = list(evening.state.platform_stays.values())
    assert [(row.participant, row.in_waiting_room, row.duration_s) for row in stays] == [
        ("P2", False, 65 * 60),
        ("P4", True, 60),
        ("P6", False, 3_000),
    ]
    assert stays[0].started_at == START_MS - 5 * 60_000
    assert [(row.participant, row.what, row.t) for row in evening.state.signals.values()] == [
        ("P2", "Raised hand", 420)
    ]
    assert evening.state.attendance is before or dict(evening.state.attendance) == dict(before)


@pytest.mark.parametrize(
    ("second", "is_told"),
    [((60_000, 90_000), True), ((399_000, 900_000), False), ((500_000, 900_000), False), ((450_000, 450_000), False)],
)
def test_a_name_that_is_there_twice_at_once_is_told(evening: Session, second: tuple[int, int], is_told: bool) -> None:
    spans = ((0, 400_000), second)
    stays = (Stay(line=n, person="Anna", joined_ms=at, left_ms=to) for n, (at, to) in enumerate(spans, 2))
    told = remarks(evening, Parsed(format="attendance", clock=Clock.TIME_OF_DAY, stays=tuple(stays)))
    assert any(one.startswith("There twice at the same time: Anna. ") for one in told) is is_told


def test_an_answer_counts_where_the_poll_asks_the_same_and_none_was_logged(evening: Session) -> None:
    bring(evening, files.polls())
    answers = [(row.participant, row.value, row.poll) for row in evening.state.answers.values()]
    assert answers == [("P2", "8", "peiling")]
    others = [(row.question, row.participant, row.value, row.poll) for row in evening.state.platform_answers.values()]
    assert others == [
        ("Cijfer?", "P4", "12", "peiling"),
        ("Kleur?", "P2", "rood; blauw", None),
        ("Cijfer?", None, "3", "peiling"),
    ]


def test_an_answer_that_was_logged_stays(session: Session) -> None:
    act(session, "start anyway", "go 2.2", "answer 2 9")
    bring(session, files.polls())
    (answer,) = session.state.answers.values()
    assert (answer.value, answer.import_id) == ("9", None)
    assert ("P2", "8") in [(row.participant, row.value) for row in session.state.platform_answers.values()]


def test_a_survey_is_joined_by_the_column_that_was_chosen(evening: Session) -> None:
    assert "Nobody is joined to the list of participants; --join can do it by: Code, E-mail." in remarks(
        evening, files.survey()
    )
    bring(evening, files.survey(), Wishes(join="code"))
    rows = [(row.respondent, row.participant, row.value, row.complete) for row in evening.state.survey_answers.values()]
    assert rows == [(1, "P2", "9", True), (1, "P2", "snel geholpen", True), (2, None, "4", False)]
    assert [row.kind for row in evening.state.survey_questions.values()] == ["nps", "open"]
    told = [event.data for event in evening.history.events]
    assert not any("voorbeeld.nl" in data for data in told)  # the key itself is never kept


def test_a_survey_leaves_out_who_withdrew(evening: Session) -> None:
    act(evening, "consent 2 no")
    bring(evening, files.survey(), Wishes(join="code"))
    assert [row.value for row in evening.state.survey_answers.values()] == ["4"]
    assert "snel geholpen" not in " ".join(event.data for event in evening.history.events)


@pytest.mark.parametrize(
    ("heading", "answered", "keys", "is_theirs"),
    [
        ("Cijfer", "9", (("Naam", "Anna"),), True),
        ("Cijfer", "9", (("E-mail", "x@voorbeeld.nl"), ("Naam", "Anna de Wit")), True),
        ("Cijfer", "9", (("Code", "p2"),), True),
        ("Name of the respondent?", "anna", (), True),
        ("Author", "Wit, Anna de", (), True),
        ("Anything else?", "Anna de Wit", (), True),
        ("Whom did you like to hear?", "Anna", (), False),
        ("Author", "Fatima", (), False),
    ],
)
def test_who_withdrew_is_known_by_whatever_column_of_a_survey(
    evening: Session, heading: str, answered: str, keys: tuple[tuple[str, str], ...], is_theirs: bool
) -> None:
    act(evening, "rename 2 Anna de Wit", "consent 2 no")
    asked = Question(name=heading, heading=heading, kind="open")
    given = Response(line=2, values=(answered,), keys=keys)
    survey = files.survey().model_copy(update={"questions": (asked,), "responses": (given,)})
    whys = [str(one.why) for one in seen(evening, survey).skipped]
    assert whys == (["of somebody who withdrew"] if is_theirs else [])


def test_an_entry_by_which_the_survey_was_tried_is_marked(evening: Session) -> None:
    survey = files.survey()
    tried = survey.responses[0].model_copy(update={"is_test": True})
    bring(evening, survey.model_copy(update={"responses": (tried, survey.responses[1])}))
    rows = [(row.respondent, row.test) for row in evening.state.survey_answers.values()]
    assert rows == [(1, True), (1, True), (2, False)]


def test_a_survey_comes_in_before_the_session_and_a_chat_does_not(session: Session) -> None:
    assert seen(session, files.survey()).asks is None
    assert "has not started" in str(seen(session, files.chat()).asks)


def test_the_file_itself_is_kept_with_the_act(evening: Session) -> None:
    source = files.source("bord.png", b"\x89PNG\x00\xff")
    bring(evening, files.picture(), Wishes(at_ms=START_MS + 90_000), source)
    (row,) = evening.state.attachments.values()
    assert (row.name, row.media_type, row.bytes, row.t) == ("bord.png", "image/png", 6, 90)
    assert kept_files.content_of(evening.store.connection.execute, row.sha256) == source.content
    bring(evening, files.chat(), NOBODY_ASKED._replace(keep_file=False))
    assert len(evening.state.attachments) == 1


def test_the_same_file_twice_adds_nothing(evening: Session) -> None:
    bring(evening, files.chat())
    before = evening.history.count
    with pytest.raises(Refused, match="was brought in already"):
        bring(evening, files.chat())
    assert evening.history.count == before


def test_of_a_file_that_overlaps_only_what_is_new_comes_in(evening: Session) -> None:
    whole = files.chat()
    bring(evening, whole.model_copy(update={"messages": whole.messages[:2]}))
    later = whole.model_copy(
        update={
            "messages": tuple(
                one.model_copy(update={"at_ms": one.at_ms and one.at_ms + 1_000}) for one in whole.messages
            )
        }
    )
    preview = seen(evening, later)
    assert "In already by an earlier file, so not again: 4." in map(str, preview.warnings)
    bring(evening, later)
    assert [note.text for note in evening.state.notes.values()].count("hoi allemaal") == 1
    assert len(evening.state.chat_reactions) == 2


def test_a_file_is_taken_out_whenever_somebody_wants_and_comes_back(
    evening: Session, make_session, clock: SimulatedClock
) -> None:
    bring(evening, files.chat())
    bring(evening, files.attendance())
    evening.do(decision(bringing_in.take_out, "1", "of another group"))
    assert not any(note.removed_at is None for note in evening.state.notes.values())
    assert not evening.state.chat_reactions
    assert len(evening.state.platform_stays) == 3
    path = evening.store.path
    evening.close()
    again = make_session(path=path)
    again.do_as(evening.me, lambda state, now: f.Undone(next(
        event.id for event in again.history.events if isinstance(event.fact, f.FileTakenOut)
    )))  # fmt: skip
    assert len([note for note in again.state.notes.values() if note.removed_at is None]) == 4
    again.do(decision(bringing_in.take_out, "1"))
    bring(again, files.chat())
    assert len([note for note in again.state.notes.values() if note.removed_at is None]) == 4
    again.close()
    assert verify(path).findings == ()


def test_a_file_keeps_its_number_when_another_is_taken_out(evening: Session) -> None:
    one, other = (files.source(name, name.encode() * 2_000) for name in ("a.txt", "b.txt"))
    bring(evening, files.chat(), source=one)
    bring(evening, files.attendance(), source=other)
    evening.do(decision(bringing_in.take_out, "1"))
    assert [line.split()[:2] for line in listed(evening.state)] == [["1", "a.txt"], ["2", "b.txt"]]
    with pytest.raises(Refused, match=r"no file 1; there are: 2 b\.txt"):
        evening.do(decision(bringing_in.shift, "1", 4_000))
    assert str(evening.told(evening.do(decision(bringing_in.erase_file, "1")))) == "Erased: a.txt"
    assert kept_files.content_of(evening.store.connection.execute, kept_files.fingerprint(other.content))
    evening.do(decision(bringing_in.take_out, "2"))
    assert not bringing_in.imports_of(evening.state)
    assert str(evening.told(evening.do(decision(bringing_in.erase_file, "2")))) == "Erased: b.txt"


def test_undo_takes_a_file_back_as_a_whole(evening: Session) -> None:
    bring(evening, files.chat())
    evening.undo()
    assert not evening.state.notes
    assert not evening.state.imports
    evening.redo()
    assert len(evening.state.notes) == 4


def test_a_whole_file_is_moved_on_the_clock(evening: Session) -> None:
    bring(evening, files.transcript(), NOBODY_ASKED._replace(offset_ms=0))
    evening.do(decision(bringing_in.shift, "1", -4_000))
    assert [row.t for row in evening.state.transcript.values()] == [6, 16, 17]
    assert next(iter(evening.state.transcript.values())).words[0] == (6, 7, "ik")
    (row,) = bringing_in.imports_of(evening.state)
    assert row.offset_s == -4


def test_a_file_of_another_day_is_refused_unless_it_is_moved(evening: Session) -> None:
    moved = files.attendance().model_copy(
        update={
            "stays": tuple(
                one.model_copy(update={"joined_ms": files.WALL_MS + files.at(-14_400), "left_ms": None})
                for one in files.attendance().stays
            ),
            "signals": (),
        }
    )
    assert "is of 2026-11-23, the session of 2026-12-03" in str(seen(evening, moved).asks)
    assert seen(evening, moved, NOBODY_ASKED._replace(offset_ms=10 * 86_400_000)).asks is None


def test_who_withdrew_stays_out_and_so_does_the_file(evening: Session) -> None:
    act(evening, "consent 2 no")
    assert "Somebody withdrew, so the file itself is not kept in the session file." in remarks(evening, files.chat())
    bring(evening, files.chat())
    told = " ".join(event.data for event in evening.history.events if event.kind == "message_read")
    assert "hoi allemaal" not in told
    assert "ik hoor u niet" in told
    assert not evening.state.attachments
    after = [event for event in evening.history.events if event.kind in {"name_matched", "message_read"}]
    assert not any("Anna" in event.data for event in after)  # nor is a name written anew


def test_what_came_in_of_somebody_is_sealed_when_they_withdraw(evening: Session) -> None:
    bring(evening, files.chat())
    bring(evening, files.attendance())
    act(evening, "consent 2 no")
    assert not any(note.text == "hoi allemaal" for note in evening.state.notes.values())
    assert not any(row.participant == "P2" for row in evening.state.platform_stays.values())


def test_words_of_nobody_in_a_turn_of_who_withdrew_are_not_counted_as_in(evening: Session) -> None:
    act(evening, "consent 2 no")
    turn = next(row for row in evening.state.turns.values() if row.participant == "P2")
    begin = int(turn.started_at) - int(evening.state.session.started_at or 0)
    said = tuple(
        Utterance(line=line, start_ms=at, end_ms=at + 2_000, text=text)
        for line, (at, text) in enumerate([(begin + 60_000, "van P2"), (-60_000, "van een ander")], 1)
    )
    wishes = NOBODY_ASKED._replace(offset_ms=0)
    prepared = intake.prepare(
        evening, files.source(), Parsed(format="vtt", clock=Clock.RECORDING, utterances=said), wishes
    )
    assert prepared.preview.counts.rows == 1
    assert prepared.brought.left_out == 1
    intake.commit(evening, prepared)
    assert [row.text for row in evening.state.transcript.values()] == ["van een ander"]


def test_a_file_that_changed_or_lost_its_bytes_is_found(evening: Session) -> None:
    bring(evening, files.chat())
    path, (row,) = evening.store.path, evening.state.attachments.values()
    with evening.store.writing():
        evening.store.connection.execute("update attached_files set content = x'00'")
    evening.close()
    assert [str(one) for one in verify(path).findings] == [f"The file of attachment {row.id} was changed."]


def test_what_is_kept_survives_a_rebuild(evening: Session) -> None:
    bring(evening, files.chat())
    path = evening.store.path
    evening.close()
    rebuild(path)
    assert verify(path).findings == ()


def test_a_fact_of_a_file_is_nothing_without_the_act_that_brought_it(evening: Session) -> None:
    before = len(evening.state.notes)
    evening.do(lambda state, now: f.MessageRead(1, "los", now))
    assert len(evening.state.notes) == before


def test_nothing_comes_in_of_an_empty_file(evening: Session) -> None:
    with pytest.raises(Refused, match="Nothing of"):
        bring(evening, Parsed(format="a-chat", clock=Clock.NONE))


def test_sentences_tell_what_a_file_brought(evening: Session) -> None:
    bring(evening, files.chat())
    told = [str(evening.told(event)) for event in evening.history.events if event.kind != "staff_joined"]
    assert "Brought in: chat.txt, 6 lines" in told
    assert "Chat, Anna: hoi allemaal" in told
    (*_others, last) = files.chat().messages
    one = evening.history.event(bring(evening, Parsed(format="a-chat", clock=Clock.TIME_OF_DAY, messages=(
        last.model_copy(update={"text": "iets anders"}),
    ))))  # fmt: skip
    assert one is not None
    assert str(evening.told(one)) == "Brought in: chat.txt, 1 line"


def test_words_of_who_does_not_consent_to_quoting_stay_in_and_their_time_does_not(evening: Session) -> None:
    act(evening, "consent all yes")
    evening.do(lambda state, now: f.ConsentChanged("P2", (("quoting", False),)))
    for parsed, is_told in ((files.chat(), True), (files.attendance(), False)):
        assert any("does not consent to quoting" in one for one in remarks(evening, parsed)) is is_told
    bring(evening, files.transcript(), NOBODY_ASKED._replace(offset_ms=0))
    bring(evening, files.chat())
    kept = redaction(evening.state, with_names=False).state
    rows = [(row.participant, row.text, row.words, row.duration_s) for row in kept.transcript.values()]
    assert ("P2", "", (), 4) in rows
    assert not any("spaar nooit" in row[1] for row in rows)
    assert not any(note.text == "hoi allemaal" for note in kept.notes.values())
    assert all(note.replies_to in kept.notes for note in kept.notes.values() if note.replies_to)
    assert not kept.chat_reactions  # they hung on a message that does not leave


def test_no_name_of_a_file_leaves_with_codes(evening: Session) -> None:
    act(evening, "consent all yes")
    bring(evening, files.transcript(), NOBODY_ASKED._replace(offset_ms=0))
    bring(evening, files.chat(), NOBODY_ASKED._replace(with_private=True))
    bring(evening, files.attendance())
    bring(evening, files.polls())
    act(evening, "note zoals Ria Onbekend zei")
    kept = redaction(evening.state, with_names=False).state
    told = str([row for table in kept.tables.values() for row in table.values()])
    assert "Ria" not in told
    assert "Anna" not in told
    assert "zoals … Onbekend zei" in told, "what is not known is no name"


def test_the_file_goes_along_where_a_session_is_restored_rescued_or_goes_on_elsewhere(
    evening: Session, tmp_path: Path
) -> None:
    bring(evening, files.chat())
    path, kept = evening.store.path, list(kept_files.kept(evening.store.connection.execute))
    assert len(kept) == 1
    shutil.move(path, path.with_name("moved.db"))
    evening.do(decision(notes.mark, "nu elders"))
    assert evening.store.path != path
    path = evening.store.path
    evening.close()
    snapshot = read(path, with_names=True)
    with (tmp_path / "export.json").open("wb") as file:
        json_export.write(snapshot, file, lambda done, total: None)
    assert restore(tmp_path / "export.json", tmp_path / "again.db").findings == ()
    assert rescue(path, tmp_path / "rescued.db").findings == ()
    for copy in (path, tmp_path / "again.db", tmp_path / "rescued.db"):
        with closing(files_of_store.open_(copy, "read")) as store:
            assert list(kept_files.kept(store.connection.execute)) == kept
        assert verify(copy).findings == ()


def test_a_kept_file_that_was_changed_in_an_export_is_refused(evening: Session, tmp_path: Path) -> None:
    bring(evening, files.chat())
    path = evening.store.path
    evening.close()
    out = tmp_path / "export.json"
    with out.open("wb") as file:
        json_export.write(read(path, with_names=True), file, lambda done, total: None)
    told = json.loads(out.read_bytes())
    (sha256,) = told["files"]
    told["files"][sha256] = "AAAA"
    out.write_text(json.dumps(told), "utf-8")
    with pytest.raises(NoExport) as refused:
        restore(out, tmp_path / "again.db")
    assert [str(one) for one in refused.value.faults] == [f"files.{sha256} was changed."]


def test_an_export_with_codes_holds_no_file(evening: Session, tmp_path: Path) -> None:
    bring(evening, files.chat())
    path = evening.store.path
    evening.close()
    with (tmp_path / "export.json").open("wb") as file:
        json_export.write(read(path), file, lambda done, total: None)
    assert "files" not in json.loads((tmp_path / "export.json").read_bytes())


def test_what_the_platform_knows_stands_on_the_timeline_of_the_review(evening: Session) -> None:
    bring(evening, files.attendance())
    bring(evening, files.polls())
    told = {
        (type(one.row).__name__, one.speaker, one.text) for one in timeline(evening.state) if one.kind == "platform"
    }
    assert told == {
        ("PlatformStayRow", "P2", "Attendee"),
        ("SignalRow", "P2", "Raised hand"),
        ("PlatformAnswerRow", "P4", "Cijfer? 12"),
        ("PlatformAnswerRow", "P2", "Kleur? rood; blauw"),
    }
    rows = evening.store.connection.execute(
        "select what, participant, t from timeline where what in ('signal', 'meeting')"
    )
    assert rows.fetchall() == [("meeting", "P2", None), ("signal", "P2", 420)]


def test_a_kept_file_is_erased_for_good_and_what_came_of_it_stays(evening: Session) -> None:
    source = files.source(content=b"heel bijzondere woorden" * 2_000)
    bring(evening, files.chat(), source=source)
    path = evening.store.path
    evening.do(decision(bringing_in.erase_file, "1"))
    assert kept_files.content_of(evening.store.connection.execute, kept_files.fingerprint(source.content)) is None
    with pytest.raises(Refused, match="itself is not kept"):
        evening.do(decision(bringing_in.erase_file, "1"))
    evening.undo()  # of what was brought in: the bytes don't come back
    evening.redo()
    assert len(evening.state.notes) == 4
    evening.close()
    assert b"bijzondere" not in path.read_bytes()
    assert verify(path).findings == ()


def test_the_kept_file_of_what_was_taken_out_is_erased_by_its_name(evening: Session) -> None:
    source = files.source(content=b"heel bijzondere woorden" * 2_000)
    bring(evening, files.chat(), source=source)
    evening.do(decision(bringing_in.take_out, "1"))
    event = evening.do(decision(bringing_in.erase_file, source.name))
    assert str(evening.told(event)) == f"Erased: {source.name}"
    assert kept_files.content_of(evening.store.connection.execute, kept_files.fingerprint(source.content)) is None
    with pytest.raises(Refused, match="itself is not kept"):
        evening.do(decision(bringing_in.erase_file, source.name))


def test_who_did_not_come_by_the_log_and_is_in_the_file_is_told(evening: Session) -> None:
    told = "By the log they did not come, and here they are all the same: Kees. Look whether it is they."
    assert not any("did not come" in one for one in remarks(evening, files.attendance()))  # nobody logged who came
    others = [code for code in evening.state.participants if code != "P6"]
    evening.do(lambda state, now: tuple(f.AttendanceChanged(code, "present") for code in others))
    assert told in remarks(evening, files.attendance())
    assert told not in remarks(evening, files.survey())
