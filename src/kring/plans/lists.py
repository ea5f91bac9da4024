"""The two lists beside the talk, the participants and the checklist: below a heading, or below their title alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from kring.domain.plan import PlannedParticipant
from kring.domain.rows import CheckPhase
from kring.domain.text import N_, one_line
from kring.plans.checklist import is_checklist_title, names_gate, phase_named, read_check
from kring.plans.draft import GuideDraft
from kring.plans.lines import Line, cells, is_ruler, without_emphasis
from kring.plans.marks import asks
from kring.plans.people.reserves import is_reserve
from kring.plans.people.roster import LINE_COLUMNS, is_roster_title, read_person_line, read_roster
from kring.plans.time_box import split_box

_LISTED = ("bullet", "numbered", "check", "lettered")
_LONGEST_NAME, _MOST_WORDS = 60, 8
_LONGEST_CHECK = 100


class PlanLists:
    """Reads the lines of the roster and of the checklist."""

    def __init__(self, draft: GuideDraft) -> None:
        self.area: Literal["", "roster", "checklist"] = ""
        self._draft = draft
        self._rows: list[tuple[int, list[str]]] = []
        self._phase: CheckPhase = "half_hour_before"
        self._phase_is_gate = False

    def open(self, role: str, line: Line) -> None:
        """Begin the list that a heading of this role opens, or leave the lists."""
        match role:
            case "roster":
                self.area = "roster"
            case "checklist":
                self.area = "checklist"
                self._phase = phase_named(line.text) or "half_hour_before"
                self._phase_is_gate = names_gate(line.text)
            case "phase":
                self.area = "checklist"
                self._open_phase(line)
            case _:
                self.area = ""

    def read(self, line: Line) -> bool:
        """Read a line of the list that is open; False where it is none."""
        return self._read_person(line) if self.area == "roster" else self._read_check(line)

    def takes_table(self) -> bool:
        """Whether a table of people that stands elsewhere may be the list of participants: nobody is on it yet."""
        return not self._rows

    def add_rows(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Take the rows of a table as the list of participants."""
        self._rows.extend(rows)

    def participants(self) -> tuple[PlannedParticipant, ...]:
        """Return the participants that were read, and put what is wrong with them into the draft."""
        people, warnings = read_roster(self._rows)
        self._draft.warnings.extend(warnings)
        return people

    def _read_person(self, line: Line) -> bool:
        if line.shape == "row":
            row = cells(line)
            if not is_ruler(row):
                self._rows.append((line.number, row))
            return True
        if line.shape not in _LISTED and not names_somebody(line):
            return False
        if not self._rows:
            self._rows.append((line.number, list(LINE_COLUMNS)))
        self._rows.append(read_person_line(line.number, without_emphasis(line.text)))
        return True

    def _read_check(self, line: Line) -> bool:
        if line.shape == "text" and phase_named(line.text):
            if line.text.endswith((":", "!")) or line.text.startswith("**"):
                self._open_phase(line)
                return True
        elif line.shape == "text" and (len(line.text) > _LONGEST_CHECK or line.text.endswith((".", "?", ":"))):
            return False
        if line.shape not in (*_LISTED, "command", "text"):
            return False
        text = one_line(without_emphasis(line.text))
        check = read_check(text, line.number, self._phase, gate=self._phase_is_gate)
        if check:
            self._draft.checks.append(check)
        return True

    def _open_phase(self, line: Line) -> None:
        phase = phase_named(line.text)
        self._phase_is_gate = names_gate(line.text)
        if phase is None:
            self._draft.warn(line.number, N_("The phase {title} is not known; its checks stay with the phase before."),
                             title=line.text[:60])  # fmt: skip
        self._phase = phase or self._phase


def names_somebody(line: Line) -> bool:
    """Whether a line may be somebody on the list of participants, such as `P1 Fatima` or `Joost – trouw`."""
    text = without_emphasis(line.text)
    if line.shape == "row":
        return True
    if line.shape not in (*_LISTED, "text") or not text or len(text) > _LONGEST_NAME:
        return False
    if is_reserve(text):
        return True
    is_text = asks(text) or text.endswith((".", "!", ":", ";")) or len(text.split()) > _MOST_WORDS
    return not is_text and (text[0].isupper() or line.shape != "text") and split_box(text, heading=True)[1] is None


def titled(lines: Iterable[Line], level: int) -> list[Line]:
    """Return the lines in which `Deelnemers` or `Controlelijst` alone on a line is a heading of this level."""
    found = list(lines)
    following: Line | None = None
    for place in range(len(found) - 1, -1, -1):
        line = found[place]
        if following and _opens_list(line, following):
            text = without_emphasis(line.text).rstrip(" :")
            found[place] = msgspec.structs.replace(line, shape="heading", level=level, text=text)
        if line.shape not in ("blank", "rule"):
            following = line
    return found


def _opens_list(line: Line, following: Line) -> bool:
    if line.shape != "text" or line.chosen or line.indent or len(line.text) > _LONGEST_NAME:
        return False
    if is_roster_title(line.text):
        return names_somebody(following)
    if not is_checklist_title(line.text):
        return False
    return following.shape in _LISTED or phase_named(following.text) is not None
