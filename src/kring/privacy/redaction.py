"""What may leave: the state without what was removed or refused, and without names unless they are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple, get_origin

from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.columns import (
    Attributes,
    Column,
    Contact,
    FileName,
    Id,
    Name,
    Organisation,
    Personal,
    Ref,
    Staff,
    Words,
    columns_of,
    fields,
    references,
)
from kring.domain.consent import WORD_FOR_WORD
from kring.domain.plan import Ids
from kring.domain.state import EMPTY, State
from kring.domain.text import clean
from kring.privacy.contacts import without_contacts
from kring.privacy.former_names import NONE, FormerNames, former_names
from kring.privacy.known.recruiters import without_recruiter
from kring.privacy.known_names import known_names, labels_of, names_of_gone, rulings_of, staff_labels
from kring.privacy.names import Find, Names, without
from kring.privacy.quoting import QuotingRules
from kring.privacy.replaced import Doubt, Replaced, Tally
from kring.privacy.roster_columns import may_leave
from kring.privacy.sealing import Kept

KEPT_WHEN_REMOVED = frozenset({"guide", "checks", "stimuli", "polls"})
"""Of the plan: what was said on a question that is no longer there still stands under it."""
OWNERS = {"note": "notes", "turn": "turns", "code": "codes"}
_SURE_IDS = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}(/\d+)?$")
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")


class Redaction(NamedTuple):
    """The state as it may be printed, and what was replaced in its texts."""

    state: State
    replaced: Replaced


def redaction(
    state: State,
    with_names: bool,
    columns: Iterable[str] = (),
    former: FormerNames = NONE,
    elsewhere: Iterable[tuple[str, str]] = (),
) -> Redaction:
    """Return the state as it may be printed; `columns` of the list may leave with codes besides those of the plan.

    `former` are the names that the state no longer has: nobody else's words tell those of who withdrew.
    `elsewhere` are names of other sessions that may not leave, each with what stands in its place.
    """
    rows = list(_kept(state))
    if with_names:
        gone = names_of_gone(state, former, elsewhere)
        hiding = _Hiding(gone, {}, {}, state.session.title, with_contacts=True)
        rows = [hiding.row(row) for row in rows]
    else:
        staff, leave = staff_labels(state), may_leave(state, columns)
        names = known_names(state, former, elsewhere)
        hiding = _Hiding(names, staff, _ids_without_names(rows, names, staff), state.session.title)
        rows = [hiding.row(_without_contacts(row, leave)) for row in rows]
    draft = EMPTY.draft()
    draft.settle(rows)
    return Redaction(draft, hiding.tally.result())


def kept(state: State) -> State:
    """Return the state without what was removed, refused or withdrawn; what people wrote may still name somebody."""
    draft = EMPTY.draft()
    draft.settle(_kept(state))
    return draft


class Telling:
    """How the texts of a session are told without names, one by one: for whom most were told before."""

    def __init__(self, state: State, former: FormerNames = NONE, elsewhere: Iterable[tuple[str, str]] = ()) -> None:
        self._labels, self._elsewhere = labels_of(state, former), tuple(elsewhere)
        self._rulings = tuple(rulings_of(state))
        self._language = state.session.language
        names = Names(self._labels, self._language, self._rulings, self._elsewhere)
        self._hiding = _Hiding(names, staff_labels(state), {})

    @property
    def basis(self) -> tuple[object, ...]:
        """Return all that decides how a text is told: while it is equal, so is what is told."""
        rulings = tuple([(one.words, one.label, one.place, one.with_capital) for one in self._rulings])
        return self._language, tuple(self._labels), self._elsewhere, rulings

    def text(self, place: str, text: str) -> str:
        """Return a text of a row, which is the place, as it may be told."""
        return self._hiding.text(place, text) if text else text

    @property
    def replaced(self) -> Replaced:
        """Return what was replaced in the texts that were told."""
        return self._hiding.tally.result()


def doubts(state: State, kept: Kept) -> tuple[Doubt, ...]:
    """Return the words of which it is not sure that they name somebody, and about which nobody decided.

    What people were called before counts, as in an export; who withdrew does not, for a list would say who that was.
    """
    return redaction(state, False, former=former_names(kept)._replace(withdrawn=())).replaced.doubts


def _kept(state: State) -> Iterator[r.Row]:
    removed = {person.id for person in state.participants.values() if person.removed_at is not None}
    words = QuotingRules(state)
    seen = _seen_in_withheld(state, words)
    tables = {
        name: {
            row.id: kept for row in table.values() if (kept := _if_it_may_leave(row, removed, words, seen)) is not None
        }
        for name, table in state.tables.items()
    }
    for table in tables.values():
        for row in table.values():
            if (settled := _without_lost(row, tables)) is not None:
                yield settled


def _if_it_may_leave(row: r.Row, removed: set[str], words: QuotingRules, seen: dict[str, r.Moment]) -> r.Row | None:
    if row.TABLE not in KEPT_WHEN_REMOVED and getattr(row, "removed_at", None) is not None:
        return None
    match row:
        case r.ParticipantRow():
            if row.id in removed:
                return None
            moments = [at for at in (row.seen_at, seen.get(row.id)) if at is not None]
            return replace(row, seen_at=min(moments, default=None))
        case r.TranscriptRow():
            return words.transcribed(row)
        case r.NoteRow() if row.kind in WORD_FOR_WORD and not words.may_be_told(row.speaker_kind, row.participant):
            return None
        case _:
            people = (getattr(row, column) for column in references(type(row), r.ParticipantRow.TABLE))
            return None if any(person in removed for person in people) else row


def _seen_in_withheld(state: State, words: QuotingRules) -> dict[str, r.Moment]:
    """Return when each participant was first quoted by what may not leave: they were there all the same."""
    begin = state.session.started_at
    found: dict[str, r.Moment] = {}
    for note in state.notes.values():
        is_withheld = note.kind in WORD_FOR_WORD and not words.may_be_told(note.speaker_kind, note.participant)
        if is_withheld and note.participant and note.removed_at is None and begin is not None and note.at >= begin:
            found[note.participant] = min(found.get(note.participant, note.at), note.at)
    return found


def _without_lost(row: r.Row, tables: dict[str, dict[str, r.Row]]) -> r.Row | None:
    """Return a row without references to what does not leave; None where it is about nothing else."""
    if isinstance(row, r.NoteRow) and row.replies_to and row.replies_to not in tables["notes"]:
        row = replace(row, replies_to=None)
    lost = [
        column
        for column, table in OWNERS.items()
        if column in references(type(row), table)
        and (reference := getattr(row, column)) is not None
        and reference not in tables[table]
    ]
    if not lost:
        return row
    if isinstance(row, r.TranscriptRow | r.TurnProposalRow):
        return replace(row, turn=None)
    return None


def _without_contacts(row: r.Row, leave: Container[str]) -> r.Row:
    """Return a row without the name of a participant, ways to reach somebody, and what is nobody else's business.

    Of the list only the columns stay that may leave.
    """
    changed: dict[str, Any] = dict.fromkeys(columns_of(type(row), Name, Contact, Personal), "")
    for column in columns_of(type(row), Attributes):
        changed[column] = tuple(pair for pair in getattr(row, column) if pair[0] in leave)
    if isinstance(row, r.SessionRow):
        changed["recruiter"] = without_recruiter(row)
    return replace(row, **changed) if changed else row


def _printable(text: str) -> str:
    """Return text without what no terminal, no XML and no spreadsheet can hold, whoever put it into the file."""
    return _NO_CHARACTERS.sub("", clean(text))


def _ids_without_names(rows: Iterable[r.Row], names: Names, staff: dict[str, str]) -> dict[str, str]:
    """Return what stands for each id that is made of words of the plan and names somebody, each another one."""
    hidden = {row.id: _hidden_id(row, names, staff) for row in rows if not _SURE_IDS.match(row.id)}
    changed = {id_: told for id_, told in hidden.items() if told != id_}
    free = Ids(hidden.keys() - changed.keys())
    return {id_: free.take(told) for id_, told in changed.items()}


def _hidden_id(row: r.Row, names: Names, staff: dict[str, str]) -> str:
    if isinstance(row, r.ParticipantRow):  # the code itself
        return row.id
    for field in fields(type(row)):
        match field.column:
            case Id(ends_with=column) if column:
                name: str = getattr(row, column)
                if row.id.endswith(name):
                    return row.id.removesuffix(name) + staff.get(name, name)
    return names.hidden(row.id)


class _Read(NamedTuple):
    text: str
    told: str
    finds: list[Find]
    contacts: int


class _Hiding:
    """What stands in the place of names: rows without them, each text worked out once however often it stands there."""

    def __init__(
        self, names: Names, staff: dict[str, str], ids: dict[str, str], title: str = "", with_contacts: bool = False
    ) -> None:
        self.tally = Tally()
        self._names = names
        self._staff = staff
        self._ids = ids
        self._title = title
        self._place = ""
        self._with_contacts = with_contacts
        self._printable = cache(_printable)
        self._read = cache(self._reading)

    def row(self, row: r.Row) -> r.Row:
        """Return a row as it may be printed."""
        changed = {}
        self._place = place_of(row)
        for name, told in _texts_of(type(row)):
            value = getattr(row, name)
            if value and (hidden := told(self, value)) != value:
                changed[name] = hidden
        return replace(row, **changed) if changed else row

    def text(self, place: str, text: str) -> str:
        """Return a text of a row, which is the place, as it may be printed."""
        self._place = place
        return self._hidden(text)

    def id(self, value: str) -> str:
        """Return what stands for the id of a row."""
        return self._ids.get(value, value)

    def staff(self, value: str) -> str:
        """Return what stands for somebody of the team; where a participant led a room the code."""
        if value in self._staff or self._with_contacts:
            return self._printable(self._staff.get(value, value))
        return self._names.hidden(self._printable(value))

    def words(self, value: Any) -> Any:
        """Return what people typed or said, without names."""
        return _each(self._hidden, value)

    def _hidden(self, text: str) -> str:
        read = self._read(text, self._place if self._names.is_special(self._place) else "")
        if read.finds or read.contacts:
            self.tally.add(self._place, read.text, read.finds, read.contacts)
        return read.told

    def _reading(self, text: str, place: str) -> _Read:
        text, contacts = _printable(text), 0
        if not self._with_contacts:
            text, contacts = without_contacts(text)
        finds = self._names.found(text, place)
        return _Read(text, without(text, finds) if finds else text, finds, contacts)

    def file(self, value: str) -> str:
        """Return where a file lies, without names in any part of that."""
        told = []
        for part in self._printable(value).replace("\\", "/").split("/"):
            finds = self._names.found_in_stem(part, self._title)
            if finds:
                self.tally.add(self._place, part, finds, 0)
            told.append(without(part, finds).replace("/", "-"))
        return "/".join(told)

    def organisation(self, value: str) -> str:
        """Return what a firm is called, without names of people; what is a surname alone is told, and stays."""
        text, contacts = self._printable(value), 0
        if not self._with_contacts:
            text, contacts = without_contacts(text)
        finds = self._names.found_in_firm(text, self._place)
        if finds or contacts:
            self.tally.add(self._place, text, finds, contacts)
        return without(text, finds)

    def word(self, value: Any) -> Any:
        """Return what names nobody, as it may be printed."""
        return _each(self._printable, value)


def place_of(row: r.Row) -> str:
    """Return how a row is called as the place of a word."""
    return f"{row.TABLE}/{row.id}"


def _each(told: Callable[[str], str], value: Any) -> Any:
    """Return a text, or texts within each other, as they are told."""
    match value:
        case str():
            return told(value)
        case tuple():
            return tuple([_each(told, part) for part in value])
        case _:
            return value


@cache
def _texts_of(struct: type[r.Row]) -> tuple[tuple[str, Callable[[_Hiding, Any], Any]], ...]:
    """Return the fields that hold text, or texts, each with how it is told."""
    of_text = [field for field in fields(struct) if get_origin(field.type) is not None or field.type is str]
    return tuple((field.name, _way_of(field.column)) for field in of_text)


def _way_of(column: Column) -> Callable[[_Hiding, Any], Any]:
    match column:
        case Id() | Ref():
            return _Hiding.id
        case Staff():
            return _Hiding.staff
        case FileName():
            return _Hiding.file
        case Organisation():
            return _Hiding.organisation
        case Words() | Attributes() | Contact():
            return _Hiding.words
        case _:
            return _Hiding.word
