"""The figures of surveys in words: what is told of them, and what is not because too few people answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kring.domain.measures.surveys import ENOUGH
from kring.domain.study.surveys.figures import Asked, Change, Difference, Figure, asked, changes
from kring.domain.study.surveys.model import QuestionKind, StudySurvey
from kring.domain.study.surveys.patterns import farthest_apart, lowest, most_changed
from kring.domain.text import one_line
from kring.study.kto.open_answers import frequent
from kring.system.i18n import _, decimal, ngettext, percent, say

USUAL, FINEST = 1, 3
"""Decimals of a mean, and how many more are tried where a difference and its margin look alike."""


def response_told(survey: StudySurvey) -> str:
    """Return what a survey is called, and how many of those it was sent to answered; only the name of an unread one."""
    name = " · ".join(dict.fromkeys(one_line(part) for part in (survey.period, survey.file) if part))
    n = len(survey.respondents)
    if not n:
        return name
    if survey.sent is None:
        told = ngettext("{n} respondent", "{n} respondents", n).format(n=n)
        told += ", " + _("of how many is not written")
    else:
        told = _("{n} of {sent} answered").format(n=n, sent=survey.sent)
    if survey.response is not None and survey.sent and survey.sent >= ENOUGH:
        told += f" ({percent(survey.response)})"
    if survey.unfinished:
        told += ", " + _("{n} of them did not come to the end").format(n=survey.unfinished)
    if survey.tests:
        told += "; " + _("not counted are entries by which the survey was tried: {n}").format(n=survey.tests)
    return f"{name}: {told}"


def brief(survey: StudySurvey) -> Iterator[str]:
    """Yield a survey in a few lines: how many answered, the NPS and the first mark, and one of them by segment."""
    yield response_told(survey)
    if not survey.respondents:
        yield from (f"  {one_line(say(one))}" for one in survey.remarks)
    figures = asked(survey)
    first = {one.question.kind: one for one in reversed(figures)}
    leading = [one for kind in ("nps", "mark") if (one := first.get(kind))]
    if leading:
        yield "  " + " · ".join(map(_in_brief, leading))
    if leading and leading[0].by_segment:
        kind, of_segments = leading[0].question.kind, leading[0].by_segment.items()
        yield "  " + " · ".join(
            f"{one_line(name) or _('unknown')}: {value_told(kind, one)}" for name, one in of_segments
        )


def _in_brief(one: Asked) -> str:
    told = value_told(one.question.kind, one.all)
    if one.question.kind == "nps":
        return told + _between("nps", one.all)
    return f"{told} ({one_line(one.question.heading)})"


def margins_told() -> str:
    """Return what the margins of figures are."""
    return _(
        "Margins are at 95 %, for people drawn at random: for an NPS the Wald interval of +1, 0 and −1 (Rocks, 2016), "
        "for a mean 1.96 × standard deviation ÷ √n."
    )


def differences_told() -> str:
    """Return what the margin of a difference between two surveys takes for granted."""
    return _(
        "The margin of a difference takes both surveys for samples of different people. Where nothing changed, about "
        "one difference in twenty lies beyond its margin."
    )


def value_told(kind: QuestionKind, one: Figure, places: int | None = None) -> str:
    """Return the value of a figure alone, with the decimals that are usual or so many; of too few people no value."""
    if one.value is None:
        return _("n = {n}, too few for a figure").format(n=one.n)
    if kind == "nps":
        return _("NPS {score}").format(score=_score(one.value, places or 0))
    return _("mean {value}").format(value=decimal(one.value, USUAL if places is None else places))


def figure_told(kind: QuestionKind, one: Figure) -> str:
    """Return a figure with its margin, how far answers are apart, and of how many they are."""
    told = value_told(kind, one)
    if one.value is None:
        return told
    told += _between(kind, one)
    if one.spread is not None:
        told += ", " + _("standard deviation {value}").format(value=decimal(one.spread))
    told += f", n = {one.n}"
    if one.counts is not None:
        told += ": " + _("{high} gave a 9 or 10, {middle} a 7 or 8, {low} a 0 to 6").format(
            high=one.counts.promoters, middle=one.counts.passives, low=one.counts.detractors
        )
    return told


def _between(kind: QuestionKind, one: Figure) -> str:
    if one.value is None:
        return ""
    if one.margin is None:
        return ", " + _("without a margin, for all answered alike")
    low, high = one.value - one.margin, one.value + one.margin
    said: Callable[[float], str] = decimal
    if kind == "nps":
        low, high, said = max(low, -100), min(high, 100), _score
    return ", " + _("between {low} and {high}").format(low=said(low), high=said(high))


def change_told(one: Change) -> str:
    """Return the figures of two periods, and whether they differ beyond the margin; not of which question they are."""
    first, second, whether = change_parts(one)
    values = _("{before}: {first}; {after}: {second}").format(
        before=one_line(one.before), first=first, after=one_line(one.after), second=second
    )
    told = f"{one_line(one.segment)}: {values}" if one.segment else values
    return f"{told}; {whether}"


def change_parts(one: Change) -> tuple[str, str, str]:
    """Return the figure before, that after, and whether they differ beyond the margin."""
    kind, places = one.question.kind, _places(one)
    first, second = value_told(kind, one.first, places), value_told(kind, one.second, places)
    if one.difference is None:
        return first, second, _("not to be compared")
    margin = decimal(one.difference.margin, places)
    template = _("a difference beyond the margin of {margin}") if one.difference.is_beyond else _(
        "no difference beyond the margin of {margin}"
    )  # fmt: skip
    return first, second, template.format(margin=margin)


def _places(one: Change) -> int:
    """Return the fewest decimals with which whoever does the sum finds the difference on the side of its margin."""
    usual = 0 if one.question.kind == "nps" else USUAL
    if one.difference is None:
        return usual
    for places in range(usual, usual + FINEST):
        first, second = round(one.first.value or 0.0, places), round(one.second.value or 0.0, places)
        shown = round(abs(second - first), places)
        if (shown > round(one.difference.margin, places)) is one.difference.is_beyond:
            return places
    return usual + FINEST


def suggestions(surveys: Sequence[StudySurvey], language: str | None) -> list[str]:
    """Return what may be asked in a group, by rules over the last survey that could be read and the one before it."""
    read = [survey for survey in surveys if survey.respondents]
    return [*_of_survey(read[-1], language), *_of_change(read)] if read else []


def _of_survey(survey: StudySurvey, language: str | None) -> Iterator[str]:
    figures = asked(survey)
    highest = [max(survey.numbers(one.place), default=0.0) for one in figures]
    for low in lowest(figures, highest):
        named = ", ".join(f"“{one_line(one.question.heading)}”" for one in low.those)
        yield _("Lowest of the {n} marks up to {scale}: {questions}, {value}. Why?").format(
            n=low.of, scale=low.scale, questions=named, value=decimal(low.those[0].all.value or 0.0)
        )
    if apart := farthest_apart(figures):
        yield _("Farthest apart of {n} pairs of segments: “{question}”, {high} above {low} by {value}. Why?").format(
            n=apart.looked_at, question=one_line(apart.question.question.heading), high=one_line(apart.high),
            low=one_line(apart.low), value=_amount(apart.question.question.kind, apart.difference),
        )  # fmt: skip
    for one in frequent(survey, language):
        words = ", ".join(f"{word} ({n})" for word, n in one.words)
        yield _("In own words on “{question}”, of {n} people: {words}. What do they mean by it?").format(
            question=one_line(one.question), n=one.n, words=words
        )


def _of_change(surveys: Sequence[StudySurvey]) -> Iterator[str]:
    found = most_changed(changes(surveys[-2:]))
    if found is not None:
        change, apart, looked_at = found
        yield _("Changed most of {n} questions since {before}: “{question}”, by {value}. What happened?").format(
            n=looked_at, before=one_line(change.before), question=one_line(change.question.heading),
            value=_amount(change.question.kind, apart),
        )  # fmt: skip


def _amount(kind: QuestionKind, apart: Difference) -> str:
    return str(round(apart.value)).replace("-", "−") if kind == "nps" else decimal(apart.value)


def _score(value: float, places: int = 0) -> str:
    rounded = round(value, places) or 0.0  # which has no minus
    return f"{'+' if rounded > 0 else ''}{decimal(rounded, places)}"
