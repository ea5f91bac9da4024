"""How the text that is typed behind a command's word is cut into answers."""

from __future__ import annotations

import re
from collections.abc import Callable

from kring.domain.text import Refused

Answers = tuple[str, ...]

_WORD = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|(\S+))(?!\S)""")  # an apostrophe in a name is no quote
_MINUTES = re.compile(r"\d{1,4}([.,]\d{1,2})?")


def nothing(text: str) -> Answers:
    """Take no text."""
    return ()


def as_it_is(text: str) -> Answers:
    """Take the whole text, also where that is nothing."""
    return (text,)


def optional(text: str) -> Answers:
    """Take the whole text, or none."""
    return (text,) if text else ()


def whole(text: str) -> Answers:
    """Take the whole text, and refuse to take none."""
    if not text:
        raise Refused("Say which, or what: this command needs a text behind it.")
    return (text,)


def words(least: int, most: int = 0) -> Callable[[str], Answers]:
    """Take so many words, one between quotes without them; with `most` the last holds all that is left."""

    def cut(text: str) -> Answers:
        found: list[str] = []
        at = 0
        while at < len(text) and len(found) + 1 != most:
            word = _WORD.match(text, at)
            assert word is not None
            found.append(word[word.lastindex or 0])
            at = word.end()
        if rest := text[at:].strip():
            whole_rest = _WORD.fullmatch(rest)
            found.append(whole_rest[whole_rest.lastindex or 0] if whole_rest else rest)
        if len(found) < least:
            raise Refused("This command needs {n} words behind it.", n=least)
        return tuple(found)

    return cut


def note_and_line(text: str) -> Answers:
    """Take which note, and what its line says now."""
    word, _space, line = text.partition(" ")
    return word, line


def note_and_tags(text: str) -> Answers:
    """Take which note, the last one if none is named, and its tags."""
    first, *tags = words(1)(text)
    return ("last", " ".join((first, *tags))) if first.startswith("#") else (first, " ".join(tags))


def issue_and_minutes(text: str) -> Answers:
    """Take whose issue, and the minutes lost where a number follows."""
    found = text.split()
    if len(found) > 1 and _MINUTES.fullmatch(found[-1]):
        return " ".join(found[:-1]), found[-1]
    return (" ".join(found),)
