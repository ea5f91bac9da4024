"""The sound check: five seconds from a microphone, shown while they are heard, and played back."""

from __future__ import annotations

import argparse
import os
import queue
import subprocess
import sys
import threading
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import msgspec

from kring.audio.advice import Failure, explained
from kring.record.bandwidth import Bandwidth
from kring.record.meter import Meter, Watch, channel_of
from kring.record.microphone import Microphone, Unavailable, open_microphone
from kring.record.segments import Source
from kring.record.status import WarningName
from kring.system.clock import SystemClock

SECONDS = 5.0
_PATIENCE_S = 6.0
_TAIL_S = 0.3  # silence after the sound: PortAudio cuts the last of it off
_TICK_NS = 100_000_000


class Step(msgspec.Struct, frozen=True):
    """A tenth of a second of the check: what goes on, how loud it is, and what is wrong."""

    doing: Literal["recording", "playing", "done", "failed"]
    done: float = 0.0
    level_db: tuple[float, ...] = ()
    peak_db: tuple[float, ...] = ()
    warnings: tuple[WarningName, ...] = ()
    failure: int = 0


_decoder = msgspec.json.Decoder(Step)


def check(device: str | None = None, channels: int = 1, seconds: float = SECONDS, play: bool = True) -> Iterator[Step]:
    """Yield ten steps a second until the sound was recorded and played back; closing the iterator ends the check.

    The sound stays in the memory of a separate process and is gone afterwards. Raises KringError.
    """
    words = ["--channels", str(channels), "--seconds", str(seconds)]
    chosen = [] if device is None else ["--device", device]
    program = [sys.executable, "-P", "-m", "kring.record.sound_check", *words, *chosen, *([] if play else ["--mute"])]
    with subprocess.Popen(
        program, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as checking:
        assert checking.stdout is not None
        step = Step("recording")
        try:
            for line in checking.stdout:
                step = _decoder.decode(line)
                if step.doing == "failed":
                    raise explained(step.failure, device)
                yield step
            if step.doing == "recording":  # it left in the middle: the driver hangs, or broke
                raise explained(Failure.CANNOT_OPEN, device)
            if step.doing == "playing":
                yield msgspec.structs.replace(step, doing="done", done=1.0)
        finally:
            checking.kill()


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """End this process when that takes longer: a driver that hangs can't be asked to return."""
    limit = threading.Timer(seconds, os._exit, (Failure.CANNOT_OPEN,))
    limit.daemon = True
    limit.start()
    try:
        yield
    finally:
        limit.cancel()


def _check(device: str | None, channels: int, seconds: float, play: bool) -> Iterator[Step]:
    clock = SystemClock()
    try:
        with _within(_PATIENCE_S):
            microphone = open_microphone(device, channels, clock)
    except Unavailable as unavailable:
        yield Step("failed", failure=unavailable.failure)
        return
    sound = bytearray()
    last = Step("recording")
    for last in _recorded(microphone, clock, seconds, sound):
        yield last
    microphone.release()
    if play:
        with _within(seconds + _PATIENCE_S):
            yield from _played(bytes(sound), microphone.source)
    yield msgspec.structs.replace(last, doing="done", done=1.0)


def _recorded(microphone: Microphone, clock: SystemClock, seconds: float, sound: bytearray) -> Iterator[Step]:
    rate, channels = microphone.source.rate, microphone.source.channels
    meter, bandwidth = Meter(rate, channels), Bandwidth(rate)
    began = ticked = clock.elapsed_ns()
    watch = Watch(began)
    seen: set[WarningName] = set()
    level: tuple[float, ...] = ()
    peak: tuple[float, ...] = ()
    while (now := clock.elapsed_ns()) - began < seconds * 1e9:
        try:
            block = microphone.blocks.get(timeout=_TICK_NS / 1e9)
        except queue.Empty:
            pass
        else:
            sound += block.sound
            samples = array("h", block.sound)
            bandwidth.add(channel_of(samples, meter.add(samples), channels))
        if now - ticked < _TICK_NS:
            continue
        ticked = now
        if reading := meter.read(now):
            watch.hear(reading, now, speaking=True)
            watch.tell("narrow", bandwidth.is_narrow)
            level, peak = reading.level_db, reading.peak_db
        warnings = watch.warnings(now)
        seen = {*seen, *warnings} - ({"soft"} if "soft" not in warnings else set())  # who speaks up is heard
        yield Step("recording", (now - began) / (seconds * 1e9), level, peak, tuple(sorted(seen)))


def _played(sound: bytes, source: Source) -> Iterator[Step]:
    import sounddevice

    try:
        stream: Any = sounddevice.RawOutputStream(samplerate=source.rate, channels=source.channels, dtype="int16")
        stream.start()
    except (ValueError, sounddevice.PortAudioError):
        return  # nothing to play on: the level was shown
    frame_bytes = 2 * source.channels
    piece = source.rate // 10 * frame_bytes
    whole = sound + bytes(int(source.rate * _TAIL_S) * frame_bytes)
    meter = Meter(source.rate, source.channels)
    for number, place in enumerate(range(0, len(whole), piece)):
        part = whole[place : place + piece]
        stream.write(part)
        meter.add(array("h", part))
        heard = meter.read(number * _TICK_NS)
        done = min(1.0, place / max(1, len(sound)))
        yield Step("playing", done, heard.level_db, heard.peak_db) if heard else Step("playing", done)
    stream.abort()
    stream.close()


def _main() -> None:
    parser = argparse.ArgumentParser(prog="kring.record.sound_check")
    parser.add_argument("--device")
    parser.add_argument("--channels", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--mute", action="store_true")
    options = parser.parse_args()
    for step in _check(options.device, options.channels, options.seconds, not options.mute):
        sys.stdout.buffer.write(msgspec.json.encode(step) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main()
    sys.stdout.flush()
    os._exit(0)  # a driver that hangs would hold up a usual exit
