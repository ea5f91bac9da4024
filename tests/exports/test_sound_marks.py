"""Labels, chapters, edit lists and TextGrids: read here by the rules that their programs document."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from domain.any_facts import events as any_events
from exports.full_session import HOSTILE, full_material, full_state, material_of, moment, written
from kring.domain import rows as r
from kring.domain.history import History
from kring.domain.state import EMPTY
from kring.exports.sound_marks import clips, praat
from kring.privacy.snapshot import Snapshot

LABEL = re.compile(r"(\d+\.\d{3})\t(\d+\.\d{3})\t([^\t\n]+)\n")
CODE = r"(\d\d:\d\d:\d\d:\d\d)"
EDIT = re.compile(rf"(\d{{3}})  AX       B     C        {CODE} {CODE} {CODE} {CODE}")


def labels(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    text = written(clips.write_audacity, snapshot).decode()
    assert re.sub(LABEL, "", text) == ""
    return LABEL.findall(text)


def frames(code: str) -> int:
    hours, minutes, seconds, rest = map(int, code.split(":"))
    assert rest < 25
    return ((hours * 60 + minutes) * 60 + seconds) * 25 + rest


def edits(snapshot: Snapshot) -> list[list[int]]:
    """The four times of each event, in frames."""
    lines = written(clips.write_edl, snapshot).decode().split("\r\n")
    assert lines[0].startswith("TITLE: ")
    assert lines[1] == "FCM: NON-DROP FRAME"
    found = [EDIT.fullmatch(line) for line in lines if re.match(r"\d{3} ", line)]
    assert [int(one[1]) for one in found if one] == list(range(1, len(found) + 1))
    return [[frames(one[place]) for place in (2, 3, 4, 5)] for one in found if one]


def test_a_starred_quote_is_a_clip_with_room_around_it():
    assert labels(full_material()) == [("13.000", "19.000", "P1: het is gedoe")]
    assert edits(full_material()) == [[13 * 25, 19 * 25, 0, 6 * 25]]
    assert "* COMMENT: P1: het is gedoe\r\n" in written(clips.write_edl, full_material()).decode()
    assert written(clips.write_chapters, full_material()).decode() == (
        ";FFMETADATA1\ntitle=Loyaliteit groep 1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=13000\nEND=19000\n"
        "title=P1: het is gedoe\n"
    )


@pytest.mark.parametrize("scope", ["clips", "quoting"])
def test_nobody_is_cut_who_did_not_allow_it(scope: str):
    refused = r.ConsentRow(id=f"P1/{scope}", participant="P1", scope=scope, given=False, at=moment(0))
    assert labels(material_of(full_state().put([refused]))) == []


def test_what_has_no_star_or_is_unfinished_is_no_clip():
    state = full_state()
    assert labels(material_of(state.put([replace(state.notes["n1"], starred=False)]))) == []
    assert labels(material_of(state.put([replace(state.notes["n1"], stub=True)]))) == []


def test_a_transcript_of_the_turn_takes_no_clip_away():
    state = full_state()
    there_too = replace(state.transcript["d1"], id="d3", turn="t2", text="uitgeschreven", started_at=moment(14))
    assert labels(material_of(state.put([there_too]))) == [("13.000", "19.000", "P1: het is gedoe")]


def test_clips_count_from_the_recording_and_stay_within_it():
    recording = r.RecordingRow(id="r1", source="platform", started_at=moment(14), ended_at=moment(16))
    state = full_state()
    gone = [replace(row, removed_at=moment(300)) for row in state.tables["segments"].values()]
    assert labels(material_of(state.put([recording, *gone]))) == [("0.000", "2.000", "P1: het is gedoe")]


@pytest.mark.parametrize("text", [*HOSTILE, "a=b;c#d", "tab\there"])
def test_hostile_text_stays_text(text: str):
    snapshot = full_material(text, name=text[:100], with_names=True)
    assert len(labels(snapshot)) == len(edits(snapshot)) <= 1
    told = written(clips.write_chapters, snapshot).decode()
    assert len(re.findall(r"^\[CHAPTER\]$", told, re.MULTILINE)) == len(labels(snapshot))
    assert not re.findall(r"^title=(?:[^\\\n]|\\.)*[=;#](?<!\\.)", told, re.MULTILINE)
    grid(snapshot)


def grid(snapshot: Snapshot) -> dict[str, list[tuple[float, float, str]]]:
    """The tiers of a TextGrid, of which the intervals follow each other from begin to end."""
    text = written(praat.write, snapshot).decode()
    assert text.startswith('File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0.000\n')
    last = float(re.findall(r"^xmax = (\S+)$", text, re.MULTILINE)[0])
    names = re.findall(r'^        name = "((?:[^"]|"")*)"$', text, re.MULTILINE)
    parts = re.split(r"^    item \[\d+\]:$", text, flags=re.MULTILINE)[1:]
    assert len(names) == len(set(names)) == len(parts) == int(re.findall(r"^size = (\d+)$", text, re.MULTILINE)[0])
    tiers = {}
    for name, part in zip(names, parts, strict=True):
        found = re.findall(r'xmin = (\S+)\n            xmax = (\S+)\n            text = "((?:[^"]|"")*)"\n', part)
        assert len(found) == int(re.findall(r"intervals: size = (\d+)", part)[0])
        tiers[name] = [(float(begin), float(end), words) for begin, end, words in found]
        assert (tiers[name][0][0], tiers[name][-1][1]) == (0, last)
        assert all(begin < end for begin, end, _words in tiers[name])
        assert all(one[1] == other[0] for one, other in pairwise(tiers[name]))
    return tiers


def test_speakers_guide_and_notes_are_tiers():
    found = grid(full_material())
    assert (10.0, 40.0, "“het is gedoe”") in found["P1"]
    assert (0.0, 11.0, "1.1 Wie bent u?") in found["Guide"]
    assert any(words == "#app #prijs" for _begin, _end, words in found["Tags"])


def test_a_session_in_which_nothing_happened_has_no_marks():
    empty = material_of(EMPTY)
    assert labels(empty) == edits(empty) == []
    assert all(len(intervals) == 1 for intervals in grid(empty).values())


@settings(max_examples=20)
@given(any_events())
def test_any_history_gives_a_whole_grid(events):
    history = History()
    history.accept(history.change(events))
    snapshot = material_of(history.state)
    grid(snapshot)
    for begin, end, _at, _until in edits(snapshot):
        assert begin < end
