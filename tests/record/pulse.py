"""A sound server of the test's own: a room in which sound is played, and a microphone that hears it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PROGRAMS = ("pulseaudio", "pactl", "paplay")
RATE = 48000

# Without norewinds the monitor delivers in bursts of two seconds.
MODULES = (
    "module-native-protocol-unix auth-anonymous=1 socket={run}/native",
    f"module-null-sink sink_name=room rate={RATE} channels=2 norewinds=1",
    "module-remap-source source_name=mic master=room.monitor",
    f"module-null-sink sink_name=headphones rate={RATE} channels=2 norewinds=1",
    "module-always-sink",
)
DEVICES = """\
</usr/share/alsa/alsa.conf>
pcm.!default {{ type pulse }}
ctl.!default {{ type pulse }}
pcm.roommic  {{ type pulse device "mic"          hint {{ show on description "Room microphone" }} }}
pcm.roomloop {{ type pulse device "room.monitor" hint {{ show on description "Room loopback" }} }}
"""


def why_no_sound() -> str | None:
    """Says why no sound server can run here, or None when it can."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        return f"{', '.join(missing)} is not installed, so sound is not tested; run tools/set_up.sh programs."
    try:
        import sounddevice  # noqa: F401
    except (ImportError, OSError):
        return "PortAudio is not installed, so sound is not tested; run tools/set_up.sh programs."
    if not list(Path("/usr/lib").rglob("libasound_module_pcm_pulse.so")):
        return "libasound2-plugins is not installed, so sound is not tested; run tools/set_up.sh programs."
    return None


class Pulse:
    """A running server; `environ` is what a program needs to find it, and nothing else finds it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        run, home = folder / "run", folder / "home"
        for place in (run, home):
            place.mkdir(mode=0o700, exist_ok=True)
        devices = folder / "asound.conf"
        devices.write_text(DEVICES.format())
        self.environ = {
            "PULSE_RUNTIME_PATH": str(run),
            "PULSE_STATE_PATH": str(home),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_SERVER": f"unix:{run}/native",
            "XDG_RUNTIME_DIR": str(run),
            "XDG_CONFIG_HOME": str(home),
            "ALSA_CONFIG_PATH": str(devices),
        }
        self._server: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Starts the server, or one more after `kill`, and returns when it answers."""
        run = Path(self.environ["PULSE_RUNTIME_PATH"])
        for left in (run / "native", run / "pid"):
            left.unlink(missing_ok=True)
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        options = "-n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --disallow-exit=yes"
        environ = {**self._all(), "HOME": self.environ["XDG_CONFIG_HOME"]}
        environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
        environ.pop("PULSE_SERVER")
        self._server = subprocess.Popen(
            [
                *("pulseaudio", *options.split(), "--realtime=no", "--high-priority=no"),
                f"--log-target=file:{self._folder}/log",
                *(word for module in MODULES for word in ("-L", module.format(run=run))),
            ],
            env=environ,
            **quiet,
        )
        until(lambda: self._pactl("info", check=False).returncode == 0, 10)
        self.say("set-default-source", "mic")
        self.say("set-default-sink", "headphones")

    def _all(self) -> dict[str, str]:
        return {**os.environ, **self.environ, "LC_ALL": "C.UTF-8"}

    def _pactl(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["pactl", *words], env=self._all(), capture_output=True, text=True, check=check)

    def say(self, *words: str) -> str:
        """Asks the server something in the words of pactl."""
        return self._pactl(*words).stdout.strip()

    def play(self, file: Path, device: str = "room") -> subprocess.Popen[bytes]:
        """Plays a file in the room, or in another sink; the caller waits or goes on."""
        return subprocess.Popen(["paplay", f"--device={device}", str(file)], env=self._all())

    def mute(self, muted: bool) -> None:
        """Turns the switch on the microphone."""
        self.say("set-source-mute", "mic", str(int(muted)))

    def suspend(self, suspended: bool) -> None:
        """Lets the microphone hang: its driver gives nothing any more, and says nothing."""
        self.say("suspend-source", "mic", str(int(suspended)))

    def unload(self, name: str) -> None:
        """Pulls the cable of a source: `mic`, or what tests loaded."""
        for line in self.say("list", "short", "modules").splitlines():
            number, module, *arguments = line.split("\t")
            if module in {"module-remap-source", "module-null-sink"} and f"_name={name}" in "".join(arguments):
                self.say("unload-module", number)

    def kill(self) -> None:
        """Kills the server as a crash does."""
        assert self._server is not None
        self._server.kill()
        self._server.wait()

    def freeze(self, frozen: bool) -> None:
        """Lets the server hang."""
        assert self._server is not None
        self._server.send_signal(signal.SIGSTOP if frozen else signal.SIGCONT)

    def close(self) -> None:
        """Ends the server."""
        self.kill()


def until(holds, seconds: float = 5.0, step: float = 0.02) -> None:
    """Waits until something holds, and fails when it doesn't in time."""
    latest = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < latest, "It did not come true in time."
        time.sleep(step)


def needed() -> None:
    """Skips the test where no sound can be made."""
    if reason := why_no_sound():
        pytest.skip(reason)


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    """A sound server for one test; whatever the test starts finds it, and no other."""
    yield from served(monkeypatch)


def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    """A sound server for as long as the patch lasts."""
    needed()
    with tempfile.TemporaryDirectory(prefix="snd", ignore_cleanup_errors=True) as folder:  # short: sockets have 107
        server = Pulse(Path(folder))
        _use(server.environ, monkeypatch)
        yield server
        server.close()


def _use(environ: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
