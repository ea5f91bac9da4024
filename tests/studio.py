"""A studio without sound: fake recorders on the clock of the test, started and stopped by the recordist."""

from __future__ import annotations

import itertools
from pathlib import Path

from kring.audio.devices import Choice
from kring.domain.text import KringError
from kring.record import client
from kring.record.log import Closed
from kring.record.status import Status
from kring.session.recording import Recordist
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from record.fake_recorder import FakeRecorder


class Studio:
    """Starts one fake recorder after another, each with the life of its own that a process would have."""

    def __init__(self, clock: SimulatedClock) -> None:
        self.clock = clock
        self.now: FakeRecorder | None = None
        self.started: list[str] = []
        self.broken: KringError | None = None
        self.gone: set[str] = set()

    def start(self, folder: Path, recording_id: str, device: str | None, channels: int) -> None:
        if self.broken is not None:
            raise self.broken
        if device in self.gone:
            raise KringError("The microphone is not there.")
        folder.mkdir(exist_ok=True)
        client.repair(folder)
        self.now = FakeRecorder(folder, self.clock, recording_id, channels=channels)
        self.now.hear(100)
        self.started.append(recording_id)

    def stop(self, folder: Path) -> None:
        if self.now is not None:
            self.now.stop()
            self.now = None

    def kill(self) -> None:
        assert self.now is not None
        self.now.kill()
        self.now = None

    def is_running(self, folder: Path) -> bool:
        return client.is_running(folder)

    def read_status(self, folder: Path) -> Status | None:
        return client.read_status(folder)

    def heartbeat(self, folder: Path) -> None:
        client.heartbeat(folder)

    def repair(self, folder: Path) -> list[Closed]:
        return client.repair(folder)

    def hear(self, recordist: Recordist, seconds: float, loud: bool = True) -> None:
        """Let time pass in sound, with the recordist looking five times a second."""
        assert self.now is not None
        for _ in range(round(seconds * 5)):
            self.now.hear(200, loud=loud)
            recordist.tick()


def recordist_of(session: Session, studio: Studio, **options: object) -> Recordist:
    numbers = itertools.count()
    recordist = Recordist(session, studio, Choice, **options)  # type: ignore[arg-type]
    recordist._name = lambda: f"{next(numbers)}"  # type: ignore[method-assign]
    return recordist
