"""Sharing on the live screens: the codes in a dialog, and beside the keys who else has what was done."""

from __future__ import annotations

from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest

from acting import act
from kring.domain.text import Sentence
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system.clock import SimulatedClock
from kring.team.codes import Code, read, written
from kring.team.sharing import Sharing
from kring.team.status import Status
from record.recorded import record
from ui.live import begin, live, press, said, saved, screen_text

CODES: Any = {
    role: written(Code(role, "192.168.1.20", 4222, "0192f3c8-0000-7000-8000-00000000000a", bytes([at]) * 16, bytes(16)))
    for at, role in enumerate(("moderator", "assistant", "observer"))
}


class FakeSharing(Sharing):
    """Sharing without a server: what it is asked for is written down, and it stands as it is told to."""

    def __init__(self, session: Session, *, is_shared: bool = True) -> None:
        super().__init__(session)
        self.asked: list[str] = []
        self._is_shared = is_shared

    @property
    def is_on(self) -> bool:
        return self._is_shared

    @property
    def is_host(self) -> bool:
        return self._is_shared

    def share(self, asked: str = "") -> None:
        self.asked.append(f"share {asked}")
        self._is_shared = True

    def renew(self, role: str) -> Sentence:  # type: ignore[override]
        self.asked.append(f"new {role}")
        return Sentence("The code of the {role} is a new one.", {"role": Sentence(role)})

    def now(self, status: Status | None = None, problem: Sentence | None = None, codes: Any = None) -> None:
        self.status, self.problem, self.codes = status, problem, codes or {}

    def tick(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (None, "only here  saved"),
        (Status("live"), "shared live  saved"),
        (Status("offline", to_send=12), "offline, 12 to send  saved"),
        (Status("refused", why=Sentence("the server has no room left")), "refused: the server has no …  saved"),
    ],
)
async def test_where_acts_are_stands_beside_whether_they_are_saved(
    session: Session, now: Status | None, told: str
) -> None:
    begin(session)
    sharing = FakeSharing(session)
    sharing.now(now)
    async with live(session, sharing=sharing) as (app, _pilot):
        app._tick()
        assert f" {told} " in saved(app)


async def test_who_shares_nothing_sees_nothing_of_it(session: Session) -> None:
    begin(session)
    async with live(session, sharing=Sharing(session)) as (app, _pilot):
        assert not any(word in saved(app) for word in ("only here", "live", "offline"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_codes_stand_whole_in_the_dialog(session: Session, size: tuple[int, int]) -> None:
    begin(session)
    sharing = FakeSharing(session, is_shared=False)
    async with live(session, size, sharing=sharing) as (app, pilot):
        app.live.runner.run(app.live.commands.named("share"))
        await pilot.pause()
        assert sharing.asked == ["share "]
        assert "The server starts" in screen_text(app)
        sharing.now(Status("live"), codes=CODES)
        app._tick()
        await pilot.pause()
        shown = screen_text(app)
        for code in CODES.values():
            assert all(group in shown for group in code.split("-"))
        assert "Enter copy" in shown
        await press(pilot, "q")
        assert "█▀▀▀▀▀█" in screen_text(app)
        await press(pilot, "\x1b", "\x1b")
        assert app.screen is app.live


async def test_codes_that_were_given_out_are_not_shown_again_over_the_talk(session: Session) -> None:
    begin(session)
    sharing = FakeSharing(session)
    async with live(session, sharing=sharing) as (app, _):
        assert app.screen is not app.live  # they are new: somebody is to have them
    sharing.is_again = True
    async with live(session, sharing=sharing) as (app, _):
        assert app.screen is app.live


async def test_a_code_is_copied_and_made_a_new_one_when_that_is_meant(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(session)
    sharing = FakeSharing(session)
    sharing.now(Status("live"), codes=CODES)
    async with live(session, sharing=sharing) as (app, pilot):
        copied: list[str] = []
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        app.live.runner.run(app.live.commands.named("share"))
        await press(pilot, "down", "\n")
        assert read(copied[0]).role == "moderator"
        await press(pilot, "down", "\n")
        assert copied[1] == f"kring observe {CODES['observer']}"
        await press(pilot, "up", "n", "up", "n")
        assert sharing.asked == []
        await press(pilot, "n")
        assert sharing.asked == ["new assistant"]


async def test_why_nobody_can_join_is_said(session: Session) -> None:
    begin(session)
    sharing = FakeSharing(session)
    async with live(session, sharing=sharing) as (app, pilot):
        sharing.hear(Sentence("Nobody answers at {address}.", {"address": "x"}))
        assert said(app) == "Nobody answers at x."
        sharing.now(None, Sentence("Nobody answers at {address}.", {"address": "x"}))
        app._tick()
        await pilot.pause()
        assert "! Nobody answers at x." in screen_text(app).replace("\u00a0", " ")


async def test_a_key_for_recordings_says_that_there_are_none(session: Session) -> None:
    begin(session)
    sharing = FakeSharing(session)
    sharing.now(Status("live"), codes=CODES)
    async with live(session, sharing=sharing) as (app, pilot):
        app.live.runner.run(app.live.commands.named("share"))
        for key, told in (("s", "No recordings lie here."), ("f", "No recordings lie here."), ("x", "under way")):
            await press(pilot, key)
            assert told in screen_text(app)


async def test_a_rehearsal_is_not_shared(session: Session) -> None:
    begin(session)
    async with live(session) as (app, _pilot):
        app.live.runner.run(app.live.commands.named("share"))
        assert said(app) == "? Nothing is shared in a rehearsal."


async def test_what_the_others_do_is_shown_without_waiting_for_the_tick(
    session: Session, clock: SimulatedClock
) -> None:
    begin(session)
    sharing = FakeSharing(session)
    sharing.now(Status("live"), codes=CODES)
    async with live(session, sharing=sharing) as (app, _pilot):
        other = sessions.resume(session.store.path, clock, Me("Bo", "assistant", "b" * 16))
        with closing(other):
            act(other, "note van ver")
            app._hear()
            assert "van ver" in screen_text(app)
            app._hearing_s = 10.0  # the last look took so long that the screen has other things to do
            act(other, "note nog een")
            app._hear()
            assert "nog een" not in screen_text(app)


async def test_recordings_are_sent_fetched_and_stopped_in_the_window(
    session: Session, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(session)
    sharing = FakeSharing(session)
    sharing.now(Status("live"), codes=CODES)
    asked: list[str] = []
    monkeypatch.setattr(FakeSharing, "carry", lambda _self, *, sends: asked.append(f"sends {sends}"))
    monkeypatch.setattr(FakeSharing, "stop_carrying", lambda _self: asked.append("stop"))
    async with live(session, size=(80, 24), sharing=sharing) as (app, pilot):
        await press(pilot, "ctrl+p", "share", "enter", "s")
        assert asked == []
        record(session, clock, lasting=(1,))
        await press(pilot, "s")
        assert "The recordings that are here are being sent" in screen_text(app)
        await press(pilot, "f")
        told = Sentence("Recordings: {done} of {whole} MB.", {"done": 2, "whole": 9})
        sharing._recordings = SimpleNamespace(told=told, look=list, is_over=False)  # type: ignore[assignment]
        app._tick()
        assert "Recordings: 2 of 9 MB." in screen_text(app)
        await press(pilot, "x")
        assert asked == ["sends True", "sends False", "stop"]
