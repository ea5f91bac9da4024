"""What may leave a session file, and what never does."""

from __future__ import annotations

from typing import Literal, get_args, get_origin

import msgspec
import pytest

from exports.full_session import full_state, material_of, moment
from exports.unpacked import texts_of
from kring.domain import rows as r
from kring.domain.columns import Attributes, Column, Contact, Id, Name, Ref, Staff, Words, fields
from kring.domain.state import EMPTY, State
from kring.exports.formats import FORMATS
from kring.exports.sound_file import own_file, sound_files
from kring.privacy.redaction import redaction
from kring.privacy.snapshot import Snapshot


def said(state: State) -> str:
    return str([row for table in state.tables.values() for row in table.values()])


@pytest.fixture(params=[False, True], ids=["codes", "names"])
def with_names(request) -> bool:
    return request.param


def test_what_was_removed_stays_behind_with_all_about_it(with_names):
    state = redaction(full_state(), with_names).state
    assert "n4" not in state.notes
    assert "t8" not in state.turns
    assert set(state.tables["codes"]) == {"c1", "c2", "c3"}
    assert set(state.tables["codings"]) == {"k1", "k2", "k3"}
    assert "n1" in state.notes  # and the rest is there
    assert "t2" in state.turns


def test_a_participant_who_was_removed_leaves_nothing(with_names):
    before = full_state()
    anna = before.participants["P2"]
    note = r.NoteRow(
        id="over", kind="remark", text=f"{anna.name} keek weg", at=moment(1), written_at=moment(1), author="Bo"
    )
    gone = msgspec.structs.replace(anna, removed_at=moment(300))
    state = redaction(before.put([gone, note]), with_names).state
    assert "P2" not in state.participants
    assert "t7" not in state.turns
    assert "a2" not in state.answers
    assert anna.name not in said(state)
    assert state.notes["over"].text == "P2 keek weg"


def test_somebody_who_came_back_under_another_code_keeps_the_name():
    before = full_state()
    anna = before.participants["P2"]
    gone = msgspec.structs.replace(anna, removed_at=moment(300))
    again = msgspec.structs.replace(anna, id="P20", seat=20)
    state = redaction(before.put([gone, again]), with_names=True).state
    assert state.participants["P20"].name == anna.name


def test_a_longer_name_that_a_file_has_is_hidden_too():
    before = full_state()
    known = r.ImportNameRow(id="i/1", import_id="i", label="Anna Zandstra", who="participant", participant="P2")
    note = r.NoteRow(
        id="over", kind="remark", text="mevrouw Zandstra keek weg", at=moment(1), written_at=moment(1), author="Bo"
    )
    state = redaction(before.put([known, note]), with_names=False).state
    assert state.notes["over"].text == "mevrouw P2 keek weg"


def test_word_for_word_of_who_refused_stays_behind_and_the_rest_does_not(with_names):
    refused = r.ConsentRow(id="P1/all", participant="P1", scope="all", given=False, at=moment(0))
    more = [
        r.NoteRow(
            id="p", kind="paraphrase", text="vond het duur", participant="P1", at=moment(3), written_at=moment(3)
        ),
        r.TranscriptRow(
            id="d9", text="woordelijk", participant="P1", started_at=moment(1), ended_at=moment(2), duration_s=1
        ),
    ]
    state = redaction(full_state("letterlijk gezegd").put([refused, *more]), with_names).state
    assert "n1" not in state.notes
    assert "d9" not in state.tables["transcript"]
    assert state.notes["p"].text == "vond het duur"
    assert "t2" in state.turns
    assert "d2" in state.tables["transcript"]


def test_nothing_points_to_what_is_not_there(with_names):
    state = redaction(full_state(), with_names).state
    for table, column in (("notes", "note"), ("turns", "turn"), ("codes", "code")):
        for rows in state.tables.values():
            for row in rows.values():
                assert getattr(row, column, None) in {None, *state.tables[table]}, row


def test_the_team_is_letters_and_two_of_a_kind_are_told_apart():
    state = redaction(full_state(), with_names=False).state
    assert (state.session.moderator, state.session.assistant) == ("M", "A")
    assert state.notes["n1"].author == "A"
    assert state.notes["n3"].author == "M"
    assert {row.coder for row in state.tables["codings"].values()} == {"A", "R"}
    more = r.StaffRow(id="assistant:Ria", name="Ria", role="assistant", joined_at=moment(0))
    state = redaction(full_state().put([more]), with_names=False).state
    assert {row.name: row.id for row in state.tables["staff"].values()} == {"A1": "assistant:A1", "A2": "assistant:A2"}


def test_ways_to_reach_somebody_stay_behind_without_names():
    person = r.ParticipantRow(
        id="P1",
        name="Joost",
        attributes=(("E-mail", "j@x.nl"), ("leeftijd", "44"), ("Achternaam", "Jansen"), ("nr", "06 12345678")),
    )
    note = r.NoteRow(id="j", kind="remark", text="Jansen zucht", at=moment(0), written_at=moment(0))
    state = redaction(full_state().put([person, note]), with_names=False).state
    assert state.participants["P1"].attributes == (("leeftijd", "44"),)
    assert state.notes["j"].text == "P1 zucht"
    assert (state.session.link, state.session.assistant_phone) == ("", "")
    state = redaction(full_state().put([person]), with_names=True).state
    assert len(state.participants["P1"].attributes) == 4
    assert state.session.assistant_phone


def test_a_kind_of_note_is_no_name():
    mark = msgspec.structs.replace(full_state().participants["P1"], name="Mark")
    state = redaction(full_state().put([mark]), with_names=False).state
    assert state.notes["n2"].kind == "mark"


SAID = "dat zei ik niet voor in de krant"
REFUSED = r.ConsentRow(id="P1/all", participant="P1", scope="all", given=False, at=moment(0))


def transcribed(**columns) -> r.TranscriptRow:
    """A stretch of ten seconds in the turn of P2, as it was when the machine wrote it."""
    usual = {"turn": "t7", "participant": "P2", "speaker_kind": "participant"}
    begin, end = moment(columns.pop("begin", 62)), moment(columns.pop("end", 66))
    return r.TranscriptRow(id="d9", text=SAID, started_at=begin, ended_at=end, duration_s=4, **{**usual, **columns})


IN_NO_TURN = transcribed(turn=None, participant=None, speaker_kind=None, begin=130, end=134)


def changed(state: State, turn: str, **columns) -> r.TurnRow:
    return msgspec.structs.replace(state.turns[turn], **columns)


def before(*rows: r.Row) -> State:
    """Everybody may be quoted, P2 speaks from 60 to 100, and the machine wrote it down."""
    state = full_state()
    return state.put([changed(state, "t7", ended_at=moment(100)), transcribed(), *rows])


def kept_in() -> dict[str, State]:
    """Return states of which the words of a transcript may not leave, by what happened after it was made."""
    state = before(REFUSED)
    gone = msgspec.structs.replace(state.participants["P2"], removed_at=moment(300))
    rest = r.TurnRow(id="t9", kind="participant", participant="P1", started_at=moment(63), ended_at=moment(100))
    return {
        "named": state.put([changed(state, "t7", participant="P1")]),
        "removed": before(changed(state, "t7", removed_at=moment(300))),
        "sealed": before(gone),
        "split": state.put([changed(state, "t7", ended_at=moment(63)), rest]),
        "unknown": state.put([changed(state, "t7", kind="unknown", participant=None)]),
        "in no turn": state.put([IN_NO_TURN]),
    }


def exported(state: State, name: str, folder) -> str:
    with (folder / "export").open("w+b") as file:
        FORMATS[name].load()(material_of(state), file, lambda _done, _total: None)
        file.seek(0)
        return texts_of(file.read())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("happened", kept_in())
def test_words_stay_behind_whatever_happened_to_their_turn_since(name, happened, tmp_path):
    assert SAID not in exported(kept_in()[happened], name, tmp_path)


CODEBOOKS = {"qdc", "taguette", "taguette-all"}
STARRED_QUOTES = {"audacity", "chapters", "edl"}


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - CODEBOOKS - STARRED_QUOTES))  # those hold no transcript
def test_and_leave_where_nothing_is_against_it(name, tmp_path):
    assert SAID in exported(before(), name, tmp_path)


def test_words_stay_with_their_turn_when_it_is_named_or_merged():
    state = before()
    merged = changed(state, "t7", ended_at=moment(61), removed_at=moment(300))
    whole = r.TurnRow(id="t9", kind="participant", participant="P2", started_at=moment(55), ended_at=moment(100))
    for put, turn, who in (
        ([], "t7", "P2"),
        ([changed(state, "t7", participant="P4")], "t7", "P4"),
        ([merged, whole], "t9", "P2"),
    ):
        row = redaction(state.put(put), with_names=False).state.transcript["d9"]
        assert (row.turn, row.participant) == (turn, who)


def test_words_of_nobody_knows_whom_leave_while_everybody_who_was_there_may_be_quoted():
    never_came = msgspec.structs.replace(before().participants["P3"], status="no_show")
    refused = msgspec.structs.replace(REFUSED, id="P3/all", participant="P3")
    never_spoke = changed(before(), "t8", participant="P4")
    assert "d9" in redaction(before(IN_NO_TURN), with_names=False).state.transcript
    assert "d9" in redaction(before(IN_NO_TURN, never_spoke, refused, never_came), with_names=False).state.transcript
    assert "d9" not in redaction(before(IN_NO_TURN, never_spoke, refused), with_names=False).state.transcript


def about_everybody(row_type: type[r.Row]) -> r.Row:
    """Return a row in which a name stands wherever one can."""
    told: dict[str, object] = {}
    for field in fields(row_type):
        match field.column:
            case Staff():
                told[field.name] = "Els"
            case Name():
                told[field.name] = "Anna"
            case Id():
                told[field.name] = "x/Els" if field.column.ends_with else "over Anna"
            case Ref():
                told[field.name] = None if field.may_be_empty else "over Anna"
            case Attributes():
                told[field.name] = (("hobby", "wandelt met Anna"), ("Achternaam", "Anna"))
            case Column() if get_origin(field.type) is tuple:
                told[field.name] = ((1.0, 2.0, "Anna"),) if field.name == "words" else ("Anna", "zei Els")
            case Words() | Contact():
                told[field.name] = "tegen Anna gezegd"
            case _:
                told[field.name] = get_args(field.type)[0] if get_origin(field.type) is Literal else PLAIN[field.type]
    return row_type(**{name: value for name, value in told.items() if name != "removed_at"})


PLAIN: dict[object, object] = {str: "mark", int: 1, float: 1.0, bool: False, r.Moment: moment(1)}


@pytest.mark.parametrize("row_type", r.ROWS, ids=[row_type.TABLE for row_type in r.ROWS])
def test_no_column_of_any_table_keeps_a_name(row_type: type[r.Row]):
    row = about_everybody(row_type)
    assert "Anna" in str(row) or "Els" in str(row) or row_type in (r.VoiceRow, r.PauseRow)
    if isinstance(row, r.ParticipantRow):
        row = msgspec.structs.replace(row, id="P2")
    others = [
        r.ParticipantRow(id="P2", name="Anna", seat=2),
        r.ConsentRow(id="P2/all", participant="P2", scope="all", given=True, at=moment(0)),
        r.StaffRow(id="moderator:Els", name="Els", role="moderator", joined_at=moment(0)),
        r.CodeRow(id="over Anna", name="prijs", added_at=moment(0)),
        r.TurnRow(id="over Anna", kind="moderator", started_at=moment(0)),
        r.NoteRow(id="over Anna", kind="remark", at=moment(0), written_at=moment(0)),
    ]
    state = redaction(EMPTY.put([*others, row]), with_names=False).state
    assert state.tables[row_type.TABLE]
    left = str([row for table in state.tables.values() for row in table.values()])
    assert "Anna" not in left
    assert "Els" not in left


def test_a_nonverbal_note_of_one_key_leaves_though_its_code_is_none_of_the_codebook() -> None:
    note = r.NoteRow(id="nod", kind="nonverbal", code="nods", at=moment(1), written_at=moment(1))
    assert "nod" in redaction(EMPTY.put([note]), with_names=False).state.notes


def test_no_name_of_a_file_keeps_a_given_name(tmp_path):
    real = "sessie-roos-opname/interview-fatima.wav"
    (tmp_path / real).parent.mkdir()
    (tmp_path / real).write_bytes(b"sound")
    rows = [
        r.SessionRow(id="s", title="Sparen", plan_file="plan-fatima.md"),
        r.ParticipantRow(id="P1", name="Fatima el Amrani", seat=1),
        r.ParticipantRow(id="P2", name="Roos Bakker", seat=2),
        r.ImportRow(id="i", kind="file", read_at=moment(0), file="interview-roos.m4a"),
        r.AttachmentRow(id="a", import_id="i", name="Roos_tekening.png", sha256="0", bytes=1),
        r.SegmentRow(id="g", number=1, file=real, rate=1, channels=1, started_at=moment(0)),
    ]
    before = EMPTY.put(rows)
    state, replaced = redaction(before, with_names=False)
    assert state.session.plan_file == "plan-P1.md"
    assert state.imports["i"].file == "interview-P2.m4a"
    assert state.attachments["a"].name == "P2_tekening.png"
    assert state.segments["g"].file == "sessie-P2-opname/interview-P1.wav"
    assert dict(replaced.codes) == {"P1": 2, "P2": 3}
    snapshot = Snapshot(tmp_path / "sessie-roos.db", state, 0, False, "nl", sound_places=(("g", real),))
    assert own_file(snapshot, state.segments["g"]) == (state.segments["g"].file, (tmp_path / real).resolve())
    assert [one.path for one in sound_files(snapshot)] == [state.segments["g"].file]
