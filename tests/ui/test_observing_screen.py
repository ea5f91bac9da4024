"""The screen of an observer: what she may see, what she types, what she is told when the session is lost."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from acting import act
from kring.observing.session_file import SessionFile
from kring.observing.source import Asked
from kring.observing.view import NOTHING, Bar, Poll, Share
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.system.i18n import use
from kring.system.settings import Settings
from kring.ui.observing import views
from kring.ui.observing.app import ObserverApp
from kring.ui.widgets.line import cells


def shown(app: ObserverApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


@pytest.fixture
def source(session: Session, clock: SimulatedClock) -> SessionFile:
    act(session, "consent all yes", "consent 2 not observers", "start anyway", "go 2.1", "floor 1")
    act(session, 'note *"te veel gedoe" @1', 'note *"geheim" @2')
    return SessionFile(session.store.path, clock, "another")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
async def test_she_sees_the_question_who_speaks_and_what_was_chosen(source: SessionFile, size: tuple[int, int]) -> None:
    async with source:
        app = ObserverApp(source, "Mila", Settings())
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for told in ("2.1  Vertel eens", "left 25:00", "P1 has the floor", "P1: “te veel gedoe”", "8 present"):
                assert told in shown(app)
            assert "geheim" not in shown(app)
            assert "P2" not in shown(app)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_that_nobody_may_be_shown_is_said_in_full_beside_the_notes(lang: str) -> None:
    use(lang)
    rows = ["".join(text for text, _look in row) for row in views.shares(NOTHING, room=31, most=9)]
    use("en")
    assert max(map(cells, rows)) <= 31
    assert " ".join(row.strip() for row in rows).endswith(".")


def test_each_answer_to_a_poll_stands_there_on_a_small_screen_too() -> None:
    bars = tuple(Bar(str(grade), 1) for grade in range(11))
    view = replace(NOTHING, polls=(Poll("Grade", 1, bars),))
    few, many = ([text for row in views.shares(view, 31, most) for text, _look in row] for most in (8, 20))
    assert "".join(few).endswith("0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1")
    assert many.count(" 1") == len(bars)


@pytest.mark.parametrize(("people", "size"), [(8, (60, 16)), (12, (60, 16)), (12, (80, 24))])
async def test_everybody_stands_among_the_shares_on_a_small_screen(
    source: SessionFile, monkeypatch: pytest.MonkeyPatch, people: int, size: tuple[int, int]
) -> None:
    several = tuple(Share(f"P{n}", 1 / people, n == 2, heard=True) for n in range(1, people + 1))
    async with source:
        monkeypatch.setattr(source, "_view", replace(source._view, shares=several))
        app = ObserverApp(source, "Mila", Settings())
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.pause()
            assert all(re.search(rf"{one.label} [█·]*\s*\d+ ?%", shown(app)) for one in several)
            assert "▶P2" in shown(app)


def test_a_question_that_is_not_with_the_team_is_told_as_such() -> None:
    told = "".join(text for row in views.questions([Asked(id="1", text="Waarom?", at=0)], 60) for text, _look in row)
    assert told.strip() == "not with the team yet: Waarom?"


async def test_ctrl_c_says_what_leaves_and_keeps_what_is_typed(source: SessionFile) -> None:
    async with source:
        app = ObserverApp(source, "Mila", Settings())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+c")
            assert "Ctrl+Q leaves." in shown(app)
            await pilot.press("a", "x", "ctrl+c")
            assert "Ctrl+Q leaves." in shown(app)
            await pilot.press("a", "y")
            assert "› xy" in shown(app)


async def test_a_question_goes_to_the_team_and_she_sees_what_becomes_of_it(
    source: SessionFile, session: Session
) -> None:
    async with source:
        app = ObserverApp(source, "Mila", Settings())
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("a", *"Kent u de app", "question_mark", "enter")
            await source.changed(source.seen.number - 1)
            while app.typing is not None:
                await pilot.pause()
            assert "Your question is with the team." in shown(app)
            act(session, "decline 1 te laat")
            source.look()
            await pilot.pause()
            app.show()
            await pilot.pause()
            assert "declined (te laat): Kent u de app?" in shown(app)


async def test_what_cannot_be_sent_stays_and_a_lost_file_is_said(source: SessionFile, session: Session) -> None:
    async with source:
        app = ObserverApp(source, "Mila", Settings())
        async with app.run_test(size=(100, 30)) as pilot:
            path = session.store.path
            path.rename(path.with_name("elsewhere.db"))
            source.look()
            await pilot.press("a", *"Wat nu", "enter")
            while app.typing is not None:
                await pilot.pause()
            assert "not up to date" in shown(app)
            await pilot.press("a")
            await pilot.pause()
            assert "Question to the team › Wat nu" in shown(app)
            path.with_name("elsewhere.db").rename(path)
            source.look()
            app.show()
            await pilot.pause()
            assert "not up to date" not in shown(app)
