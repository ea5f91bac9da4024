"""Verbs of the checklist and of technical issues."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.check_grid import is_settled, issue_of
from kring.domain.consent import lacking
from kring.domain.decide import Facts
from kring.domain.measures.presence import seated
from kring.domain.rows import CheckRow
from kring.domain.state import State
from kring.domain.text import MarkedAlready, Refused, one_line, pattern
from kring.domain.words import check_called

MOST_LOST_MIN = 24 * 60
_CODE = pattern(r"[Pp]\d+[a-z]?")


def tick(state: State, now: int, word: str) -> Facts:
    """Tick a check; where it had failed, its technical issue is over."""
    found = lookup.check(state, word)
    if is_read_off_list(state, found):
        raise _ticked_by_list(state)
    if found.done_at is not None:
        raise MarkedAlready("{check} is ticked already.", "untick", check=check_called(state, found))
    if found.recording and not is_recorded(state):
        raise Refused("No recording runs; it ticks this check when one starts.")
    return _and_solved(state, f.CheckTicked(found.id), found)


def untick(state: State, now: int, word: str) -> f.CheckUnticked:
    """Take the tick of a check away, or that it does not apply."""
    found = lookup.check(state, word, done=True)
    if not is_settled(found):
        raise Refused("{check} is not ticked.", check=check_called(state, found))
    if is_read_off_list(state, found):
        raise _ticked_by_list(state)
    return f.CheckUnticked(found.id)


def is_read_off_list(state: State, check: CheckRow) -> bool:
    """Whether what people consented to decides of a check: nobody ticks it, nor takes its tick away."""
    return check.consent and bool(seated(state))


def waive(state: State, now: int, word: str) -> Facts:
    """Say that a check does not apply; who consents and whether a recording runs is no matter of that."""
    found = lookup.check(state, word)
    if is_read_off_list(state, found):
        raise _ticked_by_list(state)
    if found.recording:
        raise Refused("No recording runs; it ticks this check when one starts.")
    if found.waived_at is not None:
        raise Refused("{check} does not apply already.", check=check_called(state, found))
    return _and_solved(state, f.CheckWaived(found.id), found)


def fail(state: State, now: int, word: str, what: str = "") -> Facts:
    """Log that a check failed: a technical issue of that person, which what is said of it may explain."""
    found = lookup.check(state, word)
    if issue_of(state, found) is not None:
        raise Refused("{check} failed already; its technical issue is open.", check=check_called(state, found))
    told = one_line(what)
    opened = f.IssueOpened(f"{found.title}: {told}" if told else found.title, found.participant, check=found.id)
    return (opened, f.CheckUnticked(found.id)) if is_settled(found) else opened


def _and_solved(state: State, fact: f.Fact, check: CheckRow) -> Facts:
    issue = issue_of(state, check)
    return fact if issue is None else (fact, f.IssueClosed(issue.id))


def _ticked_by_list(state: State) -> Refused:
    people = lacking(state).people
    if not people:
        return Refused("The list of participants ticks this check: everybody there consented.")
    return Refused("The list of participants ticks this check; without consent yet: {people}.", people=people)


def is_recorded(state: State) -> bool:
    """Whether a recording runs, kring's own or the platform's."""
    return state.open_recording is not None or state.open_own_recording is not None


def add_check(state: State, now: int, title: str) -> f.CheckAdded:
    """Add a check to the phase of this moment."""
    text = one_line(title)
    if not text:
        raise Refused("Say what is to be checked.")
    return f.CheckAdded(text, lookup.current_phase(state))


def open_issue(state: State, now: int, text: str, since_ms: int | None = None) -> f.IssueOpened:
    """Log a technical issue; the first word may say whose it is (P4, @fatima), else it is everybody's."""
    line = one_line(text)
    first, _, rest = line.partition(" ")
    people = lookup.people_like(state, first) if _names_person(first) else []
    if len(people) == 1:
        line = rest.strip()
    elif first.startswith("@"):
        lookup.person(state, first)
    if not line:
        raise Refused("Say what is wrong.")
    return f.IssueOpened(line, people[0].id if len(people) == 1 else None, since_ms)


def _names_person(word: str) -> bool:
    return word.startswith("@") or word.isdigit() or bool(_CODE.fullmatch(word))


def close_issue(state: State, now: int, word: str = "", minutes_lost: float | None = None) -> f.IssueClosed:
    """Log that a technical issue is over: by its person, its place, else the newest open one."""
    found = lookup.issue(state, word)
    if minutes_lost is not None and not 0 <= minutes_lost <= MOST_LOST_MIN:  # refuses what is no number too
        raise Refused("That is no sensible number of minutes.")
    if found.ended_at is not None and minutes_lost is None:
        raise Refused("That issue is closed.")
    return f.IssueClosed(found.id, minutes_lost)
