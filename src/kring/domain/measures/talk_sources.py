"""Who spoke by the hand log and by the transcripts of other programs, side by side, and how far the two agree.

A transcript has a turn wherever one speaker goes on with less than two seconds between. Agreement is told per second of
the stretch that both sources cover: the seconds in the middle of which both, or only one, has somebody speak, and
Cohen's kappa over these seconds (`measures/agreement.py`), per person over speaking or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from kring.domain.measures.agreement import Agreement, agreement
from kring.domain.measures.talk import NOBODY, Spoken, interruptions, spoken, talk, uninterrupted_ms
from kring.domain.rows import Moment, PlatformStayRow, Row, TranscriptRow, TurnKind, TurnRow
from kring.domain.state import State
from kring.domain.state.row_table import Rows
from kring.domain.stretches import Stretch, united

PAUSE_MS = 2_000
"""A speaker who goes on within this still has the same turn: what the programs leave between two lines."""
SECOND_MS = 1_000
MOST_S = 24 * 3_600


class Compared(msgspec.Struct, frozen=True):
    """How long somebody speaks by the log, by the transcript and by both, in whole seconds of what both cover."""

    who: str
    """A participant's code, or `moderator`."""
    log_s: int
    transcript_s: int
    both_s: int
    agreed: Agreement


class Comparison(msgspec.Struct, frozen=True):
    """The hand log beside the transcript, from and to (epoch ms), for everybody and as a whole."""

    begin_ms: int
    end_ms: int
    people: tuple[Compared, ...]
    agreed: Agreement


def of_files(state: State) -> list[TranscriptRow]:
    """Return what was said by the files that were brought in, in order of time."""
    files = {row.id for row in state.imports.values() if row.kind == "file"}
    rows = (row for row in state.transcript.values() if row.removed_at is None and row.import_id in files)
    return sorted(rows, key=lambda row: (row.started_at, row.id))


def used_words(state: State) -> list[TranscriptRow]:
    """Return the one transcript of which reports and exports take what was said.

    Where the report uses what files say it is theirs; else the draft of this computer, where there is one.
    """
    files = of_files(state)
    known = {row.id for row in files}
    drafts = [row for row in state.transcript.values() if row.removed_at is None and row.id not in known]
    if files and (state.session.speech_source == "transcript" or not drafts):
        return files
    return drafts


def has_speakers(state: State) -> bool:
    """Whether files say of anybody known that they spoke."""
    return any(_speaker(row) is not None for row in of_files(state))


def _speaker(row: TranscriptRow) -> str | None:
    return row.participant or ("moderator" if row.speaker_kind == "moderator" else None)


def turns_of(state: State, rows: Iterable[TranscriptRow]) -> list[TurnRow]:
    """Return the turns of which lines of a transcript are parts; each has the id of its first line."""
    found: list[TurnRow] = []
    last: dict[tuple[str | None, TurnKind, str], int] = {}  # of each speaker the place of their turn
    for row in rows:
        kind: TurnKind = "participant" if row.participant else row.speaker_kind or "unknown"
        speaker = (row.participant, kind, row.label)
        place = last.get(speaker)
        before = found[place] if place is not None else None
        if before is not None and before.ended_at is not None and row.started_at - before.ended_at <= PAUSE_MS:
            found[place or 0] = _turn(state, before.id, speaker, before.started_at, max(before.ended_at, row.ended_at))
            continue
        last[speaker] = len(found)
        found.append(_turn(state, row.id, speaker, row.started_at, row.ended_at))
    return found


def _turn(
    state: State, turn_id: str, speaker: tuple[str | None, TurnKind, str], began: Moment, ended: Moment
) -> TurnRow:
    participant, kind, _label = speaker
    begun = state.session.started_at
    return TurnRow(
        id=turn_id,
        kind=kind,
        participant=participant,
        item=_item_at(state, began),
        started_at=began,
        ended_at=ended,
        t=None if begun is None or began < begun else (began - begun) / 1000,
        duration_s=(ended - began) / 1000,
    )


def _item_at(state: State, at: int) -> str | None:
    visits = [visit for visit in state.visits.values() if visit.started_at <= at <= (visit.ended_at or at)]
    return max(visits, key=lambda visit: visit.started_at).item if visits else None


def by_transcript(state: State) -> State:
    """Return the state as it would be if the turns of the transcript had been logged by hand."""
    turns: Rows[Row] = Rows({turn.id: turn for turn in turns_of(state, of_files(state))})
    return State(state.tables | {TurnRow.TABLE: turns}, state.last_note, state.taken_out, state.withdrawn)


def as_reported(state: State) -> State:
    """Return the state with the turns that the researcher chose for the report."""
    is_chosen = state.session.speech_source == "transcript" and has_speakers(state)
    return by_transcript(state) if is_chosen else state


def compared(state: State, now: int) -> Comparison | None:
    """Return how the hand log and the transcript agree; None where there is nothing that both cover."""
    log = {who: one for who, one in spoken(state, now).items() if who != "silence"}
    file = spoken(by_transcript(state), now)
    both = [_reach(source.values()) for source in (log, file)]
    begin, end = max(one for one, _end in both), min(one for _begin, one in both)
    count = min((end - begin) // SECOND_MS, MOST_S)
    if count <= 0:
        return None
    names = [*state.participants, "moderator"]
    heard = {
        who: (_seconds(log.get(who, NOBODY), begin, count), _seconds(file.get(who, NOBODY), begin, count))
        for who in names
        if who in log or who in file
    }
    people = [_compared(who, *sources) for who, sources in heard.items()]
    whole = zip(_speakers(heard, 0, count), _speakers(heard, 1, count), strict=True)
    return Comparison(begin, end, tuple(people), agreement(whole))


def _reach(sources: Iterable[Spoken]) -> tuple[int, int]:
    known = [one for one in sources if one.begins]
    return min((one.begins[0] for one in known), default=0), max((one.ends[-1] for one in known), default=0)


def _seconds(one: Spoken, begin: int, count: int) -> bytearray:
    """Return for each second whether somebody speaks in its middle."""
    found = bytearray(count)
    for start, end in one.stretches:
        first = max(0, -((begin + SECOND_MS // 2 - start) // SECOND_MS))
        last = max(first, min(count, -((begin + SECOND_MS // 2 - end) // SECOND_MS)))
        found[first:last] = b"\x01" * (last - first)
    return found


def _compared(who: str, log: bytearray, file: bytearray) -> Compared:
    both = sum(map(int.__and__, log, file))
    return Compared(who, sum(log), sum(file), both, agreement(zip(map(bool, log), map(bool, file), strict=True)))


def _speakers(heard: dict[str, tuple[bytearray, bytearray]], source: int, count: int) -> list[tuple[str, ...]]:
    """Return who speaks in each second by one source."""
    return [tuple(who for who, sources in heard.items() if sources[source][place]) for place in range(count)]


def in_meeting_ms(state: State, now: int) -> dict[str, int]:
    """Return how long each participant was in the meeting during the talk, by the platform's own list.

    Several devices of one person count once, breaks and pauses not at all; the waiting room is not the meeting. Of who
    has one row from first to last, with a length that is shorter, no more than that counts.
    """
    whole, standstills = talk(state, now), interruptions(state, now)
    stays: dict[str, list[tuple[float, float]]] = {}
    away_ms: Counter[str] = Counter()
    for row in state.platform_stays.values():
        if row.participant is None or row.in_waiting_room or (stay := _stay(row, whole[1])) is None:
            continue
        begin, end = max(stay[0], whole[0]), min(stay[1], whole[1])
        if begin < end:
            stays.setdefault(row.participant, []).append((begin, end))
            if row.ended_at is not None and row.duration_s is not None:
                away_ms[row.participant] += max(0, stay[1] - stay[0] - round(row.duration_s * 1000))
    there = {who: [(round(begin), round(end)) for begin, end in united(those)] for who, those in stays.items()}
    return {who: max(0, round(uninterrupted_ms(those, standstills)) - away_ms[who]) for who, those in there.items()}


def _stay(row: PlatformStayRow, over: int) -> Stretch | None:
    """Return from when to when somebody was in the meeting; an end that is left open follows from the length."""
    lasted_ms = None if row.duration_s is None else round(row.duration_s * 1000)
    if row.started_at is None:
        return None if row.ended_at is None or lasted_ms is None else (int(row.ended_at) - lasted_ms, int(row.ended_at))
    begin = int(row.started_at)
    if row.ended_at is not None:
        return begin, int(row.ended_at)
    return begin, over if lasted_ms is None else begin + lasted_ms
