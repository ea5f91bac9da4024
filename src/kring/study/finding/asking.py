"""Asking an index: words that must all be there, each by its beginning or in another form, newest first.

Words in quotes stand together as they are. `#app` is a tag, `@P3` is what P3 said or wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from kring.domain.text import folded
from kring.study.finding.index import Index, mark
from kring.study.finding.passages import SEARCHED, Kind, Passage
from kring.system.language.stems import LEAST_STEMMED, stems, words_of

MOST = 50
LEAST_BEGUN = 3
"""Letters from which on the beginning of a word is enough: with fewer nearly everything begins."""
_PARTS = re.compile(r'"([^"]*)"?|(\S+)')


class Wanted(msgspec.Struct, frozen=True):
    """What is looked for; what is empty does not count. `sessions` and `questions` are numbers and items of these."""

    words: str = ""
    kinds: tuple[Kind, ...] = ()
    segments: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    sessions: tuple[int, ...] | None = None
    questions: tuple[tuple[int, str], ...] | None = None


class Hit(NamedTuple):
    """A passage that was found, with its number and that of its session."""

    number: int
    session: int
    passage: Passage


class Found(NamedTuple):
    """The newest hits, how many there are in all, and of how many people in how many groups they are.

    The figures are None where there are more than were to be counted.
    """

    hits: list[Hit]
    total: int | None
    people: int | None
    groups: int | None


_NEWEST = "select rowid from words where words match ? order by rowid desc limit ?"
_COUNT = """select count(*), count(distinct person), count(distinct session) from words
  join passages on number = words.rowid where words match ?"""


def find(index: Index, wanted: Wanted, most: int = MOST, count_up_to: int | None = None) -> Found:
    """Return the newest passages that have all that is looked for, and count those that have it, up to so many.

    Counting takes as long as there are many of them, and finding the newest doesn't.
    """
    execute, query = index.connection.execute, _query(wanted)
    looked_at = execute(_NEWEST, (query, max(most, (count_up_to or 0) + 1))).fetchall()
    found = list(hits(index, (number for (number,) in looked_at[:most])))
    if count_up_to is not None and len(looked_at) > count_up_to:
        return Found(found, None, None, None)
    return Found(found, *execute(_COUNT, (query,)).fetchone())


def hits(index: Index, numbers: Iterable[int]) -> Iterator[Hit]:
    """Yield passages by their numbers."""
    for number in numbers:
        row = index.connection.execute("select session, told from passages where number = ?", (number,)).fetchone()
        yield Hit(number, row[0], msgspec.json.decode(row[1], type=Passage))


def _query(wanted: Wanted) -> str:
    """Return what is looked for in the language of FTS5: all that a person typed stands in quotes."""
    any_kind = () if words_of(wanted.words) else SEARCHED  # of nothing FTS5 finds nothing
    marks = {"k": wanted.kinds or any_kind, "g": wanted.segments, "c": wanted.themes}
    terms = [_any(mark(kind, one) for one in those) for kind, those in marks.items() if those]
    if wanted.sessions is not None:
        terms.append(_any(f"session{number}" for number in wanted.sessions))
    if wanted.questions is not None:
        terms.append(_any(mark("q", f"{session} {item}") for session, item in wanted.questions))
    return " AND ".join([*_terms(wanted.words), *terms])


def _any(marks: Iterable[str]) -> str:
    found = [f'marks : "{one}"' for one in marks]
    return f"({' OR '.join(found)})" if found else 'marks : "none"'


def _terms(words: str) -> Iterator[str]:
    for together, alone in _PARTS.findall(words):
        yield from (_together(part) for part in [together] if words_of(part))
        yield from map(_word, words_of(alone))


def _together(words: str) -> str:
    return f"text : {_quoted(folded(words))}"


def _word(word: str) -> str:
    sign, bare = word[0], word.lstrip("#*@")
    if sign == "@":
        return f"marks : {_quoted(mark('p', bare))}"
    if sign == "#":
        return f"tags : {_quoted(bare)} *"
    begins = f"{{text tags}} : {_quoted(bare)}{' *' if len(bare) >= LEAST_BEGUN else ''}"
    if len(bare) < LEAST_STEMMED:
        return begins
    return f"({' OR '.join([begins, *(f'{{text tags stems}} : {_quoted(stem)}' for stem in sorted({*stems(bare)}))])})"


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
