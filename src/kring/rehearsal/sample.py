"""A sample evening to try kring with: what only sound and desk work bring, made here and said to be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kring.domain import rows as r
from kring.domain.decide import bringing_in, coding, decision, notes
from kring.domain.note_line import NoteDraft
from kring.domain.state import State
from kring.domain.text import N_
from kring.privacy.speech import LISTENED_MS
from kring.rehearsal.recording import RehearsedRecording
from kring.session.session import Me, Session
from kring.speech.utterances import Heard, utterances
from kring.system.clock import Clock
from kring.system.i18n import _

CODES = 6
WORD_MS = 350
NOTICE = N_(
    "This evening was rehearsed by kring itself: nobody said this. The sound is made of tones, the transcript of the "
    "quotes that were noted, and the codes are the tags."
)
ENGINE = N_("made of the notes, by kring")


class Sample:
    """Follows a rehearsal act by act, and completes it with what comes after a session."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session = session
        self._recording = RehearsedRecording(session, clock)
        self.hear, self.follow = self._recording.hear, self._recording.follow

    def complete(self) -> None:
        """Keep the sound, write the transcript down, code the notes, and say that all of it is made up.

        Who codes a note confirms who said it.
        """
        self._recording.close()
        session, state = self._session, self._session.state
        said = utterances(state, words(state))
        session.do_as_program(decision(bringing_in.read, _(ENGINE), state.session.language or "nl", said))
        coder = Me("kring demo", "researcher", session.me.device)
        tags = Counter(tag for note in _notes(state) for tag in note.tags)
        coded = [tag for tag, _count in tags.most_common(CODES)]
        for tag in coded:
            session.do_as(coder, decision(coding.add_code, tag))
            for note in _notes(state):
                if tag in note.tags:
                    session.do_as(coder, decision(coding.put_on, tag, coder.name, note=note.id))
        for note in _notes(state):
            if note.speaker_by_itself and note.participant and not {*note.tags}.isdisjoint(coded):
                session.do_as(coder, decision(notes.edit, note.id, _said_by(note)))
        session.do_as(coder, decision(coding.write_memo, _(NOTICE)))


def words(state: State) -> Iterator[Heard]:
    """Yield the words of the quotes, each where its speaker had the floor; what finds no room there is left out.

    So is what was noted long after: an export takes that for something else that was said.
    """
    free_from: dict[str, int] = {}
    for note in _notes(state):
        turn = _turn_of(state, note)
        if note.kind != "quote" or note.stub or turn is None or turn.ended_at is None:
            continue
        if note.at > turn.ended_at + LISTENED_MS:
            continue
        spoken = note.text.split()
        begin = free_from.get(turn.id, int(turn.started_at))
        end = begin + WORD_MS * len(spoken)
        if end > turn.ended_at:
            continue
        free_from[turn.id] = end + WORD_MS
        for number, word in enumerate(spoken):
            at = begin + number * WORD_MS
            yield Heard(at, at + WORD_MS, word)


def _turn_of(state: State, note: r.NoteRow) -> r.TurnRow | None:
    theirs = [
        turn for turn in state.turns.values() if turn.participant == note.participant and turn.started_at <= note.at
    ]
    return max(theirs, key=lambda turn: turn.started_at) if theirs and note.participant else None


def _said_by(note: r.NoteRow) -> NoteDraft:
    """Return the line of a note, with who said it."""
    speaker = note.speaker_kind, note.participant
    return NoteDraft(note.kind, note.text, speaker, note.tags, note.starred, note.parked, note.stub)


def _notes(state: State) -> list[r.NoteRow]:
    return [note for note in state.notes.values() if note.removed_at is None]
