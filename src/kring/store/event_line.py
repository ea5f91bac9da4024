"""An event as the file has it, a line of the one table that everything else is made from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from kring.domain.columns import Column, Id, Ref, Staff, Words
from kring.domain.rows import AT, T
from kring.domain.text import N_


class EventLine(NamedTuple):
    """An event with its place of arrival and its link in the chain; `data` is the fact as the text that was hashed."""

    seq: Annotated[int, Column(N_("order of arrival"))]
    id: Annotated[str, Id(N_("the event's own id, with its time in it"))]
    hlc: Annotated[int, Column(N_("order in time, the same on every computer"))]
    at: Annotated[str, AT]
    t: Annotated[float | None, T]
    actor: Annotated[str, Staff(N_("who did it"))]
    role: Annotated[str, Column(N_("in which role"))]
    device: Annotated[str, Column(N_("on which computer, a random number"))]
    kind: Annotated[str, Column(N_("what happened: `note_added`, `floor_given`, `item_opened` …"))]
    v: Annotated[int, Column(N_("version of its form"))]
    data: Annotated[str | None, Words(N_("the facts, as JSON"))]
    salt: Annotated[str | None, Column(N_("with the digest, shows that the data is as it was written"))]
    digest: Annotated[str, Column(N_("checksum of the data"))]
    chain: Annotated[str, Column(N_("the link that shows when an event was changed or taken away"))]
    ahead_ms: Annotated[int, Column(N_("how far the order ran ahead of `at`: another computer's clock was fast"))] = 0
    act: Annotated[str | None, Ref(N_("the event that stands for the act that this one is part of"), "events")] = None


_COLUMNS = ", ".join(EventLine._fields)
INSERT = f"insert into events ({_COLUMNS}) values ({', '.join('?' * len(EventLine._fields))})"
FEWEST = len(EventLine._fields) - len(EventLine._field_defaults)
"""How many columns the events of the oldest files have."""


def between(execute: Callable[..., Any], first: int, last: int) -> list[EventLine]:
    """Return the events of a file that arrived from one `seq` to another, as it has them."""
    there = {name for _, name, *_ in execute("pragma table_info (events)")}
    columns = ", ".join(name for name in EventLine._fields if name in there)
    found = execute(f"select {columns} from events where seq between ? and ? order by seq", (first, last))
    return [EventLine(*values) for values in found]
