"""Completing a quote that was caught half: asked for, never opening itself, off without everybody's consent."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from kring.domain.decide import decision, recording
from kring.domain.text import Sentence
from kring.session.session import Me, Session
from kring.speech import quote_drafts
from kring.speech.quote_drafts import Passage, Words
from kring.system.clock import SimulatedClock
from kring.system.worker_process import Failed
from record.recorded import record
from ui.live import begin, live, press, said, screen_text

HEARD = ("En", "toen", "dacht", "ik", "laat", "maar", "zitten,", "die", "punten.")


class Machine:
    """Stands for the process that hears; it tells what it heard when `tells`."""

    def __init__(self) -> None:
        self.asked: list[Passage] = []
        self.news: list[Words | Failed] = []
        self.is_over = False
        self.left = False

    def begin(self, passage: Passage) -> Machine:
        self.asked.append(passage)
        return self

    ask = begin

    def poll(self) -> list[Words | Failed]:
        news, self.news = self.news, []
        return news

    def leave(self) -> None:
        self.left = True


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    made = Machine()
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path))
    (tmp_path / "whisper-model").write_text(str(tmp_path), "utf-8")
    monkeypatch.setattr(quote_drafts, "in_background", made.begin)
    return made


@pytest.fixture
def caught(session: Session, clock: SimulatedClock) -> Session:
    """Forty recorded seconds, with a quote that was caught half at the end, in a session that may write out."""
    session.me = Me("Bo", "assistant", session.me.device)
    session.read_plan(replace(session.plan, quote_drafts=True))
    act(session, "consent all yes")
    begin(session)
    record(session, clock, lasting=(40,), gap_s=0, recording="R1")
    session.do(decision(recording.stopped, "R1", "stopped", computer=session.me.device))
    act(session, 'note *"dacht ik laat maar … #gedoe @3')
    return session


async def test_the_words_come_when_asked_for_and_open_when_asked_for(caught: Session, machine: Machine) -> None:
    async with live(caught, (100, 30)) as (app, pilot):
        await press(pilot, "Q")
        assert "written out" in said(app)
        (passage,) = machine.asked
        assert passage.seconds == 20
        machine.news = [Words(HEARD)]
        app._tick()
        assert not app.live.is_typing
        assert "Q opens it" in said(app)
        await press(pilot, "3")  # a digit still gives the floor
        await press(pilot, "Q")
        assert app.live.line.value == '*" dacht ik laat maar zitten, die punten. #gedoe'
        await press(pilot, "enter")
        (note,) = caught.state.notes.values()
        assert note.text == "dacht ik laat maar zitten, die punten."
        assert (note.drafted, note.stub, note.starred, note.tags, note.participant) == (
            True, True, True, ("gedoe",), "P3",
        )  # fmt: skip
        assert "machine, not heard yet" in screen_text(app)
        act(caught, "undo")
        assert next(iter(caught.state.notes.values())).text.endswith("…")


async def test_q_again_stops_it_and_a_failure_is_said(caught: Session, machine: Machine) -> None:
    async with live(caught, (100, 30)) as (app, pilot):
        await press(pilot, "Q", "Q")
        assert machine.left
        assert "stopped" in said(app)
        await press(pilot, "Q")
        machine.news = [Failed(Sentence("This computer has too little memory for it."))]
        app._tick()
        assert "memory" in said(app)
        await press(pilot, "Q")
        machine.news = [Words(())]
        app._tick()
        assert "No words" in said(app)


async def test_it_is_given_up_after_twenty_seconds(
    caught: Session, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("kring.ui.live.quote_drafting.monotonic", lambda: now)
    async with live(caught, (100, 30)) as (app, pilot):
        await press(pilot, "Q")
        now = 21.0
        app._tick()
        assert machine.left
        assert "too long" in said(app)


@pytest.mark.parametrize("refusal", ["consent 5 no audio", "consent 5 all except audio"])
async def test_one_refusal_of_audio_turns_it_off_also_under_way(
    caught: Session, machine: Machine, refusal: str
) -> None:
    async with live(caught, (100, 30)) as (app, pilot):
        await press(pilot, "Q")
        machine.news = [Words(HEARD)]
        app._tick()
        act(caught, refusal)
        await press(pilot, "Q")
        assert "no consent to audio" in said(app)
        assert not app.live.is_typing
        await press(pilot, "Q")
        assert len(machine.asked) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda session: session.read_plan(replace(session.plan, quote_drafts=False)), "complete quotes: yes"),
        (lambda session: act(session, "note ~ heel", "add Ria"), "no consent to audio of Ria"),
        (lambda session: act(session, "note ~ heel"), "caught half"),
    ],
)
async def test_what_may_not_or_cannot_be_is_refused(caught: Session, machine: Machine, change, told: str) -> None:
    change(caught)
    async with live(caught, (100, 30)) as (app, pilot):
        await press(pilot, "Q")
        assert told in said(app)
        assert machine.asked == []


async def test_only_the_assistant_does_it(caught: Session, machine: Machine) -> None:
    caught.me = Me("Els", "moderator", caught.me.device)
    async with live(caught, (100, 30)) as (app, pilot):
        await press(pilot, "Q")
        assert machine.asked == []
        assert "assistant" in said(app)


def test_who_listened_may_quote_it(caught: Session) -> None:
    from kring.commands.decisions import complete
    from kring.session.playback import keep_heard

    (note,) = caught.state.notes.values()
    caught.do(complete(note.id, '" dacht ik laat maar zitten'))
    keep_heard(caught, note.id)
    (note,) = caught.state.notes.values()
    assert (note.drafted, note.stub) == (False, False)
    before = len(caught.history.events)
    keep_heard(caught, note.id)
    assert len(caught.history.events) == before


@pytest.mark.parametrize("goes", [("attend 5 left", "consent 5 audio no"), ("consent 5 no",)], ids=["left", "withdrew"])
async def test_words_of_who_is_gone_without_consent_are_not_written_out(
    caught: Session, machine: Machine, clock: SimulatedClock, goes: tuple[str, ...]
) -> None:
    act(caught, "floor 5 -15s", "floor 3 -9s", *goes)
    async with live(caught, (100, 30)) as (app, pilot):
        await press(pilot, "Q")
        assert "did not consent to audio, or withdrew" in said(app)
        assert machine.asked == []


async def test_words_that_came_are_not_used_once_somebody_in_them_withdrew(caught: Session, machine: Machine) -> None:
    act(caught, "floor 5 -15s", "floor 3 -9s")
    async with live(caught, (100, 30)) as (app, pilot):
        await press(pilot, "Q")
        machine.news = [Words(HEARD)]
        app._tick()
        act(caught, "consent 5 no")
        await press(pilot, "Q")
        assert "did not consent to audio, or withdrew" in said(app)
        assert not app.live.is_typing
