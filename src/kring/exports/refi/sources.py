"""The sources of one session in a REFI-QDA project, its texts and its sound, with all that they are coded with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID
from xml.etree.ElementTree import Element

import msgspec

from kring.domain import rows as r
from kring.domain.text import one_line
from kring.exports.account import Piece, Spoken, item_of, paragraphs, speaker_of, zero
from kring.exports.identity import Identity
from kring.exports.refi import sound
from kring.exports.refi.packing import Packing
from kring.exports.refi.text import Text, field_notes_text, talk_text
from kring.exports.sound_file import sound_files
from kring.exports.xml_writing import inside
from kring.privacy.known_names import staff_labels
from kring.store.values import iso
from kring.system.i18n import _


class Sources:
    """The sources of a session; `codes` says which code stands for what."""

    def __init__(
        self, session: Identity, lines: list[Spoken], codes: dict[tuple[str, str], UUID], packing: Packing
    ) -> None:
        self._session = session
        self._snapshot = session.snapshot
        self._state = session.snapshot.state
        self._letters = staff_labels(self._state) if self._snapshot.with_names else {}
        self._codes = codes
        self._packing = packing
        self._codings: dict[str, list[r.CodingRow]] = {}
        for row in sorted(self._state.codings.values(), key=lambda row: (row.at, row.id)):
            self._codings.setdefault(row.note or row.turn or "", []).append(row)
        memos = sorted(self._state.memos.values(), key=lambda memo: (memo.at, memo.id))
        self._memos: dict[str, list[r.MemoRow]] = {}
        for memo in memos:
            self._memos.setdefault(memo.note or memo.turn or "", []).append(memo)
        self._notes = self._memos.pop("", [])
        self.notes_of: dict[str, list[UUID]] = {}
        self.notes_of_session: list[UUID] = []
        for memo in self._notes:
            guid = session.own("memo", memo.id)
            self.notes_of.setdefault(memo.code, []).append(guid) if memo.code else self.notes_of_session.append(guid)
        self._lines = lines
        self._told = self._with_what_is_coded(paragraphs(self._snapshot, lines))

    def _with_what_is_coded(self, told: list[Spoken]) -> list[Spoken]:
        """Return what was said, and the turns without words on which a researcher put a code or a memo."""
        known = {line.id for line in told}
        marked = self._codings.keys() | self._memos.keys()
        nothing = _("(nobody wrote down what was said)")
        wordless = [
            msgspec.structs.replace(line, pieces=(Piece(nothing, line.start_ms),))
            for line in self._lines
            if line.is_turn and line.id in marked and line.id not in known
        ]
        return sorted([*told, *wordless], key=lambda line: (line.pieces[0].at_ms, line.id))

    def put(self, sources: Element) -> None:
        """Write the talk, the field notes, and the files of sound."""
        talk = talk_text(self._snapshot, self._told)
        told = self._source(sources, "talk", _("Talk"), talk)
        for line, passage in zip(self._told, talk.passages, strict=True):
            place = (passage.start, passage.end)
            self._put_selections(told, ("turn", line.id), place, self._marks_of(line), line.at)
            self._put_passage_memos(told, line.id if line.is_turn else "", place)
        field_notes = field_notes_text(self._snapshot)
        told = self._source(sources, "notes", _("Field notes"), field_notes)
        for passage in field_notes.passages:
            note, place = self._state.notes[passage.of], (passage.start, passage.end)
            self._put_selections(told, ("note", note.id), place, self._marks_of_note(note), note.written_at)
            self._put_passage_memos(told, note.id, place)
        for number, file in enumerate(sound_files(self._snapshot), 1):
            transcript = self._packing.text(self._session.own("file", f"talk/{file.segment.id}"), talk.content)
            creator = self.user(self._state.session.assistant)
            heard = sound.Heard(self._session, file, number, self._lines, self._told, talk, self._codes)
            sound.put(sources, heard, creator, transcript, self._packing)

    def put_memos(self, notes: Element) -> None:
        """Write the memos that are on no passage; each name tells what it is on."""
        for number, memo in enumerate(self._notes, 1):
            code = self._state.codes.get(memo.code or "")
            about = one_line(code.name) if code else self._session.group
            inside(
                notes,
                "Note",
                guid=self._session.own("memo", memo.id),
                name=_("Memo {n} on {what}").format(n=number, what=about)
                + (f" ({self._session.group})" if code else ""),
                plainTextPath=self._packing.text(self._session.own("file", f"memo/{memo.id}"), memo.text),
                creatingUser=self.user(memo.author),
                creationDateTime=iso(memo.at),
                modifiedDateTime=iso(memo.changed_at) if memo.changed_at is not None else None,
            )

    def user(self, name: str) -> UUID:
        """Return the user of a name; with names and without they have the same id."""
        guid = self._session.own("user", self._letters.get(name, name))
        told = one_line(name) or "kring"
        self._packing.users.setdefault(guid, told if self._snapshot.with_names else self._session.person(told))
        return guid

    def _source(self, sources: Element, kind: str, name: str, text: Text) -> Element:
        return inside(
            sources,
            "TextSource",
            guid=self._session.own("source", kind),
            name=self._session.source(name, ".txt"),
            plainTextPath=self._packing.text(self._session.own("file", kind), text.content),
            creatingUser=self.user(self._state.session.assistant),
            creationDateTime=iso(zero(self._state)),
        )

    def _put_selections(
        self, source: Element, of: tuple[str, str], place: tuple[int, int], marks: Iterable[Mark], at: r.Moment
    ) -> None:
        """Write a passage once for each coder: programs take the coder of a code for that of the passage."""
        kind, row_id = of
        by_coder: dict[str, list[Mark]] = {}
        for mark in marks:
            by_coder.setdefault(mark.coder, []).append(mark)
        for number, (coder, those) in enumerate(by_coder.items()):
            guid = self._session.own(kind, row_id if number == 0 else f"{row_id}/{self._letters.get(coder, coder)}")
            selection = self._selection(source, guid, place, coder, at)
            for mark in those:
                coding = inside(
                    selection,
                    "Coding",
                    guid=self._session.own(*mark.of),
                    creatingUser=self.user(coder),
                    creationDateTime=iso(mark.at),
                )
                inside(coding, "CodeRef", targetGUID=mark.code)

    def _put_passage_memos(self, source: Element, row_id: str, place: tuple[int, int]) -> None:
        """Write the memos on a passage as its description, those of each author apart.

        QualCoder and MAXQDA read a passage with a description and no code as a memo there; of one author QualCoder
        takes one.
        """
        by_author: dict[str, list[r.MemoRow]] = {}
        for memo in self._memos.get(row_id, ()):
            by_author.setdefault(memo.author, []).append(memo)
        for author, those in by_author.items():
            guid = self._session.own("memo", those[0].id)
            selection = self._selection(source, guid, place, author, those[0].at)
            inside(selection, "Description", "\n\n".join(memo.text for memo in those) or _("Memo"))

    def _selection(self, source: Element, guid: UUID, place: tuple[int, int], user: str, at: r.Moment) -> Element:
        return inside(
            source,
            "PlainTextSelection",
            guid=guid,
            startPosition=place[0],
            endPosition=place[1],
            creatingUser=self.user(user),
            creationDateTime=iso(at),
        )

    def _marks_of(self, line: Spoken) -> Iterator[Mark]:
        yield from self._mark("speaker", line.who, ("speaks", line.id), line.logged_by, line.at)
        item = item_of(self._state, line.item)
        yield from self._mark("item", item.id if item else None, ("asked", line.id), line.logged_by, line.at)
        if line.is_turn:
            yield from self._coded(line.id)

    def _marks_of_note(self, note: r.NoteRow) -> Iterator[Mark]:
        at = note.written_at
        yield from self._mark("speaker", speaker_of(note), ("speaks", note.id), note.author, at)
        item = item_of(self._state, note.item)
        yield from self._mark("item", item.id if item else None, ("asked", note.id), note.author, at)
        for tag in dict.fromkeys(note.tags):
            yield from self._mark("tag", tag, ("tagged", f"{note.id}/{tag}"), note.author, at)
        yield from self._coded(note.id)

    def _coded(self, row_id: str) -> Iterator[Mark]:
        for coding in self._codings.get(row_id, ()):
            yield from self._mark("code", coding.code, ("coding", coding.id), coding.coder, coding.at)

    def _mark(self, kind: str, row_id: str | None, of: tuple[str, str], coder: str, at: r.Moment) -> Iterator[Mark]:
        code = self._codes.get((kind, row_id or ""))
        if code is not None:
            yield Mark(of, code, coder, at)


class Mark(msgspec.Struct, frozen=True):
    """A code on a passage, by whom and since when; `of` gives it its id."""

    of: tuple[str, str]
    code: UUID
    coder: str
    at: r.Moment
