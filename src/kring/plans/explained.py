"""What the reader of guides took each line for, and why; and the lines with what a person chose instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from kring.domain.plan import Plan
from kring.domain.text import N_, Sentence, one_line
from kring.plans.escapes import put_back
from kring.plans.lines import Line, cells
from kring.plans.outline import NAMES
from kring.plans.plan_reader import Reading
from kring.plans.vocabulary import reasons

Choice = Literal["section", "question", "probe", "note", "instruction", "skip"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
"""What a person may choose for a line."""

KINDS: dict[str, str] = {
    **NAMES,
    "section": N_("section"),
    "question": N_("question"),
    "probe": N_("probe"),
    "note": N_("note"),
    "instruction": N_("instruction"),
    "check": N_("check"),
    "title": N_("title"),
    "fact": N_("fact"),
    "label": N_("label"),
    "list": N_("list"),
    "skip": N_("skipped"),
    "above": N_("with the line above"),
}
_WITHOUT_ITEM = {
    reasons.TITLE: "title", reasons.FACT: "fact", reasons.ABOUT: "fact", reasons.TIME_OF_SECTION: "fact",
    reasons.TIME_BY_LABEL: "fact",
    reasons.LABEL: "label", reasons.IN_LIST: "list", reasons.ROSTER: "list", reasons.CHECKLIST: "list",
    reasons.PHASE: "list", reasons.HEADER_ROW: "label", reasons.ASIDE: "note",
}  # fmt: skip


class Taken(msgspec.Struct, frozen=True):
    """A line of a guide: its number and text, what it was taken for, why, and what the reader warns of."""

    number: int
    text: str
    kinds: tuple[str, ...]
    reason: str
    warnings: tuple[Sentence, ...] = ()
    is_fixed: bool = False
    """It stands in the front matter, where nothing else can be chosen."""


def explained(lines: Sequence[Line], reading: Reading, choices: Mapping[int, Choice] | None = None) -> list[Taken]:
    """Return each line that is not empty, with what it was taken for and why; `choices` are those that were read."""
    kinds = _kinds(reading.plan) | {number: (choice,) for number, choice in (choices or {}).items()}
    warnings: dict[int, list[Sentence]] = {}
    for warning in reading.plan.warnings:
        if not warning.source:
            warnings.setdefault(warning.line, []).append(warning.sentence)
    found: list[Taken] = []
    for line in lines:
        if not any(mark.isalnum() for mark in line.wide):
            continue
        reason = reading.reasons.get(line.number, "")
        taken = kinds.get(line.number, ())
        if not taken and reason:
            taken = (_WITHOUT_ITEM.get(reason, "skip"),)
        elif not taken:
            is_text = line.shape in ("text", "instruction")
            taken, reason = (("above",), reasons.WRAPPED) if is_text and found else (("skip",), reasons.UNREAD)
        text = one_line(put_back(" | ".join(cells(line)) if line.cells else line.wide))
        said = tuple(warnings.get(line.number, ()))
        found.append(Taken(line.number, text, taken, reason, said, reason == reasons.FACT))
    return found


def with_choices(lines: Sequence[Line], choices: Mapping[int, Choice]) -> list[Line]:
    """Return the lines, each for which something was chosen as a line of text that is nothing else."""
    return [_chosen(line, choices[line.number]) if line.number in choices else line for line in lines]


def table(taken: Sequence[Taken]) -> Iterator[tuple[int, tuple[str, ...], str, str]]:
    """Return for each line its number, the names of what it was taken for, why, and its text."""
    for line in taken:
        yield line.number, tuple(KINDS[kind] for kind in line.kinds), line.reason, line.text


def _chosen(line: Line, choice: Choice) -> Line:
    text = " ".join(cell for cell in cells(line) if cell) if line.shape == "row" else line.text
    return msgspec.structs.replace(line, shape="text", text=one_line(text), chosen=choice)


def _kinds(plan: Plan) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for item in plan.guide:
        of_line = found.setdefault(item.line, [])
        if item.kind not in of_line:
            of_line.append(item.kind)
    for check in plan.checks:
        found.setdefault(check.line, []).append("check")
    if not plan.roster_file:
        for person in plan.participants:
            found.setdefault(person.line, []).append("list")
    return {number: tuple(kinds) for number, kinds in found.items()}
