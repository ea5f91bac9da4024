"""Answers in a chat that was copied or saved as text: what they quote of an earlier message becomes a link to it.

A quote stands above the answer: behind `>` or another sign, in quotation marks, below the name of who wrote it, or as
it was written. What is not found among the earlier messages stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from kring.domain.text import folded, one_line
from kring.imports.formats.chat.quotes import Reply, Starts, reply_in
from kring.imports.parsed import Message

_SIGN = re.compile(r"\s*(?:[>»|│┃▎]|&gt;)\s?")
_AROUND = " \t\"“”„‟«»'‘’"
_WROTE = re.compile(r"[^:\n]{1,60}[:\uff1a]\s*(\S.*)", re.DOTALL)
_INTRODUCES = frozenset({
    "replying to", "antwoord op", "in antwoord op", "als antwoord op", "reactie op", "als reactie op", "in reactie op",
    "reply to", "in reply to", "in response to", "antwort auf", "als antwort auf", "en réponse à", "réponse à",
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_LONGEST_ABOVE = 100
_MOST_WORDS = 7  # of a name
_MOST_LINES = 6
_LEAST = 10
"""Letters of a line that says the same as an earlier message by itself, to be a quote of it."""


class _Link(NamedTuple):
    to: int
    answer: str


def with_links(messages: Sequence[Message]) -> list[Message]:
    """Return the messages; those that quote an earlier one as an answer to that, without the quote."""
    whole = list(_joined(messages))
    links = _links(whole)
    return [
        one
        if (link := links.get(place)) is None
        else one.model_copy(update={"replies_to": whole[link.to].line, "text": link.answer})
        for place, one in enumerate(whole)
    ]


def _joined(messages: Sequence[Message]) -> Iterator[Message]:
    """Yield the messages; where the head of who is quoted stands in the midst of one, it is no message of theirs."""
    latest: dict[tuple[str, str], Message] = {}
    empty: Message | None = None
    for one in messages:
        key = one.author, one.text.partition("\n")[0]
        quoted = latest.get(key)
        if empty is not None and quoted is not None and one.text.startswith(f"{quoted.text}\n"):
            answer = one.text.removeprefix(quoted.text).strip()
            yield empty.model_copy(update={"text": answer, "replies_to": quoted.line})
            empty = None
            continue
        if empty is not None:
            yield empty
        empty = None if one.text else one
        if one.text:
            latest[key] = one
            yield one
    if empty is not None:
        yield empty


def _links(messages: Sequence[Message]) -> dict[int, _Link]:
    starts = Starts()
    authors: set[tuple[str, ...]] = set()
    links: dict[int, _Link] = {}
    for place, one in enumerate(messages):
        answer = one.text
        if one.replies_to is None and (link := _quoted(one.text, authors, starts)) is not None:
            links[place], answer = link, link.answer
        elif one.replies_to is None and (reply := reply_in(one.text, starts)) is not None and _introduces(reply):
            links[place], answer = _Link(reply.to, reply.text), reply.text
        for text in {answer, one.text, answer.partition("\n")[0]}:
            starts.add(place, text, is_private=one.is_private)
        authors.add(_words(one.author))
    return links


def _introduces(reply: Reply) -> bool:
    """Whether the words before a quote say that it is answered, as those of Zoom do: Replying to "…"."""
    return reply.is_certain or reply.words in _INTRODUCES


def _quoted(text: str, authors: Collection[tuple[str, ...]], starts: Starts) -> _Link | None:
    """Return the message that the lines above an answer quote, and the answer."""
    lines = text.split("\n")
    marked = next((place for place, line in enumerate(lines) if _SIGN.match(line) is None), len(lines))
    bare = [_SIGN.sub("", line, count=1) for line in lines[:marked]] + lines[marked:]
    is_named = _names_author(bare[0], authors)
    for begin in (1, 0) if is_named else (0,):
        for end in (marked,) if marked else range(min(begin + _MOST_LINES, len(lines)) - 1, begin, -1):
            quote, answer = one_line(" ".join(bare[begin:end])).strip(_AROUND), "\n".join(lines[end:]).strip()
            is_sure = marked or begin or len(quote) >= _LEAST
            if answer and quote and is_sure and (to := _place(quote, starts, is_named=is_named)) is not None:
                return _Link(to, answer)
    return None


def _names_author(line: str, authors: Collection[tuple[str, ...]]) -> bool:
    """Whether somebody who wrote before is named at the start of a line, or behind a word or two."""
    words = _words(line[:_LONGEST_ABOVE])
    return any(words[begin:end] in authors for begin in range(3) for end in range(begin + 1, begin + _MOST_WORDS))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(text)))


def _place(quote: str, starts: Starts, *, is_named: bool) -> int | None:
    """Return the place of the message that is quoted, also behind the name of who wrote it."""
    if (to := starts.find(quote)) is not None:
        return to
    found = _WROTE.fullmatch(quote) if is_named else None
    return None if found is None else starts.find(found[1].strip(_AROUND))
