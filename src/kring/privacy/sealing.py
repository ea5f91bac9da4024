"""What others wrote about somebody who withdrew, as it is told from then on: with a dash for the name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from kring.domain.text import Sentence

if TYPE_CHECKING:
    from kring.domain.history import History
    from kring.domain.rows import NoteRow, StatementRow, SummaryLineRow, TranscriptRow
    from kring.domain.state import State
    from kring.privacy.names import Names

Written = TypeVar("Written", "NoteRow", "TranscriptRow")


class Sealing:
    """Hides the names of who withdrew; while nobody did, all stays as it is and nothing is looked up."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._names: tuple[frozenset[str], Names] | None = None

    def text(self, text: str) -> str:
        """Return a text as it may be told now."""
        gone = self._history.state.withdrawn
        if not gone:
            return text
        if self._names is None or self._names[0] != gone:
            from kring.domain.words import WITHDRAWN
            from kring.privacy.names import Names
            from kring.privacy.snapshot import names_of_withdrawn

            self._names = gone, Names((name, WITHDRAWN) for name in names_of_withdrawn(self._history))
        return self._names[1].hidden(text)

    def note(self, note: Written) -> Written:
        """Return a note, or what somebody said, as it may be shown and found now."""
        text = self.text(note.text)
        return note if text == note.text else replace(note, text=text)

    def state(self, state: State) -> State:
        """Return a state in which nothing that somebody wrote down tells such a name."""
        if not self._history.state.withdrawn:
            return state
        written: list[NoteRow | TranscriptRow | SummaryLineRow | StatementRow]
        written = [*state.notes.values(), *state.transcript.values(), *state.summary_lines.values()]
        written += state.statements.values()
        return state.put([replace(row, text=text) for row in written if (text := self.text(row.text)) != row.text])

    def sentence(self, told: Sentence) -> Sentence:
        """Return a sentence as it may be told now: texts of people stand in its values."""
        if not self._history.state.withdrawn:
            return told
        return Sentence(told.template, {name: self._value(value) for name, value in told.values.items()})

    def _value(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case Sentence():
                return self.sentence(value)
        return value
