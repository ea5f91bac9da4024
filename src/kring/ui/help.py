"""The keys as people see them, and how commands are looked up: key bar, help page, palette."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kring.commands.command import Bar, Command, Hint, Shortcut
from kring.commands.table import OF_LINES, Slice
from kring.domain.state import State
from kring.domain.text import N_, folded, pattern
from kring.system.i18n import _
from kring.ui import matching
from kring.ui.toolkit.textual_private import key_of_character
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, width, wrap

KEY_NAMES = {
    "space": N_("space"),
    "question_mark": "?",
    "asterisk": "*",
    "number_sign": "#",
    "plus": "+",
    "minus": "-",
    "slash": "/",
    "comma": ",",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "full_stop": ".",
    "enter": "Enter",
    "delete": "Del",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "Page Up",
    "pagedown": "Page Down",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "escape": "Esc",
    "backspace": "⌫",
}
KEYS_WIDE = 25
"""The column of the keys on the page of help, at most."""
OF_KEY, OF_OTHERS, OF_HELP = 97.0, 0.95, 0.6
"""How much it counts that a text is a key, is found in another name of a command, or in what the command does."""
NOT_TYPED = pattern(r"f\d+|(?:ctrl|alt)\+.+")

Keys = Mapping[str, str]
"""The user's own keys: id of a shortcut (`binding_id`) to key."""


def binding_id(command: Command, shortcut: Shortcut) -> str:
    """Return the name by which settings give a shortcut another key: its command's word, and its text if it has one."""
    text = f".{shortcut.text.lstrip('+-') or ''}{'-less' if shortcut.text.startswith('-') else ''}"
    same = [other for other in command.keys if other.text == shortcut.text]
    place = same.index(shortcut)
    return command.word + (text if shortcut.text else "") + (f".{place + 1}" if place else "")


def key_name(key: str) -> str:
    """Return a key as it stands on the keyboard."""
    if key in KEY_NAMES:
        return _(KEY_NAMES[key])
    if key in ("home", "end"):
        return key.capitalize()
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key


def key_shown(name: str) -> str:
    """Return the key that stands on the keyboard as this, nothing where it is several, such as 1-8."""
    known = {key_name(key): key for key in (*KEY_NAMES, "escape", "tab")} | {"Esc": "escape", "Tab": "tab"}
    if name in known:
        return known[name]
    if len(name) == 1:
        return key_of_character(name)
    return name.lower() if name[1:].isdigit() or name.startswith("ctrl+") else ""


def keys_for(command: Command, own: Keys, text: str | None = None) -> list[str]:
    """Return the names of a command's keys as they are now; with a text only of those that stand for it."""
    return [key_name(key) for key in _raw_keys(command, own, text)]


def _raw_keys(command: Command, own: Keys, text: str | None) -> list[str]:
    return [
        key
        for shortcut in command.keys
        if text is None or shortcut.text == text
        for key in own.get(binding_id(command, shortcut), shortcut.key).split(",")
        if key
    ]


def keys_of(command: Command, own: Keys) -> str:
    """Return the keys of a command as one text."""
    shown = keys_for(command, own)
    if shown[:10] == list("1234567890"):
        return " ".join(["1-9 0", *shown[10:]])
    return " ".join(shown)


def what_keys_do(command: Command, own: Keys) -> str:
    """Return which key stands for what, where the keys of a command differ in that."""
    told = {_("that seat"): ["1-9 0"]} if keys_of(command, own).startswith("1-9 0") else {}
    for shortcut in command.keys:
        if shortcut.label and not shortcut.text.isdecimal():
            told[_(shortcut.label)] = keys_for(command, own, shortcut.text)
    return ", ".join(f"{' '.join(keys)} {label}" for label, keys in told.items() if keys)


def _help_of(command: Command, own: Keys) -> str:
    keys = what_keys_do(command, own)
    return f"{_(command.help)} ({keys})" if keys else _(command.help)


def bar_of(state: State, role: str) -> Bar:
    """Return which key bar the live screen of a role has now."""
    match state.session.phase:
        case "live":
            return "assistant" if role == "assistant" else "moderator"
        case phase:
            return phase


def hints(commands: Slice, bar: Bar, state: State, own: Keys) -> list[KeyHint]:
    """Return what a key bar names, what matters most first; a command that has no key any more isn't named."""
    ranked = [(command, hint) for command in commands.commands for hint in command.hints if bar in hint.ranks]
    first = sorted([one for one in ranked if not one[1].is_last], key=lambda one: one[1].ranks[bar])
    last = [one for one in ranked if one[1].is_last]
    found = [_key_hint(command, hint, bar, state, own) for command, hint in (*first, *last)]
    return [hint for hint in found if hint.key]


def _key_hint(command: Command, hint: Hint, bar: Bar, state: State, own: Keys) -> KeyHint:
    keys = _raw_keys(command, own, hint.text)
    if bar == "typing":
        keys = [key for key in keys if NOT_TYPED.fullmatch(key)]  # the others would be letters in the line
    key = hint.key_of(state) if hint.key_of else next(map(key_name, keys), "")
    label = hint.label_of(state) if hint.label_of else hint.label or command.label
    return KeyHint(key, _(label), -hint.ranks[bar])


def typing_hints(commands: Slice, state: State, own: Keys) -> list[KeyHint]:
    """Return the hints while a line is typed."""
    fixed = [
        KeyHint("Enter", _("save"), 9),
        KeyHint("Esc", _("leave, text stays"), 8),
        KeyHint("Tab", _("complete"), 5),
    ]
    return [*fixed, *hints(commands, "typing", state, own)]


def searching_hints() -> list[KeyHint]:
    """Return the hints while words to search for are typed."""
    return [KeyHint("Enter", _("keep"), 9), KeyHint("Esc", _("show all"), 8)]


class Entry(msgspec.Struct, frozen=True):
    """What keys do, as people look it up: its word and group, name, keys, what it does, and what else it is called."""

    word: str
    group: str
    name: str
    keys: str
    help: str
    also: str

    def found_by(self, wanted: str) -> matching.Hit | None:
        """Return how well a text finds this: by its name, a key, its words in both languages, or what it does."""
        texts = (
            matching.Text(self.name),
            matching.Text(self.help, OF_HELP, is_loose=False),
            matching.Text(self.also, OF_OTHERS),
        )
        found = matching.hit(wanted, texts)
        if wanted.strip() and _is_key(wanted.strip(), self.keys.split()):
            return matching.Hit(OF_KEY, found.lit if found else (frozenset(),) * len(texts))
        return found


def entries(commands: Slice, own: Keys) -> list[Entry]:
    """Return every command as it is looked up, in the order of the table."""
    return [_entry(command, own) for command in commands.commands]


def _entry(command: Command, own: Keys) -> Entry:
    name = _(command.label)
    typed = [word for one in OF_LINES.commands if one.word == command.word for word in (one.word, *one.aliases)]
    others = [one for one in dict.fromkeys((command.label, command.word, *command.aliases, *typed)) if one != name]
    return Entry(command.word, command.group, name, keys_of(command, own), _help_of(command, own), " ".join(others))


def looked_up(known: Sequence[Entry], wanted: str) -> list[tuple[Entry, matching.Hit]]:
    """Return what a text finds, best first; all in the order of the table where it is empty."""
    found = [(entry, match) for entry in known if (match := entry.found_by(wanted)) is not None]
    return sorted(found, key=lambda pair: -pair[1].score)


def _is_key(wanted: str, keys: Sequence[str]) -> bool:
    return wanted in keys or (len(wanted) > 1 and folded(wanted) in map(folded, keys))


def help_page(commands: Slice, own: Keys, room: int, wanted: str = "") -> list[Line]:
    """Return every command that a text finds, by group: its keys, what it's called, and what it does."""
    return page(entries(commands, own), commands.groups, room, wanted)


def page(known: Sequence[Entry], headings: Mapping[Any, str], room: int, wanted: str = "") -> list[Line]:
    """Return what a text finds, by group; the group with the best hit stands first."""
    found = looked_up(known, wanted)
    there = {entry.group for entry, _hit in found}
    groups = dict.fromkeys(entry.group for entry, _hit in found) if wanted.strip() else headings
    widest = max((width(line(entry.keys)) for entry, _hit in found), default=0)
    keys_wide = min(widest + 3, KEYS_WIDE, room // 3)
    lines: list[Line] = []
    for group in groups:
        if group not in there:
            continue
        lines.append(cut(line((_(headings[group]), "title")), room))
        for entry, match in found:
            if entry.group == group:
                lines += _drawn(entry, match, keys_wide, room)
        lines.append(EMPTY)
    return lines[:-1] or [cut(line((_("Nothing found."), "muted")), room)]


def _drawn(entry: Entry, match: matching.Hit, keys_wide: int, room: int) -> list[Line]:
    """Return a command in two columns: its keys, and what it is."""
    name, told, also = match.lit
    other = [("  = ", "muted"), *matching.lit(entry.also, also, "muted")] if also and not name else []
    body = line(*matching.lit(entry.name, name, "bold", "underline"), *other, "  ", *matching.lit(entry.help, told))
    left = wrap(line((entry.keys, "key")), keys_wide - 3)
    right = wrap(body, max(room - keys_wide, 20))
    rows = max(len(left), len(right))
    pairs = zip(left + [EMPTY] * (rows - len(left)), right + [EMPTY] * (rows - len(right)), strict=True)
    return [cut(line(*pad(line(" ", *one), keys_wide), *other), room) for one, other in pairs]
