"""What the cells of a table become: a cell may hold the title of a part, its time, its questions and their probes."""

from __future__ import annotations

import re

import msgspec

from kring.domain.rows import GuideKind
from kring.domain.text import folded, one_line
from kring.plans.draft import GuideDraft
from kring.plans.lines import read_line, without_emphasis
from kring.plans.marks import Marks, asks, read_marks, unquoted
from kring.plans.reading.columns import Part, cell_box, parts_of, separated
from kring.plans.reading.joining import PROBE
from kring.plans.reading.labels import label_of
from kring.plans.reading.talk import WHOLE_BRACKETS, unbracketed
from kring.plans.time_box import TimeBox
from kring.plans.vocabulary.breaks import names_break
from kring.plans.vocabulary.said import invites, is_cue, tells
from kring.plans.vocabulary.titles import without_number

_TO_SOMEBODY = re.compile(r"\b(?:u|uw|je|jij|jouw|jullie|you|your)\b")
_TITLE_AND_QUESTION = re.compile(r"([^\W\d_][^:?]{1,28}): (\S.*\?)$")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\((?!https?://|mailto:|tel:)[^\s()]{1,500}\)")


class CellReader:
    """Reads cells into the guide, line by line."""

    def __init__(self, draft: GuideDraft) -> None:
        self.draft = draft
        self.is_below_heading = draft.section is not None
        """Whether the table stands in a section: then a row of questions opens none."""

    def part(self, cell: str, number: int, box: TimeBox | None, *, is_asked: bool = False) -> TimeBox | None:
        """Begin the part of a row, unless it goes on with the one above; return the time that is left over.

        The first line is its title, the others are what is done and asked in it.
        """
        return self._part(parts_of(cell), number, box, is_asked=is_asked)

    def _part(self, parts: list[Part], number: int, box: TimeBox | None, *, is_asked: bool = False) -> TimeBox | None:
        title, inner, others = _titled(parts)
        box = box or inner
        if asks(title) and not (is_asked or others):
            self.ask(Part(title), number, box)
            return None
        words = without_number(_LINK.sub(r"\1", title))
        marks = Marks(words) if box else read_marks(words, heading=True)
        is_asked = is_asked or any(_asks(part) for part in others)
        if self.draft.section is None or marks.text != self.draft.section.text:
            kind: GuideKind = "break" if names_break(marks.text, is_asked=is_asked) else "section"
            self.draft.open_section(marks.text, number, msgspec.structs.replace(marks, box=box or marks.box), kind)
            box = None
        return self._mixed(others, number, box)

    def asks_in(self, cell: str) -> bool:
        """Whether a line of a cell asks, or tells participants what to do."""
        return any(_asks(part) or tells(part.text) for part in parts_of(cell))

    def mixed(self, cell: str, number: int, box: TimeBox | None, *, is_part: bool) -> TimeBox | None:
        """Read a cell in which what is done and what is asked stand together; `is_part` where it opens one."""
        parts = parts_of(cell)
        if is_part and box and parts and (both := _TITLE_AND_QUESTION.match(parts[0].text)):
            parts[:1] = [Part(both[1], written=both[1]), Part(both[2], written=both[2])]
        if is_part and parts and not _asks(parts[0]):
            return self._part(parts, number, box)
        return self._mixed(parts, number, box)

    def _mixed(self, parts: list[Part], number: int, box: TimeBox | None) -> TimeBox | None:
        asked = self.draft.question
        for part in [one for line in parts for one in separated(line)]:
            if self._is_probe(
                part, is_below=part.is_listed and not asks(part.text) and self.draft.question is not asked
            ):
                self.probe(part, number)
            elif _is_told(part):
                self.draft.add("instruction", unbracketed(without_emphasis(part.text)), number)
            elif _asks(part):
                self.ask(part, number, box)
                box = None
            else:
                self.draft.add("instruction", without_emphasis(part.text), number)
        return box

    def questions(self, cell: str, number: int, box: TimeBox | None) -> None:
        """Everything in a column of questions is one; beside what asks, what speaks to nobody is an instruction."""
        parts, asked = [one for line in parts_of(cell) for one in separated(line)], self.draft.question
        some_ask = any(asks(part.text) for part in parts)
        for part in parts:
            words = without_emphasis(part.text)
            says_nothing = not asks(part.text) and not part.number and not _is_said(words)
            if self._is_probe(
                part, is_below=part.is_listed and not asks(part.text) and self.draft.question is not asked
            ):
                self.probe(part, number)
            elif _is_told(part):
                self.draft.add("instruction", unbracketed(without_emphasis(part.text)), number)
            elif names_break(words, is_asked=some_ask) or (box and not self.is_below_heading and says_nothing):
                box = self.part(part.text, number, box)
            elif some_ask and says_nothing:
                self.draft.add("instruction", words, number)
            else:
                self.ask(part, number, box)
                box = None

    def ask(self, part: Part, number: int, box: TimeBox | None, code: str = "") -> None:
        """Make a line of a cell a question, with the number that its author gave it."""
        if box and self.draft.section and self.draft.section.kind == "break":
            self.draft.section = None  # the talk goes on after a break, not in it
        marks = read_marks(unquoted(without_emphasis(part.text)))
        marks = msgspec.structs.replace(marks, box=box or marks.box)
        self.draft.open_question(marks, number, code or part.number)

    def probe(self, part: Part, number: int) -> None:
        """Make a line of a cell a probe of the question that is open, else a note."""
        label, words = label_of(read_line(number, part.text)), without_emphasis(part.text)
        is_label = label is not None and label.role == "probe" and label.rest
        text = without_emphasis(label.rest) if label and is_label else PROBE.sub("", words, count=1)
        if self.draft.question:
            self.draft.add_probe(text, number)
        elif asks(text):
            self.ask(part._replace(text=text), number, None)
        else:
            self.draft.add("note", text, number)

    def instruct(self, cell: str, number: int, *, under_question: bool = True) -> None:
        """Make a whole cell an instruction."""
        text = one_line(without_emphasis(" ".join(part.written for part in parts_of(cell))))
        self.draft.add("instruction", text, number, under_question=under_question)

    def _is_probe(self, part: Part, *, is_below: bool) -> bool:
        if self.draft.question is None:
            return False
        label = label_of(read_line(0, part.text))
        return is_below or bool(
            PROBE.match(without_emphasis(part.text)) or (label and label.role == "probe" and label.rest)
        )


def _titled(parts: list[Part]) -> tuple[str, TimeBox | None, list[Part]]:
    """Return the title in a cell with a line that only goes on with it, a time on a line of its own, and the others."""
    first, *others = parts
    title = without_emphasis(first.written)
    while others and others[0].goes_on and not asks(others[0].text):
        title = f"{title} {without_emphasis(others.pop(0).text)}"
    boxes = [(part, box) for part in others[:2] if (box := cell_box(part.text, bare=False)) is not None]
    for part, box in boxes[:1]:
        return title, box, [one for one in others if one is not part]
    return title, None, others


def _is_told(part: Part) -> bool:
    """Whether a line of a cell is for whoever leads: in italics, in brackets, a cue, or behind a label (`Tip: …`)."""
    if asks(part.text):
        return False
    line = read_line(0, part.text)
    label = label_of(line)
    is_labelled = bool(label and label.role == "instruction" and label.rest)
    return line.italic or is_labelled or is_cue(without_emphasis(part.text)) or bool(WHOLE_BRACKETS.match(part.text))


def _asks(part: Part) -> bool:
    return asks(part.text) or bool(part.number) or invites(without_emphasis(part.text))


def _is_said(part: str) -> bool:
    """Whether a text is said to participants: it begins or ends as what is said, or speaks to them."""
    words = folded(part)
    if tells(part) or _TO_SOMEBODY.search(words):
        return True
    return part.rstrip(" \"'”’").endswith((".", "…", "!"))
