"""An agency's cluster under many sessions at once: memory, processor, how soon an act is acknowledged, a server killed.

    .venv/bin/python bench/agency.py [SESSIONS]

Three servers on this computer, so each of them has a third of it at most; every session has a laptop of its own that
writes two acts a second. By hand: it takes some minutes.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psutil
from nats.aio.client import Client
from nats.errors import Error as ClientError

from kring.domain.text import KringError
from kring.team import access
from kring.team.access import Access
from kring.team.agency import setting_up, telling
from kring.team.agency.installation import STUDIES, Installation, Node
from kring.team.agency.setting_up import Wanted
from kring.team.entry import issuing, passes
from kring.team.entry.tokens import Quotas
from kring.team.levelling import making, pool
from kring.team.recordings.pieces import Shelf
from kring.team.server import Server, free_port
from kring.team.tasks import Way

HERE = "127.0.0.1"
STUDY = "bridge"
BETWEEN_ACTS_S = 0.5
LASTS_S = 20
AT_ONCE = 4
ACT = b'{"line":{"id":"%s","text":"' + b"x" * 230 + b'"}}'


class Laptop:
    """A session with its laptop, which writes acts, one after the other, and comes back when it was cut off."""

    def __init__(self, folder: Path, made: Installation, number: int) -> None:
        self._folder = folder / f"{number}.share"
        issuer = issuing.begin(self._folder, str(uuid4()), folder / STUDIES / f"{STUDY}.creds", made.server)
        code = issuing.codes_of(issuer, int(time.time()))["moderator"]
        self.host = access.access_by(Way(code), self._folder)
        self.client: Client | None = None
        self.took_ms: list[float] = []
        self.acknowledged = 0
        self.last_at = 0.0

    async def come_in(self) -> None:
        self.client = await access.connected(self.host, lambda _: None)

    async def write(self, until: float) -> None:
        await asyncio.sleep(random.uniform(0, BETWEEN_ACTS_S))
        while time.monotonic() < until:
            began = time.monotonic()
            try:
                if self.client is None or not self.client.is_connected:
                    await self.come_in()
                    began = time.monotonic()
                assert self.client is not None
                under = self.host.names.written_by("moderator")
                answer = await self.client.request(under, ACT % uuid4().hex.encode(), timeout=2)
                if b'"error"' in answer.data:
                    raise TimeoutError
                self.acknowledged += 1
                self.last_at = time.monotonic()
                self.took_ms.append((self.last_at - began) * 1000)
            except (KringError, ClientError, OSError, TimeoutError):
                await self.leave()
            await asyncio.sleep(max(BETWEEN_ACTS_S - (time.monotonic() - began), 0))

    async def leave(self) -> None:
        if self.client is not None:
            await access.left(self.client)
        self.client = None


def quantiles(several: list[float]) -> str:
    ordered = sorted(several)
    at = [ordered[min(round(len(ordered) * part), len(ordered) - 1)] for part in (0.5, 0.99, 1)]
    return " / ".join(f"{each:.1f}" for each in at)


def say(what: str, told: object) -> None:
    print(f"{what:<52} {told}", flush=True)


def used(servers: Iterable[Server], before: list[float] | None = None, took_s: float = 1) -> tuple[str, list[float]]:
    """Return the memory of each server, and its share of a core since it was asked before."""
    processes = [psutil.Process(one.pid) for one in servers if one.pid is not None]
    spent = [sum(one.cpu_times()[:2]) for one in processes]
    memory = " ".join(f"{one.memory_info().rss / 1e6:.0f}" for one in processes)
    if before is None or len(before) != len(spent):
        return f"{memory} MB", spent
    shares = " ".join(f"{(now - then) / took_s * 100:.0f}" for then, now in zip(before, spent, strict=True))
    return f"{memory} MB, {shares} % of a core", spent


async def for_all(laptops: list[Laptop], does: Callable[[Laptop], Awaitable[None]], at_once: int) -> float:
    room, began = asyncio.Semaphore(at_once), time.monotonic()

    async def one(laptop: Laptop) -> None:
        async with room:
            await does(laptop)

    await asyncio.gather(*map(one, laptops))
    return time.monotonic() - began


async def is_well(made: Installation, most_s: float = 120) -> float:
    """Return after how long every server says that it is level with the others."""
    began = time.monotonic()
    while time.monotonic() - began < most_s:
        told = [await asyncio.to_thread(telling.here, node.monitor_port) for node in made.nodes]
        if all(each is not None and each.healthz.get("status") == "ok" for each in told):
            return time.monotonic() - began
        await asyncio.sleep(0.2)
    return float("inf")


async def measured(folder: Path, made: Installation, servers: list[Server], sessions: int) -> None:
    say("servers ready (s)", f"{await is_well(made):.1f}")
    say("empty", used(servers)[0])
    laptops = [Laptop(folder, made, number) for number in range(sessions)]
    say(f"{sessions} sessions made, each in the pool (s)", f"{await for_all(laptops, made_by, AT_ONCE):.1f}")
    say("laptops come in (s)", f"{await for_all(laptops, Laptop.come_in, 10):.1f}")
    _, spent = used(servers)
    await asyncio.sleep(10)
    say("nobody writes", used(servers, spent, 10)[0])
    say("each has a place for recordings too (s)", f"{await for_all(laptops, with_place, AT_ONCE):.1f}")
    _, spent = used(servers)
    await asyncio.sleep(10)
    say("nobody writes, with those", used(servers, spent, 10)[0])

    _, spent = used(servers)
    await asyncio.gather(*(laptop.write(time.monotonic() + LASTS_S) for laptop in laptops))
    acts = sum(laptop.acknowledged for laptop in laptops)
    say(f"{acts / LASTS_S:.0f} acts a second", used(servers, spent, LASTS_S)[0])
    say("acknowledged after (ms; median / 99 % / longest)", quantiles([ms for each in laptops for ms in each.took_ms]))

    writing = asyncio.gather(*(laptop.write(time.monotonic() + 60) for laptop in laptops))
    await asyncio.sleep(3)
    process = psutil.Process(servers[0].pid)
    process.kill()
    process.wait()
    killed_at = time.monotonic()
    while not all(laptop.last_at > killed_at for laptop in laptops) and time.monotonic() < killed_at + 50:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    late = [laptop.last_at for laptop in laptops if laptop.last_at <= killed_at]
    say("a server killed: all write again after (s)", f"{time.monotonic() - killed_at:.1f} ({len(late)} do not)")
    servers[0].look()
    say("it is back, and level with the others after (s)", f"{await is_well(made):.1f}")
    await writing
    await for_all(laptops, Laptop.leave, 20)
    await told_of_all(folder, laptops, servers)


async def made_by(laptop: Laptop) -> None:
    for _ in range(20):
        with suppress(KringError):
            await making.make(laptop.host)
            return
    raise AssertionError("no server makes the session")


async def with_place(laptop: Laptop) -> None:
    """Make the place for recordings, as the first that is sent does."""
    for _ in range(20):
        with suppress(KringError):
            assert laptop.client is not None
            await Shelf(laptop.client, laptop.host).make()
            return
    raise AssertionError("no server makes the place")


async def told_of_all(folder: Path, laptops: list[Laptop], servers: list[Server]) -> None:
    acts = sum(laptop.acknowledged for laptop in laptops)
    reading = passes.read((folder / STUDIES / f"{STUDY}{setting_up.READING}").read_text())
    wanted: Access = access.reading_with(reading)
    client = await access.connected(wanted, lambda _: None)
    there, deadline = await pool.standing(client, STUDY), time.monotonic() + 60
    while sum(there.messages.values()) < acts and time.monotonic() < deadline:
        await asyncio.sleep(0.5)
        there = await pool.standing(client, STUDY)
    await access.left(client)
    say("acts acknowledged, in the pool, of sessions", f"{acts}, {sum(there.messages.values())}, {len(there.messages)}")
    say("at the end", used(servers)[0])
    size = sum(file.stat().st_size for file in (folder / "kring-0" / "data").rglob("*") if file.is_file())
    say("on the disk of one server", f"{size / 1e6:.0f} MB")


def main() -> None:
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    folder = Path(tempfile.mkdtemp())
    nodes = tuple(
        Node(f"kring-{place}", HERE, free_port(HERE), 0, free_port(HERE), free_port(HERE)) for place in range(3)
    )
    quotas = Quotas(streams=2 * sessions + 10, disk_bytes=100 << 30, connections=2 * sessions + 10)
    made = setting_up.set_up(folder, Wanted(nodes, None, [STUDY], quotas), int(time.time()))
    servers = [Server(folder / node.name) for node in made.nodes]
    try:
        for one in servers:
            one.look()
        asyncio.run(measured(folder, made, servers, sessions))
    finally:
        for one in servers:
            one.end()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
