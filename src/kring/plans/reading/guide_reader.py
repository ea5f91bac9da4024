"""The one reader of a guide: line by line, as kring's own marks say, and as people write guides without them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from kring.domain.measures.group.named_in_guide import named_in
from kring.domain.rows import CheckPhase
from kring.domain.text import N_, folded
from kring.plans.checklist import read_check
from kring.plans.draft import GuideDraft
from kring.plans.front_matter import Header, known_key
from kring.plans.leading import YIELD
from kring.plans.lines import Line, cells, is_row, is_smaller_letter, without_emphasis
from kring.plans.lists import PlanLists
from kring.plans.marks import SENTENCE_WORDS, Marks, asks, command_word, holds_question, read_marks
from kring.plans.marks import unquoted as without_quotes
from kring.plans.reading.beside import Beside
from kring.plans.reading.commands import read_commands
from kring.plans.reading.facts import Facts
from kring.plans.reading.guide_table import TableReader
from kring.plans.reading.headings import Heading, find_headings
from kring.plans.reading.joining import PROBE, joined, rearranged
from kring.plans.reading.labels import Label, code_of, label_of
from kring.plans.reading.parts import subheadings
from kring.plans.reading.talk import SPOKEN_TO_MODERATOR, WHOLE_BRACKETS, Talk
from kring.plans.time_box import TimeBox, duration, split_box, unread_time
from kring.plans.vocabulary import reasons
from kring.plans.vocabulary.breaks import names_break
from kring.plans.vocabulary.said import asks_barely, invites, is_cue, states

_CUE_IN_FRONT = re.compile(r"(\[[^\[\]\n]{2,60}\])\s*(?!\()(?=\S)")
_BRACKETS = re.compile(r"\([^()]+\?\)")
_LISTED = ("bullet", "numbered", "lettered")


class GuideReader:
    """Reads the body of a guide into a draft; `marked` where it uses kring's own marks."""

    def __init__(self, draft: GuideDraft, header: Header, lists: PlanLists, *, marked: bool) -> None:
        self.draft = draft
        self.header = header
        self.lists = lists
        self.marked = marked
        self.title = ""
        self._facts = Facts(draft, header)
        self._titles = 0
        self._talk = Talk(draft)
        self._list_shape = ""
        self._gap = False
        self._beside = Beside(draft, self._facts)
        self._table: list[Line] = []
        self._rows: TableReader | None = None
        self._subheadings: set[int] = set()

    def read(self, lines: list[Line], times: Mapping[str, TimeBox]) -> str:
        """Read all lines, and return the title that the guide gives itself; `times` are those of an overview."""
        has_title = "title" in self.header.fields
        found = find_headings(lines, times, ordinary=not self.marked, has_title=has_title)
        headings = {heading.line.number: heading for heading in found}
        self._subheadings = set() if self.marked else subheadings(lines)
        for line in rearranged(joined(lines), headings):
            if line.shape != "row":
                self._close_table(goes_on=bool(line.chosen) and is_row(line))
            if line.chosen:
                self._read_chosen(line)
            elif line.shape == "overview":
                self._beside.read_overview(line)
            elif line.shape == "heading" and line.number in headings:
                self._read_heading(headings[line.number])
            elif self.lists.area and not _is_sentence(line):
                self._read_list(line)
            elif self._beside.is_open and not _is_sentence(line):
                self._beside.read(line)
            else:
                self._read_line(line)
        self._close_table()
        self._beside.close()
        return self.title

    # Headings, and what stands beside the talk

    def _read_heading(self, heading: Heading) -> None:
        draft, marks, line = self.draft, heading.marks, heading.line
        self._beside.close()
        self._close_label()
        self.lists.open(heading.role, line)
        draft.because(line, reasons.HEADINGS[heading.role])
        match heading.role:
            case "roster" | "checklist" | "phase":
                pass
            case "title":
                self._take_title(marks)
            case "section" if heading.is_end and draft.section is not None:
                draft.end(line.text, line.number, marks.box)
            case "section":
                self._talk.open_section()
                draft.open_section(marks.text, line.number, marks, heading.kind)
                self._warn_of_time(marks, line.number)
                if asks(marks.text) and not heading.asks:
                    draft.open_question(Marks(marks.text), line.number)
            case "question":
                self._open_question_heading(heading)
            case "topic" if asks(marks.text):
                self._ask_heading(heading)
            case "topic":
                self._talk.leave_question()
                draft.add("note", line.text, line.number)
                if not heading.opens_with_section:
                    draft.leave(marks.box, line.number)
            case _:
                self._beside.open(heading)

    def _take_title(self, marks: Marks) -> None:
        self.title = self.title or marks.text
        self._titles += 1
        if marks.box and marks.box.planned_s:
            self.header.fields.setdefault("planned_min", max(1, round(marks.box.planned_s / 60)))

    def _open_question_heading(self, heading: Heading) -> None:
        """A heading that asks is a question; beside sections with a time it stands in one of its own."""
        is_inside = heading.above is not None and heading.above.role in ("section", "topic")
        if not is_inside and not self.draft.is_nameless:
            self.draft.open_nameless(heading.line.number)
        self._ask_heading(heading)

    def _ask_heading(self, heading: Heading) -> None:
        code, text = code_of(heading.marks.text)
        marks = msgspec.structs.replace(heading.marks, text=without_quotes(text))
        self.draft.open_question(marks, heading.line.number, code)
        self._talk.question = heading.line

    def _warn_of_time(self, marks: Marks, number: int) -> None:
        if marks.box is None and (found := unread_time(marks.text)):
            self.draft.warn(number, N_("{words} is not read as a time; write the time as (10 min)."), words=found)

    def _read_list(self, line: Line) -> None:
        if line.shape in ("blank", "rule"):
            return
        if self.lists.read(line):
            self.draft.because(line, reasons.IN_LIST)
        else:
            self._talk.not_understood(line)

    # Lines of the talk

    def _read_line(self, line: Line) -> None:
        in_question = self._talk.is_in_question(line)
        match line.shape:
            case "blank":
                self._gap = True
                return
            case "rule":
                self._close_label()
                return
            case "row":
                self._table.append(line)
                return
        if self._list_shape and (line.shape != self._list_shape or (self._gap and line.shape == "text")):
            self._close_label()
        self._gap = False
        match line.shape:
            case "instruction":
                self._read_instruction(line, in_question)
            case "check":
                self._read_check(line, in_question)
            case "command":
                read_commands(self.draft, line, under_question=in_question)
            case "text":
                self._read_text(line)
            case _:
                self._read_labelled(line)

    def _read_instruction(self, line: Line, in_question: bool) -> None:
        spoken = without_quotes(line.text)
        role = self._talk.label.role if self._talk.label else ""
        if not self.marked and spoken != line.text and asks(spoken) and not in_question and role != "instruction":
            self._list_shape = line.shape
            if role == "probe" and self.draft.question:
                self._talk.probe(line)
            else:
                self._talk.ask(line, reasons.SPOKEN)
            return
        marks = read_marks(line.text, timed=False)
        self.draft.because(line, reasons.MARKED)
        self.draft.add("instruction", marks.text, line.number, under_question=in_question)
        self.draft.leave(marks.box, line.number)

    def _read_check(self, line: Line, in_question: bool) -> None:
        place = self.draft.place(in_question)
        phase: CheckPhase = "week_before" if place is None and not self.marked else "during"
        self.draft.because(line, reasons.CHECK)
        check = read_check(without_emphasis(line.text), line.number, phase)
        if check:
            check.phase = "break" if place and place.kind == "break" else phase
            check.item = place
            self.draft.checks.append(check)

    def _read_text(self, line: Line) -> None:
        if self.draft.section is None and self._facts.read(line, titles=self._titles, marked=self.marked):
            self.draft.because(line, reasons.ABOUT)
            return
        if self._read_time_of_section(line):
            self.draft.because(line, reasons.TIME_OF_SECTION)
            return
        self._read_labelled(line)

    def _read_time_of_section(self, line: Line) -> bool:
        """Take `Tijd: 10 minuten` or `10 min` right below a heading without a time as the time of the section."""
        section, found = self.draft.section, known_key(line.text)
        if section is None or section.box is not None or (found and found[1] not in ("time", "duration")):
            return False
        said = found[2] if found else line.text.strip("*_()[] ")
        if self.draft.items[-1] is not section or duration(said, bare_minutes=False) is None:
            return False
        section.box = split_box(f"x ({said})", heading=True)[1]
        return section.box is not None

    def _read_labelled(self, line: Line) -> None:
        """Read a line that may have a label: with a text behind it for that alone, else for the list below it."""
        if YIELD.match(line.text) and self.draft.question:
            self.draft.because(line, reasons.YIELD)
            self.draft.add_yields(YIELD.sub("", self._talk.spoken(line), count=1), line.number)
            return
        if self.draft.section is not None and named_in(line.text):
            self._talk.name(line)
            return
        is_whole = (line.bold and asks(line.lead)) or states(line.text)
        label = None if is_whole else label_of(line)
        if label is None:
            self._read_as(line, self._talk.label)
        elif label.rest:
            rest = msgspec.structs.replace(line, text=label.rest, lead="", after="", bold=False, italic=False)
            self._read_as(rest, label)
            self._close_label()
        else:
            self._open_label(label, line)

    def _open_label(self, label: Label, line: Line) -> None:
        self._talk.label, self._list_shape, self._gap = label, "", False
        self.draft.because(line, reasons.LABEL)
        if label.role == "question":
            self._talk.leave_question()
        if not label.is_pure:
            self.draft.add("instruction", label.name, line.number)

    def _close_label(self) -> None:
        self._talk.label, self._list_shape, self._gap = None, "", False

    def _read_as(self, line: Line, label: Label | None) -> None:
        """Read a line by the label in front of it or above it, else by its own shape."""
        if label is self._talk.label:
            self._list_shape = line.shape
        role = label.role if label else ""
        if line.shape in _LISTED:
            self._read_listed(line, label, role)
        else:
            self._read_spoken(line, label, role)

    def _read_spoken(self, line: Line, label: Label | None, role: str) -> None:
        text, draft = line.text, self.draft
        if PROBE.match(without_emphasis(text)) and draft.question:
            self._talk.probe(line, label)
        elif SPOKEN_TO_MODERATOR.match(text) or self._is_told(line, label):
            self._talk.instruct(line, label)
        elif role == "probe" or (invites(text) and self._talk.is_in_question(line)) or self._is_aside(text):
            self._talk.probe(line, label)
        elif (cue := _CUE_IN_FRONT.match(text)) and asks(text):
            self._talk.instruct(msgspec.structs.replace(line, text=cue[1]), None)
            self._talk.ask(msgspec.structs.replace(line, text=text[cue.end() :]), reasons.ASKS)
        elif role == "question" or holds_question(text) or asks(split_box(text, heading=True)[0]):
            self._talk.ask(line, reasons.LABELLED if role == "question" else reasons.ASKS, label)
        elif states(text) or (invites(text) and draft.section is not None):
            self._talk.ask(line, reasons.INVITES, label)
        elif draft.section is not None and (not self.marked or label or is_cue(text)):
            self._talk.instruct(line, label)
        else:
            self._talk.not_understood(line)

    def _asks_unmarked(self, line: Line) -> bool:
        return invites(line.text) or (line.shape == "bullet" and not self.marked and asks_barely(line.text))

    def _is_aside(self, text: str) -> bool:
        """Whether a line in brackets only adds to the question above it: `(internet? de huisarts?)`."""
        return self.draft.question is not None and bool(_BRACKETS.fullmatch(without_emphasis(text)))

    def _is_instructed(self, line: Line, label: Label | None) -> bool:
        """Whether the label of an instruction holds for this line: what asks in the list below it stays a question."""
        assert label is not None
        if label is not self._talk.label or not asks(line.text):
            return True
        return label.watches and line.shape != "numbered"

    def _is_told(self, line: Line, label: Label | None) -> bool:
        if label and label.role == "instruction" and self._is_instructed(line, label):
            return True
        return (line.italic and not asks(line.text)) or bool(WHOLE_BRACKETS.match(line.text)) or is_cue(line.text)

    def _read_listed(self, line: Line, label: Label | None, role: str) -> None:
        draft = self.draft
        if (role == "instruction" and self._is_instructed(line, label)) or self._is_listed_cue(line):
            self._talk.instruct(line, label)
        elif self._is_probe(line, role):
            self._talk.probe(line, label)
        elif line.shape == "numbered":
            self._read_numbered(line, label)
        elif asks(line.text) or asks(read_marks(line.text).text) or role == "question" or self._is_in_letters(line):
            self._talk.ask(line, reasons.LABELLED if role == "question" else reasons.ASKS, label)
        elif self._asks_unmarked(line) and draft.section is not None and self._stands_as_question(line):
            self._talk.ask(line, reasons.INVITES if invites(line.text) else reasons.ASKS, label)
        elif self.marked and self._is_beside_question(line):
            self._talk.leave_question()
            self._talk.note(line)
        elif draft.question is not None and (line.shape == "bullet" or self.marked):
            self._talk.probe(line)
        elif draft.section is not None or line.shape == "bullet":
            self._talk.note(line)
        else:
            self._talk.not_understood(line)

    def _is_probe(self, line: Line, role: str) -> bool:
        """Whether a line of a list is a probe: by its label, or below a question; never where it has a code."""
        if line.shape == "numbered" and line.label[:1].isalpha():
            return False
        return role == "probe" or bool(PROBE.match(without_emphasis(line.text))) or self._is_below_question(line, role)

    def _read_numbered(self, line: Line, label: Label | None) -> None:
        if line.number in self._subheadings:
            self.draft.because(line, reasons.TOPIC)
            self._talk.leave_question()
            self.draft.add("note", f"{line.label} {without_emphasis(line.text)}", line.number)
        elif not (self.marked or line.level) and self._talk.is_agenda(line):
            self.draft.because(line, reasons.AGENDA)
            self._talk.note(line)
        else:
            self._talk.ask(line, reasons.NUMBERED, label)

    def _is_listed_cue(self, line: Line) -> bool:
        return line.shape != "numbered" and self.draft.section is not None and is_cue(line.text)

    def _stands_as_question(self, line: Line) -> bool:
        """Whether a line of a list stands where the questions of its section do, and not where their probes do."""
        return self.draft.question is None or self._talk.question.shape == line.shape

    def _is_below_question(self, line: Line, role: str) -> bool:
        if self.draft.question is None or line.level == 1:
            return False
        asked = self._talk.question
        if line.shape == "numbered":
            return line.indent >= asked.indent + 2
        inside = line.indent > asked.indent or is_smaller_letter(line.label, asked.label)
        if line.shape == asked.shape or (line.shape == "bullet" and asked.shape == "instruction"):
            return inside
        return inside or role != "question"

    def _is_beside_question(self, line: Line) -> bool:
        return self._talk.question.shape == line.shape == "bullet" and line.indent <= self._talk.question.indent

    def _is_in_letters(self, line: Line) -> bool:
        if line.shape != "lettered" or (self.draft.section is None and not self.marked):
            return False
        if line.label.isupper() and not (invites(line.text) or asks_barely(line.text)):
            return False  # `A. Introduce self`
        return self.draft.question is None or self._talk.question.shape == "lettered"

    def _read_chosen(self, line: Line) -> None:
        """Read a line as what a person chose for it."""
        self.draft.because(line, reasons.CHOSEN)
        text = without_emphasis(" ".join(cells(line)) if line.shape == "row" else line.text)
        match line.chosen:
            case "section":
                marks = read_marks(text, heading=True)
                self._beside.close()
                self._close_label()
                self.lists.open("section", line)
                self._talk.open_section()
                is_break = names_break(marks.text)
                self.draft.open_section(marks.text, line.number, marks, "break" if is_break else "section")
            case "question":
                self._talk.question = line
                self.draft.open_question(read_marks(without_quotes(text)), line.number)
            case "probe":
                self.draft.add_probe(PROBE.sub("", without_quotes(text), count=1), line.number)
            case "instruction" | "note":
                self.draft.add(line.chosen, text, line.number)

    def _close_table(self, *, goes_on: bool = False) -> None:
        """Read the rows that stand together; a row that a person chose does not end their table."""
        if self._table:
            if self._rows is None:
                self._rows = TableReader(self.draft, self.lists)
                self._rows.read(self._table)
            else:
                self._rows.go_on(self._table)
            if self.draft.question:
                self._talk.question = self._table[-1]
            else:
                self._talk.open_section()
        self._table = []
        self._rows = self._rows if goes_on else None


def _is_sentence(line: Line) -> bool:
    return line.shape == "command" and folded(command_word(line.text)) in SENTENCE_WORDS
