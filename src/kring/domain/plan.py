"""The plan: what is known before the session, as read from a moderator's Markdown text.

Types are no text here either: see `kring.domain.facts`.
"""

from collections.abc import Iterable, Iterator

import msgspec

from kring.domain.rows import (
    CheckPhase,
    GuideKind,
    ObserverNames,
    PollKind,
    ProbeKind,
    QuestionKind,
    Situation,
    Whole,
)
from kring.domain.text import Sentence, folded, pattern


class PlanWarning(msgspec.Struct, frozen=True):
    """What a reader of the plan should know, at a line of its file or of the roster's; line 0 is the whole."""

    line: Whole
    sentence: Sentence
    source: str = ""


class GuideItem(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the guide: a section, a break, or what stands in one."""

    id: str
    parent: str | None = None
    position: Whole = 0
    number: str = ""
    kind: GuideKind
    text: str
    question_kind: QuestionKind | None = None
    probe_kind: ProbeKind | None = None
    must_ask: bool = False
    planned_s: Whole | None = None
    planned_low_s: Whole | None = None
    until: str | None = None
    warn_s: Whole | None = None
    poll_kind: PollKind | None = None
    options: tuple[str, ...] = ()
    label: str | None = None
    file: str | None = None
    url: str | None = None
    line: Whole = 0


class PlannedCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One item of the checklist; a gate is asked for before the session starts.

    `recording` = a recording has to run for it, and ticks it; `consent` = so does the consent of everybody there.
    """

    id: str
    phase: CheckPhase
    text: str
    gate: bool = False
    recording: bool = False
    consent: bool = False
    per_participant: bool = False
    parts: tuple[str, ...] = ()
    item: str | None = None
    url: str | None = None
    line: Whole = 0


_HEADING_OF_A_NAME = pattern(r"naam|name|alias")
_OF_A_THING = pattern(
    r"bedrijf|firma|merk|winkel|product|organisatie|company|brand|shop|store|straat|street|plaats|team"
)
"""What a heading such as *merknaam* is of: its values name no person."""


def names_on_list(name: str, attributes: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what the list calls somebody: the name, and what stands under other headings of a name."""
    if name:
        yield name
    for header, value in attributes:
        heading = folded(header)
        if value and _HEADING_OF_A_NAME.search(heading) and not _OF_A_THING.search(heading):
            yield value


class PlannedParticipant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is expected; the seat is the key that gives the floor, `consents` what their consent was read as."""

    code: str
    name: str
    seat: Whole
    segment: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    consent: str = ""
    consents: tuple[tuple[str, bool], ...] = ()
    line: Whole = 0


Pairs = tuple[tuple[str, str], ...]


class Persona(msgspec.Struct, frozen=True, kw_only=True):
    """The card of a made-up person who stands for others: never a participant, and counted nowhere.

    `extra` holds what has no field of its own, by its heading.
    """

    name: str
    segment: str = ""
    demographics: str = ""
    behaviour: str = ""
    goals: str = ""
    frustrations: str = ""
    matters: str = ""
    media: str = ""
    message: str = ""
    extra: Pairs = ()
    line: Whole = 0


class SegmentDefinition(msgspec.Struct, frozen=True, kw_only=True):
    """Who belonged to a segment from a day on (ISO; None = always), as the study beside the plan has it."""

    segment: str
    definition: str
    since: str | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A whole plan; the guide is flat and in order, parents before children.

    `segment` and `persona` are of whoever has none of their own on the list; `definitions` and `personas` come from the
    study beside it.

    `columns` of the list of participants may leave in files with codes; with `quote_drafts` the computer may write out
    what was recorded of a quote that was caught half. `observer_names` says how those who watch see who allowed them
    to; with `back_room_kept` what they say to each other is kept.
    """

    title: str = ""
    objective: str = ""
    study: str = ""
    group: str = ""
    audience: str = ""
    segment: str = ""
    persona: str = ""
    language: str | None = None
    form: str | None = None
    starts_at: str | None = None
    planned_min: Whole | None = None
    project_number: str = ""
    client: str = ""
    agency: str = ""
    recruiter: str = ""
    incentive: str = ""
    stimulus_versions: str = ""
    destroyed_on: str = ""
    platform: str = ""
    link: str = ""
    assistant_phone: str = ""
    moderator: str = ""
    assistant: str = ""
    quote_drafts: bool = False
    roster_file: str = ""
    columns: tuple[str, ...] = ()
    silence_s: Whole = 5
    asked_s: Whole = 5
    sentences: tuple[tuple[Situation, str], ...] = ()
    reminders: bool = False
    observer_names: ObserverNames = "codes"
    back_room_kept: bool = False
    extra: tuple[tuple[str, str], ...] = ()
    guide: tuple[GuideItem, ...] = ()
    checks: tuple[PlannedCheck, ...] = ()
    participants: tuple[PlannedParticipant, ...] = ()
    definitions: tuple[SegmentDefinition, ...] = ()
    personas: tuple[Persona, ...] = ()
    warnings: tuple[PlanWarning, ...] = ()
    source: str = ""

    @property
    def sections(self) -> tuple[GuideItem, ...]:
        """Sections and breaks, in order."""
        return tuple(item for item in self.guide if item.parent is None and item.kind in ("section", "break"))

    @property
    def questions(self) -> tuple[GuideItem, ...]:
        """Questions, in order."""
        return tuple(item for item in self.guide if item.kind == "question")


class Ids:
    """The ids that are taken; a wanted one that is taken gets a number behind it."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return the wanted id, or the first free one after it, and take it."""
        found, number = wanted, self._last.get(wanted, 1)
        while found in self._taken:
            number += 1
            found = f"{wanted}-{number}"
        self._last[wanted] = number
        self._taken.add(found)
        return found
