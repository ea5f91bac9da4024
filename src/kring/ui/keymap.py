"""Which key does which command: the table's own keys, and over them those that the user chose."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from kring.commands.command import Command, Face
from kring.commands.table import Slice
from kring.domain.text import Sentence, one_line
from kring.ui.help import binding_id
from kring.ui.toolkit.textual_private import key_of_character


class KeyTable(msgspec.Struct, frozen=True):
    """What every key does (a command, and the text behind it), how shortcuts are called now, and what could not be."""

    commands: dict[str, tuple[Command, str]]
    shown: dict[str, str]  # binding id to key, where it is not the usual one; empty where it has none any more
    problems: tuple[Sentence, ...]


REVIEW_PREFIX = "review."
"""What stands before the name of a command of the review in the settings."""


def key_table(commands: Slice, chosen_keys: Mapping[str, str]) -> KeyTable:
    """Return the keys of a screen; a key that the user chose wins, and what it took is told.

    `chosen_keys` are those of all screens, by the names that the settings give their commands.
    """
    is_review = commands.face is Face.REVIEW
    prefix = REVIEW_PREFIX if is_review else ""
    own = {
        name.removeprefix(prefix): keys
        for name, keys in chosen_keys.items()
        if name.startswith(REVIEW_PREFIX) == is_review
    }
    usual = {
        binding_id(command, shortcut): (command, shortcut) for command in commands.commands for shortcut in command.keys
    }
    problems = [
        Sentence("Settings: no key is called {name}; the manual lists them.", {"name": prefix + one_line(name)})
        for name in own
        if name not in usual
    ]
    done: dict[str, tuple[Command, str]] = {}
    shown: dict[str, str] = {}
    chosen = {name: named_keys(keys) for name, keys in own.items() if name in usual}
    for name in (*chosen, *(name for name in usual if name not in chosen)):
        command, shortcut = usual[name]
        wanted = chosen.get(name, [shortcut.key])
        free = [key for key in wanted if key not in done]
        for key in wanted:
            if key in free:
                done[key] = (command, shortcut.text)
            elif done[key] != (command, shortcut.text):
                told = {"key": one_line(key), "taker": _label(*done[key]), "other": name}
                problems.append(Sentence("Settings: {key} does {taker} now, and not {other}.", told))
        if free != [shortcut.key]:
            shown[name] = ",".join(free)
    return KeyTable(done, shown, tuple(problems))


def named_keys(keys: str) -> list[str]:
    """Return the keys of a setting (`"w"`, `"F2, ctrl+n"`) by the names that Textual gives them."""
    named = [key.strip() for key in keys.split(",")]
    return [key_of_character(key) if len(key) == 1 else key.lower() for key in named if key]


def _label(command: Command, text: str) -> str:
    return f"{command.word} {text}".strip()
