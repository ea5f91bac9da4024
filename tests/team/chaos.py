"""An evening on two laptops on which everything goes wrong: kills, cables, and disks that lose what they had."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from acting import act
from conftest import make_plan
from kring.session import session as sessions
from kring.session.session import Me
from kring.store.tables import COLUMNS, SELECTS
from kring.store.verify import verify
from kring.system.clock import SystemClock
from kring.system.sqlite import sqlite3
from kring.system.worker_process import Background
from kring.team import access, codes, status
from kring.team.levelling import stream
from kring.team.shared_folder import PID
from kring.team.status import Status
from kring.team.tasks import Hosting, Levelling, Listening, Role, Way, hosting, levelling
from team.conftest import HERE, NOW_MS, access_with
from team.relay import Cable

TESTS = Path(__file__).parents[1]
DISK, OLDER_DISK = "jetstream", "older"
FAULTS = ("kill_typist", "kill_agent", "kill_server", "restart_host", "wipe_disk", "roll_back_disk", "pull_cable",
          "make_holes")  # fmt: skip


class Laptop:
    """A laptop with a copy of the session, who works on it, and its agent."""

    def __init__(self, file: Path, me: Me, way: Way, folder: Path) -> None:
        self.file, self.me, self.way, self.folder = file, me, way, folder
        self.log = file.with_suffix(".log")
        self.log.touch()
        folder.mkdir(exist_ok=True, mode=0o700)
        self.lives = 0
        self.typist: subprocess.Popen[bytes] | None = None
        self.agent: Background[Listening] | None = None

    def type(self, until: int, pace_ms: int) -> None:
        """Go on working, unless it is being done, or enough was."""
        if self.typist is not None and self.typist.poll() is None:
            return
        self.lives += 1
        told = [self.file, *self.me, self.log, f"{self.me.name} {self.lives}", pace_ms, until]
        program = [sys.executable, "-m", "team.typist", *map(str, told)]
        self.typist = subprocess.Popen(program, cwd=TESTS, env=os.environ | {"PYTHONPATH": str(TESTS)})

    def level(self) -> None:
        """Start the agent where none is, as a face does."""
        if self.agent is None or (self.agent.poll(), self.agent.is_over)[1]:
            self.agent = levelling(Levelling(str(self.file), str(self.folder), self.way))

    def kill(self, who: Background[Listening] | subprocess.Popen[bytes] | None) -> None:
        process = who._process if isinstance(who, Background) else who
        if process is not None and process.poll() is None:
            process.kill()
            process.wait()

    @property
    def acknowledged(self) -> list[str]:
        return self.log.read_text().split()

    @property
    def status(self) -> Status | None:
        return status.read(self.folder)

    def said(self) -> dict[str, list[tuple]]:
        """Return all that the file says, but for the order in which it came."""
        with closing(sqlite3.connect(str(self.file))) as file:
            tables = {table: file.execute(SELECTS[table]).fetchall() for table in COLUMNS}
            events = file.execute("select * from events order by hlc, device, id").fetchall()
        return tables | {"events": [event[1:] for event in events]}


class Evening:
    """A session on two laptops, one of which has the server."""

    def __init__(self, place: Path, acts: int, pace_ms: int = 3) -> None:
        self.acts, self.pace_ms = acts, pace_ms
        els = Me("Els", "moderator", "e" * 16)
        first = place / "els.db"
        with closing(sessions.begin(first, make_plan(), SystemClock(), els, zone=("UTC", 0))) as begun:
            self.session = begun.state.session.id
            act(begun, "start anyway")
        second = place / "bo.db"
        with closing(sqlite3.connect(str(first))) as copy:
            copy.execute("vacuum into ?", (str(second),))
        self.folder = place / "els.share"
        self.host: Background[Listening] | None = None
        given = self.start_host()
        code = codes.read(given["assistant"])
        self.cable = Cable(code.port)
        theirs = Way(codes.written(replace(code, port=self.cable.port)))
        bo = Me("Bo", "assistant", "b" * 16)
        self.laptops = (
            Laptop(first, els, Way(given["moderator"]), self.folder),
            Laptop(second, bo, theirs, place / "bo.share"),
        )
        self._access = access_with(given["moderator"], self.folder)
        asyncio.run(self._make_stream())

    def start_host(self) -> dict[Role, str]:
        self.host = hosting(Hosting(str(self.folder), self.session, HERE, NOW_MS))
        news = next(self.host.wait())
        assert isinstance(news, Listening), news
        return news.codes

    async def _make_stream(self) -> None:
        """Make the stream so that acts can be taken out of it."""
        host = await access.connected(self._access, lambda _: None, as_host=True)
        names = self._access.names
        config = names.stream_config() | {"deny_delete": False}
        await host.request(f"$JS.API.STREAM.CREATE.{names.stream}", msgspec.json.encode(config), timeout=5)
        await access.left(host)

    # what goes wrong

    def kill_typist(self, dice: random.Random) -> None:
        one = dice.choice(self.laptops)
        one.kill(one.typist)

    def kill_agent(self, dice: random.Random) -> None:
        one = dice.choice(self.laptops)
        one.kill(one.agent)

    def kill_server(self, _dice: random.Random) -> None:
        with suppress(ProcessLookupError, OSError, ValueError):
            os.kill(int((self.folder / PID).read_text()), signal.SIGKILL)

    def restart_host(self, _dice: random.Random, meanwhile: Callable[[], object] = lambda: None) -> None:
        assert self.host is not None
        self.host.cancel()
        meanwhile()
        self.start_host()

    def wipe_disk(self, dice: random.Random) -> None:
        self.restart_host(dice, lambda: shutil.rmtree(self.folder / DISK, ignore_errors=True))

    def roll_back_disk(self, dice: random.Random) -> None:
        """Put back what the server's disk had when this was done before; the first time, only keep it."""
        older, disk = self.folder / OLDER_DISK, self.folder / DISK

        def put_back() -> None:
            if older.exists():
                shutil.rmtree(disk, ignore_errors=True)
                older.rename(disk)
            elif disk.exists():
                shutil.copytree(disk, older)

        self.restart_host(dice, put_back)

    def pull_cable(self, dice: random.Random) -> None:
        self.cable.pull()
        time.sleep(dice.uniform(0.2, 3))
        self.cable.plug_in()

    def make_holes(self, dice: random.Random) -> None:
        """Take acts out of the stream, as a damaged disk does; a stream that kring itself made lets nobody do that."""
        with suppress(Exception):
            asyncio.run(self._make_holes(dice))

    async def _make_holes(self, dice: random.Random) -> None:
        host = await access.connected(self._access, lambda _: None, as_host=True)
        try:
            standing = await stream.Stream(host, self._access).standing()
            for _ in range(3):
                wanted = {"seq": dice.randint(1, max(standing.last, 1)), "no_erase": True}
                content = msgspec.json.encode(wanted)
                await host.request(f"$JS.API.STREAM.MSG.DELETE.{self._access.names.stream}", content, timeout=1)
        finally:
            await access.left(host)

    # the evening

    def run(
        self, dice: random.Random, faults: Sequence[Callable[[random.Random], None]], pause_s: float, at_least: int
    ) -> None:
        """Let both work until all was done, with a fault every now and then: each of them, then any."""
        happened = 0
        while not self.is_typed() or happened < at_least:
            self.look_after()
            time.sleep(dice.uniform(0.2, 1.8) * pause_s)
            (faults[happened] if happened < len(faults) else dice.choice(faults))(dice)
            happened += 1

    def look_after(self) -> None:
        """Start anew what was killed, as people and faces do."""
        for one in self.laptops:
            one.type(self.acts // 2, self.pace_ms)
            one.level()

    def is_typed(self) -> bool:
        return all(len(one.acknowledged) >= self.acts // 2 for one in self.laptops)

    def are_level(self) -> bool:
        self.look_after()
        told = [one.status for one in self.laptops]
        if not all(one and one.condition == "live" and not one.to_send and not one.to_read for one in told):
            return False
        one, other = (set(_ids(each.file)) for each in self.laptops)
        return one == other

    def check(self) -> None:
        """Nothing that was acknowledged is lost, nothing is there twice, and both copies say the same."""
        one, other = self.laptops
        assert one.said() == other.said()
        ids = _ids(one.file)
        assert len(ids) == len(set(ids))
        lost = {*one.acknowledged, *other.acknowledged} - set(ids)
        assert not lost, f"{len(lost)} acts were lost"
        for each in self.laptops:
            assert verify(each.file).findings == ()

    def close(self) -> None:
        self.cable.close()
        for one in self.laptops:
            one.kill(one.typist)
            if one.agent is not None:
                one.agent.cancel()
        assert self.host is not None
        self.host.cancel()


def _ids(file: Path) -> list[str]:
    with closing(sqlite3.connect(str(file))) as read:
        return [name for (name,) in read.execute("select id from events")]
