"""`kring study codes --history`: what became of each code in all groups, as their session files have it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from kring.cli.json_text import json_text
from kring.cli.study.asked import Asked, print_lines
from kring.domain.local_time import local
from kring.domain.study.code_history import code_acts
from kring.domain.study.coders import coders_called
from kring.domain.text import Sentence
from kring.privacy.redaction import Telling, place_of
from kring.study.codebook import Book, read_book
from kring.system.i18n import _, say


def tell_history(about: Asked, asked: Namespace) -> int:
    """Print when each code was made, renamed, merged and split, by whom and why, over all groups."""
    books = {session: read_book(about.finding.file_of(session)) for session in about.groups}
    lines = sorted(_history(about, books), key=lambda line: (line.when, line.place))
    if asked.json:
        told = [
            {"at": line.when.isoformat(), "group": line.group, "who": line.who, "what": line.told, "why": line.why}
            for line in lines
        ]
        sys.stdout.write(json_text({"history": told, "said": about.said()}) + "\n")
        return 0
    print_lines(_as_lines(lines))
    print_lines(about.said())
    return 0


class Line(NamedTuple):
    """What was done to a code in a group: when by its clock, by whom, and why."""

    when: datetime
    place: int
    group: str
    who: str
    told: str
    why: str


def _history(about: Asked, books: Mapping[int, Book]) -> Iterator[Line]:
    acts = {session: list(code_acts(book.events, book.history.void)) for session, book in books.items()}
    actors = {act.actor for those in acts.values() for act in those if act.actor}
    names = coders_called([book.state for book in books.values()], actors, with_names=about.with_names)
    for place, (session, book) in enumerate(books.items()):
        state = book.state
        telling = Telling(state, book.gone())
        for act in acts[session]:
            values = {
                name: telling.text(place_of(state.session), str(value)) for name, value in act.told.values.items()
            }
            told = say(Sentence(act.told.template, values))
            why = telling.text(place_of(state.session), act.why)
            who = names[act.actor] if act.actor else _("somebody")
            yield Line(local(state, act.at), place, about.called[session], who, told, why)


def _as_lines(lines: list[Line]) -> Iterator[str]:
    """Yield a line for each act; what was done in several groups within a minute is one."""
    if not lines:
        yield _("No group has a code.")
    together: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for line in lines:
        key = (f"{line.when:%Y-%m-%d %H:%M}", line.who, line.told, line.why)
        together.setdefault(key, {})[line.group] = None
    for (when, who, told, why), those in together.items():
        groups = ", ".join(those)
        yield f"{when}  {who}  {told}: {groups}{f' ({why})' if why else ''}"
