"""The summary for the group: made of starred notes, written line by line, read aloud, and what each says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kring.commands import table
from kring.commands.command import Part
from kring.domain.measures.looking_back import summary_answers, summary_lines, to_sum_up
from kring.domain.measures.presence import seated
from kring.domain.rows import SummaryLineRow
from kring.domain.state import State
from kring.domain.text import Refused
from kring.domain.words import called
from kring.system.i18n import _, ngettext
from kring.ui.boards.board import Board
from kring.ui.prompt import SEAT_KEYS, Request, TextQuestion
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, window, wrap

FURTHER_SEATS = SEAT_KEYS[10:]


class ReadBackBoard(Board):
    """Every line in full, to be read aloud; under it what participants said of it."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._place = 0
        self._top = 0
        self._aims = False  # at the line under the cursor; else what somebody says is about the whole

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        self._place, self._aims = 0, False
        return None

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        state = moment.state
        found = summary_lines(state)
        self._place = max(min(self._place, len(found) - 1), 0)
        head = [cut(line("  ", *self._told(state, found)), room)]
        drawn: list[list[Line]] = [self._drawn(state, one, room, place) for place, one in enumerate(found)]
        said = self._said(state, None)
        whole = [cut(line("  ", *said), room)] if said else []
        rows = max(height - len(head) - len(whole), 1)
        self._top = max(min(self._top, self._place), 0)
        while self._top < self._place and sum(map(len, drawn[self._top : self._place + 1])) > rows:
            self._top += 1
        above = sum(map(len, drawn[: self._top]))
        body = window([one for each in drawn for one in each], rows, room, above)
        return [*head, *body, *whole]

    def _told(self, state: State, found: Sequence[SummaryLineRow]) -> Line:
        waiting = len(to_sum_up(state))
        told = ngettext("{n} starred note is not in it", "{n} starred notes are not in it", waiting).format(n=waiting)
        was_read = any(one.read_at is not None for one in found)
        parts = [
            *([told] if waiting else []),
            *([_("read back")] if was_read else []),
            _("Read this aloud, and ask whether it is right.") if found else _("The summary has no lines yet."),
        ]
        return line((" · ".join(parts), "muted"))

    def _drawn(self, state: State, one: SummaryLineRow, room: int, place: int) -> list[Line]:
        is_here = self.has_keys and place == self._place
        note = state.notes.get(one.note or "")
        whose = f"  {called(state, note.participant)}" if note is not None and note.participant else ""
        text = self.session.sealing.text(one.text)
        told = wrap(line((f"{one.number} ", "muted"), (text, "current"), (whose, "muted")), room - 2, hang=3)
        said = self._said(state, one.id)
        rows = [*told, *([cut(line("   ", *said), room - 2)] if said else [])]
        if not is_here:
            return [line("  ", *row) for row in rows]
        signs = ["▸ ", *["  "] * (len(rows) - 1)]
        return [
            ((sign, "key selected"), *[(text, f"{look} selected") for text, look in row], ("", "selected"))
            for sign, row in zip(signs, rows, strict=True)
        ]

    def _said(self, state: State, line_id: str | None) -> Line:
        """Return who agreed with a line, or the whole, and who corrected what."""
        answers = [answer for answer in summary_answers(state) if answer.line == line_id]
        if not answers:
            return EMPTY
        parts = [
            f"{called(state, one.participant)} ✓"
            if one.agreed
            else f"{called(state, one.participant)}: {one.correction}"
            for one in answers
        ]
        return line((" · ".join(parts), "soon" if any(not one.agreed for one in answers) else "muted"))

    def mode(self, moment: LiveMoment) -> Line:
        found = summary_lines(moment.state)
        what = _("line {n}").format(n=found[self._place].number) if self._aims and found else _("the whole")
        told = _("a digit: who says something of it")
        return line((_("read-back") + " › ", "muted"), (what, "bold"), ("  " + told, "muted"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        state = moment.state
        has_lines = bool(summary_lines(state))
        make = [KeyHint("m", _("make of ★"), 10)] if to_sum_up(state) else []
        with_lines = [
            KeyHint("v", _("read aloud"), 9),
            KeyHint("1-9", _("says of it"), 8),
            KeyHint("Enter", _("edit"), 6),
            KeyHint("Del", _("take out"), 3),
            KeyHint("↑↓", _("choose"), 4),
        ]
        return [
            *make,
            *(with_lines if has_lines else []),
            KeyHint("+", _("new line"), 5),
            KeyHint("Esc", _("leave"), 10),
        ]

    def press(self, key: str) -> bool:
        found = summary_lines(self.session.state)
        here = found[min(self._place, len(found) - 1)] if found else None
        match key:
            case "up" | "down":
                self._place = max(self._place + (1 if key == "down" and self._aims else -1 if key == "up" else 0), 0)
                self._aims = True
            case "m":
                self.runner.do(table.SUMMARY, "make")
            case "v":
                self.runner.do(table.SUMMARY, "read")
            case "plus":
                self._write("new")
            case "enter" if here is not None:
                self._write(str(here.number), here.text)
            case "delete" if here is not None:
                self.runner.do(table.SUMMARY, str(here.number), "remove")
            case _ if key in SEAT_KEYS[:10] or key in FURTHER_SEATS:
                self._answer(key, here)
            case _:
                return False
        return True

    def _write(self, which: str, usual: str = "") -> None:
        request = Request(table.SUMMARY, (Part.SUMMARY, Part.TEXT), (which,))
        self.screen.open_line(request, TextQuestion(usual, untouched=usual or None))

    def _answer(self, key: str, here: SummaryLineRow | None) -> None:
        """Have typed what somebody says of the line that was chosen, else of the whole."""
        seat = SEAT_KEYS.index(key) + 1
        person = next((one for one in seated(self.session.state) if one.seat == seat), None)
        if person is None:
            self.screen.refuse(Refused("There is no participant {word}.", word=str(seat)))
            return
        about = f"{here.number}: " if here is not None and self._aims else ""
        self.screen.open_line(Request(table.CORRECT, (Part.SEAT, Part.TEXT), (person.id,)), TextQuestion(about))
