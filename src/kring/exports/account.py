"""The session as tools for analysis want it: who spoke from when to when with which words, and what was noted.

All times are milliseconds on the session's clock, so below zero before it started.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.consent import WORD_FOR_WORD
from kring.domain.guide_items import question_of
from kring.domain.measures.talk_sources import used_words
from kring.domain.measures.talk_time import in_order
from kring.domain.state import State
from kring.domain.stretches import Touching, stretch_of, united
from kring.domain.text import clean, folded, one_line
from kring.domain.words import NOTE_WORDS, SPEAKER_WORDS
from kring.privacy.snapshot import Snapshot
from kring.privacy.speech import Said, noted, said
from kring.system.i18n import _

_MOST_IN_LABEL = 120
_MOST_IN_NAME = 63  # MAXQDA takes no longer text before a colon for a speaker


class Piece(NamedTuple):
    """Some words, and when they were said; a paraphrase has them in those of who noted it."""

    text: str
    at_ms: int
    is_paraphrase: bool = False


class Spoken(msgspec.Struct, frozen=True):
    """One person speaking: a turn of the log, or a stretch of the transcript that is in no turn.

    `who` is a participant's code or the kind of speaker, `speaker` what that is called; `pieces` is what was said.
    """

    id: str
    who: str
    speaker: str
    item: str | None
    start_ms: int
    end_ms: int
    at: r.Moment
    logged_by: str
    pieces: tuple[Piece, ...]
    is_turn: bool = True

    @property
    def text(self) -> str:
        """Return what was said, empty where nobody wrote it down."""
        return "\n".join(piece.text for piece in self.pieces)


class Unique:
    """Names that were given out: a name of before comes back with a number, as programs want each once."""

    def __init__(self, form: str = "{} ({})") -> None:
        self._form = form
        self._given: set[str] = set()

    def take(self, name: str, otherwise: str) -> str:
        """Return a name that nothing else bears."""
        wanted = short_label(name) or otherwise
        found, number = wanted, 1
        while folded(found) in self._given:
            number += 1
            found = self._form.format(wanted, number)
        self._given.add(folded(found))
        return found


def zero(state: State) -> int:
    """Return where the session's clock stands at zero, epoch ms."""
    return int(state.session.started_at or state.session.created_at or 0)


def spoken(snapshot: Snapshot) -> list[Spoken]:
    """Return who spoke when, in order; silences are left out."""
    state = snapshot.state
    turns = [turn for turn in in_order(state) if turn.kind != "silence"]
    words = _words_in_turns(snapshot)
    found = [_of_turn(snapshot, turn, words.get(turn.id, ())) for turn in turns]
    found += [_of_draft(snapshot, draft) for draft in used_words(state) if draft.turn not in state.turns]
    return sorted(found, key=lambda one: (one.at, one.id))


def paragraphs(snapshot: Snapshot, lines: Iterable[Spoken]) -> list[Spoken]:
    """Return what was said in words, in order of the first of them: in these lines, and quotes that are in no turn."""
    found = [line for line in lines if line.pieces]
    found += [_of_quote(snapshot, words) for words in said(snapshot) if words.note is not None and words.turn is None]
    return sorted(found, key=lambda one: (one.pieces[0].at_ms, one.id))


def notes(state: State) -> list[r.NoteRow]:
    """Return the notes in order of what they are about."""
    return sorted(state.notes.values(), key=lambda note: (note.at, note.id))


def speaker_of(note: r.NoteRow) -> str | None:
    """Return whom a note is about: a participant's code, a kind of speaker, or nobody."""
    return note.participant or (note.speaker_kind if note.speaker_kind not in ("silence", "participant") else None)


def speakers(snapshot: Snapshot, lines: Iterable[Spoken]) -> Iterator[tuple[str, str]]:
    """Yield id and name of every participant, and of each other kind of speaker that is heard."""
    state = snapshot.state
    people = sorted(state.participants.values(), key=lambda person: (person.seat, person.id))
    for person in people:
        yield person.id, snapshot.who(person.id)
    heard = {line.who for line in lines} | {who for note in notes(state) if (who := speaker_of(note))}
    for kind in ("moderator", "crosstalk", "unknown"):
        if kind in heard:
            name = snapshot.speaker("moderator", None) if kind == "moderator" else _(SPEAKER_WORDS[kind])
            yield kind, name


def speaker_names(snapshot: Snapshot, lines: Iterable[Spoken]) -> dict[str, str]:
    """Return what each speaker is called before a colon: by a name of their own, without one in it, and not long."""
    names = Unique()
    return {
        who: names.take(name.replace(":", " ")[: _MOST_IN_NAME - 5].strip(), who)
        for who, name in speakers(snapshot, lines)
    }


def item_label(item: r.GuideRow) -> str:
    """Return what an item of the guide is called, on one line and no longer than a line."""
    return short_label(f"{item.number} {item.title}".strip() or item.id)


def short_label(text: str) -> str:
    """Return text as a name: on one line, cut where it goes on for long."""
    line = one_line(text)
    return line if len(line) <= _MOST_IN_LABEL else f"{line[: _MOST_IN_LABEL - 1]}…"


def item_of(state: State, item_id: str | None) -> r.GuideRow | None:
    """Return what of the guide has a time of its own in which an item stands: a question, an activity, or a section."""
    item = state.guide.get(item_id or "")
    return item if item is not None and item.kind in ("activity", "breakout") else question_of(state, item_id)


def visits(snapshot: Snapshot) -> Iterator[tuple[r.GuideRow, int, int]]:
    """Yield each item of the guide that was open, from and to, in order; where the talk paused it stood still."""
    state = snapshot.state
    start, last = zero(state), int(state.session.ended_at or snapshot.now)
    pauses = Touching(united(stretch_of(pause, last) for pause in state.pauses.values()), lambda pause: pause)
    for visit in sorted(state.visits.values(), key=lambda visit: (visit.started_at, visit.id)):
        item = item_of(state, visit.item)
        if item is None:
            continue
        begin, end = stretch_of(visit, last)
        end = min(end, last)
        for pause_begin, pause_end in sorted(pauses.touching(begin, end)):
            if begin < pause_begin:
                yield item, begin - start, int(pause_begin) - start
            begin = max(begin, int(pause_end))
        if begin < end:
            yield item, begin - start, end - start


def of_speaker(lines: Iterable[Spoken], who: str) -> list[Spoken]:
    """Return what one speaker said, in order; turns that overlap or adjoin are one, as in every figure.

    Adjoining turns of unknown speakers stay apart: they may be of different people.
    """
    found: list[Spoken] = []
    for line in sorted((line for line in lines if line.who == who), key=lambda line: line.start_ms):
        gap = line.start_ms - found[-1].end_ms if found else 1
        if gap < 0 or (gap == 0 and who != "unknown"):
            before = found[-1]
            pieces = (*before.pieces, *line.pieces)
            found[-1] = replace(before, end_ms=max(before.end_ms, line.end_ms), pieces=pieces)
        else:
            found.append(line)
    return found


def in_turns(stretches: Iterable[tuple[int, int]], least_ms: int) -> list[tuple[int, int]]:
    """Return stretches that follow each other as those did, none beginning before zero or before the last one ends.

    None is lost: one that leaves no room begins a millisecond after the one before it. They come in order of begin.
    """
    laid: list[tuple[int, int]] = []
    for wanted, until in stretches:
        begin = max(0, wanted)
        if laid:
            begin = max(begin, laid[-1][0] + 1)
            laid[-1] = (laid[-1][0], min(laid[-1][1], begin))
        laid.append((begin, max(until, begin + least_ms)))
    return laid


def _of_turn(snapshot: Snapshot, turn: r.TurnRow, pieces: Sequence[Piece]) -> Spoken:
    start = zero(snapshot.state)
    begin, end = stretch_of(turn, snapshot.now)
    return Spoken(
        id=turn.id,
        who=turn.participant or turn.kind,
        speaker=snapshot.speaker(turn.kind, turn.participant),
        item=turn.item,
        start_ms=begin - start,
        end_ms=end - start,
        at=turn.started_at,
        logged_by=turn.logged_by,
        pieces=tuple(pieces),
    )


def _of_draft(snapshot: Snapshot, draft: r.TranscriptRow) -> Spoken:
    start = zero(snapshot.state)
    kind = "unknown" if draft.speaker_kind is None or draft.speaker_kind == "silence" else draft.speaker_kind
    return Spoken(
        id=draft.id,
        who=draft.participant or kind,
        speaker=snapshot.speaker(kind, draft.participant),
        item=None,
        start_ms=draft.started_at - start,
        end_ms=max(draft.started_at, draft.ended_at) - start,
        at=draft.started_at,
        logged_by="",
        pieces=(Piece(clean(draft.text), draft.started_at - start),) if draft.text else (),
        is_turn=False,
    )


def _of_quote(snapshot: Snapshot, words: Said) -> Spoken:
    note = snapshot.state.notes[words.note or ""]
    start = zero(snapshot.state)
    return Spoken(
        id=f"said/{note.id}",
        who=speaker_of(note) or "unknown",
        speaker=words.speaker or _(SPEAKER_WORDS["unknown"]),
        item=note.item,
        start_ms=words.started_at - start,
        end_ms=words.ended_at - start,
        at=note.at,
        logged_by=note.author,
        pieces=(Piece(quoted(note), words.started_at - start),),
        is_turn=False,
    )


def _words_in_turns(snapshot: Snapshot) -> dict[str, list[Piece]]:
    """Return by turn what was said in it, in order: what the transcript has, else what was noted of it."""
    start = zero(snapshot.state)
    paraphrases = noted(snapshot, lambda note: note.kind == "paraphrase" and bool(note.text) and not note.stub)
    found: dict[str, list[Piece]] = {}
    for words in sorted([*said(snapshot), *paraphrases], key=lambda one: (one.started_at, one.ended_at, one.text)):
        if words.turn is not None:
            note = snapshot.state.notes.get(words.note or "")
            text = quoted(note) if note is not None else clean(words.text)
            is_paraphrase = note is not None and note.kind == "paraphrase"
            found.setdefault(words.turn, []).append(Piece(text, words.started_at - start, is_paraphrase))
    return found


def quoted(note: r.NoteRow) -> str:
    """Return a note's text, between quotation marks where it is word for word; first words alone are not."""
    return f"“{note.text}”" if note.kind in WORD_FOR_WORD and not note.stub else note.text


def note_word(note: r.NoteRow) -> str:
    """Return what a note is, and of the first words of a quote that it is to be completed."""
    return _(NOTE_WORDS[note.kind]) + (f" ({_('to be completed')})" if note.stub else "")
