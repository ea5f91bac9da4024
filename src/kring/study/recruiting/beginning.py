"""A recruitment list to begin with: its columns, and one for each question of the screener."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from kring.domain.study.model import Study
from kring.domain.text import folded
from kring.study.recruitment_list.place import NAMES, list_files
from kring.study.recruitment_list.words import COLUMNS_IN_WORDS, word_of
from kring.system.output_files import already_there, creating

_SEPARATORS = {"nl": ";", "en": ","}
"""What Excel in that language takes for the end of a cell."""
_MAIL = "e-mail"


def begin(folder: Path, study: Study, language: str) -> Path:
    """Write an empty list, for its owner only, and return its path; raises KringError where there is one."""
    there = list_files(folder)
    if there:
        raise already_there(there[0])
    path = folder / NAMES[language]
    columns = {name: word_of(words, language) for name, words in COLUMNS_IN_WORDS.items()}
    first = [columns[name] for name in ("number", "name", "contact")]
    last = [columns[name] for name in ("group", "state", "reason", "since", "paid", "remark")]
    heads = [*first, _MAIL, columns["segment"], *(question.text for question in study.screener), *last]
    heads += _of_rules(study, heads)
    with creating(path) as file:
        file.write(row(heads, _SEPARATORS[language]).encode("utf-8-sig"))
    return path


def _of_rules(study: Study, heads: Sequence[str]) -> list[str]:
    """Return the columns by which the rules of segments tell who belongs to them, and that are not there yet."""
    found = {folded(head): head for head in heads}
    for segment in study.segments:
        for definition in segment.definitions:
            for rule in definition.rule:
                found.setdefault(folded(rule.column), rule.column)
    return list(found.values())[len({folded(head) for head in heads}) :]


def row(cells: list[str], separator: str, newline: str = "\r\n") -> str:
    """Return cells as a line of a delimited text."""
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator=newline).writerow(cells)
    return written.getvalue()
