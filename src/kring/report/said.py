"""What was said: quotes by question, the summary laid back, polls, and questions kept for later."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain import rows as r
from kring.domain.measures.looking_back import summary_answers, summary_lines
from kring.domain.text import one_line
from kring.domain.time_text import short
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Block, Column, Heading, Listing, Paragraph, Quote, Quotes, Section, Table
from kring.report.words import NOTHING, numbered, of_day, on_session_clock, speaker_of
from kring.system.i18n import _

AFTERWARDS, MODERATOR = "\0afterwards", "\0moderator"
"""Where quotes stand that belong under no question; no id of an item has such a character."""

UNCONFIRMED = "†"
"""Stands behind a speaker whom nobody confirmed."""


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
    return short(t * 1000) if t is not None else of_day(snapshot, at_ms)


def quotes(snapshot: Snapshot) -> Section | None:
    """Return the quotes under the questions on which they were said, in the order of the guide."""
    found = quotes_of(snapshot)
    if not found:
        return None
    groups: dict[str, list[r.NoteRow]] = {}
    for note in found:
        groups.setdefault(_place(snapshot, note), []).append(note)
    guide = snapshot.state.guide
    ordered = sorted(groups, key=lambda key: guide[key].position if key in guide else len(guide) + 1)
    titles = {MODERATOR: _("Said by the moderator"), AFTERWARDS: _("Noted after the end")}
    blocks: list[Block] = [
        Quotes(
            titles.get(key) or numbered(snapshot.state, key) or _("On no question"),
            tuple(_quote(snapshot, note) for note in groups[key]),
        )
        for key in ordered
    ]
    told = _(
        "Word for word as the note-taker wrote them down. Quotes that are not complete yet, and those of participants "
        "who did not agree to being quoted, are left out."
    )
    if any(note.speaker_by_itself and note.speaker_kind is not None for note in found):
        told += " " + unconfirmed_told()
    return Section("quotes", _("Quotes by question"), (Paragraph(told, "small"), *blocks))


def _place(snapshot: Snapshot, note: r.NoteRow) -> str:
    """Return under what a quote stands: the question; apart what the moderator said, and what came after the end."""
    if note.speaker_kind == "moderator":
        return MODERATOR
    ended = snapshot.state.session.ended_at
    return AFTERWARDS if ended is not None and note.at > ended else note.item or ""


def unconfirmed_told() -> str:
    """Return what the sign behind an unconfirmed speaker means."""
    told = _("{sign} = who spoke was taken from the log of that moment; nobody confirmed it yet.")
    return told.format(sign=UNCONFIRMED)


def said_by(snapshot: Snapshot, note: r.NoteRow) -> str:
    """Return who said what a note tells, marked where nobody confirmed what the log of that moment says."""
    who = speaker_of(snapshot, note) or _("unknown speaker")
    return f"{who} {UNCONFIRMED}" if note.speaker_by_itself and note.speaker_kind is not None else who


def _quote(snapshot: Snapshot, note: r.NoteRow) -> Quote:
    person = snapshot.state.participants.get(note.participant or "")
    return Quote(
        text=note.text,
        who=said_by(snapshot, note),
        when=when(snapshot, note.at, note.t),
        segment=one_line(person.segment) if person else "",
        tags=tuple(map(one_line, note.tags)),
        starred=note.starred,
    )


def read_back(snapshot: Snapshot) -> Section | None:
    """Return the summary for the group with what participants said of it, and the summaries that were only noted."""
    found = notes_of(snapshot, "summary")
    blocks: list[Block] = [*_laid_before_the_group(snapshot)]
    if found:
        items = tuple(f"{when(snapshot, note.at, note.t)}  {note.text}" for note in found)
        blocks += [*([Heading(_("Noted as a summary"))] if blocks else []), Listing(items)]
    return Section("summaries", _("Summaries in the session"), tuple(blocks)) if blocks else None


def _laid_before_the_group(snapshot: Snapshot) -> Iterator[Block]:
    state = snapshot.state
    lines = summary_lines(state)
    if not lines:
        return
    rows = tuple(
        (str(line.number), line.text, of_day(snapshot, line.read_at) if line.read_at is not None else _("not read"))
        for line in lines
    )
    columns = (Column(_("No."), numeric=True), Column(_("Line")), Column(_("Read back")))
    yield Table(_("The summary for the group"), columns, rows)
    said = summary_answers(state)
    if not said:
        yield Paragraph(_("What participants said of it was not noted."), "small")
        return
    numbers = {line.id: str(line.number) for line in lines}
    columns = (Column(_("Participant")), Column(_("Line"), numeric=True), Column(_("Said of it")))
    answers = tuple(
        (
            one_line(snapshot.who(answer.participant)),
            numbers.get(answer.line or "", NOTHING),
            _("agreed") if answer.agreed else answer.correction,
        )
        for answer in said
    )
    yield Table(_("What participants said of the summary"), columns, answers)


def parked(snapshot: Snapshot) -> Section | None:
    """Return the questions that were kept for later, and whether they were raised."""
    found = [note for note in snapshot.state.notes.values() if note.parked and may_print(note)]
    if not found:
        return None
    rows = tuple(
        (
            on_session_clock(note.t),
            of_day(snapshot, note.at),
            note.text,
            of_day(snapshot, note.raised_at) if note.raised_at is not None else _("not asked"),
        )
        for note in sorted(found, key=lambda note: note.at)
    )
    columns = (
        Column(_("Session clock"), numeric=True),
        Column(_("Time of day")),
        Column(_("Question")),
        Column(_("Asked")),
    )
    return Section("parked", _("Questions kept for later"), (Table(_("Questions kept for later"), columns, rows),))
