"""The rows that came out of a file, and which of them another file holds too."""

from __future__ import annotations

from typing import Any

from kring.domain import rows as r
from kring.domain.state import State

BROUGHT = tuple(row_type for row_type in r.ROWS if "import_id" in row_type.__struct_fields__)
"""The tables of which rows can come out of a file."""


def rows_of(state: State, import_id: str) -> list[Any]:
    """Return the rows that count of what was brought in."""
    rows = (row for row_type in BROUGHT for row in state.tables[row_type.TABLE].values())
    return [row for row in rows if getattr(row, "import_id", None) == import_id and not _is_out(row)]


def kept_by_others(state: State, import_id: str) -> dict[str, str]:
    """Return the rows of a file that stay when it is taken out, each with the file that holds it too.

    What hangs on a message stays with it.
    """
    others = [one for one in state.imports.values() if one.id != import_id and one.removed_at is None]
    holders: dict[str, str] = {}
    for other in others:
        for row_id in other.also:
            holders.setdefault(row_id, other.id)
    rows = rows_of(state, import_id) if holders else []
    kept = {row.id: holders[row.id] for row in rows if row.id in holders}
    reactions = (row for row in rows if isinstance(row, r.ReactionRow) and row.note in kept)
    return kept | {row.id: kept[row.note] for row in reactions}


def _is_out(row: r.Row) -> bool:
    return getattr(row, "removed_at", None) is not None
