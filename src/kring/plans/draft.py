"""A guide in the making: items as they are read, then numbered, timed, and given ids that survive an edit."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

import msgspec

from kring.domain.leading import SITUATIONS
from kring.domain.plan import GuideItem, Ids, PlannedCheck, PlanWarning
from kring.domain.rows import CheckPhase, GuideKind, Situation
from kring.domain.text import N_, Sentence, folded
from kring.plans.escapes import put_back
from kring.plans.leading import read_sentence, take_probe_kind, yields_in
from kring.plans.lines import Line
from kring.plans.marks import Command, Marks, asks
from kring.plans.time_box import TimeBox, minutes_until, split_box
from kring.plans.vocabulary.breaks import names_break
from kring.plans.vocabulary.reasons import TOTAL, Reason

_SLUG_LENGTH = 40
_SPELLED_OUT = re.compile(r"(?:minuten|minuut|minutes?|uur|hours?)\.?$", re.IGNORECASE)  # `over de laatste 20 minuten`
NAMELESS = {"nl": "Gesprek", "en": "Discussion"}


@dataclass(eq=False, slots=True)
class Draft:
    """One item that is still being read; its id comes last, when all wanted ids are known."""

    kind: GuideKind
    text: str
    line: int
    parent: Draft | None = None
    wanted_id: str = ""
    box: TimeBox | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    number: str = ""


@dataclass(eq=False, slots=True)
class CheckDraft:
    """One check that is still being read."""

    phase: CheckPhase
    text: str
    line: int
    gate: bool = False
    per_participant: bool = False
    parts: tuple[str, ...] = ()
    item: Draft | None = None
    url: str | None = None
    recording: bool = False
    consent: bool = False


class GuideDraft:
    """What a reader of a guide writes in, line by line."""

    def __init__(self, language: str | None = None) -> None:
        self.items: list[Draft] = []
        self.checks: list[CheckDraft] = []
        self.warnings: list[PlanWarning] = []
        self.sentences: dict[Situation, str] = {}
        self.section: Draft | None = None
        self.question: Draft | None = None
        self.reasons: dict[int, Reason] = {}
        self.is_nameless = False
        self.ends_at: str | None = None
        self._nameless = NAMELESS.get(language or "", NAMELESS["en"])

    @property
    def begins(self) -> str | None:
        """The time of day at which the first section begins, None where it says none."""
        first = next((item for item in self.items if item.kind in ("section", "break")), None)
        return first.box.starts if first is not None and first.box is not None else None

    def warn(self, line: int, template: str, **values: str | float) -> None:
        """Add a warning for a line of the file."""
        self.warnings.append(PlanWarning(line, Sentence(template, values)))

    def because(self, line: Line, reason: Reason) -> None:
        """Keep why a line was taken for what it is; of two reasons the first one."""
        self.reasons.setdefault(line.number, reason)

    def open_nameless(self, line: int) -> None:
        """Begin a section for questions that stand in none."""
        self.open_section("", line)
        self.is_nameless = True

    def open_section(self, text: str, line: int, marks: Marks | None = None, kind: GuideKind = "section") -> Draft:
        """Begin a section or a break; questions that follow stand in it."""
        section = Draft(
            kind, text or self._nameless, line, None, marks.id if marks else "", marks.box if marks else None
        )
        self.items.append(section)
        self.section, self.question, self.is_nameless = section, None, False
        return section

    def open_question(self, marks: Marks, line: int, label: str = "") -> Draft:
        """Begin a question; probes that follow belong to it."""
        if self.section is None:
            self.open_section(self._nameless, line)
        text, box = marks.text, marks.box
        if box is None:
            text, box = self._timed_question(text, line)
        question = Draft("question", text or "?", line, self.section, marks.id, box)
        question.fields = {
            "question_kind": marks.question_kind, "must_ask": marks.must_ask, "label": label or None,
        }  # fmt: skip
        self.items.append(question)
        self.question = question
        return question

    def add(self, kind: GuideKind, text: str, line: int, *, under_question: bool = True) -> Draft | None:
        """Add a probe, an instruction or a note to the question that is open, else to the section."""
        if not text:
            return None
        item = Draft(kind, text, line, self.place(under_question))
        self.items.append(item)
        return item

    def end(self, text: str, line: int, box: TimeBox | None) -> None:
        """Keep a line that is a sum or an end as a note; an end also gives the part before it its length."""
        if box and box.starts:
            self.ends_at = box.starts
        self.reasons[line] = TOTAL
        self.add("note", text, line, under_question=False)

    def add_loose(self, kind: GuideKind, text: str, line: int) -> None:
        """Add what belongs to no section, such as a chapter about the research."""
        if text:
            self.items.append(Draft(kind, text, line))

    def add_probe(self, text: str, line: int, wanted_id: str = "") -> None:
        """Add a probe to the question that is open, its kind taken out of its text."""
        probe_text, kind = take_probe_kind(text)
        probe = self.add("probe", probe_text, line)
        if probe:
            probe.wanted_id = wanted_id
            probe.fields = {"probe_kind": kind}

    def add_yields(self, text: str, line: int) -> None:
        """Add what the question that is open must yield; where none is open, it is a note."""
        for part in yields_in(text):
            self.add("yield" if self.question is not None else "note", part, line)
        if self.question is None:
            self.warn(line, N_("No question is open here that could yield something; the line is a note."))
        elif not yields_in(text):
            self.warn(line, N_("Say what the question must yield, such as: @yield a real moment."))

    def add_sentence(self, text: str, line: int) -> None:
        """Take a sentence of the plan's own for a difficult moment; of two for one moment the first one counts."""
        found = read_sentence(text)
        if found is None:
            words = ", ".join(SITUATIONS)
            self.warn(line, N_("Say for whom the sentence is, and the sentence: {words}."), words=words)
            self.add("note", text, line, under_question=False)
        elif self.sentences.setdefault(*found) != found[1]:
            self.warn(line, N_("There is a sentence for that moment already; the first one counts."))

    def leave(self, box: TimeBox | None, line: int) -> None:
        """Say that the minutes in a line count nowhere."""
        if box and box.planned_s:
            self.warn(line, N_("The {minutes} min here are not counted; write them behind a section or a question."),
                      minutes=box.planned_s / 60)  # fmt: skip

    def _timed_question(self, text: str, line: int) -> tuple[str, TimeBox | None]:
        """Take a time without brackets from before or behind a question; within a sentence it is only a text."""
        rest, box = split_box(text, heading=True)
        if box is None or asks(rest) or box.starts:
            return rest, box
        if not _SPELLED_OUT.search(text[-12:]):
            self.leave(box, line)
        return text, None

    def add_command(self, command: Command, line: int, *, under_question: bool) -> None:
        """Add a stimulus, a poll, an activity …"""
        kind = command.kind or "note"
        item = Draft(
            kind, command.text or f"@{command.word}", line, self.place(under_question), command.id, command.box
        )
        item.fields = {
            "options": command.options, "poll_kind": command.poll_kind, "label": command.label, "file": command.file,
            "url": command.url,
        }  # fmt: skip
        self.items.append(item)

    def place(self, under_question: bool) -> Draft | None:
        """Return the question that is open, or the section."""
        return (self.question or self.section) if under_question else self.section

    def finish(self) -> tuple[tuple[GuideItem, ...], tuple[PlannedCheck, ...]]:
        """Return the guide and the checks: numbered, with kinds, times and ids."""
        self._number()
        self._take_back_breaks()
        self._name_kinds()
        self._time_sections()
        self._give_ids()
        guide = tuple(_guide_item(draft, position) for position, draft in enumerate(self.items))
        return guide, tuple(self._planned_checks())

    def _take_back_breaks(self) -> None:
        """Make a break a section where something is asked in it, and its name is only what is drunk there."""
        asked = {id(item.parent) for item in self.items if item.kind == "question"}
        for item in self.items:
            if item.kind == "break" and id(item) in asked and not names_break(item.text, is_asked=True):
                item.kind = "section"

    def _number(self) -> None:
        sections = questions = 0
        for item in self.items:
            if item.parent is None and item.kind in ("section", "break"):
                sections, questions = sections + 1, 0
                item.number = str(sections)
            elif item.kind == "question":
                questions += 1
                item.number = f"{sections}.{questions}"
                if item.fields["label"] == item.number:
                    item.fields["label"] = None

    def _name_kinds(self) -> None:
        questions = [item for item in self.items if item.kind == "question"]
        if not questions:
            return
        first, last = questions[0], questions[-1]
        first.fields["question_kind"] = first.fields["question_kind"] or "opening"
        last.fields["question_kind"] = last.fields["question_kind"] or "ending"

    def _time_sections(self) -> None:
        sections = [item for item in self.items if item.number and item.kind in ("section", "break")]
        _settle_elapsed(sections)
        for section, following in zip_longest(sections, sections[1:]):
            box, then = section.box, following.box if following else None
            if box and box.planned_s is None and box.starts and then and then.starts:
                section.box = _lasting(box, minutes_until(box.starts, then.starts))
            elif box and box.planned_s is None and box.starts and following is None and self.ends_at:
                section.box = _lasting(box, minutes_until(box.starts, self.ends_at))
        self._time_questions()
        asked: dict[int, list[TimeBox]] = {}
        for item in self.items:
            if item.kind == "question" and item.parent and item.box and item.box.planned_s:
                asked.setdefault(id(item.parent), []).append(item.box)
        for section in sections:
            boxes = asked.get(id(section))
            if boxes and (section.box is None or section.box.planned_s is None):
                total = sum(box.planned_s or 0 for box in boxes)
                section.box = msgspec.structs.replace(section.box or TimeBox(), planned_s=total)

    def _time_questions(self) -> None:
        """Give a question or a break that begins at a time of day the minutes until what begins next."""
        following = self.ends_at
        for item in reversed(self.items):
            if not item.box or not item.box.starts:
                continue
            if item.kind in ("question", "break") and following and item.box.planned_s is None:
                item.box = _lasting(item.box, minutes_until(item.box.starts, following) or None)
            following = item.box.starts

    def _give_ids(self) -> None:
        ids = Ids()
        for item in self.items:
            if item.wanted_id:
                item.id = ids.take(item.wanted_id)
                if item.id != item.wanted_id:
                    self.warn(item.line, N_("The id {id} is used twice; here it is read as {other}."),
                              id=item.wanted_id, other=item.id)  # fmt: skip
        for item in self.items:
            if not item.id:
                item.id = ids.take(derived_id(item.kind, item.text, item.parent.id if item.parent else None))

    def _planned_checks(self) -> list[PlannedCheck]:
        ids = Ids()
        return [
            PlannedCheck(
                id=ids.take(f"{check.phase.replace('_', '-')}--{slug(check.text)}"),
                phase=check.phase,
                text=check.text,
                gate=check.gate,
                recording=check.recording,
                consent=check.consent,
                per_participant=check.per_participant,
                parts=check.parts,
                item=check.item.id if check.item else None,
                url=check.url,
                line=check.line,
            )
            for check in self.checks
        ]


def _lasting(box: TimeBox, minutes: int | None) -> TimeBox:
    return msgspec.structs.replace(box, planned_s=minutes * 60 if minutes else None)


def _settle_elapsed(sections: list[Draft]) -> None:
    """Give parts their lengths where the times go on from 0, as in `0-5`, `5-20`, `20-45`: minutes since the start."""
    boxes = [section.box for section in sections if section.box and section.box.planned_s]
    ends = [0, *(box.planned_s for box in boxes)]
    if len(boxes) < 2 or any(box.low_s != end for box, end in zip(boxes, ends, strict=False)):
        return
    for section in sections:
        if (box := section.box) and box.planned_s:
            section.box = msgspec.structs.replace(box, planned_s=box.planned_s - (box.low_s or 0), low_s=None)


def derived_id(kind: GuideKind, text: str, parent: str | None) -> str:
    """Return the id that a line of the guide gets by its words, where its author gave it none."""
    above = f"{parent}--" if parent else "" if kind == "section" else f"{kind}--"
    return above + slug(put_back(text))


def slug(text: str) -> str:
    """Return a text as part of an id: its first words, and a sum over all of it where words are left out."""
    words = "".join(mark if mark.isalnum() else " " for mark in folded(text)).split()
    short = ""
    for word in words:
        if len(short) + len(word) > _SLUG_LENGTH:
            break
        short = f"{short}-{word}" if short else word
    if short == "-".join(words) and short:
        return short
    total = f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"[:6]
    return f"{short}-{total}" if short else total


def _guide_item(draft: Draft, position: int) -> GuideItem:
    box = draft.box or TimeBox()
    return GuideItem(
        id=draft.id,
        parent=draft.parent.id if draft.parent else None,
        position=position,
        number=draft.number,
        kind=draft.kind,
        text=draft.text,
        planned_s=box.planned_s,
        planned_low_s=box.low_s,
        until=box.until,
        warn_s=box.warn_s,
        line=draft.line,
        **draft.fields,
    )
