"""Asking for what a command of the review needs: one key where one key is enough, else the line or a list."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from textual import events

from kring.domain import note_line
from kring.domain import rows as r
from kring.domain.measures.presence import seated
from kring.domain.state import State
from kring.domain.text import N_, Refused, folded, one_line
from kring.review import parsing
from kring.review.model import STOPS
from kring.review.parsing import Answers, Target
from kring.session.commands import Command
from kring.system.i18n import _
from kring.ui.dialogs import Option, PickDialog, ask
from kring.ui.live.prompt import SEAT_KEYS
from kring.ui.review import codes
from kring.ui.review.status_line import MOST_ROWS
from kring.ui.views import typing
from kring.ui.widgets.line import EMPTY, Line, Span, cut, line, wrap

if TYPE_CHECKING:
    from kring.ui.review.screen import ReviewScreen

OTHERS = {"m": "moderator", "x": "crosstalk", "u": "unknown", "n": "nobody"}
OTHER_WORDS = {"m": N_("moderator"), "x": N_("crosstalk"), "u": N_("unknown"), "n": N_("nobody")}
STOP_KEYS = dict(zip("m*su?cod", STOPS, strict=True))
CHANGES = {"1": "name", "2": "colour", "3": "theme", "4": "memo", "0": "remove"}
CHANGE_WORDS = {
    "1": N_("name"),
    "2": N_("colour"),
    "3": N_("theme"),
    "4": N_("memo"),
    "0": N_("remove"),
}
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
LONGEST_WORD = 24
"""Cells of a word that is offered; where there is less room, all are shorter."""
NO_BREAK = "\u00a0"
MAY_BE_EMPTY = ("why", "theme", "memo")
Purpose = tuple[str, str, str]
"""What a text is typed for: the command, the part of it, and the code or the entry."""


class Asked(NamedTuple):
    """A command that is being asked for, with what it is about."""

    command: Command
    target: Target


class Asking:
    """The parts that a command still needs; while it's open, keys answer it and Escape leaves it."""

    def __init__(self, screen: ReviewScreen) -> None:
        self.screen = screen
        self.part = ""
        self._asked: Asked | None = None
        self._parts: list[str] = []
        self._said: Answers = {}
        self._choices: dict[str, str] = {}
        self._question: Line = EMPTY
        self._kept: dict[Purpose, str] = {}
        self._last_why = ""
        self._begun_stub: str | None = None  # a quote to complete as it stood when its line was opened

    @property
    def takes_keys(self) -> bool:
        """Tell whether the next key is an answer."""
        return bool(self._choices)

    def begin(self, command: Command, target: Target, said: Answers | None = None) -> None:
        """Ask for the first part of a command."""
        self._asked, self._parts, self._said = Asked(command, target), list(command.asks), dict(said or {})
        self._next()

    def _next(self) -> None:
        if self._asked is None:
            return
        if not self._parts:
            asked, said = self._asked, self._said
            self._close()
            self.screen.acting.perform(asked.command, asked.target, said)
            return
        self.part = self._parts.pop(0)
        match self.part:
            case "who" | "judged":
                seats = {SEAT_KEYS[person.seat - 1]: person for person in seated(self._state) if 0 < person.seat <= 15}
                words = {key: person.name or person.id for key, person in seats.items()}
                choices = {key: str(person.seat) for key, person in seats.items()} | OTHERS
                self._offer(choices, words | {key: _(word) for key, word in OTHER_WORDS.items()})
            case "stop":
                self._offer(dict(STOP_KEYS), {key: _(STOPS[stop]) for key, stop in STOP_KEYS.items()})
            case "decision":
                self._offer({"1": "accept", "0": "decline"}, {"1": _("accept"), "0": _("decline")})
            case "change":
                self._offer(CHANGES, {key: _(word) for key, word in CHANGE_WORDS.items()})
            case "colour":
                self._offer(
                    {key: key for key in (*parsing.COLOURS, "0")},
                    {key: codes.SIGNS[place] for place, key in enumerate(parsing.COLOURS)} | {"0": _("none")},
                    parsing.COLOURS,
                )
            case "a code":
                self._pick_code()
            case "about":
                self._pick_code(Option("", _("The session as a whole")))
            case _:
                self._type()

    @property
    def _state(self) -> State:
        return self.screen.session.state

    def answer(self, text: str) -> None:
        """Take an answer and ask for the next part."""
        self._said[self.part] = text
        if self.part == "why" and text.strip():
            self._last_why = text
        if self.part == "change" and text != "remove":
            self._parts.append(text)
        self._choices = {}
        self.screen.bottom.ask(EMPTY)
        self._next()

    def press(self, event: events.Key) -> bool:
        """Take a key as the answer; return whether it was one: a function key leaves the question."""
        choice = self._choices.get(event.character or "")
        if choice is not None:
            self.answer(choice)
        elif event.key == "escape":
            self.leave()
        elif event.is_printable or event.key in ("enter", "tab", "backspace"):
            self.screen.bottom.ask((("✗ ", "late"), *self._question))
        else:
            self._close()
            return False
        return True

    def leave(self) -> None:
        """Leave the question; nothing is done."""
        self._close()
        self.screen.say(line((_("Left; nothing was done."), "muted")))

    def keep(self, said: Answers, command: Command, target: Target) -> None:
        """Keep what was typed for a command that was refused, for when it's asked again."""
        for part, text in said.items():
            if part in PROMPTS and text:
                self._kept[command.word, part, _whereto(target, said)] = text

    def _close(self) -> None:
        self._asked, self._parts, self._said, self._choices = None, [], {}, {}
        self.part = ""
        self.screen.bottom.ask(EMPTY)

    def _offer(
        self, choices: dict[str, str], words: dict[str, str], looks: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        assert self._asked is not None
        self._choices = choices
        room = self.screen.size.width - 1
        for longest in range(LONGEST_WORD, 0, -1):  # every key must be in sight
            self._question = self._offered(words, looks, longest)
            if len(wrap(line("✗ ", *self._question), room)) <= MOST_ROWS:
                break
        self.screen.bottom.ask(self._question)

    def _offered(self, words: dict[str, str], looks: Mapping[str, str], longest: int) -> Line:
        assert self._asked is not None
        spans: list[Span] = [(f"{_(self._asked.command.label)} » ", "title")]
        for key in self._choices:
            word = "".join(text for text, _look in cut(line(words[key].replace(" ", NO_BREAK)), longest))
            spans += [(key, "key"), (f"{NO_BREAK}{word}  ", looks.get(key, ""))]
        return line(*spans, ("Esc", "key"))

    def _pick_code(self, *first: Option) -> None:
        found = codes.alive(self._state)
        if not found and not first:
            self._close()
            self.screen.acting.refuse(Refused("The codebook is empty."))
            return
        options = [
            *first,
            *(
                Option(code.id, "  " * depth + code.name, remark=one_line(code.description)[:60])
                for code, depth in found
            ),
        ]

        def answered(chosen: str | None) -> None:
            if chosen is None:
                self.leave()
            else:
                self.answer(chosen)

        title = _("Memo on …") if first else _("Codebook")
        ask(self.screen.app, PickDialog(title, options, typing=True), answered)

    # The line.

    @property
    def _purpose(self) -> Purpose:
        assert self._asked is not None
        return self._asked.command.word, self.part, _whereto(self._asked.target, self._said)

    def _type(self) -> None:
        assert self._asked is not None
        try:
            usual = self._usual(self._asked.target)
        except Refused as refusal:
            self._close()
            self.screen.acting.refuse(refusal)
            return
        place = len(usual)
        if self.part == "note line":
            place = note_line.to_complete(self._asked.target.note)[1]
        self._begun_stub = usual if self.part == "note line" and self._asked.target.note.stub else None
        kept = self._kept.pop(self._purpose, "")
        self.screen.open_line(_(PROMPTS[self.part]), kept or usual, len(kept) or place)

    def _usual(self, target: Target) -> str:
        """Return what stands in the line at first."""
        begin = target.reading.begin()
        row = target.entry.row if target.entry else None
        match self.part:
            case "note line":
                return note_line.to_complete(target.note)[0]
            case "tags":
                assert target.note is not None  # refuses where nothing can be tagged
                return "#"
            case "memo":
                own = parsing.own_memo(target, self._remembered(target))
                return own.text if own else ""
            case "code":
                assert target.coded  # refuses where nothing can be coded
            case "name":
                code = self._state.codes[self._said["a code"]]
                return f"{code.name}: {code.description}" if code.description else f"{code.name}: "
            case "times" if isinstance(row, r.NoteRow):
                return parsing.clock(int(row.at), begin)
            case "times" if self._asked is not None and self._asked.command.word == "add":
                return f"{parsing.clock(target.at, begin)} - {parsing.clock(target.at + 10_000, begin)}"
            case "times":
                turn = target.turn
                return (
                    f"{parsing.clock(turn.started_at, begin)} - {parsing.clock(int(turn.ended_at or target.at), begin)}"
                )
        return ""

    def _remembered(self, target: Target) -> dict[str, str | None]:
        chosen = self._said.get("about", self._said.get("a code"))
        return target.remembered if chosen is None else parsing.about(chosen)

    def submitted(self, text: str) -> None:
        """Take what was typed as the answer."""
        untouched = text == self._begun_stub  # without its … it would count as complete
        if untouched or (not text.strip() and self.part not in MAY_BE_EMPTY):
            self.leave()
        else:
            self.answer(text)

    def left(self, text: str) -> None:
        """Leave the line; its text comes back when the same is asked again."""
        if self._asked is not None:
            self.keep(self._said, self._asked.command, self._asked.target)
            if text.strip():
                self._kept[self._purpose] = text
        self.leave()

    def complete(self, text: str) -> str | None:
        """Return the line with what is typed completed: a code, a tag, the reason that was given last."""
        match self.part:
            case "code" | "theme":
                return next((name for name in self._codes_like(text)), None)
            case "why":
                return self._last_why or None
            case "tags" | "note line":
                return typing.completed(self._state, text)
        return None

    def hint(self, text: str, room: int) -> Line:
        """Return what is said of the line while it is typed."""
        label = (f"{_(PROMPTS.get(self.part, ''))}  ", "title")
        match self.part:
            case "note line":
                return typing.note_hint(self._state, text, room)
            case "tags":
                return line(label, *typing.offer(self._state, text))
            case "why" if self._last_why:
                return line(label, ("Tab ", "key"), (self._last_why, "muted"))
            case "code" | "theme":
                found = self._codes_like(text)[:8]
                new = self.part == "code" and text.strip() and folded(text.strip()) not in map(folded, found)
                told = ("  " + _("Enter: a new code") if new and not found else "", "soon")
                return line(label, ("Tab " if found else "", "key"), *[f" {name}" for name in found], told)
            case "times":
                return line(label, (_("on the session's clock, such as 34:12"), "muted"))
        return line(label)

    def _codes_like(self, text: str) -> list[str]:
        wanted = folded(text.strip())
        names = [code.name for code, _depth in codes.alive(self._state)]
        begin = [name for name in names if folded(name).startswith(wanted)]
        return [*begin, *(name for name in names if wanted in folded(name) and name not in begin)]


def _whereto(target: Target, said: Answers) -> str:
    chosen = said.get("about", said.get("a code"))
    entry = target.entry.id if target.entry else ""
    return entry if chosen is None else f"codes/{chosen}"
