"""A sound card made of a pipe: its clock may be off, and when each of its frames was heard is known exactly."""

import fcntl
import os
import threading
import time
from pathlib import Path

import numpy as np

from record.pulse import Pulse

RATE = 48_000
BLOCK = 480
PIPE_BYTES = 4096  # the least there is: what a stalled server doesn't take in is lost, as on a real card


class SoundCard:
    """Gives the sound server a block of sound every 10 ms of its own clock; what the server doesn't take is lost."""

    def __init__(self, pulse: Pulse, folder: Path, ppm: float, seconds: float) -> None:
        chance = np.random.default_rng(1)
        self.sound = chance.normal(0, 4000, round(seconds * RATE)).astype("<i2")  # noise is like nothing but itself
        self._pulse = pulse
        self._block_s = BLOCK / RATE / (1 + ppm / 1e6)
        pipe = folder / "card"
        options = f"source_name=card file={pipe} rate={RATE} channels=1 format=s16le"
        pulse.say("load-module", "module-pipe-source", *options.split())
        pulse.say("set-default-source", "card")
        self._pipe = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        fcntl.fcntl(self._pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._late_s: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._give, daemon=True)
        self._began = time.clock_gettime(time.CLOCK_BOOTTIME)
        self._thread.start()

    def _give(self) -> None:
        for begin in range(0, len(self.sound) - BLOCK, BLOCK):
            wait = self._heard_s(begin + BLOCK) - time.clock_gettime(time.CLOCK_BOOTTIME)
            if self._ended.wait(max(0.0, wait)):
                return
            self._late_s.append(time.clock_gettime(time.CLOCK_BOOTTIME) - self._heard_s(begin + BLOCK))
            try:
                os.write(self._pipe, self.sound[begin : begin + BLOCK].tobytes())
            except BlockingIOError:
                continue

    def _heard_s(self, frame: float) -> float:
        return self._began + frame / BLOCK * self._block_s

    def heard_ms(self, frame: float) -> float:
        """When a frame of the sound was heard, in ms since the computer started."""
        return 1000 * self._heard_s(frame)

    @property
    def late_ms(self) -> float:
        """How late this card itself was: of twenty blocks it gave nineteen no later than this, by its own clock."""
        return 1000 * float(np.percentile(self._late_s, 95))

    def stall(self, stalled: bool) -> None:
        """Let the card give nothing any more."""
        self._pulse.say("suspend-source", "card", str(int(stalled)))

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        os.close(self._pipe)
