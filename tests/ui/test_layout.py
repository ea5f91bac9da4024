"""Where the panels stand: at every size the sentence, the time, the floor and the cues have their rows."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acting import act
from kring.domain.measures.questions import all_asked, is_asked
from kring.domain.plan import GuideItem, Plan, PlannedParticipant
from kring.domain.text import Refused
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system.clock import SimulatedClock
from kring.ui.live.layout import BANDS, Frame, Wish, framed
from kring.ui.views import card, digits, guide, top
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import plain, width

SIZES = [(60, 16), (80, 24), (100, 30), (113, 30), (140, 40), (200, 60)]
ROLES = ["moderator", "assistant"]
LONG = (
    "Stelt u zich voor dat u aan de kassa staat, er staan vier mensen achter u en de caissière vraagt of u uw punten "
    "wilt inwisselen. Vertel wat u dan denkt, wat u zegt en wat er daarna gebeurt, ook als u de kaart niet bij u had."
)
NAMES = ["Joost", "Anna", "Fatima", "Piet", "Samira", "Maximiliaan", "Els", "Noor", "Rachida", "Tom", "Willem", "Yara"]


def planned(title: str = LONG, seats: int = 8, probes: int = 3) -> Plan:
    """Return a plan of two sections, with a question that has probes and an instruction."""
    guide_items = [
        GuideItem(id="a", kind="section", text="Welkom", number="1", planned_s=480),
        GuideItem(id="a1", parent="a", kind="question", text="Wie bent u?", number="1.1"),
        GuideItem(id="b", kind="section", text="Ervaringen", number="2", planned_s=1500),
        GuideItem(id="b1", parent="b", kind="question", text=title, number="2.1", planned_s=300),
        GuideItem(id="b2", parent="b1", kind="instruction", text="Stilte laten vallen."),
        *[GuideItem(id=f"p{n}", parent="b1", kind="probe", text=f"doorvraag nummer {n}") for n in range(probes)],
        GuideItem(id="b3", parent="b", kind="question", text="En dan?", number="2.2", must_ask=True),
        GuideItem(id="c", kind="break", text="Pauze", number="3", planned_s=600),
    ]
    people = [PlannedParticipant(code=f"P{n}", name=name, seat=n) for n, name in enumerate(NAMES[:seats], 1)]
    return Plan(title="Groep 1", guide=tuple(guide_items), participants=tuple(people), planned_min=90)


@pytest.fixture
def opened(tmp_path: Path, clock: SimulatedClock) -> Callable[..., Session]:
    def open_(plan: Plan, *lines: str) -> Session:
        me = Me("Els", "moderator", "device")
        session = sessions.begin(tmp_path / "s.db", plan, clock, me, random.Random(1).randbytes, ("UTC", 0))
        people = ["attend all present"] * bool(plan.participants)
        act(session, *people, "start anyway", *lines)
        return session

    return open_


def frame_of(session: Session, role: str, size: tuple[int, int], **wish: bool) -> Frame:
    return framed(role, LiveMoment(session.state, session.now()), Wish(*size, "notes", **wish))


def text(frame: Frame, name: str) -> str:
    return "\n".join(plain(row) for row in frame.lines[name])


def sentence(frame: Frame) -> str:
    """Return what the card says as one line, without its edge."""
    spans = [span for row in frame.lines["card"] for span in row[1:]]
    told = "".join(said if "current" in look else " " for said, look in spans)
    return "".join(" " if mark in "▀▄█━▌" else mark for mark in told)


@pytest.mark.parametrize("seats", [0, 1, 8, 12])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_sentence_is_whole_and_the_floor_and_a_cue_have_rows(
    opened: Callable[..., Session], size: tuple[int, int], seats: int
) -> None:
    lines = ["go 2.1", "cue P6 wil iets zeggen"] + ["floor 1"] * bool(seats)
    frame = frame_of(opened(planned(seats=seats), *lines), "moderator", size)
    words = LONG.split()
    drawn = " ".join(sentence(frame).split())
    if size == (60, 16):
        assert "more rows" in text(frame, "card") or all(word in drawn for word in words)
    else:
        assert " ".join(words) in drawn.replace("- ", "-")
    heights = frame.arrangement.heights
    assert {"card", "cues"} | ({"floor"} if seats else set()) <= frame.arrangement.shown
    floor_rows = heights["floor"]
    assert isinstance(floor_rows, int)
    assert floor_rows >= (seats + 1) // 2
    assert "P6 wil iets zeggen" in text(frame, "cues")
    assert digits.large(300_000)[1][:3] in text(frame, "card")


@pytest.mark.parametrize("role", ROLES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    columns=st.integers(60, 200),
    rows=st.integers(16, 60),
    unfolded=st.booleans(),
)
def test_what_is_fixed_fits_the_screen(
    opened_once: Session, role: str, columns: int, rows: int, unfolded: bool
) -> None:
    frame = frame_of(opened_once, role, (columns, rows), is_unfolded=unfolded)
    heights = frame.arrangement.heights
    boxes = ("left", "right", "card", "under", "floor", "cues", "checks", "issues", "surface")
    fixed = [height for name, height in heights.items() if name not in boxes and isinstance(height, int)]
    assert sum(fixed) <= rows - BANDS + (role == "assistant")
    for name in ("card", "under", "cues"):
        room = frame.arrangement.widths["left" if name != "cues" else "right"]
        room = columns if room == "1fr" else int(room)
        assert all(width(row) <= room for row in frame.lines.get(name, []))


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A session with a long question, twelve people and a cue."""
    me, clock = Me("Els", "moderator", "device"), SimulatedClock(1_796_322_600_000)
    file = tmp_path_factory.mktemp("frame") / "s.db"
    session = sessions.begin(file, planned(seats=12), clock, me, random.Random(1).randbytes, ("UTC", 0))
    act(session, "attend all present", "start anyway", "go 2.1", "cue kom", "issue P3 geluid", "note een")
    return session


def test_what_matters_less_folds_first(opened: Callable[..., Session]) -> None:
    session = opened(planned(), "go 2.1")
    seen = [frame_of(session, "moderator", (80, rows)) for rows in range(60, 15, -1)]
    probes = ["doorvraag nummer 2" in text(frame, "under") for frame in seen]
    instructions = ["Stilte laten vallen" in text(frame, "card") for frame in seen]
    assert probes == sorted(probes, reverse=True)
    assert instructions == sorted(instructions, reverse=True)
    assert sum(probes) <= sum(instructions)
    assert probes[0]
    assert not instructions[-1]
    assert all(" ".join(LONG.split())[:40] in " ".join(sentence(frame).split()) for frame in seen)


def test_unfolded_everything_that_comes_with_the_question_is_in_sight(opened: Callable[..., Session]) -> None:
    session = opened(planned("Kort?"), "go 2.1")
    assert "doorvraag nummer 2" not in text(frame_of(session, "moderator", (60, 17)), "under")
    unfolded = frame_of(session, "moderator", (60, 17), is_unfolded=True)
    assert "doorvraag nummer 2" in text(unfolded, "under")
    assert "Stilte laten vallen" in text(unfolded, "card")


@pytest.mark.parametrize("columns", [60, 80, 140, 200])
def test_no_cell_of_the_top_line_moves(opened: Callable[..., Session], clock: SimulatedClock, columns: int) -> None:
    session = opened(planned(), "go 2.1")
    places = set()
    for happens in ("floor 2", "issue P3 geluid", "recording", "pause", "floor 1"):
        clock.advance(61_000)
        act(session, happens)
        told = plain(top.top_line(LiveMoment(session.state, session.now()), columns))
        assert len(told) == columns
        places.add((told.index("0:0"), told.index("→" if columns < 126 else "end "), told.index("8/8")))
    assert len(places) == 1


def test_behind_and_ahead_are_words_without_a_sign(opened: Callable[..., Session], clock: SimulatedClock) -> None:
    session = opened(planned(), "go 1.1")
    told = []
    for minutes in (0, 58, 8, 12):
        clock.advance(minutes * 60_000)
        told.append(plain(top.top_line(LiveMoment(session.state, session.now()), 140))[35:50].strip())
    assert [one.split()[1] for one in told] == ["ahead", "behind", "behind", "behind"]
    assert not any(mark in one for one in told for mark in "+-−")


@pytest.mark.parametrize("ms", [0, 59_999, 60_000, 3_599_000, 3_600_000, 36_000_000])
def test_large_digits_are_three_rows_of_one_width(ms: int) -> None:
    rows = digits.large(ms)
    assert len(rows) == digits.ROWS
    assert len({len(row) for row in rows}) == 1
    assert len(rows[0]) <= digits.WIDEST


@pytest.mark.parametrize(
    ("acts", "ms", "word", "shown", "needs"),
    [
        (("go 2.1",), 0, "left", 25 * 60_000, False),
        (("go 2.1",), 24 * 60_000 + 1_000, "left", 59_000, True),
        (("go 2.1",), 26 * 60_000, "over", 60_000, True),
        (("go 3",), 60_000, "left", 9 * 60_000, False),
        (("go 2.1", "pause"), 60_000, "pause", 60_000, False),
    ],
)
def test_the_time_of_the_card(
    opened: Callable[..., Session],
    clock: SimulatedClock,
    acts: tuple[str, ...],
    ms: int,
    word: str,
    shown: int,
    needs: bool,
) -> None:
    session = opened(planned(), *acts)
    clock.advance(ms)
    drawn = card.draw(LiveMoment(session.state, session.now()), 78, card.CardLook())
    told = "\n".join(plain(row) for row in drawn)
    assert word in told
    assert all(row in told for row in digits.large(shown))
    assert needs == any("▀" in said and "soon" in look for row in drawn for said, look in row)
    if acts == ("go 3",):
        assert "Pauze, back at" in told


def test_a_question_counts_down_its_own_time(opened: Callable[..., Session], clock: SimulatedClock) -> None:
    session = opened(planned(), "go 2.1")
    clock.advance(60_000)
    first = plain(card.draw(LiveMoment(session.state, session.now()), 78, card.CardLook())[1])
    assert "4:00 left of 5:00" in first
    clock.advance(270_000)
    first = plain(card.draw(LiveMoment(session.state, session.now()), 78, card.CardLook())[1])
    assert "0:30 over" in first


def test_sections_stand_on_one_line_with_their_times(opened: Callable[..., Session], clock: SimulatedClock) -> None:
    session = opened(planned(), "go 1.1")
    clock.advance(8 * 60_000)
    act(session, "go 2.1")
    clock.advance(60_000)
    told = plain(guide.sections(LiveMoment(session.state, session.now()), 140))
    assert "✓ 1 Welkom 8:00" in told
    assert "▸ 2 Ervaringen 1:00" in told
    assert "3 Pauze 20:03" in told
    assert plain(guide.sections(LiveMoment(session.state, session.now()), 20)) == ""


@pytest.mark.parametrize(
    ("acts", "signs"),
    [
        ((), ["", "", ""]),
        (("go 1.1",), ["▸", "", ""]),
        (("asked 1.1", "go 3"), ["○", "!", "▸"]),
        (("go 1.1", "asked 1.1", "go 3"), ["✓", "!", "▸"]),
        (("go 1.1", "go 2.2", "skip 1.1", "asked 2.2", "go 3"), ["✓", "○", "▸"]),
        (("go 2.2", "asked 2.2", "asked 2.1", "go 3"), ["○", "✓", "▸"]),
        (("go 2.1", "go 1.1"), ["▸", "!", ""]),
        (("go 2.1", "end"), ["○", "!", "○"]),
        (("go 1.1", "asked 1.1", "skip 3", "end"), ["✓", "!", "–"]),
    ],
    ids=str,
)
def test_a_section_is_ticked_only_where_nothing_in_it_is_left(
    opened: Callable[..., Session], acts: tuple[str, ...], signs: list[str]
) -> None:
    session = opened(planned(), *acts)
    told = plain(guide.sections(LiveMoment(session.state, session.now()), 200))
    assert re.findall(r"([▸✓!○–]?) \d? ?(?:Welkom|Ervaringen|Pauze)", told) == signs


@pytest.mark.parametrize("waits", [(4, 6, 4, 5, 20), (6, 6, 6, 6, 6), (1, 1, 1, 1, 1), (5, 4, 30, 2, 9)], ids=str)
def test_one_look_at_the_visits_finds_what_was_asked(
    opened: Callable[..., Session], clock: SimulatedClock, waits: tuple[int, ...]
) -> None:
    session = opened(planned())
    for line, seconds in zip(("go 1.1", "go 2.1", "unask 2.1", "go 2.2", "go 1.1"), waits, strict=True):
        with suppress(Refused):
            act(session, line)
        clock.advance(seconds * 1000)
        now = session.now()
        asked = {row.id for row in session.state.guide.values() if is_asked(session.state, row, now)}
        assert all_asked(session.state, now) == asked


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=str)
def test_before_the_talk_the_assistant_reads_who_is_in(
    tmp_path: Path, clock: SimulatedClock, size: tuple[int, int]
) -> None:
    me = Me("Bo", "assistant", "device")
    session = sessions.begin(tmp_path / "s.db", planned(seats=3), clock, me, random.Random(1).randbytes, ("UTC", 0))
    act(session, "doors", "attend 1 present")
    assert "1 of 3 are in. Not yet: Anna, Fatima." in text(frame_of(session, "assistant", size), "guide")
