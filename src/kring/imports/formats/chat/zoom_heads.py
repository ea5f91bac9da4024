"""The line above a message in a chat of Zoom: when, by whom, to whom; in every language, by its shape.

A saved chat says *From NAME to NAME*, in the language of who saved it. The first word is the one that all these lines
have after the time; the second is the one between wide blanks, one that goes with the first, or the only one that all
have in their midst.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from kring.domain.text import one_line
from kring.imports.formats.chat.addressing import BETWEEN, is_everybody, says_private, without_suffix

TIME = (
    r"(?:(?P<date>\d{1,4}[-./]\d{1,2}[-./]\d{1,4})[ T]+)?"
    r"(?P<time>\d{1,2}:\d\d(?::\d\d)?)(?:[ \u202f](?P<half>[AaPp]\.?[Mm]\.?))?"
)
_CLOUD = re.compile(rf"{TIME}\t(?P<name>[^\t]+?):\t(?P<text>.*)")
_SAVED = re.compile(rf"{TIME}(?:\t\s?|[ \u3000]+)(?P<rest>\S.*)", re.DOTALL)
_WIDE = re.compile(r"\s{2,}(\S+)\s{2,}(?=\S)")
_LONGEST = 300  # two names, and what stands around them
INLINE = re.compile(r"\s+[:\uff1a](?:\s|$)")


class Head(NamedTuple):
    """When a message was written, by whom and to whom, as it stands there; "" where it does not say to whom."""

    date: str
    time: str
    author: str
    recipient: str
    text: str | None
    """What stands behind it on the same line, None where the message is below it."""


Form = Literal["cloud", "inline", "block"]
"""How messages stand in a chat: behind tabs, on the line of their head, or below it."""


class Heads(NamedTuple):
    """What each line that begins with a time is: the head of a message, or None where it only looks like one."""

    form: Form
    at: dict[int, Head | None]
    lead: str = ""
    """The first word of all heads, behind their time."""

    @property
    def is_known(self) -> bool:
        """Whether the words around the names are of a language that is known."""
        return not self.lead or self.lead.casefold() in BETWEEN

    def are_meant_by(self, line: str) -> bool:
        """Whether a line that is no head was to be one, so that what follows is nobody's."""
        found = _SAVED.fullmatch(line)
        if self.form == "cloud" or found is None:
            return False
        return self.form == "block" or found["rest"].startswith(self.lead) or INLINE.search(line) is not None

    @property
    def are_most(self) -> bool:
        """Whether most lines with a time are heads."""
        return sum(head is not None for head in self.at.values()) * 2 > len(self.at)


def heads_in(lines: Iterable[str]) -> Heads:
    """Return the heads in a chat, by the index of their lines."""
    timed = {
        index: found
        for index, line in enumerate(lines)
        if line[:1].isdigit() and (found := _SAVED.fullmatch(line)) is not None
    }
    with_seconds = {index: found for index, found in timed.items() if found["time"].count(":") > 1}
    if len(with_seconds) * 2 > len(timed):  # then 19:35 at the begin of a line is what somebody wrote
        timed = with_seconds
    cloud = {index: _CLOUD.fullmatch(found[0]) for index, found in timed.items()}
    if sum(found is not None for found in cloud.values()) * 2 > len(cloud):
        return Heads("cloud", {index: _of_cloud(found) for index, found in cloud.items()})
    lead = Counter(found["rest"].split(None, 1)[0] for found in timed.values()).most_common(1)
    return _saved(timed, lead[0][0] if lead else "")


def _of_cloud(found: re.Match[str] | None) -> Head | None:
    if found is None:
        return None
    return Head(found["date"] or "", _time(found), one_line(found["name"]), "", found["text"])


def _saved(timed: Mapping[int, re.Match[str]], lead: str) -> Heads:
    rests = {
        index: found["rest"][len(lead) :]
        for index, found in timed.items()
        if found["rest"].startswith(lead) and found["rest"][len(lead) : len(lead) + 1].isspace()
    }
    ends = {index: end for index, rest in rests.items() if (end := INLINE.search(rest)) is not None}
    form: Form = "inline" if len(ends) * 2 > len(rests) else "block"
    if form == "inline":
        bare = {index: rests[index][: end.start()] for index, end in ends.items()}
    else:
        bare = {index: line[:-1] for index, rest in rests.items() if (line := rest.rstrip()).endswith((":", "\uff1a"))}
    bare = {index: head for index, head in bare.items() if len(head) <= _LONGEST}
    between = _word_between(lead, list(bare.values()), form) if bare else frozenset[str]()
    ways = {index: _ways_to_part(head, between) for index, head in bare.items()}
    may_say_no_recipient = (
        form == "inline"
        and (lead.casefold() in BETWEEN or all(head[:2].isspace() for head in bare.values()))
        and not any(is_everybody(recipient) for each in ways.values() for _author, recipient in each)
    )
    named = Counter(name for each in ways.values() for way in each for name in {way[0], without_suffix(way[1])[0]})
    at: dict[int, Head | None] = {}
    for index, found in timed.items():
        parted = _likeliest(ways.get(index, []), named)
        if parted is None and index in bare and may_say_no_recipient and not _says_to_whom(bare[index]):
            parted = bare[index], ""
        text = rests[index][ends[index].end() :] if index in bare and form == "inline" else None
        at[index] = (
            None
            if parted is None
            else Head(found["date"] or "", _time(found), one_line(parted[0]), one_line(parted[1]), text)
        )
    return Heads(form, at, lead)


def _likeliest(ways: Sequence[tuple[str, str]], named: Counter[str]) -> tuple[str, str] | None:
    """Return two names; where the word between them stands in a name too, those that other heads have as well."""
    if len(ways) < 2:
        return ways[0] if ways else None
    return max(ways, key=lambda way: named[way[0]] + named[without_suffix(way[1])[0]])


def _says_to_whom(head: str) -> bool:
    """Whether a head without two names that can be told apart was to have two, or is marked as of one person."""
    return says_private(head) or _WIDE.search(head.strip()) is not None


def _time(found: re.Match[str]) -> str:
    return found["time"] + (f" {found['half']}" if found["half"] else "")


def _word_between(lead: str, heads: Sequence[str], form: Form) -> frozenset[str]:
    """Return the words of which one stands between the two names."""
    wide = Counter(found[1].casefold() for head in heads for found in _WIDE.finditer(head.strip()))
    known = frozenset(BETWEEN.get(lead.casefold(), "").split())
    if wide:
        return frozenset({wide.most_common(1)[0][0]})
    if known or form == "inline":
        return known
    common = set.intersection(*({word.casefold() for word in head.split()[1:-1]} for head in heads))
    if len(common) > 1:
        small = {word for word in common if all(word in head.split() for head in heads)}
        common = small if len(small) == 1 else set()
    return frozenset(common)


def _ways_to_part(head: str, between: frozenset[str]) -> list[tuple[str, str]]:
    """Return each way to part a head in two names: between wide blanks if there are any, the last word first."""
    head = head.strip()
    wide = [found for found in _WIDE.finditer(head) if found[1].casefold() in between]
    if len(wide) == 1:
        return [(head[: wide[0].start()], head[wide[0].end() :])]
    words = [found for found in re.finditer(r"\S+", head) if found[0].casefold() in between]
    ways = [(head[: word.start()].strip(), head[word.end() :].strip()) for word in reversed(words)]
    return [way for way in ways if all(way)]
