"""Copies of one session that were worked in apart, joined: what differs between them, and one file that holds it all.

The copies are only read; the new file is made whole beside them, and holds the union of their events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import msgspec

from kring.domain import facts as f
from kring.domain.decide.bringing_in import numbered
from kring.domain.events import Event
from kring.domain.evolve.group.whom import named_in
from kring.domain.history import undos_of, void_ids
from kring.domain.local_time import local
from kring.domain.rows import Moment
from kring.domain.state import State
from kring.domain.text import N_, KringError, Sentence, folded
from kring.record.folder import find
from kring.session.copies.arriving import Arrivals, united
from kring.session.copies.doings import Doings, doings
from kring.store import files, verify
from kring.store.attached import kept_files
from kring.store.derived import history_of
from kring.store.event_line import EventLine, StoredEvent, line_of
from kring.store.making import making
from kring.system.sqlite import sqlite3

MOST_NAMES = 100
MOST_NUMBERS = 12


class Copy(msgspec.Struct, frozen=True):
    """A copy of a session as it was read: its events as they are sealed there, and the files that it keeps."""

    file: Path
    sealed: dict[str, StoredEvent]
    state: State
    kept: tuple[bytes, ...]
    is_in_use: bool
    lost_its_log: bool


class Held(msgspec.Struct, frozen=True):
    """What a copy holds: so many events, `alone` of them that no other copy has, and who did what in these."""

    file: Path
    events: int
    alone: int
    doings: tuple[Doings, ...]


class Union(msgspec.Struct, frozen=True):
    """All that the copies of one session hold together, in canonical order, and what is to be said of them.

    `whole` is a copy that holds all of it already.
    """

    copies: tuple[Held, ...]
    shared: int
    sealed: tuple[StoredEvent, ...]
    kept: tuple[bytes, ...]
    state: State
    remarks: tuple[Sentence, ...]
    whole: Path | None


def union_of(paths: Sequence[Path]) -> Union:
    """Return what copies of one session hold together; they are only read.

    Raises KringError where a file is no session that this version can read whole, is another session than the first
    one, or says something else of an event than another one does.
    """
    copies = [_read(path) for path in {path.resolve(): path for path in paths}.values()]
    if len(copies) < 2:
        raise KringError("Name two files or more: {file} is one file.", file=copies[0].file.name)
    _refuse_other_sessions(copies)
    first = copies[0]
    told = (_line(each)._asdict() for copy in copies for each in copy.sealed.values())
    sealed, declined = united(told, first.state.session.id)
    if declined:
        raise KringError(
            "An event of this session is not the same in every file (id {id}): {why} See which file is whole with "
            "kring verify.",
            id=declined[0].event,
            why=declined[0].why,
        )
    in_order = tuple(sorted(sealed.values(), key=lambda each: each.event.key))
    state = history_of(in_order).state
    counted = Counter(name for copy in copies for name in copy.sealed)
    held = tuple(_held(copy, counted) for copy in copies)
    kept = {kept_files.fingerprint(content): content for copy in copies for content in copy.kept}
    whole = next((copy.file for copy in copies if _holds_all(copy, sealed, kept.keys())), None)
    remarks = tuple(_remarks(copies, in_order, sealed, state))
    shared = sum(times == len(copies) for times in counted.values())
    return Union(held, shared, in_order, tuple(kept.values()), state, remarks, whole)


def write(union: Union, out: Path) -> verify.Report:
    """Write a union into a new session file, and return how whole it is; whatever stops that leaves nothing behind.

    Raises AlreadyThere where a file of that name exists, and KringError with what else stopped it.
    """
    with making(out) as store:
        door = Arrivals(store)
        arrived = door.take((_line(each)._asdict() for each in union.sealed), files=union.kept)
        assert len(arrived.new) == len(union.sealed)
        if union.state.session.phase == "ended":
            store.make_searchable()
    return verify.verify(out)


def free_name(paths: Sequence[Path]) -> Path:
    """Return the name of a new file beside the first one: with the number that `kring run` takes for a later file."""
    first = min(paths, key=lambda path: (path.parent != paths[0].parent, len(path.name), path.name))
    names = (first.with_name(f"{first.stem}-{number}{first.suffix}") for number in range(2, MOST_NAMES))
    return next((name for name in names if not name.exists()), first.with_name(f"{first.stem}-merged{first.suffix}"))


def _read(path: Path) -> Copy:
    in_use = path.is_file() and files.is_open_elsewhere(path)
    lost_its_log = path.is_file() and files.lost_its_log(path)
    with closing(files.open_(path, "read")) as store:
        if store.note is not None:
            raise KringError(
                "{file} was made by a newer kring, and may hold what this one cannot join: join the files with that "
                "one.",
                file=path.name,
            )
        try:
            if store.connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("malformed")
            sealed = {each.event.id: each for each in store.read_events()}
            kept = tuple(kept_files.kept(store.connection.execute))
        except (sqlite3.Error, UnicodeError) as error:
            raise files.cannot_open(error, path) from error
    if (changed := next((each for each in sealed.values() if not verify.fits(each)), None)) is not None:
        raise KringError(
            "{file} was changed by another program, at event {seq}; kring verify says what is wrong.",
            file=path.name,
            seq=changed.seq,
        )
    return Copy(path, sealed, history_of(sealed.values()).state, kept, in_use, lost_its_log)


def _refuse_other_sessions(copies: Sequence[Copy]) -> None:
    first, *others = copies
    for copy in copies:
        if not copy.state.session.id:
            raise KringError("{file} holds no session yet.", file=copy.file.name)
    for other in others:
        if other.state.session.id != first.state.session.id:
            raise KringError(
                "{file} and {other} are two sessions: only copies of one session are joined. Several sessions of a "
                "study are read together by kring study.",
                file=first.file.name,
                other=other.file.name,
            )


def _line(each: StoredEvent) -> EventLine:
    return EventLine(*line_of(each, each.seq))


def _held(copy: Copy, counted: Counter[str]) -> Held:
    alone = [each.event for name, each in copy.sealed.items() if counted[name] == 1]
    return Held(copy.file, len(copy.sealed), len(alone), tuple(doings(alone)))


def _holds_all(copy: Copy, sealed: dict[str, StoredEvent], kept: object) -> bool:
    """Whether a copy holds every event, erased where it was erased anywhere, and every file that is kept."""
    if len(copy.sealed) != len(sealed):
        return False
    is_as_erased = all((copy.sealed[name].salt is None) == (each.salt is None) for name, each in sealed.items())
    return is_as_erased and {kept_files.fingerprint(content) for content in copy.kept} == kept


def _remarks(
    copies: Sequence[Copy], in_order: Sequence[StoredEvent], sealed: dict[str, StoredEvent], state: State
) -> Iterator[Sentence]:
    for copy in copies:
        file = {"file": copy.file.name}
        if copy.is_in_use:
            yield Sentence(N_("Somebody works in {file}: what is done there from now on is not joined."), file)
        if copy.lost_its_log:
            log = {"log": f"{copy.file.name}-wal"}
            yield Sentence(
                "{file} was in use, and {log} is missing or empty: what was done in the last seconds may be missing.",
                file | log,
            )
        erased = sum(sealed[name].salt is None and each.salt is not None for name, each in copy.sealed.items())
        if erased:
            told = N_(
                "Erased in another copy, and so in the joined file, though it still stands in {file}: events {n}."
            )
            yield Sentence(told, file | {"n": erased})
    yield from _of_the_end(copies)
    yield from _of_the_chains(in_order, state)
    yield from _of_same_numbers(copies, state)
    yield from _of_the_undone(copies, state, in_order)
    yield from _of_same_codes(copies, in_order, state)
    yield from _of_files_twice(state)
    yield from _of_the_sound(copies, state)


def _of_files_twice(state: State) -> Iterator[Sentence]:
    """Yield which files were brought in more than once, each in a copy of its own: what they hold counts twice."""
    first: dict[str, int] = {}
    for number, one in numbered(state):
        if one.removed_at is None and one.sha256 and first.setdefault(one.sha256, number) != number:
            told = N_("{file} was brought in twice, as {first} and {n}: take one out with kring import --take-out {n}.")
            yield Sentence(told, {"file": one.file, "first": first[one.sha256], "n": number})


def _of_the_end(copies: Sequence[Copy]) -> Iterator[Sentence]:
    """Yield that the session ended in one copy and went on in another."""
    open_ones = [copy.file.name for copy in copies if copy.state.session.phase != "ended"]
    for copy in copies:
        if open_ones and copy.state.session.phase == "ended":
            told = N_("The session ended in {file}, and not in {others}.")
            yield Sentence(told, {"file": copy.file.name, "others": ", ".join(open_ones)})


def _of_the_chains(in_order: Sequence[StoredEvent], state: State) -> Iterator[Sentence]:
    chain = verify.Chain()
    for each in in_order:
        list(chain.follow(each))
    for each in chain.forks():
        told = N_("On computer {device} work went on in two copies from {time} on: both are kept.")
        yield Sentence(told, {"device": each.event.device, "time": _time(state, each.event.at)})
    if any(chain.breaks()):
        yield Sentence(N_("Events are missing in all of these files; kring verify says where."))


def _of_same_numbers(copies: Sequence[Copy], state: State) -> Iterator[Sentence]:
    """Yield which numbers several notes have in the joined file, and had in no copy before."""
    known = set().union(*(_same_numbers(copy.state) for copy in copies))
    same = sorted(_same_numbers(state) - known)
    if same:
        told = N_("Notes with one number twice are called by it with a letter ({n}a, {n}b): {numbers}.")
        more = " …" if len(same) > MOST_NUMBERS else ""
        yield Sentence(told, {"n": same[0], "numbers": ", ".join(map(str, same[:MOST_NUMBERS])) + more})


def _same_numbers(state: State) -> set[int]:
    counted = Counter(note.number for note in state.notes.values() if note.removed_at is None)
    return {number for number, times in counted.items() if times > 1}


def _of_the_undone(copies: Sequence[Copy], state: State, in_order: Sequence[StoredEvent]) -> Iterator[Sentence]:
    """Yield how much was done in a copy to a note or a turn that was undone in another one."""
    void = void_ids(undos_of(each.event for each in in_order))
    gone = void - state.notes.keys() - state.turns.keys()
    for copy in copies:
        rested = [each.event for each in copy.sealed.values() if each.event.id not in void and _is_about(each, gone)]
        n = sum(any(one.id not in other.sealed for other in copies) for one in rested)
        if n:
            told = N_("In {file} acts ({n}) change what was undone in another copy: kring timeline --all shows them.")
            yield Sentence(told, {"file": copy.file.name, "n": n})


def _is_about(each: StoredEvent, rows: Set[str]) -> bool:
    fact = each.event.fact
    if not rows or isinstance(fact, f.Undone):
        return False
    return not rows.isdisjoint({getattr(fact, name, None) for name in ("note", "turn", "row", "participant")} - {None})


def _of_same_codes(copies: Sequence[Copy], in_order: Sequence[StoredEvent], state: State) -> Iterator[Sentence]:
    """Yield which codes were given to two people, and what each is called now."""
    added: dict[str, list[tuple[Event, f.ParticipantAdded]]] = {}
    for each in in_order:
        if isinstance(fact := each.event.fact, f.ParticipantAdded):
            added.setdefault(fact.code, []).append((each.event, fact))
    now = {act: person for person in state.participants.values() for act in person.additions.split()}
    for code, acts in added.items():
        alive = ((event.id, fact.name) for event, fact in acts if event.id in now)
        for (one, name), (another, namesake) in pairwise(alive):
            if any(one in copy.sealed and another in copy.sealed for copy in copies):
                continue  # it was told when these were joined
            first, other = now[one], now[another]
            told: dict[str, object] = {
                "code": code,
                "file": _file_with(copies, one),
                "other": _file_with(copies, another),
            }
            if first is other and folded(name) != folded(namesake):
                withdrew = N_(
                    "{code} withdrew, and may be another person in {file} than in {other}: what was logged of either "
                    "is withheld. Add who did not withdraw once more, and log it of that one."
                )
                yield Sentence(withdrew, told)
            elif first is not other and not (first.withdrawn_at or other.withdrawn_at):
                both = N_("{code} is {name} in {file}, and {namesake} in {other}: joined, {name} is {first} and "
                          "{namesake} {second}.")  # fmt: skip
                yield Sentence(both, told | {"name": name, "namesake": namesake, "first": first.id, "second": other.id})
            if first is not other and (n := _named_by_code_alone(in_order, code)):
                older = N_("An older kring logged acts of {code} by the code alone ({n}): these stand with {first}. "
                           "Put right what is of {second}.")  # fmt: skip
                yield Sentence(older, {"code": code, "n": n, "first": first.id, "second": other.id})


def _file_with(copies: Sequence[Copy], event: str) -> str:
    return next(copy.file.name for copy in copies if event in copy.sealed)


def _named_by_code_alone(in_order: Sequence[StoredEvent], code: str) -> int:
    """Return how many facts name a code that was given twice without saying whom they mean."""
    facts = (each.event.fact for each in in_order)
    return sum(fact is not None and not fact.meant and code in named_in(fact, {code: ""}) for fact in facts)


def _of_the_sound(copies: Sequence[Copy], state: State) -> Iterator[Sentence]:
    """Yield beside which copy files of sound lie, and how many lie nowhere: they do not stand in a session file."""
    segments = [row for row in state.segments.values() if row.ended_at is not None]
    beside = {copy.file: {row.id for row in segments if find(copy.file, row)} for copy in copies}
    if len({frozenset(found) for found in beside.values()}) > 1:
        for file, found in beside.items():
            told = N_("Sound: of {all} files {n} lie beside {file}.")
            yield Sentence(told, {"all": len(segments), "n": len(found), "file": str(file)})
    lost = len(segments) - len(set().union(*beside.values()))
    if lost:
        yield Sentence(N_("Sound: {n} files lie beside none of these files."), {"n": lost})


def _time(state: State, at_ms: Moment | int) -> str:
    return local(state, at_ms).strftime("%H:%M:%S")
