"""Personas: made-up people who stand for others. A persona is never a participant, and is counted nowhere."""

from __future__ import annotations

import msgspec

from kring.domain.rows import Whole

Pairs = tuple[tuple[str, str], ...]


class Persona(msgspec.Struct, frozen=True, kw_only=True):
    """The card of a persona; `extra` holds what has no field of its own, by its heading."""

    name: str
    segment: str = ""
    demographics: str = ""
    behaviour: str = ""
    goals: str = ""
    frustrations: str = ""
    matters: str = ""
    media: str = ""
    message: str = ""
    extra: Pairs = ()
    line: Whole = 0
