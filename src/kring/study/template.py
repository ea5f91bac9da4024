"""A study to begin with: a template to fill in, with what the plans in its folder already say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from kring.domain.plan import Plan
from kring.domain.study.model import PlannedGroup, Segment, Study
from kring.domain.text import folded
from kring.plans.study.reader import read_study
from kring.plans.study.writer import study_text
from kring.plans.template import study_template


def text_to_begin_with(plans: Sequence[tuple[str, Plan]], language: str, today: date) -> str:
    """Return the text of a study in `nl` or `en`; of plans (file and plan) their study, segments and groups."""
    study = read_study(study_template(language, today))
    return study_text(_with_plans(study, plans) if plans else study, language)


def _with_plans(study: Study, plans: Sequence[tuple[str, Plan]]) -> Study:
    names: dict[str, str] = {}
    for _file, plan in plans:
        for person in plan.participants:
            if person.segment:
                names.setdefault(folded(person.segment), person.segment)
    segments = tuple(Segment(name=name) for name in names.values())
    groups = [
        PlannedGroup(number=plan.group or str(place), starts_at=plan.starts_at or "", plan=file)
        for place, (file, plan) in enumerate(plans, 1)
    ]
    return replace(
        study,
        title=next((plan.study for _file, plan in plans if plan.study), study.title),
        client=next((plan.client for _file, plan in plans if plan.client), study.client),
        question=next((plan.objective for _file, plan in plans if plan.objective), study.question),
        segments=segments or study.segments,
        personas=() if segments else study.personas,
        groups=tuple(sorted(groups, key=lambda group: group.starts_at)),
    )
