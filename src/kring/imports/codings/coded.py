"""Codes and codings of another program, whatever it is."""

from __future__ import annotations

from typing import NamedTuple


class ReadCode(NamedTuple):
    """A code of a file; `above` are the names of what it stands below, the topmost first."""

    name: str
    above: tuple[str, ...] = ()
    description: str = ""
    colour: str = ""
    is_codable: bool = True
    guid: str = ""


class ReadCoding(NamedTuple):
    """A code on a passage: `start` to `end` of the text `source`; without one only the `words` are known."""

    code: ReadCode
    coder: str
    words: str
    source: int | None = None
    start: int = 0
    end: int = 0


class ReadFile(NamedTuple):
    """What a file holds; `unread` is how many codings are on what is no text, such as sound."""

    codes: tuple[ReadCode, ...]
    codings: tuple[ReadCoding, ...] = ()
    texts: tuple[str, ...] = ()
    unread: int = 0
