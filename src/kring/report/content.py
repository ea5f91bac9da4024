"""The content of a report: which sections there are, in order; one appears when there is something to tell in it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from kring import __version__
from kring.domain.measures.talk_sources import as_reported
from kring.domain.text import one_line
from kring.domain.time_text import time_of_day
from kring.privacy.snapshot import Snapshot
from kring.report import (
    consent,
    course,
    desk_work,
    group,
    guide,
    project,
    rooms,
    said,
    sources,
    summary,
    talk,
    technique,
)
from kring.report.answers import agreement, polls, surveys
from kring.report.coreq.sheet import section as coreq
from kring.report.parts import Report, Section
from kring.report.words import date
from kring.system.i18n import _, language

SECTIONS: tuple[Callable[[Snapshot], Section | None], ...] = (
    summary.summary,
    project.project,
    group.group,
    consent.consent,
    guide.sections,
    guide.coverage_of_questions,
    talk.talk,
    sources.sources,
    rooms.rooms,
    said.quotes,
    said.read_back,
    polls.polls,
    agreement.agreement,
    surveys.surveys,
    said.parked,
    desk_work.codes,
    desk_work.findings,
    desk_work.debrief,
    technique.technique,
    technique.recordings,
    coreq,
    course.timeline,
)


def report_of(snapshot: Snapshot) -> Report:
    """Return the report of a session, in the language in use."""
    session = snapshot.state.session
    counted = replace(snapshot, state=as_reported(snapshot.state))
    found = (make(snapshot if make is sources.sources else counted) for make in SECTIONS)
    return Report(
        language=language(),
        title=one_line(session.title) or _("A focus group"),
        subtitle=_subtitle(snapshot),
        sections=tuple(section for section in found if section is not None),
        colophon=_colophon(snapshot),
    )


def _subtitle(snapshot: Snapshot) -> str:
    session = snapshot.state.session
    parts: list[str] = []
    if session.started_at is not None:
        day = date(snapshot.state, session.started_at)
        parts.append(f"{day}, {time_of_day(snapshot.state, session.started_at)}")
    if session.study:
        parts.append(_("study {study}").format(study=one_line(session.study)))
    if session.group_number:
        parts.append(_("group {number}").format(number=one_line(session.group_number)))
    return " · ".join(parts)


def _colophon(snapshot: Snapshot) -> str:
    told = _("Made by kring {version} from the session file {file}.").format(
        version=__version__, file=one_line(f"{snapshot.stem}{snapshot.path.suffix}")
    )
    if snapshot.codes:
        told += " " + _("Its check code is {code}.").format(code=", ".join(snapshot.codes))
    if snapshot.with_names:
        return told + " " + _("This report holds names: it is personal data, keep it as such.")
    hidden = _(
        "Participants have codes; names that the session knows are replaced in texts too, as far as that goes. What "
        "people said can still give them away: this report holds personal data."
    )
    return f"{told} {hidden}"
