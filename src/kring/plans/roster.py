"""The roster: rows of a table, or lines of a list, become participants with a code and a seat."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from kring.domain.consent import ALL
from kring.domain.plan import Ids, Plan, PlannedParticipant, PlanWarning
from kring.domain.text import N_, Sentence, folded, one_line
from kring.plans.consent import Consents, read_consent
from kring.plans.lines import bare_title

_TITLES = {
    "deelnemers",
    "participants",
    "deelnemerslijst",
    "participant list",
    "roster",
    "lijst van deelnemers",
}
_COLUMNS_IN_WORDS = {
    "code": "code, deelnemerscode, participant code, respondentnummer, respondent, case, participant id",
    "number": "nr, nummer, number, id, no, #",
    "name": "naam, name, voornaam, first name, deelnemer, participant, naam deelnemer, volledige naam, full name",
    "segment": "klantgroep, segment, groep, group, doelgroep, klantsegment, customer group",
    "consent": "toestemming, consent, akkoord",
    "seat": "stoel, seat, plaats, plek, toets, key, zitplaats",
}
_COLUMNS = {word.strip(): column for column, words in _COLUMNS_IN_WORDS.items() for word in words.split(",")}
_CODE = re.compile(r"([A-Za-z]{1,3}\d{1,4})\b[.):]?\s?")
_PARTS = re.compile(r"\s?[,;(|–—\t]\s?|\s-\s")
_NO_CONSENT = ((ALL, False),)
_UNCERTAIN = N_("“{words}” is not understood as consent and counts as no; say yes, no, or the scopes by name.")
_MOST = 200  # a table of more rows is no roster of a focus group


def is_roster_title(title: str) -> bool:
    """Whether a heading opens the list of participants, and not a section in which they do something."""
    return bare_title(title) in _TITLES


def names_people(header: Sequence[str]) -> bool:
    """Whether a header row belongs to a list of participants: it has a column for names, and another one."""
    known = {_COLUMNS.get(bare_title(cell), "") for cell in header}
    return "name" in known and len(header) > 1


def read_roster(
    rows: Sequence[tuple[int, list[str]]], source: str = ""
) -> tuple[tuple[PlannedParticipant, ...], list[PlanWarning]]:
    """Return the participants in numbered rows of cells; the first row names the columns, if it does."""
    warnings: list[PlanWarning] = []
    filled = [(line, [one_line(cell) for cell in cells]) for line, cells in rows]
    filled = [(line, cells) for line, cells in filled if any(cells)]
    if not filled:
        return (), warnings
    columns = _columns(filled[0][1])
    if "name" not in columns and "code" not in columns:
        sentence = Sentence(N_("No column of this list is called name; the first ones are read as code and name."))
        warnings.append(PlanWarning(filled[0][0], sentence, source))
        headers, columns = [], _guessed_columns(filled[0][1])
    else:
        headers = filled.pop(0)[1]
    if len(filled) > _MOST:
        sentence = Sentence(N_("Only the first {count} participants are read."), {"count": _MOST})
        warnings.append(PlanWarning(filled[_MOST][0], sentence, source))
    people = [_person(line, cells, headers, columns) for line, cells in filled[:_MOST]]
    warnings += [
        PlanWarning(person.line, Sentence(_UNCERTAIN, {"words": person.consent}), source)
        for person in people
        if read_consent(person.consent) is None
    ]
    return _with_codes_and_seats(people, warnings, source), warnings


def read_person_line(line: int, text: str) -> tuple[int, list[str]]:
    """Return a line such as `P1 Fatima, trouw` as a row of code, name, segment …"""
    code = _CODE.match(text)
    rest = text[code.end() :] if code else text
    return line, [code[1] if code else "", *(part.strip(" )") for part in _PARTS.split(rest))]


def with_roster(plan: Plan, rows: Sequence[tuple[int, list[str]]], source: str) -> Plan:
    """Return the plan with the participants of a roster file; those in the plan itself stay first."""
    people, warnings = read_roster(rows, source)
    known = {folded(person.name) for person in plan.participants}
    together = [*plan.participants, *(person for person in people if folded(person.name) not in known)]
    participants = _with_codes_and_seats(together, warnings, source)
    return msgspec.structs.replace(plan, participants=participants, warnings=(*plan.warnings, *warnings))


def _columns(header: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for position, cell in enumerate(header):
        column = _COLUMNS.get(bare_title(cell) or cell)
        if column:
            columns.setdefault(column, position)
    if "number" in columns and "code" not in columns:
        columns["code"] = columns["number"]
    columns.pop("number", None)
    return columns


def _guessed_columns(first: list[str]) -> dict[str, int]:
    if len(first) > 1 and (not first[0] or _CODE.fullmatch(first[0]) or first[0].isdigit()):
        return {"code": 0, "name": 1, "segment": 2}
    return {"name": 0, "segment": 1}


def _person(line: int, cells: list[str], headers: list[str], columns: dict[str, int]) -> PlannedParticipant:
    def cell(column: str) -> str:
        position = columns.get(column, len(cells))
        return cells[position] if position < len(cells) else ""

    seat = cell("seat")
    is_seat = seat.isascii() and seat.isdigit() and len(seat) < 4
    read = {position for column, position in columns.items() if column != "seat" or is_seat}
    attributes = tuple(
        (headers[position] if position < len(headers) and headers[position] else str(position + 1), value)
        for position, value in enumerate(cells)
        if position not in read and value
    )
    return PlannedParticipant(
        code=_code(cell("code")),
        name=cell("name") or cell("code"),
        seat=int(seat) if is_seat else 0,
        segment=cell("segment"),
        attributes=attributes,
        consent=cell("consent"),
        consents=_consents(cell("consent")),
        line=line,
    )


def _consents(cell: str) -> Consents:
    """Return what a cell grants; who names scopes does not consent to the others."""
    consents = read_consent(cell)
    if consents is None:
        return _NO_CONSENT
    names_some = any(given for _scope, given in consents) and ALL not in dict(consents)
    return (*_NO_CONSENT, *consents) if names_some else consents


def _code(text: str) -> str:
    code = "".join(mark for mark in text if mark.isalnum() or mark in "-_.")[:20]
    return f"P{int(code)}" if code.isascii() and code.isdigit() and len(code) < 5 else code


def _with_codes_and_seats(
    people: Sequence[PlannedParticipant], warnings: list[PlanWarning], source: str
) -> tuple[PlannedParticipant, ...]:
    codes = Ids()
    wanted = {person.code for person in people if person.code}
    free_codes = (f"P{number}" for number in range(1, 10_000) if f"P{number}" not in wanted)
    taken_seats = {person.seat for person in people if person.seat}
    free_seats = (number for number in range(1, 10_000) if number not in taken_seats)
    given_seats: set[int] = set()
    found: list[PlannedParticipant] = []
    for person in people:
        code = codes.take(person.code or next(free_codes))
        if person.code and code != person.code:
            values = {"code": person.code, "other": code}
            sentence = Sentence(N_("The code {code} is used twice; here it is read as {other}."), values)
            warnings.append(PlanWarning(person.line, sentence, source))
        seat = person.seat if person.seat and person.seat not in given_seats else next(free_seats)
        given_seats.add(seat)
        found.append(msgspec.structs.replace(person, code=code, name=person.name or code, seat=seat))
    return tuple(found)
