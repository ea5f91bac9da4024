"""The header of a list of participants, of recruiters and platforms: in which row it is, and what its columns are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kring.domain.text import folded
from kring.plans.lines import bare_title
from kring.plans.people.consent import asks_consent, scope_of_heading
from kring.plans.people.infixes import is_infix

Rows = Sequence[tuple[int, list[str]]]

_COLUMNS_IN_WORDS = {
    "code": "resp.nr, resp. nr, respnr, "
    "code, deelnemerscode, participant code, deelnemersnummer, respondentnummer, respondent number, case, "
    "participant id, respondent id, respcode, pseudoniem, pseudonym",
    "number": "nr, nummer, number, id, no, #, ##, ###, volgnummer, volgnr, nummer., lfd nr, lfd. nr, n°",
    "who": "deelnemer, participant, respondent, persoon, person, kandidaat, candidate, teilnehmer, teilnehmerin",
    "name": "naam, name, naam deelnemer, volledige naam, full name, naam respondent, name of participant, "
    "participant name, user name, name (original name), user name (original name), display name, weergavenaam, "
    "voor- en achternaam, voornaam en achternaam, first and last name, vor- und nachname, nom, nom et prenom",
    "first name": "voornaam, first, forename, first name, given name, firstname, voornamen, vorname, prenom",
    "called": "roepnaam, aanspreeknaam, preferred name, preferred first name, known as, goes by, nickname, "
    "prefers to be called, rufname, nom d'usage, prenom usuel",
    "last name": "achternaam, last, last name, surname, family name, lastname, familienaam, nachname, nom de famille",
    "segment": "klantgroep, segment, groep, group, doelgroep, klantsegment, customer group, "
    "customer segment, customer type, kundengruppe, kundensegment, groupe de clients, segment de clients",
    "consent": "einverstandnis, einverstanden, consented, toestemmingsformulier",
    "seat": "stoel, seat, plaats, plek, toets, key, zitplaats",
}
_COLUMNS = {word.strip(): column for column, words in _COLUMNS_IN_WORDS.items() for word in words.split(",")}
_OTHERS = re.compile(
    r"mail|tel|gsm|mobiel|phone|adres|address|postcode|leeftijd|\bage\b|geslacht|gender|\bsex\b|nps|woonplaats|city"
    r"|join|leave|duration|attended|registration|approval|role|opmerking|remark"
)
_LAST_AND_FIRST = re.compile(
    r"(?:(?:volledige )?naam \(|full name \(|name \()?"
    r"(?:achternaam|naam|last name|lastname|surname|family name|nachname|name|nom)\s?[,/]\s?"
    r"(?:voornaam|roepnaam|first name|firstname|given name|vorname|prenom)\)?"
)
_VALUE = re.compile(r"[\d@]")
_NAMES = ("name", "first name", "called", "last name", "who")
_CODE = re.compile(r"[A-Za-z]{0,3}[-_ ]?\d{1,6}")
_WITHIN = 40
"""How many rows may stand above a header: the summary of a platform's report takes up to about twenty."""


class Header(NamedTuple):
    """Where the header is among the rows, its cells, and the place of each column that is known.

    `scopes` are the places of columns that ask consent to one thing each, with the word for that; `is_turned` where
    names are written `Vries, Joke de`, as their column says.
    """

    place: int
    cells: list[str]
    columns: dict[str, int]
    scopes: tuple[tuple[int, str], ...] = ()
    is_turned: bool = False


def find_header(rows: Rows) -> Header | None:
    """Return the first row that names columns, None where no row does."""
    for place, (_line, cells) in enumerate(rows[:_WITHIN]):
        if names_columns(cells, is_first=place == 0):
            scopes = tuple((at, scope) for at, cell in enumerate(cells) if (scope := scope_of_heading(cell)))
            columns = _settled(cells, [row for _, row in rows[place + 1 :]])
            is_turned = "name" in columns and _is_turned(cells[columns["name"]])
            return Header(place, cells, columns, scopes, is_turned)
    return None


def names_columns(cells: Sequence[str], *, is_first: bool = False) -> bool:
    """Whether a row names columns: one for names or codes, and another one that lists of people have.

    The first row may also name that one alone, and so may a row of one cell in a list of names.
    """
    known = _known(cells)
    if not known.keys() & {*_NAMES, "code", "number"}:
        return False
    filled = [cell for cell in cells if cell]
    others = sum(1 for cell in filled if _OTHERS.search(bare_title(cell)) and not _VALUE.search(cell))
    is_certain = len(known) + others > 1 and bool(known.keys() & {*_NAMES, "code"})
    names_alone = len(filled) == 1 and bool(known.keys() & {"name", "first name", "called"})
    return is_certain or names_alone or (is_first and bool(known.keys() & {*_NAMES, "code"}))


def lies_on_its_side(rows: Rows) -> bool:
    """Whether the first column names what the rows are, and the first row only the first of them."""
    firsts = [cells[0] for _line, cells in rows if cells]
    known, beside = _known(firsts), _known(rows[0][1])
    return len(known) > 1 and len(beside) == 1 and bool(known.keys() & {*_NAMES}) and len(rows[0][1]) > 1


def counts_groups(header: Header, segments: Iterable[str]) -> bool:
    """Whether a column `Groep` holds no segments and only numbers: a list of several groups."""
    place = header.columns.get("segment")
    is_group = place is not None and bare_title(header.cells[place]) in ("groep", "group")
    return is_group and all(segment.isdigit() for segment in segments if segment)


def end_of_list(rows: Rows, header: Sequence[str] = ()) -> int:
    """Return how many rows belong to the list: a report of a platform has another table behind it, with its title.

    The header that a program repeats on each page ends nothing.
    """
    for place, (_line, cells) in enumerate(rows):
        if (
            place
            and list(cells) != list(header)
            and _known(cells).keys() & {"name", "first name", "called", "last name"}
            and names_columns(cells)
        ):
            is_title = sum(bool(cell) for cell in rows[place - 1][1]) == 1 < sum(bool(cell) for cell in cells)
            return place - 1 if is_title else place
    return len(rows)


def _known(cells: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for position, cell in enumerate(cells):
        column = "name" if _is_turned(cell) else _COLUMNS.get(bare_title(cell).rstrip(" ?") or cell.strip())
        if column is None and is_infix(cell):
            column = "infix"
        if column is None and asks_consent(cell):
            column = "consent"
        if column:
            columns.setdefault(column, position)
    return columns


def _is_turned(heading: str) -> bool:
    return bool(_LAST_AND_FIRST.fullmatch(bare_title(heading)))


def _settled(cells: Sequence[str], rows: Sequence[list[str]]) -> dict[str, int]:
    """Return the columns of code, name, segment, consent and seat; by its cells where a heading leaves that open.

    A column `called` says how somebody with another first name wants to be called.
    """
    known = _known(cells)
    columns: dict[str, int] = {name: known[name] for name in ("code", "segment", "consent", "seat") if name in known}
    who = known.get("who")
    if who is not None and "code" not in columns and _holds_codes(who, rows):
        columns["code"], who = who, None
    if "number" in known:
        columns.setdefault("code", known["number"])
    if cells and not cells[0] and _counts(rows):
        columns.setdefault("code", 0)
    named = next((known[name] for name in ("first name", "name", "called", "last name") if name in known), who)
    if named is not None:
        columns["name"] = named
    if "called" in known and known["called"] != named:
        columns["called"] = known["called"]
    if known.keys() & {"first name", "called"} and ("last name" in known or "name" in known):
        columns["last name"] = known.get("last name", known.get("name", 0))
    elif "name" in known and "last name" in known and not _are_whole(known["name"], known["last name"], rows):
        columns["last name"] = known["last name"]
    if "infix" in known:
        columns["infix"] = known["infix"]
    return columns


def _are_whole(name: int, last_name: int, rows: Sequence[list[str]]) -> bool:
    """Whether a column of names, beside one of last names, holds these too."""
    found = [(folded(row[name]), folded(row[last_name])) for row in rows if max(name, last_name) < len(row)]
    filled = [(whole, last) for whole, last in found if whole and last]
    return 2 * sum(last in whole for whole, last in filled) > len(filled)


def _counts(rows: Sequence[list[str]]) -> bool:
    """Whether a first column without a heading only numbers the rows."""
    found = [row[0].rstrip(".)") for row in rows if row and row[0] and len([cell for cell in row if cell]) > 1]
    numbers = [cell for cell in found if cell.isascii() and cell.isdigit()]
    return len(numbers) > 0 and len(numbers) * 3 >= len(found) * 2


def _holds_codes(position: int, rows: Sequence[list[str]]) -> bool:
    found = [row[position] for row in rows if position < len(row) and row[position]]
    return bool(found) and all(_CODE.fullmatch(cell) for cell in found)
