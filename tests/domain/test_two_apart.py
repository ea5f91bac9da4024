"""Laptops that were apart, each with people and acts of its own: joined in whatever order they hold one session, and
what was logged of somebody stands with that person.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from domain.laptops import Laptop, apart, meet
from kring.domain import facts as f
from kring.domain.columns import references
from kring.domain.lookup import person
from kring.domain.rows import ROWS, ParticipantRow
from kring.domain.sentences import sentence
from kring.domain.state import State
from kring.domain.text import Refused

OF_A_NEWCOMER = (
    "floor 9", "floor 3", "floor nobody", 'note "van {name}" @9', "note ~ over {name} @{code}", "hand 9",
    "lower 9", "attend 9 away", "attend 9 present", "answer 9 8", "answers 9 7, 3 4", "consensus 2.1 9 agrees",
    "consensus 2.1a 9 example", "issue {code} geluid van {name}", "solved", "tick {check}", "consent 9 quoting no",
    "place 9 1", "room 2 9", "rooms back", "briefed 9", "invite 9", "name 9", "edit last ~ toch van {name} @9",
    "poll again", "next", "statement te duur", "pause", "resume", "mark", "show A", "recording",
)  # fmt: skip
"""What is typed of somebody who was added: by seat, code, or the number of a check of theirs."""
NAMES = ("Zeynep", "Koos", "Mo")
LINES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(OF_A_NEWCOMER), st.integers(0, 90)), max_size=25)


def type_of(laptop: Laptop, line: str, name: str) -> None:
    who = person(laptop.state, name)
    check = next((str(one.number) for one in laptop.state.checks.values() if one.participant == who.id), "0")
    with suppress(Refused):
        laptop.type(line.format(name=name, code=who.id, check=check).replace(" 9", f" {who.seat}"))


def of_person(state: State, name: str) -> Counter[str]:
    """Return what is logged of somebody: every row that leads to them, without the part of its id that is a code."""
    code = person(state, name).id
    found: Counter[str] = Counter()
    for row_type in ROWS:
        columns = references(row_type, ParticipantRow.TABLE)
        for row in state.tables[row_type.TABLE].values() if columns else ():
            if any(getattr(row, column) == code for column in columns):
                found[f"{row.TABLE} {'/'.join(part for part in row.id.split('/') if part != code)}"] += 1
    return found


@given(st.integers(2, 3), st.sampled_from((0, -40_000, 90_000)), LINES, LINES)
def test_what_was_logged_of_somebody_stays_with_that_person(
    laptops: int, skew_ms: int, before: list[tuple[int, str, int]], after: list[tuple[int, str, int]]
) -> None:
    copies = apart(laptops, skew_ms)
    for copy, name in zip(copies, NAMES, strict=False):
        copy.type(f"add {name}")
    for number, line, seconds in before:
        copies[number % laptops].wait(seconds)
        type_of(copies[number % laptops], line, NAMES[number % laptops])
    alone = {name: of_person(copy.state, name) for copy, name in zip(copies, NAMES, strict=False)}
    meet(copies)
    state = copies[0].state
    assert len({who.id for who in state.participants.values() if who.additions}) == laptops
    for name, logged in alone.items():
        assert logged - of_person(state, name) == Counter()
    for number, line, seconds in after:
        copies[number % laptops].wait(seconds)
        type_of(copies[number % laptops], line, NAMES[number % laptops])
    meet(copies)


def test_one_name_added_on_both_is_one_person_under_whatever_code() -> None:
    here, there = copies = apart()
    here.type("add Zeynep")
    here.type('note "van hier" @Zeynep')
    for line in ("add Mo", "add zeynep", 'note "van daar" @Zeynep', "answer Zeynep 8"):
        there.type(line)
    meet(copies)
    (zeynep,) = [who for who in here.state.participants.values() if who.name.casefold() == "zeynep"]
    assert {note.participant for note in here.state.notes.values()} == {zeynep.id}
    assert [answer.participant for answer in here.state.answers.values()] == [zeynep.id]
    there.type("floor Zeynep")
    meet(copies)
    assert here.state.open_turn is not None
    assert here.state.open_turn.participant == zeynep.id


def test_who_is_back_on_the_list_by_speaking_has_a_seat_that_nobody_else_has() -> None:
    here, there = copies = apart()
    here.happen_together([f.ParticipantUnlisted("P4")])
    here.type("add Zeynep")
    assert person(here.state, "Zeynep").seat == 4
    there.wait(5)
    there.type("floor 4")
    meet(copies)
    for copy in copies:
        assert copy.state.participants["P4"].removed_at is None
        seats = [who.seat for who in copy.state.participants.values() if who.removed_at is None]
        assert len(set(seats)) == len(seats)
        assert person(copy.state, "Zeynep").seat == 4


def test_an_addition_that_is_undone_leaves_nothing_with_the_other_person() -> None:
    here, there = copies = apart()
    here.type("add Zeynep")
    there.type("add Koos")
    there.type('note "van Koos" @9')
    added = next(event for event in there.history.newest_first() if isinstance(event.fact, f.ParticipantAdded))
    there.happen_together([f.Undone(added.id)])
    meet(copies)
    assert {note.participant for note in here.state.notes.values()} == {None}
    there.happen_together([f.Undone(next(there.history.newest_first()).id)])
    meet(copies)
    assert {note.participant for note in here.state.notes.values()} == {person(here.state, "Koos").id}


def test_a_sentence_names_whom_a_code_meant() -> None:
    here, there = copies = apart()
    here.type("add Zeynep")
    there.type("add Koos")
    here.type("floor 9")
    there.type("floor 9")
    meet(copies)
    told = [str(sentence(here.state, event)) for event in here.history.events if type(event.fact) is f.FloorGiven]
    assert ["Zeynep" in told[0], "Koos" in told[1]] == [True, True]
