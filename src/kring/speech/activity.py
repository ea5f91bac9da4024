"""When somebody speaks in a recording of another program, by how loud it is: it is read once, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kring.audio import foreign
from kring.audio.flac import Progress, fingerprint
from kring.domain.text import KringError
from kring.system.text_files import Unreadable
from kring.system.worker_process import Background, Failed, work

if TYPE_CHECKING:
    from kring.speech.features import Floats

SHORTER_MS = 1_000
"""By how much less may come out of a recording than it says that it has, before it counts as cut off."""


class Look(msgspec.Struct, frozen=True):
    """What to look at: a recording."""

    path: str


class Looked(msgspec.Struct, frozen=True, tag=True):
    """What was found: how long it is, and from when to when somebody speaks, in ms.

    `stamp` and `sha256` are those of the file; `is_cut_off` = less came out of it than it says that it has.
    """

    stamp: foreign.Stamp
    sha256: str
    rate: int
    frames: int
    speech: tuple[tuple[int, int], ...]
    is_cut_off: bool

    @property
    def lasts_ms(self) -> int:
        """Return how long it is."""
        return self.frames * 1000 // self.rate


News = Progress | Looked | Failed


def in_background(path: Path) -> Background[News]:
    """Start to look at a recording, in a separate process; raises KringError where a package for it is missing."""
    with path.open("rb") as file:
        foreign.check(path, file.read(foreign.FIRST_BYTES))
    return Background("kring.speech.activity", Look(str(path.absolute())), News)


def look(task: Look) -> Iterator[News]:
    """Find when somebody speaks in a recording; raises KringError where it is none, or is written to meanwhile."""
    import numpy as np

    path = Path(task.path)
    try:
        stamp = foreign.stamp_of(path)
        sound = foreign.unpacked(path)
        ear = Ear(sound.rate)
        for block in sound.blocks:
            ear.hear((block[:, None] / 32768).astype(np.float32))
            yield Progress(path.name, min(1.0, ear.frames / (sound.expected or ear.frames or 1)))
        if not ear.frames:
            raise Unreadable(foreign.NO_SOUND, file=path.name)
        sha256 = fingerprint(path).sha256
        is_cut_off = (sound.expected - ear.frames) * 1000 > SHORTER_MS * sound.rate or foreign.lacks_bytes(path)
        foreign.require_same(path, stamp)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise KringError("{file} cannot be read: {reason}.", file=path.name, reason=reason) from problem
    yield Looked(stamp, sha256, sound.rate, ear.frames, tuple(ear.speech()), is_cut_off)


AHEAD = 8
"""How many samples behind a cell its level looks at."""


class Ear:
    """Listens block by block to how loud it is; what it keeps is eighty bytes a second."""

    def __init__(self, rate: int) -> None:
        from kring.speech.features import CELL_S, NEAR_RATE

        self.frames = 0
        self._fraction = max(1, rate // NEAR_RATE)
        self._cell = max(1, round(rate * CELL_S / self._fraction))
        self._cell_ms = self._cell * self._fraction * 1000 / rate
        self._rest: list[Floats] = []
        self._levels: list[Floats] = []

    def hear(self, block: Floats) -> None:
        """Take in frames (n × 1, full scale = 1)."""
        import numpy as np

        from kring.speech.features import levels_of

        self.frames += len(block)
        frames = np.concatenate([*self._rest, block])
        per_cell, ahead = self._cell * self._fraction, AHEAD * self._fraction
        count = max(0, (len(frames) - ahead) // per_cell)
        if count:
            whole = frames[: count * per_cell + ahead].reshape(-1, self._fraction, 1).mean(1)
            self._levels.append(levels_of(whole, count, self._cell))
        self._rest = [frames[count * per_cell :]]

    def speech(self) -> Iterator[tuple[int, int]]:
        """Yield from when to when somebody spoke in what was heard, in ms."""
        import numpy as np

        from kring.speech.features import runs, speaking

        if self._levels:
            for begin, end in runs(speaking(np.concatenate(self._levels))):
                yield round(begin * self._cell_ms), round(end * self._cell_ms)


if __name__ == "__main__":
    raise SystemExit(work(Look, look, leaves_files=False))
