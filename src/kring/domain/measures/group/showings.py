"""What is on now: stimulus material that is shown, and the link or file that belongs to the moment."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kring.domain.guide_items import section_of
from kring.domain.rows import GuideRow, ShowingRow
from kring.domain.state import State

LINKED = ("stimulus", "activity", "breakout")


class AtHand(msgspec.Struct, frozen=True):
    """What can be opened now: what it is called, and its link, or the name of its file beside the plan."""

    title: str
    link: str = ""
    file: str = ""


def showings(state: State) -> list[ShowingRow]:
    """Return every time that stimulus material was shown, in order."""
    return sorted(state.showings.values(), key=lambda one: (one.started_at, one.id))


def on_now(state: State) -> list[ShowingRow]:
    """Return the stimulus material that is on, in the order in which it came."""
    return [one for one in showings(state) if one.ended_at is None]


def at_hand(state: State, with_files: bool = True) -> AtHand | None:
    """Return what is on now and can be opened, or has a link: the stimulus, the whiteboard, else the meeting.

    What is shown goes first, then what stands under the question that is open, then under its section; of these the
    next that was not shown yet.
    """
    for row in (*_on(state), *_here(state)):
        if row.url or (row.file and with_files):
            return AtHand(f"{row.label or ''} {row.title}".strip(), row.url or "", row.file or "")
    link = state.session.link
    return AtHand(state.session.platform, link) if link else None


def _on(state: State) -> Iterator[GuideRow]:
    for showing in reversed(on_now(state)):
        if (row := state.guide.get(showing.stimulus)) is not None:
            yield row


def _here(state: State) -> Iterator[GuideRow]:
    here = state.current_item
    if here is None:
        return
    section = section_of(state, here.id)
    alive = [row for row in state.guide.values() if row.kind in LINKED and row.removed_at is None]
    for place in dict.fromkeys((here.id, section.id if section else None)):
        mine = [row for row in alive if place in (row.parent, row.id) and (row.kind != "stimulus" or not row.used_at)]
        yield from sorted(mine, key=lambda row: row.position)
