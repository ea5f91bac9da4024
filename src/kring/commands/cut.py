"""How the text that is typed behind a command's word is cut into answers."""

from __future__ import annotations

from collections.abc import Callable

from kring.commands.command import Answers
from kring.domain.text import Refused, one_line, pattern
from kring.domain.time_text import no_time, read_when

_WORD = pattern(r"""\s*(?:"([^"]*)"|'([^']*)'|(\S+))(?!\S)""")  # an apostrophe in a name is no quote
_BEHIND_COMMA = pattern(r"\s*,\s*")
_PEOPLE = pattern(r"(?:\s*,\s*|\S)*")
_MINUTES = pattern(r"\d{1,4}([.,]\d{1,2})?")


def nothing(text: str) -> Answers:
    """Take no text, and refuse to overlook one."""
    if text:
        raise Refused("Nothing goes behind this command: {word} is not understood.", word=one_line(text))
    return ()


def time_only(text: str) -> Answers:
    """Take no text but a moment, which is taken off already."""
    if text:
        raise no_time(text)
    return ()


def a_moment(text: str) -> Answers:
    """Take a moment, and nothing else."""
    if not text:
        raise Refused("Say how long ago, such as -2m, or at which time of day.")
    if read_when(text) is None:
        raise no_time(text)
    return (text,)


def one_of(*words: str) -> Callable[[str], Answers]:
    """Take one of these words, or none."""

    def cut(text: str) -> Answers:
        if text and one_line(text).casefold() not in words:
            told = {"word": one_line(text), "words": ", ".join(words)}
            raise Refused("{word} is not understood here: {words} may follow.", **told)
        return (text,) if text else ()

    return cut


def as_it_is(text: str) -> Answers:
    """Take the whole text, also where that is nothing."""
    return (text,)


def optional(text: str) -> Answers:
    """Take the whole text, or none."""
    return (text,) if text else ()


def whole(text: str) -> Answers:
    """Take the whole text, and refuse to take none."""
    if not text:
        raise Refused("Say which, or what: this command needs a text behind it.")
    return (text,)


def words(least: int, most: int = 0) -> Callable[[str], Answers]:
    """Take so many words, one between quotes without them; with `most` the last holds all that is left."""

    def cut(text: str) -> Answers:
        found: list[str] = []
        at = 0
        while at < len(text) and len(found) + 1 != most:
            word = _WORD.match(text, at)
            assert word is not None
            found.append(word[word.lastindex or 0])
            at = word.end()
        if rest := text[at:].strip():
            whole_rest = _WORD.fullmatch(rest)
            found.append(whole_rest[whole_rest.lastindex or 0] if whole_rest else rest)
        if len(found) < least:
            raise _too_few(text, least)
        return tuple(found)

    return cut


def _too_few(text: str, least: int) -> Refused:
    if not text:
        return Refused("This command needs {n} words behind it.", n=least)
    return Refused("{words}: this command needs {n} words behind it.", words=one_line(text), n=least)


def note_and_line(text: str) -> Answers:
    """Take which note, and what its line says now."""
    word, _space, line = text.partition(" ")
    return word, line


def who_and_status(text: str) -> Answers:
    """Take who it is, or several with commas between them, what they are, else present, and why."""
    people = _PEOPLE.match(text)
    assert people is not None
    found = words(1, 3)(_BEHIND_COMMA.sub(",", people[0]) + text[people.end() :])
    return found if len(found) > 1 else (*found, "present")


def note_and_tags(text: str) -> Answers:
    """Take which note, the last one if none is named, and its tags."""
    first, *tags = words(1)(text)
    return ("last", " ".join((first, *tags))) if first.startswith(("#", "-#")) else (first, " ".join(tags))


def check_and_what(text: str) -> Answers:
    """Take which check, and behind a colon what is wrong with it."""
    which, _colon, what = whole(text)[0].partition(":")
    return which.strip(), what.strip()


def issue_and_minutes(text: str) -> Answers:
    """Take whose issue, and the minutes lost where a number follows."""
    found = text.split()
    if len(found) > 1 and _MINUTES.fullmatch(found[-1]):
        return " ".join(found[:-1]), found[-1]
    return (" ".join(found),)
