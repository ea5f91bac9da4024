"""What the screen on which a study is searched shows: what is typed and filtered, the hits, and the chosen cell."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kring.domain.study.themes import Count, ThemeRow, matrix
from kring.domain.text import KringError
from kring.plans.study.file import read_study_file
from kring.review.search import Search
from kring.study.finding.asking import Found, Hit, Wanted
from kring.study.finding.choices import called, segments_of, themes_meant
from kring.study.finding.comparing import Line, lines
from kring.study.finding.evidence import reference_to
from kring.study.finding.finding import Finding
from kring.study.finding.passages import Kind, segment_key
from kring.study.pointing import Side, Target, point, targets
from kring.system.i18n import _
from kring.ui.study import finding_filters as filters
from kring.ui.study.finding_filters import Filter, Narrowing

MOST = 200
COUNTED = 500
"""Up to so many hits people and groups are counted at each letter."""
BEHIND_A_CELL = 20


class FindingModel:
    """A study that is being searched; every change asks the index anew."""

    def __init__(self, finding: Finding, title: str, text: Path | None = None) -> None:
        self.finding = finding
        self.title = title
        self._text = text
        self.side: Side | None = None
        """On which side of a finding or a hypothesis the hit is to stand, while one is chosen."""
        self.targets: list[Target] = []
        self.target_at = 0
        self.told = ""
        self.typed = ""
        self.chosen: dict[Filter, Narrowing] = {}
        """By what the hits are narrowed."""
        self.is_in_matrix = False
        self.at = 0
        self.cell = [0, 0]
        self.found = Found([], 0, 0, 0)
        self.behind: list[Hit] = []
        self.search = Search("")
        self._read()

    def look_again(self) -> None:
        """Take in what changed in the session files meanwhile."""
        at = self.at
        self.finding.refresh()
        self._read()
        self.at = min(at, max(0, len(self.hits) - 1))

    def _read(self) -> None:
        self.groups = self.finding.groups()
        self.called = called(self.groups)
        self.people = Counter(segment_key(one.segment) for held in self.groups.values() for one in held.people)
        mentions = self.finding.mentions()
        self.rows: list[ThemeRow] = matrix(mentions)
        self.names = self.finding.names_of_themes()
        found = lines(self.groups, mentions, 1, 1)
        self.new_themes: Line | None = found[0] if found and len(found[0].sessions) > 1 else None
        known = segments_of(self.groups)
        self.segment_names = known | {one: one for row in self.rows for one in row.by_segment if one not in known}
        self.segments = sorted(self.segment_names, key=lambda one: (not one, one))
        self._ask()
        self.cell = [min(self.cell[0], max(0, len(self.rows) - 1)), min(self.cell[1], max(0, len(self.segments) - 1))]
        self._look_behind()

    @property
    def hits(self) -> list[Hit]:
        """The hits that are listed."""
        return self.found.hits

    @property
    def hit(self) -> Hit | None:
        """The hit under the cursor; in the matrix the first of the cell."""
        those = self.behind if self.is_in_matrix else self.hits
        place = 0 if self.is_in_matrix else self.at
        return those[place] if place < len(those) else None

    def type(self, text: str) -> None:
        """Look for other words."""
        self.typed = text
        self._ask()

    def choices(self, name: Filter) -> list[Narrowing]:
        """Return by what of one sort the hits can be narrowed."""
        match name:
            case "segment":
                return filters.of_segments({one: self.segment_names[one] for one in self.segments}, self.people)
            case "kind":
                return filters.of_kinds()
            case "group":
                return filters.of_groups(self.called, self.groups)
            case "question":
                return filters.of_questions(self.groups)
            case "code":
                return filters.of_codes(self.rows, self.names)

    def narrow(self, name: Filter, by: Narrowing | None) -> None:
        """Narrow the hits by something, or by nothing of its sort."""
        self.chosen.pop(name, None)
        if by is not None:
            self.chosen[name] = by
        self.is_in_matrix = False
        self._ask()

    def forget(self) -> bool:
        """Take away what is typed and filtered; return whether there was anything."""
        if not (self.typed or self.chosen):
            return False
        self.typed, self.chosen = "", {}
        self._ask()
        return True

    def move(self, down: int, right: int = 0) -> None:
        """Move the cursor in the list, or in the matrix."""
        if self.side is not None:
            self.target_at = max(0, min(self.target_at + down, len(self.targets) - 1))
            return
        if not self.is_in_matrix:
            self.at = max(0, min(self.at + down, len(self.hits) - 1))
            return
        self.cell[0] = max(0, min(self.cell[0] + down, len(self.rows) - 1))
        self.cell[1] = max(0, min(self.cell[1] + right, len(self.segments) - 1))
        self._look_behind()

    def begin_pointing(self, side: Side) -> None:
        """Let a finding or a hypothesis be chosen that the hit speaks for, or against; raises KringError."""
        if self.hit is None:
            return
        if self._text is None:
            folder = str(self.finding.folder)
            raise KringError("There is no study.md here; write one with: kring study new {folder}", folder=folder)
        reference_to(self.finding, self.hit)
        self.targets = targets(read_study_file(self._text))
        if not self.targets:
            raise KringError("The study has no finding and no hypothesis yet.")
        self.target_at, self.side = min(self.target_at, len(self.targets) - 1), side

    def point(self) -> None:
        """Write the hit behind the chosen finding or hypothesis; raises KringError."""
        side, self.side = self.side, None
        if side is not None and self.hit is not None and self._text is not None:
            target = self.targets[self.target_at]
            told = point(self.finding, self._text, target, side, self.hit)
            template = _("{note} speaks for {code} now") if side == "quotes" else _("{note} speaks against {code} now")
            self.told = template.format(note=told, code=target.code)

    @property
    def theme(self) -> ThemeRow | None:
        """The theme of the chosen cell."""
        return self.rows[self.cell[0]] if self.rows else None

    @property
    def count(self) -> Count:
        """The figures of the chosen cell."""
        return self.theme.by_segment.get(self.segments[self.cell[1]], Count()) if self.theme else Count()

    def _ask(self) -> None:
        self.found = self.finding.find(filters.narrowed(self.typed, self.chosen.values()), MOST, COUNTED)
        self.search = Search(self.typed)
        self.at = 0

    def _look_behind(self) -> None:
        """Find the words behind the chosen cell."""
        if self.theme is not None and self.segments:
            kinds: tuple[Kind, ...] = ("quote", "paraphrase", "chat", "transcript")
            segment = self.segments[self.cell[1]]
            wanted = Wanted(themes=themes_meant(self.theme.theme), segments=(segment,), kinds=kinds)
            self.behind = self.finding.find(wanted, BEHIND_A_CELL, 0).hits
