"""Which sound belongs to a moment of a session, and `kring play`."""

import shutil
import time

import pytest

from kring.audio.player_client import Player
from kring.cli import main
from kring.domain import facts as f
from kring.domain.decide import decision, guide, notes, recording
from kring.domain.decide import session as session_verbs
from kring.domain.note_line import read
from kring.domain.text import KringError
from kring.record.log import Log, Opened
from kring.session import playback
from kring.session.playback import Listener, Recorded, mark_after, mark_before, moment_called
from record.sounding import RATE, noise, write_wav

START_MS = 1_796_326_200_000  # 19:30 in conftest


@pytest.fixture
def recorded(session, clock, tmp_path):
    """A session that began at 19:30, with 60 s of sound from 19:31 on, and 30 s more from 19:33 on.

    The sound card of the first is 100 ppm fast.
    """
    session.do(decision(session_verbs.start, passing=True))
    clock.advance(60_000)
    session.do(decision(recording.began, "r1", "Room microphone", "session.audio", computer=session.me.device))
    (tmp_path / "session.audio").mkdir()
    Log(tmp_path / "session.audio").append(Opened("r1", 1, "0001.wav", RATE, 1, "", 0, 0, "start"))
    add_segment(session, tmp_path, 1, seconds=60, card=1.0001)
    clock.advance(20_000)
    session.do(decision(guide.go, "2.1"))
    clock.advance(100_000)
    add_segment(session, tmp_path, 2, seconds=30, card=1.0)
    clock.advance(27_000)
    session.do(decision(notes.add, read('"kapot')))
    session.do(decision(recording.stopped, "r1", "stopped", computer=session.me.device))
    return session


def add_segment(session, folder, number, seconds, card):
    began = session.now()
    file = f"session.audio/{number:04}.wav"
    frames = round(seconds * RATE * card)
    write_wav(folder / file, noise(seconds * card, seed=number)[:frames])
    session.do(
        decision(recording.segment_opened, f.SegmentOpened("r1", number, file, RATE, 1, "Room microphone", began))
    )
    elapsed = session.clock.clock.elapsed_ms() * 1000
    anchors = []
    for second in range(1, seconds + 1):
        late = 0.7 if second % 3 else 0.0
        at = began + second * 1000 + late
        frame = round(second * RATE * card)
        anchors.append(f.Anchored(frame, elapsed + round((second * 1000 + late) * 1000), int(at), int(at)))
    session.do(decision(recording.segment_anchored, f.SegmentAnchored(f"r1/{number}", tuple(anchors))))
    session.do(
        decision(recording.segment_closed, f.SegmentClosed(f"r1/{number}", frames, began + seconds * 1000, "stopped"))
    )


def spot_at(session, seconds):
    return Recorded(session.state, session.store.path).spot(START_MS + seconds * 1000)


# which sound


def test_a_moment_leads_to_its_frame(recorded):
    for second in (60.5, 75, 119):
        spot = spot_at(recorded, second)
        assert (spot.piece, spot.late_ms) == (0, 0)
        assert spot.frame / RATE / 1.0001 == pytest.approx(second - 60, abs=0.001)
    assert spot_at(recorded, 190).path.name == "0002.wav"
    assert spot_at(recorded, 190).frame / RATE == pytest.approx(10, abs=0.001)


def test_in_a_gap_the_next_sound_and_how_much_later_it_is(recorded):
    spot = spot_at(recorded, 150)
    assert (spot.piece, spot.frame) == (1, 0)
    assert spot.late_ms == pytest.approx(30_000, abs=1)
    assert spot.at_ms == pytest.approx(START_MS + 180_000, abs=1)
    assert spot_at(recorded, 0).late_ms == pytest.approx(60_000, abs=1)
    assert spot_at(recorded, 211) is None


def test_there_and_back(recorded):
    sound = Recorded(recorded.state, recorded.store.path)
    for second in (61, 100.25, 200):
        spot = sound.spot(START_MS + second * 1000)
        assert sound.moment(spot, spot.piece, spot.frame) == pytest.approx(START_MS + second * 1000, abs=0.1)


def test_sound_that_is_being_recorded_goes_as_far_as_its_file(recorded, clock, tmp_path):
    recorded.do(decision(recording.began, "r2", "Room microphone", "session.audio", computer=recorded.me.device))
    file = "session.audio/0003.wav"
    Log(tmp_path / "session.audio").append(Opened("r2", 3, "0003.wav", RATE, 1, "", 0, 0, "start"))
    write_wav(tmp_path / file, noise(4))
    began = recorded.now()
    recorded.do(decision(recording.segment_opened, f.SegmentOpened("r2", 3, file, RATE, 1, "", began)))
    second = (began - START_MS) / 1000
    assert spot_at(recorded, second + 3).frame == 3 * RATE
    assert spot_at(recorded, second + 5) is None


# where the files are


def test_a_folder_that_was_moved_is_found_again(recorded, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "session.audio").rename(tmp_path / "x.audio")
    elsewhere.mkdir()
    shutil.move(tmp_path / "x.audio", elsewhere / "session.audio")
    spot = Recorded(recorded.state, elsewhere / "session.db").spot(START_MS + 70_000)
    assert spot.path == elsewhere / "session.audio" / "0001.wav"


def test_a_file_that_was_kept_is_found_by_its_name(recorded, tmp_path):
    flac = (tmp_path / "session.audio" / "0001.wav").rename(tmp_path / "session.audio" / "0001.flac")
    assert Recorded(recorded.state, tmp_path / "renamed.db").spot(START_MS + 70_000).path == flac


def test_a_session_that_was_renamed_with_its_folder(recorded, tmp_path):
    (tmp_path / "session.audio").rename(tmp_path / "group 1.audio")
    spot = Recorded(recorded.state, tmp_path / "group 1.db").spot(START_MS + 70_000)
    assert spot.path == tmp_path / "group 1.audio" / "0001.wav"


def test_the_sound_of_another_session_is_never_played(recorded, tmp_path):
    (tmp_path / "session.audio").rename(tmp_path / "kept elsewhere")
    for loose in ("other.audio/0001.wav", "0001.wav"):
        (tmp_path / loose).parent.mkdir(exist_ok=True)
        write_wav(tmp_path / loose, noise(60))
    with pytest.raises(KringError, match="is not there"):
        Recorded(recorded.state, tmp_path / "session.db").spot(START_MS + 70_000)


def test_a_file_that_is_gone_is_one_sentence_and_the_others_play(recorded, tmp_path):
    (tmp_path / "session.audio" / "0001.wav").unlink()
    with pytest.raises(KringError, match=r"0001.wav is not there: put it back beside session.db."):
        spot_at(recorded, 70)
    spot = spot_at(recorded, 190)
    assert (spot.path.name, spot.piece) == ("0002.wav", 0)
    sound = Recorded(recorded.state, recorded.store.path)
    assert sound.moment(spot, spot.piece, spot.frame) == pytest.approx(START_MS + 190_000, abs=1)


def test_a_file_outside_of_the_folder_is_never_played(recorded, tmp_path):
    outside = write_wav(tmp_path.parent / "outside.wav", noise(1))
    recorded.do(decision(recording.segment_kept, "r1/1", f"../{outside.name}", "", 1))
    with pytest.raises(KringError, match="is not there"):
        spot_at(recorded, 70)
    outside.unlink()


# which moment


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("0:00", 0),
        ("2:05", 125),
        ("02:05,5", 125.5),
        ("75:10", 4510),
        ("0:02:05", 125),
        ("19:32:05", 125),
        ("19:32:05.250", 125.25),
        ("19:29:00", -60),
        ("0:40:00", 5 * 3600 + 10 * 60),  # later than all that is known: twenty to one at night
    ],
)
def test_a_moment_by_the_session_clock_or_the_time_of_day(recorded, text, second):
    assert moment_called(recorded.state, text, recorded.now()) == START_MS + second * 1000


@pytest.mark.parametrize("text", ["", "42", "1:75", "x", "25:00:00", "1:99:00", "-1:00", "\x1b[31m1:00"])
def test_what_is_no_moment_is_told(recorded, text):
    with pytest.raises(KringError, match="is no moment: write"):
        moment_called(recorded.state, text, recorded.now())


def test_before_the_start_only_the_time_of_day_counts(session):
    assert moment_called(session.state, "19:30:01", session.now()) == START_MS + 1000
    with pytest.raises(KringError, match="has not started"):
        moment_called(session.state, "0:01", session.now())


def test_marks(recorded, clock):
    first = recorded.do(decision(notes.mark)).at
    clock.advance(5_000)
    second = recorded.do(decision(notes.mark)).at
    state = recorded.state
    assert mark_after(state, 0).at == first
    assert mark_after(state, first).at == second
    assert mark_after(state, second) is None
    assert mark_before(state, second).at == first
    assert mark_before(state, first) is None


# the listener


def test_the_listener_tells_the_moment_that_is_heard(recorded):
    listener = Listener(Player(silent=True))
    try:
        listener.play(Recorded(recorded.state, recorded.store.path), START_MS + 75_000)
        assert listener.moment() is None
        latest = time.monotonic() + 10
        while listener.moment() is None and time.monotonic() < latest:
            time.sleep(0.01)
        assert START_MS + 70_000 <= listener.moment() < START_MS + 71_000
    finally:
        listener.close()


def test_the_listener_says_that_no_sound_follows(recorded):
    listener = Listener(Player(silent=True))
    with pytest.raises(KringError, match="No sound was recorded then"):
        listener.play(Recorded(recorded.state, recorded.store.path), START_MS + 999_000)


# kring play


@pytest.fixture
def play(recorded, monkeypatch, capsys):
    monkeypatch.setattr(playback, "Player", lambda device: Player(device, silent=True))
    file = recorded.store.path

    def run(*options):
        begin = time.monotonic()
        code = main.main(["--lang", "en", "play", str(file), *options])
        said = capsys.readouterr()
        return code, said.out, said.err, time.monotonic() - begin

    return run


def test_play_says_where_and_plays_that_long(play):
    code, out, err, lasted = play("--at", "1:20", "--for", "0.5")
    assert (code, out, err) == (0, "Playing from 1:15 (19:31:15), 0001.wav\n", "")
    assert lasted > 0.5


@pytest.mark.parametrize(
    ("options", "where"),
    [
        (["--at", "19:31:20", "--before", "0"], "1:20 (19:31:20), 0001.wav"),
        (["--question", "2.1"], "1:15 (19:31:15), 0001.wav"),
        (["--note", "1"], "3:22 (19:33:22), 0002.wav"),
        ([], "1:00 (19:31:00), 0001.wav"),
    ],
)
def test_play_from(play, options, where):
    code, out, _, _ = play(*options, "--for", "0.1", "--speed", "2")
    assert (code, out) == (0, f"Playing from {where}\n")


def test_play_in_a_gap_says_so(play):
    code, out, err, _ = play("--at", "2:30", "--for", "0.1")
    assert (code, out) == (0, "Playing from 3:00 (19:33:00), 0002.wav\n")
    assert err == "Nothing was recorded then; the next sound begins 0:35 later.\n"


def test_play_warns_that_it_would_be_recorded(play, monkeypatch):
    from kring.record import client as recorder

    monkeypatch.setattr(recorder, "is_running", lambda _folder: True)
    assert "use headphones" in play("--at", "1:20", "--for", "0.1")[2]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--at", "9:99"], "is no moment"),
        (["--at", "9:00"], "No sound was recorded then, nor later."),
        (["--note", "7"], "There is no note 7."),
        (["--question", "4.1"], "was never open"),
        (["--speed", "3"], "The speed is from 1 to 2."),
        (["--speed", "nan"], "The speed is from 1 to 2."),
        (["--for", "0"], "lasts longer than 0 seconds"),
    ],
)
def test_play_refuses_in_one_sentence(play, options, sentence):
    code, out, err, _ = play(*options)
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_a_session_without_sound(session, capsys):
    assert main.main(["--lang", "en", "play", str(session.store.path)]) == 1
    assert "has no sound that kring recorded" in capsys.readouterr().err


def test_a_player_that_fails_is_the_exit_code(play, recorded, tmp_path):
    (tmp_path / "session.audio" / "0002.wav").write_text("no sound any more")
    code, _, err, _ = play("--at", "3:20")
    assert code == 1
    assert "0002.wav cannot be read as sound." in err
