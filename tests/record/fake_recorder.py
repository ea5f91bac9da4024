"""A recorder without sound or process: it writes the same folder, at the time of a simulated clock."""

import math
from array import array
from pathlib import Path

from kring.record.log import ClosedWhy, Ended, Log, OpenedWhy, Voice
from kring.record.meter import Meter, Watch
from kring.record.segments import Block, Segments, Source
from kring.record.status import Status, StatusFile
from kring.system.clock import Clock
from kring.system.file_lock import Lock

RATE = 8000
BLOCK_MS = 100


class FakeRecorder:
    """Lives from its making to `stop` or `kill`; the clock is moved by `hear`, `lose` and the test itself."""

    def __init__(
        self, folder: Path, clock: Clock, recording: str = "R1", *, rate: int = RATE, channels: int = 1
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._clock, self._recording = clock, recording
        self._source = Source("fake microphone", rate, channels)
        self._lock = Lock(folder)
        assert self._lock.take(), "a recorder lives there already"
        self._log = Log(folder)
        self._segments = Segments(folder, recording, self._log)
        self._status = StatusFile(folder)
        self._meter, self._watch = Meter(rate, channels), Watch(self._now_ns())
        self._phase = 0
        self.free_s = 36_000
        self._segments.switch_source(self._source, "start")

    def _now_ns(self) -> int:
        return self._clock.elapsed_ms() * 1_000_000

    def hear(self, ms: int, *, loud: bool = True) -> None:
        """Lets time pass in which somebody speaks, or nobody does."""
        begin = self._segments.frames
        for _ in range(ms // BLOCK_MS):
            self._clock.advance(BLOCK_MS)
            samples = self._tone(BLOCK_MS * self._source.rate // 1000, 8000 if loud else 20)
            self._segments.take(Block(samples.tobytes(), self._now_ns(), self._clock.wall_ms()))
            self._meter.add(samples)
            self._tell(loud)
        if loud:
            self._log.append(Voice(self._segments.number, begin, self._segments.frames))

    def _tone(self, frames: int, amplitude: int) -> array:
        tone = array("h")
        for frame in range(self._phase, self._phase + frames):
            tone.extend([round(amplitude * math.sin(frame * 0.3))] * self._source.channels)
        self._phase += frames
        return tone

    def _tell(self, speaking: bool) -> None:
        now = self._now_ns()
        if reading := self._meter.read(now):
            self._watch.hear(reading, now)
            self._reading = reading
        warnings = self._watch.warnings(now)
        self._status.write(
            Status(
                self._recording,
                self._segments.number,
                self._segments.frames,
                self._source.rate,
                self._source.channels,
                now,
                self._reading.level_db,
                self._reading.peak_db,
                speaking,
                warnings,
                self.free_s,
                self._source.device,
            )
        )

    def tell(self, warning: str, holds: bool = True) -> None:
        """Lets a warning hold, or not any more, and shows it."""
        self._watch.tell(warning, holds)
        self._tell(speaking=False)

    def lose(self, ms: int, why: ClosedWhy = "device gone", then: OpenedWhy = "reopened") -> None:
        """Lets time pass without a device; the next sound is in a new segment."""
        self._segments.close(why)
        self._clock.advance(ms)
        self._segments.switch_source(self._source, then)

    def stop(self, why: str = "stopped") -> None:
        """Ends as the recorder ends."""
        self._segments.close(why)
        self._log.append(Ended(self._recording, why))
        self._let_go()

    def kill(self) -> None:
        """Ends as a killed recorder does: nothing is closed, and the lock is free."""
        self._let_go()

    def _let_go(self) -> None:
        self._log.close()
        self._status.close()
        self._lock.free()
