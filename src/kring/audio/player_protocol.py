"""The lines between a face and the player: commands go in, reports come out, one JSON object each."""

from __future__ import annotations

from typing import Literal

import msgspec

FailedWhy = Literal["no library", "no PortAudio", "no device", "file missing", "file unreadable", "output failed"]


class Piece(msgspec.Struct, frozen=True):
    """A file of sound."""

    path: str


class Play(msgspec.Struct, frozen=True, tag="play", tag_field="kind"):
    """Play these pieces one after the other, from a frame of one of them, for so many seconds or to the end."""

    pieces: tuple[Piece, ...]
    piece: int
    frame: int
    length_s: float | None = None


class Pause(msgspec.Struct, frozen=True, tag="pause", tag_field="kind"):
    """Stand still, or go on where it stood."""

    paused: bool


class Skip(msgspec.Struct, frozen=True, tag="skip", tag_field="kind"):
    """Go on so many seconds of sound later, earlier where below zero."""

    seconds: float


class Speed(msgspec.Struct, frozen=True, tag="speed", tag_field="kind"):
    """Play so many times as fast, at the same pitch."""

    times: float


class Stop(msgspec.Struct, frozen=True, tag="stop", tag_field="kind"):
    """Play no more."""


Command = Play | Pause | Skip | Speed | Stop


class At(msgspec.Struct, frozen=True, tag="at", tag_field="kind"):
    """This frame of this piece is heard at a moment of the monotonic clock, which all processes share."""

    piece: int
    frame: int
    heard_ns: int
    rate: int
    speed: float
    playing: bool
    play: int  # which `Play` this is about, counted from one


class Done(msgspec.Struct, frozen=True, tag="done", tag_field="kind"):
    """The last of it was heard: the end of all sound, or of the seconds that were asked."""

    play: int


class Failed(msgspec.Struct, frozen=True, tag="failed", tag_field="kind"):
    """It can't be played; `file` is the name of the file that is to blame."""

    play: int
    why: FailedWhy
    file: str = ""


Report = At | Done | Failed

_commands: msgspec.json.Decoder[Command] = msgspec.json.Decoder(Command)
_reports: msgspec.json.Decoder[Report] = msgspec.json.Decoder(Report)


def line(words: Command | Report) -> bytes:
    """Return a command or a report as its line."""
    return msgspec.json.encode(words) + b"\n"


def command(written: bytes) -> Command:
    """Read a command."""
    return _commands.decode(written)


def report(written: bytes) -> Report:
    """Read a report."""
    return _reports.decode(written)
