"""Recordings that are here, put on the server in pieces; what lies there already is not sent again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import msgspec

from kring.audio.flac import fingerprint
from kring.domain.rows import SegmentRow
from kring.domain.state import State
from kring.domain.text import N_, KringError, Sentence
from kring.record.folder import condition, segments_of
from kring.team.names import Place
from kring.team.recordings.pieces import AT_ONCE, PIECE_BYTES, Label, Shelf, several
from kring.team.recordings.tasks import Carried, Progress
from kring.team.tasks import Role


async def sent(shelf: Shelf, state: State, file: Path, role: Role) -> AsyncIterator[Progress | Carried]:
    """Send what of the session's recordings lies beside its file; raises NoPlace, NoRoom and what a connection does."""
    found, remarks = _found(state, file)
    there = await shelf.there()
    wanted = [
        (path, label, [Place(role, label.key, number) for number in range(label.pieces + 1)]) for path, label in found
    ]
    whole = sum(label.bytes for _, label in found)
    missing = {place for _, _, places in wanted for place in places if place not in there}
    done = whole - sum(_size(label, place) for _, label, places in wanted for place in places if place in missing)
    yield Progress(done, whole)
    for path, label, places in wanted:
        for part in _in_turns([place for place in places if place in missing]):
            await several(partial(shelf.put, place, _content(path, label, place)) for place in part)
            done += sum(_size(label, place) for place in part)
            yield Progress(done, whole)
    yield Carried(len(found), True, tuple(remarks))


def _found(state: State, file: Path) -> tuple[list[tuple[Path, Label]], list[Sentence]]:
    found: list[tuple[Path, Label]] = []
    remarks: list[Sentence] = []
    for segment in segments_of(state):
        how, path = condition(file, segment)
        if path is None:
            continue  # it lies on another laptop
        if how in ("not ended", "changed"):
            told = N_("{file} is still being made; it was not sent.") if how == "not ended" else N_(
                "{file} is no longer what was recorded; it was not sent.")  # fmt: skip
            remarks.append(Sentence(told, {"file": path.name}))
            continue
        found.append((path, _label_of(segment, path)))
    return found, remarks


def _label_of(segment: SegmentRow, path: Path) -> Label:
    known = fingerprint(path)
    return Label(segment.id, path.suffix, known.bytes, known.sha256)


def _content(path: Path, label: Label, place: Place) -> bytes:
    if place.number == 0:
        return msgspec.json.encode(label)
    try:
        with path.open("rb") as sound:
            sound.seek((place.number - 1) * PIECE_BYTES)
            return sound.read(PIECE_BYTES)
    except OSError as problem:
        raise KringError("{file} cannot be read: the disk does not answer.", file=path.name) from problem


def _size(label: Label, place: Place) -> int:
    if place.number == 0:
        return 0
    return min(PIECE_BYTES, label.bytes - (place.number - 1) * PIECE_BYTES)


def _in_turns(places: list[Place]) -> list[list[Place]]:
    return [places[at : at + AT_ONCE] for at in range(0, len(places), AT_ONCE)]
