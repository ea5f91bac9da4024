"""Whose study it is, and what has to be known of it afterwards: from the plan, or a blank to fill in.

Who reads a report of a focus group asks for these (MOA, and ISO 20252 on market, opinion and social research): the
project, who commissioned and who carried it out, how people were recruited and rewarded, what they were shown, and when
sound and personal data are destroyed.
"""

from __future__ import annotations

from kring.domain.measures.group.showings import showings
from kring.domain.measures.presence import counts
from kring.domain.rows import ShowingRow
from kring.domain.text import one_line
from kring.domain.time_text import time_of_day
from kring.privacy.snapshot import Snapshot
from kring.report.group import came_told
from kring.report.parts import Column, Paragraph, Section, Table
from kring.report.words import of_day
from kring.system.i18n import _

BLANK = "." * 24
"""What nobody said: to be filled in by hand."""


def project(snapshot: Snapshot) -> Section | None:
    """Return the particulars of the study; what the plan does not say stays a blank."""
    session = snapshot.state.session
    if session.started_at is None:
        return None
    told = (
        (_("Project number"), session.project_number),
        (_("Commissioned by"), session.client),
        (_("Carried out by"), session.agency),
        (_("Recruited by"), session.recruiter),
        *([(_("Target audience"), session.audience)] if session.audience else []),
        (_("Participants"), came_told(snapshot) if counts(snapshot.state, snapshot.now).invited else ""),
        (_("Recruited beyond need; sent home"), ""),
        (_("Incentive"), session.incentive),
        (_("Observers"), _observers(snapshot)),
        (_("Stimulus material"), _stimuli(snapshot)),
        (_("Versions of the stimulus material"), session.stimulus_versions if snapshot.state.stimuli else "–"),
        (_("Sound and personal data are destroyed on"), session.destroyed_on),
    )
    rows = tuple((what, one_line(value) or BLANK) for what, value in told)
    table = Table(_("Particulars of the study"), (Column(_("What")), Column(_("As the plan or the file has it"))), rows)
    hint = Paragraph(_("Dots are to be filled in: neither the plan nor the session file says it."), "small")
    return Section("project", _("The study"), (table, *([hint] if any(BLANK in row for row in rows) else [])))


def _observers(snapshot: Snapshot) -> str:
    n = sum(row.role == "observer" for row in snapshot.state.staff.values())
    return _("in this file: {n}").format(n=n) if n else ""


def _span(snapshot: Snapshot, showing: ShowingRow) -> str:
    """Return from when to when stimulus material was on."""
    begin, end = showing.started_at, showing.ended_at
    if end is None:
        return of_day(snapshot, begin)
    return _("{time} h").format(time="–".join(time_of_day(snapshot.state, at) for at in (begin, end)))


def _stimuli(snapshot: Snapshot) -> str:
    told = []
    for row in snapshot.state.stimuli.values():
        if row.removed_at is not None and row.shown_at is None:
            continue
        times = [_span(snapshot, one) for one in showings(snapshot.state) if one.stimulus == row.id]
        shown = _("shown {time}").format(time=", ".join(times)) if times else _("not shown")
        told.append(f"{one_line(f'{row.label} {row.title}')} ({shown})")
    return "; ".join(told) or "–"
