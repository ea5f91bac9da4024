"""What comes in from other laptops: a newer kring's facts are kept, and what is no act of the session stops nothing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from acting import act, texts
from kring.session import session as sessions
from kring.session.copies.arriving import Arrivals, united
from kring.session.copies.foreign_line import sealed_of
from kring.session.session import Me, Session
from kring.store.chain import digest_of, link
from kring.store.event_line import between
from kring.system.clock import CorrectedClock, SystemClock
from kring.team import access, server, shared_folder, status
from kring.team.access import NotReached
from kring.team.certificate import fingerprint_in
from kring.team.levelling import agent, level, stream
from kring.team.levelling.link import FULL, STUCK, Link
from kring.team.levelling.local_copy import LocalCopy
from kring.team.levelling.move import Move
from kring.team.levelling.stream import ID, PLACE, Seen, Stream, Told, seen
from kring.team.server import Server
from kring.team.status import Status
from kring.team.tasks import Levelling, Way, levelling
from team.conftest import HERE, NOW_MS, access_with, hosted, needs_server, until
from team.test_sharing import join, session_in, shared

pytestmark = needs_server


def of_a_newer_kring(session: Session) -> dict[str, object]:
    """Return what a laptop tells whose kring knows a fact that this one doesn't."""
    line = between(session.store.connection.execute, 1, 1)[0]._asdict()
    del line["seq"]
    data, salt = '{"mood":"cheerful"}', "00" * 8
    digest = digest_of(salt, data)
    told = line | {"id": str(uuid4()), "device": "n" * 16, "kind": "mood_felt", "v": 7, "data": data, "salt": salt,
                   "digest": digest, "act": None}  # fmt: skip
    sealed = sealed_of(told | {"chain": ""})
    assert sealed is not None
    return told | {"chain": link("", sealed.event, sealed.t, digest)}


async def tell(code: str, contents: list[bytes]) -> None:
    """Write into the stream as somebody does who has a code."""
    wanted = access_with(code)
    client = await access.connected(wanted, lambda _: None)
    for content in contents:
        await client.request(wanted.names.written_by(wanted.role), content, timeout=5, headers={ID: str(uuid4())})
    await access.left(client)


async def kept_in(code: str) -> int:
    wanted = access_with(code)
    client = await access.connected(wanted, lambda _: None)
    try:
        return (await Stream(client, wanted).standing()).messages
    finally:
        await access.left(client)


def test_what_a_newer_kring_wrote_is_kept_and_what_is_no_act_stops_nothing(tmp_path: Path) -> None:
    with session_in(tmp_path) as els, shared(els) as hers:
        newer = of_a_newer_kring(els)
        changed = newer | {"id": str(uuid4()), "data": '{"mood":"sad"}'}
        junk = (b"", b"{}", b"\xff\x00", b'{"line":[]}', b'{"line":{"id":7}}')
        contents = [msgspec.json.encode({"line": line}) for line in (changed, newer)]
        asyncio.run(tell(hers.codes["assistant"], [*junk, *contents]))
        until(lambda: (hers.tick(), hers.status and hers.status.newer == 1 and hers.status.declined >= 6)[1])
        act(els, "note het gaat door")
        until(lambda: (hers.tick(), hers.status and not hers.status.to_send and not hers.status.to_read)[1])
        els.catch_up()
        assert texts(els) == ["het gaat door"]
        kept = dict(els.store.connection.execute("select id, data from events where device = ?", ("n" * 16,)))
        assert kept == {newer["id"]: newer["data"]}


def test_the_file_says_how_far_it_is_level_with_the_server(tmp_path: Path) -> None:
    with session_in(tmp_path) as els, shared(els) as hers:
        rang = threading.Event()
        hers.rung = rang.set
        act(els, "note hallo")
        until(lambda: (hers.tick(), hers.status and hers.status.condition == "live" and not hers.status.to_send)[1])
        assert rang.is_set(), "a face hears at once that something came in"
        execute = els.store.connection.execute
        events = execute("select count(*) from events").fetchone()[0]
        until(lambda: len(level.places(execute)) == events)
        known = level.read(execute, access_with(hers.codes["moderator"]).names.stream)
        assert known.last == known.read == asyncio.run(kept_in(hers.codes["assistant"]))
        assert known.last < events, "what waited before it was shared went over together"
        with closing(execute("pragma foreign_key_check (shared_events)")) as wrong:
            assert wrong.fetchall() == []


async def test_what_goes_over_together_is_taken_together_while_more_is_on_its_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    came, taken = [[1, 1, 1], [2], [3, 3], [4]], []
    copy = SimpleNamespace(level=level.Level("now"), look=lambda: None, tidy=lambda: None, acted_at=0.0)

    async def coming(after: int, _most: int) -> AsyncGenerator[list[Seen]]:
        for places in came:
            if places[0] > after:
                yield [Seen(place, str(number), None) for number, place in enumerate(places)]

    def take(several: list[Seen]) -> None:
        taken.append([each.place for each in several])
        copy.level = level.Level("now", several[-1].place)

    copy.take = take
    monkeypatch.setattr("kring.team.levelling.link.MOST_AT_A_TIME", 2)
    wanted = access.Access("assistant", "s", "tls://192.0.2.1:4222")
    one = Link(wanted, copy, lambda: None, "")  # type: ignore[arg-type]
    one._stream = SimpleNamespace(coming=coming)  # type: ignore[assignment]
    await one._catch_up()
    assert taken == [[1, 1, 1], [2, 3, 3], [4]]


def test_what_says_that_the_session_moved_and_is_not_signed_counts_once_as_all_else() -> None:
    taken: list[int] = []
    copy = SimpleNamespace(take=lambda several: taken.extend(each.place for each in several))
    one = Link(access.Access("assistant", "s", "tls://192.0.2.1:4222"), copy, lambda: None, "")  # type: ignore[arg-type]
    forged = Told({}, move=Move(1, {}, {}))
    one._take([Seen(place, str(place), forged if place in (2, 4) else None) for place in range(1, 6)])
    assert taken == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("content", "events"), [
    (b'{"line":{"id":"a"}}', ["a"]),
    (b'[{"line":{"id":"a"}},{"line":{"id":"b"}}]', ["a", "b"]),
    (b"[]", [""]),
    (b"7", [""]),
    (b'[{"line":{"id":"a"}},7]', [""]),
])  # fmt: skip
def test_a_place_holds_one_event_or_several_and_what_says_none_holds_nothing(content: bytes, events: list[str]) -> None:
    message = Msg(Client(), data=content, headers={PLACE: "7"})
    assert [(each.place, each.event) for each in seen(message)] == [(7, event) for event in events]


def test_a_line_that_says_no_event_spoils_none_that_came_with_it(tmp_path: Path) -> None:
    with session_in(tmp_path) as session:
        lines = [line._asdict() for line in between(session.store.connection.execute, 1, 3)]
    for odd in ({"v": "two"}, {"hlc": 2**70}, {"device": 7}):
        content = msgspec.json.encode([{"line": line} for line in (lines[0], lines[1] | odd, lines[2])])
        several = seen(Msg(Client(), data=content, headers={PLACE: "7"}))
        assert [each.event for each in several] == [line["id"] for line in lines]
        sealed, declined = united((each.told.line for each in several if each.told is not None), "")
        assert (list(sealed), [each.event for each in declined]) == ([lines[0]["id"], lines[2]["id"]], [lines[1]["id"]])


def test_a_server_without_room_refuses_and_takes_all_of_it_when_it_has_some(tmp_path: Path) -> None:
    with session_in(tmp_path) as els:
        folder = tmp_path / "els.share"
        port = server.free_port(HERE)
        kept = shared_folder.begin_sharing(folder, els.state.session.id, HERE, port, NOW_MS)
        config = folder / shared_folder.CONFIG
        roomy = config.read_text()
        config.write_text(roomy.replace("  store_dir", "  max_file_store: 200KB\n  store_dir"))
        for number in range(60):
            act(els, f"note {number} {'lang ' * 1000}")
        one = Server(folder)
        way = Way(shared_folder.code_for(folder, "moderator"))
        one.look()
        until(lambda: server.answers(kept.address, kept.port, fingerprint_in(folder / shared_folder.CERTIFICATE)))
        agent = levelling(Levelling(str(els.store.path), str(folder), way))
        try:
            until(lambda: (now := status.read(folder)) is not None and now.why == FULL and now.to_send)
            act(els, "note het gaat door")
            config.write_text(roomy)
            one.end()
            one.look()
            until(lambda: (now := status.read(folder)) is not None and now.condition == "live" and not now.to_send)
        finally:
            agent.cancel()
            one.end()


async def soon(happens: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not happens():  # noqa: ASYNC110 - several things may make it true
            await asyncio.sleep(0.01)


async def test_a_server_that_takes_nothing_in_is_told_as_such_and_a_line_that_is_dead_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kring.team.levelling.link.ACK_S", 0.2)
    with session_in(tmp_path) as els, hosted(tmp_path / "els.share", els.state.session.id) as given:
        wanted, said = access_with(given["moderator"], tmp_path / "els.share"), list[Status]()
        takes, is_over = [False], [False]
        sent = Client.publish

        async def publish(client: Client, subject: str, *rest: Any, **named: Any) -> None:
            if takes[0] or ".ev." not in subject:  # else as a server whose disk is full
                await sent(client, subject, *rest, **named)

        monkeypatch.setattr(Client, "publish", publish)
        with closing(Arrivals.at(els.store.path)) as door:
            copy = LocalCopy(door, wanted.names.stream)
            one = agent.Agent(copy, wanted, said.append, lambda: is_over[0])
            running = asyncio.create_task(one.run())
            await soon(lambda: said and said[-1].why == STUCK)
            assert said[-1].condition == "refused"
            takes[0] = True
            await soon(lambda: said[-1].condition == "live" and not said[-1].to_send)
            is_over[0] = True
            await running


class Fast(SystemClock):
    """The clock of a laptop that is an hour fast."""

    def wall_ms(self) -> int:
        return super().wall_ms() + 3_600_000


def test_a_laptop_whose_clock_is_an_hour_fast_goes_by_that_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session_in(tmp_path) as els, shared(els) as hers:
        with monkeypatch.context() as fast:
            fast.setattr(stream, "SystemClock", Fast)
            file = join(tmp_path, hers.codes["assistant"])
        kept = shared_folder.joined(file.with_suffix(".share"))
        assert kept is not None
        theirs = CorrectedClock(Fast(), kept.clock_ms)
        assert abs(theirs.wall_ms() - SystemClock().wall_ms()) < 5_000
        with closing(sessions.resume(file, theirs, Me("Bo", "assistant", kept.device))) as bo:
            act(bo, "note op tijd")
            assert abs(next(bo.history.newest_first()).at - els.now()) < 5_000


async def test_an_agent_is_there_once_however_often_its_line_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    seen_as: list[str] = []

    class Cut(Link):
        async def run(self, _is_over: Callable[[], bool]) -> None:
            seen_as.append(self._who)
            raise NotReached("Nobody answers.")

    monkeypatch.setattr(agent, "Link", Cut)
    monkeypatch.setattr(agent.Agent, "_wait", lambda *_: asyncio.sleep(0))
    wanted = access.Access("assistant", "s", "tls://192.0.2.1:4222")
    copy = SimpleNamespace(unsent=0)
    await agent.Agent(copy, wanted, lambda _: None, lambda: len(seen_as) > 2).run()  # type: ignore[arg-type]
    assert len(seen_as) == 3
    assert len(set(seen_as)) == 1
