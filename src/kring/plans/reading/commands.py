"""The lines of a guide that begin with an `@`: stimuli, polls, activities, what a question must yield."""

from __future__ import annotations

import msgspec

from kring.domain.text import N_, folded
from kring.plans.draft import GuideDraft
from kring.plans.lines import Line
from kring.plans.marks import SENTENCE_WORDS, read_command, split_commands
from kring.plans.vocabulary import reasons


def read_commands(draft: GuideDraft, line: Line, *, under_question: bool) -> None:
    """Read the commands of a line; one that is not known stays a note."""
    draft.because(line, reasons.COMMAND if "@" in line.wide else reasons.OFFERED)
    for text in split_commands(line.text):
        command = read_command(text)
        if command.kind == "yield":
            draft.add_yields(command.text, line.number)
            draft.leave(command.box, line.number)
            continue
        if folded(command.word) in SENTENCE_WORDS:
            draft.add_sentence(command.text, line.number)
            continue
        if command.kind is None:
            draft.warn(line.number, N_("The command {word} is not known; the line is a note."), word=f"@{command.word}")
            command = msgspec.structs.replace(command, kind="note", text=text)
        if command.kind == "poll" and not command.options:
            draft.warn(line.number, N_("This poll has no options; write them as @poll Title: one; two or 0-10."))
        draft.add_command(command, line.number, under_question=under_question)
