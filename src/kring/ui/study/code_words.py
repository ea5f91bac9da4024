"""How a change of the codes of a study is told: what becomes of each code in a group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kring.domain.facts import CodeAdded, CodeChanged, CodeMerged, CodeSplit, Undone
from kring.domain.state import State
from kring.domain.study.code_history import code_acts
from kring.domain.text import one_line
from kring.domain.time_text import as_clock
from kring.domain.words import SPEAKER_WORDS
from kring.study.codes.codebook import Book, Step
from kring.study.codes.splitting import Coded
from kring.system.i18n import _, ngettext, say


def step_told(group: str, step: Step) -> str:
    """Return what changes in a group, code by code."""
    return f"{group}: {'; '.join(_each(step))}"


def passage_told(called: Mapping[int, str], coded: Coded) -> str:
    """Return a passage that has a code in one line: its group, when, who, and what was said."""
    passage = coded.hit.passage
    when = as_clock(passage.t * 1000) if passage.t is not None else "–"
    who = passage.person or (_(SPEAKER_WORDS[passage.speaker]) if passage.speaker else "")
    words = one_line(passage.text) or _("a turn without a transcript")
    return "  ".join(part for part in (one_line(called[coded.hit.session]), when, who, words) if part)


def _each(step: Step) -> Iterator[str]:
    state = step.book.state
    for fact in step.facts:
        match fact:
            case CodeMerged(code=code, into=into):
                template = _("{code} goes into {into}, {codings}")
                yield _filled(template, state, code, step.codings_of(code), into=_name(state, into))
            case CodeChanged(code=code, name=str(name)):
                yield _filled(_("{code} becomes {into}, {codings}"), state, code, step.codings_of(code), into=name)
            case CodeChanged(code=code):
                yield _("{code} described as elsewhere").format(code=_name(state, code))
            case CodeSplit(code=code, codings=codings):
                name = _name(state, fact.into) if fact.into is not None else fact.name
                yield _filled(_("of {code} goes to {into}, {codings}"), state, code, len(codings), into=name)
            case Undone(event=event):
                yield _("taken back: {what}").format(what=_what(step.book, event))
            case CodeAdded(name=name):
                yield _("{code} comes in").format(code=name)


def _what(book: Book, act: str) -> str:
    """Return what an act did to the codes."""
    told = (say(one.told) for one in code_acts(book.events, book.history.void) if act in (one.event, one.act))
    return "; ".join(told)


def _filled(template: str, state: State, code: str, n: int, into: str) -> str:
    codings = ngettext("{n} coding", "{n} codings", n).format(n=n)
    return template.format(code=_name(state, code), into=into, codings=codings)


def _name(state: State, code: str) -> str:
    row = state.codes.get(code)
    return one_line(row.name) if row is not None else ""
