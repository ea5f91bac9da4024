"""The codebook of REFI-QDA: the researchers' codes, the tags, the guide and the speakers, as categories with codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import BinaryIO
from uuid import UUID
from xml.etree.ElementTree import Element

import msgspec

from kring.domain import rows as r
from kring.domain.guide_items import question_of
from kring.domain.state import State
from kring.domain.text import folded
from kring.exports.account import Spoken, Unique, item_label, notes, speakers, spoken, visits
from kring.exports.xml_writing import document, inside, root
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _
from kring.system.output_files import Progress

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "kring"
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\Z")


class Code(msgspec.Struct, frozen=True):
    """A code, or a category that holds codes; `memo_of` is the row whose memos belong to it."""

    guid: UUID
    name: str
    is_codable: bool = True
    description: str = ""
    colour: str = ""
    memo_of: str = ""
    codes: tuple[Code, ...] = ()


class CodeBook(msgspec.Struct, frozen=True):
    """The tree of codes, and which code stands for a tag, an item of the guide, a speaker, or a researcher's code."""

    codes: tuple[Code, ...]
    by_row: dict[tuple[str, str], UUID]

    def of(self, kind: str, row_id: str | None) -> UUID | None:
        """Return the code that stands for something."""
        return self.by_row.get((kind, row_id or ""))


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the codebook alone, as a `.qdc` file."""
    top = root("CodeBook", xmlns=CODEBOOK, origin=ORIGIN)
    put(top, codebook(snapshot, spoken(snapshot)).codes, {})
    file.write(document(top))


def put(parent: Element, codes: Iterable[Code], notes_of: dict[str, list[UUID]]) -> None:
    """Write a tree of codes into an element, with references to the memos on each."""
    _put_codes(inside(parent, "Codes"), codes, notes_of)


def _put_codes(parent: Element, codes: Iterable[Code], notes_of: dict[str, list[UUID]]) -> None:
    for code in codes:
        colour = code.colour if _COLOUR.match(code.colour) else None
        is_codable = str(code.is_codable).lower()
        told = inside(parent, "Code", guid=code.guid, name=code.name, isCodable=is_codable, color=colour)
        if code.description:
            inside(told, "Description", code.description)
        for note in notes_of.get(code.memo_of, ()):
            inside(told, "NoteRef", targetGUID=note)
        _put_codes(told, code.codes, notes_of)


def codebook(snapshot: Snapshot, lines: Iterable[Spoken]) -> CodeBook:
    """Return all codes of a session in which these speak; every name in it is unique."""
    return _Making(snapshot, lines).book()


class _Making:
    """A codebook while it is made."""

    def __init__(self, snapshot: Snapshot, lines: Iterable[Spoken]) -> None:
        self._snapshot = snapshot
        self._lines = lines
        self._state: State = snapshot.state
        self._names = Unique()
        self._by_row: dict[tuple[str, str], UUID] = {}

    def book(self) -> CodeBook:
        """Return the whole codebook."""
        return CodeBook((*self._own(None), self._tags(), self._guide(), self._speakers()), self._by_row)

    def _code(self, kind: str, row_id: str, name: str, *, guid: UUID | None = None) -> Code:
        code = Code(guid or self._snapshot.guid(kind, row_id), self._names.take(name, row_id))
        self._by_row[kind, row_id] = code.guid
        return code

    def _category(self, name: str, name_of_guid: str, codes: Iterable[Code]) -> Code:
        told = self._names.take(name, name_of_guid)
        return Code(self._snapshot.guid("category", name_of_guid), told, is_codable=False, codes=tuple(codes))

    def _own(self, parent: str | None) -> list[Code]:
        rows = self._state.codes
        children: dict[str | None, list[r.CodeRow]] = {}
        for row in sorted(rows.values(), key=lambda row: (folded(row.name), row.id)):
            children.setdefault(_place(row, rows), []).append(row)
        return self._branch(children, parent)

    def _branch(self, children: dict[str | None, list[r.CodeRow]], parent: str | None) -> list[Code]:
        found: list[Code] = []
        for row in children.get(parent, ()):
            code = self._code("code", row.id, row.name)
            found.append(
                msgspec.structs.replace(
                    code,
                    description=row.description,
                    colour=row.colour,
                    memo_of=row.id,
                    codes=tuple(self._branch(children, row.id)),
                )
            )
        return found

    def _tags(self) -> Code:
        tags = sorted({tag for note in notes(self._state) for tag in note.tags})
        return self._category(_("Tags"), "tags", [self._code("tag", tag, f"#{tag}") for tag in tags])

    def _guide(self) -> Code:
        by_section: dict[str | None, list[r.GuideRow]] = {}
        for item in self._items():
            top = self._top(item)
            by_section.setdefault(None if top == item.id else top, []).append(item)
        sections: list[Code] = []
        for section in by_section.get(None, ()):
            name = item_label(section)
            codes = [self._code("item", item.id, item_label(item)) for item in by_section.get(section.id, ())]
            here = _("{section} (in general)").format(section=name)
            sections.append(
                self._category(name, f"section/{section.id}", (self._code("item", section.id, here), *codes))
            )
        return self._category(_("Discussion guide"), "guide", sections)

    def _items(self) -> list[r.GuideRow]:
        """Return sections and questions, those that were removed only where something was said on them."""
        state = self._state
        used = {item.id for item, _begin, _end in visits(self._snapshot)}
        placed = [turn.item for turn in state.turns.values()] + [note.item for note in state.notes.values()]
        used |= {item.id for place in placed if (item := question_of(state, place))}
        used |= {self._top(state.guide[item_id]) for item_id in used}
        wanted = (
            row
            for row in state.guide.values()
            if row.id in used or (row.removed_at is None and (row.parent is None or row.kind == "question"))
        )
        return sorted(wanted, key=lambda row: (row.position, row.id))

    def _top(self, item: r.GuideRow) -> str:
        """Return the item without a parent above this one; a circle is cut at the item itself."""
        seen = {item.id}
        here = item
        while (above := self._state.guide.get(here.parent or "")) is not None and above.id not in seen:
            here = above
            seen.add(here.id)
        return here.id

    def _speakers(self) -> Code:
        heard = speakers(self._snapshot, self._lines)
        codes = [self._code("speaker", who, name, guid=self._guid_of(who)) for who, name in heard]
        return self._category(_("Speakers"), "speakers", codes)

    def _guid_of(self, who: str) -> UUID:
        """Return a participant's code with the id of the case: programs then know whose words are coded with it."""
        return self._snapshot.guid("case" if who in self._state.participants else "speaker", who)


def _place(row: r.CodeRow, rows: Mapping[str, r.CodeRow]) -> str | None:
    """Return the code above this one; None where there is none, or where the way up leads back to itself."""
    seen = {row.id}
    above = rows.get(row.parent or "")
    while above is not None and above.id not in seen:
        seen.add(above.id)
        above = rows.get(above.parent or "")
    return None if above is not None or row.parent not in rows else row.parent
