"""What others wrote about somebody who withdrew, as it is told from then on: with a dash for the name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec.structs import replace

from kring.domain.columns import Words, fields
from kring.domain.evolve.group.whom import as_meant
from kring.domain.facts import (
    ConsentChanged,
    MessageRead,
    NameMatched,
    NameRuled,
    ParticipantAdded,
    ParticipantChanged,
    ParticipantListed,
    PlanRead,
)
from kring.domain.plan import names_on_list
from kring.domain.text import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kring.domain.events import Event
    from kring.domain.facts import Fact
    from kring.domain.rows import Row
    from kring.domain.state import State
    from kring.privacy.names import Names
    from kring.privacy.quotes import Quotes


class Kept(Protocol):
    """What is known of a session: a history, or the events with the state that they end in."""

    @property
    def state(self) -> State:
        """Return the state as it is now."""
        ...

    @property
    def events(self) -> Sequence[Event]:
        """Return the events in canonical order."""
        ...


Written = TypeVar("Written", bound="Row")
LIVE = ("cues", "issues", "checks", "rooms", "statements", "summary_answers", "debrief")
"""The tables that live screens show as they are; a note is sealed as it is drawn."""


class Sealing:
    """Hides the names of who withdrew; while nobody did, all stays as it is and nothing is looked up."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._gone: frozenset[str] = frozenset()
        self._hiding: tuple[Names, Quotes] | None = None
        self._told: dict[str, str] = {}
        self._tables: dict[str, tuple[object, list[Row]]] = {}
        self._live: tuple[State, State] | None = None

    def text(self, text: str) -> str:
        """Return a text as it may be told now; each is worked out once."""
        gone = self._kept.state.withdrawn
        if not gone:
            return text
        if self._hiding is None or self._gone != gone:
            from kring.domain.words import WITHDRAWN
            from kring.privacy.names import Names

            names = [(name, WITHDRAWN) for name in names_of_withdrawn(self._kept)]
            self._hiding = Names(names, self._kept.state.session.language), quotes_of_withdrawn(self._kept)
            self._gone, self._told, self._tables = gone, {}, {}
        if (told := self._told.get(text)) is None:
            hiding, quotes = self._hiding
            told = self._told[text] = hiding.hidden(quotes.out_of(text) if quotes else text)
        return told

    def row(self, row: Written) -> Written:
        """Return a row as it may be shown and found now; a cue of the program names nobody."""
        if not self._kept.state.withdrawn or getattr(row, "automatic", False):
            return row
        changed = {}
        for name in _words_in(type(row)):
            value = getattr(row, name)
            if value and (told := self._each(value)) != value:
                changed[name] = told
        return replace(row, **changed) if changed else row

    def state(self, state: State) -> State:
        """Return a state in which nothing that somebody wrote down tells such a name."""
        return self._without(state, _written())

    def live(self, state: State) -> State:
        """Return a state in which nothing tells such a name that live screens show as it is."""
        if self._live is None or self._live[0] is not state:
            self._live = state, self._without(state, LIVE)
        return self._live[1]

    def _without(self, state: State, names: Iterable[str]) -> State:
        """Return a state with these tables as they may be shown; what that takes is looked up when a table changes."""
        if not self._kept.state.withdrawn:
            return state
        self.text("")  # who withdrew may be others than before
        changed: list[Row] = []
        for name in names:
            table = state.tables[name]
            seen, rows = self._tables.get(name, (None, []))
            if seen is not table:
                rows = [told for row in table.values() if (told := self.row(row)) is not row]
                self._tables[name] = table, rows
            changed += rows
        return state.put(changed) if changed else state

    def _each(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case tuple():
                return tuple([self._each(one) for one in value])
        return value

    def sentence(self, told: Sentence) -> Sentence:
        """Return a sentence as it may be told now: texts of people stand in its values."""
        if not self._kept.state.withdrawn:
            return told
        return told.each(self.text)


@cache
def _written() -> tuple[str, ...]:
    """Return the tables in which anything is that people typed or said."""
    from kring.domain.rows import ROWS

    return tuple(row_type.TABLE for row_type in ROWS if _words_in(row_type))


@cache
def _words_in(struct: type[Row]) -> tuple[str, ...]:
    """Return the columns of what people typed or said; what a file or a firm is called stays as it is."""
    return tuple(one.name for one in fields(struct) if type(one.column) is Words)


def borne_in(facts: Iterable[Fact | None]) -> Iterator[tuple[str, str]]:
    """Yield the code and the name of participants that facts tell of."""
    for fact in facts:
        match fact:
            case ParticipantListed():
                yield from ((fact.code, name) for name in names_on_list(fact.name, fact.attributes))
            case ParticipantAdded(code=code, name=str(name)) | ParticipantChanged(participant=code, name=str(name)):
                yield code, name
            case PlanRead(roster=tuple(roster)):
                yield from borne_in(roster)


def names_of_withdrawn(kept: Kept) -> tuple[str, ...]:
    """Return every name that people bore who withdrew; only the events still have them."""
    gone = kept.state.withdrawn
    if not gone:
        return ()
    from kring.privacy.known.file_labels import names_in

    found: dict[str, None] = {}
    for event in kept.events:
        match as_meant(kept.state, event).fact:
            case NameRuled(words=name, taken_as="name", participant=code, place="") if code in gone:
                found[name] = None
            case NameMatched(label=label, participant=code) if code in gone and event.act in kept.state.imports:
                found |= dict.fromkeys(names_in(label))
            case fact:
                found |= {name: None for code, name in borne_in([fact]) if code in gone}
    return tuple(name for name in found if name)


def quotes_of_withdrawn(kept: Kept) -> Quotes:
    """Return what people wrote in the chat who withdrew, to find it in what others quote; only the events have it."""
    from kring.privacy.quotes import Quotes

    gone = kept.state.withdrawn
    events = [as_meant(kept.state, event) for event in kept.events] if gone else []
    told = [fact for event in events if isinstance(fact := event.fact, ConsentChanged) and fact.participant in gone]
    labels = {label for fact in told for label in fact.labels}
    written = [event.fact for event in events if isinstance(event.fact, MessageRead)]
    return Quotes([one.text for one in written if one.participant in gone or one.label in labels])


def without_quotes(kept: Kept) -> State:
    """Return the state without what others quote in the chat of who withdrew."""
    state, quotes = kept.state, quotes_of_withdrawn(kept)
    if not quotes:
        return state
    chat = (row for row in state.notes.values() if row.kind == "chat")
    return state.put([replace(row, text=text) for row in chat if (text := quotes.out_of(row.text)) != row.text])
