"""What completes a quote that was caught half: seconds of the recording to write out, or words of a transcript."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import note_line
from kring.domain.consent import require_passage, require_writing_out
from kring.domain.measures.talk_sources import used_words
from kring.domain.rows import NoteRow
from kring.domain.state import State
from kring.domain.text import Refused
from kring.privacy.quoting import QuotingRules
from kring.session.playback import Recorded
from kring.session.session import Session
from kring.speech.quote_drafts import AFTER_S, BEFORE_S, Passage, completed, found_at
from kring.speech.remembered_model import remembered_model
from kring.system.i18n import language


def passage_of(session: Session, note: NoteRow | None) -> Passage:
    """Return the seconds around a quote that was caught half; raises KringError where they may not be written out,
    or are not there.
    """
    state = session.state
    require_writing_out(state)
    if note is None or not note.stub:
        raise Refused("Choose a quote that was caught half: one that ends in ….")
    require_consent(session.state, note)
    begin, length = _begin(note), BEFORE_S + AFTER_S
    spot = Recorded(state, session.store.path).spot(begin)
    if spot is None or spot.late_ms >= length * 1000:
        raise Refused("Nothing was recorded then.")
    return Passage(
        str(spot.path),
        spot.frame,
        length - spot.late_ms / 1000,
        state.session.language or language(),
        str(remembered_model()),
    )


def require_consent(state: State, note: NoteRow) -> None:
    """Refuse to have the seconds around a quote written out, or to use what was, where somebody did not consent."""
    require_writing_out(state)
    require_passage(state, _begin(note), _begin(note) + (BEFORE_S + AFTER_S) * 1000)


def _begin(note: NoteRow) -> int:
    return int(note.at) - BEFORE_S * 1000


def line_by_transcript(state: State, note: NoteRow) -> str | None:
    """Return the line of a quote that was caught half with what the transcript has its speaker say from there on.

    None where no transcript has these words near, said by somebody who may be quoted.
    """
    rules = QuotingRules(state)
    begin, end = note.at - BEFORE_S * 1000, note.at + AFTER_S * 1000
    near = (row for row in used_words(state) if row.started_at <= end and row.ended_at >= begin)
    theirs = [
        row
        for row in near
        if (note.participant is None or row.participant == note.participant)
        and rules.may_be_told(row.speaker_kind, row.participant)
    ]
    words = tuple(word for row in theirs for word in row.text.split())
    return line_with(note, words) if found_at(note.text, words) is not None else None


def line_with(note: NoteRow, words: tuple[str, ...]) -> str:
    """Return the line of a note with the words that were heard in the place of its own."""
    return note_line.written(replace(note, text=completed(note.text, words), stub=False))
