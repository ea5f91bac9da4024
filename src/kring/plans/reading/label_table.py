"""A table with labels in its first column, `Vraag | …`, `Doorvragen | …`, `Tijd | 10 min`: a part or a question."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain.text import N_, one_line
from kring.plans.draft import Draft, GuideDraft
from kring.plans.lines import Line, read_line, without_emphasis
from kring.plans.marks import asks
from kring.plans.reading.cells import CellReader
from kring.plans.reading.columns import cell_box, known_column, known_columns, parts_of
from kring.plans.reading.labels import Label, label_of
from kring.plans.reading.part_rows import part_of_row
from kring.plans.time_box import TimeBox
from kring.plans.vocabulary import reasons

_Rows = Sequence[tuple[Line, list[str]]]


def has_labels(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first cells of a table are labels, of which each says what stands beside it."""
    firsts = [without_emphasis(row[0]) for row in rows if len(row) > 1 and row[0].strip()]
    known = [name for name in firsts if _meaning(name)]
    named = sum(bool(column) for column in known_columns(rows[0]))
    alone = rows[0][1:] if len(firsts) == len(known) == 1 else []
    says = any(asks(cell) or cell_box(cell, bare=False) for cell in alone)
    return named < 2 and (says or (len(known) > 1 and len(known) * 3 >= len(firsts) * 2))


def _meaning(name: str) -> str:
    """Return what a label says: the column of that name, or its role."""
    label = _label(name)
    return known_column(name) or (label.role if label else "")


def _label(name: str) -> Label | None:
    return label_of(read_line(0, f"{one_line(name).rstrip(' :')}:"))


class LabelTable:
    """Reads such a table into the guide, each of its columns of values from top to bottom."""

    def __init__(self, draft: GuideDraft, cells: CellReader) -> None:
        self.draft = draft
        self.cells = cells
        self._box: TimeBox | None = None  # a time that stands above what it is for
        self._opened: list[Draft] = []

    def read(self, rows: _Rows) -> None:
        """Read the rows, of whatever width."""
        width = max(len(row) for _line, row in rows)
        for place in range(1, width):
            if place == 1 or any(place < len(row) and row[place].strip() for _line, row in rows):
                self._read_column(rows, place)

    def _read_column(self, rows: _Rows, place: int) -> None:
        self._box, self._opened = None, []
        meaning = name = ""
        for line, row in rows:
            written = without_emphasis(row[0])
            if written.strip():
                meaning, name = _meaning(written), written
            if place == 1 and (part := part_of_row(row)) is not None:
                self._box = part.box
                self._part(part.title, line.number)
            elif place < len(row) and row[place].strip():
                self._read_value(line.number, name, meaning, row[place])
            elif written.strip() and not any(cell.strip() for cell in row[1:]):
                self._part(row[0], line.number)
        self._warn_of_time(rows[0][0].number)

    def _warn_of_time(self, number: int) -> None:
        if self._box is not None:
            self.draft.warn(number, N_("This row has a time and nothing to do in it."))

    def _read_value(self, number: int, name: str, meaning: str, value: str) -> None:
        match meaning:
            case "section" | "what":
                self._part(value, number)
            case "time" | "from" if (box := cell_box(value, bare=True)) is not None:
                self.draft.reasons[number] = reasons.TIME_BY_LABEL
                self._time(box)
            case "question" | "mixed":
                self._ask(value, number, name)
            case "probe":
                for part in parts_of(value):
                    self.cells.probe(part, number)
            case "yield":
                for part in parts_of(value):
                    self.draft.add_yields(part.written, number)
            case _:
                label = _label(name)
                is_pure = label is not None and label.is_pure
                self.cells.instruct(value if is_pure else f"{name.rstrip(' :')}: {value}", number)

    def _part(self, cell: str, number: int) -> None:
        self._box = self.cells.part(cell, number, self._box)
        if self.draft.section:
            self._opened = [self.draft.section]

    def _ask(self, value: str, number: int, name: str) -> None:
        label = _label(name)
        before = len(self.draft.items)
        self.cells.questions(value, number, self._box)
        self._box = None
        asked = [item for item in self.draft.items[before:] if item.kind == "question"]
        if asked and label and label.number:
            asked[0].fields["label"] = label.number
        self._opened += asked[:1]

    def _time(self, box: TimeBox) -> None:
        """Give a time to what the table opened last and has none, else to the section that it stands in."""
        section, last = self.draft.section, self._opened[-1:]
        is_alone = section is not None and self.draft.items[-1] is section
        if self._opened and self._opened[0].kind != "question" and self._opened[0].box is None:
            self._opened[0].box = box
        elif last and last[0].box is None:
            last[0].box = box
        elif section is not None and is_alone and section.box is None:
            section.box = box
        else:
            self._box = box
