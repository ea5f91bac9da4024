"""The codebook of REFI-QDA: the researchers' codes, the tags, the guide and the speakers, as categories with codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO
from uuid import UUID
from xml.etree.ElementTree import Element

import msgspec

from kring.domain import rows as r
from kring.domain.state import State
from kring.domain.text import folded
from kring.exports.account import Spoken, Unique, item_label, item_of, notes, short_label, speakers, spoken, visits
from kring.exports.identity import Identity, identities
from kring.exports.xml_writing import document, inside, root
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _
from kring.system.output_files import Progress

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "kring"
CATEGORIES = ("Tags", "Discussion guide", "Speakers")
"""What its categories are called, to translate: a file may come back in another language than it left in."""
PALETTE = ("#4E79A7", "#F28E2B", "#59A14F", "#B07AA1", "#76B7B2", "#E15759", "#9C755F", "#EDC948")
"""What a code is coloured that nobody gave a colour: the same one in each export."""
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\Z")


class Code(msgspec.Struct, frozen=True):
    """A code, or a category that holds codes; `memos_of` are the rows whose memos belong to it.

    What is automatic nobody gave: the log says who spoke and which question was open.
    """

    guid: UUID
    name: str
    is_codable: bool = True
    description: str = ""
    colour: str = ""
    memos_of: tuple[str, ...] = ()
    is_automatic: bool = False
    codes: tuple[Code, ...] = ()


class CodeBook(msgspec.Struct, frozen=True):
    """The tree of codes, and which of them stands for what: a tag, an item of the guide, a speaker, a code.

    `of_session` has, for each session, the code of a kind and the id of a row.
    """

    codes: tuple[Code, ...]
    of_session: tuple[dict[tuple[str, str], UUID], ...]

    @property
    def by_hand(self) -> tuple[Code, ...]:
        """Return the codes that somebody gave, and the tags."""
        return tuple(code for code in self.codes if not code.is_automatic)


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the codebook alone, as a `.qdc` file."""
    top = root("CodeBook", xmlns=CODEBOOK, origin=ORIGIN)
    put(top, codebook(identities([snapshot]), [spoken(snapshot)]).codes, {})
    file.write(document(top))


def put(parent: Element, codes: Iterable[Code], notes_of: dict[str, list[UUID]]) -> None:
    """Write a tree of codes into an element, with references to the memos on each."""
    _put_codes(inside(parent, "Codes"), codes, notes_of)


def _put_codes(parent: Element, codes: Iterable[Code], notes_of: dict[str, list[UUID]]) -> None:
    for code in codes:
        colour = code.colour if _COLOUR.match(code.colour) else _colour_of(code)
        is_codable = str(code.is_codable).lower()
        told = inside(parent, "Code", guid=code.guid, name=code.name, isCodable=is_codable, color=colour)
        if code.description:
            inside(told, "Description", code.description)
        for row_id in code.memos_of:
            for note in notes_of.get(row_id, ()):
                inside(told, "NoteRef", targetGUID=note)
        _put_codes(told, code.codes, notes_of)


def _colour_of(code: Code) -> str | None:
    return PALETTE[code.guid.int % len(PALETTE)] if code.is_codable else None


def codebook(sessions: Sequence[Identity], lines: Sequence[Iterable[Spoken]]) -> CodeBook:
    """Return the codes of sessions in which these speak: what they have in common once, and every name unique."""
    made = [_Making(session, theirs) for session, theirs in zip(sessions, lines, strict=True)]
    return CodeBook(
        _named(_merged([code for one in made for code in one.codes()]), Unique()), tuple(one.by_row for one in made)
    )


def _merged(codes: Iterable[Code]) -> tuple[Code, ...]:
    """Return each code once, with all that stands below it anywhere."""
    alike: dict[UUID, list[Code]] = {}
    for code in codes:
        alike.setdefault(code.guid, []).append(code)
    return tuple(
        msgspec.structs.replace(
            those[0],
            description=next((one.description for one in those if one.description), ""),
            colour=next((one.colour for one in those if one.colour), ""),
            memos_of=tuple(row_id for one in those for row_id in one.memos_of),
            codes=_merged([below for one in those for below in one.codes]),
        )
        for those in alike.values()
    )


def _named(codes: Iterable[Code], names: Unique) -> tuple[Code, ...]:
    return tuple(
        msgspec.structs.replace(code, name=names.take(code.name, str(code.guid)), codes=_named(code.codes, names))
        for code in codes
    )


class _Making:
    """The codes of one session, each with its wish for a name."""

    def __init__(self, session: Identity, lines: Iterable[Spoken]) -> None:
        self._session = session
        self._snapshot = session.snapshot
        self._lines = lines
        self._state: State = session.snapshot.state
        self.by_row: dict[tuple[str, str], UUID] = {}

    def codes(self) -> list[Code]:
        """Return the researchers' codes, and the categories."""
        return [*self._own(), self._tags(), self._guide(), self._speakers()]

    def _code(self, kind: str, row_id: str, name: str, guid: UUID) -> Code:
        self.by_row[kind, row_id] = guid
        return Code(guid, name or row_id)

    def _category(self, name: str, key: str, codes: Iterable[Code]) -> Code:
        return Code(self._session.shared("category", key), name, is_codable=False, codes=tuple(codes))

    def _own(self) -> list[Code]:
        """Return the researchers' codes; what is called alike is the same code in every session of the study."""
        rows = self._state.codes
        keys = Unique("{}/{}")
        children: dict[str | None, list[tuple[r.CodeRow, UUID]]] = {}
        for row in sorted(rows.values(), key=lambda row: (folded(row.name), row.id)):
            guid = self._session.shared("code", folded(keys.take(row.name, row.id)))
            children.setdefault(_place(row, rows), []).append((row, guid))
        return self._branch(children, None)

    def _branch(self, children: dict[str | None, list[tuple[r.CodeRow, UUID]]], parent: str | None) -> list[Code]:
        return [
            msgspec.structs.replace(
                self._code("code", row.id, short_label(row.name), guid),
                description=row.description,
                colour=row.colour,
                memos_of=(row.id,),
                codes=tuple(self._branch(children, row.id)),
            )
            for row, guid in children.get(parent, ())
        ]

    def _tags(self) -> Code:
        tags = sorted({tag for note in notes(self._state) for tag in note.tags})
        codes = [self._code("tag", tag, f"#{tag}", self._session.shared("tag", folded(tag))) for tag in tags]
        return self._category(_("Tags"), "tags", codes)

    def _guide(self) -> Code:
        by_section: dict[str | None, list[r.GuideRow]] = {}
        for item in self._items():
            top = self._top(item)
            by_section.setdefault(None if top == item.id else top, []).append(item)
        sections: list[Code] = []
        for section in by_section.get(None, ()):
            name = item_label(section)
            codes = [self._item(item, item_label(item)) for item in by_section.get(section.id, ())]
            here = self._item(section, _("{section} (in general)").format(section=name))
            sections.append(self._category(name, f"section/{section.id}", (here, *codes)))
        return msgspec.structs.replace(self._category(_("Discussion guide"), "guide", sections), is_automatic=True)

    def _item(self, item: r.GuideRow, name: str) -> Code:
        return self._code("item", item.id, name, self._session.shared("item", item.id))

    def _items(self) -> list[r.GuideRow]:
        """Return sections and questions, those that were removed only where something was said on them."""
        state = self._state
        used = {item.id for item, _begin, _end in visits(self._snapshot)}
        placed = [turn.item for turn in state.turns.values()] + [note.item for note in state.notes.values()]
        used |= {item.id for place in placed if (item := item_of(state, place))}
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
        codes = [self._speaker(who, name) for who, name in speakers(self._snapshot, self._lines)]
        return msgspec.structs.replace(self._category(_("Speakers"), "speakers", codes), is_automatic=True)

    def _speaker(self, who: str, name: str) -> Code:
        """Return a speaker's code; a participant's has the id of the case, so programs know whose words are coded."""
        if who in self._state.participants:
            return self._code("speaker", who, self._session.person(name), self._session.own("case", who))
        if who == "moderator":
            return self._code("speaker", who, self._session.person(name), self._session.own("speaker", who))
        return self._code("speaker", who, name, self._session.shared("speaker", who))


def _place(row: r.CodeRow, rows: Mapping[str, r.CodeRow]) -> str | None:
    """Return the code above this one; None where there is none, or where the way up leads back to itself."""
    seen = {row.id}
    above = rows.get(row.parent or "")
    while above is not None and above.id not in seen:
        seen.add(above.id)
        above = rows.get(above.parent or "")
    return None if above is not None or row.parent not in rows else row.parent
