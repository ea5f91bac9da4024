"""Transcripts as text, as documents and as lists: who says what and when, however the file is laid out."""

import io
import json
import zipfile
from datetime import date

import pytest
from docx import Document

from imports.transcript_cases import (
    AMBERSCRIPT,
    AMBERSCRIPT_JSON,
    ATRAIN,
    BARS,
    BESIDE,
    CAPTIONS,
    DEEPGRAM,
    HAPPY,
    HTML,
    IN_MS,
    MARKS,
    MARKS_IN_BRACKETS,
    MARKS_IN_FRONT,
    MEET,
    MEET_MARKDOWN,
    MEET_SHORT,
    MIXED,
    NAMED,
    NAMES_ABOVE,
    NOSCRIBE,
    OTTER,
    OTTER_MARKDOWN,
    PREMIERE,
    REV,
    REV_JSON,
    TABBED,
    TEAMS,
    WHISPER_CPP,
    WHISPER_SCREEN,
    WHISPERX,
    WORDS,
    ZOOM,
)
from kring.imports.formats.lists import tables
from kring.imports.parsed import Clock, Parsed
from kring.imports.recognise import read
from kring.imports.source import Evening, Source
from kring.system.text_files import Unreadable


def said(parsed: Parsed) -> list[tuple]:
    return [(one.start_ms, one.speaker, one.text) for one in parsed.utterances]


def of_day(hours: int, minutes: int, seconds: int = 0) -> int:
    return ((hours * 60 + minutes) * 60 + seconds) * 1000


@pytest.mark.parametrize(
    ("text", "name", "clock", "expected"),
    [
        (
            ZOOM,
            "zoom-captions",
            Clock.TIME_OF_DAY,
            [
                (of_day(19, 30, 1), "Ria de Wit", "Goedenavond, allemaal."),
                (of_day(19, 30, 7), "3142_tom", "Dag."),
                (of_day(23, 59, 58), "Ria de Wit", "Bijna."),
                (of_day(24, 0, 3), "3142_tom", "Nu wel."),
            ],
        ),
        (
            OTTER,
            "otter",
            Clock.RECORDING,
            [
                (3000, "Ria de Wit", "Goedenavond allemaal."),
                (49_000, "Unknown Speaker", "Dank u: wel."),
                (3_730_000, "Ria de Wit", "Tot slot om 19:30."),
            ],
        ),
        (OTTER_MARKDOWN, "otter", Clock.RECORDING, [(3000, "Ria de Wit", "Goedenavond."), (9000, "Tom", "Dag.")]),
        (
            NOSCRIBE,
            "noscribe-txt",
            Clock.RECORDING,
            [
                (1000, "S00", "Goedenavond (..) allemaal"),
                (1000, "S01", "ja"),
                (65_000, "S00", "en verder"),
                (69_000, "S01", "Dag."),
            ],
        ),
        (
            HAPPY,
            "happyscribe",
            Clock.RECORDING,
            [(1250, "Ria", "Goedenavond allemaal."), (5000, "Tom", "Dag."), (4000, "Ria", "Wie begint?")],
        ),
        (
            ATRAIN,
            "atrain-txt",
            Clock.RECORDING,
            [
                (1000, "SPEAKER_00", "Goedenavond."),
                (4000, "SPEAKER_00", "Wie begint?"),
                (9000, "SPEAKER_01", "Ik wel: hoor."),
            ],
        ),
        (
            PREMIERE,
            "premiere",
            Clock.RECORDING,
            [(1500, "Unknown", "Goedenavond"), (5000, "Ria", "Wie begint? En dan?")],
        ),
        (
            AMBERSCRIPT,
            "amberscript-txt",
            Clock.RECORDING,
            [(1000, "Speaker 1", "Goedenavond"), (5000, "Speaker 2", "Dag allemaal")],
        ),
        (
            NAMES_ABOVE,
            "timed-text",
            Clock.RECORDING,
            [
                (3000, "Ria de Wit", "Goedenavond"),
                (9000, "Tom", "Dag allemaal"),
                (3_730_000, "Ria de Wit", "Tot slot."),
            ],
        ),
        (
            BESIDE,
            "timed-text",
            Clock.TIME_OF_DAY,
            [
                (of_day(9, 2), "Ria", "Goedenavond"),
                (of_day(9, 3), "Tom", "Dag"),
                (of_day(12, 30), "Ria", "Let op: nu"),
            ],
        ),
        (
            REV,
            "otter",
            Clock.RECORDING,
            [(3000, "Ria", "Goedenavond."), (9000, "Tom", "Dag."), (3_730_000, "Ria", "Slot.")],
        ),
        (
            CAPTIONS,
            "caption-lines",
            Clock.TIME_OF_DAY,
            [
                (of_day(19, 30, 3), "", "ja dat klopt"),
                (of_day(19, 30, 5), "", "en toen: niets"),
                (of_day(19, 30, 5), "", "ik zei"),
            ],
        ),
        (
            MARKS,
            "time-marks",
            Clock.RECORDING,
            [(0, "I", "Goedenavond."), (3200, "B1", "Dag. Ik ben B."), (7900, "I", "En dan")],
        ),
        (
            MARKS_IN_FRONT,
            "time-marks",
            Clock.RECORDING,
            [(3200, "I", "Goedenavond."), (7900, "B1", "Dag."), (9900, "I", "ja")],
        ),
        (WORDS, "timed-words", Clock.RECORDING, [(9614, "", "hallo daar."), (12_000, "", "ja")]),
        (
            HTML,
            "noscribe-html",
            Clock.RECORDING,
            [(100, "S01", "Goede avond & meer"), (2000, "S00", "ja"), (3000, "S01", "dus")],
        ),
        (
            json.dumps(WHISPERX),
            "recogniser-json",
            Clock.RECORDING,
            [(500, "SPEAKER_00", "Goedenavond 2026."), (3000, "", "Dag allemaal hier")],
        ),
        (json.dumps(WHISPER_CPP), "recogniser-json", Clock.RECORDING, [(0, "", "Goedenavond allemaal.")]),
        (
            json.dumps(AMBERSCRIPT_JSON),
            "recogniser-json",
            Clock.RECORDING,
            [(1500, "Ria", "Goeden avond."), (3000, "Tom", "Dag.")],
        ),
        (
            json.dumps(REV_JSON),
            "recogniser-json",
            Clock.RECORDING,
            [(1500, "Speaker 0", "Goedenavond, allen."), (3000, "Speaker 1", "Dag")],
        ),
        (
            json.dumps(DEEPGRAM),
            "recogniser-json",
            Clock.RECORDING,
            [
                (500, "Speaker 0", "Goedenavond allemaal."),
                (2100, "Speaker 0", "Wie begint er?"),
                (3500, "Speaker 1", "Ik wel."),
            ],
        ),
        (
            BARS,
            "otter",
            Clock.RECORDING,
            [(3000, "Speaker 1", "Goedenavond allemaal."), (9000, "Speaker 2", "Dag.")],
        ),
        (
            TABBED,
            "timed-text",
            Clock.RECORDING,
            [(1000, "Ria de Wit", "Hallo: allemaal"), (5000, "Tom", "Dag"), (9000, "Tom", "Ja hoor")],
        ),
        (
            MIXED,
            "timed-text",
            Clock.RECORDING,
            [
                (3000, "Ria de Wit", "Hallo allemaal."),
                (9000, "Tom", "Dag."),
                (12_000, "Bo", "Ja."),
                (15_000, "Ria de Wit", "goed"),
            ],
        ),
        (
            MARKS_IN_BRACKETS,
            "time-marks",
            Clock.RECORDING,
            [(0, "", "Een zin van Ria"), (3200, "", "Nog een")],
        ),
        (
            WHISPER_SCREEN,
            "caption-lines",
            Clock.RECORDING,
            [(0, "", "Welkom allemaal."), (4210, "", "Dag.")],
        ),
        (
            "start\tend\ttext\n531\t4210\tGoedenavond allemaal.\n4500\t6000\tDag\n",
            "cue-table",
            Clock.RECORDING,
            [(531, "", "Goedenavond allemaal."), (4500, "", "Dag")],
        ),
        (
            'noot\nstart,end,start,end,text\n1,2,1500,2100,"Goede, avond"\n3,4,3000,3900,Dag\n4,5,4100,5000,Hoi hoi\n',
            "cue-table",
            Clock.RECORDING,
            [(1500, "", "Goede, avond"), (3000, "", "Dag"), (4100, "", "Hoi hoi")],
        ),
        (
            "Start,End,Text\n0.0,2.5,Goedenavond allemaal\n2.5,4.25,ja dat is zo\n",
            "cue-table",
            Clock.RECORDING,
            [(0, "", "Goedenavond allemaal"), (2500, "", "ja dat is zo")],
        ),
        (
            'Speaker,Start,End,Text\nRia,0:00:03,0:00:06,"Welkom, allemaal"\nTom,0:00:07,0:00:09,Dank\n',
            "cue-table",
            Clock.RECORDING,
            [(3000, "Ria", "Welkom, allemaal"), (7000, "Tom", "Dank")],
        ),
        (
            "Tijd;Wie;Wat\n0:00:01;Ria;Goedenavond allemaal\n0:00:05;Tom;ja dat is zo\n0:00:09;Ria;goed\n",
            "cue-table",
            Clock.RECORDING,
            [(1000, "Ria", "Goedenavond allemaal"), (5000, "Tom", "ja dat is zo"), (9000, "Ria", "goed")],
        ),
    ],
)
def test_who_says_what_and_when(text, name, clock, expected):
    parsed = read(Source("x", text.encode()))
    assert (parsed.format, parsed.clock) == (name, clock)
    assert said(parsed) == expected
    assert all(one.end_ms is None or one.end_ms >= one.start_ms for one in parsed.utterances)


def test_an_end_in_brackets_behind_the_words_is_no_word():
    text = "Ria [00:00:01] Goedenavond. [00:00:03]\n\nTom [00:00:04] Dag [lacht] [00:00:06]\n\nRia [00:00:09] Fijn.\n"
    parsed = read(Source("x.txt", text.encode()))
    assert [(one.start_ms, one.end_ms, one.text) for one in parsed.utterances][:2] == [
        (1_000, 3_000, "Goedenavond."), (4_000, 6_000, "Dag [lacht]"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["5", "null", '"a"', "[]", "{}", "[1, 2]", '{"segments": 5}', "[[[[]]]]"])
def test_json_without_speech_is_refused(text):
    with pytest.raises(Unreadable):
        read(Source("x.json", text.encode()), "recogniser-json")


def test_a_number_and_a_time_in_one_list_are_not_mixed():
    with pytest.raises(Unreadable, match="seconds"):
        read(
            Source(
                "x.json",
                json.dumps({**IN_MS, "results": {"utterances": [{"start": 1, "end": 9**8, "text": "a"}]}}).encode(),
            )
        )


def word(text: str) -> bytes:
    document = Document()
    for paragraph in filter(None, text.split("\n")):
        document.add_paragraph(paragraph.replace("\v", "\n"))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("content", [MEET.encode(), word(MEET)], ids=["text", "word"])
def test_of_meet_only_speech_comes_in_and_its_times_are_near(content):
    parsed = read(Source("Groep 3 (2026-02-03 at 19 30 GMT+1).docx", content))
    assert (parsed.format, parsed.begins_utc_ms) == ("meet-transcript", 1_770_143_400_000)
    assert [(one.speaker, one.text, one.is_approximate) for one in parsed.utterances] == [
        ("Ria de Wit", "Goedenavond.", True),
        ("Tom", "Dag.", True),
        ("Ria de Wit", "Wie begint er? Dat is een lange zin.", True),
        ("Tom", "Ik wel.", True),
        ("Bo", "ja: goed", False),
    ]
    starts = [one.start_ms for one in parsed.utterances]
    assert starts == sorted(starts)
    assert (starts[0], starts[2], starts[4]) == (0, 300_000, 600_000)
    assert len(parsed.skipped) == 9  # each line that is no speech, the summary too


@pytest.mark.parametrize(("text", "mod"), [(MEET_MARKDOWN, "Ria"), (MEET_SHORT, "Ria de Wit")])
def test_of_meet_also_who_speaks_once_is_somebody(text, mod):
    parsed = read(Source("x.md", text.encode()))
    assert parsed.format == "meet-transcript"
    assert [one.speaker for one in parsed.utterances] == [mod, "Joke", mod]
    assert [one.text.strip(".") for one in parsed.utterances[1:]] == ["Dank u: dag", "Volgende vraag"]


@pytest.mark.parametrize("date", ["3 februari 2026, 06:30 p.m.", "February 3, 2026, 6:30 PM", "2026/02/03 18:30"])
def test_the_document_of_teams_says_when_it_began(date):
    parsed = read(Source("x.docx", word(TEAMS.format(date=date))))
    assert parsed.format == "teams-document"
    assert said(parsed) == [
        (4000, "Ria de Wit", "Goedenavond allemaal. Fijn dat u er bent."),
        (12_000, "Bakker, Tom (Extern)", "Dank u."),
        (3_603_000, "Ria de Wit", "Tot slot."),
    ]
    assert parsed.begins_utc_ms == 1_770_143_411_000  # minutes of the line in UTC, seconds of the title
    assert parsed.begins_wall_ms == 1_770_147_011_000
    assert len(parsed.skipped) == 4


def test_an_older_document_of_teams_is_cues():
    parsed = read(
        Source("x.docx", word("0:0:0.0 --> 0:0:1.820\nRia de Wit\nGoedenavond\n0:0:2.5 --> 0:0:4.0\nTom\nDag\n"))
    )
    assert said(parsed) == [(0, "Ria de Wit", "Goedenavond"), (2500, "Tom", "Dag")]


def test_a_document_that_is_none_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * 50_000_000 + b"</a>")
    entities = io.BytesIO()
    with zipfile.ZipFile(entities, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    for content in (bomb.getvalue(), entities.getvalue(), word(TEAMS)[:900], b"PK\x03\x04word/document.xml"):
        with pytest.raises(Unreadable):
            read(Source("x.docx", content), "teams-document")


def test_a_transcript_without_times_has_no_place_in_the_evening():
    parsed = read(Source("x.md", NAMED.encode()))
    assert (parsed.format, parsed.clock) == ("named-text", Clock.NONE)
    assert said(parsed) == [
        (None, "Ria", "Goedenavond allemaal."),
        (None, "Tom", "Dag."),
        (None, "Ria", "Wie begint?"),
        (None, "Bo", "ik"),
        (None, "Tom", "En ik. dus"),
    ]
    assert [one.line for one in parsed.skipped] == [1, 2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "# Leidraad\n\n19:30 Ontvangst\n19:45 Vraag 1: wat vindt u?\n20:15 Pauze\n20:30 Vraag 2\n",
        "Datum: 3 februari\nPlaats: Utrecht\nTijd: 19.30\nAanwezig: Ria en Tom\n",
        "Beste Ria,\n\nom 19:30 beginnen we.\n\nGroet, Tom\n",
        '{"a": 1, "b": [{"c": 2}]}',
        '{"segments": [{"start": 1, "text": "half',
    ],
)
def test_what_is_no_transcript_is_not_taken_for_one(text):
    with pytest.raises(Unreadable):
        read(Source("x.txt", text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "naam;leeftijd\nRia;34\nTom;51\n",
        "id,score,comment\n1,7,prima\n2,9,heel goed\n3,10,top\n",
        "id,score,mark,comment\n1,1.5,2.5,heel lang commentaar\n2,2.5,3.5,nog een commentaar\n3,1.5,4.5,en nog een\n",
        "Naam,Binnen,Buiten\nRia,19:02,20:30\nTom,19:05,20:31\n",
        "id;begin;eind;oordeel\n1;1;5;goed\n2;2;6;heel goed\n3;3;7;top\n",
    ],
)
def test_a_table_of_numbers_is_no_speech(text):
    assert not any(one.recognises(Source("x.csv", text.encode())) for one in tables.FORMATS)


@pytest.mark.parametrize("head", ["{name}\n{time}", "{time}\n{name}"])
@pytest.mark.parametrize("names", [("Kees", "Wil", "Kees", "Wil"), ("Kees", "Kees", "Wil", "Kees")])
def test_a_name_on_its_own_line_is_of_the_words_below_it_without_blank_lines(head: str, names: tuple[str, ...]) -> None:
    words = ("Hoi allemaal", "Dag", "Veel te duur", "Ik niet\nof toch")
    times = ("0:12", "0:19", "0:30", "0:40")
    told = zip(names, times, words, strict=True)
    text = "".join(f"{head.format(name=name, time=time)}\n{said}\n" for name, time, said in told)
    parsed = read(Source("gesprek.txt", text.encode()))
    assert [(one.speaker, one.text) for one in parsed.utterances] == [
        (name, said.replace("\n", " ")) for name, said in zip(names, words, strict=True)
    ]


@pytest.mark.parametrize(
    ("second", "said_by"),
    [(">> dat klopt", ["", ""]), ("- dat klopt\n- nee", ["", ""]), ("dat klopt", ["Anna", "Anna"])],
)
def test_a_sign_that_another_speaks_leaves_words_with_nobody(second: str, said_by: list[str]) -> None:
    cues = ("Anna: welkom", "Anna: hoi", second, "en verder")
    text = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{words}\n\n" for n, words in enumerate(cues, 1))
    parsed = read(Source("a.srt", text.encode()))
    assert [one.speaker for one in parsed.utterances][2:] == said_by
    assert not any(one.text.startswith(">>") for one in parsed.utterances)


def test_a_range_of_times_in_front_of_a_name_is_read() -> None:
    text = "0:00 - 0:12 Anna\nhoi daar\n\n0:12 - 0:20 Piet\ndag\n\n0:20 - 0:31 Anna\nnog\n"
    parsed = read(Source("a.txt", text.encode()))
    assert said(parsed) == [(0, "Anna", "hoi daar"), (12_000, "Piet", "dag"), (20_000, "Anna", "nog")]


@pytest.mark.parametrize("above", ["", "Groep 3\nThu, Dec 3, 2026\n\n"])
def test_minutes_and_seconds_before_names_that_come_back_are_a_transcript(above: str) -> None:
    text = above + "0:05 Ria: Goedenavond.\n1:20 Tom: Ik bestel.\n2:00 Ria: Dank.\n2:10 Bo: Ja: echt.\n"
    expected = [(5_000, "Ria", "Goedenavond."), (80_000, "Tom", "Ik bestel."), (120_000, "Ria", "Dank.")]
    assert said(read(Source("a.txt", text.encode()))) == [*expected, (130_000, "Bo", "Ja: echt.")]


def test_blank_lines_may_part_a_voice_from_its_words() -> None:
    text = "00:00:05 Speaker 1\n\nGoedenavond.\n\n00:01:20 Speaker 2\n\nIk bestel.\n"
    expected = [(5_000, "Speaker 1", "Goedenavond."), (80_000, "Speaker 2", "Ik bestel.")]
    assert said(read(Source("a.txt", text.encode()))) == expected


def test_subtitles_with_fractions_of_a_second_are_no_list_of_people() -> None:
    text = "Dialogue: 0,0:00:05.10,0:00:08.00,Goedenavond\nDialogue: 0,0:01:20.50,0:01:59.00,Ik bestel\n"
    parsed = read(Source("a.ass", text.encode()))
    assert ([one.start_ms for one in parsed.utterances], parsed.stays) == ([5_100, 80_500], ())


AMAZON_ITEMS = [
    {"start_time": "0.5", "end_time": "0.9", "alternatives": [{"content": "Hallo"}], "type": "pronunciation"},
    {"start_time": "1.0", "end_time": "1.9", "alternatives": [{"content": "allen"}], "type": "pronunciation"},
    {"alternatives": [{"content": "."}], "type": "punctuation"},
    {"start_time": "3.0", "end_time": "3.5", "alternatives": [{"content": "Dag"}], "type": "pronunciation"},
]
AMAZON_LABELS = [
    {"speaker_label": "spk_0", "items": [{"start_time": time, "speaker_label": "spk_0"} for time in ("0.5", "1.0")]},
    {"speaker_label": "spk_1", "items": [{"start_time": "3.0", "speaker_label": "spk_1"}]},
]
AMAZON = {"results": {"items": AMAZON_ITEMS, "speaker_labels": {"segments": AMAZON_LABELS}}}
AZURE = {
    "combinedRecognizedPhrases": [{"display": "Hallo allen. Dag"}],
    "recognizedPhrases": [
        {"speaker": 1, "offsetInTicks": 5e6, "durationInTicks": 1.4e7, "nBest": [{"display": "Hallo allen."}]},
        {"speaker": 2, "offsetInTicks": 3e7, "durationInTicks": 5e6, "nBest": [{"display": "Dag"}]},
    ],
}
AZURE_FAST = {
    "combinedPhrases": [{"text": "Hallo allen. Dag"}],
    "phrases": [
        {"speaker": 1, "offsetMilliseconds": 500, "durationMilliseconds": 1400, "text": "Hallo allen."},
        {"speaker": 2, "offsetMilliseconds": 3000, "durationMilliseconds": 500, "text": "Dag", "words": []},
    ],
}
STREAM = {
    "entries": [
        {"text": text, "startOffset": start, "endOffset": end, "speakerDisplayName": name}
        for text, start, end, name in (
            ("Hallo allen.", "00:00:00.5000000", "00:00:01.9000000", "Ria"),
            ("Dag", "00:00:03", "00:00:03.5000000", "Tom"),
        )
    ]
}


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (AMAZON, ["spk_0", "spk_1"]),
        (AZURE, ["Speaker 1", "Speaker 2"]),
        (AZURE_FAST, ["Speaker 1", "Speaker 2"]),
        (STREAM, ["Ria", "Tom"]),
    ],
)
def test_recognisers_with_a_shape_of_their_own(given: object, names: list[str]) -> None:
    parsed = read(Source("x.json", json.dumps(given).encode()))
    assert parsed.format == "recogniser-json"
    assert [(one.start_ms, one.end_ms, one.text) for one in parsed.utterances] == [
        (500, 1900, "Hallo allen."), (3000, 3500, "Dag"),
    ]  # fmt: skip
    assert [one.speaker for one in parsed.utterances] == names


@pytest.mark.parametrize(
    "text",
    [
        "Joke de Vries (00:00:03 - 00:00:09)\nGoedenavond.\n\nTom (00:00:09 - 00:00:12)\nDag.\n",
        "Joke de Vries 0:03 --> 0:09\nGoedenavond.\n\nTom 0:09 --> 0:12\nDag.\n",
        "Joke de Vries [00:03.0 – 00:09.0]:\nGoedenavond.\nTom [00:09.0 – 00:12.0]:\nDag.\n",
    ],
)
def test_from_when_to_when_may_stand_behind_a_name(text: str) -> None:
    parsed = read(Source("x.txt", text.encode()))
    assert [(one.start_ms, one.end_ms, one.speaker, one.text) for one in parsed.utterances] == [
        (3000, 9000, "Joke de Vries", "Goedenavond."), (9000, 12_000, "Tom", "Dag."),
    ]  # fmt: skip


def test_a_time_in_double_brackets_is_a_time() -> None:
    text = "[[00:00:03]] Joke: Goedenavond allemaal.\n[[00:00:09]] Tom: Dag.\n[[00:00:12]] Joke: We beginnen.\n"
    parsed = read(Source("x.txt", text.encode()))
    assert [(one.start_ms, one.speaker) for one in parsed.utterances] == [
        (3000, "Joke"),
        (9000, "Tom"),
        (12000, "Joke"),
    ]


def test_words_in_the_last_column_may_hold_the_sign_between_cells() -> None:
    rows = "start;eind;spreker;tekst\n00:03;00:06;Joke;Goedenavond; allen\n00:09;00:10;Tom;ja; nee; dag\n"
    parsed = read(Source("x.csv", rows.encode()))
    assert parsed.format == "cue-table"
    assert [(one.speaker, one.text) for one in parsed.utterances] == [
        ("Joke", "Goedenavond; allen"), ("Tom", "ja; nee; dag"),
    ]  # fmt: skip


@pytest.mark.parametrize("headings", ["Tijd;Onderdeel;Vragen", "Time;Section;Question", "Tijd;Thema;Doorvragen"])
def test_a_table_of_what_is_to_be_asked_is_nothing_that_was_said(headings: str) -> None:
    rows = f"{headings}\n19:30;Welkom;Wie bent u?\n19:40;Kern;Wat vindt u van de app?\n20:40;Slot;Nog iets?\n"
    with pytest.raises(Unreadable):
        read(Source("x.csv", rows.encode(), date(2026, 12, 3), Evening(hours=(70_000_000, 76_000_000))))
