"""The player, a separate process: commands on its standard input, reports on its standard output.

`python -m kring.audio.player [--device NAME] [--silent]`; it ends when its input does. A driver that hangs, or that
writes to the terminal, does so here and harms nobody.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from kring.audio import player_protocol as lines

if TYPE_CHECKING:
    from kring.audio.playback_buffer import PlaybackBuffer

LATENCY_S = 0.1
TELL_S = 0.1
STALLED_S = 2.0
"""From when on an output that asks for no samples counts as gone."""
HANGS_S = 8.0
"""From when on a call hangs; the libraries may take long to load, from a slow disk."""
PLAUSIBLE_S = 2.0


class CannotPlay(Exception):
    """Why there is no sound."""

    def __init__(self, why: lines.FailedWhy, file: str = "") -> None:
        super().__init__(why)
        self.why, self.file = why, file


class Output(Protocol):
    """What a deck is heard through, from when it's made until it's closed."""

    def is_over(self) -> bool:
        """Whether the reel was heard to its end; raises CannotPlay when the sound broke off."""

    def close(self) -> None:
        """Be silent at once."""


MakeOutput = Callable[["PlaybackBuffer"], Output]


class Speaker:
    """The computer's output by PortAudio, in both ears."""

    def __init__(self, deck: PlaybackBuffer, device: str | None) -> None:
        sounddevice = _sounddevice()
        self._over = self._finished = False
        self._called_at = time.monotonic()
        stop = sounddevice.CallbackStop
        try:
            about = sounddevice.query_devices(device, "output")
            api = sounddevice.query_hostapis(about["hostapi"])["name"]
            channels = min(2, about["max_output_channels"])

            def fill(buffer: Any, count: int, at: Any, _flags: Any) -> None:
                now = time.monotonic_ns()
                self._called_at = now / 1e9
                ahead = at.outputBufferDacTime - at.currentTime
                ahead = ahead if 0 <= ahead < PLAUSIBLE_S else self._latency
                samples, self._over = deck.fill(count, now + round(ahead * 1e9))
                buffer[:] = samples.repeat(channels).tobytes()
                if self._over:
                    raise stop

            self._latency = LATENCY_S
            self._stream = sounddevice.RawOutputStream(
                samplerate=deck.reel.rate,
                channels=channels,
                dtype="int16",
                device=device,
                latency=LATENCY_S,
                callback=fill,
                finished_callback=self._finish,
                # WASAPI alone refuses another rate than the device's own
                extra_settings=sounddevice.WasapiSettings(auto_convert=True) if "WASAPI" in api else None,
            )
            self._latency = self._stream.latency
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as problem:
            raise CannotPlay("no device") from problem

    def _finish(self) -> None:
        self._finished = True

    def is_over(self) -> bool:
        if self._finished:
            if self._over:
                return True
            raise CannotPlay("output failed")
        if time.monotonic() - self._called_at > STALLED_S:
            raise CannotPlay("output failed")
        return False

    def close(self) -> None:
        # never stop(): it waits for ever where the sound server stands still
        with suppress(_sounddevice().PortAudioError):
            self._stream.abort()
            self._stream.close()


def _sounddevice() -> Any:
    try:
        import sounddevice
    except ImportError as problem:
        raise CannotPlay("no library") from problem
    except OSError as problem:
        raise CannotPlay("no PortAudio") from problem
    except Exception as problem:  # PortAudio's own error, whose class is in the module that can't be imported
        raise CannotPlay("no device") from problem
    return sounddevice


class Silence:
    """An output that nobody hears, at the pace of a real one: for a computer without sound, and for tests."""

    BLOCK_S = 0.02

    def __init__(self, deck: PlaybackBuffer) -> None:
        self._deck = deck
        self._over, self._closed = Event(), Event()
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        rate = self._deck.reel.rate
        count = round(rate * self.BLOCK_S)
        begun = time.monotonic_ns()
        number = 0
        while not self._closed.is_set():
            heard_ns = begun + number * count * 1_000_000_000 // rate
            wait = (heard_ns - time.monotonic_ns()) / 1e9 - LATENCY_S
            if self._closed.wait(max(0.0, wait)):
                return
            _, over = self._deck.fill(count, heard_ns)
            number += 1
            if over:
                self._over.set()
                return

    def is_over(self) -> bool:
        return self._over.is_set()

    def close(self) -> None:
        self._closed.set()


class Stage:
    """One deck and the output that it's heard through; the one thread of the process that acts works here."""

    def __init__(self, make_output: MakeOutput, tell: Callable[[lines.Report], None]) -> None:
        self._make_output = make_output
        self._tell = tell
        self._deck: PlaybackBuffer | None = None
        self._output: Output | None = None
        self._output_of = 0  # the number of the reel
        self._speed = 1.0
        self.plays = 0
        self._told: lines.At | None = None

    def handle(self, command: lines.Command) -> None:
        """Do what a face asks."""
        now = time.monotonic_ns()
        deck = self._deck
        match command:
            case lines.Play():
                self._play(command)
            case lines.Stop():
                self._stop()
            case lines.Pause(paused=paused) if deck is not None:
                deck.is_paused = paused
            case lines.Skip(seconds=seconds) if deck is not None:
                deck.skip(seconds, now)
            case lines.Speed(times=times):
                self._speed = times
                if deck is not None:
                    deck.set_speed(times, now)
        self._keep_output()

    def look(self) -> None:
        """Tell where the sound is, and go on where a reel is over."""
        deck, output = self._deck, self._output
        if deck is None:
            return
        if output is not None and output.is_over() and not deck.is_paused:
            output.close()
            self._output = None
            if deck.next_reel():
                self._keep_output()
            else:
                self._tell_place(deck)
                self._deck = None
                deck.close()
                self._tell(lines.Done(self.plays))
                return
        self._tell_place(deck)

    def _play(self, asked: lines.Play) -> None:
        from kring.audio.playback_buffer import PlaybackBuffer
        from kring.audio.reader import Unreadable, open_sound, reels

        self._stop()
        self.plays += 1
        path = ""
        try:
            sounds = []
            for piece in asked.pieces:
                path = piece.path
                sounds.append(open_sound(Path(path)))
        except OSError as problem:
            raise CannotPlay("file missing", Path(path).name) from problem
        except Unreadable as problem:
            raise CannotPlay("file unreadable", Path(path).name) from problem
        made = reels(sounds)
        number = next((number for number, reel in enumerate(made) if asked.piece in reel.pieces), None)
        if number is None:
            return
        frame = made[number].frame_of(asked.piece, asked.frame)
        self._deck = PlaybackBuffer(made, number, frame, self._speed, asked.length_s)

    def _keep_output(self) -> None:
        """Let the output fit the reel: another rate needs another one."""
        deck = self._deck
        if deck is None:
            return
        if self._output is not None and self._output_of != deck.number:
            self._output.close()
            self._output = None
        if self._output is None:
            self._output_of = deck.number
            self._output = self._make_output(deck)

    def _stop(self) -> None:
        if self._output is not None:
            self._output.close()
        if self._deck is not None:
            self._deck.close()
        self._output = self._deck = None

    def _tell_place(self, deck: PlaybackBuffer) -> None:
        now = time.monotonic_ns()
        heard = deck.heard(now)
        piece, frame, rate = deck.place(heard)
        told = lines.At(piece, frame, now, rate, deck.speed, heard.sounds, self.plays)
        if heard.sounds or self._told is None or self._told.frame != frame or self._told.playing:
            self._tell(told)
        self._told = told


class Watch:
    """Ends this process when what it does takes too long: then a driver hangs, and no call of it ever returns."""

    def __init__(self, tell_and_end: Callable[[], None]) -> None:
        self._tell_and_end = tell_and_end
        self._since: float | None = None
        Thread(target=self._look, daemon=True).start()

    def __enter__(self) -> None:
        self._since = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self._since = None

    def _look(self) -> None:
        while True:
            time.sleep(HANGS_S / 10)
            since = self._since
            if since is not None and time.monotonic() - since > HANGS_S:
                self._tell_and_end()


def run(commands: BinaryIO, reports: BinaryIO, make_output: MakeOutput) -> None:
    """Obey commands until there are no more, or there is no output: a new process sees what is connected by then."""
    waiting: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_read, args=(commands, waiting), daemon=True).start()

    def tell(report: lines.Report) -> None:
        reports.write(lines.line(report))
        reports.flush()

    def give_up() -> None:
        with suppress(OSError):
            tell(lines.Failed(stage.plays, "output failed"))
        os._exit(1)

    stage = Stage(make_output, tell)
    watch = Watch(give_up)
    while True:
        written = None
        with suppress(Empty):
            written = waiting.get(timeout=TELL_S)
        if written == b"":
            return
        try:
            with watch:
                if written is not None:
                    stage.handle(lines.command(written))
                stage.look()
        except CannotPlay as problem:
            tell(lines.Failed(stage.plays, problem.why, problem.file))
            if problem.why not in ("file missing", "file unreadable"):
                return


def _read(commands: BinaryIO, waiting: SimpleQueue[bytes]) -> None:
    for written in commands:
        waiting.put(written)
    waiting.put(b"")


def main() -> None:
    """Run as a process: nothing but reports leaves it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--device")
    parser.add_argument("--silent", action="store_true")
    asked = parser.parse_args()
    reports = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):  # PortAudio writes to both
        os.dup2(nowhere, descriptor)
    with suppress(BrokenPipeError):
        run(sys.stdin.buffer, reports, Silence if asked.silent else lambda deck: Speaker(deck, asked.device))
    os._exit(0)  # a driver that hangs must not keep the process


if __name__ == "__main__":
    main()
