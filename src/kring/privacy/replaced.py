"""What was replaced in the texts that leave, how often, and of which words it is not sure that they are names."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from kring.privacy.name_parts import plain_words
from kring.privacy.name_reading import Verdict
from kring.privacy.names import Find
from kring.system.i18n import _, ngettext

_AROUND = 30
_MOST = 8
"""How many words a line names."""


class Doubt(msgspec.Struct, frozen=True):
    """A word that may be a name: whose, whether a code stands in its place now, and where it stands."""

    words: str
    label: str
    hides: bool
    places: tuple[str, ...]
    """The rows, as `table/id`, in the order of the file; one as often as the word stands in it."""
    samples: tuple[str, ...]
    """The words around it, for each place."""


class Replaced(msgspec.Struct, frozen=True):
    """Of every code how often it came in the place of a name; how many contacts went; and what is not sure."""

    codes: tuple[tuple[str, int], ...] = ()
    contacts: int = 0
    doubts: tuple[Doubt, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    """What was replaced, folded, and how often."""

    def times(self, words: str) -> int:
        """Return in how many places words were replaced, alone or with others beside them."""
        wanted = f" {' '.join(plain_words(words))} "
        return sum(count for told, count in self.words if wanted in f" {told} ")


class Tally:
    """Counts while texts are told."""

    def __init__(self) -> None:
        self._codes: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._contacts = 0
        self._doubts: dict[tuple[str, str, bool], list[tuple[str, str]]] = {}

    def add(self, place: str, text: str, finds: Iterable[Find], contacts: int) -> None:
        """Count what was found in a text at a place."""
        self._contacts += contacts
        for find in finds:
            if find.verdict.hides:
                self._codes[find.label] += 1
                self._words[" ".join(plain_words(find.text))] += 1
            if find.verdict is not Verdict.NAME:
                doubt = (" ".join(plain_words(find.text)), find.label, find.verdict.hides)
                self._doubts.setdefault(doubt, []).append((place, _around(text, find)))

    def result(self) -> Replaced:
        """Return all that was counted; a word that is often said is less likely a name, so it comes later."""
        doubts = [
            Doubt(*doubt, tuple(place for place, _sample in seen), tuple(sample for _place, sample in seen))
            for doubt, seen in self._doubts.items()
        ]
        doubts.sort(key=lambda doubt: (not doubt.hides, len(doubt.places), doubt.words))
        codes = tuple(sorted(self._codes.items(), key=_in_order))
        return Replaced(codes, self._contacts, tuple(doubts), tuple(sorted(self._words.items())))


def told_replaced(replaced: Replaced, file: Path) -> list[str]:
    """Return what a command says of it; of what is not sure with the command that decides it."""
    said = told_codes(replaced)
    hidden = [_told(doubt) for doubt in replaced.doubts if doubt.hides]
    left = [_told(doubt) for doubt in replaced.doubts if not doubt.hides]
    if hidden:
        said.append(_("Replaced, but perhaps no name: {words}.").format(words=_first(hidden)))
    if left:
        said.append(_("Left as a word, but perhaps a name: {words}.").format(words=_first(left)))
    if hidden or left:
        said.append(_("To decide: {command}").format(command=f"kring names {shlex.quote(str(file))}"))
    return said


def told_codes(replaced: Replaced) -> list[str]:
    """Return a line on what came in the place of names and contacts, and how often."""
    parts = [f"{label} {count}×" for label, count in replaced.codes]
    if n := replaced.contacts:
        parts.append(ngettext("{n} way to reach somebody", "{n} ways to reach somebody", n).format(n=n))
    return [_("Replaced in the text: {codes}.").format(codes=", ".join(parts) or _("nothing"))]


def told_doubts(doubts: Iterable[Doubt]) -> list[str]:
    """Return a line for each word: whose name it may be, how often it stands there, and the words around the first."""
    told = []
    for doubt in doubts:
        now = _("replaced") if doubt.hides else _("left as it is")
        told.append(f"{doubt.words} ({doubt.label}) {len(doubt.places)}×, {now}: {doubt.samples[0]}")
    return told


def _first(told: Sequence[str]) -> str:
    more = len(told) - _MOST
    return ", ".join([*told[:_MOST], *([ngettext("{n} more", "{n} more", more).format(n=more)] if more > 0 else [])])


def _told(doubt: Doubt) -> str:
    return f"{doubt.words} {len(doubt.places)}×"


def _around(text: str, find: Find) -> str:
    begin, end = max(0, find.start - _AROUND), min(len(text), find.end + _AROUND)
    before = text[begin : find.start] if not begin else "…" + text[begin : find.start].partition(" ")[2]
    after = text[find.end : end] if end == len(text) else text[find.end : end].rpartition(" ")[0] + "…"
    return " ".join(f"{before}[{find.text}]{after}".split())


def _in_order(counted: tuple[str, int]) -> tuple[str, int]:
    label = counted[0]
    letters = label.rstrip("0123456789")
    return letters, int(label[len(letters) :] or 0) if label[len(letters) :].isdigit() else 0
