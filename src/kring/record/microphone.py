"""A microphone as PortAudio gives it; the one place that opens a device to record."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

from kring.audio.advice import Failure
from kring.record.segments import Block, Source
from kring.system.clock import SystemClock

LATENCY_S = 0.2
RATE = 48_000
OF_CDS = 44_100
"""What PortAudio's list says for want of a better number, where a sound server takes any rate."""
_LET_GO_S = 1.0


class Unavailable(Exception):
    """A device cannot be opened, and why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.name)
        self.failure = failure


class Microphone:
    """An open stream; its blocks come in through a queue, in the order in which they were heard."""

    def __init__(self, stream: Any, name_and_system: str, source: Source, blocks: queue.SimpleQueue[Block]) -> None:
        self.id = name_and_system
        self.source = source
        self.blocks = blocks
        self._stream = stream
        self._closing: threading.Thread | None = None

    @property
    def is_alive(self) -> bool:
        """Whether the device is still there, as far as PortAudio knows."""
        return bool(self._stream.active)

    def release(self) -> None:
        """Close the device; one that hangs is left behind."""
        self._closing = threading.Thread(target=self._close, daemon=True)
        self._closing.start()
        self._closing.join(_LET_GO_S)

    def wait_closed(self) -> None:
        """Return when a device that was let go is closed; one whose driver hangs may never be."""
        if self._closing is not None:
            self._closing.join()

    def _close(self) -> None:
        # Never stop(): on a device from which nothing comes it waits for ever.
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)


def open_microphone(device: str | None, channels: int, clock: SystemClock) -> Microphone:
    """Open the device of that name, else the system's own choice; raises Unavailable."""
    try:
        import sounddevice
    except (ImportError, OSError) as problem:
        raise Unavailable(Failure.NO_PORTAUDIO) from problem
    try:
        found = sounddevice.query_devices(device, "input")
    except (ValueError, sounddevice.PortAudioError) as problem:
        raise Unavailable(Failure.NO_DEVICE) from problem
    channels = min(channels, found["max_input_channels"])
    source = Source(str(found["name"]), _rate(found, channels), channels)
    blocks: queue.SimpleQueue[Block] = queue.SimpleQueue()
    try:
        stream = sounddevice.RawInputStream(
            samplerate=source.rate,
            device=found["index"],
            channels=source.channels,
            dtype="int16",
            latency=LATENCY_S,
            blocksize=0,
            callback=_into(blocks, clock),
        )
        stream.start()
    except (ValueError, sounddevice.PortAudioError) as problem:
        raise Unavailable(Failure.CANNOT_OPEN) from problem
    return Microphone(stream, _id_of(found), source, blocks)


def _rate(found: dict[str, Any], channels: int) -> int:
    """Return the rate to record at: that of nearly every device today, where a sound system names another as usual."""
    import sounddevice

    usual = int(found["default_samplerate"])
    if usual != OF_CDS:
        return usual
    try:
        sounddevice.check_input_settings(found["index"], channels, "int16", samplerate=RATE)
    except (ValueError, sounddevice.PortAudioError):
        return usual
    return RATE


def _id_of(found: dict[str, Any]) -> str:
    import sounddevice

    return f"{found['name']}, {sounddevice.query_hostapis(found['hostapi'])['name']}"


def _into(blocks: queue.SimpleQueue[Block], clock: SystemClock) -> Callable[..., None]:
    def take(sound: Any, _frames: int, _time: object, _flags: object) -> None:
        elapsed_ns, wall_ms = clock.elapsed_ns(), clock.wall_ms()  # first of all: it says when these frames came
        blocks.put(Block(bytes(sound), elapsed_ns, wall_ms))

    return take


def look_anew() -> None:
    """Let PortAudio forget its list of devices; open streams would end."""
    import sounddevice

    sounddevice._terminate()
    sounddevice._initialize()


class Opening:
    """A device being opened beside the recorder's work: a driver may take its time, or never answer."""

    def __init__(self, device: str | None, channels: int, clock: SystemClock, left: Microphone | None) -> None:
        self.device = device
        self._left = left
        self._found: Microphone | Unavailable | None = None
        self._thread = threading.Thread(target=self._open, args=(device, channels, clock), daemon=True)
        self._thread.start()

    def _open(self, device: str | None, channels: int, clock: SystemClock) -> None:
        try:
            if self._left is not None:
                self._left.wait_closed()  # PortAudio breaks when two threads close the same stream
            look_anew()
            self._found = open_microphone(device, channels, clock)
        except Unavailable as unavailable:
            self._found = unavailable
        except Exception:  # noqa: BLE001 - a driver may break in any way, and the next try may work
            self._found = Unavailable(Failure.CANNOT_OPEN)

    @property
    def found(self) -> Microphone | Unavailable | None:
        """What came of it; None while it goes on."""
        return self._found
