"""A sample evening has sound, words and codes to try kring with; it says that it is made up, and is always the same."""

import numpy as np
import pytest
import soundfile

from kring.domain import rows as r
from kring.domain.measures.coverage import uncovered_quotes
from kring.domain.plan import GuideItem, Plan, PlannedParticipant
from kring.domain.state import EMPTY
from kring.privacy.snapshot import read
from kring.record.folder import condition, find, segments_of
from kring.rehearsal import tones
from kring.rehearsal.playing import write_session
from kring.rehearsal.recording import LEAD_MS
from kring.rehearsal.sample import words
from kring.store.verify import verify

NAMES = ("Joost", "Anna", "Els")
PLAN = Plan(
    title="Kort",
    language="nl",
    starts_at="2026-12-03T19:30",
    planned_min=9,
    guide=(
        GuideItem(id="een", kind="section", text="Begin", number="1", planned_s=240),
        GuideItem(id="pauze", kind="break", text="Pauze", number="2", planned_s=240),
        GuideItem(id="twee", kind="section", text="Prijs en gedoe", number="3", planned_s=300),
    ),
    participants=tuple(
        PlannedParticipant(code=f"P{n}", name=name, seat=n, consents=(("all", True),))
        for n, name in enumerate(NAMES, 1)
    ),
)


def sample(folder):
    folder.mkdir()
    write_session(folder / "s.db", PLAN, 1, is_sample=True)
    return folder / "s.db"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return sample(tmp_path_factory.mktemp("sample") / "one")


@pytest.fixture(scope="module")
def snapshot(written):
    return read(written, with_names=True)


def heard(written, state, at_ms, length_ms=400):
    """Return the sound of a moment of the session, epoch ms."""
    for segment in segments_of(state):
        if segment.started_at <= at_ms <= segment.ended_at:
            samples, rate = soundfile.read(find(written, segment), dtype="int16")
            first = (at_ms - segment.started_at) * rate // 1000
            return samples[max(0, first) : first + length_ms * rate // 1000]
    raise AssertionError("nothing was recorded then")


def test_it_is_whole_and_its_sound_is_kept(written, snapshot):
    assert verify(written).is_whole
    segments = segments_of(snapshot.state)
    assert [condition(written, segment)[0] for segment in segments] == ["kept"] * 2  # before the break, and after it
    assert not uncovered_quotes(snapshot.state)


@pytest.mark.parametrize(("noted_ms", "count"), [(15_000, 2), (60_000, 0)])
def test_a_quote_that_was_noted_long_after_is_not_in_the_transcript(noted_ms, count):
    turn = r.TurnRow(id="t", kind="participant", participant="P1", started_at=r.Moment(0), ended_at=r.Moment(10_000))
    at = r.Moment(noted_ms)
    note = r.NoteRow(id="n", kind="quote", text="te duur", participant="P1", at=at, written_at=at)
    assert len(list(words(EMPTY.put([turn, note])))) == count


def test_the_sound_says_who_speaks_a_little_before_the_key_did(written, snapshot):
    turns = [turn for turn in snapshot.state.turns.values() if turn.ended_at - turn.started_at > 2500]
    spoken = [turn for turn in turns if turn.kind == "participant"]
    assert len(spoken) > 5
    for turn in spoken:
        assert np.abs(heard(written, snapshot.state, turn.started_at - LEAD_MS + 100)).max() > 500
    silent = [turn for turn in turns if turn.kind == "silence"]
    assert silent
    for turn in silent:
        assert not heard(written, snapshot.state, turn.started_at - LEAD_MS + 100).any()


def test_nobody_sounds_as_somebody_else():
    voices = [tones.voice(who) for who in ("P1", "P2", "P9", "moderator", "unknown")]
    assert len({voice.tobytes() for voice in voices}) == len(voices)


def test_the_words_lie_in_the_turns_of_who_said_them(snapshot):
    lines = [line for line in snapshot.state.transcript.values() if line.removed_at is None]
    quotes = {note.text for note in snapshot.state.notes.values() if note.kind == "quote"}
    assert lines
    for line in lines:
        turn = snapshot.state.turns[line.turn]
        assert (turn.participant, line.participant) == (line.participant,) * 2
        assert turn.started_at <= line.started_at < line.ended_at <= turn.ended_at
        assert any(line.text in quote or quote in line.text for quote in quotes)


def test_the_notes_are_coded_by_their_tags(snapshot):
    state = snapshot.state
    assert state.codings
    for coding in state.codings.values():
        assert state.codes[coding.code].name in state.notes[coding.note].tags


def test_it_says_that_it_is_made_up(snapshot):
    [memo] = snapshot.state.memos.values()
    assert "nobody said this" in memo.text
    assert {segment.device for segment in snapshot.state.segments.values()} == {"synthetic tones, nobody speaks"}
    assert {line.engine for line in snapshot.state.transcript.values()} == {"made of the notes, by kring"}


def test_the_same_seed_gives_the_same_evening(written, tmp_path):
    again = sample(tmp_path / "two")
    for name in ("0001.flac", "0002.flac", "log.jsonl"):
        assert (again.parent / "s.audio" / name).read_bytes() == (written.parent / "s.audio" / name).read_bytes()
    assert read(again, with_names=True).events == read(written, with_names=True).events
