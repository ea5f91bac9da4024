"""A row of the page for observers: what it costs while a session goes on and everybody looks."""

import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from kring_session import KRING, Acting
from measure import Compare, Effort, Row
from processes import cpu_seconds
from session_files import NAMES, ON_DISK, copy_of, place

from kring.commands.table import OF_LINES
from kring.domain.decide import decision, notes

OBSERVERS = 48
EVENTS = 2_000
LIMIT = 10
SETTLE_S = 2.0
LINK = re.compile(r"#([\w-]{32})")
CODES = tuple(f"P{seat}" for seat in range(1, len(NAMES) + 1))


def observers(effort: Effort) -> list[Row]:
    """Share of a processor of the page, with nobody and with everybody looking, while somebody acts each second."""
    row = Row("observers", f"page with {OBSERVERS} observers, an act a second", "% CPU", LIMIT, compare=Compare.AT_MOST)
    with place(ON_DISK) as folder, closing(Acting(copy_of(folder, EVENTS))) as acting:
        for code in CODES:
            command, text = OF_LINES.read(f"consent {code} yes")
            acting.session.do(command.decision_of(text))
        for looking in (0, OBSERVERS):
            with ExitStack() as stack:
                page, port, tokens = stack.enter_context(_served(folder, acting.session.store.path))
                browsers = [stack.enter_context(_Browser(port, token)) for token in tokens[:looking]]
                _watch(page, acting, SETTLE_S)
                figures = [_watch(page, acting, effort.idle_s / 2) for _ in range(2)]
                assert all(browser.views > effort.idle_s / 2 for browser in browsers), "not every act was shown"
            (row.kring if looking else row.floor).extend(figures)
    return [row]


def _watch(page: subprocess.Popen[str], acting: Acting, seconds: float) -> float:
    """Share of a processor, in per cent, that the page uses in the window."""
    before, begun = cpu_seconds(page.pid), time.monotonic()
    while (passed := time.monotonic() - begun) < seconds:
        acting.act()
        if acting.acts % 2 == 0:
            acting.session.do(decision(notes.star))
        time.sleep(min(1.0, max(0.0, seconds - passed)))
    return (cpu_seconds(page.pid) - before) / passed * 100


@contextmanager
def _served(folder: Path, file: Path) -> Iterator[tuple["subprocess.Popen[str]", int, list[str]]]:
    """The page of a session, and a link for each observer."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    invited = [word for number in range(OBSERVERS) for word in ("--invite", f"Observer no. {number}")]
    argv = [*KRING, "observers", str(file), "--listen", f"127.0.0.1:{port}", *invited]
    with subprocess.Popen(
        argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder
    ) as page:
        try:
            assert page.stdout is not None
            tokens: list[str] = []
            while len(tokens) < OBSERVERS and (line := page.stdout.readline()):
                tokens += LINK.findall(line)
            yield page, port, tokens
        finally:
            page.terminate()
    for left in file.with_suffix(".observers").iterdir():
        left.unlink()


class _Browser:
    """One observer: enters by a link, and reads what comes."""

    def __init__(self, port: int, token: str) -> None:
        self.views = 0
        self._port, self._token = port, token
        self._reading = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> "_Browser":
        cookie = self._asked("POST /enter", f'{{"token": "{self._token}"}}')
        self._stream = self._sent("GET /events", "", f"Cookie: {cookie}\r\n")
        self._reading.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.shutdown(socket.SHUT_RDWR)
        self._reading.join(1)
        self._stream.close()

    def _read(self) -> None:
        while part := self._stream.recv(65_536):
            self.views += part.count(b"event: view")

    def _asked(self, what: str, body: str) -> str:
        with self._sent(what, body, "Connection: close\r\n") as one:
            told = b"".join(iter(lambda: one.recv(65_536), b"")).decode()
        found = re.search(r"(?i)set-cookie: ([^;]+)", told)
        assert found is not None, told.splitlines()[0]
        return found[1]

    def _sent(self, what: str, body: str, headers: str) -> socket.socket:
        here = f"127.0.0.1:{self._port}"
        one = socket.create_connection(("127.0.0.1", self._port))
        about = f"Host: {here}\r\nOrigin: http://{here}\r\n"
        content = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        one.sendall(f"{what} HTTP/1.1\r\n{about}{content}{headers}\r\n{body}".encode())
        return one
