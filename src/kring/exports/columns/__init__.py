"""What every table, view and column of a session file is, in plain words: for Datasette, exports and the manual."""

from __future__ import annotations

from kring.exports.columns.described import Described
from kring.exports.columns.planned import PLANNED
from kring.exports.columns.spoken import SPOKEN
from kring.exports.columns.views import VIEWS

TABLES: dict[str, Described] = {**PLANNED, **SPOKEN}
EVERYTHING: dict[str, Described] = {**VIEWS, **TABLES}

__all__ = ["EVERYTHING", "TABLES", "VIEWS", "Described"]
