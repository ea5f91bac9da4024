"""Events of another copy of a session, taken into a file in whatever order they come, once each; and read for others.

Whoever brings them - a cable, a file - needs no place in the session: nobody joins, and no clock is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain.history import Change, History
from kring.domain.rows import AttachmentRow
from kring.domain.text import N_, Sentence
from kring.session.copies.foreign_line import name_of, sealed_of
from kring.store import files, verify
from kring.store.attached import kept_files
from kring.store.derived import history_of
from kring.store.event_line import EventLine, StoredEvent, known_among, lines_at, read_event
from kring.store.guard import Condition
from kring.store.relocate import condition_of
from kring.store.store import NotSaved, Store
from kring.store.tables import all_rows

Execute = Callable[..., Any]
Also = Callable[[Execute], object]
Sort = Literal["new", "known", "to_erase"]

OBSERVER = "observer"
OF_OBSERVERS = f.ObserverQuestionAsked | f.BackRoomTalked
"""What who only watches may do; of what a newer kring lets them do this one knows nothing, and it changes nothing."""
AT_A_TIME = 200
"""Events to be taken at a time where somebody may work in the file: a computer that does nothing else holds it for some
3 to 7 ms to write them."""
TRIES = 5
"""How often what events change is worked out while nobody is held up; then with the file held."""


class Declined(msgspec.Struct, frozen=True):
    """A line that was not taken, its event's id ("" where it has none), and why."""

    event: str
    why: Sentence


class Arrived(msgspec.Struct, frozen=True):
    """What became of the lines that came: the ids of events that are new here, that were known, that were erased here
    because they were there, and the lines that were not taken.
    """

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    declined: tuple[Declined, ...] = ()


class Arrivals:
    """The door of a session file for events of other copies; a store of its own, beside whoever works in the file."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._worked_out: Change | None = None
        """What the lines change that are being taken in, as far as that was worked out before somebody acted."""
        with store.reading():
            self.history = store.begun()
        self._catch_up()

    @classmethod
    def at(cls, path: Path) -> Arrivals:
        """Open the door of a file; raises KringError where it can't be opened to be written."""
        store = files.open_(path)
        if store.mode == "read":
            store.close()
            raise store.note or NotSaved("NOT SAVED: this file is opened for reading only.")
        return cls(store)

    def take(self, told: Iterable[object], also: Also | None = None, files: Sequence[bytes] = ()) -> Arrived:
        """Take in lines of another copy, by the names of `EventLine`; they are in the file when this returns.

        In one transaction come the events, the rows that they change, kept `files` that a row names, and whatever
        `also` writes with the `execute` that it is given; any of it or nothing. Whoever has the file open hears of
        them at its next look, in their place in the canonical order.

        A line whose id is there is known and changes nothing, unless its data was erased: then it is erased here too.
        A line that says no event, was changed on its way, says something else under an id that is there, or is of
        another session, is declined and the others are taken. A kind or a version that is newer than this kring is kept
        as it is and changes nothing. Whether the chains of the computers hold is not looked at: lines may come in any
        order, and `verify` says what is missing. An order that runs ahead is taken over; moments are not moved by it.

        What the lines change is worked out before the file is held, and gone on with where somebody acts meanwhile:
        with `AT_A_TIME` lines it is then held for a few ms. Lines that are late by n events cost the folding of n (some
        20 µs each) here, and once again in every process that has the file open. Raises NotSaved where nothing could
        be written, and NotRead.
        """
        sealed, declined = united(told, self.history.state.session.id)
        self._worked_out = None
        for left in reversed(range(TRIES)):
            arrived = self._try(sealed, declined, also, files, is_last=not left)
            if arrived is not None:
                return arrived
        raise AssertionError("the last try takes what came meanwhile")

    def arrived_after(self, seq: int) -> list[tuple[str, int]]:
        """Return the ids of the events that arrived after a place in the order of arrival, and their places, own ones
        and others'; what is read may be older than what another process writes just now.
        """
        with self.store.reading():
            found = self.store.connection.execute("select id, seq from events where seq > ? order by seq", (seq,))
            return found.fetchall()

    def lines_at(self, seqs: Iterable[int]) -> list[EventLine]:
        """Return the lines that arrived at these places."""
        with self.store.reading():
            return lines_at(self.store.connection.execute, seqs)

    def close(self) -> None:
        """Close the file; one whose session has ended is sealed again, if nobody else has it open."""
        self.store.close(seal=self.history.state.session.phase == "ended")

    def _catch_up(self) -> None:
        with self.store.reading():
            whole = self.store.read_after_erasure()
            if whole is not None:
                self.history.begin_again(whole)
                self._worked_out = None
            elif (acted := self.history.change(self.store.read_new())).events:
                self.history.accept(acted)
                ahead = self._worked_out
                self._worked_out = self.history.change_with(ahead, acted) if ahead is not None else None

    def _try(
        self,
        sealed: dict[str, StoredEvent],
        declined: list[Declined],
        also: Also | None,
        files: Sequence[bytes],
        is_last: bool,
    ) -> Arrived | None:
        """Take the lines in; None where somebody acted while it was worked out what they change."""
        self._stay_in_place()
        self._catch_up()
        sorts, clashing = self._sorted(sealed)
        change = self._change(sealed, sorts["new"])
        if not (change.events or sorts["to_erase"] or also or files):
            return Arrived((), tuple(sorts["known"]), (), (*declined, *clashing))
        with self.store.writing():
            if self.store.has_unread_events():
                if not is_last:
                    return None
                self._catch_up()
                sorts, clashing = self._sorted(sealed)
                change = self._change(sealed, sorts["new"])
            history = self._put([sealed[name] for name in sorts["new"]], change, sorts["to_erase"], files)
            if also is not None:
                also(self.store.connection.execute)
        self.store.settled()
        if history is None:
            self.history.accept(change)
        else:
            self.history = history
        new, known, erased = (tuple(sorts[sort]) for sort in _SORTS)
        return Arrived(new, known, erased, (*declined, *clashing))

    def _change(self, sealed: Mapping[str, StoredEvent], new: Sequence[str]) -> Change:
        """Return what new events change; what was worked out before somebody acted is gone on with."""
        known = self._worked_out
        if known is None or {event.id for event in known.events} != set(new):
            known = self._worked_out = self.history.change(sealed[name].event for name in new)
        return known

    def _sorted(self, sealed: Mapping[str, StoredEvent]) -> tuple[dict[Sort, list[str]], list[Declined]]:
        """Return what is to become of events, and those of which the file says something else."""
        sorts: dict[Sort, list[str]] = {sort: [] for sort in _SORTS}
        clashing: list[Declined] = []
        execute = self.store.connection.execute
        known = known_among(execute, sealed)
        if not known:  # as nearly always
            return sorts | {"new": list(sealed)}, clashing
        for each in sealed.values():
            here = read_event(execute, each.event.id) if each.event.id in known else None
            if here is None:
                sorts["new"].append(each.event.id)
            elif _differs(here, each):
                clashing.append(_two_of_one(each))
            else:
                is_erased_there_only = each.salt is None and here.salt is not None
                sorts["to_erase" if is_erased_there_only else "known"].append(each.event.id)
        return sorts, clashing

    def _put(
        self, new: Sequence[StoredEvent], change: Change, to_erase: Sequence[str], files: Sequence[bytes]
    ) -> History | None:
        """Write the events, their rows and files; return another history where an event was erased."""
        execute = self.store.connection.execute
        self.store.add_all_sealed(new)
        history = self._erased(to_erase) if to_erase else None
        if history is None:
            self.store.put(change.rows, change.gone, self.history.state)
        kept_files.keep(execute, files)
        if files or to_erase or any(type(row) is AttachmentRow for row in change.rows):
            kept_files.drop_unnamed(execute)
        return history

    def _erased(self, to_erase: Sequence[str]) -> History:
        """Erase the data of events, and with it all that was made of it; return the history without."""
        self.store.connection.execute("pragma secure_delete = on")
        for name in to_erase:
            self.store.erase(name)
        history = history_of(self.store.read_events())
        self.store.clear_tables()
        self.store.put(all_rows(history.state))
        return history

    def _stay_in_place(self) -> None:
        """Raise NotSaved where the file is no longer what was opened: whoever works in it goes on in another one."""
        if condition_of(self.store, Condition.SHORTER) >= Condition.BROKEN:
            raise NotSaved("NOT SAVED: another program moved, deleted or overwrote {file}.", file=self.store.path.name)


def united(told: Iterable[object], session: str) -> tuple[dict[str, StoredEvent], list[Declined]]:
    """Return the events that lines of copies say, each once, by id, and the lines that no copy of a session has.

    An event that was erased in one of the copies is erased.
    """
    sealed: dict[str, StoredEvent] = {}
    declined: list[Declined] = []
    for line in told:
        each = sealed_of(line)
        if each is None:
            declined.append(Declined(name_of(line), Sentence(N_("A line from another copy says no event."))))
        elif not verify.fits(each):
            declined.append(Declined(each.event.id, Sentence(N_("An event was changed on its way."))))
        elif type(each.event.fact) is f.SessionCreated and session and each.event.fact.session != session:
            declined.append(Declined(each.event.id, Sentence(N_("An event is of another session."))))
        elif each.event.role == OBSERVER and not isinstance(each.event.fact, OF_OBSERVERS | None):
            declined.append(Declined(each.event.id, Sentence(N_("An observer did what observers may not do."))))
        elif (before := sealed.get(each.event.id)) is not None and _differs(before, each):
            declined.append(_two_of_one(each))
        elif before is None or each.salt is None:
            sealed[each.event.id] = each
    return sealed, declined


_SORTS: tuple[Sort, ...] = ("new", "known", "to_erase")


def _differs(one: StoredEvent, other: StoredEvent) -> bool:
    """Whether two events of one id are not the same; whether their data was erased makes no difference."""
    return one is not other and _identity(one) != _identity(other)


def _identity(each: StoredEvent) -> StoredEvent:
    return replace(each, seq=0, salt=None, event=replace(each.event, data="", fact=None))


def _two_of_one(each: StoredEvent) -> Declined:
    return Declined(each.event.id, Sentence(N_("Two different events have one id; the first one stays.")))
