"""Why there is no sound, and what to do about it on this system."""

from __future__ import annotations

import sys
from enum import IntEnum

from kring.domain.text import KringError, Sentence


class Failure(IntEnum):
    """Why a recorder could not begin, as the status that it leaves with."""

    ALREADY_RUNNING = 3
    NO_PORTAUDIO = 4
    NO_DEVICE = 5
    CANNOT_OPEN = 6
    NO_ROOM = 7
    CANNOT_WRITE = 8
    NO_SOUND = 9


_UNKNOWN = Sentence("The recorder did not start; try again, and see kring doctor.")
_SENTENCES: dict[int, Sentence] = {
    Failure.ALREADY_RUNNING: Sentence("A recording runs already in this folder; stop it first."),
    Failure.CANNOT_OPEN: Sentence(
        "The microphone cannot be opened: close other programs that use it, or choose another."
    ),
    Failure.NO_ROOM: Sentence("The disk has no room for a recording: make room, or work on another disk."),
    Failure.CANNOT_WRITE: Sentence("The recording cannot be written beside the session file: choose another folder."),
    Failure.NO_SOUND: Sentence("The microphone is open, but no sound arrives: connect it again, or choose another."),
}


def explained(failure: int, device: str | None = None) -> KringError:
    """Return the error that a person can act on; `device` is the one that was chosen by name."""
    match failure:
        case Failure.NO_PORTAUDIO:
            return _error(portaudio_advice(sys.platform))
        case Failure.NO_DEVICE if device:
            return KringError("The microphone “{device}” is not there: connect it, or choose another.", device=device)
        case Failure.NO_DEVICE:
            return _error(device_advice(sys.platform))
    return _error(_SENTENCES.get(failure, _UNKNOWN))


def _error(sentence: Sentence) -> KringError:
    return KringError(sentence.template, **sentence.values)


def portaudio_advice(system: str) -> Sentence:
    """Say how to get PortAudio on this system; everything but sound works without."""
    if system in {"darwin", "win32"}:  # there it is a part of the package
        return Sentence("For recording, install kring again: its part for sound is missing. Everything else works.")
    return Sentence(
        "For recording, install PortAudio (Debian and Ubuntu: sudo apt install libportaudio2; "
        "Fedora: sudo dnf install portaudio; Arch: sudo pacman -S portaudio). Everything else works without."
    )


def device_advice(system: str) -> Sentence:
    """Say what to do where no microphone is found."""
    match system:
        case "darwin":
            return Sentence(
                "No microphone was found: connect one, and look in System Settings, Sound, Input. "
                "Everything else works without."
            )
        case "win32":
            return Sentence(
                "No microphone was found: connect one, and look in Settings, Privacy, Microphone, "
                "whether desktop apps may use it. Everything else works without."
            )
    return Sentence(
        "No microphone was found: connect one, and see whether it is listed by pactl list sources short "
        "or arecord -l. Everything else works without."
    )


def zero_advice(system: str) -> Sentence:
    """Say what to do when every sample is zero: a switch on the microphone, or a permission."""
    match system:
        case "darwin":
            return Sentence(
                "The microphone sends silence: allow your terminal in System Settings, Privacy & Security, Microphone, "
                "start the terminal again, and check the mute switch of the microphone."
            )
        case "win32":
            return Sentence(
                "The microphone sends silence: check its mute switch, and allow desktop apps "
                "in Settings, Privacy, Microphone."
            )
    return Sentence("The microphone sends silence: check its mute switch and the sound settings.")


def permission_advice() -> Sentence:
    """Say on macOS, which tells no program whether it may listen, where that stands."""
    return Sentence(
        "When the microphone sends silence: allow your terminal in System Settings, Privacy & Security, Microphone."
    )
