"""`kring turns`: the sound beside the hand log, on a real session file with a real WAV or FLAC."""

import json
import shutil
import subprocess
import sys
import wave

import numpy as np
import pytest

from conftest import START_MS
from kring.cli import main
from kring.cli.turns import METHOD
from kring.domain import facts as f
from kring.domain.decide import decision, ending, floor, recording
from kring.domain.decide import session as sessions
from kring.privacy.snapshot import read
from kring.system.clock import SimulatedClock
from speech.conversation import RATE, made, observed
from speech.scoring import error_rate

FOLDER = "session.audio"


@pytest.fixture(scope="module")
def conversation():
    return made(48, seed=11)


@pytest.fixture(scope="module")
def logged_by_hand(begin_session, tmp_path_factory, conversation):
    """A sealed session that was logged by a hand, with its sound in a WAV beside it."""
    folder, clock = tmp_path_factory.mktemp("logged"), SimulatedClock(START_MS)
    session = begin_session(folder / "session.db", clock)
    session.do(decision(sessions.start, passing=True))
    session.do(decision(recording.began, "R", "mic", FOLDER, START_MS, computer=session.me.device))
    session.do(
        decision(recording.segment_opened, f.SegmentOpened("R", 1, f"{FOLDER}/0001.wav", RATE, 1, "mic", START_MS))
    )
    for press in observed(conversation.truth, seed=1):
        clock.advance(max(0, round(START_MS + press.from_ms) - session.now()))
        session.do(decision(floor.give, press.speaker))
    length = round(conversation.length_ms)
    clock.advance(START_MS + length - session.now())
    seconds = range(1, length // 1000)
    anchors = tuple(f.Anchored(RATE * n, 1_000_000 * n, START_MS + 1000 * n, START_MS + 1000 * n) for n in seconds)
    session.do(decision(recording.segment_anchored, f.SegmentAnchored("R/1", anchors)))
    frames = len(conversation.samples)
    session.do(decision(recording.segment_closed, f.SegmentClosed("R/1", frames, START_MS + length, "stopped")))
    session.do(decision(recording.stopped, "R", "stopped", START_MS + length, computer=session.me.device))
    session.do(decision(ending.end))
    assert session.close()
    (folder / FOLDER).mkdir()
    with wave.open(str(folder / FOLDER / "0001.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(np.clip(conversation.samples * 32767, -32768, 32767).astype("<i2").tobytes())
    return folder


@pytest.fixture(scope="module")
def heard(logged_by_hand, tmp_path_factory):
    """The same session after kring listened to it."""
    folder = shutil.copytree(logged_by_hand, tmp_path_factory.mktemp("heard") / "folder")
    assert kring(folder / "session.db", "--refine") == 0
    return folder


@pytest.fixture
def file(logged_by_hand, tmp_path):
    shutil.copytree(logged_by_hand, tmp_path, dirs_exist_ok=True)
    return tmp_path / "session.db"


@pytest.fixture
def refined(heard, tmp_path):
    shutil.copytree(heard, tmp_path, dirs_exist_ok=True)
    return tmp_path / "session.db"


def kring(*words):
    return main.main(["--lang", "en", "turns", *map(str, words)])


def hand_log(file):
    state = read(file, with_names=True).state
    return {row.id: (row.kind, row.participant, row.started_at, row.ended_at) for row in state.turns.values()}


def logged(file):
    return [
        (who or kind, begin - START_MS, end - START_MS)
        for kind, who, begin, end in hand_log(file).values()
        if kind != "silence"
    ]


def asked_json(file, capsys):
    capsys.readouterr()
    assert kring(file, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_talk_time_by_the_hand_log_is_shown_and_nothing_is_written(file, capsys):
    before = file.read_bytes()
    assert kring(file) == 0
    said = capsys.readouterr().out
    assert "talk time" in said
    assert "Fatima" in said
    assert "as proposed" not in said
    assert file.read_bytes() == before
    assert kring(file, "--list") == 0
    assert "No proposal is waiting." in capsys.readouterr().out


def test_a_refinement_proposes_and_changes_nothing(file, capsys):
    before = hand_log(file)
    assert kring(file, "--refine") == 0
    captured = capsys.readouterr()
    assert "The sound suggests" in captured.out
    assert "as proposed" in captured.out
    assert captured.err == ""  # no terminal, no progress
    assert hand_log(file) == before
    assert not file.with_name("session.db-wal").exists()  # sealed again
    told = asked_json(file, capsys)
    assert [one["n"] for one in told["proposals"]] == list(range(1, len(told["proposals"]) + 1))
    assert {"move", "add"} <= {one["change"] for one in told["proposals"]}


def test_what_is_accepted_is_in_the_log_and_only_that(refined, capsys):
    before = hand_log(refined)
    proposals = asked_json(refined, capsys)["proposals"]
    moved = next(one for one in proposals if one["change"] == "move")
    assert kring(refined, "--accept", moved["n"]) == 0
    after = hand_log(refined)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {moved["turn"]}
    begin = (after[moved["turn"]][2] - START_MS) / 1000
    assert begin == pytest.approx(moved["would_be"]["t"], abs=0.002)
    left = asked_json(refined, capsys)["proposals"]
    assert [one["n"] for one in left] == [one["n"] for one in proposals if one is not moved]


def test_all_accepted_is_what_was_said(refined, capsys, conversation):
    by_hand = logged(refined)
    expected = {
        (one["kind"], one["participant"]): one["proposed_s"] for one in asked_json(refined, capsys)["talk_time"]
    }
    assert kring(refined, "--accept", "all") == 0
    told = asked_json(refined, capsys)
    assert told["proposals"] == []
    spoken = {(one["kind"], one["participant"]): one["spoken_s"] for one in told["talk_time"]}
    assert spoken == pytest.approx({who: length for who, length in expected.items() if length}, abs=0.05)
    assert error_rate(conversation.truth, logged(refined)) < error_rate(conversation.truth, by_hand) / 2


def test_what_is_declined_waits_no_longer_and_a_new_refinement_finds_little(file, capsys):
    kring(file, "--refine", "--accept", "all")
    count = len(hand_log(file))
    assert kring(file, "--refine") == 0
    again = asked_json(file, capsys)["proposals"]
    assert len(again) <= count / 6  # a turn that was moved isn't late any more
    if again:
        assert kring(file, "--decline", "all") == 0
        assert asked_json(file, capsys)["proposals"] == []


def test_numbers_ranges_and_mistakes(refined, capsys):
    before = len(asked_json(refined, capsys)["proposals"])
    assert before > 6
    assert kring(refined, "--accept", "1-2", "4", "--decline", "3") == 0
    said = capsys.readouterr().out
    assert "3 changes accepted." in said
    assert "1 change declined." in said
    assert [one["n"] for one in asked_json(refined, capsys)["proposals"]] == list(range(5, before + 1))
    for words, sentence in (
        (("--accept", "1"), "Proposal 1 isn't waiting"),
        (("--accept", "x"), "x is no number"),
        (("--accept", "5", "--decline", "5-6"), "Proposal 5 can't be both"),
    ):
        assert kring(refined, *words) == 1
        assert sentence in capsys.readouterr().err


def test_the_list_says_what_was_and_would_be(refined, capsys):
    assert kring(refined, "--list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("   1  ")
    assert all(" → " in line for line in lines)
    assert any("not logged → " in line for line in lines)


def test_a_flac_is_heard_as_its_wav_is(refined, capsys):
    import soundfile

    of_wav = asked_json(refined, capsys)["proposals"]
    wav = refined.parent / FOLDER / "0001.wav"
    samples, rate = soundfile.read(wav, dtype="int16")
    soundfile.write(wav.with_suffix(".flac"), samples, rate)
    wav.unlink()
    kring(refined, "--refine")
    of_flac = asked_json(refined, capsys)["proposals"]
    assert [(one["change"], one["would_be"]) for one in of_flac] == [(one["change"], one["would_be"]) for one in of_wav]


def test_ctrl_c_leaves_everything_as_it_was(file, capsys, monkeypatch):
    from kring.speech import listen

    def stopped(*_):
        raise KeyboardInterrupt

    before = hand_log(file)
    monkeypatch.setattr(listen, "listen", stopped)
    assert kring(file, "--refine") == main.INTERRUPTED
    assert hand_log(file) == before
    assert asked_json(file, capsys)["proposals"] == []


def test_progress_is_shown_on_a_terminal(file, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert kring(file, "--refine") == 0
    shown = capsys.readouterr().err
    assert "Listening: " in shown
    assert shown.endswith("\r\x1b[K")


def test_without_the_sound_a_sentence_says_so(file, capsys, make_session, tmp_path):
    (tmp_path / FOLDER / "0001.wav").write_bytes(b"no sound")
    assert kring(file, "--refine") == 1
    assert "can't be read as sound" in capsys.readouterr().err
    (tmp_path / FOLDER / "0001.wav").unlink()
    assert kring(file, "--refine") == 1
    assert "put its folder beside" in capsys.readouterr().err
    session = make_session(path=tmp_path / "silent.db")
    session.do(decision(sessions.start, passing=True))
    assert kring(tmp_path / "silent.db", "--refine") == 1
    assert "has no turns" in capsys.readouterr().err
    session.do(decision(floor.give, "P1"))
    session.do(decision(ending.end))
    assert kring(tmp_path / "silent.db", "--refine") == 1
    assert "no sound that kring recorded" in capsys.readouterr().err


def test_nothing_of_a_voice_is_kept(logged_by_hand, heard):
    before, after = ({path.relative_to(one) for path in one.rglob("*")} for one in (logged_by_hand, heard))
    assert before == after
    events = [each.event for each in read(heard / "session.db", with_names=True).events]
    (head,) = (json.loads(event.data) for event in events if event.kind == "turns_proposed")
    proposed = [json.loads(event.data) for event in events if event.kind == "turn_proposed"]
    assert head == {"method": METHOD, "count": len(proposed), "proposals": []}
    assert proposed
    plain = {"change", "turn", "to", "participant", "started_ms", "ended_ms", "number"}
    assert {name for one in proposed for name in one} == plain


def test_listening_is_not_loaded_for_other_commands():
    code = "import sys, kring.cli.turns, kring.cli.main; sys.exit('numpy' in sys.modules or 'soundfile' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
