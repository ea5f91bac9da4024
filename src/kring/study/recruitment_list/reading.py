"""A recruitment list from its file, however somebody keeps it: nothing is refused, and what is odd is said by line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kring.domain.plan import Pairs, PlanWarning
from kring.domain.study.model import Study
from kring.domain.study.recruiting.answers import is_asked, is_headed
from kring.domain.study.recruiting.candidate import Candidate
from kring.domain.text import N_, KringError, Sentence, folded, one_line
from kring.plans.dates import read_date
from kring.plans.file import rows_in
from kring.plans.people.header import Header, Rows, find_header
from kring.plans.people.infixes import whole_last_name, with_infix
from kring.plans.people.names import is_heading
from kring.plans.people.reserves import is_reserve
from kring.plans.people.roster import LAST_FIRST, first_name_in_front
from kring.plans.vocabulary.titles import is_total
from kring.study.recruitment_list.words import column_of, is_paid, read_state

_SPOILT = re.compile(r"\d+(?:[.,]\d+)?E\+\d+|#\S+[?!]?|#+", re.IGNORECASE)
"""What a workbook makes of a telephone number that it takes for a large number, or for a formula."""
_OF_A_NUMBER = 8
"""The last digits of a telephone number, which are the same however it is written; a workbook takes the zero away."""


class RecruitmentList(Struct, frozen=True):
    """The people on a list, the place of each column that is known, and what its reader should know."""

    path: Path
    candidates: tuple[Candidate, ...] = ()
    columns: tuple[tuple[str, int], ...] = ()
    warnings: tuple[PlanWarning, ...] = ()


def read_list(path: Path, study: Study) -> RecruitmentList:
    """Read a list; what can't be read at all is a list of nobody that says so."""
    try:
        rows, said = rows_in(path)
    except KringError as problem:
        return RecruitmentList(path, warnings=(PlanWarning(0, problem.sentence, path.name),))
    warnings = [PlanWarning(0, sentence, path.name) for sentence in said]
    found = _Reading(path.name, study, rows, warnings)
    return RecruitmentList(path, found.candidates(), tuple(found.columns.items()), tuple(warnings))


class _Reading:
    """Reads the rows of one list."""

    def __init__(self, source: str, study: Study, rows: Rows, warnings: list[PlanWarning]) -> None:
        self._source = source
        self._study = study
        filled = [(line, [one_line(cell) for cell in cells]) for line, cells in rows]
        self._rows = [(line, cells) for line, cells in filled if any(cells)]
        self._warnings = warnings
        self._header = find_header(self._rows)
        self.columns = self._columns(self._header) if self._header else {}
        self._are_reserves = False

    def _column(self, heading: str) -> str:
        """Return what a column is; a question of the screener is one of the list's own, whatever it asks about."""
        return "" if is_headed(heading, self._study.screener) else column_of(heading)

    def candidates(self) -> tuple[Candidate, ...]:
        header = self._header
        if header is None:
            if self._rows:
                self._warn(self._rows[0][0], N_("No row of this list names its columns: name, segment, group, state."))
            return ()
        rows = [(line, cells) for line, cells in self._rows[header.place + 1 :] if cells != header.cells]
        people = [one for line, cells in rows if (one := self._candidate(line, cells, header)) is not None]
        turned = [one for one in people if LAST_FIRST.fullmatch(one.name)]
        if len(turned) * 3 >= len(people) * 2:
            people = [replace(one, name=first_name_in_front(one.name)) for one in people]
        return tuple(self._each_once(self._numbered(people)))

    def _columns(self, header: Header) -> dict[str, int]:
        """Return where each column is; one `groep` that holds segments is that of the segment."""
        found: dict[str, int] = {}
        for place, cell in enumerate(header.cells):
            if name := self._column(cell):
                found.setdefault(name, place)
        found["name"] = header.columns["name"] if "name" in header.columns else found.get("name", 0)
        if "group" in found and "segment" not in found:
            place = found["group"]
            said = [cells[place] for _line, cells in self._rows[header.place + 1 :] if len(cells) > place]
            if any(said) and all(self._study.segment(cell) for cell in said if cell):
                found["segment"] = found.pop("group")
        return found

    def _candidate(self, line: int, cells: Sequence[str], header: Header) -> Candidate | None:
        def cell(column: str) -> str:
            place = self.columns.get(column, len(cells))
            return cells[place] if place < len(cells) else ""

        name = self._name(cells, header)
        filled = [cell for cell in cells if cell]
        if all(is_reserve(cell) for cell in filled):
            self._are_reserves = True
            return None
        is_nobody = not name and not (cell("number") and cell("state"))
        if is_nobody or is_total(filled[0]) or is_heading(cells, header):
            self._warn(line, N_("This row names nobody and is passed over."))
            return None
        read = read_state(cell("state"))
        if read is None:
            self._warn(
                line,
                N_("The state {words} is not known; write for example approached, fits, reserve, refused, confirmed."),
                words=cell("state"),
            )
        state, more, has_paid = read or ("listed", "", False)
        if state == "listed" and self._are_reserves:
            state = "reserve"
        answers = self._answers(cells, header)
        group = re.search(r"\d+", cell("group"))
        return Candidate(
            number=cell("number").removesuffix(".0"),
            name=name or cell("number"),
            contact=self._contact(line, cells, header),
            segment=cell("segment"),
            group=group[0] if group else cell("group"),
            state=state,
            reason=cell("reason") or more,
            since=read_date(cell("since")).day,
            is_paid=has_paid or is_paid(cell("paid")),
            answers=answers,
            has_answered=any(is_asked(heading, self._study.screener) for heading, _cell in answers),
            remark=cell("remark"),
            doubt="" if read else cell("state"),
            line=line,
        )

    def _name(self, cells: Sequence[str], header: Header) -> str:
        def cell(place: int | None) -> str:
            return cells[place] if place is not None and place < len(cells) else ""

        called = cell(header.columns.get("called"))
        name, infix = called or cell(self.columns["name"]), cell(header.columns.get("infix"))
        last = header.columns.get("last name")
        if last not in (None, self.columns["name"]):
            return one_line(f"{name} {whole_last_name(infix, cell(last))}")
        return with_infix(infix, first_name_in_front(name) if header.is_turned else name)

    def _contact(self, line: int, cells: Sequence[str], header: Header) -> str:
        said = [
            cells[place]
            for place, cell in enumerate(header.cells)
            if self._column(cell) == "contact" and place < len(cells)
        ]
        if spoilt := next(filter(_SPOILT.fullmatch, said), ""):
            self._warn(line, N_("A workbook made {words} of a telephone number; type it again, as text."), words=spoilt)
        return ", ".join(part for part in said if part)

    def _answers(self, cells: Sequence[str], header: Header) -> Pairs:
        names = {self.columns["name"], *(header.columns.get(one) for one in ("called", "last name", "infix"))}
        return tuple(
            (heading, cells[place])
            for place, heading in enumerate(header.cells[: len(cells)])
            if place not in names and heading and cells[place] and not self._column(heading)
        )

    def _numbered(self, people: Sequence[Candidate]) -> list[Candidate]:
        """Return everybody under a number of their own; who has none, or that of another, gets their place."""
        taken = Counter(folded(one.number) for one in people if one.number)
        found = []
        for place, one in enumerate(people, 1):
            if one.number and taken[folded(one.number)] == 1:
                found.append(one)
                continue
            if one.number:
                self._warn(one.line, N_("The number {number} stands twice; here it is read as {other}."),
                           number=one.number, other=f"{one.number}/{one.line}")  # fmt: skip
            number = f"{one.number}/{one.line}" if one.number else str(place)
            found.append(replace(one, number=number if folded(number) not in taken else f"{place}/{one.line}"))
        return found

    def _each_once(self, people: Sequence[Candidate]) -> list[Candidate]:
        """Return everybody once: the same name with the same telephone number or address is one person.

        Of their rows the first counts on which something was done.
        """
        together: dict[int, list[Candidate]] = {}
        by_key: dict[tuple[str, str], list[Candidate]] = {}
        for one in people:
            keys = [(folded(one.name), key) for part in one.contact.split(", ") if (key := _contact_key(part))]
            rows = next((by_key[key] for key in keys if key in by_key), [])
            rows.append(one)
            by_key |= {key: rows for key in keys if key not in by_key}
            together[id(rows)] = rows
        found = []
        for rows in together.values():
            counts = next((one for one in rows if one.state != "listed"), rows[0])
            found.append(counts)
            for one in rows:
                if one is not counts:
                    self._warn(one.line, N_("{name} stands on line {line} too; that one counts."),
                               name=one.name, line=counts.line)  # fmt: skip
        return found

    def _warn(self, line: int, template: str, /, **values: str | int) -> None:
        self._warnings.append(PlanWarning(line, Sentence(template, values), self._source))


def _contact_key(contact: str) -> str:
    """Return by what a telephone number is known, also without the zero or the country, or an address."""
    if _SPOILT.fullmatch(contact):
        return ""
    digits = re.sub(r"\D", "", contact)
    return digits[-_OF_A_NUMBER:] if len(digits) >= _OF_A_NUMBER and "@" not in contact else folded(contact).strip()
