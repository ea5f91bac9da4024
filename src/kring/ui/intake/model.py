"""The files that are to be brought in, one after another: what each would do, what somebody chose, what came in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from kring.audio.foreign import Cuts, LaidDown
from kring.domain.events import Event
from kring.domain.text import KringError, Refused, Sentence
from kring.imports.joining import keys_of
from kring.imports.names import Choice
from kring.imports.parsed import Clock, Parsed
from kring.imports.preview import Match, Preview
from kring.imports.source import Source
from kring.session import intake, sound_intake
from kring.session.intake import Prepared
from kring.session.intake_remarks import Wishes
from kring.session.session import Session
from kring.session.sound_intake import Recording
from kring.ui.intake.sound_work import SoundWork


class BroughtIn(NamedTuple):
    """A file that came in: the act, and how much of it."""

    event: Event
    preview: Preview


class Read(NamedTuple):
    """A file that was read, and what it would do by some wishes."""

    source: Source
    parsed: Parsed
    prepared: Prepared

    @property
    def bytes(self) -> int:
        """How large the file is."""
        return self.source.looked.stamp.bytes if isinstance(self.source, Recording) else len(self.source.content)


class IntakeModel:
    """What the screen shows and changes; `load` and `renew` may run in another thread, all else where it is drawn.

    `first_look` is what the file holds, `read` what it would do by the wishes of `prepared_for`; `problem` is why it
    can't be read.
    """

    def __init__(self, session: Session, paths: Sequence[Path], format_name: str, wishes: Wishes) -> None:
        self.session = session
        self.paths = tuple(paths)
        self.number = 0
        self.wishes = wishes
        self.read: Read | None = None
        self.prepared_for = wishes
        self.first_look: Preview | None = None
        self.problem: Sentence | None = None
        self.cursor = 0
        self.done: list[BroughtIn] = []
        self.sound = SoundWork()
        self._format = format_name
        self._asked_first = wishes

    @property
    def path(self) -> Path:
        """The file that is looked at, or was last."""
        return self.paths[min(self.number, len(self.paths) - 1)]

    @property
    def is_over(self) -> bool:
        """Whether all files were looked at."""
        return self.number >= len(self.paths)

    @property
    def preview(self) -> Preview | None:
        """What the file would do, None while it is read, or where it can't be."""
        return self.read.prepared.preview if self.read is not None else None

    @property
    def people(self) -> tuple[Match, ...]:
        """Whom the names in the file mean, those that are open first."""
        people = self.preview.people if self.preview is not None else ()
        return tuple(sorted(people, key=lambda match: not match.is_open and match.label not in self._by_hand))

    @property
    def _by_hand(self) -> frozenset[str]:
        return frozenset(self.wishes.people)

    @property
    def match(self) -> Match | None:
        """The name under the cursor."""
        people = self.people
        return people[min(self.cursor, len(people) - 1)] if people else None

    @property
    def is_fresh(self) -> bool:
        """Whether what is shown is what would be done."""
        return self.prepared_for == self.wishes

    def load(self, seen: Callable[[Preview], None], went: Callable[[], None]) -> Read | KringError:
        """Read the file, say what was seen of it, and see what it would do; what can't be read is the answer too.

        `went` is called as a recording is listened to.
        """
        try:
            source, parsed = self._read(went)
            seen(intake.first_look(source, parsed))
            return Read(source, parsed, intake.prepare(self.session, source, parsed, self.wishes))
        except KringError as problem:
            return problem

    def _read(self, went: Callable[[], None]) -> tuple[Source, Parsed]:
        if sound_intake.is_meant(self.path, self._format):
            return self.sound.listen(self.path, self.session.state, went)
        source = intake.source_of(self.path, self.session)
        return source, intake.parsed(source, self._format)

    def renew(self, read: Read, wishes: Wishes) -> Read | KringError:
        """Return what a file would do by other wishes."""
        try:
            return read._replace(prepared=intake.prepare(self.session, read.source, read.parsed, wishes))
        except KringError as problem:
            return problem

    def take(self, found: Read | KringError, wishes: Wishes) -> None:
        """Show what was found by these wishes; of wishes that can't be met, those before them stay."""
        if isinstance(found, Read):
            self.read, self.prepared_for = found, wishes
        elif self.read is None:
            self.problem = found.sentence
        else:
            self.wishes = self.prepared_for
            raise found

    def move(self, step: int) -> None:
        """Go to another name."""
        self.cursor = max(0, min(self.cursor + step, len(self.people) - 1))

    def choose(self, choice: Choice) -> None:
        """Say whom the name under the cursor means, and go on to the next that is open."""
        match = self.match
        if match is None:
            raise Refused("There are no names in this file.")
        people = self.people
        self.wishes = self.wishes._replace(people={**self.wishes.people, match.label: choice})
        self.cursor = people.index(match)
        self.go_to_open()

    def go_to_open(self) -> None:
        """Go to the next name of which nobody said whom it means, if there is one."""
        people, chosen = self.people, self.wishes.people
        places = [place for place, one in enumerate(people) if one.is_open and one.label not in chosen]
        after = [place for place in places if place > self.cursor]
        self.cursor = next(iter([*after, *places]), self.cursor)

    def accept(self) -> None:
        """Say that the name under the cursor means whom it most likely means."""
        match = self.match
        if match is None or (match.is_open and match.who == "unknown"):
            raise Refused("Nobody is proposed for this name; choose who it is.")
        self.choose(Choice(match.who, match.participant))

    def choose_again(self) -> None:
        """Take back what was said about the name under the cursor."""
        match = self.match
        if match is None or match.label not in self.wishes.people:
            raise Refused("Nothing was chosen for this name.")
        people = {label: choice for label, choice in self.wishes.people.items() if label != match.label}
        self.wishes = self.wishes._replace(people=people)

    def nudge(self, by_ms: int) -> None:
        """Move the times of the file."""
        self._has_clock()
        offset = self.preview.offset if self.preview is not None else None
        chosen = self.wishes.offset_ms
        self.place((offset.ms if offset is not None else 0) + by_ms if chosen is None else chosen + by_ms)

    def place(self, offset_ms: int | None) -> None:
        """Say where the times of the file lie; None = as they are proposed."""
        self._has_clock()
        self.wishes = self.wishes._replace(offset_ms=offset_ms)

    def place_picture(self, text: str) -> None:
        """Say to which moment a picture belongs, as 42:13 or 20:04:13; nothing = to the whole session."""
        from kring.session.playback import moment_called

        session = self.session.state.session
        until = int(session.ended_at or session.started_at or 0)
        self.wishes = self.wishes._replace(at_ms=moment_called(self.session.state, text, until) if text else None)

    def _has_clock(self) -> None:
        if self.preview is None or self.preview.clock is Clock.NONE:
            raise Refused("This file has no times that could be moved.")

    def turn_private(self) -> None:
        """Take direct messages in, or leave them out."""
        if self.preview is None or not self.preview.counts.private:
            raise Refused("There are no direct messages in this file.")
        self.wishes = self.wishes._replace(with_private=not self.wishes.with_private)

    def turn_file(self) -> None:
        """Keep the file itself in the session file, or don't."""
        self.wishes = self.wishes._replace(keep_file=not self.wishes.keep_file)

    def join_by_next(self) -> None:
        """Tell respondents of a survey by the next of its columns that can, after the last by none."""
        columns = ("", *keys_of(self.preview.parsed)) if self.preview is not None else ("",)
        if len(columns) < 2:
            raise Refused("This file has no column that tells who answered.")
        here = columns.index(self.wishes.join) if self.wishes.join in columns else 0
        self.wishes = self.wishes._replace(join=columns[(here + 1) % len(columns)])

    def commit(self) -> BroughtIn:
        """Bring the file in, and go on to the next; raises Refused where something is to be chosen first."""
        assert self.read is not None
        self.done.append(BroughtIn(intake.commit(self.session, self.read.prepared), self.read.prepared.preview))
        self.pass_over()
        return self.done[-1]

    def cuts(self) -> Cuts | None:
        """Return how a recording is laid down when it comes in, None of another file; raises Refused as `commit`."""
        assert self.read is not None
        if not isinstance(self.read.source, Recording):
            return None
        intake.require_ready(self.read.prepared)
        return sound_intake.cuts(self.session, self.read.source, self.read.prepared)

    def lay_down(self, cuts: Cuts, went: Callable[[], None]) -> LaidDown | KringError:
        """Lay a recording down beside the session file, calling `went` as it goes; what goes wrong is the answer."""
        try:
            return self.sound.lay_down(cuts, went)
        except KringError as problem:
            sound_intake.give_up(cuts)
            return problem

    def commit_sound(self, cuts: Cuts, laid: LaidDown) -> BroughtIn:
        """Bring in a recording that was laid down, and go on to the next file."""
        assert self.read is not None
        assert isinstance(self.read.source, Recording)
        event = sound_intake.commit(self.session, self.read.source, self.read.prepared, cuts, laid)
        self.done.append(BroughtIn(event, self.read.prepared.preview))
        self.pass_over()
        return self.done[-1]

    def pass_over(self) -> None:
        """Go on to the next file; what was said about names holds there too."""
        self.number += 1
        self.read = self.problem = self.first_look = None
        self.cursor = 0
        self.wishes = self.prepared_for = self._asked_first._replace(people=self.wishes.people)

    def take_back(self) -> Event:
        """Take out again what came in last."""
        if not self.done:
            raise Refused("Nothing was brought in yet.")
        event = self.session.undo()
        self.done.pop()
        return event
