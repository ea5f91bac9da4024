"""The discussion guide as it went: planned and actual times, and what was asked of whom."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.guide_items import is_skipped
from kring.domain.measures.presence import took_part
from kring.domain.measures.questions import Asked, questions
from kring.domain.measures.sections import plan_and_actual
from kring.domain.text import one_line
from kring.domain.time_text import short, signed
from kring.domain.words import QUESTION_WORDS
from kring.privacy.snapshot import Snapshot
from kring.report.charts import Bar, bars, matrix
from kring.report.parts import Block, Column, Figure, Paragraph, Section, Table
from kring.report.words import NOTHING
from kring.system.i18n import _


def sections(snapshot: Snapshot) -> Section | None:
    """Return each section's planned and actual time."""
    found = plan_and_actual(snapshot.state, snapshot.now)
    if not found or not snapshot.state.visits:
        return None
    rows, drawn, told = [], [], []
    for one in found:
        title = one_line(f"{one.section.number} {one.section.title}")
        rows.append(
            (
                title,
                short(one.planned_ms) if one.planned_ms is not None else NOTHING,
                short(one.spent_ms),
                signed(one.over_ms) if one.over_ms is not None else NOTHING,
                _("skipped") if one.section.skipped_at is not None else "",
            )
        )
        difference = short(one.spent_ms) + (f" ({signed(one.over_ms)})" if one.over_ms is not None else "")
        drawn.append(Bar(title, one.spent_ms / 1000, difference, (one.planned_ms or 0) / 1000))
        told.append(f"{title}: {difference}")
    columns = (
        Column(_("Section")),
        Column(_("Planned"), numeric=True),
        Column(_("Actual"), numeric=True),
        Column(_("Over/under"), numeric=True),
        Column(_("Remark")),
    )
    figure = Figure(
        _("Time of each section; the wide bar is the plan, the narrow one what it took"),
        "; ".join(told),
        bars(drawn),
    )
    remark = Paragraph(
        _("Times without pauses. + is longer than planned; minutes given to a section count as its plan."), "small"
    )
    blocks: tuple[Block, ...] = (figure, Table(_("Planned and actual time"), columns, tuple(rows)), remark)
    return Section("plan", _("Plan and actual"), blocks)


def coverage_of_questions(snapshot: Snapshot) -> Section | None:
    """Return what was asked and skipped, how long it took, and who did not speak on it."""
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
        Column(_("Spoke"), numeric=True),
        Column(_("Did not speak")),
    )
    blocks: list[Block] = [Table(_("Questions of the guide"), columns, tuple(rows))]
    silent = _never(snapshot, asked, people)
    if silent:
        blocks.append(Paragraph(silent))
    reached = [question for question in asked if question.turns]
    if reached and people:
        blocks.append(_who_spoke(snapshot, reached, people))
    probes = _probes(snapshot)
    if probes:
        blocks.append(Paragraph(probes))
    return Section("questions", _("Coverage of the questions"), tuple(blocks))


def _row(snapshot: Snapshot, question: Asked, people: list[r.ParticipantRow]) -> tuple[str, ...]:
    row = question.row
    silent = [one_line(snapshot.who(person.id)) for person in people if person.id not in question.turns]
    if row.asked_at is not None:
        answer = _("yes") if question.visits < 2 else _("yes, {n} visits").format(n=question.visits)
    else:
        answer = _("skipped") if is_skipped(snapshot.state, row) else _("no")
    was_asked = row.asked_at is not None
    kinds = [_(QUESTION_WORDS[row.question_kind])] if row.question_kind else []
    return (
        one_line(f"{row.number} {row.title}"),
        ", ".join([*kinds, *([_("must be asked")] if row.must_ask else [])]) or NOTHING,
        answer,
        short(question.spent_ms) if question.spent_ms else NOTHING,
        _("{n} of {all}").format(n=len(people) - len(silent), all=len(people)) if was_asked else NOTHING,
        ", ".join(silent) if was_asked and silent else NOTHING,
    )


def _never(snapshot: Snapshot, asked: list[Asked], people: list[r.ParticipantRow]) -> str:
    keys = [question for question in asked if question.row.question_kind == "key" and question.row.asked_at]
    heard = {code for question in keys for code in question.turns}
    silent = [one_line(snapshot.who(person.id)) for person in people if person.id not in heard]
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


def _probes(snapshot: Snapshot) -> str:
    probes = [row for row in snapshot.state.guide.values() if row.kind == "probe" and row.removed_at is None]
    used = [row for row in probes if row.used_at is not None]
    if not probes or not used:
        return ""
    return _("Probes used: {n} of {all}.").format(n=len(used), all=len(probes))
