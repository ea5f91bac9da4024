"""Codings that come back from a program for analysis: on which turn or note each is, whose it is, and what is new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kring.domain.state import State
from kring.domain.text import folded
from kring.exports.account import paragraphs, spoken
from kring.exports.coming_back.places import Places, Unit
from kring.exports.identity import identities
from kring.exports.refi.codebook import CATEGORIES, Code, codebook
from kring.exports.refi.text import field_notes_text, talk_text
from kring.imports.codings.coded import ReadCode, ReadFile
from kring.privacy.known_names import staff_labels
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import LANGUAGES, translated

NOBODY = frozenset({"", "default", "kring"})
"""What programs write for a coder who gave no name."""
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_LETTER = re.compile(r"[A-Z]\d*")
"""What a file with codes has for a coder; the group in brackets tells nothing in the session itself."""


class Mark(NamedTuple):
    """A code, by its folded name, on a turn or a note."""

    code: str
    unit: Unit


class Coding(NamedTuple):
    """A mark and who gave it; of `""` the file does not say who."""

    mark: Mark
    coder: str


class ComingBack(NamedTuple):
    """What a file brings: `codes` the codebook lacks, and codings; and how much of it brings nothing, and why.

    `known` are here already, `automatic` are of the guide, the speakers and tags, and `lost` on words that are not in
    this session.
    """

    codes: tuple[ReadCode, ...]
    codings: tuple[Coding, ...]
    known: int = 0
    automatic: int = 0
    lost: int = 0
    unread: int = 0


def coming_back(with_names: Snapshot, with_codes: Snapshot, found: ReadFile, name: str = "") -> ComingBack:
    """Return what a file brings to a session, of which both snapshots are; `name` is who coded what is new in it."""
    book = _Book([with_names, with_codes])
    state = with_names.state
    places = Places(text for one in (with_codes, with_names) for text in _texts(one))
    texts = [places.of_text(text) for text in found.texts]
    tagged = {(folded(tag), note.id) for note in state.notes.values() for tag in note.tags}
    placed: list[tuple[str, Mark]] = []
    automatic = lost = 0
    for one in found.codings:
        if book.is_automatic(one.code):
            automatic += 1
            continue
        units = texts[one.source].under(one.start, one.end) if one.source is not None else places.of_words(one.words)
        lost += not units
        code = book.name_of(one.code)
        for unit in units:
            if code[:1] == "#" and (code[1:], unit.note) in tagged:
                automatic += 1
            else:
                placed.append((one.coder, Mark(code, unit)))
    here = _here(state)
    whose = _coders(state, here, placed)
    codings: dict[Coding, None] = {}
    known = 0
    for user, mark in placed:
        coder = whose[user]
        if mark in here.get(coder, ()) or mark in here.get(name, ()):
            known += 1
        else:
            codings[Coding(mark, name or coder)] = None
    lacking = book.lacking(found.codes, {one.mark.code for one in codings})
    return ComingBack(tuple(lacking), tuple(codings), known, automatic, lost, found.unread)


def _here(state: State) -> dict[str, set[Mark]]:
    """Return what each coder of the session coded."""
    found: dict[str, set[Mark]] = {}
    for row in state.codings.values():
        code = state.codes.get(row.code)
        if code is not None and row.removed_at is None:
            found.setdefault(row.coder, set()).add(Mark(folded(code.name), Unit(row.note, row.turn)))
    return found


def _coders(state: State, here: Mapping[str, set[Mark]], placed: Iterable[tuple[str, Mark]]) -> dict[str, str]:
    """Return the coder that each user of a file is, empty where the file does not tell.

    A file with codes has a letter for who coded, and letters change as people join. So who has half of what a coder of
    the session coded is that coder; else a letter is who has it now.
    """
    labels = staff_labels(state)
    letters = {folded(label): name for name, label in labels.items()}
    names = {folded(name): name for name in labels}
    theirs: dict[str, set[Mark]] = {}
    for user, mark in placed:
        theirs.setdefault(user, set()).add(mark)
    found: dict[str, str] = {}
    for user, marks in theirs.items():
        label = _IN_BRACKETS.sub("", user)
        bare = folded(label)
        alike = {coder: len(marks & those) for coder, those in here.items() if 2 * len(marks & those) >= len(those)}
        if bare in names:
            found[user] = names[bare]
        elif bare in letters or _LETTER.fullmatch(label):
            found[user] = max(alike, key=lambda coder: (alike[coder], coder)) if alike else letters.get(bare, label)
        else:
            found[user] = "" if bare in NOBODY else user
    return found


def _texts(snapshot: Snapshot) -> Iterator[tuple[str, list[tuple[int, int, Unit | None]]]]:
    """Yield the talk and the field notes as they are exported, with the unit of each passage."""
    state = snapshot.state
    lines = paragraphs(snapshot, spoken(snapshot))
    talk = talk_text(snapshot, lines)
    of_talk = [_unit_of_line(state, passage.of) for passage in talk.passages]
    yield talk.content, [(one.start, one.end, unit) for one, unit in zip(talk.passages, of_talk, strict=True)]
    notes = field_notes_text(snapshot)
    yield notes.content, [(one.start, one.end, Unit(one.of, None)) for one in notes.passages]


def _unit_of_line(state: State, line: str) -> Unit | None:
    """Return what can be coded of a line of the talk: the turn, or the note of a quote that is in none."""
    if line in state.turns:
        return Unit(None, line)
    note = line.removeprefix("said/")
    return Unit(note, None) if note in state.notes else None


class _Book:
    """The codebook of a session, and what of it a code of a file is."""

    def __init__(self, snapshots: Sequence[Snapshot]) -> None:
        self._names: dict[str, str] = {}
        self._automatic: set[str] = set()
        self._tops = {folded(translated(name, lang)) for name in CATEGORIES for lang in LANGUAGES}
        state = snapshots[0].state
        for snapshot in snapshots:
            book = codebook(identities([snapshot]), [spoken(snapshot)])
            names = {str(code.guid): code.name for code in _each(book.codes)}
            for (kind, row_id), guid in book.of_session[0].items():
                if kind == "code" and row_id in state.codes:
                    own = folded(state.codes[row_id].name)
                    self._names[str(guid)] = self._names[folded(names[str(guid)])] = own
            for top in book.codes:
                if top.is_automatic or top.guid == identities([snapshot])[0].shared("category", "tags"):
                    self._tops |= {str(top.guid), folded(top.name)}
                if top.is_automatic:
                    for code in _each(top.codes):
                        self._automatic |= {str(code.guid), folded(code.name)}
        self._here = {folded(row.name) for row in state.codes.values() if row.removed_at is None}

    def is_automatic(self, code: ReadCode) -> bool:
        """Whether a code says who speaks or on what, which the session knows itself."""
        keys = {code.guid, folded(code.name)}
        top = folded(code.above[0]) if code.above else ""
        return bool(keys & self._automatic) or (top in self._tops and not code.name.startswith("#"))

    def name_of(self, code: ReadCode) -> str:
        """Return the folded name that a code of a file has in the session."""
        return self._names.get(code.guid) or self._names.get(folded(code.name)) or folded(code.name)

    def lacking(self, codes: Sequence[ReadCode], used: set[str]) -> Iterator[ReadCode]:
        """Yield the codes of a file that the session lacks, each behind what it stands below.

        Of tags only those that were put where there is no tag, and of what is only a heading what has codes below it.
        """
        headings = {folded(name) for code in codes if code.is_codable for name in code.above}
        seen: set[str] = set()
        for code in codes:
            own = self.name_of(code)
            is_top = bool({code.guid, folded(code.name)} & self._tops)
            is_tag = bool(code.above) and folded(code.above[0]) in self._tops
            is_wanted = code.is_codable or folded(code.name) in headings
            if is_top or self.is_automatic(code) or not is_wanted or (is_tag and own not in used):
                continue
            if own and own not in self._here and own not in seen:
                seen.add(own)
                yield code


def _each(codes: Iterable[Code]) -> Iterator[Code]:
    for code in codes:
        yield code
        yield from _each(code.codes)
