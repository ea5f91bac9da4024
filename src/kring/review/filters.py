"""Which entries of the timeline are shown: by kind, speaker, question, tag, code, star and text, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from kring.domain.sentences import called, numbered
from kring.domain.state import State
from kring.review.entries import SPOKEN, Entry, Kind
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
        self._hays: dict[str, tuple[Entry, str]] = {}
        self._tells_speakers = True

    def hide_speakers(self, hidden: bool) -> None:
        """Find nothing by who speaks, or find it again."""
        if self._tells_speakers == hidden:
            self._tells_speakers = not hidden
            self._hays.clear()

    def keep(
        self, state: State, wanted: Filter, coded: Callable[[Entry], tuple[str, ...]]
    ) -> Callable[[Entry], bool] | None:
        """Return what tells whether an entry is shown, None when all are; `coded` gives the codes on an entry."""
        tests = [*_tests(state, wanted, coded), *self._search(state, wanted.words)]
        if len(tests) < 2:
            return tests[0] if tests else None
        return lambda entry: all(test(entry) for test in tests)

    def _search(self, state: State, words: str) -> list[Test]:
        search = Search(words)
        if not search.wanted:
            return []
        hays, finds = self._hays, search.finds

        def found(entry: Entry) -> bool:
            known = hays.get(entry.id)
            return finds(known[1] if known is not None and known[0] is entry else self._hay(state, entry))

        return [found]

    def prepare(self, state: State, entries: Sequence[Entry]) -> None:
        """Work out what is searched in some entries more."""
        if len(self._hays) < len(entries):
            missing = (entry for entry in entries if entry.id not in self._hays)
            for entry in islice(missing, AT_ONCE):
                self._hay(state, entry)

    def _hay(self, state: State, entry: Entry) -> str:
        hay = haystack(searched_text(state, entry, self._tells_speakers))
        self._hays[entry.id] = (entry, hay)
        return hay


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
