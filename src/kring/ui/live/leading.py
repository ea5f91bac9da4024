"""How the commands are asked with which a talk is led: probes, yields, sentences, what is shown without words."""

from __future__ import annotations

from collections.abc import Callable

from kring.commands.command import Choice, Part
from kring.domain.decide.group.leading import OWN
from kring.domain.decide.guide import probes_of
from kring.domain.measures.group.yields import yields_of
from kring.domain.measures.presence import seated
from kring.domain.state import State
from kring.domain.text import Refused
from kring.system.i18n import _
from kring.ui.prompt import SEAT_KEYS, KeyQuestion, Question, Request, worded

DIGITS = 10
"""So many seats have a digit."""


def _probe(state: State, request: Request) -> Question:
    here = state.current_item
    probes = probes_of(state, here)[:9] if here else []
    choices = [Choice(str(place), probe.id, probe.title) for place, probe in enumerate(probes, 1)]
    choices.append(Choice(OWN, OWN, _("own probe"), then=(Part.OWN_PROBE,)))
    return KeyQuestion(choices, about=_about(state, request))


def _yield(state: State, request: Request) -> Question:
    """Return what the question that is open must yield, as far as nobody heard it yet."""
    here = state.current_item
    one = yields_of(state, here.id if here else None)
    if one is None:
        raise Refused("The plan does not say what this question must yield.")
    if not one.still_open:
        raise Refused("All that this question must yield was heard.")
    places = {row.id: place for place, row in enumerate(one.rows, 1)}
    choices = [Choice(str(places[row.id]), row.id, row.title) for row in one.still_open if places[row.id] < DIGITS]
    return KeyQuestion(choices, about=_about(state, request))


def _nonverbal(state: State, request: Request) -> Question:
    """Return the codes for what somebody shows, and at first also the seats of who may show it."""
    codes = worded(Part.NONVERBAL)
    if request.answers:
        return KeyQuestion(codes)
    seats = [
        Choice(SEAT_KEYS[person.seat - 1], person.id, then=(Part.NONVERBAL,))
        for person in seated(state)
        if 0 < person.seat <= DIGITS
    ]
    return KeyQuestion([*codes, *seats], _("who?") if seats else "")


def _about(state: State, request: Request) -> str:
    here = state.current_item
    return f"{here.number if here else ''} {_(request.command.label)}".strip()


LEADING: dict[Part | None, Callable[[State, Request], Question]] = {
    Part.PROBE: _probe,
    Part.PROBE_KIND: lambda state, request: KeyQuestion(worded(Part.PROBE_KIND)),
    Part.YIELD: _yield,
    Part.SITUATION: lambda state, request: KeyQuestion(worded(Part.SITUATION)),
    Part.NONVERBAL: _nonverbal,
}
