"""Where groups of a study went by another definition of a segment: a session keeps that of its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from kring.domain.study.model import Definition, Segment
from kring.domain.study.segments import in_force

Group = TypeVar("Group")


class Changed(NamedTuple, Generic[Group]):
    """A segment of which the definition changed, with the groups of each one; None is before the first began."""

    segment: str
    groups: list[tuple[Definition | None, list[Group]]]


def changed(segments: Sequence[Segment], days: Mapping[Group, date]) -> list[Changed[Group]]:
    """Return the segments that not all of these groups have by the same definition, with the groups in their order."""
    found = []
    for segment in segments:
        by_definition: dict[Definition | None, list[Group]] = {}
        for group, day in days.items():
            by_definition.setdefault(in_force(segment, day), []).append(group)
        if len(by_definition) > 1:
            found.append(Changed(segment.name, list(by_definition.items())))
    return found
