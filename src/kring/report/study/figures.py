"""Figures over all groups: themes, in which groups, people and mentions are three things, and saturation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kring.domain.study import saturation as rule
from kring.domain.study.themes import Count, ThemeRow, matrix
from kring.domain.text import one_line
from kring.report.parts import Block, Column, Paragraph, Section, Table
from kring.report.study.material import Material
from kring.report.words import NOTHING
from kring.study.finding.comparing import Line, lines
from kring.study.finding.passages import segment_key
from kring.system.i18n import _, decimal, ngettext

LEAST_FOR_CLIENT = 2
"""A theme of fewer people is one voice; for the client it is counted in a line."""


def themes(material: Material, least: int = 1) -> Section | None:
    """Return the themes of at least so many people by segment: groups, people and mentions apart."""
    rows = matrix(one for one in material.mentions if one.session in material.snapshots)
    if not rows:
        return None
    shown = [row for row in rows if row.total.people >= least]
    blocks: list[Block] = [
        Paragraph(
            _(
                "Each cell tells in how many groups, by how many people and how often it was mentioned. Somebody who "
                "says a thing twelve times is one person. Who did not mention it is not against it."
            ),
            "reading",
        )
    ]
    blocks += [_table(material, shown)] if shown else []
    if rest := len(rows) - len(shown):
        told = ngettext(
            "{n} theme was mentioned by one person, or by nobody who is known.",
            "{n} themes were mentioned by one person each, or by nobody who is known.",
            rest,
        )
        blocks.append(Paragraph(told.format(n=rest)))
    blocks += [Paragraph(text, "small") for text in _explained(rows)]
    return Section("themes", _("Themes"), tuple(blocks))


def _table(material: Material, rows: list[ThemeRow]) -> Table:
    n = Counter(
        segment_key(person.segment) for number in material.snapshots for person in material.groups[number].people
    )
    segments = material.segments
    columns = [(_("all ({n})").format(n=n.total()), [row.total for row in rows])]
    if len(segments) > 1:
        for key, name in segments.items():
            head = f"{one_line(name) or _('unknown')} ({n[key]})"
            columns.append((head, [row.by_segment.get(key, Count()) for row in rows]))
    heads = (Column(_("Theme")), *(Column(head, True) for head, _cells in columns))
    told = tuple(
        (one_line(material.themes.get(row.theme, row.theme)), *(_cell(cells[place]) for _head, cells in columns))
        for place, row in enumerate(rows)
    )
    return Table(_("Groups / people / mentions"), heads, told)


def _cell(count: Count) -> str:
    if not count.mentions:
        return NOTHING
    return f"{count.groups} / {count.people}{'?' if count.unsure else ''} / {count.mentions}"


def _explained(rows: list[ThemeRow]) -> Iterator[str]:
    if any(row.total.unsure for row in rows):
        yield _("? = some of these people are known only by the log of who spoke; nobody confirmed it.")
    if any(not segment and not count.people for row in rows for segment, count in row.by_segment.items()):
        yield _("Words of an unknown speaker are a mention, and of no person.")


def saturation(material: Material) -> Section | None:
    """Return how many new themes each group brought, in the order held and in other orders, with what that is not."""
    held = {number: material.groups[number] for number in material.snapshots}
    those = [one for one in material.mentions if one.session in held]
    found = lines(held, those, rule.BASE, rule.RUN) if those else []
    if not found:
        return None
    line = found[0]
    caution = _(
        "This is a sign, and no proof: it counts tags and codes, as far as the groups were coded, and what no group "
        "said is in no figure."
    )
    if len(line.sessions) == 1:
        told = _("With one group there is no line yet.")
        return Section("saturation", _("Saturation"), (Paragraph(told, "reading"), Paragraph(caution)))
    heads = (_("New"), _("Known after it"), _("Lowest"), _("Middle"), _("Highest"))
    columns = (Column(_("Group")), *(Column(head, True) for head in heads))
    rows = tuple(
        (material.called[number], *map(str, (new, known, spread.low, spread.middle, spread.high)))
        for number, new, known, spread in zip(line.sessions, line.new, line.known, line.spread, strict=True)
    )
    orders = (_("all {n} orders") if line.are_all else _("{n} orders drawn")).format(n=line.orders)
    told = _("The groups came in one order of many: lowest, middle and highest are what a group in that place brings "
             "in {orders} of the same groups.")  # fmt: skip
    blocks = (
        Paragraph(_of_runs(material, line), "reading"),
        Table(_("New themes in each group, in the order in which they were held"), columns, rows),
        Paragraph(told.format(orders=orders), "small"),
        Paragraph(caution),
    )
    return Section("saturation", _("Saturation"), blocks)


def _of_runs(material: Material, line: Line) -> str:
    """Return what the last groups brought beside the first ones, where there are enough to say."""
    if not line.runs:
        told = _("{n} groups were held; with fewer than {least} it is not said whether much new is still to come.")
        return told.format(n=len(line.sessions), least=rule.BASE + rule.RUN)
    last = line.runs[-1]
    told = _("The last {run} groups brought {new} new themes beside {base} in the first {first} ({share} %).")
    share = decimal(100 * last.ratio) if last.ratio is not None else NOTHING
    return told.format(run=rule.RUN, new=last.new, base=sum(line.new[: rule.BASE]), first=rule.BASE, share=share)
