"""How putting right is typed: kinds of what was logged, and what is said of one."""

from __future__ import annotations

from kring.commands.command import Shown
from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.decide import Decision, Facts, adding, righting
from kring.domain.events import Event
from kring.domain.evolve.group.polls import answer_id
from kring.domain.state import State
from kring.domain.text import Refused
from kring.domain.time_text import read_when
from kring.domain.words import Marked, span_of

WORDS: dict[str, tuple[str, str]] = {
    "visits": ("question", "vraag"),
    "turns": ("turn", "beurt"),
    "room_turns": ("room-turn", "kamerbeurt"),
    "pauses": ("pause", "pauze"),
    "attendance": ("attendance", "aanwezigheid"),
    "issues": ("issue", "probleem"),
    "answers": ("answer", "antwoord"),
    "showings": ("stimulus", "stimulus"),
    "asked": ("asked", "gesteld"),
    "skipped": ("skipped", "overgeslagen"),
    "recordings": ("recording", "opname"),
    "session": ("end", "einde"),
}
"""The tables in which stands what can be put right, and how each is called in English and in Dutch."""
KINDS = {word: table for table, words in WORDS.items() for word in words} | {"storing": "issues"}
REMOVE = ("remove", "weg")


def put_right(wrong: str = "", change: str = "", why: str = "") -> Decision:
    """Put right what is named by its table and its id."""
    return decided(_target(wrong), change, why)


def shown(state: State, now: int, wrong: str, change: str, why: str = "") -> Shown:
    """Return what would be put right and what follows; `-2m` stays two minutes before this moment."""
    decide = put_right(wrong, change, why)
    what, follows, after = righting.preview(state, now, decide(state, now))
    return Shown([what, *follows], lambda later, _now: decide(later, now), after)


def _target(wrong: str) -> righting.Target:
    table, _slash, row = wrong.partition("/")
    return righting.Target(table, row)


def made_by(event: Event | None) -> righting.Target:
    """Return what an act made, of which the time can be put right."""
    fact = event.fact if event is not None else None
    if event is not None and type(fact) in _MADE:
        return righting.Target(_MADE[type(fact)], event.id)
    match fact:
        case f.RecordingStarted(source="platform") if event is not None:
            return righting.Target("recordings", event.id)
        case f.AttendanceChanged(others=0) if event is not None:
            return righting.Target("attendance", event.id)
        case f.AnswerGiven(others=0, poll=poll, participant=participant, round=number):
            return righting.Target("answers", answer_id(poll, participant, number))
        case f.StimulusShown() if event is not None:
            return righting.Target("showings", event.id)
        case f.ItemMarkedAsked(item=item, asked=True):
            return righting.Target("asked", item)
        case f.ItemSkipped(item=item):
            return righting.Target("skipped", item)
        case f.RowMoved(table=moved, row=row):
            return righting.Target(moved, row)
    raise Refused("The time of your last act cannot be put right so; put right what it made.")


_MADE: dict[type, str] = {
    f.ItemOpened: "visits",
    f.FloorGiven: "turns",
    f.SessionPaused: "pauses",
    f.PauseAdded: "pauses",
    f.IssueOpened: "issues",
}


def rows_of(state: State, table: str) -> list[r.Row | Marked]:
    """Return what can be put right of a table, in order of time."""
    rows: list[r.Row | Marked]
    match table:
        case "asked" | "skipped":
            rows = [*righting.marked(state, table)]
        case "turns":
            rows = [*state.alive_turns]
        case "recordings":
            rows = [one for one in state.recordings.values() if one.source == "platform"]
        case "session":
            rows = [state.session] if state.session.ended_at is not None else []
        case _:
            rows = [*getattr(state, table).values()]
    return sorted(rows, key=lambda row: span_of(row)[0] or 0)


def decided(target: righting.Target, change: str, why: str = "") -> Decision:
    """Return what putting right decides: a moment or two, `remove`, or what or whom it was."""

    def decide(state: State, now: int) -> Facts:
        if not target.row:
            return _added(state, now, target, change, why)
        if not change:
            raise Refused("Say its time, whom or what it was, or remove.")
        if change.casefold() in REMOVE:
            return righting.remove(state, now, target, why)
        moments = _moments(state, now, change)
        if moments is None:
            return righting.reassign(state, now, target, change, why)
        began, ended = moments
        if target.table == "session":
            if ended is not None:
                raise Refused("It has one moment; say only that.")
            began, ended = None, began
        return righting.move(state, now, target, began, ended, why)

    return decide


def _moments(state: State, now: int, change: str) -> tuple[int | None, int | None] | None:
    """Return a begin, or a begin and an end, such as `20:14` or `20:14-20:16`; None where it's no time."""
    whole = read_when(change)
    if whole is not None:
        return whole.moment(state, now), None
    begin, _dash, end = change.replace("–", "-").partition("-")
    first, last = read_when(begin.strip()), read_when(end.strip())
    if last is None or (first is None and begin.strip()):
        return None
    return first.moment(state, now) if first is not None else None, last.moment(state, now)


def _added(state: State, now: int, target: righting.Target, change: str, why: str) -> Facts:
    what, _space, time = change.strip().rpartition(" ")
    moments = _moments(state, now, time)
    if moments is None or moments[0] is None:
        raise adding.type_it_so(target.table)
    return adding.put_in(state, now, target.table, what, moments[0], moments[1], why)
