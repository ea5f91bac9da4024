"""REFI-QDA projects (`.qdpx`), as ATLAS.ti, MAXQDA, NVivo and QualCoder read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO
from xml.etree.ElementTree import Element

from kring.domain.text import one_line
from kring.exports.account import short_label, spoken, zero
from kring.exports.identity import identities
from kring.exports.refi import cases
from kring.exports.refi.codebook import ORIGIN, PROJECT, codebook, put
from kring.exports.refi.packing import Packing
from kring.exports.refi.sources import Sources
from kring.exports.xml_writing import document, inside, root
from kring.privacy.snapshot import Snapshot
from kring.store.values import iso
from kring.system.output_files import Progress, StableZip, pieces


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the session as a project: its texts, its sound, what was coded, and who took part."""
    write_together([snapshot], file, progress)


def write_together(snapshots: Sequence[Snapshot], file: BinaryIO, progress: Progress) -> None:
    """Write sessions of one study as one project."""
    packing = Packing()
    project = _project(snapshots, packing)
    with StableZip(file) as packed:
        packed.add("project.qde", project)
        for name, content in packing.texts.items():
            packed.add(f"sources/{name}", content)
        for done, (name, path) in enumerate(packing.sounds.items(), 1):
            packed.add_pieces(f"sources/{name}", pieces(path))
            progress(done, len(packing.sounds))


def _project(snapshots: Sequence[Snapshot], packing: Packing) -> bytes:
    sessions = identities(snapshots)
    lines = [spoken(snapshot) for snapshot in snapshots]
    book = codebook(sessions, lines)
    parts = [
        Sources(session, theirs, codes, packing)
        for session, theirs, codes in zip(sessions, lines, book.of_session, strict=True)
    ]
    sources, notes = root("Sources"), root("Notes")
    for part in parts:
        part.put(sources)
        part.put_memos(notes)
    first = snapshots[0]
    session = first.state.session
    top = root(
        "Project",
        xmlns=PROJECT,
        name=short_label(session.study if len(snapshots) > 1 else session.title) or first.stem,
        origin=ORIGIN,
        creatingUserGUID=parts[0].user(session.assistant or session.moderator),
        creationDateTime=iso(min(zero(one.state) for one in snapshots)),
        modifiedDateTime=iso(max(one.now for one in snapshots)),
        basePath=".",
    )
    users = inside(top, "Users")
    for guid, name in packing.users.items():
        inside(users, "User", guid=guid, name=name)
    memos = {row_id: guids for part in parts for row_id, guids in part.notes_of.items()}
    put(inside(top, "CodeBook"), book.codes, memos)
    cases.put(top, sessions)
    top.append(sources)
    if len(notes):
        top.append(notes)
    _put_about(top, snapshots)
    for memo in (guid for part in parts for guid in part.notes_of_session):
        inside(top, "NoteRef", targetGUID=memo)
    return document(top)


def _put_about(top: Element, snapshots: Iterable[Snapshot]) -> None:
    told = dict.fromkeys(one_line(one.state.session.objective) for one in snapshots)
    if text := "\n".join(objective for objective in told if objective):
        inside(top, "Description", text)
