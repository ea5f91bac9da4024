"""`kring study matrix`: themes by segment and by group; groups, people and mentions apart."""

from __future__ import annotations

import csv
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kring.cli.json_text import json_text
from kring.cli.study.asked import Asked, print_lines
from kring.domain.study.themes import Count, ThemeRow, matrix
from kring.domain.text import one_line
from kring.exports.tables.formulas import defused
from kring.study.finding.choices import segments_of
from kring.study.finding.passages import segment_key
from kring.system.i18n import _, language

LONGEST_THEME = 28


def matrix_command(asked: Namespace) -> int:
    """Print the themes of a study, with who said them."""
    with Asked(asked) as about:
        rows, names = matrix(about.finding.mentions()), about.finding.names_of_themes()
        if asked.json:
            sys.stdout.write(json_text(_as_json(about, rows, names)) + "\n")
        elif asked.csv:
            _write_csv(about, rows, names)
        else:
            print_lines(_lines(about, rows, names, by_group=asked.by_group))
    return 0


def _lines(about: Asked, rows: Sequence[ThemeRow], names: Mapping[str, str], *, by_group: bool) -> Iterator[str]:
    if not rows:
        yield _("No group has a tag or a code on what was said.")
        yield from about.said()
        return
    columns = _by_group(about, rows) if by_group else _by_segment(about, rows)
    themes = [one_line(names[row.theme])[:LONGEST_THEME] for row in rows]
    width = max(map(len, themes))
    heads = [one_line(head) for head, _cells in columns]
    widths = [max(len(head), 12) for head in heads]
    yield _("Theme: in how many groups, by how many people, how often")
    yield ""
    yield "  ".join([" " * width, *(f"{head:<{w}}" for head, w in zip(heads, widths, strict=True))]).rstrip()
    for place, theme in enumerate(themes):
        cells = [f"{_cell(of_column[place]):<{w}}" for (_head, of_column), w in zip(columns, widths, strict=True)]
        yield "  ".join([f"{theme:<{width}}", *cells]).rstrip()
    yield ""
    if any(row.total.unsure for row in rows):
        yield _("? = some of these people are known only by the log of who spoke; nobody confirmed it.")
    if any(not segment and not count.people for row in rows for segment, count in row.by_segment.items()):
        yield _("Words of an unknown speaker are a mention, and of no person.")
    yield _("The words behind a cell: kring study search {folder} --code THEME --segment SEGMENT").format(
        folder=about.finding.folder
    )
    yield from about.definitions()
    yield from about.said()


def _by_segment(about: Asked, rows: Sequence[ThemeRow]) -> list[tuple[str, list[Count]]]:
    segments = segments_of(about.groups)
    n = Counter(segment_key(person.segment) for held in about.groups.values() for person in held.people)
    there = [*segments, *({segment for row in rows for segment in row.by_segment} - segments.keys())]
    columns = [(_("all"), [row.total for row in rows])]
    for segment in sorted(there, key=lambda one: (not one, one)):
        name = segments.get(segment) or segment or _("unknown")
        columns.append((f"{name} ({n[segment]})", [row.by_segment.get(segment, Count()) for row in rows]))
    return columns


def _by_group(about: Asked, rows: Sequence[ThemeRow]) -> list[tuple[str, list[Count]]]:
    columns = [(_("all"), [row.total for row in rows])]
    for session, name in about.called.items():
        columns.append((name, [row.by_session.get(session, Count()) for row in rows]))
    return columns


def _cell(count: Count) -> str:
    if not count.mentions:
        return "–"
    return f"{count.groups:>2} {count.people:>3}{'?' if count.unsure else ' '} {count.mentions:>3}"


def _as_json(about: Asked, rows: Sequence[ThemeRow], names: Mapping[str, str]) -> dict[str, Any]:
    segments = segments_of(about.groups)
    return {
        "groups": {name: about.groups[session].file for session, name in about.called.items()},
        "themes": [
            {
                "theme": names[row.theme],
                "all": row.total._asdict(),
                "segments": {segments.get(one, one) or "": count._asdict() for one, count in row.by_segment.items()},
                "groups": {about.called[one]: count._asdict() for one, count in row.by_session.items()},
                "cells": [
                    {"segment": segments.get(segment, segment), "group": about.called[session]} | count._asdict()
                    for (segment, session), count in row.cells.items()
                ],
            }
            for row in rows
        ],
        "said": [*about.definitions(), *about.said()],
    }


def _write_csv(about: Asked, rows: Sequence[ThemeRow], names: Mapping[str, str]) -> None:
    """Write a line for each theme, segment and group; people and mentions may be added up, for nobody is in two."""
    segments = segments_of(about.groups)
    lines = csv.writer(sys.stdout, delimiter=";" if language() == "nl" else ",", lineterminator="\n")
    lines.writerow([_("theme"), _("segment"), _("group"), _("people"), _("mentions"), _("people by the log only")])
    for row in rows:
        for (segment, session), count in sorted(row.cells.items()):
            texts = (names[row.theme], segments.get(segment) or segment, about.called[session])
            lines.writerow([*map(defused, map(one_line, texts)), count.people, count.mentions, count.unsure])
