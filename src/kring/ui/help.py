"""The keys as people see them: key bar, help page, palette; all from the command table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kring.commands.command import Bar, Command, FaceAction, Hint, Shortcut
from kring.commands.table import Slice
from kring.domain.state import State
from kring.domain.text import N_
from kring.system.i18n import _
from kring.ui.dialogs import Option
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, wrap

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
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "full_stop": ".",
    "enter": "Enter",
    "delete": "Del",
    "left": "←",
    "right": "→",
    "tab": "Tab",
}
KEYS_WIDE = 25
"""The column of the keys on the page of help."""
NOT_TYPED = re.compile(r"f\d+|(?:ctrl|alt)\+.+")

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
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key


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


def help_page(commands: Slice, own: Keys, room: int) -> list[Line]:
    """Return every command by group: its keys, what it's called, its word in the line mode, and what it does."""
    lines: list[Line] = []
    for group, heading in commands.groups.items():
        lines += [line((_(heading), "title"))]
        for command in commands.of(group):
            keys = pad(line((f" {keys_of(command, own)}", "key")), KEYS_WIDE)
            body = line((_(command.label), "bold"), "  ", (_help_of(command, own), ""))
            first, *rest = wrap(body, max(room - KEYS_WIDE - 2, 20))
            lines.append(cut((*keys, *first), room))
            lines += [cut(line(" " * KEYS_WIDE, *part), room) for part in rest]
        lines.append(EMPTY)
    return lines


def _keys_told(command: Command, own: Keys) -> str:
    return what_keys_do(command, own) or keys_of(command, own)


def palette_options(commands: Slice, own: Keys) -> list[Option]:
    """Return every command as a choice for the palette."""
    return [
        Option(command.word, _(command.label), remark=f"{_keys_told(command, own)}  {_(command.help)}".strip())
        for command in commands.commands
        if command.action is not FaceAction.PALETTE
    ]
