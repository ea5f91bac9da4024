"""A report tells a survey that was brought in: NPS with its margin, marks, counts, and no words of respondents."""

from __future__ import annotations

from acting import act
from kring.imports.recognise import recognised
from kring.imports.source import Source
from kring.privacy.snapshot import read
from kring.report.content import report_of
from kring.report.markdown import text
from kring.session import intake
from kring.session.intake_remarks import Wishes
from kring.session.session import Session


def told_of(session: Session, rows: str) -> str:
    source = Source("kto.csv", f"nr;Beveelt u ons aan? (0-10);Cijfer;Klant van;Waarom?\n{rows}".encode())
    parsed = recognised(source).read(source)
    intake.commit(session, intake.prepare(session, source, parsed, Wishes(take_open=True)))
    session.close()
    return text(report_of(read(session.store.path)))


def test_enough_respondents_have_an_nps_with_its_margin(session: Session) -> None:
    act(session, "start anyway", "end")
    marks = [10] * 15 + [8] * 10 + [3] * 5
    rows = "".join(f"{n};{mark};7,5;{'A' if n % 3 else 'B'};te duur {n}\n" for n, mark in enumerate(marks, 1))
    told = told_of(session, rows)
    assert "kto.csv: 30 respondents." in told
    assert "NPS +33, give or take 27 points, of 30 answers: 15 gave a 9 or 10, 10 a 7 or 8, 5 a 0 to 6." in told
    assert "30 answers; median 7.5, from 7.5 to 7.5, mean 7.5." in told
    assert "A: 20, B: 10" in told
    assert "30 answers in words." in told
    assert "te duur" not in told


def test_a_few_respondents_have_counts_alone(session: Session) -> None:
    act(session, "start anyway", "end")
    told = told_of(session, "1;9;7;A;prima\n2;2;4;B;test\n3;6;5;A;\n")
    assert "kto.csv: 2 respondents; not counted are entries by which the survey was tried: 1." in told
    assert "2 answers, fewer than 30 and so too few for an NPS: 1 gave a 9 or 10, 0 a 7 or 8, 1 a 0 to 6." in told
    assert "mean" not in told
