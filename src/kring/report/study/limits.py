"""What the figures and findings of a study do not tell: who was missed, what was left out, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kring.domain.measures.presence import no_shows, took_part
from kring.domain.study.groups import Group
from kring.domain.study.themes import counted
from kring.domain.text import one_line
from kring.report.parts import Listing, Section
from kring.report.study.material import Material
from kring.study.finding import notices
from kring.study.finding.passages import segment_key
from kring.system.i18n import _, ngettext

FEW = 30
"""Below so many people a share says nothing (R.A. Krueger and M.A. Casey, "Focus Groups")."""


def limits(material: Material, *, for_team: bool) -> Section:
    """Return the limits of the study; the team is told of every file and every line of the text."""
    told = [*_of_people(material), *_of_what_was_said(material)]
    told += (*material.said, *material.unresolved) if for_team else _of_files(material)
    return Section("limits", _("Limits"), (Listing(tuple(told)),))


def _of_people(material: Material) -> Iterator[str]:
    people = sum(len(took_part(one.state, one.now)) for one in material.snapshots.values())
    there = ngettext("{n} person", "{n} people", people).format(n=people)
    told = _("{people} took part. Focus groups can't tell what share of everybody the study is about thinks so.")
    yield told.format(people=there)
    if 0 < people < FEW:
        yield _("That is fewer than {n}, so people are counted and no percentages are given.").format(n=FEW)
    absent = sum(len(no_shows(one.state, one.now)) for one in material.snapshots.values())
    if absent:
        told = ngettext(
            "{n} person who was invited did not show up; what they think is not in this report.",
            "{n} people who were invited did not show up; what they think is not in this report.",
            absent,
        )
        yield told.format(n=absent)
    if missed := [group for group in material.planned if group.state == "missed"]:
        told = ngettext("Group {groups} was not held.", "Groups {groups} were not held.", len(missed))
        yield told.format(groups=_numbers(missed))
    if coming := [group for group in material.planned if group.state in ("planned", "prepared")]:
        told = ngettext("Group {groups} is still to come.", "Groups {groups} are still to come.", len(coming))
        yield told.format(groups=_numbers(coming))
    for segment in material.study.segments:
        groups = [number for number in material.snapshots if _has(material, number, segment.name)]
        if len(groups) == 1 and len(material.snapshots) > 1:
            yield _("Segment {segment} was in one group only: what belongs to that segment and what to that evening "
                    "can't be told apart.").format(segment=one_line(segment.name))  # fmt: skip
        elif not groups and material.snapshots:
            yield _("Nobody of segment {segment} took part.").format(segment=one_line(segment.name))


def _numbers(groups: Iterable[Group]) -> str:
    return ", ".join(one_line(group.number) or "?" for group in groups)


def _has(material: Material, number: int, segment: str) -> bool:
    return any(segment_key(person.segment) == segment_key(segment) for person in material.groups[number].people)


def _of_what_was_said(material: Material) -> Iterator[str]:
    """Yield what was left out of what was said, and what nobody is sure of."""
    held = [material.groups[number] for number in material.snapshots]
    yield from notices.left_out(held)
    themes = counted(one for one in material.mentions if one.session in material.snapshots)
    if themes.unsure:
        told = ngettext(
            "{n} person with a theme is known only by the log of who spoke.",
            "{n} people with a theme are known only by the log of who spoke.",
            themes.unsure,
        )
        yield told.format(n=themes.unsure)
    passages = {(one.session, one.passage) for one in material.mentions if not one.person}
    if passages:
        told = ngettext(
            "Of {n} mention of a theme it is not known who said it.",
            "Of {n} mentions of a theme it is not known who said it.",
            len(passages),
        )
        yield told.format(n=len(passages))


def _of_files(material: Material) -> Iterator[str]:
    """Yield how much is said to the team alone."""
    if n := len(material.unresolved):
        told = ngettext(
            "{n} note that a finding or a hypothesis points to can't be shown here.",
            "{n} notes that findings or hypotheses point to can't be shown here.",
            n,
        )
        yield told.format(n=n)
    if n := len(material.said):
        told = ngettext(
            "{n} remark on the session files is in the edition for the team.",
            "{n} remarks on the session files are in the edition for the team.",
            n,
        )
        yield told.format(n=n)
