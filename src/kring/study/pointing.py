"""A finding or a hypothesis points to one more note, for it or against it, in the study's text."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from kring.domain.study.model import Study
from kring.domain.study.references import references
from kring.domain.text import KringError
from kring.plans.study.file import read_study_file
from kring.plans.study.words import SectionName
from kring.study.changing import change
from kring.study.finding.asking import Hit
from kring.study.finding.evidence import reference_to
from kring.study.finding.finding import Finding
from kring.system.i18n import language

Side = Literal["quotes", "against"]
"""Whether a note speaks for something, or against it: the column in which it stands."""


class Target(NamedTuple):
    """A finding or a hypothesis of the study's text, and the notes that it points to."""

    section: SectionName
    code: str
    text: str
    quotes: str
    against: str


def targets(study: Study) -> list[Target]:
    """Return the findings of a study, and then its hypotheses."""
    return [
        *(Target("findings", one.code, one.text, one.quotes, one.against) for one in study.findings),
        *(Target("hypotheses", one.code, one.text, one.quotes, one.against) for one in study.hypotheses),
    ]


def point(finding: Finding, text: Path, target: Target, side: Side, hit: Hit) -> str:
    """Write a note behind those that a target has on one side, and return how it is called there; raises KringError."""
    study = read_study_file(text)
    now = next((one for one in targets(study) if one[:2] == target[:2]), None)
    if now is None:
        raise KringError("{code} is no longer in the text of the study.", code=target.code)
    told = reference_to(finding, hit)
    there = now.quotes if side == "quotes" else now.against
    if references(told)[0].told in {one.told for one in references(there)}:
        raise KringError("{words} stands there already.", words=told)
    change(text, now.section, now.code, side, _behind(there, told), study.language or language())
    return told


def _behind(there: str, told: str) -> str:
    """Return a reference behind those that are there: its number alone, where that is of the group named last."""
    short = f"{there}, #{told.rpartition('#')[2]}"
    if references(short)[-1].told == told:
        return short
    return f"{there}; {told}" if there else told
