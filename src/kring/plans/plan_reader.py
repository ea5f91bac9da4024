"""The plan's Markdown: one text that a moderator can write, read line by line and never refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

import msgspec

from kring.domain.plan import Plan, PlanWarning
from kring.domain.rows import CheckPhase
from kring.domain.text import N_, folded, one_line
from kring.plans.checklist import read_check
from kring.plans.draft import GuideDraft
from kring.plans.escapes import held, released
from kring.plans.freeform_reader import is_ordinary, read_guide
from kring.plans.front_matter import Header, is_moment, read_header, read_moment, settle
from kring.plans.guide_table import read_table
from kring.plans.headings import Heading, find_headings
from kring.plans.joining import PROBE, joined, rearranged, shortened
from kring.plans.leading import YIELD
from kring.plans.lines import Line, read_lines
from kring.plans.lists import PlanLists, titled
from kring.plans.marks import SENTENCE_WORDS, asks, command_word, read_command, read_marks, split_commands
from kring.plans.plain_headings import numbered_sections

_DUTCH = "de het een en van u uw wat hoe is met voor niet dat die op wij jullie waarom welke"
_ENGLISH = "the a and of you your what how is with for not that which on we why do to"


def read_plan(text: str, source: str = "") -> Plan:
    """Read a plan from its Markdown, or from an ordinary guide; never fails, whatever the text."""
    without_escapes = held(text)
    plan = _read(without_escapes, one_line(source))
    return plan if without_escapes == text else released(plan)


def _read(text: str, source: str) -> Plan:
    lines = read_lines(text)
    header = read_header(lines)
    body = lines[header.lines :]
    language = header.fields.get("language")
    draft = GuideDraft(language or spoken_language(body))
    lists = PlanLists(draft)
    if is_ordinary(body):
        title = read_guide(body, draft, header, lists)
    else:
        title = _PlanReader(draft, header, lists).read(numbered_sections(titled(body, 1)))
    people = lists.participants()
    guide, checks = draft.finish()
    if not guide and not checks:
        draft.warn(0, N_("This plan has no guide yet; start a section with # and a question with 1."))
    settle(header)
    header.fields.setdefault("title", title or PurePath(source.replace("\\", "/")).stem)
    return Plan(
        **header.fields,
        extra=tuple(header.extra),
        guide=guide,
        checks=checks,
        participants=people,
        sentences=tuple(draft.sentences.items()),
        warnings=_in_order(header, draft),
        source=source,
    )


def spoken_language(lines: Iterable[Line]) -> str:
    """Return the language that a text seems to be in, nl or en."""
    words = [word for line in lines for word in line.text.lower().split()][:2000]
    dutch, english = set(_DUTCH.split()), set(_ENGLISH.split())
    return "nl" if sum(word in dutch for word in words) > sum(word in english for word in words) else "en"


def _in_order(header: Header, draft: GuideDraft) -> tuple[PlanWarning, ...]:
    return tuple(sorted([*header.warnings, *draft.warnings], key=lambda warning: warning.line))


class _PlanReader:
    """Reads the body of a plan into a draft, one line at a time."""

    def __init__(self, draft: GuideDraft, header: Header, lists: PlanLists) -> None:
        self.draft = draft
        self.header = header
        self.lists = lists
        self.title = ""
        self._question = Line(0, 0, "", "blank")
        self._table: list[Line] = []

    def read(self, body: list[Line]) -> str:
        """Read all lines, and return the title that the plan's own heading gives it."""
        headings = {heading.line.number: heading for heading in find_headings(body, ordinary=False)}
        for line in rearranged(joined(body), headings):
            if line.shape != "row":
                self._close_table()
            if heading := headings.get(line.number):
                self._read_heading(heading)
            else:
                self._read_line(line)
        self._close_table()
        return self.title

    def _read_heading(self, heading: Heading) -> None:
        draft, marks, line = self.draft, heading.marks, heading.line
        self.lists.open(heading.role, line)
        match heading.role:
            case "roster" | "checklist" | "phase":
                pass
            case "title":
                self.title = self.title or marks.text
            case "section":
                draft.open_section(marks.text, line.number, marks, heading.kind)
                self._question = Line(0, 0, "", "blank")
            case _:
                draft.question = None
                draft.add("note", line.text, line.number)
                if not heading.opens_with_section:
                    draft.leave(marks.box, line.number)

    def _read_line(self, line: Line) -> None:
        if line.shape in ("blank", "rule"):
            return
        is_sentence = line.shape == "command" and folded(command_word(line.text)) in SENTENCE_WORDS
        if not self.lists.area or is_sentence:
            self._read_guide_line(line)
        elif not self.lists.read(line):
            self._not_understood(line)

    def _read_guide_line(self, line: Line) -> None:
        draft, in_question = self.draft, self._is_in_question(line)
        match line.shape:
            case "instruction":
                marks = read_marks(line.text)
                draft.add("instruction", marks.text, line.number, under_question=in_question)
                draft.leave(marks.box, line.number)
            case "check":
                self._read_check_in_guide(line, in_question)
            case "command":
                self._read_commands(line, in_question)
            case "row":
                self._table.append(line)
            case "numbered" | "lettered":
                self._read_numbered(line, in_question)
            case "bullet":
                self._read_bullet(line)
            case "text" if draft.question is not None and YIELD.match(line.text):
                draft.add_yields(YIELD.sub("", line.text, count=1), line.number)
            case "text" if draft.section is None and is_moment(line.text):
                read_moment(self.header, line.number, line.text)
            case _:
                self._not_understood(line, under_question=in_question)

    def _is_in_question(self, line: Line) -> bool:
        return self.draft.question is not None and line.indent > self._question.indent

    def _read_check_in_guide(self, line: Line, in_question: bool) -> None:
        place = self.draft.place(in_question)
        phase: CheckPhase = "break" if place and place.kind == "break" else "during"
        check = read_check(line.text, line.number, phase)
        if check:
            check.item = place
            self.draft.checks.append(check)

    def _read_commands(self, line: Line, in_question: bool) -> None:
        for text in split_commands(line.text):
            command = read_command(text)
            if command.kind == "yield":
                self.draft.add_yields(command.text, line.number)
                self.draft.leave(command.box, line.number)
                continue
            if folded(command.word) in SENTENCE_WORDS:
                self.draft.add_sentence(command.text, line.number)
                continue
            if command.kind is None:
                self.draft.warn(
                    line.number, N_("The command {word} is not known; the line is a note."), word=f"@{command.word}"
                )
                command = msgspec.structs.replace(command, kind="note", text=text)
            if command.kind == "poll" and not command.options:
                self.draft.warn(
                    line.number, N_("This poll has no options; write them as @poll Title: one; two or 0-10.")
                )
            self.draft.add_command(command, line.number, under_question=in_question)

    def _read_numbered(self, line: Line, in_question: bool) -> None:
        nested = in_question and line.indent >= self._question.indent + 2
        sibling = self._question.shape == "lettered" and line.indent <= self._question.indent
        lettered = line.shape == "lettered" and line.label.islower() and self.draft.question is not None
        if nested or (lettered and not sibling):
            self._add_probe(line)
        else:
            self._open_question(line)

    def _read_bullet(self, line: Line) -> None:
        beside = self._question.shape == "bullet" and line.indent <= self._question.indent
        section = self.draft.section
        if self.draft.question is not None and not beside:
            self._add_probe(line)
        elif asks(read_marks(line.text).text) or (section and self.draft.question is None and asks(section.text)):
            self._open_question(line)
        elif self.draft.question is not None and PROBE.match(line.text):
            self._add_probe(line)
        else:
            self.draft.question = None
            self._question = Line(0, 0, "", "blank")
            marks = read_marks(line.text)
            self.draft.add("note", marks.text, line.number)
            self.draft.leave(marks.box, line.number)

    def _open_question(self, line: Line) -> None:
        marks = read_marks(line.text)
        if not marks.text:
            self._not_understood(line)
            return
        if marks.unknown:
            self.draft.warn(line.number, N_("The mark {mark} is not known; it stays in the text."), mark=marks.unknown)
        self.draft.open_question(marks, line.number, line.label if line.shape == "numbered" else "")
        self._question = line

    def _add_probe(self, line: Line) -> None:
        if YIELD.match(line.text):
            marks = read_marks(YIELD.sub("", line.text, count=1))
            self.draft.add_yields(marks.text, line.number)
        else:
            marks = read_marks(PROBE.sub("", line.text, count=1))
            self.draft.add_probe(marks.text, line.number, marks.id)
        self.draft.leave(marks.box, line.number)

    def _not_understood(self, line: Line, *, under_question: bool = False) -> None:
        text = one_line(line.wide)
        self.draft.warn(
            line.number, N_("This line is not understood; it is kept as a note: {text}"), text=shortened(text)
        )
        self.draft.add("note", text, line.number, under_question=under_question)

    def _close_table(self) -> None:
        if self._table:
            read_table(self.draft, self._table)
            self._table = []
