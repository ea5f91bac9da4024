"""What the report of a study is made of: its text as it may leave, its groups, and what may leave of their sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct

from kring.domain.rows import NoteRow
from kring.domain.study.groups import Group
from kring.domain.study.model import Study
from kring.domain.study.surveys.model import StudySurvey
from kring.domain.study.themes import Mention
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.report.drawing.person import Person
from kring.report.parts import Quote
from kring.report.people import LOOKS, OTHER, UNKNOWN
from kring.report.said.quotes import may_print, quote
from kring.study.finding.asking import Hit
from kring.study.finding.choices import segments_of
from kring.study.finding.evidence import Evidence
from kring.study.finding.passages import segment_key
from kring.study.finding.upkeep import Held
from kring.study.kto.joint import Joint


class Material(Struct, frozen=True, kw_only=True):
    """A study read once: `study` is its text as it may leave, `planned` its groups as they stand today.

    `groups` are its sessions by number and `called` what each is called; of those that were held `snapshots` has what
    may leave. `findings` and `hypotheses` are what those of the text point to, in its order.
    """

    study: Study
    planned: tuple[Group, ...]
    today: date
    groups: Mapping[int, Held]
    called: Mapping[int, str]
    snapshots: Mapping[int, Snapshot]
    mentions: tuple[Mention, ...]
    themes: Mapping[str, str]
    findings: tuple[Evidence, ...]
    hypotheses: tuple[Evidence, ...]
    surveys: tuple[StudySurvey, ...] = ()
    joint: tuple[Joint, ...] = ()
    """The figures that the text puts beside quotes."""
    said: tuple[str, ...]
    """What must be said of files."""
    unresolved: tuple[str, ...]
    """What its text points to and can't be shown, each with its line."""
    coreq: Mapping[int, str] = MappingProxyType({})
    """What the folder tells for items of COREQ that no session knows, by item."""
    with_names: bool = False

    @property
    def segments(self) -> dict[str, str]:
        """The segments of who took part, by what they are known by; last "" of who has none."""
        found = segments_of({number: self.groups[number] for number in self.snapshots})
        return dict(sorted(found.items(), key=lambda one: (not one[0], one[0])))

    def note(self, hit: Hit) -> NoteRow | None:
        """Return the note of a passage, if it may stand in a report."""
        note = self.snapshots[hit.session].state.notes.get(hit.passage.row.partition("/")[2])
        return note if note is not None and may_print(note) else None

    def quote(self, hit: Hit, note: NoteRow) -> Quote:
        """Return a note as a quote that says of which group it is, in the colour of its segment in this study."""
        told = quote(self.snapshots[hit.session], note, with_place=True)
        group = self.called[hit.session]
        return Quote(
            text=told.text,
            who=Person(told.who.name, self._look(told.segment)),
            moment=told.moment,
            segment=told.segment,
            place=", ".join(part for part in (group, told.place) if part),
            sign=told.sign,
        )

    def _look(self, segment: str) -> str:
        named = [key for key in self.segments if key]
        if len(named) < 2:
            return LOOKS[0]
        key = segment_key(segment)
        place = named.index(key) if key in named else -1
        return UNKNOWN if place < 0 else (*LOOKS, OTHER)[min(place, len(LOOKS))]


def joined(*parts: str) -> str:
    """Return what there is of some parts, on one line."""
    return ", ".join(one_line(part) for part in parts if part.strip())
