"""The participants in a REFI-QDA project: a case each, with what is known of them as variables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from kring.domain import rows as r
from kring.domain.consent import ALL, SCOPE_WORDS, SCOPES, consent_to
from kring.domain.measures.polls import result, rounds
from kring.domain.state import State
from kring.domain.text import folded, one_line
from kring.exports.account import Unique, short_label
from kring.exports.identity import Identity
from kring.exports.xml_writing import inside
from kring.system.i18n import _

_WHOLE = re.compile(r"-?(0|[1-9]\d{0,8})\Z", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,8})([.,]\d{1,6})?\Z", re.ASCII)

Type = Literal["Text", "Boolean", "Integer", "Float", "Date"]


class Known(NamedTuple):
    """One thing that is known of participants of one session: the value of each of whom it is."""

    key: str
    name: str
    values: dict[str, str]
    is_boolean: bool = False


def put(project: Element, sessions: Sequence[Identity]) -> None:
    """Write variables and cases; a case has the id of the code of its speaker."""
    known = [[one for one in _known(session.snapshot.state) if one.values] for session in sessions]
    if not any(session.snapshot.state.participants for session in sessions):
        return
    types = _types(one for theirs in known for one in theirs)
    if types:
        _put_variables(project, sessions, known, types)
    cases = inside(project, "Cases")
    names = Unique()
    for session, theirs in zip(sessions, known, strict=True):
        people = sorted(session.snapshot.state.participants.values(), key=lambda person: (person.seat, person.id))
        for person in people:
            name = names.take(session.person(session.snapshot.who(person.id)), person.id)
            case = inside(cases, "Case", guid=session.own("case", person.id), name=name)
            for one in theirs:
                if person.id in one.values:
                    value = inside(case, "VariableValue")
                    inside(value, "VariableRef", targetGUID=session.shared("variable", one.key))
                    told = one.values[person.id]
                    inside(
                        value, f"{types[one.key]}Value", told.replace(",", ".") if types[one.key] == "Float" else told
                    )


def _put_variables(
    project: Element, sessions: Sequence[Identity], known: list[list[Known]], types: dict[str, Type]
) -> None:
    told = inside(project, "Variables")
    names = Unique()
    written: set[str] = set()
    for session, theirs in zip(sessions, known, strict=True):
        for one in theirs:
            if one.key not in written:
                written.add(one.key)
                inside(
                    told,
                    "Variable",
                    guid=session.shared("variable", one.key),
                    name=names.take(one.name, one.key),
                    typeOfVariable=types[one.key],
                )


def _types(known: Iterable[Known]) -> dict[str, Type]:
    """Return of what type each variable is, over all sessions: a number or a date only where every value is one."""
    values: dict[str, list[str]] = {}
    booleans: set[str] = set()
    for one in known:
        values.setdefault(one.key, []).extend(one.values.values())
        if one.is_boolean:
            booleans.add(one.key)
    return {key: "Boolean" if key in booleans else _type(those) for key, those in values.items()}


def _type(values: Iterable[str]) -> Type:
    told = list(values)
    if all(_WHOLE.match(value) for value in told):
        return "Integer"
    if all(_NUMBER.match(value) for value in told):
        return "Float"
    return "Date" if all(map(_is_date, told)) else "Text"


def _is_date(value: str) -> bool:
    try:
        return len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _known(state: State) -> Iterator[Known]:
    people = state.participants.values()
    yield Known("segment", _("Segment"), {p.id: one_line(p.segment) for p in people if p.segment})
    for header in dict.fromkeys(header for person in people for header, _value in person.attributes):
        known = {person.id: one_line(dict(person.attributes).get(header, "")) for person in people}
        values = {code: told for code, told in known.items() if told}
        yield Known(f"attribute/{folded(header)}", short_label(header), values)
    others = sorted({row.scope for row in state.consents.values()} - {ALL, *SCOPES})
    for scope in (*SCOPES, *others):
        name = _("Consent: {scope}").format(scope=_(SCOPE_WORDS[scope]) if scope in SCOPE_WORDS else short_label(scope))
        said = {person.id: consent_to(state, person.id, scope) for person in people}
        given = {code: str(consents).lower() for code, consents in said.items() if consents is not None}
        yield Known(f"consent/{scope}", name, given, is_boolean=True)
    for poll in sorted(state.polls.values(), key=lambda poll: poll.id):
        for number in rounds(state, poll) or [1]:
            yield _answers(state, poll, number)


def _answers(state: State, poll: r.PollRow, number: int) -> Known:
    given = result(state, poll, number).answers
    row_id, title = (poll.id, poll.title) if number == 1 else (f"{poll.id}/{number}", f"{poll.title} ({number})")
    return Known(f"poll/{row_id}", short_label(title), given)
