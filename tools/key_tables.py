"""The tables of keys in the manual, from the command table: `write` them anew, `check` that they are fresh."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kring.commands.command import Command, Face, Shortcut
from kring.commands.table import OF_LINES, OF_LIVE, OF_REVIEW, Slice
from kring.system import i18n
from kring.system.i18n import _
from kring.ui.desk.keys import DeskKey
from kring.ui.help import binding_id, key_name
from kring.ui.keymap import REVIEW_PREFIX
from kring.ui.study.finding_screen import FindingApp
from kring.ui.study.recruiting_screen import RecruitingApp
from kring.ui.study.screen import StudyApp

ROOT = Path(__file__).resolve().parent.parent
KEYS = ROOT / "docs" / "keys.md"
SETTINGS = ROOT / "docs" / "settings.md"
REVIEW = ROOT / "docs" / "review-a-session.md"
DESK = {
    ROOT / "docs" / "the-study.md": StudyApp.table,
    ROOT / "docs" / "recruit.md": RecruitingApp.table,
    ROOT / "docs" / "search-and-compare.md": FindingApp.table,
}
"""The pages with a screen of the desk, and the keys of that screen."""
BEGIN, END = "<!-- keys: begin -->", "<!-- keys: end -->"
ALIKE = {("go", "go"), ("name", "who"), ("find", "filter"), ("panel", "side"), ("unmark", "unstar")}
"""Commands of the talk and of the review that do the same sort of thing."""
INTRODUCTION = """# Keys

Made from the program's own table of commands, so it is what the program does. On some keyboards a function key needs
`Fn` held down, or a setting of the computer.

`F1` shows the same list on screen, and `Ctrl+P` does any command by name. In both you type to search: a part of the
name in Dutch or English, its first letters (`nwd` finds *nieuwe deelnemer*), a key, or a word of what it does. A slip
of the finger is forgiven. The best stands first, and the letters that were found are underlined.

![Finding a command by a part of its name](images/palette.svg)

The bar at the bottom names what a key does *now*: in a list `space` acts on the row, while something is asked only the
answers and `Esc` count. What chooses one of several always asks, also where there is one, so that a digit typed out of
habit never gives somebody the floor. A question shows names beside its keys; while the other person works on, a key
keeps what it stood for, what is gone goes, and what is new gets a key of its own.

A key means the same during the talk and in [the review](review-a-session.md#keys) wherever both have such a thing: `e`
edit, `*` star, `#` tag, `X` take back, `Del` remove, `k` who was it, `E` put right, `T` consent, `g` go to, `f` and `/`
find, `z` and `y` undo and redo, `Tab`. The others serve another work: during the talk they log what happens; in the
review nothing happens any more, and they move, correct and code. Of those that differ none changes the session at one
key in the review: it asks first, or only changes what is in sight, so a habit from the talk does no harm there. They
are:

DIFFERING

- The keys in bold also work while a line is being typed. The others would be letters in the line then.
- *Word* is what to type in [line mode](line-mode.md), in English or in Dutch.
- Any key can be given another: see [settings](settings.md).
"""


ACTS: tuple[tuple[str, str, int], ...] = (
    ("somebody else speaks", "3", 1),
    ("nobody speaks", "space", 1),
    ("the next question", "F2", 1),
    ("go anywhere: two letters of it", "g c i Enter", 4),
    ("let in everybody who waits", "A Enter", 2),
    ("four tests of one person", "7 c m g h", 5),
    ("one test of eight people, from its column on", "Enter Enter Enter Enter Enter Enter Enter Enter", 8),
    ("a test failed: a technical issue with the name", "7 c !", 3),
    ("eight answers to a poll", "P 5 7 3 9 6 x 8 0", 12),
    ("tick the next check", "t Enter", 2),
    ("who spoke was somebody else", "k 4", 2),
    ("a hand is up", "h 6", 2),
    ("a cue: five minutes", "c 5", 2),
    ("star the note at hand", "*", 1),
    ("mark this moment", "F3", 1),
    ("somebody withdraws", "T 7 0", 3),
    ("take back what you did", "z", 1),
)
"""What is done often, the keys that do it, one after the other, and how many they may be; a test presses them all."""


def pages() -> dict[Path, str]:
    """Return what the pages with a table of keys should say."""
    i18n.use("en")
    return {
        KEYS: "\n".join(keys(OF_LIVE)) + "\n",
        SETTINGS: _with_table(SETTINGS, ids(OF_LIVE)),
        REVIEW: _with_table(REVIEW, keys_of_review(OF_REVIEW)),
        **{page: _with_table(page, keys_of_desk(table)) for page, table in DESK.items()},
    }


def _with_table(page: Path, lines: Iterator[str]) -> str:
    inside = "\n".join(lines)
    around = page.read_text("utf-8")
    return re.sub(f"{BEGIN}.*?{END}", lambda _found: f"{BEGIN}\n{inside}\n{END}", around, flags=re.DOTALL)


def keys_of_review(commands: Slice) -> Iterator[str]:
    """Yield the tables of the keys of the review, group by group."""
    for group, heading in commands.groups.items():
        yield ""
        yield f"### {heading}"
        yield ""
        yield "| key | command | what it does | name in the settings | on a Dutch screen |"
        yield "| --- | --- | --- | --- | --- |"
        for command in commands.of(group):
            told = "; ".join(f"{_code(key_name(one.key))} {one.label}" for one in command.keys if one.label)
            what = f"{command.help} ({told})" if told else command.help
            names = ", ".join(f"`{REVIEW_PREFIX}{binding_id(command, one)}`" for one in command.keys)
            yield _row(shown(command), command.label, what, names or "–", dutch(command.label))
    yield ""


def keys_of_desk(table: tuple[DeskKey, ...]) -> Iterator[str]:
    """Yield the table of the keys of a screen of the desk."""
    yield ""
    yield "| key | name | what it does | on a Dutch screen |"
    yield "| --- | --- | --- | --- |"
    for one in table:
        told = f"{_code(one.dutch)} {dutch(one.label)}" if one.dutch else dutch(one.label)
        pressed = " ".join(_code(key if key.startswith("ctrl+") else key_name(key)) for key in one.keys)
        yield _row(pressed, one.label, one.help, told)
    yield ""


def acts() -> Iterator[str]:
    """Yield the table of what is done often, with how many keys it takes."""
    yield "## How many keys"
    yield ""
    yield "What is done often takes few. The seats stand for anybody's, the letters of tests for those of your plan."
    yield ""
    yield "| act | keys | how many |"
    yield "| --- | --- | --- |"
    for what, pressed, _most in ACTS:
        each = pressed.split(" ")
        alike = len(set(each)) == 1 and len(each) > 2
        told = f"{_code(each[0])} for each" if alike else " ".join(map(_code, each))
        yield _row(what, told, str(len(each)))
    yield ""


def keys(commands: Slice) -> Iterator[str]:
    """Yield the lines of the page of keys."""
    yield INTRODUCTION.replace("DIFFERING", " ".join(_code(key_name(key)) for key in sorted(differing())))
    yield from acts()
    for group, heading in commands.groups.items():
        yield f"## {heading}"
        yield ""
        yield "| key | command | what it does | word | on a Dutch screen |"
        yield "| --- | --- | --- | --- | --- |"
        for command in commands.of(group):
            yield _row(shown(command), command.label, command.help, words_of(command), dutch(command.label))
        yield ""
    yield "## Digits, letters and names"
    yield ""
    yield "Which key stands for what, where a command has more than one:"
    yield ""
    yield "| key | is |"
    yield "| --- | --- |"
    yield _row(f"{_code('1')}–{_code('9')} {_code('0')}", "the person on seat 1–9 or 10 speaks")
    for command in commands.commands:
        for shortcut in command.keys:
            if shortcut.label and not shortcut.text.isdigit():
                yield _row(_code(key_name(shortcut.key)), meaning(shortcut))


def differing() -> dict[str, Command]:
    """Return the keys that mean another thing in the review than in the talk, and what they do there."""
    live, review = (
        {shortcut.key: command for command in commands.commands for shortcut in command.keys}
        for commands in (OF_LIVE, OF_REVIEW)
    )
    return {
        key: review[key]
        for key in live.keys() & review.keys()
        if (live[key].word, review[key].word) not in ALIKE and live[key].label != review[key].label
    }


def words_of(command: Command) -> str:
    """Return what to type in line mode for a command of the screens."""
    namesakes = (one for one in OF_LINES.commands if one.word == command.word)
    typed = command if Face.LINES in command.faces else next(namesakes, None)
    if typed is None:
        return "only on the screens"
    return ", ".join(f"`{word}`" for word in dict.fromkeys((typed.word, *typed.aliases)))


def shown(command: Command) -> str:
    """Return the keys of a command; those that work while typing in bold."""
    seats = [one.key for one in command.keys if one.text.isdigit()]
    if len(seats) == 10:
        return f"{_code('1')}–{_code('9')} {_code('0')} " + " ".join(_key(one) for one in command.keys[10:])
    return " ".join(_key(one) for one in command.keys) or "–"


def meaning(shortcut: Shortcut) -> str:
    """Return what a key of a command with several keys stands for."""
    return shortcut.label.format(seat=shortcut.text)


def ids(commands: Slice) -> Iterator[str]:
    """Yield the table of the names by which settings give a command another key."""
    yield ""
    yield "| name | usual key | command |"
    yield "| --- | --- | --- |"
    for command in commands.commands:
        for shortcut in command.keys:
            what = f"{command.label}: {meaning(shortcut)}" if shortcut.label else command.label
            yield _row(f"`{binding_id(command, shortcut)}`", f"`{shortcut.key}`", what)
    yield ""


def dutch(text: str) -> str:
    """Return a text as a Dutch screen shows it."""
    i18n.use("nl")
    try:
        return _(text)
    finally:
        i18n.use("en")


def _key(shortcut: Shortcut) -> str:
    code = _code(key_name(shortcut.key))
    return f"**{code}**" if shortcut.typing else code


def _code(key: str) -> str:
    parts = (part.capitalize() if len(part) > 1 else part.upper() for part in key.split("+"))
    return f"`{'+'.join(parts) if key.startswith('ctrl+') else key}`"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main(asked: str) -> int:
    """Write the pages, or say which are stale."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        if asked == "write":
            path.write_text(pages()[path], "utf-8")
        else:
            print(f"{path.relative_to(ROOT)} is stale; run tools/key_tables.py write")
    return 1 if stale and asked != "write" else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write" | "check" as word]:
            sys.exit(main(word))
        case _:
            sys.exit("tools/key_tables.py write | check")
