"""Figures of surveys beside the quotes that explain them and those that contradict them (joint display).

After M. D. Fetters, L. A. Curry and J. W. Creswell, "Achieving integration in mixed methods designs" (2013).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kring.domain.study.model import FigureAndQuotes, Study
from kring.domain.study.surveys.figures import Asked, asked
from kring.domain.study.surveys.model import StudySurvey
from kring.domain.text import N_, KringError, Sentence, folded
from kring.study.finding import choices
from kring.study.finding.asking import Hit, Wanted
from kring.study.finding.finding import Finding
from kring.study.finding.upkeep import Held

MOST = 3
"""Quotes with a tag that are shown; those that were marked with a star come first."""
_NOTE = re.compile(r"(.*\S)\s*:\s*#?(\d+)")
_NUMBER_OF_GROUP = re.compile(r"(?:groep|group)\s+", re.IGNORECASE)
_ALL = 1_000_000


class Quotes(NamedTuple):
    """Quotes that may be told, how many more there are of the tags, and what is to be said of those that are not."""

    hits: list[Hit]
    more: int
    remarks: list[Sentence]


class Joint(NamedTuple):
    """A figure as the study's text names it, in each survey that has it, with its quotes."""

    named: FigureAndQuotes
    figures: list[tuple[StudySurvey, Asked]]
    explains: Quotes
    contradicts: Quotes


def joint(study: Study, surveys: Iterable[StudySurvey], finding: Finding) -> list[Joint]:
    """Return the figures that the text puts beside quotes; who may not be quoted is not, and nobody has a name."""
    groups = finding.groups()
    told = [(survey, one) for survey in surveys for one in asked(survey)]
    return [
        Joint(
            named,
            [pair for pair in told if _is_meant(named.figure, pair[1])],
            _quotes(named.explains, groups, finding),
            _quotes(named.contradicts, groups, finding),
        )
        for named in study.figures
    ]


def _is_meant(words: str, one: Asked) -> bool:
    wanted = folded(words)
    return (wanted == "nps" and one.question.kind == "nps") or wanted in one.question.key


def _quotes(names: Iterable[str], groups: Mapping[int, Held], finding: Finding) -> Quotes:
    found: dict[int, Hit] = {}
    more, remarks = 0, []
    for name in names:
        note = _NOTE.fullmatch(name)
        try:
            hits = _of_note(note[1], int(note[2]), groups, finding) if note else _of_theme(name, finding)
        except KringError as problem:
            remarks.append(problem.sentence)
            continue
        if not hits:
            template = N_("{quote} is no quote here that may be told.") if note else N_("No quote has {quote}.")
            remarks.append(Sentence(template, {"quote": name}))
        shown = hits if note else hits[:MOST]
        more += sum(hit.number not in found for hit in hits[len(shown) :])
        found |= {hit.number: hit for hit in shown}
    return Quotes(list(found.values()), more, remarks)


def _of_note(group: str, number: int, groups: Mapping[int, Held], finding: Finding) -> list[Hit]:
    sessions = choices.groups_asked(groups, [_NUMBER_OF_GROUP.sub("", group)])
    hits = _told(finding, Wanted(kinds=("quote", "chat"), sessions=sessions))
    return [hit for hit in hits if hit.passage.number == number]


def _of_theme(name: str, finding: Finding) -> list[Hit]:
    themes = (name,) if name.startswith("#") else (name, f"#{name}")
    hits = _told(finding, Wanted(kinds=("quote", "chat"), themes=themes))
    return sorted(hits, key=lambda hit: (not hit.passage.starred, hit.number))


def _told(finding: Finding, wanted: Wanted) -> list[Hit]:
    """Return what participants said in words that may be told as they are."""
    return [hit for hit in finding.find(wanted, _ALL).hits if hit.passage.is_mention and not hit.passage.is_draft]
