"""The discussion guide as it went: planned and actual times, and what was asked of whom."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.guide_items import section_of
from kring.domain.measures.questions import must_still_be_asked
from kring.domain.measures.sections import Actual, apart, plan_and_actual
from kring.domain.text import one_line
from kring.domain.time_text import as_length, behind_or_ahead, over_or_under, signed
from kring.domain.words import numbered
from kring.privacy.snapshot import Snapshot
from kring.report.drawing.charts import Bar, bars
from kring.report.parts import Block, Column, Figure, Folded, Heading, Listing, Paragraph, Section, Table
from kring.report.words import NOTHING, of_day
from kring.system.i18n import _, say


def sections(snapshot: Snapshot) -> Section | None:
    """Return each section's planned and actual time, and what was given to it or taken from it."""
    found = plan_and_actual(snapshot.state, snapshot.now)
    if not found or not snapshot.state.visits:
        return None
    parts = apart(snapshot.state, snapshot.now)
    rows = []
    for one in found:
        inside = [part for part in parts if section_of(snapshot.state, part.section.id) == one.section]
        rows += [
            _times(snapshot, _titled(one), one),
            *(_times(snapshot, _("of which {title}").format(title=_titled(p)), p) for p in inside),
        ]
    if len(found) > 1:
        rows.append(_together(found))
    columns = (
        Column(_("Section")),
        Column(_("Planned"), numeric=True),
        Column(_("Given or taken"), numeric=True),
        Column(_("Actual"), numeric=True),
        Column(_("Against the plan"), numeric=True),
        Column(_("Remark")),
    )
    drawn = [Bar(_titled(one), one.spent_s, _difference(one), one.planned_s or 0) for one in found]
    figure = Figure(
        _("Time of each section; the wide bar is the plan, the narrow one what it took"),
        "; ".join(f"{bar.label}: {bar.told}" for bar in drawn),
        bars(drawn),
    )
    remark = Paragraph(
        _("Time during which the session was paused does not count. Planned is the plan as written."), "small"
    )
    title = _("Planned and actual time")
    folded = Folded(title, (Table(title, columns, tuple(rows)), remark))
    blocks: list[Block] = [_reading(found), figure, folded]
    if decided := _decided(snapshot):
        blocks += [Heading(_("Proposals for the time to come")), Listing(decided)]
    return Section("plan", _("Plan and actual"), tuple(blocks))


def _decided(snapshot: Snapshot) -> tuple[str, ...]:
    """Return each proposal for the time to come that was decided on, in order, with what it changed."""
    state = snapshot.state
    by_act: dict[tuple[int, bool], list[r.PacingRow]] = {}
    for row in state.pacing.values():
        by_act.setdefault((int(row.at), row.accepted), []).append(row)
    told = []
    for (at, accepted), rows in by_act.items():
        template = _("{at}, accepted: from {before} to {after}") if accepted else _("{at}, declined: still {before}")
        before, after = (say(behind_or_ahead(s * 1000)) for s in (rows[0].over_s, rows[0].still_over_s))
        head = template.format(at=of_day(snapshot, at), before=before, after=after)
        told.append("; ".join([head, *(_changed(snapshot, row) for row in rows)]))
    return tuple(told)


def _changed(snapshot: Snapshot, row: r.PacingRow) -> str:
    number = one_line(numbered(snapshot.state, row.item))
    if row.skipped:
        return _("{item} skipped").format(item=number)
    lengths = as_length(row.before_s * 1000), as_length(row.after_s * 1000)
    return _("{item} from {before} to {after}").format(item=number, before=lengths[0], after=lengths[1])


def _titled(one: Actual) -> str:
    return one_line(f"{one.section.number} {one.section.title}")


def _times(snapshot: Snapshot, title: str, one: Actual) -> tuple[str, ...]:
    row = one.section
    remarks = [_("skipped")] if row.skipped_at is not None else []
    remarks += _missed_in(snapshot, row) if row.skipped_at is not None else []
    remarks += [_("no longer in the plan")] if row.removed_at is not None else []
    return (
        title,
        as_length(one.planned_s * 1000) if one.planned_s is not None else NOTHING,
        signed(one.given_s * 1000) if one.given_s else NOTHING,
        as_length(one.spent_s * 1000),
        say(over_or_under(one.over_s)) if one.over_s is not None else NOTHING,
        ", ".join(remarks),
    )


def _missed_in(snapshot: Snapshot, section: r.GuideRow) -> list[str]:
    """Return which questions had to be asked and went with a section that was skipped."""
    state = snapshot.state
    missed = [row for row in must_still_be_asked(state, snapshot.now) if section_of(state, row.id) == section]
    numbers = ", ".join(one_line(row.number or row.title) for row in missed)
    return [_("had to be asked: {questions}").format(questions=numbers)] if missed else []


def _together(found: list[Actual]) -> tuple[str, ...]:
    """Return the sums of what is shown."""
    given = sum(one.given_s for one in found)
    overs = [one.over_s for one in found if one.over_s is not None]
    return (
        _("Together"),
        as_length(1000 * sum(one.planned_s or 0 for one in found)),
        signed(given * 1000) if given else NOTHING,
        as_length(1000 * sum(one.spent_s for one in found)),
        say(over_or_under(sum(overs))) if overs else NOTHING,
        "",
    )


def _reading(found: list[Actual]) -> Paragraph:
    """Return how long all sections took, against the plan where each of them has a time in it."""
    spent, overs = as_length(1000 * sum(one.spent_s for one in found)), [one.over_s for one in found]
    if None in overs:
        return Paragraph(_("All sections together took {spent}.").format(spent=spent), "reading")
    planned = as_length(1000 * sum(one.planned_s or 0 for one in found))
    told = _("All sections together took {spent} against a plan of {planned} ({over}).")
    over = say(over_or_under(sum(one or 0 for one in overs)))
    return Paragraph(told.format(spent=spent, over=over, planned=planned), "reading")


def _difference(one: Actual) -> str:
    spent = as_length(one.spent_s * 1000)
    return f"{spent} ({say(over_or_under(one.over_s))})" if one.over_s is not None else spent
