"""Subtitles and lines: independent readers see who said what, whatever was said."""

from __future__ import annotations

import html
import re
from io import StringIO

import pytest
import webvtt
from msgspec.structs import replace

from exports.full_session import HOSTILE, full_material, full_state, material_of, moment, written
from kring.domain import rows as r
from kring.domain.stretches import FOREVER_MS
from kring.exports import plain_text
from kring.exports.subtitles import cues, recorded, write_srt, write_vtt
from kring.privacy.speech import said

TRAPS = (*HOSTILE, "a --> b", "2\n00:00:01,000 --> 00:00:02,000\nvals", "WEBVTT", "<v Fatima>", "NOTE x", "<i>x</i> <3")
LINE = re.compile(r'[^:]+: "(.*)" \[\d\d:\d\d:\d\d\]')


def quoting(text: str, **changes):
    """A session in which no machine wrote anything down, with a quote of P1."""
    state = full_state(text)
    gone = [replace(row, removed_at=moment(300)) for row in state.tables["transcript"].values()]
    note = replace(state.notes["n1"], **changes)
    return material_of(state.put([*gone, note]))


def vtt_of(snapshot):
    text = written(write_vtt, snapshot).decode("utf-8-sig")
    return list(webvtt.from_buffer(StringIO(text)))


def srt_of(snapshot):
    return list(webvtt.from_buffer(StringIO(written(write_srt, snapshot).decode("utf-8-sig")), format="srt"))


def words(text: str) -> str:
    return " ".join(text.split())


def shown(text: str) -> str:
    """What a note says, as one line."""
    return words(re.sub("[\ufffe]", "", full_material(text).state.notes["n1"].text))


@pytest.mark.parametrize("text", TRAPS, ids=range(len(TRAPS)))
def test_vtt_is_read_back(text):
    snapshot = quoting(text)
    cues = vtt_of(snapshot)
    usual = vtt_of(quoting("gewoon"))
    assert len(cues) == len(usual) or not shown(text)
    if shown(text):
        assert shown(text) in [words(html.unescape(cue.text)) for cue in cues if cue.voice == "P1"]


@pytest.mark.parametrize("text", TRAPS, ids=range(len(TRAPS)))
def test_srt_is_read_back(text):
    snapshot = quoting(text)
    cues = srt_of(snapshot)
    numbers = re.findall(r"^(\d+)\n\d\d:", written(write_srt, snapshot).decode("utf-8-sig"), re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(cues) + 1)]
    assert len(cues) == len(srt_of(quoting("gewoon"))) or not shown(text)
    if shown(text):
        told = shown(text).replace("-->", "→")
        told = re.sub(r"<(?=[A-Za-z/!])", "‹", told)  # noqa: RUF001
        told = re.sub(r"\{(?=[\\A-Za-z])", "(", told)
        assert f"P1: {told}" in [words(cue.text) for cue in cues]


@pytest.mark.parametrize("text", TRAPS, ids=range(len(TRAPS)))
def test_a_line_is_a_line(text):
    told = written(plain_text.write, quoting(text)).decode()
    assert "\r" not in told
    assert [found[1] for line in told.split("\n") if (found := LINE.fullmatch(line))] == (
        [shown(text)] * bool(shown(text))
    )


def test_times_count_from_the_beginning_of_the_recording():
    recording = r.RecordingRow(id="r1", source="kring", started_at=moment(10), ended_at=moment(90))
    platform = r.RecordingRow(id="r0", source="platform", started_at=moment(2), ended_at=moment(90))
    snapshot = quoting("het is gedoe")
    begun = srt_of(snapshot)[0]
    assert (begun.start_in_seconds, begun.text) == (0, "M: (speaks)")
    state = snapshot.state.put([platform])
    assert srt_of(replace(snapshot, state=state))[0].end_in_seconds == 8
    recorded = srt_of(replace(snapshot, state=state.put([recording])))
    assert "M: (speaks)" not in [cue.text for cue in recorded]  # was over before
    quote = next(cue for cue in recorded if "gedoe" in cue.text)
    assert quote.start_in_seconds == 5


@pytest.mark.parametrize("write", [write_vtt, write_srt])
def test_they_say_that_they_are_in_utf_8_where_that_matters(write):
    assert written(write, quoting("café 😀")).startswith(b"\xef\xbb\xbf")
    assert not written(write, quoting("gedoe")).startswith(b"\xef\xbb\xbf")


def test_a_turn_with_words_does_not_also_say_that_somebody_speaks():
    cues = vtt_of(quoting("het is gedoe"))
    assert [cue.text for cue in cues if cue.voice == "P1"] == ["het is gedoe", "(speaks)"]  # of t2, and of t3


def test_words_of_a_turn_come_from_the_transcript_where_there_are_any():
    state = full_state("letterlijk")
    told = [("M", "letterlijk of zo"), ("P1", "letterlijk"), ("P4", "en ja")]
    assert [(one.speaker, one.text) for one in said(material_of(state))] == told
    there_too = replace(state.transcript["d1"], id="d3", turn="t2", text="uitgeschreven", started_at=moment(14))
    told[1] = ("P1", "uitgeschreven")
    assert [(one.speaker, one.text) for one in said(material_of(state.put([there_too])))] == told


def test_a_quote_that_was_written_late_belongs_to_the_turn_before_it():
    late = quoting("het is gedoe", at=moment(48))
    assert [(one.started_at, one.participant) for one in said(late)] == [(moment(40), "P1")]
    lost = quoting("het is gedoe", at=moment(58))
    assert [one.started_at for one in said(lost)] == [moment(58)]


def test_lines_stand_under_their_question():
    told = written(plain_text.write, quoting("het is gedoe")).decode()
    assert told == (
        "Loyaliteit groep 1\n\nQuestion: 2.1 Vertel eens over de laatste keer\n\n" + 'P1: "het is gedoe" [00:00:15]\n'
    )


def test_whoever_codes_by_speaker_finds_the_speakers_only():
    """As QualCoder marks speakers: what stands before the first colon, until the next line that has one in front."""
    snapshot = quoting("het is: gedoe")
    state = snapshot.state
    title = replace(state.session, title="19:30 Groep: de baas")
    told = written(plain_text.write, replace(snapshot, state=state.put([title]))).decode()
    marked = re.findall(r"^\s*(.{1,63}?)\s*:\s*", told, re.MULTILINE)
    assert marked == ["Question", "P1"]


@pytest.mark.parametrize(
    ("recordings", "begin", "end"),
    [
        ([("platform", 2, 90)], 2, 90),
        ([("platform", -600, -590), ("platform", 10, 90)], 10, 90),
        ([("platform", 2, 14), ("platform", 15, 90)], 15, 90),
        ([("platform", 2, 60), ("platform", 61, 90)], 2, 60),
        ([("platform", -600, -590), ("kring", 10, 20), ("kring", 30, 90)], 10, None),
        ([], 0, None),
    ],
)
def test_they_belong_to_the_recording_that_holds_most_of_the_talk(recordings, begin, end):
    rows = [
        r.RecordingRow(id=f"r{number}", source=source, started_at=moment(first), ended_at=moment(last))
        for number, (source, first, last) in enumerate(recordings)
    ]
    snapshot = quoting("het is gedoe")
    snapshot = replace(snapshot, state=snapshot.state.put(rows))
    found = recorded(snapshot)
    assert found == (moment(begin), FOREVER_MS if end is None else moment(end))
    assert all(0 <= one.started_at < one.ended_at <= found[1] - found[0] for one in cues(snapshot))
