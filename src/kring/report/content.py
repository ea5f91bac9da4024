"""The content of a report: which sections there are, in order; one appears when there is something to tell in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec.structs import replace

from kring import __version__
from kring.domain.measures.talk_sources import as_reported
from kring.domain.text import one_line
from kring.domain.time_text import time_of_day
from kring.privacy.snapshot import Snapshot
from kring.report import consent, course, desk_work, group, guide, project, rooms, segments, sources, talk, technique
from kring.report.answers import platform, surveys
from kring.report.coreq.sheet import section as coreq
from kring.report.parts import Folded, Report, Section
from kring.report.questions.chapter import chapter
from kring.report.said.first_page import first_page
from kring.report.words import date
from kring.system.i18n import _, language

SECTIONS: tuple[Callable[[Snapshot], Section | None], ...] = (
    first_page,
    chapter,
    segments.segments,
    platform.platform_polls,
    surveys.surveys,
    group.group,
    guide.sections,
    talk.talk,
    sources.sources,
    rooms.rooms,
    consent.consent,
    project.project,
    desk_work.codes,
    desk_work.findings,
    desk_work.debrief,
    desk_work.observers,
    technique.technique,
    technique.recordings,
    coreq,
    course.timeline,
)


OF_THE_TEAM = frozenset(
    {
        sources.sources,
        desk_work.codes,
        desk_work.findings,
        desk_work.debrief,
        desk_work.observers,
        technique.technique,
        technique.recordings,
        coreq,
        course.timeline,
    }
)
"""What is left out for who commissioned the study: technique, method, and what the team noted for itself."""

Reader = Literal["team", "client"]


def report_of(snapshot: Snapshot, reader: Reader = "team", *, with_annexes: bool = False) -> Report:
    """Return the report of a session for the team or for its client, in the language in use.

    `with_annexes` = Word and paper have the timeline too.
    """
    session = snapshot.state.session
    counted = replace(snapshot, state=as_reported(snapshot.state))
    wanted = [make for make in SECTIONS if reader == "team" or make not in OF_THE_TEAM]
    found = [made for make in wanted if (made := make(snapshot if make is sources.sources else counted)) is not None]
    return Report(
        language=language(),
        title=one_line(session.title) or _("A focus group"),
        subtitle=one_line(session.objective),
        sections=tuple(found if reader == "team" else map(_unfolded, found)),
        colophon=_colophon(snapshot),
        facts=_facts(snapshot),
        foot=foot(snapshot),
        with_annexes=with_annexes,
    )


def _unfolded(section: Section) -> Section:
    """Return a section without what is folded: it repeats what stands there."""
    blocks = tuple(block for block in section.blocks if not isinstance(block, Folded))
    return replace(section, blocks=blocks, parts=tuple(map(_unfolded, section.parts)))


def _facts(snapshot: Snapshot) -> str:
    """Return when and where it was, for whom, and which group of which study."""
    state, session = snapshot.state, snapshot.state.session
    parts: list[str] = []
    if session.started_at is not None:
        ended = f"–{time_of_day(state, session.ended_at)}" if session.ended_at is not None else ""
        times = _("{time} h").format(time=f"{time_of_day(state, session.started_at)}{ended}")
        parts.append(f"{date(state, session.started_at)}, {times}")
    if session.platform:
        parts.append(one_line(session.platform))
    if session.study:
        parts.append(_("study {study}").format(study=one_line(session.study)))
    if session.group_number:
        parts.append(_("group {number}").format(number=one_line(session.group_number)))
    if session.client:
        parts.append(_("commissioned by {client}").format(client=one_line(session.client)))
    return " · ".join(parts)


def foot(snapshot: Snapshot) -> str:
    """Return what stands on each page of paper."""
    title = one_line(snapshot.state.session.title) or _("A focus group")
    told = _("holds personal data, with names") if snapshot.with_names else _("holds personal data in codes")
    return f"{title} · {told}"


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
