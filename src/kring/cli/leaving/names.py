"""`kring names`: which words in the texts of a session may be names, and what somebody decides about them."""

from __future__ import annotations

import shlex
import sys
from argparse import Namespace
from collections.abc import Container, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from kring.commands import naming
from kring.domain import lookup
from kring.domain.decide import Decision
from kring.domain.rows import NameRulingRow, NoteRow
from kring.domain.state import State
from kring.domain.text import KringError, clean, folded, one_line
from kring.domain.words import called
from kring.exports.identity import groups_of
from kring.privacy.lexicon import is_word
from kring.privacy.replaced import Replaced, told_codes, told_doubts
from kring.privacy.snapshot import read
from kring.privacy.together import read_together
from kring.session import session as sessions
from kring.session.session import Me
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _, say

ROLE = "researcher"
MANY = 10
"""In how many places an everyday word is hardly a name in each."""


def names_command(asked: Namespace) -> int:
    """Decide what was asked, then say of each session what is replaced, what was decided, and what is not sure."""
    decided = _decided(asked)
    found = read_together(asked.files, groups_of)
    typed = {folded(one_line(text.rpartition("=")[0])) for text in asked.rulings}
    for one in found:
        state = read(one.path, with_names=True).state
        lines = [*decided.get(one.path, ()), *_everyday(one.replaced, state, typed, one.path)]
        _print([*([f"{one.path}:"] if len(found) > 1 else []), *lines, *_told(one.replaced, state)])
    return 0


def _decided(asked: Namespace) -> dict[Path, list[str]]:
    """Decide in each session, and return what is said of that; whom a word names is decided for one at a time."""
    decisions = [_decision(text) for text in asked.rulings]
    if not decisions:
        return {}
    if len(asked.files) > 1 and not all(_holds_anywhere(text) for text in asked.rulings):
        raise KringError(
            "P3 is somebody else in another session: with several files a word can be made =word or =open only, "
            "without a note's number."
        )
    return {file: _written(file, decisions, asked.name) for file in dict.fromkeys(asked.files)}


def _holds_anywhere(text: str) -> bool:
    what = text.rpartition("=")[2]
    return "@" not in what and naming.names_nobody(what)


def _everyday(replaced: Replaced, state: State, typed: Container[str], file: Path) -> Iterator[str]:
    """Yield a warning for each word that was made a name just now, is said every day, and stands in many places."""
    for row in state.name_rulings.values():
        is_new_name = row.removed_at is None and row.taken_as == "name" and folded(row.words) in typed
        n = replaced.times(row.words) if is_new_name and not row.place else 0
        if n >= MANY and all(is_word(word, state.session.language) for word in row.words.split()):
            yield _(
                "Look out: “{words}” is an everyday word, and is replaced in {n} places now. To take it back: {command}"
            ).format(
                words=row.words, n=n, command=f"kring names {shlex.quote(str(file))} --is {shlex.quote(row.words)}=open"
            )


def _decision(text: str) -> Decision:
    """Return what `WORD=WHAT` or `WORD=WHAT@NOTE` decides."""
    words, equals, what = text.rpartition("=")
    taken_as, _at, note = what.partition("@")
    if not equals or not words.strip() or not taken_as.strip():
        raise KringError("{text} says not what a word is: bakker=word, bakker=P1 or bakker=P1@17.", text=one_line(text))
    return naming.rule(words, taken_as, note)


def _written(file: Path, decisions: Iterable[Decision], name: str | None) -> list[str]:
    me = Me(one_line(name or ""), ROLE, settings.device_id())
    with closing(sessions.resume(file, SystemClock(), me)) as session:
        return [say(session.told(session.do(decision))) for decision in decisions]


def _told(replaced: Replaced, state: State) -> list[str]:
    rulings = [row for row in state.name_rulings.values() if row.removed_at is None]
    told = told_codes(replaced)
    if rulings:
        told.append(_("Decided: {words}.").format(words=", ".join(_ruled(state, row) for row in rulings)))
    doubts = told_doubts(replaced.doubts)
    return [*told, *(doubts or [_("Of every word in the texts it is sure whether it is a name.")])]


def _ruled(state: State, row: NameRulingRow) -> str:
    what = _("a word") if row.taken_as == "word" else called(state, row.participant) or _("a name")
    table, _slash, row_id = row.place.partition("/")
    note = state.notes.get(row_id) if table == NoteRow.TABLE else None
    where = f"@{lookup.note_label(state, note)}" if note else f"@{row.place}" if row.place else ""
    return f"{row.words}{where} = {what}"


def _print(told: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{clean(one)}\n" for one in told))
