"""The keys as people see them: key bar, help page, palette; all from the command table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kring.domain.state import State
from kring.domain.text import N_
from kring.session.commands import BY_WORD, COMMANDS, GROUPS, Command, Shortcut
from kring.system.i18n import _
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, wrap

if TYPE_CHECKING:
    from kring.ui.dialogs import Option

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

# which commands the key bar names, the one that matters most first; the last of them stand at its end
BEFORE = (
    "doors",
    "start",
    "tick",
    "attend",
    "help",
    "record",
    "microphone",
    "recording",
    "issue",
    "note",
    "palette",
    "panel",
    "undo",
)
MODERATOR = (
    "next", "floor", "note", "pause", "help", "mark", "nobody", "palette", "undo", "go", "hand", "probe", "cue",
    "skip", "time", "panel",
)  # fmt: skip
ASSISTANT = (
    "note", "floor", "tick", "cue", "help", "issue", "nobody", "palette", "attend", "undo", "hand", "next", "mark",
    "find", "edit", "panel",
)  # fmt: skip
LAST = ("palette", "help", "quit")
AFTER = ("tick", "note", "edit", "find", "panel", "undo", "palette", "help", "quit")

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


def hints(state: State, role: str, own: Keys) -> list[KeyHint]:
    """Return the hints for the key bar, the most useful first."""
    words: tuple[str, ...]
    match state.session.phase:
        case "prepared" | "lobby":
            words = BEFORE if state.session.phase == "prepared" else BEFORE[1:]
        case "ended":
            words = AFTER
        case _:
            words = ASSISTANT if role == "assistant" else MODERATOR
    shown = [word for word in words if word not in LAST] + [word for word in LAST if word in words]
    found = [(word, _hint(word, state, own)) for word in shown]
    return [hint._replace(weight=len(words) - words.index(word)) for word, hint in found if hint.key]


def _hint(word: str, state: State, own: Keys) -> KeyHint:
    """Return the hint for a word of the key bar; one whose command has no key any more has none either."""
    if word == "nobody":
        return KeyHint(_first(keys_for(BY_WORD["floor"], own, "nobody")), _("nobody"))
    command = BY_WORD[word]
    if word == "floor":
        seats = [person.seat for person in state.participants.values() if person.removed_at is None]
        return KeyHint(f"1-{min(max(seats, default=9), 9)}", _(command.label))
    if word == "pause" and state.open_pause is not None:
        return KeyHint(_first(keys_for(command, own)), _("resume"))
    if word == "time":
        return KeyHint("+ -", _("minute"))
    return KeyHint(_first(keys_for(command, own)), _(command.label))


def _first(keys: list[str]) -> str:
    return next(iter(keys), "")


def typing_hints(own: Keys, *, searching: bool = False) -> list[KeyHint]:
    """Return the hints while a line is typed."""
    if searching:
        return [KeyHint("Enter", _("keep"), 9), KeyHint("Esc", _("show all"), 8)]
    fixed = [
        KeyHint("Enter", _("save"), 9),
        KeyHint("Esc", _("leave, text stays"), 8),
        KeyHint("Tab", _("complete"), 5),
    ]
    hints = [
        KeyHint(_while_typing("next", own), _("next"), 4),
        KeyHint(_while_typing("mark", own), _("mark"), 3),
        KeyHint(_while_typing("pause", own), _("pause"), 2),
        KeyHint(_while_typing("floor", own, "nobody"), _("nobody"), 1),
    ]
    return [*fixed, *(hint for hint in hints if hint.key)]


def _while_typing(word: str, own: Keys, text: str | None = None) -> str:
    """Return the name of a command's first key that types nothing itself."""
    return _first([key_name(key) for key in _raw_keys(BY_WORD[word], own, text) if NOT_TYPED.fullmatch(key)])


def help_page(
    own: Keys, room: int, groups: Mapping[Any, str] = GROUPS, commands: Sequence[Command] = COMMANDS
) -> list[Line]:
    """Return every command by group: its keys, what it's called, its word in the line mode, and what it does."""
    lines: list[Line] = []
    for group, heading in groups.items():
        lines += [line((_(heading), "title"))]
        for command in commands:
            if command.group == group:
                keys = pad(line((f" {keys_of(command, own)}", "key")), KEYS_WIDE)
                body = line((_(command.label), "bold"), "  ", (_help_of(command, own), ""))
                first, *rest = wrap(body, max(room - KEYS_WIDE - 2, 20))
                lines.append(cut((*keys, *first), room))
                lines += [cut(line(" " * KEYS_WIDE, *part), room) for part in rest]
        lines.append(EMPTY)
    return lines


def _keys_told(command: Command, own: Keys) -> str:
    return what_keys_do(command, own) or keys_of(command, own)


def palette_options(own: Keys, commands: Sequence[Command] = COMMANDS) -> list[Option]:
    """Return every command as a choice for the palette."""
    from kring.ui.dialogs import Option

    return [
        Option(command.word, _(command.label), remark=f"{_keys_told(command, own)}  {_(command.help)}".strip())
        for command in commands
        if command.word != "palette"
    ]
