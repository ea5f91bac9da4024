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
from kring.system.i18n import _, decimal, ngettext


def saturation_command(asked: Namespace) -> int:
    """Print how many themes each group brought that no group before it had."""
    if min(asked.base, asked.run) < 1:
        raise KringError("The base and the run are one group or more.")
    if not 0 <= asked.threshold <= 100:  # which no number that is none is either
        raise KringError("The threshold is 0 to 100 per cent.")
    with Asked(asked) as about:
        found = lines(about.groups, about.finding.mentions(), asked.base, asked.run)
        if asked.json:
            sys.stdout.write(json_text(_as_json(about, found, asked)) + "\n")
        else:
            print_lines(_lines(about, found, asked))
    return 0


def _lines(about: Asked, found: list[Line], asked: Namespace) -> Iterator[str]:
    if not found:
        yield _("No group was held yet.")
        return
    yield _("New themes in each group: tags and codes on what participants said")
    names = segments_of(about.groups)
    for line in found:
        yield ""
        yield _("All segments") if line.segment is None else names.get(line.segment) or _("unknown")
        if len(line.sessions) < 2:
            template = ngettext(
                "One group is no line yet: {n} theme.", "One group is no line yet: {n} themes.", line.new[0]
            )
            yield "  " + template.format(n=line.new[0])
            continue
        yield from _table(about, line)
        if line.segment is None:
            yield "  " + _of_runs(line, asked)
    yield ""
    yield _("This is a sign, and no proof: a new group may always bring what no group said before.")
    yield from about.definitions()
    yield from about.said()


def _table(about: Asked, line: Line) -> Iterator[str]:
    names = [one_line(about.called[session]) for session in line.sessions]
    width = max(map(len, names))
    orders = (_("all {n} orders") if line.are_all else _("{n} orders drawn")).format(n=line.orders)
    new, known = _("new"), _("known")
    yield f"  {'':<{width}}  {new:>6} {known:>6}  " + _("{orders}: lowest, middle, highest").format(orders=orders)
    for name, new, known, spread in zip(names, map(str, line.new), map(str, line.known), line.spread, strict=True):
        yield f"  {name:<{width}}  {new:>6} {known:>6}  {spread.low}, {spread.middle}, {spread.high}"


def _of_runs(line: Line, asked: Namespace) -> str:
    """Return what the runs say: how much was new in the last groups beside the first ones."""
    if not line.runs:
        template = _("Base of {base} groups and a run of {run}: that takes {n} groups, and {held} were held.")
        n, held = asked.base + asked.run, len(line.sessions)
        return template.format(base=asked.base, run=asked.run, n=n, held=held)
    first = reached(line.runs, asked.threshold / 100)
    told = first if first is not None else line.runs[-1]
    base = sum(line.new[: asked.base])
    share = f"{told.new}/{base}" if told.ratio is None else f"{told.new}/{base} = {decimal(100 * told.ratio)} %"
    template = (
        _("Base {base}, run {run}, at most {threshold} %: reached at group {n} ({share}).")
        if first is not None
        else _("Base {base}, run {run}, at most {threshold} %: not reached; after group {n} {share}.")
    )
    return template.format(base=asked.base, run=asked.run, threshold=f"{asked.threshold:g}", n=told.until, share=share)


def _as_json(about: Asked, found: list[Line], asked: Namespace) -> dict[str, Any]:
    names = segments_of(about.groups)
    return {
        "base": asked.base,
        "run": asked.run,
        "threshold": asked.threshold / 100,
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
                "reached": first.until if (first := reached(line.runs, asked.threshold / 100)) else None,
            }
            for line in found
        ],
        "said": [*about.definitions(), *about.said()],
    }
