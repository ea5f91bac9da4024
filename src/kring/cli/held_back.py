"""What a command says of the columns of the list of participants that stay in."""

from __future__ import annotations

import shlex

from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _


def told_held_back(snapshot: Snapshot) -> list[str]:
    """Return which columns stay in, if any, and what lets them leave."""
    columns = snapshot.held_back
    if not columns:
        return []
    told = _("Columns of the list that stay in: {columns}. To let one leave: --columns {example}")
    return [told.format(columns=", ".join(columns), example=shlex.quote(columns[0]))]
