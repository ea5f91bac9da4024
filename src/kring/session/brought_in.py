"""The files that were brought into a session, told as a list; nothing that reads such files is loaded for it."""

from __future__ import annotations

from kring.domain.decide.bringing_in import numbered
from kring.domain.rows import ImportRow
from kring.domain.state import State
from kring.domain.text import N_
from kring.system.i18n import _

CAME_IN: dict[str, str] = {
    "messages": N_("messages"),
    "reactions": N_("reactions"),
    "utterances": N_("utterances"),
    "signals": N_("signals of the meeting"),
    "stays": N_("times in the meeting or its waiting room"),
    "answers": N_("answers to polls"),
    "responses": N_("respondents of a survey"),
    "attachments": N_("files kept"),
    "sound": N_("pieces of sound"),
}
"""What came in of a file, as a row of `imports` counts it."""


def counted(row: ImportRow) -> str:
    """Return how much of each came in of a file."""
    return ", ".join(f"{_(CAME_IN.get(what, what))}: {count}" for what, count in row.counts)


def listed(state: State) -> list[str]:
    """Return the files that were brought in, each with its number, also of what was taken out: a number stays."""
    files = numbered(state)
    if not files:
        return [_("No file was brought in.")]
    lines = [f"{number}  {row.file}  {row.source}  {_standing(row)}" for number, row in files]
    kept = {row.sha256 for row in state.attachments.values() if row.erased_at is None} if state.withdrawn else set()
    names = ", ".join(f"{number} {row.file}" for number, row in files if row.sha256 in kept)
    if names:
        told = _(
            "Somebody withdrew, and these are kept as they came, with what is theirs: {names}. Erase: --erase-file N"
        )
        lines.append(told.format(names=names))
    return lines


def _standing(row: ImportRow) -> str:
    return counted(row) if row.removed_at is None else _("taken out")
