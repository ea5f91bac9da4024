"""`zip`: everything in one file to hand over or to archive, with a checksum of each part."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import msgspec

from kring import __version__
from kring.domain.text import KringError
from kring.exports import csv_tables
from kring.exports.sound_file import own_file
from kring.exports.tables import stored
from kring.exports.tables.for_people import tables_for_people
from kring.exports.tables.guide import readme
from kring.privacy.snapshot import Snapshot
from kring.store import files, full_text
from kring.store.values import iso
from kring.system.i18n import _
from kring.system.output_files import Progress, StableZip, pieces
from kring.system.sqlite import sqlite3


class Part(msgspec.Struct, frozen=True):
    """One file of the bundle, as the manifest names it."""

    file: str
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What is in the bundle, so that anybody can see later that it is whole."""

    made_by: str
    session: str
    title: str
    started_at: str | None
    with_names: bool
    files: list[Part]
    missing: list[str]
    withdrawn: int
    """How many participants withdrew; then neither the history nor the recordings are in the bundle."""


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the bundle: with names the session file and its recordings, without only tables with codes.

    A voice says who somebody is, and the history in a session file holds every name; where somebody withdrew, neither
    goes along.
    """
    recordings = recordings_of(snapshot) if _is_whole(snapshot) else []
    there = [(name, path) for name, path in recordings if path.is_file()]
    total = sum(path.stat().st_size for _name, path in there) + 1
    parts: list[Part] = []
    done = 0
    with StableZip(file) as bundle:

        def add(name: str, content: Iterable[bytes]) -> None:
            parts.append(_added(bundle, name, content))

        copy = Path(str(file.name).removesuffix(".part") + ".db.part")
        kind = "tables" if snapshot.with_names else "codes"
        name = snapshot.path.name if _is_whole(snapshot) else f"{snapshot.stem}-{kind}.db"
        try:
            _copy(snapshot, copy)
            add(name, pieces(copy))
        finally:
            copy.unlink(missing_ok=True)
        for part, content in _tables(snapshot):
            add(part, [content])
        add("report.html", [_report(snapshot)])
        for sound, path in there:
            add(sound, pieces(path))
            done += path.stat().st_size
            progress(done, total)
        manifest = Manifest(
            made_by=f"kring {__version__}",
            session=str(snapshot.session_id),
            title=snapshot.state.session.title,
            started_at=iso(snapshot.state.session.started_at) if snapshot.state.session.started_at else None,
            with_names=snapshot.with_names,
            files=parts,
            missing=[sound for sound, path in recordings if (sound, path) not in there],
            withdrawn=snapshot.withdrawn,
        )
        bundle.add("manifest.json", msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    progress(total, total)


def _is_whole(snapshot: Snapshot) -> bool:
    """Whether the session file itself may go along, and the sound."""
    return snapshot.with_names and not snapshot.withdrawn


def recordings_of(snapshot: Snapshot) -> list[tuple[str, Path]]:
    """Return the files of the recordings, where the session file looks for them and where they are."""
    return [found for row in snapshot.state.segments.values() if (found := own_file(snapshot, row)) is not None]


def _tables(snapshot: Snapshot) -> Iterator[tuple[str, bytes]]:
    """Yield what says how to read all this, and the tables for spreadsheets."""
    made = BytesIO()
    csv_tables.write(snapshot, made, lambda _done, _total: None)
    told = _("The tables are in tables.csv.zip. The .db opens in Datasette, in R (DBI, RSQLite) and in pandas.")
    yield "README.md", f"{told}\n\n{readme([snapshot], tables_for_people([snapshot]))}".encode()
    yield "tables.csv.zip", made.getvalue()


def _report(snapshot: Snapshot) -> bytes:
    from kring.report.content import report_of
    from kring.report.html import written

    return written(report_of(snapshot))


def _added(bundle: StableZip, name: str, content: Iterable[bytes]) -> Part:
    digest = hashlib.sha256()
    size = 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for piece in content:
            digest.update(piece)
            size += len(piece)
            yield piece

    bundle.add_pieces(name, counted())
    return Part(name, size, digest.hexdigest())


def _copy(snapshot: Snapshot, copy: Path) -> None:
    """Write the session's database to `copy`, ready to search in, through SQLite: another process may be writing it."""
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        if not _is_whole(snapshot):
            connection = stored.database(snapshot)
            connection.execute("vacuum into ?", (str(copy),))
            connection.close()
        else:
            store = files.open_(snapshot.path, "read")
            try:
                store.connection.execute("vacuum into ?", (str(copy),))
            finally:
                store.close()
        with closing(sqlite3.connect(str(copy))) as connection, connection:
            full_text.make(connection.execute)
    except sqlite3.Error as error:
        raise KringError("{file} cannot be copied: {reason}.", file=snapshot.path.name, reason=str(error)) from error
