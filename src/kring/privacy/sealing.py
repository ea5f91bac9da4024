"""What others wrote about somebody who withdrew, as it is told from then on: with a dash for the name."""

from __future__ import annotations

from operator import is_not
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec.structs import replace

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
from kring.domain.text import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kring.domain.events import Event
    from kring.domain.facts import Fact
    from kring.domain.rows import (
        BackRoomRow,
        CueRow,
        IssueRow,
        NoteRow,
        ObserverQuestionRow,
        StatementRow,
        SummaryLineRow,
        TranscriptRow,
    )
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


Written = TypeVar("Written", "NoteRow", "TranscriptRow")


class Sealing:
    """Hides the names of who withdrew; while nobody did, all stays as it is and nothing is looked up."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._hidden: tuple[frozenset[str], Names, Quotes] | None = None
        self._short: tuple[tuple[object, ...], list[CueRow | IssueRow]] = ((), [])

    def text(self, text: str) -> str:
        """Return a text as it may be told now."""
        gone = self._kept.state.withdrawn
        if not gone:
            return text
        if self._hidden is None or self._hidden[0] != gone:
            from kring.domain.words import WITHDRAWN
            from kring.privacy.names import Names

            names = [(name, WITHDRAWN) for name in names_of_withdrawn(self._kept)]
            self._hidden = gone, Names(names, self._kept.state.session.language), quotes_of_withdrawn(self._kept)
        _gone, hiding, quotes = self._hidden
        return hiding.hidden(quotes.out_of(text) if quotes else text)

    def note(self, note: Written) -> Written:
        """Return a note, or what somebody said, as it may be shown and found now."""
        text = self.text(note.text)
        return note if text == note.text else replace(note, text=text)

    def state(self, state: State) -> State:
        """Return a state in which nothing that somebody wrote down tells such a name."""
        if not self._kept.state.withdrawn:
            return state
        written: list[NoteRow | TranscriptRow | SummaryLineRow | StatementRow | ObserverQuestionRow | BackRoomRow]
        state = self.live(state)
        written = [*state.notes.values(), *state.transcript.values(), *state.summary_lines.values()]
        written += [*state.statements.values(), *state.observer_questions.values()]
        written += state.back_room.values()
        return state.put([replace(row, text=text) for row in written if (text := self.text(row.text)) != row.text])

    def live(self, state: State) -> State:
        """Return a state in which no cue and no technical issue tells such a name: live screens show them as they are.

        What it takes is looked up once, as long as these stay the same.
        """
        gone = self._kept.state.withdrawn
        if not gone:
            return state
        now = (gone, state.cues, state.issues)
        if len(self._short[0]) != len(now) or any(map(is_not, self._short[0], now)):
            cues = (self.cue(cue) for cue in state.cues.values())
            issues = (self.issue(issue) for issue in state.issues.values())
            self._short = now, [*cues, *issues]
        changed = [row for row in self._short[1] if row is not state.tables[row.TABLE].get(row.id)]
        return state.put(changed) if changed else state

    def cue(self, cue: CueRow) -> CueRow:
        """Return a cue as it may be shown now; one of the program names nobody."""
        text = cue.text if cue.automatic else self.text(cue.text)
        return cue if text == cue.text else replace(cue, text=text)

    def issue(self, issue: IssueRow) -> IssueRow:
        """Return a technical issue as it may be shown now."""
        title = self.text(issue.title)
        return issue if title == issue.title else replace(issue, title=title)

    def sentence(self, told: Sentence) -> Sentence:
        """Return a sentence as it may be told now: texts of people stand in its values."""
        if not self._kept.state.withdrawn:
            return told
        return told.each(self.text)


def names_borne(kept: Kept) -> Iterator[tuple[str, str]]:
    """Yield the code and the name of participants, and the names that they had before: those stand in notes still."""
    return borne_in(as_meant(kept.state, event).fact for event in kept.events)


def borne_in(facts: Iterable[Fact | None]) -> Iterator[tuple[str, str]]:
    """Yield the code and the name of participants that facts tell of."""
    for fact in facts:
        match fact:
            case (
                ParticipantListed(code=code, name=str(name))
                | ParticipantAdded(code=code, name=str(name))
                | ParticipantChanged(participant=code, name=str(name))
            ):
                yield code, name
            case PlanRead(roster=tuple(roster)):
                yield from ((person.code, person.name) for person in roster)


def names_of_withdrawn(kept: Kept) -> tuple[str, ...]:
    """Return every name that people bore who withdrew; only the events still have them."""
    gone = kept.state.withdrawn
    if not gone:
        return ()
    from kring.privacy.known.file_labels import names_in

    found: dict[str, None] = {}
    for event in kept.events:
        match as_meant(kept.state, event).fact:
            case ParticipantListed(code=code, name=str(name)) | ParticipantAdded(code=code, name=str(name)):
                found |= {name: None} if code in gone else {}
            case ParticipantChanged(participant=code, name=str(name)) if code in gone:
                found[name] = None
            case NameRuled(words=name, taken_as="name", participant=code, place="") if code in gone:
                found[name] = None
            case PlanRead(roster=tuple(roster)):
                found |= {person.name: None for person in roster if person.code in gone}
            case NameMatched(label=label, participant=code) if code in gone and event.act in kept.state.imports:
                found |= dict.fromkeys(names_in(label))
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
