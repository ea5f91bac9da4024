"""The search of the live list: which notes hold what is typed, at every key, however many there are."""

from __future__ import annotations

from itertools import islice

from kring.domain.history import Change
from kring.domain.rows import NoteRow
from kring.domain.text import folded
from kring.review.haystacks import Haystacks
from kring.session.session import Session
from kring.ui.views import notes

AT_ONCE = 500
"""Notes that are made ready between two keys, unseen."""
TOLD_BY = frozenset(("participants", "guide"))
"""The tables that say something of what a note is found by."""


class NoteSearch:
    """What the notes are searched for: words that may stand anywhere in a note; one that was removed is never found."""

    def __init__(self, session: Session) -> None:
        self.wanted = ""
        self._session = session
        self._hays: Haystacks[str] = Haystacks()
        self._last: tuple[str, list[str]] = ("", [])

    def keeps(self, note: NoteRow) -> bool:
        """Whether a note is shown."""
        sealed = self._session.sealing.row(note)
        return note.removed_at is None and notes.matches(self._session.state, sealed, self.wanted)

    def ids(self) -> list[str]:
        """Return the ids of all notes that are shown, in order of arrival."""
        parts = folded(self.wanted).split()
        if not parts:
            return [note.id for note in self._session.state.notes.values() if note.removed_at is None]
        self._make_ready(len(self._session.state.notes))
        before, ids = self._last
        found = ids if before and self.wanted.startswith(before) else None
        for part in parts:
            found = self._hays.holding(part, found)
        self._last = self.wanted, found or []
        return self._last[1]

    def take_in(self, change: Change, is_late: bool = False) -> None:
        """Take in what changed, before the list does; `is_late` = a note came in before others."""
        rows = (*change.rows, *change.gone)
        if change.gone or is_late or not TOLD_BY.isdisjoint(row.TABLE for row in rows):
            self._hays.clear()
        for row in change.rows:
            if isinstance(row, NoteRow) and row.id in self._hays:
                self._put(row)
        self._last = ("", [])

    @property
    def is_prepared(self) -> bool:
        """Whether the next search needs nothing more."""
        return len(self._hays) >= len(self._session.state.notes)

    def prepare(self) -> None:
        """Do a little of what the next search needs; for when nothing else is to be done."""
        self._make_ready(AT_ONCE)

    def _make_ready(self, most: int) -> None:
        rows = self._session.state.notes
        if len(self._hays) < len(rows):
            ready = len(self._hays)  # the first ones: they are taken in as they came
            for note in islice(rows.values(), ready, ready + most):
                self._put(note)

    def _put(self, note: NoteRow) -> None:
        sealed = self._session.sealing.row(note)
        hay = "" if note.removed_at is not None else notes.searched(self._session.state, sealed)
        self._hays.put(note.id, hay)
