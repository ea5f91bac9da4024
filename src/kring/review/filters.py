"""Which entries of the timeline are shown: by kind, speaker, question, tag, code, star and text, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from kring.domain.state import State
from kring.domain.words import called, numbered
from kring.review.entries import SPOKEN, Entry, Kind
from kring.review.haystacks import Haystacks
from kring.review.search import Search, haystack


class Filter(NamedTuple):
    """What an entry must have to be shown; what is empty doesn't count."""

    kinds: frozenset[Kind] = frozenset()
    speaker: str = ""
    item: str = ""
    tag: str = ""
    code: str = ""
    starred: bool = False
    to_complete: bool = False
    words: str = ""


Test = Callable[[Entry], bool]
NOTHING = Filter()
AT_ONCE = 250
"""Entries that are made ready between two keys, unseen."""


class Sieve:
    """A filter made ready for thousands of entries: what is searched in them is worked out once each."""

    def __init__(self) -> None:
        self._hays: Haystacks[str] = Haystacks()
        self._words: set[str] = set()
        self._tells_speakers = True

    def hide_speakers(self, hidden: bool) -> None:
        """Find nothing by who speaks, or find it again."""
        if self._tells_speakers == hidden:
            self._tells_speakers = not hidden
            self.forget_all()

    def forget(self, entry_id: str) -> None:
        """Forget what was searched in an entry that is another one now."""
        self._hays.drop(entry_id)

    def forget_all(self) -> None:
        """Forget what was searched in every entry."""
        self._hays.clear()

    def kept(
        self, state: State, entries: list[Entry], wanted: Filter, coded: Callable[[Entry], tuple[str, ...]]
    ) -> list[Entry]:
        """Return the entries that are shown; `coded` gives the codes on an entry."""
        search = Search(wanted.words)
        if search.wanted:
            self._make_ready(state, entries, len(entries))
            found = search.among(self._hays, self._words)
            entries = [entry for entry in entries if entry.id in found]
        for test in _tests(state, wanted, coded):
            entries = [entry for entry in entries if test(entry)]
        return entries

    def prepare(self, state: State, entries: Sequence[Entry]) -> None:
        """Work out what is searched in some entries more."""
        self._make_ready(state, entries, AT_ONCE)

    def _make_ready(self, state: State, entries: Sequence[Entry], most: int) -> None:
        if len(self._hays) < len(entries):
            for entry in islice((entry for entry in entries if entry.id not in self._hays), most):
                hay = haystack(searched_text(state, entry, self._tells_speakers))
                self._hays.put(entry.id, hay)
                self._words.update(hay.split())


def _tests(state: State, wanted: Filter, coded: Callable[[Entry], tuple[str, ...]]) -> Iterator[Test]:
    if wanted.kinds:
        yield lambda entry: entry.kind in wanted.kinds
    if wanted.speaker:
        yield lambda entry: entry.speaker == wanted.speaker
    if items := _below(state, wanted.item):
        yield lambda entry: entry.item in items
    if wanted.tag:
        yield lambda entry: wanted.tag in entry.tags
    if wanted.code:
        yield lambda entry: wanted.code in coded(entry)
    if wanted.starred:
        yield lambda entry: entry.starred
    if wanted.to_complete:
        yield lambda entry: entry.stub


def searched_text(state: State, entry: Entry, tells_speaker: bool = True) -> str:
    """Return all of an entry that a search looks at: its text, tags, question and, unless hidden, its speaker."""
    tags = " ".join(f"#{tag} {tag}" for tag in entry.tags)
    if not tells_speaker and entry.kind in SPOKEN:
        return f"{entry.text} {tags} {numbered(state, entry.item)}"
    person = state.participants.get(entry.speaker)
    name = called(state, entry.speaker) if person else entry.speaker
    return f"{entry.text} {tags} {entry.speaker} {name} {numbered(state, entry.item)}"


def _below(state: State, item: str) -> frozenset[str]:
    """Return an item of the guide with all that stands below it."""
    if not item:
        return frozenset()
    found = {item}
    for row in sorted(state.guide.values(), key=lambda row: row.position):
        if row.parent in found:
            found.add(row.id)
    return frozenset(found)
