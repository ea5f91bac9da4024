"""How a study stands on a day: what its folder holds, put together."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from msgspec import Struct

from kring.domain.plan import PlanWarning
from kring.domain.study.due import Due, due
from kring.domain.study.groups import Group, groups_of
from kring.domain.study.segments import differing
from kring.study.finding.evidence import unresolved
from kring.study.folder import Reads, StudyFolder, read_all, read_folder

AT_ONCE_S = 0.3


class Standing(Struct, frozen=True):
    """A study on a day: its folder, its groups by number, and what is to be done, by day."""

    folder: StudyFolder
    groups: tuple[Group, ...]
    todo: tuple[Due, ...]
    today: date
    unresolved: tuple[PlanWarning, ...] = ()
    """What its findings and hypotheses point to, and can't be shown."""

    @property
    def held(self) -> int:
        """How many groups were held."""
        return sum(group.state == "held" for group in self.groups)

    @property
    def differing(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The segments that the groups held so far do not define alike: each definition, and the groups with it."""
        held = {group.session: group.number or "?" for group in self.groups if group.state == "held"}
        sessions = [(held[one.file], one.definitions) for one in self.folder.sessions if one.file in held]
        return differing(sessions)


def for_a_moment() -> Reads:
    """Return whether to read one more session file: as long as nobody notices that they wait."""
    until = time.monotonic() + AT_ONCE_S
    return lambda _place, _of: time.monotonic() < until


def standing(path: Path, today: date, reads: Reads = read_all) -> Standing:
    """Return how the study in a folder stands; raises KringError where there is no folder."""
    folder = read_folder(path, reads)
    plans = [(one.path.name, one.plan) for one in folder.plans]
    groups = groups_of(folder.study, plans, folder.sessions, today)
    return Standing(
        folder, tuple(groups), tuple(due(folder.study, groups, today)), today, unresolved(folder.path, folder.study)
    )
