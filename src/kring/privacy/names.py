"""Names in free text become codes: a best effort, by the names that the session itself knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kring.domain.text import folded

SHORTEST_PART = 3
_PARTICLES = frozenset({
    "van", "der", "den", "het", "ten", "ter", "von", "vom", "zum", "zur", "del", "della", "des", "dos", "das", "les",
    "bin", "ibn", "aan", "bij", "uit", "voor", "onder", "over", "the", "and",
    "mevrouw", "meneer", "mijnheer", "dhr", "mevr", "mrs", "mister", "miss", "heer",
    "deelnemer", "deelneemster", "participant", "respondent", "klant", "client", "persoon", "person", "gast", "guest",
    "lid", "member", "moderator", "gespreksleider", "assistant", "assistent", "name", "naam", "your", "uw",
})  # fmt: skip
_LETTER = r"[^\W\d_]"
_WORD = re.compile(r"[^\W_]+")


class Names:
    """Every known name with what stands in its place."""

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        wanted: dict[str, list[str]] = {}
        for name, label in labels:
            for part in _parts(name):
                if label not in wanted.setdefault(part, []):
                    wanted[part].append(label)
        self._labels: Mapping[str, str] = {part: "/".join(those) for part, those in wanted.items()}
        longest_first = sorted(self._labels, key=lambda part: (-len(part), part))
        names = "|".join(_pattern(part) for part in longest_first)
        # with the Dutch genitive, Joosts, and without regard to digits: Fatima2
        self._pattern = re.compile(rf"(?<!{_LETTER})({names})(s?)(?!{_LETTER})") if names else None

    def hidden(self, text: str) -> str:
        """Return text with each whole word that is a known name, or a part of one, replaced by its code."""
        if self._pattern is None or not text:
            return text
        pieces: list[str] = []
        done = 0
        for found in self._pattern.finditer(_even(text)):
            pieces += [text[done : found.start()], self._labels[_plain(found[1])], text[found.start(2) : found.end()]]
            done = found.end()
        return "".join([*pieces, text[done:]]) if pieces else text


def _parts(name: str) -> list[str]:
    whole = _plain(_even(name))
    parts = [part for part in whole.split() if len(part) >= SHORTEST_PART and part.isalpha()]
    whole_and_parts = [whole, *(part for part in parts if part not in _PARTICLES)]
    return [part for part in dict.fromkeys(whole_and_parts) if len(part) > 1 and not part.isdigit()]


def _plain(even: str) -> str:
    return " ".join(_WORD.findall(even))


def _pattern(part: str) -> str:
    words = r"[\W_]{1,3}".join(map(re.escape, part.split()))
    return words + r"(?!\d)" if part[-1].isdigit() else words


def _even(text: str) -> str:
    """Return text folded, each character as one, so that what is found lies at the same place in the text."""
    if text.isascii():
        return text.lower()
    return "".join((folded(mark) or mark)[0] for mark in text)
