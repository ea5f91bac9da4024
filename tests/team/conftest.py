"""A real server on this computer, as a laptop has it that shares a session."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kring.domain.text import KringError
from kring.team import server
from kring.team.access import Access, access_by
from kring.team.tasks import Hosting, Listening, Role, Way, hosting

HERE = "127.0.0.1"
NOW_MS = 1_790_000_000_000


def has_server() -> bool:
    try:
        server.found()
    except KringError:
        return False
    return True


needs_server = pytest.mark.skipif(not has_server(), reason="needs the extra team: nats-server")


@contextmanager
def hosted(folder: Path, session: str | None = None) -> Iterator[dict[Role, str]]:
    """Keep a server for a session as kring does, in a process of its own, and give its codes."""
    wanted = Hosting(str(folder), session or str(uuid.uuid4()), HERE, NOW_MS)
    one = hosting(wanted)
    try:
        news = next(one.wait())
        assert isinstance(news, Listening), news
        yield news.codes
    finally:
        one.cancel()


def access_with(code: str, folder: Path | None = None) -> Access:
    return access_by(Way(code), folder)


def until(happens: Callable[[], object], most_s: float = 20.0) -> None:
    """Wait for something that is about to be true."""
    deadline = time.monotonic() + most_s
    while not happens():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)
