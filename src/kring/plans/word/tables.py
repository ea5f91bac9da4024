"""Tables as they are put into a plan: rectangular, and so that no cell of them is passed over."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain.text import one_line
from kring.plans.guide_table import known_columns
from kring.plans.marks import asks
from kring.plans.time_box import clock, split_box, time_box
from kring.plans.word.fragments import as_instruction, as_question

Rows = Sequence[Sequence[str]]

_NOWHERE = -1  # a column that the table does not have


class _Marked(str):
    """A cell in which marks mean what they say."""

    __slots__ = ()


def is_talk_table(header: Sequence[str]) -> bool:
    """Whether a header row names questions and something beside them."""
    columns = {column for column in known_columns(list(header)) if column}
    return "question" in columns and len(columns) > 1


def guide_rows(rows: Rows) -> Rows:
    """Return the rows of a table of the talk as the plan has them; another table stays as it is."""
    if not rows:
        return rows
    header = [one_line(cell) for cell in rows[0]]
    columns = known_columns(header)
    if "stimulus" in columns:
        wanted = ["stimulus", "file"]
    elif is_talk_table(header) or ("time" in columns and "section" in columns):
        wanted = ["time", "section", "question", "probe"]
    else:
        return rows
    places = {column: columns.index(column) for column in wanted if column in columns}
    if "stimulus" not in columns:
        places.setdefault("time", _NOWHERE)
    beside = [place for place in range(len(header)) if place not in places.values()]
    names = [header[place] if place != _NOWHERE else "Time" for place in places.values()]
    written: list[Sequence[str]] = [[*names, *("" for _ in beside), ""]]
    for row in rows[1:]:
        cells = [*row, *("" for _ in range(len(header) - len(row)))]
        named = {column: cells[place] if place != _NOWHERE else "" for column, place in places.items()}
        rest = [_labelled(header[place], cells[place]) for place in beside]
        left = [text for cell in cells[len(header) :] if (text := one_line(cell))]
        left += _taken_out(named)
        written.append([*_marked(named), *rest, " / ".join(left)])
    return written if any(row[-1] for row in written) else [row[:-1] for row in written]


def rows_as_text(rows: Rows) -> list[str]:
    """Return rows as the lines of a Markdown table."""
    width = max((len(row) for row in rows), default=0)
    lines = []
    for place, row in enumerate(rows):
        cells = [_cell(cell) for cell in row]
        lines.append(f"| {' | '.join([*cells, *('' for _ in range(width - len(cells)))])} |")
        if not place:
            lines.append(f"|{'---|' * width}")
    return lines


def _marked(named: dict[str, str]) -> list[str]:
    # Where the row has its time in a cell, a time in another cell is a text like any other.
    has_time = bool(one_line(named.get("time", "")))
    return [
        _Marked(cell) if column in ("section", "question") and not has_time else cell for column, cell in named.items()
    ]


def _labelled(label: str, cell: str) -> str:
    text = one_line(cell)
    return f"{label}: {text}" if label and text else text


def _taken_out(named: dict[str, str]) -> list[str]:
    """Take out of a row what its columns cannot hold: a time that is none, and what stands below a question."""
    left = []
    at = one_line(named.get("time", ""))
    if at and time_box(at.strip("()[] "), bare_minutes=True) is None and clock(at.strip("()[] ")) is None:
        left.append(at)
        named["time"] = at = ""
    section = one_line(named.get("section", ""))
    if at and split_box(section, heading=True)[1]:
        left.append(section)
    if parts := [part for line in named.get("question", "").split("\n") if (part := one_line(line))]:
        asked = [part for part in parts if asks(part)] or ([] if section else parts[:1])
        left += [part for part in parts if part not in asked]
        named["question"] = "\n".join(asked)
    return left


def _cell(cell: str) -> str:
    written = as_question if isinstance(cell, _Marked) else as_instruction
    parts = [written(text).replace("<", r"\<") for line in cell.split("\n") if (text := one_line(line))]
    return "<br>".join(part.replace("|", r"\|") for part in parts)
