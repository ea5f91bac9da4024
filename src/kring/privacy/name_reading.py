"""What stands in one text that may name somebody: words side by side of one person, and what each is taken for."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from itertools import pairwise

import msgspec

from kring.privacy import evidence
from kring.privacy.lexicon import is_called_so
from kring.privacy.name_parts import PARTICLES, Part, even, plain_words

_JOINED = re.compile(
    rf"(?:\s|[_.'’-])(?:(?:{'|'.join(sorted(PARTICLES, key=len, reverse=True))}|[a-z])(?:\. ?|[ _'’-]))*"
)
_LONGEST_BEFORE = 40
_INITIAL_BEHIND = re.compile(
    rf"[ -](?:(?:{'|'.join(sorted(PARTICLES, key=len, reverse=True))})(?:\. ?| ))*"
    r"((?:[^\W\d_]\.[ -]?)*[^\W\d_])(?:\.(?!\w)|(?![\w.'’]))"
)
_INITIALS = re.compile(r"(?:(?<!\w)[^\W\d_]{1,4}\.[ -]?)+$")
_FIRST_OF_THEM = re.compile(r"\w+")


class Verdict(Enum):
    """What a word is taken for; what is not sure is shown to somebody who decides."""

    NAME = "name"
    LIKELY = "likely a name"
    UNLIKELY = "likely a word"

    @property
    def hides(self) -> bool:
        """Whether a code comes in its place."""
        return self is not Verdict.UNLIKELY


class Token(msgspec.Struct, frozen=True):
    """A word of a name in a text: from where to where, without and with a genitive s, and of whose names it is one."""

    start: int
    end: int
    suffix_end: int
    parts: tuple[Part, ...]


class Chain(msgspec.Struct):
    """Words side by side that name one person, or one of several who share a name."""

    tokens: list[Token]
    labels: list[str]
    tail: int = 0
    """Where an initial ends that stands behind a given name, such as *Bo H.*; 0 where none does."""

    @property
    def start(self) -> int:
        """Return where the first word begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Return where the last word or the initial behind it ends, without its genitive s."""
        return self.tail or self.tokens[-1].end

    @property
    def end_of_words(self) -> int:
        """Return where the last word ends, without its genitive s and without an initial."""
        return self.tokens[-1].end

    @property
    def has_given_name(self) -> bool:
        """Whether a given name is among the words."""
        return any(part.given for token in self.tokens for part in token.parts)


class Reading:
    """One text, read for names."""

    def __init__(
        self,
        text: str,
        low: str,
        tokens: list[Token],
        is_word: Callable[[str], bool],
        wholes: frozenset[str],
        known: frozenset[str],
    ) -> None:
        self.text = text
        self._low = low
        self._tokens = tokens
        self._starts = {token.start for token in tokens}
        self._is_a_word = is_word
        self._wholes = wholes
        self._known = known

    def chains(self) -> list[Chain]:
        """Return the words of names in order, those side by side that name one person as one."""
        chains: list[Chain] = []
        for token in self._tokens:
            labels = self._of_both(chains[-1], token) if chains else []
            if labels:
                chains[-1].tokens.append(token)
                chains[-1].labels = labels
            else:
                chains.append(Chain([token], list(dict.fromkeys(part.label for part in token.parts))))
        for chain in chains:
            self._with_initial_behind(chain)
        return chains

    def _with_initial_behind(self, chain: Chain) -> None:
        """Take the initial of a surname behind a given name with it: of who are called so it tells who is meant.

        Where the list has no surname, an initial with a point may be anybody's of that name.
        """
        last = chain.tokens[-1]
        those = [part for part in last.parts if part.given and part.label in chain.labels]
        found = _INITIAL_BEHIND.match(self._low, last.end)
        if not those or not found:
            return
        has_point = found[0].endswith(".")
        if not has_point and (not self.text[found.start(1)].isupper() or found[1] == "i"):
            return
        letters = plain_words(found[1])
        of_name = [part.label for part in those if all(letter in part.behind for letter in letters)]
        if not of_name and has_point:
            of_name = [part.label for part in those if not part.behind]
        if of_name:
            chain.labels = [label for label in chain.labels if label in of_name]
            chain.tail = found.end()

    def covers(self, ruled: str, words: str, chain: Chain) -> bool:
        """Whether what was decided is about these words of a chain, or about more words that stand around them."""
        if ruled == words:
            return True
        if len(ruled) <= len(words) or words not in ruled:
            return False
        pattern = re.compile(r"(?<!\w)" + r"[\W_]{1,3}".join(map(re.escape, ruled.split())) + r"(?!\w)")
        return any(
            found.start() <= chain.start and chain.end_of_words <= found.end() for found in pattern.finditer(self._low)
        )

    def _of_both(self, chain: Chain, second: Token) -> list[str]:
        """Return whom a chain and the word behind it name together, if anybody."""
        first = chain.tokens[-1]
        labels = [label for label in chain.labels if any(part.label == label for part in second.parts)]
        if not labels or first.suffix_end != first.end or second.parts[0].whole:
            return []
        if any(self._low[one.start : one.end] == self._low[second.start : second.end] for one in chain.tokens):
            return []  # "will Will"
        between = self._low[first.end : second.start]
        if between == ", ":  # the list's way: Bakker, Jan
            return labels if self._is_capital(first) and any(part.given for part in second.parts) else []
        if not _JOINED.fullmatch(between):
            return []
        is_apart = self._is_capital(first) and not self._is_capital(second) and self._is_like_a_word(second)
        return [] if is_apart and len(between) == 1 else labels

    def verdicts(self, chains: list[Chain]) -> dict[int, Verdict]:
        """Return what each is taken for, by where it begins."""
        found = {chain.start: self._verdict(chain) for chain in chains}
        for one, other in pairwise(chains):
            if evidence.beside_others(self._low, one.tokens[-1].suffix_end, other.start):
                if one.labels == other.labels and all(map(self._is_a_lone_word, (one, other))):  # `Hart en Ziel`
                    sure = (chain.start for chain in (one, other) if found[chain.start] is Verdict.NAME)
                    found |= dict.fromkeys(sure, Verdict.LIKELY)
                for unsure, beside in ((one, other), (other, one)):
                    is_left = found[unsure.start] is Verdict.UNLIKELY and self._is_capital(unsure.tokens[0])
                    if is_left and found[beside.start].hides:
                        found[unsure.start] = Verdict.LIKELY
        return found

    def begin(self, chain: Chain) -> int:
        """Return where a name begins with what belongs to it: *van den* and initials."""
        start, least = chain.start, max(0, chain.start - _LONGEST_BEFORE)
        for part in chain.tokens[0].parts:
            if found := part.pattern_before and part.pattern_before.search(self._low, least, start):
                start = found.start()
                break
        initials = _INITIALS.search(self._low, least, start)
        while initials and initials.start() < start:
            first = _FIRST_OF_THEM.match(initials[0])
            if first and any(part.first.startswith(first[0]) for part in chain.tokens[0].parts):
                return initials.start()
            initials = _INITIALS.search(self._low, initials.start() + 1, start)
        return start

    def _verdict(self, chain: Chain) -> Verdict:
        found = self._verdict_of_words(chain)
        has_initial = chain.tail and self._is_capital(chain.tokens[-1])
        return Verdict.LIKELY if has_initial and not found.hides else found

    def _verdict_of_words(self, chain: Chain) -> Verdict:
        first = chain.tokens[0]
        if first.parts[0].whole:
            return self._of_whole(first)
        if len(chain.tokens) == 1:
            return self._of_one(first)
        if any(not self._is_like_a_word(token) for token in chain.tokens) or self._has_title(first):
            return Verdict.NAME
        if self._is_as_written(chain):
            return Verdict.NAME
        if not all(map(self._is_capital, chain.tokens)):
            end = chain.end_of_words
            if self.text[chain.start : end].isupper() and not self._all_have_capitals(chain.start, end):
                return Verdict.LIKELY
            is_said = evidence.said_of(self._low, end) and evidence.at_head(self.text, chain.start)
            return Verdict.LIKELY if is_said else Verdict.UNLIKELY
        return Verdict.LIKELY if self._all_have_capitals(chain.start, chain.end_of_words) else Verdict.NAME

    def _of_whole(self, token: Token) -> Verdict:
        part = token.parts[0]
        words = part.word.split()
        if len(words) > 1 and self.text[token.start : token.end] == part.written:
            return Verdict.NAME
        has_capitals = all(word[:1].isupper() for word in self.text[token.start : token.end].split())
        is_a_sentence = all(word.isalpha() and len(word) > 1 and self._is_a_word(word) for word in words)
        return Verdict.NAME if has_capitals or not is_a_sentence else Verdict.UNLIKELY

    def _is_as_written(self, chain: Chain) -> bool:
        """Whether this is all of a name, with the small letters and capitals of the list, such as *kring demo*."""
        told = [self.text[token.start : token.end] for token in chain.tokens]
        is_written_so = all(
            any(part.written == word for part in token.parts) for word, token in zip(told, chain.tokens, strict=True)
        )
        return is_written_so and " ".join(plain_words(self.text[chain.start : chain.end])) in self._wholes

    def _of_one(self, token: Token) -> Verdict:
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

    def _of_a_word(self, token: Token) -> Verdict:
        given = any(part.given for part in token.parts)
        is_capital, suffix = self._is_capital(token), self._low[token.end : token.suffix_end]
        if self._low.strip() in self._wholes and is_capital:
            return Verdict.LIKELY
        if evidence.at_head(self.text, token.start):
            is_said = not suffix and evidence.said_of(self._low, token.end)
            is_said = is_said or (given and is_capital and evidence.done_by(self._low, token.end))
            is_label = given and evidence.labels_a_line(self.text, token.start, token.end)
            is_theirs = is_capital and (
                len(suffix) == 2 or (given and evidence.in_brackets(self.text, token.start, token.end))
            )
            return Verdict.LIKELY if is_said or is_label or is_theirs else Verdict.UNLIKELY
        if evidence.has_article(self._low, token.start):
            return Verdict.UNLIKELY
        if not is_capital or self._all_have_capitals(token.start, token.end):
            return Verdict.UNLIKELY
        before, after = self._beside(token)
        if after and not given:
            return Verdict.UNLIKELY
        return Verdict.LIKELY if before or after or suffix == "s" else Verdict.NAME

    def _beside(self, token: Token) -> tuple[str, str]:
        """Return the strange words with a capital right before and behind: Albert Heijn, Gordon Brown."""
        if not self._is_capital(token) or self._all_have_capitals(token.start, token.end):
            return "", ""
        found = (
            evidence.neighbour_before(self.text, token.start),
            evidence.neighbour_after(self.text, token.suffix_end),
        )
        before, after = ("" if word and even(word) in self._known | PARTICLES else word for word in found)
        return before, after

    def _is_like_a_word(self, token: Token) -> bool:
        return all(
            (len(part.word) < 3 and not is_called_so(part.word))
            or self._is_a_word(part.word)
            or self._is_a_word(part.written)
            for part in token.parts
        )

    def _is_a_lone_word(self, chain: Chain) -> bool:
        return len(chain.tokens) == 1 and self._is_like_a_word(chain.tokens[0])

    def _is_capital(self, token: Token) -> bool:
        return evidence.is_capital(self.text[token.start : token.end])

    def _has_title(self, token: Token) -> bool:
        return any(
            evidence.after_title(self.text, self._low, token.start, initial)
            for initial in {part.initial for part in token.parts}
        )

    def _all_have_capitals(self, start: int, end: int) -> bool:
        return evidence.all_have_capitals(self.text, start, end, self._starts)
