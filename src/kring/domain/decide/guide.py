"""Verbs of the discussion guide: where we are, what is skipped, how much time it gets."""

from __future__ import annotations

from itertools import takewhile

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.decide import Facts
from kring.domain.decide.session import require_live
from kring.domain.guide_items import following, is_within, preceding, section_of
from kring.domain.history import History
from kring.domain.measures.group.rooms import open_rooms
from kring.domain.measures.questions import is_asked
from kring.domain.rows import GuideKind, GuideRow
from kring.domain.state import State
from kring.domain.text import MarkedAlready, Refused

PLACES: tuple[GuideKind, ...] = ("section", "break", "question", "activity", "breakout")
"""The kinds of items at which the talk can be."""
MOST_ADDED_S = 4 * 3600
SAME_MOMENT_MS = 1_000
"""So shortly after somebody else's act nobody has seen it yet, or could hold back their own."""


def advance(state: State, now: int) -> f.ItemOpened:
    """Go to the next item that is not skipped."""
    require_live(state)
    here = state.current_item
    target = following(state, here.id if here else None)
    if target is None:
        raise Refused("This is the last question.")
    return _gone_to(state, target)


def require_own_move(history: History, who: tuple[str, str], decided: Facts, now: int) -> None:
    """Refuse to go one further right after somebody else moved: two press the same key at a word of the moderator.

    `who` is a name and a role.
    """
    if not isinstance(decided, f.ItemOpened) or decided.at_ms is not None:
        return
    state, here = history.state, history.state.current_item
    if here is None:
        return
    just_now = takewhile(lambda event: now - event.at < SAME_MOMENT_MS, history.newest_first())
    others = (one for one in just_now if (one.actor, one.role) != who and one.id not in history.void)
    moved = next((event for event in others if isinstance(event.fact, f.ItemOpened)), None)
    beside = (following(state, here.id), preceding(state, here.id))
    if moved is not None and decided.item in [one.id for one in beside if one is not None]:
        raise Refused(
            "{who} moved on just now, to {item}; once more goes further.",
            who=moved.actor,
            item=here.number or here.title,
        )


def back(state: State, now: int) -> f.ItemOpened:
    """Go to the item before this one; a visit of its own."""
    require_live(state)
    here = state.current_item
    target = preceding(state, here.id if here else None)
    if target is None:
        raise Refused("This is the first question.")
    return _gone_to(state, target)


def go(state: State, now: int, word: str) -> f.ItemOpened:
    """Go to any item of the guide, by number or text."""
    require_live(state)
    target = lookup.item(state, word, PLACES)
    here = state.current_item
    if here is not None and here.id == target.id:
        raise Refused("{number} is open already.", number=target.number or target.title)
    return _gone_to(state, target)


def opened(item: GuideRow, at_ms: int | None = None, why: str = "") -> f.ItemOpened:
    """Return that an item was opened."""
    return f.ItemOpened(item.id, at_ms, why, ends_turn=item.kind == "breakout")


def _gone_to(state: State, item: GuideRow) -> f.ItemOpened:
    """Return that the talk goes to an item; people come back from their rooms for what does not belong to them."""
    apart = [room.item for room in open_rooms(state)]
    ends_rooms = any(line is not None and not is_within(state, item.id, line) for line in apart)
    return replace(opened(item), ends_rooms=ends_rooms)


def skip(state: State, now: int, word: str = "") -> f.ItemSkipped:
    """Skip an item: the one named, else the one that comes next."""
    target = _named_or_next(state, word)
    if target.skipped_at is not None:
        raise MarkedAlready("{item} is skipped already.", "unskip", item=target.number or target.title)
    here = state.current_item
    if here is not None and here.id == target.id:
        raise Refused("{number} is open now; go on to the next instead.", number=target.number or target.title)
    return f.ItemSkipped(target.id)


def unskip(state: State, now: int, word: str) -> f.ItemUnskipped:
    """Take an item that is skipped back into the talk."""
    target = lookup.item(state, word)
    if target.skipped_at is None:
        raise Refused("{item} is not skipped.", item=target.number or target.title)
    return f.ItemUnskipped(target.id)


def asked(state: State, now: int, word: str) -> f.ItemMarkedAsked:
    """Count a question as asked without opening it: the group came to it by itself."""
    target = lookup.item(state, word, ("question",))
    if is_asked(state, target, now):
        raise MarkedAlready("{item} counts as asked already.", "unask", item=target.number or target.title)
    return f.ItemMarkedAsked(target.id, asked=True)


def unask(state: State, now: int, word: str) -> f.ItemMarkedAsked:
    """Count a question as not asked, although it was open or somebody marked it."""
    target = lookup.item(state, word, ("question",))
    if not is_asked(state, target, now):
        raise Refused("{item} does not count as asked.", item=target.number or target.title)
    return f.ItemMarkedAsked(target.id, asked=False)


def probes_of(state: State, question: GuideRow) -> list[GuideRow]:
    """Return a question's probes, in order; those that stand under another probe too."""
    alive = sorted((row for row in state.guide.values() if row.removed_at is None), key=lambda row: row.position)
    parents, found = {question.id}, []
    for row in alive:
        if row.kind == "probe" and row.parent in parents:
            parents.add(row.id)
            found.append(row)
    return found


def add_time(state: State, now: int, seconds: int, word: str = "") -> f.TimeAdded:
    """Give a section seconds, or take them from it: the one named, else the one that is open."""
    here = lookup.item(state, word) if word else state.current_item
    section = section_of(state, here.id if here else None)
    if section is None:
        raise Refused("No section is open.")
    return given(section, seconds)


def given(item: GuideRow, seconds: int) -> f.TimeAdded:
    """Return that an item gets so many seconds, or loses them, as far as it has any: less than none is no time."""
    if not seconds or abs(item.added_s + seconds) > MOST_ADDED_S:
        raise Refused("That is no sensible number of minutes.")
    if seconds > 0 or item.until is not None:
        return f.TimeAdded(item.id, seconds)
    if box_s(item) <= 0:
        raise Refused("{item} has no minutes to take.", item=item.number or item.title)
    return f.TimeAdded(item.id, max(seconds, -box_s(item)))


def box_s(item: GuideRow) -> int:
    """Return an item's time box in seconds, with all that was given and taken; below zero where more was taken."""
    return (item.planned_s or 0) + item.added_s


def _named_or_next(state: State, word: str) -> GuideRow:
    if word:
        return lookup.item(state, word)
    here = state.current_item
    target = following(state, here.id if here else None)
    if target is None:
        raise Refused("Nothing comes after this.")
    return target
