"""Session files that leave together: none of them tells a name that another one hides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kring.domain.plan import names_on_list
from kring.domain.state import State
from kring.domain.words import WITHDRAWN
from kring.privacy.known_names import UNKNOWN, labels_of, nicknames, staff_labels
from kring.privacy.name_parts import plain_words
from kring.privacy.names import Names
from kring.privacy.snapshot import Opened, Snapshot, leaving, opened


def read_together(
    files: Sequence[Path],
    groups_of: Callable[[Sequence[State]], Sequence[str]],
    with_names: bool = False,
    columns: Sequence[str] = (),
) -> list[Snapshot]:
    """Read session files of which a copy counts once; with codes, names of another group say of which one they are.

    `groups_of` says what each session is called beside the others. Raises KringError as `snapshot.read` does.
    """
    return leaving_together(opened_once(files), groups_of, with_names, columns)


def opened_once(files: Iterable[Path], *, with_events: bool = True) -> list[Opened]:
    """Read session files, of which a copy counts once; raises KringError as `snapshot.read` does."""
    by_id: dict[str, Opened] = {}
    for file in files:
        session = opened(file, with_events=with_events)
        by_id.setdefault(session.state.session.id, session)
    return list(by_id.values())


def leaving_together(
    sessions: list[Opened],
    groups_of: Callable[[Sequence[State]], Sequence[str]],
    with_names: bool = False,
    columns: Sequence[str] = (),
) -> list[Snapshot]:
    """Return what may leave of sessions; with codes, names of another group say of which one they are.

    The list is emptied meanwhile, so that no session is held twice.
    """
    if len(sessions) == 1:
        return [leaving(sessions.pop(), with_names, columns)]
    groups = groups_of([one.state for one in sessions])
    labels = [list(_withdrawn(one) if with_names else _hidden(one)) for one in sessions]
    all_names = [pair for those in labels for pair in those]
    found = []
    for place in range(len(sessions)):
        session = sessions.pop(0)
        names = Names(all_names, session.state.session.language)
        own = _words_of(session) if with_names else frozenset()
        elsewhere = [
            (name, _told(label, names.hidden(group)))
            for other, (group, those) in enumerate(zip(groups, labels, strict=True))
            for name, label in those
            if other != place and own.isdisjoint(plain_words(name))
        ]
        found.append(leaving(session, with_names, columns, elsewhere))
    return found


def participants_of(
    sessions: Sequence[Opened],
    groups_of: Callable[[Sequence[State]], Sequence[str]],
    with_names: bool,
    language: str | None,
) -> Names:
    """Return the names that stay out of a text about all sessions: of participants, and with names of who withdrew.

    A code says of which group it is, where there are several. Names of the team are no participants'.
    """
    groups = groups_of([one.state for one in sessions])
    pairs: list[tuple[str, str]] = []
    for session, group in zip(sessions, groups, strict=True):
        team = staff_labels(session.state)
        those = _withdrawn(session) if with_names else (pair for pair in _hidden(session) if pair[0] not in team)
        pairs += [(name, _told(label, group) if len(sessions) > 1 else label) for name, label in those]
    return Names(pairs, language)


def _hidden(session: Opened) -> Iterator[tuple[str, str]]:
    """Yield every name that stays in a session with codes, and what stands in its place there."""
    yield from labels_of(session.state, session.former)
    yield from nicknames(session.state)


def _withdrawn(session: Opened) -> Iterator[tuple[str, str]]:
    return ((name, WITHDRAWN) for name in session.former.withdrawn)


def _words_of(session: Opened) -> frozenset[str]:
    """Return the words of the names of who is on a session's list: with names they stay."""
    people = session.state.participants.values()
    here = (person for person in people if person.removed_at is None)
    names = (name for person in here for name in names_on_list(person.name, person.attributes))
    return frozenset(word for name in names for word in plain_words(name))


def _told(label: str, group: str) -> str:
    return label if label in (UNKNOWN, WITHDRAWN) else f"{label} ({group})"
