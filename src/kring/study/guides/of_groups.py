"""The guide of each group of a study: as its session has it, else as its plan does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from kring.domain.plan import GuideItem
from kring.domain.rows import GuideRow
from kring.domain.study.groups import Group
from kring.domain.study.guide_changes import GuideLine
from kring.domain.text import KringError, one_line
from kring.study.finding.reading import SessionFile
from kring.study.folder import StudyFolder
from kring.study.standing import Standing


class GroupGuide(msgspec.Struct, frozen=True):
    """The guide of a group, of which nobody's name is told that the session keeps."""

    group: Group
    lines: tuple[GuideLine, ...]


def guides_of(found: Standing) -> list[GroupGuide]:
    """Return the guides there are, in the order of the groups; a session that can't be read has none."""
    guides = [GroupGuide(group, tuple(_lines(found.folder, group))) for group in found.groups]
    return [guide for guide in guides if guide.lines]


def guide_of(guides: Iterable[GroupGuide], number: str) -> GroupGuide:
    """Return the guide of a group by its number; raises KringError where there is none."""
    every = list(guides)
    found = next((guide for guide in every if guide.group.number == one_line(number)), None)
    if found is None:
        groups = ", ".join(guide.group.number or "?" for guide in every) or "–"
        raise KringError("There is no guide of a group {word}; there are: {groups}.", word=number, groups=groups)
    return found


def _lines(folder: StudyFolder, group: Group) -> Iterator[GuideLine]:
    if group.session:
        try:
            with SessionFile(folder.path / group.session) as file:
                rows = [row for row in file.state().guide.values() if row.removed_at is None]
        except KringError:
            return
        yield from _told([(row, row.title) for row in sorted(rows, key=lambda row: row.position)])
        return
    plan = next((one.plan for one in folder.plans if one.path.name == group.plan), None)
    if plan is not None:
        yield from _told([(item, item.text) for item in plan.guide])


def _told(items: list[tuple[GuideRow, str]] | list[tuple[GuideItem, str]]) -> Iterator[GuideLine]:
    texts = {item.id: one_line(text) for item, text in items}
    numbers = {item.id: item.number for item, _text in items}
    for item, text in items:
        if item.kind in ("section", "break", "question", "probe"):
            yield GuideLine(
                id=item.id,
                kind=item.kind,
                text=one_line(text),
                number=item.number or numbers.get(item.parent or "", ""),
                below=texts.get(item.parent or "", ""),
                parent=item.parent or "",
                planned_s=item.planned_s,
                must_ask=item.must_ask,
            )
