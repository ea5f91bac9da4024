"""Which poll of the plan a poll of the platform is, and whether an answer there counts as one to it."""

from __future__ import annotations

import re
from typing import NamedTuple

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.decide.group.polls import given
from kring.domain.evolve.group.polls import answer_id
from kring.domain.state import State
from kring.domain.text import Refused, folded, one_line

_WORDS = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


class Polls(NamedTuple):
    """The polls of the plan by the words of their question, and the state that holds what was answered."""

    state: State
    by_words: dict[str, r.PollRow]

    def fact_of(
        self, question: str, value: str, participant: str | None, label: str, at_ms: int | None
    ) -> f.PollAnswerRead:
        """Return an answer: it counts where a participant gives one that the poll knows, and none was logged."""
        poll = self.by_words.get(_words(question))
        told = f.PollAnswerRead(one_line(question), value, None, participant=participant, label=label, at_ms=at_ms)
        if poll is None:
            return told
        number, at = self._round(poll, at_ms)
        known = value_of(poll, value)
        counts = participant is not None and known is not None and not self._is_logged(poll, participant, number)
        return f.PollAnswerRead(
            one_line(question), known or value, poll.id, number, counts, participant, label, at if counts else at_ms
        )

    def _is_logged(self, poll: r.PollRow, participant: str, number: int) -> bool:
        """Whether something is known of that round that an answer of a file would come in the place of."""
        counted = any((row.poll, row.round) == (poll.id, number) for row in self.state.poll_counts.values())
        return counted or answer_id(poll.id, participant, number) in self.state.answers

    def _round(self, poll: r.PollRow, at_ms: int | None) -> tuple[int, int]:
        """Return in which round an answer was given, and when: the last one asked before it."""
        rounds = sorted((one for one in self.state.poll_rounds.values() if one.poll == poll.id), key=lambda one: one.at)
        session = self.state.session
        if not rounds:
            return 1, at_ms if at_ms is not None else int(session.ended_at or session.started_at or 0)
        before = [one for one in rounds if at_ms is not None and one.at <= at_ms]
        asked = before[-1] if before else rounds[0]
        return asked.number, at_ms if at_ms is not None else int(asked.at)


def polls_of(state: State) -> Polls:
    """Return the polls of the plan; of two that ask the same neither is taken for the other's."""
    found: dict[str, list[r.PollRow]] = {}
    for poll in state.polls.values():
        if poll.removed_at is None and (words := _words(poll.title)):
            found.setdefault(words, []).append(poll)
    return Polls(state, {words: polls[0] for words, polls in found.items() if len(polls) == 1})


def value_of(poll: r.PollRow, value: str) -> str | None:
    """Return an answer as the poll keeps it; None where it has no such answer.

    A beginning of an option, or its number, is none: what is typed in haste is not what stands in a file.
    """
    options = {_words(option): option for option in poll.options}
    parts = value.split(";") if poll.kind in {"multiple", "ranking"} else [value]
    words = [_words(part) for part in parts]
    if poll.kind == "scale" and (number := _NUMBER.match(value)):
        words = [number[0]]
    if any(one not in options for one in words):
        return None if options else one_line(value)
    try:
        return given(poll, ";".join(options[one] for one in words))
    except Refused:
        return None


def _words(text: str) -> str:
    return " ".join(_WORDS.findall(folded(text)))
