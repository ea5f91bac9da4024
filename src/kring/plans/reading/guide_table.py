"""Tables in a guide: their columns by their names or by what stands in them, and their rows as parts of the guide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from kring.domain.text import N_, one_line
from kring.plans.draft import Draft, GuideDraft
from kring.plans.lines import Line, cells, is_ruler, without_emphasis
from kring.plans.lists import PlanLists
from kring.plans.marks import Command, asks, find_url
from kring.plans.people.roster import names_people
from kring.plans.reading.cells import CellReader
from kring.plans.reading.columns import (
    TIMES,
    asking_column,
    asks_in,
    cell_box,
    guessed_columns,
    has_times,
    is_guide_table,
    is_of_talk,
    known_columns,
    parts_of,
    runs_on,
)
from kring.plans.reading.label_table import LabelTable, has_labels
from kring.plans.reading.part_rows import PartRow, is_number, is_title, part_of_row
from kring.plans.time_box import TimeBox, is_time_of_day, split_box
from kring.plans.vocabulary import reasons
from kring.plans.vocabulary.titles import is_end, is_section_word, is_total

_Rows = list[tuple[Line, list[str]]]
_DEEP_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})+")
_NOTHING = frozenset("-–—")
_PAIR = 2  # a label, and what it says


class TableReader:
    """Reads the rows of one table into the guide, or into the list of participants."""

    def __init__(self, draft: GuideDraft, lists: PlanLists) -> None:
        self.draft = draft
        self.lists = lists
        self._columns: list[str] = []
        self._header: list[str] = []
        self._by_heading: Draft | None = None
        self._opens_sections = True
        self._has_titles = False
        """Whether some row is a title of what is asked below it: then others that look so are too."""
        self._cells = CellReader(draft)

    def read(self, lines: Sequence[Line]) -> None:
        """Read the rows; those of a table that is none of these become notes."""
        rows = _filled(lines)
        if not rows:
            return
        rows = self._below_title(rows)
        others = [(line, row) for line, row in rows if part_of_row(row) is None]
        if len(others) > 1 and len(others) < len(rows):
            self._read_parted(rows, others)
            return
        header = rows[0][1]
        if names_people(header) and not is_guide_table(header) and self.lists.takes_table():
            self._because(rows, reasons.IN_LIST)
            self.lists.add_rows((line.number, row) for line, row in rows)
            return
        if has_labels([row for _line, row in rows]):
            self._because(rows, reasons.BY_LABEL)
            LabelTable(self.draft, self._cells).read(rows)
            return
        listed = self._understood(rows)
        if listed is None:
            self.draft.warn(rows[0][0].number, N_("This table is not understood; its rows are notes."))
            self._because(rows, reasons.NOT_UNDERSTOOD)
            for line, row in rows:
                self.draft.add("note", one_line(" | ".join(row)), line.number)
            return
        self._settle_section()
        self._read_rows(listed)

    def _settle_section(self) -> None:
        self._by_heading = section = self.draft.section
        has_time = not TIMES.isdisjoint(self._columns)
        self._opens_sections = has_time or section is None or self.draft.items[-1] is section

    def _read_parted(self, rows: _Rows, others: _Rows) -> None:
        """Read a table in which some rows name a part of the talk, whatever the columns of the `others` are."""
        are_pairs = all(sum(bool(cell.strip()) for cell in row) <= _PAIR for _line, row in others)
        if are_pairs and has_labels([row for _line, row in others]):
            self._because(rows, reasons.BY_LABEL)
            LabelTable(self.draft, self._cells).read(rows)
            return
        listed = self._understood(others) or others
        self._settle_section()
        header = others[0][1] if listed is not others else None
        self._read_rows([(line, row) for line, row in rows if row != header], has_parts=True)

    def go_on(self, lines: Sequence[Line]) -> None:
        """Read the rows behind one of which a person said what it is, by the columns that are known."""
        if self._columns:
            self._read_rows(_filled(lines))
        else:
            self.read(lines)

    def _read_rows(self, listed: _Rows, *, has_parts: bool = False) -> None:
        self._because(listed, reasons.ROW)
        self._has_titles = any(self._opens_part(line, row) for line, row in listed)
        last = next((line for line, row in reversed(listed) if not _is_sum(row)), None)
        for place, (line, row) in enumerate(listed):
            part = part_of_row(row) if has_parts else None
            if part is None and self._opens_part(line, row):
                part = PartRow("".join(row))
            if part is None:
                self._read_row(line.number, row, is_last=line is last)
            else:
                self._open_part(part, line.number, listed[place + 1 : place + 2])

    def _open_part(self, part: PartRow, number: int, following: _Rows) -> None:
        """Open the part that a row names; one that is followed by a row with a section of its own stands above it."""
        is_above = any(
            self._named(row)[0].get("section") and not (part_of_row(row) or self._opens_part(line, row))
            for line, row in following
        )
        if is_above and part.box is None and split_box(without_emphasis(part.title), heading=True)[1] is None:
            self.draft.add("note", one_line(without_emphasis(part.title)), number, under_question=False)
            return
        self._cells.part(part.title, number, part.box)
        self._by_heading = self.draft.section

    def _below_title(self, rows: _Rows) -> _Rows:
        """Keep a first row that is one cell wide, above the row that names the columns, as a note."""
        if len(rows) < 2 or not _is_one_cell(rows[0][1]):
            return rows
        (line, row), (_following, header) = rows[:2]
        if part_of_row(row) is not None:
            return rows
        if not (is_guide_table(header) or names_people(header)):
            return rows
        self._because(rows[:1], reasons.ROW)
        self.draft.add("note", one_line(without_emphasis("".join(row))), line.number, under_question=False)
        return rows[1:]

    def _because(self, rows: _Rows, reason: reasons.Reason) -> None:
        for line, _row in rows:
            self.draft.because(line, reason)

    def _understood(self, rows: _Rows) -> _Rows | None:
        """Find out what the columns are, and return the rows without their header; None where nothing says it."""
        first, header = rows[0]
        columns, texts = known_columns(header), [row for _, row in rows]
        if is_of_talk(columns) and not any(asks(cell) for cell in header):
            self._columns, self._header = columns, header
            if TIMES.isdisjoint(columns) and not columns[0] and has_times(texts[1:]):
                self._columns[0] = "time"
        elif len(header) > 1 and cell_box(header[0], bare=True) is not None and not _counts(texts):
            self._columns = guessed_columns(texts)
            return rows
        elif has_times(texts[1:]):
            guessed = guessed_columns(texts[1:])
            self._columns = [known or guess for known, guess in zip(columns, guessed, strict=False)]
            self._columns[0], self._header = "time", header
        elif (asked := asking_column(texts)) is not None:
            self._columns = ["question" if place == asked else "" for place in range(len(header))]
            if asks(header[asked]):
                self._header = [""] * len(header)
                self._settle(texts)
                return rows
            self._header = header
        else:
            return None
        self._settle(texts[1:])
        self.draft.because(first, reasons.HEADER_ROW)
        return rows[1:]

    def _settle(self, rows: Sequence[Sequence[str]]) -> None:
        """Say of columns what only the others tell: what is done beside a column of questions is a part of the talk."""
        if "section" not in self._columns and "what" in self._columns and {"question", "mixed"} & set(self._columns):
            self._columns[self._columns.index("what")] = "section"
        self._settle_times(rows)
        time = self._columns.index("time") if "time" in self._columns else None
        for place, column in enumerate(self._columns):
            if time is not None and column in ("", "until", "time") and place != time and runs_on(rows, place, time):
                self._columns[place] = "number"
        self._settle_unknown(rows)
        for place, column in enumerate(self._columns):
            of_column = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
            untitled = not column and not self._header[place].strip()
            if untitled and of_column and all(map(is_number, of_column)):
                self._columns[place] = "number"

    def _settle_times(self, rows: Sequence[Sequence[str]]) -> None:
        """Say of two columns of times which is when something begins: the one with times of day, `Tijd | Duur`."""
        times = [place for place, column in enumerate(self._columns) if column == "time"]
        if len(times) != 2 or "from" in self._columns:
            return
        cells = [[row[place].strip() for row in rows if place < len(row) and row[place].strip()] for place in times]
        of_day = [bool(told) and all(map(is_time_of_day, told)) for told in cells]
        if sum(of_day) == 1:
            self._columns[times[of_day.index(True)]] = "from"

    def _settle_unknown(self, rows: Sequence[Sequence[str]]) -> None:
        """Say of columns with other names what they are: beside a time and questions a part, or what is asked."""
        columns = self._columns
        unknown = [place for place, column in enumerate(columns) if not column and self._header[place].strip()]
        if "question" in columns and not TIMES.isdisjoint(columns) and "section" not in columns and unknown:
            columns[unknown[0]] = "section"
        if {"question", "mixed", "probe"}.isdisjoint(columns):
            twice = {place for place, column in enumerate(columns) if columns.index(column) != place}
            others = [place for place, column in enumerate(columns) if column in ("", "instruction") or place in twice]
            most = max(others, key=lambda place: asks_in(rows, place), default=None)
            if most is not None and asks_in(rows, most):
                columns[most] = "mixed"

    def _read_row(self, number: int, row: list[str], *, is_last: bool) -> None:
        named, beside = self._named(row)
        if "stimulus" in self._columns:
            self._stimulus(number, row)
            return
        box = self._box(named)
        title = without_emphasis((named.get("section", "") or named.get("what", "")).split("\n")[0])
        first = without_emphasis(next((cell for cell in row if cell.strip()), ""))
        if is_total(title) or is_total(first) or (is_last and is_end(title) and not (box and box.planned_s)):
            self._end(number, row, box)
            return
        section, asked = self.draft.section, len(self.draft.items)
        self._timed(number, named, beside, box)
        self._label(row, [item for item in self.draft.items[asked:] if item.kind == "question"])
        if section is not self._by_heading and section is self.draft.section:
            _lengthen(section, [item for item in self.draft.items[asked:] if item.kind == "question"])

    def _opens_part(self, line: Line, row: list[str]) -> bool:
        """Whether a row of one cell stands above its questions: bold, with a time, or where it has no place."""
        cell = "".join(row).strip()
        if not _is_one_cell(row) or self._cells.asks_in(cell) or is_total(cell) or is_end(cell):
            return False
        first, is_timed = split_box(without_emphasis(cell.split("\n")[0]), heading=True)
        looks = line.bold or cell.startswith("**")
        columns, place = self._columns, next(place for place, text in enumerate(row) if text.strip())
        if "question" in columns and TIMES.isdisjoint(columns) and "section" not in columns and (looks or is_timed):
            return True
        column = columns[place] if place < len(columns) else ""
        if {"question", "mixed", "what"}.isdisjoint(columns) or column not in ("", "number", "question", *TIMES):
            return False
        stands_alone = column in ("number", *TIMES) and cell_box(cell, bare=True) is None and not is_number(cell)
        is_told = column == "question" and (self._has_titles or is_section_word(first))
        return is_title(first) and bool(looks or stands_alone or is_told)

    def _named(self, row: list[str]) -> tuple[dict[str, str], list[str]]:
        """Return the cells by their column, and those of other columns with its title in front."""
        named: dict[str, str] = {}
        beside: list[str] = []
        for place, cell in enumerate(row):
            column = self._columns[place] if place < len(self._columns) else ""
            if not cell.strip() or (column == "number" and is_number(cell)):
                continue
            if column not in ("", "number") and column not in named:
                named[column] = cell
                continue
            beside.append(self._titled(place, cell))
        return named, beside

    def _label(self, row: list[str], questions: list[Draft]) -> None:
        """Give the first question of a row the code that its author gave it: `Q1`, `2b`."""
        codes = [cell.strip() for cell, column in zip(row, self._columns, strict=False) if column == "number"]
        code = next((code for code in codes if code.isalnum() and not code.isdigit() and is_number(code)), "")
        if code and questions and not questions[0].fields.get("label"):
            questions[0].fields["label"] = code

    def _end(self, number: int, row: list[str], box: TimeBox | None) -> None:
        """Keep a row that is a sum or an end as a note; an end also gives the part before it its length."""
        self.draft.end(one_line(without_emphasis(" ".join(cell for cell in row if cell))), number, box)

    def _box(self, named: dict[str, str]) -> TimeBox | None:
        if starts := named.pop("from", ""):
            ends = named.pop("until", "")
            box = cell_box(f"{starts} - {ends}" if ends else starts, bare=False)
            length = cell_box(named.get("time", ""), bare=True)
            if (
                box is None
                or length is None
                or length.planned_s is None
                or box.planned_s not in (None, length.planned_s)
            ):
                return box
            del named["time"]
            return msgspec.structs.replace(length, starts=box.starts)
        box = cell_box(named.get("time", ""), bare=True)
        if box is not None:
            del named["time"]
        return box

    def _stimulus(self, number: int, row: list[str]) -> None:
        said = dict(zip(self._columns, row, strict=False))
        title, file = one_line(without_emphasis(said.get("stimulus", ""))), said.get("file")
        if title or file:
            command = Command("stimulus", "stimulus", title or file or "", file=file or None, url=find_url(title))
            self.draft.add_command(command, number, under_question=False)
        for place, cell in enumerate(row):
            column = self._columns[place] if place < len(self._columns) else ""
            if cell.strip() and column not in ("stimulus", "file", "number"):
                self.draft.add("instruction", one_line(self._titled(place, cell)), number, under_question=False)

    def _titled(self, place: int, cell: str) -> str:
        """Return a cell with the title of its column in front, if it has one."""
        title = without_emphasis(self._header[place]) if place < len(self._header) else ""
        return f"{title}: {cell}" if title else cell

    def _timed(self, number: int, named: dict[str, str], beside: list[str], box: TimeBox | None) -> None:
        section, what, asked = (named.get(column, "") for column in ("section", "what", "question"))
        if section and self._opens_sections:
            box = self._cells.part(section, number, box, is_asked=bool(asked))
        elif section:
            beside = [section, *beside]
        if what:
            box = self._cells.mixed(what, number, box, is_part=not section and not asked)
        if mixed := named.get("mixed", ""):
            box = self._cells.mixed(mixed, number, box, is_part=not (section or what))
        if asked:
            self._cells.questions(asked, number, box)
        elif box is not None and not (section or what or mixed):
            self.draft.warn(number, N_("This row has a time and nothing to do in it."))
        self._companions(number, named, beside)

    def _companions(self, number: int, named: dict[str, str], beside: list[str]) -> None:
        """Add what stands beside a question: probes, what it must yield, instructions."""
        for part in parts_of(named.get("probe", "")):
            self._cells.probe(part, number)
        for part in parts_of(named.get("yield", "")):
            self.draft.add_yields(part.written, number)
        for cell in [named.get("instruction", ""), named.get("time", ""), named.get("until", ""), *beside]:
            self._cells.instruct(cell, number)


def _is_sum(row: Sequence[str]) -> bool:
    return any(is_total(without_emphasis(cell)) for cell in row)


def _is_one_cell(row: Sequence[str]) -> bool:
    return len(row) > 1 and sum(bool(cell.strip()) for cell in row) == 1


def _counts(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first cells only count the rows, from 1 up and perhaps anew: they are no minutes."""
    firsts = [row[0].strip(" .)") for row in rows]
    if firsts and all(map(_DEEP_NUMBER.fullmatch, firsts)) and firsts[0].endswith(".1"):
        return True  # 1.1, 1.2, 2.1
    if not all(first.isascii() and first.isdigit() for first in firsts):
        return False
    numbers = [0, *map(int, firsts)]
    return all(after in (before + 1, 1) for before, after in pairwise(numbers))


def _lengthen(section: Draft | None, questions: list[Draft]) -> None:
    """Give a section of the table the time of a question row below it: in a table every row is a slot of its own."""
    more_s = sum(question.box.planned_s or 0 for question in questions if question.box)
    if section and section.box and section.box.planned_s and more_s:
        section.box = msgspec.structs.replace(section.box, planned_s=section.box.planned_s + more_s)


def _filled(lines: Sequence[Line]) -> list[tuple[Line, list[str]]]:
    """Return the rows that hold something, each with its cells; a dash alone says that there is nothing."""
    rows = ((line, row) for line in lines if not is_ruler(row := cells(line)))
    told = ((line, ["" if cell.strip() in _NOTHING else cell for cell in row]) for line, row in rows)
    return [(line, row) for line, row in told if any(row)]
