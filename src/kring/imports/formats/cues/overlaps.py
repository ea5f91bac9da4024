"""Words of somebody else inside a turn, as noScribe marks them: `own words //S00: words of S00 // own words`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MARK = "//"
_OTHER = re.compile(r"//\s?([^\s:/][^:/]{0,30}):\s*(.*?)\s*(?://|$)")
_PAUSE = re.compile(r"\((?:\.+|\d+ [^()]*|[^()\d]{1,9} \d+ [^()]*)\)")


def without_mark(name: str) -> str:
    """Return the name of a voice that is marked as speaking through another."""
    return name.removeprefix(MARK).strip()


def is_pause(text: str) -> bool:
    """Whether a text is nothing but the mark of a pause, such as (...) or (12 seconds pause)."""
    return _PAUSE.fullmatch(text) is not None


def told_apart(speaker: str, text: str, voices: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the words of a turn and of each who speaks through it.

    Where a voice is marked and its words hold a mark too, the words outside it are of somebody whom nobody names.
    """
    known = set(voices)
    own: list[str] = []
    others: list[tuple[str, str]] = []
    end = 0
    for found in _OTHER.finditer(text):
        if found[1] in known:
            own.append(text[end : found.start()])
            others.append((found[1], found[2]))
            end = found.end()
    own.append(text[end:])
    words = " ".join(" ".join(own).replace(MARK, " ").split())
    if words:
        yield ("" if others and speaker.startswith(MARK) else without_mark(speaker)), words
    yield from ((name, said) for name, said in others if said)
