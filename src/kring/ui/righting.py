"""What can be put right, to choose from on the screens: newest first."""

from __future__ import annotations

from kring.commands.righting import WORDS, rows_of
from kring.domain.decide import adding
from kring.domain.rows import Row
from kring.domain.state import State
from kring.domain.words import Marked, described, span_of, span_told
from kring.system.i18n import _, language, say
from kring.ui.dialogs import Option
from kring.ui.prompt import GivenAnswer, ListQuestion, Question


def wrong(state: State, row: Row | None = None) -> Question:
    """Return how it is asked what was logged wrong; where the cursor stands on such a row, that is the answer."""
    if row is not None and row.TABLE in WORDS and row.TABLE != "session":
        return GivenAnswer(f"{row.TABLE}/{row.id}")
    found = [(table, one) for table in WORDS for one in rows_of(state, table)]
    found.sort(key=lambda pair: max(at or 0 for at in span_of(pair[1])), reverse=True)
    options = [_option(state, table, one) for table, one in found]
    return ListQuestion(_("Put right"), [*options, *map(_to_add, adding.EXAMPLES)])


def _to_add(table: str) -> Option:
    """Return the option that puts in what was not logged, with how it is typed."""
    kind = WORDS[table][language() == "nl"]
    told = _("Not logged: {kind} (type {example})").format(kind=kind, example=_(adding.EXAMPLES[table]))
    nothing_logged = f"{table}/"
    return Option(nothing_logged, told)


def wrong_called(state: State, wrong_row: str) -> str:
    """Return what a row is called while it is put right: when, what and of which kind; empty where it is no row."""
    table, _slash, row_id = wrong_row.partition("/")
    row = next((one for one in rows_of(state, table) if one.id == row_id), None) if table in WORDS else None
    if row is None:
        return WORDS[table][language() == "nl"] if table in WORDS else ""
    return f"{_told(state, row)}, {WORDS[table][language() == 'nl']}"


def _option(state: State, table: str, row: Row | Marked) -> Option:
    wrong_row = f"{table}/{row.id}"
    return Option(wrong_row, _told(state, row), remark=WORDS[table][language() == "nl"])


def _told(state: State, row: Row | Marked) -> str:
    what = described(state, row)
    return f"{span_told(state, row)}  {what if isinstance(what, str) else say(what)}"
