"""People as small boxes: what each is called, and the look of their segment, the same on every page of a report."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from kring.domain import rows as r
from kring.domain.measures.presence import seated, took_part
from kring.domain.text import folded, one_line
from kring.privacy.snapshot import Snapshot
from kring.report.drawing.person import Person
from kring.system.i18n import _

LOOKS = ("g1", "g2", "g3", "g4")
UNKNOWN, OTHER = "g0", "g5"
"""Of who has no segment; of every segment for which no hue is left that can be told apart."""


class Group(Struct, frozen=True):
    """A segment with those of it who took part, by seat; `name` is empty where nobody knows the segment."""

    name: str
    look: str
    codes: tuple[str, ...]

    @property
    def told(self) -> str:
        """Return what it is called."""
        return self.name or _("unknown")


def groups(snapshot: Snapshot) -> list[Group]:
    """Return the segments of those who took part, in the order of their names, and last who has none."""
    people = took_part(snapshot.state, snapshot.now)
    looks = _looks(snapshot)
    by_name: dict[str, list[r.ParticipantRow]] = {}
    for person in people:
        by_name.setdefault(folded(one_line(person.segment)), []).append(person)
    return [
        Group(one_line(those[0].segment), looks.get(key, UNKNOWN), tuple(person.id for person in those))
        for key, those in sorted(by_name.items(), key=lambda one: (not one[0], one[0]))
    ]


def compared(snapshot: Snapshot) -> list[Group]:
    """Return the segments where there are two or more to compare, else none."""
    found = groups(snapshot)
    return found if sum(bool(group.name) for group in found) > 1 else []


def legend(snapshot: Snapshot) -> tuple[Person, ...]:
    """Return the segments as boxes that explain the colours; nothing where there is one colour."""
    return tuple(Person(group.told, group.look) for group in compared(snapshot))


def person(snapshot: Snapshot, code: str, is_marked: bool = True) -> Person:
    """Return a participant as a box."""
    row = snapshot.state.participants.get(code)
    segment = folded(one_line(row.segment)) if row is not None else ""
    return Person(one_line(snapshot.who(code)), _looks(snapshot).get(segment, UNKNOWN), is_marked)


def boxes(snapshot: Snapshot, there: Sequence[Group], marked: Collection[str]) -> tuple[Person, ...]:
    """Return a box for each of some people, filled for those whom it is about, who come first."""
    codes = [code for group in there for code in group.codes]
    return tuple(person(snapshot, code, code in marked) for code in sorted(codes, key=lambda code: code not in marked))


def _looks(snapshot: Snapshot) -> dict[str, str]:
    """Return the look of each segment; where there is one, or none, everybody has the first look."""
    names = {folded(one_line(row.segment)) for row in seated(snapshot.state)} - {""}
    if len(names) < 2:
        return dict.fromkeys(names | {""}, LOOKS[0])
    return {name: LOOKS[place] if place < len(LOOKS) else OTHER for place, name in enumerate(sorted(names))}
