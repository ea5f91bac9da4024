"""After the session: the sound is written down by a machine on this computer, in the background.

The words of people go through a pipe and nowhere else: not into a file, a log, or the arguments of a process.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from kring.audio.flac import Progress
from kring.domain.text import KringError
from kring.speech.words import Word
from kring.system.worker_process import Background, Failed, work

ENGINE = "faster_whisper"
NEEDED = ("model.bin", "config.json", "tokenizer.json")


class Transcriber(Protocol):
    """What writes sound down: faster-whisper, or a fake one for tests."""

    name: str
    """What it is called in the session file: engine and model."""

    def transcribe(self, path: Path, language: str) -> Iterator[Word]:
        """Yield the words of a whole file of sound, in order; raises KringError."""


class Sounds(msgspec.Struct, frozen=True):
    """What to write down: files and how long each is, in which language, with the model in which folder."""

    paths: tuple[str, ...]
    lengths_s: tuple[float, ...]
    language: str
    model: str


class Said(msgspec.Struct, frozen=True, tag=True):
    """Some more words of the file of this number."""

    number: int
    words: tuple[Word, ...]


class Done(msgspec.Struct, frozen=True, tag=True):
    """All is written down, by this engine."""

    engine: str


News = Progress | Said | Done | Failed
GATHERED = 20
"""How many words are sent at a time."""


def in_background(sounds: Sounds) -> Background[News]:
    """Start to write sound down, in a separate process; raises KringError where something for it is missing."""
    check(Path(sounds.model))
    return Background("kring.speech.transcribe", sounds, News)


def check_engine() -> None:
    """Raise KringError, which says what to install, where the engine is missing."""
    if importlib.util.find_spec(ENGINE) is None:
        raise KringError(
            "To transcribe, install kring with its extra asr: pipx install --force '.[asr]', "
            "or uv tool install --force '.[asr]'."
        )


def check(model: Path) -> None:
    """Raise KringError, which says what to install, where the engine or the model is missing."""
    check_engine()
    missing = [name for name in NEEDED if not (model / name).is_file()]
    if missing:
        raise KringError(
            "{folder} is no folder with a Whisper model for faster-whisper: {file} is missing.",
            folder=str(model),
            file=missing[0],
        )


def transcribe(sounds: Sounds, load: Callable[[Path], Transcriber] | None = None) -> Iterator[News]:
    """Write every sound down; raises KringError, and then nothing is written down."""
    transcriber = (load or _whisper)(Path(sounds.model))
    total = sum(sounds.lengths_s) or 1.0
    before = 0.0
    for number, (path, length) in enumerate(zip(sounds.paths, sounds.lengths_s, strict=True)):
        file = Path(path)
        words: list[Word] = []
        yield Progress(file.name, before / total)
        for word in transcriber.transcribe(file, sounds.language):
            words.append(word)
            if len(words) == GATHERED:
                yield Said(number, tuple(words))
                yield Progress(file.name, (before + min(word.end_s, length)) / total)
                words.clear()
        yield Said(number, tuple(words))
        before += length
        yield Progress(file.name, before / total)
    yield Done(transcriber.name)


def _whisper(model: Path) -> Transcriber:
    from kring.speech.whisper import Whisper

    return Whisper(model)


if __name__ == "__main__":
    raise SystemExit(work(Sounds, transcribe, leaves_files=False))
