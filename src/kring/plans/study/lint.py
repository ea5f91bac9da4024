"""What may go wrong with a study, looked at as a whole; each with the line that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kring.domain.plan import PlanWarning
from kring.domain.study.model import Study
from kring.domain.study.recruiting.screening import quota_doubts
from kring.domain.text import N_, Sentence, folded

_CODE = re.compile(r"\b[A-Z]{1,2}\d{1,3}\b")
_TEMPLATE_WORDS = frozenset({
    "Topic", "name of the client", "What do you want to know after all groups?", "Who is the study about?",
    "what they have in common", "how many there are", "how you know that", "First persona", "Second persona",
    "Third persona", "what you expect", "what happens",
    "Onderwerp", "naam van de opdrachtgever", "Wat wilt u na alle groepen weten?", "Over wie gaat het onderzoek?",
    "wat zij gemeen hebben", "hoeveel het er zijn", "waar u dat van weet", "Eerste persona", "Tweede persona",
    "Derde persona", "wat u verwacht", "wat er gebeurt",
})  # fmt: skip
FEWEST_PERSONAS, MOST_PERSONAS = 3, 5


def doubts(study: Study) -> Iterator[PlanWarning]:
    """Yield what its researcher should look at."""
    yield from _of_what_is_missing(study)
    yield from _of_segments(study)
    yield from _of_personas(study)
    yield from _of_groups(study)
    yield from quota_doubts(study.screener)
    yield from _of_codes(study)
    yield from _of_actions(study)
    yield from _as_made(study)


def _as_made(study: Study) -> Iterator[PlanWarning]:
    """Yield what the template says and nobody filled in: it stands in the report for the client."""
    audience = study.audience
    said = [study.title, study.client, study.question]
    said += [audience.text, audience.characteristics, audience.size, audience.source] if audience else []
    said += [*(one.name for one in study.personas), *(one.text for one in study.hypotheses)]
    said += [one.text for one in study.actions]
    if left := [text for text in said if text in _TEMPLATE_WORDS]:
        yield _warning(0, N_("Still as in the template: {words}."), words="; ".join(left))


def _of_what_is_missing(study: Study) -> Iterator[PlanWarning]:
    if not study.title:
        yield _warning(0, N_("The study has no title; write one at the top, as its plans and sessions name it."))
    if not study.question:
        yield _warning(0, N_("The study has no research question; write one at the top."))
    if study.audience is None:
        yield _warning(0, N_("The study has no target audience; write who it is about below a heading."))
    elif study.audience.revised is None:
        yield _warning(study.audience.line, N_("The target audience does not say when it was revised last."))


def _of_segments(study: Study) -> Iterator[PlanWarning]:
    for segment in study.segments:
        if not segment.definitions:
            yield _warning(segment.line, N_("The segment {segment} has no definition."), segment=segment.name)
        days = [one.since for one in segment.definitions]
        for place, one in enumerate(segment.definitions):
            if one.since in days[:place]:
                told = N_("Two definitions of {segment} hold from the same day; the last one counts.")
                yield _warning(one.line, told, segment=segment.name)


def _of_personas(study: Study) -> Iterator[PlanWarning]:
    count, names = len(study.personas), [folded(one.name) for one in study.personas]
    if count and not FEWEST_PERSONAS <= count <= MOST_PERSONAS:
        told = N_("There are {n} personas; with three to five a team keeps them apart.")
        yield _warning(study.personas[0].line, told, n=count)
    for place, persona in enumerate(study.personas):
        if persona.segment and study.segments and study.segment(persona.segment) is None:
            yield _warning(persona.line, N_("The persona {persona} is of the segment {segment}, which is not here."),
                           persona=persona.name, segment=persona.segment)  # fmt: skip
        if persona.name and folded(persona.name) in names[:place]:
            yield _warning(persona.line, N_("There are two personas called {persona}."), persona=persona.name)


def _of_groups(study: Study) -> Iterator[PlanWarning]:
    numbers = [folded(group.number) for group in study.groups]
    for place, group in enumerate(study.groups):
        if not group.number:
            yield _warning(group.line, N_("This group has no number."))
        elif folded(group.number) in numbers[:place]:
            yield _warning(group.line, N_("Group {group} stands here twice."), group=group.number)


def _of_codes(study: Study) -> Iterator[PlanWarning]:
    coded = [
        [(one.code, one.line) for one in study.findings],
        [(one.code, one.line) for one in study.hypotheses],
        [(one.code, one.line) for one in study.actions],
    ]
    for several in coded:
        codes = [folded(code) for code, _line in several]
        for place, (code, line) in enumerate(several):
            if folded(code) in codes[:place]:
                yield _warning(line, N_("{code} stands here twice."), code=code)


def _of_actions(study: Study) -> Iterator[PlanWarning]:
    """Yield which actions come from what is not here, and which were measured nobody knows where."""
    known = {folded(one.code) for one in study.findings} | {folded(one.code) for one in study.hypotheses}
    for action in study.actions:
        for code in _CODE.findall(action.finding):
            if study.findings and folded(code) not in known:
                yield _warning(action.line, N_("{action} comes from {code}, which is not here."),
                               action=action.code, code=code)  # fmt: skip
        if action.state == "measured" and not (action.measured or action.remark):
            told = N_("{action} was measured again; write in what, and what came out, below measured in.")
            yield _warning(action.line, told, action=action.code)


def _warning(line: int, template: str, **values: str | int) -> PlanWarning:
    return PlanWarning(line, Sentence(template, values))
