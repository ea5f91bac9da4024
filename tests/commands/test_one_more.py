"""A command is added with one entry in the table and its verb: then every face has it, and so has the manual."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from kring.commands import cut
from kring.commands.command import Command, Face, Hint, Part, Shortcut
from kring.commands.decisions import by
from kring.commands.table import COMMANDS, Slice
from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.decide import notes
from kring.domain.note_line import NoteDraft
from kring.domain.state import State
from kring.line_mode.conversation import Conversation
from kring.session.session import Session
from kring.ui.live.screen import LiveScreen
from kring.ui.review.screen import ReviewScreen
from ui.live import begin, live, press, said, saved, screen_text
from ui.reviewing import reviewing, shown
from ui.reviewing import said as said_in_review


def clap(state: State, now: int, who: str) -> f.NoteAdded:
    """Log that people clap for somebody."""
    person = lookup.person(state, who)
    draft = NoteDraft("nonverbal", f"they clap for {person.name}", ("participant", person.id), ("applause",))
    return notes.add(state, now, draft)


CLAP = Command(
    "clap",
    "applause",
    "Log that people clap for somebody.",
    "notes",
    Face.LIVE | Face.LINES | Face.REVIEW,
    by(clap),
    cut.whole,
    (Shortcut("Z"),),
    (Part.SEAT,),
    ("klap",),
    "clap 3",
    (Hint({"assistant": 0, "review": 0}),),
)
TABLE = (*COMMANDS, CLAP)


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LiveScreen, "commands", Slice(TABLE, Face.LIVE))
    monkeypatch.setattr(ReviewScreen, "commands", Slice(TABLE, Face.REVIEW))
    monkeypatch.setattr(Conversation, "commands", Slice(TABLE, Face.LINES))


@pytest.fixture
def running(session: Session) -> Session:
    begin(session)
    return session


def clapped(session: Session) -> list[str]:
    return [note.text for note in session.state.notes.values()]


async def test_on_the_live_screen_it_has_a_key_a_place_in_the_bar_a_question_and_an_answer(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        assert saved(app).startswith("Z applause")
        await press(pilot, "Z")
        assert said(app).startswith("applause › 1 Joost  2 Anna  3 Fatima")
        await press(pilot, "3")
        assert said(app).startswith("✓ Nonverbal, Fatima")
        assert clapped(running) == ["they clap for Fatima"]
        await press(pilot, "z")
        assert said(app).startswith("✓ Undone: ")


async def test_the_palette_and_the_help_have_it(running: Session) -> None:
    async with live(running, (140, 200)) as (app, pilot):
        await press(pilot, "f1")
        assert re.search(r" Z +applause  Log that people clap for somebody\.", screen_text(app))
        await press(pilot, "escape", "ctrl+p", "applause", "enter", "4")
        assert clapped(running) == ["they clap for Piet"]


async def test_settings_give_it_another_key(running: Session) -> None:
    async with live(running, (140, 40), keys={"clap": "Q"}) as (app, pilot):
        assert saved(app).startswith("Q applause")
        await press(pilot, "Z", "Q", "1")
        assert clapped(running) == ["they clap for Joost"]


async def test_the_review_does_it_and_lets_type_what_it_has_no_keys_for(running: Session) -> None:
    async with reviewing(running) as (app, pilot):
        assert "Z applause" in shown(app)
        await press(pilot, "Z", "2", "\n")
        assert said_in_review(app).startswith("✓ Nonverbal, Anna")


def test_line_mode_knows_it_in_both_languages_and_explains_it(running: Session) -> None:
    conversation = Conversation(running, None, None)
    assert (conversation.answer("clap 3") or "").startswith("Nonverbal, Fatima")
    assert (conversation.answer("KLAP piet") or "").startswith("Nonverbal, Piet")
    assert conversation.answer("clap") == "! Say which, or what: this command needs a text behind it."
    assert (
        conversation.answer("help clap") == "clap: Log that people clap for somebody. For instance: clap 3. Also: klap."
    )
    assert " clap" in (conversation.answer("help") or "")


def test_the_page_of_keys_has_it() -> None:
    place = Path(__file__).parents[2] / "tools" / "key_tables.py"
    spec = importlib.util.spec_from_file_location("key_tables", place)
    assert spec is not None
    assert spec.loader is not None
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    row = "| `Z` | applause | Log that people clap for somebody. | `clap`, `klap` | applause |"
    assert row in list(pages.keys(LiveScreen.commands))
    assert "| `clap` | `Z` | applause |" in list(pages.ids(LiveScreen.commands))
