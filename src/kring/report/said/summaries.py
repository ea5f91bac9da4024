"""What was summed up in the session: the summary for the group with what participants corrected, and noted ones."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.measures.looking_back import read_back, summary_lines
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Moment, Sentence, Sentences
from kring.report.said.quotes import LONGEST_AT_FIRST, may_print, moment_of, notes_of, said_by, when
from kring.report.words import listed, of_day, shortened
from kring.system.i18n import _, ngettext

MOST_AT_FIRST = 8


def first(snapshot: Snapshot) -> list[Sentences]:
    """Return the summaries for the first page: what was noted as one, starred ones first, and that for the group."""
    lines = summary_lines(snapshot.state)
    told = {line.note for line in lines}
    found = sorted(notes_of(snapshot, "summary"), key=lambda note: not note.starred)
    found = [note for note in found if note.id not in told]
    blocks = []
    if found:
        shown = found[:MOST_AT_FIRST]
        source = [_("Noted in the session by {who}.").format(who=listed(_authors(found)))]
        source += [] if lines else [_("It was not read back.")]
        if rest := len(found) - len(shown):
            source.append(ngettext("{n} more stands below.", "{n} more stand below.", rest).format(n=rest))
        blocks.append(Sentences("", noted(snapshot, shown), source=" ".join(source)))
    if lines:
        whole = [one for one in read_back(snapshot.state).corrections if one.line is None]
        corrections = tuple(_corrected(snapshot, one) for one in whole)
        title = _("The summary for the group") if found else ""
        sentences = tuple(_line(snapshot, line) for line in lines)
        blocks.append(Sentences(title, sentences, corrections, _source(snapshot, lines)))
    return blocks


def noted(snapshot: Snapshot, notes: list[r.NoteRow]) -> tuple[Sentence, ...]:
    """Return notes as the sentences of a summary."""
    return tuple(Sentence(note.text, moment_of(snapshot, note)) for note in notes)


def _line(snapshot: Snapshot, line: r.SummaryLineRow) -> Sentence:
    note = note_of(snapshot, line)
    started = snapshot.state.session.started_at
    t = (line.written_at - started) / 1000 if started is not None and line.written_at >= started else None
    own = Moment(when(snapshot, line.written_at, t), int(line.written_at))
    corrections = [one for one in read_back(snapshot.state).corrections if one.line == line.id]
    is_quote = note is not None and _is_quote(line, note)
    return Sentence(
        shortened(line.text, LONGEST_AT_FIRST) if is_quote else line.text,
        moment_of(snapshot, note) if note is not None else own,
        tuple(_corrected(snapshot, one) for one in corrections),
        said_by(snapshot, note) if note is not None and is_quote else "",
    )


def note_of(snapshot: Snapshot, line: r.SummaryLineRow) -> r.NoteRow | None:
    """Return the note that a line of the summary was made of."""
    return snapshot.state.notes.get(line.note or "")


def quoted(snapshot: Snapshot) -> list[r.NoteRow]:
    """Return the quotes that are lines of the summary as they stand."""
    pairs = ((line, note_of(snapshot, line)) for line in summary_lines(snapshot.state))
    return [note for line, note in pairs if note is not None and _is_quote(line, note)]


def _is_quote(line: r.SummaryLineRow, note: r.NoteRow) -> bool:
    return note.kind == "quote" and may_print(note) and note.text == line.text


def _corrected(snapshot: Snapshot, one: r.SummaryAnswerRow) -> str:
    told = _("{who} corrected this when it was read back: {what} ({time})")
    if one.line is None:
        told = _("{who} corrected the summary when it was read back: {what} ({time})")
    return told.format(
        who=one_line(snapshot.who(one.participant)), what=one.correction, time=when(snapshot, one.at, one.t)
    )


def _source(snapshot: Snapshot, lines: list[r.SummaryLineRow]) -> str:
    """Return who wrote the summary, when it was read back, and what the group said of the whole."""
    found = read_back(snapshot.state)
    told = [_("Written by {who}.").format(who=listed(list(dict.fromkeys(one_line(line.written_by) for line in lines))))]
    if not found.lines:
        return " ".join([*told, _("It was not read back.")])
    read = sorted({int(line.read_at) for line in found.lines if line.read_at is not None})
    times = listed(list(dict.fromkeys(of_day(snapshot, at) for at in read)))
    if len(found.lines) < len(lines):
        part = _("Read back to the group at {times}: {n} of {all} lines.")
        told.append(part.format(times=times, n=len(found.lines), all=len(lines)))
    else:
        told.append(_("Read back to the group at {times}.").format(times=times))
    if found.agreed:
        people = listed([one_line(snapshot.who(code)) for code in found.agreed])
        right = ngettext("{who} said that it was right.", "{who} said that it was right.", len(found.agreed))
        told.append(right.format(who=people))
    if not found.agreed and not found.corrections:
        told.append(_("What participants said of it was not noted."))
    return " ".join(told)


def _authors(notes: list[r.NoteRow]) -> list[str]:
    return list(dict.fromkeys(one_line(note.author) or _("somebody of the team") for note in notes))
