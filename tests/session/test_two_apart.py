"""Two laptops that gave one code to two people while they were apart: in every file that comes of it, and in all that
is told of it, they are two.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from acting import act
from kring.cli.timeline import Codes, story
from kring.domain import facts as f
from kring.domain.lookup import person
from kring.domain.sentences import sentence
from kring.privacy.former_names import former_names, former_names_in
from kring.privacy.snapshot import opened
from kring.session.session import Session
from kring.store.files import open_
from kring.store.rescue.rescue import rescue
from session.test_arriving import apart, lines_of, take
from session.test_merging import files_of, joined, resumed


def begun(copies: list[Session]) -> None:
    for copy, name in zip(copies, ("Zeynep", "Koos"), strict=True):
        act(copy, f"add {name}")


def meet(copies: list[Session]) -> None:
    both = [lines_of(copy) for copy in copies]
    for copy, lines in zip(copies, reversed(both), strict=True):
        take(copy, lines)


def test_words_and_sentences_tell_whom_a_code_meant(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        begun(copies)
        for copy in copies:
            act(copy, 'note "ik ook" @P9', "floor 9")
        meet(copies)
        state = copies[0].state
        codes = {who.name: who.id for who in state.participants.values() if who.additions}
        assert sorted(codes.values()) == ["P9", "P9b"]
        said = {note.author: note.participant for note in state.notes.values() if note.text == "ik ook"}
        assert said == {"Els": codes["Zeynep"], "Bo": codes["Koos"]}
        told = [str(sentence(state, event)) for event in copies[0].history.events if type(event.fact) is f.FloorGiven]
        assert [one for one in told if "Koos" in one]
        paths = files_of(copies, tmp_path / "copies")
    out = joined(paths, tmp_path / "both.db")
    with closing(open_(out, "read")) as store:
        lines = [one.told for one in story(store, undone_too=False, codes=Codes(opened(out)))]
    assert [line for line in lines if "P9b" in line]
    assert not [line for line in lines if "Koos" in line or "Zeynep" in line]


def test_of_two_of_one_code_only_who_withdrew_is_withheld(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        begun(copies)
        act(copies[0], 'note "ik ben Zeynep" @9', "note Koos zei niets")
        act(copies[1], 'note "wat Koos vindt" @9', "note ook Koos weer")
        meet(copies)
        code = person(copies[1].state, "Koos").id
        act(copies[1], f"consent {code} withdraw")
        meet(copies)
        for copy in copies:
            shown = [copy.sealing.text(note.text) for note in copy.state.notes.values() if note.removed_at is None]
            assert "ik ben Zeynep" in shown
            assert not [text for text in shown if "Koos" in text]


def test_a_name_that_one_of_them_had_before_is_not_taken_for_the_other(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        begun(copies)
        meet(copies)
        codes = {who.name: who.id for who in copies[0].state.participants.values() if who.additions}
        act(copies[0], f"rename {codes['Koos']} Jacobus", f"rename {codes['Zeynep']} Zehra")
        told = dict(former_names(copies[0].history).earlier)
        assert {name: told[name] for name in codes} == codes
        assert told == dict(former_names_in(copies[0].store, copies[0].history).earlier)


def test_a_rescued_file_keeps_who_has_a_code_with_a_letter(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        begun(copies)
        meet(copies)
        people = {who.id: who.name for who in copies[0].state.participants.values()}
        paths = files_of(copies, tmp_path / "copies")
    rescue(paths[0], tmp_path / "rescued.db")
    with resumed(tmp_path / "rescued.db") as session:
        assert {who.id: who.name for who in session.state.participants.values()} == people
