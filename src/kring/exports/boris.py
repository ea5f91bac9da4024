"""BORIS, project format 7.0: speaking and the guide as state events, in pairs, and the notes as point events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from kring.domain.local_time import local
from kring.domain.text import folded
from kring.exports.account import (
    Unique,
    in_turns,
    item_label,
    note_word,
    notes,
    of_speaker,
    quoted,
    short_label,
    speaker_of,
    speakers,
    spoken,
    visits,
    zero,
)
from kring.exports.xml_writing import allowed
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _
from kring.system.output_files import Progress

FORMAT = "7.0"
NO_SUBJECT = ""
_LATEST_S = 2**31 - 1  # BORIS takes no later moment
_SEPARATORS = re.compile(r"[(|),`~]")  # BORIS splits its lists at these
Event = tuple[float, str, str, str, str]
"""When (s), subject, behaviour, modifier, comment: what an event of a live observation holds."""


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the session as a BORIS project with one live observation."""
    file.write(msgspec.json.format(msgspec.json.encode(project(snapshot)), indent=1) + b"\n")


def project(snapshot: Snapshot) -> dict[str, Any]:
    """Return the project as BORIS keeps it."""
    session = snapshot.state.session
    making = _Making(snapshot)
    events = making.events()
    title = _plain(short_label(session.title)) or snapshot.stem
    begun = local(snapshot.state, zero(snapshot.state)).isoformat(timespec="milliseconds")
    return {
        "time_format": "hh:mm:ss",
        "project_date": begun[:19],
        "project_name": title,
        "project_description": allowed(session.objective),
        "project_format_version": FORMAT,
        "subjects_conf": _numbered(making.subjects),
        "behaviors_conf": _numbered(making.behaviours),
        "observations": {
            title: {
                "file": {},
                "type": "LIVE",
                "date": begun,
                "description": allowed(session.objective),
                "time offset": 0.0,
                "events": events,
                "observation time interval": [0, 0],
                "independent_variables": {},
                "visualize_spectrogram": False,
                "visualize_waveform": False,
                "close_behaviors_between_videos": False,
                "scan_sampling_time": 0,
                "start_from_current_time": False,
                "start_from_current_epoch_time": False,
            }
        },
        "behavioral_categories": [_("Speaking"), _("Guide"), _("Notes")],
        "behavioral_categories_config": {},
        "independent_variables": {},
        "coding_map": {},
        "behaviors_coding_map": [],
        "converters": {},
    }


class _Making:
    """A project while it is made: who and what in it gets which name."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._start = zero(snapshot.state)
        self._lines = spoken(snapshot)
        self._names = Unique("{} {}")
        self.subjects: list[dict[str, Any]] = []
        self.behaviours: list[dict[str, Any]] = []
        self._subject_of = {who: self._subject(name, who) for who, name in speakers(snapshot, self._lines)}

    def events(self) -> list[Event]:
        """Return all events in order of time, an end before the begin that follows it."""
        found = [*self._speaking(), *self._guide(), *self._notes()]
        return sorted(found, key=lambda event: event[0])

    def _speaking(self) -> Iterator[Event]:
        speaks = self._behaviour(_("speaks"), "speaks", "State event", _("Speaking"))
        for who, subject in self._subject_of.items():
            theirs = of_speaker(self._lines, who)
            places = in_turns(((line.start_ms, line.end_ms) for line in theirs), 1)
            for line, place in zip(theirs, places, strict=True):
                yield from _pair(place, subject, speaks, "\n".join(line.pieces))

    def _guide(self) -> Iterator[Event]:
        by_item: dict[str, str] = {}
        opened = list(visits(self._snapshot))
        for item, _begin, _end in opened:
            if item.id not in by_item:
                by_item[item.id] = self._behaviour(item_label(item), item.id, "State event", _("Guide"))
        for item_id, behaviour in by_item.items():
            theirs = ((begin, end) for item, begin, end in opened if item.id == item_id)
            for place in in_turns(theirs, 1):
                yield from _pair(place, NO_SUBJECT, behaviour, "")

    def _notes(self) -> Iterator[Event]:
        behaviours: dict[str, str] = {}
        for note in notes(self._snapshot.state):
            word = folded(note_word(note))
            if word not in behaviours:
                behaviours[word] = self._behaviour(word, note.kind, "Point event", _("Notes"))
            tags = "".join(f" #{tag}" for tag in note.tags)
            subject = self._subject_of.get(speaker_of(note) or "", NO_SUBJECT)
            comment = allowed(f"{quoted(note)}{tags}".strip())
            yield _seconds(note.at - self._start), subject, behaviours[word], "", comment

    def _subject(self, name: str, otherwise: str) -> str:
        told = self._names.take(_plain(name), _plain(otherwise))
        self.subjects.append({"key": "", "name": told, "description": ""})
        return told

    def _behaviour(self, name: str, otherwise: str, kind: str, category: str) -> str:
        told = self._names.take(_plain(name), _plain(otherwise))
        self.behaviours.append(
            {
                "type": kind,
                "key": "",
                "code": told,
                "description": "",
                "color": "",
                "category": category,
                "modifiers": "",
                "excluded": "",
                "coding map": "",
            }
        )
        return told


def _pair(place: tuple[int, int], subject: str, behaviour: str, comment: str) -> Iterator[Event]:
    yield _seconds(place[0]), subject, behaviour, "", allowed(comment)
    yield _seconds(place[1]), subject, behaviour, "", ""


def _seconds(ms: int) -> float:
    return min(max(0, ms) / 1000, _LATEST_S)


def _numbered(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(number): row for number, row in enumerate(rows)}


def _plain(name: str) -> str:
    return " ".join(_SEPARATORS.sub(" ", allowed(name)).split())
