"""Ordinary guides, which nobody wrote for kring: bold or plain headings, quoted questions, tables, other chapters."""

from __future__ import annotations

import re

import msgspec

from kring.domain.text import N_, folded, one_line
from kring.plans.checklist import phase_named, read_check
from kring.plans.draft import GuideDraft
from kring.plans.front_matter import Header, is_moment, is_placeholder, known_key, read_moment, read_value
from kring.plans.guide_table import is_guide_table, read_table
from kring.plans.headings import Heading, find_headings, is_other_chapter, is_talk_title
from kring.plans.joining import PROBE, joined, rearranged, shortened
from kring.plans.leading import YIELD
from kring.plans.lines import Line, cells, without_emphasis
from kring.plans.lists import PlanLists
from kring.plans.marks import COMMANDS, SENTENCE_WORDS, Marks, asks, is_quoted, read_marks, unquoted
from kring.plans.plain_headings import LabelRole, has_lettered, promoted, role_of
from kring.plans.time_box import split_box

_LABEL = re.compile(r"\*\*([^*]{1,70}?)\s?(?::\s?\*\*|\*\*\s?:)\s?(.*)$")
_PLAIN_LABEL = re.compile(r"([^\W\d][^:?.\"“]{1,48}):$")
_MUST_LABEL = re.compile(r"always|altijd|\bmust\b|verplicht")
_SPOKEN_TO_MODERATOR = re.compile(
    r"(?:moderator|gespreksleider|facilitator|instructie|instruction|let op|note to moderator)\s?:\s?", re.IGNORECASE
)
_WHOLE_BRACKETS = re.compile(r"\[[^\[\]]+\]$|\((?![^()]*\?)[^()]+\)$")
_KIND_MARK = re.compile(r"\{(?:#[\w-]+|[^\W\d_]{3,20}|!)\}")


def is_ordinary(lines: list[Line]) -> bool:
    """Whether a text is a guide in a shape of its own, and not a plan that follows kring's rules."""
    if any(_is_of_a_plan(line) for line in lines) or all(line.shape == "blank" for line in lines):
        return False
    if not any(line.shape == "heading" for line in lines):
        return True
    labels = sum(line.shape == "text" and bool(_LABEL.match(line.text)) for line in lines)
    quoted = any(line.shape == "text" and is_quoted(line.text) and asks(line.text) for line in lines)
    asked = any(line.shape == "numbered" and line.level == 1 for line in lines)
    table = any(line.shape == "row" and is_guide_table(cells(line)) for line in lines)
    chapters = any(
        line.shape == "heading" and (is_talk_title(line.text) or is_other_chapter(line.text)) for line in lines
    )
    plain = not any(line.shape in ("numbered", "bullet") for line in lines) and any(asks(line.text) for line in lines)
    return labels >= 2 or quoted or asked or table or chapters or plain or has_lettered(lines)


def read_guide(body: list[Line], draft: GuideDraft, header: Header, lists: PlanLists) -> str:
    """Read an ordinary guide into a draft, and return the title that it gives itself."""
    lines = promoted(body)
    draft.warn(0, N_("This guide was not written for kring; look whether its sections and questions came out well."))
    return _GuideReader(draft, header, lists).read(lines)


def _is_of_a_plan(line: Line) -> bool:
    if line.shape == "command":
        word = re.match(r"@([^\W\d_]{0,30})", line.text)
        return word is not None and folded(word[1]) in COMMANDS.keys() | SENTENCE_WORDS
    if line.shape == "instruction":
        return True
    marked = line.shape in ("numbered", "bullet", "heading") and _KIND_MARK.search(line.text)
    return bool(marked) and read_marks(line.text).text != line.text and not read_marks(line.text).unknown


class _GuideReader:
    """Reads the lines of an ordinary guide into a draft."""

    def __init__(self, draft: GuideDraft, header: Header, lists: PlanLists) -> None:
        self.draft = draft
        self.header = header
        self.lists = lists
        self.title = ""
        self._aside: list[str] = []
        self._aside_line = 0
        self._aside_title = ""
        self._is_aside = False
        self._role: LabelRole = ""
        self._must = False
        self._used = False
        self._question = Line(0, 0, "", "blank")
        self._table: list[Line] = []
        self._titles = 0

    def read(self, lines: list[Line]) -> str:
        """Read all lines, and return the title."""
        headings = {heading.line.number: heading for heading in find_headings(lines, ordinary=True)}
        for line in rearranged(joined(lines), headings):
            if line.shape != "row":
                self._close_table()
            if heading := headings.get(line.number):
                self._read_heading(heading)
            elif self._is_aside:
                self._read_aside(line)
            else:
                self._read_line(line)
        self._close_table()
        self._close_aside()
        return self.title

    def _read_heading(self, heading: Heading) -> None:
        draft, line = self.draft, heading.line
        self._close_aside()
        self._role, self._must, self._used = "", False, False
        self._question = Line(0, 0, "", "blank")
        self.lists.open(heading.role, line)
        match heading.role:
            case "title":
                self.title = self.title or heading.marks.text
                self._titles += 1
            case "section":
                draft.open_section(heading.marks.text, line.number, heading.marks, heading.kind)
                if asks(heading.marks.text) and not heading.asks:
                    draft.open_question(Marks(heading.marks.text), line.number)
            case "topic" if asks(heading.marks.text):
                draft.open_question(heading.marks, line.number)
                self._question = line
            case "topic":
                draft.question = None
                draft.add("note", line.text, line.number)
                if not heading.opens_with_section:
                    draft.leave(heading.marks.box, line.number)
            case _:
                self._is_aside, self._aside_line, self._aside_title = True, line.number, line.text

    def _read_aside(self, line: Line) -> None:
        if self.draft.section is None and (found := known_key(line.text)) and found[1] == "duration":
            self._read_key(line, *found)
            return
        if self.lists.area and line.shape not in ("blank", "rule") and self.lists.read(line):
            return
        phase = phase_named(self._aside_title) if line.shape == "check" else None
        check = read_check(without_emphasis(line.text), line.number, phase) if phase else None
        if check:
            self.draft.checks.append(check)
        elif line.shape not in ("blank", "rule"):
            self._aside.append(one_line(without_emphasis(line.wide)))

    def _close_aside(self) -> None:
        if self._is_aside and self._aside:
            text = "\n".join([self._aside_title, *self._aside])
            item = self.draft.add("note", text, self._aside_line)
            if item:
                item.parent = None
        self._aside, self._is_aside = [], False

    def _read_line(self, line: Line) -> None:
        match line.shape:
            case "blank":
                if self._used:
                    self._role = "" if self._question.shape == "text" else self._role
            case "rule":
                self._role = ""
            case "row":
                self._table.append(line)
            case "check":
                self._read_check(line)
            case "text":
                self._read_text(line)
            case _:
                self._used = True
                self._read_listed(line)

    def _read_check(self, line: Line) -> None:
        section = self.draft.section
        check = read_check(without_emphasis(line.text), line.number, "during" if section else "week_before")
        if check:
            check.item = section
            self.draft.checks.append(check)

    def _read_text(self, line: Line) -> None:
        if self.draft.section is None and self._read_about(line):
            return
        if label := _LABEL.match(line.text) or _PLAIN_LABEL.match(line.text):
            self._open_label(label[1])
            rest = label[2].strip() if label.re is _LABEL else ""
            if rest:
                self._emit(msgspec.structs.replace(line, text=rest))
            return
        self._emit(line)

    def _read_about(self, line: Line) -> bool:
        """Read `**Duration:** 90 min` above the first section as front matter, and other such lines as extra."""
        found, label = known_key(line.text), _LABEL.match(line.text)
        if is_moment(line.text):
            read_moment(self.header, line.number, line.text)
            return True
        if found and (self._titles < 2 or found[1] == "duration"):
            self._read_key(line, *found)
        elif label and label[2] and self._titles < 2 and not asks(label[2]):
            self.header.extra.append((label[1], label[2]))
        else:
            return False
        return True

    def _read_key(self, line: Line, key: str, known: str, value: str) -> None:
        inner = value.strip("[] ")
        if known == "duration" or not is_placeholder(value):
            before = len(self.header.extra)
            if known not in self.header.fields:
                read_value(self.header, line.number, key, known, inner if known == "duration" else value)
            if len(self.header.extra) == before:
                return
            del self.header.extra[before:]
        self.draft.add("note", one_line(without_emphasis(line.wide)), line.number)

    def _open_label(self, label: str) -> None:
        self._role, self._used = role_of(label), False
        self._must = bool(_MUST_LABEL.search(folded(label)))

    def _emit(self, line: Line) -> None:
        text = line.text
        self._used = True
        if YIELD.match(text) and self.draft.question:
            self.draft.add_yields(YIELD.sub("", self._spoken(line), count=1), line.number)
        elif PROBE.match(text) and self.draft.question:
            self._probe(line)
        elif _SPOKEN_TO_MODERATOR.match(text) or self._is_aside_remark(text) or self._role == "instruction":
            self._instruct(line)
        elif self._role == "probe":
            self._probe(line)
        elif self._role == "question" or asks(text) or asks(split_box(text, heading=True)[0]):
            self._ask(msgspec.structs.replace(line, shape="text"))
        elif self.draft.section is not None:
            self._instruct(line)
        else:
            self._not_understood(line)

    def _is_aside_remark(self, text: str) -> bool:
        italic = len(text) > 2 and text[0] == text[-1] and text[0] in "*_" and text[1] != text[0]
        return italic or bool(_WHOLE_BRACKETS.match(text))

    def _read_listed(self, line: Line) -> None:
        if YIELD.match(line.text) and self.draft.question:
            self.draft.add_yields(YIELD.sub("", self._spoken(line), count=1), line.number)
        elif self._role == "instruction":
            self._instruct(line)
        elif self._role == "probe" or PROBE.match(line.text) or self._is_below_question(line):
            self._probe(line)
        elif line.shape == "numbered" and self._is_agenda(line):
            marks = read_marks(unquoted(line.text), heading=True)
            self.draft.leave(marks.box, line.number)
            self.draft.add("note", without_emphasis(line.text), line.number)
        elif line.shape == "numbered" or asks(line.text) or self._role == "question" or self._is_in_letters(line):
            self._ask(line)
        elif self.draft.question is not None and line.shape != "lettered":
            self._probe(line)
        elif self.draft.section is not None and line.shape == "bullet":
            self.draft.add("note", self._spoken(line), line.number)
        else:
            self._not_understood(line)

    def _is_below_question(self, line: Line) -> bool:
        if self.draft.question is None or line.level == 1:
            return False
        inside = line.indent > self._question.indent
        if line.shape == self._question.shape == "lettered":
            return inside
        if line.shape == "numbered":
            return inside
        return inside or self._question.shape != "bullet"

    def _is_in_letters(self, line: Line) -> bool:
        if line.shape != "lettered" or self.draft.section is None:
            return False
        return self.draft.question is None or self._question.shape == "lettered"

    def _is_agenda(self, line: Line) -> bool:
        text, box = split_box(without_emphasis(line.text), heading=True)
        return box is not None and not asks(line.text) and not asks(text)

    def _ask(self, line: Line) -> None:
        marks = read_marks(self._spoken(line))
        if not marks.text:
            return
        marks = msgspec.structs.replace(marks, must_ask=marks.must_ask or self._must)
        self.draft.open_question(marks, line.number, line.label if line.shape == "numbered" else "")
        self._question = line

    def _probe(self, line: Line) -> None:
        text = PROBE.sub("", self._spoken(line), count=1)
        if self.draft.question is not None:
            self.draft.add_probe(unquoted(text), line.number)
            self.draft.leave(split_box(text)[1], line.number)
        elif asks(text):
            self._ask(line)
        else:
            self.draft.add("note", text, line.number)

    def _instruct(self, line: Line) -> None:
        text = _SPOKEN_TO_MODERATOR.sub("", line.text, count=1)
        if text.startswith("[") and text.endswith("]") and text.count("[") == 1:
            text = text[1:-1]
        self.draft.add("instruction", without_emphasis(text), line.number)
        self.draft.leave(split_box(text)[1], line.number)

    def _spoken(self, line: Line) -> str:
        return unquoted(without_emphasis(line.text))

    def _not_understood(self, line: Line) -> None:
        text = one_line(line.wide)
        self.draft.warn(
            line.number, N_("This line is not understood; it is kept as a note: {text}"), text=shortened(text)
        )
        self.draft.add("note", text, line.number)

    def _close_table(self) -> None:
        if self._table:
            read_table(self.draft, self._table)
            self._table = []
