"""Files that somebody made to deceive, or that are damaged anyhow: verify ends, in a sentence, and not in "whole"."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from acting import act, act_at_random
from kring.cli import timeline
from kring.domain.events import Event
from kring.domain.evolve.closing import on_clock
from kring.domain.facts import NoteAdded, encode
from kring.domain.history import History
from kring.domain.text import KringError
from kring.privacy import snapshot
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store import files
from kring.store.event_line import StoredEvent
from kring.store.making import making
from kring.store.rebuild import rebuild
from kring.store.rescue.rescue import rescue
from kring.store.tables import all_rows
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3


@pytest.fixture
def worked(make_session: Callable[..., Session], clock: SimulatedClock, tmp_path: Path) -> Path:
    """A closed session file with a bit of everything in it."""
    session = make_session()
    act_at_random(session, clock, seed=1)
    act(session, 'note "heel persoonlijk geheim" #app')
    session.close()
    return tmp_path / "session.db"


# A chain made anew, and the code that shows it


def forged(file: Path, change: Callable[[list[StoredEvent]], list[StoredEvent]]) -> Path:
    """A file with other events of which the whole chain was made anew, as only its maker could."""
    with closing(files.open_(file, "read")) as store:
        stored = list(store.read_events())
    fake = file.with_name("forged.db")
    with making(fake) as store, store.writing():
        events = [each.event for each in change(stored)]
        history = History()
        history.accept(history.change(events))
        for event in events:
            store.add(event, "0" * 16, on_clock(history.state, event.at))
        store.put(all_rows(history.state))
    rebuild(fake)
    return fake


def reworded(stored: list[StoredEvent]) -> list[StoredEvent]:
    def other(event: Event) -> Event:
        if not isinstance(event.fact, NoteAdded):
            return event
        fact = replace(event.fact, text="nooit gezegd")
        return replace(event, fact=fact, data=encode(fact).decode())

    return [replace(each, event=other(each.event)) for each in stored]


def exchanged(stored: list[StoredEvent]) -> list[StoredEvent]:
    """Return events in which two notes have each other's text."""
    notes = [place for place, each in enumerate(stored) if isinstance(each.event.fact, NoteAdded)][-2:]
    first, second = (stored[place].event for place in notes)
    found = list(stored)
    for place, event, other in zip(notes, (first, second), (second, first), strict=True):
        assert isinstance(event.fact, NoteAdded)
        assert isinstance(other.fact, NoteAdded)
        fact = replace(event.fact, text=other.fact.text)
        found[place] = replace(stored[place], event=replace(event, fact=fact, data=encode(fact).decode()))
    return found


FORGED = {
    "a note reworded": reworded,
    "two notes exchanged": exchanged,
    "two events in the other order": lambda stored: [*stored[:-3], stored[-2], stored[-3], stored[-1]],
    "the last events deleted": lambda stored: stored[:-2],
    "an event in the middle deleted": lambda stored: [*stored[:-3], *stored[-2:]],
    "another person": lambda stored: [replace(each, event=replace(each.event, actor="Kim")) for each in stored],
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
def test_a_code_that_was_noted_shows_what_was_rewritten_with_its_chain(worked: Path, change: Any) -> None:
    (head,) = verify(worked).heads
    fake = forged(worked, change)
    assert verify(worked, [head.code]).is_whole
    report = verify(fake, [head.code])
    assert not report.is_whole
    assert f"The check code {head.code} is not in this file" in str(report.findings[-1])


def test_a_code_holds_in_a_file_in_which_people_worked_on(worked: Path, clock: SimulatedClock) -> None:
    before = verify(worked)
    (head,) = before.heads
    session = sessions.resume(worked, clock, Me("Els", "moderator", "device"))
    act(session, "note erna")
    session.close()
    report = verify(worked, [head.code.upper().replace("-", " ")])
    assert report.is_whole
    assert [(one.code, one.seq) for one in report.noted] == [(head.code, before.events)]
    assert report.heads[0].code != head.code


def swapped(file: Path, statements: tuple[str, ...]) -> None:
    """Change the last two events of a file, `a` and `b`, with what guards them taken off and put back."""
    with closing(sqlite3.connect(str(file), isolation_level=None)) as other:
        guards = other.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _sql in guards:
            other.execute(f"drop trigger {name}")
        last = other.execute("select max(seq) from events").fetchone()[0]
        other.execute("create temp table copy as select * from events")
        for statement in statements:
            other.execute(statement.format(a=last - 1, b=last))
        for _name, sql in guards:
            other.execute(sql)


def each_of_the_others(*columns: str) -> tuple[str, ...]:
    return tuple(
        f"update events set {column} = (select {column} from copy where seq = {{{other}}}) where seq = {{{one}}}"
        for column in columns
        for one, other in ("ab", "ba")
    )


SWAPPED = {
    "what they say": each_of_the_others("kind", "v", "data"),
    "all that is sealed": each_of_the_others("kind", "v", "data", "salt", "digest"),
    "their moments": each_of_the_others("at", "t"),
    "their places in the order": each_of_the_others("at", "t", "hlc"),
    "their links": each_of_the_others("chain"),
}


@pytest.mark.parametrize("is_rebuilt", [False, True], ids=["as it is", "rebuilt"])
@pytest.mark.parametrize("change", SWAPPED.values(), ids=SWAPPED)
def test_two_events_that_took_from_each_other_are_found(
    worked: Path, change: tuple[str, ...], is_rebuilt: bool
) -> None:
    swapped(worked, change)
    if is_rebuilt:
        rebuild(worked)
    report = verify(worked)
    assert not report.is_whole
    assert "geheim" not in " ".join(map(str, report.findings))


def test_the_order_of_arrival_says_nothing_and_may_be_another(worked: Path) -> None:
    places = "update events set seq = {0} where seq = {1}"
    with closing(files.open_(worked, "read")) as store:
        before = sorted(each.event.id for each in store.read_all())
    swapped(worked, (places.format("-1", "{a}"), places.format("{a}", "{b}"), places.format("{b}", "-1")))
    assert verify(worked).is_whole
    with closing(files.open_(worked, "read")) as store:
        assert sorted(each.event.id for each in store.read_all()) == before


@pytest.mark.parametrize("name", ["events", "staff", "session", "Notes", "milestone"])
def test_a_view_in_the_place_of_a_table_is_not_read(worked: Path, name: str) -> None:
    with closing(sqlite3.connect(str(worked), isolation_level=None)) as other:
        for trigger in ("events_stay", "events_keep", "events_erase"):
            other.execute(f"drop trigger if exists {trigger}")
        other.execute("pragma legacy_alter_table = on")
        other.execute(f"alter table {name} rename to hidden")
        endless = "with recursive n (x) as (select 1 union all select x + 1 from n) select x as seq, x as id from n"
        other.execute(f"create view {name} as {endless}")
    for attempt in (verify, rebuild, lambda path: files.open_(path, "read"), files.open_):
        with pytest.raises(KringError, match="was tampered with"):
            attempt(worked)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_ends_in_a_sentence_whatever_is_damaged(worked: Path, seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    content = bytearray(worked.read_bytes())
    for _ in range(dice.randint(1, 8)):
        place = dice.randrange(len(content)) if dice.random() < 0.7 else dice.randrange(120)
        content[place : place + dice.choice((1, 1, 4, 64))] = dice.randbytes(dice.choice((1, 1, 4, 64)))
    if dice.random() < 0.2:
        del content[dice.randrange(len(content)) :]
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(content)
    try:
        report = verify(damaged)
    except KringError:
        return
    assert all(str(finding) for finding in report.findings)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "x'00'"), ("hlc", "'x'"), ("device", "x'ff'"), ("kind", "x'00'"), ("v", "'x'"), ("data", "x'ff'"),
        ("digest", "x'00'"), ("chain", "x'00'"), ("at", "x'00'"), ("t", "'x'"), ("act", "x'00'"), ("salt", "x'00'"),
        ("kind", "cast(x'ff' as text)"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_ends_in_a_sentence(worked: Path, column: str, value: str) -> None:
    with closing(sqlite3.connect(str(worked), isolation_level=None)) as other:
        other.execute("drop trigger events_keep")
        other.execute("drop trigger events_erase")
        other.execute(f"update events set {column} = {value} where seq = 20")
    assert "damaged where it was read" in " ".join(map(str, verify(worked).findings))
    for attempt in (snapshot.read, timeline.tell):
        with pytest.raises(KringError, match="is damaged"):
            attempt(worked)
    with pytest.raises(KringError):
        rebuild(worked)
    assert rescue(worked, worked.with_name("saved.db")).saved > 20
