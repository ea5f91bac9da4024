"""Names as lists write them: with a code, an address or a line through them, and the last name in pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from kring.domain.plan import PlannedParticipant, PlanWarning
from kring.domain.text import N_, Sentence, folded
from kring.plans.people.header import Header, Rows
from kring.plans.people.infixes import whole_last_name

_WITH_ADDRESS = re.compile(r"([^<>()]*?[^<>()\s])\s*[<(](?:mailto:)?([^<>()\s]+@[^<>()\s]+)[>)]")
_WITH_CODE = re.compile(r"([A-Za-z]{1,3}\d{1,4})\s?[-–—:.)]\s?([^\W\d_].*)")
_TWO = re.compile(r"[^\W\d_][^\d]*?(?:\s(?:en|and|und|et)\s|\s?[&/+]\s?)[A-ZÀ-Þ][a-zà-ÿ.].*")
_COUNTED = re.compile(r"\d{1,3}[.)]\s+(\S.*)")
_SENTENCE = re.compile(r"[:?€@]|\s\S+\s")
_GROUP = re.compile(
    r"(?:(?:fokus|focus)?(?:groep|group|gruppe|groupe)|sessie|session|sitzung|seance|ronde|round|avond|evening)\b.*\d"
    r"|.*\d[:.u]\d\d\b"
)
_MAY_BE_TWO = N_("“{name}” may be two people; give each a row of their own.")


def is_struck(name: str) -> bool:
    """Whether a name has a line through it: `~~Joke~~`."""
    return len(name) > 4 and name.startswith("~~") and name.endswith("~~")


def is_heading(cells: Sequence[str], header: Header) -> bool:
    """Whether a row is one cell that names a group or a time of day, where people have more: `Groep 2 (20.30 uur)`.

    One that has only a code is somebody, whose name is not known; a sentence in the place of a code is nobody.
    """
    filled = [(place, cell) for place, cell in enumerate(cells) if cell]
    if len(filled) != 1 or len([cell for cell in header.cells if cell]) < 2:
        return False
    place, cell = filled[0]
    if place == header.columns.get("code"):
        return bool(_SENTENCE.search(cell))
    return bool(_GROUP.match(folded(cell)))


def group_titles(rows: Rows) -> list[str]:
    """Return the titles of groups among rows of one cell each: `Groep 2 - 3 december 21:00`."""
    alone = (next(cell for cell in cells if cell) for _line, cells in rows if sum(map(bool, cells)) == 1)
    return [title for title in alone if _GROUP.match(folded(title))]


def in_order(people: Sequence[PlannedParticipant]) -> list[PlannedParticipant]:
    """Return the people without the codes and addresses that stand with all or some of their names."""
    found = [_without_address(person) for person in people]
    counted = [_COUNTED.fullmatch(person.name) for person in found]
    if all(counted):
        found = [msgspec.structs.replace(one, name=said[1]) for one, said in zip(found, counted, strict=True) if said]
    coded = [_WITH_CODE.fullmatch(person.name) for person in found]
    if not found or not all(coded) or any(person.code for person in found):
        return found
    return [
        msgspec.structs.replace(person, code=one[1], name=one[2])
        for person, one in zip(found, coded, strict=True)
        if one is not None
    ]


def last_name(person: PlannedParticipant, header: Header) -> str:
    """Return the last name of somebody as its columns say it: `van der` and `Meer`."""
    said = dict(person.attributes)
    infix = "" if "infix" not in header.columns else said.get(header.cells[header.columns["infix"]], "")
    return whole_last_name(infix, said.get(header.cells[header.columns["last name"]], ""))


def two_in_one(people: Sequence[PlannedParticipant], source: str) -> list[PlanWarning]:
    """Return a warning for each name that may be that of two people."""
    return [
        PlanWarning(person.line, Sentence(_MAY_BE_TWO, {"name": person.name}), source)
        for person in people
        if _TWO.fullmatch(person.name)
    ]


def _without_address(person: PlannedParticipant) -> PlannedParticipant:
    found = _WITH_ADDRESS.fullmatch(person.name)
    if found is None:
        return person
    return msgspec.structs.replace(person, name=found[1], attributes=(*person.attributes, ("e-mail", found[2])))
