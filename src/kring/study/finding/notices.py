"""What must be said beside every figure over a study: of its files, of what was left out, and of its definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kring.domain.study.definitions import Changed, by_study, changed
from kring.domain.study.model import Study
from kring.domain.study.themes import Count
from kring.study.finding.upkeep import Held
from kring.system.i18n import _, ngettext


def people_told(count: Count) -> str:
    """Return by how many people in how many groups something was said, and how often."""
    if not count.mentions:
        return _("said by nobody")
    people = ngettext("{n} person", "{n} people", count.people).format(n=count.people)
    groups = ngettext("{n} group", "{n} groups", count.groups).format(n=count.groups)
    mentions = ngettext("{n} mention", "{n} mentions", count.mentions).format(n=count.mentions)
    return ", ".join((people, groups, mentions))


def left_out(groups: Iterable[Held]) -> list[str]:
    """Return what was left out of the groups, and why."""
    out = [held.group for held in groups]
    refused = sum(group.withheld.refused for group in out)
    unsure = sum(group.withheld.unknown + group.withheld.unnamed for group in out)
    withdrawn = sum(group.withdrawn for group in out)
    told = []
    if refused:
        template = ngettext(
            "{n} quote is left out: who said it does not want to be quoted.",
            "{n} quotes are left out: who said them does not want to be quoted.",
            refused,
        )
        told.append(template.format(n=refused))
    if unsure:
        template = ngettext(
            "{n} quote is left out: it is not known whether it may be quoted.",
            "{n} quotes are left out: it is not known whether they may be quoted.",
            unsure,
        )
        told.append(template.format(n=unsure))
    if withdrawn:
        template = ngettext(
            "{n} participant withdrew: nothing of theirs is here.",
            "{n} participants withdrew: nothing of theirs is here.",
            withdrawn,
        )
        told.append(template.format(n=withdrawn))
    return told


def definitions(study: Study, groups: Mapping[int, Held], called: Mapping[int, str]) -> list[str]:
    """Return where groups went by another definition of a segment: that which a session keeps, else the study's."""
    held = {number: one.group for number, one in groups.items() if one.group.started}
    of_groups = {
        number: group.definitions or by_study(study.segments, date.fromisoformat(group.started[:10]))
        for number, group in held.items()
    }
    return [_changed(one, called) for one in changed(of_groups)]


def _changed(one: Changed[int], called: Mapping[int, str]) -> str:
    parts = []
    for definition, groups in one.groups:
        template = _("{groups} by “{definition}”") if definition else _("{groups} without a definition")
        who = ", ".join(called[group] for group in groups)
        parts.append(template.format(groups=who, definition=definition))
    return _("Segment {segment}: {parts}.").format(segment=one.segment, parts="; ".join(parts))
