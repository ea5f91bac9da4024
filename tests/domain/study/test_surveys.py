"""The figures of surveys against other ways to compute them, and what is told of too few people."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.study.surveys.figures import asked, changes, difference, figure
from kring.domain.study.surveys.model import Respondent, StudySurvey, SurveyQuestion
from kring.domain.study.surveys.patterns import farthest_apart, lowest, most_changed

MARKS = st.lists(st.integers(0, 10), min_size=30, max_size=60)
NPS, TILL, APP = (SurveyQuestion(*one) for one in (("Beveelt u ons aan?", "nps"), ("Kassa", "mark"), ("App", "mark")))


def survey(period: str, *rows: tuple[str, ...], segments: tuple[str, ...] = (), sent: int | None = None) -> StudySurvey:
    """A survey of an NPS, and marks for the till and the app."""
    return StudySurvey(
        period=period, file=f"{period}.csv", sent=sent, questions=(NPS, TILL, APP), has_segments=bool(segments),
        respondents=tuple(Respondent(row, segments[n % len(segments)] if segments else "")
                          for n, row in enumerate(rows)),
    )  # fmt: skip


def of_marks(till: str, app: str, n: int = 15) -> list[tuple[str, ...]]:
    """Twice n respondents whose marks lie around these, to both sides."""
    low, high = str(int(app) - 1), str(int(app) + 1)
    return [("9", till, low), ("3", till, high)] * n


@given(MARKS)
def test_an_nps_and_its_margin_are_those_of_plus_and_minus_one(marks: list[int]) -> None:
    signs = np.array([100 if mark >= 9 else -100 if mark <= 6 else 0 for mark in marks])
    told = figure("nps", [float(mark) for mark in marks])
    assert told.value == pytest.approx(signs.mean(), abs=1e-9)
    assert (told.margin or 0.0) == pytest.approx(1.96 * signs.std() / np.sqrt(len(signs)), abs=1e-9)
    assert (told.margin is None) == (len(set(signs.tolist())) == 1)


@given(MARKS, MARKS)
def test_means_and_their_difference_are_those_of_two_samples(first: list[int], second: list[int]) -> None:
    one, other = (figure("mark", [float(mark) for mark in marks]) for marks in (first, second))
    assert one.value == pytest.approx(np.mean(first))
    assert one.spread == pytest.approx(np.std(first, ddof=1))
    apart = difference(one, other)
    if apart is not None:
        error = np.sqrt(np.var(first, ddof=1) / len(first) + np.var(second, ddof=1) / len(second))
        assert apart.value == pytest.approx(np.mean(second) - np.mean(first))
        assert apart.is_beyond == bool(abs(np.mean(second) - np.mean(first)) > 1.96 * error)


@pytest.mark.parametrize(("kind", "n", "is_told"), [("nps", 29, False), ("nps", 30, True), ("mark", 29, False),
                                                    ("mark", 30, True), ("mark", 0, False)])  # fmt: skip
def test_of_fewer_than_thirty_nothing_is_told(kind: str, n: int, is_told: bool) -> None:
    told = figure(kind, [float(mark % 11) for mark in range(n)])
    assert (told.n, told.value is not None, told.margin is not None) == (n, is_told, is_told)


def test_only_a_recommendation_is_an_nps_and_an_age_is_no_figure() -> None:
    age = SurveyQuestion("Leeftijd", "amount")
    one = StudySurvey(period="1", file="1.csv", questions=(TILL, age), respondents=(Respondent(("9", "40")),) * 30)
    assert [(each.question, each.all.counts) for each in asked(one)] == [(TILL, None)]


def test_the_response_is_told_only_where_it_can_be() -> None:
    rows = of_marks("7", "8")
    assert survey("1", *rows, sent=120).response == 0.25
    assert survey("1", *rows).response is None
    assert survey("1", *rows, sent=29).response is None


def test_periods_are_compared_with_the_one_before_that_could_be_read() -> None:
    before, after = survey("voor", *of_marks("5", "8")), survey("na", *of_marks("7", "8"))
    found = changes([before, survey("kwijt"), after])
    assert [(one.before, one.after, one.question.heading) for one in found] == [
        ("voor", "na", "Beveelt u ons aan?"), ("voor", "na", "Kassa"), ("voor", "na", "App"),
    ]  # fmt: skip
    assert [one.difference and one.difference.is_beyond for one in found] == [False, None, False]  # all gave a 5
    assert changes([before, survey("voor", *of_marks("7", "8"))]) == []


def test_what_changed_most_lies_beyond_its_margin() -> None:
    before, after = survey("voor", *of_marks("5", "4")), survey("na", *of_marks("5", "7"))
    found = most_changed(changes([before, after]))
    assert found is not None
    assert (found[0].question, found[1].value, found[2]) == (APP, 3, 2)
    assert most_changed(changes([before, before])) is None


def test_the_lowest_mark_is_of_one_scale_and_of_enough_people() -> None:
    figures = asked(survey("1", *of_marks("4", "8")))
    assert [([one.question for one in low.those], low.of, low.scale) for low in lowest(figures, [9, 9, 9])] == [
        ([TILL], 2, 10)
    ]
    assert lowest(figures, [9, 4, 9]) == []  # one of up to five, one of up to ten
    assert lowest(figures, [9, inf, inf]) == []
    assert lowest(asked(survey("1", *of_marks("4", "8", 14))), [9, 9, 9]) == []
    assert lowest(asked(survey("1", *of_marks("8", "8"))), [9, 9, 9]) == []


def test_segments_are_apart_beyond_the_margin_only() -> None:
    rows = [row for pair in zip(of_marks("5", "8"), of_marks("5", "4"), strict=True) for row in pair]
    found = farthest_apart(asked(survey("1", *rows, segments=("trouw", "nieuw"))))
    assert found is not None
    assert (found.question.question, found.high, found.low, found.difference.value) == (APP, "trouw", "nieuw", 4)
    alike = of_marks("5", "8", 30)
    assert farthest_apart(asked(survey("1", *alike, segments=("trouw", "trouw", "nieuw", "nieuw")))) is None
    assert farthest_apart(asked(survey("1", *rows, segments=("trouw", "")))) is None
