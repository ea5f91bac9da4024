"""What is said of a shared session: where its acts are, who else is there, whether the copies are equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kring.domain.local_time import local
from kring.domain.text import N_, Sentence
from kring.domain.time_text import as_length

if TYPE_CHECKING:  # whoever shares nothing reads no more than this module
    from collections.abc import Iterator

    from kring.domain.state import State
    from kring.team.status import Status, Tally


def told(now: Status | None, state: State, *, in_short: bool = False) -> Sentence:
    """Return in a few words where the acts of this file are, and who else is connected; in short without observers."""
    if now is None:
        return Sentence("only here")
    match now.condition:
        case "live" if now.others:
            team = {role: n for role, n in now.others.items() if role != "observer"}
            return Sentence(N_("live, {who} there"), {"who": _who(team if in_short and team else now.others)})
        case "live" if now.alone_since:
            return Sentence(N_("live, nobody since {time}"), {"time": f"{local(state, now.alone_since):%H:%M}"})
        case "live":
            return Sentence(N_("shared live"))
        case "refused":
            return Sentence(N_("refused: {why}"), {"why": now.why or ""})
        case _ if now.to_send:
            return Sentence(N_("offline, {n} to send"), {"n": now.to_send})
    return Sentence(N_("offline"))


def letters_given(state: State) -> Iterator[tuple[str, Sentence]]:
    """Yield the codes that got a letter because another laptop gave the same one, and what is said of each."""
    people = state.participants
    for person in people.values():
        other = people.get(person.id[:-1])
        if person.additions and other is not None and not (person.withdrawn_at or other.withdrawn_at):
            told = N_("{name} is {code} now, on seat {seat}: on the other laptop {other} had {first} too. What was "
                      "logged stays with each.")  # fmt: skip
            names = {"name": person.name, "code": person.id, "seat": person.seat, "other": other.name}
            yield person.id, Sentence(told, names | {"first": other.id})


def _who(others: dict[str, int]) -> Sentence:
    found = [_several(role, others[role]) for role in ("assistant", "moderator", "observer") if others.get(role)]
    found += [Sentence(N_("somebody"))] if not found else []
    whole = found[0]
    for each in found[1:]:
        whole = Sentence("{one}, {other}", {"one": whole, "other": each})
    return whole


def _several(role: str, n: int) -> Sentence:
    if role == "observer":
        return Sentence(N_("{n} observing"), {"n": n})
    return Sentence(role) if n == 1 else Sentence("{n} × {role}", {"n": n, "role": Sentence(role)})


def compared(now: Status) -> dict[str, Sentence]:
    """Return of the copies of others, by role, whether they are equal to this one, when the session has ended."""
    if now.tally is None:
        return {}
    return {role: _compared(role, now.tally, theirs) for role, theirs in now.tallies.items()}


def _compared(role: str, own: Tally, theirs: Tally) -> Sentence:
    whose: dict[str, object] = {"role": Sentence(role), "n": own.acts, "m": theirs.acts}
    if own == theirs:
        return Sentence(N_("This copy and that of the {role} are equal: {n} acts."), whose)
    return Sentence(
        N_("This copy and that of the {role} differ: {n} acts here, {m} there. kring merge says what, and joins them."),
        whose,
    )


def shared_again(*, is_at_agency: bool) -> Sentence:
    """Return of a session that was shared before which codes are good."""
    if is_at_agency:
        return Sentence(N_("Shared again. A code is good for a day (share shows new ones)."))
    return Sentence(N_("Shared again: the codes that were given out are good (share shows them)."))


def wrong_clock(ahead_ms: int) -> Sentence:
    """Return which clock is wrong, and by how much."""
    time_ = {"time": as_length(abs(ahead_ms))}
    if ahead_ms > 0:
        return Sentence(N_("The clock of this laptop is {time} behind that of the server."), time_)
    return Sentence(N_("The clock of this laptop is {time} ahead of that of the server."), time_)
