"""The participants in a REFI-QDA project: a case each, with what is known of them as variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from kring.domain import rows as r
from kring.domain.measures.polls import result, rounds
from kring.domain.state import State
from kring.domain.text import one_line
from kring.exports.account import Unique, short_label
from kring.exports.xml_writing import inside
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _

_WHOLE = re.compile(r"-?\d{1,9}\Z")

Type = Literal["Text", "Boolean", "Integer"]


class Variable(NamedTuple):
    """Something that is known of participants, and the value of each of whom it is."""

    id: str
    name: str
    type: Type
    values: dict[str, str]


def put(project: Element, snapshot: Snapshot) -> None:
    """Write variables and cases; a case has the id of the code of its speaker."""
    people = sorted(snapshot.state.participants.values(), key=lambda person: (person.seat, person.id))
    if not people:
        return
    variables = [variable for variable in _variables(snapshot.state) if variable.values]
    names = Unique()
    if variables:
        told = inside(project, "Variables")
        for variable in variables:
            name = names.take(variable.name, variable.id)
            inside(
                told, "Variable", guid=snapshot.guid("variable", variable.id), name=name, typeOfVariable=variable.type
            )
    cases = inside(project, "Cases")
    names = Unique()
    for person in people:
        name = names.take(snapshot.who(person.id), person.id)
        case = inside(cases, "Case", guid=snapshot.guid("case", person.id), name=name)
        for variable in variables:
            if person.id in variable.values:
                value = inside(case, "VariableValue")
                inside(value, "VariableRef", targetGUID=snapshot.guid("variable", variable.id))
                inside(value, f"{variable.type}Value", variable.values[person.id])


def _variables(state: State) -> Iterator[Variable]:
    people = state.participants.values()
    yield Variable("segment", _("Segment"), "Text", {p.id: one_line(p.segment) for p in people if p.segment})
    for header in dict.fromkeys(header for person in people for header, _value in person.attributes):
        known = {person.id: one_line(dict(person.attributes).get(header, "")) for person in people}
        yield Variable(
            f"attribute/{header}", short_label(header), "Text", {code: told for code, told in known.items() if told}
        )
    for scope in sorted({row.scope for row in state.consents.values()}):
        name = _("Consent: {scope}").format(scope=_("all") if scope == "all" else short_label(scope))
        given = {row.participant: str(row.given).lower() for row in state.consents.values() if row.scope == scope}
        yield Variable(f"consent/{scope}", name, "Boolean", given)
    for poll in sorted(state.polls.values(), key=lambda poll: poll.id):
        for number in rounds(state, poll) or [1]:
            yield _answers(state, poll, number)


def _answers(state: State, poll: r.PollRow, number: int) -> Variable:
    given = result(state, poll, number).answers
    are_numbers = all(_WHOLE.match(value) for value in given.values())
    row_id, title = (poll.id, poll.title) if number == 1 else (f"{poll.id}/{number}", f"{poll.title} ({number})")
    return Variable(f"poll/{row_id}", short_label(title), "Integer" if are_numbers else "Text", given)
