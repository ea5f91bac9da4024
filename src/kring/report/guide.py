"""The discussion guide as it went: planned and actual times, and what was asked of whom."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.guide_items import is_skipped, section_of
from kring.domain.leading import PROBE_KINDS
from kring.domain.measures.group.effects import after_invitations, after_probes
from kring.domain.measures.group.yields import coverage
from kring.domain.measures.presence import took_part
from kring.domain.measures.questions import Asked, is_passed, must_still_be_asked, questions
from kring.domain.measures.sections import Actual, apart, plan_and_actual
from kring.domain.text import one_line
from kring.domain.time_text import behind_or_ahead, over_or_under, short, signed, time_of_day
from kring.domain.words import QUESTION_WORDS, numbered
from kring.privacy.snapshot import Snapshot
from kring.report.drawing.charts import Bar, bars, matrix
from kring.report.parts import Block, Column, Figure, Heading, Listing, Paragraph, Section, Table
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
    blocks: list[Block] = [figure, Table(_("Planned and actual time"), columns, tuple(rows)), remark]
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
        template = _("{at}, accepted: {before} becomes {after}") if accepted else _("{at}, declined: it stays {before}")
        before, after = (say(behind_or_ahead(s * 1000)) for s in (rows[0].over_s, rows[0].still_over_s))
        head = template.format(at=of_day(snapshot, at), before=before, after=after)
        told.append("; ".join([head, *(_changed(snapshot, row) for row in rows)]))
    return tuple(told)


def _changed(snapshot: Snapshot, row: r.PacingRow) -> str:
    number = one_line(numbered(snapshot.state, row.item))
    if row.skipped:
        return _("{item} skipped").format(item=number)
    lengths = short(row.before_s * 1000), short(row.after_s * 1000)
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
        short(one.planned_s * 1000) if one.planned_s is not None else NOTHING,
        signed(one.given_s * 1000) if one.given_s else NOTHING,
        short(one.spent_s * 1000),
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
        short(1000 * sum(one.planned_s or 0 for one in found)),
        signed(given * 1000) if given else NOTHING,
        short(1000 * sum(one.spent_s for one in found)),
        say(over_or_under(sum(overs))) if overs else NOTHING,
        "",
    )


def _difference(one: Actual) -> str:
    spent = short(one.spent_s * 1000)
    return f"{spent} ({say(over_or_under(one.over_s))})" if one.over_s is not None else spent


def coverage_of_questions(snapshot: Snapshot) -> Section | None:
    """Return what was asked and skipped, how long it took, and who was there and did not speak on it."""
    asked = questions(snapshot.state, snapshot.now)
    people = took_part(snapshot.state, snapshot.now)
    if not asked or snapshot.state.session.started_at is None:
        return None
    rows = [_row(snapshot, question, people) for question in asked]
    columns = (
        Column(_("Question")),
        Column(_("Kind")),
        Column(_("Asked")),
        Column(_("Time"), numeric=True),
        Column(_("Spoke first")),
        Column(_("Spoke"), numeric=True),
        Column(_("Did not speak")),
    )
    blocks: list[Block] = [Table(_("Questions of the guide"), columns, tuple(rows))]
    missed = [one_line(f"{row.number} {row.title}") for row in must_still_be_asked(snapshot.state, snapshot.now)]
    if missed:
        blocks.append(Paragraph(_("Had to be asked and was not: {questions}.").format(questions="; ".join(missed))))
    silent = _never(snapshot, asked, people)
    if silent:
        blocks.append(Paragraph(silent))
    reached = [question for question in asked if question.turns]
    if reached and people:
        blocks.append(_who_spoke(snapshot, reached, people))
    blocks += [*_yields(snapshot), *_probes(snapshot), *_invitations(snapshot)]
    return Section("questions", _("Coverage of the questions"), tuple(blocks))


def _row(snapshot: Snapshot, question: Asked, people: list[r.ParticipantRow]) -> tuple[str, ...]:
    row = question.row
    there = [person for person in people if person.id in question.there] or people
    silent = [one_line(snapshot.who(person.id)) for person in there if person.id not in question.turns]
    if question.was_asked:
        answer = _("yes") if question.visits < 2 else _("yes, {n} visits").format(n=question.visits)
    else:
        passed = _("passed") if is_passed(snapshot.state, row, snapshot.now) else _("no")
        answer = _("skipped") if is_skipped(snapshot.state, row) else passed
    kinds = [_(QUESTION_WORDS[row.question_kind])] if row.question_kind else []
    return (
        one_line(f"{row.number} {row.title}"),
        ", ".join([*kinds, *([_("must be asked")] if row.must_ask else [])]) or NOTHING,
        answer,
        short(question.spent_ms) if question.spent_ms else NOTHING,
        one_line(snapshot.who(question.first)) if question.first else NOTHING,
        _("{n} of {all}").format(n=len(there) - len(silent), all=len(there)) if question.was_asked else NOTHING,
        ", ".join(silent) if question.was_asked and silent else NOTHING,
    )


def _never(snapshot: Snapshot, asked: list[Asked], people: list[r.ParticipantRow]) -> str:
    keys = [question for question in asked if question.row.question_kind == "key" and question.was_asked]
    heard = {code for question in keys for code in question.turns}
    there = {code for question in keys for code in question.there}
    silent = [one_line(snapshot.who(one.id)) for one in people if one.id in there and one.id not in heard]
    return (
        _("Spoke on none of the key questions: {people}.").format(people=", ".join(silent)) if keys and silent else ""
    )


def _who_spoke(snapshot: Snapshot, reached: list[Asked], people: list[r.ParticipantRow]) -> Figure:
    names = [one_line(snapshot.who(person.id)) for person in people]
    labels = [one_line(f"{question.row.number} {question.row.title}") for question in reached]
    counts = [[question.turns.get(person.id, 0) for person in people] for question in reached]
    columns = (Column(_("Question")), *(Column(name, numeric=True) for name in names))
    numbers = tuple((label, *map(str, row)) for label, row in zip(labels, counts, strict=True))
    return Figure(
        _("How many turns each participant had on each question"),
        _("The table below has the same figures."),
        matrix(labels, names, counts),
        Table(_("Turns by question and participant"), columns, numbers),
    )


def _yields(snapshot: Snapshot) -> list[Block]:
    """Return what questions had to yield, and what of it was heard."""
    found = coverage(snapshot.state)
    if not found:
        return []
    rows = [
        (
            one_line(f"{one.question.number} {one.question.title}"),
            one_line(row.title),
            _("no")
            if row.heard_at is None
            else _("yes, {time}").format(time=time_of_day(snapshot.state, row.heard_at)),
        )
        for one in found
        for row in one.rows
    ]
    told = _("Heard of what questions had to yield, as the team ticked it: {n} of {all}.")
    told = told.format(n=sum(one.heard for one in found), all=len(rows))
    columns = (Column(_("Question")), Column(_("Had to yield")), Column(_("Heard")))
    return [Paragraph(told), Table(_("What questions had to yield"), columns, tuple(rows))]


def _probes(snapshot: Snapshot) -> list[Block]:
    """Return which probes were used, and what participants said in the minute after each."""
    state = snapshot.state
    planned = [row for row in state.guide.values() if row.kind == "probe" and row.removed_at is None]
    used = [row for row in planned if row.used_at is not None]
    found = after_probes(state, snapshot.now)
    told = []
    if planned and used:
        told.append(_("Probes used: {n} of {all}.").format(n=len(used), all=len(planned)))
    if own := sum(one.probe.planned is None for one in found):
        told.append(_("Of the moderator's own: {n}.").format(n=own))
    blocks: list[Block] = [Paragraph(" ".join(told))] if told else []
    if not found:
        return blocks
    rows = [
        (
            time_of_day(state, one.probe.at),
            numbered(state, one.probe.item) or NOTHING,
            one_line(one.probe.text),
            _(PROBE_KINDS[one.probe.kind]) if one.probe.kind else NOTHING,
            str(one.turns),
            short(one.talk_ms),
        )
        for one in found
    ]
    columns = (
        Column(_("Time")),
        Column(_("Question")),
        Column(_("Probe")),
        Column(_("Kind")),
        Column(_("Turns"), numeric=True),
        Column(_("Talk"), numeric=True),
    )
    remark = _("Turns and talk are those of participants in the minute after the probe, whatever brought them.")
    return [*blocks, Table(_("Probes, and the minute after each"), columns, tuple(rows)), Paragraph(remark, "small")]


def _invitations(snapshot: Snapshot) -> list[Block]:
    """Return how often somebody was invited to speak, and how often they spoke within the minute."""
    found = after_invitations(snapshot.state, snapshot.now)
    if not found:
        return []
    told = _("Invited to speak: {n}, of whom within the minute spoke: {spoke}.")
    return [Paragraph(told.format(n=len(found), spoke=sum(one.within_minute for one in found)))]
