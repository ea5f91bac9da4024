"""Listening to a session: which sound belongs to a moment of it, and `kring play`."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kring.audio.align import Mapping, Piece
from kring.audio.player_client import Player
from kring.audio.wav import HEADER_BYTES, SAMPLE_BYTES
from kring.domain.decide import decision, notes
from kring.domain.local_time import OTHER_DAY_MS, local, moment_of
from kring.domain.rows import NoteRow
from kring.domain.state import State
from kring.domain.text import KringError, Refused, Sentence, clean, one_line
from kring.domain.time_text import CLOCK, as_clock, as_length, read_clock, time_of_day
from kring.record import folder
from kring.system.i18n import _, say

if TYPE_CHECKING:
    from kring.domain.history import History
    from kring.session.session import Session

BEFORE_MS = 5_000
"""How long before a moment playing begins: people write behind the talk."""
STOP_WORDS = ("stop", "stil")
NOTE_WORDS = ("note", "notitie")
_DAY = timedelta(days=1)


class Spot(NamedTuple):
    """Where the sound of a moment is: a frame of one of these files, which are played one after the other.

    `late_ms` is how much later than was asked the sound begins, 0 where it was recorded; `at_ms` is when that was.
    `segments` are the places of these files among all that there are. `instead_of` is the file that would be heard if
    it were there, "" where nothing is missing.
    """

    paths: tuple[Path, ...]
    segments: tuple[int, ...]
    piece: int
    frame: int
    at_ms: float
    late_ms: float
    instead_of: str = ""

    @property
    def told_missing(self) -> Sentence | None:
        """Return which file is not there, where another is heard in its place."""
        if not self.instead_of:
            return None
        names = {"missing": self.instead_of, "file": self.path.name}
        return Sentence("{missing} is not there; {file} is heard in its place.", names)

    @property
    def path(self) -> Path:
        """Return the file in which playing begins."""
        return self.paths[self.piece]


class Recorded:
    """All sound of a session, on its clock: what kring recorded, and the platform's where kring has none.

    Where the file that holds a moment is not there, another that holds it too is heard in its place.
    """

    def __init__(self, state: State, file: Path) -> None:
        self._file = file
        self._sounds = folder.sounds_of(state, file)
        self.mapping = Mapping([_piece(one) for one in self._sounds])
        are_missing = any(one.path is None for one in self._sounds)
        self._as_recorded = (
            Mapping([folder.piece_of(state, one.segment) for one in self._sounds]) if are_missing else self.mapping
        )

    def path_of(self, piece: int) -> Path | None:
        """Return where the file of a piece is, None where it is not there."""
        return self._sounds[piece].path

    def spot(self, at_ms: float) -> Spot | None:
        """Return where the sound of a moment is, in a gap that of the next sound, None after all sound.

        Raises KringError where the file of it is not there.
        """
        place = self.mapping.frame_at(at_ms)
        if place is None:
            return None
        sound = self._sounds[place.piece]
        if sound.path is None:
            raise KringError(
                "{file} is not there: put it back beside {session}.", file=sound.name, session=self._file.name
            )
        there = [(number, one.path) for number, one in enumerate(self._sounds) if one.path is not None]
        follows = [one for one in there if self._goes_on(place.piece, one[0])]
        numbers = tuple(number for number, _path in follows)
        paths = tuple(path for _number, path in follows)
        at = at_ms + place.late_ms
        return Spot(paths, numbers, numbers.index(place.piece), place.frame, at, place.late_ms, self._missing(at))

    def _missing(self, at_ms: float) -> str:
        """Return the file that would be heard at a moment, were it there."""
        place = self._as_recorded.frame_at(at_ms)
        if place is None or place.late_ms > 1 or self._sounds[place.piece].path is not None:
            return ""
        return self._sounds[place.piece].name

    def _goes_on(self, one: int, other: int) -> bool:
        """Whether two files are played one after the other: those of one recorder, as far as they are heard."""
        source = self._sounds[other].segment.source
        is_heard = source == "kring" or any(stretch.piece == other for stretch in self.mapping.stretches)
        return is_heard and self._sounds[one].segment.source == source

    def moment(self, spot: Spot, piece: int, frame: int) -> float | None:
        """Return when a frame of one of a spot's files was heard, epoch ms."""
        return self.mapping.time_of(spot.segments[piece], frame) if piece < len(spot.segments) else None

    @property
    def ended_ms(self) -> float | None:
        """Return when the last sound was heard, None where there is no sound."""
        return max((stretch.ended_ms for stretch in self.mapping.stretches), default=None)


def marks(state: State) -> list[NoteRow]:
    """Return the marks in order of what they are about."""
    found = (note for note in state.notes.values() if note.kind == "mark" and note.removed_at is None)
    return sorted(found, key=lambda note: (note.at, note.id))


def mark_after(state: State, at_ms: float) -> NoteRow | None:
    """Return the next mark after a moment."""
    return next((mark for mark in marks(state) if mark.at > at_ms), None)


def mark_before(state: State, at_ms: float) -> NoteRow | None:
    """Return the last mark before a moment."""
    return next((mark for mark in reversed(marks(state)) if mark.at < at_ms), None)


def warning(file: Path) -> Sentence | None:
    """Return what to know before playing: a recording that runs hears a loudspeaker too."""
    from kring.record import client

    if client.is_running(client.folder_of(file)):
        return Sentence("A recording runs: use headphones, or it records what is played.")
    return None


class Passage(NamedTuple):
    """What somebody wants to hear: a moment, and what it is about in the words of people."""

    at_ms: int
    about: str = ""
    note: str = ""


def passage(state: State, text: str, until_ms: int, chosen: NoteRow | None) -> Passage:
    """Return what `note 4`, `42:13`, `2.3` or nothing at all asks to hear: then it's the chosen note.

    Raises Refused or KringError where there is no such thing.
    """
    from kring.domain import lookup

    said = text.strip()
    word, _space, rest = said.partition(" ")
    if word.casefold() in NOTE_WORDS and rest:
        chosen = lookup.note(state, rest.strip())
    elif CLOCK.fullmatch(said):
        return Passage(moment_called(state, said, until_ms))
    elif said:
        item = lookup.item(state, said)
        return Passage(_asked_at(state, item.id), f"{item.number} {item.title}".strip())
    if chosen is None:
        raise Refused("There is no note yet; a moment such as 42:13 can be played too.")
    return Passage(chosen.at, chosen.text, chosen.id)


def keep_heard(session: Session, note: str) -> None:
    """Log that somebody listened to a note that a machine had written out; of any other there is nothing to log."""
    row = session.state.notes.get(note)
    if row is not None and row.drafted:
        session.do_or_wait(decision(notes.heard, note))


def disturbs(state: State, is_recording: bool) -> bool:
    """Whether a loudspeaker would be heard in the talk or on the recording."""
    item = state.current_item
    is_break = state.open_pause is not None or (item is not None and item.kind == "break")
    return is_recording or (state.session.phase == "live" and not is_break)


class Listener:
    """A player on the clock of the session."""

    def __init__(self, player: Player | None = None) -> None:
        self.player = player or Player()
        self._heard: tuple[Recorded, Spot] | None = None

    def play(
        self, recorded: Recorded, at_ms: float, before_ms: float = BEFORE_MS, length_s: float | None = None
    ) -> Spot:
        """Play from so long before a moment on; raises KringError where there is no sound any more."""
        spot = recorded.spot(at_ms - before_ms)
        if spot is None:
            raise KringError("No sound was recorded then, nor later.")
        self._heard = (recorded, spot)
        self.player.play(spot.paths, spot.piece, spot.frame, length_s)
        return spot

    def moment(self) -> float | None:
        """Return which moment of the session is heard now, epoch ms; None before the first sound."""
        at = self.player.position()
        if at is None or self._heard is None:
            return None
        recorded, spot = self._heard
        return recorded.moment(spot, at.piece, at.frame)

    def close(self) -> None:
        """Be silent."""
        self.player.close()


def moment_called(state: State, text: str, until_ms: float) -> int:
    """Return the moment that `42:13`, `1:42:13` or `20:04:13` means, epoch ms; raises KringError where it's none.

    It is a time on the session's clock; only what is later than all that the session knows is a time of day.
    """
    said = read_clock(text)
    if said is None:
        raise _no_moment(text)
    started = state.session.started_at
    if started is not None and (said.hours is None or started + said.length_ms <= until_ms):
        return started + said.length_ms
    if said.hours is None:
        raise KringError("The session has not started: name a time of day, such as 20:04:13.")
    if said.hours > 23:
        raise _no_moment(text)
    base = local(state, int(until_ms) if started is None else started)
    clock = base.replace(hour=said.hours, minute=said.minutes, second=said.seconds, microsecond=said.ms * 1000)
    moment = moment_of(state, clock)
    is_past_midnight = started is not None and moment < started - OTHER_DAY_MS
    return moment_of(state, clock + _DAY) if is_past_midnight else moment


def _no_moment(text: str) -> KringError:
    return KringError(
        "{text} is no moment: write 42:13 for the session's clock, or 20:04:13 for a time of day.", text=one_line(text)
    )


def _piece(sound: folder.Sound) -> Piece:
    """Return a file on the session's clock; one that still grows is as long as it is now."""
    if sound.segment.frames is not None or sound.path is None:
        return sound.piece
    with suppress(OSError):
        frames = (sound.path.stat().st_size - HEADER_BYTES) // (SAMPLE_BYTES * max(1, sound.segment.channels))
        return sound.piece._replace(frames=max(0, frames))
    return sound.piece


def play_command(asked: Namespace) -> int:
    """Play from a moment of a session file; the exit code is 1 when the sound broke off."""
    history = _history(asked.file)
    state = history.state
    recorded = Recorded(state, asked.file)
    ended = recorded.ended_ms
    if ended is None:
        raise KringError("{file} has no sound that kring recorded.", file=asked.file.name)
    if not 1 <= asked.speed <= 2:
        raise KringError("The speed is from 1 to 2.")
    if asked.seconds is not None and not asked.seconds > 0:
        raise KringError("What is played lasts longer than 0 seconds.")
    until = max(ended, *(event.at for event in history.events))
    listener = Listener(Player(asked.device))
    try:
        listener.player.speed(asked.speed)
        spot = listener.play(recorded, *_wanted(asked, state, until, recorded), asked.seconds)
        _tell(asked.file, state, spot)
        listener.player.wait()
    finally:
        listener.close()
    if listener.player.problem is not None:
        raise KringError(listener.player.problem.template, **listener.player.problem.values)
    return 0


def _wanted(asked: Namespace, state: State, until_ms: float, recorded: Recorded) -> tuple[float, float]:
    """Return the moment that was asked, and how long before it playing begins."""
    from kring.domain import lookup

    before = asked.before * 1000
    if asked.note is not None:
        return lookup.note(state, asked.note).at, before
    if asked.question is not None:
        return _asked_at(state, lookup.item(state, asked.question).id), before
    if asked.at is not None:
        return moment_called(state, asked.at, until_ms), before
    return recorded.mapping.stretches[0].started_ms, 0


def _asked_at(state: State, item: str) -> int:
    first = min((visit.started_at for visit in state.visits.values() if visit.item == item), default=None)
    if first is None:
        row = state.guide[item]
        raise KringError("{item} was never open.", item=one_line(f"{row.number} {row.title}"))
    return first


def _tell(file: Path, state: State, spot: Spot) -> None:
    if spot.late_ms:
        late = _("Nothing was recorded then; the next sound begins {length} later.")
        sys.stderr.write(f"{late.format(length=as_length(spot.late_ms))}\n")
    if (missing := spot.told_missing) is not None:
        sys.stderr.write(f"{clean(say(missing))}\n")
    if (known := warning(file)) is not None:
        sys.stderr.write(f"{clean(say(known))}\n")
    how = " – " + _("Ctrl+C stops") if sys.stdout.isatty() else ""
    sys.stdout.write(f"{clean(told_begin(state, spot))}{how}\n")
    sys.stdout.flush()


def told_begin(state: State, spot: Spot) -> str:
    """Return from when on is played, and in which file that is."""
    started = state.session.started_at
    at = round(spot.at_ms / 1000) * 1000
    on_clock = f"{as_clock(at - started)} " if started is not None and at >= started else ""
    told = _("Playing from {t}({clock}), {file}")
    return told.format(t=on_clock, clock=time_of_day(state, at, seconds=True), file=spot.path.name)


def _history(file: Path) -> History:
    from kring.store import files
    from kring.store.derived import history_of
    from kring.system.sqlite import sqlite3

    store = files.open_(file, "read")
    try:
        return history_of(store.read_events())
    except (sqlite3.Error, UnicodeError) as error:
        raise files.cannot_open(error, file) from error
    finally:
        store.close()
