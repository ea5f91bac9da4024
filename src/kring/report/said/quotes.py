"""Quotes as a report tells them: which may stand in it, who said them, and which stand on its first page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kring.domain import rows as r
from kring.domain.guide_items import question_of
from kring.domain.text import folded, one_line
from kring.domain.time_text import as_clock
from kring.privacy.snapshot import Snapshot
from kring.report import people
from kring.report.drawing.person import Person
from kring.report.parts import Moment, Quote
from kring.report.words import of_day, speaker_of
from kring.system.i18n import _

UNCONFIRMED = "†"
"""Stands behind a speaker whom nobody confirmed."""
LONGEST_AT_FIRST = 300
"""Letters of a quote on the first page; the whole of it stands under its question."""
LEAST_AT_FIRST, MOST_AT_FIRST, MOST_OF_ONE = 3, 5, 2


def may_print(note: r.NoteRow) -> bool:
    """Whether a note may stand in a report: no stub, and nothing empty; who refused is not in the material."""
    return note.removed_at is None and not note.stub and bool(note.text.strip())


def notes_of(snapshot: Snapshot, *kinds: r.NoteKind) -> list[r.NoteRow]:
    """Return the notes of some kinds that may stand in a report, in order."""
    notes = (note for note in snapshot.state.notes.values() if note.kind in kinds and may_print(note))
    return sorted(notes, key=lambda note: (note.at, note.id))


def quotes_of(snapshot: Snapshot) -> list[r.NoteRow]:
    """Return the quotes that may stand in a report, in order."""
    return notes_of(snapshot, "quote")


def when(snapshot: Snapshot, at_ms: int, t: float | None) -> str:
    """Return a moment on the session's clock, or as a time of the day before that ran: 19:24 h."""
    return as_clock(t * 1000) if t is not None else of_day(snapshot, at_ms)


def moment_of(snapshot: Snapshot, note: r.NoteRow) -> Moment:
    """Return when a note was made, with its line in the timeline."""
    return Moment(when(snapshot, note.at, note.t), int(note.at), line_of(note))


def line_of(note: r.NoteRow) -> str:
    """Return the anchor of a note's line in the timeline."""
    return f"t-{note.id}"


def anchor_of(note: r.NoteRow) -> str:
    """Return the anchor of a quote."""
    return f"q-{note.id}"


def unconfirmed_told() -> str:
    """Return what the sign behind an unconfirmed speaker means."""
    told = _("{sign} = who spoke was taken from the log of that moment; nobody confirmed it yet.")
    return told.format(sign=UNCONFIRMED)


def is_unconfirmed(note: r.NoteRow) -> bool:
    """Whether who said it comes from the log of that moment alone."""
    return note.speaker_by_itself and note.speaker_kind is not None


def said_by(snapshot: Snapshot, note: r.NoteRow) -> str:
    """Return who said what a note tells, marked where nobody confirmed what the log of that moment says."""
    who = speaker_of(snapshot, note) or _("unknown speaker")
    return f"{who}\N{NO-BREAK SPACE}{UNCONFIRMED}" if is_unconfirmed(note) else who


def quote(snapshot: Snapshot, note: r.NoteRow, *, with_place: bool = False, with_anchor: bool = False) -> Quote:
    """Return a note as a quote; the one with an anchor is the one that the timeline points at."""
    row = snapshot.state.participants.get(note.participant or "")
    look = people.person(snapshot, row.id).look if row is not None else people.UNKNOWN
    item = question_of(snapshot.state, note.item) if with_place else None
    return Quote(
        text=note.text,
        who=Person(speaker_of(snapshot, note) or _("unknown speaker"), look),
        moment=moment_of(snapshot, note),
        segment=one_line(row.segment) if row is not None else "",
        place=_place(item) if item is not None and item.number else "",
        tags=tuple(map(one_line, note.tags)),
        starred=note.starred,
        sign=UNCONFIRMED if is_unconfirmed(note) else "",
        id=anchor_of(note) if with_anchor else "",
    )


def _place(item: r.GuideRow) -> str:
    template = _("question {number}") if item.kind == "question" else _("section {number}")
    return template.format(number=one_line(item.number))


def chosen(snapshot: Snapshot, starred: Iterable[r.NoteRow], told: Sequence[r.NoteRow] = ()) -> list[r.NoteRow]:
    """Return the starred quotes of participants for the first page, in order of time: three to five, as far as they go.

    Those that a summary told count towards the five, as long as three are left.
    Key questions go first, then the order of the guide; every segment that has one is there; nobody has more than two,
    and who has none yet goes before who has one.
    """
    state = snapshot.state

    def place(note: r.NoteRow) -> tuple[bool, int, int, str]:
        item = question_of(state, note.item)
        is_key = item is not None and item.question_kind == "key"
        return not is_key, item.position if item is not None else len(state.guide), int(note.at), note.id

    def segment(note: r.NoteRow) -> str:
        row = state.participants.get(note.participant or "")
        return folded(row.segment) if row is not None else ""

    taken = list(told)
    waiting = sorted((note for note in starred if note.participant and note not in taken), key=place)
    most = max(MOST_AT_FIRST, len(taken) + LEAST_AT_FIRST)
    while waiting and len(taken) < most:
        of_one = Counter(note.participant for note in taken)
        segments = {segment(note) for note in taken}
        open_to = [note for note in waiting if of_one[note.participant] < MOST_OF_ONE]
        if not open_to:
            break
        best = min(open_to, key=lambda note: (segment(note) in segments, of_one[note.participant], place(note)))
        taken.append(best)
        waiting.remove(best)
    return sorted(taken[len(told) :], key=lambda note: (note.at, note.id))
