"""`kring study kto`: the figures of a study's surveys, by segment and by period, beside quotes; what to ask about."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from kring.cli.json_text import json_text
from kring.cli.study.asked import Asked, print_lines
from kring.cli.study.search import speaker
from kring.domain.study.surveys.figures import Figure, asked, changes
from kring.domain.study.surveys.model import StudySurvey
from kring.domain.text import one_line
from kring.study.kto.joint import Joint, Quotes, joint
from kring.study.kto.reading import surveys_of
from kring.study.kto.told import change_told, figure_told, response_told, suggestions
from kring.system.i18n import _, ngettext, say


def kto_command(asked_: Namespace) -> int:
    """Print the surveys of a study; whatever can't be read or told is said."""
    with Asked(asked_) as about:
        surveys = surveys_of(about.finding.folder, about.study)
        beside = joint(about.study, surveys, about.finding) if about.study.figures else []
        language = about.study.language
        if asked_.json:
            sys.stdout.write(json_text(_as_json(about, surveys, beside, language)) + "\n")
        else:
            print_lines(_lines(about, surveys, beside, language))
    return 0


def _lines(
    about: Asked, surveys: Sequence[StudySurvey], beside: Sequence[Joint], language: str | None
) -> Iterator[str]:
    if not surveys:
        yield _("The study names no survey; write them in study.md below the heading KTO.")
        return
    for survey in surveys:
        yield from _survey(survey)
    yield from _changes(surveys)
    if told := suggestions(surveys, language):
        yield from (_("To ask about in a group"), *(f"  {one}" for one in told), "")
    for one in beside:
        yield from _joint(about, one)
    if any(survey.respondents for survey in surveys):
        yield _(
            "Margins are at 95 %, for people drawn at random: of an NPS the Wald interval of +1, 0 and −1 "
            "(Rocks, 2016), of a mean 1.96 × standard deviation ÷ √n."
        )
        yield _("Who did not answer may think otherwise; no margin says how much.")


def _changes(surveys: Sequence[StudySurvey]) -> Iterator[str]:
    found = changes(surveys)
    if not found:
        return
    yield _("Period against period")
    for question, those in groupby(found, key=lambda one: one.question.heading):
        yield f"  {one_line(question)}"
        yield from (f"    {change_told(one)}" for one in those)
    yield "  " + _(
        "Margins as of two samples of other people. Where nothing changed, about one in twenty lies beyond its margin."
    )
    yield ""


def _survey(survey: StudySurvey) -> Iterator[str]:
    yield response_told(survey)
    yield from ("  ! " + say(one) for one in survey.remarks)
    figures = asked(survey)
    for one in figures:
        yield f"  {one_line(one.question.heading)}"
        yield f"    {figure_told(one.question.kind, one.all)}"
        yield from (
            f"    {_segment(name)}: {figure_told(one.question.kind, each)}" for name, each in one.by_segment.items()
        )
    if survey.respondents and not figures:
        yield "  " + _("No question asks for a mark, or from 0 to 10 how likely somebody would recommend.")
    yield ""


def _segment(name: str) -> str:
    return one_line(name) or _("unknown")


def _joint(about: Asked, one: Joint) -> Iterator[str]:
    yield _("Beside quotes: {figure}").format(figure=one_line(one.named.figure))
    for survey, told in one.figures:
        yield f"  {one_line(survey.name)}: {figure_told(told.question.kind, told.all)}"
        yield f"    {one_line(told.question.heading)}"
    if not one.figures:
        yield "  " + _("No survey has a figure of that name.")
    yield from _quotes(about, _("explain it"), one.explains)
    yield from _quotes(about, _("contradict it"), one.contradicts)
    yield ""


def _quotes(about: Asked, title: str, quotes: Quotes) -> Iterator[str]:
    yield f"  {title}: " + (_("nothing") if not quotes.hits else "")
    for hit in quotes.hits:
        where = ", ".join(part for part in (about.called[hit.session], speaker(about, hit)) if part)
        yield f"    “{one_line(hit.passage.text)}” ({where})"
    if quotes.more:
        yield "    " + ngettext("and {n} more", "and {n} more", quotes.more).format(n=quotes.more)
    yield from (f"    ! {say(one)}" for one in quotes.remarks)


def _as_json(
    about: Asked, surveys: Sequence[StudySurvey], beside: Iterable[Joint], language: str | None
) -> dict[str, Any]:
    return {
        "surveys": [_survey_json(survey) for survey in surveys],
        "changes": [
            {
                "question": one.question.heading,
                "from": one.before,
                "to": one.after,
                "segment": one.segment,
                "first": _figure_json(one.first),
                "second": _figure_json(one.second),
                "difference": one.difference.value if one.difference else None,
                "margin": one.difference.margin if one.difference else None,
                "beyond_margin": one.difference.is_beyond if one.difference else None,
            }
            for one in changes(surveys)
        ],
        "to_ask": suggestions(surveys, language),
        "beside_quotes": [
            {
                "figure": one.named.figure,
                "surveys": [{"survey": survey.name, "question": told.question.heading} for survey, told in one.figures],
                "explains": _quotes_json(about, one.explains),
                "contradicts": _quotes_json(about, one.contradicts),
            }
            for one in beside
        ],
    }


def _survey_json(survey: StudySurvey) -> dict[str, Any]:
    return {
        "period": survey.period,
        "file": survey.file,
        "sent": survey.sent,
        "respondents": len(survey.respondents),
        "unfinished": survey.unfinished,
        "tests_left_out": survey.tests,
        "response": survey.response,
        "questions": [
            {
                "question": one.question.heading,
                "kind": one.question.kind,
                **_figure_json(one.all),
                "segments": {name: _figure_json(each) for name, each in one.by_segment.items()},
            }
            for one in asked(survey)
        ],
        "said": [say(one) for one in survey.remarks],
    }


def _figure_json(one: Figure) -> dict[str, Any]:
    return {"n": one.n, "value": one.value, "margin": one.margin, "standard_deviation": one.spread}


def _quotes_json(about: Asked, quotes: Quotes) -> dict[str, Any]:
    return {
        "quotes": [
            {"group": about.called[hit.session], "participant": hit.passage.person or None, "text": hit.passage.text,
             "note": hit.passage.number}
            for hit in quotes.hits
        ],
        "more": quotes.more,
        "said": [say(one) for one in quotes.remarks],
    }  # fmt: skip
