"""The marks that stand now, newest first, and taking one back: each is made by a key that never takes it back."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from kring.domain.decide import Decision, Facts, checks, decision, floor, guide, notes, righting
from kring.domain.decide.group import leading
from kring.domain.lookup import alive_checks
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.words import called, check_called, note_called


class Mark(msgspec.Struct, frozen=True):
    """A mark that stands: what it is on, since when (epoch ms), and what it says."""

    on: str
    at: int
    text: Sentence


UNMARK: dict[str, Callable[..., Facts]] = {
    "check": checks.untick,
    "skipped": guide.unskip,
    "asked": guide.unask,
    "hand": floor.lower,
    "star": notes.unstar,
    "yield": leading.unhear,
}
"""What takes a mark back, by its kind."""


def unmark(on: str) -> Decision:
    """Take a mark back that is named by its kind and the id of what it is on."""
    kind, _slash, row = on.partition("/")
    return decision(UNMARK[kind], row)


def standing(state: State) -> list[Mark]:
    """Return the marks that can be taken back, the newest first."""
    of_all = (_of_checks, _of_items, _of_yields, _of_people, _of_notes)
    return sorted((mark for of in of_all for mark in of(state)), key=_newest_first)


def _newest_first(mark: Mark) -> int:
    return -mark.at


def _of_checks(state: State) -> list[Mark]:
    found: list[Mark] = []
    for one in alive_checks(state):
        if checks.is_read_off_list(state, one):
            continue
        told = {"what": check_called(state, one)}
        if one.done_at is not None:
            found.append(Mark(f"check/{one.id}", one.done_at, Sentence(N_("ticked: {what}"), told)))
        elif one.waived_at is not None:
            found.append(Mark(f"check/{one.id}", one.waived_at, Sentence(N_("not applicable: {what}"), told)))
    return found


def _of_items(state: State) -> list[Mark]:
    asked, skipped = (righting.marked(state, kind) for kind in ("asked", "skipped"))
    return [
        *(Mark(f"asked/{one.id}", one.at, Sentence(N_("asked: {what}"), {"what": one.text})) for one in asked),
        *(Mark(f"skipped/{one.id}", one.at, Sentence(N_("skipped: {what}"), {"what": one.text})) for one in skipped),
    ]


def _of_yields(state: State) -> list[Mark]:
    return [
        Mark(f"yield/{one.id}", one.heard_at, Sentence(N_("heard: {what}"), {"what": one.title}))
        for one in state.yields.values()
        if one.heard_at is not None and one.removed_at is None
    ]


def _of_people(state: State) -> list[Mark]:
    return [
        Mark(f"hand/{one.id}", one.hand_at, Sentence(N_("hand up: {who}"), {"who": called(state, one.id)}))
        for one in state.participants.values()
        if one.hand_at is not None and one.removed_at is None
    ]


def _of_notes(state: State) -> list[Mark]:
    return [
        Mark(
            f"star/{one.id}",
            one.changed_at or one.written_at,
            Sentence(N_("star: {text}"), {"text": note_called(state, one)}),
        )
        for one in state.notes.values()
        if one.starred and one.removed_at is None
    ]
