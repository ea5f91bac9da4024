"""How the recruitment of a study stands on a day: its list beside its plan."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kring.domain.plan import PlanWarning
from kring.domain.study.model import Study
from kring.domain.study.recruiting.candidate import Candidate, named, segment_of
from kring.domain.study.recruiting.funnel import FunnelStep, funnel, to_call, unpaid
from kring.domain.study.recruiting.inviting import Extra, Places, extra, group_for, places, room
from kring.domain.study.recruiting.screening import Screening, quota_doubts, screenings
from kring.domain.text import N_, KringError, Sentence
from kring.study.recruitment_list.place import list_files
from kring.study.recruitment_list.reading import RecruitmentList
from kring.study.standing import Standing


class Recruitment(Struct, frozen=True):
    """A study, its list (None where there is none yet), and what both say together.

    `screened` is by line what the screener proposes; `calls` are the people to call, the next one first.
    """

    standing: Standing
    found: RecruitmentList | None
    share: Extra
    places: tuple[Places, ...]
    screened: dict[int, Screening]
    calls: tuple[Candidate, ...]
    steps: tuple[FunnelStep, ...]
    warnings: tuple[PlanWarning, ...]

    @property
    def study(self) -> Study:
        """What the text of the study says."""
        return self.standing.folder.study

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Everybody on the list, in its order."""
        return self.found.candidates if self.found else ()

    @property
    def unpaid(self) -> list[Candidate]:
        """Who came and has not been paid."""
        return unpaid(self.candidates)

    @property
    def path(self) -> Path:
        """The file of the list; raises KringError where there is none."""
        if self.found is None:
            raise KringError("There is no list yet; begin one with: kring study recruit {folder} --new",
                             folder=str(self.standing.folder.path))  # fmt: skip
        return self.found.path

    def segment(self, candidate: Candidate) -> str:
        """Return of which segment somebody is; empty where that is not known."""
        return segment_of(self.study, candidate, self.standing.today)

    def group_for(self, candidate: Candidate) -> str:
        """Return the first group with a place for somebody; empty where there is none."""
        return group_for(self.places, self.segment(candidate))

    def one(self, who: str) -> Candidate:
        """Return whom a number or a name means; raises KringError where that is nobody, or several people."""
        people = named(self.candidates, who)
        if len(people) == 1:
            return people[0]
        if not people:
            raise KringError("{name} is not on the list {file}.", name=who, file=self.path.name)
        numbers = ", ".join(one.number for one in people)
        raise KringError("{name} may be several people; name one by number: {numbers}.", name=who, numbers=numbers)


def recruitment(standing: Standing) -> Recruitment:
    """Return how the recruitment of a study stands."""
    folder, today, found = standing.folder, standing.today, standing.people
    others = ", ".join(path.name for path in list_files(folder.path)[1:])
    list_name = found.path.name if found else ""
    people = found.candidates if found else ()
    planned = places(folder.study, standing.groups, people, today)
    screened = screenings(folder.study, people, room(folder.study, planned, people, today), today)
    share = extra(folder.study)
    source = folder.text_path.name if folder.text_path else ""
    of_quotas = [replace(one, source=source) for one in quota_doubts(folder.study.screener)]
    warnings = [*(found.warnings if found else ()), *of_quotas]
    if share.doubt:
        told = N_("The share {words} is not understood; write it as 20 %. Until then it is the usual one.")
        warnings.append(PlanWarning(0, Sentence(told, {"words": share.doubt}), source))
    if others:
        said = Sentence(N_("{file} is the list, and not: {others}."), {"file": list_name, "others": others})
        warnings.append(PlanWarning(0, said))
    for one in people:
        if one.segment and folder.study.segments and folder.study.segment(one.segment) is None:
            told = N_("The study has no segment {segment}.")
            warnings.append(PlanWarning(one.line, Sentence(told, {"segment": one.segment}), list_name))
        if one.group and standing.groups and not any(one.is_in(group.number) for group in standing.groups):
            told = N_("The study has no group {group}.")
            warnings.append(PlanWarning(one.line, Sentence(told, {"group": one.group}), list_name))
    return Recruitment(
        standing,
        found,
        share,
        tuple(planned),
        screened,
        tuple(to_call(folder.study, people, planned, screened, today)),
        tuple(funnel(people)),
        tuple(warnings),
    )
