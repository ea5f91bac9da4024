"""The roster as a CSV file beside the plan, such as a recruiter sends it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kring.domain.plan import Plan, PlanWarning
from kring.domain.text import N_, Sentence
from kring.plans import roster
from kring.system.text_files import Unreadable, read_text, rows_of


def with_roster(plan: Plan, text: str, source: str) -> Plan:
    """Return the plan with the participants in the text of a CSV file."""
    return roster.with_roster(plan, rows_of(text), source)


def with_roster_file(plan: Plan, folder: Path) -> Plan:
    """Return the plan with the roster file that it names, looked for in its folder; a problem becomes a warning."""
    try:
        found = read_text(folder / plan.roster_file)
    except Unreadable as problem:
        return _warned(
            plan, Sentence(N_("The list of participants is left out: {problem}"), {"problem": problem.sentence})
        )
    for sentence in found.warnings:
        plan = _warned(plan, sentence, plan.roster_file)
    read = with_roster(plan, found.text, plan.roster_file)
    if not read.participants:
        return _warned(read, Sentence(N_("The list of participants is empty.")), plan.roster_file)
    return read


def _warned(plan: Plan, sentence: Sentence, source: str = "") -> Plan:
    return msgspec.structs.replace(plan, warnings=(*plan.warnings, PlanWarning(0, sentence, source)))
