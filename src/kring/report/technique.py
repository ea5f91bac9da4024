"""Limitations: technical issues with the minutes that they cost, and what no recording holds."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.measures.coverage import recorded_share, uncovered_quotes
from kring.domain.measures.technique import lost_by_participant, lost_in_all_min, lost_min
from kring.domain.stretches import lasted_ms
from kring.domain.text import N_, one_line
from kring.domain.time_text import short
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Block, Column, Listing, Paragraph, Section, Table
from kring.report.said import when
from kring.report.words import NOTHING
from kring.system.i18n import _, decimal, ngettext, percent

SOURCES = {"platform": N_("the platform"), "kring": N_("kring itself")}


def technique(snapshot: Snapshot) -> Section | None:
    """Return the technical issues and their cost; None in a session without any."""
    issues = sorted(snapshot.state.issues.values(), key=lambda issue: issue.started_at)
    if not issues:
        return None
    rows = tuple(_row(snapshot, issue) for issue in issues)
    columns = (
        Column(_("Time")),
        Column(_("Issue")),
        Column(_("Who")),
        Column(_("During question")),
        Column(_("Length"), numeric=True),
        Column(_("Minutes lost"), numeric=True),
    )
    total = _("Minutes lost in all: {n}. Issues of one participant count for that participant only.").format(
        n=decimal(lost_in_all_min(snapshot.state, snapshot.now))
    )
    blocks: list[Block] = [Table(_("Technical issues"), columns, rows), Paragraph(total)]
    lost = lost_by_participant(snapshot.state, snapshot.now).items()
    told = _("{who}: {n} min")
    each = tuple(told.format(who=one_line(snapshot.who(code)), n=decimal(value)) for code, value in lost if code)
    if each:
        blocks.append(Listing(each))
    return Section("technique", _("Technique and limitations"), tuple(blocks))


def _row(snapshot: Snapshot, issue: r.IssueRow) -> tuple[str, ...]:
    item = snapshot.state.guide.get(issue.item or "")
    return (
        when(snapshot, issue.started_at, issue.t),
        one_line(issue.title),
        one_line(snapshot.who(issue.participant)) or _("everybody"),
        one_line(item.number or item.title) if item else NOTHING,
        short(lasted_ms(issue, snapshot.now)),
        decimal(lost_min(issue, snapshot.now)),
    )


def recordings(snapshot: Snapshot) -> Section | None:
    """Return what was recorded and what was not."""
    state = snapshot.state
    if state.session.started_at is None:
        return None
    if not state.recordings:
        return Section("recording", _("Recording"), (Paragraph(_("The file tells of no recording.")),))
    rows = tuple(
        (
            when(snapshot, row.started_at, row.t),
            _(SOURCES[row.source]) if row.source in SOURCES else one_line(row.source),
            short(lasted_ms(row, snapshot.now)),
            one_line(row.why) or NOTHING,
        )
        for row in sorted(state.recordings.values(), key=lambda row: row.started_at)
    )
    columns = (Column(_("Time")), Column(_("Recorded by")), Column(_("Length"), numeric=True), Column(_("Ended by")))
    told = _("{share} of the turns lie within a recording.").format(share=percent(recorded_share(snapshot.state)))
    blocks: list[Block] = [Paragraph(told), Table(_("Recordings"), columns, rows)]
    outside = len(uncovered_quotes(state))
    if outside:
        without = ngettext(
            "{n} quote lies outside every recording.", "{n} quotes lie outside every recording.", outside
        )
        blocks.append(Paragraph(without.format(n=outside)))
    return Section("recording", _("Recording"), tuple(blocks))
