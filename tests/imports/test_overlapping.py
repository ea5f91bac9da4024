"""Two files of one evening: what both hold comes in once, what is only alike twice, and all outlives either."""

from __future__ import annotations

import pytest

from acting import act
from conftest import START_MS
from imports import files
from kring.domain import facts as f
from kring.domain.decide import bringing_in, decision
from kring.imports.parsed import Answer, Clock, Message, Parsed, Reaction, Signal, Stay, Utterance
from kring.imports.source import Source
from kring.session import intake
from kring.session.intake_remarks import Wishes
from kring.session.session import Session
from kring.store.rebuild import rebuild
from kring.store.verify import verify
from kring.system.clock import SimulatedClock

Said = tuple[float, str, str]


@pytest.fixture
def evening(session: Session, clock: SimulatedClock) -> Session:
    act(session, "start anyway", "go 1.1")
    clock.advance(60 * 60_000)
    act(session, "end")
    return session


def chat(*said: Said) -> Parsed:
    messages = (
        Message(line=n, at_ms=files.at(at / 60), author=who, text=text) for n, (at, who, text) in enumerate(said, 1)
    )
    return Parsed(format="a-chat", clock=Clock.TIME_OF_DAY, messages=tuple(messages))


def transcript(*said: Said) -> Parsed:
    spoken = (
        Utterance(line=n, start_ms=round(at * 1000), end_ms=round(at * 1000) + 500, speaker=who, text=text)
        for n, (at, who, text) in enumerate(said, 1)
    )
    return Parsed(format="a-transcript", clock=Clock.RECORDING, utterances=tuple(spoken))


def bring(session: Session, parsed: Parsed, name: str = "chat.txt") -> str:
    wishes = Wishes(take_open=True, offset_ms=0)
    source = Source(name, (name + repr(parsed)).encode())
    return intake.commit(session, intake.prepare(session, source, parsed, wishes)).id


def told(session: Session) -> list[tuple[float, str]]:
    said = (*session.state.notes.values(), *session.state.transcript.values())
    at = ((getattr(one, "at", None) or getattr(one, "started_at", 0), one) for one in said if one.removed_at is None)
    return sorted(((moment - START_MS) / 1000, one.text) for moment, one in at)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ([1, 4], [1, 4], [1, 4]),  # the same two
        ([1], [1, 4], [1, 4]),  # one more in the second
        ([1, 4], [4], [1, 4]),
        ([1], [6], [1, 6]),  # too far apart for so short a word
        ([1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4]),
        ([2], [3], [2]),  # as far as platforms round
        ([1, 1, 1], [1, 1], [1, 1, 1]),
    ],
)
def test_who_says_ja_twice_said_it_twice(evening: Session, first: list, second: list, both: list) -> None:
    bring(evening, chat(*((at, "Anna", "ja") for at in first)), "a")
    parsed = chat(*((at, "Anna", "ja") for at in second), (50, "Piet", "en nu verder"))
    bring(evening, parsed, "b")
    assert [at for at, text in told(evening) if text == "ja"] == both


def test_a_long_message_may_lie_further_apart(evening: Session) -> None:
    bring(evening, chat((1, "Anna", "ik hoor u niet zo goed")), "a")
    bring(evening, chat((8, "Anna", "ik hoor u niet zo goed"), (9, "Anna", "ik hoor u niet zo goed")), "b")
    assert [at for at, _text in told(evening)] == [1, 9]


def test_pieces_of_speech_are_the_same_one_by_one(evening: Session) -> None:
    bring(evening, transcript((1, "Anna", "ja"), (2, "Anna", "ja")), "a")
    bring(evening, transcript((1, "Anna", "ja"), (2, "Anna", "ja"), (3, "Anna", "ja")), "b")
    assert [at for at, _text in told(evening)] == [1, 2, 3]


def overlapping(session: Session) -> tuple[str, str]:
    first = bring(session, chat((1, "Anna", "hallo allemaal"), (2, "Piet", "dag"), (3, "Anna", "tot zo")), "a.txt")
    second = bring(session, chat((2, "Piet", "dag"), (3, "Anna", "tot zo"), (4, "Piet", "later")), "b.txt")
    return first, second


ALL = [(1.0, "hallo allemaal"), (2.0, "dag"), (3.0, "tot zo"), (4.0, "later")]


def test_what_another_file_holds_too_stays_when_one_is_taken_out(evening: Session) -> None:
    first, second = overlapping(evening)
    assert told(evening) == ALL
    out = evening.do(decision(bringing_in.take_out, "a.txt", ""))
    assert str(evening.told(out)) == "Taken out: a.txt; lines that stay, for another file holds them too: 2"
    assert told(evening) == ALL[1:]
    assert {note.import_id for note in evening.state.notes.values() if note.removed_at is None} == {second}
    evening.undo()
    assert told(evening) == ALL
    assert {note.import_id for note in evening.state.notes.values()} == {first, second}


def test_when_both_are_out_nothing_stays_and_both_can_come_back(evening: Session) -> None:
    overlapping(evening)
    evening.do(decision(bringing_in.take_out, "a.txt", ""))
    out = evening.do(decision(bringing_in.take_out, "b.txt", ""))
    assert (str(evening.told(out)), told(evening)) == ("Taken out: b.txt", [])
    overlapping(evening)
    assert told(evening) == ALL


def test_the_other_one_goes_without_what_only_it_holds(evening: Session) -> None:
    overlapping(evening)
    evening.do(decision(bringing_in.take_out, "b.txt", ""))
    assert told(evening) == ALL[:3]


def test_of_three_files_the_last_keeps_it(evening: Session) -> None:
    for name in "abc":
        bring(evening, chat((2, "Piet", "dag"), (3, "Anna", f"alleen in {name}")), name)
    for name in "ab":
        evening.do(decision(bringing_in.take_out, name, ""))
    assert told(evening) == [(2, "dag"), (3, "alleen in c")]
    evening.do(decision(bringing_in.take_out, "c", ""))
    assert told(evening) == []


def test_signs_under_a_message_stay_with_it(evening: Session) -> None:
    sign = Reaction(sign="👍", people=("Piet",))
    message = Message(line=1, at_ms=files.at(1), author="Anna", text="hallo allemaal", reactions=(sign,))
    for name in "ab":
        more = Message(line=2, at_ms=files.at(2), author="Anna", text=f"alleen in {name}")
        parsed = Parsed(format="a-chat", clock=Clock.TIME_OF_DAY, messages=(message, more))
        bring(evening, parsed, name)
    evening.do(decision(bringing_in.take_out, "a", ""))
    (kept,) = (row for row in evening.state.chat_reactions.values() if row.removed_at is None)
    assert kept.import_id == next(one.id for one in evening.state.imports.values() if one.file == "b")


def test_lists_of_who_was_there_are_alike_too(evening: Session) -> None:
    for name in "ab":
        stay = Stay(line=2, person="Anna", joined_ms=files.at(1), left_ms=files.at(9))
        own = Stay(line=3, person="Piet" if name == "a" else "Kees", joined_ms=files.at(1), left_ms=files.at(9))
        hand = Signal(line=9, at_ms=files.at(7), person="Anna", what="Raised hand")
        parsed = Parsed(format="a-list", clock=Clock.TIME_OF_DAY, stays=(stay, own), signals=(hand,))
        bring(evening, parsed, name)
    evening.do(decision(bringing_in.take_out, "a", ""))
    alive = [row for row in evening.state.platform_stays.values() if row.removed_at is None]
    assert sorted(row.participant or "" for row in alive) == ["P2", "P6"]
    assert [row.what for row in evening.state.signals.values() if row.removed_at is None] == ["Raised hand"]


def test_what_stays_is_the_same_after_a_rebuild(evening: Session) -> None:
    overlapping(evening)
    evening.do(decision(bringing_in.take_out, "a.txt", ""))
    path = evening.store.path
    evening.close()
    rebuild(path)
    assert verify(path).findings == ()


def test_a_row_that_nobody_knows_keeps_nothing(evening: Session) -> None:
    first = bring(evening, chat((1, "Anna", "hallo")), "a")
    evening.do(lambda state, now: f.FileImported("b", "x", "0" * 64, "none", also=("weg", first)))
    evening.do(decision(bringing_in.take_out, "a", ""))
    assert told(evening) == []


def test_a_list_that_was_taken_out_can_come_in_again(evening: Session) -> None:
    parsed = files.attendance()
    bring(evening, parsed, "a")
    evening.do(decision(bringing_in.take_out, "a", ""))
    bring(evening, parsed, "a")
    assert len([row for row in evening.state.platform_stays.values() if row.removed_at is None]) == len(parsed.stays)
    assert len([row for row in evening.state.signals.values() if row.removed_at is None]) == len(parsed.signals)


def test_what_another_file_holds_too_stays_when_bringing_in_is_undone(evening: Session) -> None:
    first, second = overlapping(evening)
    before = {note.text: (note.id, note.number) for note in evening.state.notes.values()}
    undone = evening.do(lambda state, now: f.Undone(first))
    assert told(evening) == ALL[1:]
    now = {note.text: (note.id, note.number) for note in evening.state.notes.values()}
    assert now == {text: known for text, known in before.items() if text != "hallo allemaal"}
    assert {note.import_id for note in evening.state.notes.values()} == {second}
    evening.do(decision(bringing_in.take_out, "b.txt", ""))
    assert told(evening) == []
    evening.undo()
    evening.do(lambda state, now: f.Undone(undone.id))
    assert {note.text: (note.id, note.number) for note in evening.state.notes.values()} == before
    assert told(evening) == ALL


def test_all_kinds_of_things_that_two_files_hold_outlive_an_undo(evening: Session) -> None:
    sign = Reaction(sign="👍", people=("Piet",))
    message = Message(line=1, at_ms=files.at(1), author="Anna", text="hallo allemaal", reactions=(sign,))
    answer = Message(line=2, at_ms=files.at(2), author="Piet", text="dag Anna", replies_to=1)
    asked = Answer(line=3, question="Kleur?", answers=("rood",), person="Anna", at_ms=files.at(9))
    stay = Stay(line=4, person="Anna", joined_ms=files.at(1), left_ms=files.at(9))
    hand = Signal(line=5, at_ms=files.at(7), person="Anna", what="Raised hand")
    said = Utterance(line=6, start_ms=files.at(3), end_ms=files.at(3) + 500, speaker="Anna", text="ik spreek")
    parsed = Parsed(format="all", clock=Clock.TIME_OF_DAY, messages=(message, answer), answers=(asked,),
                    stays=(stay,), signals=(hand,), utterances=(said,))  # fmt: skip
    first = bring(evening, parsed, "a")
    more = Message(line=7, at_ms=files.at(10), author="Piet", text="alleen in b", replies_to=1)
    second = bring(evening, parsed.model_copy(update={"messages": (message, answer, more)}), "b")
    (own,) = (note for note in evening.state.notes.values() if note.import_id == second)
    assert own.replies_to == f"{first}/1"  # an answer to a message that came in before
    evening.do(lambda state, now: f.Undone(first))
    state = evening.state
    tables = (state.notes, state.chat_reactions, state.platform_answers, state.platform_stays, state.signals)
    assert [len(table) for table in (*tables, state.transcript)] == [3, 1, 1, 1, 1, 1]
    assert {row.import_id for table in (*tables, state.transcript) for row in table.values()} == {second}
    assert [note.replies_to for note in state.notes.values()] == [None, f"{first}/1", f"{first}/1"]
    path = evening.store.path
    evening.close()
    rebuild(path)
    assert verify(path).findings == ()


def test_a_number_is_that_of_its_file_for_good(evening: Session) -> None:
    names = "abc"
    acts = [bring(evening, chat((n, "Anna", f"alleen in {name}")), name) for n, name in enumerate(names, 1)]
    evening.do(lambda state, now: f.Undone(acts[0]))
    assert [(number, row.file) for number, row in bringing_in.numbered(evening.state)] == [(2, "b"), (3, "c")]
    evening.undo()  # that of c, of which the number doesn't come back
    bring(evening, chat((9, "Anna", "alleen in d")), "d")
    assert [(number, row.file) for number, row in bringing_in.numbered(evening.state)] == [(2, "b"), (4, "d")]


def test_two_computers_that_give_the_same_number_make_it_two(evening: Session) -> None:
    for name in "ab":
        evening.do(lambda state, now, name=name: f.FileImported(name, "x", name * 64, "none", number=1))
    assert [number for number, _row in bringing_in.numbered(evening.state)] == [1, 2]
