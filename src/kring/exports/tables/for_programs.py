"""What of a workbook only programs read: it is there, folded away or hidden, so that people find and print the rest."""

from __future__ import annotations

from functools import cache

from kring.domain.columns import Id, Ref, columns_of, fields
from kring.domain.rows import ROWS
from kring.exports.tables.local_times import LOCAL
from kring.exports.tables.stored import Table

SHEETS = frozenset(
    {
        "speaking", "presence", "coverage", "anchors", "devices", "voice", "segments", "turn_proposals", "imports",
        "import_names", "coded_until", "role_changes", "pacing",
        # told by others: time_by_item, timeline, after_probes, invitations, polls_wide, quotes_by_code
        "visits", "pauses", "probes", "invitations_to_speak", "polls", "poll_rounds", "answers", "codings", "showings",
    }
)  # fmt: skip
"""Sheets that nobody reads: hidden, so that they do not print either."""
_KNOWN = frozenset({"participants", "staff"})
"""Tables of which people know the rows by their ids."""
_TOLD = _KNOWN | {"guide"}
"""Those to which other sheets may lead."""
_CLERICAL = frozenset({"arrival", "position", "written_at_local", "changed_at_local", "removed_at_local"})


def columns(table: Table) -> frozenset[int]:
    """Return the places of the columns that nobody reads: ids, when a row was changed, moments with the local time
    beside them, empty ones.
    """
    ids = _ids(table.name)
    names = set(table.columns)
    return frozenset(
        place
        for place, name in enumerate(table.columns)
        if name in ids or name + LOCAL in names or all(row[place] in (None, "") for row in table.rows)
    )


@cache
def _ids(table: str) -> frozenset[str]:
    row = next((row for row in ROWS if table == row.TABLE), None)
    if row is None:
        return frozenset({"id"})
    own = () if table in _KNOWN else columns_of(row, Id)
    told = _TOLD - {table}
    others = (one.name for one in fields(row) if isinstance(one.column, Ref) and one.column.table not in told)
    return frozenset({*own, *others, *_CLERICAL})


@cache
def leading(table: str) -> frozenset[str]:
    """Return the columns that lead to rows of other sheets: what stands in them is looked up, not read."""
    row = next((row for row in ROWS if table == row.TABLE), None)
    return frozenset(columns_of(row, Ref)) if row is not None else frozenset()
