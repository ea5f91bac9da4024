"""What a study is: its question, audience, segments, personas, groups, screener, findings, hypotheses and actions."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from kring.domain.plan import Pairs, Persona, PlanWarning
from kring.domain.rows import Whole
from kring.domain.text import folded

Verdict = Literal["open", "supported", "mixed", "refuted"]
ActionState = Literal["open", "started", "done", "dropped", "measured"]
Operator = Literal[">=", "<=", ">", "<", "=", "!="]


class Range(msgspec.Struct, frozen=True):
    """How many people are wanted, from least to most."""

    least: Whole
    most: Whole


class Condition(msgspec.Struct, frozen=True):
    """One thing that a column of the list of participants must say: `redemptions >= 6`."""

    column: str
    operator: Operator
    value: str


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """Who belongs to a segment from a day on; without a rule that is decided by hand, without a day it always held."""

    text: str = ""
    rule: tuple[Condition, ...] = ()
    since: date | None = None
    line: Whole = 0


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A segment: its definitions in the order of the text, what a group needs of it, and what it needs itself."""

    name: str
    definitions: tuple[Definition, ...] = ()
    wanted: Range | None = None
    groups: Whole | None = None
    priority: str = ""
    needs: str = ""
    extra: Pairs = ()
    line: Whole = 0


class Audience(msgspec.Struct, frozen=True, kw_only=True):
    """Who the study is about; `revised` is the day on which somebody last looked whether that still is so."""

    text: str = ""
    characteristics: str = ""
    size: str = ""
    source: str = ""
    revised: date | None = None
    extra: Pairs = ()
    line: Whole = 0


class PlannedGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group that is planned: its number, local start (ISO), plan, and how many of each segment it needs."""

    number: str
    starts_at: str = ""
    plan: str = ""
    wanted: tuple[tuple[str, Range], ...] = ()
    extra: Pairs = ()
    line: Whole = 0


class ScreenerQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question that is asked before somebody is invited, its answers, and which of them leaves somebody out."""

    text: str
    answers: str = ""
    excludes: str = ""
    quota: str = ""
    extra: Pairs = ()
    line: Whole = 0


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the team found, the notes that say so and those that speak against it, and the figures that it rests on.

    Notes stand there as people point to them: `groep 1 #12`.
    """

    code: str
    text: str
    quotes: str = ""
    against: str = ""
    figures: str = ""
    extra: Pairs = ()
    line: Whole = 0


class SurveyFile(msgspec.Struct, frozen=True, kw_only=True):
    """A survey among customers: its period, its file, to how many it was sent, and the column with the segment."""

    period: str = ""
    file: str = ""
    sent: Whole | None = None
    segment: str = ""
    extra: Pairs = ()
    line: Whole = 0


class FigureAndQuotes(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a survey beside the notes that explain it and those that contradict it (a joint display).

    Notes stand there as people point to them: `groep 1 #12`; `themes` are tags and codes between commas.
    """

    figure: str
    quotes: str = ""
    against: str = ""
    themes: str = ""
    extra: Pairs = ()
    line: Whole = 0


class Hypothesis(msgspec.Struct, frozen=True, kw_only=True):
    """What the team thinks beforehand, what would confirm or refute it, the notes for and against, and its verdict."""

    code: str
    text: str
    confirms: str = ""
    refutes: str = ""
    quotes: str = ""
    against: str = ""
    verdict: Verdict = "open"
    because: str = ""
    extra: Pairs = ()
    line: Whole = 0


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done with a finding: who, by when, how far it is, how it is measured, and in what it was."""

    code: str
    text: str
    owner: str = ""
    due: date | None = None
    finding: str = ""
    measure: str = ""
    state: ActionState = "open"
    remark: str = ""
    measured: str = ""
    extra: Pairs = ()
    line: Whole = 0


class Study(msgspec.Struct, frozen=True, kw_only=True):
    """A whole study, as its text says it; what no reader knows is kept in `extra`, and in the text itself."""

    title: str = ""
    client: str = ""
    question: str = ""
    language: str | None = None
    over_recruiting: str = ""
    show_rate: str = ""
    audience: Audience | None = None
    segments: tuple[Segment, ...] = ()
    personas: tuple[Persona, ...] = ()
    groups: tuple[PlannedGroup, ...] = ()
    screener: tuple[ScreenerQuestion, ...] = ()
    findings: tuple[Finding, ...] = ()
    surveys: tuple[SurveyFile, ...] = ()
    figures: tuple[FigureAndQuotes, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    actions: tuple[Action, ...] = ()
    extra: Pairs = ()
    kept: tuple[tuple[Whole, str], ...] = ()
    warnings: tuple[PlanWarning, ...] = ()
    source: str = ""

    def segment(self, name: str) -> Segment | None:
        """Return the segment of this name, however it is written."""
        return next((one for one in self.segments if folded(one.name) == folded(name)), None)

    def persona(self, name: str) -> Persona | None:
        """Return the persona of this name, however it is written."""
        return next((one for one in self.personas if folded(one.name) == folded(name)), None)
