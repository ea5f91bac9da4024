"""The checks of each person as a table: people by tests, each test with a letter, each cell with how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase
from typing import Literal

import msgspec

from kring.domain.measures.presence import by_seat
from kring.domain.rows import CheckRow, IssueRow, ParticipantRow
from kring.domain.state import State
from kring.domain.state.row_table import Rows, kept_by_table
from kring.domain.text import folded

Standing = Literal["done", "failed", "waived", "open"]
ADMITTED = "a"
"""The letter of the first column: whether somebody was let in, which their attendance says."""
TAKEN = frozenset("abdefinrtvyz")
"""Letters that mean something else while people come in; no test gets one of them."""


class Column(msgspec.Struct, frozen=True):
    """One test: its letter, what it is called, and of which pattern of the plan which part it is."""

    letter: str
    title: str
    pattern: str
    part: str


class Cell(msgspec.Struct, frozen=True):
    """How one test of one person stands; `check` is None in the column of who was let in."""

    standing: Standing
    check: CheckRow | None = None
    issue: IssueRow | None = None


class GridRow(msgspec.Struct, frozen=True):
    """One person with a cell for each column; nothing of who withdrew."""

    person: ParticipantRow
    cells: tuple[Cell, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to test; of who withdrew, does not come or left nothing is."""
        return self.person.status in ("no_show", "left") or all(
            cell.standing in ("done", "waived") for cell in self.cells
        )


class Grid(msgspec.Struct, frozen=True):
    """The table as it stands."""

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]

    @property
    def counts(self) -> tuple[int, int]:
        """Return how many cells are settled, and how many there are, of those who are still expected or came."""
        cells = [cell for row in self.rows if row.person.status not in ("no_show", "left") for cell in row.cells]
        return sum(cell.standing in ("done", "waived") for cell in cells), len(cells)


def grid(state: State) -> Grid:
    """Return the table: a row for each seat, the tests of the plan in its order behind the column of who was let in."""
    return _grid(state.checks, state.issues, state.participants)


@kept_by_table
def _grid(checks: Rows[CheckRow], issues: Rows[IssueRow], participants: Rows[ParticipantRow]) -> Grid:
    tests = _columns(checks)
    failed = {issue.failed_check: issue for issue in issues.values() if issue.failed_check and issue.ended_at is None}
    by_place = {
        (check.participant, check.pattern, check.title): check
        for check in checks.values()
        if check.participant and check.removed_at is None
    }
    rows = []
    for person in by_seat(participants):
        cells = [Cell("done" if is_in(person) else "open")]
        for column in tests[1:]:
            check = by_place.get((person.id, column.pattern, column.part))
            issue = failed.get(check.id) if check is not None else None
            cells.append(Cell(standing(check, issue), check, issue))
        rows.append(GridRow(person, () if person.withdrawn_at is not None else tuple(cells)))
    return Grid(tests, tuple(rows))


def columns(state: State) -> tuple[Column, ...]:
    """Return the columns; a letter of the title that is free, else any that is."""
    return _columns(state.checks)


def _columns(checks: Rows[CheckRow]) -> tuple[Column, ...]:
    patterns = [check for check in checks.values() if check.each and check.removed_at is None]
    tests = [
        (pattern.id, part)
        for pattern in sorted(patterns, key=lambda pattern: pattern.position)
        for part in pattern.parts or (pattern.title,)
    ]
    letters = _letters([part for _pattern, part in tests])
    found = [Column(letter, part, pattern, part) for letter, (pattern, part) in zip(letters, tests, strict=True)]
    return (Column(ADMITTED, "", "", ""), *found)


def _letters(titles: Sequence[str]) -> list[str]:
    given: list[str] = []
    for title in titles:
        own = [mark for mark in folded(title) if mark in ascii_lowercase]
        free = (mark for mark in (*own, *ascii_lowercase) if mark not in TAKEN and mark not in given)
        given.append(next(free, ""))
    return given


def is_in(person: ParticipantRow) -> bool:
    """Whether somebody was let in, wherever they are now."""
    return person.status in ("present", "away", "left")


def standing(check: CheckRow | None, issue: IssueRow | None) -> Standing:
    """Return how a check stands: while its technical issue is open it failed; a person without it needs none."""
    if check is None or check.waived_at is not None:
        return "waived"
    if issue is not None:
        return "failed"
    return "done" if check.done_at is not None else "open"


def is_settled(check: CheckRow) -> bool:
    """Whether nothing is left to do for a check: it was ticked, or does not apply."""
    return check.done_at is not None or check.waived_at is not None


def issue_of(state: State, check: CheckRow) -> IssueRow | None:
    """Return the open technical issue of a check that failed."""
    return next((one for one in state.issues.values() if one.failed_check == check.id and one.ended_at is None), None)
