"""Whether what stands below names and times of day was typed in a chat, and not spoken or noted down.

A transcript may have the same heads. What is typed has signs that nobody speaks, or does without the marks at which
sentences end, and takes hardly any of the time between its heads. Minutes tell of people in the third person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kring.domain.text import folded
from kring.imports.formats.chat.signs import is_sign
from kring.imports.formats.texts.ends import MS_A_LETTER
from kring.imports.parsed import Millis

_FEWEST = 3
_FEWEST_PEOPLE = 2
_MINUTE_MS = 60_000
_MOSTLY = (2, 3)
_MOST_SPOKEN = 0.15
"""How much of the time there would be speech. Chats of groups that were looked at have at most 0.05; talk has more than
0.25."""
_TYPED = re.compile(
    r"https?://|www\.|(?<!\w)[:;=8][-']?[()DPpOo/|](?!\w)|(?<!\S)<3(?!\S)|(?<!\S)\+1(?!\S)|(?<!\S)@\w"
    r"|(?<!\w)(?:ha(?:ha)+|he(?:he)+|lol|idd|ff|thx|thnx|tnx|btw|omg|brb|afk|pls|plz)(?!\w)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.?!…:][\"'”’)]*$")
_TOLD_OF = re.compile(
    r"(?:vindt|zegt|vertelt|noemt|denkt|meldt|vraagt|stelt|merkt|licht|geeft|heeft|wil|is het|is niet|says|thinks|finds"
    r"|mentions|asks|wants|reports|explains|agrees|notes)\s"
)


class Below(NamedTuple):
    """What stands below a head: of whom, when (ms from midnight), and the words."""

    name: str
    at_ms: Millis
    text: str


def was_typed(found: Sequence[Below], knows: Callable[[str], bool]) -> bool:
    """Whether this is a chat for certain: mostly of people who were there or come back, as who begins does."""
    counts = Counter(one.name for one in found)
    if len(found) < _FEWEST or len(counts) < _FEWEST_PEOPLE or not any(map(knows, counts)):
        return False
    people = {name for name, count in counts.items() if count > 1 or knows(name)}
    are_people = sum(one.name in people for one in found) * _MOSTLY[1] >= len(found) * _MOSTLY[0]
    if not are_people or found[0].name not in people or any(map(_is_told_of, found)):
        return False
    lasts_ms = max(one.at_ms for one in found) - min(one.at_ms for one in found) + _MINUTE_MS
    texts = [one.text for one in found if one.text]
    if sum(map(len, texts)) * MS_A_LETTER > lasts_ms * _MOST_SPOKEN:
        return False
    are_open = sum(_ENDS.search(text) is None for text in texts) * 2 >= len(texts)
    return bool(texts) and (are_open or any(map(_has_signs, texts)))


def _has_signs(text: str) -> bool:
    return _TYPED.search(text) is not None or any(is_sign(mark) for mark in text)


def _is_told_of(one: Below) -> bool:
    """Whether words tell of who is named above them, as minutes do."""
    if one.text.endswith("?"):
        return False
    first = folded(one.name).split()[:1]
    return _TOLD_OF.match(one.text.lower()) is not None or folded(one.text).split()[:1] == first
