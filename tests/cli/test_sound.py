"""`kring sound`: what was recorded is told, kept, found again after a move, and damage is noticed."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile
from msgspec.structs import replace

from kring.audio import flac as keeping
from kring.cli import main
from kring.cli import sound as sound_commands
from kring.record import client, log
from kring.record.folder import find
from kring.store.store import NotSaved
from kring.system import file_lock, i18n
from record.recorded import whole_session
from record.sounding import RATE, names_in, noise, write_wav


@pytest.fixture
def recorded(session, clock):
    return whole_session(session, clock)


def kring(*words):
    return main.main([*map(str, words), "--lang", "en"])


def sounds_in(folder):
    return names_in(folder) - {log.FILE, file_lock.FILE, keeping.LOCK, client.STOP}


def heard(path, capsys):
    capsys.readouterr()
    code = kring("sound", path, "--json")
    return code, json.loads(capsys.readouterr().out)


def test_what_was_recorded_is_told(recorded, capsys):
    path, _ = recorded
    assert kring("sound", path) == 0
    out = capsys.readouterr().out
    assert re.search(r"0001\.wav  19:30:03 +0:06 +0\.2 MB  as recorded", out)
    assert "0:09 of sound in 2 files, 0.3 MB" in out
    assert "43% of the session is recorded." in out
    assert "1 quote outside the recording" in out
    i18n.use("nl")
    assert sound_commands.megabytes(1_250_000) == "1,3 MB"


def test_a_session_without_sound_says_so(session, capsys):
    path = session.store.path
    session.close()
    assert kring("sound", path) == 0
    assert capsys.readouterr().out == "kring recorded no sound.\n"
    assert kring("sound", path, "--keep") == 1
    assert "holds no recording" in capsys.readouterr().err


def test_it_is_kept_and_again_is_no_harm(recorded, capsys):
    path, sounds = recorded
    folder = path.with_suffix(".audio")
    assert kring("sound", path, "--keep") == 0
    out = capsys.readouterr().out
    assert "0001.flac is kept: " in out
    assert "every sample compared" in out
    assert sounds_in(folder) == {"0001.flac", "0002.flac"}
    for number, sound in enumerate(sounds, 1):
        read, rate = soundfile.read(folder / f"000{number}.flac", dtype="int16", always_2d=True)
        assert (read.tobytes(), rate) == (sound.tobytes(), RATE)
    code, rows = heard(path, capsys)
    assert code == 0
    assert [row["condition"] for row in rows] == ["kept", "kept"]
    assert all(len(row["sha256"]) == 64 for row in rows)
    assert kring("sound", path, "--keep") == 0
    assert capsys.readouterr().out == "All sound is kept.\n"
    assert kring("verify", path) == 0


def test_what_a_killed_one_left_is_finished(recorded, capsys):
    path, _ = recorded
    folder = path.with_suffix(".audio")
    wav = (folder / "0001.wav").read_bytes()
    assert kring("sound", path, "--keep") == 0
    (folder / "0001.wav").write_bytes(wav)  # killed before the WAV went
    capsys.readouterr()
    assert kring("sound", path, "--keep") == 0
    assert "0001.flac is kept" in capsys.readouterr().out
    assert sounds_in(folder) == {"0001.flac", "0002.flac"}


def test_nothing_goes_when_the_session_file_cannot_be_written(recorded, monkeypatch, capsys):
    path, _ = recorded
    folder = path.with_suffix(".audio")

    def full(*_, **__):
        raise NotSaved("NOT SAVED: the disk is full.")

    monkeypatch.setattr(sound_commands.Session, "do_as_program", full)
    assert kring("sound", path, "--keep") == 1
    assert "NOT SAVED" in capsys.readouterr().err
    assert {"0001.wav", "0002.wav"} <= names_in(folder)


def test_what_a_killed_recorder_left_is_made_whole_first(recorded, capsys):
    path, _ = recorded
    folder = path.with_suffix(".audio")
    sound, at = noise(4, seed=9), 1_796_326_300_000
    wav = write_wav(folder / "0003.wav", sound)
    content = bytearray(wav.read_bytes())
    content[40:44] = bytes(4)  # the header lags behind
    wav.write_bytes(content + b"\x01")
    written = log.Log(folder)
    written.append(log.Opened("R2", 3, "0003.wav", RATE, 1, "microphone", at * 1_000_000, at, "start"))
    written.append(log.Anchor(3, 2 * RATE, (at + 2000) * 1_000_000, at + 2000))
    written.close()
    assert kring("sound", path, "--keep") == 0
    code, rows = heard(path, capsys)
    assert code == 0
    assert [(row["segment"], row["condition"]) for row in rows][-1] == ("R2/3", "kept")
    assert soundfile.read(folder / "0003.flac", dtype="int16", always_2d=True)[0].tobytes() == sound.tobytes()


def test_while_a_recorder_lives_nothing_is_touched(recorded, capsys, monkeypatch):
    path, _ = recorded
    monkeypatch.setattr(client, "_STOP_S", 0.2)  # it's asked to stop, and doesn't
    folder = path.with_suffix(".audio")
    with file_lock.Lock(folder):
        assert kring("sound", path, "--keep") == 1
    assert "may still grow" in capsys.readouterr().out
    assert sounds_in(folder) == {"0001.wav", "0002.wav"}


@pytest.mark.parametrize("harm", ["one bit", "shorter", "gone"])
def test_damage_is_noticed(recorded, capsys, harm):
    path, _ = recorded
    kring("sound", path, "--keep")
    flac = path.with_suffix(".audio") / "0002.flac"
    content = bytearray(flac.read_bytes())
    content[len(content) // 2] ^= 1
    if harm == "gone":
        flac.unlink()
    else:
        flac.write_bytes(content if harm == "one bit" else content[:-10])
    code, rows = heard(path, capsys)
    assert code == 1
    assert [row["condition"] for row in rows] == ["kept", "missing" if harm == "gone" else "changed"]
    assert kring("sound", path) == 1
    out = capsys.readouterr().out
    assert ("MISSING" if harm == "gone" else "CHANGED") in out


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("how", ["both moved", "file renamed", "both renamed", "folder renamed"])
def test_all_is_found_again(recorded, tmp_path, capsys, how, kept):
    path, _ = recorded
    if kept:
        kring("sound", path, "--keep")
    folder = path.with_suffix(".audio")
    place = tmp_path / "elsewhere"
    place.mkdir()
    new = {"both moved": path.name, "folder renamed": path.name}.get(how, "groep 1.db")
    new_folder = {"both moved": folder.name, "file renamed": folder.name}.get(how, "groep 1.audio")
    shutil.move(path, place / new)
    shutil.move(folder, place / new_folder)
    code, rows = heard(place / new, capsys)
    assert code == 0
    assert {row["condition"] for row in rows} == {"kept" if kept else "not kept"}
    assert kring("sound", place / new, "--keep") == 0
    code, rows = heard(place / new, capsys)
    assert {row["condition"] for row in rows} == {"kept"}


def test_another_recording_is_never_taken_for_it(recorded, tmp_path, capsys):
    path, _ = recorded
    folder = path.with_suffix(".audio")
    shutil.rmtree(folder)
    folder.mkdir()
    written = log.Log(folder)
    written.append(log.Opened("R9", 1, "0001.wav", RATE, 1, "", 0, 0, "start"))
    written.close()
    write_wav(folder / "0001.wav", noise(1))
    code, rows = heard(path, capsys)
    assert code == 1
    assert {row["condition"] for row in rows} == {"missing"}


def test_a_session_file_cannot_point_out_of_its_folder(recorded, tmp_path):
    path, _ = recorded
    write_wav(tmp_path.parent / "secret.wav", noise(1))
    with sound_commands.opened(path, writing=False) as session:
        segment = sound_commands.segments_of(session.state)[0]
        for file in ("../secret.wav", str(tmp_path.parent / "secret.wav"), "..\\secret.wav", "a/../../secret.wav"):
            assert find(path, segment_called(segment, file)) is None
    (tmp_path.parent / "secret.wav").unlink()


def segment_called(segment, file):
    return replace(segment, file=file)


@pytest.mark.parametrize("kind", ["wav", "mp3"])
def test_all_of_it_as_one_file_on_the_session_clock(recorded, tmp_path, capsys, kind):
    path, sounds = recorded
    kring("sound", path, "--keep")
    capsys.readouterr()
    out = tmp_path / f"whole.{kind}"
    assert kring("sound", path, "--to", kind, "-o", out) == 0
    assert f"whole.{kind} is written: 0:14; a place in it is a moment of the session." in capsys.readouterr().out
    read, rate = soundfile.read(out)
    assert rate == RATE
    for begin_s, sound in zip((3, 11), sounds, strict=True):
        part, truth = read[begin_s * RATE :][: 2 * RATE], sound[: 2 * RATE, 0]
        likeness = max(
            abs((part[late : RATE + late] * truth[:RATE]).sum())
            / ((part[late : RATE + late] ** 2).sum() * (truth[:RATE].astype(float) ** 2).sum()) ** 0.5
            for late in range(RATE // 20)
        )
        assert likeness > 0.95
    assert kring("sound", path, "--to", kind, "-o", out) == 1
    assert "is there already" in capsys.readouterr().err


def test_all_options_together_and_the_name_beside_the_session(recorded, capsys):
    path, _ = recorded
    assert kring("sound", path, "--keep", "--to", "mp3") == 0
    assert path.with_suffix(".mp3").exists()
    (path.with_suffix(".audio") / "0001.flac").unlink()
    assert kring("sound", path, "--to", "wav") == 1
    assert "0001.flac is missing" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL.")
def test_killed_at_any_moment_the_command_loses_nothing(recorded, tmp_path):
    path, sounds = recorded
    argv = [sys.executable, "-m", "kring", "sound", "--keep"]
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(path, folder / path.name)
        shutil.copytree(path.with_suffix(".audio"), folder / f"{path.stem}.audio")
        process = subprocess.Popen([*argv, str(folder / path.name)], stdout=subprocess.DEVNULL)
        try:
            process.wait(0.5 + number * 0.1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        with sound_commands.opened(folder / path.name, writing=False) as session:
            for segment, sound in zip(sound_commands.segments_of(session.state), sounds, strict=True):
                found = find(folder / path.name, segment)
                read = soundfile.read(found, dtype="int16", always_2d=True)[0]
                assert read.tobytes() == sound.tobytes()
        assert os.spawnv(os.P_WAIT, sys.executable, [*argv, str(folder / path.name)]) == 0
        assert sounds_in(folder / f"{path.stem}.audio") == {"0001.flac", "0002.flac"}
        assert not list(Path(folder).rglob("*.part"))
