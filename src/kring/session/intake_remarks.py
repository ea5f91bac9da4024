"""What people must know of a file before it is brought in, and what they have to choose first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kring.domain.consent import against_recording, consent_to
from kring.domain.decide.bringing_in import imported_before
from kring.domain.local_time import day_of, local
from kring.domain.state import State
from kring.domain.text import N_, Sentence, one_line
from kring.domain.time_text import day_and_time, time_of_day
from kring.domain.words import called
from kring.imports.brought import Brought, moment_of
from kring.imports.joining import keys_of
from kring.imports.names import Choice
from kring.imports.parsed import Clock, Parsed
from kring.imports.placing import is_of_another_day, odd_hours
from kring.imports.preview import Match, Offset
from kring.imports.source import Source

KEPT = N_(
    "The file itself is kept in the session file as it is, with every name in it, also what does not come in; leave it "
    "out with --no-file."
)
NOT_JOINED = N_("Nobody is joined to the list of participants; --join can do it by: {names}.")
NOWHERE = N_("Nothing says when the recording of {file} began; say where on the session's clock: --offset 1:12.")
OTHER_DAY = N_("{file} is of {day}, the session of {session_day}; if it is right all the same, move it with --offset.")
"""What is said otherwise where keys do it."""

HOUR_MS, MINUTE_MS = 3_600_000, 60_000
AT_ONCE_MS = 60_000
"""Who comes in again is there twice until the platform has seen that the first connection is gone."""
NOTHING = N_("Nothing of {file} comes in.")


class Wishes(NamedTuple):
    """What somebody chose about a file.

    `people` says whom names mean, `offset_ms` where its times lie; `join` is the column that tells respondents of a
    survey, `at_ms` the moment of a picture. With `take_open` names that nobody chose come in as of nobody on the list.
    `elsewhere` is whom names meant in other sessions of the study, for somebody who is asked.
    """

    offset_ms: int | None = None
    with_private: bool = False
    keep_file: bool = True
    people: Mapping[str, Choice] = {}
    take_open: bool = False
    join: str = ""
    at_ms: int | None = None
    elsewhere: Mapping[str, Choice] = {}


class Known(NamedTuple):
    """What is known of a file: what it holds, what somebody chose, and what would come in.

    `span` is the first and the last moment in it (epoch ms), `joined` how many respondents are on the list, `doubts`
    what contradicts where its times are placed.
    """

    state: State
    source: Source
    read: Parsed
    wishes: Wishes
    matches: tuple[Match, ...]
    offset: Offset | None
    found: Brought
    span: tuple[int | None, int | None]
    keeps_file: bool
    joined: int
    doubts: tuple[Sentence, ...] = ()


def warnings(known: Known) -> Iterator[Sentence]:
    """Yield what people must know of a file."""
    yield from known.read.warnings
    yield from odd_hours(known.state, known.read)
    yield from known.doubts
    yield from _of_other_hours(known)
    yield from _private(known)
    yield from _stays_out(known)
    yield from _in_it_twice(known)
    yield from _did_not_come(known)
    yield from _survey(known)
    yield from _not_quoted(known)
    yield from _not_recorded(known)
    yield from _file_itself(known)


def _of_other_hours(known: Known) -> Iterator[Sentence]:
    """Yield that a file lies outside of the session, or how much of it does."""
    state, (first, last), begun = known.state, known.span, known.state.session.started_at
    if first is None or last is None or begun is None or is_of_another_day(state, first, last):
        return
    over = state.session.ended_at or last
    if last < begun - HOUR_MS or first > over:
        times = {name: day_and_time(state, at, begun) for name, at in (("first", first), ("last", last))}
        yield Sentence(
            N_("These times, {first} – {last}, are not those of the session, begun at {begun}; look at the clock."),
            {**times, "begun": time_of_day(state, begun, seconds=True)},
        )
        return
    moments = [at for fact in known.found.facts if (at := moment_of(fact[1])) is not None]
    early = sum(at < begun - HOUR_MS for at in moments)
    late = sum(at > over + MINUTE_MS for at in moments)
    if early:
        yield Sentence(N_("Lines from more than an hour before the session: {n}. Look at the clock."), {"n": early})
    if late:
        values = {"time": time_of_day(state, over, seconds=True), "n": late}
        yield Sentence(N_("Lines from after the end of the session, {time}: {n}. Look at the clock."), values)


def _private(known: Known) -> Iterator[Sentence]:
    private = sum(one.is_private for one in known.read.messages)
    if private and known.wishes.with_private:
        yield Sentence(N_("Direct messages come in too: {n}. They were not meant for the group."), {"n": private})
    elif private:
        yield Sentence(N_("Direct messages stay out: {n}."), {"n": private})


def _stays_out(known: Known) -> Iterator[Sentence]:
    found, dropped = known.found, known.read.dropped
    counts = (
        (found.known, N_("In already by an earlier file, so not again: {n}.")),
        (found.left_out, N_("Of people who are left out: {n}.")),
        (len(found.timeless), N_("Without a time, so they stay out: {n}.")),
    )
    for count, template in counts:
        if count:
            yield Sentence(template, {"n": count})
    if dropped:
        yield Sentence(N_("These columns never come in: {names}."), {"names": ", ".join(map(one_line, dropped))})


def _in_it_twice(known: Known) -> Iterator[Sentence]:
    """Yield which names are there twice at once: two people of one name would become one."""
    stays = [one for one in known.read.stays if not (one.in_waiting_room or one.joined_ms is None)]
    until: dict[str, int] = {}
    twice: dict[str, None] = {}
    for stay in sorted(stays, key=lambda one: one.joined_ms or 0):
        if until.get(stay.person, 0) - (stay.joined_ms or 0) >= AT_ONCE_MS:
            twice[one_line(stay.person)] = None
        until[stay.person] = max(until.get(stay.person, 0), stay.left_ms or 0)
    if twice:
        told = N_("There twice at the same time: {names}. Somebody with two devices, or two people of one name?")
        yield Sentence(told, {"names": ", ".join(twice)})


def _did_not_come(known: Known) -> Iterator[Sentence]:
    """Yield who is in a file of the evening and by the log did not come: was somebody else matched, or logged?"""
    if known.read.clock is Clock.NONE:
        return
    people = [row for row in known.state.participants.values() if row.removed_at is None and row.withdrawn_at is None]
    stayed_away = [row for row in people if row.status == "no_show"]
    if len(stayed_away) * 2 >= len(people):  # nobody logged who came
        return
    matched = {one.participant for one in known.matches if one.rows and not one.is_open}
    away = [row for row in stayed_away if row.id in matched]
    if away:
        told = N_("By the log they did not come, and here they are all the same: {names}. Look whether it is they.")
        yield Sentence(told, {"names": ", ".join(row.name or row.id for row in away)})


def _survey(known: Known) -> Iterator[Sentence]:
    of = len(known.read.responses)
    if not of:
        return
    if known.wishes.join:
        yield Sentence(
            N_("Respondents who are on the list of participants: {n} of {of}."), {"n": known.joined, "of": of}
        )
    elif keys := keys_of(known.read):
        yield Sentence(NOT_JOINED, {"names": ", ".join(map(one_line, keys))})


def _not_quoted(known: Known) -> Iterator[Sentence]:
    read = known.read
    for match in known.matches if read.messages or read.utterances or read.answers else ():
        if match.participant and consent_to(known.state, match.participant, "quoting") is False:
            values = {"who": called(known.state, match.participant), "n": match.rows}
            yield Sentence(N_("{who} does not consent to quoting; that holds for these lines too: {n}."), values)


def _not_recorded(known: Known) -> Iterator[Sentence]:
    if known.read.sound is None:
        return
    without = [person.name or person.id for person in against_recording(known.state)]
    if without:
        yield Sentence(N_("No consent to audio of {names}; they can be heard in it."), {"names": ", ".join(without)})
    if known.state.withdrawn:
        yield Sentence(N_("Somebody withdrew; what they said can be heard in it."))


def _file_itself(known: Known) -> Iterator[Sentence]:
    if known.read.sound is not None:
        return
    if known.keeps_file and not known.read.attached:
        yield Sentence(KEPT)
    elif known.wishes.keep_file and not known.read.attached:
        yield Sentence(N_("Somebody withdrew, so the file itself is not kept in the session file."))


def asks(known: Known) -> Sentence | None:
    """Return what must be chosen, or be otherwise, before a file can come in."""
    state, read, file = known.state, known.read, {"file": one_line(known.source.name)}
    spoken = (read.utterances, read.messages, read.signals, read.stays)
    if not any((*spoken, read.answers, read.responses, read.attached, read.sound)):
        return Sentence(NOTHING, file)
    if known.read.clock is not Clock.NONE and state.session.started_at is None:
        return Sentence(N_("The session has not started: until then {file} has no place on its clock."), file)
    if known.offset is None:
        return Sentence(NOWHERE, file)
    if (other := _other_day(known)) is not None:
        return other
    still_open = [f"“{one_line(one.label)}”" for one in known.matches if one.is_open]
    if still_open:
        return Sentence(N_("First choose whom these names mean: {names}."), {"names": ", ".join(still_open)})
    return None


def twice(known: Known) -> Sentence | None:
    """Return that this very file was brought in before."""
    before = imported_before(known.state, known.source.sha256)
    if before is None:
        return None
    values = {
        "file": one_line(known.source.name),
        "when": local(known.state, before.read_at).strftime("%Y-%m-%d %H:%M"),
    }
    return Sentence(N_("{file} was brought in already, {when}; nothing is added."), values)


def _other_day(known: Known) -> Sentence | None:
    first, last = known.span
    chosen = known.wishes.offset_ms is not None
    if chosen or first is None or last is None or not is_of_another_day(known.state, first, last):
        return None
    days = {"day": local(known.state, first).date().isoformat(), "session_day": day_of(known.state)}
    return Sentence(OTHER_DAY, {"file": one_line(known.source.name), **days})
