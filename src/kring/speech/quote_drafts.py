"""While people talk: the words of the last seconds, when somebody asks for them, as a draft of a quote.

A process of low priority and one thread reads them out of the file that is being recorded. It keeps its model for some
minutes, for the next quote. The words go through a pipe and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import msgspec

from kring.audio.reader import Samples, Unreadable, open_sound
from kring.domain.text import KringError, folded
from kring.speech.transcribe import check
from kring.speech.words import Word
from kring.system.worker_process import Background, Failed, serve

BEFORE_S, AFTER_S = 15, 5
"""How much is listened to before and after the moment of a note: people write behind the talk."""
WARM_S = 300.0
"""How long the model is kept for the next quote."""
ALIKE = 0.6
"""From which likeness on words are those that were caught."""


class Passage(msgspec.Struct, frozen=True):
    """Some seconds of a file of sound, from a frame on: in which language, with the model in which folder."""

    path: str
    first: int
    seconds: float
    language: str
    model: str


class Words(msgspec.Struct, frozen=True, tag=True):
    """What was heard in a passage, word by word."""

    words: tuple[str, ...]


News = Words | Failed


class Engine(Protocol):
    """What hears words in samples: a Whisper model that is loaded, or a fake one for tests."""

    def words(self, samples: Samples, rate: int, begin_s: float, language: str) -> Iterator[Word]:
        """Yield the words; raises KringError."""


def in_background(passage: Passage) -> Background[News]:
    """Start a process that hears passages; raises KringError where something for it is missing."""
    check(Path(passage.model))
    return Background("kring.speech.quote_drafts", passage, News)


def hear(passage: Passage, load: Callable[[str], Engine] | None = None) -> Iterator[News]:
    """Hear a passage; raises KringError where its sound cannot be read."""
    path = Path(passage.path)
    try:
        sound = open_sound(path)
    except (Unreadable, OSError) as error:
        raise KringError("{file} holds no sound that can be read.", file=path.name) from error
    try:
        samples = sound.read(passage.first, round(passage.seconds * sound.rate))
        heard = (load or _whisper)(passage.model).words(samples, sound.rate, 0.0, passage.language)
        yield Words(tuple(word.text for word in heard))
    finally:
        sound.close()


def completed(caught: str, words: tuple[str, ...]) -> str:
    """Return what was heard from the words on that were caught; all of it where these are not found."""
    return " ".join(words[found_at(caught, words) or 0 :])


def found_at(caught: str, words: tuple[str, ...]) -> int | None:
    """Return from which word on that was heard which was caught; None where it was not.

    Words are compared by the method of Ratcliff and Obershelp (`difflib`), so that a slip does no harm.
    """
    first = [word for word in map(_plain, caught.replace("…", " ").replace("...", " ").split()) if word]
    if not first or not words:
        return None
    heard = [_plain(word) for word in words]
    wanted = " ".join(first)
    places = range(max(len(heard) - len(first), 0) + 1)
    likeness = {
        place: SequenceMatcher(None, wanted, " ".join(heard[place : place + len(first)])).ratio() for place in places
    }
    best = max(likeness, key=lambda place: (likeness[place], place))  # of two the later: it was said just now
    return best if likeness[best] >= ALIKE else None


def _plain(word: str) -> str:
    return "".join(letter for letter in folded(word) if letter.isalnum())


@lru_cache(maxsize=1)
def _whisper(model: str) -> Engine:
    from kring.speech.whisper import Whisper

    return Whisper(Path(model), threads=1)


if __name__ == "__main__":
    raise SystemExit(serve(Passage, hear, WARM_S))
