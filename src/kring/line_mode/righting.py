"""`right`: what was logged is listed, what would change is shown, and `right yes` does it."""

from __future__ import annotations

from typing import NamedTuple

from kring.commands.righting import KINDS, WORDS, decided, made_by, rows_of
from kring.domain.decide import righting
from kring.domain.decide.righting import Target
from kring.domain.decide.undoing import last_act
from kring.domain.events import Event
from kring.domain.lookup import number_of
from kring.domain.text import Refused, Sentence, one_line
from kring.domain.words import described, span_told
from kring.session.session import Session
from kring.system.i18n import _, language, say

YES = ("yes", "ja")
ADD = ("add", "erbij")
MOST = 12


class _Waiting(NamedTuple):
    """What was shown and not yet done: the target, what was typed of it, and when (epoch ms)."""

    target: Target
    change: str
    at: int


class Righting:
    """What one person puts right in typed lines."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: _Waiting | None = None

    def answer(self, text: str) -> str:
        """Answer what was typed behind `right`."""
        word, _space, rest = text.partition(" ")
        if not word:
            return _("Say what: {kinds}; then its number, and its time, whom or what, or remove.").format(
                kinds=_kinds()
            )
        if word.casefold() in YES:
            return self._do(rest.strip())
        table = KINDS.get(word.casefold())
        if table is None:
            raise Refused("{word} cannot be put right; there are: {kinds}.", word=one_line(word), kinds=_kinds())
        return self._show(table, rest.strip())

    def _show(self, table: str, rest: str) -> str:
        state = self._session.state
        rows = rows_of(state, table)
        if not rest and table != "session":
            return self._listed(table)
        if table == "session":
            return self._ask(Target(table, state.session.id), rest)
        word, _space, change = rest.partition(" ")
        if word.casefold() in ADD:
            return self._ask(Target(table, ""), change.strip())
        number = number_of(word)
        if number is None or not 1 <= number <= len(rows):
            raise Refused("There is no number {word} among them.", word=one_line(word))
        return self._ask(Target(table, rows[number - 1].id), change.strip())

    def _listed(self, table: str) -> str:
        state = self._session.state
        rows = list(enumerate(rows_of(state, table), 1))[-MOST:]
        told = (f"{number} {span_told(state, row)} {_said(described(state, row))}" for number, row in rows)
        return "; ".join(told) or _("There is nothing of that kind.")

    def _ask(self, target: Target, change: str) -> str:
        state, now = self._session.state, self._session.now()
        shown = righting.preview(state, now, decided(target, change)(state, now))
        self._waiting = _Waiting(target, change, now)
        told = "; ".join(say(one) for one in (shown.what, *shown.follows))
        return f"{told}. {_('Type: right yes, and why')}"

    def _do(self, why: str) -> str:
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            raise Refused("Nothing waits for a yes; say first what is to be put right.")
        decide = decided(waiting.target, waiting.change, why)
        return say(self._session.told(self._session.do(lambda state, _now: decide(state, waiting.at))))


def was_earlier(session: Session, ago: str) -> Event:
    """Say that the last act of one's own was earlier."""
    return session.do(decided(made_by(last_act(session.history, session.is_mine)), ago))


def _kinds() -> str:
    return ", ".join(words[language() == "nl"] for words in WORDS.values())


def _said(text: str | Sentence) -> str:
    return text if isinstance(text, str) else say(text)
