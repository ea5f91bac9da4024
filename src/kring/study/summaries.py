"""What a session file says of itself to the study that it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kring.domain.local_time import at_place
from kring.domain.study.groups import SessionSummary
from kring.domain.text import N_, KringError, Sentence
from kring.store import files
from kring.store.talk_views import WHO_CAME
from kring.study.session_files import without_session
from kring.system.sqlite import sqlite3

_SESSION = """
select id, coalesce(study, ''), coalesce(group_number, ''), coalesce(title, ''), phase, coalesce(planned_start, ''),
  coalesce(started_at, ''), coalesce(ended_at, ''), coalesce(plan_file, ''),
  coalesce(round((julianday(ended_at) - julianday(started_at)) * 1440), 0), coalesce(zone, ''),
  coalesce(utc_offset_min, 0) from session
"""
_DEFINITIONS = "select segment, definition from segment_definitions where holds and removed_at is null order by segment"
_EXPECTED = "select segment, count(*) from participants where {those} group by segment"
_ON_LIST = "removed_at is null and withdrawn_at is null and on_list"
CAME = f"removed_at is null and withdrawn_at is null and id in ({WHO_CAME})"
"""Of `participants`: who was there, or spoke."""


def read_summary(path: Path) -> SessionSummary | Sentence:
    """Return what a session file says, or why it can't be read."""
    lost_its_log = files.lost_its_log(path)  # before it is opened here
    try:
        store = files.open_(path, "read")
    except KringError as problem:
        return problem.sentence
    try:
        found = _read(path, store.connection.execute)
        if isinstance(found, Sentence):
            return found
        return replace(found, is_newer=store.note is not None, lost_its_log=lost_its_log)
    except (sqlite3.Error, UnicodeError):
        told = {"file": path.name}
        if store.note is not None:
            return Sentence(N_("{file} was made by a newer kring and can't be read here."), told)
        return Sentence(N_("{file} is damaged; save what it holds with kring rescue."), told)
    finally:
        store.close()


def _read(path: Path, read: Callable[..., Any]) -> SessionSummary | Sentence:
    row = read(_SESSION).fetchone()
    if row is None:
        return without_session(path.name)
    id_, study, group, title, phase, planned, started, ended, plan, minutes, zone, offset_min = row
    return SessionSummary(
        file=path.name,
        id=id_,
        study=study,
        group=group,
        title=title,
        phase=phase,
        planned_start=planned,
        started_at=_local(started, zone, offset_min),
        ended_at=_local(ended, zone, offset_min),
        plan_file=plan,
        minutes=int(minutes),
        listed=_counted(read, _ON_LIST),
        came=_counted(read, CAME) if started else (),
        definitions=tuple(read(_DEFINITIONS).fetchall()),
        events=read("select count(*) from events").fetchone()[0],
        withdrawn=read("select count(*) from participants where withdrawn_at is not null").fetchone()[0],
    )


def _counted(read: Callable[..., Any], those: str) -> tuple[tuple[str, int], ...]:
    return tuple((segment or "", count) for segment, count in read(_EXPECTED.format(those=those)))


def _local(moment: str, zone: str, offset_min: int) -> str:
    """Return a moment of a file as local time, in minutes; empty where it is none."""
    try:
        at_ms = round(datetime.fromisoformat(moment).timestamp() * 1000)
    except ValueError:
        return ""
    return at_place(zone, offset_min, at_ms).isoformat(timespec="minutes")


def event_ids(path: Path) -> frozenset[str]:
    """Return the ids of the events that a session file holds; none where it can't be read."""
    try:
        store = files.open_(path, "read")
    except KringError:
        return frozenset()
    try:
        return frozenset(id_ for (id_,) in store.connection.execute("select id from events"))
    except sqlite3.Error:
        return frozenset()
    finally:
        store.close()
