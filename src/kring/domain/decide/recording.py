"""Verbs of recordings: the platform's, which people log, and kring's own, which its recorder reports."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain.decide.session import is_just_switched
from kring.domain.events import PROGRAM
from kring.domain.evolve.sound import segment_id
from kring.domain.state import State
from kring.domain.text import Refused
from kring.domain.time_text import time_of_day


def start(state: State, now: int) -> f.RecordingStarted:
    """Log that the platform's recording started."""
    running = state.open_recording
    if running is not None:
        since = time_of_day(state, running.started_at)
        raise Refused("The platform records already, since {time}; recording off logs its end.", time=since)
    if state.session.phase == "ended":
        raise Refused("The session has ended.")
    return f.RecordingStarted()


def stop(state: State, now: int) -> f.RecordingStopped:
    """Log that the platform's recording stopped."""
    if state.open_recording is None:
        raise Refused("No recording of the platform runs.")
    return f.RecordingStopped()


def switch(state: State, now: int) -> f.RecordingStarted | f.RecordingStopped:
    """Log that the platform's recording started, or stopped, whichever it can be; twice in a moment is once."""
    logged = [one for one in state.recordings.values() if one.source == "platform"]
    is_fresh = is_just_switched(logged, now)
    if state.open_recording is not None:
        if is_fresh:
            raise Refused("That it runs was logged just now; recording off logs its end.")
        return stop(state, now)
    if is_fresh:
        raise Refused("That it stopped was logged just now; recording on logs that it runs.")
    return start(state, now)


def began(
    state: State, now: int, recording: str, device: str, folder: str, since_ms: int | None = None, *, computer: str
) -> tuple[f.Fact, ...]:
    """Log that kring's own recording runs on a computer, which ends what its end before was a technical issue for.

    Refused when the file knows it.
    """
    if recording in state.recordings:
        raise Refused("That was so already.")
    if state.own_recording_on(computer) is not None:
        raise Refused("A recording runs already.")
    over = [issue.id for issue in state.issues.values() if issue.ended_at is None and issue.logged_by == PROGRAM]
    return (f.RecordingStarted("kring", recording, device, folder, since_ms), *map(f.IssueClosed, over))


def stopped(
    state: State, now: int, recording: str, why: str, at_ms: int | None = None, *, computer: str, issue: str = ""
) -> tuple[f.Fact, ...]:
    """Log that kring's own recording on a computer stopped, and why; refused when the file knows it.

    With `issue` that is a technical issue too, open until a recording runs again.
    """
    running = state.own_recording_on(computer)
    if running is None or running.id != recording:
        raise Refused("That was so already.")
    ended = f.RecordingStopped("kring", recording, why, at_ms)
    return (ended, f.IssueOpened(issue)) if issue and state.session.phase != "ended" else (ended,)


def segment_opened(state: State, now: int, fact: f.SegmentOpened) -> f.SegmentOpened:
    """Take in that a file of the recording was begun; refused when the file knows it."""
    if fact.recording not in state.recordings:
        raise Refused("That recording is not in this session.")
    if segment_id(fact.recording, fact.number) in state.segments:
        raise Refused("That was so already.")
    return fact


def segment_anchored(state: State, now: int, fact: f.SegmentAnchored) -> f.SegmentAnchored:
    """Take in where a file of the recording lies on the clock, as far as the session file doesn't know it."""
    if fact.segment not in state.segments:
        raise Refused("That recording is not in this session.")
    fresh = tuple(anchor for anchor in fact.anchors if f"{fact.segment}/{anchor.frames}" not in state.anchors)
    if not fresh:
        raise Refused("That was so already.")
    return f.SegmentAnchored(fact.segment, fresh)


def voice_heard(state: State, now: int, fact: f.VoiceHeard) -> f.VoiceHeard:
    """Take in when somebody spoke, as far as the session file doesn't know it."""
    if fact.segment not in state.segments:
        raise Refused("That recording is not in this session.")
    fresh = tuple(voiced for voiced in fact.stretches if f"{fact.segment}/{voiced.from_frame}" not in state.voice)
    if not fresh:
        raise Refused("That was so already.")
    return f.VoiceHeard(fact.segment, fresh)


def segment_closed(state: State, now: int, fact: f.SegmentClosed) -> f.SegmentClosed:
    """Take in that a file of the recording came to its end; refused when the file knows it."""
    segment = state.segments.get(fact.segment)
    if segment is None or segment.ended_at is not None:
        raise Refused("That was so already.")
    return fact


def segment_kept(state: State, now: int, segment: str, file: str, sha256: str, bytes_: int) -> f.SegmentKept:
    """Note the name, size and fingerprint of a file that is kept."""
    row = state.segments.get(segment)
    if row is None:
        raise Refused("That recording is not in this session.")
    if (row.file, row.sha256, row.bytes) == (file, sha256, bytes_):
        raise Refused("That was so already.")
    return f.SegmentKept(segment, file, sha256, bytes_)
