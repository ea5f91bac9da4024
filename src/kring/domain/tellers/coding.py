"""The sentences of the analysis: the codebook, codes on notes and turns, memos."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.time_text import time_of_day
from kring.domain.words import called


def _code(template: str) -> Callable[[State, Event, Any], Sentence]:
    def tell(state: State, event: Event, fact: Any) -> Sentence:
        coding = state.codings.get(getattr(fact, "coding", ""))
        code = state.codes.get(coding.code if coding else getattr(fact, "code", event.id))
        return Sentence(template, {"code": code.name if code else ""})

    return tell


def _merged(state: State, event: Event, fact: f.CodeMerged) -> Sentence:
    names = [row.name if (row := state.codes.get(code)) else "" for code in (fact.code, fact.into)]
    return Sentence(N_("Code {code} went into {into}"), {"code": names[0], "into": names[1]})


def _split(state: State, event: Event, fact: f.CodeSplit) -> Sentence:
    names = [row.name if (row := state.codes.get(code)) else "" for code in (fact.code, fact.into or event.id)]
    told = {"code": names[0], "into": names[1], "n": len(fact.codings)}
    return Sentence(N_("Of code {code}, codings that went to {into}: {n}"), told)


def _memo(template: str) -> Callable[[State, Event, Any], Sentence]:
    def tell(state: State, event: Event, fact: Any) -> Sentence:
        memo = state.memos.get(fact.memo or event.id)
        return Sentence(template, {"text": memo.text if memo else ""})

    return tell


def _ruled(state: State, event: Event, fact: f.NameRuled) -> Sentence:
    told = {"words": fact.words, "who": called(state, fact.participant) if fact.participant else ""}
    match fact.taken_as:
        case "word":
            return Sentence(N_("“{words}” is a word, not a name"), told)
        case "open":
            return Sentence(N_("“{words}”: not decided any more"), told)
    return Sentence(N_("“{words}” is a name of {who}") if fact.participant else N_("“{words}” is a name"), told)


SENTENCES: dict[type[f.Fact], Callable[[State, Event, Any], Sentence]] = {
    f.CodeAdded: _code(N_("Code added: {code}")),
    f.CodeChanged: _code(N_("Code changed: {code}")),
    f.CodeRemoved: _code(N_("Code removed: {code}")),
    f.CodeMerged: _merged,
    f.CodeSplit: _split,
    f.Coded: _code(N_("Coded: {code}")),
    f.Uncoded: _code(N_("Code taken off: {code}")),
    f.CodedUntil: lambda state, event, fact: Sentence(
        "All coded up to {time}", {"time": time_of_day(state, fact.until_ms, seconds=True)}
    ),
    f.NameRuled: _ruled,
    f.MemoWritten: _memo(N_("Memo: {text}")),
    f.MemoRemoved: _memo(N_("Memo removed: {text}")),
}
