"""An event as another copy of its session says it: a line by names, and nothing of it believed unseen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from kring.domain.events import Event
from kring.domain.rows import LAST_MS
from kring.domain.upcast import decode
from kring.store.event_line import LAST, StoredEvent


class ForeignLine(msgspec.Struct, frozen=True, gc=False):
    """An event as another copy says it, by the names of `EventLine`; its place of arrival there is of no use here."""

    id: Annotated[str, Meta(min_length=1)]
    hlc: Annotated[int, Meta(ge=0, le=LAST)]
    at: str
    actor: str
    role: str
    device: Annotated[str, Meta(min_length=1)]
    kind: str
    v: Annotated[int, Meta(ge=1, le=LAST)]
    digest: str
    chain: str
    ahead_ms: Annotated[int, Meta(ge=-LAST, le=LAST)]
    t: float | int | None = None
    data: str | None = None
    salt: str | None = None
    act: str | None = None


def sealed_of(told: object) -> StoredEvent | None:
    """Return the event that a line of another copy says, read already or by its names; None where it says none."""
    if type(told) is ForeignLine:  # out of JSON, where no text is that could not be written
        return _sealed(told)
    try:
        line = msgspec.convert(told, ForeignLine)
        msgspec.json.encode(line)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    return _sealed(line)


def name_of(told: object) -> str:
    """Return the id of the event that a line would say, "" where it has none."""
    name = told.id if isinstance(told, ForeignLine) else told.get("id") if isinstance(told, Mapping) else None
    return name if isinstance(name, str) else ""


def _sealed(line: ForeignLine) -> StoredEvent | None:
    data, t = line.data, line.t
    event = Event(
        id=line.id,
        hlc=line.hlc,
        device=line.device,
        actor=line.actor,
        role=line.role,
        kind=line.kind,
        v=line.v,
        data=data or "",
        fact=decode(line.kind, data, line.v) if data is not None else None,
        act=line.act,
        ahead_ms=line.ahead_ms,
    )
    can_be = 0 <= event.at <= LAST_MS and (t is None or -LAST <= t <= LAST)
    return StoredEvent(0, event, line.chain, line.salt, line.digest, line.at, t) if can_be else None
