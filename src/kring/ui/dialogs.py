"""The small dialogs: a question, a choice, a page to read. By keyboard, and one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from textual import events
from textual.app import App, ComposeResult
from textual.screen import ModalScreen

from kring.domain.text import Refused, folded, one_line
from kring.system.i18n import _
from kring.ui.matching import Hit, Text, hit, lit
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, spread, width, wrap
from kring.ui.widgets.panel import Panel

Answer = TypeVar("Answer")
MOST_TYPED = 100
LEAST_ROWS = 8
MOST_CELLS = 100
LEAST_LABEL = 24
"""Cells of an option that its remark leaves it at least."""
FRAME_COLUMNS, FRAME_ROWS = 4, 2
"""What the frame and the blanks inside it take."""


Holds = Callable[[], object]
"""What looks whether a question still holds, and raises Refused, with the reason, where it doesn't."""
Follow = Callable[[], "Sequence[Option] | None"]
"""What gives other options when there are, None while there are not."""


def ask(
    app: App[Any],
    dialog: Dialog[Answer],
    answered: Callable[[Answer | None], None] | None = None,
    lapsed: Callable[[Refused], None] | None = None,
) -> bool:
    """Open a dialog, unless one is open: a key that repeats must not stack two. Says whether it opened."""
    if isinstance(app.screen, Dialog):
        return False
    dialog.answered, dialog.lapsed = answered, lapsed
    app.push_screen(dialog)
    return True


class Dialog(ModalScreen[Answer], Generic[Answer]):
    """A framed box at the bottom of the screen, drawn as lines by `draw`.

    A question that no longer `holds`, by what somebody else did, closes without an answer and says why.
    """

    AUTO_FOCUS: ClassVar[str] = ""
    ROWS_ABOVE = 10
    """How much of the screen stays in sight: there stand the clock and the question that is being talked about."""
    CSS = """
    Dialog { align: center bottom; }
    Dialog Panel {
        width: 64; height: 8; padding: 0 1; background: $panel;
        border: round $accent; border-title-color: $accent;
    }
    """

    def __init__(self, title: str, holds: Holds | None = None) -> None:
        super().__init__()
        self.answered: Callable[[Answer | None], None] | None = None
        self.lapsed: Callable[[Refused], None] | None = None
        self._holds = holds
        self._box = Panel(title=title, framed=True)

    def tick(self) -> None:
        """Look whether the question still holds, and show what is true now; four times a second."""
        try:
            if self._holds is not None:
                self._holds()
            self.follow()
        except Refused as reason:
            if self.app.screen is self:
                self.dismiss()
                if self.lapsed is not None:
                    self.lapsed(reason)

    def follow(self) -> None:
        """Show what is true now; raises Refused where the question no longer holds."""

    def answer(self, result: Answer | None) -> None:
        """Close the dialog and hand over what was answered, before the next key is looked at."""
        if self.app.screen is self:
            self.dismiss()
            if self.answered is not None:
                self.answered(result)

    def compose(self) -> ComposeResult:
        yield self._box

    def on_mount(self) -> None:
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def draw(self, room: int, height: int) -> list[Line]:
        """Return the lines for a box of this many columns and at most this many rows."""
        raise NotImplementedError

    def wanted_width(self) -> int:
        """Return how many columns the lines would like."""
        return 60

    def show(self) -> None:
        """Draw the lines again, in the box as it is."""
        self._box.show(self.draw(self._room(), self._most_rows()))

    def pressed(self, event: events.Key) -> None:
        """Do what a key asks."""
        raise NotImplementedError

    def pasted(self, text: str) -> None:
        """Take pasted text, where there is something to type."""

    async def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.pressed(event)

    def _room(self) -> int:
        return max(min(self.wanted_width(), self.app.size.width - FRAME_COLUMNS), 10)

    def _most_rows(self) -> int:
        height = self.app.size.height
        return max(min(height - FRAME_ROWS - 2, max(height - self.ROWS_ABOVE, LEAST_ROWS)), 1)

    def _fit(self) -> None:
        lines = self.draw(self._room(), self._most_rows())[: self._most_rows()]
        self._box.styles.width = self._room() + FRAME_COLUMNS
        self._box.styles.height = len(lines) + FRAME_ROWS
        self._box.show(lines)


class ConfirmDialog(Dialog[bool]):
    """A question with yes and no; Enter and Escape mean no."""

    def __init__(
        self,
        question: str,
        *,
        title: str = "",
        yes: str = "",
        no: str = "",
        why: str = "",
        holds: Holds | None = None,
    ) -> None:
        super().__init__(title, holds)
        self._question, self._why = question, why
        self._yes, self._no = yes or _("yes"), no or _("no")
        self._yes_key = _("y")

    def draw(self, room: int, height: int) -> list[Line]:
        keys = line(
            (f" {self._yes_key} ", "key reverse"),
            f" {self._yes}    ",
            (" n ", "key reverse"),
            f" {self._no} ",
        )
        why = [EMPTY, *wrap(line((self._why, "muted")), room)] if self._why else []
        question = wrap(line((self._question, "bold")), room)[: max(height - 3, 1)]
        body = [EMPTY, *question, *why]
        return [*body[: max(height - 2, 1)], EMPTY, spread(keys, line(("Enter = n", "muted")), room)]

    def pressed(self, event: events.Key) -> None:
        match event.key:
            case "y" | "j":
                self.answer(True)
            case "n" | "escape" | "enter":
                self.answer(False)


class Option(NamedTuple):
    """One of the things to choose: its id, what it says, and a key that chooses it at once."""

    id: str
    label: str
    key: str = ""
    remark: str = ""


class PickDialog(Dialog[str]):
    """A list to choose one from: by its key, with the arrows, or by typing a part of it when `typing` is on.

    Answers the id of the option, or None when it was left. `follow` gives other options when there are, and the cursor
    stays on its own; `told` gives what there is to say above them.
    """

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        typing: bool = False,
        current: str = "",
        follow: Follow | None = None,
        holds: Holds | None = None,
        told: Callable[[], Line] = lambda: EMPTY,
    ) -> None:
        super().__init__(title, holds)
        self._follow = follow
        self._tell, self._told = told, told()
        self._options = list(options)
        self._keys = {option.id: option.key for option in options}  # of all that it ever showed
        self._title_width = width(line(title))
        self._typing = typing
        self._typed = ""
        self._at = next((at for at, option in enumerate(self._options) if option.id == current), 0)
        self._first = 0

    def follow(self) -> None:
        if (told := self._tell()) != self._told:
            self._told = told
            self._fit()
        new = self._follow() if self._follow is not None else None
        options = None if new is None else self._with_known_keys(new)
        if options is not None and options != self._options:
            found = self.found
            here = found[self._at].id if found else ""
            self._options = options
            places = [at for at, option in enumerate(self.found) if option.id == here]
            self._at = places[0] if places else max(min(self._at, len(self.found) - 1), 0)
            self._fit()

    def _with_known_keys(self, options: Sequence[Option]) -> list[Option]:
        """Return options under the keys that they had; what is new gets none that stood for another."""
        taken = set(self._keys.values())
        new = [option for option in options if option.id not in self._keys]
        self._keys |= {option.id: "" if option.key in taken else option.key for option in new}
        return [option._replace(key=self._keys[option.id]) for option in options]

    @property
    def found(self) -> list[Option]:
        """The options that hold every typed word, in their order; where none does, what is like it, best first."""
        words = folded(self._typed).split()
        if not words:
            return self._options
        holding = [
            option
            for option in self._options
            if all(word in folded(f"{option.label} {option.remark}") for word in words)
        ]
        return holding or [option for option, _hit in self._alike()]

    def _alike(self) -> list[tuple[Option, Hit]]:
        hits = [(option, hit(self._typed, [Text(option.label)])) for option in self._options]
        return sorted([(option, one) for option, one in hits if one is not None], key=lambda pair: -pair[1].score)

    def wanted_width(self) -> int:
        widest = max((width(self._spans(option, MOST_CELLS)) for option in self._options), default=0)
        return min(max(widest + 2, width(self._told), self._title_width + 4, 40), MOST_CELLS)

    def draw(self, room: int, height: int) -> list[Line]:
        found = self.found
        top = wrap(self._told, room, hang=2)[: max(height - len(self._options) - 2, 1)] if self._told else []
        top += [line(("> ", "key"), self._typed, ("_", "reverse"))] if self._typing else []
        rows = max(min(len(self._options), height - len(top) - 2), 1)
        self._first = max(min(self._first, self._at, len(found) - rows), self._at - rows + 1, 0)
        shown = [self._drawn(at, option, room) for at, option in enumerate(found)][self._first : self._first + rows]
        if not found:
            shown = [line((_("Nothing found."), "muted"))]
        shown += [EMPTY] * (rows - len(shown))
        hint = line((_("Enter chooses, Escape leaves"), "muted"))
        place = line((f"{self._at + 1}/{len(found)}", "muted")) if len(found) > rows else EMPTY
        return [*top, *shown, EMPTY, spread(hint, place, room)]

    def pressed(self, event: events.Key) -> None:
        last = len(self.found) - 1
        match event.key:
            case "escape":
                self.answer(None)
            case "enter":
                self._choose()
            case "up" | "down" | "pageup" | "pagedown" | "home" | "end":
                step = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8, "home": -last, "end": last}[event.key]
                self._at = max(min(self._at + step, last), 0)
                self.show()
            case "backspace" if self._typing:
                self._type(self._typed[:-1])
            case _ if event.character and event.is_printable:
                self._press(event.character)

    def _press(self, character: str) -> None:
        if self._typing:
            self._type(self._typed + character)
            return
        for option in self._options:
            if option.key == character:
                self.answer(option.id)
                return

    def pasted(self, text: str) -> None:
        if self._typing:
            self._type(self._typed + one_line(text)[:MOST_TYPED])

    def _type(self, typed: str) -> None:
        self._typed, self._at, self._first = typed, 0, 0
        self.show()

    def _choose(self) -> None:
        if self.found:
            self.answer(self.found[self._at].id)

    def _drawn(self, at: int, option: Option, room: int) -> Line:
        if at != self._at:
            return cut(line("  ", *self._spans(option, room - 2)), room)
        text = pad(line("▸ ", *self._spans(option, room - 2)), room)
        return tuple([(part, "cursor bold underline" if "underline" in look else "cursor") for part, look in text])

    def _spans(self, option: Option, room: int) -> Line:
        """Return what an option says; where that's too long, the remark stays, for it tells apart what begins alike."""
        key = line((f"{option.key}  ", "key") if option.key else "")
        found = hit(self._typed, [Text(option.label), Text(option.remark, is_loose=False)]) if self._typed else None
        label, remark = found.lit if found is not None else ((), ())
        told = line(*([("  ", ""), *lit(option.remark, remark, "muted")] if option.remark else []))
        left = max(room - width(key) - width(told), LEAST_LABEL)
        return line(*key, *cut(line(*lit(option.label, label)), left), *told)


class TickDialog(Dialog[tuple[str, ...]]):
    """A list of which all or none are ticked at first: a key, or Space, puts a tick and takes it away; Enter goes on.

    Answers the ids of those that are ticked, or None when it was left. `follow` raises Refused where nothing is left to
    tick; what comes later is not ticked, for nobody looked at it.
    """

    def __init__(
        self, title: str, options: Sequence[Option], follow: Follow, hint: str, *, are_ticked: bool = True
    ) -> None:
        super().__init__(title)
        self._title_width = width(line(title))
        self._follow, self._hint = follow, hint
        self._options = list(options)
        self._ticked = {option.id for option in self._options if are_ticked}
        self._at = 0

    def wanted_width(self) -> int:
        widest = max((width(line(option.label)) for option in self._options), default=0)
        return min(max(widest + 9, self._title_width + 4, super().wanted_width()), MOST_CELLS)

    def follow(self) -> None:
        new = self._follow()
        if new is None or (options := list(new)) == self._options:
            return
        here = self._options[self._at].id
        self._options = options
        self._ticked &= {option.id for option in options}
        places = [at for at, option in enumerate(options) if option.id == here]
        self._at = places[0] if places else max(min(self._at, len(options) - 1), 0)
        self._fit()

    def draw(self, room: int, height: int) -> list[Line]:
        rows = max(height - 2, 1)
        first = max(min(self._at - rows // 2, len(self._options) - rows), 0)
        shown = [self._drawn(at, option, room) for at, option in enumerate(self._options)][first : first + rows]
        place = line((f"{self._at + 1}/{len(self._options)}", "muted")) if len(self._options) > rows else EMPTY
        return [*shown, EMPTY, spread(cut(line((self._hint, "muted")), room - width(place) - 1), place, room)]

    def pressed(self, event: events.Key) -> None:
        match event.key:
            case "escape":
                self.answer(None)
            case "enter":
                self.answer(tuple(option.id for option in self._options if option.id in self._ticked))
            case "up" | "down" | "pageup" | "pagedown" | "home" | "end":
                last = len(self._options) - 1
                step = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8, "home": -last, "end": last}[event.key]
                self._at = max(min(self._at + step, last), 0)
            case "space":
                self._turn(self._options[self._at].id)
            case _:
                for option in self._options:
                    if option.key and option.key == event.character:
                        self._turn(option.id)
        if self.app.screen is self:
            self.show()

    def _turn(self, option_id: str) -> None:
        self._ticked ^= {option_id}

    def _drawn(self, at: int, option: Option, room: int) -> Line:
        sign = ("[✓] ", "ok") if option.id in self._ticked else ("[ ] ", "soon")
        key = (f"{option.key}  ", "key") if option.key else ("", "")
        text = line("▸ " if at == self._at else "  ", sign, key, option.label)
        return cut(text, room)
