"""BORIS, project format 7.0: speaking and the guide as state events, in pairs, and the notes as point events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
from kring.exports.identity import Identity, identities
from kring.exports.xml_writing import allowed
from kring.exports.zero import told_zero
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
    write_together([snapshot], file, progress)


def write_together(snapshots: Sequence[Snapshot], file: BinaryIO, progress: Progress) -> None:
    """Write sessions of a study as one project, an observation each."""
    file.write(msgspec.json.format(msgspec.json.encode(project(snapshots)), indent=1) + b"\n")


def project(snapshots: Sequence[Snapshot]) -> dict[str, Any]:
    """Return the project as BORIS keeps it."""
    declared = _Declared()
    titles = Unique("{} {}")
    observations = {}
    for identity in identities(snapshots):
        snapshot = identity.snapshot
        told = short_label(snapshot.state.session.title)
        says_group = len(snapshots) == 1 or folded(identity.group) in folded(told)
        title = titles.take(_plain(told if says_group else identity.person(told)), snapshot.stem)
        observations[title] = _observation(snapshot, _Making(identity, declared, len(snapshots) > 1).events())
    session = snapshots[0].state.session
    begun = local(snapshots[0].state, zero(snapshots[0].state)).isoformat(timespec="milliseconds")
    return {
        "time_format": "hh:mm:ss",
        "project_date": begun[:19],
        "project_name": next(iter(observations)) if len(snapshots) == 1 else _plain(short_label(session.study)),
        "project_description": allowed(session.objective),
        "project_format_version": FORMAT,
        "subjects_conf": _numbered(declared.subjects),
        "behaviors_conf": _numbered(declared.behaviours.values()),
        "observations": observations,
        "behavioral_categories": [_("Speaking"), _("Guide"), _("Notes")],
        "behavioral_categories_config": {},
        "independent_variables": {},
        "coding_map": {},
        "behaviors_coding_map": [],
        "converters": {},
    }


def _observation(snapshot: Snapshot, events: list[Event]) -> dict[str, Any]:
    return {
        "file": {},
        "type": "LIVE",
        "date": local(snapshot.state, zero(snapshot.state)).isoformat(timespec="milliseconds"),
        "description": allowed(f"{snapshot.state.session.objective}\n{told_zero(snapshot)}".strip()),
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


class _Declared:
    """Who and what there is in a project, each with the one name that it gets in all its observations."""

    def __init__(self) -> None:
        self._names = Unique("{} {}")
        self.subjects: list[dict[str, Any]] = []
        self.behaviours: dict[tuple[str, str], dict[str, Any]] = {}

    def subject(self, name: str, otherwise: str) -> str:
        """Declare somebody and return their name."""
        told = self._names.take(_plain(name), _plain(otherwise))
        self.subjects.append({"key": "", "name": told, "description": ""})
        return told

    def behaviour(self, name: str, key: str, kind: str, category: str) -> str:
        """Return the name of a behaviour, and declare it the first time."""
        if (category, key) not in self.behaviours:
            self.behaviours[category, key] = {
                "type": kind,
                "key": "",
                "code": self._names.take(_plain(name), _plain(key)),
                "description": "",
                "color": "",
                "category": category,
                "modifiers": "",
                "excluded": "",
                "coding map": "",
            }
        return str(self.behaviours[category, key]["code"])


class _Making:
    """The events of one session while they are told."""

    def __init__(self, identity: Identity, declared: _Declared, among_others: bool) -> None:
        self._snapshot = identity.snapshot
        self._start = zero(identity.snapshot.state)
        self._lines = spoken(identity.snapshot)
        self._declared = declared
        self._subject_of = {
            who: declared.subject(identity.person(name) if among_others else name, who)
            for who, name in speakers(identity.snapshot, self._lines)
        }

    def events(self) -> list[Event]:
        """Return all events in order of time, an end before the begin that follows it."""
        found = [*self._speaking(), *self._guide(), *self._notes()]
        return sorted(found, key=lambda event: event[0])

    def _speaking(self) -> Iterator[Event]:
        speaks = self._declared.behaviour(_("speaks"), "speaks", "State event", _("Speaking"))
        for who, subject in self._subject_of.items():
            theirs = of_speaker(self._lines, who)
            places = in_turns(((line.start_ms, line.end_ms) for line in theirs), 1)
            for line, place in zip(theirs, places, strict=True):
                yield from _pair(place, subject, speaks, line.text)

    def _guide(self) -> Iterator[Event]:
        by_item: dict[str, list[tuple[int, int]]] = {}
        names: dict[str, str] = {}
        for item, begin, end in visits(self._snapshot):
            by_item.setdefault(item.id, []).append((begin, end))
            names.setdefault(item.id, item_label(item))
        for item_id, theirs in by_item.items():
            behaviour = self._declared.behaviour(names[item_id], item_id, "State event", _("Guide"))
            for place in in_turns(theirs, 1):
                yield from _pair(place, NO_SUBJECT, behaviour, "")

    def _notes(self) -> Iterator[Event]:
        for note in notes(self._snapshot.state):
            word = folded(note_word(note))
            behaviour = self._declared.behaviour(word, word, "Point event", _("Notes"))
            tags = "".join(f" #{tag}" for tag in note.tags)
            subject = self._subject_of.get(speaker_of(note) or "", NO_SUBJECT)
            comment = allowed(f"{quoted(note)}{tags}".strip())
            yield _seconds(note.at - self._start), subject, behaviour, "", comment


def _pair(place: tuple[int, int], subject: str, behaviour: str, comment: str) -> Iterator[Event]:
    yield _seconds(place[0]), subject, behaviour, "", allowed(comment)
    yield _seconds(place[1]), subject, behaviour, "", ""


def _seconds(ms: int) -> float:
    return min(max(0, ms) / 1000, _LATEST_S)


def _numbered(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(number): row for number, row in enumerate(rows)}


def _plain(name: str) -> str:
    return " ".join(_SEPARATORS.sub(" ", allowed(name)).split())
