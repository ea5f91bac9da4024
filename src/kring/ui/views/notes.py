"""A note as it's shown: sign and word keep what was said and what the note-taker thinks apart, in every look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kring.domain.consent import quoting_remark
from kring.domain.rows import NoteKind, NoteRow, TurnKind
from kring.domain.state import State
from kring.domain.text import N_, folded
from kring.domain.time_text import time_of_day
from kring.domain.words import NOTE_WORDS, called, numbered
from kring.system.i18n import _, say
from kring.ui import matching
from kring.ui.widgets.line import Line, Span, cells, line, pad, spread, width, wrap

if TYPE_CHECKING:
    from kring.study.earlier import Earlier

SIGNS: dict[NoteKind, tuple[str, str]] = {
    "quote": ("“", "”"),
    "paraphrase": ("≈ ", ""),
    "remark": ("(", ")"),
    "nonverbal": ("/ ", ""),
    "summary": ("= ", ""),
    "mark": ("◆ ", ""),
    "chat": ("> ", ""),
}


SHORT_SPEAKERS: dict[TurnKind, str] = {"moderator": N_("mod"), "crosstalk": "+", "unknown": "?"}
NAME_CELLS = 12
"""Cells that the longest name takes; where it's narrow, `NARROW_NAME_CELLS`."""
NARROW_NAME_CELLS = 7


def draw(state: State, note: NoteRow, room: int, wanted: str = "", earlier: Earlier | None = None) -> list[Line]:
    """Return a note as lines: time, question, speaker, what it says, its marks, and who wrote it.

    What it was found by, if words are looked for, is lit; a tag that no earlier group of the study used is called new.
    """
    wide = room >= 100
    prefix: list[Span] = [(time_of_day(state, note.at, seconds=wide) + "  ", "muted")]
    if room >= 70:
        prefix.append((f"{numbered(state, note.item)[:4]:<4} ", "muted"))
    prefix += [*pad(line((_speaker(state, note), "bold")), _name_cells(state, wide)), (" ", "")]
    first, last = SIGNS[note.kind]
    look = {"quote": "current", "remark": "italic", "nonverbal": "italic"}.get(note.kind, "")
    text = note.text or _(NOTE_WORDS[note.kind])
    spans: list[Span] = [*prefix, (first, look), (text, look), (last, look)]
    if note.stub:
        spans.append(("  " + (_("machine, not heard yet") if note.drafted else _("to complete")), "soon"))
    if remark := quoting_remark(state, note.kind, note.participant):
        spans.append((f"  {say(remark)}", "late"))
    if note.starred:
        spans.append((" ★", "soon"))
    if note.parked:
        spans.append(("  " + (_("asked") if note.raised_at else _("for later")), "muted" if note.raised_at else "soon"))
    for tag in note.tags:
        is_new = earlier is not None and earlier.is_new(tag)
        spans += [(f"  #{tag}", "muted"), (f" ({_('new')})" if is_new else "", "muted")]
    hang = min(width(tuple(prefix)), room // 3)
    if wanted:
        spans = [part for text, look in spans for part in matching.lit(text, hits(text, wanted), look)]
    lines = wrap(line(*spans), room, hang=hang)
    author = line(((note.author or note.role).partition(" ")[0] + " ", "muted"))
    if room >= 70 and width(lines[-1]) + width(author) + 2 <= room:
        lines[-1] = spread(lines[-1], author, room)
    return lines


def _name_cells(state: State, wide: bool) -> int:
    longest = max((cells(person.name or person.id) for person in state.participants.values()), default=4)
    return min(max(longest, 4), NAME_CELLS if wide else NARROW_NAME_CELLS)


def _speaker(state: State, note: NoteRow) -> str:
    if note.participant:
        return called(state, note.participant)
    if note.speaker_kind is None or note.speaker_kind == "silence":
        return "–"
    return _(SHORT_SPEAKERS.get(note.speaker_kind, "?"))


def matches(state: State, note: NoteRow, wanted: str) -> bool:
    """Whether every word looked for stands in a note, anywhere in a word; accents don't matter."""
    hay = searched(state, note)
    return all(word in hay for word in folded(wanted).split())


def hits(text: str, wanted: str) -> set[int]:
    """Return the places of a text in which the words looked for stand, as `matches` finds them."""
    plain = folded(text) if text.isascii() else "".join([(folded(mark) or mark)[0] for mark in text])
    places: set[int] = set()
    for word in folded(wanted).split():
        begin = plain.find(word)
        while begin >= 0:
            places.update(range(begin, begin + len(word)))
            begin = plain.find(word, begin + 1)
    return places


def searched(state: State, note: NoteRow) -> str:
    """Return what a search looks at, folded: text, tags, star, speaker, question and author."""
    person = state.participants.get(note.participant or "")
    marks = " ".join(f"#{tag}" for tag in note.tags)
    star = "*" if note.starred else ""
    name = person.name if person else ""
    return folded(
        f"{note.text} {marks} {star} {note.participant or ''} {name} {numbered(state, note.item)} {note.author}"
    )
