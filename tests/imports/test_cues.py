"""Files of cues: what each says, when and who, whatever program wrote it."""

import io

import pytest
import webvtt

from imports.cue_cases import (
    BRACKETS,
    HEADERLESS,
    MEET,
    METADATA,
    NAMED_IDENTIFIERS,
    NAMELESS,
    NOSCRIBE,
    OLD_TEAMS,
    ROLLING,
    SBV,
    SRT,
    TEAMS,
    WEBEX,
    WHISPERX,
    ZOOM,
)
from kring.imports.formats.cues.blocks import cues_in
from kring.imports.formats.cues.files import FORMATS
from kring.imports.recognise import read, recognised
from kring.imports.source import Source
from kring.system.text_files import Unreadable


def said(text: str, name: str = "x.vtt") -> tuple[str, list[tuple]]:
    parsed = read(Source(name, text.encode()))
    return parsed.format, [(one.start_ms, one.end_ms, one.speaker, one.text) for one in parsed.utterances]


@pytest.mark.parametrize(
    ("text", "name", "cues"),
    [
        (
            TEAMS,
            "teams-transcript",
            [
                (4500, 8000, "Ria de Wit", "Goedenavond, welkom bij deze groep."),
                (8200, 10_000, "Bakker, Tom (Extern)", "Dank u & goedenavond. <b>"),
                (9900, 12_000, "Sofie", "Hoi."),
                (9900, 12_000, "Ria de Wit", "Ga uw gang."),
                (12_100, 13_000, "", "[applaus]"),
            ],
        ),
        (METADATA, "teams-transcript", [(10_000, 11_000, "Ria de Wit", "Begint u maar.")]),
        (
            WEBEX,
            "webex-transcript",
            [(1000, 4000, "Ria de Wit", "Goedenavond."), (4500, 5000, "Tom Bakker", "Ja, goedenavond.")],
        ),
        (
            ZOOM,
            "vtt",
            [
                (2000, 4000, "Ria de Wit (zij)", "Welkom."),
                (4500, 6000, "Ria de Wit (zij)", "Fijn dat u er bent."),
                (11_000, 12_000, "", "Ja?"),
                (12_500, 14_000, "Tom", "Goedenavond: ik ben Tom."),
                (14_000, 16_000, "Ria de Wit (zij)", "Dank."),
                (16_000, 18_000, "Tom", "Graag."),
            ],
        ),
        (
            WHISPERX,
            "vtt",
            [(1250, 3500, "SPEAKER_01", "Een vraag: wie begint?"), (3_598_000, 3_602_000, "", "hmm")],
        ),
        (
            NOSCRIBE,
            "noscribe-vtt",
            [
                (1000, 5000, "S01", "Wie wil er beginnen"),
                (5000, 9000, "S01", "en wat zegt u"),
                (5000, 9000, "S02", "ik wel"),
                (9000, 10_000, "S02", "ja ja"),
                (25_000, None, "S02", "Nou kijk"),
            ],
        ),
        (
            HEADERLESS,
            "srt",
            [
                (1000, 5000, "RW", "Welkom allemaal"),
                (1000, 5000, "Tom B", "Dank u"),
                (5000, 7000, "RW", "(lacht)"),
            ],
        ),
        (ROLLING, "rolling-captions", [(1000, 3000, "", "de wachttijd"), (3010, 5000, "", "was lang")]),
        (OLD_TEAMS, "srt", [(0, 1820, "Ria de Wit", "Goedenavond"), (2500, 4000, "Tom", "Dag allemaal")]),
        (SRT, "srt", [(1500, 2000, "", "Ja"), (2500, 3000, "", "Nee")]),
        (SBV, "sbv", [(1500, 2000, "", "Ja hoor"), (3000, None, "", "Nee")]),
        (
            NAMED_IDENTIFIERS,
            "webex-transcript",
            [
                (1000, 2000, "Ria de Wit", "Hallo"),
                (2000, 3000, "Tom", "Dag"),
                (3000, 4000, "Ria de Wit", "Ja"),
                (4000, 5000, "Tom", "Ook"),
            ],
        ),
        (BRACKETS, "srt", [(1000, 2000, "Ria", "Hallo"), (2000, 3000, "Tom", "Dag: ja"), (3000, 4000, "Ria", "Ja")]),
        (NAMELESS, "vtt", [(1000, 2000, "", "Hallo"), (2000, 3000, "", "Dag")]),
        ("WEBVTT\n", "vtt", []),
    ],
)
def test_what_is_said_in_cues(text, name, cues):
    assert said(text) == (name, cues)


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_line_ends_and_encodings_change_nothing(ends, encoding):
    changed = Source("x.vtt", ZOOM.replace("\n", ends).encode(encoding))
    assert read(changed) == read(Source("x.vtt", ZOOM.encode()))


def test_a_chat_of_meet_is_messages_and_not_speech():
    parsed = read(Source("x.sbv", MEET.encode()))
    assert parsed.format == "meet-chat"
    assert [(one.at_ms, one.author, one.text) for one in parsed.messages] == [
        (60_250, "Tom", "kijk: hier\nen daar"),
        (120_000, "Ria", "dank"),
    ]
    assert parsed.utterances == ()


def test_the_moment_that_a_cue_or_the_name_of_the_file_tells_is_kept():
    assert read(Source("x.vtt", METADATA.encode())).begins_utc_ms == 1_770_143_400_250
    named = read(Source("GMT20260203-183000_Recording.transcript.vtt", ZOOM.encode()))
    assert (named.begins_utc_ms, named.begins_wall_ms) == (1_770_143_400_000, None)
    local = read(Source("Groep 3-20260203_193000-Vergaderopname.vtt", TEAMS.encode()))
    assert (local.begins_utc_ms, local.begins_wall_ms) == (None, 1_770_147_000_000)
    meet = read(Source("abc (2026-02-03 at 19 30 GMT+1).sbv", SBV.encode()))
    assert meet.begins_utc_ms == 1_770_143_400_000


def test_what_cannot_be_read_is_told_line_by_line():
    text = "WEBVTT\n\nlos\n\n1\n00:00:7x.000 --> 00:00:09.000\nweg\n\n00:00:61.000 --> 00:01:09.000\nweg\n\n"
    text += "2\n00:00:10.000 --> 00:00:11.000\n\n"
    parsed = read(Source("x.vtt", text.encode()))
    assert parsed.utterances == ()
    assert [(one.line, str(one.why)) for one in parsed.skipped] == [
        (3, "There is no time above these words."),
        (5, "There is no time above these words."),
        (6, "The times of this cue cannot be read."),
        (9, "The times of this cue cannot be read."),
        (13, "Nothing stands in this cue."),
    ]


def test_a_remark_before_a_colon_is_no_person():
    cues = "".join(f"00:00:{n:02}.000 --> 00:00:{n:02}.900\n{'Let op: ' * (n == 3)}zin {n}\n\n" for n in range(20))
    assert {speaker for _, _, speaker, _ in said("WEBVTT\n\n" + cues)[1]} == {""}


def test_a_format_that_is_named_refuses_what_it_is_not():
    with pytest.raises(Unreadable):
        read(Source("x.txt", b"Dit is een brief.\n"), "vtt")
    assert not any(one.recognises(Source("x.txt", b"Dit is een brief.\n")) for one in FORMATS)
    assert recognised(Source("x.sbv", SBV.encode())).name == "sbv"


@pytest.mark.parametrize("text", [TEAMS, WEBEX, ZOOM, WHISPERX, NOSCRIBE, ROLLING, METADATA])
def test_another_reader_finds_the_same_cues(text):
    theirs = [(one.start, one.end, one.identifier or "", one.raw_text) for one in webvtt.from_buffer(io.StringIO(text))]
    ours = cues_in(text).cues
    stamps = [
        f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
        for ms, *_ in ((one.start_ms,) for one in ours)
    ]
    assert stamps == [start for start, *_ in theirs]
    assert [(one.identifier, "\n".join(one.lines)) for one in ours] == [tuple(rest) for _, _, *rest in theirs]
