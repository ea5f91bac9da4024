"""Which names a session knows, of people and of the team, and what stands in the place of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.columns import Staff, columns_of
from kring.domain.events import PROGRAM
from kring.domain.plan import names_on_list
from kring.domain.state import State
from kring.domain.text import folded
from kring.domain.words import WITHDRAWN
from kring.privacy.former_names import NONE, FormerNames
from kring.privacy.known.file_labels import names_in
from kring.privacy.known.recruiters import names_of_recruiters
from kring.privacy.name_parts import even, given_names, plain_words
from kring.privacy.names import Names, Ruling

_LETTERS = {"moderator": "M", "assistant": "A", "observer": "O", "researcher": "R"}
UNKNOWN = "…"
"""What stands for the name of somebody who is not on the list."""


def known_names(state: State, former: FormerNames = NONE, elsewhere: Iterable[tuple[str, str]] = ()) -> Names:
    """Return every name that the session knows, with the code or letter in its place; a dash for who withdrew."""
    return Names(labels_of(state, former), state.session.language, rulings_of(state), elsewhere)


def names_of_gone(state: State, former: FormerNames, elsewhere: Iterable[tuple[str, str]]) -> Names:
    """Return the names that stay in though names were asked for: of who was removed or withdrew."""
    labels = [*_labels_of_gone(state, former), *_of_withdrawn(former.withdrawn)]
    return Names(labels, state.session.language, (), elsewhere)


def labels_of(state: State, former: FormerNames = NONE) -> list[tuple[str, str]]:
    """Return every name that the session knows with what stands in its place.

    What somebody was called before counts where nobody is called so now: a name that was given to another first and
    put right is of who bears it.
    """
    people = [*_labels(state.participants.values()), *_labels_in_files(state)]
    staff = staff_labels(state)
    here = {folded(name) for name in (*staff, *(name for name, _label in people))}
    others = [*names_of_recruiters(state.session), *former.earlier, *_team_before(state, former)]
    return [*people, *_of_withdrawn(former.withdrawn), *staff.items(),
            *(pair for pair in others if folded(pair[0]) not in here)]  # fmt: skip


def nicknames(state: State) -> Iterator[tuple[str, str]]:
    """Yield the words that somebody decided to be a participant's name wherever they stand."""
    for ruling in rulings_of(state):
        if ruling.label and not ruling.place:
            yield ruling.words, ruling.label


def rulings_of(state: State) -> Iterator[Ruling]:
    """Yield what was decided, that of one place last, which counts for more."""
    standing = [row for row in state.name_rulings.values() if row.removed_at is None]
    for row in sorted(standing, key=lambda row: (bool(row.place), row.at, row.id)):
        label = None if row.taken_as == "word" else row.participant or ""
        if words := " ".join(plain_words(row.words)):  # signs alone, as another program may say, are no name
            yield Ruling(words, label, row.place, row.words != row.words.lower())


def _labels_in_files(state: State) -> Iterator[tuple[str, str]]:
    """Yield the names that files have for people, also for who was left out: they are often longer than on the list."""
    for row in state.import_names.values():
        person = state.participants.get(row.participant or "")
        label = person.id if person is not None else _LETTERS["moderator"] if row.who == "moderator" else UNKNOWN
        yield from ((name, label) for name in names_in(row.label))


def _team_before(state: State, former: FormerNames) -> Iterator[tuple[str, str]]:
    """Yield the names of the team that the plan had before, each with the letter of the role."""
    for name, role in former.team:
        if role == "recruiter":
            yield from names_of_recruiters(replace(state.session, recruiter=name))
        else:
            yield name, _LETTERS[role]


def _of_withdrawn(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((name, WITHDRAWN) for name in names)


def staff_labels(state: State) -> dict[str, str]:
    """Return what stands for each name of the team: M for the moderator, A, or A1 and A2 where there are more."""
    roles: dict[str, str] = {}
    if state.session.moderator:
        roles[state.session.moderator] = "moderator"
    if state.session.assistant:
        roles.setdefault(state.session.assistant, "assistant")
    for row in state.staff.values():
        if row.name:
            roles.setdefault(row.name, row.role)
    for name in _observers(state):
        roles.setdefault(name, "observer")
    for name in _others_in_staff_columns(state):
        roles.setdefault(name, "researcher")
    by_letter: dict[str, list[str]] = {}
    for name, role in roles.items():
        by_letter.setdefault(_LETTERS.get(role, "R"), []).append(name)
    return {
        name: letter if len(those) == 1 else f"{letter}{number}"
        for letter, those in by_letter.items()
        for number, name in enumerate(those, 1)
    }


def _observers(state: State) -> Iterator[str]:
    yield from (row.asked_by for row in state.observer_questions.values() if row.asked_by)
    yield from (row.said_by for row in state.back_room.values() if row.said_by)


def _others_in_staff_columns(state: State) -> Iterator[str]:
    for row_type in r.ROWS:
        if columns := columns_of(row_type, Staff):
            for row in state.tables[row_type.TABLE].values():
                names = (name for column in columns if (name := getattr(row, column)) and name != PROGRAM)
                yield from (name for name in names if not (row_type is r.RoomRow and _leads_own_room(state, name)))


def _leads_own_room(state: State, name: str) -> bool:
    """Whether a room is led by one of the group: by a participant's whole name, or a given name, and nobody's else."""
    wanted = even(name)
    called = (called for called, _code in _labels(state.participants.values()))
    return any(wanted in map(even, (one, *given_names(one))) for one in called)


def _labels(people: Iterable[r.ParticipantRow]) -> Iterator[tuple[str, str]]:
    for person in people:
        yield from ((name, person.id) for name in names_on_list(person.name, person.attributes) if name != person.id)


def _labels_of_gone(state: State, former: FormerNames) -> Iterator[tuple[str, str]]:
    people = state.participants.values()
    here = {folded(person.name) for person in people if person.removed_at is None}
    removed = {person.id: person for person in people if person.removed_at is not None}
    before = (pair for pair in former.earlier if pair[1] in removed)
    for name, label in (*_labels(removed.values()), *before):
        if folded(name) not in here:
            yield name, label
