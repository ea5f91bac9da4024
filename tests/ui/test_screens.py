"""Whole screens as text, as they were looked at and accepted; `--snapshot-update` writes them anew."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from kring.domain.decide import decision, recording
from kring.domain.plan import Plan
from kring.plans.file import read_plan_file
from kring.record.status import Status
from kring.rehearsal import playing
from kring.rehearsal.evening import BEFORE_MS
from kring.rehearsal.script import script
from kring.rehearsal.step import MINUTE, SECOND
from kring.session import session as sessions
from kring.session.recording import RecorderState
from kring.session.session import Me, Session
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.system.settings import Settings
from kring.ui.app import KringApp
from kring.ui.desk.app import DeskApp
from kring.ui.review.app import ReviewApp
from ui import study_scenes
from ui.live import press, screen_text

SIZES = ((80, 24), (100, 30), (140, 40))
PLANS = {"nl": "loyaliteit-groep-1.md", "en": "library-visits-group-1.md"}
SESSIONS = Path(__file__).parents[2] / "sessions"
SEED = 3
MOMENTS = {"waiting room": -4 * MINUTE, "talk": 34 * MINUTE + 13 * SECOND, "over": 300 * MINUTE}
"""When the evening stands still, after the planned start."""


class Scene(NamedTuple):
    """Whose screen at which moment, which keys were pressed, and whether kring records."""

    moment: str
    role: str
    keys: tuple[str, ...] = ()
    records: bool = False


SCENES = {
    "moderator": Scene("talk", "moderator"),
    "assistant": Scene("talk", "assistant"),
    "waiting-room": Scene("waiting room", "assistant"),
    "recording": Scene("talk", "moderator", records=True),
    "note-line": Scene("talk", "assistant", ("n", '"te veel gedoe @2 #ge')),
    "help": Scene("talk", "moderator", ("f1",)),
    "palette": Scene("talk", "moderator", ("ctrl+p", "no")),
    "pause": Scene("talk", "moderator", ("f4",)),
    "tests": Scene("waiting room", "assistant", ("K",)),
    "gallery": Scene("talk", "assistant", ("G",)),
    "poll": Scene("talk", "moderator", ("P",)),
    "agreement": Scene("talk", "assistant", ("C",)),
    "proposal": Scene("talk", "moderator", ("V",)),
    "rooms": Scene("talk", "moderator", ("D",)),
    "mirror": Scene("talk", "moderator", ("H",)),
    "sentence": Scene("talk", "moderator", ("S",)),
    "briefing": Scene("talk", "assistant", ("B",)),
    "read-back": Scene("talk", "assistant", ("Y",)),
    "closing": Scene("over", "assistant", ("J",)),
    "end": Scene("talk", "moderator", ("f12",)),
    "review": Scene("over", "researcher"),
    "review-board": Scene("over", "researcher", ("g", "42:10", "enter", "f3")),
    "review-charts": Scene("over", "researcher", ("f5",)),
}


class Evening(NamedTuple):
    """A language, the plan of an evening in it, when that begins (epoch ms), and the folder of its moments."""

    lang: str
    plan: Plan
    start_ms: int
    folder: Path


class Text(SingleFileSnapshotExtension):
    """A file of plain text for each screen."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


class Recorder:
    """A recorder that hears somebody speak, without any sound."""

    def __init__(self, session: Session) -> None:
        session.do(decision(recording.began, "R", "", "", session.state.session.started_at, computer=session.me.device))
        levels = {"level_db": (-22.0,), "peak_db": (-9.0,), "speaking": True, "warnings": (), "free_s": 90_000}
        self.recorder_state = RecorderState("on", Status("R", 1, 1, 48_000, 1, 0, device="", **levels))
        self.tell: Callable[..., None] = print
        self.keeper = None
        self.is_at_rest = False

    def tick(self) -> None:
        """Hear the same as before."""


@pytest.fixture(scope="module", params=PLANS)
def evening(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Evening:
    """A rehearsed evening in one of the languages, as it was at each of the moments."""
    folder = tmp_path_factory.mktemp("evening")
    plan = read_plan_file(SESSIONS / PLANS[request.param])
    start = playing.start_of(plan.plan)
    clock = SimulatedClock(start - BEFORE_MS)
    session = playing.begin(folder / "evening.db", plan.plan, clock, SEED)
    session.store.connection.execute("pragma synchronous = off")
    steps = list(script(plan.plan, SEED))
    for name, moment in MOMENTS.items():
        while steps and steps[0].at_ms <= moment:
            let_pass(clock, session, start + steps[0].at_ms)
            playing.play(session, steps.pop(0), playing.team_of(plan.plan))
        let_pass(clock, session, start + moment)
        session.store.connection.execute("vacuum into ?", (str(folder / f"{name}.db"),))
    session.close()
    return Evening(request.param, plan.plan, start, folder)


def let_pass(clock: SimulatedClock, session: Session, moment: int) -> None:
    """Let time pass, while the program looks around as it does on the screens."""
    while (left := moment - clock.wall_ms()) > 0:
        clock.advance(min(left, 10 * SECOND))
        session.tick()


@pytest.mark.parametrize("name", SCENES)
async def test_screen(name: str, evening: Evening, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    scene = SCENES[name]
    i18n.use(evening.lang)
    app = shown(scene, evening, tmp_path / "evening.db")
    screens = []
    try:
        async with app.run_test(size=SIZES[0]) as pilot:
            await pilot.pause()
            await press(pilot, *scene.keys)
            for columns, rows in SIZES:
                await pilot.resize_terminal(columns, rows)
                await pilot.pause()
                screens.append(framed(f"{columns}\u00d7{rows}", app))
    finally:
        app.session.close()
    assert "\n".join(screens) == snapshot(extension_class=Text)


@pytest.fixture(scope="module", params=PLANS)
def study(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A study in one of the languages, and its folder."""
    folder = tmp_path_factory.mktemp("study")
    study_scenes.lay_out(folder, request.param)
    return request.param, folder


@pytest.mark.parametrize("name", study_scenes.SCENES)
async def test_study_screen(name: str, study: tuple[str, Path], snapshot: SnapshotAssertion) -> None:
    lang, folder = study
    i18n.use(lang)
    make, keys = study_scenes.SCENES[name]
    app, screens = make(folder), []
    async with app.run_test(size=SIZES[0]) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press(*keys)
        for columns, rows in SIZES:
            await pilot.resize_terminal(columns, rows)
            for _settles in range(3):  # the keys take other lines, then the rows above them, under a dialog too
                await pilot.pause()
            screens.append(framed(f"{columns}\u00d7{rows}", app))
    assert "\n".join(screens) == snapshot(extension_class=Text)


def shown(scene: Scene, evening: Evening, file: Path) -> KringApp | ReviewApp:
    """Return the program as it stands in a scene, on a file of its own."""
    shutil.copy(evening.folder / f"{scene.moment}.db", file)
    team = playing.team_of(evening.plan)
    me = {"moderator": team.moderator, "assistant": team.assistant}.get(scene.role, Me("Ria", scene.role, "rehearsal"))
    clock = SimulatedClock(evening.start_ms + MOMENTS[scene.moment])
    session = sessions.resume(file, clock, me, random.Random(SEED).randbytes)
    if scene.role == "researcher":
        return ReviewApp(session, Settings())
    return KringApp(session, Settings(), recordist=Recorder(session) if scene.records else None)


def framed(title: str, app: KringApp | ReviewApp | DeskApp) -> str:
    """Return a screen under its size, without the blanks at the ends of its rows."""
    rows = [row.rstrip() for row in screen_text(app).splitlines()]
    return "\n".join([f"\u2500\u2500\u2500\u2500 {title}", *rows, ""])
