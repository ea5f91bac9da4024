"""A plan and the study that lies beside it: its segments, its personas, and what of the two does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from kring.domain.measures.group.named_in_guide import Named, named_in
from kring.domain.plan import Plan, PlannedParticipant, PlanWarning, SegmentDefinition
from kring.domain.study.called import is_of_another
from kring.domain.study.model import Study
from kring.domain.study.segments import segments_of
from kring.domain.text import N_, KringError, Sentence, folded
from kring.plans.study.file import read_study_file
from kring.plans.study.rules import rule_text

PERSONA = "persona"
"""The heading of the column in which a list of participants names personas."""


def with_study(plan: Plan, text: Path) -> Plan:
    """Return a plan with what the study in a file beside it says, where the plan names that study or none."""
    try:
        study = read_study_file(text)
    except KringError as problem:
        said = Sentence(N_("The study beside the plan is left out: {problem}"), {"problem": problem.sentence})
        return replace(plan, warnings=(*plan.warnings, PlanWarning(0, said)))
    if is_of_another(plan.study, study.title):
        return replace(plan, warnings=(*plan.warnings, *doubts_of(study, plan)))
    joined = joined_with(plan, study)
    return replace(joined, warnings=(*joined.warnings, *doubts_of(study, joined)))


def joined_with(plan: Plan, study: Study) -> Plan:
    """Return a plan as one of a study: whoever has no segment gets that whose rule they alone meet on its day."""
    day = date.fromisoformat(plan.starts_at[:10]) if plan.starts_at else date.max
    return replace(
        plan,
        study=plan.study or study.title,
        client=plan.client or study.client,
        definitions=tuple(
            SegmentDefinition(
                segment=segment.name,
                definition=one.text or rule_text(one.rule),
                since=one.since.isoformat() if one.since else None,
            )
            for segment in study.segments
            for one in segment.definitions
        ),
        personas=study.personas,
        participants=tuple(_with_segment(person, study, day) for person in plan.participants),
    )


def _with_segment(person: PlannedParticipant, study: Study, day: date) -> PlannedParticipant:
    if person.segment:
        return person
    met = segments_of(study.segments, dict(person.attributes), day)
    return replace(person, segment=met[0]) if len(met) == 1 else person


def doubts_of(study: Study, plan: Plan) -> Iterator[PlanWarning]:
    """Yield where a plan names what its study does not know, and who seems to be of another segment."""
    if is_of_another(plan.study, study.title):
        said = Sentence(N_("The plan names the study {study}, and this one is called {title}."),
                        {"study": plan.study, "title": study.title})  # fmt: skip
        yield PlanWarning(0, said)
    if study.groups and plan.group and all(folded(group.number) != folded(plan.group) for group in study.groups):
        yield PlanWarning(0, Sentence(N_("The study has no group {group}."), {"group": plan.group}))
    if plan.segment and study.segments and study.segment(plan.segment) is None:
        yield PlanWarning(0, Sentence(N_("The study has no segment {segment}."), {"segment": plan.segment}))
    for name in names_in(plan.persona):
        if study.persona(name) is None:
            yield PlanWarning(0, Sentence(N_("The study has no persona {persona}."), {"persona": name}))
    for item in plan.guide:
        if item.kind == "note" and (named := named_in(item.text)) is not None:
            yield from _of_names(study, named, item.line)
    for person in plan.participants:
        yield from _of_person(study, plan, person)


def _of_names(study: Study, named: Named, line: int) -> Iterator[PlanWarning]:
    """Yield which personas or segments that a line of the guide names are not of the study."""
    for name in named.names:
        if named.what == "persona" and study.persona(name) is None:
            yield PlanWarning(line, Sentence(N_("The study has no persona {persona}."), {"persona": name}))
        if named.what == "segment" and study.segments and study.segment(name) is None:
            yield PlanWarning(line, Sentence(N_("The study has no segment {segment}."), {"segment": name}))


def _of_person(study: Study, plan: Plan, person: PlannedParticipant) -> Iterator[PlanWarning]:
    day = date.fromisoformat(plan.starts_at[:10]) if plan.starts_at else date.max
    told = {"code": person.code, "segment": person.segment}
    if person.segment and study.segments and study.segment(person.segment) is None:
        said = Sentence(N_("{code} is of the segment {segment}, which the study does not have."), told)
        yield PlanWarning(person.line, said, plan.roster_file)
    met = segments_of(study.segments, dict(person.attributes), day)
    if person.segment and met and all(folded(one) != folded(person.segment) for one in met):
        said = Sentence(N_("{code} is in {segment} on the list, and meets the definition of {others}."),
                        told | {"others": ", ".join(met)})  # fmt: skip
        yield PlanWarning(person.line, said, plan.roster_file)
    for heading, name in person.attributes:
        if folded(heading).strip() == PERSONA and study.personas and study.persona(name) is None:
            said = Sentence(N_("{code} stands beside the persona {persona}, which the study does not have."),
                            {"code": person.code, "persona": name})  # fmt: skip
            yield PlanWarning(person.line, said, plan.roster_file)


def names_in(persona: str) -> list[str]:
    """Return the personas that a plan names, between commas or semicolons."""
    return [name.strip() for name in persona.replace(";", ",").split(",") if name.strip()]
