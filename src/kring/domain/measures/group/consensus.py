"""Consensus: who agrees on a question, who does not, and of whom that is not known.

A matrix of questions by participants (A. Onwuegbuzie, W. Dickinson, N. Leech and A. Zoran, "A Qualitative Framework for
Collecting and Analyzing Data in Focus Group Research", 2009), with agreement and dissent, significant examples of
either, and no response; nodding and shaking the head stand apart, as what was only seen. A question may have statements
that came up on it, each a row. An empty cell is not a silent one: nobody looked yet.
"""

from __future__ import annotations

from collections import Counter
from string import ascii_lowercase

import msgspec

from kring.domain.measures.presence import are_here, seated
from kring.domain.rows import GuideRow, Stance, StatementRow
from kring.domain.state import State
from kring.domain.text import Sentence

FOR: tuple[Stance, ...] = ("agrees", "example_for", "nods")
AGAINST: tuple[Stance, ...] = ("dissents", "example_against", "shakes")


class Matter(msgspec.Struct, frozen=True):
    """What people agree on or not: a question (3.2), or a statement that came up on it (3.2a)."""

    item: str
    statement: str | None
    label: str
    text: str


class Consensus(msgspec.Struct, frozen=True):
    """Where everybody who counts stands on a matter, by code in order of seat; None = nobody looked yet."""

    matter: Matter
    cells: dict[str, Stance | None]

    @property
    def agree(self) -> list[str]:
        """Return who is for it, in words, with an example, or with a nod."""
        return [code for code, stance in self.cells.items() if stance in FOR]

    @property
    def disagree(self) -> list[str]:
        """Return who is against it, in words, with an example, or with a shake of the head."""
        return [code for code, stance in self.cells.items() if stance in AGAINST]

    @property
    def silent(self) -> list[str]:
        """Return who was looked at and gave no response."""
        return [code for code, stance in self.cells.items() if stance == "no_response"]

    @property
    def empty(self) -> list[str]:
        """Return at whom nobody looked yet."""
        return [code for code, stance in self.cells.items() if stance is None]

    @property
    def counts(self) -> dict[Stance, int]:
        """Return how many stand where, as far as anybody does."""
        return dict(Counter(stance for stance in self.cells.values() if stance is not None))


def matters(state: State, item: GuideRow) -> list[Matter]:
    """Return the rows of a question: itself where it has no statement or somebody's stance, then its statements."""
    statements = [
        Matter(item.id, row.id, label, row.text) for label, row in _labelled(state, item) if row.removed_at is None
    ]
    is_used = any(row.item == item.id and row.statement is None for row in state.consensus.values())
    itself = [Matter(item.id, None, item.number or item.title, item.title)]
    return [*(itself if is_used or not statements else []), *statements]


def _labelled(state: State, item: GuideRow) -> list[tuple[str, StatementRow]]:
    """Return the statements of a question with their labels, which are theirs for good: 3.2a, 3.2b … 3.2z, 3.2aa.

    Two that got the same number on two computers are 3.2a1 and 3.2a2.
    """
    mine = sorted((row for row in state.statements.values() if row.item == item.id), key=lambda row: row.number)
    same = {number: [row for row in mine if row.number == number] for number in {row.number for row in mine}}
    return [(f"{item.number}{_letters(row.number - 1)}{_apart(same[row.number], row)}", row) for row in mine]


def _apart(same: list[StatementRow], row: StatementRow) -> str:
    return str(same.index(row) + 1) if len(same) > 1 else ""


def _letters(place: int) -> str:
    return ascii_lowercase[place % 26] * (place // 26 + 1)


def matter_of(state: State, item: GuideRow, statement: str | None) -> Matter:
    """Return a question, or a statement on it, as a matter."""
    found = next(((label, row) for label, row in _labelled(state, item) if row.id == statement), None)
    if found is None:
        return Matter(item.id, None, item.number or item.title, item.title)
    return Matter(item.id, statement, found[0], found[1].text)


def labelled(state: State, label: str) -> Matter | None:
    """Return the statement of this label."""
    wanted = label.strip().casefold()
    for item in state.guide.values():
        if item.number and wanted.startswith(item.number):
            for found, row in _labelled(state, item):
                if found == wanted and row.removed_at is None:
                    return Matter(item.id, row.id, found, row.text)
    return None


def in_use(state: State) -> list[Matter]:
    """Return every matter of which anything was noted, in the order of the guide."""
    items = {row.item for row in state.consensus.values()}
    items |= {row.item or "" for row in state.statements.values() if row.removed_at is None}
    ordered = sorted((row for row in state.guide.values() if row.id in items), key=lambda row: row.position)
    return [matter for item in ordered for matter in matters(state, item)]


def consensus_on(state: State, matter: Matter, here: frozenset[str]) -> Consensus:
    """Return where those who are here stand on a matter, and who was here when that was noted."""
    stances = {
        row.participant: row.stance
        for row in state.consensus.values()
        if (row.item, row.statement) == (matter.item, matter.statement)
    }
    counting = [person.id for person in seated(state) if person.id in here or person.id in stances]
    return Consensus(matter, {code: stances.get(code) for code in counting})


def empty_cells(state: State, item: str, here: frozenset[str]) -> int:
    """Return how many cells of a question nobody looked at yet; none where its matrix is not in use."""
    return sum(len(consensus_on(state, one, here).empty) for one in in_use(state) if one.item == item)


def left_behind(state: State, now: int) -> Sentence | None:
    """Return how many cells are empty on the question that was left last, where its matrix is in use and any is."""
    here = state.open_visit
    if here is None:
        return None
    before = (visit for visit in reversed(state.visits.values()) if visit.ended_at == here.started_at)
    visit = next((one for one in before if one.id != here.id and one.item != here.item), None)
    n = empty_cells(state, visit.item, are_here(state, now)) if visit is not None else 0
    if visit is None or not n:
        return None
    item = state.guide.get(visit.item)
    return Sentence("{item}: cells at which nobody looked: {n}", {"item": item.number if item else "", "n": n})
