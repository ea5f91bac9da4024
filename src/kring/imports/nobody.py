"""Names in files that came in as of nobody on the list, and who may be meant by them all the same."""

from __future__ import annotations

from kring.domain.state import State
from kring.imports.names import match_names, people_of


def labels_that_may_be(state: State, code: str) -> tuple[str, ...]:
    """Return the names in files brought in that nobody matched, and that may be those of a participant.

    That is each that fits this participant, perhaps others too: who withdraws is not kept for a name that is unclear.
    """
    names = (row for row in state.import_names.values() if row.participant is None)
    labels = dict.fromkeys((row.label for row in names if row.who in {"unknown", "left_out"}), 1)
    return tuple(
        one.label for one in match_names(labels, people_of(state)) if code in (one.participant, *one.candidates)
    )
