"""What is asked with keys: names beside digits, whom the second step is about, and keys that keep what they showed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acting import act
from kring.commands.command import Choice
from kring.domain.plan import Plan, PlannedCheck
from kring.session import session as sessions
from kring.session.roles import take_other_role
from kring.session.session import Me, Session
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.ui.app import KringApp
from kring.ui.prompt import KeyQuestion
from ui.live import Make, begin, live, press, said, screen_text

SIZES = [(60, 16), (80, 24), (100, 30), (140, 40)]
Both = tuple[Session, Session]


@pytest.fixture
def both(make_session: Make) -> Both:
    """The moderator, whose screen is looked at, and the assistant, in one talk."""
    moderator, assistant = make_session("Els", "moderator"), make_session("Bo", "assistant")
    begin(moderator)
    return moderator, assistant


def bar(app: KringApp) -> str:
    return "".join(text for row in app.live.status.keys.lines for text, _look in row)


def seen(app: KringApp, session: Session) -> None:
    """Let the screen notice what others did."""
    session.tick()
    app._tick()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["a", "h", ".", "T", "i"])
async def test_every_seat_has_its_name(session: Session, size: tuple[int, int], key: str) -> None:
    begin(session)
    async with live(session, size) as (app, pilot):
        await press(pilot, key)
        told = said(app)
        for seat, name in enumerate(("Jo", "An", "Fa", "Pi", "Sa", "Ke", "El", "No"), 1):
            assert f"{seat} {name}" in told


@pytest.mark.parametrize(
    ("keys", "whom"),
    [
        (("a", "3"), "Fatima › "),
        (("a", "A"), "everybody › "),
        (("a", "\n", "2, 4\n"), "Anna, Piet › "),
        (("T", "5"), "Samira › "),
        (("T", "A"), "everybody › "),
    ],
)
async def test_the_second_step_says_about_whom(session: Session, keys: tuple[str, ...], whom: str) -> None:
    begin(session)
    async with live(session) as (app, pilot):
        await press(pilot, *keys)
        assert said(app).startswith(whom)


async def test_probes_say_of_which_question_they_are(session: Session) -> None:
    begin(session)
    act(session, "go 2.1")
    async with live(session) as (app, pilot):
        await press(pilot, "p")
        assert said(app).startswith("2.1 probe › 1 wat ging goed  2 wat ging fout")


async def test_the_bar_names_only_what_works_while_something_is_asked(session: Session) -> None:
    begin(session)
    async with live(session, (140, 40)) as (app, pilot):
        assert "1-8 speaks" in bar(app)
        await press(pilot, "a")
        assert "speaks" not in bar(app)
        assert bar(app).startswith(" Enter type several: 2, 4  Esc leave it ")
        await press(pilot, "3")
        assert bar(app).startswith(" Esc leave it ")
        await press(pilot, "\x1b")
        assert "1-8 speaks" in bar(app)


@pytest.mark.parametrize(("lines", "key"), [(("issue P4 geluid",), "v"), (("go 2.1",), "p"), (("go 4.1",), "w")])
async def test_one_candidate_is_asked_for_too_so_a_digit_gives_nobody_the_floor(
    session: Session, lines: tuple[str, ...], key: str
) -> None:
    begin(session)
    act(session, *lines)
    async with live(session) as (app, pilot):
        before = len(session.history.events)
        await press(pilot, key)
        assert len(session.history.events) == before
        assert app.live.status.is_asked
        await press(pilot, "1")
        assert len(session.history.events) == before + 1
        assert session.state.open_turn is None


async def test_who_did_something_is_named_once(both: Both) -> None:
    mine, others = both
    async with live(mine) as (app, _pilot):
        for act_of_other, told in (
            (others.join, "Bo opened the session"),
            (lambda: take_other_role(others), "Bo leads from now on"),
            (lambda: act(others, "floor 3"), "Bo: Fatima has the floor"),
        ):
            app.live.status._held_until = 0.0
            act_of_other()
            seen(app, mine)
            assert said(app) == told


async def test_a_key_keeps_its_issue_when_the_other_solves_one(both: Both) -> None:
    mine, others = both
    act(mine, "issue P4 geluid", "issue P2 beeld", "issue P5 echo")
    async with live(mine, (100, 30)) as (app, pilot):
        await press(pilot, "v")
        act(others, "solved 4")
        act(others, "issue P7 camera")
        seen(app, mine)
        assert said(app) == "solved › 2 Anna, beeld  3 Samira, echo  4 Els, camera     Esc"
        await press(pilot, "1")
        assert said(app).startswith("✗ ")
        await press(pilot, "2")
        assert [issue.title for issue in mine.state.issues.values() if issue.ended_at is None] == ["echo", "camera"]


async def test_a_question_of_which_nothing_is_left_goes_and_says_so(both: Both) -> None:
    mine, others = both
    act(mine, "issue P4 geluid")
    async with live(mine) as (app, pilot):
        await press(pilot, "v")
        act(others, "solved 4")
        seen(app, mine)
        assert said(app) == "? No technical issue is open."
        assert not app.live.status.is_asked


async def test_probes_stay_those_of_the_question_at_which_they_were_asked_for(both: Both) -> None:
    mine, others = both
    act(mine, "go 2.1")
    async with live(mine) as (app, pilot):
        await press(pilot, "p")
        act(others, "go 4.1")
        seen(app, mine)
        assert said(app).startswith("2.1 probe › 1 wat ging goed  2 wat ging fout")
        await press(pilot, "2")
        assert mine.state.guide["fout"].used_at is not None


async def test_somebody_new_is_shown_in_an_open_question(both: Both) -> None:
    mine, others = both
    async with live(mine) as (app, pilot):
        await press(pilot, "h")
        act(others, "add Loes", "rename 3 Fenna")
        seen(app, mine)
        assert "9 Loes" in said(app)
        assert "3 Fenna" in said(app)


async def test_gates_follow_the_other_and_keep_their_digits(make_session: Make) -> None:
    mine, others = make_session("Els", "moderator"), make_session("Bo", "assistant")
    act(mine, "check gordijn dicht", "doors")
    async with live(mine, (100, 30)) as (app, pilot):
        await press(pilot, "f10")
        assert "Not ticked yet" in screen_text(app)
        act(others, *[f"tick {check.title}" for check in others.state.checks.values() if check.gate])
        seen(app, mine)
        await pilot.pause()
        assert "All is ticked: start" in screen_text(app)
        await press(pilot, "\n")
        assert mine.state.session.phase == "live"


async def test_a_gate_keeps_its_digit_when_another_is_ticked(tmp_path: Path, clock: SimulatedClock) -> None:
    checks = tuple(PlannedCheck(id=one, phase="start", text=one, gate=True) for one in ("deur", "licht", "telefoons"))
    me = Me("Els", "moderator", "device")
    session = sessions.begin(tmp_path / "s.db", Plan(checks=checks), clock, me, zone=("UTC", 0))
    act(session, "doors")
    async with live(session, (100, 30)) as (app, pilot):
        await press(pilot, "f10", "1", "2")
        assert "3  telefoons  tick" in screen_text(app)
        assert [check.id for check in session.state.checks.values() if check.done_at is not None] == ["deur", "licht"]
        await press(pilot, "3")
        assert session.state.session.phase == "live"
    session.close()


@pytest.mark.parametrize("columns", [80, 100, 140])
async def test_help_is_in_the_bar_after_the_end_in_the_checklist_too(session: Session, columns: int) -> None:
    begin(session)
    async with live(session, (columns, 30)) as (app, pilot):
        await press(pilot, "f12", "y")
        assert app.live.focused is app.live.checks
        assert "F1 help" in bar(app)
        assert bar(app).count("tick") == 1
        await press(pilot, "\x1b")
        assert "F1 help" in bar(app)
        assert "t tick" in bar(app)


async def test_a_list_of_places_follows_the_other(both: Both) -> None:
    mine, others = both
    async with live(mine, (100, 40)) as (app, pilot):
        await press(pilot, "g", "2.2")
        act(others, "skip 2.2")
        seen(app, mine)
        await pilot.pause()
        assert "2.2 Welk cijfer geeft u?  skipped" in screen_text(app)
        await press(pilot, "\n")
        assert mine.state.current_item is not None
        assert mine.state.current_item.number == "2.2"


async def test_caps_lock_does_not_get_in_the_way_of_an_answer(session: Session) -> None:
    begin(session)
    act(session, *(f"add Extra{number}" for number in range(4)))
    async with live(session) as (_app, pilot):
        await press(pilot, ".", "B")
        turn = session.state.open_turn
        assert turn is not None
        assert turn.participant == "P12"


@pytest.mark.parametrize(("key", "what"), [("t", "tick"), ("tab", "edit")])
async def test_in_a_list_space_acts_on_the_row_and_the_bar_says_so(session: Session, key: str, what: str) -> None:
    begin(session)
    act(session, "note iets", "floor 3")
    async with live(session, (140, 40)) as (app, pilot):
        await press(pilot, key)
        if key == "tab":
            app.live.set_focus(app.live.notes)
            app.live.notes.action_move(1)
            app.live.show()
        assert f"Enter space {what}" in bar(app)
        assert "space nobody" not in bar(app)
        await press(pilot, "space")
        assert session.state.open_turn is not None


answers = st.lists(st.sampled_from(["geluid", "beeld", "echo", "camera", "wifi"]), unique=True, max_size=4)


def asked(names: list[str]) -> KeyQuestion:
    return KeyQuestion([Choice(str(place), name, name) for place, name in enumerate(names, 1)])


@given(rounds=st.lists(answers, min_size=2, max_size=6))
def test_no_key_ever_stands_for_two_things_in_one_question(rounds: list[list[str]]) -> None:
    question = asked(rounds[0])
    meant = {choice.key: choice.answer for choice in question.choices}
    is_there: Callable[[str], bool] = lambda answer: False  # noqa: E731
    for names in rounds[1:]:
        question = question.followed_by(asked(names), is_there)
        for choice in question.choices:
            assert meant.setdefault(choice.key, choice.answer) == choice.answer
            assert choice.answer in names


async def test_on_a_board_that_has_no_use_for_it_space_gives_nobody_the_floor(session: Session) -> None:
    begin(session)
    act(session, "floor 3")
    async with live(session, (140, 40)) as (app, pilot):
        app.live.show_tab("people")
        app.live.enter()
        assert app.live.entered_board is not None
        before = len(session.history.events)
        await press(pilot, "space")
        assert len(session.history.events) == before
        assert said(app) == "? The space bar does nothing here; F5: nobody speaks."
        await press(pilot, "f5")
        assert session.state.open_turn is not None
        assert session.state.open_turn.kind == "silence"


async def test_the_mode_line_names_the_row_of_a_list_and_is_silent_while_something_is_asked(session: Session) -> None:
    begin(session)
    act(session, "note te veel gedoe")
    async with live(session, (140, 40)) as (app, pilot):
        assert "note › " not in screen_text(app)
        app.live.set_focus(app.live.notes)
        app.live.notes.action_move(1)
        app.live.show()
        await pilot.pause()
        assert "note › te veel gedoe" in screen_text(app)
        await press(pilot, "\x1b", "a")
        assert "note ›" not in screen_text(app)


async def test_who_is_here_is_no_longer_asked_when_the_other_says_it(make_session: Make) -> None:
    mine, others = make_session("Els", "moderator"), make_session("Bo", "assistant")
    act(mine, "doors")
    async with live(mine, (100, 30)) as (app, pilot):
        await press(pilot, "f10", "s")
        assert "who is here?" in screen_text(app)
        act(others, "attend 3 away")
        seen(app, mine)
        await pilot.pause()
        assert "who is here?" not in screen_text(app)
        await press(pilot, "\n")
        assert mine.state.participants["P3"].status == "away"


async def test_whom_to_admit_follows_what_the_other_does(make_session: Make) -> None:
    mine, others = make_session("Els", "moderator"), make_session("Bo", "assistant")
    act(mine, "doors", "attend 1 waiting", "attend 2 waiting", "attend 3 left")
    async with live(mine, (100, 30)) as (app, pilot):
        await press(pilot, "A")
        dialog = app.screen
        assert "[✓] 1  Joost" in screen_text(app)
        act(others, "attend 1 away", "attend 3 waiting")
        seen(app, mine)
        await pilot.pause()
        assert app.screen is dialog
        assert "Joost" not in "\n".join(row for row in screen_text(app).splitlines() if "│" in row)
        assert "[ ] 3  Fatima" in screen_text(app)
        await press(pilot, "\n")
        assert mine.state.participants["P1"].status == "away"
        assert mine.state.participants["P2"].status == "present"
        assert mine.state.participants["P3"].status == "waiting"


async def test_a_mark_without_words_is_named_by_its_time_where_its_star_is_taken_back(session: Session) -> None:
    begin(session)
    async with live(session, (100, 30)) as (app, pilot):
        await press(pilot, "f3", "X")
        assert "star: Mark of 19:30:00" in screen_text(app)
        await press(pilot, "enter")
        assert said(app) == "✓ No longer starred: Mark of 19:30:00"


@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize("phase", ["prepared", "live", "ended"])
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 60)], ids=str)
async def test_help_is_in_the_bar_at_every_size(
    make_session: Make, role: str, phase: str, size: tuple[int, int]
) -> None:
    session = make_session("Els", role)
    if phase != "prepared":
        begin(session)
    if phase == "ended":
        act(session, "end")
    i18n.use("nl")
    async with live(session, size) as (app, _pilot):
        assert "F1 hulp" in bar(app)
