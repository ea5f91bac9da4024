"""`kring study report` and `kring study export`: what leaves a study, of exactly the sessions that are its own."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from kring.cli.importing.progress import told as telling
from kring.cli.leaving.written import told_written
from kring.cli.parser import speak
from kring.cli.report import USUAL, writer
from kring.cli.study import progress
from kring.cli.study.asked import Asked
from kring.domain.text import KringError, clean, one_line
from kring.exports.identity import groups_of
from kring.plans.file import refuse_plan
from kring.privacy.replaced import told_codes
from kring.privacy.snapshot import Opened
from kring.privacy.study_text import StudyText
from kring.privacy.together import leaving_together, opened_once, participants_of
from kring.report.coreq.answers import leaders
from kring.report.study.content import study_report
from kring.report.study.material import Material
from kring.session.open import local_day
from kring.study.finding.evidence import evidence
from kring.study.folder import read_folder
from kring.study.kto.joint import Joint, joint
from kring.study.kto.reading import surveys_of
from kring.study.recruiting.coreq import recruited
from kring.study.standing import standing
from kring.system.clock import SystemClock
from kring.system.i18n import _, language, say
from kring.system.output_files import replacing

LEADER = 1
"""The item of COREQ that asks who led the groups."""
SHARED = 2
"""Why somebody refused is told of so many people or more: what one person said is theirs, and may be an illness."""


def report_command(asked: Namespace) -> int:
    """Write the report of a study in the form that the name of the file tells."""
    if asked.out is not None and not asked.out.is_dir():
        writer(asked.out)  # which refuses a form that there is not before anything is read
    with Asked(asked) as about, telling(_("The report is being made")):
        material, text = material_of(about)
        folder = about.finding.folder
        out = _target(folder, material.study.title, asked.out)
        content = writer(out)(study_report(material, asked.reader))
        for one in material.snapshots.values():
            refuse_plan(out, one.state)
        with replacing(out, force=asked.force) as file:
            file.write(content)
        told = _told(out, material, text)
    sys.stdout.write("".join(f"{clean(line)}\n" for line in told))
    return 0


def _target(folder: Path, title: str, out: Path | None) -> Path:
    name = f"{one_line(title).replace('/', '-').strip('. ') or folder.resolve().name}{USUAL}"
    if out is None:
        return folder / name
    return out / name if out.is_dir() else out


def _told(out: Path, material: Material, text: StudyText) -> list[str]:
    """Return what is said of the file: what was replaced, session by session and in the text of the study."""
    name = _("text of the study")
    of_text = [] if material.with_names and not text.replaced.codes else told_codes(text.replaced)
    snapshots = list(material.snapshots.values())
    written = told_written(out, *snapshots) if snapshots else [_("{file} is written.").format(file=out)]
    return [*written, *(f"{name}: {line}" for line in of_text), *material.unresolved, *material.said]


def material_of(about: Asked) -> tuple[Material, StudyText]:
    """Return what the report of a study is made of, and how its text is told."""
    finding, groups, with_names = about.finding, about.groups, about.with_names
    held = {number: one for number, one in groups.items() if one.group.started_at is not None}
    opened = opened_once([finding.file_of(number) for number in held], with_events=False)
    names = participants_of(opened, groups_of, with_names, about.study.language or language())
    text = StudyText(names, about.study, with_names=with_names)
    today = local_day(SystemClock(), simulated=False)
    coreq = {item: text.told(answer) for item, answer in _coreq(about, opened, today).items()}
    by_id = {one.state.session.id: one for one in leaving_together(opened, groups_of, with_names)} if opened else {}
    found = [evidence(finding, one) for one in about.study.findings]
    thought = [evidence(finding, one) for one in about.study.hypotheses]
    source = about.study.source.rpartition("/")[2]
    surveys = surveys_of(finding.folder, about.study)
    beside = joint(about.study, surveys, finding)
    problems = [told for one in (*found, *thought, *(one.evidence for one in beside)) for told in one.problems]
    study = text.told(about.study)
    material = Material(
        study=replace(study, title=study.title or finding.folder.resolve().name),
        planned=text.told(standing(finding.folder, today).groups),
        today=today,
        groups=groups,
        called={number: text.told(name) for number, name in about.called.items()},
        snapshots={number: by_id[one.group.id] for number, one in held.items()},
        mentions=tuple(finding.mentions()),
        themes=finding.names_of_themes(),
        findings=tuple(found),
        hypotheses=tuple(thought),
        surveys=tuple(map(text.survey, surveys)),
        joint=tuple(_told_joint(text, one) for one in beside),
        said=tuple(text.told(say(one)) for one in finding.said),
        unresolved=tuple(text.told(f"{source}:{line}: {say(sentence)}") for line, sentence in problems),
        coreq=coreq,
        with_names=with_names,
    )
    return material, text


def _coreq(about: Asked, opened: Sequence[Opened], today: date) -> dict[int, str]:
    """Return what is known of the whole study: who led its groups, and how people were recruited."""
    leader = leaders([one.state.session for one in opened], with_names=about.with_names)
    return ({LEADER: leader} if leader else {}) | recruited(about.study.title, about.finding.folder, today, SHARED)


def _told_joint(text: StudyText, one: Joint) -> Joint:
    """Return a figure beside quotes with its own words as they may leave; the quotes are told by their sessions."""
    figures = [
        (text.survey(survey), each._replace(question=text.question(each.question))) for survey, each in one.figures
    ]
    return one._replace(named=text.told(one.named), figures=figures)


def export_command(asked: Namespace) -> int:
    """Export the sessions of a study as one, as `kring export` does of files that are named."""
    from kring.cli.export import export_command as export

    with progress.told() as reads:
        folder = read_folder(asked.folder, reads)
    speak(asked, folder.study.language)
    files = [folder.path / one.file for one in folder.sessions]
    if not files:
        raise KringError("{folder} holds no session of this study.", folder=str(folder.path))
    done = export(Namespace(**(vars(asked) | {"files": files})))
    sys.stdout.write("".join(f"{clean(say(one))}\n" for one in folder.remarks))
    return done
