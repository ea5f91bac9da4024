"""Who watches: each is called otherwise than all others, and who went is gone from the list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acting import act
from kring.domain.text import folded, one_line
from kring.observing import watchers
from kring.observing.session_file import SessionFile
from kring.observing.watchers import GONE_MS, LONGEST_NAME, Watcher, Watchers, called, names_of
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.team.observers import letters
from kring.team.observers.letters import Hello
from kring.team.observers.roll import Roll

ODD = ["", " ", "\x00\x1b[2J", "Petra", "petra", "Pétra", "Petra\nvan Dam", "P1", "Anna", "x" * 5_000, "\u202e", "(2)"]
NAMES = st.one_of(st.sampled_from(ODD), st.text(max_size=80))


@given(st.lists(st.tuples(st.sampled_from("abc"), NAMES), max_size=20))
def test_no_two_who_watch_are_called_the_same_whatever_they_ask(several: list[tuple[str, str]]) -> None:
    roll = Roll(lambda: {"anna", "p1"})
    for who, asked in several:
        roll.hear(Hello(who, (asked,)), 0)
    several_names = {(who, asked): roll.name_of(who, asked) for who, asked in several}
    names = list(several_names.values())
    assert len({folded(name) for name in names}) == len(names)
    for (who, asked), name in several_names.items():
        assert name == one_line(name) != ""
        assert len(name) <= LONGEST_NAME
        assert folded(name) not in {"anna", "p1"}
        assert roll.name_of(who, asked) == name  # she is called so as long as this goes on


def test_who_went_or_was_cut_off_is_watching_no_longer_and_comes_back_under_her_name() -> None:
    roll = Roll(frozenset)
    roll.hear(Hello("1", ("Petra",)), 0)
    roll.hear(Hello("2", ("Petra", "Jan")), 0)
    assert [one.name for one in roll.watching(1_000)] == ["Petra", "Petra (2)", "Jan"]
    roll.hear(Hello("1", leaves=True), 1_000)
    assert [one.name for one in roll.watching(1_500)] == ["Petra (2)", "Jan"]
    assert roll.watching(GONE_MS) == ()
    roll.hear(Hello("2", ("Petra",)), 2 * GONE_MS)
    assert roll.watching(2 * GONE_MS) == (Watcher("Petra (2)", letters.mark_of("2"), "Petra"),)


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"{}",
        b"x",
        b'{"who":""}',
        b'{"who":3}',
        b'{"who":"1","names":3}',
        json.dumps({"who": "1", "names": ["x"] * 1_000}).encode(),
        json.dumps({"who": "1", "names": ["x" * 100_000]}).encode(),
    ],
)
def test_what_says_of_nobody_that_they_watch_is_left_out(told: bytes) -> None:
    assert letters.hello(told) is None


def test_names_of_people_in_the_session_are_taken_and_those_of_observers_are_not(session: Session) -> None:
    taken = names_of(session.state)
    person = session.state.participants["P2"]
    assert {"p2", folded(person.name), folded(person.name.split()[0])} <= taken
    assert called(person.name, taken, ()) == f"{person.name} (2)"
    assert called("Mila", taken, ()) == "Mila"


async def test_who_watches_a_file_stands_in_the_list_of_all_who_do(session: Session, clock: SimulatedClock) -> None:
    act(session, "consent all yes", "start anyway")
    person = session.state.participants["P2"].name
    file = session.store.path
    page = SessionFile(file, clock, "page")
    screen, other = (SessionFile(file, clock, one, are_named=False) for one in ("screen", "other"))
    async with page, screen, other:
        page.watch_as(["Petra", "Jan"])
        screen.watch_as(["Petra"])
        other.watch_as([person])
        for one in (page, screen, other):
            one._look_who_watches()
        names = [f"{person} (2)", "Jan", "Petra", "Petra (2)"]
        for one in (page, screen, other):
            assert sorted(each.name for each in one.seen.view.watching) == sorted(names)
        await screen.ask("Petra", "Waarom?")
        session.catch_up()
        assert [row.asked_by for row in session.state.observer_questions.values()] == ["Petra (2)"]
        assert [one.text for one in screen.questions("Petra")] == ["Waarom?"]
        assert page.questions("Petra") == ()
        assert _folder(file).stat().st_mode & 0o077 == 0
    assert not _folder(file).exists()


def test_who_was_killed_is_gone_from_the_list_and_then_from_the_disk(tmp_path: Path, clock: SimulatedClock) -> None:
    folder = tmp_path / "e.observers"
    one, two = Watchers(folder, clock), Watchers(folder, clock)
    one.announce([Watcher("Petra")])
    assert two.others() == (Watcher("Petra"),)
    clock.advance(GONE_MS)
    assert two.others() == ()
    clock.advance(10 * GONE_MS)
    assert two.others() == ()
    assert list(folder.iterdir()) == []
    (folder / "watching-x.json").write_text("{")
    assert two.others() == ()


def _folder(file: Path) -> Path:
    return file.with_suffix(watchers.ENDING)
