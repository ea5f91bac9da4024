"""The content of the report of a study: one report for its client or for the team."""

from __future__ import annotations

from collections.abc import Sequence

from kring import __version__
from kring.domain.text import one_line
from kring.report.content import Reader
from kring.report.coreq.sheet import SATURATION, SOURCE, sections_together
from kring.report.parts import Paragraph, Report, Section
from kring.report.study import concluded, figures, groups
from kring.report.study.limits import limits
from kring.report.study.material import Material, joined
from kring.report.study.surveys import surveys
from kring.system.i18n import _, language


def study_report(material: Material, reader: Reader = "team") -> Report:
    """Return the report of a study in the language in use; COREQ is for the team."""
    is_for_team = reader == "team"
    found: Sequence[Section | None] = (
        groups.asked(material),
        concluded.findings(material),
        groups.took_part_in(material),
        figures.themes(material, 1 if is_for_team else figures.LEAST_FOR_CLIENT),
        surveys(material),
        figures.saturation(material),
        limits(material, for_team=is_for_team),
        concluded.hypotheses(material),
        concluded.actions(material),
        _coreq(material) if is_for_team else None,
    )
    title = one_line(material.study.title)
    client = _("commissioned by {client}").format(client=one_line(material.study.client))
    return Report(
        language=language(),
        title=title,
        subtitle=_("Report of the study, for the team") if is_for_team else _("Report of the study"),
        sections=tuple(one for one in found if one is not None),
        colophon=_colophon(material),
        facts=joined(_days(material), client if material.study.client.strip() else ""),
        foot=f"{title} · {_personal(material)}",
    )


def _coreq(material: Material) -> Section | None:
    """Return the 32 items, once for all groups that were held."""
    if not material.snapshots:
        return None
    counted = _("Counted in this report, under Saturation: how many themes were new in each group.")
    of_saturation = {SATURATION: counted} if len(material.snapshots) > 1 and figures.saturation(material) else {}
    parts = sections_together(list(material.snapshots.values()), of_saturation | dict(material.coreq))
    return Section("coreq", "COREQ", (Paragraph(_(SOURCE), "small"),), parts)


def _days(material: Material) -> str:
    """Return from when to when the groups were held."""
    days = sorted(material.groups[number].group.started[:10] for number in material.snapshots)
    if not days:
        return _("no group was held yet")
    first, last = (groups.day_of(day) for day in (days[0], days[-1]))
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def _personal(material: Material) -> str:
    return _("holds personal data, with names") if material.with_names else _("holds personal data in codes")


def _colophon(material: Material) -> str:
    told = _("Made by kring {version} from the text of the study and {n} session files.")
    made = told.format(version=__version__, n=len(material.snapshots))
    if material.with_names:
        return f"{made} {_('This report holds names: it is personal data, keep it as such.')}"
    hidden = _(
        "Participants have codes; names that the sessions know are replaced in texts too, as far as that goes. What "
        "people said can still give them away: this report holds personal data."
    )
    return f"{made} {hidden}"
