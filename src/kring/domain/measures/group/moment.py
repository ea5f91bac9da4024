"""The sentence for a difficult moment that stands on the moderator's screen: it goes at the next question."""

from __future__ import annotations

from kring.domain.rows import SentenceRow
from kring.domain.state import State


def sentence_now(state: State) -> SentenceRow | None:
    """Return the sentence that was asked for last while this item is open, None where there is none."""
    visit = state.open_visit
    last = next(reversed(state.sentences.values()), None)
    if last is None or visit is None or last.item != visit.item or last.at < visit.started_at:
        return None
    return last
