"""What the simulated group says: one text file a language, in the grammar of the note line."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kring.domain.plan import Plan
from kring.domain.text import folded

FOLDER = Path(__file__).parent / "said"
STUB_WORDS = 5
WORD_FOR_WORD = '"'
TAILED = ("~", "(", "/")


class Topic(NamedTuple):
    """What people say on one subject, and the words by which a question on it is known."""

    keywords: tuple[str, ...]
    notes: tuple[str, ...]


class Words(NamedTuple):
    """Everything that is said in one language."""

    topics: tuple[Topic, ...]
    lists: dict[str, tuple[str, ...]]

    def topic_of(self, text: str, place: float) -> Topic:
        """Return the topic of a question: by its words, else by its place (0..1) in the guide."""
        asked = folded(text)
        scores = [max((len(word) for word in topic.keywords if word in asked), default=0) for topic in self.topics]
        best = max(scores)
        if best:
            return self.topics[scores.index(best)]
        return self.topics[min(int(place * len(self.topics)), len(self.topics) - 1)]

    def reason(self, name: str) -> str:
        """Return the reason that somebody is late or absent, or how a newcomer consents."""
        return next(line.removeprefix(f"{name}: ") for line in self.lists["reasons"] if line.startswith(name))


def words_for(plan: Plan) -> Words:
    """Return what a group says on a plan: on the subject of the plans that come with kring, else in general."""
    words = read_words(plan.language)
    asked = folded(" ".join((plan.title, plan.objective, plan.study, *(one.text for one in plan.questions))))
    is_known = any(word in asked for word in words.lists["subject"])
    return words if is_known else read_words(plan.language, is_general=True)


def read_words(language: str | None, *, is_general: bool = False) -> Words:
    """Return the words of a language; Dutch, the first language of kring, where there are none."""
    known = language if language in ("nl", "en") else "nl"
    return _read(FOLDER / f"{'any-' if is_general else ''}{known}.txt")


def words_of_group(plan: Plan, place: int, of: int, more: str) -> Words:
    """Return what one of several groups says on a plan, and none of the others: its part of the words of the plan, and
    of those in a file that has more of them.
    """
    words, others = words_for(plan), _read(FOLDER / more)
    added = {topic.keywords: topic.notes for topic in others.topics}
    return words._replace(
        topics=tuple(
            topic._replace(notes=topic.notes[place::of] + added.get(topic.keywords, ())[place::of])
            for topic in words.topics
        )
    )


def _read(path: Path) -> Words:
    topics: list[Topic] = []
    lists: dict[str, tuple[str, ...]] = {}
    _, *parts = path.read_text(encoding="utf-8").split("\n# ")
    for part in parts:
        heading, *rest = part.splitlines()
        lines = tuple(line for line in rest if line)
        name, colon, keywords = heading.partition(":")
        if colon:
            topics.append(Topic(tuple(folded(word.strip()) for word in keywords.split(",")), lines))
        else:
            lists[name] = lines
    return Words(tuple(topics), lists)


class Sayings:
    """Draws from lists of sayings so that none comes again before all were used."""

    def __init__(self, words: Words, rng: random.Random) -> None:
        self._words = words
        self._rng = rng
        self._left: dict[Sequence[str], list[str]] = {}
        self._rounds: dict[Sequence[str], int] = {}

    def one_of(self, name: str) -> str:
        """Return a saying from a list."""
        return self.drawn(self._words.lists[name])

    def has_new(self, sayings: Sequence[str]) -> bool:
        """Whether there is a saying that was not used yet."""
        return sayings not in self._left or bool(self._left[sayings])

    def drawn(self, sayings: Sequence[str]) -> str:
        """Return a saying; in a later round a note gets an addition, and nobody says the very same words again."""
        left = self._left.get(sayings)
        if not left:
            self._rounds[sayings] = self._rounds.get(sayings, -1) + 1
            again = [saying for saying in sayings if not (self._rounds[sayings] and saying.startswith(WORD_FOR_WORD))]
            left = self._left[sayings] = self._rng.sample(again, len(again))
        saying = left.pop()
        if not self._rounds[sayings] or not saying.startswith(TAILED):
            return saying
        text, mark, tags = saying.partition(" #")
        return f"{text}{self._rng.choice(self._words.lists['tails'])}{mark}{tags}"


def as_stub(quote: str) -> str:
    """Return the first words of a quote, to be completed from the recording."""
    said = [word for word in quote.split() if not word.startswith("#")]
    return " ".join(said[: STUB_WORDS + 1]).rstrip(",.;:?!") + " …"
