"""The codebook, codes on notes and turns, memos, second judgements and COREQ."""

from __future__ import annotations

import pytest

from kring.domain.decide import coding, decision, floor, notes
from kring.domain.decide import session as sessions
from kring.domain.note_line import NoteDraft
from kring.domain.text import Refused
from kring.session.session import Session


@pytest.fixture
def note(session: Session) -> str:
    session.do(decision(sessions.start, passing=True))
    session.do(decision(floor.give, "1"))
    return session.do(decision(notes.add, NoteDraft(kind="quote", text="te veel gedoe"))).id


def test_a_code_is_put_on_and_taken_off_by_its_own_coder(session: Session, note: str) -> None:
    code = session.do(decision(coding.add_code, "gedoe", "alles wat moeite kost", "#ff8800")).id
    session.do(decision(coding.put_on, "Gedoe", "Bo", note=note))
    coded = next(iter(session.state.codings.values()))
    assert (coded.code, coded.note, coded.turn, coded.coder) == (code, note, None, "Bo")
    assert session.state.codes[code].colour == "#FF8800"
    session.do(decision(coding.put_on, code, "Bo", note=note))
    assert session.state.codings[coded.id].removed_at is not None


def test_a_removed_code_is_off_everything_and_undo_brings_all_back(session: Session, note: str) -> None:
    code = session.do(decision(coding.add_code, "gedoe")).id
    session.do(decision(coding.put_on, code, "Bo", note=note))
    session.do(decision(coding.remove_code, code))
    assert all(row.removed_at is not None for row in session.state.codings.values())
    session.undo()
    assert all(row.removed_at is None for row in session.state.codings.values())


def test_the_codebook_keeps_its_order(session: Session) -> None:
    theme = session.do(decision(coding.add_code, "drempels")).id
    code = session.do(decision(coding.add_code, "gedoe", parent=theme)).id
    session.do(decision(coding.change_code, code, name="moeite", description="tijd of geld"))
    assert session.state.codes[code].name == "moeite"
    assert session.state.codes[code].parent == theme
    for attempt in (
        lambda: session.do(decision(coding.add_code, "Moeite")),
        lambda: session.do(decision(coding.add_code, " ")),
        lambda: session.do(decision(coding.change_code, theme, parent=code)),
        lambda: session.do(decision(coding.change_code, code, colour="oranje")),
        lambda: session.do(decision(coding.change_code, code, name="moeite")),
    ):
        with pytest.raises(Refused):
            attempt()


def test_memos_are_written_anew_and_removed(session: Session, note: str) -> None:
    memo = session.do(decision(coding.write_memo, "hoort bij drempels", note=note)).id
    session.do(decision(coding.write_memo, "hoort bij drempels, zie 2.1", memo=memo))
    row = session.state.memos[memo]
    assert (row.text, row.note, row.author) == ("hoort bij drempels, zie 2.1", note, "Bo")
    assert row.changed_at is not None
    session.do(decision(coding.remove_memo, memo))
    with pytest.raises(Refused):
        session.do(decision(coding.write_memo, "x", memo=memo))


def test_a_second_judgement_leaves_the_log_alone(session: Session, note: str) -> None:
    turn = next(iter(session.state.turns.values()))
    session.do(decision(coding.judge, turn.id, "2"))
    session.do(decision(coding.judge, turn.id, "3"))
    (judged,) = session.state.turn_judgements.values()
    assert (judged.coder, judged.participant) == ("Bo", "P3")
    assert session.state.turns[turn.id] == turn


def test_coreq_is_answered_and_taken_back(session: Session) -> None:
    session.do(decision(coding.answer_coreq, 3, "  psycholoog "))
    assert session.state.coreq["3"].answer == "psycholoog"
    session.do(decision(coding.answer_coreq, 3, ""))
    assert session.state.coreq["3"].answer == ""
    with pytest.raises(Refused):
        session.do(decision(coding.answer_coreq, 33, "x"))
