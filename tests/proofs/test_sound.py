"""A real conversation is recorded, killed twice, heard again at ten notes, refined, kept, exported and moved."""

from __future__ import annotations

import hashlib
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from kring.audio import wav
from kring.domain.measures.coverage import cover_of_note
from kring.domain.rows import NoteRow, SegmentRow
from kring.record.folder import find, segments_of
from proofs.recorded_evening import BEFORE_S, LENGTH_S, NOTED_S, UNRECORDED, Evening, kring, spend
from proofs.room import Room
from record.pulse import RATE, Pulse, served, until
from speech.ears import Ears
from speech.scoring import error_rate

pytestmark = pytest.mark.slow

MOST_MS = 100.0
PLAYED_S = 2.5
KILL_COSTS_S = 4.0  # a second until somebody looks, and the start of a new recorder on a busy computer
Measured = Callable[[str], None]


@pytest.fixture(scope="module")
def pulse() -> Iterator[Pulse]:
    with pytest.MonkeyPatch.context() as patch:
        yield from served(patch)


@pytest.fixture(scope="module")
def evening(pulse: Pulse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    room = Room(pulse, tmp_path_factory.mktemp("room"), LENGTH_S, seed=5)
    yield spend(room, tmp_path_factory.mktemp("session"))
    room.close()


@pytest.fixture
def copy(evening: Evening, tmp_path: Path) -> Evening:
    """The session elsewhere, under another name, for what changes it."""
    return evening.moved(tmp_path / "elsewhere")


def notes(evening: Evening) -> list[NoteRow]:
    return sorted(evening.state.notes.values(), key=lambda note: note.at)


def segments(evening: Evening) -> list[tuple[SegmentRow, Path]]:
    found = [(row, find(evening.file, row)) for row in segments_of(evening.state)]
    assert all(path for _row, path in found)
    return [(row, path) for row, path in found if path]


def sound_of(path: Path) -> np.ndarray:
    return np.frombuffer(path.read_bytes()[wav.HEADER_BYTES :], "<i2")


def test_two_files_are_whole_and_the_kill_of_the_screen_costs_nothing(evening: Evening, measured: Measured) -> None:
    state = evening.state
    (recording,) = state.recordings.values()
    assert recording.why == "stopped"
    assert [row.why for row, _path in segments(evening)] == ["killed", "stopped"]
    edges: list[tuple[float, float]] = []
    drifts: list[float] = []
    for row, path in segments(evening):
        sound = sound_of(path)
        assert wav.read_header(path).frames == row.frames == len(sound)
        sound = np.trim_zeros(sound, "b")  # after the last word the room is quite still
        seconds = [sound[begin : begin + row.rate] for begin in range(0, len(sound) - row.rate, row.rate)]
        places = [evening.room.place_of(second, row.rate) - 1000 * number for number, second in enumerate(seconds)]
        # a lost or doubled sample would shift all that comes after it
        drifts.append(max(places) - min(places))
        edges.append((places[0], places[0] + len(sound) / row.rate * 1000))
    assert max(drifts) < 3, drifts
    lost_s = (edges[1][0] - edges[0][1]) / 1000
    assert 0 < lost_s < KILL_COSTS_S
    measured(f"within the files nothing is missing or doubled (steps up to {max(drifts):.2f} ms)")
    measured(f"the kill of the screen cost 0 samples, that of the recorder {lost_s:.2f} s until the next one heard")


def test_each_note_knows_whether_it_was_recorded(evening: Evening) -> None:
    covers = {note.text: cover_of_note(evening.state, note) for note in notes(evening)}
    assert covers.pop(UNRECORDED) == ""
    assert set(covers.values()) == {"kring"}
    assert len(covers) == len(NOTED_S) == 10
    told = kring("sound", evening.file)
    assert "2 files" in told
    assert "1 quote outside the recording" in told


def heard_from(evening: Evening, *words: object) -> float:
    """Play, listen to the headphones, and return which moment of the conversation is heard first, in ms."""
    ears = Ears()
    try:
        told = kring("play", evening.file, *words, "--for", PLAYED_S)
        assert "Playing from" in told
        assert "later" not in told
        until(lambda: not ears.samples()[-RATE // 10 :].any())
        heard = ears.samples()
    finally:
        ears.close()
    first, last = np.flatnonzero(heard)[[0, -1]]
    assert abs((last - first) / RATE - PLAYED_S) < 0.05
    return evening.room.place_of(heard[first : last + 1], RATE)


def test_ten_notes_are_heard_where_they_were(evening: Evening, measured: Measured) -> None:
    errors = []
    for number, note in enumerate(notes(evening), 1):
        if note.text != UNRECORDED:
            truth = evening.room.said_at(note.at - 1000 * BEFORE_S, PLAYED_S)
            errors.append(heard_from(evening, "--note", number) - truth)
    measured(f"ten notes by ear are off by {', '.join(f'{error:+.1f}' for error in errors)} ms")
    assert len(errors) == 10
    assert max(map(abs, errors)) <= MOST_MS, errors


def test_a_moment_and_a_kept_file_are_heard_after_a_move(copy: Evening, measured: Measured) -> None:
    note = notes(copy)[-1]
    truth = copy.room.said_at(note.at - 1000 * BEFORE_S, PLAYED_S)
    assert note.t is not None
    clock = f"{int(note.t // 60)}:{note.t % 60:06.3f}"
    of_wav = heard_from(copy, "--at", clock) - truth
    kring("sound", copy.file, "--keep")
    moved = copy.moved(copy.file.parent / "moved again")
    of_flac = heard_from(moved, "--note", len(notes(moved))) - truth
    measured(f"after a move: by the clock {of_wav:+.1f} ms, from FLAC {of_flac:+.1f} ms")
    assert max(abs(of_wav), abs(of_flac)) <= MOST_MS


def test_flac_is_bit_exact_and_known_by_its_checksum(copy: Evening) -> None:
    import soundfile

    recorded = {row.id: sound_of(path) for row, path in segments(copy)}
    kring("sound", copy.file, "--keep")
    assert not list(copy.file.with_suffix(".audio").glob("*.wav"))
    for row, path in segments(copy):
        assert path.suffix == ".flac"
        assert np.array_equal(soundfile.read(path, dtype="int16")[0], recorded[row.id])
        assert row.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "is whole" in kring("verify", copy.file)


def test_a_place_in_the_mp3_is_a_moment_of_the_session(copy: Evening, measured: Measured) -> None:
    import soundfile

    kring("sound", copy.file, "--to", "mp3")
    sound, rate = soundfile.read(copy.file.with_suffix(".mp3"))
    errors = []
    for note in notes(copy)[1:]:
        assert note.t is not None
        begin = round((note.t - BEFORE_S) * rate)
        place = copy.room.place_of(sound[begin : begin + round(PLAYED_S * rate)] * 32767, rate)
        errors.append(place - copy.room.said_at(note.at - 1000 * BEFORE_S, PLAYED_S))
    measured(f"in the MP3 the notes are off by up to {max(map(abs, errors)):.1f} ms")
    assert max(map(abs, errors)) <= MOST_MS, errors


def logged(evening: Evening) -> list[tuple[str, float, float]]:
    """The turns of the log on the clock of the conversation."""
    state = evening.state
    note = notes(evening)[1]
    began = note.at - evening.room.said_at(note.at)
    return [
        (row.participant or row.kind, row.started_at - began, row.ended_at - began)
        for row in state.turns.values()
        if row.ended_at is not None and row.removed_at is None and row.kind != "silence"
    ]


def test_refined_turns_are_nearer_to_the_truth(copy: Evening, measured: Measured) -> None:
    truth = copy.room.conversation.truth
    by_hand = error_rate(truth, logged(copy))
    kring("turns", copy.file, "--refine")
    assert error_rate(truth, logged(copy)) == by_hand  # only proposed
    kring("turns", copy.file, "--accept", "all")
    refined = error_rate(truth, logged(copy))
    measured(f"diarization error by the hand log {by_hand:.1%}, refined {refined:.1%}")
    assert refined < 0.7 * by_hand
    assert "is whole" in kring("verify", copy.file)


@pytest.mark.parametrize("kept", [False, True])
def test_every_export_knows_the_sound(copy: Evening, kept: bool) -> None:
    if kept:
        kring("sound", copy.file, "--keep")
    for form in ("zip", "vtt", "eaf", "qdpx"):
        kring("export", copy.file, "--to", form, "--names")
    _expect_bundle(copy, kept)
    _expect_subtitles(copy)
    tree = ET.parse(copy.file.with_suffix(".eaf"))
    places = [media.get("RELATIVE_MEDIA_URL", "") for media in tree.iter("MEDIA_DESCRIPTOR")]
    assert [(copy.file.parent / place).resolve() for place in places] == [path for _row, path in segments(copy)]
    with zipfile.ZipFile(copy.file.with_suffix(".qdpx")) as project:
        told = "".join(project.read(name).decode() for name in project.namelist())
    assert told.count("<AudioSource") == 2
    assert all(note.text in told for note in notes(copy))


def _expect_bundle(copy: Evening, kept: bool) -> None:
    with zipfile.ZipFile(copy.file.with_suffix(".zip")) as bundle:
        manifest = json.loads(bundle.read("manifest.json"))
        assert manifest["missing"] == []
        packed = {part["file"]: part["sha256"] for part in manifest["files"]}
        for name, sha256 in packed.items():
            assert hashlib.sha256(bundle.read(name)).hexdigest() == sha256
        unpacked = copy.file.parent / "unpacked"
        bundle.extractall(unpacked)
    assert sum(name.endswith(".flac" if kept else ".wav") for name in packed) == 2
    (file,) = unpacked.glob("*.db")
    assert "is whole" in kring("verify", file)
    assert kring("sound", file).count("kept, and whole" if kept else "as recorded") == 2


def _expect_subtitles(copy: Evening) -> None:
    cues = copy.file.with_suffix(".vtt").read_text().split("\n\n")
    begin = min(row.started_at for row, _path in segments(copy))
    for note in notes(copy)[1:]:
        (cue,) = (cue for cue in cues if cue.endswith(f">{note.text}"))
        minutes, seconds = cue.splitlines()[1].split(" --> ")[0].split(":")[1:]
        assert 60 * int(minutes) + float(seconds) == pytest.approx((note.at - begin) / 1000, abs=5.1)


def test_the_session_file_is_whole_and_the_computer_is_left_alone(evening: Evening) -> None:
    assert "is whole" in kring("verify", evening.file)
    assert not evening.file.with_name(f"{evening.file.name}-wal").exists()
    left = {path.name for path in evening.file.with_suffix(".audio").iterdir()}
    assert left == {"0001.wav", "0002.wav", "log.jsonl", "recorder.lock", "status"}
    status: dict[str, Any] = json.loads(evening.file.with_suffix(".audio").joinpath("status").read_bytes()[:900])
    before = status["elapsed_ns"]
    time.sleep(0.5)
    assert json.loads(evening.file.with_suffix(".audio").joinpath("status").read_bytes()[:900])["elapsed_ns"] == before
