"""Fair turns: who was heard on the question, whom to invite next, how an opening round stands.

Whoever spoke least comes first: those who were not heard on the question that is open, then by how many times their
fair share of the whole talk they spoke, which counts only what was said while they were there. A moderator who goes by
that hears everybody (Krueger and Casey, "Focus Groups", 2015, on shy participants and dominant talkers).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from kring.domain.guide_items import section_of
from kring.domain.measures.sections import item_ms, planned_ms, section_time
from kring.domain.measures.talk_time import Voice
from kring.domain.rows import GuideRow
from kring.domain.state import State


class Heard(msgspec.Struct, frozen=True):
    """How many of those who are there were heard on the question that is open, and who was not, quietest first."""

    heard: int
    of: int
    not_yet: tuple[Voice, ...]


class Round(NamedTuple):
    """An opening round: how many of those who are there are still to be heard, and the time there is for each, ms.

    `each_ms` is None where the plan gives no time, or everybody was heard.
    """

    not_yet: int
    of: int
    each_ms: int | None


def heard_on_question(found: Sequence[Voice]) -> Heard:
    """Return who of those who are there was heard on the question that is open."""
    there = [voice for voice in found if voice.status == "present"]
    not_yet = sorted((voice for voice in there if not voice.on_question), key=_quietest)
    return Heard(len(there) - len(not_yet), len(there), tuple(not_yet))


def to_invite(state: State, now: int, found: Sequence[Voice]) -> list[Voice]:
    """Return whom to invite, in order: who is there and does not speak, quietest first.

    Who was invited while this question is open and did not speak since comes behind those who were not.
    """
    silent = _invited_and_silent(state, now, found)
    those = [voice for voice in found if voice.status == "present" and voice.speaking_ms is None]
    return sorted(those, key=lambda voice: (voice.on_question, voice.person.id in silent, *_quietest(voice)))


def next_to_invite(state: State, now: int, found: Sequence[Voice]) -> Voice | None:
    """Return whom to invite next, None where there is nobody."""
    return next(iter(to_invite(state, now, found)), None)


def opening_round(state: State, now: int, found: Sequence[Voice]) -> Round | None:
    """Return how the opening round stands: everybody answers once, in about half a minute (Krueger and Casey)."""
    item = state.current_item
    if item is None or item.question_kind != "opening":
        return None
    those = heard_on_question(found)
    left = _left_ms(state, item, now)
    not_yet = len(those.not_yet)
    return Round(not_yet, those.of, None if left is None or not not_yet else max(0, left) // not_yet)


def _quietest(voice: Voice) -> tuple[float, int, int]:
    return voice.so_far, voice.spoken_ms, voice.person.seat


def _invited_and_silent(state: State, now: int, found: Sequence[Voice]) -> set[str]:
    visit = state.open_visit
    if visit is None:
        return set()
    spoke_last = {voice.person.id: now - voice.silent_ms if voice.turns else 0 for voice in found}
    return {
        row.participant
        for row in state.invitations_to_speak.values()
        if row.item == visit.item and row.at >= visit.started_at and spoke_last.get(row.participant, 0) <= row.at
    }


def _left_ms(state: State, item: GuideRow, now: int) -> int | None:
    own = planned_ms(item)
    if own is not None:
        return own - item_ms(state, item.id, now)
    section = section_of(state, item.id)
    return section_time(state, section, now).left_ms if section is not None else None
