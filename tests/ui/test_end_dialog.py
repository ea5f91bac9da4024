"""The end names what is still open, each with a key of its own; Enter means not yet."""

from __future__ import annotations

import pytest

from acting import act
from kring.domain import facts as f
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from ui.live import Make, begin, live, press, screen_text

OPEN = ("attend 6 waiting", "recording", "issue P4 geluid", 'note @3 "dan zeg ik maar laat …', "note ? op papier")
NAMED = (
    ("2.1 Vertel eens over de laatste keer", "must be asked, not asked", "g ask it now"),
    ("the platform records", "", "r it stopped"),
    ("Kees", "in the waiting room", "a attendance"),
    ("Piet, geluid", "technical issue", "v solved"),
    ("“dan zeg ik maar laat …”", "quote to complete", "e complete"),
    ("op papier", "question for later, not raised", "p was raised"),
)


@pytest.fixture
def talk(session: Session, clock: SimulatedClock) -> Session:
    """A talk with one of everything that is open, for a while."""
    begin(session)
    act(session, *OPEN)
    clock.advance(60_000)
    return session


async def test_every_point_stands_in_a_row_with_its_key(talk: Session) -> None:
    async with live(talk, (140, 40)) as (app, pilot):
        await press(pilot, "f12")
        rows = screen_text(app).splitlines()
        assert "6 points are still open" in screen_text(app)
        for parts in NAMED:
            assert any(all(part in row for part in parts) for row in rows), parts


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (100, 30)])
async def test_key_and_answers_are_in_sight_at_every_size(talk: Session, size: tuple[int, int]) -> None:
    async with live(talk, size) as (app, pilot):
        await press(pilot, "f12")
        shown = screen_text(app)
        for _what, _why, key in NAMED:
            assert key in shown
        assert "end all the same" in shown
        assert "no, not yet" in shown


@pytest.mark.parametrize("key", ["\n", "\x1b", "n"])
async def test_enter_escape_and_n_mean_not_yet(talk: Session, key: str) -> None:
    async with live(talk) as (app, pilot):
        await press(pilot, "f12", key)
        assert talk.state.session.phase == "live"
        assert len(app.screen_stack) == 1
        assert talk.state.current_item is not None
        assert talk.state.current_item.number == "1.1"


async def test_the_end_may_be_meant_all_the_same(talk: Session) -> None:
    async with live(talk) as (_app, pilot):
        await press(pilot, "f12", "y")
        assert talk.state.session.phase == "ended"


async def test_g_goes_to_the_question_that_was_not_asked(talk: Session) -> None:
    async with live(talk) as (_app, pilot):
        await press(pilot, "f12", "g")
        assert talk.state.current_item is not None
        assert talk.state.current_item.number == "2.1"


async def test_n_means_no_where_every_question_was_asked(session: Session) -> None:
    begin(session)
    act(session, "asked 2.1", "recording")
    before = session.state.open_visit
    async with live(session) as (app, pilot):
        await press(pilot, "f12", "n")
        assert session.state.session.phase == "live"
        assert session.state.open_visit is before
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize(("key", "fact"), [("r", f.RecordingStopped), ("p", f.NoteRaised)])
async def test_what_is_solved_at_once_shows_the_rest_again(talk: Session, key: str, fact: type) -> None:
    async with live(talk) as (app, pilot):
        await press(pilot, "f12", key)
        assert isinstance(talk.history.events[-1].fact, fact)
        assert "5 points are still open" in screen_text(app)


async def test_what_asks_more_asks_it_of_the_row(talk: Session) -> None:
    async with live(talk, (140, 40)) as (_app, pilot):
        await press(pilot, "f12", "a")
        await press(pilot, "2")
        assert talk.state.participants["P6"].status == "present"
        await press(pilot, "f12", "e", "eens\n")
        assert "dan zeg ik maar laat eens" in {note.text for note in talk.state.notes.values()}
        await press(pilot, "f12", "v")
        assert [issue.ended_at is None for issue in talk.state.issues.values()] == [False]


async def test_where_two_rows_have_a_key_the_cursor_says_which(talk: Session) -> None:
    act(talk, "issue P5 beeld")
    async with live(talk) as (app, pilot):
        await press(pilot, "f12", "v")
        assert "▸ Piet, geluid" in screen_text(app)
        assert [issue.ended_at for issue in talk.state.issues.values()] == [None, None]
        await press(pilot, "down", "v")
        assert [issue.ended_at is None for issue in talk.state.issues.values()] == [True, False]


async def test_the_list_follows_what_somebody_else_solves(make_session: Make) -> None:
    mine, others = make_session("Els", "moderator"), make_session("Bo", "assistant")
    begin(mine)
    act(mine, *OPEN)
    async with live(mine) as (app, pilot):
        await press(pilot, "f12", "down", "down", "down")
        assert "▸ Piet, geluid" in screen_text(app)
        act(others, "attend 6 present")
        mine.tick()
        app._tick()
        await pilot.pause()
        assert "Kees" not in screen_text(app)[screen_text(app).index("points are still open") :]
        assert "▸ Piet, geluid" in screen_text(app)


async def test_without_anything_open_it_is_a_plain_question(session: Session) -> None:
    begin(session)
    act(session, "asked 2.1")
    async with live(session) as (app, pilot):
        await press(pilot, "f12")
        assert "still open" not in screen_text(app)
        await press(pilot, "y")
        assert session.state.session.phase == "ended"
