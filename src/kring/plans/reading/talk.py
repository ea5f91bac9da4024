"""The talk of a guide as far as it is read: the question that is open, and what a line becomes in it."""

from __future__ import annotations

import re

import msgspec

from kring.domain.text import N_, one_line
from kring.plans.draft import GuideDraft
from kring.plans.leading import YIELD
from kring.plans.lines import Line, without_emphasis
from kring.plans.marks import asks, read_marks, unquoted
from kring.plans.reading.joining import PROBE, shortened
from kring.plans.reading.labels import Label
from kring.plans.time_box import split_box
from kring.plans.vocabulary import reasons
from kring.plans.vocabulary.said import invites, is_cue

SPOKEN_TO_MODERATOR = re.compile(
    r"(?:moderator|gespreksleider|facilitator|instructie|instruction|note to moderator)\s?:\s?", re.IGNORECASE
)
"""What stands before a line that is not for participants."""
WHOLE_BRACKETS = re.compile(r"\[[^\[\]]+\]$|\((?![^()]*\?)[^()]+\)$")
_NO_QUESTION = Line(0, 0, "", "blank")


def unbracketed(text: str) -> str:
    """Return an instruction without the square brackets around all of it."""
    return text[1:-1] if text.startswith("[") and text.endswith("]") and text.count("[") == 1 else text


class Talk:
    """Makes questions, probes, instructions and notes of lines, and keeps the line of the question that is open."""

    def __init__(self, draft: GuideDraft) -> None:
        self.draft = draft
        self.question = _NO_QUESTION
        self.label: Label | None = None
        """The label above the list that is read, which is about each line of it."""

    def is_in_question(self, line: Line) -> bool:
        """Whether a line stands deeper than the question that is open."""
        return self.draft.question is not None and line.indent > self.question.indent

    def leave_question(self) -> None:
        """Close the question that is open: what comes belongs to the section."""
        self.draft.question, self.question = None, _NO_QUESTION

    def open_section(self) -> None:
        """Forget the question of the section above."""
        self.question = _NO_QUESTION

    def ask(self, line: Line, reason: reasons.Reason, label: Label | None = None) -> None:
        """Make a line a question."""
        marks = read_marks(self.spoken(line))
        if not marks.text:
            self.not_understood(line)
            return
        if marks.unknown:
            self.draft.warn(line.number, N_("The mark {mark} is not known; it stays in the text."), mark=marks.unknown)
        if label:
            kind = marks.question_kind or label.kind
            marks = msgspec.structs.replace(marks, must_ask=marks.must_ask or label.must, question_kind=kind)
        self.draft.because(line, reason)
        self.draft.open_question(marks, line.number, line.label if line.shape == "numbered" else self._code(label))
        self.question = line

    def _code(self, label: Label | None) -> str:
        """Return the number in a label: of one above a list only the first line takes it."""
        if label is None or not label.number:
            return ""
        if label is self.label:
            self.label = msgspec.structs.replace(label, number="")
        return label.number

    def probe(self, line: Line, label: Label | None = None) -> None:
        """Make a line a probe of the question that is open."""
        if self.draft.question is None:
            if asks(line.text) or line.shape == "numbered" or invites(without_emphasis(line.text)):
                self.ask(line, reasons.ASKS)
            else:
                self.note(line)
            return
        text = self.spoken(line)
        self.draft.because(line, reasons.PROBE)
        if YIELD.match(text):
            marks = read_marks(YIELD.sub("", text, count=1), timed=False)
            self.draft.add_yields(marks.text, line.number)
        else:
            marks = read_marks(PROBE.sub("", text, count=1), timed=False)
            self.draft.add_probe(self._with(label, unquoted(marks.text)), line.number, marks.id)
        self.draft.leave(marks.box, line.number)

    def instruct(self, line: Line, label: Label | None) -> None:
        """Make a line an instruction to the moderator."""
        text = SPOKEN_TO_MODERATOR.sub("", line.text, count=1)
        text = unbracketed(text)
        self.draft.because(line, reasons.LABELLED if label else reasons.CUE if is_cue(line.text) else reasons.TOLD)
        self.draft.add("instruction", self._with(label, without_emphasis(text)), line.number)
        self.draft.leave(split_box(text)[1], line.number)

    def note(self, line: Line) -> None:
        """Make a line of a list a note."""
        text = without_emphasis(line.text)
        self.draft.because(line, reasons.LISTED)
        self.draft.add("note", text, line.number)
        self.draft.leave(split_box(text, heading=self.is_agenda(line))[1], line.number)

    def name(self, line: Line) -> None:
        """Keep a line that says which persona or segment it is about: of the question it stands below, else all."""
        self.draft.because(line, reasons.NAMES)
        self.draft.add("note", one_line(line.text), line.number, under_question=self.is_in_question(line))

    def not_understood(self, line: Line) -> None:
        """Keep a line as a note, and say so."""
        text = one_line(line.wide)
        self.draft.because(line, reasons.NOT_UNDERSTOOD)
        self.draft.warn(
            line.number, N_("This line is not understood; it is kept as a note: {text}"), text=shortened(text)
        )
        self.draft.add("note", text, line.number, under_question=self.is_in_question(line))

    def is_agenda(self, line: Line) -> bool:
        """Whether a line is a part with its time and no question; in a section that has a time it is one."""
        text, box = split_box(without_emphasis(line.text), heading=True)
        is_timed = self.draft.section is not None and self.draft.section.box is not None
        return box is not None and not is_timed and not asks(line.text) and not asks(text)

    def spoken(self, line: Line) -> str:
        """Return a text as it is said: without stars and quotation marks around all of it."""
        return unquoted(without_emphasis(line.text))

    def _with(self, label: Label | None, text: str) -> str:
        """Return a text with the label in front of it, where that says more than what the line is."""
        return f"{label.name}{label.joint}{text}" if label and label is not self.label and not label.is_pure else text
