"""Figures of surveys beside the quotes that explain them and those that contradict them (joint display).

After M. D. Fetters, L. A. Curry and J. W. Creswell, "Achieving integration in mixed methods designs" (2013).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kring.domain.study.model import FigureAndQuotes, Study
from kring.domain.study.surveys.figures import Asked, asked
from kring.domain.study.surveys.model import StudySurvey
from kring.domain.text import folded
from kring.study.finding.asking import Hit, Wanted
from kring.study.finding.choices import themes_meant
from kring.study.finding.evidence import Evidence, evidence, with_theirs
from kring.study.finding.finding import Finding

MOST = 3
"""Quotes with a tag or a code that are shown; those that were marked with a star come first."""
_ALL = 1_000_000


class Joint(NamedTuple):
    """A figure as the study's text names it, in each survey that has it, with the notes that it points to.

    `with_themes` are quotes with its tags and codes, which speak neither for nor against it, and `more` how many others
    have them.
    """

    named: FigureAndQuotes
    figures: list[tuple[StudySurvey, Asked]]
    evidence: Evidence
    with_themes: list[Hit]
    more: int


def joint(study: Study, surveys: Iterable[StudySurvey], finding: Finding) -> list[Joint]:
    """Return the figures that the text puts beside quotes; who may not be quoted is not, and nobody has a name."""
    told = [(survey, one) for survey in surveys for one in asked(survey)]
    found = []
    for named in study.figures:
        quotes = _with_themes(finding, [theme.strip() for theme in named.themes.split(",") if theme.strip()])
        figures = [pair for pair in told if _is_meant(named.figure, pair[1])]
        more = max(0, len(quotes) - MOST)
        found.append(Joint(named, figures, evidence(finding, with_theirs(study, named)), quotes[:MOST], more))
    return found


def _is_meant(words: str, one: Asked) -> bool:
    wanted = folded(words)
    return (wanted == "nps" and one.question.kind == "nps") or wanted in one.question.key


def _with_themes(finding: Finding, names: Sequence[str]) -> list[Hit]:
    """Return what participants said in words that may be told as they are, the starred first."""
    if not names:
        return []
    themes = tuple(theme for name in names for theme in themes_meant(name))
    found = finding.find(Wanted(kinds=("quote", "chat"), themes=themes), _ALL).hits
    quotes = [hit for hit in found if hit.passage.is_mention and not hit.passage.is_draft]
    return sorted(quotes, key=lambda hit: (not hit.passage.starred, hit.number))
