"""`kring study codes --history`: what became of each code in all groups, as their session files have it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator

from kring.cli.json_text import json_text
from kring.cli.study.asked import Asked, print_lines
from kring.study.codes.codebook import read_book
from kring.study.codes.history import Change, history_of, together
from kring.system.i18n import _


def tell_history(about: Asked, asked: Namespace) -> int:
    """Print when each code was made, renamed, merged and split, by whom and why, over all groups."""
    books = {session: read_book(about.finding.file_of(session)) for session in about.groups}
    changes = history_of(books, with_names=about.with_names)
    if asked.json:
        told = [
            {"at": one.when.isoformat(), "group": about.called[group], "who": one.who, "what": one.told, "why": one.why}
            for one in changes
            for group in one.groups
        ]
        sys.stdout.write(json_text({"history": told, "said": about.said()}) + "\n")
        return 0
    print_lines(_lines(about, together(changes)))
    print_lines(about.said())
    return 0


def _lines(about: Asked, changes: Iterable[Change]) -> Iterator[str]:
    if not changes:
        yield _("No group has a code.")
    for one in changes:
        groups = ", ".join(about.called[group] for group in one.groups)
        why = f" ({one.why})" if one.why else ""
        yield f"{one.when:%Y-%m-%d %H:%M}  {one.who}  {one.told}: {groups}{why}"
