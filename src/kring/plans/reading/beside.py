"""What stands beside the talk in a guide: chapters about the research, overviews, the question of the research."""

from __future__ import annotations

from kring.domain.text import N_, one_line
from kring.plans.checklist import phase_named, read_check
from kring.plans.draft import GuideDraft
from kring.plans.front_matter import known_key
from kring.plans.lines import Line, without_emphasis
from kring.plans.marks import asks
from kring.plans.reading.facts import Facts
from kring.plans.reading.headings import Heading
from kring.plans.reading.overview import kept
from kring.plans.vocabulary import reasons


class Beside:
    """Reads such chapters: one with nothing to ask or do in it is folded into one note, of another each line is one."""

    def __init__(self, draft: GuideDraft, facts: Facts) -> None:
        self.draft = draft
        self.facts = facts
        self._heading: Heading | None = None
        self._folded: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether the lines that come stand in such a chapter."""
        return self._heading is not None

    def open(self, heading: Heading) -> None:
        """Begin a chapter."""
        self._heading = heading
        if heading.role == "beside":
            self._keep(heading.line.text, heading.line)

    def read(self, line: Line) -> None:
        """Read a line of the chapter that is open."""
        if line.shape in ("blank", "rule"):
            return
        if line.shape == "overview":
            self.read_overview(line)
            return
        assert self._heading is not None
        found = known_key(line.text)
        if found and found[1] == "duration":
            self.facts.read_key(line, *found)
        elif line.shape == "check":
            self._check(line, self._heading)
        elif self._heading.role == "aside":
            self.draft.because(line, reasons.ASIDE)
            self._folded.append(one_line(without_emphasis(line.wide)))
        else:
            self._keep(line.wide, line)

    def read_overview(self, line: Line) -> None:
        """Keep a line of an overview, which counts nowhere."""
        self.draft.because(line, reasons.OVERVIEW)
        self.draft.add_loose("note", one_line(without_emphasis(kept(line))), line.number)

    def close(self) -> None:
        """End the chapter."""
        if self._heading is not None and self._heading.role == "aside":
            text = "\n".join([self._heading.line.text, *self._folded])
            self.draft.add_loose("note", text, self._heading.line.number)
        self._heading, self._folded = None, []

    def _check(self, line: Line, heading: Heading) -> None:
        self.draft.because(line, reasons.CHECK)
        phase = phase_named(heading.line.text) or "week_before"
        check = read_check(without_emphasis(line.text), line.number, phase)
        if check:
            self.draft.checks.append(check)

    def _keep(self, text: str, line: Line) -> None:
        self.draft.because(line, reasons.BESIDE)
        self.draft.add_loose("note", one_line(without_emphasis(text)), line.number)
        if asks(text):
            self.draft.warn(line.number, N_("This asks, and stands outside the talk; it is kept as a note."))
