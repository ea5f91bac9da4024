"""What people mean by a few characters: a seat, a name, a number of the guide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from string import ascii_lowercase

from kring.domain import rows as r
from kring.domain.check_grid import is_settled
from kring.domain.measures.presence import by_seat, places, seated
from kring.domain.note_line import SPEAKERS
from kring.domain.state import State
from kring.domain.state.row_table import Rows, kept_by_table
from kring.domain.text import Refused, folded, one_line, pattern
from kring.domain.words import check_called

OTHERS: dict[str, r.TurnKind] = {
    "nobody": "silence",
    "niemand": "silence",
    "silence": "silence",
    "stilte": "silence",
    "-": "silence",
    "0": "silence",
    "crosstalk": "crosstalk",
    "door-elkaar": "crosstalk",
    "unknown": "unknown",
    "onbekend": "unknown",
    **SPEAKERS,
}


EVERYBODY = frozenset({"all", "everybody", "everyone", "allemaal", "allen", "iedereen"})
"""What stands for all participants at once."""
_BETWEEN_PEOPLE = pattern(r"\s*[,;+&]\s*|\s+(?:en|and)\s+")


def unseen_cues(state: State) -> list[r.CueRow]:
    """Return the cues that the moderator has yet to see; of the time that is left there are none after the end."""
    is_over = state.session.ended_at is not None
    return [cue for cue in state.cues.values() if cue.seen_at is None and not (cue.automatic and is_over)]


def number_of(word: str) -> int | None:
    """Return the number that a word is, if it is one that a list can have; ² and the like are none."""
    word = word.strip()
    return int(word) if word.isdecimal() and len(word) <= 6 else None


def people_like(state: State, word: str, among: Sequence[r.ParticipantRow] | None = None) -> list[r.ParticipantRow]:
    """Return whom a word may mean: a seat, a code, or the beginning of a name or of a part of it."""
    wanted = folded(word.strip().lstrip("@"))
    if not wanted:
        return []
    called = _seated_as_called(state.participants) if among is None else _as_called(among)
    exact = [person for person, words, _ in called if wanted in words]
    if exact:
        return exact[:1] if wanted.isdigit() else exact
    return [person for person, _, names in called if any(name.startswith(wanted) for name in names)]


Called = tuple[r.ParticipantRow, tuple[str, ...], tuple[str, ...]]
"""Somebody, with the words that mean nobody else, and with the names that one may begin to type."""


@kept_by_table
def _seated_as_called(participants: Rows[r.ParticipantRow]) -> list[Called]:
    return _as_called([person for person in by_seat(participants) if person.withdrawn_at is None])


def _as_called(people: Sequence[r.ParticipantRow]) -> list[Called]:
    names = [folded(person.name) for person in people]
    return [
        (person, (str(person.seat), person.id.casefold(), name), (name, *name.split()))
        for person, name in zip(people, names, strict=True)
    ]


def person(state: State, word: str, among: Sequence[r.ParticipantRow] | None = None) -> r.ParticipantRow:
    """Return the participant that a word means, or refuse."""
    found = people_like(state, word, among)
    match found:
        case [one]:
            return one
        case []:
            raise _nobody(state, word)
        case _:
            raise Refused("{word} may be {names}.", word=one_line(word), names=", ".join(_told_apart(found)))


def _nobody(state: State, word: str) -> Refused:
    require_not_withdrawn(state, word)
    if number_of(word) is not None:
        return Refused("There is no participant {word}.", word=one_line(word))
    return Refused("Nobody is called {word}.", word=one_line(word))


def require_not_withdrawn(state: State, word: str) -> None:
    """Refuse a word that means the seat or the code of somebody who withdrew."""
    wanted = word.strip().lstrip("@").casefold()
    for place in places(state) if state.withdrawn else ():
        if place.withdrawn_at is not None and wanted in (str(place.seat), place.id.casefold()):
            raise Refused("On seat {seat} somebody withdrew: nothing of theirs is logged.", seat=place.seat)


def _told_apart(people: Sequence[r.ParticipantRow]) -> list[str]:
    """Return the names of people, with the codes of those whose name another bears too."""
    names = [person.name for person in people]
    return [
        person.id
        if not person.name
        else f"{person.name} ({person.id})"
        if names.count(person.name) > 1
        else person.name
        for person in people
    ]


def several(state: State, words: str, among: Sequence[r.ParticipantRow] | None = None) -> list[r.ParticipantRow]:
    """Return whom words mean: one, several (`2, 4 and Noor`), or all who did not leave and were not missed.

    By name or seat they may also be `among` others than the group: those who withdrew.
    """
    if folded(words.strip()) in EVERYBODY:
        found = [person for person in seated(state) if person.status not in ("left", "no_show")]
        if not found:
            raise Refused("Nobody is on the list.")
        return found
    named = [word for word in _BETWEEN_PEOPLE.split(words.strip()) if word]
    if not named:
        raise Refused("Nobody is called {word}.", word=one_line(words))
    return list({found.id: found for found in (person(state, word, among) for word in named)}.values())


def speaker(state: State, word: str) -> tuple[r.TurnKind, str | None]:
    """Return who has the floor by a word: a kind of turn, and a participant's code where it is one."""
    kind = OTHERS.get(folded(word.strip().lstrip("@")))
    if kind is not None:
        return kind, None
    return "participant", person(state, word).id


def item(state: State, word: str, kinds: Sequence[r.GuideKind] = ()) -> r.GuideRow:
    """Return the guide item that a number, an id, its text or the beginning of that means, or refuse."""
    wanted = folded(word.strip())
    alive = [
        row
        for row in sorted(state.guide.values(), key=lambda row: row.position)
        if row.removed_at is None and (not kinds or row.kind in kinds)
    ]
    for matches in (
        lambda row: row.id == word or (row.number and row.number == wanted),
        lambda row: bool(row.label) and folded(row.label) == wanted,
        lambda row: len(wanted) > 1 and folded(row.title) == wanted,
    ):
        found = next((row for row in alive if matches(row)), None)
        if found is not None:
            return found
    within = [row for row in alive if len(wanted) > 1 and folded(row.title).startswith(wanted)]
    within = within or [row for row in alive if len(wanted) > 2 and wanted in folded(row.title)]
    if len(within) == 1:
        return within[0]
    if within:
        names = "; ".join(f"{row.number} {row.title[:40]}".strip() for row in within[:4])
        raise Refused("{word} may be {names}.", word=one_line(word), names=names)
    raise Refused("The guide has no {word}.", word=one_line(word))


def tickable(state: State) -> list[r.CheckRow]:
    """Return the checks that can be ticked, in no order."""
    return _tickable(state.checks)


def _tickable(checks: Rows[r.CheckRow]) -> list[r.CheckRow]:
    return [check for check in checks.values() if check.removed_at is None and not check.each]


def alive_checks(state: State) -> list[r.CheckRow]:
    """Return the checks that can be ticked, in order; each is called by its number.

    At the start the gates come last, behind the checks of each person, one person after the other; else the order is
    the plan's.
    """
    return list(_alive_checks(state.checks, state.participants))


@kept_by_table
def _alive_checks(checks: Rows[r.CheckRow], participants: Rows[r.ParticipantRow]) -> tuple[r.CheckRow, ...]:
    """Return them, worked out once for these tables: one look at a screen asks for them many times."""
    order = {phase: number for number, phase in enumerate(CHECK_PHASES)}
    seats = {p.id: p.seat for p in participants.values()}

    def place(check: r.CheckRow) -> tuple[int, bool, int, int, int, str]:
        at_start = check.phase == "start"
        pattern = checks.get(check.pattern or "")
        part = pattern.parts.index(check.title) if pattern and check.title in pattern.parts else 0
        seat = seats.get(check.participant or "", 0)
        whose, what = (seat, check.position) if at_start else (check.position, seat)
        return order[check.phase], at_start and check.gate, whose, what, part, check.id

    return tuple(sorted(_tickable(checks), key=place))


CHECK_PHASES: tuple[r.CheckPhase, ...] = (
    "week_before",
    "half_hour_before",
    "start",
    "during",
    "break",
    "after",
)


def current_phase(state: State) -> r.CheckPhase:
    """Return the phase of the checklist that fits the moment."""
    item = state.current_item
    match state.session.phase:
        case "prepared":
            return "half_hour_before"
        case "lobby":
            return "start"
        case "ended":
            return "after"
        case _:
            return "break" if item is not None and item.kind == "break" else "during"


def check(state: State, word: str, *, done: bool = False) -> r.CheckRow:
    """Return the check that a number, the beginning of its text, or else of words in it means, or refuse.

    Those of this phase go first; of several with the same beginning those that are not `done` yet, or are.
    """
    tickable = alive_checks(state)
    number = number_of(word)
    if number is not None:
        named = next((row for row in tickable if row.number == number), None)
        if named is None:
            raise Refused("The checklist has no {word}.", word=one_line(word))
        return named
    here = [row for row in tickable if row.phase == current_phase(state)]
    found = _checks_like(state, here, word) or _checks_like(state, tickable, word)
    found = [row for row in found if is_settled(row) == done] or found
    match found:
        case [one]:
            return one
        case []:
            raise Refused("The checklist has no {word}.", word=one_line(word))
    names = "; ".join(f"{row.number} {check_called(state, row)}" for row in found[:9])
    raise Refused("{word} may be {names}.", word=one_line(word), names=names)


def _checks_like(state: State, tickable: list[r.CheckRow], word: str) -> list[r.CheckRow]:
    wanted = folded(word.strip())
    if (named := state.checks.get(word)) is not None:
        return [row for row in tickable if row.id == named.id]
    ways: tuple[Callable[[r.CheckRow], bool], ...] = (
        lambda row: folded(row.title) == wanted,
        lambda row: folded(row.title).startswith(wanted),
        lambda row: folded(check_called(state, row)).replace(",", "").startswith(wanted.replace(",", "")),
        lambda row: bool(row.participant) and f"{row.participant} {row.title}".casefold().startswith(wanted),
        lambda row: bool(row.participant) and f"{_seat(state, row)} {folded(row.title)}".startswith(wanted),
        lambda row: f" {wanted}" in folded(row.title),
    )
    return next((rows for way in ways if wanted and (rows := [row for row in tickable if way(row)])), [])


def _seat(state: State, check: r.CheckRow) -> int:
    person = state.participants.get(check.participant or "")
    return person.seat if person is not None else 0


def note(state: State, word: str, author: str = "") -> r.NoteRow:
    """Return a note by its id, by `last`, or by its number, which is its own for good."""
    if word in state.notes:
        return state.notes[word]
    if word.strip() in ("", "last", "laatste"):
        mine = (row for row in reversed(state.notes.values()) if author in ("", row.author))
        found = next((row for row in mine if row.removed_at is None), None)
    else:
        found = _numbered(state, word)
    if found is not None and found.removed_at is None:
        return found
    raise Refused("There is no note {word}.", word=one_line(word))


def _numbered(state: State, word: str) -> r.NoteRow | None:
    wanted = word.strip().casefold()
    digits = wanted.rstrip(ascii_lowercase)
    same = _with_number(state, number_of(digits) or 0)
    if len(same) > 1 and wanted == digits:
        raise Refused("{word} may be {names}.", word=wanted, names=", ".join(note_label(state, row) for row in same))
    return next((row for row in same if wanted in (digits, note_label(state, row))), None)


def _with_number(state: State, number: int) -> list[r.NoteRow]:
    return [row for row in state.notes.values() if row.number == number]


def note_label(state: State, note: r.NoteRow) -> str:
    """Return what a note is called: its number, with a letter where two computers gave the same one apart."""
    same = _with_number(state, note.number)
    return str(note.number) if len(same) < 2 else f"{note.number}{ascii_lowercase[same.index(note) % 26]}"


def issue(state: State, word: str) -> r.IssueRow:
    """Return the open technical issue that a person or a place in the list (1 = the oldest) means."""
    still = [row for row in state.issues.values() if row.ended_at is None]
    if word in state.issues:
        return state.issues[word]
    if not still:
        raise Refused("No technical issue is open.")
    if not word.strip():
        return still[-1]
    people = {p.id for p in people_like(state, word)}
    mine = [row for row in still if row.participant in people]
    if mine:
        return mine[0]
    number = number_of(word) or 0
    if 1 <= number <= len(still):
        return still[number - 1]
    raise Refused("No open technical issue is called {word}.", word=one_line(word))


def turn_after(state: State, turn: r.TurnRow) -> r.TurnRow | None:
    """Return the turn that follows one, a silence too."""
    later = [one for one in state.alive_turns if (one.started_at, one.id) > (turn.started_at, turn.id)]
    return min(later, key=lambda one: (one.started_at, one.id), default=None)


def name_ruling(state: State, words: str, place: str) -> r.NameRulingRow | None:
    """Return what was decided about words at one place (`table/id`), or with "" wherever they stand."""
    wanted = (folded(words), place)
    for ruling in state.name_rulings.values():
        if ruling.removed_at is None and (folded(ruling.words), ruling.place) == wanted:
            return ruling
    return None
