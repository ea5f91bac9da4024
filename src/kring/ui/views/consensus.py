"""Who agrees, as a table of statements by participants: words in its cells, and what nobody looked at in sight."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain.measures.group.consensus import AGAINST, Consensus
from kring.domain.rows import ParticipantRow, Stance
from kring.domain.state import State
from kring.domain.words import STANCES, called
from kring.session.answer_summary import head_count
from kring.system.i18n import _
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad

KEYS: dict[str, dict[str, Stance]] = {
    "nl": {"e": "agrees", "v": "example_for", "k": "nods", "o": "dissents", "t": "example_against", "s": "shakes"},
    "en": {"a": "agrees", "e": "example_for", "n": "nods", "d": "dissents", "c": "example_against", "s": "shakes"},
}
"""The key of each stance; minus = no response."""
NO_RESPONSE = "minus"
CELL, NARROW_CELL = 9, 4
OUTCOME_ROOM = 32
LEAST_TEXT = 24


def is_wide(people: int, room: int) -> bool:
    """Whether cells hold words: else they hold the key that fills them."""
    return room >= LEAST_TEXT + people * CELL + OUTCOME_ROOM


def heading(state: State, people: Sequence[ParticipantRow], room: int) -> list[Line]:
    """Return the heads of the columns: seats, and names where there is room."""
    cell, text = _rooms(len(people), room)
    seats = [part for one in people for part in pad(line((str(one.seat), "key")), cell)]
    first = line(*pad(line(("  " + _("one key a cell"), "muted")), text), *seats)
    if not is_wide(len(people), room):
        return [first]
    names = [part for one in people for part in pad(line((called(state, one.id), "muted")), cell)]
    return [first, line(" " * text, *names, (_("outcome"), "muted"))]


def row(
    found: Consensus, people: Sequence[ParticipantRow], at: str | None, room: int, letters: dict[Stance, str]
) -> Line:
    """Return a matter with its cells and its head count; `at` is the code whose cell has the keyboard."""
    cell, text = _rooms(len(people), room)
    wide = is_wide(len(people), room)
    label = cut(
        line(("▸ " if at is not None else "  ", "key"), (found.matter.label + "  ", "bold"), found.matter.text),
        text - 1,
    )
    cells: list[tuple[str, str]] = []
    for one in people:
        word, look = _cell(found, one.id, wide, letters)
        shown = f"[{word}]" if one.id == at else f" {word} "
        cells += pad(line((shown, look)), cell)
    outcome = head_count(found) if wide else f"{len(found.agree)}/{len(found.cells)}"
    surface = " selected" if at is not None else ""
    content = [*pad(label, text), *cells, (outcome, "")]
    marked = [(part, f"{look}{surface}".strip()) for part, look in content]
    return (*cut(tuple(marked), room), *([("", "selected")] if at is not None else []))


def _cell(found: Consensus, code: str, wide: bool, letters: dict[Stance, str]) -> tuple[str, str]:
    """Return what stands in a cell, and its look: against is underlined, an example bold, nobody looked yellow."""
    if code not in found.cells:
        return _("away") if wide else "·", "muted"
    stance = found.cells[code]
    if stance is None:
        return "□", "need"
    word = _(STANCES[stance].cell) if wide else letters.get(stance, "–")
    looks = ["bold"] * stance.startswith("example") + ["underline"] * (stance in AGAINST)
    return word, " ".join(looks) or ("muted" if stance == "no_response" else "")


def _rooms(people: int, room: int) -> tuple[int, int]:
    """Return how wide a cell is, and what is left for the text before them."""
    if is_wide(people, room):
        return CELL, min(room - people * CELL - OUTCOME_ROOM, 48)
    return NARROW_CELL, max(room - people * NARROW_CELL - 7, 8)


def aloud(state: State, found: Consensus, room: int) -> list[Line]:
    """Return what the moderator can read back: who agrees, who does not, and last of whom that is not known."""
    heaps = (
        (_("agree: {names}"), found.agree, ""),
        (_("disagree: {names}"), found.disagree, ""),
        (_("no response: {names}"), found.silent, ""),
        (_("not looked at: {names}"), found.empty, "need"),
    )
    told = [
        (text.format(names=", ".join(called(state, code) for code in codes)), look)
        for text, codes, look in heaps
        if codes
    ]
    return [EMPTY, *(cut(line((f"  {text}", look)), room) for text, look in told)]


def legend(keys: dict[str, Stance], room: int) -> Line:
    """Return the keys of the cells, each with its word."""
    parts = [
        part for key, stance in keys.items() for part in ((f"  {key} ", "key"), (_(STANCES[stance].cell), "muted"))
    ]
    return cut(
        line(*parts, ("  - ", "key"), (_("no response"), "muted"), ("  □ ", "need"), (_("nobody looked"), "muted")),
        room,
    )
