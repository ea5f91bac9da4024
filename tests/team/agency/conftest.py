"""A server of an agency on this computer: one for all tests of a module."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest

from kring.team import access
from kring.team.access import Access, NotReached
from kring.team.agency import setting_up
from kring.team.agency.installation import STUDIES, Installation, Node
from kring.team.agency.setting_up import Wanted
from kring.team.entry import credentials, issuing, trust
from kring.team.entry.issuing import Issuer
from kring.team.entry.tokens import Quotas
from kring.team.levelling import making
from kring.team.server import Server, free_port
from kring.team.tasks import Role, Way
from team.conftest import HERE, until

QUOTAS = Quotas(streams=50, disk_bytes=1 << 30, connections=50)
PATIENCE_S = 60


class Agency(NamedTuple):
    """The folder of a server that runs."""

    folder: Path
    made: Installation
    server: Server

    def issuer(self, folder: Path, study: str = "brug", server: str = "", session: str = "") -> Issuer:
        file = self.folder / STUDIES / f"{study}{credentials.ENDING}"
        return issuing.begin(folder, session or str(uuid4()), file, server)


def now_s() -> int:
    return int(time.time())  # the server goes by it


def wanted(*studies: str, hosts: tuple[str, ...] = (HERE,), web: bool = True) -> Wanted:
    nodes = tuple(
        Node(f"kring-{place}", host, free_port(HERE), free_port(HERE) if web else 0, free_port(HERE), free_port(HERE))
        for place, host in enumerate(hosts)
    )
    return Wanted(nodes, None, studies, QUOTAS)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that answers at once is waited for also while this computer does a hundred other things."""
    monkeypatch.setattr(access, "CONNECT_S", PATIENCE_S)
    monkeypatch.setattr(trust, "LOOK_S", PATIENCE_S)


@contextmanager
def running(folder: Path, what: Wanted) -> Iterator[Agency]:
    made = setting_up.set_up(folder, what, now_s())
    server = Server(folder / made.nodes[0].name)
    try:
        assert server.look()
        until(lambda: answers(made.nodes[0].port))
        yield Agency(folder, made, server)
    finally:
        server.end()
        shutil.rmtree(folder / made.nodes[0].name / "data", ignore_errors=True)


def answers(port: int) -> bool:
    import socket

    try:
        with socket.create_connection((HERE, port), 1):
            return True
    except OSError:
        return False


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agency]:
    with running(tmp_path_factory.mktemp("agency"), wanted("brug", "kade")) as one:
        yield one


async def made(host: Access) -> None:
    """Make the stream of a session; as kring does, again where the server has just begun, or is busy."""
    latest = time.monotonic() + PATIENCE_S
    while True:
        try:
            return await making.make(host)
        except NotReached:
            if time.monotonic() > latest:
                raise
            await asyncio.sleep(0.02)


class Evening(NamedTuple):
    """A session that is held on the server, the access of each role, and that of who holds it."""

    issuer: Issuer
    roles: dict[Role, Access]
    host: Access


async def evening(agency: Agency, folder: Path, study: str = "brug", session: str = "") -> Evening:
    """Return a session on the server, whose stream is there."""
    issuer = agency.issuer(folder, study, session=session)
    codes = issuing.codes_of(issuer, now_s())
    host = access.access_by(Way(codes["moderator"]), folder)
    await made(host)
    return Evening(issuer, {role: access.access_by(Way(code)) for role, code in codes.items()}, host)
