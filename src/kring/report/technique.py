"""Limitations: technical issues with the minutes that they cost, and what no recording holds."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.measures.coverage import cover_of_turn, uncovered_quotes
from kring.domain.text import N_, one_line
from kring.domain.time_text import short
from kring.privacy.snapshot import Material
from kring.report.parts import Block, Column, Listing, Paragraph, Section, Table
from kring.report.said import when
from kring.report.words import NOTHING, decimal, percent
from kring.system.i18n import _, ngettext

SOURCES = {"platform": N_("the platform"), "kring": N_("kring itself")}


def lost_minutes(material: Material) -> float:
    """Return the minutes lost to technique: as people felt them, else the length of the issue."""
    return sum(_lost(material, issue) for issue in material.state.issues.values())


def technique(material: Material) -> Section | None:
    """Return the technical issues and their cost; None in a session without any."""
    issues = sorted(material.state.issues.values(), key=lambda issue: issue.started_at)
    if not issues:
        return None
    rows = tuple(_row(material, issue) for issue in issues)
    columns = (
        Column(_("Time")),
        Column(_("Issue")),
        Column(_("Who")),
        Column(_("During question")),
        Column(_("Length"), numeric=True),
        Column(_("Minutes lost"), numeric=True),
    )
    total = _("Minutes lost in all: {n}. Issues of one participant count for that participant only.").format(
        n=decimal(lost_minutes(material))
    )
    blocks: list[Block] = [Table(_("Technical issues"), columns, rows), Paragraph(total)]
    each = _lost_by_person(material, issues)
    if each:
        blocks.append(Listing(each))
    return Section("technique", _("Technique and limitations"), tuple(blocks))


def _row(material: Material, issue: r.IssueRow) -> tuple[str, ...]:
    item = material.state.guide.get(issue.item or "")
    end = int(issue.ended_at or material.now)
    return (
        when(material, issue.started_at, issue.t),
        one_line(issue.title),
        one_line(material.who(issue.participant)) or _("everybody"),
        one_line(item.number or item.title) if item else NOTHING,
        short(max(0, end - issue.started_at)),
        decimal(_lost(material, issue)),
    )


def _lost(material: Material, issue: r.IssueRow) -> float:
    if issue.minutes_lost is not None:
        return issue.minutes_lost
    return max(0, int(issue.ended_at or material.now) - issue.started_at) / 60_000


def _lost_by_person(material: Material, issues: list[r.IssueRow]) -> tuple[str, ...]:
    lost: dict[str, float] = {}
    for issue in issues:
        if issue.participant:
            lost[issue.participant] = lost.get(issue.participant, 0.0) + _lost(material, issue)
    told = _("{who}: {n} min")
    return tuple(told.format(who=one_line(material.who(code)), n=decimal(value)) for code, value in lost.items())


def recordings(material: Material) -> Section | None:
    """Return what was recorded and what was not."""
    state = material.state
    if state.session.started_at is None:
        return None
    if not state.recordings:
        return Section("recording", _("Recording"), (Paragraph(_("The file tells of no recording.")),))
    rows = tuple(
        (
            when(material, row.started_at, row.t),
            _(SOURCES[row.source]) if row.source in SOURCES else one_line(row.source),
            short(max(0, int(row.ended_at or material.now) - row.started_at)),
            one_line(row.why) or NOTHING,
        )
        for row in sorted(state.recordings.values(), key=lambda row: row.started_at)
    )
    columns = (Column(_("Time")), Column(_("Recorded by")), Column(_("Length"), numeric=True), Column(_("Ended by")))
    told = _("{share} of the turns lie within a recording.").format(share=percent(recorded_share(material), 0))
    blocks: list[Block] = [Paragraph(told), Table(_("Recordings"), columns, rows)]
    outside = len(uncovered_quotes(state))
    if outside:
        without = ngettext(
            "{n} quote lies outside every recording.", "{n} quotes lie outside every recording.", outside
        )
        blocks.append(Paragraph(without.format(n=outside)))
    return Section("recording", _("Recording"), tuple(blocks))


def recorded_share(material: Material) -> float:
    """Return which share of the turns, 0..1, some recording holds from begin to end."""
    turns = [turn for turn in material.state.alive_turns if turn.kind != "silence"]
    return sum(bool(cover_of_turn(material.state, turn)) for turn in turns) / len(turns) if turns else 0.0
