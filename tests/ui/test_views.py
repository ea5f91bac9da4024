"""Every panel at every size, with texts that want to break it and plans that lack something."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from acting import act
from conftest import make_plan
from kring.domain.plan import GuideItem, Plan, PlannedCheck, PlannedParticipant
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.ui.widgets.line import cells
from ui.live import Make, begin, live, press, screen_text

SIZES = [(80, 24), (100, 30), (140, 40), (59, 15), (40, 10), (200, 60)]
HOSTILE = (
    "[b]vet[/b] [/ [link=x]",
    "\x1b]0;titel\x07 \x1b[2J \x9b31m",
    "omge\u202edraaid\u2066 en \u200fom",
    "👩\u200d👩\u200d👧\u200d👦 een familie",
    "日本語のとても長い文章です",
    "n\u0303o\u0308g\u0300 \ufeff\u200b leeg",
    "{naam} %s {0} {{",
    "a\x00b \x7f c",
)
FORBIDDEN = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2066)]


@pytest.fixture
def open_plan(tmp_path: Path, clock: SimulatedClock) -> Callable[[Plan, str], Session]:
    def opened(plan: Plan, role: str) -> Session:
        me = Me("Els", role, "device")
        return sessions.begin(tmp_path / f"{role}.db", plan, clock, me, random.Random(1).randbytes, ("UTC", 0))

    return opened


def check_screen(text: str, size: tuple[int, int]) -> None:
    rows = text.splitlines()
    assert len(rows) == size[1]
    assert all(cells(row) == size[0] for row in rows), [row for row in rows if cells(row) != size[0]]
    assert not [mark for mark in FORBIDDEN if mark in text.replace("\n", "")]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_question_clock_and_floor_are_in_sight_at_every_size(
    make_session: Make, clock: SimulatedClock, size: tuple[int, int], role: str, lang: str
) -> None:
    i18n.use(lang)
    session = make_session("Els", role)
    begin(session)
    act(session, "go 2.1", "floor 3", 'note "te duur" #prijs', "issue P4 geluid", "cue P6 wil iets zeggen")
    clock.advance(61_000)
    async with live(session, size) as (app, _pilot):
        shown = screen_text(app)
        check_screen(shown, size)
        assert "Vertel eens" in shown
        assert "0:01:01" in shown
        assert "19:31" in shown
        assert "Fatima" in shown
        assert "P6 wil iets zeggen" in shown
        assert "19:30:00" in shown.splitlines()[-1]


@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_every_size_after_every_other_while_typing(make_session: Make, role: str) -> None:
    session = make_session("Els", role)
    begin(session)
    act(session, "floor 3", "note een", "cue kom")
    async with live(session) as (app, pilot):
        await press(pilot, "n", "half")
        for size in (*SIZES, *reversed(SIZES)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await press(pilot, "x")
            shown = screen_text(app)
            check_screen(shown, size)
            assert "halfx" in shown
            assert "Wie bent u?" in shown
        assert app.live.is_typing
        assert app.live.line.value == "half" + "x" * 2 * len(SIZES)


@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize("tab", range(4))
async def test_texts_that_want_to_break_the_screen(
    open_plan: Callable[[Plan, str], Session], role: str, tab: int
) -> None:
    long = "lang " * 2000
    guide = [GuideItem(id="s", kind="section", text=HOSTILE[0], number="1", planned_s=60)]
    guide += [
        GuideItem(id=f"q{place}", parent="s", kind="question", text=text, number=f"1.{place}")
        for place, text in enumerate((*HOSTILE, long), 1)
    ]
    guide += [GuideItem(id=f"p{place}", parent="q1", kind="probe", text=text) for place, text in enumerate(HOSTILE)]
    plan = Plan(
        title=HOSTILE[1],
        assistant_phone=HOSTILE[0],
        guide=tuple(guide),
        checks=tuple(PlannedCheck(id=f"c{n}", phase="during", text=text) for n, text in enumerate((*HOSTILE, long))),
        participants=tuple(
            PlannedParticipant(code=f"P{seat}", name=text, seat=seat, segment=text)
            for seat, text in enumerate(HOSTILE, 1)
        ),
    )
    session = open_plan(plan, role)
    begin(session)
    act(session, *(f"note {text} #tag" for text in (*HOSTILE, long)), *(f"issue @3 {text}" for text in HOSTILE))
    act(
        session,
        *(f"cue {text}" for text in (HOSTILE[1], HOSTILE[3], long[:9000])),
        "floor 4",
        "hand 5",
        "attend 3 away [b]",
    )
    async with live(session, (80, 24)) as (app, pilot):
        for _ in range(tab):
            await press(pilot, "tab")
        check_screen(screen_text(app), (80, 24))
        for keys in (["f2"], ["g"], ["escape"], ["f1"], ["escape"], ["p"], ["escape"], ["a", "4"], ["escape"]):
            await press(pilot, *keys)
            check_screen(screen_text(app), (80, 24))
        await press(pilot, "n", *HOSTILE[4], "escape", "/", "familie", "enter")
        check_screen(screen_text(app), (80, 24))
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        check_screen(screen_text(app), (140, 40))
    session.close()


@pytest.mark.parametrize(
    ("size", "role"),
    [((80, 24), "moderator"), ((80, 24), "assistant"), ((140, 40), "assistant"), ((40, 10), "moderator")],
)
@pytest.mark.parametrize("kind", ["nobody", "fifteen", "empty", "questions", "untitled"])
async def test_plans_that_lack_something_or_have_too_much(
    open_plan: Callable[[Plan, str], Session], kind: str, role: str, size: tuple[int, int]
) -> None:
    whole = make_plan()
    fifteen = tuple(PlannedParticipant(code=f"P{seat}", name=f"Naam{seat}", seat=seat) for seat in range(1, 16))
    section = GuideItem(id="s", kind="section", text="", planned_s=600)
    many = tuple(
        GuideItem(id=f"q{n}", parent="s", kind="question", text=f"Vraag {n}", number=f"1.{n}") for n in range(1, 201)
    )
    plans: dict[str, Plan] = {
        "nobody": Plan(title="leeg", guide=whole.guide),
        "fifteen": Plan(title="veel", guide=whole.guide, participants=fifteen),
        "empty": Plan(title="", participants=whole.participants),
        "questions": Plan(title="lang", guide=(section, *many), participants=whole.participants),
        "untitled": Plan(guide=(GuideItem(id="s", kind="section", text=""), *many[:2])),
    }
    session = open_plan(plans[kind], role)
    act(session, "start anyway")
    async with live(session, size) as (app, pilot):
        for keys in ("f2", "f2", "3", "space", "f4", "f4", "tab", "tab", "g", "escape", "p", "escape", "a", "escape"):
            await press(pilot, keys)
            check_screen(screen_text(app), size)
        if kind == "fifteen":
            assert all(f"Naam{seat}" in screen_text(app) for seat in range(1, 16)) or size == (40, 10)
        await press(pilot, "f12", "y")
        check_screen(screen_text(app), size)
    session.close()


@pytest.mark.parametrize(("planned_s", "told"), [(90, "1.5 min"), (30, "0.5 min"), (120, "2 min")])
async def test_the_time_of_what_is_up_next_is_not_cut_off(
    open_plan: Callable[[Plan, str], Session], planned_s: int, told: str
) -> None:
    section = GuideItem(id="s", kind="section", text="A", number="1", planned_s=600)
    asked = GuideItem(id="q1", parent="s", kind="question", text="Vraag 1", number="1.1")
    upcoming = GuideItem(id="q2", parent="s", kind="question", text="Vraag 2", number="1.2", planned_s=planned_s)
    session = open_plan(Plan(title="kort", guide=(section, asked, upcoming)), "moderator")
    act(session, "start anyway", "next")
    async with live(session, (140, 40)) as (app, _pilot):
        assert f"Vraag 2   {told}" in screen_text(app)
    session.close()
