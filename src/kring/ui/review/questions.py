"""How each part of a command of the review is asked: a pure answer from what is read, and what the cursor stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kring.domain import note_line
from kring.domain import rows as r
from kring.domain.measures.presence import seated
from kring.domain.state import State
from kring.domain.stretches import FOREVER_MS
from kring.domain.text import N_, Refused, folded, one_line
from kring.review import parsing
from kring.review.entries import Entry
from kring.review.model import STOPS, ReviewModel
from kring.system.i18n import _
from kring.ui.dialogs import Option
from kring.ui.prompt import SEAT_KEYS, Asked, Choice, Given, Keys, Pick, Question, Typed
from kring.ui.review import codes
from kring.ui.views import typing
from kring.ui.widgets.line import Line, line

OTHERS = (
    Choice("m", "moderator", N_("moderator")),
    Choice("x", "crosstalk", N_("crosstalk")),
    Choice("u", "unknown", N_("unknown")),
    Choice("n", "nobody", N_("nobody")),
)
DECISIONS = (Choice("1", "accept", N_("accept")), Choice("0", "decline", N_("decline")))
STOP_KEYS = [Choice(key, stop, STOPS[stop]) for key, stop in zip("m*su?cod", STOPS, strict=True)]
CHANGES = (
    Choice("1", "name", N_("name"), then="name"),
    Choice("2", "colour", N_("colour"), then="colour"),
    Choice("3", "theme", N_("theme"), then="theme"),
    Choice("4", "memo", N_("memo"), then="memo"),
    Choice("0", "remove", N_("remove")),
)
PROMPTS = {
    "why": N_("Why? Enter: no reason"),
    "time": N_("Time on the session's clock"),
    "times": N_("Time"),
    "tags": N_("Tags"),
    "code": N_("Code"),
    "memo": N_("Memo"),
    "name": N_("Name: description"),
    "theme": N_("Theme above it; empty: none"),
    "note line": N_("Note"),
}
COLOURS = [
    *(Choice(key, key, codes.SIGNS[place], look) for place, (key, look) in enumerate(parsing.COLOURS.items())),
    Choice("0", "0", N_("none")),
]
_ONE_KEY: dict[str, Sequence[Choice]] = {
    "stop": STOP_KEYS,
    "decision": DECISIONS,
    "change": CHANGES,
    "colour": COLOURS,
}
MAY_BE_EMPTY = ("why", "theme", "memo")
ADDED_MS = 10_000
"""How long a turn is that nobody logged, until its times are corrected."""


class Asker:
    """What a command is about, and how the rest of it is asked."""

    def __init__(self, model: ReviewModel, entry: Entry | None) -> None:
        self._model = model
        self._state: State = model.state
        self._entry = entry
        self._row = entry.row if entry else None

    def question(self, asked: Asked) -> Question:
        """Return how the next part is asked; refuse where the cursor stands on nothing of that kind."""
        part = asked.part
        if part in _GIVEN:
            return Given(_GIVEN[part](self))
        if part in _ONE_KEY:
            return Keys([choice._replace(word=_(choice.word)) for choice in _ONE_KEY[part]])
        match part:
            case "who":
                return Keys(self._speakers())
            case "a code":
                if not codes.alive(self._state):
                    raise Refused("The codebook is empty.")
                return Pick(_("Codebook"), self._codes())
            case "about":
                return Pick(_("Memo on …"), [Option("", _("The session as a whole")), *self._codes()])
        return self._typed(asked)

    def _speakers(self) -> list[Choice]:
        people = [person for person in seated(self._state) if 0 < person.seat <= len(SEAT_KEYS)]
        seats = [Choice(SEAT_KEYS[one.seat - 1], str(one.seat), one.name or one.id) for one in people]
        return [*seats, *(choice._replace(word=_(choice.word)) for choice in OTHERS)]

    def _codes(self) -> list[Option]:
        return [
            Option(code.id, "  " * depth + code.name, remark=one_line(code.description)[:60])
            for code, depth in codes.alive(self._state)
        ]

    # What is given by the cursor, and by who reads what.

    def _note(self) -> str:
        if not isinstance(self._row, r.NoteRow):
            raise Refused("Choose a note first.")
        return self._row.id

    def _turn(self) -> str:
        if not isinstance(self._row, r.TurnRow):
            raise Refused("Choose a turn first.")
        return self._row.id

    def _note_or_turn(self) -> str:
        if not isinstance(self._row, r.NoteRow | r.TurnRow):
            raise Refused("Choose a note or a turn first.")
        return self._row.id

    def _turn_here(self) -> str:
        """Return the turn that lasts at this second, whatever the cursor stands on."""
        at = self._model.at
        held = (one.id for one in self._state.alive_turns if one.started_at < at < (one.ended_at or FOREVER_MS))
        found = next(held, None) or self._turn()
        if at <= self._state.turns[found].started_at:
            raise Refused("Go to the second at which the other one begins, then split.")
        return found

    def _memo_on(self) -> str:
        """Return what a memo is on: the note, the turn or, on a row of the session, all of it, which is nothing."""
        return "" if isinstance(self._row, r.SessionRow) else self._note_or_turn()

    def _proposal(self) -> str:
        if not isinstance(self._row, r.TurnProposalRow):
            raise Refused("Choose a proposal first.")
        return self._row.id

    def _proposals(self) -> str:
        shown = self._model.shown()
        return " ".join(entry.row.id for entry in shown if isinstance(entry.row, r.TurnProposalRow))

    # What is typed.

    def _typed(self, asked: Asked) -> Typed:
        usual = self._usual(asked)
        if asked.part != "note line":
            return Typed(usual)
        note = parsing.noted(self._state, asked.answers[0])
        usual, place = note_line.to_complete(note)
        return Typed(usual, place, untouched=usual if note.stub else None)

    def _usual(self, asked: Asked) -> str:
        """Return what stands in the line at first."""
        match asked.part:
            case "tags":
                return "#"
            case "memo":
                own = parsing.own_memo(self._state, asked.answers[0], self._model.me)
                return own.text if own else ""
            case "name":
                code = self._state.codes[asked.answers[0]]
                return f"{code.name}: {code.description}"
            case "times":
                return self._times(asked.answers[0])
        return ""

    def _times(self, row_id: str) -> str:
        """Return when a row was; of one that is to be added, from this second on."""
        begin, at = self._model.begin(), self._model.at
        note = self._state.notes.get(row_id)
        if note is not None:
            return parsing.clock(int(note.at), begin)
        turn = self._state.turns.get(row_id)
        started, ended = (int(turn.started_at), int(turn.ended_at or at)) if turn else (at, at + ADDED_MS)
        return f"{parsing.clock(started, begin)} - {parsing.clock(ended, begin)}"


_GIVEN: dict[str, Callable[[Asker], str]] = {
    "note": Asker._note,
    "turn": Asker._turn,
    "note or turn": Asker._note_or_turn,
    "turn here": Asker._turn_here,
    "memo on": Asker._memo_on,
    "proposal": Asker._proposal,
    "proposals": Asker._proposals,
    "moment": lambda asker: str(asker._model.at),
    "begin": lambda asker: str(asker._model.begin()),
    "me": lambda asker: asker._model.me,
}


def completed(state: State, part: str, text: str, last_why: str) -> str | None:
    """Return the line with what is typed completed: a code, a tag, the reason that was given last."""
    match part:
        case "code" | "theme":
            return next(iter(_codes_like(state, text)), None)
        case "why":
            return last_why or None
        case "tags" | "note line":
            return typing.completed(state, text)
    return None


def hint(state: State, part: str, text: str, last_why: str, room: int) -> Line:
    """Return what is said of the line while it is typed."""
    label = (f"{_(PROMPTS.get(part, ''))}  ", "title")
    match part:
        case "note line":
            return typing.note_hint(state, text, room)
        case "tags":
            return line(label, *typing.offer(state, text))
        case "why" if last_why:
            return line(label, ("Tab ", "key"), (last_why, "muted"))
        case "code" | "theme":
            found = _codes_like(state, text)[:8]
            new = part == "code" and text.strip() and folded(text.strip()) not in map(folded, found)
            told = ("  " + _("Enter: a new code") if new and not found else "", "soon")
            return line(label, ("Tab " if found else "", "key"), *[f" {name}" for name in found], told)
        case "times":
            return line(label, (_("on the session's clock, such as 34:12"), "muted"))
    return line(label)


def _codes_like(state: State, text: str) -> list[str]:
    wanted = folded(text.strip())
    names = [code.name for code, _depth in codes.alive(state)]
    begin = [name for name in names if folded(name).startswith(wanted)]
    return [*begin, *(name for name in names if wanted in folded(name) and name not in begin)]
