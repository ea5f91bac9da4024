"""REFI-QDA projects (`.qdpx`), as ATLAS.ti, MAXQDA, NVivo and QualCoder read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO
from uuid import UUID
from xml.etree.ElementTree import Element

import msgspec

from kring.domain import rows as r
from kring.domain.guide_items import question_of
from kring.domain.text import one_line
from kring.exports.account import Spoken, short_label, speaker_of, spoken, zero
from kring.exports.refi import cases, sound
from kring.exports.refi.codebook import ORIGIN, PROJECT, CodeBook, codebook, put
from kring.exports.refi.text import Text, field_notes_text, talk_text
from kring.exports.sound_file import sound_files
from kring.exports.xml_writing import document, inside, root
from kring.privacy.redaction import staff_labels
from kring.privacy.snapshot import Snapshot
from kring.store.values import iso
from kring.system.i18n import _
from kring.system.output_files import Progress, StableZip


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the session as a project: its texts, its sound, what was coded, and who took part."""
    with StableZip(file) as packed:
        for name, content in _Project(snapshot).files():
            packed.add(name, content)


class _Project:
    """A project while it is made; `files` are those that go in beside it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._state = snapshot.state
        self._letters = staff_labels(snapshot.state) if snapshot.with_names else {}
        self._lines = spoken(snapshot)
        self._book: CodeBook = codebook(snapshot, self._lines)
        self._users: dict[str, UUID] = {}
        self._files: dict[str, bytes] = {}
        self._memos: dict[str, list[UUID]] = {}
        self._codings: dict[str, list[r.CodingRow]] = {}
        for row in sorted(self._state.codings.values(), key=lambda row: (row.at, row.id)):
            self._codings.setdefault(row.note or row.turn or "", []).append(row)
        for memo in self._all_memos():
            self._memos.setdefault(memo.note or memo.turn or memo.code or "", []).append(self._guid("memo", memo.id))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield what goes into the zip, each with its place."""
        yield "project.qde", self._project()
        for name, content in self._files.items():
            yield f"sources/{name}", content

    def _project(self) -> bytes:
        session = self._state.session
        sources, memos = root("Sources"), root("Notes")
        self._put_sources(sources)
        self._put_memos(memos)
        top = root(
            "Project",
            xmlns=PROJECT,
            name=short_label(session.title) or self._snapshot.stem,
            origin=ORIGIN,
            creatingUserGUID=self._user(session.assistant or session.moderator),
            creationDateTime=self._begun(),
            modifiedDateTime=iso(self._snapshot.now),
            basePath=".",
        )
        users = inside(top, "Users")
        for name, guid in self._users.items():
            inside(users, "User", guid=guid, name=one_line(name) or "kring")
        put(inside(top, "CodeBook"), self._book.codes, self._memos)
        cases.put(top, self._snapshot)
        top.append(sources)
        if len(memos):
            top.append(memos)
        if session.objective:
            inside(top, "Description", session.objective)
        for memo in self._memos.get("", ()):
            inside(top, "NoteRef", targetGUID=memo)
        return document(top)

    def _put_sources(self, sources: Element) -> None:
        snapshot = self._snapshot
        talk = talk_text(snapshot, self._lines)
        told = self._source(sources, "talk", _("Talk"), talk)
        lines = {line.id: line for line in self._lines}
        for passage in talk.passages:
            line = lines[passage.of]
            self._put_selections(told, ("turn", line.id), (passage.start, passage.end), self._marks_of(line), line.at)
        field_notes = field_notes_text(snapshot)
        told = self._source(sources, "notes", _("Field notes"), field_notes)
        for passage in field_notes.passages:
            note = self._state.notes[passage.of]
            marks = self._marks_of_note(note)
            self._put_selections(told, ("note", note.id), (passage.start, passage.end), marks, note.written_at)
        for file in sound_files(snapshot):
            transcript = self._file(f"talk/{file.segment.id}", talk.content)
            creator = self._user(self._state.session.assistant)
            sound.put(sources, sound.Sound(snapshot, file, self._lines, talk, self._book, creator, transcript))

    def _source(self, sources: Element, kind: str, name: str, text: Text) -> Element:
        return inside(
            sources,
            "TextSource",
            guid=self._guid("source", kind),
            name=f"{name}.txt",
            plainTextPath=f"internal://{self._file(kind, text.content)}",
            creatingUser=self._user(self._state.session.assistant),
            creationDateTime=self._begun(),
        )

    def _file(self, kind: str, content: str) -> str:
        """Put a text beside the project and return its name."""
        name = f"{self._guid('file', kind)}.txt"
        self._files[name] = content.encode()
        return name

    def _put_selections(
        self, source: Element, of: tuple[str, str], place: tuple[int, int], marks: Iterable[Mark], at: r.Moment
    ) -> None:
        """Write a passage once for each who coded it; QualCoder knows of no coder but that of the passage."""
        kind, row_id = of
        by_coder: dict[str, list[Mark]] = {}
        for mark in marks:
            by_coder.setdefault(mark.coder, []).append(mark)
        memos = self._memos.get(row_id, [])
        if memos and not by_coder:
            by_coder[""] = []
        for number, (coder, those) in enumerate(by_coder.items()):
            selection = inside(
                source,
                "PlainTextSelection",
                guid=self._guid(kind, row_id if number == 0 else f"{row_id}/{self._letters.get(coder, coder)}"),
                startPosition=place[0],
                endPosition=place[1],
                creatingUser=self._user(coder),
                creationDateTime=iso(at),
            )
            if not those:  # QualCoder makes an empty note of a passage that says nothing
                inside(selection, "Description", _("Memo"))
            for mark in those:
                coding = inside(
                    selection,
                    "Coding",
                    guid=self._guid(*mark.of),
                    creatingUser=self._user(coder),
                    creationDateTime=iso(mark.at),
                )
                inside(coding, "CodeRef", targetGUID=mark.code)
            for memo in memos if number == 0 else ():
                inside(selection, "NoteRef", targetGUID=memo)

    def _marks_of(self, line: Spoken) -> Iterator[Mark]:
        yield from self._mark("speaker", line.who, ("speaks", line.id), line.logged_by, line.at)
        item = question_of(self._state, line.item)
        yield from self._mark("item", item.id if item else None, ("asked", line.id), line.logged_by, line.at)
        if line.is_turn:
            yield from self._coded(line.id)

    def _marks_of_note(self, note: r.NoteRow) -> Iterator[Mark]:
        at = note.written_at
        yield from self._mark("speaker", speaker_of(note), ("speaks", note.id), note.author, at)
        item = question_of(self._state, note.item)
        yield from self._mark("item", item.id if item else None, ("asked", note.id), note.author, at)
        for tag in dict.fromkeys(note.tags):
            yield from self._mark("tag", tag, ("tagged", f"{note.id}/{tag}"), note.author, at)
        yield from self._coded(note.id)

    def _coded(self, row_id: str) -> Iterator[Mark]:
        for coding in self._codings.get(row_id, ()):
            yield from self._mark("code", coding.code, ("coding", coding.id), coding.coder, coding.at)

    def _mark(self, kind: str, row_id: str | None, of: tuple[str, str], coder: str, at: r.Moment) -> Iterator[Mark]:
        code = self._book.of(kind, row_id)
        if code is not None:
            yield Mark(of, code, coder, at)

    def _put_memos(self, memos: Element) -> None:
        for number, memo in enumerate(self._all_memos(), 1):
            inside(
                memos,
                "Note",
                guid=self._guid("memo", memo.id),
                name=_("Memo {n}").format(n=number),
                plainTextPath=f"internal://{self._file(f'memo/{memo.id}', memo.text)}",
                creatingUser=self._user(memo.author),
                creationDateTime=iso(memo.at),
                modifiedDateTime=iso(memo.changed_at) if memo.changed_at is not None else None,
            )

    def _all_memos(self) -> list[r.MemoRow]:
        return sorted(self._state.memos.values(), key=lambda memo: (memo.at, memo.id))

    def _user(self, name: str) -> UUID:
        """Return the user of a name; the same one with names and without."""
        guid = self._guid("user", self._letters.get(name, name))
        self._users.setdefault(name, guid)
        return guid

    def _guid(self, kind: str, row_id: str) -> UUID:
        return self._snapshot.guid(kind, row_id)

    def _begun(self) -> str:
        return iso(zero(self._state))


class Mark(msgspec.Struct, frozen=True):
    """A code on a passage, by whom and since when; `of` gives it its id."""

    of: tuple[str, str]
    code: UUID
    coder: str
    at: r.Moment
