"""The surveys as a report tells them: NPS with its margin, marks, how often each answer was given."""

from __future__ import annotations

from kring.domain.measures.surveys import ENOUGH, Answered, Nps, Survey
from kring.domain.measures.surveys import surveys as surveys_of
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report.drawing.charts import Bar, bars
from kring.report.parts import Block, Figure, Heading, Paragraph, Section
from kring.system.i18n import _, decimal, ngettext, plain_number

_MOST_ANSWERS = 12


def surveys(snapshot: Snapshot) -> Section | None:
    """Return what respondents of the surveys answered, question by question; words of them are only counted."""
    blocks: list[Block] = []
    for survey in surveys_of(snapshot.state):
        blocks.append(Paragraph(_told(survey)))
        for answered in survey.questions:
            blocks += _question(answered)
    return Section("surveys", _("Survey"), tuple(blocks)) if blocks else None


def _told(survey: Survey) -> str:
    n = survey.respondents
    told = ngettext("{n} respondent", "{n} respondents", n).format(n=n)
    if survey.unfinished:
        told += ", " + _("{n} of them did not come to the end").format(n=survey.unfinished)
    if survey.tests:
        told += "; " + _("not counted are entries by which the survey was tried: {n}").format(n=survey.tests)
    return f"{one_line(survey.imported.file)}: {told}."


def _question(answered: Answered) -> list[Block]:
    if not answered.values:
        return []
    title = Heading(one_line(answered.question.title) or one_line(answered.question.name))
    if nps := answered.nps:
        counts = {str(mark): answered.counts[str(mark)] for mark in range(11)}
        return [title, Paragraph(_nps(nps)), _figure(counts)]
    if answered.marks:
        return [title, Paragraph(_marks(answered))]
    n = len(answered.values)
    if answered.question.kind == "open":
        return [title, Paragraph(ngettext("{n} answer in words.", "{n} answers in words.", n).format(n=n))]
    given = answered.counts.most_common(_MOST_ANSWERS)
    return [title, Paragraph(_answers(n) + "."), _figure({one_line(value): count for value, count in given})]


def _answers(n: int) -> str:
    return ngettext("{n} answer", "{n} answers", n).format(n=n)


def _nps(nps: Nps) -> str:
    counted = _("{high} gave a 9 or 10, {middle} a 7 or 8, {low} a 0 to 6").format(
        high=nps.promoters, middle=nps.passives, low=nps.detractors
    )
    if nps.score is None:
        return _("{answers}, fewer than {enough} and so too few for an NPS: {counted}.").format(
            answers=_answers(nps.n), enough=ENOUGH, counted=counted
        )
    return _("NPS {score}, give or take {margin} points, of {answers}: {counted}.").format(
        score=f"{nps.score:+d}".replace("-", "−"), margin=nps.margin, answers=_answers(nps.n), counted=counted
    )


def _marks(answered: Answered) -> str:
    middle, least, most = (plain_number(one) for one in (answered.middle or 0, answered.marks[0], answered.marks[-1]))
    told = _("median {value}, from {least} to {most}").format(value=middle, least=least, most=most)
    if answered.mean is not None:
        told += ", " + _("mean {value}").format(value=decimal(answered.mean, 1))
    return f"{_answers(len(answered.marks))}; {told}."


def _figure(counts: dict[str, int]) -> Figure:
    description = ", ".join(f"{value}: {n}" for value, n in counts.items() if n)
    return Figure(_("Answers"), description, bars([Bar(value, n, str(n) if n else "") for value, n in counts.items()]))
