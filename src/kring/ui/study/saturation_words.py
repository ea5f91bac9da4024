"""How saturation is told, on its screen and in lines: what was new in each group, and what the runs say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kring.domain.study.saturation import BASE, RUN, THRESHOLD, reached
from kring.study.finding.comparing import Line
from kring.system.i18n import _, decimal, ngettext


class Measure(NamedTuple):
    """How many groups to begin with, in how many little must be new, and how little, in per cent of the base."""

    base: int = BASE
    run: int = RUN
    threshold: float = 100 * THRESHOLD


def segment_told(found: Line, names: Mapping[str, str]) -> str:
    """Return whose line it is."""
    return _("All segments") if found.segment is None else names.get(found.segment) or _("unknown")


def orders_told(found: Line) -> str:
    """Return over which orders the lowest, the middle and the highest figure are."""
    return (_("all {n} orders") if found.are_all else _("{n} orders drawn")).format(n=found.orders)


def one_group_told(found: Line) -> str:
    """Return what a line of one group says."""
    template = ngettext("One group is no line yet: {n} theme.", "One group is no line yet: {n} themes.", found.new[0])
    return template.format(n=found.new[0])


def runs_told(found: Line, by: Measure) -> str:
    """Return what the runs say: how much was new in the last groups beside the first ones."""
    if not found.runs:
        template = _("Base of {base} groups and a run of {run}: that takes {n} groups, and {held} were held.")
        return template.format(base=by.base, run=by.run, n=by.base + by.run, held=len(found.sessions))
    first = reached(found.runs, by.threshold / 100)
    told = first if first is not None else found.runs[-1]
    base = sum(found.new[: by.base])
    share = f"{told.new}/{base}" if told.ratio is None else f"{told.new}/{base} = {decimal(100 * told.ratio)} %"
    template = (
        _("Base {base}, run {run}, at most {threshold} %: reached at group {n} ({share}).")
        if first is not None
        else _("Base {base}, run {run}, at most {threshold} %: not reached; after group {n} {share}.")
    )
    return template.format(base=by.base, run=by.run, threshold=f"{by.threshold:g}", n=told.until, share=share)


def sign_told() -> str:
    """Return what saturation is not."""
    return _("This is a sign, and no proof: a new group may always bring what no group said before.")
