"""The roster: rows of a table, or lines of a list, become participants with a code and a seat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from kring.domain.consent import ALL
from kring.domain.plan import Ids, Plan, PlannedParticipant, PlanWarning
from kring.domain.text import N_, Sentence, folded, one_line
from kring.plans.lines import bare_title
from kring.plans.people.consent import UNCERTAIN, Consents, leaves_doubt, read_consent, together, told_of_consent
from kring.plans.people.header import (
    Header,
    Rows,
    counts_groups,
    end_of_list,
    find_header,
    lies_on_its_side,
    names_columns,
)
from kring.plans.people.infixes import with_infix
from kring.plans.people.names import group_titles, in_order, is_heading, last_name, two_in_one
from kring.plans.people.reserves import without_cancelled, without_reserves, without_watching
from kring.plans.people.ticks import Ticked, without_ticks
from kring.plans.vocabulary.titles import is_total

_TITLES = {
    "deelnemers",
    "participants",
    "deelnemerslijst",
    "participant list",
    "roster",
    "lijst van deelnemers",
}
_CODE = re.compile(r"([A-Za-z]{1,3}\d{1,4})\b[.):]?\s?")
_PARTS = re.compile(r"\s?[,;(|–—\t]\s?|\s-\s")
_NO_CONSENT = ((ALL, False),)
_UNCERTAIN = N_("“{words}” is not understood as consent and counts as no; say yes, no, or the scopes by name.")
_NO_HEADER = N_(
    "No row of this list names its columns; the first ones are read as code and name, the others stay in this file."
)
_ON_ITS_SIDE = N_("This list has a column for each participant; turn it, so that each has a row.")
_GROUPS = N_("This list has the groups {groups} in it, and all of them get a seat; keep the rows of one group.")
LAST_FIRST = re.compile(r"([^\W\d][^,\d]{0,30}),\s?([^\W\d][^,\d]{0,30})")
"""A name that seems to be written `Vries, Joke de`."""
_NO_NAME = N_("“{name}” is no name; look whether Excel made a number or a date of it.")
_TWICE = N_("{name} is on the list twice, at line {line} too; add a last name, or take one out.")
_IS_TURNED = N_("“{written}” is read as {name}; put first names into a column of their own to be sure.")
_MAY_BE_TURNED = N_("“{written}” may be a last name first; write {name} if so.")
_RESERVES = N_(
    "Reserves get no seat (line {lines}); who comes all the same is taken in during the session, as a new participant."
)
_CANCELLED = N_("Who cancelled gets no seat (line {lines}); take that word out for whoever comes after all.")
_WATCHING = N_("Observers get no seat (line {lines}); take that word out for whoever takes part after all.")
_TICKED = N_(
    "“{mark}” below {column} is read as yes (line {lines}); write no, or the scopes by name, where that is wrong."
)
_CROSSED = N_("“{mark}” below {column} is read as no (line {lines}); write yes where that is wrong.")
LINE_COLUMNS = ("code", "naam", "segment", "toestemming")
"""What the first cells are of a row that is read of a line."""
_COUNTED = re.compile(r"\d{1,3}(?:\s?(?:jaar|jr\.?|years?(?: old)?|yrs?|y/?o|jahre|ans))?", re.IGNORECASE)
_JOINED = re.compile(r"\bjoin|timestamp|time joined")
_MOST = 200  # a table of more rows is no roster of a focus group


def is_roster_title(title: str) -> bool:
    """Whether a heading opens the list of participants, and not a section in which they do something."""
    return bare_title(title) in _TITLES


def names_people(header: Sequence[str]) -> bool:
    """Whether a header row belongs to a list of participants: it has a column for names, and another one."""
    return len(header) > 1 and names_columns(header)


def lists_people(rows: Rows) -> bool:
    """Whether some row names the columns of a list of participants."""
    return find_header([(line, [one_line(cell) for cell in cells]) for line, cells in rows]) is not None


def read_roster(rows: Rows, source: str = "") -> tuple[tuple[PlannedParticipant, ...], list[PlanWarning]]:
    """Return the participants in numbered rows of cells; the row that names the columns may have others above it."""
    warnings: list[PlanWarning] = []
    filled = [(line, [one_line(cell) for cell in cells]) for line, cells in rows]
    filled = [(line, cells) for line, cells in filled if any(cells)]
    if not filled:
        return (), warnings
    header = find_header(filled)
    if header is None:
        warnings.append(PlanWarning(filled[0][0], Sentence(_NO_HEADER), source))
        header = Header(-1, [], _guessed_columns(filled[0][1]))
    above, listed = filled[: max(header.place, 0)], filled[header.place + 1 :]
    if lies_on_its_side(filled):
        return (), [PlanWarning(filled[0][0], Sentence(_ON_ITS_SIDE), source)]
    end = end_of_list(listed, header.cells)
    passed = [(*above,), (*listed[end:],)]
    warnings += [PlanWarning(part[0][0], _passed_over(part), source) for part in passed if part]
    people = _people(listed[:end], header, warnings, source)
    groups = dict.fromkeys(person.segment for person in people)
    titles = group_titles(filled)
    if len(titles) > 1:
        groups = dict.fromkeys(titles)
    if len(titles) > 1 or (len(groups) > 1 and counts_groups(header, groups)):
        values = {"groups": ", ".join(group for group in groups if group)}
        warnings.append(PlanWarning(people[0].line, Sentence(_GROUPS, values), source))
    warnings += [
        PlanWarning(person.line, Sentence(_UNCERTAIN, {"words": person.consent}), source)
        for person in people
        if read_consent(person.consent) is None
    ]
    return _with_codes_and_seats(people, warnings, source), warnings


def _passed_over(rows: Rows) -> Sentence:
    lines = [line for line, _cells in rows]
    if len(lines) == 1:
        return Sentence(N_("Line {line} is no participant and is passed over."), {"line": lines[0]})
    if lines[-1] - lines[0] >= len(lines):  # people or empty lines between them
        return Sentence(
            N_("Lines {lines} are no participants and are passed over."), {"lines": ", ".join(map(str, lines))}
        )
    return Sentence(
        N_("Lines {first} to {last} are no participants and are passed over."), {"first": lines[0], "last": lines[-1]}
    )


def _people(rows: Rows, header: Header, warnings: list[PlanWarning], source: str) -> list[PlannedParticipant]:
    """Return a person for each row that names somebody; who comes again in a report of a platform is one person."""
    people: list[PlannedParticipant] = []
    nobody: list[tuple[int, list[str]]] = []
    joins = any(_JOINED.search(folded(cell)) for cell in header.cells)
    invited, reserves = without_reserves(rows, header)
    coming, cancelled = without_cancelled(invited, header)
    taking_part, watching = without_watching(coming, header)
    named: list[tuple[int, list[str]]] = []
    for line, cells in taking_part:
        name = _person(line, cells, header).name
        is_nobody = not name or is_total(name) or is_total(next(cell for cell in cells if cell))
        is_nobody = is_nobody or is_heading(cells, header) or list(cells) == header.cells
        (nobody if is_nobody else named).append((line, cells))
    ticked, ticks = without_ticks(named, header)
    warnings += [PlanWarning(tick.lines[0], _told(tick), source) for tick in ticks]
    for line, cells in ticked:
        person = _person(line, cells, header)
        if not joins or all(folded(person.name) != folded(other.name) for other in people):
            people.append(person)
        if _is_number(cells, header):
            warnings.append(PlanWarning(line, Sentence(_NO_NAME, {"name": person.name}), source))
    if nobody:
        warnings.append(PlanWarning(nobody[0][0], _passed_over(nobody), source))
    for told, rows_of in ((_RESERVES, reserves), (_CANCELLED, cancelled), (_WATCHING, watching)):
        if rows_of:
            lines = ", ".join(str(line) for line, _cells in rows_of)
            warnings.append(PlanWarning(rows_of[0][0], Sentence(told, {"lines": lines}), source))
    if len(people) > _MOST:
        sentence = Sentence(N_("Only the first {count} participants are read."), {"count": _MOST})
        warnings.append(PlanWarning(people[_MOST].line, sentence, source))
    people = _first_name_first(in_order(people[:_MOST]), header, warnings, source)
    people = _told_apart(people, header)
    warnings += [*_namesakes(people, source), *two_in_one(people, source)]
    return people


def _is_number(cells: list[str], header: Header) -> bool:
    """Whether a name has no letter, as a number has, or a day that a program made of something."""
    place = header.columns.get("name", len(cells))
    name = cells[place] if place < len(cells) else ""
    return bool(header.cells and name) and not any(map(str.isalpha, name))


def _told(tick: Ticked) -> Sentence:
    lines = ", ".join(map(str, tick.lines))
    return Sentence(_TICKED if tick.is_yes else _CROSSED, {"mark": tick.mark, "column": tick.column, "lines": lines})


def _first_name_first(
    people: list[PlannedParticipant], header: Header, warnings: list[PlanWarning], source: str
) -> list[PlannedParticipant]:
    """Return people who are written as `Vries, Joke de` with their first name in front, where most names are so."""
    if header.is_turned:
        return [msgspec.structs.replace(person, name=first_name_in_front(person.name)) for person in people]
    turned = {person.line: first_name_in_front(person.name) for person in people if LAST_FIRST.fullmatch(person.name)}
    is_rule = len(turned) * 3 >= len(people) * 2
    template = _IS_TURNED if is_rule else _MAY_BE_TURNED
    for person in people:
        if name := turned.get(person.line):
            said = Sentence(template, {"written": person.name, "name": name})
            warnings.append(PlanWarning(person.line, said, source))
            if is_rule:
                break
    return [msgspec.structs.replace(one, name=turned.get(one.line, one.name)) for one in people] if is_rule else people


def first_name_in_front(name: str) -> str:
    """Return a name that is written `Vries, Joke de` with the first name in front."""
    last, _comma, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}".strip()


def _namesakes(people: list[PlannedParticipant], source: str) -> list[PlanWarning]:
    """Return a warning for each name that two people on the list have: they cannot be told apart on the screen."""
    first: dict[str, PlannedParticipant] = {}
    found = []
    for person in people:
        other = first.setdefault(folded(person.name), person)
        if other is not person:
            said = {"name": person.name, "line": other.line}
            found.append(PlanWarning(person.line, Sentence(_TWICE, said), source))
    return found


def _told_apart(people: list[PlannedParticipant], header: Header) -> list[PlannedParticipant]:
    """Return the people, those who share a first name with their last name behind it."""
    if "last name" not in header.columns:
        return people
    counts = Counter(folded(person.name) for person in people)
    return [
        msgspec.structs.replace(person, name=one_line(f"{person.name} {last_name(person, header)}"))
        if counts[folded(person.name)] > 1
        else person
        for person in people
    ]


def read_person_line(line: int, text: str) -> tuple[int, list[str]]:
    """Return a line such as `P1 Fatima, trouw, consent: yes` as a row of `LINE_COLUMNS`, and what else it says.

    A number, such as an age, is no segment.
    """
    code = _CODE.match(text)
    rest = text[code.end() :] if code else text
    name, *parts = (part.strip(" )") for part in _PARTS.split(rest))
    consents: list[str] = []
    others: list[str] = []
    for part in parts:
        told = told_of_consent(part, goes_on=bool(consents))
        (consents if told else others).append(told or part)
    segment = next((part for part in others if part and not _COUNTED.fullmatch(part)), "")
    if segment:
        others.remove(segment)
    return line, [code[1] if code else "", name, segment, ", ".join(consents), *others]


def with_roster(plan: Plan, rows: Sequence[tuple[int, list[str]]], source: str) -> Plan:
    """Return the plan with the participants of a roster file; those in the plan itself stay first."""
    people, warnings = read_roster(rows, source)
    known = {folded(person.name) for person in plan.participants}
    together = [*plan.participants, *(person for person in people if folded(person.name) not in known)]
    participants = _with_codes_and_seats(together, warnings, source)
    return msgspec.structs.replace(plan, participants=participants, warnings=(*plan.warnings, *warnings))


def _guessed_columns(first: list[str]) -> dict[str, int]:
    """Return the columns of code and name where no row says which they are; of the others nothing is known."""
    if len(first) > 1 and (not first[0] or _CODE.fullmatch(first[0]) or first[0].isdigit()):
        return {"code": 0, "name": 1}
    return {"name": 0}


def _person(line: int, cells: list[str], header: Header) -> PlannedParticipant:
    def cell(column: str) -> str:
        position = header.columns.get(column, len(cells))
        return cells[position] if position < len(cells) else ""

    seat = cell("seat")
    is_seat = seat.isascii() and seat.isdigit() and len(seat) < 4
    is_read = {"code", "called" if cell("called") else "name", "segment", "consent", *(("seat",) if is_seat else ())}
    read = {position for column, position in header.columns.items() if column in is_read} | {
        position for position, scope in header.scopes if not scope.startswith(UNCERTAIN)
    }
    of_scopes = [(scope, cells[position]) for position, scope in header.scopes if position < len(cells)]
    headings = header.cells
    attributes = tuple(
        (headings[position] if position < len(headings) and headings[position] else str(position + 1), value)
        for position, value in enumerate(cells)
        if position not in read and value
    )
    consent = together(cell("consent"), of_scopes)
    doubts = [f"{heading}: {value}" for heading, value in attributes if leaves_doubt(value)]
    consent = ", ".join([consent, *doubts]) if consent else consent
    name = cell("name") if "last name" in header.columns else with_infix(cell("infix"), cell("name"))
    return PlannedParticipant(
        code=_code(cell("code")),
        name=cell("called") or name or cell("code"),
        seat=int(seat) if is_seat else 0,
        segment=cell("segment"),
        attributes=attributes,
        consent=consent,
        consents=_consents(consent),
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
    text = text.removesuffix(".0")  # a number out of a program that counts in halves
    code = "".join(mark for mark in text if mark.isalnum() or mark in "-_.")[:20].rstrip(".")
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
