"""The command of consent: what is typed or chosen, as whose consent to what it is."""

from __future__ import annotations

import re

from kring.commands.command import Answers
from kring.domain import lookup
from kring.domain.decide import Decision, consent
from kring.domain.facts import Fact
from kring.domain.measures.presence import places
from kring.domain.rows import ParticipantRow
from kring.domain.state import State
from kring.domain.text import Refused, folded, one_line, pattern
from kring.plans.people import consent as consent_words

_HOW = pattern(r"\s*\(([^()]*)\)\s*$")
_EXCEPT = pattern(r"^(.*?)[\s,]*\b(?:but|except|behalve|zonder|without)\b\s*(.*)$", re.IGNORECASE)
_WHOSE = pattern(r"""(?:"[^"]+"|[^\s,]+)(?:(?:\s*,\s*|\s+(?:en|and)\s+)[^\s,]+)*""")


def cut_line(text: str) -> Answers:
    """Take whose consent, to what, and in brackets at the end how it was given."""
    found = _WHOSE.match(text)
    if not found:
        raise Refused("Say whose consent, and to what: consent 2 yes.")
    rest = text[found.end() :].strip()
    how = _HOW.search(rest)
    return found[0].strip('"'), _HOW.sub("", rest), how[1] if how else ""


def settle(who: str, words: str, how: str = "") -> Decision:
    """Log what people consent to: `yes`, `no`, scopes by name; of everybody, some may be left out behind `except`."""

    def decide(state: State, now: int) -> tuple[Fact, ...]:
        people, said = _people_and_words(state, who, words)
        if not said.strip():
            raise Refused("Say to what: yes, no, or the scopes by name, such as: consent 2 audio, quoting.")
        consents = consent_words.read_consent(said)
        if not consents:
            told = one_line(said)
            raise Refused("“{words}” is not certain: say yes, no, or the scopes by name.", words=told)
        return consent.settle(state, now, people, dict(consents), how, lambda code: _labels_of(state, code))

    return decide


def _labels_of(state: State, code: str) -> tuple[str, ...]:
    """Return the names in files brought in that nobody matched and that may be a participant's."""
    if not any(row.participant is None for row in state.import_names.values()):
        return ()
    from kring.imports.joining import labels_that_may_be  # reads names of files: only where some came in

    return labels_that_may_be(state, code)


def _people_and_words(state: State, who: str, words: str) -> tuple[list[ParticipantRow], str]:
    """Return whose consent it is, and the words for what they consent to.

    Behind everybody stand people to leave out, before the words or behind them: `all except 2, 5 quoting`.
    """
    people = lookup.several(state, who, places(state))
    if folded(who.strip()) not in lookup.EVERYBODY:
        return people, words
    if not (found := _EXCEPT.match(words)):
        return people, words
    before, behind = found[1].strip(), found[2]
    names = _WHOSE.match(behind)
    left_out = names[0] if names and not before else behind
    try:
        out = {person.id for person in lookup.several(state, left_out)}
    except Refused:
        if before:
            return people, words  # yes except quoting
        raise
    rest = before or behind[len(left_out) :].strip()
    return [person for person in people if person.id not in out], rest
