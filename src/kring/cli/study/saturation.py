"""`kring study saturation`: what each group brought that was new, in the order held and in other orders."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from kring.cli.json_text import json_text
from kring.cli.study.asked import Asked, print_lines
from kring.domain.study.saturation import reached
from kring.domain.text import KringError, one_line
from kring.study.finding.choices import segments_of
from kring.study.finding.comparing import Line, lines
from kring.system import settings
from kring.system.i18n import _
from kring.ui.study.saturation_words import (
    Measure,
    one_group_told,
    orders_told,
    runs_told,
    segment_told,
    sign_told,
)


def saturation_command(asked: Namespace) -> int:
    """Print how many themes each group brought that no group before it had; on a screen where there is one."""
    by = Measure(asked.base, asked.run, asked.threshold)
    if min(by.base, by.run) < 1:
        raise KringError("The base and the run are one group or more.")
    if not 0 <= by.threshold <= 100:  # which no number that is none is either
        raise KringError("The threshold is 0 to 100 per cent.")
    with Asked(asked) as about:
        if sys.stdin.isatty() and sys.stdout.isatty() and not (asked.json or asked.plain):
            _on_screen(about, by)
            return 0
        found = lines(about.groups, about.finding.mentions(), by.base, by.run)
        if asked.json:
            sys.stdout.write(json_text(_as_json(about, found, by)) + "\n")
        else:
            print_lines(_lines(about, found, by))
    return 0


def _on_screen(about: Asked, by: Measure) -> None:
    from kring.ui.toolkit import textual_start

    textual_start.prepare()
    from kring.ui.study.saturation_screen import run

    run(about.finding, about.study.title or about.finding.folder.resolve().name, settings.read(), by)


def _lines(about: Asked, found: list[Line], by: Measure) -> Iterator[str]:
    if not found:
        yield _("No group was held yet.")
        return
    yield _("New themes in each group: tags and codes on what participants said")
    names = segments_of(about.groups)
    for line in found:
        yield ""
        yield segment_told(line, names)
        if len(line.sessions) < 2:
            yield "  " + one_group_told(line)
            continue
        yield from _table(about, line)
        if line.segment is None:
            yield "  " + runs_told(line, by)
    yield ""
    yield sign_told()
    yield from about.definitions()
    yield from about.said()


def _table(about: Asked, line: Line) -> Iterator[str]:
    names = [one_line(about.called[session]) for session in line.sessions]
    width = max(map(len, names))
    new, known = _("new"), _("known")
    yield f"  {'':<{width}}  {new:>6} {known:>6}  " + _("{orders}: lowest, middle, highest").format(
        orders=orders_told(line)
    )
    for name, new, known, spread in zip(names, map(str, line.new), map(str, line.known), line.spread, strict=True):
        yield f"  {name:<{width}}  {new:>6} {known:>6}  {spread.low}, {spread.middle}, {spread.high}"


def _as_json(about: Asked, found: list[Line], by: Measure) -> dict[str, Any]:
    names = segments_of(about.groups)
    return {
        "base": by.base,
        "run": by.run,
        "threshold": by.threshold / 100,
        "lines": [
            {
                "segment": None if line.segment is None else names.get(line.segment, line.segment),
                "groups": [about.called[session] for session in line.sessions],
                "new": line.new,
                "known": line.known,
                "orders": line.orders,
                "all_orders": line.are_all,
                "spread": [one._asdict() for one in line.spread],
                "runs": [one._asdict() for one in line.runs],
                "reached": first.until if (first := reached(line.runs, by.threshold / 100)) else None,
            }
            for line in found
        ],
        "said": [*about.definitions(), *about.said()],
    }
