"""Names in free text become codes, where they are names; what may be one and may be a word is told, not guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import partial
from itertools import pairwise

import msgspec

from kring.privacy import evidence
from kring.privacy.lexicon import is_called_so, is_word
from kring.privacy.name_parts import PARTICLES, Part, even, parts_of, plain_words

_LETTER = r"[^\W\d_]"
_JOINED = re.compile(
    rf"(?:\s|[_.'’-])(?:(?:{'|'.join(sorted(PARTICLES, key=len, reverse=True))}|[a-z])(?:\. ?|[ _'’-]))*"
)
_INITIALS = re.compile(r"(?:(?<!\w)[^\W\d_]\.[ -]?)+$")


class Verdict(Enum):
    """What a word is taken for; what is not sure is shown to somebody who decides."""

    NAME = "name"
    LIKELY = "likely a name"
    UNLIKELY = "likely a word"

    @property
    def hides(self) -> bool:
        """Whether a code comes in its place."""
        return self is not Verdict.UNLIKELY


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


class _Token(msgspec.Struct, frozen=True):
    start: int
    end: int
    suffix_end: int
    parts: tuple[Part, ...]


class _Chain(msgspec.Struct):
    """Words side by side that name one person."""

    tokens: list[_Token]
    labels: list[str]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


class Names:
    """Every known name with what stands in its place."""

    def __init__(
        self, labels: Iterable[tuple[str, str]], language: str | None = None, rulings: Iterable[Ruling] = ()
    ) -> None:
        self._rulings = tuple(rulings)
        self._places = frozenset(ruling.place for ruling in self._rulings) - {""}
        by_word: dict[str, list[Part]] = {}
        wholes: set[str] = set()
        for name, label in labels:
            wholes.add(" ".join(plain_words(name)))
            for part in parts_of(name, label):
                known = by_word.setdefault(part.word, [])
                if all(other.label != label for other in known):
                    known.append(part)
        for ruling in self._rulings:
            if ruling.label:
                by_word.setdefault(ruling.words, [])
        self._parts: Mapping[str, tuple[Part, ...]] = {word: tuple(parts) for word, parts in by_word.items()}
        self._wholes = frozenset(wholes)
        self._is_word: Callable[[str], bool] = partial(is_word, language=language)
        longest_first = sorted(self._parts, key=lambda word: (-len(word), word))
        words = "|".join(map(_pattern, longest_first))
        # with the genitive, Joosts and Joost's, and without regard to digits: Fatima2
        self._pattern = re.compile(rf"(?<!{_LETTER})({words})(['’]?s)?(?!{_LETTER})") if words else None

    def hidden(self, text: str, place: str = "") -> str:
        """Return text with a code for each name in it."""
        return without(text, self.found(text, place))

    def hidden_in_stem(self, stem: str) -> str:
        """Return what a file is called with a code for each name; a given name counts though it has no capital."""
        finds = [
            msgspec.structs.replace(find, verdict=Verdict.LIKELY) if find.given else find for find in self.found(stem)
        ]
        return without(stem, finds).replace("/", "-")

    def is_special(self, place: str) -> bool:
        """Whether something was decided about this place and no other."""
        return place in self._places

    def found(self, text: str, place: str = "") -> list[Find]:
        """Return what may name somebody in a text, in order, with what it is taken for."""
        if self._pattern is None or not text:
            return []
        low = even(text)
        tokens = [
            _Token(found.start(), found.end(1), found.end(), self._parts[" ".join(plain_words(found[1]))])
            for found in self._pattern.finditer(low)
        ]
        if not tokens:
            return []
        reading = _Reading(text, low, tokens, self._is_word, self._wholes, frozenset(self._parts))
        return [*self._told(reading, _chains(tokens, reading), place)]

    def _told(self, reading: _Reading, chains: list[_Chain], place: str) -> Iterator[Find]:
        ruled = [ruling for ruling in self._rulings if ruling.place in ("", place)]
        verdicts = reading.verdicts([chain for chain in chains if chain.labels])
        for chain in chains:
            words = " ".join(plain_words(reading.text[chain.start : chain.end]))
            verdict = verdicts.get(chain.start, Verdict.UNLIKELY)
            about = (one for one in reversed(ruled) if one.holds(words, verdict) and reading.covers(one, words, chain))
            ruling = next(about, None)
            if ruling is not None and ruling.label is None:
                continue
            label = (ruling.label if ruling else "") or "/".join(chain.labels)
            if not label:
                continue
            verdict = Verdict.NAME if ruling else verdict
            start = reading.begin(chain) if verdict.hides else chain.start
            given = any(part.given for token in chain.tokens for part in token.parts)
            yield Find(start, chain.end, reading.text[start : chain.end], label, verdict, given)


class _Reading:
    """One text, read for names."""

    def __init__(
        self,
        text: str,
        low: str,
        tokens: list[_Token],
        is_word: Callable[[str], bool],
        wholes: frozenset[str],
        known: frozenset[str],
    ) -> None:
        self.text = text
        self._low = low
        self._names = {token.start for token in tokens}
        self._is_a_word = is_word
        self._wholes = wholes
        self._known = known

    def covers(self, ruling: Ruling, words: str, chain: _Chain) -> bool:
        """Whether a ruling is about these words, or about more words that stand around them."""
        ruled = ruling.words
        if ruled == words:
            return True
        if len(ruled) <= len(words) or words not in ruled:
            return False
        pattern = re.compile(r"(?<!\w)" + r"[\W_]{1,3}".join(map(re.escape, ruled.split())) + r"(?!\w)")
        return any(found.start() <= chain.start and chain.end <= found.end() for found in pattern.finditer(self._low))

    def follow(self, first: _Token, second: _Token) -> list[str]:
        """Return whom two words side by side name together, if anybody."""
        labels = _shared(_labels(first), second)
        if not labels or first.suffix_end != first.end or second.parts[0].whole:
            return []
        between = self._low[first.end : second.start]
        if between == ", ":  # the list's way: Bakker, Jan
            return labels if self._is_capital(first) and any(part.given for part in second.parts) else []
        if not _JOINED.fullmatch(between):
            return []
        is_apart = self._is_capital(first) and not self._is_capital(second) and self._is_like_a_word(second)
        return [] if is_apart and len(between) == 1 else labels

    def verdicts(self, chains: list[_Chain]) -> dict[int, Verdict]:
        """Return what each is taken for, by where it begins."""
        found = {chain.start: self._verdict(chain) for chain in chains}
        for one, other in pairwise(chains):
            if evidence.beside_others(self._low, one.tokens[-1].suffix_end, other.start):
                pair = (one, other) if found[one.start] is Verdict.UNLIKELY else (other, one)
                if found[pair[1].start].hides and self._is_capital(pair[0].tokens[0]):
                    found[pair[0].start] = max(found[pair[0].start], Verdict.LIKELY, key=lambda each: each.hides)
        return found

    def begin(self, chain: _Chain) -> int:
        """Return where a name begins with what belongs to it: *van den* and initials."""
        start = chain.start
        for part in chain.tokens[0].parts:
            if part.before:
                words = r"[\s'’-]+".join(map(re.escape, part.before.split()))
                if found := re.search(rf"(?<!\w)['’]?{words}[\s'’-]*$", self._low[:start]):
                    start = found.start()
                    break
        found = _INITIALS.search(self._low, 0, start)
        is_theirs = found and any(part.initial == found[0][0] for part in chain.tokens[0].parts)
        return found.start() if found and is_theirs else start

    def _verdict(self, chain: _Chain) -> Verdict:
        first = chain.tokens[0]
        if first.parts[0].whole:
            return self._of_whole(first)
        if len(chain.tokens) == 1:
            return self._of_one(first)
        if any(not self._is_like_a_word(token) for token in chain.tokens) or self._has_title(first):
            return Verdict.NAME
        if not all(map(self._is_capital, chain.tokens)):
            is_said = evidence.said_of(self._low, chain.end) and evidence.at_head(self.text, chain.start)
            return Verdict.LIKELY if is_said else Verdict.UNLIKELY
        return Verdict.LIKELY if self._all_have_capitals(chain.start, chain.end) else Verdict.NAME

    def _of_whole(self, token: _Token) -> Verdict:
        words = token.parts[0].word.split()
        has_capitals = all(word[:1].isupper() for word in self.text[token.start : token.end].split())
        is_a_sentence = all(word.isalpha() and len(word) > 1 and self._is_a_word(word) for word in words)
        return Verdict.NAME if has_capitals or not is_a_sentence else Verdict.UNLIKELY

    def _of_one(self, token: _Token) -> Verdict:
        if evidence.of_time_or_place(self.text, self._low, token.start, token.end):
            return Verdict.UNLIKELY
        if self._has_title(token) or evidence.is_called(self.text, token.start):
            return Verdict.NAME
        if self._is_like_a_word(token):
            return self._of_a_word(token)
        if self._low[token.end : token.suffix_end] == "s" and self._is_a_word(
            self._low[token.start : token.suffix_end]
        ):
            return Verdict.UNLIKELY
        return Verdict.LIKELY if any(self._beside(token)) else Verdict.NAME

    def _of_a_word(self, token: _Token) -> Verdict:
        given = any(part.given for part in token.parts)
        is_capital, suffix = self._is_capital(token), self._low[token.end : token.suffix_end]
        if self._low.strip() in self._wholes and is_capital:
            return Verdict.LIKELY
        if evidence.at_head(self.text, token.start):
            is_said = not suffix and evidence.said_of(self._low, token.end)
            is_said = is_said or (given and is_capital and evidence.done_by(self._low, token.end))
            is_label = given and evidence.labels_a_line(self.text, token.start, token.end)
            is_theirs = is_capital and len(suffix) == 2
            return Verdict.LIKELY if is_said or is_label or is_theirs else Verdict.UNLIKELY
        if not is_capital or self._all_have_capitals(token.start, token.end):
            return Verdict.UNLIKELY
        before, after = self._beside(token)
        if after and not given:
            return Verdict.UNLIKELY
        return Verdict.LIKELY if before or after or suffix == "s" else Verdict.NAME

    def _beside(self, token: _Token) -> tuple[str, str]:
        """Return the strange words with a capital right before and behind: Albert Heijn, Gordon Brown."""
        if not self._is_capital(token) or self._all_have_capitals(token.start, token.end):
            return "", ""
        found = (
            evidence.neighbour_before(self.text, token.start),
            evidence.neighbour_after(self.text, token.suffix_end),
        )
        before, after = ("" if word and even(word) in self._known | PARTICLES else word for word in found)
        return before, after

    def _is_like_a_word(self, token: _Token) -> bool:
        return all(
            (len(part.word) < 3 and not is_called_so(part.word))
            or self._is_a_word(part.word)
            or self._is_a_word(part.written)
            for part in token.parts
        )

    def _is_capital(self, token: _Token) -> bool:
        return evidence.is_capital(self.text[token.start : token.end])

    def _has_title(self, token: _Token) -> bool:
        return any(
            evidence.after_title(self.text, self._low, token.start, initial)
            for initial in {part.initial for part in token.parts}
        )

    def _all_have_capitals(self, start: int, end: int) -> bool:
        return evidence.all_have_capitals(self.text, start, end, self._names)


def without(text: str, finds: Iterable[Find]) -> str:
    """Return a text with the code of each name that was found in its place."""
    pieces: list[str] = []
    done = 0
    for find in finds:
        if find.verdict.hides and find.start >= done:
            pieces += [text[done : find.start], find.label]
            done = find.end
    return "".join([*pieces, text[done:]]) if pieces else text


def _chains(tokens: list[_Token], reading: _Reading) -> list[_Chain]:
    chains: list[_Chain] = []
    for token in tokens:
        labels: list[str] = []
        if chains and chains[-1].tokens[-1].parts and token.parts:
            labels = [label for label in reading.follow(chains[-1].tokens[-1], token) if label in chains[-1].labels]
        if labels:
            chains[-1].tokens.append(token)
            chains[-1].labels = labels
        else:
            chains.append(_Chain([token], _labels(token)))
    return chains


def _labels(token: _Token) -> list[str]:
    return list(dict.fromkeys(part.label for part in token.parts))


def _shared(labels: list[str], token: _Token) -> list[str]:
    return [label for label in labels if label in _labels(token)]


def _pattern(word: str) -> str:
    words = r"[\W_]{1,3}".join(map(re.escape, word.split()))
    return words + r"(?!\d)" if word[-1].isdigit() else words
