"""What came of a probe and of an invitation: what participants said in the minute after it.

A probe is judged by what it brings (Krueger and Casey, "Focus Groups", 2015, on pauses and probes), an invitation by
whether the invited speaks. Neither figure says why: what was said in that minute may have come by itself.
"""

from __future__ import annotations

import msgspec

from kring.domain.measures.talk import NOBODY, spoken, talk
from kring.domain.rows import InvitationRow, ProbeRow
from kring.domain.state import State

AFTER_MS = 60_000


class AfterProbe(msgspec.Struct, frozen=True):
    """A probe, and how many turns participants had in the minute after it, cut to that minute, and how long (ms)."""

    probe: ProbeRow
    turns: int
    talk_ms: int


class AfterInvitation(msgspec.Struct, frozen=True):
    """An invitation, and after how long the invited spoke (ms); None where they did not speak any more."""

    invitation: InvitationRow
    waited_ms: int | None

    @property
    def within_minute(self) -> bool:
        """Whether they spoke within the minute."""
        return self.waited_ms is not None and self.waited_ms <= AFTER_MS


def after_probes(state: State, now: int) -> list[AfterProbe]:
    """Return what came of each probe, in order of time."""
    heard, end = spoken(state, now), talk(state, now)[1]
    people = [one for code, one in heard.items() if code in state.participants]
    found = []
    for probe in sorted(state.probes.values(), key=lambda probe: (probe.at, probe.id)):
        minute = int(probe.at), max(int(probe.at), min(int(probe.at) + AFTER_MS, end))
        turns = sum(len(one.turns_within([minute])) for one in people)
        found.append(AfterProbe(probe, turns, round(sum(one.within(minute) for one in people))))
    return found


def after_invitations(state: State, now: int) -> list[AfterInvitation]:
    """Return what came of each invitation, in order of time."""
    heard = spoken(state, now)
    found = []
    for row in sorted(state.invitations_to_speak.values(), key=lambda row: (row.at, row.id)):
        first = heard.get(row.participant, NOBODY).first_after(int(row.at))
        found.append(AfterInvitation(row, None if first is None else first - int(row.at)))
    return found
