"""Texts for REFI-QDA in which every coded passage keeps its place: `text[start:end]` is what was coded.

Positions count Unicode code points, a line break as one, the end not included (REFI-QDA 1.5, Annex A).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from kring.domain import rows as r
from kring.domain.consent import WORD_FOR_WORD
from kring.domain.text import clean, one_line
from kring.domain.time_text import stamp
from kring.exports.account import Spoken, item_label, item_of, note_word, notes, zero
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
        """Add what can be coded."""
        start, end = self.add(text)
        return Passage(start, end, of)

    @property
    def content(self) -> str:
        return "".join(self._pieces)


def talk_text(snapshot: Snapshot, lines: list[Spoken]) -> Text:
    """Return the talk below the questions; a passage is all that was said in one turn.

    Each line begins with the moment of its own words, as it does in every other format.
    """
    text = _Growing()
    passages: list[Passage] = []
    here: str | None = None
    for line in lines:
        item = item_of(snapshot.state, line.item)
        if item is not None and item.id != here:
            text.add("\n" if passages else "")
            text.add(f"{item_label(item)}\n")
            here = item.id
        heads = [f"[{stamp(piece.at_ms)}] {one_line(line.speaker)}: " for piece in line.pieces]
        text.add(heads[0])
        said = line.pieces[0].text
        for head, piece in zip(heads[1:], line.pieces[1:], strict=True):
            said += f"\n{head}{piece.text}"
        passages.append(text.add_passage(said, line.id))
        text.add("\n")
    return Text(text.content, tuple(passages))


def field_notes_text(snapshot: Snapshot) -> Text:
    """Return the notes, each on a line that begins with its time; a passage is the text of one.

    Of a note without words it is what it was, of whom and on what.
    """
    text = _Growing()
    passages: list[Passage] = []
    for note in notes(snapshot.state):
        heading = _heading(snapshot, note)
        text.add(f"[{stamp(note.at - zero(snapshot.state))}] ")
        said = allowed(clean(note.text))
        if not said:
            passages.append(text.add_passage(heading, note.id))
        else:
            opening, closing = ("“", "”") if note.kind in WORD_FOR_WORD and not note.stub else ("", "")
            text.add(f"{heading}: {opening}")
            passages.append(text.add_passage(said, note.id))
            text.add(closing)
        text.add(f"{''.join(f' #{tag}' for tag in note.tags)}{' ★' if note.starred else ''}\n")
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
