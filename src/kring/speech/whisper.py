"""Whisper by faster-whisper: a model in a folder on this computer, never the network.

Only the process that transcribes imports this.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kring.audio.reader import Samples, Unreadable, open_sound
from kring.domain.text import KringError, clean
from kring.speech.words import Word

if TYPE_CHECKING:
    from kring.audio.reader import Sound

PIECE_S = 600
SEARCH_S = 30
"""How far before the end of a piece its quietest moment is looked for, so that no word is cut."""
QUIET_S = 0.2


class Whisper:
    """A Whisper model that is loaded; it hears a sound in pieces of ten minutes, so that any length fits in memory."""

    def __init__(self, model: Path, threads: int = os.cpu_count() or 1) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        from faster_whisper import WhisperModel

        try:
            self._model = WhisperModel(
                str(model),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise KringError("The model in {folder} can't be loaded.", folder=model.name) from error
        self.name = f"faster-whisper {model.resolve().name}"

    def transcribe(self, path: Path, language: str) -> Iterator[Word]:
        """Yield the words of a file of sound; raises KringError."""
        if language not in self._model.supported_languages:
            raise KringError("This model doesn't know the language {language}.", language=language)
        try:
            sound = open_sound(path)
        except (Unreadable, OSError) as error:
            raise KringError("{file} holds no sound that can be read.", file=path.name) from error
        try:
            for begin_s, samples in pieces(sound):
                yield from self.words(samples, sound.rate, begin_s, language)
        finally:
            sound.close()

    def words(self, samples: Samples, rate: int, begin_s: float, language: str) -> Iterator[Word]:
        """Yield the words of some sound that begins at a second of its file."""
        said, _about = self._model.transcribe(
            _as_wav(samples, rate),
            language=language,
            word_timestamps=True,
            vad_filter=True,  # in silence Whisper hears what nobody said
            condition_on_previous_text=False,  # else one mistake repeats itself
        )
        for stretch in said:
            for word in stretch.words or ():
                if text := clean(word.word).strip():
                    yield Word(round(begin_s + float(word.start), 2), round(begin_s + float(word.end), 2), text)


def _as_wav(samples: Samples, rate: int) -> io.BytesIO:
    import soundfile

    wav = io.BytesIO()
    soundfile.write(wav, samples, rate, "PCM_16", format="WAV")
    wav.seek(0)
    return wav


def pieces(sound: Sound) -> Iterator[tuple[float, Samples]]:
    """Yield a sound in pieces with the second at which each begins, cut where it is quietest."""
    at, length = 0, sound.length()
    while at < length:
        taken = sound.read(at, PIECE_S * sound.rate)
        if at + len(taken) < length:
            taken = taken[: _quietest(taken, sound.rate)]
        if not len(taken):
            return
        yield at / sound.rate, taken
        at += len(taken)


def _quietest(samples: Samples, rate: int) -> int:
    """Return the middle of the quietest moment near the end."""
    window = max(1, round(QUIET_S * rate))
    near = samples[-SEARCH_S * rate :]
    count = len(near) // window
    loudness = np.square(near[: count * window].astype(np.float32)).reshape(count, window).mean(axis=1)
    return len(samples) - len(near) + int(np.argmin(loudness)) * window + window // 2
