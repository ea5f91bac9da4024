"""The screen of a recruitment: whom to call next, and what a key writes of the one under the cursor."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Literal

from textual import events
from textual.app import ComposeResult

from kring.domain.study.recruiting.candidate import Candidate, CandidateState
from kring.domain.text import KringError, one_line
from kring.study.recruiting import acts
from kring.study.recruiting.attendance import attendance
from kring.study.recruiting.beginning import begin
from kring.study.recruiting.changing import Change, take_back
from kring.study.recruiting.recruitment import Recruitment, recruitment
from kring.system.i18n import _, language, say
from kring.system.settings import Settings
from kring.ui import terminal, theme
from kring.ui.study import recruiting_rows as rows
from kring.ui.study.recruiting_words import told_of
from kring.ui.widgets.key_bar import KeyHint, over_lines
from kring.ui.widgets.line import EMPTY, Line, cut, line, use_plain_signs
from kring.ui.widgets.panel import Panel

LONGEST = 200
Asked = Literal["", "refused", "excluded", "cancelled", "group"]
_AT_ONCE: dict[str, CandidateState] = {
    "a": "approached", "f": "fits", "r": "reserve", "y": "confirmed", "j": "confirmed",
}  # fmt: skip
_WITH_REASON: dict[str, Asked] = {"n": "refused", "x": "excluded", "c": "cancelled", "g": "group"}


class RecruitingApp(terminal.TerminalApp):
    """One recruitment on a terminal; `look` reads it again."""

    CSS_PATH = theme.STYLESHEET
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kring"
    DEFAULT_CSS = """
    #top { height: 1; background: $panel; }
    #said { height: 1; }
    #keys { background: $panel; }
    """

    def __init__(self, look: Callable[[], Recruitment], settings: Settings) -> None:
        colourless = "NO_COLOR" in os.environ
        super().__init__(ansi_color=colourless or None)
        self.animation_level = "none"
        use_plain_signs(are_wanted=settings.signs == "plain")
        theme.install(self, "ansi-dark" if colourless else settings.theme or theme.DARK.name)
        self._look = look
        self._seen = _seen(look())
        self._rows: list[rows.Entry] = []
        self._people: list[int] = []
        self._nth = 0
        self._first = 0
        self._asked: Asked = ""
        self._typed = ""
        self._done: list[Change] = []
        self._said: Line = EMPTY
        self._top, self._body, self._status, self._keys = (Panel(id=name) for name in ("top", "body", "said", "keys"))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.SURFACES

    def compose(self) -> ComposeResult:
        yield self._top
        yield self._body
        yield self._status
        yield self._keys

    def on_mount(self) -> None:
        self.screen.set_focus(None)
        self.show()

    def on_panel_resized(self) -> None:
        self.show()

    def on_panel_clicked(self, event: Panel.Clicked) -> None:
        if event.panel is self._body and not self._asked:
            at = self._first + event.y
            self._nth = next((nth for nth, place in enumerate(self._people) if place >= at), len(self._people) - 1)
            self.show()

    def on_paste(self, event: events.Paste) -> None:
        if self._asked:
            self._typed = (self._typed + one_line(event.text))[:LONGEST]
            self.show()

    def _read_list(self) -> rows.Seen:
        """Return the list as it stands now, beside the study as it was read last."""
        return _seen(recruitment(self._seen.found.standing))

    @property
    def _at(self) -> int:
        """The row with the cursor: that of the person on whom it stands."""
        return self._people[self._nth] if self._people else 0

    @property
    def _person(self) -> Candidate | None:
        return self._rows[self._at].person if self._people else None

    def show(self) -> None:
        """Show the recruitment as it was read last."""
        keys = over_lines(self._hints(), self._keys.size.width)
        self._keys.styles.height = len(keys)
        self._keys.show(keys)
        room, height = self._body.size
        self._top.show([rows.top(self._seen, self._top.size.width)])
        self._rows = rows.entries(self._seen, max(room, 20))
        self._people = [place for place, one in enumerate(self._rows) if one.person]
        self._nth = max(0, min(self._nth, len(self._people) - 1))
        self._first = max(min(self._first, self._at - 1, len(self._rows) - height), self._at - height + 2, 0)
        if self._at < height - 1:
            self._first = 0
        self._body.show([
            _chosen(one.line) if self._first + place == self._at and one.person else one.line
            for place, one in enumerate(self._rows[self._first : self._first + height])
        ])  # fmt: skip
        self._status.show([self._below(self._status.size.width)])

    def _below(self, room: int) -> Line:
        if self._asked:
            who = self._person.name if self._person else ""
            prompt = _("Group of {name}:") if self._asked == "group" else _("Why not {name}?")
            told = line((f" {prompt.format(name=one_line(who))} ", "soon"), self._typed, ("▏", "key"))
            return told if len(self._typed) < room // 2 else cut(line((f" …{self._typed[-room // 2 :]}▏", "")), room)
        if self._said:
            return cut(self._said, room)
        if self._person:
            return rows.card(self._seen, self._person, room)
        warnings = self._seen.found.warnings
        return cut(line((f" ! {say(warnings[0].sentence)}" if warnings else "", "soon")), room)

    def on_key(self, event: events.Key) -> None:
        self._said = EMPTY
        try:
            if self._asked:
                self._type(event)
            else:
                self._pressed(event.key)
        except KringError as problem:
            self._seen = self._read_list()
            self._said = line(("? ", "soon"), (say(problem.sentence), "soon"))
        event.prevent_default()
        self.show()

    def _type(self, event: events.Key) -> None:
        match event.key:
            case "escape":
                self._asked = self._typed = ""
            case "enter":
                asked, typed = self._asked, self._typed.strip()
                self._asked = self._typed = ""
                self._answer(asked, typed)
            case "backspace" | "ctrl+h":
                self._typed = self._typed[:-1]
            case "ctrl+u":
                self._typed = ""
            case _ if event.is_printable and event.character and len(self._typed) < LONGEST:
                self._typed += event.character

    def _answer(self, asked: Asked, typed: str) -> None:
        if asked == "group":
            self._do(lambda found, one: acts.set_group(found, one, typed))
        elif asked:
            self._do(lambda found, one: acts.set_state(found, one, asked, typed))

    def _pressed(self, key: str) -> None:
        match key:
            case "escape" | "q":
                self.exit()
            case "n" if self._seen.found.found is None:
                found = self._seen.found
                begin(found.standing.folder.path, found.study, acts.spoken(found))
                self._seen = self._read_list()
            case key if key in _AT_ONCE:
                state = _AT_ONCE[key]
                self._do(lambda found, one: acts.set_state(found, one, state, one.reason if state == "fits" else ""))
            case key if key in _WITH_REASON:
                if self._person:
                    self._asked = _WITH_REASON[key]
            case "b" | "p":
                self._do(acts.set_paid)
            case "enter":
                self._do(self._proposed)
            case "u":
                self._undo()
            case "l":
                self._seen = _seen(self._look())
                self._said = line((_("Read again."), "muted"))
            case _:
                self._move(key)

    def _proposed(self, found: Recruitment, one: Candidate) -> Change:
        came = self._seen.came.get(one.line)
        done = acts.set_state(found, one, came.state, one.reason) if came else acts.set_proposed(found, one)
        if done is None:
            raise KringError("Nothing is proposed for {name}.", name=one.name)
        return done

    def _do(self, act: Callable[[Recruitment, Candidate], Change]) -> None:
        """Do something with the one under the cursor, which then stands on whoever comes in their place."""
        if self._person is None:
            raise KringError("Nobody is on the list yet.")
        self._done.append(act(self._seen.found, self._person))
        self._after(self._done[-1])

    def _undo(self) -> None:
        if not self._done:
            raise KringError("Nothing was done here yet.")
        found = self._seen.found
        self._after(take_back(found.path, found.study, self._done[-1]))
        self._done.pop()

    def _after(self, done: Change) -> None:
        self._seen = self._read_list()
        one = self._seen.found.one(done.number)
        self._said = line(("✓ ", "ok"), f"{one_line(one.name)}: {told_of(self._seen.found, one)}")

    def _move(self, key: str) -> None:
        page, all_people = max(1, self._body.size.height - 2), len(self._people)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -all_people, "end": all_people}
        self._nth += steps.get(key, 0)

    def _hints(self) -> tuple[KeyHint, ...]:
        if self._asked:
            return (KeyHint("Enter", _("write")), KeyHint("Esc", _("back")))
        if self._seen.found.found is None:
            return (KeyHint("n", _("begin a list")), KeyHint("Esc", _("close")))
        is_dutch = language() == "nl"
        return (
            KeyHint("Enter", _("as proposed")),
            KeyHint("a", _("approached")),
            KeyHint("f", _("fits")),
            KeyHint("r", _("reserve")),
            KeyHint("j" if is_dutch else "y", _("confirmed")),
            KeyHint("n", _("refused")),
            KeyHint("x", _("does not fit")),
            KeyHint("c", _("cancelled")),
            KeyHint("g", _("group")),
            KeyHint("b" if is_dutch else "p", _("paid")),
            KeyHint("u", _("undo")),
            KeyHint("l", _("read again")),
            KeyHint("Esc", _("close")),
        )


def _seen(found: Recruitment) -> rows.Seen:
    return rows.Seen(found, {one.candidate.line: one for one in attendance(found)})


def _chosen(content: Line) -> Line:
    return (*[(text, f"{look} selected".strip()) for text, look in content], ("", "selected"))


def run(look: Callable[[], Recruitment], settings: Settings) -> None:
    """Show a recruitment until it is left."""
    with terminal.quiet_threads():
        RecruitingApp(look, settings).run()
