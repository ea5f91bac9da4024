"""What others wrote about somebody who withdrew, as it is told from then on: with a dash for the name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec.structs import replace

from kring.domain.facts import NameRuled, ParticipantAdded, ParticipantChanged, ParticipantListed, PlanRead
from kring.domain.text import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kring.domain.events import Event
    from kring.domain.rows import NoteRow, StatementRow, SummaryLineRow, TranscriptRow
    from kring.domain.state import State
    from kring.privacy.names import Names


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


Written = TypeVar("Written", "NoteRow", "TranscriptRow")


class Sealing:
    """Hides the names of who withdrew; while nobody did, all stays as it is and nothing is looked up."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._names: tuple[frozenset[str], Names] | None = None

    def text(self, text: str) -> str:
        """Return a text as it may be told now."""
        gone = self._kept.state.withdrawn
        if not gone:
            return text
        if self._names is None or self._names[0] != gone:
            from kring.domain.words import WITHDRAWN
            from kring.privacy.names import Names

            names = [(name, WITHDRAWN) for name in names_of_withdrawn(self._kept)]
            self._names = gone, Names(names, self._kept.state.session.language)
        return self._names[1].hidden(text)

    def note(self, note: Written) -> Written:
        """Return a note, or what somebody said, as it may be shown and found now."""
        text = self.text(note.text)
        return note if text == note.text else replace(note, text=text)

    def state(self, state: State) -> State:
        """Return a state in which nothing that somebody wrote down tells such a name."""
        if not self._kept.state.withdrawn:
            return state
        written: list[NoteRow | TranscriptRow | SummaryLineRow | StatementRow]
        written = [*state.notes.values(), *state.transcript.values(), *state.summary_lines.values()]
        written += state.statements.values()
        return state.put([replace(row, text=text) for row in written if (text := self.text(row.text)) != row.text])

    def sentence(self, told: Sentence) -> Sentence:
        """Return a sentence as it may be told now: texts of people stand in its values."""
        if not self._kept.state.withdrawn:
            return told
        return Sentence(told.template, {name: self._value(value) for name, value in told.values.items()})

    def _value(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case Sentence():
                return self.sentence(value)
        return value


def names_of_withdrawn(kept: Kept) -> tuple[str, ...]:
    """Return every name that people bore who withdrew; only the events still have them."""
    gone = kept.state.withdrawn
    found: dict[str, None] = {}
    for event in kept.events if gone else ():
        match event.fact:
            case ParticipantListed(code=code, name=str(name)) | ParticipantAdded(code=code, name=str(name)):
                found |= {name: None} if code in gone else {}
            case ParticipantChanged(participant=code, name=str(name)) if code in gone:
                found[name] = None
            case NameRuled(words=name, taken_as="name", participant=code, place="") if code in gone:
                found[name] = None
            case PlanRead(roster=tuple(roster)):
                found |= {person.name: None for person in roster if person.code in gone}
    return tuple(name for name in found if name)
