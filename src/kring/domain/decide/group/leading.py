"""Verbs of leading the talk: what a question yields, probes, inviting somebody, a sentence for the moment."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain import facts as f
from kring.domain import leading, lookup
from kring.domain.decide import notes
from kring.domain.decide.guide import probes_of
from kring.domain.decide.session import require_live
from kring.domain.measures.group.reminders import reminder_now
from kring.domain.measures.group.turns import next_to_invite
from kring.domain.measures.group.yields import yields_of
from kring.domain.measures.presence import are_here
from kring.domain.measures.talk_time import voices
from kring.domain.rows import ProbeKind, ProbeRow, YieldRow
from kring.domain.state import State
from kring.domain.text import LONGEST, Refused, folded, one_line
from kring.domain.words import called

OWN = "0"
"""What stands for a probe of the moderator's own, in the place of a number."""
JUST_NOW_MS = 60_000
"""So long a probe that is named again with its kind is the same one."""


def hear(state: State, now: int, word: str) -> f.YieldHeard:
    """Tick what a question must yield: by its place under the question that is open, or by its text."""
    row = _yield(state, word)
    if row.heard_at is not None:
        raise Refused("That was heard already: {text}", text=row.title)
    return f.YieldHeard(row.id)


def unhear(state: State, now: int, word: str) -> f.YieldUnheard:
    """Take the tick of something that a question must yield away."""
    row = _yield(state, word)
    if row.heard_at is None:
        raise Refused("That was not heard yet: {text}", text=row.title)
    return f.YieldUnheard(row.id)


def _yield(state: State, word: str) -> YieldRow:
    here = state.current_item
    one = yields_of(state, here.id if here else None)
    rows: Sequence[YieldRow] = one.rows if one is not None else ()
    place = lookup.number_of(word)
    if place is not None:
        if not rows:
            raise Refused("The plan does not say what this question must yield.")
        if not 1 <= place <= len(rows):
            raise Refused("This question must yield {n} things.", n=len(rows))
        return rows[place - 1]
    mine = [row for row in rows if folded(word.strip()) in folded(row.title)]
    return mine[0] if len(mine) == 1 else state.yields[lookup.item(state, word, ("yield",)).id]


def probe(state: State, now: int, word: str, rest: str = "", kind: str = "") -> f.Fact:
    """Log that a probe was put to the group: one of the question that is open, by its place, or by its text.

    `0` and a text is the moderator's own. Named again within the minute with its kind, it is still the same one.
    """
    if word.strip() == OWN:
        return _own_probe(state, now, rest, kind)
    row_id = _planned(state, word)
    told = _kind(kind or rest)
    if told is not None and (last := _just_used(state, now)) is not None and last.planned == row_id:
        return f.ProbeKindTold(last.id, told)
    return f.ProbeUsed(row_id, probe_kind=told)


def _planned(state: State, word: str) -> str:
    here = state.current_item
    probes = probes_of(state, here) if here else []
    place = lookup.number_of(word)
    if place is None:
        return lookup.item(state, word, ("probe",)).id
    if not 1 <= place <= len(probes):
        raise Refused("This question has {n} probes.", n=len(probes))
    return probes[place - 1].id


def _own_probe(state: State, now: int, said: str, kind: str) -> f.OwnProbeUsed | f.ProbeKindTold:
    before, colon, behind = said.partition(":")
    of_line = leading.probe_kind(before) if colon and behind.strip() else None
    text = one_line(behind if of_line else said)
    if not text:
        raise Refused("Type your own probe behind 0, such as: probe 0 who was with you?")
    if len(text) > LONGEST:
        raise Refused("A text has at most {n} characters.", n=LONGEST)
    told = _kind(kind) or of_line
    last = _just_used(state, now)
    if kind and told is not None and last is not None and last.planned is None and last.text == text:
        return f.ProbeKindTold(last.id, told)
    return f.OwnProbeUsed(text, told)


def _kind(word: str) -> ProbeKind | None:
    if not word.strip():
        return None
    found = leading.probe_kind(word)
    if found is None:
        raise leading.not_known(word, leading.PROBE_KINDS_NAMED)
    return found


def _just_used(state: State, now: int) -> ProbeRow | None:
    last = next(reversed(state.probes.values()), None)
    return last if last is not None and now - last.at <= JUST_NOW_MS else None


def invite(state: State, now: int, word: str = "") -> f.InvitedToSpeak:
    """Log that the moderator invites somebody to speak: the one named, else whoever is next by what they spoke."""
    require_live(state)
    if not word:
        first = next_to_invite(state, now, voices(state, now))
        if first is None:
            raise Refused("There is nobody to invite.")
        return f.InvitedToSpeak(first.person.id)
    person = lookup.person(state, word)
    if person.id not in are_here(state, now):
        raise Refused("{who} is not here.", who=called(state, person.id))
    return f.InvitedToSpeak(person.id)


def say(state: State, now: int, word: str, text: str) -> f.SentenceShown:
    """Put a sentence for a difficult moment on the moderator's screen; `text` is what it says."""
    require_live(state)
    found = leading.situation(word)
    if found is None:
        raise leading.not_known(word, leading.SITUATIONS_NAMED)
    return f.SentenceShown(found, one_line(text))


def see(state: State, now: int, cue_id: str = "") -> f.CueSeen | f.ReminderSeen:
    """Acknowledge a cue: the one given, else the oldest that nobody saw; where none waits, put the reminder away."""
    found = None if lookup.unseen_cues(state) or cue_id else reminder_now(state, now)
    return notes.see_cue(state, now, cue_id) if found is None else f.ReminderSeen(found)
