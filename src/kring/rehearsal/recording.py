"""kring's own recording of a rehearsal: the files and the log that the recorder would write, of tones."""

from __future__ import annotations

from kring.audio import flac
from kring.domain.rows import TurnRow
from kring.domain.text import N_
from kring.record.folder import ENDING, find, segments_of
from kring.record.log import Ended, Log, Voice
from kring.record.segments import Block, Segments, Source
from kring.rehearsal import tones
from kring.session.flac_archive import keep_one
from kring.session.recorder_log import RecorderLog
from kring.session.session import Session
from kring.system.clock import Clock
from kring.system.i18n import _

DEVICE = N_("synthetic tones, nobody speaks")
LEAD_MS = 700
"""How long somebody has been speaking when the key for that is pressed."""
BLOCK_MS = 250


class RehearsedRecording:
    """Records while the team logs that the platform does; `hear` is called before every act, `follow` after it."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock
        self._folder = session.store.path.with_suffix(ENDING)
        self._folder.mkdir(mode=0o700)
        self._log = Log(self._folder)
        self._intake = RecorderLog(session)
        self._count = 0
        self._segments: Segments | None = None
        self._begun_ms = 0
        self._frames = 0

    def hear(self) -> None:
        """Record what was said until now, in the turn that is still open."""
        if self._segments is not None:
            self._record(self._segments, self._session.state.open_turn, self._clock.elapsed_ms() - LEAD_MS)

    def follow(self) -> None:
        """Begin or end where the team just did."""
        runs = self._session.state.open_recording is not None
        if runs and self._segments is None:
            self._start()
        elif not runs and self._segments is not None:
            self._stop(self._segments)

    def close(self) -> None:
        """Keep what was recorded as FLAC."""
        self._log.close()
        for segment in segments_of(self._session.state):
            if wav := find(self._session.store.path, segment):
                for news in flac.keep(wav):
                    if isinstance(news, flac.Kept):
                        keep_one(self._session, segment, news)

    @property
    def _recording(self) -> str:
        return f"R{self._count}-rehearsal"

    def _start(self) -> None:
        self._count += 1
        self._segments = Segments(self._folder, self._recording, self._log)
        self._segments.switch_source(Source(_(DEVICE), tones.RATE, 1), "start")
        self._begun_ms, self._frames = self._clock.elapsed_ms(), 0

    def _record(self, segments: Segments, turn: TurnRow | None, until_ms: int) -> None:
        first, end = self._frames, max(self._frames, (until_ms - self._begun_ms) * tones.RATE // 1000)
        block = BLOCK_MS * tones.RATE // 1000
        for begin in range(first, end, block):
            count = min(block, end - begin)
            self._frames += count
            at_ms = self._begun_ms + self._frames * 1000 // tones.RATE
            wall_ms = self._clock.wall_ms() - self._clock.elapsed_ms() + at_ms
            segments.take(Block(tones.spoken(turn, begin, count).tobytes(), at_ms * 1_000_000, wall_ms))
        if end > first and turn is not None and turn.kind != "silence":
            self._log.append(Voice(segments.number, first, end))

    def _stop(self, segments: Segments) -> None:
        self._record(segments, None, self._clock.elapsed_ms())
        segments.close("stopped")
        self._log.append(Ended(self._recording, "stopped"))
        self._segments = None
        self._intake.take_in(self._folder)
