"""The transcript for Word, read back by python-docx: the words of the other transcripts, by style and heading."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from msgspec.structs import replace

from exports.full_session import HOSTILE, full_material, full_state, material_of, moment, written
from exports.random_session import random_state
from kring.domain import rows as r
from kring.domain.state import EMPTY
from kring.domain.text import KringError
from kring.exports import maxqda
from kring.exports.transcript.word import write
from kring.privacy.snapshot import Snapshot
from kring.system import i18n

SPOKEN = ("Moderator", "Participant", "Other Speaker")
TIME = re.compile(r" \[(\d\d:\d\d:\d\d)\] ")


def document(snapshot: Snapshot) -> Any:
    return Document(BytesIO(written(write, snapshot)))


def paragraphs(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Style and text of each paragraph."""
    return [(one.style.name, one.text) for one in document(snapshot).paragraphs]


def spoken(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """Speaker, time and words of each piece that somebody said."""
    found: list[tuple[str, str, str]] = []
    for style, text in paragraphs(snapshot):
        if style in SPOKEN:
            speaker, _, rest = text.partition(":")
            _, *pieces = TIME.split(f"{rest} ")
            found += [(speaker, at, words.strip()) for at, words in zip(pieces[::2], pieces[1::2], strict=True)]
    return found


def test_each_paragraph_has_the_style_of_its_speaker_below_its_question():
    assert paragraphs(full_material())[4:] == [
        (
            "Report Note",
            "2 of 5 turns have words here; the others were not written down in full, or may not be quoted.",
        ),
        ("Heading 1", "1 Welkom"),
        ("Heading 2", "1.1 Wie bent u?"),
        ("Moderator", "M: [00:00:01] het is gedoe of zo"),
        ("Heading 1", "2 Ervaringen"),
        ("Heading 2", "2.1 Vertel eens over de laatste keer"),
        ("Participant", "P1: [00:00:15] “het is gedoe”"),
        ("Without Words", "[00:00:29–00:00:50] Without words: P1, crosstalk"),
        ("Heading 1", "1 Welkom"),
        ("Heading 2", "1.1 Wie bent u?"),
        ("Participant", "P4: [00:00:52] en ja"),
        ("Without Words", "[00:01:00–00:02:00] Without words: P2"),
    ]


def test_times_have_a_style_of_their_own():
    runs = [run for one in document(full_material()).paragraphs if one.style.name in SPOKEN for run in one.runs]
    assert [run.text for run in runs if run.style.name == "Time"] == ["[00:00:01]", "[00:00:15]", "[00:00:52]"]


@pytest.mark.parametrize("with_names", [False, True], ids=["codes", "names"])
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_it_has_the_words_of_the_transcript_for_maxqda(seed, with_names):
    snapshot = material_of(full_state() if seed is None else random_state(seed), with_names=with_names)
    lines = written(maxqda.write, snapshot).decode("utf-8-sig").splitlines()
    found = [re.fullmatch(r"([^:]+): (.*) #(\d\d:\d\d:\d\d)-\d#", line) for line in lines]
    told = sorted((one[1], one[3], one[2]) for one in found if one)
    assert len(told) == len(lines)
    here = [(who, at, re.sub(r"^\(paraphrase: (.*)\)$", r"\1", words)) for who, at, words in spoken(snapshot)]
    assert sorted(here) == told


def test_a_paraphrase_is_told_from_what_was_said():
    note = r.NoteRow(
        id="n9", kind="paraphrase", text="vindt het duur", participant="P2", at=moment(62), written_at=moment(63)
    )
    told = paragraphs(material_of(full_state().put([note])))
    assert ("Participant", "P2: [00:01:02] (paraphrase: vindt het duur)") in told
    assert ("Report Note", "A paraphrase stands in round brackets.") in told
    assert not any("round brackets" in text for _style, text in paragraphs(full_material()))


def test_words_of_who_may_not_be_quoted_leave_a_turn_without_words():
    state = full_state()
    refused = r.ConsentRow(id="P1/all", participant="P1", scope="all", given=False, at=moment(0))
    told = paragraphs(material_of(state.put([refused])))
    assert not any("het is gedoe”" in text for _style, text in told)
    assert ("Without Words", "[00:00:10–00:00:50] Without words: P1 (2×), crosstalk") in told


def test_what_is_in_no_turn_stands_below_the_question_that_was_open():
    line = r.TranscriptRow(
        id="d9", text="los", participant="P4", started_at=moment(42), ended_at=moment(44), duration_s=2
    )
    told = paragraphs(material_of(full_state().put([line])))
    place = told.index(("Participant", "P4: [00:00:42] los"))
    headings = [text for style, text in told[:place] if style == "Heading 2"]
    assert headings[-1] == "2.1 Vertel eens over de laatste keer"


def test_two_of_one_name_are_two_speakers():
    state = full_state(name="Els: de baas")
    twin = replace(state.participants["P4"], name="Els: de baas")
    speakers = {who for who, _at, _words in spoken(material_of(state.put([twin]), with_names=True))}
    assert {"Els de baas", "Els de baas (2)"} <= speakers


def test_the_language_of_the_session_and_no_other_styles():
    i18n.use("nl")
    told = paragraphs(replace(full_material(), language="nl"))
    assert ("Without Words", "[00:01:00–00:02:00] Zonder woorden: P2") in told
    made = document(replace(full_material(), language="nl"))
    assert made.core_properties.language == "nl-NL"
    assert "bevat persoonsgegevens in codes" in made.sections[0].footer.paragraphs[0].text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str):
    assert len(spoken(full_material(text, name=text[:200], with_names=True))) >= 2


def test_a_session_in_which_nothing_happened_has_a_title_only():
    assert [style for style, _text in paragraphs(material_of(EMPTY))] == ["Title", "Subtitle", *["Report Note"] * 2]


def test_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(KringError, match="extra word"):
        written(write, full_material())
