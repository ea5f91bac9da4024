"""Which columns of a list of participants leave in a file with codes: those known to be harmless, and those allowed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence

from kring.domain.state import State
from kring.domain.text import Refused, folded, one_line
from kring.privacy.contacts import SPAN_OF_YEARS
from kring.system.i18n import _

_HARMLESS_IN_WORDS = (
    "leeftijd, age, leeftijdsgroep, leeftijdscategorie, leeftijdsklasse, age group, age range, geslacht, gender, sex, "
    "m/v, v/m, m/v/x, nps, nps-score, nps score, tevredenheid, satisfaction, regio, region, provincie, province, "
    "landsdeel, opleiding, opleidingsniveau, education, level of education, klanttype, customer type, type klant, "
    "gezinssituatie, household, huishouden"
)
HARMLESS = frozenset(word.strip() for word in _HARMLESS_IN_WORDS.split(","))
"""Headings whose values, alone, point at nobody in a group of some eight."""
_LONGEST = 30
_MOST_DIGITS = 6
_CONTACT = re.compile(r"@|https?:|www\.")


def may_leave(state: State, asked: Iterable[str] = ()) -> frozenset[str]:
    """Return the headings of the columns that leave with codes, each as a whole.

    The plan and whoever asks for the file may allow others. A harmless one stays in where a cell of it holds a way to
    reach somebody or a whole sentence.
    """
    allowed = {folded(one_line(heading)) for heading in (*state.session.columns, *asked)}
    values: dict[str, list[str]] = {}
    for person in state.participants.values():
        for heading, value in person.attributes:
            values.setdefault(heading, []).append(value)
    return frozenset(
        heading
        for heading, cells in values.items()
        if folded(heading) in allowed or (folded(heading) in HARMLESS and not any(map(_says_more, cells)))
    )


def held_back(state: State, asked: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the headings of the columns that stay in, in order; those without a heading have no name to tell."""
    leave = may_leave(state, asked)
    headings = (heading for person in state.participants.values() for heading, _value in person.attributes)
    return tuple(one_line(heading) for heading in dict.fromkeys(headings) if heading not in leave)


def told_held_back(columns: Sequence[str]) -> list[str]:
    """Return what a command says of the columns that stay in, if any, and what lets them leave."""
    if not columns:
        return []
    told = _("Columns of the list that stay in: {columns}. To let one leave: --columns {example}")
    return [told.format(columns=", ".join(columns), example=shlex.quote(columns[0]))]


def require_columns(state: State, asked: Iterable[str]) -> None:
    """Refuse a column that the list doesn't have."""
    there = {heading for person in state.participants.values() for heading, _value in person.attributes}
    known = {folded(heading) for heading in there}
    for heading in asked:
        if folded(one_line(heading)) not in known:
            told = ", ".join(sorted(map(one_line, there))) or "–"
            raise Refused("The list has no column {name}; it has: {columns}.", name=one_line(heading), columns=told)


def _says_more(cell: str) -> bool:
    digits = sum(mark.isdigit() for mark in SPAN_OF_YEARS.sub("", cell))
    return len(cell) > _LONGEST or digits > _MOST_DIGITS or bool(_CONTACT.search(cell))
