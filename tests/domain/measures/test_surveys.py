"""The figures of a survey that was brought in, worked out by hand."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.measures.surveys import Nps, Survey, surveys


def survey_of(*responses: f.SurveyResponseRead) -> list[Survey]:
    desk = Desk()
    desk.happen_together(
        [
            f.FileImported("kto.csv", "survey", "0" * 64, "none", None),
            f.SurveyQuestionRead(1, "Q1", "Beveelt u ons aan? (0-10)", "nps"),
            f.SurveyQuestionRead(2, "Q2", "Cijfer?", "mark"),
            f.SurveyQuestionRead(3, "Q3", "Waarom?", "open"),
            *responses,
        ]
    )
    return surveys(desk.state)


@pytest.mark.parametrize(
    ("promoters", "passives", "detractors", "score", "margin"),
    [
        (15, 10, 5, 33, 27),  # net 1/3, variance 2/3 - 1/9 = 5/9; 1.96 x sqrt(5/9 / 30) = 26.7 points
        (30, 0, 0, 100, 0),
        (50, 0, 50, 0, 20),
        (10, 10, 20, -25, 26),
        (15, 10, 4, None, None),
        (1, 0, 0, None, None),
    ],
)
def test_nps_has_a_margin_and_thirty_people(
    promoters: int, passives: int, detractors: int, score: int | None, margin: int | None
) -> None:
    nps = Nps(promoters, passives, detractors)
    assert (nps.score, nps.margin) == (score, margin)


def test_who_tried_a_survey_counts_nowhere_and_who_stopped_halfway_does() -> None:
    (survey,) = survey_of(
        f.SurveyResponseRead(1, ((1, "9"), (2, "7.5"), (3, "snel"))),
        f.SurveyResponseRead(2, ((1, "6"),), complete=False),
        f.SurveyResponseRead(3, ((1, "0"), (2, "1"), (3, "test")), test=True),
        f.SurveyResponseRead(4, ((1, "8"), (2, "6"))),
    )
    assert (survey.respondents, survey.unfinished, survey.tests) == (3, 1, 1)
    recommending, mark, why = survey.questions
    assert recommending.nps == Nps(1, 1, 1)
    assert (mark.marks, mark.middle, mark.mean) == ([6, 7.5], 6.75, None)
    assert (why.values, why.marks, why.nps) == (("snel",), [], None)


def test_a_mean_needs_thirty_people_too() -> None:
    (survey,) = survey_of(*(f.SurveyResponseRead(n, ((2, str(5 + n % 3)),)) for n in range(1, 31)))
    assert survey.questions[1].mean == 6
    (survey,) = survey_of(*(f.SurveyResponseRead(n, ((2, str(5 + n % 3)),)) for n in range(1, 30)))
    assert survey.questions[1].mean is None


def test_no_survey_has_no_figures() -> None:
    assert surveys(Desk().state) == []
