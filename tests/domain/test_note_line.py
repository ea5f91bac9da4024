"""The note line: each sign of the grammar, nothing refused, and what is written can be edited without loss."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from conftest import make_plan
from kring.domain import note_line
from kring.domain.note_line import NoteDraft, read, speaker_being_typed, tag_being_typed, written
from kring.domain.rows import Moment, NoteKind, NoteRow, ParticipantRow
from kring.domain.text import clean

PEOPLE = [ParticipantRow(id=p.code, name=p.name, seat=p.seat) for p in make_plan().participants] + [
    ParticipantRow(id="P9", name="Anne-Fleur de Boer", seat=9),
    ParticipantRow(id="P10", name="Özlem", seat=10),
]


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ('"te veel gedoe', "quote", "te veel gedoe"),
        ('"te veel gedoe"', "quote", "te veel gedoe"),
        ("“te veel gedoe”", "quote", "te veel gedoe"),
        ("„te veel gedoe“", "quote", "te veel gedoe"),
        ("« trop »", "quote", "trop"),
        ('"te veel \n "', "quote", "te veel"),
        ("vond het duur", "paraphrase", "vond het duur"),
        ("~ vond het duur", "paraphrase", "vond het duur"),
        ("(klinkt ingestudeerd)", "remark", "klinkt ingestudeerd"),
        ("( klinkt ingestudeerd", "remark", "klinkt ingestudeerd"),
        ("(hij lacht (hard))", "remark", "hij lacht (hard)"),
        ("( hij lacht (hard)", "remark", "hij lacht (hard)"),
        ("/ knikt", "nonverbal", "knikt"),
        ("= samen: te duur", "summary", "samen: te duur"),
        ("hij zei (echt) dat", "paraphrase", "hij zei (echt) dat"),
        ('a "b" c', "paraphrase", 'a "b" c'),
        ("", "paraphrase", ""),
        ('"', "quote", ""),
        ("~~ dubbel", "paraphrase", "~ dubbel"),
    ],
)
def test_the_sign_in_front_says_the_kind(line: str, kind: NoteKind, text: str) -> None:
    draft = read(line)
    assert (draft.kind, draft.text) == (kind, text)


@pytest.mark.parametrize(
    ("line", "starred", "parked", "kind"),
    [
        ("* mooi", True, False, "paraphrase"),
        ("? wat kost het", False, True, "paraphrase"),
        ('*? "wat kost het"', True, True, "quote"),
        ('?* "wat kost het"', True, True, "quote"),
        ('"*? dit is tekst', False, False, "quote"),
        ("** twee", True, False, "paraphrase"),
        ('#prijs * "te duur', True, False, "quote"),
        ("* #prijs /lacht", True, False, "nonverbal"),
    ],
)
def test_star_and_parking_stand_in_front(line: str, starred: bool, parked: bool, kind: NoteKind) -> None:
    draft = read(line)
    assert (draft.starred, draft.parked, draft.kind) == (starred, parked, kind)


@pytest.mark.parametrize(
    ("line", "kind", "text", "back_ms"),
    [
        ('@3 "te duur …', "quote", "te duur …", 0),
        ("-20s /knikt", "nonverbal", "knikt", 20_000),
        ("-20s @3 (lacht erbij)", "remark", "lacht erbij", 20_000),
        ("@3 vond het duur", "paraphrase", "vond het duur", 0),
    ],
)
def test_who_and_when_may_stand_in_front_of_the_sign(line: str, kind: NoteKind, text: str, back_ms: int) -> None:
    draft = read(line, PEOPLE)
    assert (draft.kind, draft.text, draft.back_ms, draft.unknown) == (kind, text, back_ms, ())
    assert draft.speaker == (("participant", "P3") if "@3" in line else None)


def test_a_name_in_front_that_nobody_bears_is_text() -> None:
    draft = read('@nobody "duur', PEOPLE)
    assert (draft.kind, draft.text, draft.unknown) == ("paraphrase", '@nobody "duur', ("nobody",))


@pytest.mark.parametrize(
    ("word", "speaker"),
    [
        ("@3", ("participant", "P3")),
        ("@P3", ("participant", "P3")),
        ("@p3,", ("participant", "P3")),
        ("@fatima", ("participant", "P3")),
        ("@FAT", ("participant", "P3")),
        ("@boer", ("participant", "P9")),
        ("@ozlem", ("participant", "P10")),
        ("@1", ("participant", "P1")),
        ("@mod", ("moderator", None)),
        ("@gl", ("moderator", None)),
        ("@?", ("unknown", None)),
        ("@+", ("crosstalk", None)),
    ],
)
def test_another_speaker_is_named_by_seat_code_or_beginning_of_a_name(
    word: str, speaker: tuple[str, str | None]
) -> None:
    draft = read(f"~ vond het {word} duur", PEOPLE)
    assert draft.speaker == speaker
    assert draft.text == "vond het duur"


@pytest.mark.parametrize("word", ["@zeno", "@a", "@99", "@"])
def test_a_name_that_nobody_or_more_than_one_bears_stays_text(word: str) -> None:
    draft = read(f"vond {word} duur", PEOPLE)
    assert draft.speaker is None
    assert word in draft.text
    assert draft.unknown == ((word[1:],) if len(word) > 1 else ())


@pytest.mark.parametrize(
    ("line", "tags", "text"),
    [
        ("duur #prijs", ("prijs",), "duur"),
        ("#Prijs duur #prijs #app-2", ("prijs", "app-2"), "duur"),
        ("op plek #1", (), "op plek #1"),
        ("c# is een taal", (), "c# is een taal"),
        ("duur #café", ("café",), "duur"),
        ("duur #", (), "duur #"),
        ('"duur #prijs"', ("prijs",), "duur"),
    ],
)
def test_tags_stand_between_blanks_and_begin_with_a_letter(line: str, tags: tuple[str, ...], text: str) -> None:
    draft = read(line)
    assert (draft.tags, draft.text) == (tags, text)


@pytest.mark.parametrize(
    ("line", "back_s", "text"),
    [
        ("duur -20s", 20, "duur"),
        ("-2m duur", 120, "duur"),
        ("duur -2min", 120, "duur"),
        ("duur -1:30", 90, "duur"),
        ("het is -20 graden", 0, "het is -20 graden"),
        ("-1m duur -30s", 90, "duur"),
        ("10-20s", 0, "10-20s"),
    ],
)
def test_a_note_can_be_about_a_while_ago(line: str, back_s: int, text: str) -> None:
    draft = read(line)
    assert (draft.back_ms, draft.text) == (back_s * 1000, text)


@pytest.mark.parametrize(
    ("line", "stub", "text"),
    [
        ('"ik dacht …', True, "ik dacht …"),
        ('"ik dacht..."', True, "ik dacht …"),
        ('"ik dacht…" #app', True, "ik dacht …"),
        ('"…', True, "…"),
        ('"ik … dacht', False, "ik … dacht"),
        ("~ ik dacht …", False, "ik dacht …"),
    ],
)
def test_a_quote_that_ends_in_dots_is_a_stub(line: str, stub: bool, text: str) -> None:
    draft = read(line)
    assert (draft.stub, draft.text) == (stub, text)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(list('"~(/=*?@#-:…. \n03sm'))), max_size=60))
def test_reading_is_total_and_clean(line: str) -> None:
    draft = read(line, PEOPLE)
    assert draft.text == clean(draft.text).strip()
    assert draft.kind in note_line.SIGNS
    assert len(draft.text) <= 3 * len(line) + 2


words = st.text(alphabet=string.ascii_letters + "éö,.!", min_size=1, max_size=8)
texts = st.one_of(
    st.lists(words, min_size=1, max_size=6).map(" ".join),
    st.lists(
        st.one_of(words, st.sampled_from(["#app", "@3", "-20s", "?", "*", "~", '"', "(", "/", "…", "\n"])),
        min_size=1,
        max_size=6,
    ).map(" ".join),
)


def as_row(draft: NoteDraft) -> NoteRow:
    return NoteRow(
        id="n", at=Moment(0), written_at=Moment(0), kind=draft.kind, text=draft.text, tags=draft.tags,
        starred=draft.starred, parked=draft.parked, stub=draft.stub,
    )  # fmt: skip


@given(texts)
def test_what_a_line_says_is_said_by_the_line_to_edit_it(line: str) -> None:
    draft = replace(read(line, PEOPLE), back_ms=0, unknown=(), speaker=None)
    again = read(written(as_row(draft)), PEOPLE)
    assert again == draft


@pytest.mark.parametrize("kind", [kind for kind in note_line.SIGNS if kind != "mark"])
def test_every_kind_comes_back_from_its_line(kind: NoteKind) -> None:
    row = NoteRow(
        id="n", at=Moment(0), written_at=Moment(0), kind=kind, text="vond het duur", tags=("prijs",), starred=True,
        parked=True, stub=False,
    )  # fmt: skip
    found = read(written(row), PEOPLE)
    assert (found.kind, found.text, found.tags, found.starred, found.parked) == (
        kind, "vond het duur", ("prijs",), True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "tag", "speaker"),
    [
        ("duur #Pr", "pr", None),
        ("duur #", "", None),
        ("duur @fa", None, "fa"),
        ("duur ", None, None),
        ("", None, None),
        ("duur #prijs ", None, None),
    ],
)
def test_what_is_being_typed_is_known_to_offer_its_end(line: str, tag: str | None, speaker: str | None) -> None:
    assert (tag_being_typed(line), speaker_being_typed(line)) == (tag, speaker)
