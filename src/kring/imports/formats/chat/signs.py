"""Signs under messages: what is nothing but an emoji, and who gave it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_JOINS = re.compile("[\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_GIVEN = re.compile(r"(\S.*):(\S+)")
_FIRST_PICTURE = 0x1F000
_MOST_MARKS = 16


def is_sign(text: str) -> bool:
    """Whether a text is an emoji and nothing else."""
    bare = _JOINS.sub("", text)
    if "\u20e3" in text:  # a key with a digit
        bare = bare.strip("0123456789#*")
        return not bare
    return 0 < len(text) <= _MOST_MARKS and all(
        ord(mark) >= _FIRST_PICTURE or unicodedata.category(mark) == "So" for mark in bare or "x"
    )


def given(line: str, people: Collection[str]) -> tuple[str, tuple[str, ...]] | None:
    """Return the sign and the people of a line such as `Joke, Tom:👍`, None where it is none."""
    found = _GIVEN.fullmatch(line.strip())
    if found is None or not is_sign(found[2]):
        return None
    return found[2], tuple(_names(found[1], people))


def _names(text: str, people: Collection[str]) -> list[str]:
    """Return the names in a list of names that may hold commas themselves."""
    names: list[str] = []
    while text:
        known = [name for name in people if text == name or text.startswith(f"{name}, ")]
        name = max(known, key=len, default=text.partition(", ")[0])
        names.append(name)
        text = text[len(name) :].removeprefix(", ")
    return names
