"""The poll: one key for each answer, in order of seat, and beside it how the answers lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kring.commands import answer_table as commands
from kring.commands.leading import INVITE
from kring.domain.decide.group.polls import poll_at_hand, poll_of
from kring.domain.measures.polls import BETWEEN, Result, last_round, result, rounds
from kring.domain.measures.presence import are_here, seated
from kring.domain.rows import ParticipantRow, PollRow
from kring.domain.state import State
from kring.domain.text import Refused
from kring.domain.words import called
from kring.system.i18n import _
from kring.ui.boards.board import Board
from kring.ui.command_runner import Outcome
from kring.ui.views import polls as views
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, line, pad, window

WIDE = 100
"""From which width on bars and people stand beside each other."""
PEOPLE_ROOM = 44


class PollBoard(Board):
    """Answers by seat: the cursor stands on the first who is missing, and goes on by itself."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._cursor = ""
        self._awaits = True
        """Whether the cursor stands on somebody because an answer is missing: it goes on once anybody logs that."""
        self._typed: list[str] = []
        """Options that were chosen and not yet logged, or the digits of a number."""
        self._counts: dict[str, str] | None = None
        """What is typed beside each option while answers are counted without names."""
        self._option = 0

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        row = poll_of(moment.state, text)
        self._typed, self._counts, self._awaits = [], None, True
        self._cursor = self._next_missing(moment.state, moment.now, row)
        return None

    # what is shown

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        row = poll_at_hand(moment.state)
        if row is None:
            return [line(("  " + _("No poll belongs to this question."), "muted"))]
        found = result(moment.state, row)
        if self._awaits and not self._typed and self._cursor in found.answers:
            self._cursor = self._next_missing(moment.state, moment.now, row, self._cursor)
        here = are_here(moment.state, moment.now)
        people = self._people(moment.state, moment.now, row)
        above = [line("  ", *views.head(row.title, last_round(moment.state, row), found, len(people)))]
        left = max(height - 1, 1)
        if room < WIDE:
            if self._counts is None and left > len(people) + 2:
                bars = self._bars(moment.state, found, room - 2, left - len(people) - 1)
                return [*above, *self._entries(moment.state, row, here, people, room, len(people)), EMPTY, *bars]
            return [*above, *self._entries(moment.state, row, here, people, room, left)]
        bars = self._bars(moment.state, found, room - PEOPLE_ROOM - 4, left)
        entries = self._entries(moment.state, row, here, people, PEOPLE_ROOM, left)
        longest = max(len(bars), len(entries))
        pairs = zip(_filled(bars, longest), _filled(entries, longest), strict=True)
        return [*above, *(line(*pad(line("  ", *one), room - PEOPLE_ROOM), *other) for one, other in pairs)]

    def _bars(self, state: State, found: Result, room: int, height: int) -> list[Line]:
        places = {option: place for place, option in enumerate(found.counts, 1)}
        shown = views.options_shown(found, height)
        return window([views.bar(state, found, one, places[one], room) for one in shown], height, room)

    def _entries(
        self, state: State, row: PollRow, here: frozenset[str], people: list[ParticipantRow], room: int, height: int
    ) -> list[Line]:
        """Return the rows on which the keys work: people, or options while they are counted."""
        if self._counts is not None:
            place = self._option
            drawn = [views.counted(one, n, self._counts.get(one, ""), room - 2) for n, one in enumerate(row.options, 1)]
        else:
            place = next((number for number, one in enumerate(people) if one.id == self._cursor), -1)
            given = [result(state, row, number).answers for number in rounds(state, row) or [1]]
            pending = BETWEEN.join(self._typed)
            drawn = [
                views.person(
                    state,
                    one,
                    given,
                    pending if one.id == self._cursor else "",
                    "" if one.id in here else _("not here"),
                    room - 2,
                )
                for one in people
            ]
        marked = [self._with_cursor(one, number == place) for number, one in enumerate(drawn)]
        top = max(0, min(place - height // 2, len(marked) - height))
        return window(marked, height, room, top)

    def _with_cursor(self, content: Line, is_here: bool) -> Line:
        if not is_here or not self.has_keys:
            return line("  ", *content)
        return (("▸ ", "key selected"), *[(text, f"{look} selected") for text, look in content], ("", "selected"))

    def mode(self, moment: LiveMoment) -> Line:
        row = poll_at_hand(moment.state)
        if row is None:
            return line((_("poll"), "muted"))
        if self._counts is not None:
            told = _("how many chose it; digits don't give the floor now")
            return line((_("poll") + " › ", "muted"), (_("counts without names"), "bold"), ("  " + told, "muted"))
        who = called(moment.state, self._cursor) if self._cursor else _("everybody answered")
        told = _("digits answer, they don't give the floor now")
        return line((_("poll") + " › ", "muted"), (who, "bold"), ("  " + told, "muted"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        row = poll_at_hand(moment.state)
        if self._counts is not None:
            return [
                KeyHint("0-9", _("how many"), 9),
                KeyHint("↑↓", _("option"), 8),
                KeyHint("Enter", _("log"), 9),
                KeyHint("k", _("by name"), 6),
                KeyHint("Esc", _("leave"), 10),
            ]
        is_pending = row is not None and (row.kind in ("multiple", "ranking") or _is_long(row))
        found = result(moment.state, row) if row is not None else None
        ends = [*found.highest, *found.lowest] if found is not None else []
        return [
            KeyHint("0-9", _("answer"), 9),
            *([KeyHint("x", _("ten"), 8)] if row is not None and "10" in row.options and not _is_long(row) else []),
            *([KeyHint("Enter", _("log"), 9)] if is_pending else []),
            KeyHint(_("space"), _("skip"), 7),
            KeyHint("↑↓", _("choose"), 5),
            *([KeyHint("U", _("invite {who}").format(who=called(moment.state, ends[0])), 6)] if ends else []),
            KeyHint("r", _("ask again"), 4),
            KeyHint("k", _("counts"), 3),
            KeyHint("Esc", _("leave"), 10),
        ]

    # what the keys do

    def press(self, key: str) -> bool:
        state, now = self.session.state, self.session.now()
        row = poll_at_hand(state)
        if row is None:
            return False
        if self._counts is not None:
            return self._press_counting(row, key)
        if key in ("up", "down", "space", "backspace"):
            self._move(state, now, row, key)
            return True
        match key:
            case "enter" if self._typed:
                self._log(row)
            case "r":
                if self.runner.do(commands.POLL, "again") is Outcome.DONE:
                    self._cursor = self._next_missing(self.session.state, now, row)
            case "k":
                self._counts, self._option, self._typed = {}, 0, []
            case "U":
                return self._invite(state, row)
            case _:
                return self._choose(row, key)
        return True

    def _move(self, state: State, now: int, row: PollRow, key: str) -> None:
        """Go to somebody else, pass somebody over, or take back what was chosen and not yet logged."""
        match key:
            case "backspace":
                self._typed = self._typed[:-1]
            case "space":
                self._typed, self._awaits = [], True
                self._cursor = self._next_missing(state, now, row, self._cursor)
            case _:
                self._step(state, now, row, -1 if key == "up" else 1)

    def _choose(self, row: PollRow, key: str) -> bool:
        """Take a digit, or x for ten, as an option of who has the cursor; nobody is given the floor by it."""
        if not key.isdecimal() and key != "x":
            return False
        if not self._cursor:
            return True
        if _is_long(row):
            if key != "x":
                self._typed = ["".join((*self._typed, key))[:4]]
            return True
        option = _option(row, 10 if key == "x" else int(key))
        if option is None:
            self.screen.refuse(Refused("{value} is none of {options}.", value=key, options=", ".join(row.options)))
            return True
        if row.kind not in ("multiple", "ranking"):
            self._typed = [option]
            self._log(row)
            return True
        self._typed = [one for one in self._typed if one != option] + ([option] if option not in self._typed else [])
        if row.kind == "ranking" and len(self._typed) == len(row.options):
            self._log(row)
        return True

    def _log(self, row: PollRow) -> None:
        value = BETWEEN.join(self._typed)
        self._typed, self._awaits = [], True
        if self.runner.do(commands.ANSWER, self._cursor, value) is not Outcome.REFUSED:
            self._cursor = self._next_missing(self.session.state, self.session.now(), row, self._cursor)

    def _invite(self, state: State, row: PollRow) -> bool:
        """Invite who stands at an end of the scale: the highest, and then the lowest, to explain it."""
        found = result(state, row)
        ends = [*found.highest, *found.lowest]
        if not ends:
            return False
        asked = next((one.at for one in state.poll_rounds.values() if one.poll == row.id), 0)
        invited = {one.participant for one in state.invitations_to_speak.values() if one.at >= asked}
        self.runner.do(INVITE, next((code for code in ends if code not in invited), ends[0]))
        return True

    def _press_counting(self, row: PollRow, key: str) -> bool:
        assert self._counts is not None
        option = row.options[self._option] if row.options else ""
        match key:
            case "up" | "down":
                self._option = max(0, min(self._option + (1 if key == "down" else -1), len(row.options) - 1))
            case "k":
                self._counts = None
            case "enter":
                told = " ".join(f'"{one}"={n}' for one, n in self._counts.items() if n)
                if self.runner.do(commands.POLL, f"counts {told}") is not Outcome.REFUSED:
                    self._counts = None
            case "backspace":
                self._counts[option] = self._counts.get(option, "")[:-1]
            case _ if key.isdecimal():
                self._counts[option] = (self._counts.get(option, "") + key)[:3].lstrip("0") or "0"
            case _:
                return False
        return True

    def _step(self, state: State, now: int, row: PollRow, step: int) -> None:
        codes = [one.id for one in self._people(state, now, row)]
        self._typed, self._awaits = [], False
        if codes:
            place = codes.index(self._cursor) + step if self._cursor in codes else (0 if step > 0 else -1)
            self._cursor = codes[place % len(codes)]

    def _people(self, state: State, now: int, row: PollRow) -> list[ParticipantRow]:
        """Return who is here, or answered in any round, by seat."""
        here = are_here(state, now)
        answered = {one.participant for one in state.answers.values() if one.poll == row.id}
        return [one for one in seated(state) if one.id in here or one.id in answered]

    def _next_missing(self, state: State, now: int, row: PollRow, after: str = "") -> str:
        """Return who is here and has not answered in this round: the first one behind somebody, else before."""
        answers = result(state, row).answers
        here = are_here(state, now)
        codes = [one.id for one in seated(state) if one.id in here]
        place = codes.index(after) + 1 if after in codes else 0
        return next((code for code in (*codes[place:], *codes[:place]) if code not in answers), "")


def _is_long(row: PollRow) -> bool:
    """Whether an answer is a number of more than one key, such as 0 to 100."""
    return row.kind == "scale" and any(len(option) > 2 for option in row.options)


def _option(row: PollRow, number: int) -> str | None:
    """Return the option of a digit: on a scale of numbers that number, else the one at that place."""
    if str(number) in row.options:
        return str(number)
    if all(option.isdecimal() for option in row.options) or not 1 <= number <= len(row.options):
        return None
    return row.options[number - 1]


def _filled(lines: list[Line], height: int) -> list[Line]:
    return [*lines, *[EMPTY] * (height - len(lines))]
