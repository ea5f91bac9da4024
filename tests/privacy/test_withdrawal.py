"""Somebody withdrew during the talk: their name and their words are in nothing that anybody sees or is handed."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from conftest import make_plan
from exports.full_session import full_state
from exports.unpacked import texts_of
from kring.cli import main
from kring.domain import facts as f
from kring.domain.columns import Words, fields
from kring.domain.plan import Plan
from kring.domain.text import Refused
from kring.domain.words import WITHDRAWN
from kring.exports.formats import FORMATS
from kring.line_mode.conversation import Conversation
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from ui.live import live, press, screen_text
from ui.reviewing import reviewing, shown

SECRET = ("xanthi", "zeepaardje", "hartkwaal", "wegblijver")
TYPED = (
    "floor 7",
    'note "een zeepaardje van een app" @7 #hartkwaal',
    "note ~ volgens Xanthippe is het een gedoe @3",
    "answer 7 3",
    "note > zeepaardje in de chat @7",
    "nonverbal 7 nods",
    "invite 7",
    "consensus 2.1 7 agrees",
    "failed 7 camera: hartkwaal",
    "issue P7 hartkwaal, geluid weg",
    "issue Xanthippe hoort iedereen dubbel",
    "cue Xanthippe wil iets zeggen",
    "place 7 2",
    "brief 7",
    "attend 7 away wegblijver",
    "floor 7",
    "summary make",
    "correct 7 hartkwaal klopt niet",
    "room 2 7",
    "floor 7",
    "floor 3",
    'note "dat herken ik" @3',
)


@pytest.fixture
def plan() -> Plan:
    """A plan in which nobody else bears the name of who withdraws."""
    plan = make_plan()
    people = [replace(one, name="Xanthippe") if one.seat == 7 else one for one in plan.participants]
    return replace(plan, participants=tuple(people))


@pytest.fixture
def withdrawn(make_session: Callable[..., Session], clock: SimulatedClock) -> Session:
    session = make_session()
    say_all(session, clock)
    act(session, "consent 7 no")
    return session


def say_all(session: Session, clock: SimulatedClock) -> None:
    """Log everything about them that can be logged at that moment."""
    for line in ("attend all present", "start anyway", "go 2.2", *TYPED):
        clock.advance(9_000)
        with suppress(Refused):
            act(session, line)


def found(text: str, words: tuple[str, ...] = SECRET) -> list[str]:
    return [word for word in words if word in text.casefold()]


@pytest.mark.parametrize("options", [(), ("--names",)], ids=["codes", "names"])
@pytest.mark.parametrize("name", FORMATS)
def test_no_export_has_a_word_of_theirs(
    name: str, options: tuple[str, ...], withdrawn: Session, tmp_path: Path
) -> None:
    file = withdrawn.store.path
    act(withdrawn, "end")
    withdrawn.close()
    folder = tmp_path / "out"
    folder.mkdir()
    assert main.main(["export", str(file), "--to", name, "-o", str(folder), *options]) == 0
    text = texts_of(next(folder.iterdir()).read_bytes())
    assert found(text) == []


@pytest.mark.parametrize(
    "command", [["report"], ["timeline"], ["timeline", "--json"], ["timeline", "--codes"], ["turns"], ["coreq"]]
)
def test_no_command_prints_them(command: list[str], withdrawn: Session, tmp_path: Path) -> None:
    file = withdrawn.store.path
    withdrawn.close()
    out = tmp_path / "report.html"
    more = ["-o", str(out)] if command == ["report"] else []
    with redirect_stdout(io.StringIO()) as printed:
        main.main([command[0], str(file), *command[1:], *more])
    text = out.read_text("utf-8") if more else printed.getvalue()
    assert found(text, SECRET[1:]) == []
    told = any(word in text for word in ("withdrew", "trok zich terug"))
    assert told or command[0] not in ("report", "timeline")


def test_no_table_and_no_view_of_the_file_has_them(withdrawn: Session) -> None:
    connection = withdrawn.store.connection
    names = [name for (name,) in connection.execute("select name from sqlite_master where type in ('table', 'view')")]
    told = {name: str(connection.execute(f'select * from "{name}"').fetchall()) for name in names}
    for name in set(names) - {"events", "milestone"}:  # the truth stays; physically it is erased apart from this
        mine = (
            told[name].replace("volgens Xanthippe is", "").replace("'Xanthippe'", "")
            if name in ("notes", "timeline")
            else told[name]
        )
        assert found(mine, SECRET[1:]) == [], name
    assert "'Xanthippe'" not in told["participants"]


def test_the_typed_lines_tell_nothing_of_them(withdrawn: Session) -> None:
    conversation = Conversation(withdrawn, None, None)
    for line in (
        "floor",
        "notes",
        "status",
        "checks",
        "checks all",
        "consent",
        "news",
        "solved",
        "find zee",
        "find volgens",
        "star 2",
    ):
        assert found(conversation.answer(line) or "") == [], line
    assert conversation.answer("floor 7") == "! On seat 7 somebody withdrew: nothing of theirs is logged."


@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 16)])
async def test_within_a_tick_no_screen_shows_them(
    role: str, size: tuple[int, int], make_session: Callable[..., Session], clock: SimulatedClock
) -> None:
    watching = make_session("Ria", role)
    say_all(watching, clock)
    other = make_session("Bo", "observer")
    async with live(watching, size) as (app, pilot):
        assert "Xanthi" in screen_text(app)
        act(other, "consent 7 no")
        clock.advance(1_000)
        app._tick()
        await pilot.pause()
        for _tab in range(5):
            assert found(screen_text(app)) == []
            await press(pilot, "\t")


async def test_a_researcher_sees_them_at_no_moment(withdrawn: Session, clock: SimulatedClock) -> None:
    async with reviewing(withdrawn, (140, 40)) as (app, pilot):
        for _step in range(12):
            assert found(shown(app)) == []
            assert "Xanthippe" not in str([p.name for p in app.review.model.board().participants.values()])
            await press(pilot, "up")


OTHERS_SAID = (
    "check Xanthippe bellen",
    "summary make",
    "correct 3 Xanthippe zei het anders",
    "consent 7 no",
    "end",
    "debrief begin",
    "debrief 1 Xanthippe deed raar",
)


def test_the_typed_lines_tell_no_name_that_others_wrote(make_session: Callable[..., Session]) -> None:
    session = make_session()
    for line in ("start anyway", "go 2.2", "note *~ volgens Xanthippe is het duur @3 #xanthippe", *OTHERS_SAID):
        act(session, line)
    conversation = Conversation(session, None, None)
    for line in ("checks all", "summary", "debrief", "notes", "status", "news"):
        assert found(conversation.answer(line) or "") == [], line


def test_nothing_that_anybody_wrote_tells_the_name(make_session: Callable[..., Session]) -> None:
    session = make_session()
    for line in ("start anyway", "consent 7 no"):
        act(session, line)
    told = session.sealing.state(full_state("Xanthippe zei dat"))
    rows = [row for table in told.tables.values() for row in table.values()]
    words = [getattr(row, one.name) for row in rows for one in fields(type(row)) if type(one.column) is Words]
    assert any(WITHDRAWN in str(text) for text in words)
    assert found(str(words)) == []
    live = session.sealing.live(full_state("Xanthippe zei dat"))
    assert found(str([*live.cues.values(), *live.issues.values(), *live.checks.values()])) == []


def test_every_name_that_a_list_has_for_them_is_gone(make_session: Callable[..., Session], plan: Plan) -> None:
    session = make_session()
    person = session.state.participants["P7"]
    listed = f.ParticipantListed(
        code="P7", name="Xan", seat=person.seat, attributes=(("volledige naam", "Xanthippe Zeepaardje"),)
    )
    session.do(lambda _state, _now: (f.PlanRead(replace(plan, participants=()), again=True), listed))
    for line in ("start anyway", "note ~ zei Zeepaardje; Xan en Xanthippe @3", "rename 7 Xandra", "consent 7 no"):
        act(session, line)
    (note,) = session.sealing.state(session.state).notes.values()
    assert note.text == "zei –; – en –"
