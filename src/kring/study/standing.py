"""How a study stands on a day: what its folder holds, put together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kring.domain.plan import PlanWarning
from kring.domain.study.due import Due, due
from kring.domain.study.groups import Group, groups_of
from kring.domain.study.recruiting.inviting import recruited
from kring.domain.study.segments import differing
from kring.study.finding.evidence import unresolved_so_far
from kring.study.folder import StudyFolder, read_folder
from kring.study.reads import Reads, read_all
from kring.study.recruitment_list.place import list_files
from kring.study.recruitment_list.reading import RecruitmentList, read_list


class Standing(Struct, frozen=True):
    """A study on a day: its folder, its groups by number, and what is to be done, by day."""

    folder: StudyFolder
    groups: tuple[Group, ...]
    todo: tuple[Due, ...]
    today: date
    unresolved: tuple[PlanWarning, ...] = ()
    """What its findings and hypotheses point to, and can't be shown."""
    people: RecruitmentList | None = None
    """Whom somebody recruits for it; None where there is no list."""

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


def standing(path: Path, today: date, reads: Reads = read_all) -> Standing:
    """Return how the study in a folder stands; raises KringError where there is no folder."""
    folder = read_folder(path, reads)
    pointing, unread = unresolved_so_far(folder.path, folder.study, reads)
    folder = replace(folder, unread=max(folder.unread, unread))
    return with_people(Standing(folder, (), (), today, pointing))


def with_people(found: Standing) -> Standing:
    """Return how a study stands with its recruitment list as that is on the disk now."""
    folder, today = found.folder, found.today
    files = list_files(folder.path)
    people = read_list(files[0], folder.study) if files else None
    plans = [(one.path.name, one.plan) for one in folder.plans]
    told = recruited(folder.study, people.candidates if people else (), today)
    groups = groups_of(folder.study, plans, folder.sessions, today, told)
    return replace(found, groups=tuple(groups), todo=tuple(due(folder.study, groups, today)), people=people)
