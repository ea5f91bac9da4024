"""What one researcher looks at: the entries, the filter, the moment, and what is hidden from a second coder."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Literal

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.history import Change, History
from kring.domain.measures import agreement
from kring.domain.rows import CodingRow, MemoRow, NoteRow, TurnRow
from kring.domain.state import State
from kring.privacy.sealing import Sealing
from kring.review.checkpoints import Checkpoints
from kring.review.entries import Entry, entries_of, entry_id, place, timeline
from kring.review.filters import NOTHING, Filter, Sieve
from kring.review.minimap import Glance, Scale, Slots
from kring.review.search import Search

if TYPE_CHECKING:
    from kring.privacy.replaced import Doubt

Stop = Literal["hit", "mark", "star", "stub", "uncovered", "unknown", "code", "memo", "disputed"]
"""A sort of entry between which one jumps."""

OF_CODERS = (f.CodeAdded, f.Coded, f.CodedUntil, f.Uncoded, f.MemoWritten, f.MemoRemoved, f.TurnJudged, f.Undone)
"""What coders do, and what may take it back: out of sight of whoever codes blind."""
UNDER_TURNS = frozenset(("note", "transcript"))
"""What hangs under the turn in which it was said or noted."""
PARTS_TURNS = frozenset(("question", "silence", "pause", "session"))
"""What ends a turn for the eye: what comes after it doesn't hang under the turn before it."""
LOOKS_BACK = 40
"""Entries above one among which its turn is looked for."""
LOOKS_AROUND = 2_000
"""Entries around one among which notes of the same speaker are looked for."""
OF_ALL = frozenset(("session", "guide", "visits", "recordings", "segments", "rooms", "polls", "participants"))
"""The tables whose rows say something of entries that are not their own."""


class ReviewModel:
    """One person's reading of a session; the session itself is only looked at."""

    def __init__(self, history: History, me: str) -> None:
        self.me = me
        self.entries: list[Entry] = []
        self.filter: Filter = NOTHING
        self.at = 0
        self.stop: Stop = "mark"
        self.others_hidden = True
        """Whether what other coders did stays out of sight until it is asked for."""
        self.speakers_hidden = False
        """Whether the log's speakers are out of sight, for a second coder who judges the turns; see `hide_speakers`."""
        self._history = history
        self._sealing = Sealing(history)
        self._sieve = Sieve()
        self._search = Search("")
        self._slots = Slots()
        self._glance: tuple[object, Glance] | None = None
        self._bounds: tuple[int, tuple[int, int]] = (-1, (0, 0))
        self._hits: tuple[object, list[Entry], frozenset[str]] = (None, [], frozenset())
        self._known: dict[str, Entry] = {}
        self._codings: dict[str, list[CodingRow]] = {}
        self._memos: dict[str, list[MemoRow]] = {}
        self._marks_of: tuple[object, object] = (None, None)
        self._changes: dict[str, list[Event]] = {}
        self._changes_of: tuple[int, frozenset[str]] = (0, frozenset())
        self._board: tuple[int, int, State] | None = None
        self._checkpoints = Checkpoints(history)
        self.version = 0
        """Goes up whenever something is another one than it was."""
        self._shown: tuple[object, list[Entry]] = (None, [])
        self.read()

    @property
    def state(self) -> State:
        """Return what is true now."""
        return self._history.state

    def sealed_state(self) -> State:
        """Return what is true now without the names of who withdrew, also in what others wrote."""
        return self._sealing.state(self.state)

    def doubts(self) -> tuple[Doubt, ...]:
        """Return the words in the texts of which it is not sure that they name somebody, of anybody here or before."""
        from kring.privacy.redaction import doubts

        return doubts(self.sealed_state(), self._history)

    def read(self) -> None:
        """Take in all that is true now; an entry that is as it was stays the same object."""
        known = self._known
        self.entries = [_same(known.get(entry.id), entry) for entry in timeline(self.sealed_state())]
        self._known = {entry.id: entry for entry in self.entries}
        for known_id, entry in known.items():
            if self._known.get(known_id) is not entry:
                self._sieve.forget(known_id)
                self._slots.drop(entry)
        for entry in self.entries:
            if known.get(entry.id) is not entry:
                self._slots.put(entry)
        self._read_marks()

    def take_in(self, change: Change) -> bool:
        """Take in what changed; return whether other entries than before stand on the timeline, or elsewhere.

        What says of the others where they belong or whether they were recorded has all read anew.
        """
        rows = (*change.rows, *change.gone)
        tables = {row.TABLE for row in rows}
        if tables & {"participants", "guide"}:
            self._sieve.forget_all()  # names and numbers are searched too
        if change.gone or tables & OF_ALL:
            self.read()
            return True
        before = [old for row in rows if (old := self._known.get(entry_id(row))) is not None]
        after = entries_of(self.state, [self._sealing.row(row) for row in rows])
        moved = [place(one) for one in before] != [place(one) for one in after]
        for old in before:
            del self.entries[bisect_left(self.entries, place(old), key=place)]
            del self._known[old.id]
            self._sieve.forget(old.id)
            self._slots.drop(old)
        for new in after:
            self._slots.put(new)
            insort(self.entries, new, key=place)
            self._known[new.id] = new
        self._read_marks()
        return moved

    def _read_marks(self) -> None:
        """Take in codes, memos and corrections, which stand with what they are on."""
        self.version += 1
        codings, memos = self.state.codings, self.state.memos
        if self._marks_of[0] is not codings:
            self._codings = {}
            for coding in codings.values():
                if coding.removed_at is None:
                    self._codings.setdefault(agreement.unit_of(coding), []).append(coding)
        if self._marks_of[1] is not memos:
            self._memos = {}
            for memo in memos.values():
                if memo.removed_at is None:
                    self._memos.setdefault(_unit(memo.note, memo.turn, memo.code), []).append(memo)
        self._marks_of = codings, memos
        self._read_changes()

    def _read_changes(self) -> None:
        events, void = self._history.events, self._history.void
        done, seen_void = self._changes_of
        if seen_void is not void or done > len(events):
            self._changes, done = {}, 0
        for event in events[done:]:
            if event.id not in void:
                for row_id in _changed_by(event.fact):
                    self._changes.setdefault(row_id, []).append(event)
        self._changes_of = (len(events), void)

    def prepare(self) -> None:
        """Do a little of what the next search and the next jump in time need; for when nothing else is to be done."""
        if not self._checkpoints.prepare():
            self._sieve.prepare(self.state, self.entries)

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry of this id."""
        return self._known.get(entry_id)

    def begin(self) -> int:
        """Return when the session's clock began: its start, else the first entry."""
        return int(self.state.session.started_at or (self.entries[0].at if self.entries else 0))

    def bounds(self) -> tuple[int, int]:
        """Return the first and the last moment of which anything is known."""
        if not self.entries:
            return self.at, self.at
        if self._bounds[0] != self.version:
            last = max(entry.until or entry.at for entry in self.entries)
            self._bounds = (self.version, (self.entries[0].at, last))
        return self._bounds[1]

    def glance(self, columns: int) -> Glance:
        """Return the session at a glance, from its start to its end or the last entry, in so many columns."""
        key = (self.version, columns)
        if self._glance is None or self._glance[0] != key:
            end = int(self.state.session.ended_at or self.bounds()[1])
            self._glance = key, self._slots.glance(Scale(self.begin(), end, columns))
        return self._glance[1]

    @property
    def search(self) -> Search:
        """What is searched for: lit wherever it stands, whether or not only hits are shown."""
        return self._search

    @property
    def words(self) -> str:
        """The words that are searched for, as they were typed."""
        return self._search.typed

    @words.setter
    def words(self, typed: str) -> None:
        if typed != self._search.typed:
            self._search = Search(typed)

    def hits(self) -> list[Entry]:
        """Return the entries that hold the words that are searched for."""
        return self._found()[1]

    def is_hit(self, entry: Entry) -> bool:
        """Whether an entry holds the words that are searched for."""
        return entry.id in self._found()[2]

    def _found(self) -> tuple[object, list[Entry], frozenset[str]]:
        key = (self.words, self.version, self.speakers_hidden)
        if self._hits[0] != key:
            found: list[Entry] = []
            if self.words.split():
                wanted = NOTHING._replace(words=self.words)
                is_shown = self.filter == wanted  # while it is typed
                found = self.shown() if is_shown else self._sieve.kept(self.state, self.entries, wanted, self.codes_on)
            self._hits = (key, found, frozenset([entry.id for entry in found]))
        return self._hits

    def turn_over(self, entry: Entry) -> Entry | None:
        """Return the turn in which something was noted, where that stands right above it on the whole timeline."""
        if entry.kind not in UNDER_TURNS or self.filter != NOTHING:
            return None
        here = bisect_left(self.entries, place(entry), key=place)
        for before in reversed(self.entries[max(here - LOOKS_BACK, 0) : here]):
            if before.kind == "turn":
                return before
            if before.kind in PARTS_TURNS:
                return None
        return None

    def notes_around(self, entry: Entry, most: int) -> tuple[list[Entry], list[Entry]]:
        """Return what was noted of the same speaker last before an entry, and first after it, in order of time."""
        here = bisect_left(self.entries, place(entry), key=place)
        before = self._notes_of(entry, range(here - 1, max(here - LOOKS_AROUND, 0) - 1, -1), most)
        after = self._notes_of(entry, range(here + 1, min(here + LOOKS_AROUND, len(self.entries))), most)
        return before[::-1], after

    def _notes_of(self, entry: Entry, places: range, most: int) -> list[Entry]:
        theirs = (
            one for one in map(self.entries.__getitem__, places) if one.kind == "note" and one.speaker == entry.speaker
        )
        return list(islice((one for one in theirs if one.text), most))

    def question_at(self, at: int) -> Entry | None:
        """Return the question or section that was opened last before a moment."""
        count = bisect_right(self.entries, at, key=lambda entry: entry.at)
        places = range(count - 1, -1, -1)
        return next((self.entries[place] for place in places if self.entries[place].kind == "question"), None)

    def move_to(self, at: int) -> None:
        """Go to a moment of the session; past its begin or end there is nothing."""
        first, last = self.bounds()
        self.at = min(max(at, first), last)

    def board(self) -> State:
        """Return the state as it stood at this moment, as it was known then."""
        count = len(self._history.events)
        if self._board is None or self._board[:2] != (self.at, count):
            self._board = (self.at, count, self._sealing.state(self._checkpoints.at(self.at)))
        return self._board[2]

    def hide_speakers(self, hidden: bool) -> None:
        """Put who speaks in the log out of sight, of search and of filters; or show it again."""
        self.speakers_hidden = hidden
        self._sieve.hide_speakers(hidden)
        if hidden:
            self.filter = self.filter._replace(speaker="")
            self.stop = "mark" if self.stop == "unknown" else self.stop

    def keeper(self) -> Callable[[Entry], bool] | None:
        """Return what tells whether an entry is shown, None when all are."""
        if self.filter == NOTHING:
            return None
        ids = {entry.id for entry in self.shown()}
        return lambda entry: entry.id in ids

    def shown(self) -> list[Entry]:
        """Return the entries that the filter lets through."""
        key = (self.filter, self.version, self.others_hidden, self.speakers_hidden)
        if self._shown[0] != key:
            self._shown = (key, self._sieve.kept(self.state, self.entries, self.filter, self.codes_on))
        return self._shown[1]

    def codings_on(self, entry: Entry) -> list[CodingRow]:
        """Return the codes on an entry that this reader may see."""
        return [one for one in self._codings.get(entry.id, ()) if one.coder == self.me or not self.others_hidden]

    def codes_on(self, entry: Entry) -> tuple[str, ...]:
        """Return the ids of the codes on an entry that this reader may see."""
        return tuple([one.code for one in self.codings_on(entry)])

    def memos_on(self, entry: Entry) -> list[MemoRow]:
        """Return the memos on an entry that this reader may see; those on the session stand at its own rows."""
        return self._memos_seen("session" if entry.kind == "session" else entry.id)

    def memos_about(self, note: str | None = None, turn: str | None = None, code: str | None = None) -> list[MemoRow]:
        """Return the memos on a note, a turn, a code or, without any, the session that this reader may see."""
        return self._memos_seen(_unit(note, turn, code))

    def _memos_seen(self, unit: str) -> list[MemoRow]:
        return [one for one in self._memos.get(unit, ()) if one.author == self.me or not self.others_hidden]

    def other_coders(self) -> list[str]:
        """Return who else coded or judged in this file."""
        names = [*agreement.coders(self.state), *agreement.judges(self.state)]
        return [name for name in dict.fromkeys(names) if name != self.me]

    def may_tell(self, event: Event) -> bool:
        """Whether what somebody else did may be told to this reader, who may be working blind."""
        return not self.speakers_hidden and not (self.others_hidden and isinstance(event.fact, OF_CODERS))

    def changes_of(self, entry: Entry) -> list[Event]:
        """Return what changed an entry after it was logged, in order."""
        return self._changes.get(entry.row.id, []) if entry.row is not None else []

    def stubs(self) -> list[NoteRow]:
        """Return the quotes that are to be completed, in order of time."""
        return [entry.row for entry in self.entries if entry.stub and isinstance(entry.row, NoteRow)]

    def jump(self, step: int, entry: Entry | None = None) -> Entry | None:
        """Return the next (1) or the previous (-1) entry of the sort that is jumped between, None where none is.

        From an entry on, where the reader stands on one, else from this moment.
        """
        shown = self.shown()
        if entry is not None and entry.at == self.at:
            before, after = (side(shown, place(entry), key=place) for side in (bisect_left, bisect_right))
        else:
            before, after = (side(shown, self.at, key=lambda one: one.at) for side in (bisect_left, bisect_right))
        places = range(after, len(shown)) if step > 0 else range(before - 1, -1, -1)
        return next((shown[at] for at in places if self._stops_at(shown[at])), None)

    def _stops_at(self, entry: Entry) -> bool:
        flags = {"mark": entry.is_mark, "star": entry.starred, "stub": entry.stub, "uncovered": entry.not_covered}
        match self.stop:
            case "hit":
                return self.is_hit(entry)
            case "unknown":
                is_unknown = isinstance(entry.row, TurnRow) and entry.speaker == "unknown"
                return is_unknown and not self.speakers_hidden
            case "code":
                return bool(self.codes_on(entry))
            case "memo":
                return bool(self.memos_on(entry))
            case "disputed":
                return isinstance(entry.row, TurnRow) and self._is_disputed(entry.row.id)
            case flag:
                return flags[flag]

    def _is_disputed(self, turn: str) -> bool:
        mine = agreement.heard(self.state, turn, self.me)
        others = [] if self.speakers_hidden else [agreement.LOG]
        others += [] if self.others_hidden else [one for one in agreement.judges(self.state) if one != self.me]
        heard = (agreement.heard(self.state, turn, other) for other in others)
        return bool(mine) and any(other and other != mine for other in heard)

    def upcoming(self) -> Entry | None:
        """Return the first entry that is shown from this moment on, else the last one."""
        shown = self.shown()
        return next((entry for entry in shown if entry.at >= self.at), shown[-1] if shown else None)

    def entry_now(self) -> Entry | None:
        """Return the last entry that is shown and began at this moment or before it."""
        shown = self.shown()
        count = bisect_right(shown, self.at, key=lambda entry: entry.at)
        return shown[count - 1] if count else None


def _changed_by(fact: f.Fact | None) -> tuple[str, ...]:
    match fact:
        case f.NoteChanged() | f.NoteRaised() | f.NoteHeard():
            return (fact.note,)
        case f.TurnNamed() | f.TurnMoved() | f.TurnSplit():
            return (fact.turn,)
        case f.RowMoved() | f.RowReassigned():
            return (fact.row,)
        case f.TurnsMerged():
            return (fact.turn, fact.other)
    return ()


def _same(before: Entry | None, entry: Entry) -> Entry:
    return before if before is not None and before == entry else entry


def _unit(note: str | None, turn: str | None, code: str | None) -> str:
    for table, target in (("notes", note), ("turns", turn), ("codes", code)):
        if target:
            return f"{table}/{target}"
    return "session"
