"""The moderator's mirror: how she leads, for her own eyes, as far as that was logged.

Her share of the talk, how long she waits after she spoke, whom she invited and what came of it. Krueger and Casey
("Focus Groups", 2015) have a moderator listen more than speak; what share is right no source says, so none is judged.
"""

from __future__ import annotations

import msgspec

from kring.domain.measures.group.effects import after_invitations, after_probes
from kring.domain.measures.group.waiting import Waits, waits
from kring.domain.measures.talk_time import Sum, by_kind, gini, moderator_share, voices
from kring.domain.rows import ParticipantRow
from kring.domain.state import State


class Invited(msgspec.Struct, frozen=True):
    """A participant: how often they were invited to speak, and after how many of these they spoke within the minute."""

    person: ParticipantRow
    times: int
    spoke: int


class Mirror(msgspec.Struct, frozen=True):
    """How the moderator leads: `share` 0..1 of all logged talk, None without any; `spoken` is her own talk."""

    share: float | None
    spoken: Sum
    waits: Waits
    invited: tuple[Invited, ...]
    probes: int
    own_probes: int


class Balance(msgspec.Struct, frozen=True):
    """How the talk is divided: Gini's coefficient of the balance indexes, the most it can be, and of how many people.

    0 = everybody speaks their fair share; the most, 1 − 1/n, = one of them says everything. None below two people who
    are there long enough to have an index.
    """

    gini: float
    most: float
    people: int


def mirror(state: State, now: int) -> Mirror:
    """Return how the moderator leads."""
    invited: dict[str, list[bool]] = {}
    for one in after_invitations(state, now):
        invited.setdefault(one.invitation.participant, []).append(one.within_minute)
    probes = after_probes(state, now)
    return Mirror(
        share=moderator_share(state, now),
        spoken=by_kind(state, now).get("moderator", Sum()),
        waits=waits(state),
        invited=tuple(
            Invited(person, len(spoke), sum(spoke))
            for code, spoke in invited.items()
            if (person := state.participants.get(code)) is not None
        ),
        probes=len(probes),
        own_probes=sum(one.probe.planned is None for one in probes),
    )


def balance(state: State, now: int) -> Balance | None:
    """Return how the talk is divided among those who are there for long enough."""
    indexes = [voice.balance for voice in voices(state, now) if voice.balance is not None]
    if len(indexes) < 2 or not sum(indexes):
        return None
    return Balance(gini(indexes), 1 - 1 / len(indexes), len(indexes))
