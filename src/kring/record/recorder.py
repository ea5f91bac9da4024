"""The recorder: a separate process that writes the sound of one recording, whatever becomes of who started it."""

from __future__ import annotations

import argparse
import os
import queue
import shutil
import signal
import subprocess
import sys
import time
from array import array
from contextlib import suppress
from pathlib import Path

from kring.audio.advice import Failure
from kring.audio.levels import QUIETEST_DB
from kring.audio.wav import SAMPLE_BYTES
from kring.record import status
from kring.record.bandwidth import Bandwidth
from kring.record.client import SEEN, STOP, detached_process_options
from kring.record.disk_space import DiskForecast
from kring.record.log import Ended, EndedWhy, Log, Trouble, Voice
from kring.record.meter import Meter, Watch, channel_of
from kring.record.microphone import Microphone, Unavailable, open_microphone
from kring.record.pulse import SoundServer
from kring.record.reconnect import Reconnect
from kring.record.segments import Block, Segments, Source
from kring.record.status import Status, StatusFile, WarningName
from kring.speech import vad
from kring.system import crash_log
from kring.system.clock import SystemClock
from kring.system.durable import DiskFull, is_full, is_ordinary
from kring.system.file_lock import TRIES, Lock

SYNC_NS = 1_500_000_000
"""How often the disk is made to have everything: with the way through the device less than two seconds of sound."""

TICK_NS = 100_000_000
DISK_NS = 1_000_000_000
SCARCE_S = 30 * 60
RESERVE_BYTES = 16 * 1024 * 1024
"""What a recording leaves free on the disk: the session goes on."""

MOST_ALONE = 4 * 3600
"""How many seconds the recorder goes on when nobody looks after it: longer than any group, shorter than a night."""

_LEAST_S = 60
_SPARE = "spare"
_SPARE_BYTES = 64 * 1024


class DriverHangs(Exception):
    """The driver of the microphone doesn't answer; only another process can still open one."""


class Recorder:
    """Takes blocks from a microphone to the disk, and tells ten times a second how it stands."""

    def __init__(self, options: argparse.Namespace, microphone: Microphone | str, source: Source) -> None:
        self._clock = SystemClock()
        folder, recording = options.folder, options.recording
        self._folder, self._recording, self._reserve = folder, recording, options.reserve
        self._most_alone = options.alone
        self._log = Log(folder)
        self._segments = Segments(folder, recording, self._log)
        self._status = StatusFile(folder)
        self._server = SoundServer()
        self.returning = Reconnect(
            microphone, options.channels, self._clock, self._server, faithful=not options.another
        )
        self._watch = Watch(self._clock.elapsed_ns())
        self._came: dict[WarningName, int] = {}
        self._level: tuple[float, ...] = ()
        self._peak: tuple[float, ...] = ()
        self._free_s = 0
        self._room = DiskForecast()
        self._seen_ns = 0
        self._alone = 0
        self._end: EndedWhy | None = None
        self._listened = 0
        self._come_from(source)

    def _come_from(self, source: Source) -> None:
        self._source = source
        self._meter = Meter(source.rate, source.channels)
        self._bandwidth = Bandwidth(source.rate)
        self._vad = vad.best(source.rate)
        self._listener = vad.Listener(self._vad, source.rate)
        self._level = self._peak = (QUIETEST_DB,) * source.channels

    def stop(self, *_: object) -> None:
        """End at the next moment."""
        self._end = "stopped"

    def run(self) -> EndedWhy:
        """Record until somebody asks to stop or nothing can be written any more; raises Hangs."""
        self._segments.switch_source(self._source, "start")
        try:
            why = self._record()
        except DiskFull:
            why = "disk full"
        except DriverHangs:
            self._hand_over()
            raise
        except Exception as fault:  # noqa: BLE001 - what was recorded is closed properly, whatever happened
            crash_log.keep(fault)
            why = "failed"
        self._leave(why)
        return why

    def _record(self) -> EndedWhy:
        ticked = synced = looked = 0
        while self._end is None:
            now = self._clock.elapsed_ns()
            if now - looked >= DISK_NS:
                looked = now
                self._look_at_disk(now)
                self._look_for_somebody()
            if now - synced >= SYNC_NS:
                synced = now
                self._segments.sync()
            if now - ticked >= TICK_NS:
                ticked = now
                self._tick(now)
            self._take_sound(ticked + TICK_NS)
        return self._end

    def _take_sound(self, until_ns: int) -> None:
        microphone = self.returning.microphone
        wait_s = max(0, until_ns - self._clock.elapsed_ns()) / 1e9
        if microphone is None:
            time.sleep(wait_s)
            return
        try:
            self._take(microphone.blocks.get(timeout=wait_s))
        except queue.Empty:
            return

    def _take(self, block: Block) -> None:
        if not block.sound:
            return
        self._segments.take(block)
        samples = array("h", block.sound)
        loudest = self._meter.add(samples)
        try:
            self._listen(samples, loudest)
        except OSError:
            raise
        except Exception as fault:  # noqa: BLE001 - a voice detector of others that breaks never ends a recording
            crash_log.keep(fault)
            self._vad = vad.EnergyVad(self._source.rate)
            self._listener = vad.Listener(self._vad, self._source.rate, self._segments.frames)

    def _listen(self, samples: array[int], loudest: int) -> None:
        own = channel_of(samples, loudest, self._source.channels)
        if self._segments.number != self._listened:
            self._finish_listening()
            self._listened = self._segments.number
            self._listener = vad.Listener(self._vad, self._source.rate, self._segments.frames - len(own))
        if self._listener.speaking:
            self._bandwidth.add(own)
        for begin, end in self._listener.add(own):
            self._log.append(Voice(self._listened, begin, end))

    def _finish_listening(self) -> None:
        for begin, end in self._listener.finish():
            if begin < (last := min(end, self._segments.closed_frames)):
                self._log.append(Voice(self._listened, begin, last))

    def _tick(self, now_ns: int) -> None:
        if os.path.exists(self._folder / STOP):  # noqa: PTH110 - it answers also where a disk on the network doesn't
            self.stop()
        self._look_at_device(now_ns)
        if reading := self._meter.read(now_ns):
            self._watch.hear(reading, now_ns, speaking=self._listener.speaking)
            self._watch.tell("narrow", self._bandwidth.is_narrow)
            self._level, self._peak = reading.level_db, reading.peak_db
        warnings = self._watch.warnings(now_ns)
        self._log_troubles(warnings, now_ns)
        self._tell(warnings, now_ns)

    def _look_at_device(self, now_ns: int) -> None:
        silent = self._watch.silent_ns(now_ns)
        if self.returning.hangs(now_ns):
            raise DriverHangs
        match self.returning.look(now_ns, silent):
            case "gone":
                self._drain()
                self._segments.close("device gone")
                self._finish_listening()
            case "back":
                assert self.returning.microphone is not None
                self._come_from(self.returning.microphone.source)
                self._segments.switch_source(self._source, "reopened")
                self._watch.arrive(now_ns)
        self._watch.tell("device gone", self.returning.is_gone)
        self._watch.tell("device changed", self.returning.is_changed)

    def _drain(self) -> None:
        for block in self.returning.left_over():
            self._take(block)

    def _look_at_disk(self, now_ns: int) -> None:
        try:
            free = shutil.disk_usage(self._folder).free - self._reserve
        except OSError:  # a disk on the network: whether it takes the sound is another question
            return
        self._free_s = self._room.left_s(free, now_ns, bytes_a_second(self._source))
        self._watch.tell("disk almost full", self._free_s < SCARCE_S)
        if free <= 0:
            raise DiskFull(0)

    def _look_for_somebody(self) -> None:
        # seconds are counted, not read from a clock: a computer that slept wasn't alone
        with suppress(FileNotFoundError):
            seen_ns = (self._folder / SEEN).stat().st_mtime_ns
            self._alone = 0 if seen_ns != self._seen_ns else self._alone
            self._seen_ns = seen_ns
        self._alone += 1
        if self._alone > self._most_alone:
            self.stop()

    def _log_troubles(self, warnings: tuple[WarningName, ...], now_ns: int) -> None:
        number = self._segments.number
        for name in warnings:
            if name not in self._came:
                self._came[name] = now_ns
                self._log.append(Trouble(number, name, now_ns))
        for name in self._came.keys() - set(warnings):
            self._log.append(Trouble(number, name, self._came.pop(name), now_ns))

    def _tell(self, warnings: tuple[WarningName, ...], now_ns: int) -> None:
        source = self._source
        self._status.write(
            Status(
                self._recording,
                self._segments.number,
                self._segments.frames,
                source.rate,
                source.channels,
                now_ns,
                self._level,
                self._peak,
                self._listener.speaking,
                warnings,
                self._free_s,
                self._server.place or source.device,
            )
        )

    def _hand_over(self) -> None:
        """Leave what is needed by who goes on: no segment is open, for there is no microphone."""
        self._log_troubles((), self._clock.elapsed_ns())
        self._log.sync()
        self._server.release()

    def _leave(self, why: EndedWhy) -> None:
        if why == "disk full":
            (self._folder / _SPARE).unlink(missing_ok=True)  # room for the last lines
            self._watch.tell("disk full", True)
        self.returning.release()
        try:
            if why == "stopped":
                self._drain()
            self._segments.close(why)
            self._finish_listening()
            now = self._clock.elapsed_ns()
            warnings = self._watch.warnings(now)
            self._log_troubles(warnings if why == "disk full" else (), now)
            self._log.append(Ended(self._recording, why))
            self._log.sync()
            self._tell(warnings, now)
        except OSError as problem:  # not even the last line fits: the next start closes the segment
            crash_log.keep(problem)
        self._server.release()


def bytes_a_second(source: Source) -> int:
    """Return how fast the file grows."""
    return source.rate * source.channels * SAMPLE_BYTES


def main(words: list[str] | None = None) -> int:
    """Record into a folder until asked to stop; the status says why that was not possible."""
    options = _options(words)
    _be_silent()
    lock = Lock(options.folder) if options.lock is None else Lock.inherited(options.folder, options.lock)
    try:
        return _locked(lock, options)
    except Unavailable as unavailable:
        return unavailable.failure
    except DiskFull:
        return Failure.NO_ROOM
    except OSError as problem:
        crash_log.keep(problem)
        return Failure.NO_ROOM if is_full(problem) else Failure.CANNOT_WRITE
    except Exception as fault:  # noqa: BLE001 - a usual exit could wait for a driver for ever
        crash_log.keep(fault)
        return Failure.CANNOT_OPEN
    finally:
        lock.free()


def _locked(lock: Lock, options: argparse.Namespace) -> int:
    folder: Path = options.folder
    if options.lock is None and not lock.take(TRIES):
        return Failure.ALREADY_RUNNING
    recorder = _begun(options) if options.returning is None else _gone_on(options)
    for name in ("SIGHUP", "SIGINT"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, recorder.stop)
    try:
        recorder.run()
    except DriverHangs:
        _hand_over_to(lock, options, recorder.returning)
        return 0
    for left in (STOP, SEEN, _SPARE):
        (folder / left).unlink(missing_ok=True)
    return 0


def _begun(options: argparse.Namespace) -> Recorder:
    folder: Path = options.folder
    for left in (STOP, SEEN):  # of the recorder before; only who holds the lock knows that
        (folder / left).unlink(missing_ok=True)
    _keep_spare(folder / _SPARE)
    microphone = open_microphone(options.device, options.channels, SystemClock())
    if shutil.disk_usage(folder).free < options.reserve + _LEAST_S * bytes_a_second(microphone.source):
        raise DiskFull(0)
    return Recorder(options, microphone, microphone.source)


def _gone_on(options: argparse.Namespace) -> Recorder:
    """Return the recorder that goes on for one whose driver hung: its microphone is still to come."""
    last = status.read(options.folder)
    source = Source(last.device, last.rate, last.channels) if last else Source(options.returning, 48_000, 1)
    return Recorder(options, options.returning, source)


def _hand_over_to(lock: Lock, options: argparse.Namespace, returning: Reconnect) -> None:
    """Start the process that goes on with the recording, and give it the lock: nobody sees it free."""
    words = [str(options.folder), "--recording", options.recording, "--returning", returning.first]
    for name in ("channels", "reserve", "alone"):
        words += [f"--{name}", str(getattr(options, name))]
    if returning.is_faithful:  # it hangs; perhaps another doesn't
        words.append("--another")
    program = [sys.executable, "-P", "-m", "kring.record.recorder", *words]
    if sys.platform == "win32":  # there a lock can't be handed on
        lock.free()
        subprocess.Popen(program, **detached_process_options())
    else:
        handed = lock.fileno()
        subprocess.Popen([*program, "--lock", str(handed)], pass_fds=(handed,), **detached_process_options())


def _keep_spare(file: Path) -> None:
    if not is_ordinary(file) or file.stat().st_size < _SPARE_BYTES:
        file.unlink(missing_ok=True)  # never through a link
        file.write_bytes(bytes(_SPARE_BYTES))


def _options(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kring.record.recorder")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--recording", required=True)
    parser.add_argument("--device")
    parser.add_argument("--channels", type=int, default=1)
    parser.add_argument("--reserve", type=int, default=RESERVE_BYTES)
    parser.add_argument("--alone", type=int, default=MOST_ALONE)
    # What a process says to the one that goes on in its place.
    parser.add_argument("--returning")
    parser.add_argument("--another", action="store_true")
    parser.add_argument("--lock", type=int)
    return parser.parse_args(words)


def _be_silent() -> None:
    """Send what PortAudio and the drivers print nowhere: it would tear the screen."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


if __name__ == "__main__":
    # A driver that hangs would hold up a usual exit, and with it the lock.
    os._exit(main(sys.argv[1:]))
