"""The items of the guide: in which section one stands, and where `next` and `back` go."""

from __future__ import annotations

from kring.domain.rows import GuideRow
from kring.domain.state import State
from kring.domain.state.row_table import Rows, kept_by_table

DEEPEST = 8
"""How far up is looked for a section; parents may go round in a circle."""


def is_there(state: State, item_id: str) -> bool:
    """Whether an item is in the guide and was not taken out."""
    return item_id in state.guide and state.guide[item_id].removed_at is None


def section_of(state: State, item_id: str | None) -> GuideRow | None:
    """Return the section or break in which an item stands."""
    item = state.guide.get(item_id or "")
    for _ in range(DEEPEST):
        if item is None or item.parent is None:
            return item
        item = state.guide.get(item.parent)
    return item


def is_within(state: State, item_id: str, top: str) -> bool:
    """Whether an item is another one, or stands below it."""
    item = state.guide.get(item_id)
    for _ in range(DEEPEST):
        if item is None or item.id == top:
            return item is not None
        item = state.guide.get(item.parent or "")
    return False


def question_of(state: State, item_id: str | None) -> GuideRow | None:
    """Return the question, or else the section, in which an item stands."""
    item = state.guide.get(item_id or "")
    for _ in range(DEEPEST):
        if item is None or item.parent is None or item.kind == "question":
            return item
        item = state.guide.get(item.parent)
    return section_of(state, item_id)


def sections(state: State) -> list[GuideRow]:
    """Return the sections and breaks of the guide, in order, skipped ones too."""
    return list(_sections(state.guide))


@kept_by_table
def _sections(guide: Rows[GuideRow]) -> list[GuideRow]:
    found = [row for row in guide.values() if row.parent is None and row.removed_at is None]
    return sorted((row for row in found if row.kind in ("section", "break")), key=lambda row: row.position)


def is_skipped(state: State, item: GuideRow) -> bool:
    """Whether an item is skipped, by itself or with its section."""
    section = section_of(state, item.id)
    return item.skipped_at is not None or (section is not None and section.skipped_at is not None)


def openable(state: State) -> list[GuideRow]:
    """Return where `next` stops, in order: questions, breaks, and sections that hold more than questions."""
    return list(_openable(state.guide))


@kept_by_table
def _openable(guide: Rows[GuideRow]) -> list[GuideRow]:
    alive = sorted((row for row in guide.values() if row.removed_at is None), key=lambda row: row.position)
    stops: list[GuideRow] = []
    for index, row in enumerate(alive):
        if row.kind in ("question", "break"):
            stops.append(row)
        elif row.kind == "section":
            following = alive[index + 1] if index + 1 < len(alive) else None
            if following is None or following.kind != "question" or following.parent != row.id:
                stops.append(row)
    return stops


def following(state: State, item_id: str | None) -> GuideRow | None:
    """Return the item to which `next` goes from here: the first one behind it that is not skipped."""
    here = state.guide.get(item_id or "")
    place = here.position if here else -1
    ahead = (stop for stop in openable(state) if stop.position > place and not is_skipped(state, stop))
    return next(ahead, None)


def preceding(state: State, item_id: str | None) -> GuideRow | None:
    """Return the item before this one."""
    here = state.guide.get(item_id or "")
    before = [stop for stop in openable(state) if here is not None and stop.position < here.position]
    return before[-1] if before else None
