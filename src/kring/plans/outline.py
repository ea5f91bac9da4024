"""A plan on one page: its head, its guide with times, its group and its checklist; for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from kring.domain.leading import PROBE_KINDS
from kring.domain.plan import GuideItem, Plan, PlanWarning
from kring.domain.text import N_, Sentence, one_line
from kring.domain.words import POLL_WORDS
from kring.plans.lint import planned_s, review

_MARKS = {"probe": "-", "instruction": ">", "note": "·", "yield": "="}
KINDS_OF_QUESTIONS = {
    "opening": N_("opening question"),
    "introductory": N_("introductory question"),
    "transition": N_("transition question"),
    "key": N_("key question"),
    "ending": N_("ending question"),
}
_KINDS_OF_BOTH: dict[str, str] = {**KINDS_OF_QUESTIONS, **{str(kind): word for kind, word in PROBE_KINDS.items()}}
NAMES = {
    "break": N_("break"),
    "stimulus": N_("stimulus"),
    "poll": N_("poll"),
    "activity": N_("activity"),
    "breakout": N_("breakout group"),
    "yield": N_("yield"),
}
PHASES = {
    "week_before": N_("a week before"),
    "half_hour_before": N_("half an hour before"),
    "start": N_("at the start"),
    "during": N_("during"),
    "break": N_("in the break"),
    "after": N_("afterwards"),
}


class OutlineLine(msgspec.Struct, frozen=True):
    """One line of the outline: what stands left, its text, and remarks that a face translates."""

    left: str
    text: str
    remarks: tuple[Sentence | str, ...] = ()
    depth: int = 0


def outline(plan: Plan) -> Iterator[OutlineLine]:
    """Return the plan line by line, in the order in which it is used."""
    depths: dict[str, int] = {}
    for item in plan.guide:
        depth = depths[item.id] = depths.get(item.parent, 0) + 1 if item.parent else 0
        yield OutlineLine(item.number or _MARKS.get(item.kind, "@"), _one(item.text), tuple(_remarks(item)), depth)


def check_report(plan: Plan, say: Callable[[Sentence], str] = str) -> dict[str, Any]:
    """Return what `kring check --json` prints; `say` puts a sentence into the language in use."""
    return {
        "plan": msgspec.to_builtins(msgspec.structs.replace(plan, warnings=())),
        "outline": [{"depth": line.depth, "left": line.left, "text": line.text} for line in outline(plan)],
        "minutes": round(planned_s(plan) / 60, 1),
        "planned_minutes": plan.planned_min,
        "questions": len(plan.questions),
        "participants": len(plan.participants),
        "warnings": [
            {"file": warning.source or plan.source, "line": warning.line, "sentence": say(warning.sentence)}
            for warning in all_warnings(plan)
        ],
    }


def all_warnings(plan: Plan) -> list[PlanWarning]:
    """Return what the reader found and what the review says, by line."""
    return sorted([*plan.warnings, *review(plan)], key=lambda warning: (warning.source, warning.line))


def checks_by_phase(plan: Plan) -> Iterator[tuple[Sentence, int, int]]:
    """Return each phase of the checklist with its checks and its gates counted."""
    for phase, name in PHASES.items():
        checks = [check for check in plan.checks if check.phase == phase]
        if checks:
            yield Sentence(name), len(checks), sum(check.gate for check in checks)


def _remarks(item: GuideItem) -> Iterator[Sentence | str]:
    if item.kind in NAMES:
        yield Sentence(NAMES[item.kind])
    if item.label:
        yield item.label
    yield from (Sentence(_KINDS_OF_BOTH[kind]) for kind in (item.question_kind, item.probe_kind) if kind)
    if item.must_ask:
        yield Sentence(N_("must be asked"))
    if item.planned_s is not None:
        minutes, low_s = item.planned_s / 60, item.planned_low_s
        of_range = Sentence("{low}-{high}", {"low": (low_s or 0) / 60, "high": minutes})
        yield Sentence(N_("{minutes} min"), {"minutes": minutes if low_s is None else of_range})
    if item.until:
        yield Sentence(N_("until {time}"), {"time": item.until})
    if item.warn_s is not None:
        yield Sentence(N_("warns at {minutes} min"), {"minutes": item.warn_s / 60})
    yield from _of_poll(item)
    if where := item.file or item.url:
        yield where


def _of_poll(item: GuideItem) -> Iterator[Sentence | str]:
    if item.poll_kind:
        yield Sentence(POLL_WORDS[item.poll_kind])
    if item.options:
        yield _one("; ".join(item.options))


def _one(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 160 else f"{text[:159]}…"
