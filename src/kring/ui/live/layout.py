"""Where each panel stands: a pure answer for a role, a size and what there is to show; no boxes, fixed bands.

The top line and the last three rows never move. Between them the card grows downward, and what matters less folds, in
the order of `FOLDS`: first blank rows, then notes, the line of sections, the second row of what comes next, what comes
with the question to one row each and then to counts, how to ask it, and at last all notes but one. The sentence, the
floor, the time and a cue that nobody saw never go; a sentence that takes more than two thirds of the height is cut and
says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property, partial
from typing import Literal

import msgspec
from msgspec.structs import replace

from kring.domain.rows import TurnRow
from kring.ui.views import card, floor, guide, leading, technique
from kring.ui.views.card import CardLook
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, cut, line, spread

Height = int | str
TABS: dict[bool, tuple[str, ...]] = {
    False: ("notes", "checks"),  # the moderator's lower part; boards come behind them
    True: ("checks",),  # the assistant's, below the floor
}
BANDS = 4  # the top line, what was said last, the mode line, the keys
TWO_COLUMNS = 113
"""Columns from which the floor stands beside the question."""
SPLIT = 180
"""Columns from which checks, technical issues and chat stand beside the notes."""


class Fold(msgspec.Struct, frozen=True):
    """What is drawn in how much detail, and how many rows the list below keeps at least."""

    airy: bool = False
    sections: bool = False
    companions: guide.Fold | Literal["none"] = "count"
    both_upcoming: bool = False
    instructs: bool = False
    least: int = 1
    heading: bool = True


FOLDS = (
    Fold(True, True, "whole", True, True, 6),
    Fold(False, True, "whole", True, True, 5),
    Fold(False, True, "whole", True, True, 3),
    Fold(False, False, "whole", True, True, 3),
    Fold(False, False, "whole", False, True, 3),
    Fold(False, False, "row", False, True, 3),
    Fold(False, False, "count", False, True, 3),
    Fold(False, False, "count", False, False, 3),
    Fold(False, False, "count", False, False, 1),
    Fold(False, False, "count", False, False, 1, heading=False),
    Fold(False, False, "count", False, False, 0, heading=False),
    Fold(False, False, "none", False, False, 0, heading=False),
)
UNFOLDED = (
    *[replace(fold, least=1) for fold in FOLDS[1:5]],
    Fold(False, False, "whole", False, True, 0, heading=False),
    Fold(False, False, "row", False, True, 0, heading=False),
)
"""When somebody asked to see all that comes with the question: the notes give way."""


class Arrangement(msgspec.Struct, frozen=True):
    """Which panels are shown, how high, and how their boxes are laid out; `tabbed` = some wait behind the tab.

    `aside` are the cells of what stands beside the notes, the gap with them; 0 where nothing does.
    """

    heights: Mapping[str, Height]
    widths: Mapping[str, Height]
    stage: Literal["horizontal", "vertical"] = "vertical"
    tabbed: bool = True
    gap: int = 0
    shown: frozenset[str] = frozenset()
    aside: int = 0


class Wish(msgspec.Struct, frozen=True):
    """What the screen is asked to show."""

    columns: int
    rows: int
    tab: str
    is_unfolded: bool = False
    is_of_notes: bool = False
    """Whether the lower part has the notes, or what stands in for them."""


class Frame(msgspec.Struct, frozen=True):
    """The arrangement, and the lines of what was drawn to find it, by panel."""

    arrangement: Arrangement
    lines: Mapping[str, list[Line]]


def framed(role: str, moment: LiveMoment, wish: Wish) -> Frame:
    """Return the frame for a moment and a wish."""
    if role == "assistant":
        return _assistant(moment, wish)
    return _moderator(moment, wish)


def columns_of(columns: int, most_right: int = 60) -> tuple[int, int, int]:
    """Return the cells of the left column, the gap and the right column; all to the left where there's one column."""
    if columns < TWO_COLUMNS:
        return columns, 0, columns
    gap = 3 if columns >= 180 else 2
    right = 93 if columns >= 200 else max(53, min(most_right, columns * 43 // 100))
    return columns - gap - right, gap, right


class _Parts:
    """What a moderator's frame is made of; a part that looks the same in several folds is drawn once."""

    def __init__(self, moment: LiveMoment, wish: Wish) -> None:
        self.moment = moment
        self.body = max(wish.rows - BANDS, 1)
        self.left, self.gap, self.right = columns_of(wish.columns)
        self.seats = floor.rows(moment)
        self.cues = technique.unseen_cues(moment.state, self.right)
        self._columns, self._tab = wish.columns, wish.tab
        self.card = cache(partial(card.draw, moment, self.left))
        self._companions = cache(partial(guide.companions, moment, self.left))
        self._upcoming = cache(partial(guide.upcoming, moment, self.left))

    @cached_property
    def sections(self) -> Line:
        """The line of sections, empty where it doesn't fit."""
        return guide.sections(self.moment, self._columns)

    @cached_property
    def turns(self) -> list[Line]:
        """Whom to invite and how many were heard, where a row has room for both."""
        running = self.moment.state.open_turn
        told = leading.turns(self.moment, self.left - 2) if _is_of_the_group(running) else []
        return [line(" ", *told[0])] if len(told) == 1 else []

    def above(self, fold: Fold, height: int) -> list[Line]:
        """Return the card; its sentence has two thirds of a height.

        Where a board has few rows, a sentence for the moment takes only one.
        """
        says_whole = self._tab != "board" or fold.least > 1
        most_rows = max(height * 2 // 3 - 2, 1)
        return self.card(CardLook(fold.airy, not fold.sections, fold.instructs, most_rows, says_whole))

    def under(self, fold: Fold) -> list[Line]:
        """Return what stands under the card."""
        if fold.companions == "none":
            return []
        item = self.moment.state.current_item
        hidden = len(card.instructions(self.moment, item)) if item is not None and not fold.instructs else 0
        beside = self._companions(fold.companions, airy=fold.airy, hidden=hidden)
        coming = self._upcoming(full=fold.both_upcoming)
        if fold.companions == "count" and beside and coming:
            return [spread(beside[0], guide.next_in_short(self.moment), self.left)]
        if not fold.airy:
            return [*beside, *coming]
        return [*([EMPTY, *beside] if beside else []), *([EMPTY, *coming] if coming else [])]


def _moderator(moment: LiveMoment, wish: Wish) -> Frame:
    parts = _Parts(moment, wish)
    folds = UNFOLDED if wish.is_unfolded else FOLDS
    draw = _beside if parts.gap else _above
    for fold in folds:
        found = draw(parts, wish, fold)
        if found is not None:
            return found
    found = draw(parts, wish, folds[-1], is_last=True)
    assert found is not None
    return found


def _beside(parts: _Parts, wish: Wish, fold: Fold, *, is_last: bool = False) -> Frame | None:
    """Return the frame with the floor beside the question, None where it doesn't fit."""
    moment, body, cues, seats = parts.moment, parts.body, parts.cues, parts.seats
    left, gap, right = parts.left, parts.gap, parts.right
    sections = parts.sections if fold.sections else EMPTY
    if fold.sections and not sections and guide.has_sections(moment):
        fold = replace(fold, sections=False)
    above, under = parts.above(fold, body), parts.under(fold)
    guide_rows = (3 if fold.airy else 1) if sections else (1 if fold.airy else 0)
    floor_rows = seats + (5 if fold.airy else 2)
    turns = [cut(line("  ", *invited), right)] if (invited := leading.invite(moment)) and fold.heading else []
    turns = [EMPTY, *turns] if turns and fold.airy else turns
    cue_rows = len(cues) + (1 if cues and fold.airy else 0)
    heading = (2 if fold.airy else 1) if fold.heading else 0
    stage = max(len(above) + len(under) + (1 if fold.airy else 0), floor_rows + len(turns) + cue_rows)
    most = body - guide_rows - heading - fold.least
    if stage > most:
        if not is_last:
            return None
        stage = max(most, 1)
    card_rows = min(len(above), stage)
    heights: dict[str, Height] = {
        "guide": guide_rows,
        "stage": stage,
        "left": stage,
        "right": stage,
        "card": card_rows,
        "under": max(stage - card_rows, 0),
        "floor": max(min(stage - cue_rows - len(turns), floor_rows), 1),
        "turns": len(turns),
        "cues": cue_rows,
        "heading": heading,
        wish.tab: "1fr",
    }
    spaced = [EMPTY, *cues] if cues and fold.airy else cues
    shown = {"guide": _with_blanks(sections, guide_rows), "card": above, "under": under}
    lines = {**shown, "turns": turns, "cues": spaced}
    aside = right + gap if wish.columns >= SPLIT and wish.is_of_notes and fold.least else 0
    widths: dict[str, Height] = {"left": left + gap, "right": right}
    return _frame(Arrangement(heights, widths, "horizontal", gap=gap, aside=aside), lines)


def _with_blanks(row: Line, rows: int) -> list[Line]:
    return [EMPTY, row, EMPTY] if rows == 3 else [row]


def _above(parts: _Parts, wish: Wish, fold: Fold, *, is_last: bool = False) -> Frame | None:
    """Return the frame of one column, None where it doesn't fit."""
    body, cues, seats = parts.body, parts.cues, parts.seats
    sections = parts.sections if fold.sections else EMPTY
    fold = replace(fold, airy=False, sections=bool(sections))
    above, under = parts.above(fold, body), parts.under(fold)
    guide_rows = 1 if sections else 0
    turns = parts.turns if fold.heading else []
    floor_rows = min((seats + 1) // 2 + (1 if fold.heading and not turns else 0), max(body // 2, 1))
    cue_rows = min(len(cues), 3)
    heading = 1 if fold.heading else 0
    floor_rows += len(turns)
    fixed = guide_rows + len(under) + floor_rows + cue_rows + heading + fold.least
    if fixed + len(above) > body:
        if not is_last:
            return None
        if wish.is_unfolded:
            floor_rows = min(floor_rows, (seats + 2) // 3)
        cue_rows = min(cue_rows, max(body - floor_rows - 2, 1 if cues else 0))
        most = max(body - floor_rows - cue_rows, 2)
        above = parts.above(fold, most * 3 // 2)[:most]
        under = under[: max(body - floor_rows - cue_rows - len(above), 0)]
    upper = len(above) + len(under)
    if not fold.least:
        upper = max(body - guide_rows - floor_rows - cue_rows - heading, upper)
    heights: dict[str, Height] = {
        "guide": guide_rows,
        "left": upper,
        "right": floor_rows + cue_rows,
        "stage": upper + floor_rows + cue_rows,
        "card": len(above),
        "under": upper - len(above),
        "floor": floor_rows - len(turns),
        "turns": len(turns),
        "cues": cue_rows,
        "heading": heading,
        wish.tab: "1fr" if fold.least else 0,
    }
    lines = {"guide": [sections], "card": above, "under": under, "turns": turns, "cues": cues[:cue_rows]}
    return _frame(Arrangement(heights, {"left": "1fr", "right": "1fr"}), lines)


def _is_of_the_group(running: TurnRow | None) -> bool:
    """Whether a participant speaks, or nobody: what else goes on, the floor says on a row of its own."""
    return running is None or running.kind in ("participant", "silence")


def _frame(found: Arrangement, lines: Mapping[str, list[Line]]) -> Frame:
    """Return a frame that shows every panel that has rows."""
    boxes = {"stage", "left", "right"}
    shown = frozenset(name for name, height in found.heights.items() if height != 0 and name not in boxes)
    return Frame(replace(found, shown=shown), lines)


def _assistant(moment: LiveMoment, wish: Wish) -> Frame:
    seats = floor.rows(moment)
    if wish.columns < TWO_COLUMNS or wish.rows < 24:
        return _assistant_narrow(moment, wish, seats)
    left, gap, right = columns_of(wish.columns, 53)
    body = wish.rows - BANDS
    airy = body >= 30
    question = card.one_line(moment, wish.columns - 2)
    rows = body - (3 if airy else 1)
    floor_rows = seats + 2
    cues = technique.cues(moment, right - 2, 4, "assistant")
    cue_rows = len(cues) + 1 if cues else 0
    issues = technique.issues(moment, right - 2, 4)
    issue_rows = len(issues) + 1 if issues else 0
    left_for_checks = rows - floor_rows - cue_rows - issue_rows
    if left_for_checks < 5:
        floor_rows = max((seats + 1) // 2 + 1, 3)
        left_for_checks = rows - floor_rows - cue_rows - issue_rows
    if left_for_checks < 3:
        issue_rows = 0
    heights: dict[str, Height] = {
        "guide": 3 if airy else 1,
        "stage": "1fr",
        "left": "1fr",
        "right": "1fr",
        "heading": 1,
        "board" if wish.tab == "board" else "notes": "1fr",
        "line": 1,
        "floor": floor_rows,
        "checks": "1fr",
        "issues": issue_rows,
        "cues": cue_rows,
    }
    lines = {"guide": _with_blanks(_on_surface(question), 3 if airy else 1), "cues": cues, "issues": issues}
    widths: dict[str, Height] = {"left": left + gap, "right": right}
    return _frame(Arrangement(heights, widths, "horizontal", tabbed=False, gap=gap), lines)


def _on_surface(row: Line) -> Line:
    return (("▌ ", "current card"), *[(text, f"{look} card") for text, look in row], ("", "card"))


def _assistant_narrow(moment: LiveMoment, wish: Wish, seats: int) -> Frame:
    body = max(wish.rows - BANDS + 1, 1)  # the line in which notes are typed is the mode line
    question = _on_surface(card.one_line(moment, wish.columns - 2))
    floor_rows = min((seats + 1) // 2 + 1, max(body // 2, 1))
    cues = technique.unseen_cues(moment.state, wish.columns, "assistant")
    cue_rows = min(len(cues), 2, max(body - floor_rows - 3, 1))
    spare = body - 1 - floor_rows - cue_rows
    spare -= 1
    checks = min(3, spare - 4)
    checks = checks if checks > 1 else 0  # in one row it says only how many there are
    heading = 1 if spare >= 2 else 0
    heights: dict[str, Height] = {
        "guide": 1,
        "stage": "1fr",
        "left": "1fr",
        "right": floor_rows + cue_rows + checks,
        "heading": heading,
        "board" if wish.tab == "board" else "notes": "1fr" if spare >= 1 else 0,
        "line": 1,
        "floor": floor_rows,
        "checks": checks,
        "cues": cue_rows,
    }
    lines = {"guide": [question], "cues": cues[:cue_rows]}
    return _frame(Arrangement(heights, {"left": "1fr", "right": "1fr"}, tabbed=False), lines)
