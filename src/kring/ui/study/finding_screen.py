"""The screen on which a study is searched: every letter is answered, Tab goes to the themes and back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from kring.domain.text import N_, KringError, one_line
from kring.study.finding.asking import Hit
from kring.study.pointing import Side
from kring.system.i18n import _, say
from kring.system.settings import Settings
from kring.ui.desk import app, keys
from kring.ui.desk.app import DeskApp
from kring.ui.desk.keys import DeskKey
from kring.ui.dialogs import Option, PickDialog
from kring.ui.study import finding_views as views
from kring.ui.study.finding_filters import FILTERS, Filter
from kring.ui.study.finding_model import FindingModel
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.panel import Panel

WIDE = 100
"""Columns from which on hits and themes stand beside each other."""
LONGEST = 200
_SIDES: dict[str, Side] = {"for": "quotes", "against": "against"}
_STEPS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
"""How far down and to the right a key goes."""


class FindingApp(DeskApp):
    """One study on a terminal, searched until it is left or a hit is chosen."""

    DEFAULT_CSS = """
    #asked { height: 1; background: $surface; }
    #middle { height: 1fr; }
    #themes.-beside { border-left: solid $border-blurred; padding-left: 1; }
    """
    table = (
        DeskKey("open", ("enter",), N_("review at this second"), N_("Open the review where this was said.")),
        DeskKey("themes", ("tab", "shift+tab"), N_("themes"), N_("Go to the themes, and back to the hits."), "go"),
        DeskKey("segment", ("f2",), N_("segment"), N_("Show only what people of one segment said."), "find"),
        DeskKey("kind", ("f3",), N_("kind"), N_("Show only one kind: quotes, paraphrases, the chat …"), "find"),
        DeskKey("group", ("f4",), N_("group"), N_("Show only one group."), "find"),
        DeskKey("question", ("f7",), N_("question"), N_("Show only one question, in whichever group."), "find"),
        DeskKey("code", ("f8",), N_("code"), N_("Show only what has one code or tag."), "find"),
        DeskKey("for", ("f5",), N_("speaks for …"), N_("Write that this speaks for a finding or a hypothesis.")),
        DeskKey("against", ("f6",), N_("speaks against …"),
                N_("Write that this speaks against a finding or a hypothesis.")),
        DeskKey("move", ("up", "down", "left", "right"), N_("another row"), N_("Go to another hit, or another cell."),
                "go", in_bar=False),
        keys.PAGES,
        keys.EVERYTHING,
        DeskKey("help", ("f1",), N_("help"), N_("Show every key."), "program"),
        DeskKey("leave", ("escape",), N_("all again, then leave"),
                N_("Take away what is typed and filtered; when nothing is, go back."), "program"),
    )  # fmt: skip

    def __init__(self, model: FindingModel, settings: Settings) -> None:
        super().__init__(settings)
        self.model = model
        self.chosen: Hit | None = None
        self._asked, self._hits, self._themes = (Panel(id=name) for name in ("asked", "hits", "themes"))
        self.acts = {
            "open": self._open,
            "themes": self._turn,
            **{name: partial(self._narrow, name) for name in FILTERS},
            **{word: partial(model.begin_pointing, side) for word, side in _SIDES.items()},
            "leave": self._back,
        }

    def middle(self) -> Iterable[Widget]:
        return (self._asked, Horizontal(self._hits, self._themes, id="middle"))

    def arrange(self) -> None:
        is_wide = self.size.width >= WIDE
        is_list = not self.model.is_in_matrix or self.model.side is not None
        self._hits.display = is_wide or is_list
        self._themes.display = is_wide or not is_list
        self._themes.set_class(is_wide, "-beside")

    def draw(self) -> None:
        model, room = self.model, self.size.width
        self.top.show([views.top(model, room)])
        self._asked.show([views.asked(model, room)])
        if self._hits.display:
            drawn = views.hits if model.side is None else views.targets
            self._hits.show(drawn(model, *self._hits.size))
        if self._themes.display:
            self._themes.show(views.themes(model, *self._themes.size))
        self.foot.show([views.foot(model, room)])

    def pressed(self, event: events.Key) -> None:
        model = self.model
        model.told = ""
        if model.side is not None and event.key not in keys.STEPS:
            self._choose(event.key)
        elif event.key in self.words:
            super().pressed(event)
        else:
            self._type(event)

    def refused(self, problem: KringError) -> None:
        self.model.told = say(problem.sentence)

    def step(self, key: str) -> None:
        page = max(1, self._hits.size.height // 2)
        down, right = _STEPS.get(key) or (page if key == "pagedown" else -page, 0)
        self.model.move(down, right)

    def _narrow(self, name: Filter) -> None:
        """Let it be chosen by what the hits are narrowed; a part of its name is enough."""
        choices = self.model.choices(name)
        options = [Option("", _("all")), *(Option(str(n), one.label, "", one.remark) for n, one in enumerate(choices))]
        current = next((str(n) for n, one in enumerate(choices) if one == self.model.chosen.get(name)), "")
        self.dialog(
            PickDialog(_("Show only this {what}").format(what=_(FILTERS[name])), options, typing=True, current=current),
            lambda answer: self.model.narrow(name, choices[int(answer)] if answer else None),
        )

    def _open(self) -> None:
        self.chosen = self.model.hit
        if self.chosen is None:
            raise KringError("There is nothing to open here.")
        self.exit()

    def _turn(self) -> None:
        self.model.is_in_matrix = not self.model.is_in_matrix

    def _back(self) -> None:
        if not self.model.forget():
            self.exit()

    def _choose(self, key: str) -> None:
        """Take or leave the finding or the hypothesis that is chosen."""
        if key == "enter":
            self.model.point()
        elif key == "escape":
            self.model.side = None

    def _type(self, event: events.Key) -> None:
        model = self.model
        if event.key in {"backspace", "ctrl+h"}:
            model.type(model.typed[:-1])
        elif event.key == "ctrl+u":
            model.type("")
        elif event.is_printable and event.character and len(model.typed) < LONGEST:
            model.is_in_matrix = False
            model.type(model.typed + event.character)

    def on_paste(self, event: events.Paste) -> None:
        if self.model.side is None:
            self.model.type((self.model.typed + one_line(event.text))[:LONGEST])
        self.show()

    def hints(self) -> tuple[KeyHint, ...]:
        if self.model.side is not None:
            return (KeyHint("Enter", _("write it there")), KeyHint("↑↓", _("another")), KeyHint("Esc", _("back")))
        if not self.model.is_in_matrix:
            return keys.hints(self.table)
        first, _tab, *others = keys.hints(self.table)
        return (first, KeyHint("↑↓←→", _("cell")), KeyHint("Tab", _("hits")), *others)


def run(model: FindingModel, settings: Settings) -> Hit | None:
    """Show a study until it is left; return the hit that is to be looked at."""
    finding = FindingApp(model, settings)
    app.run(finding)
    return finding.chosen
