"""The recordist: starts and stops kring's own recording, and takes what the recorder knows into the session file.

The recorder is a process with a life of its own. It may outlive the screen that started it, and another screen, also
after `kill -9`, takes it up again; it may itself be killed, and is started anew. All that is known of it stands in its
log beside the session file, so that every process that has the session open comes to the same facts.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from kring.audio.devices import Choice
from kring.domain.decide import recording as verbs
from kring.domain.measures.coverage import own_segments
from kring.domain.rows import RecordingRow
from kring.domain.text import KringError, Refused, Sentence
from kring.record import log
from kring.record.status import Status
from kring.session.flac_archive import FlacArchive
from kring.session.recorder_log import RecorderLog
from kring.session.session import Session
from kring.store.store import NotRead, NotSaved

LOOK_MS = 900
"""How often the log is read: at a tick a second, which may come a little early."""
STALE_MS = 2000
"""A recorder that has said nothing for so long hangs."""
FRESH_MS = 5000
"""Who presses the key so soon after somebody else meant to start the recording too."""
FORGOTTEN_MS = 15 * 60_000
"""A recording that stopped so long ago is not taken up again by itself."""
MOST_RESTARTS = 5
"""So many in a row: at once, then after 2, 4, 8 and 16 seconds, for a sound server may be on its way back too."""
WELL_MS = 60_000
"""A recorder that has lived for so long is well: the next fault is a new one."""

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Work = Literal["start", "stop", "change"]
Condition = Literal["off", "starting", "on", "stopping", "gone", "keeping"]


class RecorderState(msgspec.Struct, frozen=True):
    """How the sound stands, for a screen: `status` is what the recorder said last, while it lives.

    `share` is how much of the sound is made FLAC, while that is being done; `problem` is why the recorder could not be
    started or stopped, the last time somebody tried.
    """

    condition: Condition
    status: Status | None = None
    warnings: tuple[str, ...] = ()
    share: float | None = None
    problem: Sentence | None = None


OFF = RecorderState("off")


class Recorder(Protocol):
    """What starts and stops a recorder: `kring.record.client`, or a fake one where there is no sound."""

    def start(self, folder: Path, recording: str, device: str | None, channels: int) -> None:
        """Start a recorder and return at its first sound."""

    def stop(self, folder: Path) -> None:
        """Stop the recorder and return when it has ended."""

    def is_running(self, folder: Path) -> bool:
        """Whether a recorder lives."""

    def read_status(self, folder: Path) -> Status | None:
        """Return what the recorder said last."""

    def heartbeat(self, folder: Path) -> None:
        """Tell the recorder that somebody looks after it."""

    def repair(self, folder: Path) -> list[log.Closed]:
        """Make whole what a killed recorder left."""


class Recordist:
    """Looks after the sound of one open session; `tick` four times a second, and `close` before the session closes."""

    def __init__(
        self,
        session: Session,
        recorder: Recorder,
        choice: Callable[[], Choice] = Choice,
        tell: Callable[[KringError], None] = lambda problem: None,
        keeper: FlacArchive | None = None,
    ) -> None:
        self.session = session
        self.recorder = recorder
        self.tell = tell
        self.keeper = keeper
        self._choice = choice
        self._intake = RecorderLog(session)
        self._worker: ThreadPoolExecutor | None = None
        self._work: tuple[Work, Future[None]] | None = None
        self._looked_ms = 0
        self._restarts = 0
        self._restarted_ms = 0
        self._is_whole = False
        self._problem: Sentence | None = None
        self.recorder_state = OFF

    @property
    def folder(self) -> Path:
        """Return the folder of the sound beside the session file, which may have got another name since."""
        path = self.session.store.path
        here = self.session.me.device
        own = [row.folder for row in self.session.state.recordings.values() if row.computer == here and row.folder]
        return path.parent / own[-1] if own else path.with_suffix(".audio")

    @property
    def _running(self) -> RecordingRow | None:
        return self.session.state.own_recording_on(self.session.me.device)

    @property
    def is_on(self) -> bool:
        """Whether a recording runs, or is about to."""
        return self.recorder_state.condition in ("starting", "on")

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is recorded or kept, or about to be: a look once a second is then enough."""
        return self._work is None and self.recorder_state.condition == "off" and self._running is None

    @property
    def is_of_others_just_now(self) -> bool:
        """Whether somebody else began the recording a moment ago: nobody knows of it yet, or for seconds only."""
        running = self._running
        if running is None:
            return self.recorder.is_running(self.folder)
        return running.id != self._intake.own and self.session.now() - running.started_at < FRESH_MS

    def toggle(self) -> Literal["start", "stop", "runs"]:
        """Start the recording, or stop it; the answer comes at a later tick. Raises Refused where it cannot be.

        What somebody else began a moment ago runs on.
        """
        if self._work is not None:
            raise Refused("One moment: the recording is being started or stopped.")
        if self.is_of_others_just_now:
            return "runs"
        if self.recorder.is_running(self.folder):
            self._stop()
            return "stop"
        if self.session.store.mode == "read":
            raise Refused("This file is opened for reading only.")
        self._restarts = 0
        self._start(self._new_recording())
        return "start"

    def change_microphone(self) -> None:
        """Go on with the microphone that is chosen now: another recording begins where this one stops.

        One that cannot be opened is told, and what the computer uses takes its place.
        """
        if self._work is not None:
            raise Refused("One moment: the recording is being started or stopped.")
        chosen, folder, recording = self._choice(), self.folder, self._new_recording()

        def change() -> None:
            self.recorder.stop(folder)
            try:
                self.recorder.start(folder, recording, chosen.device, chosen.channels)
            except KringError:
                self.recorder.start(folder, recording, None, 1)
                raise

        self._restarts = 0
        self._intake.own = recording
        self._submit("change", change)

    def wait(self) -> None:
        """Return when what was begun is done; for faces that have nothing else to do."""
        if self._work is not None:
            with suppress(KringError):
                self._work[1].result()
        self._looked_ms = 0
        self.tick()

    def tick(self) -> None:
        """Look how the recorder is, and take in what it knows; a fault of the sound never stops the session."""
        if self.session.store.is_closed:
            return
        self._look_around()
        if self.keeper is not None:
            is_quiet = self.recorder_state.condition in ("off", "keeping")
            is_free = is_quiet and self._running is None
            self.keeper.tick(is_free=is_free)
            if is_free and (share := self.keeper.share) is not None:
                self.recorder_state = RecorderState("keeping", share=share)
            elif self.recorder_state.condition == "keeping":
                self.recorder_state = OFF

    def _look_around(self) -> None:
        self._poll_worker()
        there = self._running is not None or self._work is not None
        now = self.session.clock.clock.elapsed_ms()
        if not there and self._looked_ms and now - self._looked_ms < LOOK_MS:
            return
        alive = self.folder.is_dir() and self.recorder.is_running(self.folder)
        self.recorder_state = self._recorder_state(alive, now)
        if self._looked_ms and now - self._looked_ms < LOOK_MS:
            return
        self._looked_ms = max(now, 1)
        if alive:
            self.recorder.heartbeat(self.folder)
            self._restarts = 0 if now - self._restarted_ms > WELL_MS else self._restarts
        self._look(alive)
        self.recorder_state = self._recorder_state(alive, now)

    def close(self) -> None:
        """Take in what is known, before the session file is closed; a recorder goes on until the session has ended."""
        if self.keeper is not None:
            self.keeper.close()
        if self._work is not None:
            with suppress(KringError):
                self._work[1].result()
            self._work = None
        if self._worker is not None:
            self._worker.shutdown()
        if self.session.store.is_closed or self.session.store.mode != "write" or not self.folder.is_dir():
            return
        if self.session.state.session.phase == "ended":  # nobody looks after it any more
            with suppress(KringError):
                self.recorder.stop(self.folder)
        self._look(self.recorder.is_running(self.folder), all_of_it=True)

    def _start(self, recording: str) -> None:
        chosen, folder = self._choice(), self.folder
        self._intake.own = recording
        self._submit("start", lambda: self.recorder.start(folder, recording, chosen.device, chosen.channels))

    def _stop(self) -> None:
        folder = self.folder
        self._submit("stop", lambda: self.recorder.stop(folder))

    def _submit(self, what: Work, work: Callable[[], None]) -> None:
        from concurrent.futures import ThreadPoolExecutor

        if self._worker is None:
            self._worker = ThreadPoolExecutor(1, thread_name_prefix="recorder")
        self._work = (what, self._worker.submit(work))
        self._looked_ms = 0
        self._problem = None
        self.recorder_state = RecorderState("stopping" if what == "stop" else "starting")

    def _poll_worker(self) -> None:
        if self._work is None or not self._work[1].done():
            return
        (what, future), self._work = self._work, None
        self._looked_ms = 0
        try:
            future.result()
        except KringError as problem:
            if what == "start" and self.recorder.is_running(self.folder):
                return  # the other screen was first
            self._problem = problem.sentence
            self.tell(problem)

    def _new_recording(self) -> str:
        return f"R{len(self.session.state.recordings) + 1}-{self._name()}"

    def _name(self) -> str:
        return f"{random.getrandbits(32):08x}"

    def _recorder_state(self, alive: bool, now: int) -> RecorderState:
        if self._work is not None:
            return RecorderState("stopping" if self._work[0] == "stop" else "starting", None)
        if not alive:
            runs = self._running is not None
            return RecorderState("gone" if runs else "off", problem=self._problem)
        status = self.recorder.read_status(self.folder)
        if status is None:
            return RecorderState("on", problem=self._problem)
        warnings = status.warnings
        if now - status.elapsed_ns // 1_000_000 > STALE_MS and "nothing arrives" not in warnings:
            warnings = ("nothing arrives", *warnings)
        return RecorderState("on", status, warnings, problem=self._problem)

    def _look(self, alive: bool, all_of_it: bool = False) -> None:
        if self.session.store.mode != "write" or not (self.folder / log.FILE).exists():
            return
        try:
            if not alive and self._work is None and not self._is_whole:
                self.recorder.repair(self.folder)
            self._is_whole = not alive
            self._intake.take_in(self.folder)
            self._intake.flush(all_of_it=all_of_it or not alive)
            if not alive and self._work is None:
                self._after_the_end(may_restart=not all_of_it)
            elif alive and self.session.state.session.phase == "ended" and self._work is None and not all_of_it:
                self._stop()
        except (NotSaved, NotRead, OSError):
            return  # the session says so itself; the log is still there at the next look

    def _after_the_end(self, may_restart: bool) -> None:
        """See to a recording that should run and doesn't: start its recorder anew, or say that it stopped."""
        running = self._running
        if running is None:
            return
        last = max((int(s.ended_at or s.started_at) for s in own_segments(self.session.state)), default=0)
        forgotten = self.session.now() - last > FORGOTTEN_MS
        on = self.session.state.session.phase in ("lobby", "live", "prepared")
        if not on or forgotten or self._restarts >= MOST_RESTARTS:
            self._intake.act(verbs.stopped, running.id, "killed", last or None, computer=self.session.me.device)
        elif may_restart and self._is_time_to_restart():
            self._restarts += 1
            self._restarted_ms = self._looked_ms
            self._start(running.id)

    def _is_time_to_restart(self) -> bool:
        return self._restarts == 0 or self._looked_ms - self._restarted_ms >= 1000 * 2**self._restarts
