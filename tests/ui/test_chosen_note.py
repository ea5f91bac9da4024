"""Which note a key acts on: the one under the cursor, the newest hit, the one just changed, else the newest."""

from __future__ import annotations

import pytest

from acting import act
from kring.session.session import Session
from kring.ui.theme import LOOKS
from kring.ui.views import notes
from kring.ui.widgets.line import plain
from ui.live import Make, begin, live, press, said, screen_text


@pytest.fixture
def running(session: Session) -> Session:
    begin(session)
    act(session, "note een kaart", "note twee", "note drie kaarten")
    return session


def starred(session: Session) -> list[str]:
    return [note.text for note in session.state.notes.values() if note.starred]


async def test_after_an_edit_a_star_is_for_that_note_whatever_others_write(
    running: Session, make_session: Make
) -> None:
    other = make_session("Ria", "moderator")
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "down", "up", "up", "e")
        await press(pilot, "!", "\n", "escape")
        act(other, "note van een ander")
        app._tick()
        await press(pilot, "*")
        assert [note.text for note in running.state.notes.values() if note.text.endswith("!")] == starred(running)
        await press(pilot, "3", "*")
        assert starred(running)[-1] == "van een ander", "once something else was done, it is the newest again"


@pytest.mark.parametrize("wanted", ["", "kaart"])
async def test_a_note_of_ones_own_comes_in_with_one_that_another_took_back_meanwhile(
    running: Session, make_session: Make, wanted: str
) -> None:
    other = make_session("Ria", "moderator")
    act(other, "note een kaart van een ander")
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "/", *wanted, "\n")
        await press(pilot, "n", "eigen kaart")
        other.undo()
        await press(pilot, "\n")
        shown = screen_text(app)
        assert "eigen kaart" in shown
        assert "van een ander" not in shown


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 16)])
@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_the_cursor_stays_on_a_note_through_an_edit(size: tuple[int, int], role: str, make_session: Make) -> None:
    session = make_session("Ria", role)
    begin(session)
    act(session, "note een", "note twee", "note drie")
    async with live(session, size) as (app, pilot):
        await press(pilot, "up", "up", "e", "!", "\n", "*", "#", "app", "\n")
        (note,) = (note for note in session.state.notes.values() if note.text.endswith("!"))
        assert note.starred
        assert note.tags == ("app",)
        assert app.live.notes.cursor is not None
        assert app.live.notes.cursor.id == note.id


async def test_a_search_lights_what_it_found_and_keys_act_on_the_newest_hit(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "/", "kaart", "\n", "*")
        assert starred(running) == ["drie kaarten"]
        act(running, "note geen treffer")
        await press(pilot, "e", "!", "\n")
        assert "drie kaarten!" in [note.text for note in running.state.notes.values()]
        await press(pilot, "/", "zzz", "\n", "*")
        assert said(app).startswith("? ")
        assert starred(running) == ["drie kaarten!"]
        assert "twee" not in screen_text(app)


def test_what_a_note_was_found_by_is_lit_without_regard_to_accents(running: Session) -> None:
    note = next(iter(running.state.notes.values()))
    (row,) = notes.draw(running.state, note, 120, "KÁART")
    assert [text for text, look in row if "underline" in look] == ["kaart"]
    assert plain(row) == plain(notes.draw(running.state, note, 120)[0])
    assert all(name in LOOKS for _text, look in row for name in look.split())


@pytest.mark.parametrize("typed", ["", "!"])
async def test_a_note_is_put_right_without_the_name_of_who_withdrew(typed: str, make_session: Make) -> None:
    session = make_session("Ria", "moderator")
    begin(session)
    act(session, "note Xena en Joost lachen", "consent 1 no")
    async with live(session, (100, 30)) as (app, pilot):
        await press(pilot, "up", "e")
        assert "Joost" not in screen_text(app)
        await press(pilot, *typed, "\n")
        (note,) = session.state.notes.values()
        assert note.text == ("Xena en \N{EN DASH} lachen!" if typed else "Xena en Joost lachen")
