"""The screen of a recruitment: whom to call next, and what a key writes of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Literal

from textual import events

from kring.domain.study.recruiting.candidate import Candidate, CandidateState
from kring.domain.text import N_, KringError, one_line
from kring.study.recruiting import acts
from kring.study.recruiting.attendance import attendance
from kring.study.recruiting.beginning import begin
from kring.study.recruiting.changing import Change, take_back
from kring.study.recruiting.recruitment import Recruitment, recruitment
from kring.study.standing import with_people
from kring.system.i18n import _, say
from kring.system.settings import Settings
from kring.ui.desk import app, keys
from kring.ui.desk.app import DeskApp, chosen
from kring.ui.desk.keys import DeskKey
from kring.ui.study import recruiting_rows as rows
from kring.ui.study.reading import LOOKS_S, on_disk
from kring.ui.study.recruiting_words import told_of
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, cut, line
from kring.ui.widgets.panel import Panel

LONGEST = 200
Asked = Literal["", "refused", "excluded", "cancelled", "group"]
_AT_ONCE: dict[str, CandidateState] = {
    "approached": "approached", "fits": "fits", "reserve": "reserve", "confirmed": "confirmed",
}  # fmt: skip
_WITH_REASON: tuple[Asked, ...] = ("refused", "excluded", "cancelled", "group")


class RecruitingApp(DeskApp):
    """One recruitment on a terminal; `look` reads it again."""

    table = (
        DeskKey("proposed", ("enter",), N_("as proposed"),
                N_("Do what is proposed: by the screener, or by the session of their group.")),
        DeskKey("approached", ("a",), N_("approached"), N_("They were approached; today.")),
        DeskKey("fits", ("f",), N_("fits"), N_("They fit; without a group they get the first with a place.")),
        DeskKey("reserve", ("r",), N_("reserve"), N_("Keep them in reserve.")),
        DeskKey("confirmed", ("y",), N_("confirmed"),
                N_("They said yes; without a group they get the first with a place."), dutch="j"),
        DeskKey("refused", ("n",), N_("refused"), N_("They said no; why is asked.")),
        DeskKey("excluded", ("x",), N_("does not fit"), N_("They do not fit; why is asked.")),
        DeskKey("cancelled", ("c",), N_("cancelled"), N_("They had said yes, and do not come; why is asked.")),
        DeskKey("group", ("g",), N_("group"), N_("Put them in another group; which one is asked.")),
        DeskKey("paid", ("p",), N_("paid"), N_("They got their money."), dutch="b"),
        DeskKey("undo", ("u",), N_("undo"), N_("Take back what you did last here.")),
        DeskKey("again", ("l",), N_("read again"), N_("Read the study and its list again."), "program"),
        *keys.MOVES,
        keys.EVERYTHING,
        keys.HELP,
        DeskKey("leave", ("escape", "q"), N_("close"), N_("Go back."), "program"),
    )  # fmt: skip

    def __init__(self, look: Callable[[], Recruitment], settings: Settings) -> None:
        super().__init__(settings)
        self._look = look
        self._seen = _seen(look())
        self._rows: list[rows.Entry] = []
        self._people: list[int] = []
        self._nth = 0
        self._first = 0
        self._asked: Asked = ""
        self._typed = ""
        self._done: list[Change] = []
        self.acts = {
            "proposed": lambda: self._write(self._proposed),
            **{word: partial(self._set_state, state) for word, state in _AT_ONCE.items()},
            **{word: partial(self._ask, word) for word in _WITH_REASON},
            "paid": lambda: self._write(acts.set_paid),
            "undo": self._undo,
            "again": self._read_again,
            "leave": self.exit,
        }

    def begin(self) -> None:
        self._there = on_disk(self._seen.found.standing.folder.path)
        self.set_interval(LOOKS_S, self.look_around)

    def look_around(self) -> None:
        """Read again where a file of the folder changed; whoever is looked at, and what is typed, stays."""
        there = on_disk(self._seen.found.standing.folder.path)
        if there != self._there:
            self._there = there
            self.attempt(lambda: self._stay(_seen(self._look())))

    def _stay(self, seen: rows.Seen) -> None:
        """Show another list with the cursor on the same person; of one who is gone nothing more is asked."""
        before, self._seen = self._person, seen
        self._lay_out()
        same = [nth for nth, place in enumerate(self._people) if before and _is(before, self._rows[place].person)]
        if same:
            self._nth = same[0]
        elif before and self._asked:
            self._asked = ""
            raise KringError("{name} is no longer on the list.", name=before.name)

    def on_panel_clicked(self, event: Panel.Clicked) -> None:
        if event.panel is self.body and not self._asked:
            at = self._first + event.y
            self._nth = next((nth for nth, place in enumerate(self._people) if place >= at), len(self._people) - 1)
            self.show()

    def on_paste(self, event: events.Paste) -> None:
        if self._asked:
            self._typed = (self._typed + one_line(event.text))[:LONGEST]
            self.show()

    def _read_list(self) -> rows.Seen:
        """Return the list as it stands now, beside the study as it was read last."""
        return _seen(recruitment(with_people(self._seen.found.standing)))

    @property
    def _at(self) -> int:
        """The row with the cursor: that of the person on whom it stands."""
        return self._people[self._nth] if self._people else 0

    @property
    def _person(self) -> Candidate | None:
        return self._rows[self._at].person if self._people else None

    def draw(self) -> None:
        height = self.body.size.height
        self.top.show([rows.top(self._seen, self.top.size.width)])
        self._lay_out()
        self._nth = max(0, min(self._nth, len(self._people) - 1))
        self._first = max(min(self._first, self._at - 1, len(self._rows) - height), self._at - height + 2, 0)
        if self._at < height - 1:
            self._first = 0
        self.body.show([
            chosen(one.line) if self._first + place == self._at and one.person else one.line
            for place, one in enumerate(self._rows[self._first : self._first + height])
        ])  # fmt: skip
        self.foot.show([self._below(self.foot.size.width)])

    def _lay_out(self) -> None:
        self._rows = rows.entries(self._seen, max(self.body.size.width, 20))
        self._people = [place for place, one in enumerate(self._rows) if one.person]

    def _below(self, room: int) -> Line:
        if self._asked and not self.said:
            who = self._person.name if self._person else ""
            prompt = _("Group of {name}:") if self._asked == "group" else _("Why not {name}?")
            told = line((f" {prompt.format(name=one_line(who))} ", "soon"), self._typed, ("▏", "key"))
            return told if len(self._typed) < room // 2 else cut(line((f" …{self._typed[-room // 2 :]}▏", "")), room)
        if self.said:
            return cut(self.said, room)
        if self._person:
            return rows.card(self._seen, self._person, room)
        warnings = self._seen.found.warnings
        return cut(line((f" ! {say(warnings[0].sentence)}" if warnings else "", "soon")), room)

    def pressed(self, event: events.Key) -> None:
        if self._asked:
            self._type(event)
        elif event.key == "n" and self._seen.found.found is None:
            found = self._seen.found
            begin(found.standing.folder.path, found.study, acts.spoken(found))
            self._seen = self._read_list()
        else:
            super().pressed(event)

    def refused(self, problem: KringError) -> None:
        super().refused(problem)
        with suppress(KringError):
            self._stay(self._read_list())

    def _type(self, event: events.Key) -> None:
        match event.key:
            case "escape":
                self._asked = ""
            case "enter":
                self._answer(self._asked, self._typed.strip())
                self._asked = ""
            case "backspace" | "ctrl+h":
                self._typed = self._typed[:-1]
            case "ctrl+u":
                self._typed = ""
            case _ if event.is_printable and event.character and len(self._typed) < LONGEST:
                self._typed += event.character

    def _answer(self, asked: Asked, typed: str) -> None:
        if asked == "group":
            self._write(lambda found, one: acts.set_group(found, one, typed))
        elif asked:
            self._write(lambda found, one: acts.set_state(found, one, asked, typed))

    def _set_state(self, state: CandidateState) -> None:
        self._write(lambda found, one: acts.set_state(found, one, state, one.reason if state == "fits" else ""))

    def _ask(self, what: Asked) -> None:
        if self._person:
            self._asked, self._typed = what, ""

    def _read_again(self) -> None:
        self._seen = _seen(self._look())
        self.said = line((_("Read again."), "muted"))

    def _proposed(self, found: Recruitment, one: Candidate) -> Change:
        came = self._seen.came.get(one.line)
        done = acts.set_came(found, came) if came else acts.set_proposed(found, one)
        if done is None:
            raise KringError("Nothing is proposed for {name}.", name=one.name)
        return done

    def _write(self, act: Callable[[Recruitment, Candidate], Change]) -> None:
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
        self.said = line(("✓ ", "ok"), f"{one_line(one.name)}: {told_of(self._seen.found, one)}")

    def step(self, key: str) -> None:
        page, all_people = max(1, self.body.size.height - 2), len(self._people)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -all_people, "end": all_people}
        self._nth += steps[key]

    def hints(self) -> tuple[KeyHint, ...]:
        if self._asked:
            return (KeyHint("Enter", _("write")), KeyHint("Esc", _("back")))
        if self._seen.found.found is None:
            return (KeyHint("n", _("begin a list")), KeyHint("Esc", _("close")))
        return keys.hints(self.table)


def _is(one: Candidate, other: Candidate | None) -> bool:
    return other is not None and (one.number, one.name) == (other.number, other.name)


def _seen(found: Recruitment) -> rows.Seen:
    return rows.Seen(found, {one.candidate.line: one for one in attendance(found)})


def run(look: Callable[[], Recruitment], settings: Settings) -> None:
    """Show a recruitment until it is left."""
    app.run(RecruitingApp(look, settings))
