"""Which microphones there are, told by a short process of its own: PortAudio's list stays as it was at its start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from kring.audio.advice import Failure, explained
from kring.system import folders

CHOICE_FILE = "microphone.json"
_LIST_S = 10.0
_NO_MICROPHONES = frozenset({
    "default", "sysdefault", "pulse", "pipewire", "jack", "dmix", "dsnoop", "null", "samplerate", "speexrate",
    "lavrate", "upmix", "vdownmix", "microsoft sound mapper - input", "primary sound capture driver",
})  # fmt: skip
"""What stands for whatever microphone the computer uses; it offers as many channels as one could think of."""
_PREFERRED = ("Core Audio", "Windows WASAPI", "ALSA", "JACK Audio Connection Kit", "Windows DirectSound", "MME")
_NAME_OF_MME = 31
"""Characters of a name that the oldest sound system of Windows tells."""


class Device(msgspec.Struct, frozen=True):
    """A microphone: the name to choose it by, the name to show, and what it can."""

    id: str
    name: str
    system: str
    channels: int
    rate: int
    is_default: bool


class Choice(msgspec.Struct, frozen=True):
    """What was chosen on this computer: a device (None is the system's own choice), and how many channels."""

    device: str | None = None
    channels: int = 1


class _Listing(msgspec.Struct):
    devices: list[Device] | None


_listing = msgspec.json.Decoder(_Listing)


def inputs() -> list[Device]:
    """Return the microphones that are there now, the system's own choice first.

    It takes a moment: a screen calls it from a worker. Raises KringError where PortAudio is missing or broken.
    """
    try:
        told = subprocess.run(
            [sys.executable, "-P", "-m", "kring.audio.devices"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # PortAudio and the drivers talk there
            timeout=_LIST_S,
            check=True,
        )
        devices = _listing.decode(told.stdout.splitlines()[-1]).devices
    except (OSError, subprocess.SubprocessError, msgspec.DecodeError, IndexError) as problem:
        raise explained(Failure.CANNOT_OPEN) from problem
    if devices is None:
        raise explained(Failure.NO_PORTAUDIO)
    return devices


def microphones(found: Sequence[Device]) -> list[Device]:
    """Return each microphone once: several sound systems list the same one, and some list themselves as one."""
    real = [device for device in found if device.name.partition(":")[0].strip().casefold() not in _NO_MICROPHONES]
    by_name: dict[str, Device] = {}
    for device in sorted(real, key=lambda device: (not device.is_default, _place(device.system))):
        by_name.setdefault(device.name[:_NAME_OF_MME], device)
    return [device for device in real if device in by_name.values()]


def _place(system: str) -> int:
    return _PREFERRED.index(system) if system in _PREFERRED else len(_PREFERRED)


def choice() -> Choice:
    """Return what was chosen on this computer; the system's own choice where nothing was, or nothing can be read."""
    try:
        return msgspec.json.decode((folders.state() / CHOICE_FILE).read_bytes(), type=Choice)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Choice()


def keep(chosen: Choice) -> bool:
    """Remember a choice on this computer; say whether that worked."""
    file = folders.state() / CHOICE_FILE
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.write_bytes(msgspec.json.encode(chosen))
        fresh.replace(file)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        return False
    return True


def _here() -> list[Device] | None:
    try:
        import sounddevice
    except (ImportError, OSError):
        return None
    systems = [str(system["name"]) for system in sounddevice.query_hostapis()]
    first = sounddevice.default.device[0]
    found = [
        Device(
            f"{one['name']}, {systems[one['hostapi']]}",
            one["name"],
            systems[one["hostapi"]],
            one["max_input_channels"],
            int(one["default_samplerate"]),
            one["index"] == first,
        )
        for one in sounddevice.query_devices()
        if one["max_input_channels"] > 0
    ]
    return sorted(found, key=lambda device: not device.is_default)


if __name__ == "__main__":
    sys.stdout.buffer.write(b"\n" + msgspec.json.encode(_Listing(_here())) + b"\n")
