"""The recording in a REFI-QDA project: where it lies, who speaks when in it, and what it's coded with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from uuid import UUID
from xml.etree.ElementTree import Element

from kring.domain import rows as r
from kring.exports.account import Spoken, notes, visits, zero
from kring.exports.identity import Identity
from kring.exports.refi.packing import Packing
from kring.exports.refi.text import Text
from kring.exports.sound_file import SoundFile, own_file
from kring.exports.xml_writing import inside
from kring.store.values import iso
from kring.system.i18n import _

BEFORE_MS, AFTER_MS = 5_000, 5_000
"""How much of the sound around a note goes with its tags: people write behind the talk."""


class Heard(NamedTuple):
    """A file of the recording and all that is known of it; `talk` is the text of what was `told`."""

    session: Identity
    file: SoundFile
    number: int
    lines: list[Spoken]
    told: list[Spoken]
    talk: Text
    codes: dict[tuple[str, str], UUID]


class _Stretch(NamedTuple):
    """A stretch of sound and its code; times are epoch ms."""

    of: tuple[str, str]
    code: UUID
    begin: int
    end: int


def put(sources: Element, heard: Heard, creator: UUID, transcript: str, packing: Packing) -> None:
    """Write one file of the recording; unless it goes along it stays beside the session file, as is said there."""
    session, file = heard.session, heard.file
    guid = session.own("segment", file.segment.id)
    here = own_file(session.snapshot, file.segment) if session.snapshot.with_sound else None
    is_packed = here is not None and here[1].is_file()
    place = packing.sound(guid, here[1]) if here is not None and is_packed else f"relative:///{file.path}"
    made: dict[str, object] = {"creatingUser": creator, "creationDateTime": iso(file.segment.started_at)}
    name = session.source(_("Recording {n}").format(n=heard.number), PurePosixPath(file.path).suffix)
    told = inside(
        sources,
        "AudioSource",
        guid=guid,
        name=name,
        path=place,
        currentPath=None if is_packed else place,
        **made,
    )
    if not is_packed:
        looked_for = _(
            "The sound is not in this project. Programs look for it at {place}, from the folder of the project."
        )
        inside(told, "Description", looked_for.format(place=file.path))
    script = inside(
        told,
        "Transcript",
        guid=session.own("transcript", file.segment.id),
        name=f"{name}.txt",
        plainTextPath=transcript,
        **made,
    )
    for line, passage in zip(heard.told, heard.talk.passages, strict=True):
        at = line.pieces[0].at_ms + zero(session.snapshot.state)
        if _is_in(file, at, at + 1):
            inside(
                script,
                "SyncPoint",
                guid=session.own("sync", f"{file.segment.id}/{line.id}"),
                timeStamp=file.place_of(at),
                position=passage.start,
            )
    for stretch in _stretches(heard):
        if _is_in(file, stretch.begin, stretch.end):
            _put_selection(told, heard, stretch, made)


def _put_selection(told: Element, heard: Heard, stretch: _Stretch, made: dict[str, object]) -> None:
    kind, row_id = stretch.of
    own, segment = heard.session.own, heard.file.segment.id
    begin = heard.file.place_of(stretch.begin)
    selection = inside(
        told,
        "AudioSelection",
        guid=own(f"heard/{kind}", f"{segment}/{row_id}"),
        begin=begin,
        end=max(begin + 1, heard.file.place_of(stretch.end)),
        **made,
    )
    coding = inside(selection, "Coding", guid=own(f"heard-as/{kind}", f"{segment}/{row_id}"), **made)
    inside(coding, "CodeRef", targetGUID=stretch.code)


def _is_in(file: SoundFile, begin: int, end: int) -> bool:
    return begin < file.begins_at + file.length_ms and end > file.begins_at


def _stretches(heard: Heard) -> Iterator[_Stretch]:
    snapshot = heard.session.snapshot
    start = zero(snapshot.state)
    for number, (item, begin, end) in enumerate(visits(snapshot)):
        if code := heard.codes.get(("item", item.id)):
            yield _Stretch(("visit", f"{number}/{item.id}"), code, begin + start, end + start)
    for line in heard.lines:
        if code := heard.codes.get(("speaker", line.who)):
            yield _Stretch(("turn", line.id), code, line.start_ms + start, line.end_ms + start)
    for note in notes(snapshot.state):
        for tag in dict.fromkeys(note.tags):
            if code := heard.codes.get(("tag", tag)):
                yield _Stretch(("tag", f"{note.id}/{tag}"), code, *_around(note))


def _around(note: r.NoteRow) -> tuple[int, int]:
    return note.at - BEFORE_MS, note.at + AFTER_MS
