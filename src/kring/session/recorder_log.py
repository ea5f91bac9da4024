"""What the recorder's log says becomes facts in the session file, whoever reads it first, and never twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from kring.audio import align
from kring.domain import facts as f
from kring.domain.decide import Decision, Facts, decision
from kring.domain.decide import recording as verbs
from kring.domain.evolve.sound import segment_id
from kring.domain.text import Refused
from kring.record import log
from kring.session.session import Session
from kring.system.i18n import _

FLUSH_MS = 30_000
"""How long anchors and voices are gathered before they are written: one act on the disk for all of them."""


class RecorderLog:
    """Reads the log of one sound folder into one open session.

    `take_in` and `flush` raise NotSaved and NotRead like every act, and are asked again later.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.own: str | None = None
        """The recording that somebody here began: its first fact is theirs, not the program's."""
        self._folder = ""
        self._offset = 0
        self._backlog: deque[log.Entry] = deque()
        self._opened: dict[int, log.Opened] = {}
        self._times: dict[int, list[align.Anchor]] = {}
        self._anchors: dict[int, list[log.Anchor]] = {}
        self._voices: dict[int, list[log.Voice]] = {}
        self._offsets: dict[int, float] = {}

    def take_in(self, folder: Path) -> None:
        """Take in what the log says since the last look; what cannot be written now comes with the next one."""
        self._folder = folder.name
        entries, offset = log.read(folder, self._offset)
        if not self._backlog:
            self._offset = offset
            self._backlog.extend(entries)
        while self._backlog:
            self._take(self._backlog[0])
            self._backlog.popleft()  # not before the file has it

    def _take(self, entry: log.Entry) -> None:
        match entry:
            case log.Opened():
                self._take_opened(entry)
            case log.Anchor() if entry.segment in self._opened:
                self._anchors.setdefault(entry.segment, []).append(entry)
                self._times.setdefault(entry.segment, []).append(align.Anchor(entry.frames, entry.elapsed_ns / 1e6))
            case log.Voice() if entry.segment in self._opened:
                self._voices.setdefault(entry.segment, []).append(entry)
            case log.Closed() if entry.segment in self._opened:
                self._take_closed(entry)
            case log.Ended(why="failed"):
                pass  # nobody wanted it: as with a killed recorder, another is started
            case log.Ended():
                issue = _("the recording stopped: the disk is full") if entry.why == "disk full" else ""
                self.act(verbs.stopped, entry.recording, entry.why, computer=self._computer, issue=issue)

    def _take_opened(self, entry: log.Opened) -> None:
        self._opened[entry.segment] = entry
        self._offsets[entry.segment] = self._offset_ms(entry)
        at = self._session_ms(entry, entry.elapsed_ns / 1e6)
        state = self.session.state
        if entry.recording not in state.recordings:
            before = state.own_recording_on(self._computer)
            if before is not None:  # of which nobody heard the end
                self.act(verbs.stopped, before.id, "killed", computer=self._computer)
            began = decision(verbs.began, entry.recording, entry.device, self._folder, at, computer=self._computer)
            self._log(began, own=entry.recording == self.own)
        opened = f.SegmentOpened(
            entry.recording,
            entry.segment,
            f"{self._folder}/{entry.file}",
            entry.rate,
            entry.channels,
            entry.device,
            at,
        )
        self.act(verbs.segment_opened, opened)

    def _take_closed(self, entry: log.Closed) -> None:
        # frames that came late had their anchors here before they moved to a segment of their own
        self._times[entry.segment] = [one for one in self._times.get(entry.segment, ()) if one.frames <= entry.frames]
        self._anchors[entry.segment] = [
            one for one in self._anchors.get(entry.segment, ()) if one.frames <= entry.frames
        ]
        self.flush(entry.segment, all_of_it=True)
        opened = self._opened[entry.segment]
        (end,) = self._session_ms_of(opened, [entry.frames])
        self.act(verbs.segment_closed, f.SegmentClosed(self._id(opened), entry.frames, end, entry.why))

    def flush(self, only: int | None = None, *, all_of_it: bool) -> None:
        """Write the anchors and voices that were gathered, when they are many or no more will come."""
        for number in [only] if only is not None else sorted({*self._anchors, *self._voices}):
            if self._flush_anchors(number, all_of_it):
                self._flush_voices(number)

    def _flush_anchors(self, number: int, all_of_it: bool) -> bool:
        known, name = self.session.state.anchors, self._id(self._opened[number])
        waiting = [one for one in self._anchors.get(number, ()) if f"{name}/{one.frames}" not in known]
        self._anchors[number] = waiting
        if not all_of_it and (not waiting or waiting[-1].elapsed_ns - waiting[0].elapsed_ns < FLUSH_MS * 1_000_000):
            return False  # the other screen may have written them
        if not waiting:
            return True
        opened = self._opened[number]
        anchors = tuple(
            f.Anchored(
                anchor.frames,
                anchor.elapsed_ns // 1000,
                anchor.wall_ms,
                self._session_ms(opened, anchor.elapsed_ns / 1e6),
            )
            for anchor in waiting
        )
        self.act(verbs.segment_anchored, f.SegmentAnchored(self._id(opened), anchors))
        self._anchors[number] = []
        return True

    def _flush_voices(self, number: int) -> None:
        known, name = self.session.state.voice, self._id(self._opened[number])
        waiting = [one for one in self._voices.get(number, ()) if f"{name}/{one.from_frame}" not in known]
        if waiting:  # the other screen may have written them
            frames = [frame for voice in waiting for frame in (voice.from_frame, voice.to_frame)]
            moments = iter(self._session_ms_of(self._opened[number], frames))
            stretches = tuple(f.Voiced(voice.from_frame, next(moments), next(moments)) for voice in waiting)
            self.act(verbs.voice_heard, f.VoiceHeard(name, stretches))
        self._voices.pop(number, None)

    def _session_ms_of(self, opened: log.Opened, frames: Sequence[int]) -> list[int]:
        """Return when frames were heard, epoch ms of the session; all at once, for the line is drawn only once."""
        first = align.Anchor(0, opened.elapsed_ns / 1e6)
        anchors = self._times.get(opened.segment) or [first]
        piece = align.Piece(opened.rate, max(anchors[-1].frames, *frames, 1), tuple(anchors))
        mapping = align.Mapping([piece])
        moments = (mapping.time_of(0, frame) for frame in frames)
        return [self._session_ms(opened, first.at_ms if at is None else at) for at in moments]

    def _session_ms(self, opened: log.Opened, elapsed_ms: float) -> int:
        """Return a moment on the recorder's clock as one of the session, epoch ms."""
        return round(self._offsets[opened.segment] + elapsed_ms)

    def _offset_ms(self, opened: log.Opened) -> float:
        """Return how far the session's clock is ahead of the recorder's; the computer may have been restarted since."""
        began_ms = opened.wall_ms - opened.elapsed_ns // 1_000_000
        with self.session.store.reading():
            anchors = [fact for _event, fact in self.session.store.facts(f.ClockAnchored)]
        tied = [anchor.wall_ms - anchor.elapsed_ms for anchor in anchors]
        return min(tied, key=lambda offset: abs(offset - began_ms), default=began_ms)

    def _id(self, opened: log.Opened) -> str:
        return segment_id(opened.recording, opened.segment)

    @property
    def _computer(self) -> str:
        return self.session.me.device

    def act(self, verb: Callable[..., Facts], *arguments: object, **named: object) -> None:
        """Write a fact as the program; what is known already is left."""
        self._log(decision(verb, *arguments, **named))

    def _log(self, wanted: Decision, own: bool = False) -> None:
        """Write as the program, or as the person here whose key began it."""
        with suppress(Refused):
            if own:
                self.session.do(wanted)
            else:
                self.session.do_as_program(wanted)
