"""Who was in the session is heard in the shortest file; what opens a sentence is nobody, and a note is not said."""

from __future__ import annotations

import json

import pytest

from kring.imports import recognise
from kring.imports.formats.cues.not_names import is_notice, may_be_a_name, opens_words
from kring.imports.parsed import Clock, Parsed
from kring.imports.source import Evening, Source
from kring.privacy.known.file_labels import words_of

HOUR = 3_600_000
NAMES = ("Anna Bakker", "Piet", "Fatima el Amrani", "Zoë")
EVENING = Evening(
    {tuple(words_of(name)) for name in NAMES}, {"p1", "p2", "moderator"}, (19 * HOUR + HOUR // 2, 21 * HOUR)
)


def read(text: str, name: str = "t.vtt", evening: Evening = EVENING) -> Parsed:
    return recognise.read(Source(name, text.encode(), evening=evening))


def said(text: str, evening: Evening = EVENING) -> list[tuple[str, str]]:
    return [(one.speaker, one.text) for one in read(text, evening=evening).utterances]


def cues(*words: str) -> str:
    stamps = ((n * 5, n * 5 + 3) for n in range(len(words)))
    told = (f"00:00:{a:02}.000 --> 00:00:{b:02}.000\n{text}" for (a, b), text in zip(stamps, words, strict=True))
    return "WEBVTT\n\n" + "\n\n".join(told) + "\n"


@pytest.mark.parametrize("name", ["Anna Bakker", "Anna", "anna bakker", "Bakker", "P2", "Moderator", "Fatima", "zoë"])
def test_who_was_there_speaks_in_the_shortest_file(name: str) -> None:
    others = ["en toen kwam", "de rest van het verhaal", "dat weet ik niet", "nee", "toch wel"]
    assert said(cues(*others, f"{name}: dat klopt"))[-1] == (name, "dat klopt")
    assert said(cues(f"dit zei iemand\n{name}: dat klopt"))[-1] == (name, "dat klopt")
    lines = f"[00:00:10] en toen\n[00:00:20] {name}: ja\n[00:00:30] nee\n[00:00:40] toch\n"
    assert (name, "ja") in said(lines)


def test_who_is_not_known_has_to_come_back() -> None:
    others = ["en toen kwam", "de rest van het verhaal", "dat weet ik niet", "nee", "toch wel"]
    assert said(cues(*others, "Gerrit: dat klopt"))[-1] == ("", "Gerrit: dat klopt")
    assert said(cues("Gerrit: ja", *others, "Gerrit: dat klopt"))[-1] == ("Gerrit", "dat klopt")


def test_who_is_named_below_the_words_of_another_has_a_turn_of_their_own() -> None:
    text = "[00:00:10] Anna: hallo\nPiet: dag\nen meer\n[00:00:30] Anna: ja\n"
    parsed = read(text)
    assert [(one.speaker, one.text, one.is_approximate) for one in parsed.utterances] == [
        ("Anna", "hallo", True),
        ("Piet", "dag en meer", True),
        ("Anna", "ja", False),
    ]
    first, second, third = (one.start_ms or 0 for one in parsed.utterances)
    assert (first, third) == (10_000, 30_000)
    assert first < second < third


OPENINGS = [
    "Ten eerste",
    "Let op",
    "Vraag",
    "Vraag 2",
    "Mijn vraag is",
    "Kortom",
    "For example",
    "Zum Beispiel",
    "Stap 1",
]


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("who", ["Anna", "Gerrit Jan"])
def test_what_opens_a_sentence_is_nobody(opening: str, who: str) -> None:
    words = [f"{who}: hallo", f"{opening}: een", f"{who}: dag", f"{opening}: twee", f"{opening}: drie"]
    stamped = "\n".join(f"[00:00:{n}0] {text}" for n, text in enumerate(words))
    untimed = "\n".join([*words, "Piet: ja", f"{who}: nee", "Piet: toch"])
    for text in (cues(*words), stamped, untimed):
        assert {speaker for speaker, _words in said(text)} <= {who, "", "Piet"}
        assert any(f"{opening}: twee" in words for _speaker, words in said(text))


@pytest.mark.parametrize(
    "name",
    ["Joke de Vries", "Vries, Joke de", "joke de vries", "Spreker 1", "Onbekende spreker", "SPEAKER_00", "P3 - Joke",
     "Kees' iPad", "iPhone van Noor"],
)  # fmt: skip
def test_these_may_be_names(name: str) -> None:
    assert may_be_a_name(name)
    assert not opens_words(name)


NOTES = [
    "Notitie: er wordt gelachen",
    "Note: laughter",
    "[Notitie: gelach]",
    "This meeting is being recorded",
    "Recording started",
    "De opname is gestart",
    "(Opname gestopt)",
    "Gerrit heeft de vergadering verlaten",
    "Gerrit joined the meeting",
    "This editable transcript was computer generated and might contain errors.",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_or_a_notice_is_not_said(note: str) -> None:
    assert is_notice(note)
    for text in (
        cues("Anna: hallo", note, "Piet: dag"),
        f"[00:00:10] Anna: hallo\n\n{note}\n\n[00:00:20] Piet: dag\n",
        f"[00:00:10] Anna: hallo\n[00:00:15] {note}\n[00:00:20] Piet: dag\n",
        f"00:00:00\n\nAnna: hallo\n\n{note}\n\nAnna: en\n\n00:05:00\n\nPiet: dag\n",
    ):
        parsed = read(text)
        assert [one.text for one in parsed.utterances if one.text not in ("en", "hallo")] == ["dag"]
        assert [one for one in parsed.skipped if "not said by somebody" in str(one.why)]


@pytest.mark.parametrize(
    "words", ["de opname was mooi", "wij zijn gestart met de opname van een film", "note dat ik kom"]
)
def test_what_is_like_a_notice_is_said(words: str) -> None:
    assert not is_notice(words)
    assert said(cues(f"Anna: {words}")) == [("Anna", words)]
    assert said("[00:00:10] Anna: hallo\nde opname is gestart\n[00:00:20] Piet: ja\n")[0] == (
        "Anna",
        "hallo de opname is gestart",
    )


def amberscript(offset: object) -> Parsed:
    words = [{"start": 1.0, "end": 1.5, "text": "Hallo"}, {"start": 1.5, "end": 2.5, "text": "allemaal."}]
    later = [{"start": 11.0, "end": 11.5, "text": "Goed"}, {"start": 11.5, "end": 12.5, "text": "zo."}]
    told = {
        "speakers": [{"spkid": "s1", "name": "Anna"}],
        "segments": [{"speaker": "s1", "words": words}, {"speaker": "s1", "words": later}],
        "startTimeOffset": offset,
    }
    return read(json.dumps(told), "t.json")


UNREADABLE = "From where the times of the file count cannot be read, so they count from zero."


@pytest.mark.parametrize(
    ("offset", "clock", "first", "told"),
    [
        (0, Clock.RECORDING, 1_000, ""),
        (12.5, Clock.RECORDING, 13_500, "The file says that its times count from 0:12 on."),
        ("00:00:30", Clock.RECORDING, 31_000, "The file says that its times count from 0:30 on."),
        ("00:00:30:12", Clock.RECORDING, 31_000, "The file says that its times count from 0:30 on."),
        (70_200, Clock.TIME_OF_DAY, 70_201_000, "The file says that its times count from 19:30:00 on."),
        ("19:31:00:00", Clock.TIME_OF_DAY, 70_261_000, "The file says that its times count from 19:31:00 on."),
        (
            36_000, Clock.RECORDING, 1_000,
            "The file says that its times count from 10:00:00 on; the session was not then, so they count from zero.",
        ),
        ("morgen", Clock.RECORDING, 1_000, UNREADABLE),
        (-4, Clock.RECORDING, 1_000, UNREADABLE),
    ],
)  # fmt: skip
def test_amberscript_says_from_where_its_times_count(offset: object, clock: Clock, first: int, told: str) -> None:
    parsed = amberscript(offset)
    assert parsed.clock is clock
    assert (parsed.utterances[0].start_ms, parsed.utterances[0].words[0][0]) == (first, first)
    assert [str(one) for one in parsed.warnings] == ([told] if told else [])
