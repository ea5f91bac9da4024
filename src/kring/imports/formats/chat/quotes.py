"""Messages of Zoom that quote the start of an earlier one: replies to it, and signs that are given or taken back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from itertools import islice
from typing import NamedTuple

from kring.domain.text import one_line
from kring.imports.formats.chat.signs import is_sign

_OPEN, _CLOSE = '["“«„「\u2039]', '["”»“」\u203a]'
_QUOTES = re.compile(_OPEN)
_BEFORE = r"[^\"“«„「\u2039\n]{1,60}?"
_ABOVE = re.compile(rf"(?P<words>{_BEFORE})\s?{_OPEN}(?P<quote>.+){_CLOSE}\s?[:\uff1a]")
_BESIDE = re.compile(rf"(?P<words>{_BEFORE})\s?{_OPEN}(?P<rest>.+)", re.DOTALL)
_SIGNED = re.compile(rf"(?P<words>{_BEFORE})\s?{_OPEN}(?P<quote>.+){_CLOSE}(?P<after>[^\"]{{0,40}})", re.DOTALL)
_ENDS_A_LINE = re.compile(r"\s?[:\uff1a]?\s*\n")
_ENDS_EARLY = re.compile(r"(?:\.\.\.|…)$")
_SHORTEST_START = 10
_MOST_QUOTES = 8
_ENGLISH = "replying to"
_ENGLISH_SIGNS = ("reacted to", "removed a")


class Reply(NamedTuple):
    """An answer to the message at a place in the chat."""

    to: int
    text: str
    words: str
    """What Zoom writes before the quote."""
    is_certain: bool


class Sign(NamedTuple):
    """A sign that is given to the message at a place in the chat, None where that is not in it, or taken back."""

    to: int | None
    sign: str
    is_taken_back: bool


class Starts:
    """The messages so far by how they start, to find the one that is quoted: one to all before one to somebody."""

    def __init__(self) -> None:
        self._whole: tuple[dict[str, int], dict[str, int]] = ({}, {})
        self._starting: tuple[dict[str, list[tuple[str, int]]], dict[str, list[tuple[str, int]]]] = ({}, {})

    def add(self, index: int, text: str, *, is_private: bool = False) -> None:
        line = one_line(text)
        self._whole[is_private][line] = index
        self._starting[is_private].setdefault(line[:_SHORTEST_START], []).append((line, index))

    def find(self, quote: str) -> int | None:
        """Return the place of the latest message that is quoted: all of it, or its start where dots follow."""
        line = one_line(quote)
        for whole in self._whole:
            if line in whole:
                return whole[line]
        start = _ENDS_EARLY.sub("", line).rstrip()
        if start == line or len(start) < _SHORTEST_START:
            return None
        likely = (one for starting in self._starting for one in reversed(starting.get(start[:_SHORTEST_START], [])))
        return next((index for text, index in likely if text.startswith(start)), None)


def sign_in(text: str, starts: Starts) -> Sign | None:
    """Return the sign that a message gives to an earlier one, or takes back from it."""
    found = _SIGNED.fullmatch(text) if _QUOTES.search(text) else None
    if found is None:
        return None
    before = [word for word in found["words"].split() if is_sign(word)]
    after = [word for word in found["after"].split() if is_sign(word)]
    if len(before) + len(after) != 1:
        return None
    to = starts.find(found["quote"])
    if to is None and not found["words"].casefold().startswith(_ENGLISH_SIGNS):
        return None
    return Sign(to, (before + after)[0], is_taken_back=bool(before))


def reply_in(text: str, starts: Starts) -> Reply | None:
    """Return the answer that a message is; certain where the quote, of one line or more, ends in a colon."""
    if not _QUOTES.search(text):
        return None
    first, newline, rest = text.partition("\n")
    above = _ABOVE.fullmatch(first)
    if above is not None and newline and (to := starts.find(above["quote"])) is not None:
        return Reply(to, rest.strip(), above["words"].strip().casefold(), is_certain=True)
    beside = _BESIDE.match(text)
    if beside is None:
        return None
    for close in islice(re.finditer(_CLOSE, beside["rest"]), _MOST_QUOTES):
        to = starts.find(beside["rest"][: close.start()])
        behind = beside["rest"][close.end() :]
        answer = behind.lstrip(":\uff1a \n")
        if to is not None and answer:
            is_certain = "\n" in beside["rest"][: close.start()] and _ENDS_A_LINE.match(behind) is not None
            return Reply(to, answer, beside["words"].strip().casefold(), is_certain)
    return None


def usual_words(replies: Collection[Reply]) -> frozenset[str]:
    """Return the words with which this chat introduces a quote: known ones, certain ones, and those that come back."""
    counted = Counter(reply.words for reply in replies)
    certain = {reply.words for reply in replies if reply.is_certain}
    return frozenset({_ENGLISH, *certain, *(words for words, count in counted.items() if count > 1)})
