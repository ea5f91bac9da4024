"""All that stands under the questions of a guide, each thing at its question, found in one walk through the rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

from kring.domain import rows as r
from kring.domain.guide_items import question_of
from kring.domain.measures.group.consensus import Consensus
from kring.domain.measures.group.effects import AfterProbe, after_probes
from kring.domain.measures.group.on_question import visits_by_item
from kring.domain.measures.group.yields import Coverage, coverage
from kring.domain.measures.topline import said
from kring.privacy.snapshot import Snapshot
from kring.report.answers.agreement import consensuses
from kring.report.answers.polls import is_answered
from kring.report.said.quotes import may_print, notes_of

T = TypeVar("T")
NOWHERE, MODERATOR, AFTERWARDS = "\0nowhere", "\0moderator", "\0afterwards"
"""Where quotes stand that belong under no question; no id of an item has such a character."""


class Material(Struct, frozen=True):
    """By the id of a question, or of a section where something belongs to that alone."""

    snapshot: Snapshot
    quotes: dict[str, list[r.NoteRow]]
    summaries: dict[str, list[r.NoteRow]]
    said: dict[str, list[r.NoteRow]]
    parked: dict[str, list[r.NoteRow]]
    polls: dict[str, list[r.PollRow]]
    consensuses: dict[str, list[Consensus]]
    yields: dict[str, list[Coverage]]
    planned_probes: dict[str, list[r.GuideRow]]
    probes: dict[str, list[AfterProbe]]
    visits: dict[str, list[r.VisitRow]]

    def has(self, item: str) -> bool:
        """Whether anything is to be told under an item."""
        tables = (self.quotes, self.summaries, self.parked, self.polls, self.consensuses)
        return any(item in table for table in tables)


def material(snapshot: Snapshot) -> Material:
    """Return what stands under which question."""
    state = snapshot.state

    def place(item: str | None) -> str:
        found = question_of(state, item)
        return found.id if found is not None else NOWHERE

    parked = sorted((note for note in state.notes.values() if note.parked and may_print(note)), key=lambda one: one.at)
    probes = (row for row in state.guide.values() if row.kind == "probe" and row.removed_at is None)
    return Material(
        snapshot=snapshot,
        quotes=_grouped(
            (_place_of_quote(snapshot, note, place(note.item)), note) for note in notes_of(snapshot, "quote")
        ),
        summaries=_grouped((place(note.item), note) for note in notes_of(snapshot, "summary")),
        said=_grouped((place(note.item), note) for note in said(state)),
        parked=_grouped((place(note.item), note) for note in parked),
        polls=_grouped((place(poll.item), poll) for poll in state.polls.values() if is_answered(state, poll)),
        consensuses=_grouped((place(one.matter.item), one) for one in consensuses(snapshot)),
        yields=_grouped((place(one.question.id), one) for one in coverage(state)),
        planned_probes=_grouped((place(row.id), row) for row in probes),
        probes=_grouped((place(one.probe.item), one) for one in after_probes(state, snapshot.now)),
        visits=visits_by_item(state),
    )


def _place_of_quote(snapshot: Snapshot, note: r.NoteRow, place: str) -> str:
    """Return under what a quote stands: the question; apart what the moderator said, and what came after the end."""
    if note.speaker_kind == "moderator":
        return MODERATOR
    ended = snapshot.state.session.ended_at
    return AFTERWARDS if ended is not None and note.at > ended else place


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for key, thing in pairs:
        found.setdefault(key, []).append(thing)
    return found
