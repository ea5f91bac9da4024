"""Where each panel stands: a pure answer for a role and a size of the terminal; 80×24 first, more with more room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

Height = int | str
CueLines = Callable[[int], int]
"""How many lines the unseen cues take in so many columns."""
TABS: dict[bool, tuple[str, ...]] = {
    False: ("notes", "checks", "issues"),  # the moderator's lower half
    True: ("checks", "issues"),  # the assistant's, below the floor
}
FRAME = 2
BOTTOM = 3  # said, line, keys
LEAST = 5  # rows that the question and the lower panel keep


class Arrangement(NamedTuple):
    """Which panels are shown, how high, and how their boxes are laid out; `tabbed` = some wait behind the tab."""

    shown: frozenset[str]
    heights: dict[str, Height]
    widths: dict[str, Height]
    body: Literal["horizontal", "vertical"] = "vertical"
    stage: Literal["horizontal", "vertical"] = "vertical"
    compact: bool = False
    tabbed: bool = True
    framed: bool = False  # at 80 columns a frame costs more than it orders


def arranged(role: str, columns: int, rows: int, *, seats: int, tab: str, cue_lines: CueLines) -> Arrangement:
    """Return the arrangement for a terminal of this size, so many seats, this tab, and what the unseen cues take."""
    room = max(rows - 1 - BOTTOM, 4)
    if columns < 60 or rows < 16:
        return _tiny(columns, room, seats, cue_lines)
    if role == "assistant":
        if columns < 100:
            return _assistant_narrow(columns, room, seats, tab, cue_lines)
        return _assistant_wide(columns, room, seats, tab, cue_lines)
    if columns < 100:
        return _moderator_narrow(columns, room, seats, tab, cue_lines)
    return _moderator_wide(columns, room, seats, tab, cue_lines)


def _tiny(columns: int, room: int, seats: int, cue_lines: CueLines) -> Arrangement:
    """Return the question, the clock and the floor, and nothing else."""
    floor_rows = min((seats + 1) // 2 + 1, max(room // 2, 1))
    cue_rows = min(cue_lines(columns), 2)
    shown = {"guide", "floor"} | ({"cues"} if cue_rows else set())
    heights: dict[str, Height] = {
        "guide": "1fr",
        "floor": floor_rows,
        "cues": cue_rows,
        "stage": "1fr",
        "left": "1fr",
        "right": floor_rows + cue_rows,
    }
    return Arrangement(frozenset(shown), heights, {"left": "1fr", "right": "1fr"}, compact=True, tabbed=False)


def _moderator_narrow(columns: int, room: int, seats: int, tab: str, cue_lines: CueLines) -> Arrangement:
    floor_rows = min((seats + 1) // 2 + 1, max(room // 2, 1))
    cue_rows = min(cue_lines(columns), 3, room - floor_rows - LEAST)
    lower = max((room - floor_rows - cue_rows) * 4 // 10, 3)
    heights: dict[str, Height] = {
        "stage": "1fr",
        "left": "1fr",
        "right": floor_rows + cue_rows,
        "guide": "1fr",
        "floor": floor_rows,
        "cues": cue_rows,
        "heading": 1,
        tab: lower - 1,
    }
    shown = {"guide", "floor", "heading", tab} | ({"cues"} if cue_rows else set())
    return Arrangement(frozenset(shown), heights, {"left": "1fr", "right": "1fr"}, compact=room < 34)


def _moderator_wide(columns: int, room: int, seats: int, tab: str, cue_lines: CueLines) -> Arrangement:
    lower = max(room * 3 // 10, 5)
    floor_rows = seats + 1 + FRAME
    stage = room - lower
    if stage - floor_rows < 3:
        floor_rows = max(min((seats + 1) // 2 + 1 + FRAME, stage - 3), 4)
    roomy = stage - floor_rows >= 11 and tab != "issues"
    heights: dict[str, Height] = {
        "stage": "1fr",
        "left": "1fr",
        "right": "1fr",
        "guide": "1fr",
        "floor": floor_rows,
        "cues": "1fr",
        "technique": 6,
        tab: lower,
    }
    beside = {"technique"} if roomy else set()
    right = min(max(columns * 45 // 100, 44), 74)
    return Arrangement(
        frozenset({"guide", "floor", "cues", tab} | beside),
        heights,
        {"left": "1fr", "right": right},
        stage="horizontal",
        framed=True,
    )


def _assistant_narrow(columns: int, room: int, seats: int, tab: str, cue_lines: CueLines) -> Arrangement:
    floor_rows = (seats + 1) // 2 + 1
    cue_rows = min(cue_lines(columns), 2)
    lower = max((room - floor_rows - cue_rows - 1) // 2, 3)
    heights: dict[str, Height] = {
        "left": "1fr",
        "right": floor_rows + lower + cue_rows,
        "guide": 1,
        "notes": "1fr",
        "floor": floor_rows,
        "heading": 1,
        tab: lower - 1,
        "cues": cue_rows,
    }
    shown = {"guide", "notes", "floor", "heading", tab} | ({"cues"} if cue_rows else set())
    return Arrangement(frozenset(shown), heights, {"left": "1fr", "right": "1fr"})


def _assistant_wide(columns: int, room: int, seats: int, tab: str, cue_lines: CueLines) -> Arrangement:
    floor_rows = seats + 1 + FRAME if room >= seats + 15 else (seats + 1) // 2 + 1 + FRAME
    right = min(max(columns * 45 // 100, 46), 72)
    lines = cue_lines(right - FRAME - 2)
    cue_rows = max(min(lines, 4) + FRAME, 3) if lines or room >= 30 else 0
    heights: dict[str, Height] = {
        "left": "1fr",
        "right": "1fr",
        "guide": 3,
        "notes": "1fr",
        "floor": floor_rows,
        "checks": "1fr",
        "issues": "1fr",
        "board": "1fr",
        "cues": cue_rows,
    }
    widths: dict[str, Height] = {"left": "1fr", "right": right}
    cue_shown = {"cues"} if cue_rows else set()
    if room - floor_rows - cue_rows < 18:
        shown = {"guide", "notes", "floor", tab} | cue_shown
        return Arrangement(frozenset(shown), heights, widths, body="horizontal", framed=True)
    issue_rows = 3 + FRAME
    heights["issues"] = issue_rows
    lower = {"board"} if tab == "board" else {"checks", "issues"}
    shown = {"guide", "notes", "floor"} | lower | cue_shown
    return Arrangement(frozenset(shown), heights, widths, body="horizontal", tabbed=False, framed=True)
