"""What earlier groups said, in the next one: read beside it, on the live screen and in line mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from conftest import START_MS, make_plan
from kring.domain.plan import Plan
from kring.line_mode.conversation import Conversation
from kring.session.session import Session
from kring.study import earlier_reading
from kring.study.earlier import Earlier, EarlierGroups, Said, Wanted
from kring.system import worker_process
from kring.system.settings import Settings
from kring.ui.review.app import ReviewApp
from study.held import WEEK_MS, hold
from ui.live import begin, live, press, said, screen_text

Make = Callable[..., Session]
REAL = worker_process.Background
Q1 = ("attend all present", "start anyway", "go 1.1")


class Inline:
    """Reads where it is asked, in place of a process."""

    def __init__(self, _module: str, wanted: Wanted, _news: object) -> None:
        self._came = list(earlier_reading.read(wanted))

    def poll(self) -> list[object]:
        return self._came

    wait = poll

    def leave(self) -> None:
        """Nothing goes on."""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr(worker_process, "Background", Inline)
    return tmp_path


@pytest.fixture
def plan() -> Plan:
    return replace(make_plan(), study="Trouw", group="9")


@pytest.fixture
def held(place: Path) -> Iterator[None]:
    """Two groups that were held before, and one of the week after."""
    with_words = (
        *Q1, 'floor 1', 'note "dat ene woord #Kassa', "floor 2", 'note "wat P2 niet wil #stil', "consent 2 quoting no",
        'note @1 "half gehoord …', "end now",
    )  # fmt: skip
    for week, lines in ((-2, with_words), (-1, (*Q1, "note ~ iets anders #app", "end now")), (1, Q1)):
        hold(place / f"week {week}.db", week, *lines).close()
    return iter(())


def read(place: Path, before: int | None = START_MS) -> Earlier:
    [found] = earlier_reading.read(Wanted(str(place), "Trouw", "another", before))
    return found


def test_it_is_of_the_groups_held_before_with_what_may_be_quoted(place: Path, held: None) -> None:
    found = read(place)
    assert [(group.number, group.day) for group in found.groups] == [("-2", "2026-11-19"), ("-1", "2026-11-26")]
    words = [(said.session, one.text, one.who) for said in found.said for one in said.words]
    assert words == [(0, "dat ene woord", "P1"), (1, "iets anders", "")]
    assert [found.is_new(tag) for tag in ("kassa", "KASSA", "app", "stil", "robot")] == [False] * 4 + [True]
    assert len(read(place, None).groups) == 3
    assert len(read(place, START_MS + 5 * WEEK_MS).groups) == 3


def test_of_a_first_group_no_tag_is_new(place: Path) -> None:
    assert not read(place).is_new("robot")


def test_a_question_is_known_by_its_id_or_its_words(place: Path, held: None, make_session: Make) -> None:
    found, state = read(place), make_session("Els", "moderator").state
    first = next(row for row in state.guide.values() if row.kind == "question")
    assert [said.session for said in found.on(first)] == [0, 1]
    by_words = replace(first, id="other")
    assert [said.session for said in found.on(by_words)] == [0, 1]
    assert found.on(replace(by_words, title="Iets wat niemand vroeg?")) == list[Said]()


def test_line_mode_tells_it_and_names_a_tag_that_is_new(place: Path, held: None, make_session: Make) -> None:
    talk = Conversation(make_session("Els", "moderator"), None, None)
    assert talk.answer("groups") == "! No question is open."
    for line in Q1:
        talk.answer(line)
    told = talk.answer("groups") or ""
    assert told.startswith("group -2, ")
    assert "P1: “dat ene woord”" in told
    assert "wat P2 niet wil" not in told
    assert talk.answer("groups 1.1") == told
    assert (talk.answer("groups qzx") or "").startswith("! The guide has no qzx.")
    assert (talk.answer("note iets #kassa #robot") or "").endswith("(new in this study: #robot)")
    assert "new in this study" not in (talk.answer("note iets #app") or "")


def test_a_session_without_others_reads_nothing(make_session: Make) -> None:
    talk = Conversation(make_session("Els", "moderator"), None, None)
    assert talk.answer("groups") == "! No earlier group of this study is here."


def test_until_it_is_read_that_is_said(held: None, make_session: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inline, "poll", lambda _self: [])
    groups = EarlierGroups(make_session("Els", "moderator"))
    assert not groups.look()
    assert groups.found is None


@pytest.mark.parametrize("size", [(60, 16), (140, 40)], ids=str)
async def test_the_board_goes_along_with_the_talk(held: None, make_session: Make, size: tuple[int, int]) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "note [b]iets #robot #app")
    async with live(session, size) as (app, pilot):
        app.live.tick()
        await pilot.pause()
        assert "#robot (new)  #app" in screen_text(app)
        assert "dat ene woord" not in screen_text(app)
        await press(pilot, "=")
        assert "group -2" in screen_text(app)
        await press(pilot, "down")
        assert "“dat ene woord”" in screen_text(app), screen_text(app)
        await press(pilot, "escape", 'n"nog een #mens', "enter")
        assert "new in this study: #mens" in said(app)


def test_a_process_of_its_own_reads_it(place: Path, held: None, make_session: Make) -> None:
    groups = EarlierGroups(make_session("Els", "moderator"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker_process, "Background", REAL)
        groups.wait()
    assert groups.found == read(place, None)


async def test_the_review_marks_what_was_new_in_the_study_then(held: None, make_session: Make) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "note iets #robot #app")
    app = ReviewApp(session, Settings())
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("end")
        app.review.tick()
        await pilot.pause()
        assert "#robot (new in this study) #app" in screen_text(app)
        assert "#app (new" not in screen_text(app)
