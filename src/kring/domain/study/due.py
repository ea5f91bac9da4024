"""What is to be done in a study, and by when: the late first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from kring.domain.study.groups import Group
from kring.domain.study.model import Study
from kring.domain.text import N_, Sentence

QUARTER_DAYS = 91
"""After so many days somebody looks again whether the target audience still is as it is written."""
FULL_DAYS = 7
"""So many days before it a group should be full: then there is time to invite."""


About = Literal["action", "audience", "group", "people", "questions"]
"""What is to be done something about: an action, the target audience, a group, its people, what earlier ones left."""


class Due(Struct, frozen=True):
    """Something to do: what, by which day, about what, and by whom (empty where nobody says).

    `ref` is the code of an action, or the number of a group.
    """

    what: Sentence
    day: date
    about: About
    ref: str = ""
    owner: str = ""

    def late(self, today: date) -> int:
        """How many days it is late; below zero for how many are left."""
        return (today - self.day).days


def due(study: Study, groups: Sequence[Group], today: date) -> list[Due]:
    """Return what is to be done, by day."""
    found = [*_of_actions(study), *_of_audience(study, today), *_of_groups(groups)]
    return sorted(found, key=lambda one: one.day)


def _of_actions(study: Study) -> Iterator[Due]:
    for action in study.actions:
        if action.due is not None and action.state in ("open", "started"):
            told = Sentence(N_("Action {code}: {text}"), {"code": action.code, "text": action.text})
            yield Due(told, action.due, "action", action.code, action.owner)


def _of_audience(study: Study, today: date) -> Iterator[Due]:
    audience = study.audience
    if audience is not None and audience.revised is not None and today - audience.revised > timedelta(QUARTER_DAYS):
        told = Sentence(N_("Look whether the target audience still is as it was on {day}"),
                        {"day": audience.revised.isoformat()})  # fmt: skip
        yield Due(told, audience.revised + timedelta(QUARTER_DAYS), "audience")


def _of_groups(groups: Iterable[Group]) -> Iterator[Due]:
    for group in groups:
        day = group.day
        if day is None:
            continue
        if group.state == "missed":
            told = Sentence(N_("Group {group}: its day has passed, no session here"),
                            {"group": group.number})  # fmt: skip
            yield Due(told, day, "group", group.number)
        elif group.state in ("planned", "prepared"):
            full = day - timedelta(FULL_DAYS)
            for template, missing in (
                (N_("Group {group}: find people, short of {segments}"), [(p.segment, p.short) for p in group.places]),
                (N_("Group {group}: fit, but no yes yet: {segments}"),
                 [(p.segment, p.to_confirm) for p in group.places]),
            ):  # fmt: skip
                segments = ", ".join(f"{segment} {count}" for segment, count in missing if count)
                if segments:
                    told = Sentence(template, {"group": group.number, "segments": segments})
                    yield Due(told, full, "people", group.number)
