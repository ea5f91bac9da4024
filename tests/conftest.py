"""What every test may use: a clock that stands still, a plan, a session on a real file, the text of a screen."""

from __future__ import annotations

import gc
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings

from kring.domain.plan import GuideItem, Plan, PlannedCheck, PlannedParticipant
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store.making import making
from kring.system import i18n
from kring.system.clock import SimulatedClock

if TYPE_CHECKING:
    from browser import Browser

BUSY = [HealthCheck.too_slow]  # how busy the computer is says nothing about a law
settings.register_profile("laws", deadline=None, max_examples=20, suppress_health_check=BUSY)
settings.register_profile("proofs", deadline=None, max_examples=500, suppress_health_check=BUSY)
settings.load_profile(os.environ.get("LAWS", "laws"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return one worker more than there are processors: tests of sound and of processes wait for real time."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Let no test look for garbage among twelve thousand others."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)  # what tests leave behind is little, and is looked for too often


START_MS = 1_796_326_200_000  # 2026-12-03 19:30 UTC

NAMES = ("Joost", "Anna", "Fatima", "Piet", "Samira", "Kees", "Els", "Noor")


def make_plan() -> Plan:
    """A small plan with everything in it that a session can touch."""
    return Plan(
        title="Loyaliteit groep 1",
        language="nl",
        form="online",
        starts_at="2026-12-03T19:30",
        planned_min=60,
        link="https://vergadering.example/123",
        assistant_phone="06-00000000",
        moderator="Els",
        assistant="Bo",
        source="plan.md",
        guide=(
            GuideItem(id="welkom", kind="section", text="Welkom", number="1", planned_s=480),
            GuideItem(
                id="wie", parent="welkom", kind="question", text="Wie bent u?", number="1.1", question_kind="opening"
            ),
            GuideItem(id="ervaring", kind="section", text="Ervaringen", number="2", planned_s=1500),
            GuideItem(
                id="laatste",
                parent="ervaring",
                kind="question",
                text="Vertel eens over de laatste keer",
                number="2.1",
                question_kind="key",
                must_ask=True,
            ),
            GuideItem(id="goed", parent="laatste", kind="probe", text="wat ging goed"),
            GuideItem(id="fout", parent="laatste", kind="probe", text="wat ging fout"),
            GuideItem(id="cijfer", parent="ervaring", kind="question", text="Welk cijfer geeft u?", number="2.2"),
            GuideItem(id="peiling", parent="cijfer", kind="poll", text="Cijfer", options=tuple(map(str, range(11)))),
            GuideItem(id="pauze", kind="break", text="Pauze", number="3", planned_s=600),
            GuideItem(id="slot", kind="section", text="Afsluiting", number="4", planned_s=600),
            GuideItem(id="stim", parent="slot", kind="stimulus", text="Concept", label="A", file="a.png"),
            GuideItem(id="vergeten", parent="slot", kind="question", text="Wat vergaten we?", number="4.1"),
        ),
        checks=(
            PlannedCheck(id="link", phase="half_hour_before", text="link gestuurd"),
            PlannedCheck(id="opname", phase="start", text="opname loopt", gate=True),
            PlannedCheck(
                id="techniek", phase="start", text="per deelnemer", per_participant=True, parts=("camera", "microfoon")
            ),
            PlannedCheck(id="bewaard", phase="after", text="opname bewaard"),
        ),
        participants=tuple(
            PlannedParticipant(code=f"P{seat}", name=name, seat=seat, segment="trouw")
            for seat, name in enumerate(NAMES, 1)
        ),
    )


@pytest.fixture
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START_MS)


@pytest.fixture(autouse=True, scope="session")
def sound_server_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Who looks for microphones with a home of its own would leave a folder of the sound server in /tmp each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PULSE_RUNTIME_PATH", str(tmp_path_factory.mktemp("pulse")))
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English, the language of the message keys."""
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(scope="session")
def one_browser() -> Iterator[Browser]:
    """The Chromium of all tests of a process: to start one takes as long as ten pages."""
    from browser import Browser

    with Browser() as one:
        yield one


@pytest.fixture(scope="module")
def browser(one_browser: Browser) -> Iterator[Browser]:
    yield one_browser
    one_browser.forget_pages()


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Plan, SimulatedClock, int], tuple[Path, Any]]:
    """Return the file of a session that was begun, made once to be copied, and how chance goes on after that."""
    folder = tmp_path_factory.mktemp("begun")
    made: dict[tuple[object, ...], tuple[Path, Any]] = {}

    def file_of(plan: Plan, clock: SimulatedClock, seed: int) -> tuple[Path, Any]:
        key = (msgspec.json.encode(plan), clock.boot, clock.wall_ms(), clock.elapsed_ms(), clock.awake_ms(), seed)
        if key not in made:
            path, chance = folder / f"{len(made)}.db", random.Random(seed)
            with making(path) as draft:
                Session(draft, clock, Me("Bo", "assistant", "device"), chance.randbytes).begin(plan, "UTC", 0)
            made[key] = path, chance.getstate()
        return made[key]

    return file_of


@pytest.fixture(scope="session")
def begin_session(
    begun: Callable[[Plan, SimulatedClock, int], tuple[Path, Any]],
) -> Callable[[Path, SimulatedClock], Session]:
    """Begin a session for several tests, which they copy."""

    def begin(path: Path, clock: SimulatedClock) -> Session:
        new, goes_on = begun(make_plan(), clock, 0)
        chance = random.Random()
        chance.setstate(goes_on)
        return sessions.resume(Path(shutil.copy(new, path)), clock, Me("Bo", "assistant", "device"), chance.randbytes)

    return begin


@pytest.fixture
def make_session(
    tmp_path: Path,
    plan: Plan,
    clock: SimulatedClock,
    begun: Callable[[Plan, SimulatedClock, int], tuple[Path, Any]],
) -> Iterator[Callable[..., Session]]:
    """Make (or, called again, open a second time) the session of a test, on a real file."""
    opened: list[Session] = []

    def make(name: str = "Bo", role: str = "assistant", path: Path | None = None, seed: int | None = None) -> Session:
        file = path or tmp_path / "session.db"
        number = len(opened) if seed is None else seed
        chance = random.Random(number)
        if not file.exists():
            new, goes_on = begun(plan, clock, number)
            shutil.copy(new, file)
            chance.setstate(goes_on)
        opened.append(sessions.resume(file, clock, Me(name, role, "device"), chance.randbytes))
        return opened[-1]

    yield make
    for session in opened:
        session.close()


@pytest.fixture
def session(make_session: Callable[..., Session]) -> Session:
    return make_session()
