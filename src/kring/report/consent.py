"""Who consented to what, when and how; and what stays out of the report for it."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain import rows as r
from kring.domain.consent import ALL, SCOPE_WORDS, SCOPES, WORD_FOR_WORD, consent_to, consents_of
from kring.domain.measures.presence import seated, took_part
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report.drawing.charts import split
from kring.report.parts import Block, Column, Figure, Folded, Listing, Paragraph, Section, Table
from kring.report.said.quotes import quotes_of
from kring.report.words import NOTHING, listed, of_day
from kring.system.i18n import _, ngettext


def consent(snapshot: Snapshot) -> Section | None:
    """Return how many quotes stay out and why, to what each participant consents, and who had not at the start."""
    people = seated(snapshot.state)
    if not people:
        return None
    blocks: list[Block] = [*_quotes(snapshot), _scopes(snapshot, people)]
    blocks += [Paragraph(text) for text in _told(snapshot) if text]
    rows = tuple((one_line(snapshot.who(person.id)), _said(snapshot, person.id)) for person in people)
    title = _("When each said it, and how")
    columns = Column(_("Participant")), Column(_("Said when, and how"))
    return Section("consent", _("Consent"), (*blocks, Folded(title, (Table(title, columns, rows),))))


def _quotes(snapshot: Snapshot) -> list[Block]:
    """Return what became of all that was written down word for word; nothing where none was."""
    notes = [note for note in snapshot.state.written_notes if note.kind in WORD_FOR_WORD]
    held = snapshot.withheld
    parts = (
        (len(quotes_of(snapshot)), _("quotes in this report: {n}")),
        (sum(note.kind == "chat" and not note.stub for note in notes), _("lines of the chat that may be told: {n}")),
        (
            sum(note.stub for note in notes),
            _("only the first words noted, to be completed: {n}"),
        ),
        (held.refused, _("left out, from people who do not want to be quoted: {n}")),
        (held.unknown, _("left out, from people of whom it is not known whether they may be quoted: {n}")),
        (held.unnamed, _("left out, because nobody knows who in the group said it: {n}")),
    )
    counted = [(n, template.format(n=n)) for n, template in parts if n]
    if not counted:
        return []
    everything = sum(n for n, _told in counted)
    told = ngettext(
        "{n} thing was written down word for word.", "{n} things were written down word for word.", everything
    )
    blocks: list[Block] = [Paragraph("", "reading", told.format(n=everything))]
    if len(counted) > 1:
        title = _("What became of what was written down word for word")
        described = "; ".join(line for _n, line in counted)
        blocks.append(Figure(title, described, split([n for n, _line in counted]), is_told=True))
    return [*blocks, Listing(tuple(line for _n, line in counted))]


def _scopes(snapshot: Snapshot, people: Sequence[r.ParticipantRow]) -> Table:
    """Return what each consents to, those together who said the same."""
    words = {True: _("yes"), False: _("no"), None: _("unknown")}
    same: dict[tuple[str, ...], list[str]] = {}
    for person in people:
        said = consents_of(snapshot.state, person.id)
        takes_part = True if any(said.values()) else said.get(ALL)
        answers = (said.get(scope, takes_part if scope == "taking_part" else said.get(ALL)) for scope in SCOPES)
        same.setdefault(tuple(words[answer] for answer in answers), []).append(one_line(snapshot.who(person.id)))
    columns = (Column(_("Participant")), *(Column(_(SCOPE_WORDS[scope])) for scope in SCOPES))
    rows = tuple((", ".join(names), *answers) for answers, names in same.items())
    return Table(_("Who consented to what"), columns, rows)


def _told(snapshot: Snapshot) -> tuple[str, ...]:
    found = _at_the_start(snapshot), _gates(snapshot), _observers(snapshot)
    return _messages(snapshot), *found, withdrawn(snapshot), _replaced(snapshot)


def _messages(snapshot: Snapshot) -> str:
    """Say how many messages of a chat that was brought in stay out."""
    n = snapshot.withheld.messages
    told = ngettext(
        "{n} message of the chat that was brought in is left out.",
        "{n} messages of the chat that was brought in are left out.",
        n,
    )
    return told.format(n=n) if n else ""


def _observers(snapshot: Snapshot) -> str:
    """Say where there were observers in the file though somebody did not consent to any; whether they saw it is not."""
    state = snapshot.state
    n = sum(row.role == "observer" for row in state.staff.values())
    there = took_part(state, snapshot.now)
    refused = [one_line(snapshot.who(one.id)) for one in there if consent_to(state, one.id, "observers") is False]
    if not n or not refused:
        return ""
    told = ngettext(
        "{n} observer opened the session; no consent to observers is given by {people}.",
        "{n} observers opened the session; no consent to observers is given by {people}.",
        n,
    )
    return told.format(n=n, people=listed(refused))


def _replaced(snapshot: Snapshot) -> str:
    """Return how often a code stands in the place of a name, and how many words are not sure; never which."""
    found = snapshot.replaced
    n, unsure = sum(count for _code, count in found.codes), sum(len(doubt.places) for doubt in found.doubts)
    if snapshot.with_names or not (n or unsure):
        return ""
    told = ngettext(
        "In the texts a code replaces a name {n} time.",
        "In the texts a code replaces a name {n} times.",
        n,
    ).format(n=n)
    if unsure:
        told += " " + ngettext(
            "In {n} place it is not certain whether a word is a name.",
            "In {n} places it is not certain whether a word is a name.",
            unsure,
        ).format(n=unsure)
    return told


def _gates(snapshot: Snapshot) -> str:
    """Return which checks that should have stopped it were open when the session was started all the same."""
    state = snapshot.state
    passed = [state.checks[gate] for gate in state.session.passed_gates if gate in state.checks]
    titles = "; ".join(one_line(check.title) for check in passed)
    return _("Started while still open on the checklist: {checks}.").format(checks=titles) if passed else ""


def _said(snapshot: Snapshot, code: str) -> str:
    """Return when somebody said what counts now, and how as far as that was noted."""
    told = []
    for row in sorted(_rows_of(snapshot, code), key=lambda row: (row.at, row.id)):
        if row.source == "plan":
            told.append(_("on the list"))
        else:
            when = of_day(snapshot, row.at)
            told.append(", ".join(part for part in (when, one_line(row.how), one_line(row.noted_by)) if part))
    return "; ".join(dict.fromkeys(told)) or NOTHING


def _at_the_start(snapshot: Snapshot) -> str:
    """Say of whom no consent was on record when the talk began."""
    started = snapshot.state.session.started_at
    if started is None:
        return ""
    without = [
        one_line(snapshot.who(person.id))
        for person in took_part(snapshot.state, snapshot.now)
        if person.on_list and not _had_consented(snapshot, person.id, started)
    ]
    if not without:
        return ""
    return _("The session started without consent on record of: {people}.").format(people=", ".join(without))


def _had_consented(snapshot: Snapshot, code: str, at: int) -> bool:
    """Whether somebody had consented to anything at a moment; what was taken back since may have been given then."""
    return any(row.given == (row.at <= at) for row in _rows_of(snapshot, code))


def withdrawn(snapshot: Snapshot) -> str:
    """Say that people withdrew, and never who; empty when nobody did."""
    if not snapshot.withdrawn:
        return ""
    told = ngettext(
        "{n} participant withdrew: nothing of theirs is in this report.",
        "{n} participants withdrew: nothing of theirs is in this report.",
        snapshot.withdrawn,
    )
    return told.format(n=snapshot.withdrawn)


def left_out(snapshot: Snapshot) -> str:
    """Return how many quotes stay behind, and why; empty when none does."""
    withheld = snapshot.withheld
    if not withheld.total:
        return ""
    reasons = [
        (withheld.refused, _("refused: {n}")),
        (withheld.unknown, _("consent not known: {n}")),
        (withheld.unnamed, _("speaker not known: {n}")),
    ]
    told = ngettext("{n} quote is left out", "{n} quotes are left out", withheld.total).format(n=withheld.total)
    return f"{told} ({', '.join(template.format(n=n) for n, template in reasons if n)})."


def _rows_of(snapshot: Snapshot, code: str) -> list[r.ConsentRow]:
    return [row for row in snapshot.state.consents.values() if row.participant == code]
