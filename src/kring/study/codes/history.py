"""What became of the codes of a study: when, by whom, from what to what and why, as its session files have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from kring.domain.history import History
from kring.domain.local_time import local
from kring.domain.study.code_history import code_acts
from kring.domain.study.coders import coders_called
from kring.domain.text import Sentence
from kring.privacy.redaction import Telling, place_of
from kring.study.codes.codebook import Book
from kring.system.i18n import _, say


class Change(Struct, frozen=True):
    """Something that was done to a code: when by the clock of its session, by whom, why, and in which groups.

    `actor` is who did it as the file has it, `who` what they are called here.
    """

    when: datetime
    groups: tuple[int, ...]
    actor: str
    who: str
    told: str
    why: str


def changes_in(history: History, group: int, tell: Callable[[str], str]) -> Iterator[Change]:
    """Yield what was done to the codes of one session, in order; what was taken back is passed over."""
    for act in code_acts(history.events, history.void):
        values = {name: tell(str(value)) for name, value in act.told.values.items()}
        told, who = say(Sentence(act.told.template, values)), act.actor or _("somebody")
        yield Change(local(history.state, act.at), (group,), act.actor, who, told, tell(act.why))


def history_of(books: Mapping[int, Book], *, with_names: bool) -> list[Change]:
    """Return what was done to the codes of all groups, in order of time; coders are R1, R2 … without their names."""
    found = [change for group, book in books.items() for change in _in(book, group)]
    actors = {change.actor for change in found if change.actor}
    names = coders_called([book.state for book in books.values()], actors, with_names=with_names)
    places = {group: place for place, group in enumerate(books)}
    called = [replace(change, who=names.get(change.actor, change.who)) for change in found]
    return sorted(called, key=lambda change: (change.when, places[change.groups[0]]))


def _in(book: Book, group: int) -> Iterator[Change]:
    telling, place = Telling(book.state, book.former()), place_of(book.state.session)
    return changes_in(book.history, group, lambda text: telling.text(place, text))


def together(changes: Iterable[Change]) -> list[Change]:
    """Return changes of which those that were done in several groups within a minute are one."""
    found: dict[tuple[str, str, str, str], Change] = {}
    for one in changes:
        key = (f"{one.when:%Y-%m-%d %H:%M}", one.who, one.told, one.why)
        first = found.get(key)
        groups = dict.fromkeys((*first.groups, *one.groups)) if first else one.groups
        found[key] = replace(first or one, groups=tuple(groups))
    return list(found.values())
