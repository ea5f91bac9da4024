"""Verbs of looking back: the summary that is read back to the group, and the team's debrief."""

from __future__ import annotations

import re

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.decide import Facts
from kring.domain.measures.looking_back import FIELDS, summary_lines, to_sum_up
from kring.domain.rows import DebriefField, SummaryLineRow
from kring.domain.state import State
from kring.domain.text import LONGEST, N_, Refused, clean, folded, one_line, pattern

MAKE = ("make", "maak")
READ = ("read", "voorgelezen")
NEW = ("new", "nieuw", "+")
REMOVE = ("remove", "weg")
AGREES = frozenset({"ok", "okay", "oke", "yes", "ja", "agrees", "agreed", "right", "klopt", "akkoord", "eens"})
BEGIN = ("begin", "start")
SKIP = ("skip", "overslaan", "0")
_ABOUT_LINE = pattern(r"(\d{1,3})\s*:\s*(.+)", re.DOTALL)
_NOTHING_SAID = N_("Say which, or what: this command needs a text behind it.")
_NO_REASON = N_("Say why the debrief is left out.")
_NO_ANSWER = N_("Type the answer behind it; - takes yours back.")


def summarise(state: State, now: int, what: str, text: str = "") -> Facts:
    """Make the summary of the starred notes, log that it is read back, or write, add or take out a line of it."""
    word = folded(what.strip())
    if word not in MAKE + READ:
        return _write_line(state, what, text)
    if text:
        raise Refused("Nothing goes behind this command: {word} is not understood.", word=one_line(text))
    return _sum_up(state) if word in MAKE else _read_aloud(state)


def _sum_up(state: State) -> Facts:
    """Make a line of the summary of each starred note that has none yet."""
    notes = to_sum_up(state)
    if not notes:
        raise Refused("No starred note is left to make a line of: star a quote or a paraphrase with *.")
    first = _last_number(state) + 1
    return tuple(f.SummaryLineWritten(note.text, note.id, number=first + n) for n, note in enumerate(notes))


def _write_line(state: State, word: str, text: str) -> Facts:
    if folded(word.strip()) in NEW:
        return f.SummaryLineWritten(_text(text), number=_last_number(state) + 1)
    line = summary_line(state, word)
    text = _text(text)
    if folded(text) in REMOVE:
        return f.SummaryLineRemoved(line.id)
    if text == line.text:
        raise Refused("Nothing was changed.")
    return f.SummaryLineWritten(text, line=line.id)


def _read_aloud(state: State) -> f.SummaryReadBack:
    _require_started(state)
    if not summary_lines(state):
        raise Refused("The summary has no lines yet.")
    return f.SummaryReadBack()


def answer_summary(state: State, now: int, who: str, text: str) -> Facts:
    """Log what a participant says of the summary, or of one line of it (`2: …`): that it is right, or a correction.

    Whoever answers has heard it: where nobody logged that it was read back, this does.
    """
    lines = summary_lines(state)
    person = lookup.person(state, who)
    text = _text(text)
    _require_started(state)
    if not lines:
        raise Refused("The summary has no lines yet.")
    about = _ABOUT_LINE.fullmatch(text)
    line = summary_line(state, about[1]) if about else None
    text = about[2] if about else text
    is_right = folded(text).strip(" .!") in AGREES
    answer = f.SummaryAnswered(person.id, "" if is_right else text, line.id if line else None)
    return (answer, f.SummaryReadBack()) if all(line.read_at is None for line in lines) else answer


def summary_line(state: State, word: str) -> SummaryLineRow:
    """Return the line of the summary that a number or an id means, or refuse."""
    number = lookup.number_of(word)
    found = next((line for line in summary_lines(state) if line.id == word or line.number == number), None)
    if found is None:
        raise Refused("The summary has no line {word}.", word=one_line(word))
    return found


def look_back(state: State, now: int, what: str, text: str = "") -> f.Fact:
    """Begin the debrief, answer one of its fields, or leave it out with a reason."""
    _require_started(state)
    session = state.session
    word = folded(what.strip())
    if word in BEGIN:
        if text:
            raise Refused("Nothing goes behind this command: {word} is not understood.", word=one_line(text))
        if session.debrief_at is not None and session.debrief_skipped_at is None:
            raise Refused("The debrief has begun already.")
        return f.DebriefBegun()
    if word in SKIP:
        why = _text(text, _NO_REASON)
        if any(row.removed_at is None for row in state.debrief.values()):
            raise Refused("The debrief has answers already; what is left empty stays empty.")
        return f.DebriefSkipped(why)
    return _answered(state, _field(word, what), text)


def _answered(state: State, field: DebriefField, text: str) -> f.DebriefAnswered:
    text = clean(text).strip()
    return f.DebriefAnswered(field, "" if text == "-" else _text(text, _NO_ANSWER))


def _field(word: str, typed: str) -> DebriefField:
    number = lookup.number_of(word) or 0
    if 1 <= number <= len(FIELDS):
        return FIELDS[number - 1]
    if word in FIELDS:
        return FIELDS[FIELDS.index(word)]
    raise Refused("The debrief has the fields 1 to {n}; {word} is none of them.", n=len(FIELDS), word=one_line(typed))


def _require_started(state: State) -> None:
    if state.session.started_at is None:
        raise Refused("The session has not started.")


def _last_number(state: State) -> int:
    return max((line.number for line in state.summary_lines.values()), default=0)


def _text(text: str, missing: str = _NOTHING_SAID) -> str:
    text = clean(text).strip()
    if not text:
        raise Refused(missing)
    if len(text) > LONGEST:
        raise Refused("A text has at most {n} characters.", n=LONGEST)
    return text
