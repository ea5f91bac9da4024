"""A file of another program is brought into a session: read, shown with all that it would do, and only then written."""

from __future__ import annotations

import mimetypes
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain.decide.bringing_in import bring_in
from kring.domain.events import Event
from kring.domain.local_time import day_of, local
from kring.domain.state import State
from kring.domain.text import N_, Refused, Sentence, clean, folded, one_line
from kring.domain.time_text import as_length
from kring.domain.told.bringing_in import SOUND
from kring.domain.words import called
from kring.imports import recognise
from kring.imports.brought import Brought, brought
from kring.imports.clocks import Proposal, logged, propose
from kring.imports.joining import joined_by, told_by_file, without_withdrawn
from kring.imports.names import Choice, Person, match_names, people_of
from kring.imports.one_evening import first_recording, of_this_evening
from kring.imports.parsed import Clock, Parsed
from kring.imports.placing import placed, times_of
from kring.imports.preview import Counts, Evidence, Landing, Match, Offset, Preview
from kring.imports.sound_pieces import LaidPiece, laid, remarks
from kring.imports.source import Evening, Source
from kring.imports.voices import compare, named
from kring.privacy.known.file_labels import words_of
from kring.privacy.sealing import names_of_withdrawn
from kring.session.intake_remarks import NOTHING, Known, Wishes, asks, twice, warnings
from kring.session.session import Session
from kring.system.i18n import _, decimal, say
from kring.system.text_files import Unreadable

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a file that is read as a whole; a recording is read block by block."""
LONGEST_MS = 4 * 3_600_000
"""How long a session lasts at most of which nobody logged the end."""
LEADERS = frozenset({"moderator", "gespreksleider", "gespreksleidster", "facilitator", "interviewer"})
"""How transcripts call who leads, whatever their name is."""
SHOWN = 200
"""Lines of the timeline to come that a preview holds."""


class Prepared(NamedTuple):
    """A file that was read, with what bringing it in would do and write."""

    source: Source
    preview: Preview
    brought: Brought
    keeps_file: bool
    withdrawn: frozenset[str]
    attached: tuple[f.FileAttached, ...]
    pieces: tuple[LaidPiece, ...] = ()
    """Where each piece of a recording lies."""


def source_of(path: Path, session: Session) -> Source:
    """Read a file from the disk; raises Unreadable where it is none, is too large, or changes meanwhile."""
    try:
        with open(path, "rb", opener=_opened) as file:
            before = os.fstat(file.fileno())
            if stat.S_ISDIR(before.st_mode):
                raise Unreadable(N_("{file} is a folder; name a file in it."), file=path.name)
            if not stat.S_ISREG(before.st_mode):
                raise Unreadable(N_("{file} is not an ordinary file."), file=path.name)
            content = file.read(LARGEST_FILE + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        raise Unreadable(N_("{file} is not there; look at the name and the folder."), file=path.name) from None
    except IsADirectoryError:
        raise Unreadable(N_("{file} is a folder; name a file in it."), file=path.name) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise Unreadable(N_("{file} cannot be read: {reason}."), file=path.name, reason=reason) from None
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // (1024 * 1024)
        raise Unreadable(
            N_("{file} is larger than {limit} MB; that is no chat, list or text."), file=path.name, limit=limit
        )
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(content) != after.st_size:
        raise Unreadable(N_("{file} changed while it was read; wait until it is whole."), file=path.name)
    day = day_of(session.state)
    return Source(path.name, content, date.fromisoformat(day) if day else None, evening_of(session))


def evening_of(session: Session) -> Evening:
    """Return what a session says of a file of its evening before it is read."""
    state = session.state
    gone = names_of_withdrawn(session.history) if state.withdrawn else ()
    people = {words for person in people_of(state) for words in person.names} | {tuple(words_of(one)) for one in gone}
    codes = {folded(code) for code in state.participants} | LEADERS
    begun, ended = state.session.started_at, state.session.ended_at
    if begun is None:
        return Evening(people, codes)
    clock = local(state, begun)
    begins_ms = round((clock - clock.replace(hour=0, minute=0, second=0, microsecond=0)) / timedelta(milliseconds=1))
    return Evening(people, codes, (begins_ms, begins_ms + int(ended or begun + LONGEST_MS) - begun))


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # else a pipe would be waited for


def parsed(source: Source, format_name: str = "") -> Parsed:
    """Return what a file holds; raises KringError with one sentence where it can't be read."""
    try:
        return first_recording(recognise.read(source, format_name))
    except RecursionError:
        raise Unreadable(N_("{file} is nested too deeply to be read."), file=source.name) from None


def first_look(source: Source, read: Parsed) -> Preview:
    """Return what a file holds, before its names and its clock are compared with the session."""
    return Preview(
        file=one_line(source.name),
        format=read.format,
        clock=read.clock,
        parsed=read,
        counts=_counts(read, 0),
        skipped=read.skipped,
        warnings=read.warnings,
    )


def prepare(session: Session, source: Source, read: Parsed, wishes: Wishes) -> Prepared:
    """Return what bringing in a file would do now; nothing is written."""
    state = session.state
    read = of_this_evening(state, read, wishes.offset_ms or 0)
    gone = names_of_withdrawn(session.history) if state.withdrawn else ()
    joined = joined_by(state, read, wishes.join) if wishes.join else {}
    if read.responses and state.withdrawn:
        read = without_withdrawn(state, read, gone)
    matches = _matches(state, read, wishes, gone)
    voices = compare(state, read, matches) if not wishes.take_open else None
    matches = named(state, matches, voices)
    proposed = propose(state, read, matches, voices.clue if voices is not None else None)
    proposal = _chosen(proposed, wishes)
    offset = proposal.offset
    place = placed(state, read, offset.ms) if offset is not None and read.clock is not Clock.NONE else None
    told = told_by_file(state, read) if read.responses else {}
    found = brought(state, read, {one.label: one for one in matches}, place, wishes.with_private, joined, told)
    pieces = laid(state, read, (proposed.offset or offset).ms, wishes.offset_ms) if offset is not None else ()
    times = list(times_of(read)) if place is not None else []
    first, last = (place(min(times)), place(max(times))) if place is not None and times else (None, None)
    if pieces and offset is not None:
        offset = replace(offset, ms=pieces[0].at_ms - int(state.session.started_at or 0))
        first, last = pieces[0].at_ms, pieces[-1].at_ms + pieces[-1].lasts_ms
    doubts = (*proposal.doubts, *remarks(pieces))
    keeps = bool(read.attached) or (wishes.keep_file and not state.withdrawn and read.sound is None)
    known = Known(state, source, read, wishes, tuple(matches), offset, found, (first, last), keeps, len(joined), doubts)
    preview = Preview(
        file=one_line(source.name),
        format=read.format,
        clock=read.clock,
        parsed=read,
        counts=_counts(read, len(found.facts) + len(read.attached) + len(pieces)),
        offset=offset,
        first_ms=first,
        last_ms=last,
        people=tuple(matches),
        landings=tuple(islice(chain(_landings(state, found), _of_sound(pieces)), SHOWN)),
        anchors=tuple(_anchors(state, pieces)),
        skipped=read.skipped,
        warnings=tuple(warnings(known)),
        twice=twice(known),
        asks=asks(known),
    )
    attached = tuple(_attached(source, read, wishes, keeps, place))
    return Prepared(source, preview, found, keeps, state.withdrawn, attached, pieces)


def require_ready(prepared: Prepared) -> None:
    """Raise Refused where a file is in already, something has to be chosen first, or nothing of it would come in."""
    preview = prepared.preview
    for reason in (preview.twice, preview.asks):
        if reason is not None:
            raise Refused(reason.template, **reason.values)
    if not prepared.brought.facts and not preview.parsed.attached and not prepared.pieces:
        raise Refused(NOTHING, file=preview.file)


def commit(session: Session, prepared: Prepared, sound: Sequence[f.SoundRead] = ()) -> Event:
    """Write what was prepared, all of it as one act or nothing; raises Refused where something is open still.

    `sound` are the files of a recording, which lie beside the session file already.
    """
    require_ready(prepared)
    preview = prepared.preview
    imported = f.FileImported(
        file=preview.file,
        format=preview.format,
        sha256=prepared.source.sha256,
        clock=preview.clock.value,
        offset_ms=None if preview.offset is None or preview.clock is Clock.NONE else preview.offset.ms,
        counts=tuple(_came_in(prepared)),
        skipped=len(preview.skipped),
        also=prepared.brought.also,
    )
    names = [
        f.NameMatched(one_line(one.label), one.who, one.participant or None)
        for one in preview.people
        if not (one.is_open or preview.parsed.responses or (prepared.withdrawn and one.who == "left_out"))
    ]

    def wanted(state: State, now: int) -> tuple[f.Fact, ...]:
        found = prepared.brought
        behind = [*names, *found.shared, *_numbered(state, found), *prepared.attached, *sound]
        numbered = replace(imported, number=_next_number(session))
        return bring_in(state, now, numbered, behind, prepared.withdrawn)

    files = [prepared.source.content] if prepared.attached else []
    return session.do_as(session.me, wanted, files=files)


def _next_number(session: Session) -> int:
    """Return the number of the next file: that of one whose bringing in was undone does not come back."""
    before = [event.fact.number for event in session.history.events if isinstance(event.fact, f.FileImported)]
    return max((len(before), *before)) + 1


def _numbered(state: State, found: Brought) -> Iterator[f.Fact]:
    """Yield the facts, each message with the number of its note."""
    number = state.last_note
    for _line, fact in found.facts:
        if isinstance(fact, f.MessageRead):
            number += 1
            yield replace(fact, number=number)
        else:
            yield fact


def _came_in(prepared: Prepared) -> Iterator[tuple[str, int]]:
    kinds = Counter(type(fact) for _line, fact in prepared.brought.facts)
    for kind, word in _WORDS.items():
        if kinds[kind]:
            yield word, kinds[kind]
    if prepared.preview.parsed.attached:
        yield "attachments", len(prepared.preview.parsed.attached)
    if prepared.pieces:
        yield SOUND, len(prepared.pieces)


_WAITING = N_("waiting room")
_WORDS: dict[type[f.Fact], str] = {
    f.MessageRead: "messages",
    f.ReactionRead: "reactions",
    f.UtteranceRead: "utterances",
    f.SignalRead: "signals",
    f.StayRead: "stays",
    f.PollAnswerRead: "answers",
    f.SurveyResponseRead: "responses",
}


# names


def _matches(state: State, read: Parsed, wishes: Wishes, gone: Sequence[str]) -> list[Match]:
    """Return whom the names in a file mean; who withdrew is left out, and while somebody did, so is who is unknown."""
    left_out = [Person(Choice("left_out"), name, (words,)) for name in gone if (words := tuple(words_of(name)))]
    remembered = {row.label: Choice(row.who, row.participant or "") for row in state.import_names.values()}
    labels = labels_of(read, wishes.with_private)
    elsewhere = {} if wishes.take_open else wishes.elsewhere
    matches = match_names(labels, (*people_of(state), *left_out), wishes.people, remembered, elsewhere)
    if not wishes.take_open:
        return list(matches)
    otherwise = Choice("left_out" if gone else "unknown")
    return [
        replace(one, who=otherwise.who, participant="", is_open=False, why=Sentence(N_("nobody chose")))
        if one.is_open
        else one
        for one in matches
    ]


def labels_of(read: Parsed, with_private: bool = False) -> dict[str, int]:
    """Return the names in a file in the order in which they come, with how many lines are of each."""
    found: Counter[str] = Counter()
    for message in read.messages:
        if with_private or not message.is_private:
            found[message.author] += 1
            if message.is_private:
                found[message.recipient] += 0
            for reaction in message.reactions:
                found.update(reaction.people)
    found.update(utterance.speaker for utterance in read.utterances)
    found.update(signal.person for signal in read.signals)
    found.update(stay.person for stay in read.stays)
    found.update(answer.person for answer in read.answers)
    return {label: count for label, count in found.items() if one_line(label)}


# clock


def _chosen(found: Proposal, wishes: Wishes) -> Proposal:
    """Return where the times of a file lie; what was chosen goes first, beside all that says something else."""
    if wishes.offset_ms is None:
        return found
    chosen = Evidence(Sentence(N_("chosen by you")), (wishes.offset_ms,))
    spread, evidence = (found.offset.spread_ms, found.offset.evidence) if found.offset is not None else (0, ())
    return Proposal(Offset(wishes.offset_ms, spread, (chosen, *evidence)))


# what is said


def _counts(read: Parsed, rows: int) -> Counts:
    public = [one for one in read.messages if not one.is_private]
    stays = [one for one in read.stays if not one.in_waiting_room]
    return Counts(
        messages=len(public),
        private=len(read.messages) - len(public),
        replies=sum(one.replies_to is not None for one in public),
        reactions=sum(max(1, len(reaction.people)) for one in public for reaction in one.reactions),
        cues=len({one.line for one in read.utterances}),
        utterances=sum(bool(one.text.strip()) for one in read.utterances),
        intervals=len(stays),
        joins=sum(one.joined_ms is not None for one in stays),
        answers=len(read.answers),
        responses=len(read.responses),
        rows=rows,
    )


def _landings(state: State, found: Brought) -> Iterator[Landing]:
    for line, fact in found.facts:
        match fact:
            case f.MessageRead(at_ms=at, text=text):
                yield Landing(at, _side(state, fact), text, line)
            case f.UtteranceRead(started_ms=at, text=text):
                yield Landing(at, _side(state, fact), text, line)
            case f.SignalRead(at_ms=at, what=text):
                yield Landing(at, _side(state, fact), text, line)
            case f.StayRead(joined_ms=joined, role=text, in_waiting_room=is_outside):
                yield Landing(joined, _side(state, fact), _(_WAITING) if is_outside else text, line)
            case f.PollAnswerRead(at_ms=answered, value=text):
                yield Landing(answered, _side(state, fact), text, line)
            case f.SurveyResponseRead(answers=answers):
                yield Landing(None, called(state, fact.participant), "; ".join(value for _n, value in answers), line)


def _of_sound(pieces: Sequence[LaidPiece]) -> Iterator[Landing]:
    for number, piece in enumerate(pieces, 1):
        told = N_("sound, {length} (turns: {n}, spread {spread} s)")
        count, spread = len(piece.anchors), round(piece.spread_ms / 1000, 1)
        known = {"length": as_length(piece.lasts_ms), "n": count, "spread": spread}
        sentence = Sentence(told, known) if count else Sentence(N_("sound, {length}"), known)
        yield Landing(piece.at_ms, "", say(sentence), number)


def _anchors(state: State, pieces: Sequence[LaidPiece]) -> Iterator[Landing]:
    """Yield the turns by which the pieces of a recording lie, each with how much later it begins than it is heard."""
    people = {round(begin): who for who, turns in logged(state).items() for begin, _end in turns}
    for number, piece in enumerate(pieces, 1):
        for anchor in piece.anchors:
            who = people[anchor.at_ms]
            name = state.session.moderator if who == "moderator" else called(state, who)
            seconds = round(anchor.later_ms / 1000, 1) + 0.0  # no minus before a nought
            yield Landing(anchor.at_ms, name, f"{'+' * (seconds >= 0)}{decimal(seconds)} s", number)


def _side(state: State, fact: Any) -> str:
    if fact.participant:
        return called(state, fact.participant)
    leads = getattr(fact, "speaker_kind", None) == "moderator"
    return state.session.moderator if leads else str(fact.label)


# the file itself


def _attached(source: Source, read: Parsed, wishes: Wishes, keeps_file: bool, place: Any) -> Iterator[f.FileAttached]:
    sha256, size = source.sha256, len(source.content)
    for one in read.attached:
        at = wishes.at_ms if wishes.at_ms is not None else place(one.at_ms) if place and one.at_ms is not None else None
        yield f.FileAttached(clean(one.name), one.media_type, sha256, size, at)
    if keeps_file and not read.attached:
        media_type = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
        yield f.FileAttached(one_line(source.name), media_type, sha256, size)
