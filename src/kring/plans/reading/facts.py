"""Facts about the session that stand above a guide, as lines of their own: `Duur: 1,5 uur`, a date, a place."""

from __future__ import annotations

from kring.domain.text import one_line
from kring.plans.draft import GuideDraft
from kring.plans.front_matter import (
    Header,
    is_moment,
    is_placeholder,
    known_key,
    read_moment,
    read_value,
    without_place,
)
from kring.plans.lines import Line, without_emphasis
from kring.plans.marks import asks
from kring.plans.reading.labels import label_of
from kring.plans.vocabulary.said import states
from kring.plans.vocabulary.titles import asks_of_research

_LONGEST_KEY = 40


class Facts:
    """Reads what stands above a guide into the front matter."""

    def __init__(self, draft: GuideDraft, header: Header) -> None:
        self.draft = draft
        self.header = header

    def read(self, line: Line, *, titles: int, marked: bool) -> bool:
        """Read a line above the first section, and say whether it is a fact; below a second title only some are."""
        moment = without_place(line.text)
        if is_moment(moment):
            read_moment(self.header, line.number, moment)
            if moment != line.text:
                self.draft.add("note", one_line(without_emphasis(line.wide)), line.number)
            return True
        if found := known_key(line.text):
            is_fact = titles < 2 or found[1] == "duration"
            if is_fact:
                self.read_key(line, *found)
            return is_fact
        if states(line.text):
            return False
        label = label_of(line)
        name, rest = (label.name, label.rest) if label and line.lead else _pair(line.text)
        if not rest or (asks(rest) and not asks_of_research(name)) or titles > 1 or (marked and not line.lead):
            return False
        self.header.extra.append((without_emphasis(name), without_emphasis(rest)))
        return True

    def read_key(self, line: Line, key: str, known: str, value: str) -> None:
        """Read `Duur: 90 min`; what has no meaning there, or stands there already, stays as a note."""
        inner = value.strip("[] ")
        if known == "duration" or not is_placeholder(value):
            before = len(self.header.extra)
            read_value(self.header, line.number, key, known, inner if known == "duration" else value)
            if len(self.header.extra) == before or known in self.header.fields:
                return
            del self.header.extra[before:]
        self.draft.add("note", one_line(without_emphasis(line.wide)), line.number)


def _pair(text: str) -> tuple[str, str]:
    """Return what stands before and behind the colon of `Locatie: Buurthuis De Hoek`; empty texts of another line."""
    name, colon, rest = text.partition(": ")
    is_pair = colon and 0 < len(name) <= _LONGEST_KEY and len(name.split()) <= 3 and name[:1].isupper()
    return (name, rest.strip()) if is_pair and not any(mark in name for mark in '."“?!,;') else ("", "")
