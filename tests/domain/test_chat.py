"""The chat: whose contribution it is, that it is heard and no talk time, and who is asked to explain."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.domain.measures.group.chat import chat_on, contributions
from kring.domain.measures.presence import are_here, seated
from kring.domain.measures.talk_time import voices
from kring.domain.note_line import read, written


@pytest.mark.parametrize(
    ("line", "who", "text"),
    [
        (">3 alleen met kerst", "P3", "alleen met kerst"),
        (">3: alleen met kerst", "P3", "alleen met kerst"),
        (">fatima alleen met kerst", "P3", "alleen met kerst"),
        (">P3 alleen met kerst", "P3", "alleen met kerst"),
        ("> @3 alleen met kerst", "P3", "alleen met kerst"),
        ("@3 > alleen met kerst", "P3", "alleen met kerst"),
        ("> 3 keer per jaar", None, "3 keer per jaar"),
        (">jo, dat klopt", None, "jo, dat klopt"),  # the beginning of a name is no author
        (">+1", None, "+1"),
        ("> alleen met kerst", None, "alleen met kerst"),
    ],
)
def test_the_author_stands_right_behind_the_sign(line: str, who: str | None, text: str) -> None:
    people = seated(Desk().state)
    draft = read(line, people)
    assert (draft.kind, draft.text, draft.speaker) == ("chat", text, ("participant", who) if who else None)


def test_it_is_never_of_whoever_has_the_floor() -> None:
    desk = Desk()
    desk.type("go 2.1")
    desk.type("floor 1")
    desk.type("note > alleen met kerst")
    desk.type("note >3 bij ons ook #kerst")
    first, second = desk.state.notes.values()
    assert (first.participant, first.speaker_kind) == (None, "unknown")
    assert (second.participant, second.item, second.tags) == ("P3", "laatste", ("kerst",))
    desk.type("edit 2 > bij ons juist niet")
    assert desk.state.notes[second.id].participant == "P3"
    assert written(desk.state.notes[second.id]) == "> bij ons juist niet"


def test_it_is_heard_but_no_talk_time() -> None:
    desk = Desk()
    desk.type("go 2.1")
    before = {voice.person.id: voice.spoken_ms for voice in voices(desk.state, desk.now)}
    desk.type("note >3 een")
    desk.type("note >3 twee")
    assert [note.participant for note in contributions(desk.state, "laatste")] == ["P3", "P3"]
    assert contributions(desk.state, "cijfer") == []
    assert {voice.person.id: voice.spoken_ms for voice in voices(desk.state, desk.now)} == before
    desk.type("remove last")
    assert [note.participant for note in contributions(desk.state)] == ["P3"]


def test_of_an_assignment_in_the_chat_it_is_known_who_wrote_and_who_is_to_explain() -> None:
    desk = Desk()
    for line in ("attend 1, 2, 3, 4 present", "go 2.1", "floor 2"):
        desk.type(line)
        desk.wait(5)
    for line in ("floor nobody", "note >1 gedoe", "note >2 gemak", "note >3 niks", "floor 3"):
        desk.type(line)
        desk.wait(5)
    found = chat_on(desk.state, "laatste", are_here(desk.state, desk.now))
    assert [note.text for note in found.contributions] == ["gedoe", "gemak", "niks"]
    assert (found.wrote, found.missing) == (["P1", "P2", "P3"], ["P4"])
    assert found.to_explain == ["P1", "P2"]  # who spoke before it did not explain it
    desk.type("attend 1 left")
    assert chat_on(desk.state, "laatste", are_here(desk.state, desk.now)).to_explain == ["P2"]
