"""ELAN 3.0 (`.eaf`): a tier for each speaker, one for the guide, one for the tags and one for the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import BinaryIO, NamedTuple
from urllib.parse import quote
from xml.etree.ElementTree import Element

from kring.exports.account import (
    Unique,
    in_turns,
    item_label,
    note_word,
    notes,
    of_speaker,
    quoted,
    speakers,
    spoken,
    visits,
    zero,
)
from kring.exports.sound_file import sound_files
from kring.exports.xml_writing import document, inside, root
from kring.exports.zero import told_zero
from kring.privacy.snapshot import Snapshot
from kring.store.values import iso
from kring.system.i18n import _
from kring.system.output_files import Progress

SHORTEST_TURN_MS = 1
SHOWN_MS = 500
"""How long a moment shows on its tier: ELAN draws stretches only."""
_LINGUISTIC_TYPE = "default-lt"
_LATEST_MS = 2**32 - 1  # xsd:unsignedInt
_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


class Annotation(NamedTuple):
    """A stretch of a tier with what stands in it; times in ms."""

    begin: int
    end: int
    text: str


class Tier(NamedTuple):
    """Annotations of one kind; none overlaps another, which ELAN cannot show."""

    name: str
    participant: str | None
    annotations: tuple[Annotation, ...]


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the session for ELAN; times are those of the session's clock."""
    session = snapshot.state.session
    top = root(
        "ANNOTATION_DOCUMENT",
        **{
            "xmlns:xsi": _XSI,
            "xsi:noNamespaceSchemaLocation": _SCHEMA,
            "AUTHOR": session.assistant or session.moderator,
            "DATE": iso(snapshot.now),
            "FORMAT": "3.0",
            "VERSION": "3.0",
        },
    )
    _put_header(top, snapshot)
    _put_tiers(top, list(tiers(snapshot)))
    inside(
        top, "LINGUISTIC_TYPE", LINGUISTIC_TYPE_ID=_LINGUISTIC_TYPE, TIME_ALIGNABLE="true", GRAPHIC_REFERENCES="false"
    )
    file.write(document(top))


def tiers(snapshot: Snapshot) -> Iterator[Tier]:
    """Yield the tiers, in the order in which ELAN shows them; each has a name of its own."""
    names = Unique()
    lines = spoken(snapshot)
    for who, name in speakers(snapshot, lines):
        told = names.take(name, who)
        theirs = ((line.start_ms, line.end_ms, line.text) for line in of_speaker(lines, who))
        yield Tier(told, told, _laid_out(theirs, SHORTEST_TURN_MS))
    guide = ((begin, end, item_label(item)) for item, begin, end in visits(snapshot))
    yield Tier(names.take(_("Guide"), "guide"), None, _laid_out(guide, SHORTEST_TURN_MS))
    start = zero(snapshot.state)
    noted = [(note, note.at - start) for note in notes(snapshot.state)]
    tags = ((at, at + SHOWN_MS, " ".join(f"#{tag}" for tag in note.tags)) for note, at in noted if note.tags)
    yield Tier(names.take(_("Tags"), "tags"), None, _laid_out(tags, SHOWN_MS))
    told_notes = (
        (at, at + SHOWN_MS, f"{note_word(note)}: {quoted(note)}" if note.text else note_word(note))
        for note, at in noted
    )
    yield Tier(names.take(_("Notes"), "notes"), None, _laid_out(told_notes, SHOWN_MS))


def _laid_out(wanted: Iterable[tuple[int, int, str]], least_ms: int) -> tuple[Annotation, ...]:
    found = list(wanted)
    laid = in_turns(((begin, end) for begin, end, _text in found), least_ms)
    return tuple(Annotation(begin, end, text) for (begin, end), (_begin, _end, text) in zip(laid, found, strict=True))


def _put_header(top: Element, snapshot: Snapshot) -> None:
    header = inside(top, "HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    for file in sound_files(snapshot):
        place = f"./{quote(file.path)}"
        inside(
            header,
            "MEDIA_DESCRIPTOR",
            MEDIA_URL=place,
            RELATIVE_MEDIA_URL=place,
            MIME_TYPE=file.mime_type,
            TIME_ORIGIN=zero(snapshot.state) - file.begins_at,
        )
    inside(header, "PROPERTY", f"urn:uuid:{snapshot.session_id}", NAME="URN")
    inside(header, "PROPERTY", told_zero(snapshot), NAME="zero")


def _put_tiers(top: Element, all_tiers: list[Tier]) -> None:
    order = inside(top, "TIME_ORDER")
    annotations = (annotation for tier in all_tiers for annotation in tier.annotations)
    moments = [moment for one in annotations for moment in (one.begin, one.end)]
    slots = [""] * len(moments)
    for place, (at, number) in enumerate(sorted(zip(moments, count())), 1):
        slots[number] = f"ts{place}"
        inside(order, "TIME_SLOT", TIME_SLOT_ID=f"ts{place}", TIME_VALUE=min(at, _LATEST_MS))
    number = 0
    for tier in all_tiers:
        told = inside(
            top, "TIER", TIER_ID=tier.name, PARTICIPANT=tier.participant, LINGUISTIC_TYPE_REF=_LINGUISTIC_TYPE
        )
        for annotation in tier.annotations:
            alignable = inside(
                inside(told, "ANNOTATION"),
                "ALIGNABLE_ANNOTATION",
                ANNOTATION_ID=f"a{number + 1}",
                TIME_SLOT_REF1=slots[2 * number],
                TIME_SLOT_REF2=slots[2 * number + 1],
            )
            inside(alignable, "ANNOTATION_VALUE", annotation.text)
            number += 1
