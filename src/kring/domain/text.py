"""Texts of people, cleaned once, and sentences for people, translated at the face."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, cast

import msgspec

_PLACES = re.compile(r"\{\{|\}\}|\{(\w+)\}")  # no {a.b}, {a[0]} or {a:9}: a template may come from a file
_BLANKS = re.compile(r"\s+")


LONGEST = 10_000
"""How many characters a note, a cue, or the line in which they are typed may have."""


class _LatePattern:
    """Stands for a regular expression until something is asked of it."""

    def __init__(self, written: str, flags: int) -> None:
        self._written = written, flags

    def __getattr__(self, name: str) -> Any:
        asked = self.__dict__[name] = getattr(re.compile(*self._written), name)
        return asked


def pattern(written: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression that is compiled at its first use: most of those that read a typed line have none."""
    return cast("re.Pattern[str]", _LatePattern(written, flags))


_REMOVED = pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 but tab and newline: a terminal obeys them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls: they reorder a whole line
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"  # marks that nobody sees
)
_LINE_BREAKS = pattern("\r\n?|[\u0085\u2028\u2029]")
_SURROGATES = pattern("[\ud800-\udfff]")


class Sentence(msgspec.Struct, frozen=True):
    """A sentence for people: an English template with `{names}` and the values for them, translated by a face."""

    template: str
    values: dict[str, Any] = {}

    def __str__(self) -> str:
        return fill(self.template, self.values)

    def each(self, told: Callable[[str], str]) -> Sentence:
        """Return this sentence with each text in its values as it is told: those of people stand there."""
        return Sentence(self.template, {name: _each(told, value) for name, value in self.values.items()})


def _each(told: Callable[[str], str], value: Any) -> Any:
    match value:
        case str():
            return told(value)
        case Sentence():
            return value.each(told)
    return value


class KringError(Exception):
    """Something that a person must know: what is wrong, where, and what to do."""

    def __init__(self, template: str, **values: Any) -> None:
        self.sentence = Sentence(template, values)
        super().__init__(template)

    def __str__(self) -> str:
        return str(self.sentence)


class Refused(KringError):
    """A verb's answer when an act makes no sense now; it leaves no trace."""


class MarkedAlready(Refused):
    """A mark that stands was made once more; `back` is the word of the command that takes it back."""

    def __init__(self, template: str, back: str, **values: Any) -> None:
        super().__init__(template, **values)
        self.back = back


def N_(template: str) -> str:
    """Mark a text for translation; the face that shows it translates it."""
    return template


def fill(template: str, values: dict[str, Any]) -> str:
    """Put values into a template at their plain names; a value is never read as a template itself.

    Where a name has no value the template is returned as it is.
    """
    if any(name and name not in values for name in _PLACES.findall(template)):
        return template
    return _PLACES.sub(lambda place: _told(values[place[1]]) if place[1] else place[0][0], template)


def _told(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def clean(text: str) -> str:
    """Return text as it may become a fact: NFC, no controls but newline and tab, no bidi controls, no surrogates."""
    if text.isprintable():
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _LINE_BREAKS.sub("\n", text)
    return unicodedata.normalize("NFC", _REMOVED.sub("", text))


def without_controls(text: str, instead: Callable[[str], str]) -> str:
    """Return text with something instead of what a terminal obeys, or nobody sees; newline and tab stay."""
    return _REMOVED.sub(lambda found: instead(found[0]), text)


def one_line(text: str) -> str:
    """Return cleaned text on one line, blanks folded."""
    return _BLANKS.sub(" ", clean(text)).strip()


def folded(text: str) -> str:
    """Return text as it is searched: case folded and without accents."""
    text = text.casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    # a letter in disguise may turn out to be a capital
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).casefold()


def whole(number: float) -> int:
    """Return a number rounded to a whole one; a half away from zero, as people do it and SQL does in the views."""
    nearest = int(abs(number) + 0.5 + 1e-9)  # 100 × 0.145 is a little less than 14.5
    return -nearest if number < 0 else nearest


def whole_s(ms: float) -> int:
    """Return a length in whole seconds."""
    return whole(ms / 1000)
