"""Texts for REFI-QDA in which every coded passage keeps its place: `text[start:end]` is what was coded.

Positions count Unicode code points, a line break as one, the end not included (REFI-QDA 1.5, Annex A).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from kring.domain import rows as r
from kring.domain.consent import WORD_FOR_WORD
from kring.domain.guide_items import question_of
from kring.domain.text import clean, one_line
from kring.domain.time_text import stamp
from kring.exports.account import NOTHING_WRITTEN, Spoken, item_label, note_word, notes, zero
from kring.exports.xml_writing import allowed
from kring.privacy.snapshot import Snapshot

_BEYOND_UTF16 = re.compile("[\U00010000-\U0010ffff]")


class Passage(NamedTuple):
    """A stretch of a text, the end not included; `of` is the row that it tells."""

    start: int
    end: int
    of: str


class Text(NamedTuple):
    """A whole text with its passages."""

    content: str
    passages: tuple[Passage, ...]


class _Growing:
    """A text that grows piece by piece and knows how long it is."""

    def __init__(self) -> None:
        self.length = 0
        self._pieces: list[str] = []

    def add(self, text: str) -> tuple[int, int]:
        """Add text; return where it stands."""
        piece = _BEYOND_UTF16.sub(_in_words, allowed(clean(text)))
        start = self.length
        self._pieces.append(piece)
        self.length += len(piece)
        return start, self.length

    def add_passage(self, text: str, of: str) -> Passage:
        """Add what can be coded, dots where it is empty."""
        start, end = self.add(text)
        if start == end:
            start, end = self.add(NOTHING_WRITTEN)
        return Passage(start, end, of)

    @property
    def content(self) -> str:
        return "".join(self._pieces)


def talk_text(snapshot: Snapshot, lines: list[Spoken]) -> Text:
    """Return the talk, a paragraph for each turn below the questions; a passage is what was said in one."""
    text = _Growing()
    passages: list[Passage] = []
    here: str | None = None
    for line in lines:
        item = question_of(snapshot.state, line.item)
        if item is not None and item.id != here:
            text.add("\n" if passages else "")
            text.add(f"{item_label(item)}\n")
            here = item.id
        text.add(f"[{stamp(line.start_ms)}] {one_line(line.speaker)}: ")
        passages.append(text.add_passage(line.text, line.id))
        text.add("\n")
    return Text(text.content, tuple(passages))


def field_notes_text(snapshot: Snapshot) -> Text:
    """Return the notes, each on a line that begins with its time; a passage is the text of one."""
    text = _Growing()
    passages: list[Passage] = []
    for note in notes(snapshot.state):
        text.add(f"[{stamp(note.at - zero(snapshot.state))}] {_heading(snapshot, note)}")
        text.add(": ")
        opening, closing = ("“", "”") if note.kind in WORD_FOR_WORD and note.text and not note.stub else ("", "")
        text.add(opening)
        passages.append(text.add_passage(note.text, note.id))
        text.add(f"{closing}{''.join(f' #{tag}' for tag in note.tags)}{' ★' if note.starred else ''}\n")
    return Text(text.content, tuple(passages))


def _heading(snapshot: Snapshot, note: r.NoteRow) -> str:
    item = snapshot.state.guide.get(note.item or "")
    words = [
        note_word(note),
        snapshot.speaker(note.speaker_kind, note.participant),
        item.number if item else "",
    ]
    return ", ".join(one_line(word) for word in words if word)


def _in_words(found: re.Match[str]) -> str:
    """Return a character of which some programs count two as its name: 😀 is :grinning_face:."""
    mark = found[0]
    return f":{unicodedata.name(mark, f'u+{ord(mark):x}').lower().replace(' ', '_')}:"
