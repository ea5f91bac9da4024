"""`kring import` of the platform's recording: laid on the clock by the log, then sound like kring's own."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from acting import act
from conftest import START_MS
from imports.evening import MINUTE, NAMES, Evening
from kring.audio.mixdown import Written, write
from kring.cli.main import main
from kring.cli.sound import _heard_words as heard_words
from kring.cli.sound import export_of
from kring.domain import facts as f
from kring.domain.decide import decision, recording
from kring.domain.measures.coverage import cover, heard_in
from kring.domain.text import KringError, Refused
from kring.exports.subtitles import recorded as recorded_from_to
from kring.privacy.snapshot import read
from kring.record.folder import find, segments_of, sounds_of
from kring.session.playback import Recorded
from kring.session.session import Session
from kring.speech.transcribe import Said, Word
from kring.store.verify import verify
from kring.system.clock import SimulatedClock

RATE = 8_000
EVENING = Evening(4, minutes=24, missed=0.0)
PARTS = [(60_000, 11 * MINUTE), (14 * MINUTE, 24 * MINUTE)]


@pytest.fixture(scope="module")
def held(
    begin_session: Callable[[Path, SimulatedClock], Session], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, int]:
    """A talk whose turns are logged some 0.9 s late, and its end; the platform paused from 11:00 to 14:00."""
    clock = SimulatedClock(START_MS)
    session = begin_session(tmp_path_factory.mktemp("held") / "session.db", clock)
    act(session, "start anyway")
    began, chance = session.now(), random.Random(4)
    marks = [(PARTS[0][0], "recording"), (PARTS[0][1], "recording off"), (PARTS[1][0], "recording")]
    acts = [(at + 2_000, line) for at, line in marks]
    for who, begin, end in EVENING.turns:
        seat = NAMES.index(who) + 1 if who in NAMES else "moderator"
        late = [max(0, int(chance.gauss(900, 300))) for _ in range(2)]
        acts += [(begin + late[0], f"floor {seat}"), (end + late[1], "floor nobody")]
    for at, line in sorted(acts):
        clock.advance(max(0, began + at - session.now()))
        with suppress(Refused):  # such as a turn that is over before its key
            act(session, line)
    clock.advance(60_000)
    act(session, "end")
    assert session.close()
    return session.store.path, session.now()


@pytest.fixture
def talk(
    held: tuple[Path, int], make_session: Callable[..., Session], clock: SimulatedClock, tmp_path: Path
) -> Session:
    path, ended = held
    clock.advance(ended - START_MS)
    return make_session(path=Path(shutil.copy(path, tmp_path)), seed=1)


def sound_of(parts: list[tuple[int, int]], evening: Evening = EVENING) -> np.ndarray:
    """What a microphone hears of it: a little noise, and much while somebody speaks, with breaths."""
    length = max(end for _begin, end in parts) * RATE // 1000
    chance, noise = random.Random(5), np.random.default_rng(5).standard_normal(length) * 15
    for _who, begin, end in evening.turns:
        at = begin
        while at < end:
            until = min(at + chance.randint(900, 5_000), end)
            noise[at * RATE // 1000 : until * RATE // 1000] *= 150
            at = until + chance.choice([450, 600, 900])
    return (
        np.concatenate([noise[a * RATE // 1000 : b * RATE // 1000] for a, b in parts]).clip(-32e3, 32e3).astype("<i2")
    )


def correlation(within: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Like `np.correlate`, but in no time."""
    size = len(within) + len(part)
    both = np.fft.irfft(np.fft.rfft(within, size) * np.fft.rfft(part, size).conj(), size)
    return both[: len(within) - len(part) + 1]


@pytest.fixture(scope="module")
def of_the_platform(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("platform") / "audio1234.flac"
    soundfile.write(path, sound_of(PARTS), RATE)
    return path


@pytest.fixture
def recorded(tmp_path: Path, of_the_platform: Path) -> Path:
    return Path(shutil.copy(of_the_platform, tmp_path))


@pytest.fixture(scope="module")
def brought(held: tuple[Path, int], of_the_platform: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the talk after the recording was brought in."""
    folder = tmp_path_factory.mktemp("brought")
    path = shutil.copy(held[0], folder)
    assert main(["import", path, str(shutil.copy(of_the_platform, folder)), "--yes", "--lang", "en"]) == 0
    return folder


@pytest.fixture
def with_sound(
    brought: Path, held: tuple[Path, int], make_session: Callable[..., Session], clock: SimulatedClock, tmp_path: Path
) -> Session:
    shutil.copytree(brought, tmp_path, dirs_exist_ok=True)
    clock.advance(held[1] - START_MS)
    return make_session(path=tmp_path / "session.db", seed=1)


def told(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def brought_in(session: Session, *more: object) -> int:
    return main(["import", str(session.store.path), *map(str, more), "--lang", "en"])


def test_a_preview_shows_each_piece_and_writes_nothing(talk: Session, recorded: Path, tmp_path: Path, capsys) -> None:
    before = len(talk.history.events)
    assert brought_in(talk, recorded, "--dry-run") == 0
    said = told(capsys)
    assert "audio1234.flac   recording" in said
    assert "turns of the log that begin where somebody is heard: " in said
    assert said.count("sound, 10:00 (turns: ") == 2
    assert brought_in(talk, recorded, "--dry-run", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["offset_s"] == pytest.approx(60, abs=0.3)
    assert (found["format"], found["counts"]["rows"], found["warnings"]) == ("recording", 2, [])
    talk.catch_up()
    assert len(talk.history.events) == before
    assert not (tmp_path / "session.audio").exists()


def test_it_is_one_act_and_every_moment_of_it_is_heard(talk: Session, recorded: Path, tmp_path: Path, capsys) -> None:
    assert brought_in(talk, recorded, "--yes") == 0
    assert told(capsys).endswith("audio1234.flac is in: 20:00 of sound.\n")
    talk.catch_up()
    came = [event for event in talk.history.events if isinstance(event.fact, f.FileImported | f.SoundRead)]
    assert len(came) == 3
    assert {event.act for event in came[1:]} == {came[0].id}

    sound, began = Recorded(talk.state, talk.store.path), int(talk.state.session.started_at or 0)
    whole = sound_of([(0, 24 * MINUTE)])
    for second in (120.0, 600.0, 900.0, 1_300.0):
        spot = sound.spot(began + second * 1000)
        assert spot is not None
        assert spot.late_ms == 0
        heard, _rate = soundfile.read(spot.path, 10 * RATE, spot.frame)
        right = whole[round((second - 0.4) * RATE) :][: round(10.8 * RATE)].astype(float)
        apart = correlation(right, heard).argmax() / RATE - 0.4
        assert abs(apart) < 0.3
        assert sound.moment(spot, spot.piece, spot.frame) == pytest.approx(began + second * 1000, abs=1)
    in_the_pause = sound.spot(began + 12 * MINUTE)
    assert in_the_pause is not None
    assert in_the_pause.late_ms == pytest.approx(2 * MINUTE, abs=3_500)
    assert cover(talk.state, began + 5 * MINUTE) == "platform"
    assert verify(talk.store.path).findings == ()
    assert main(["sound", str(talk.store.path), "--lang", "en"]) == 0
    assert told(capsys).count("kept, and whole") == 2
    assert oct((tmp_path / "session.audio").stat().st_mode & 0o777) == "0o700"


def test_turns_and_one_file_are_made_of_it_as_of_own_sound(with_sound: Session, tmp_path: Path, capsys) -> None:
    assert main(["turns", str(with_sound.store.path), "--refine", "--lang", "en"]) == 0
    assert "The sound suggests " in told(capsys)
    with_sound.catch_up()
    *_progress, news = write(export_of(with_sound.state, with_sound.store.path, "wav", tmp_path / "all.wav"))
    assert isinstance(news, Written)
    samples, rate = soundfile.read(tmp_path / "all.wav", dtype="int16")
    begins = next(at for at in range(0, len(samples), 80) if samples[at : at + 80].any()) / rate
    assert begins == pytest.approx(60, abs=0.3)


def test_subtitles_count_from_the_begin_of_the_file_not_from_the_key(talk: Session, brought: Path) -> None:
    begins = [int(row.started_at) for row in talk.state.recordings.values()]
    assert recorded_from_to(read(talk.store.path))[0] in begins
    with_sound = read(brought / "session.db")
    first, _second = segments_of(with_sound.state)
    assert recorded_from_to(with_sound)[0] == int(first.started_at) == pytest.approx(begins[0] - 2_000, abs=300)


def sound_in_export(session: Session) -> int:
    """Return how many files of sound leave with the session for qualitative analysis."""
    path = session.store.path.with_suffix(".qdpx")
    assert main(["export", str(session.store.path), "--to", "qdpx", "--sound", "-o", str(path), "--force"]) == 0
    with zipfile.ZipFile(path) as bundle:
        return sum(name.endswith(".flac") for name in bundle.namelist())


def test_it_is_moved_taken_out_and_brought_in_again(with_sound: Session, recorded: Path, capsys) -> None:
    before = [int(row.started_at) for row in segments_of(with_sound.state)]
    assert brought_in(with_sound, "--shift", "1", "--offset", "+0:04") == 0
    with_sound.catch_up()
    assert [int(row.started_at) for row in segments_of(with_sound.state)] == [at + 4_000 for at in before]
    assert sound_in_export(with_sound) == 2
    act(with_sound, "file 1 out")
    assert segments_of(with_sound.state) == []
    act(with_sound, "undo")
    assert len(segments_of(with_sound.state)) == 2
    assert brought_in(with_sound, recorded, "--yes") == 1
    assert "was brought in already" in told(capsys)
    assert brought_in(with_sound, "--take-out", "1") == 0
    with_sound.catch_up()
    assert segments_of(with_sound.state) == []
    assert Recorded(with_sound.state, with_sound.store.path).ended_ms is None
    assert sound_in_export(with_sound) == 0
    assert brought_in(with_sound, recorded, "--yes") == 0
    with_sound.catch_up()
    assert [int(row.started_at) for row in segments_of(with_sound.state)] == before
    assert len(list(with_sound.store.path.with_suffix(".audio").iterdir())) == 2


def test_it_is_found_after_the_session_moved_with_its_folder(with_sound: Session, tmp_path: Path) -> None:
    (tmp_path / "session.audio").rename(tmp_path / "group 2.audio")
    for row in segments_of(with_sound.state):
        path = find(tmp_path / "group 2.db", row)
        assert path is not None
        assert path.parent.name == "group 2.audio"


def test_where_kring_recorded_that_is_heard(talk: Session, recorded: Path, clock: SimulatedClock) -> None:
    """kring's own recording holds 3:00 to 5:00; before and after it the platform's is heard, in turns and files too."""
    began, computer = int(talk.state.session.started_at or 0), talk.me.device
    own = f.SegmentOpened("r1", 1, "own/0001.wav", RATE, 1, "", began + 3 * MINUTE)
    talk.do(decision(recording.began, "r1", "", "own", began + 3 * MINUTE, computer=computer))
    talk.do(decision(recording.segment_opened, own))
    talk.do(decision(recording.segment_closed, f.SegmentClosed("r1/1", 120 * RATE, began + 5 * MINUTE, "stopped")))
    folder = talk.store.path.parent / "own"
    folder.mkdir()
    soundfile.write(folder / "0001.wav", np.ones(120 * RATE, np.int16), RATE)
    assert brought_in(talk, recorded, "--yes") == 0
    talk.catch_up()

    sound = Recorded(talk.state, talk.store.path)
    names = [sound.spot(began + second * 1000).path.name[:8] for second in (120, 180, 299, 301, 400)]  # type: ignore[union-attr]
    assert names == ["platform", "0001.wav", "0001.wav", "platform", "platform"]
    spot = sound.spot(began + 200_000)
    assert spot is not None
    assert [path.name for path in spot.paths] == ["0001.wav"]  # it does not run on into what lies over it
    parts = [heard_in(talk.state, row) for row in segments_of(talk.state) if row.source == "platform"]
    assert [len(part or ()) for part in parts] == [2, 1]
    assert cover(talk.state, began + 4 * MINUTE) == "kring"
    sounds = sounds_of(talk.state, talk.store.path)
    said = Said(0, tuple(Word(second - 60.0, second - 59.5, word) for second, word in ((120, "Ja"), (240, "Dubbel"))))
    _engine, words = heard_words(sounds, SimpleNamespace(wait=lambda: iter([said]), is_over=True))
    assert [word.text for word in words] == ["Ja"]

    def heard_at(second: int) -> tuple[str, str]:
        spot = Recorded(talk.state, talk.store.path).spot(began + second * 1000)
        assert spot is not None
        assert (spot.told_missing is None) is (not spot.instead_of)
        return spot.path.name[:8], spot.instead_of[:8]

    (folder / "0001.wav").rename(folder / "away")
    there = {one.segment.source for one in sounds_of(talk.state, talk.store.path) if one.is_heard}
    assert there == {"platform"}
    assert [heard_at(second) for second in (120, 240)] == [("platform", ""), ("platform", "0001.wav")]
    assert main(["sound", str(talk.store.path), "--to", "wav"]) == 0
    (folder / "away").rename(folder / "0001.wav")
    for path in talk.store.path.with_suffix(".audio").glob("platform*"):
        path.rename(path.with_suffix(".away"))
    assert heard_at(240) == ("0001.wav", "")
    with pytest.raises(KringError, match="is not there"):
        heard_at(120)


def test_a_recording_of_another_evening_asks_where_it_lies(
    make_session: Callable[..., Session], clock: SimulatedClock, tmp_path: Path, capsys
) -> None:
    session = make_session()
    act(session, "start anyway")
    for seat in (1, 2, 3, 4) * 8:
        act(session, f"floor {seat}")
        clock.advance(40_000)
    act(session, "end")
    path = tmp_path / "other.flac"
    soundfile.write(path, sound_of([(0, 6 * MINUTE)]), RATE)

    assert brought_in(session, path, "--yes") == 1
    said = told(capsys)
    assert "it may be of another session" in said
    assert "Nothing says when the recording of other.flac began" in said
    assert brought_in(session, path, "--yes", "--offset", "0:10") == 0
    session.catch_up()
    (row,) = segments_of(session.state)
    assert row.t == 10


def test_silence_and_what_is_no_recording_are_one_sentence(talk: Session, tmp_path: Path, capsys) -> None:
    silent, empty, odd = (tmp_path / name for name in ("silent.flac", "empty.mp3", "odd.m4a"))
    soundfile.write(silent, np.zeros(30 * RATE, np.int16), RATE)
    empty.write_bytes(b"")
    odd.write_bytes(b"\0\0\0\x20ftypM4A " + bytes(200))
    assert brought_in(talk, silent, "--dry-run") == 0
    assert "Nobody is heard to speak in it." in told(capsys)
    for path, sentence in ((empty, "empty.mp3 is empty."), (odd, "odd.m4a"), (tmp_path / "gone.mp3", "is not there")):
        assert brought_in(talk, path, "--yes") == 1
        said = told(capsys)
        assert sentence in said
        assert said.count("\n") == 1
    assert not talk.store.path.with_suffix(".audio").exists()


def test_who_did_not_consent_to_audio_is_told(talk: Session, recorded: Path, capsys) -> None:
    act(talk, "consent 3 audio no")
    assert brought_in(talk, recorded, "--dry-run") == 0
    assert "No consent to audio of " in told(capsys)
