"""Names in free text become codes, where they are names; what may be one and may be a word is told, not guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from kring.privacy.evidence import of_somebody
from kring.privacy.inflected import Inflected
from kring.privacy.initials import Initials
from kring.privacy.lexicon import is_word
from kring.privacy.name_parts import Part, even, parts_of, plain_words, spelled
from kring.privacy.name_reading import Reading, Token, Verdict

_LETTER = r"[^\W\d_]"


class Find(msgspec.Struct, frozen=True):
    """A stretch of a text that may name somebody, and what it is taken for."""

    start: int
    end: int
    text: str
    label: str
    verdict: Verdict
    given: bool = False
    """Whether a given name is among the words."""


class Ruling(msgspec.Struct, frozen=True):
    """What somebody decided about a word, or some that belong together: the code of whom it names, None for nobody.

    "" is of whoever bears it. It holds at one `place`, or with "" wherever the words stand. That they name nobody
    reaches what is surely a name, such as *zei Bakker*, only where it was said so: with a capital, of one place, or of
    more words than that.
    """

    words: str
    label: str | None
    place: str = ""
    with_capital: bool = False

    def holds(self, words: str, verdict: Verdict) -> bool:
        """Whether this reaches words that are taken so without it."""
        is_for_sure = self.label is not None or self.place or self.with_capital or len(self.words) > len(words)
        return bool(is_for_sure) or verdict is not Verdict.NAME


class Names:
    """Every known name with what stands in its place.

    `elsewhere` are names of other sessions: they count where nobody of this one is called so.
    """

    def __init__(
        self,
        labels: Iterable[tuple[str, str]],
        language: str | None = None,
        rulings: Iterable[Ruling] = (),
        elsewhere: Iterable[tuple[str, str]] = (),
    ) -> None:
        labels = list(labels)
        self._own = frozenset(label for _name, label in labels)
        self._rulings = tuple(rulings)
        self._places = frozenset(ruling.place for ruling in self._rulings) - {""}
        by_word: dict[str, list[Part]] = {}
        wholes: set[str] = set()
        everybody = [*labels, *elsewhere]
        self._is_word: Callable[[str], bool] = partial(is_word, language=language)
        self._initials = Initials(everybody, self._is_word)
        for name, label in everybody:
            wholes.add(" ".join(plain_words(name)))
            for part in parts_of(name, label):
                known = by_word.setdefault(part.word, [])
                if all(other.label != label for other in known):
                    known.append(part)
        for ruling in self._rulings:
            if ruling.label:
                by_word.setdefault(ruling.words, [])
        self._parts: Mapping[str, tuple[Part, ...]] = {word: tuple(parts) for word, parts in by_word.items()}
        self._inflected = Inflected((part for parts in by_word.values() for part in parts), self._is_word)
        self._wholes = frozenset(wholes)
        longest_first = sorted(self._parts, key=lambda word: (-len(word), word))
        words = "|".join(map(_pattern, longest_first))
        # with the genitive, Joosts and Joost's, and without regard to digits: Fatima2
        self._pattern = re.compile(rf"(?<!{_LETTER})({words})(['’]?s)?(?!{_LETTER})") if words else None

    def hidden(self, text: str, place: str = "") -> str:
        """Return text with a code for each name in it."""
        return without(text, self.found(text, place))

    def hidden_in_stem(self, stem: str, title: str = "") -> str:
        """Return what a file is called with a code for each name, though it has no capital."""
        return without(stem, self.found_in_stem(stem, title)).replace("/", "-")

    def found_in_stem(self, stem: str, title: str = "") -> list[Find]:
        """Return what may name somebody in what a file is called.

        A given name counts, what names somebody in the title, after which the file is called, and the last word of one
        that is called after what somebody gave or said: interview-bakker.m4a.
        """
        named = {word for find in self.found(title) if find.verdict.hides for word in plain_words(find.text)}

        def is_name(find: Find) -> bool:
            is_last = bool(of_somebody(stem, find.start, find.end))
            return find.given or is_last or named.issuperset(plain_words(find.text))

        return [
            msgspec.structs.replace(find, verdict=Verdict.LIKELY) if not find.verdict.hides and is_name(find) else find
            for find in self.found(stem)
        ]

    def found_in_firm(self, text: str, place: str = "") -> list[Find]:
        """Return what may name somebody in what a firm is called; a surname alone is the firm's until it is decided."""
        return [
            msgspec.structs.replace(find, verdict=Verdict.UNLIKELY)
            if find.verdict.hides and not find.given and not self._is_ruled(find)
            else find
            for find in self.found(text, place)
        ]

    def _is_ruled(self, find: Find) -> bool:
        words = " ".join(plain_words(find.text))
        return any(ruling.label is not None and ruling.words == words for ruling in self._rulings)

    def is_special(self, place: str) -> bool:
        """Whether something was decided about this place and no other."""
        return place in self._places

    def found(self, text: str, place: str = "") -> list[Find]:
        """Return what may name somebody in a text, in order, with what it is taken for."""
        if self._pattern is None or not text:
            return []
        plain, places = spelled(text)
        low = even(plain)
        tokens = [
            Token(found.start(), found.end(1), found.end(), self._parts[" ".join(plain_words(found[1]))])
            for found in self._pattern.finditer(low)
        ]
        finds: list[Find] = []
        if tokens:
            reading = Reading(plain, low, tokens, self._is_word, self._wholes, frozenset(self._parts))
            finds = [*self._told(reading, place)]
        if alone := [*self._alone(plain, low, finds, place)]:
            finds = sorted([*finds, *alone], key=lambda find: find.start)
        return finds if plain is text else [_in_place(find, text, places) for find in finds]

    def _told(self, reading: Reading, place: str) -> Iterator[Find]:
        ruled = self._ruled(place)
        done = 0
        chains = reading.chains()
        verdicts = reading.verdicts([chain for chain in chains if chain.labels])
        for chain in chains:
            words = " ".join(plain_words(reading.text[chain.start : chain.end_of_words]))
            verdict = verdicts.get(chain.start, Verdict.UNLIKELY)
            about = (
                one for one in reversed(ruled) if one.holds(words, verdict) and reading.covers(one.words, words, chain)
            )
            ruling = next(about, None)
            if ruling is not None and ruling.label is None:
                continue
            label = (ruling.label if ruling else "") or self._label(chain.labels)
            if not label:
                continue
            verdict = Verdict.NAME if ruling else verdict
            start = reading.begin(chain) if verdict.hides else chain.start
            start = start if start >= done else chain.start  # the initial is of the name before it
            done = chain.end
            yield Find(start, chain.end, reading.text[start : chain.end], label, verdict, chain.has_given_name)

    def _alone(self, text: str, low: str, finds: Sequence[Find], place: str) -> Iterator[Find]:
        """Yield initials, diminutives and plurals that stand in no name that was found."""
        done = 0
        forms = (*self._initials.found(text, low), *self._inflected.found(text, low))
        for start, end, labels, verdict in sorted(forms, key=lambda form: (form[0], -form[1])):
            if start < done or any(find.start < end and start < find.end for find in finds):
                continue
            done = end
            words = " ".join(plain_words(text[start:end]))
            about = (one for one in reversed(self._ruled(place)) if one.words == words and one.holds(words, verdict))
            ruling = next(about, None)
            if ruling is None or ruling.label is not None:
                label = (ruling.label if ruling else "") or self._label(labels)
                yield Find(start, end, text[start:end], label, Verdict.NAME if ruling else verdict)

    def _ruled(self, place: str) -> list[Ruling]:
        return [ruling for ruling in self._rulings if ruling.place in ("", place)]

    def _label(self, labels: Sequence[str]) -> str:
        return "/".join([label for label in labels if label in self._own] or labels)


def without(text: str, finds: Iterable[Find]) -> str:
    """Return a text with the code of each name that was found in its place."""
    pieces: list[str] = []
    done = 0
    for find in finds:
        if find.verdict.hides and find.start >= done:
            pieces += [text[done : find.start], find.label]
            done = find.end
    return "".join([*pieces, text[done:]]) if pieces else text


def _in_place(find: Find, text: str, places: Sequence[int]) -> Find:
    start, end = places[find.start], places[find.end]
    return msgspec.structs.replace(find, start=start, end=end, text=text[start:end])


def _pattern(word: str) -> str:
    words = r"[\W_]{1,3}".join(map(re.escape, word.split()))
    return words + r"(?!\d)" if word[-1].isdigit() else words
