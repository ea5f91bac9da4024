"""The tables of a session file, as the rows and their fields tell them: with views, and guards on the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kring.domain.columns import Field, Id, Ref, fields
from kring.domain.rows import ROWS, Row
from kring.store.attached import kept_files
from kring.store.full_text import ARRIVAL, MADE, SEARCHED

if TYPE_CHECKING:
    from kring.store.talk_views import View

Execute = Callable[..., Any]

APPLICATION_ID = 0x6B72_696E  # "krin"
VERSION = 6

NEVER_CHANGED = "seq, id, hlc, at, t, actor, role, device, kind, v, digest, chain, ahead_ms, act"
# never made again, so these words stay what they are in the oldest file
EVENTS = """create table events (
  seq integer primary key, id text not null unique, hlc integer not null, at text not null, t real,
  actor text not null, role text not null, device text not null, kind text not null, v integer not null,
  data text, salt text, digest text not null, chain text not null
)"""
GROWN = {
    "ahead_ms": "alter table events add column ahead_ms integer not null default 0",
    "act": "alter table events add column act text",
}
"""What the events of a file of before lack; a new file gets it in the same way, so that both are the same."""
SEARCHED_WHEN_SEALED = 4
"""The version from which on no trigger keeps an index of words at every note."""
GUARDS = (
    """create trigger events_stay before delete on events begin
  select raise(abort, 'events are append-only');
end""",
    f"""create trigger events_keep before update of {NEVER_CHANGED} on events
begin
  select raise(abort, 'events are append-only');
end""",
    """create trigger events_erase before update of data, salt on events
  when new.data is not null or new.salt is not null begin
  select raise(abort, 'events are append-only');
end""",
    """create trigger events_forget after update of data, salt on events begin
  delete from milestone;
end""",
)


ERASED = "create index if not exists events_erased on events (seq) where data is null"
"""By which a program that has the file open sees at once that another one erased something."""
MILESTONE = """create table milestone (
  seq integer primary key, made_by text not null, heads text not null, digest text not null, told blob not null
)"""
"""How the session stood behind an event, see `store/milestone.py`; one line or none."""


def create(execute: Execute, views: Mapping[str, View]) -> None:
    """Make the tables of this version in an empty database; in a session file only within its first transaction."""
    for statement in (EVENTS, *GROWN.values(), ERASED, kept_files.MADE, *derived(views), *GUARDS):
        execute(statement)
    execute(f"pragma user_version = {VERSION}")
    execute(f"pragma application_id = {APPLICATION_ID}")


def derived(views: Mapping[str, View]) -> Iterator[str]:
    """Yield the statements that make all but the events."""
    for row_type in ROWS:
        yield _table(row_type)
    yield MILESTONE
    for name, view in views.items():
        yield f"create view {name} as{view.query}"


def drops(views: Iterable[str]) -> Iterator[str]:
    """Yield the statements that take all of that away, and nothing that somebody else put into the file."""
    for name in views:
        yield f"drop view if exists {name}"
    for index in MADE:
        yield f"drop table if exists {index}"
    for row_type in ROWS:
        yield f"drop table if exists {row_type.TABLE}"
    yield "drop table if exists milestone"


def foreign_triggers(execute: Execute) -> list[str]:
    """Return the triggers of a file that kring did not make: one could swallow what is written."""
    own = {statement.split()[2] for statement in GUARDS if statement.startswith("create trigger")}
    if execute("pragma user_version").fetchone()[0] < SEARCHED_WHEN_SEALED:
        own |= {f"{table}_{what}" for table in SEARCHED for what in ("found", "lost", "reworded")}
    found = execute("select name from sqlite_master where type = 'trigger' order by name")
    return [name for (name,) in found if name not in own]


def _table(row_type: type[Row]) -> str:
    is_searched = row_type.TABLE in SEARCHED
    columns = [_column(field, is_searched) for field in fields(row_type)]
    if is_searched:
        columns.insert(0, f"{ARRIVAL} integer primary key")
    listed = ",\n  ".join(columns)
    return f"create table {row_type.TABLE} (\n  {listed}\n){'' if is_searched else ' without rowid'}"


def _column(field: Field, is_searched: bool) -> str:
    affinity = "integer" if field.type in (bool, int) else "real" if field.type is float else "text"
    match field.column:
        case Id():
            return f"{field.name} text not null unique" if is_searched else f"{field.name} text primary key"
        case Ref(table=table):
            return f"{field.name} {affinity} references {table} (id)"
        case _:
            return f"{field.name} {affinity}"
