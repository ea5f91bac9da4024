"""What people did, told in a line: how many acts of whom, from when to when, and of what they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from kring.domain.events import Event
from kring.domain.evolve import (
    analysis,
    checks,
    consent,
    correcting,
    floor,
    guide,
    importing,
    looking_back,
    notes,
    people,
    plan,
    righting,
    session,
    sound,
)
from kring.domain.evolve.group import consensus, leading, pacing, polls, rooms, stimuli
from kring.domain.facts import KINDS, Undone
from kring.domain.text import N_

_EVOLVED = {
    N_("notes and cues"): (notes,),
    N_("speakers"): (floor,),
    N_("guide"): (guide, plan, pacing, leading),
    N_("participants"): (people,),
    N_("consent"): (consent,),
    N_("polls and agreement"): (polls, consensus),
    N_("stimuli"): (stimuli,),
    N_("rooms"): (rooms,),
    N_("checklist and technical problems"): (checks,),
    N_("sound"): (sound,),
    N_("files brought in"): (importing,),
    N_("corrections"): (correcting, righting),
    N_("codes and memos"): (analysis,),
    N_("debrief"): (looking_back,),
    N_("course of the session"): (session,),
}
UNDONE = N_("undone")
OF_NEWER = N_("not known to this version")
ABOUT = {fact: word for word, modules in _EVOLVED.items() for module in modules for fact in module.EVOLVERS}
"""What each kind of fact is about."""


class Doings(msgspec.Struct, frozen=True):
    """So many acts of somebody in a role, from and to a moment (epoch ms), and how many about what, most first."""

    actor: str
    role: str
    acts: int
    first: int
    last: int
    about: tuple[tuple[str, int], ...]


def doings(events: Iterable[Event]) -> list[Doings]:
    """Return what everybody did in these events, in order of their first one; an act of several events is one act."""
    by: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(events, key=lambda each: each.key):
        if event.act is None:
            by.setdefault((event.actor, event.role), []).append(event)
    return [
        Doings(
            actor,
            role,
            len(acts),
            min(each.at for each in acts),
            max(each.at for each in acts),
            tuple(Counter(map(_about, acts)).most_common()),
        )
        for (actor, role), acts in by.items()
    ]


def _about(event: Event) -> str:
    kind = KINDS.get(event.kind)
    if kind is None:
        return OF_NEWER
    return UNDONE if kind is Undone else ABOUT[kind]
