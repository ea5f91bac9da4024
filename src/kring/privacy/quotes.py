"""Quotes in what people wrote: those that repeat a message that nobody else may read are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kring.domain.text import folded

HIDDEN = "[…]"
"""What stands for such a quote."""
_OPEN, _CLOSE = '["“”«„「\u2039]', '["“”»」\u203a]'
_QUOTE_LINE = re.compile(r"\s*[>|▎│┃]\s?(.*)")
_CUT = re.compile(r"(?:\.\.\.|…)\s*$")
_SHORTEST = 4
_SHORTEST_INSIDE = 10
_MOST_QUOTES = 16


class Quotes:
    """What was written in messages that are nobody else's business, to find it in what others quote."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(dict.fromkeys(filter(None, map(_plain, texts))))
        self._whole = frozenset(self._texts)
        self._all = "\n".join(("", *self._texts))

    def __bool__(self) -> bool:
        return bool(self._texts)

    def out_of(self, text: str) -> str:
        """Return a text without the quotes in it that repeat such a message."""
        return "\n".join(self._lines(text.split("\n")))

    def _lines(self, lines: Sequence[str]) -> Iterator[str]:
        for is_quote, group in groupby(lines, lambda line: _QUOTE_LINE.fullmatch(line) is not None):
            block = list(group)
            if not is_quote:
                told = self._inside("\n".join(block)).split("\n")
                yield from (HIDDEN if len(lines) > 1 and self._is_copy(line) else self._cited(line) for line in told)
                continue
            quoted = [found[1] for line in block if (found := _QUOTE_LINE.fullmatch(line)) is not None]
            is_theirs = self._repeats(" ".join(quoted)) or any(map(self._repeats, quoted))
            yield from [f"> {HIDDEN}"] if is_theirs else block

    def _cited(self, line: str) -> str:
        """Return a line without such a message behind a colon, as in `Anna said: I save every month`."""
        before, colon, cited = line.rpartition(": ")
        return f"{before}{colon}{HIDDEN}" if colon and self._is_copy(cited) else line

    def _is_copy(self, line: str) -> bool:
        """Whether a line without marks is such a message, or its start with dots behind it."""
        plain = _plain(line)
        if len(plain) < _SHORTEST_INSIDE:
            return False
        return plain in self._whole or (_CUT.search(line) is not None and f"\n{plain}" in self._all)

    def _inside(self, text: str) -> str:
        place = 0
        while (opens := re.compile(_OPEN).search(text, place)) is not None:
            rest = text[opens.end() :]
            closes = [found.start() for found in re.finditer(_CLOSE, rest)][:_MOST_QUOTES] or [len(rest)]
            place = opens.end()
            for close in reversed(closes):
                if self._repeats(text[opens.end() : opens.end() + close]):
                    text = text[: opens.end()] + HIDDEN + text[opens.end() + close :]
                    place = opens.end() + len(HIDDEN) + 1
                    break
        return text

    def _repeats(self, quoted: str) -> bool:
        quote = _plain(quoted)
        if quote in self._whole:
            return True
        if len(quote) < _SHORTEST:
            return False
        begins = f"\n{quote}" in self._all
        is_inside = len(quote) >= _SHORTEST_INSIDE and quote in self._all
        return begins or is_inside or any(self._holds(quote, text) for text in self._texts)

    def _holds(self, quote: str, text: str) -> bool:
        if len(text) >= _SHORTEST_INSIDE:
            return text in quote
        return len(text) >= _SHORTEST and quote.startswith(text)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, folded(text)))
