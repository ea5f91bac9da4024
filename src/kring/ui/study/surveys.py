"""The surveys of a study on its screen: in brief among its rows, and the figures of one as a card."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain.study.surveys.figures import asked, changes
from kring.domain.study.surveys.model import StudySurvey
from kring.domain.text import one_line
from kring.study.kto.told import brief, change_told, figure_told, response_told, suggestions
from kring.study.standing import Standing
from kring.system.i18n import _
from kring.ui.widgets.line import EMPTY, Line, cut, line, wrap


def in_brief(survey: StudySurvey, room: int) -> list[Line]:
    """Return a survey in a few lines, of which the cursor stands on the first."""
    first, *more = brief(survey)
    look = "muted" if survey.respondents else "soon"
    told = [one for text in more for one in wrap(line(("  ", ""), (text, look)), room, hang=4)]
    return [cut(line(("  ", ""), first), room), *told]


def survey_card(found: Standing, ref: str, room: int) -> list[Line]:
    """Return the figures of a survey, and what a group may be asked about it and the one before it."""
    surveys = found.folder.surveys
    place = next((place for place, one in enumerate(surveys) if str(one.line) == ref), None)
    if place is None or not surveys[place].respondents:
        return []
    survey = surveys[place]
    told = [cut(line((f" {response_told(survey)}", "title")), room), EMPTY]
    for one in asked(survey):
        heading = (f"  {one_line(one.question.heading)}  ", "muted")
        told += wrap(line(heading, figure_told(one.question.kind, one.all)), room, hang=4)
        for name, each in one.by_segment.items():
            shown = line((f"    {one_line(name) or _('unknown')}: ", "muted"), figure_told(one.question.kind, each))
            told += wrap(shown, room, hang=6)
    told += _changes(surveys[: place + 1], room)
    hints = suggestions(surveys[: place + 1], found.folder.study.language)
    told += [EMPTY, line((_("To ask about in a group"), "title"))] if hints else []
    return told + [part for one in hints for part in wrap(line(f"  {one}"), room, hang=4)]


def _changes(surveys: Sequence[StudySurvey], room: int) -> list[Line]:
    """Return how a survey differs from the one before it, question by question."""
    found = [one for one in changes(surveys) if surveys and one.after == surveys[-1].name]
    told: list[Line] = [EMPTY, line((_("Period against period"), "title"))] if found else []
    for one in found:
        heading = "" if one.segment else f"{one_line(one.question.heading)}  "
        shown = line((f"  {heading}", "muted"), change_told(one)) if heading else line(f"    {change_told(one)}")
        told += wrap(shown, room, hang=6)
    return told
