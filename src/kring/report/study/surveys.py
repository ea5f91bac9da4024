"""Figures of surveys among customers (KTO) beside what was said in the groups."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kring.domain.study.surveys.figures import Asked, asked, changes
from kring.domain.study.surveys.model import StudySurvey
from kring.domain.text import one_line
from kring.report.parts import Block, Column, Listing, Paragraph, Section, Table
from kring.report.study.concluded import counted_words, words_of
from kring.report.study.material import Material
from kring.study.kto.joint import Joint
from kring.study.kto.told import change_parts, differences_told, figure_told, margins_told, response_told
from kring.system.i18n import _, ngettext, say


def surveys(material: Material) -> Section | None:
    """Return each survey with its figures, what changed between periods, and figures beside quotes."""
    if not material.surveys:
        return None
    blocks: list[Block] = [block for survey in material.surveys for block in _survey(survey)]
    blocks += _changes(material)
    if any(survey.respondents for survey in material.surveys):
        blocks += [
            Paragraph(margins_told(), "small"),
            Paragraph(_("Who did not answer may think otherwise; no margin says how much.")),
        ]
    parts = tuple(
        Section(f"figure-{number}", _heading(one), tuple(_joint(material, one)))
        for number, one in enumerate(material.joint, 1)
    )
    return Section("figures", _("Figures"), tuple(blocks), parts)


def _survey(survey: StudySurvey) -> Iterator[Block]:
    rows = tuple(row for one in asked(survey) for row in _rows(one))
    if rows:
        columns = Column(_("Question")), Column(_("Segment")), Column(_("Figure"))
        yield Table(response_told(survey), columns, rows)
    else:
        yield Paragraph("", "reading", response_told(survey))
    if survey.remarks:
        yield Listing(tuple(one_line(say(one)) for one in survey.remarks))


def _rows(one: Asked) -> Iterator[tuple[str, ...]]:
    question, kind = one_line(one.question.heading), one.question.kind
    yield question, _("everybody"), figure_told(kind, one.all)
    for name, each in one.by_segment.items():
        yield question, one_line(name) or _("unknown"), figure_told(kind, each)


def _changes(material: Material) -> Iterator[Block]:
    found = changes(material.surveys)
    if not found:
        return
    for (before, after), those in groupby(found, key=lambda one: (one.before, one.after)):
        heads = _("Question"), _("Segment"), one_line(before), one_line(after), _("Difference")
        rows = tuple(
            (one_line(one.question.heading), one_line(one.segment) if one.segment else _("everybody"),
             *change_parts(one))
            for one in those
        )  # fmt: skip
        yield Table(_("Period against period"), tuple(map(Column, heads)), rows)
    yield Paragraph(differences_told(), "small")


def _heading(one: Joint) -> str:
    """Return the question that a figure is of, where it is of one; an NPS by its name."""
    questions = {told.question.heading: told.question.kind for _survey, told in one.figures}
    if len(questions) == 1 and "nps" not in questions.values():
        return one_line(next(iter(questions)))
    return one_line(one.named.figure)


def _joint(material: Material, one: Joint) -> Iterator[Block]:
    """Yield a figure with the words that explain it, and those that contradict it."""
    told = [
        f"{one_line(survey.name)}: {figure_told(each.question.kind, each.all)}" for survey, each in one.figures
    ]  # fmt: skip
    yield Listing(tuple(told)) if told else Paragraph(_("No survey has a figure of that name."))
    yield from counted_words(material, one.evidence.quotes, _("Explained by:"), _("What explains it"))
    yield from counted_words(material, one.evidence.against, _("Contradicted by:"), _("What contradicts it"))
    if one.with_themes:
        yield from words_of(
            material, _("Said with {themes}").format(themes=one_line(one.named.themes)), one.with_themes
        )
    if one.more:
        more = ngettext("And {n} more passage with it.", "And {n} more passages with it.", one.more)
        yield Paragraph(more.format(n=one.more), "small")
