"""Limitations: technical issues with the minutes that they cost, and what no recording holds."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.measures.coverage import recorded_turns, uncovered_quotes
from kring.domain.measures.technique import (
    is_costly,
    lost_by_participant,
    lost_min,
    lost_to_all_min,
    participant_minutes,
    when_of,
)
from kring.domain.state import State
from kring.domain.stretches import lasted_ms
from kring.domain.text import N_, one_line
from kring.domain.time_text import as_length
from kring.domain.words import STOP_WORDS
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Block, Column, Listing, Paragraph, Section, Table
from kring.report.words import NOTHING, of_day, on_session_clock
from kring.system.i18n import _, decimal, ngettext

SOURCES = {"platform": N_("the platform"), "kring": N_("kring itself")}


def technique(snapshot: Snapshot) -> Section | None:
    """Return the technical issues and their cost; None in a session without any."""
    state, now = snapshot.state, snapshot.now
    issues = sorted(state.issues.values(), key=lambda issue: (issue.started_at, issue.id))
    if not issues:
        return None
    columns = (
        Column(_("Session clock"), numeric=True),
        Column(_("Time of day")),
        Column(_("Issue")),
        Column(_("Who")),
        Column(_("During question")),
        Column(_("Length"), numeric=True),
        Column(_("Minutes lost"), numeric=True),
    )
    titles = {
        "during": _("Technical issues"),
        "before": _("Technical issues before the start"),
        "after": _("Technical issues afterwards"),
    }
    blocks: list[Block] = []
    for when, title in titles.items():
        rows = tuple(_row(snapshot, issue) for issue in issues if when_of(state, issue, now) == when)
        blocks += [Table(title, columns, rows)] if rows else []
    blocks.append(Paragraph(lost_told(snapshot)))
    lost = lost_by_participant(state, now).items()
    told = _("{who}: {n} min")
    each = tuple(told.format(who=one_line(snapshot.who(code)), n=decimal(value)) for code, value in lost if value)
    blocks += [Listing(each)] if each else []
    return Section("technique", _("Technical problems and limitations"), tuple(blocks))


def lost_told(snapshot: Snapshot) -> str:
    """Return the minutes lost to technique, for everybody and for single participants."""
    everybody, single = lost_to_all_min(snapshot.state, snapshot.now), participant_minutes(snapshot.state, snapshot.now)
    return _(
        "Lost to everybody: {all} min of the talk. Lost to single participants: {single} participant-minutes. Left out "
        "are pauses and breaks, what lies before the start or after the end, and failed checks for which nobody said "
        "how many minutes."
    ).format(all=decimal(everybody), single=decimal(single))


def _row(snapshot: Snapshot, issue: r.IssueRow) -> tuple[str, ...]:
    item = snapshot.state.guide.get(issue.item or "")
    return (
        on_session_clock(issue.t),
        of_day(snapshot, issue.started_at),
        one_line(issue.title),
        one_line(snapshot.who(issue.participant)) or _("everybody"),
        one_line(item.number or item.title) if item else NOTHING,
        as_length(lasted_ms(issue, snapshot.now)),
        NOTHING if not is_costly(issue) else decimal(lost_min(snapshot.state, issue, snapshot.now)),
    )


def recorded_told(state: State) -> str:
    """Return how many of the turns of participants were recorded."""
    held, all_turns = recorded_turns(state)
    told = ngettext(
        "{n} of {all} turn of participants lies within a recording.",
        "{n} of {all} turns of participants lie within a recording.",
        all_turns,
    )
    return told.format(n=held, all=all_turns)


def recorded_by(row: r.RecordingRow) -> str:
    """Return who made a recording, in the language in use."""
    return _(SOURCES[row.source]) if row.source in SOURCES else one_line(row.source)


def recordings(snapshot: Snapshot) -> Section | None:
    """Return what was recorded and what was not."""
    state = snapshot.state
    if state.session.started_at is None:
        return None
    brought = _brought_in(snapshot)
    if not state.recordings and not brought:
        return Section("recording", _("Recording"), (Paragraph(_("The file contains no recording.")),))
    rows = tuple(
        (
            on_session_clock(row.t),
            of_day(snapshot, row.started_at),
            recorded_by(row),
            as_length(lasted_ms(row, snapshot.now)),
            (_(STOP_WORDS[row.why]) if row.why in STOP_WORDS else one_line(row.why)) or NOTHING,
        )
        for row in sorted(state.recordings.values(), key=lambda row: row.started_at)
    )
    columns = (
        Column(_("Session clock"), numeric=True),
        Column(_("Time of day")),
        Column(_("Recorded by")),
        Column(_("Length"), numeric=True),
        Column(_("How it ended")),
    )
    told = recorded_told(state)
    blocks: list[Block] = [Paragraph(told)]
    if rows:
        blocks.append(Table(_("Recordings"), columns, rows))
    if brought:
        blocks.append(Table(_("Sound brought in from the platform's recording"), columns[:2] + columns[3:4], brought))
    outside = len(uncovered_quotes(state))
    if outside:
        without = ngettext(
            "{n} quote lies outside every recording.", "{n} quotes lie outside every recording.", outside
        )
        blocks.append(Paragraph(without.format(n=outside)))
    return Section("recording", _("Recording"), tuple(blocks))


def _brought_in(snapshot: Snapshot) -> tuple[tuple[str, ...], ...]:
    """Return where the sound of other programs lies on the clock: what the log says of it may be seconds beside it."""
    found = [row for row in snapshot.state.segments.values() if row.source == "platform"]
    return tuple(
        (on_session_clock(row.t), of_day(snapshot, row.started_at), as_length(lasted_ms(row, snapshot.now)))
        for row in sorted(found, key=lambda row: row.started_at)
    )
