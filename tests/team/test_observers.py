"""Observers of a shared session: what the server refuses them, what they get, and what becomes of what they say."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from acting import act
from conftest import START_MS
from kring.domain.text import KringError, Refused
from kring.observing.session_file import SessionFile
from kring.observing.source import Asked
from kring.observing.view import Standing, View
from kring.session.session import Session
from kring.system.clock import SystemClock
from kring.team import access, shared_folder
from kring.team.access import Access, NotLetIn, NotReached
from kring.team.levelling.presence import Presence
from kring.team.observer_rights import Subjects, plain
from kring.team.observers import letters
from kring.team.observers.feeder import Feeder
from kring.team.observers.letters import Question, Word
from kring.team.observers.own_questions import OwnQuestions
from kring.team.observers.watching import SharedSession, source_of
from team.conftest import access_with, hosted, needs_server
from team.test_server import asked, heard, refusals

API = ("STREAM.INFO", "STREAM.CREATE", "STREAM.PURGE", "STREAM.MSG.GET", "DIRECT.GET", "CONSUMER.CREATE")
"""What a server answers wherever it is asked to: also into a stream that who asks may not write to."""


@asynccontextmanager
async def fed(session: Session, folder: Path, moderator: str) -> AsyncIterator[SessionFile]:
    """Feed the observers of a session as the laptop that shares does, in this process."""
    is_over = False
    async with SessionFile(session.store.path, SystemClock(), "another") as source:
        feeding = asyncio.create_task(Feeder(source, access_with(moderator, folder), lambda: is_over).run())
        yield source
        is_over = True
        await asyncio.wait_for(feeding, 20)


async def until(happens: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not happens():  # noqa: ASYNC110 - several things may make it true
            await asyncio.sleep(0.01)


@pytest.fixture
def running(session: Session) -> Session:
    act(session, "consent all yes", "consent 2 not observers", "start anyway", "go 2.1", "floor 1")
    act(session, 'note *"te veel gedoe" @1', 'note *"geheim van Anna" @2')
    return session


@needs_server
async def test_an_observer_may_do_what_she_needs_and_nothing_else(running: Session, tmp_path: Path) -> None:
    folder, other = tmp_path / "e.share", Subjects(plain(str(uuid4())))
    with hosted(folder, running.state.session.id) as given:
        async with fed(running, folder, given["moderator"]):
            wanted, told = access_with(given["observer"]), list[str]()
            named = Subjects(plain(wanted.session))
            client = await access.connected(wanted, told.append)
            names = wanted.names
            forbidden = [asked(named.view), asked(named.answers), heard(named.ask), heard(f"fgo.{named.session}.>")]
            forbidden += [heard("fgo.>"), asked(other.ask), asked(other.room), heard(other.view), heard(other.room)]
            forbidden += [asked(names.written_by("moderator")), asked(names.get), asked(names.info)]
            forbidden += [heard(names.all_heard), heard(names.all_written), heard(names.all_presence)]
            forbidden += [heard(f"{names.inbox_of('moderator')}.>"), asked(names.presence_of("assistant"))]
            forbidden += [heard(named.hello), heard(f"{names.inbox_of('observer')}.>"), asked(other.hello)]
            forbidden += [asked(f"$JS.API.{verb}.{names.stream}") for verb in API]
            for each in forbidden:
                assert await refusals(client, told, each)
            told.clear()
            for subject in (named.view, named.answers, named.room):
                await client.subscribe(subject)
            for subject in (named.room, named.hello, names.presence_of("observer")):
                await client.publish(subject, b"{}", reply=names.written_by("moderator"))
            await client.flush()
            assert told == []
            await access.left(client)


@asynccontextmanager
async def who_is_there(code: str) -> AsyncIterator[Presence]:
    """Hear who says that they are there, as an agent does."""
    wanted = access_with(code)
    client = await access.connected(wanted, lambda _: None)
    there = Presence(client, wanted.names, wanted.role, "listens", lambda: None)
    await there.listen()
    try:
        yield there
    finally:
        await access.left(client)


@needs_server
async def test_she_sees_asks_and_is_told_and_a_withdrawn_code_throws_her_out(running: Session, tmp_path: Path) -> None:
    folder = tmp_path / "e.share"
    with hosted(folder, running.state.session.id) as given:
        mine, hers = (SharedSession(access_with(given["observer"]), SystemClock()) for _ in range(2))
        async with fed(running, folder, given["moderator"]), who_is_there(given["moderator"]) as there, mine, hers:
            await until(lambda: mine.seen.view.item is not None and mine.seen.lost is None)
            await until(lambda: there.others() == {"observer": 2})
            assert mine.seen.view.item is not None
            assert mine.seen.view.item.number == "2.1"
            assert [note.text for note in mine.seen.view.notes] == ["te veel gedoe"]
            await mine.ask("Mila", "Kent u de app?")
            running.catch_up()
            (row,) = running.state.observer_questions.values()
            assert (row.text, row.asked_by, row.number) == ("Kent u de app?", "Mila", 1)
            act(running, "decline 1 komt later")
            await until(lambda: [one.reason for one in mine.questions("Mila")] == ["komt later"])
            assert hers.questions("Mila") == ()
            assert "komt later" not in hers._answers.decode()
            await hers.say("Bram", "hoor je dat?")
            await until(lambda: [one.text for one in mine.back_room or ()] == ["hoor je dat?"])
            assert running.state.back_room == {}
            kept = shared_folder.shared(folder)
            assert kept is not None
            shared_folder.keep_shared(folder, shared_folder.with_new_secret(kept, "observer"))
            await until(lambda: "no longer works" in str(mine.seen.lost))
            with pytest.raises(KringError):
                await mine.ask("Mila", "En nu?")
            assert [one.text for one in mine.questions("Mila")] == ["Kent u de app?", "En nu?"]


@needs_server
async def test_a_question_that_is_brought_twice_is_asked_once(running: Session, tmp_path: Path) -> None:
    folder = tmp_path / "e.share"
    with hosted(folder, running.state.session.id) as given:
        wanted = access_with(given["observer"])
        async with fed(running, folder, given["moderator"]) as source, SharedSession(wanted, SystemClock()) as mine:
            client = mine._client
            assert client is not None
            named = Subjects(plain(wanted.session))
            content = json.dumps({"id": str(uuid4()), "observer": "Mila\nX", "text": "Waarom?"}).encode()
            await until(lambda: mine.seen.view.item)
            for sent in (content, content, b"{", b'{"id":"","observer":"","text":""}'):
                await client.publish(named.ask, sent)
            await until(source.every_question)
            await mine.ask("Mila", "Nog een?")
            running.catch_up()
            assert [row.text for row in running.state.observer_questions.values()] == ["Waarom?", "Nog een?"]


def test_what_became_of_a_question_is_open_to_who_asked_it_and_closed_to_all_others() -> None:
    asked_ = [Asked(id=f"q-{n}", text=f"vraag {n}", at=START_MS, reason=f"reden {n}") for n in (1, 2)]
    content = letters.sealed(asked_)
    assert letters.opened(content, ["q-2", "q-3"]) == {"q-2": asked_[1]}
    assert not any(word in content for word in (b"vraag", b"reden", b"q-1"))


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'[{"tag":"x","box":"AAAA"}]', b"\xff"])
def test_answers_that_make_no_sense_open_nothing(content: bytes) -> None:
    assert letters.opened(content, ["q1"]) == {}
    tagged = json.dumps([{"tag": letters.tag_of("q1"), "box": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]).encode()
    assert letters.opened(tagged, ["q1"]) == {}


def test_a_code_to_take_part_lets_nobody_watch() -> None:
    with pytest.raises(KringError, match="kring join"):
        source_of(Access("moderator", str(uuid4()), "tls://127.0.0.1:1"), SystemClock())


@pytest.mark.parametrize(
    "others",
    [
        {"id": "x" * 300_000},
        {"id": "1"},
        {"id": "\x00[bold]"},
        {"text": "y" * 1_001},
        {"text": "\x1b\u202e \n"},
        {"observer": "\x00"},
        {"observer": 3},
    ],
)
def test_what_no_observer_of_ours_would_send_is_no_question(others: dict[str, object]) -> None:
    content = {"id": str(uuid4()), "observer": "Mila", "text": "Waarom?"} | others
    assert letters.read(json.dumps(content).encode(), Question) is None


def test_what_observers_say_comes_without_what_a_terminal_obeys() -> None:
    said = letters.read(b'{"observer":"Ev\\u202eil","text":"a\\u001b[2Jb\\n\\n","at":1}', Word)
    assert said == Word("Evil", "a[2Jb", 1)


@needs_server
async def test_a_flood_holds_up_no_view_and_leaves_little_and_nothing_on_the_disk_of_the_server(
    running: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "e.share"
    monkeypatch.setattr("kring.team.observers.feeder.MOST_A_MINUTE", 3)
    with hosted(folder, running.state.session.id) as given:
        wanted = access_with(given["observer"])
        async with fed(running, folder, given["moderator"]), SharedSession(wanted, SystemClock()) as mine:
            assert mine.seen.view.title  # at once
            assert mine._client is not None
            for n in range(2_000):
                content = Question(str(uuid4()), f"F{n}", f"vraag {n}")
                await mine._client.publish(mine._subjects.ask, msgspec.json.encode(content))
            act(running, "reveal none")
            await until(lambda: mine.seen.view.notes_shown == "none")
            running.catch_up()
            assert len(running.state.observer_questions) <= 3
            kept = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
            assert not any(b"te veel gedoe" in each for each in kept)


@pytest.mark.parametrize(
    ("standing", "problem", "is_told"),
    [
        ("running", NotReached("Nobody answers."), True),
        ("running", TimeoutError(), True),
        ("ended", NotReached("Nobody answers."), False),
        ("ended", TimeoutError(), False),
        ("ended", NotLetIn("This code no longer works."), True),
    ],
)
def test_who_watched_to_the_end_is_not_told_that_all_have_left(
    standing: Standing, problem: Exception, is_told: bool
) -> None:
    watching = SharedSession(Access("observer", "s", "tls://192.0.2.1:4222"), SystemClock())
    watching._view = View(standing=standing)
    assert watching._is_told(problem) is is_told


async def test_what_is_too_long_or_empty_is_not_sent() -> None:
    mine = SharedSession(Access("observer", str(uuid4()), "tls://127.0.0.1:1"), SystemClock())
    for text in ("", "x" * 1001):
        with pytest.raises(Refused):
            await mine.ask("Mila", text)
    with pytest.raises(KringError, match="does not answer"):
        await mine.ask("Mila", "Kent u de app?")


@needs_server
async def test_what_she_asked_is_there_again_and_so_is_her_name(running: Session, tmp_path: Path) -> None:
    folder, own = tmp_path / "e.share", tmp_path / "own"
    with hosted(folder, running.state.session.id) as given:
        wanted = access_with(given["observer"])

        def opened(name: str) -> SharedSession:
            return source_of(wanted, SystemClock(), own, name)

        async with fed(running, folder, given["moderator"]) as source:
            async with opened("screen") as first, opened("screen") as second:
                for one in (first, second):
                    one.watch_as(["Petra"])
                await until(lambda: len(source.seen.view.watching) == 2)
                await until(lambda: {first.called("Petra"), second.called("Petra")} == {"Petra", "Petra (2)"})
                await until(lambda: len(first.seen.view.watching) == len(second.seen.view.watching) == 2)
                called = first.called("Petra")
                await first.ask("Petra", "Waarom?")
                await second.ask("Petra", "En nu?")
                await first.say("Petra", "hallo")
                await until(lambda: [(one.who, one.text) for one in second.back_room or ()] == [(called, "hallo")])
            await until(lambda: source.seen.view.watching == ())
            running.catch_up()
            asked_by = {row.text: row.asked_by for row in running.state.observer_questions.values()}
            assert asked_by["Waarom?"] == called
            act(running, "decline 1 komt later")
            async with opened("screen") as again:
                again.watch_as(["Petra"])
                await until(
                    lambda: [(one.text, one.reason) for one in again.questions("Petra")] == [("Waarom?", "komt later")]
                )
                assert again.questions("Jan") == ()
                await until(lambda: again.called("Petra") == called and again.seen.view.watching)
                await again.ask("Petra", "Nog een?")
            running.catch_up()
            assert [row.asked_by for row in running.state.observer_questions.values()][-1] == called
    (kept,) = own.glob("*.json")
    assert kept.stat().st_mode & 0o077 == 0
    assert not any(word in kept.read_text() for word in ("Petra", "Waarom", "komt later"))


def test_what_cannot_be_read_or_written_keeps_nobody_from_asking(tmp_path: Path) -> None:
    (tmp_path / "screen.json").write_text("{")
    one = OwnQuestions(tmp_path, "screen")
    one.add("Petra", "1")
    one.close()
    again = OwnQuestions(tmp_path, "screen")
    assert list(again.of("Petra")) == ["1"]
    (tmp_path / "file").write_text("")
    nowhere = OwnQuestions(tmp_path / "file" / "x", "screen")
    nowhere.add("Petra", "1")
    assert list(nowhere.of("Petra")) == ["1"]
