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
from kring.study.finding.asking import Hit
from kring.study.finding.evidence import Pointed
from kring.study.finding.passages import KIND_WORDS
from kring.study.kto.joint import Joint, joint
from kring.study.kto.reading import surveys_of
from kring.study.kto.told import change_told, differences_told, figure_told, margins_told, response_told, suggestions
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
        yield margins_told()
        yield _("Who did not answer may think otherwise; no margin says how much.")


def _changes(surveys: Sequence[StudySurvey]) -> Iterator[str]:
    found = changes(surveys)
    if not found:
        return
    yield _("Period against period")
    for question, those in groupby(found, key=lambda one: one.question.heading):
        yield f"  {one_line(question)}"
        yield from (f"    {change_told(one)}" for one in those)
    yield "  " + differences_told()
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
    yield from _pointed(about, _("explain it"), one.evidence.quotes)
    yield from _pointed(about, _("contradict it"), one.evidence.against)
    if one.named.themes:
        yield "  " + _("with {themes}:").format(themes=one_line(one.named.themes))
        yield from (f"    {_said(about, hit)}" for hit in one.with_themes)
        yield from [] if one.with_themes else ["    –"]
        if one.more:
            yield "    " + ngettext("{n} more", "{n} more", one.more).format(n=one.more)
    yield ""


def _pointed(about: Asked, title: str, notes: Sequence[Pointed]) -> Iterator[str]:
    yield f"  {title}:" if notes else f"  {title}: –"
    for one in notes:
        if one.hit is not None:
            yield f"    {_said(about, one.hit)}"
        elif one.problem is not None:
            yield f"    ! {say(one.problem)}"


def _said(about: Asked, hit: Hit) -> str:
    """Return a note with who said it, by code; what are not somebody's own words stands without quotation marks."""
    passage = hit.passage
    where = ", ".join(part for part in (about.called[hit.session], speaker(about, hit)) if part)
    if passage.kind in ("quote", "chat"):
        return f"“{one_line(passage.text)}” ({where})"
    return f"{_(KIND_WORDS[passage.kind]).lower()}: {one_line(passage.text)} ({where})"


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
                "explains": _pointed_json(about, one.evidence.quotes),
                "contradicts": _pointed_json(about, one.evidence.against),
                "with_themes": [_hit_json(about, hit) for hit in one.with_themes],
                "more_with_themes": one.more,
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


def _pointed_json(about: Asked, notes: Sequence[Pointed]) -> list[dict[str, Any]]:
    return [
        {"points_to": one.told, "problem": say(one.problem) if one.problem else None}
        | (_hit_json(about, one.hit) if one.hit else {})
        for one in notes
    ]


def _hit_json(about: Asked, hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "group": about.called[hit.session],
        "participant": passage.person or None,
        "kind": passage.kind,
        "text": passage.text,
    }
