"""Splitting a code in a study: the passages that have it, and what lets some of them go to another code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

from kring.commands.decisions import least_used
from kring.domain.decide import Decision, coding, decision
from kring.domain.study import shared_codes
from kring.domain.study.coders import code_key
from kring.privacy.redaction import place_of
from kring.study.codes.codebook import Book
from kring.study.finding.asking import Hit, Wanted
from kring.study.finding.comparing import EVERYTHING
from kring.study.finding.finding import Finding
from kring.study.finding.passages import Kind


class Coded(NamedTuple):
    """A passage that has a code, with the codings of it: one of each coder."""

    hit: Hit
    codings: tuple[str, ...]


def passages_of(finding: Finding, books: Mapping[int, Book], code: str) -> list[Coded]:
    """Return the passages that have a code itself, group by group in order of time; of what is sealed there is none."""
    wanted = Wanted(kinds=get_args(Kind), themes=(code_key(code),))
    hits = {(hit.session, hit.passage.row): hit for hit in finding.find(wanted, EVERYTHING).hits}
    found = [
        Coded(hits[session, row], tuple(codings))
        for session, book in books.items()
        for row, codings in _codings(book, code).items()
        if (session, row) in hits
    ]
    places = {session: place for place, session in enumerate(books)}
    return sorted(found, key=lambda one: (places[one.hit.session], one.hit.passage.at))


def _codings(book: Book, code: str) -> dict[str, list[str]]:
    """Return the codings of a code in a session, by the row that they are on."""
    state, found = book.state, dict[str, list[str]]()
    row = coding.called(state, code)
    for one in state.codings.values():
        on = state.notes.get(one.note or "") or state.turns.get(one.turn or "")
        if row is not None and one.code == row.id and one.removed_at is None and on is not None:
            found.setdefault(place_of(on), []).append(one.id)
    return found


def splitting(
    books: Mapping[int, Book], old: str, into: str, codings: Mapping[int, Sequence[str]], why: str = ""
) -> dict[int, Decision]:
    """Return what lets codings go to another code, which every group gets that has the old one."""
    known = shared_codes.shared(book.state for book in books.values())
    colour = least_used(code.colour for code in known)
    return {
        session: decision(coding.split_code, old, into, codings.get(session, ()), colour, why)
        for session in _with_it(books, old)
        if codings.get(session) or not books[session].has(into)
    }


def _with_it(books: Mapping[int, Book], name: str) -> Iterator[int]:
    return (session for session, book in books.items() if book.has(name))
