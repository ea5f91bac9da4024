"""Who consented to what, when and how; and what stays out of the report for it."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.consent import consents_of, in_words
from kring.domain.measures.presence import seated, took_part
from kring.domain.text import one_line
from kring.domain.time_text import time_of_day
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Block, Column, Paragraph, Section, Table
from kring.report.words import NOTHING
from kring.system.i18n import _, ngettext, say


def consent(snapshot: Snapshot) -> Section | None:
    """Return to what each participant consents, who had not at the start, and how much is left out."""
    people = seated(snapshot.state)
    if not people:
        return None
    columns = (Column(_("Participant")), Column(_("Consents to")), Column(_("Said when, and how")))
    rows = tuple(
        (
            one_line(snapshot.who(person.id)),
            say(in_words(consents_of(snapshot.state, person.id))),
            _said(snapshot, person.id),
        )
        for person in people
    )
    blocks: list[Block] = [Table(_("Consent of each participant"), columns, rows)]
    blocks += [Paragraph(text) for text in _told(snapshot) if text]
    return Section("consent", _("Consent"), tuple(blocks))


def _told(snapshot: Snapshot) -> tuple[str, ...]:
    return _at_the_start(snapshot), _gates(snapshot), withdrawn(snapshot), left_out(snapshot), _replaced(snapshot)


def _replaced(snapshot: Snapshot) -> str:
    """Return how often a code stands in the place of a name, and how many words are not sure; never which."""
    found = snapshot.replaced
    n, unsure = sum(count for _code, count in found.codes), sum(len(doubt.places) for doubt in found.doubts)
    if snapshot.with_names or not (n or unsure):
        return ""
    told = ngettext(
        "In texts a code stands in the place of a name {n} time.",
        "In texts a code stands in the place of a name {n} times.",
        n,
    ).format(n=n)
    if unsure:
        told += " " + ngettext(
            "Of {n} place it is not sure that it is a name, or that it is none.",
            "Of {n} places it is not sure that it is a name, or that it is none.",
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
            when = time_of_day(snapshot.state, row.at)
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
