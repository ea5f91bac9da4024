"""Verbs that put right what was logged, live and afterwards, each with who (the event) and why; and what follows.

What can be put right is named by its table and its id; `adding` puts in what nobody logged.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple, cast, get_args

import msgspec
from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import lookup, sentences
from kring.domain import rows as r
from kring.domain.decide import Facts, adding, correcting, floor, people
from kring.domain.decide.earlier import lasted, require_after
from kring.domain.decide.group import polls
from kring.domain.decide.guide import PLACES
from kring.domain.events import COUNTER_BITS, Event
from kring.domain.evolve import evolve
from kring.domain.measures.coverage import uncovered_quotes
from kring.domain.measures.questions import asked_before
from kring.domain.state import State
from kring.domain.text import N_, Refused, Sentence, folded, one_line
from kring.domain.time_text import time_of_day
from kring.domain.words import Marked, described, numbered, span_of, span_told, speaker_called


class Target(msgspec.Struct, frozen=True):
    """What is put right: a row of one of the tables that can be."""

    table: str
    row: str


def move(state: State, now: int, target: Target, began: int | None, ended: int | None, why: str = "") -> Facts:
    """Say when something was: when it began, when it ended, or both (epoch ms)."""
    row = existing(state, target)
    begin, end = _moments(state, now, row, began, ended)
    match row:
        case Marked() if target.table == "asked":
            return f.ItemMarkedAsked(row.id, asked=True, at_ms=begin, why=one_line(why))
        case Marked():
            return f.ItemSkipped(row.id, at_ms=begin, why=one_line(why))
        case r.TurnRow() if not row.is_running:
            return correcting.move(state, now, row.id, int(begin or 0), int(end or now), why)
        case r.TurnRow():
            before = (one.started_at for one in state.alive_turns if one.ended_at == row.started_at and one is not row)
            require_after(state, int(begin or 0), (at + correcting.SHORTEST_MS for at in before), now)
        case r.VisitRow():
            _require_between(state, row, int(begin or 0))
        case r.SessionRow() if end is not None:
            require_after(state, end, [one.started_at for one in lasted(state)], now)
        case r.RoomTurnRow():
            _require_in_room(state, now, row, int(begin or 0), end)
    return f.RowMoved(_righted(target.table, row), target.row, began, ended, one_line(why))


def _moments(
    state: State, now: int, row: r.Row | Marked, began: int | None, ended: int | None
) -> tuple[int | None, int | None]:
    """Return when something began and ended then, or refuse moments at which it cannot have."""
    said = [at for at in (began, ended) if at is not None]
    if any(at > now for at in said):
        raise Refused("That moment is still to come.")
    if any(at < int(state.session.created_at or at) for at in said):
        raise Refused("That moment is not within the session.")
    was = span_of(row)
    becomes = was[0] if began is None else began, was[1] if ended is None else ended
    if becomes == was:
        raise Refused("Nothing was changed.")
    if ended is not None:
        _require_an_end(row)
    if None not in becomes and int(becomes[1] or 0) <= int(becomes[0] or 0):
        raise Refused("It ends after it begins.")
    return becomes


def reassign(state: State, now: int, target: Target, word: str, why: str = "") -> Facts:
    """Say what, or whom, it was: a question, a person, what somebody was, the value of an answer or `@whose`."""
    row, reason = existing(state, target), one_line(why)
    match row:
        case Marked():
            return _another(state, now, target, word, int(span_of(row)[0] or now), reason)
        case r.AnswerRow() if word.startswith("@"):
            given = polls.answer(state, now, word, row.value, row.poll, row.round)
            _require_other(given.participant, row.participant)
            return replace(given, at_ms=int(row.at), why=reason), f.RowRemoved("answers", row.id, reason)
        case r.TurnRow():
            return floor.name_turn(state, now, word, row.id, why)
        case r.RoomTurnRow():
            kind, code = lookup.speaker(state, word)
            to, before = code or kind, row.participant or row.kind
        case r.VisitRow():
            to, before = lookup.item(state, word, PLACES).id, row.item
        case r.IssueRow():
            everybody = word.strip().casefold() in lookup.EVERYBODY
            to, before = "" if everybody else lookup.person(state, word).id, row.participant or ""
        case r.AnswerRow():
            poll = state.polls.get(row.poll)
            to, before = polls.given(poll, word) if poll else one_line(word), row.value
        case r.ShowingRow():
            to, before = lookup.item(state, word, ("stimulus",)).id, row.stimulus
        case r.AttendanceRow():
            status = people.STATUSES.get(folded(word.strip()))
            to, before = (status, row.status) if status else (lookup.person(state, word).id, row.participant)
        case _:
            raise Refused("Only its time can be put right, or that it had not happened.")
    _require_other(to, before)
    return f.RowReassigned(_righted(target.table, row), target.row, to, reason)


def _require_other(to: str, before: str) -> None:
    if to == before:
        raise Refused("Nothing was changed.")


def _another(state: State, now: int, target: Target, word: str, at: int, why: str) -> Facts:
    """Return that it was another question, or another stimulus, at that same moment, and not this one."""
    put_in = adding.put_in(state, now, target.table, word, at, why=why)
    taken_out = remove(state, now, target, why)
    assert not isinstance(put_in, tuple)
    assert not isinstance(taken_out, tuple)
    return put_in, taken_out


def remove(state: State, now: int, target: Target, why: str = "") -> Facts:
    """Say that something had not happened."""
    row, reason = existing(state, target), one_line(why)
    match row:
        case r.TurnRow() if not row.is_running:
            return correcting.remove(state, now, row.id, why)
        case Marked() if target.table == "asked":
            return f.ItemMarkedAsked(row.id, asked=False, why=reason)
        case Marked():
            return f.ItemUnskipped(row.id, why=reason)
        case r.SessionRow() | r.RecordingRow():
            raise Refused("Only its time can be put right.")
    return f.RowRemoved(_righted(target.table, row), target.row, reason)


def marked(state: State, table: str) -> list[Marked]:
    """Return the questions that count as asked, or the items that are skipped."""
    if table == "asked":
        return [Marked(row.id, row.asked_at, _titled(row)) for row in asked_before(state) if row.asked_at is not None]
    alive = (row for row in state.guide.values() if row.removed_at is None)
    return [Marked(row.id, row.skipped_at, _titled(row)) for row in alive if row.skipped_at is not None]


def _titled(row: r.GuideRow) -> str:
    return f"{row.number} {row.title}".strip()


def existing(state: State, target: Target) -> r.Row | Marked:
    """Return the row that is meant, or refuse."""
    row: r.Row | Marked | None
    match target.table:
        case "turns":
            row = next((one for one in state.alive_turns if one.id == target.row), state.room_turns.get(target.row))
        case "session":
            row = state.session if state.session.ended_at is not None else None
        case "asked" | "skipped":
            row = next((one for one in marked(state, target.table) if one.id == target.row), None)
        case table if table in get_args(r.Righted):
            row = getattr(state, table).get(target.row)
        case _:
            row = None
    if row is None:
        raise Refused("That is not in this session any more.")
    return row


def _righted(table: str, row: r.Row | Marked) -> r.Righted:
    """Return the table of what is put right; a turn that was given within a room is named as any other."""
    return "room_turns" if isinstance(row, r.RoomTurnRow) else cast("r.Righted", table)


def _require_an_end(row: r.Row | Marked) -> None:
    """Refuse to say when something ended that has no end of its own."""
    match row:
        case r.VisitRow() | r.AttendanceRow():
            raise Refused("It lasts until the next one; move the begin of that.")
        case r.AnswerRow() | Marked():
            raise Refused("It has one moment; say only that.")


def _require_in_room(state: State, now: int, turn: r.RoomTurnRow, began: int, ended: int | None) -> None:
    """Refuse a turn outside the time of its room, or before the turn that it ended."""
    room = state.rooms.get(turn.room)
    others = (one for one in state.room_turns.values() if one.room == turn.room and one.ended_at == turn.started_at)
    before = (int(one.started_at) + correcting.SHORTEST_MS for one in others if one.id != turn.id)
    require_after(state, began, (None if room is None else int(room.started_at), *before), now)
    if room is not None and room.ended_at is not None and (ended or began) > room.ended_at:
        raise Refused("The rooms were over by then.")


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
    """What would be put right, what follows from it, and all that would be true then."""

    what: Sentence
    follows: list[Sentence]
    after: State


def preview(state: State, now: int, facts: Facts) -> Preview:
    """Return what an act would put right, and what else would be filed elsewhere, begin or end elsewhere, or count."""
    after, told = state, list[Sentence]()
    for fact in facts if isinstance(facts, tuple) else (facts,):
        event = Event(
            id="preview", hlc=now << COUNTER_BITS, device="", actor="", role="", kind=fact.kind, data="", fact=fact
        )
        after = after.put(evolve(after, event))
        told.append(sentences.sentence(after, event))
    named = {getattr(fact, "row", "") for fact in (facts if isinstance(facts, tuple) else (facts,))}
    others = [row for row in _changed(state, after) if row.id not in named and row.id != "preview"]
    follows = [
        *_filed(state, others),
        *_said_by(state, after, others),
        *_lasting(after, state, others),
        *_counted(state, after, now),
    ]
    return Preview(told[0], [*_said_besides(facts, told), *follows], after)


def _said_besides(facts: Facts, told: list[Sentence]) -> list[Sentence]:
    """Return what else an act says; of one person's attendance the first sentence says for how many more it goes."""
    return [] if isinstance(facts, f.Fact) or isinstance(facts[0], f.AttendanceChanged) else told[1:]


def _changed(before: State, after: State) -> list[r.Row]:
    return [row for name, table in after.tables.items() for row in table.since(before.tables[name])[0]]


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
        for (table, item), count in sorted(moved.items(), key=lambda one: list(templates).index(one[0][0]))
    ]


def _said_by(before: State, after: State, rows: list[r.Row]) -> list[Sentence]:
    """Return how many notes go to whom."""
    notes = [(row, before.notes.get(row.id)) for row in rows if isinstance(row, r.NoteRow)]
    goes = Counter(
        (row.participant, row.speaker_kind)
        for row, was in notes
        if was is not None and (was.participant, was.speaker_kind) != (row.participant, row.speaker_kind)
    )
    return [
        Sentence("notes that go to {who}: {n}", {"who": speaker_called(after, code, kind), "n": n})
        for (code, kind), n in goes.items()
    ]


def _lasting(state: State, was_state: State, rows: list[r.Row]) -> list[Sentence]:
    found: list[Sentence] = []
    for row in rows:
        before = was_state.tables[row.TABLE].get(row.id)
        if not isinstance(row, _LASTING) or before is None:
            continue
        was = cast("r.VisitRow", before)
        if (was.started_at, was.ended_at) == (row.started_at, row.ended_at):
            continue
        told = {"what": described(state, row), "span": span_told(state, row)}
        found.append(Sentence("{what}: {span}", told))
    return found


_LASTING = r.VisitRow | r.TurnRow | r.RoomTurnRow | r.IssueRow | r.PauseRow | r.AttendanceRow


def _counted(before: State, after: State, now: int) -> list[Sentence]:
    """Return which questions count as asked otherwise, and how many quotes lie outside the recording otherwise."""
    was, becomes = ({row.id for row in asked_before(state)} for state in (before, after))
    found = []
    for template, ids in (
        (N_("count as asked then: {items}"), becomes - was),
        (N_("count as asked no longer: {items}"), was - becomes),
    ):
        if ids:
            rows = sorted((after.guide[one] for one in ids), key=lambda row: row.position)
            found.append(Sentence(template, {"items": ", ".join(row.number or row.title for row in rows)}))
    outside, now_outside = len(uncovered_quotes(before)), len(uncovered_quotes(after))
    if outside != now_outside:
        told = {"n": now_outside, "before": outside}
        found.append(Sentence("quotes outside the recording then: {n} (now {before})", told))
    return found
