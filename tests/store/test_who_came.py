"""Who came, asked of the tables, are the people whom the views find; also where moments fall upon each other."""

from __future__ import annotations

import random

from kring.store import derived
from kring.store.talk_views import WHO_CAME
from kring.store.values import iso
from kring.system.sqlite import sqlite3

BY_THE_VIEWS = """
select id from participants where removed_at is null and id in (
  select participant from presence where from_ms < to_ms union select participant from speaking)
"""
STEP_MS = 300_000
EVENINGS, FEW = 250, 3
SIGNS = {"notes": "at", "answers": "at", "consensus": "at", "issues": "started_at", "room_stays": "started_at"}


def evening(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Write an evening of which nearly all moments are those of another row too."""

    def put(table: str, **values: object) -> None:
        names = ", ".join(values)
        connection.execute(f"insert into {table} ({names}) values ({', '.join('?' * len(values))})", [*values.values()])

    def at(*, is_sure: bool = True) -> str | None:
        return iso(chance.randint(0, 5) * STEP_MS) if is_sure or chance.random() < 0.7 else None

    for table in ("session", "participants", "attendance", "turns", *SIGNS):
        connection.execute(f"delete from {table}")
    ended = chance.choice((None, iso(chance.randint(1, 5) * STEP_MS)))
    put("session", id="s", started_at=chance.choice((iso(STEP_MS), iso(STEP_MS), None)), ended_at=ended)
    for nth in range(1, FEW + 1):
        seen = at(is_sure=False) if chance.random() < 0.2 else None
        removed = at() if chance.random() < 0.1 else None
        put("participants", id=f"P{nth}", on_list=chance.choice((0, 1, 1)), seen_at=seen, removed_at=removed)
    for nth in range(chance.randint(0, 5)):
        status = chance.choice(("expected", "waiting", "present", "away", "left", "no_show"))
        began, who = at(), f"P{chance.randint(1, FEW)}"
        logged, removed = chance.choice((0, 1, 1, 1)), chance.choice((None, None, None, began))
        put("attendance", id=f"a{nth}", participant=who, status=status, started_at=began, logged=logged,
            removed_at=removed)  # fmt: skip
    for nth in range(chance.randint(0, 2)):
        who, removed = f"P{chance.randint(1, FEW)}", chance.choice((None, None, None, iso(0)))
        put("turns", id=f"t{nth}", kind="participant", participant=who, started_at=at(), ended_at=at(is_sure=False),
            removed_at=removed)  # fmt: skip
    for nth in range(chance.randint(0, 3)):
        table = chance.choice(tuple(SIGNS))
        who, removed = f"P{chance.randint(1, FEW)}", chance.choice((None, None, None, iso(0)))
        put(table, **{"id": f"n{nth}", "participant": who, SIGNS[table]: at(), "removed_at": removed})


def test_the_same_people_came_as_the_views_find() -> None:
    chance, connection = random.Random(1), derived.in_memory()
    connection.execute(
        "insert into events values (1, 'e', 1, ?, 0, 'Bo', '', '', '', 1, '', '', '', '', 0, null)", (iso(4 * STEP_MS),)
    )
    some = 0
    for _ in range(EVENINGS):
        evening(connection, chance)
        came = set(connection.execute(f"select id from ({WHO_CAME})"))
        assert came == set(connection.execute(BY_THE_VIEWS))
        some += 0 < len(came) < FEW
    assert some > EVENINGS / 3
