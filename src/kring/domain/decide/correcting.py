"""Verbs of correcting turns afterwards, each with who (the event) and why."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain import rows as r
from kring.domain.state import State
from kring.domain.stretches import Stretch, shared_ms, stretch_of
from kring.domain.text import Refused, one_line
from kring.domain.words import called

SHORTEST_MS = 100


def move(state: State, now: int, turn_id: str, started_ms: int, ended_ms: int, why: str = "") -> f.TurnMoved:
    """Correct the begin or the end of a turn (epoch ms)."""
    turn = ended_turn(state, turn_id)
    if ended_ms - started_ms < SHORTEST_MS:
        raise Refused("A turn ends after it begins.")
    if ended_ms > now:
        raise Refused("That moment is still to come.")
    if (started_ms, ended_ms) == (turn.started_at, turn.ended_at):
        raise Refused("Nothing was changed.")
    _require_silent(state, turn.participant, (started_ms, ended_ms), now, but=turn.id)
    return f.TurnMoved(turn.id, started_ms, ended_ms, one_line(why))


def split(state: State, now: int, turn_id: str, at_ms: int, word: str, why: str = "") -> f.TurnSplit:
    """Make two turns of one: from `at_ms` on it is the one that `word` means."""
    turn = ended_turn(state, turn_id)
    if not turn.started_at + SHORTEST_MS <= at_ms <= int(turn.ended_at or 0) - SHORTEST_MS:
        raise Refused("That moment is not within the turn.")
    kind, code = lookup.speaker(state, word)
    return f.TurnSplit(turn.id, at_ms, kind, code, one_line(why))


def merge(state: State, now: int, turn_id: str, other_id: str, why: str = "") -> f.TurnsMerged:
    """Make one turn of two; the first one's speaker stays."""
    turn, other = ended_turn(state, turn_id), ended_turn(state, other_id)
    if turn is other:
        raise Refused("That is one turn already.")
    return f.TurnsMerged(turn.id, other.id, one_line(why))


def add(state: State, now: int, word: str, started_ms: int, ended_ms: int, why: str = "") -> f.TurnAdded:
    """Put in a turn that nobody logged."""
    if ended_ms - started_ms < SHORTEST_MS:
        raise Refused("A turn ends after it begins.")
    if ended_ms > now:
        raise Refused("That moment is still to come.")
    kind, code = lookup.speaker(state, word)
    _require_silent(state, code, (started_ms, ended_ms), now)
    return f.TurnAdded(kind, started_ms, ended_ms, code, one_line(why))


def remove(state: State, now: int, turn_id: str, why: str = "") -> f.TurnRemoved:
    """Take out a turn in which nobody spoke."""
    return f.TurnRemoved(ended_turn(state, turn_id).id, one_line(why))


def _require_silent(state: State, code: str | None, stretch: Stretch, now: int, but: str = "") -> None:
    """Refuse a turn in which somebody would speak twice at once."""
    theirs = (turn for turn in state.alive_turns if code is not None and turn.participant == code and turn.id != but)
    if any(shared_ms(stretch_of(turn, now), stretch) for turn in theirs):
        raise Refused("{who} speaks at that moment already; make one turn of the two instead.", who=called(state, code))


def propose(state: State, now: int, method: str, proposals: tuple[f.TurnProposed, ...]) -> tuple[f.Fact, ...]:
    """Put changes of the hand log beside it; nothing changes before somebody accepts one."""
    numbered = (replace(one, number=number) for number, one in enumerate(proposals, 1))
    return (f.TurnsProposed(method, len(proposals)), *numbered)


def decide(state: State, now: int, proposal_ids: tuple[str, ...], accepted: bool) -> f.ProposalDecided:
    """Accept or decline changes of the hand log that the sound suggests."""
    waiting = tuple(name for name in proposal_ids if is_undecided(state.turn_proposals.get(name)))
    if not waiting:
        raise Refused("No proposal is waiting.")
    return f.ProposalDecided(waiting, accepted)


def is_undecided(proposal: r.TurnProposalRow | None) -> bool:
    """Whether a proposal waits for somebody to decide."""
    return proposal is not None and proposal.decided_at is None and proposal.removed_at is None


def ended_turn(state: State, turn_id: str) -> r.TurnRow:
    """Return a turn that has ended and counts, or refuse."""
    turn = state.turns.get(turn_id)
    if turn is None or turn.removed_at is not None:
        raise Refused("That turn is not in this session.")
    if turn.ended_at is None:
        raise Refused("That turn is still running.")
    return turn
