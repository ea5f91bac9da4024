"""The hand log beside what files of other programs say of the same: who spoke, and who was there."""

from __future__ import annotations

from kring.domain.measures.presence import present_ms, took_part
from kring.domain.measures.talk_sources import Compared, Comparison, compared, has_speakers, in_meeting_ms
from kring.domain.text import one_line
from kring.domain.time_text import as_clock, as_length
from kring.privacy.snapshot import Snapshot
from kring.report.parts import Block, Column, Paragraph, Section, Table
from kring.report.words import NOTHING
from kring.system.i18n import _, decimal, percent


def sources(snapshot: Snapshot) -> Section | None:
    """Return what the log and files of other programs say of the same: who spoke, and who was there."""
    blocks = [*_speech(snapshot), *_presence(snapshot)]
    return Section("sources", _("The log beside other sources"), tuple(blocks)) if blocks else None


def _speech(snapshot: Snapshot) -> list[Block]:
    """Return talk time by the log and by the transcript, where both say who spoke."""
    state = snapshot.state
    if not state.alive_turns or not has_speakers(state):
        return []
    found = compared(state, snapshot.now)
    if found is None:
        return []
    return [Paragraph(_used(snapshot)), _table(snapshot, found), Paragraph(_told(snapshot, found), "small")]


def _presence(snapshot: Snapshot) -> list[Block]:
    """Return how long people were there by the log and by the platform's own list."""
    state = snapshot.state
    listed = in_meeting_ms(state, snapshot.now)
    if not listed:
        return []
    there = {person.id for person in took_part(state, snapshot.now)}
    logged = {code: ms for code, ms in present_ms(state, snapshot.now).items() if code in there}
    rows = tuple(
        (
            one_line(snapshot.who(code)),
            as_length(logged[code]) if code in logged else NOTHING,
            as_length(listed[code]) if code in listed else NOTHING,
        )
        for code in state.participants
        if code in logged or code in listed
    )
    columns = (
        Column(_("Who")),
        Column(_("By the log"), numeric=True),
        Column(_("By the platform"), numeric=True),
    )
    told = _(
        "During the talk, without breaks and pauses. By the platform several devices of one person count once, and the "
        "waiting room does not."
    )
    return [Table(_("Who was there how long by each source"), columns, rows), Paragraph(told, "small")]


def _used(snapshot: Snapshot) -> str:
    if snapshot.state.session.speech_source == "transcript":
        return _("This report counts the turns of the transcript; the log made by hand stands beside it here.")
    return _("This report counts the turns of the log made by hand; the transcript stands beside it here.")


def _table(snapshot: Snapshot, found: Comparison) -> Table:
    columns = (
        Column(_("Who")),
        Column(_("By the log"), numeric=True),
        Column(_("By the transcript"), numeric=True),
        Column(_("By both at once"), numeric=True),
        Column(_("Agreement"), numeric=True),
        Column(_("Cohen's kappa"), numeric=True),
    )
    return Table(_("Who spoke how long by each source"), columns, tuple(_row(snapshot, one) for one in found.people))


def _row(snapshot: Snapshot, one: Compared) -> tuple[str, ...]:
    is_moderator = one.who == "moderator"
    who = snapshot.speaker("moderator", None) if is_moderator else snapshot.who(one.who)
    share = one.agreed.share
    return (
        one_line(who),
        *(as_length(seconds * 1000) for seconds in (one.log_s, one.transcript_s, one.both_s)),
        NOTHING if share is None else percent(share),
        NOTHING if one.agreed.kappa is None else decimal(one.agreed.kappa, 2),
    )


def _told(snapshot: Snapshot, found: Comparison) -> str:
    zero = int(snapshot.state.session.started_at or 0)
    begin, end = as_clock(found.begin_ms - zero), as_clock(found.end_ms - zero)
    kappa = NOTHING if found.agreed.kappa is None else decimal(found.agreed.kappa, 2)
    share = NOTHING if found.agreed.share is None else percent(found.agreed.share)
    return _(
        "Counted second by second from {begin} to {end}, which both sources cover. In {share} of these seconds the "
        "same people speak by both, kappa {kappa} (J. Cohen, 1960). Per person it is speaking or not."
    ).format(begin=begin, end=end, share=share, kappa=kappa)
