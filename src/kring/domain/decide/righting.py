"""Verbs that put right what was logged, live and afterwards, each with who (the event) and why; and what follows.

What can be put right is named by its table and its id. Whatever is missing is put in by the act itself, told later; a
question that was opened before the one that is open now, by `add_visit`.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple, cast, get_args

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain import rows as r
from kring.domain.decide import correcting, floor, guide
from kring.domain.decide.earlier import require_after
from kring.domain.events import COUNTER_BITS, Event
from kring.domain.evolve import evolve
from kring.domain.sentences import sentence
from kring.domain.state import State
from kring.domain.stretches import Lasting
from kring.domain.text import N_, Refused, Sentence, one_line
from kring.domain.time_text import time_of_day
from kring.domain.words import described, numbered, span_of, span_told

Right = f.RowMoved | f.RowReassigned | f.RowRemoved | f.TurnMoved | f.TurnNamed | f.TurnRemoved | f.ItemOpened


class Target(NamedTuple):
    """What is put right: a row of one of the tables that can be."""

    table: str
    row: str


def move(state: State, now: int, target: Target, began: int | None, ended: int | None, why: str = "") -> Right:
    """Say when something was: when it began, when it ended, or both (epoch ms)."""
    row = existing(state, target)
    if any(at is not None and at > now for at in (began, ended)):
        raise Refused("That moment is still to come.")
    if any(at is not None and at < int(state.session.created_at or at) for at in (began, ended)):
        raise Refused("That moment is not within the session.")
    first, last = span_of(row)
    if (began if began is not None else first, ended if ended is not None else last) == (first, last):
        raise Refused("Nothing was changed.")
    if ended is not None:
        _require_an_end(row)
    begin, end = first if began is None else began, last if ended is None else ended
    if end is not None and begin is not None and end <= begin:
        raise Refused("It ends after it begins.")
    match row:
        case r.TurnRow() if row.id != state.session.open_turn:
            return correcting.move(state, now, row.id, int(begin or 0), int(end or now), why)
        case r.TurnRow():
            before = (one.started_at for one in state.alive_turns if one.ended_at == row.started_at and one is not row)
            require_after(state, int(begin or 0), (at + correcting.SHORTEST_MS for at in before))
        case r.VisitRow():
            _require_between(state, row, int(begin or 0))
        case r.SessionRow() if end is not None:
            lasting: list[Lasting] = [*state.alive_turns, *state.visits.values(), *state.pauses.values()]
            require_after(state, end, [one.started_at for one in lasting])
    return f.RowMoved(_righted(target.table), target.row, began, ended, one_line(why))


def reassign(state: State, now: int, target: Target, word: str, why: str = "") -> Right:
    """Say what, or whom, it was: of a visit its question, of a turn or an issue the person, of an answer its value."""
    row = existing(state, target)
    match row:
        case r.TurnRow():
            return floor.name_turn(state, now, word, row.id, why)
        case r.VisitRow():
            to, before = lookup.item(state, word, PLACES).id, row.item
        case r.IssueRow():
            everybody = word.strip().casefold() in lookup.EVERYBODY
            to, before = "" if everybody else lookup.person(state, word).id, row.participant or ""
        case r.AnswerRow():
            to, before = one_line(word), row.value
        case _:
            raise Refused("Only its time can be put right, or that it had not happened.")
    if to == before:
        raise Refused("Nothing was changed.")
    return f.RowReassigned(_righted(target.table), target.row, to, one_line(why))


def remove(state: State, now: int, target: Target, why: str = "") -> Right:
    """Say that something had not happened."""
    row = existing(state, target)
    if isinstance(row, r.TurnRow):
        return correcting.remove(state, now, row.id, why)
    if isinstance(row, r.SessionRow | r.RecordingRow):
        raise Refused("Only its time can be put right.")
    return f.RowRemoved(_righted(target.table), target.row, one_line(why))


def add_visit(state: State, now: int, word: str, at: int, why: str = "") -> f.ItemOpened:
    """Say that an item was open from an earlier moment on, until the next one that was opened."""
    item = lookup.item(state, word, PLACES)
    if state.session.phase != "live" or at > now or at < int(state.session.started_at or at):
        raise Refused("That moment is not within the session.")
    return guide.opened(item, at, one_line(why))


PLACES: tuple[r.GuideKind, ...] = ("section", "break", "question", "activity", "breakout")


def existing(state: State, target: Target) -> r.Row:
    """Return the row that is meant, or refuse."""
    row: r.Row | None
    match target.table:
        case "turns":
            row = next((one for one in state.alive_turns if one.id == target.row), None)
        case "session":
            row = state.session if state.session.ended_at is not None else None
        case table if table in get_args(r.Righted):
            row = getattr(state, table).get(target.row)
        case _:
            row = None
    if row is None:
        raise Refused("That is not in this session any more.")
    return row


def _righted(table: str) -> r.Righted:
    return cast("r.Righted", table)


def _require_an_end(row: r.Row) -> None:
    """Refuse to say when something ended that has no end of its own."""
    match row:
        case r.VisitRow() | r.AttendanceRow():
            raise Refused("It lasts until the next one; move the begin of that.")
        case r.AnswerRow() | r.StimulusRow():
            raise Refused("It has one moment; say only that.")


def _require_between(state: State, visit: r.VisitRow, began: int) -> None:
    """Refuse to move a visit past the one before it or the one behind it."""
    starts = sorted(one.started_at for one in state.visits.values())
    place = starts.index(visit.started_at)
    before = starts[place - 1] if place else state.session.started_at or 0
    after = starts[place + 1] if place + 1 < len(starts) else None
    if began < before or (began == before and place) or (after is not None and began >= after):
        raise Refused(
            "{item} can begin between {first} and {last}.",
            item=numbered(state, visit.item),
            first=time_of_day(state, before, seconds=True),
            last="…" if after is None else time_of_day(state, after, seconds=True),
        )


class Preview(NamedTuple):
    """What would be put right, and what follows from it."""

    what: Sentence
    follows: list[Sentence]


def preview(state: State, now: int, fact: f.Fact) -> Preview:
    """Return what a fact would put right, and what else would be filed elsewhere, or begin or end elsewhere."""
    event = Event(
        id="preview", hlc=now << COUNTER_BITS, device="", actor="", role="", kind=fact.kind, data="", fact=fact
    )
    rows = evolve(state, event)
    others = [row for row in rows if row.id != getattr(fact, "row", "")]
    return Preview(sentence(state.put(rows), event), [*_filed(state, others), *_lasting(state, others)])


def _filed(state: State, rows: list[r.Row]) -> list[Sentence]:
    moved: Counter[tuple[str, str | None]] = Counter()
    for row in rows:
        if isinstance(row, r.NoteRow | r.TurnRow | r.IssueRow):
            before = state.tables[row.TABLE].get(row.id)
            if before is not None and getattr(before, "item", row.item) != row.item:
                moved[row.TABLE, row.item] += 1
    templates = {
        "notes": N_("notes that go to {item}: {n}"),
        "turns": N_("turns that go to {item}: {n}"),
        "issues": N_("technical issues that go to {item}: {n}"),
    }
    return [
        Sentence(templates[table], {"n": count, "item": numbered(state, item) or "–"})
        for (table, item), count in moved.items()
    ]


def _lasting(state: State, rows: list[r.Row]) -> list[Sentence]:
    found: list[Sentence] = []
    for row in rows:
        before = state.tables[row.TABLE].get(row.id)
        if not isinstance(row, r.VisitRow | r.TurnRow | r.IssueRow | r.PauseRow) or before is None:
            continue
        was = cast("r.VisitRow", before)
        if (was.started_at, was.ended_at) == (row.started_at, row.ended_at):
            continue
        told = {"what": described(state, row), "span": span_told(state, row)}
        found.append(Sentence("{what}: {span}", told))
    return found
