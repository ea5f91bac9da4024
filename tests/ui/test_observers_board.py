"""The board of observers' questions: one key for each act, a reason where one is declined, nothing that interrupts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from kring.domain.decide import decision
from kring.domain.decide.group import observers
from kring.observing import watchers
from kring.session.session import Me, Session
from kring.ui.boards.observers import ObserversBoard
from ui.live import begin, live, press, said, screen_text

MILA = Me("Mila", "observer", "third")


def ask(session: Session, *texts: str) -> None:
    for text in texts:
        session.do_as(MILA, decision(observers.ask, text, text))


async def test_each_question_is_filtered_with_one_key(session: Session) -> None:
    begin(session)
    ask(session, "Kent u de app?", "Wat kost het?")
    async with live(session, (100, 30)) as (app, pilot):
        await press(pilot, "ctrl+p", "observers", "enter")
        assert "Observers see the starred notes" in screen_text(app)
        assert "Mila: Kent u de app?" in screen_text(app)
        await press(pilot, "enter")
        assert said(app).startswith("✓ Question 1 of an observer accepted: Kent u de app?")
        await press(pilot, "up", "-", "te laat", "enter")
        assert said(app).startswith("✓ Question 2 of an observer declined: Wat kost het? (te laat)")
        await press(pilot, "home", "space")
        assert said(app).startswith("✓ Question 1 of an observer put to the group")
    assert [row.status for row in session.state.observer_questions.values()] == ["asked", "declined"]


def test_who_watches_is_looked_up_once_a_second(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    monkeypatch.setattr(watchers, "who_watch", lambda file: looked.append(file) or ("Mila",))
    board = ObserversBoard.__new__(ObserversBoard)
    board.session = session
    told = [board._who_watch(SimpleNamespace(now=now)) for now in (1_000, 1_400, 1_999, 2_000)]  # type: ignore[arg-type]
    assert told == ["  observers: Mila"] * 4
    assert len(looked) == 2


@pytest.mark.parametrize(("texts", "word"), [((), ""), (("Kent u de app?",), "observers 1")])
async def test_the_tab_says_how_many_are_new(session: Session, texts: tuple[str, ...], word: str) -> None:
    begin(session)
    ask(session, *texts)
    async with live(session, (140, 40)) as (app, _pilot):
        assert ("observers" in screen_text(app)) == bool(word)
        assert word in screen_text(app)
