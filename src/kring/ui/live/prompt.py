"""Asking for what a command needs, one key at a time where one key is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual import events

from kring.domain.decide.guide import probes_of
from kring.domain.guide_items import following
from kring.domain.measures.presence import seated
from kring.domain.rows import GuideRow
from kring.domain.sentences import called
from kring.session.commands import BY_WORD, Command, Part
from kring.session.parsing import QUICK_CUES
from kring.system.i18n import _
from kring.ui.help import keys_for
from kring.ui.widgets.line import EMPTY, Line, Span, line

if TYPE_CHECKING:
    from kring.ui.live.screen import LiveScreen

SEAT_KEYS = "1234567890abcde"
"""The keys of the seats where a seat is asked for: `0` is the tenth, letters follow."""
STATUS_KEYS = {"1": "waiting", "2": "present", "3": "away", "4": "left", "5": "no-show"}


class More(NamedTuple):
    """What may still be said of an act that is done: for which command, and behind what."""

    command: Command
    prefix: str


class Asking:
    """The parts that a command still needs; while it's open, keys answer it and Escape leaves it."""

    def __init__(self, screen: LiveScreen) -> None:
        self.screen = screen
        self._command: Command | None = None
        self._parts: list[Part] = []
        self._collected: list[str] = []
        self._choices: dict[str, str] = {}
        self._or_type: str | None = None
        self._more: More | None = None
        self._question: Line = EMPTY

    @property
    def is_open(self) -> bool:
        """Tell whether the next key is an answer."""
        return bool(self._question)

    def begin(self, command: Command) -> None:
        """Ask for the first part of a command."""
        self._command = command
        self._parts = list(command.asks)
        self._collected = []
        self._ask_next()

    def press(self, event: events.Key) -> bool:
        """Take a key as the answer; return whether it was one: a function key leaves the question."""
        if self._more is not None:
            return self._say_more(event, self._more)
        choice = self._choices.get(event.character or "")
        if choice is not None:
            self._answer(choice)
        elif event.key == "escape":
            self._close()
            self.screen.say(line((_("Left; nothing was done."), "muted")))
        elif self._or_type is not None and event.key == "enter":
            self._type(self._or_type)
        elif self._or_type is not None and event.is_printable:
            self._type(self._or_type + (event.character or ""))
        elif event.is_printable or event.key in ("enter", "tab", "backspace"):
            self.screen.bottom.ask((("✗ ", "late"), *self._question))
        else:
            self._close()
            return False
        return True

    def type_anything(self) -> bool:
        """Open the line for what is pasted, if the answer may be typed."""
        if self._more is not None:
            self._close()
            return False
        if self._or_type is None:
            return False
        self._type(self._or_type)
        return True

    def _answer(self, answer: str) -> None:
        command = self._command
        self._close()
        assert command is not None
        if command.word == "issue":
            self._type(f"{answer} ", command)
            return
        self._collected.append(answer)
        self._command = command
        self._ask_next()

    def _close(self) -> None:
        self._choices, self._or_type, self._more, self._question = {}, None, None, EMPTY
        self.screen.bottom.ask(EMPTY)

    def _type(self, begun: str, command: Command | None = None) -> None:
        command = command or self._command
        self._close()
        assert command is not None
        prefix = "".join(f"{part} " for part in self._collected)
        self.screen.acting.type_for(command.word, prefix, begun=begun)

    def _ask_next(self) -> None:
        command = self._command
        assert command is not None
        if not self._parts:
            if self.screen.acting.perform(command, " ".join(self._collected)):
                self._ask_more(command)
            return
        match self._parts.pop(0):
            case "seat":
                self._offer(self._seats(), _("who?"))
            case "status":
                words = (_("waiting room"), _("present"), _("away"), _("left"), _("no-show"))
                self._offer(dict(STATUS_KEYS), None, dict(zip(STATUS_KEYS, words, strict=True)))
            case "probe" | "item" | "open issue" as part:
                here = {"probe": self._ask_probe, "item": self._ask_item, "open issue": self._ask_open_issue}
                here[part]()
            case "issue":
                self._or_type = ""
                self._offer({key: f"@{seat}" for key, seat in self._seats().items()}, _("who? or type for everyone"))
            case "cue":
                self._or_type = ""
                quick = {key: _(said) for key, said in QUICK_CUES.items()}
                self._offer(quick, _("or type"), quick)
            case "note line":
                self.screen.acting.type_for(command.word)
            case _:
                self._type("")

    def _seats(self) -> dict[str, str]:
        """Return who can be answered: the key of a seat (digits, then letters), and the seat."""
        seats = [person.seat for person in seated(self.screen.session.state)]
        return {key: str(seat) for seat, key in enumerate(SEAT_KEYS, 1) if seat in seats}

    def _offer(self, choices: dict[str, str], prompt: str | None, words: dict[str, str] | None = None) -> None:
        assert self._command is not None
        if not choices and self._or_type is None:
            self._close()
            self.screen.say(line((self._nobody(), "soon")))
            return
        self._choices = choices
        self.screen.set_focus(None)
        spans: list[Span] = [(f"{_(self._command.label)} » ", "title")]
        for key, choice in choices.items():
            seat = choice.lstrip("@")
            told = f"={seat}" if key.isalpha() else ""
            spans += [(key, "key"), (f" {words[key]}  " if words else f"{told} ", "")]
        if prompt:
            spans.append((" " + prompt, "muted"))
        self._question = line(*spans, ("   Esc", "key"))
        self.screen.bottom.ask(self._question)

    def _ask_open_issue(self) -> None:
        state = self.screen.session.state
        still = [issue for issue in state.issues.values() if issue.ended_at is None]
        if len(still) < 2:
            self._collected += [issue.id for issue in still]
            self._ask_next()
            return
        keys = {str(place): issue.id for place, issue in enumerate(still[:9], 1)}
        told = [f"{called(state, issue.participant)} {issue.title}".strip() for issue in still[:9]]
        self._offer(keys, None, dict(zip(keys, told, strict=True)))

    def _ask_more(self, command: Command) -> None:
        """Let more be said of what was done; whoever has nothing to say goes on with any other key."""
        match command.word, self._collected:
            case "solved", [issue]:
                self._more = More(command, f"{issue} ")
                asked = _("Tab: minutes lost, if not as long as it lasted")
            case "attend", [_seat, "away" | "left"]:
                self._more = More(command, f"{' '.join(self._collected)} ")
                asked = _("Tab: why")
            case _:
                return
        self._question = line(*self.screen.bottom.said, "   ", (asked, "muted"))
        self.screen.bottom.ask(self._question)

    def _say_more(self, event: events.Key, more: More) -> bool:
        self._close()
        if event.key == "tab":
            self.screen.acting.type_for(more.command.word, more.prefix)
        return event.key in ("tab", "escape")  # any other key does what it always does

    def _nobody(self) -> str:
        keys = keys_for(BY_WORD["add"], self.screen.key_table.shown)
        return (
            _("Nobody is on the list; {key} adds somebody.").format(key=keys[0])
            if keys
            else _("Nobody is on the list.")
        )

    def _ask_probe(self) -> None:
        state = self.screen.session.state
        here = state.current_item
        probes = probes_of(state, here)[:9] if here else []
        if not probes:
            self.screen.say(line((_("This question has no probes."), "soon")))
            return
        numbers = {str(place): str(place) for place in range(1, len(probes) + 1)}
        words = {str(place): probe.title for place, probe in enumerate(probes, 1)}
        self._offer(numbers, None, words)

    def _ask_item(self) -> None:
        from kring.ui.dialogs import Option, PickDialog, ask

        command = self._command
        assert command is not None
        state = self.screen.session.state
        kinds = ("question",) if command.word == "asked" else ("section", "break", "question", "activity", "breakout")
        rows = sorted((row for row in state.guide.values() if row.removed_at is None), key=lambda row: row.position)
        here = state.current_item
        upcoming = following(state, here.id if here else None)
        options = [Option(row.id, _called(row), remark=_remark(row)) for row in rows if row.kind in kinds]
        if command.word == "skip":
            options = [option for option in options if here is None or option.id != here.id]

        def answered(chosen: str | None) -> None:
            if chosen is not None:
                self.screen.acting.perform(command, chosen)

        ask(
            self.screen.app,
            PickDialog(_(command.label), options, typing=True, current=upcoming.id if upcoming else ""),
            answered,
        )


def _called(row: GuideRow) -> str:
    indent = "  " if row.parent else ""
    return f"{indent}{row.number} {row.title}".rstrip()


def _remark(row: GuideRow) -> str:
    if row.skipped_at is not None:
        return _("skipped")
    return _("asked") if row.asked_at is not None else ""
