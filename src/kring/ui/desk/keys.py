"""The keys of a screen of the desk as one table: its bar, its help, its palette and the manual come from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from kring.domain.text import N_
from kring.system.i18n import _, language
from kring.ui.help import Entry, key_name
from kring.ui.widgets.key_bar import KeyHint

GROUPS = {"go": N_("Go to"), "do": N_("Do"), "find": N_("Find"), "program": N_("Program")}


class DeskKey(Struct, frozen=True):
    """What some keys do: the first of them is in the bar, on a Dutch screen `dutch` where there is one.

    `word` is what the screen knows it by; one that is not `in_bar` stands in the help alone.
    """

    word: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str = "do"
    dutch: str = ""
    in_bar: bool = True

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every key that does it, in whichever language the screen is."""
        return (*self.keys, *((self.dutch,) if self.dutch else ()))

    @property
    def shown(self) -> str:
        """The key that the bar names."""
        return key_name(self.dutch if self.dutch and language() == "nl" else self.keys[0])


HELP = DeskKey("help", ("f1", "question_mark"), N_("help"), N_("Show every key."), "program")
EVERYTHING = DeskKey("palette", ("ctrl+p",), N_("everything"), N_("Find what a key does by its name."), "program",
                     in_bar=False)  # fmt: skip
UP_DOWN = DeskKey("move", ("up", "down"), N_("another row"), N_("Go to another row."), "go", in_bar=False)
PAGES = DeskKey("page", ("pageup", "pagedown"), N_("a page on"), N_("Go a screen up or down."), "go", in_bar=False)
ENDS = DeskKey("end", ("home", "end"), N_("to the end"), N_("Go to the first row, or the last."), "go", in_bar=False)
MOVES = (UP_DOWN, PAGES, ENDS)
STEPS = tuple(key for one in MOVES for key in one.keys)
"""The keys that move the cursor; each screen knows how far."""


def hints(table: Iterable[DeskKey]) -> tuple[KeyHint, ...]:
    """Return what the bar names."""
    return tuple(KeyHint(one.shown, _(one.label)) for one in table if one.in_bar)


def entries(table: Sequence[DeskKey]) -> list[Entry]:
    """Return what the keys do as it is looked up."""
    return [
        Entry(one.word, one.group, _(one.label), " ".join(map(key_name, _ordered(one))), _(one.help), _also(one))
        for one in table
    ]


def _ordered(one: DeskKey) -> tuple[str, ...]:
    return tuple(dict.fromkeys((one.dutch, *one.keys))) if one.dutch and language() == "nl" else one.all_keys


def _also(one: DeskKey) -> str:
    return one.label if one.label != _(one.label) else ""
