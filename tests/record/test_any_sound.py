"""Whatever a file tells of its sound, it can be looked for, counted and laid on the clock."""

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import START_MS
from domain.any_facts import EVENING, RECORDING, SEGMENT, events
from domain.desk import Desk
from kring.audio.align import Mapping
from kring.audio.mixdown import Export, laid, write
from kring.cli import turns
from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.evolve.sound import MOST_CHANNELS, MOST_RATE, MOST_S
from kring.domain.history import fold
from kring.domain.measures import coverage
from kring.domain.state import EMPTY, State
from kring.domain.text import KringError
from kring.record import folder
from kring.session.playback import Recorded
from kring.session.recording import RecorderState
from kring.ui.views import sound

NOWHERE = Path("nowhere") / "session.db"
MOST = 2**63 - 1


def listen_everywhere(state: State, at_ms: int) -> None:
    """Ask of the sound all that is asked of it without reading it."""
    segments = folder.segments_of(state)
    mapping = Mapping([folder.piece_of(state, segment) for segment in segments])
    for number in range(len(segments)):
        mapping.time_of(number, 0)
    mapping.covers(at_ms)
    assert all(span.begin < span.end for span in islice(laid(mapping.stretches, float(at_ms), 48_000), 100))
    recorded = Recorded(state, NOWHERE)
    assert (recorded.ended_ms is None) == (not mapping.stretches)
    assert all(coverage.cover_of_note(state, note) in ("kring", "platform", "") for note in state.notes.values())
    assert all(coverage.cover_of_turn(state, turn) in ("kring", "platform", "") for turn in state.turns.values())
    share = coverage.sound_share(state)
    assert share is None or 0 <= share <= 1
    sound.warnings(state, RecorderState("on"), 40)
    turns.as_json(state, at_ms)
    assert list(turns.table(state, at_ms))


@given(happened=events(), at_ms=st.sampled_from((0, START_MS, 2**62, -(2**62))))
def test_sound_of_any_session_can_be_looked_for(happened: list[Event], at_ms: int) -> None:
    listen_everywhere(fold(EMPTY, happened), at_ms)


@pytest.mark.parametrize("ended_ms", [START_MS - 3_600_000, START_MS, START_MS + 100, START_MS + 2_000])
def test_a_file_that_is_not_there_is_missed_however_short_it_was(ended_ms: int) -> None:
    desk = Desk(begun=False, started=False)
    for fact in EVENING[:-4]:
        desk.happen(fact)
    desk.happen(f.SegmentClosed(SEGMENT, 1, ended_ms))
    assert Recorded(desk.state, NOWHERE).ended_ms is not None
    with pytest.raises(KringError, match="is not there"):
        Recorded(desk.state, NOWHERE).spot(START_MS)


@pytest.mark.parametrize("number", [0, -1, -MOST, MOST])
def test_numbers_that_no_sound_card_has_are_bounded(number: int) -> None:
    desk = Desk(begun=False, started=False)
    for fact in EVENING[:-4]:
        desk.happen(fact)
    desk.happen(f.SegmentOpened(RECORDING, 1, "session.audio/0001.wav", number, number, "microphone", START_MS))
    anchors = tuple(f.Anchored(frames, number, number, START_MS) for frames in (number, 1, 2))
    desk.happen(f.SegmentAnchored(SEGMENT, anchors))
    desk.happen(f.SegmentClosed(SEGMENT, number, START_MS + 1000))
    segment = desk.state.segments[SEGMENT]
    assert 1 <= segment.rate <= MOST_RATE
    assert 1 <= segment.channels <= MOST_CHANNELS
    assert 0 <= int(segment.frames or 0) <= segment.rate * MOST_S
    assert all(0 <= anchor.frames <= segment.rate * MOST_S for anchor in desk.state.anchors.values())
    listen_everywhere(desk.state, START_MS)


def test_sounds_that_lie_years_apart_are_no_file_of_years(tmp_path: Path) -> None:
    pieces = tuple(folder.Piece(8000, 8000, (folder.Anchor(8000, at),)) for at in (0.0, 1e12))
    export = Export(("a.wav", "b.wav"), pieces, 0.0, "mp3", str(tmp_path / "out.mp3"))
    with pytest.raises(KringError, match="week"):
        list(write(export))
    assert not list(tmp_path.iterdir())


def test_a_file_whose_name_no_disk_takes_is_not_there(tmp_path: Path) -> None:
    desk = Desk()
    desk.happen(f.RecordingStarted("kring", RECORDING))
    for number, file in enumerate((f"{'e' * 300}/0001.wav", f"session.audio/{'e' * 300}.wav", "a\0b/c\0d.wav", ""), 1):
        (tmp_path / "session.audio").mkdir(exist_ok=True)
        desk.happen(f.SegmentOpened(RECORDING, number, file, 8000, 1, "microphone", START_MS))
        assert folder.find(tmp_path / "session.db", desk.state.segments[f"{RECORDING}/{number}"]) is None
