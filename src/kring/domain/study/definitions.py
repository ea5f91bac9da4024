"""Where groups of a study went by another definition of a segment: a session keeps that of its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from kring.domain.study.model import Segment
from kring.domain.study.segments import in_force
from kring.domain.text import folded, one_line

Group = TypeVar("Group")


class Changed(NamedTuple, Generic[Group]):
    """A segment that not all groups have by the same definition, with the groups of each; "" is of those without."""

    segment: str
    groups: list[tuple[str, list[Group]]]


def by_study(segments: Sequence[Segment], day: date) -> dict[str, str]:
    """Return the definition of each segment that holds on a day, by the text of the study; none before the first."""
    held = ((segment.name, in_force(segment, day)) for segment in segments)
    return {name: definition.text for name, definition in held if definition is not None}


def changed(of_groups: Mapping[Group, Mapping[str, str]]) -> list[Changed[Group]]:
    """Return the segments of which the definition is not the same in all groups, which come in their order.

    A group that has no definition of any segment says nothing of them.
    """
    names: dict[str, str] = {}
    definitions: dict[Group, dict[str, str]] = {}
    for group, defined in of_groups.items():
        if defined:
            definitions[group] = {folded(one_line(name)): one_line(text) for name, text in defined.items()}
            names = {folded(one_line(name)): one_line(name) for name in defined} | names
    found = []
    for key, name in names.items():
        by_text: dict[str, list[Group]] = {}
        for group, of_group in definitions.items():
            by_text.setdefault(of_group.get(key, ""), []).append(group)
        if len(by_text) > 1:
            found.append(Changed(name, list(by_text.items())))
    return found
