"""What was asked, and who took part: groups by segments, planned, held, and who came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kring.domain.measures.presence import counts, took_part
from kring.domain.study.groups import Group, Places
from kring.domain.study.model import Segment
from kring.domain.study.same_question import differ, same
from kring.domain.study.words import GROUP_STATES
from kring.domain.text import folded, one_line
from kring.plans.study.rules import rule_text
from kring.report.group import came_told
from kring.report.parts import Block, Column, Figures, Listing, Paragraph, Section, Table
from kring.report.study.material import Material, joined
from kring.report.words import NOTHING, day_told
from kring.study.finding import notices
from kring.study.finding.choices import questions_of
from kring.study.finding.evidence import figures
from kring.study.finding.notices import people_told
from kring.system.i18n import _


def day_of(iso: str) -> str:
    """Return a day in full, of one in ISO."""
    return day_told(date.fromisoformat(iso))


def asked(material: Material) -> Section | None:
    """Return what the study asked, how much there is, and which questions were put in how many groups."""
    study = material.study
    held = material.planned
    people = sum(len(took_part(one.state, one.now)) for one in material.snapshots.values())
    minutes = sum(group.minutes for group in held if group.session)
    blocks: list[Block] = []
    if study.question:
        blocks.append(Paragraph("", "reading", one_line(study.question)))
    if study.audience is not None and study.audience.text.strip():
        blocks.append(Paragraph(_("About: {audience}").format(audience=one_line(study.audience.text))))
    blocks.append(
        Figures(
            (
                (str(len(material.snapshots)), _("groups held"), _of_planned(material)),
                (str(people), _("participants"), ""),
                (f"{minutes // 60}:{minutes % 60:02d}", _("hours of talk"), _("from start to end, together")),
            )
        )
    )
    came_out = [
        f"{one_line(f'{one.code} {one.text}')} ({people_told(figures(told.quotes))})" if told.quotes
        else one_line(f"{one.code} {one.text}")
        for one, told in zip(study.findings, material.findings, strict=True)
    ]  # fmt: skip
    blocks += [Paragraph("", "plain", _("What came out")), Listing(tuple(came_out))] if came_out else []
    blocks += _questions(material)
    return Section("asked", _("What was asked"), tuple(blocks))


def _of_planned(material: Material) -> str:
    planned = len(material.planned)
    return _("of {n} in the plan").format(n=planned) if planned > len(material.snapshots) else ""


def _questions(material: Material) -> Iterator[Block]:
    groups = {number: material.groups[number] for number in material.snapshots}
    together = same(questions_of(groups))
    if not together:
        return
    rows = []
    for puts in together:
        was = {put.session for put in puts if put.question.was_asked}
        sign = " *" if differ(puts) else ""
        rows.append((f"{one_line(puts[0].text)}{sign}", str(len(was)), str(len({put.session for put in puts}))))
    columns = Column(_("Question")), Column(_("Asked in groups"), True), Column(_("In the guide of groups"), True)
    yield Table(_("The questions of the guides"), columns, tuple(rows))
    if any(differ(puts) for puts in together):
        yield Paragraph(_("* = not put in the same words in every group."), "small")


def took_part_in(material: Material) -> Section | None:
    """Return the groups with who came of each segment, and who belongs to a segment, where that changed too."""
    groups = material.planned
    if not groups:
        return None
    names = list(dict.fromkeys(place.segment for group in groups for place in group.places))
    columns = (
        Column(_("Group")), Column(_("When")), Column(_("State")),
        *(Column(one_line(name) or _("unknown"), True) for name in names), Column(_("Together"), True),
    )  # fmt: skip
    rows = tuple(_group_row(group, names) for group in groups)
    blocks: list[Block] = [
        Table(
            _("Who came, by segment, and how many were wanted; for a group still to come, who is on the list"),
            columns,
            rows,
        ),
        Listing(tuple(_came(material))),
    ]
    defined = [line for segment in material.study.segments for line in _defined(segment)]
    if defined:
        blocks += [Paragraph("", "plain", _("Who belongs to a segment")), Listing(tuple(defined))]
    differing = notices.definitions(material.study, material.groups, material.called)
    blocks += [Paragraph(line, "plain", _("Not defined alike in all groups.")) for line in differing]
    return Section("people", _("Who took part"), tuple(block for block in blocks if block != Listing(())))


def _group_row(group: Group, names: list[str]) -> tuple[str, ...]:
    from_plan = {folded(place.segment): place for place in group.places}
    cells = [_place(from_plan.get(folded(name))) for name in names]
    day = group.day
    when = day_told(day) if day is not None else NOTHING
    state = _state(group)
    return (one_line(group.number) or "?", when, state, *cells, str(sum(place.there for place in group.places)))


def _place(place: Places | None) -> str:
    if place is None:
        return NOTHING
    if place.wanted is None:
        return str(place.there)
    least, most = place.wanted.least, place.wanted.most
    wanted = str(least) if least == most else f"{least}–{most}"
    return f"{place.there} ({wanted})"


def _state(group: Group) -> str:
    lasted = f"{group.minutes // 60}:{group.minutes % 60:02d}" if group.minutes else ""
    return joined(_(GROUP_STATES[group.state]), lasted)


def _came(material: Material) -> Iterator[str]:
    """Yield how many of who was invited came, by group: those who stayed away are no part of any figure."""
    for number, one in material.snapshots.items():
        if counts(one.state, one.now).invited:
            yield f"{material.called[number]}: {came_told(one)}"


def _defined(segment: Segment) -> Iterator[str]:
    for one in segment.definitions:
        since = _("from {day}").format(day=day_told(one.since)) if one.since is not None else ""
        yield f"{joined(segment.name, since)}: {one_line(one.text or rule_text(one.rule))}"
