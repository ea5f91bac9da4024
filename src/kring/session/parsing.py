"""How the text behind a command's word becomes a call of a verb."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from kring.domain import lookup, note_line
from kring.domain.decide import checks, guide, notes, people, session
from kring.domain.measures.presence import seated
from kring.domain.state import State
from kring.domain.text import N_, Refused, one_line
from kring.system.i18n import _

Reader = Callable[[State, str], "Call"]

_WORD = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|(\S+))(?!\S)""")  # an apostrophe in a name is no quote


class Call(NamedTuple):
    """A verb with what it needs besides the state and the time."""

    verb: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    named: dict[str, Any] = {}


def no_text(verb: Callable[..., Any]) -> Reader:
    """Read a command that takes no text."""
    return lambda state, text: Call(verb)


def one_text(verb: Callable[..., Any]) -> Reader:
    """Read a command whose text the verb understands, or none."""
    return lambda state, text: Call(verb, (text.strip(),))


def needed(verb: Callable[..., Any]) -> Reader:
    """Read a command whose text the verb understands and needs."""

    def read(state: State, text: str) -> Call:
        if not text.strip():
            raise Refused("Say which, or what: this command needs a text behind it.")
        return Call(verb, (text.strip(),))

    return read


def _words(text: str, least: int, most: int = 0) -> list[str]:
    """Return the words of a text, one between quotes without them; with `most` the last holds all that is left."""
    words: list[str] = []
    text, at = text.strip(), 0
    while at < len(text) and len(words) + 1 != most:
        found = _WORD.match(text, at)
        assert found is not None
        words.append(found[found.lastindex or 0])
        at = found.end()
    if rest := text[at:].strip():
        whole = _WORD.fullmatch(rest)
        words.append(whole[whole.lastindex or 0] if whole else rest)
    if len(words) < least:
        raise Refused("This command needs {n} words behind it.", n=least)
    return words


QUICK_CUES = {"5": N_("5 minutes left"), "1": N_("15 minutes left"), "0": N_("Time is up")}
"""The cues of one key."""


def cue(state: State, text: str) -> Call:
    """Read what the moderator should know; a key of the quick cues alone stands for its text."""
    said = text.strip()
    return needed(notes.send_cue)(state, _(QUICK_CUES[said]) if said in QUICK_CUES else said)


def start(state: State, text: str) -> Call:
    """Read `start`, or `start anyway` to pass gates that are open."""
    return Call(session.start, (), {"passing": one_line(text).casefold() in ("anyway", "toch")})


def note(state: State, text: str) -> Call:
    """Read a note line."""
    return Call(notes.add, (note_line.read(text.strip(), seated(state)),))


def edit(state: State, text: str) -> Call:
    """Read which note, and what its line says now."""
    word, _space, line = text.strip().partition(" ")
    note = lookup.note(state, word)
    return Call(notes.edit, (note.id, note_line.read(line, seated(state))))


def tag(state: State, text: str) -> Call:
    """Read which note, the last one if none is named, and its tags."""
    first, *tags = _words(text, 1)
    if first.startswith("#"):
        return Call(notes.tag, ("last", first, *tags))
    return Call(notes.tag, (first, *tags))


def time(state: State, text: str) -> Call:
    """Read how long, and for which section."""
    length, *section = _words(text, 1, 2)
    return Call(guide.add_time, (seconds_of(length), *section))


def seconds_of(word: str) -> int:
    """Return `+2`, `-1:30` or `45s` as seconds; a bare number is minutes."""
    found = re.fullmatch(r"([+-]|−)?(\d{1,3})(?::(\d\d)|\s*(s|sec|m|min))?", word.strip())
    if found is None:
        raise Refused("{word} is no number of minutes.", word=one_line(word))
    sign = -1 if found.group(1) in ("-", "−") else 1
    amount = int(found.group(2))
    if found.group(3):
        return sign * (amount * 60 + int(found.group(3)))
    return sign * (amount if (found.group(4) or "").startswith("s") else amount * 60)


def attend(state: State, text: str) -> Call:
    """Read who, what attendance, and why."""
    return Call(people.attend, tuple(_words(text, 2, 3)))


def rename(state: State, text: str) -> Call:
    """Read who, and the name."""
    return Call(people.rename, tuple(_words(text, 2, 2)))


def answer(state: State, text: str) -> Call:
    """Read who, and the answer."""
    return Call(guide.answer, tuple(_words(text, 2, 2)))


def solved(state: State, text: str) -> Call:
    """Read whose issue, and the minutes lost where a number follows."""
    words = text.split()
    lost = None
    if len(words) > 1 and re.fullmatch(r"\d{1,4}([.,]\d{1,2})?", words[-1]):
        lost = float(words.pop().replace(",", "."))
    return Call(checks.close_issue, (" ".join(words), lost))
