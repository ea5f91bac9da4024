"""What observers may see of a session at one moment: a small document, made of the state by `view_of` and nowhere else.

Whoever did not say yes to being watched is not in it: not by name, not by what they said, not by their share of the
talk; nor is anybody who withdrew or was taken out. Lengths are in ms, moments in epoch ms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec
from msgspec.structs import replace

from kring.domain.guide_items import section_of
from kring.domain.measures.group.showings import on_now
from kring.domain.measures.polls import last_round, result, rounds
from kring.domain.measures.presence import are_here
from kring.domain.measures.sections import SectionTime, item_time, planned_ms, section_time
from kring.domain.measures.session_time import elapsed_ms
from kring.domain.measures.talk import spoken
from kring.domain.rows import GuideKind, GuideRow, NoteKind, NoteRow, NotesShown, PollRow
from kring.domain.state import State
from kring.observing.telling import Telling, words_told
from kring.observing.watchers import Watcher
from kring.privacy.sealing import Kept, without_quotes

Standing = Literal["before", "doors_open", "running", "paused", "ended"]
FloorKind = Literal["participant", "moderator", "crosstalk", "somebody"]
MOST_NOTES = 100
MOST_POLLS = 2


class Item(msgspec.Struct, frozen=True):
    """A line of the guide that is open; `left_ms` is below zero when its time is over, None where it has none."""

    kind: GuideKind
    number: str
    text: str
    left_ms: int | None = None


class Floor(msgspec.Struct, frozen=True):
    """Who has the floor; of who is not to be named, and of who is not known, only that it is somebody."""

    kind: FloorKind
    label: str = ""


class Share(msgspec.Struct, frozen=True):
    """One participant's part, 0..1, of what all who are shown here said; `heard` = they spoke at all."""

    label: str
    share: float
    speaking: bool
    heard: bool


class Note(msgspec.Struct, frozen=True):
    """A note that observers may read; `at_ms` is on the session's clock, None before the start."""

    kind: NoteKind
    text: str
    who: str = ""
    at_ms: int | None = None
    starred: bool = False


class Bar(msgspec.Struct, frozen=True):
    """How often an option of a poll was chosen."""

    option: str
    count: int


class Poll(msgspec.Struct, frozen=True):
    """The result of a poll, in which round: counts and nothing of who answered what."""

    title: str
    round: int
    bars: tuple[Bar, ...]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What observers may see at one moment, `at`; `elapsed_ms` is the session's clock then.

    `section` and `item` are the lines of the guide that are open, `item` None where that is the section itself. A
    watcher goes on from there with `later`, without asking again.
    """

    title: str = ""
    language: str | None = None
    at: int = 0
    elapsed_ms: int = 0
    standing: Standing = "before"
    section: Item | None = None
    item: Item | None = None
    floor: Floor | None = None
    shares: tuple[Share, ...] = ()
    present: int = 0
    stimuli: tuple[str, ...] = ()
    notes_shown: NotesShown = "starred"
    notes: tuple[Note, ...] = ()
    polls: tuple[Poll, ...] = ()
    back_room_kept: bool = False
    watching: tuple[Watcher, ...] = ()
    """Who watches now, as all who watch see it."""

    @property
    def break_left_ms(self) -> int | None:
        """Return how long the break still lasts, None where there is none or its length is not known."""
        return self.section.left_ms if self.section is not None and self.section.kind == "break" else None

    def later(self, by_ms: int) -> View:
        """Return this view so much later, where nothing but the time has changed."""
        if self.standing not in ("running", "paused") or by_ms <= 0:
            return self
        goes_on = self.standing == "running"
        return replace(
            self,
            at=self.at + by_ms,
            elapsed_ms=self.elapsed_ms + by_ms,
            section=_after(self.section, by_ms) if goes_on else self.section,
            item=_after(self.item, by_ms) if goes_on else self.item,
        )

    def is_as(self, other: View) -> bool:
        """Whether another view shows the same, but for the time that went by."""
        return self.later(other.at - self.at) == other


def _after(item: Item | None, by_ms: int) -> Item | None:
    return item if item is None or item.left_ms is None else replace(item, left_ms=item.left_ms - by_ms)


NOTHING = View()
"""What is seen before anything is known."""


def words_of(kept: Kept) -> Callable[[str], str]:
    """Return by what words that are not in a view are told to observers: why a question was declined."""
    return words_told(without_quotes(kept), kept)


def view_of(kept: Kept, now: int) -> View:
    """Return what observers may see of a session now; pure."""
    state = without_quotes(kept)
    telling = Telling(state, kept)
    now = int(state.session.ended_at or now)
    section, item = _open(state, now, telling)
    return View(
        title=telling.text(state.session.title),
        language=state.session.language,
        at=now,
        elapsed_ms=elapsed_ms(state, now),
        standing=_standing(state),
        section=section,
        item=item,
        floor=_floor(state, telling),
        shares=_shares(state, now, telling),
        present=len(are_here(state, now)),
        stimuli=tuple(telling.text(_stimulus(state, row.stimulus)) for row in on_now(state)),
        notes_shown=state.session.observers_see,
        notes=_notes(state, telling),
        polls=_polls(state, telling),
        back_room_kept=state.session.back_room_kept,
    )


def _standing(state: State) -> Standing:
    match state.session.phase:
        case "prepared":
            return "before"
        case "lobby":
            return "doors_open"
        case "live":
            return "running" if state.open_pause is None else "paused"
    return "ended"


def _open(state: State, now: int, telling: Telling) -> tuple[Item | None, Item | None]:
    here = state.current_item
    section = section_of(state, here.id) if here is not None else None
    if here is None or section is None or state.session.phase != "live":
        return None, None
    whole = _item(section, section_time(state, section, now), telling)
    if here.id == section.id:
        return whole, None
    own = item_time(state, here, now) if planned_ms(here) is not None or here.until else None
    return whole, _item(here, own, telling)


def _item(row: GuideRow, time: SectionTime | None, telling: Telling) -> Item:
    return Item(row.kind, row.number, telling.text(row.title), time.left_ms if time is not None else None)


def _floor(state: State, telling: Telling) -> Floor | None:
    turn = state.open_turn
    if turn is None or turn.kind == "silence" or state.session.phase != "live":
        return None
    if turn.kind in ("moderator", "crosstalk"):
        return Floor("moderator" if turn.kind == "moderator" else "crosstalk")
    label = telling.labels.get(turn.participant or "")
    return Floor("somebody") if label is None else Floor("participant", label)


def _shares(state: State, now: int, telling: Telling) -> tuple[Share, ...]:
    """Return the shares of those who are shown, of what they said together: the rest tells nothing of the others."""
    heard = spoken(state, now)
    here = are_here(state, now)
    those = [code for code in telling.labels if code in here or (code in heard and heard[code].turns)]
    lengths = {code: heard[code].total_ms if code in heard else 0 for code in those}
    total = sum(lengths.values())
    running = state.open_turn
    return tuple(
        Share(
            telling.labels[code],
            round(lengths[code] / total, 3) if total else 0.0,
            running is not None and running.participant == code,
            code in heard,
        )
        for code in those
    )


def _stimulus(state: State, name: str) -> str:
    row = state.stimuli.get(name)
    return f"{row.label} {row.title}".strip() if row is not None else ""


def _notes(state: State, telling: Telling) -> tuple[Note, ...]:
    if state.session.observers_see == "none":
        return ()
    started = state.session.started_at
    may_see = [note for note in state.written_notes if _is_chosen(note, state) and telling.may_read(note)]
    those = sorted(may_see, key=lambda note: (note.at, note.id))[-MOST_NOTES:]
    return tuple(
        Note(
            note.kind,
            telling.text(note.text),
            telling.labels.get(note.participant or "", ""),
            None if started is None or note.at < started else int(note.at - started),
            note.starred,
        )
        for note in those
    )


def _is_chosen(note: NoteRow, state: State) -> bool:
    """Whether the team lets observers read a note that stands by itself; an own remark only where it is starred."""
    if not note.text or note.stub or note.drafted or note.kind == "mark":
        return False
    return note.starred or (state.session.observers_see == "all" and note.kind != "remark")


def _polls(state: State, telling: Telling) -> tuple[Poll, ...]:
    """Return the polls that were asked last and have answers, the last one first."""
    asked = sorted(state.poll_rounds.values(), key=lambda row: (row.at, row.id), reverse=True)
    found = []
    for poll_id in dict.fromkeys(row.poll for row in asked):
        poll = state.polls.get(poll_id)
        if poll is not None and (told := _poll(state, poll, telling)) is not None:
            found.append(told)
        if len(found) == MOST_POLLS:
            break
    return tuple(found)


def _poll(state: State, poll: PollRow, telling: Telling) -> Poll | None:
    """Return how often the options of the plan were chosen: by those who are shown, and where nobody has a name."""
    if poll.removed_at is not None or not rounds(state, poll):
        return None
    found = result(state, poll)
    others = [value for code, value in found.answers.items() if code not in telling.labels]
    not_counted = [option for value in others for option in found.options_of(value)]
    bars = [(option, found.counts.get(option, 0) - not_counted.count(option)) for option in poll.options]
    if not any(count for _option, count in bars):
        return None
    return Poll(
        telling.text(poll.title),
        last_round(state, poll),
        tuple(Bar(telling.text(option), count) for option, count in bars),
    )
