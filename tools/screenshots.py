"""Makes the pictures of the manual: rehearsed sessions, stopped at a moment worth seeing, as SVG in docs/images."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

os.environ.pop("NO_COLOR", None)

from textual.app import App

from kring.domain.decide import decision, recording
from kring.domain.decide.group import observers
from kring.observing.session_file import SessionFile
from kring.plans.file import read_plan_file
from kring.record.status import Status
from kring.rehearsal import demo_study
from kring.rehearsal.evening import BEFORE_MS
from kring.rehearsal.playing import begin, play, start_of, team_of
from kring.rehearsal.script import script
from kring.rehearsal.step import MINUTE, SECOND
from kring.session.recording import RecorderState
from kring.session.session import Me, Session
from kring.study.finding.finding import asked_of
from kring.study.standing import standing
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.system.settings import Settings
from kring.team import codes
from kring.team.sharing import Sharing
from kring.team.status import Status as Level
from kring.team.tasks import Role
from kring.ui.app import KringApp
from kring.ui.desk.app import DeskApp
from kring.ui.observing.app import ObserverApp
from kring.ui.review.app import ReviewApp
from kring.ui.study.finding_model import FindingModel
from kring.ui.study.finding_screen import FindingApp
from kring.ui.study.screen import StudyApp

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SEED = 3
DUTCH, ENGLISH = "loyaliteit-groep-1.md", "library-visits-group-1.md"
NAME_OF_A_PICTURE = re.compile(r"terminal-\d+")  # Textual gives every picture another one
FONTS = re.compile(r"\s*@font-face \{.*?\n    \}", re.DOTALL)  # from the web, which a picture may not load
FAMILY = "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"


class Shot(NamedTuple):
    """One picture: whose screen, how large, in which language and theme, how long after the start, which keys first.

    With `behind` it is taken right behind the next act of that word, such as a cue; `recorded` = kring records,
    `shared` = the assistant works along from another laptop; with `asked` an observer put these questions.
    The researcher's screen is that of the review.
    """

    name: str
    role: str
    columns: int
    rows: int
    lang: str = "nl"
    theme: str = "kring-dark"
    at_ms: int = 34 * MINUTE + 13 * SECOND
    keys: tuple[str, ...] = ()
    behind: str = ""
    recorded: bool = False
    shared: bool = False
    asked: tuple[str, ...] = ()


OBSERVER = "Petra"
ASKED = ("Kent iemand de app van de concurrent?", "Zouden zij meer betalen voor bezorgen?")
SHOTS = (
    Shot("moderator-140x40", "moderator", 140, 40, behind="cue"),
    Shot("assistant-140x40", "assistant", 140, 40),
    Shot("moderator-80x24", "moderator", 80, 24),
    Shot("assistant-80x24", "assistant", 80, 24),
    Shot("moderator-english", "moderator", 140, 40, lang="en", behind="cue"),
    Shot("lead-the-talk", "moderator", 110, 32, lang="en", behind="yield", keys=("m", "space", "S", "t")),
    Shot("moderator-light", "moderator", 120, 34, theme="kring-light"),
    Shot("waiting-room", "assistant", 120, 34, at_ms=-4 * MINUTE),
    Shot("read-back", "moderator", 120, 34, lang="en", behind="correct", keys=("Y",)),
    Shot("debrief", "moderator", 140, 40, at_ms=102 * MINUTE, keys=("J",)),
    Shot("recording", "moderator", 120, 34, recorded=True, behind="cue"),
    Shot("review-board", "researcher", 140, 40, at_ms=300 * MINUTE, keys=("g", *"42:10", "enter", "f3")),
    Shot("review-charts", "researcher", 100, 30, lang="en", at_ms=300 * MINUTE, keys=("f5",)),
    Shot("note-line", "assistant", 100, 30, keys=("n", *'"te veel gedoe @2 #ge')),
    Shot("proposal", "moderator", 140, 40, at_ms=80 * MINUTE, keys=("V",)),
    Shot("poll", "moderator", 140, 40, at_ms=38 * MINUTE, keys=("P",)),
    Shot("agreement", "moderator", 140, 40, at_ms=52 * MINUTE, keys=("C",)),
    Shot("rooms", "assistant", 140, 40, behind="rooms", keys=("D",)),
    Shot("palette", "moderator", 100, 30, keys=("ctrl+p", *"pauze")),
    Shot("end", "moderator", 120, 34, at_ms=84 * MINUTE, keys=("f12",)),
    Shot("sharing", "moderator", 100, 30, shared=True, keys=("ctrl+p", *"delen", "enter")),
    Shot("questions-of-observers", "assistant", 120, 34, asked=ASKED, keys=("ctrl+p", *"meekijkers", "enter")),
    Shot("observing", "observer", 100, 30, asked=ASKED),
)


class StudyShot(NamedTuple):
    """A picture of a screen of the sample study, of 140 by 40: which one, in which theme, which keys first."""

    name: str
    screen: type[DeskApp]
    theme: str = "kring-dark"
    keys: tuple[str, ...] = ()


STUDY_SHOTS = (
    StudyShot("study", StudyApp, theme="kring-light"),
    StudyShot("study-search", FindingApp, keys=(*"kassa", "tab")),
)
LOOKED_AT = date(2026, 11, 30)
"""The day of the pictures of a study."""


def main() -> None:
    """Make every picture anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        write(shot.name, asyncio.run(picture(shot)))
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study"
        i18n.use("nl")
        list(demo_study.play_study(study, SEED))
        for of_study in STUDY_SHOTS:
            write(of_study.name, asyncio.run(picture_of_study(of_study, study)))
    from page_pictures import pictures

    pictures(ROOT / "sessions" / ENGLISH, played, IMAGES)


def write(name: str, drawn: str) -> None:
    """Write a picture of the manual."""
    (IMAGES / f"{name}.svg").write_text(drawn, "utf-8")
    print(f"docs/images/{name}.svg")


async def picture_of_study(shot: StudyShot, folder: Path) -> str:
    """Return a picture of a screen of a study as SVG."""
    settings = Settings(theme=shot.theme)
    look = partial(standing, folder, LOOKED_AT)
    app: DeskApp
    if shot.screen is StudyApp:
        app = StudyApp(look(), look, settings)
    else:
        study = look().folder.study
        app = FindingApp(FindingModel(asked_of(folder, study), study.title, folder / "study.md"), settings)
    async with app.run_test(size=(140, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press(*shot.keys)
        await pilot.pause()
        return cleaned(app.export_screenshot(title=f"kring – {folder.name}"))


async def picture(shot: Shot) -> str:
    """Return a picture as SVG; the same shot gives the same text every time."""
    with tempfile.TemporaryDirectory() as folder:
        session = session_at(shot, Path(folder) / "session.db")
        title = f"kring – {session.state.session.title}"
        try:
            if shot.role != "observer":
                return await drawn(app_of(shot, session), shot, title)
            async with SessionFile(session.store.path, session.clock.clock, "observer") as source:
                return await drawn(ObserverApp(source, OBSERVER, Settings(theme=shot.theme)), shot, title)
        finally:
            session.close()


async def drawn(app: App[None], shot: Shot, title: str) -> str:
    """Return a picture of a program as SVG, once the keys of the shot were pressed."""
    async with app.run_test(size=(shot.columns, shot.rows)) as pilot:
        await pilot.press(*shot.keys)
        await pilot.pause()
        return cleaned(app.export_screenshot(title=title))


def cleaned(drawn: str) -> str:
    """Return a picture that is the same each time, and loads nothing."""
    drawn = FONTS.sub("", NAME_OF_A_PICTURE.sub("terminal", drawn))
    return drawn.replace("Fira Code, monospace", FAMILY).rstrip() + "\n"


class Studio:
    """A recorder that hears somebody speak, without any sound."""

    def __init__(self, session: Session) -> None:
        session.do(decision(recording.began, "R", "", "", session.state.session.started_at, computer=session.me.device))
        levels = {"level_db": (-22.0,), "peak_db": (-9.0,), "speaking": True, "warnings": (), "free_s": 90_000}
        self.recorder_state = RecorderState("on", Status("R", 1, 1, 48_000, 1, 0, device="", **levels))
        self.tell = print
        self.keeper = None

    def tick(self) -> None:
        """Hear the same as before."""


class TwoHouses(Sharing):
    """Sharing with an assistant in another house, without a server; its codes let nobody in."""

    is_on = is_host = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.codes = {role: code_of(role) for role in codes.ROLES}
        self.status = Level("live", others={"assistant": 1})

    def tick(self) -> bool:
        """Stay as it is."""
        return False


def code_of(role: Role) -> str:
    """Return a code that looks like one of a real session."""
    of_role = hashlib.sha256(role.encode()).digest()
    two = of_role[:16], of_role[16:]
    return codes.written(codes.Code(role, "192.168.1.20", 4222, str(UUID(bytes=two[1])), *two))


def app_of(shot: Shot, session: Session) -> KringApp | ReviewApp:
    """Return the program of a shot on its session."""
    settings, team = Settings(theme=shot.theme), team_of(read_plan_file(plan_of(shot)).plan)
    if shot.role == "researcher":
        session.me = Me("Ria", shot.role, session.me.device)
        return ReviewApp(session, settings)
    session.me = team.assistant if shot.role == "assistant" else team.moderator
    studio = Studio(session) if shot.recorded else None
    sharing = TwoHouses(session) if shot.shared else None
    return KringApp(session, settings, plan_of(shot), recordist=studio, sharing=sharing)


def plan_of(shot: Shot) -> Path:
    """Return the plan of the session of a shot."""
    return ROOT / "sessions" / (ENGLISH if shot.lang == "en" else DUTCH)


def session_at(shot: Shot, path: Path) -> Session:
    """Return the session of a shot as it stood at that moment, open in `path`."""
    i18n.use(shot.lang)
    session = played(plan_of(shot), path, shot.at_ms, shot.behind)
    for question in shot.asked:
        session.do_as(Me(OBSERVER, "observer", "observer"), decision(observers.ask, question, question))
    return session


def played(plan_path: Path, path: Path, until_ms: int, behind: str = "") -> Session:
    """Return the session of a simulated group, `until_ms` after its planned start, or behind the next act of a word."""
    found = read_plan_file(plan_path)
    start = start_of(found.plan)
    clock = SimulatedClock(start - BEFORE_MS)
    session = begin(path, found.plan, clock, SEED)
    team = team_of(found.plan)
    for step in script(found.plan, SEED):
        if step.at_ms > until_ms and not behind:
            break
        _go_on(clock, session, start + step.at_ms)
        play(session, step, team)
        if behind and step.at_ms > until_ms and step.line.startswith(f"{behind} "):
            until_ms = step.at_ms + 2 * SECOND
            break
    _go_on(clock, session, start + until_ms)
    return session


def _go_on(clock: SimulatedClock, session: Session, moment: int) -> None:
    """Let time pass, while the program looks around as it does on the screens."""
    while (left := moment - clock.wall_ms()) > 0:
        clock.advance(min(left, 10 * SECOND))
        session.tick()


if __name__ == "__main__":
    main()
