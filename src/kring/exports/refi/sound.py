"""The recording in a REFI-QDA project: where it lies, who speaks when in it, and what it's coded with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID
from xml.etree.ElementTree import Element

from kring.domain import rows as r
from kring.exports.account import Spoken, notes, visits, zero
from kring.exports.refi.codebook import CodeBook
from kring.exports.refi.text import Text
from kring.exports.sound_file import SoundFile
from kring.exports.xml_writing import inside
from kring.privacy.snapshot import Snapshot
from kring.store.values import iso

BEFORE_MS, AFTER_MS = 5_000, 5_000
"""How much of the sound around a note goes with its tags: people write behind the talk."""


class Sound(NamedTuple):
    """A file of the recording and all that is known of it; `transcript` is the text that is in step with it."""

    snapshot: Snapshot
    file: SoundFile
    lines: list[Spoken]
    talk: Text
    book: CodeBook
    creator: UUID
    transcript: str


class _Heard(NamedTuple):
    """A stretch of sound and its code; times are epoch ms."""

    of: tuple[str, str]
    code: UUID
    begin: int
    end: int


def put(sources: Element, sound: Sound) -> None:
    """Write one file of the recording; it stays where it is, beside the session file."""
    snapshot, file = sound.snapshot, sound.file
    place = f"relative:///{file.path}"
    made: dict[str, object] = {"creatingUser": sound.creator, "creationDateTime": iso(file.segment.started_at)}
    told = inside(
        sources,
        "AudioSource",
        guid=snapshot.guid("segment", file.segment.id),
        name=file.name,
        path=place,
        currentPath=place,
        **made,
    )
    transcript = inside(
        told,
        "Transcript",
        guid=snapshot.guid("transcript", file.segment.id),
        name=f"{file.name}.txt",
        plainTextPath=f"internal://{sound.transcript}",
        **made,
    )
    begins = {passage.of: passage.start for passage in sound.talk.passages}
    for line in sound.lines:
        at = line.start_ms + zero(snapshot.state)
        if _is_in(file, at, at + 1):
            inside(
                transcript,
                "SyncPoint",
                guid=snapshot.guid("sync", f"{file.segment.id}/{line.id}"),
                timeStamp=file.place_of(at),
                position=begins[line.id],
            )
    for heard in _heard(sound):
        if _is_in(file, heard.begin, heard.end):
            _put_selection(told, sound, heard, made)


def _put_selection(told: Element, sound: Sound, heard: _Heard, made: dict[str, object]) -> None:
    kind, row_id = heard.of
    guid = sound.snapshot.guid
    begin = sound.file.place_of(heard.begin)
    selection = inside(
        told,
        "AudioSelection",
        guid=guid(f"heard/{kind}", f"{sound.file.segment.id}/{row_id}"),
        begin=begin,
        end=max(begin + 1, sound.file.place_of(heard.end)),
        **made,
    )
    coding = inside(selection, "Coding", guid=guid(f"heard-as/{kind}", f"{sound.file.segment.id}/{row_id}"), **made)
    inside(coding, "CodeRef", targetGUID=heard.code)


def _is_in(file: SoundFile, begin: int, end: int) -> bool:
    return begin < file.begins_at + file.length_ms and end > file.begins_at


def _heard(sound: Sound) -> Iterator[_Heard]:
    state = sound.snapshot.state
    start = zero(state)
    for number, (item, begin, end) in enumerate(visits(sound.snapshot)):
        if code := sound.book.of("item", item.id):
            yield _Heard(("visit", f"{number}/{item.id}"), code, begin + start, end + start)
    for line in sound.lines:
        if code := sound.book.of("speaker", line.who):
            yield _Heard(("turn", line.id), code, line.start_ms + start, line.end_ms + start)
    for note in notes(state):
        for tag in dict.fromkeys(note.tags):
            if code := sound.book.of("tag", tag):
                yield _Heard(("tag", f"{note.id}/{tag}"), code, *_around(note))


def _around(note: r.NoteRow) -> tuple[int, int]:
    return note.at - BEFORE_MS, note.at + AFTER_MS
