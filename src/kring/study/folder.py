"""A study is a folder: its text, its plans and its session files; what is wrong with one of them is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from kring.domain.plan import Plan, PlanWarning
from kring.domain.study.called import is_of_another, study_key
from kring.domain.study.groups import SessionSummary, group_key
from kring.domain.study.model import Study
from kring.domain.study.surveys.model import StudySurvey
from kring.domain.text import N_, KringError, Sentence, folded
from kring.plans.file import read_plan_file
from kring.plans.study.beside import doubts_of
from kring.plans.study.file import read_study_file
from kring.plans.study.place import folder_of, text_file
from kring.study import session_files
from kring.study.file_marks import names_in
from kring.study.known_summaries import KnownSummaries
from kring.study.reads import Reads, read_all
from kring.study.summaries import event_ids

_PLANS = (".md", ".markdown", ".txt")
_OPENS_PLAN = re.compile(r"\ufeff?\s*(?:---|\+\+\+)\s*\n")
_LONGEST_FRONT = 4_096


class PlanOfStudy(Struct, frozen=True):
    """A plan in the folder of a study."""

    path: Path
    plan: Plan


class StudyFolder(Struct, frozen=True):
    """What a folder holds of a study; `text_path` is None where nobody wrote its text yet.

    `doubts` are of its plans, where they name what the study does not know; `remarks` of files that can't be used.
    `unread` is how many session files were not read yet.
    """

    path: Path
    study: Study
    text_path: Path | None = None
    plans: tuple[PlanOfStudy, ...] = ()
    sessions: tuple[SessionSummary, ...] = ()
    surveys: tuple[StudySurvey, ...] = ()
    doubts: tuple[PlanWarning, ...] = ()
    remarks: tuple[Sentence, ...] = ()
    unread: int = 0

    @property
    def title(self) -> str:
        """Return what the study is called: as its folder where nothing says."""
        return self.study.title or self.path.resolve().name


def read_folder(path: Path, reads: Reads = read_all) -> StudyFolder:
    """Read the folder of a study, or the folder in which its text lies; raises KringError where there is none."""
    folder = folder_of(path)
    if not folder.is_dir():
        raise KringError("There is no folder {folder}; begin one with: kring study new {folder}", folder=str(folder))
    remarks: list[Sentence] = []
    text_path = text_file(folder)
    surveys: tuple[StudySurvey, ...] = ()
    study = Study()
    if text_path is not None:
        study = read_study_file(text_path)
        surveys = _surveys(folder, study)
        study = _with_remarks(study, surveys)
    else:
        remarks.append(
            Sentence(N_("There is no study.md here; write one with: kring study new {folder}"), {"folder": str(folder)})
        )
    plans = tuple(_plans(folder, text_path, study, remarks))
    study = msgspec.structs.replace(study, title=study.title or _named(plans))
    sessions, unread = _sessions(folder, study.title, remarks, reads)
    study = _with_warnings(study, _without_plan(folder, study, plans, sessions) if not unread else ())
    doubts = tuple(_doubts(study, plans)) if text_path is not None else ()
    return StudyFolder(folder, study, text_path, plans, sessions, surveys, doubts, tuple(remarks), unread)


def study_of(folder: Path) -> Study:
    """Return the study that the text in a folder tells; one without a title is called as the plans call it."""
    text_path = text_file(folder)
    study = read_study_file(text_path) if text_path is not None else Study()
    return study if study.title else msgspec.structs.replace(study, title=_named(_plans(folder, text_path, study, [])))


def _surveys(folder: Path, study: Study) -> tuple[StudySurvey, ...]:
    if not study.surveys:
        return ()
    from kring.study.kto.reading import surveys_of  # loads pydantic

    return surveys_of(folder, study)


def _with_remarks(study: Study, surveys: Iterable[StudySurvey]) -> Study:
    """Return a study whose warnings also say what is wrong with the files of its surveys."""
    told = {(one.line, one.sentence.template) for one in study.warnings}
    found = [PlanWarning(survey.line, remark) for survey in surveys for remark in survey.remarks]
    return _with_warnings(study, (one for one in found if (one.line, one.sentence.template) not in told))


def _with_warnings(study: Study, more: Iterable[PlanWarning]) -> Study:
    warnings = sorted([*study.warnings, *more], key=lambda warning: warning.line)
    return msgspec.structs.replace(study, warnings=tuple(warnings))


def _without_plan(
    folder: Path, study: Study, plans: Iterable[PlanOfStudy], sessions: Iterable[SessionSummary]
) -> Iterator[PlanWarning]:
    """Yield which groups to come have a plan that is not there: nothing of them can be prepared or begun."""
    there = {folded(one.path.name) for one in plans}
    held = {group_key(one.group) for one in sessions}
    for group in study.groups:
        if group.plan and folded(group.plan) not in there and group_key(group.number) not in held:
            told = Sentence(N_("The plan of group {group} is not there; make it with: kring new {file}"),
                            {"group": group.number, "file": str(folder / group.plan)})  # fmt: skip
            yield PlanWarning(group.line, told)


def _doubts(study: Study, plans: Iterable[PlanOfStudy]) -> Iterator[PlanWarning]:
    for one in plans:
        found = list(doubts_of(study, one.plan))
        found += [each for each in one.plan.warnings if not each.line and each not in found]  # of its list of people
        for warning in found:
            yield msgspec.structs.replace(warning, source=warning.source or one.path.name)


def _named(plans: Iterable[PlanOfStudy]) -> str:
    """Return the study that all plans name which name one; empty where they don't name the same."""
    names = {study_key(one.plan.study): one.plan.study for one in plans if one.plan.study}
    return next(iter(names.values())) if len(names) == 1 else ""


def _plans(folder: Path, text_path: Path | None, study: Study, remarks: list[Sentence]) -> Iterator[PlanOfStudy]:
    """Yield the plans: texts that open with the facts of a session, or that the study names."""
    named = {folded(group.plan) for group in study.groups if group.plan}
    for name in sorted(name for name in names_in(folder) if name.lower().endswith(_PLANS)):
        path = folder / name
        if path == text_path or not path.is_file():
            continue
        if folded(path.name) not in named and not _opens_a_plan(path):
            continue
        try:
            plan = read_plan_file(path).plan
        except KringError as problem:
            remarks.append(problem.sentence)
            continue
        if plan.guide or plan.study or folded(path.name) in named:
            yield PlanOfStudy(path, plan)


def _opens_a_plan(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return bool(_OPENS_PLAN.match(file.read(_LONGEST_FRONT)))
    except OSError:
        return False


def _sessions(
    folder: Path, study: str, remarks: list[Sentence], reads: Reads
) -> tuple[tuple[SessionSummary, ...], int]:
    """Return the sessions of the study, each once, in order of time, and how many files are not read yet."""
    found: dict[str, list[SessionSummary]] = {}
    known, unread = KnownSummaries(folder), 0
    remarks += session_files.of_names(known.names)
    if not known.paths:
        remarks += [session_files.in_folder_below(each) for each in _with_sessions(folder)]
    for place, path in enumerate(known.paths):
        summary: SessionSummary | Sentence | None = known.known(path)
        if summary is None and session_files.may_be_session(path):
            if unread or not reads(place, len(known.paths)):
                unread += 1
                continue
            summary = known.read(path)
        if isinstance(summary, Sentence):
            remarks.append(summary)
        elif summary is None:
            continue
        elif is_of_another(summary.study, study):
            remarks.append(session_files.of_another(path.name, summary.study))
        else:
            told = session_files.of_one_that_counts(
                path.name, is_newer=summary.is_newer, lost_its_log=summary.lost_its_log
            )
            remarks += [told] if told is not None else []
            found.setdefault(summary.id, []).append(summary)
    known.keep()
    whole = [_one_of(folder, several, remarks) for several in found.values()]
    remarks += session_files.of_several(one.study for one in whole)
    remarks += session_files.of_one_group((group_key(one.group), one.group, one.file) for one in whole)
    return tuple(sorted(whole, key=lambda one: (one.started_at or one.planned_start, one.group, one.file))), unread


def _with_sessions(folder: Path) -> list[str]:
    """Return the names of the folders in a folder in which session files lie."""
    try:
        below = sorted(one.name for one in folder.iterdir() if one.is_dir())
    except OSError:
        return []
    return [name for name in below if session_files.named_as_sessions(folder / name, names_in(folder / name))]


def _one_of(folder: Path, several: list[SessionSummary], remarks: list[Sentence]) -> SessionSummary:
    """Return of the copies of one session the fullest, and say what the others are."""
    first, *others = sorted(several, key=lambda one: session_files.counts_first(one.file, one.events))
    held = event_ids(folder / first.file) if others else frozenset()
    remarks += [session_files.as_copy(one.file, event_ids(folder / one.file), first.file, held) for one in others]
    return first
