"""The screen on which a guide is looked at line by line, and a line taken for something else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kring.domain.text import N_
from kring.plans.explained import Choice, Taken, explained, with_choices
from kring.plans.lines import Line
from kring.plans.plan_reader import Reading, read_outline
from kring.system.i18n import _
from kring.system.settings import Settings
from kring.ui.desk import app, keys
from kring.ui.desk.app import DeskApp
from kring.ui.desk.keys import DeskKey
from kring.ui.plan_lines import views
from kring.ui.widgets.key_bar import KeyHint

_CHOICES: tuple[Choice, ...] = ("section", "question", "probe", "instruction", "note", "skip")
_STEPS = {"up": -1, "down": 1, "k": -1, "j": 1}
_FOOT = 5


class Guide:
    """A guide that is being looked at: its lines, what was chosen for some, and what is read of them."""

    def __init__(self, lines: list[Line], name: str, read: Callable[[list[Line]], Reading]) -> None:
        self.name = name
        self.choices: dict[int, Choice] = {}
        self._lines = lines
        self._read = read
        self.reading = read(lines)

    @property
    def taken(self) -> list[Taken]:
        """Each line with what it was taken for."""
        return explained(self._lines, self.reading, self.choices)

    def choose(self, number: int, choice: Choice | None) -> None:
        """Take a line for something else, or for what the reader takes it for."""
        self.choices.pop(number, None)
        if choice is not None:
            self.choices[number] = choice
        self.reading = self._read(with_choices(self._lines, self.choices))


def guide_of(lines: list[Line], name: str, *, is_foreign: bool) -> Guide:
    """Return a guide to look at; `is_foreign` where its file is no plan."""
    return Guide(lines, name, lambda read: read_outline(read, name, is_foreign=is_foreign))


class PlanLinesApp(DeskApp):
    """One guide on a terminal; `is_fixed` where it can only be looked at."""

    DEFAULT_CSS = f"""
    #said {{ height: {_FOOT}; }}
    """
    table = (
        DeskKey("write", ("enter",), N_("write"), N_("Write the plan as it stands here.")),
        DeskKey("section", ("s",), N_("section"), N_("Take the line for a section."), dutch="o"),
        DeskKey("question", ("q",), N_("question"), N_("Take the line for a question."), dutch="v"),
        DeskKey("probe", ("p",), N_("probe"), N_("Take the line for a probe."), dutch="d"),
        DeskKey("instruction", ("i",), N_("instruction"), N_("Take the line for what to do, not to ask.")),
        DeskKey("note", ("n",), N_("note"), N_("Take the line for a note to the question above it.")),
        DeskKey("skip", ("x",), N_("skip"), N_("Leave the line out.")),
        DeskKey("as read", ("backspace", "delete"), N_("as it was read"), N_("Take the line as it was read.")),
        DeskKey("move", ("up", "down", "k", "j"), N_("another row"), N_("Go to another row."), "go", in_bar=False),
        keys.PAGES,
        keys.ENDS,
        keys.EVERYTHING,
        keys.HELP,
        DeskKey("leave", ("escape",), N_("don't write"), N_("Leave without writing."), "program"),
    )  # fmt: skip

    def __init__(self, guide: Guide, settings: Settings, *, is_fixed: bool) -> None:
        super().__init__(settings)
        self.guide = guide
        self.is_fixed = is_fixed
        self.is_meant = False
        self._taken = guide.taken
        self._at = 0
        self.acts = {
            "write": self._write,
            **{kind: partial(self._choose, kind) for kind in _CHOICES},
            "as read": partial(self._choose, None),
            "leave": self.exit,
        }

    def draw(self) -> None:
        at = self._taken[self._at] if self._taken else None
        self.top.show([views.top(self.guide.name, self.guide.reading.plan, self.top.size.width)])
        self.body.show(views.rows(self._taken, self.guide.choices, self._at, self.body.size))
        told = views.foot(at, self.foot.size.width, _FOOT)
        self.foot.show([self.said, *told[: _FOOT - 1]] if self.said else told)

    def _write(self) -> None:
        self.is_meant = not self.is_fixed
        self.exit()

    def step(self, key: str) -> None:
        page, last = max(1, self.body.size.height - 1), len(self._taken) - 1
        by = (_STEPS | {"pageup": -page, "pagedown": page, "home": -last, "end": last})[key]
        self._at = max(0, min(last, self._at + by))

    def _choose(self, choice: Choice | None) -> None:
        if self.is_fixed or not self._taken or self._taken[self._at].is_fixed:
            return
        number = self._taken[self._at].number
        self.guide.choose(number, choice)
        self._taken = self.guide.taken
        if choice is not None:
            self.step("down")

    def hints(self) -> tuple[KeyHint, ...]:
        if self.is_fixed:
            return (KeyHint("↑↓", _("line")), KeyHint("Esc", _("close")))
        *acts, help_, leave = keys.hints(self.table)
        return (*acts, KeyHint("↑↓", _("line")), help_, leave)


def run(guide: Guide, settings: Settings, *, is_fixed: bool = False) -> bool:
    """Show a guide line by line until it is left; return whether the plan is to be written."""
    lines = PlanLinesApp(guide, settings, is_fixed=is_fixed)
    app.run(lines)
    return lines.is_meant
