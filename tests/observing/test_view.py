"""What observers see: who said yes and nobody else, whatever happened in the session."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from acting import LINES
from conftest import make_plan
from domain.any_facts import events
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.consent import consent_to
from kring.domain.history import History
from kring.domain.plan import Plan, PlannedParticipant
from kring.observing.view import Bar, Floor, View, view_of

PEOPLE = ("Adelheid Brinkhorst", "Bartholomeus Cloeck", "Cunera van der Dussen", "Diederik Evertsz")


def plan(names: str = "codes") -> Plan:
    """A plan with people whose names are no words, two of whom the guide names too."""
    people = tuple(PlannedParticipant(code=f"P{n}", name=name, seat=n) for n, name in enumerate(PEOPLE, 1))
    guide = tuple(
        replace(item, text="Vraag Adelheid en Cunera wie zij zijn") if item.id == "wie" else item
        for item in make_plan().guide
    )
    return replace(make_plan(), participants=people, guide=guide, observer_names=names)


def desk(names: str = "codes", *yes: str) -> Desk:
    """Return a session that runs, in which these seats said yes to observers."""
    found = Desk(begun=False, started=False)
    found.happen(f.SessionCreated("s", "UTC", 0))
    found.read(plan(names))
    for seat in yes:
        found.type(f"consent {seat} observers")
    found.happen(f.SessionStarted())
    return found


def seen(found: Desk) -> View:
    return view_of(found.history, found.now)


def written(view: View) -> str:
    return msgspec.json.encode(view).decode().casefold()


def notes(found: Desk) -> list[tuple[str, str]]:
    return [(note.who, note.text) for note in seen(found).notes]


def test_who_did_not_say_yes_is_somebody_and_has_no_share() -> None:
    found = desk("codes", "1", "2")
    found.type("floor 1")
    found.wait(30)
    found.type("floor 2")
    found.wait(10)
    assert seen(found).floor == Floor("participant", "P2")
    found.type("floor 3")
    found.wait(60)
    view = seen(found)
    assert view.floor == Floor("somebody")
    assert [(one.label, one.share, one.speaking) for one in view.shares] == [("P1", 0.75, False), ("P2", 0.25, False)]
    assert view.present == 4


def test_unknown_is_no() -> None:
    found = desk()
    found.type("floor 1")
    found.type('note *"te duur" @1')
    assert (seen(found).shares, seen(found).notes, seen(found).floor) == ((), (), Floor("somebody"))


@pytest.mark.parametrize(
    ("names", "question"),
    [("codes", "Vraag P1 en … wie zij zijn"), ("first_names", "Vraag Adelheid en … wie zij zijn")],
)
def test_names_in_the_guide_are_told_as_the_plan_says(names: str, question: str) -> None:
    found = desk(names, "1", "2")
    found.type("go 1.1")
    item = seen(found).item
    assert item is not None
    assert (item.number, item.text, item.left_ms) == ("1.1", question, None)
    assert [one.label for one in seen(found).shares] == (
        ["P1", "P2"] if names == "codes" else ["Adelheid", "Bartholomeus"]
    )


def test_a_first_name_that_two_people_bear_is_a_code() -> None:
    found = desk("first_names", "1", "2")
    found.happen(f.ParticipantChanged("P4", name="Adelheid Zwart"))
    assert [one.label for one in seen(found).shares] == ["P1", "Bartholomeus"]


def test_notes_are_none_the_starred_or_all_as_the_moderator_decides() -> None:
    found = desk("codes", "1")
    found.type("consent 1 quoting, observers")
    found.type('note *"te duur" @1')
    found.type("note ~ vond het druk @1")
    found.type("note (beetje stil vandaag")
    assert notes(found) == [("P1", "te duur")]
    found.happen(f.NotesShownToObservers("all"))
    assert notes(found) == [("P1", "te duur"), ("P1", "vond het druk")]
    found.happen(f.NotesShownToObservers("none"))
    assert notes(found) == []


@pytest.mark.parametrize(
    "line",
    [
        'note *"te duur" @2',  # no yes to observers
        'note *"te duur" @1',  # no yes to being quoted
        'note *"te duur"',  # whose words are they?
        "note *~ vond het duur",
        'note *"ik dacht … @1',  # only the first words
        "note *(Els vergat een vraag",  # of the team about itself
        "cue nog 5 minuten",
        "issue beeld weg",
    ],
)
def test_what_observers_never_read(line: str) -> None:
    found = desk("codes", "1")
    found.happen(f.NotesShownToObservers("all"))
    found.type(line)
    assert notes(found) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("net als P3, p 3 en P-3", "net als …, … en …"),
        ("P1 en P2 niet", "P1 en … niet"),
        ("P31, AP3 en 3 keer", "P31, AP3 en 3 keer"),
    ],
)
def test_a_code_of_who_did_not_say_yes_stays_out_too(text: str, told: str) -> None:
    found = desk("codes", "1")
    found.type(f"note *~ {text} @1")
    assert notes(found) == [("P1", told)]


def test_a_name_that_was_put_right_stays_out_as_well() -> None:
    found = desk("first_names", "1", "2")
    found.type("note *~ Cunera en Adelheid, zei Bartholomeus @1")
    found.happen(f.ParticipantChanged("P3", name="Joris Smit"))
    found.happen(f.ParticipantChanged("P1", name="Adelheid Brinkman"))
    found.happen(f.ParticipantChanged("P2", name="Barend Cloeck"))
    assert notes(found) == [("Adelheid", "… en Adelheid, zei …")]
    assert [one.label for one in seen(found).shares] == ["Adelheid", "Barend"]


def test_who_withdraws_is_nowhere_from_that_moment() -> None:
    found = desk("first_names", "1", "2")
    for seat in ("1", "2"):
        found.type(f"consent {seat} quoting, observers")
    found.type("floor 1")
    found.wait(10)
    found.type('note *"dat zei Bartholomeus ook" @1')
    found.type('note *"te duur" @2')
    found.type("floor 2")
    found.wait(10)
    found.type("consent 2 no")
    view = seen(found)
    assert [one.label for one in view.shares] == ["Adelheid"]
    assert "barthol" not in written(view)
    assert "te duur" not in written(view)
    assert view.floor in (None, Floor("somebody"))


def test_polls_are_counts_of_those_who_are_shown() -> None:
    found = desk("codes", "1", "2")
    found.type("go 2.2")
    found.type("answers 1 8, 2 8, 3 2")
    (poll,) = seen(found).polls
    assert [bar for bar in poll.bars if bar.count] == [Bar("8", 2)]


def test_the_clock_goes_on_without_another_view() -> None:
    found = desk("codes", "1")
    found.type("go pauze")
    before = seen(found)
    found.wait(61)
    assert before.later(61_000) == seen(found)
    assert before.is_as(seen(found))
    assert seen(found).break_left_ms == 539_000
    found.type("pause")
    paused = seen(found)
    found.wait(10)
    assert paused.later(10_000).break_left_ms == seen(found).break_left_ms == 539_000


consents = st.lists(
    st.tuples(
        st.sampled_from("1234"), st.sampled_from(("observers", "yes", "not observers", "quoting, observers", "no"))
    ),
    max_size=6,
)
TALK = (
    *(
        line
        for line in LINES
        if line.split()[0] in ("floor", "note", "star", "answer", "pause", "go", "next", "remove")
    ),
    *(f'note *"{name.split()[0]} weet dat ook, keer {seat}" @{seat}' for name in PEOPLE for seat in "1234"),
    *(f"note *~ sprak met {name.split()[-1]}s neef" for name in PEOPLE),
    *(f"note *~ net als p{seat}" for seat in "1234"),
)


@given(
    first=consents,
    lines=st.lists(st.sampled_from(TALK), max_size=20),
    last=consents,
    names=st.sampled_from(("codes", "first_names")),
    shown=st.sampled_from(("starred", "all")),
)
def test_nobody_without_a_yes_is_in_any_view(
    first: list[tuple[str, str]], lines: list[str], last: list[tuple[str, str]], names: str, shown: str
) -> None:
    found = desk(names)
    found.happen(f.NotesShownToObservers(shown))
    for seat, what in first:
        found.try_to_type(f"consent {seat} {what}")
    for line in lines:
        found.wait(5)
        found.try_to_type(line)
    for seat, what in last:
        found.try_to_type(f"consent {seat} {what}")
    view, state = seen(found), found.state
    for number, name in enumerate(PEOPLE, 1):
        code = f"P{number}"
        if code in state.withdrawn or consent_to(state, code, "observers") is not True:
            first_name, *_between, surname = name.casefold().split()
            assert first_name not in written(view)
            assert surname not in written(view)
            assert code.casefold() not in written(view)
            for note in state.notes.values():
                assert note.participant != code or note.text.casefold() not in written(view) or not note.text
    assert round(sum(one.share for one in view.shares), 1) in (0, 1)


@given(events())
def test_any_history_has_a_view(happened: list[object]) -> None:
    history = History()
    history.accept(history.change(happened))  # type: ignore[arg-type]
    view = view_of(history, 1_796_326_200_000)
    assert msgspec.json.decode(msgspec.json.encode(view), type=View) == view
