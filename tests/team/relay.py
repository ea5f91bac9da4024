"""A cable between a laptop and a server, which can be pulled."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Cable:
    """Carries bytes between a port of its own and another one, as long as it is plugged in."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._lines: list[socket.socket] = []
        self.is_pulled = False
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def port(self) -> int:
        return self._listening.getsockname()[1]

    def pull(self) -> None:
        """From now on nothing is carried, and nobody is told."""
        self.is_pulled = True

    def plug_in(self) -> None:
        """Carry again; who spoke through the old line has to begin anew."""
        self.is_pulled = False
        lines, self._lines = self._lines, []
        for line in lines:
            _end(line)

    def close(self) -> None:
        self._listening.close()
        self.plug_in()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                self._lines.append(here)
                if not self.is_pulled:
                    threading.Thread(target=self._carry, args=(here,), daemon=True).start()

    def _carry(self, here: socket.socket) -> None:
        try:
            there = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            _end(here)
            return
        self._lines.append(there)
        threading.Thread(target=self._pass, args=(here, there), daemon=True).start()
        self._pass(there, here)

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while content := one.recv(65536):
                if not self.is_pulled:
                    other.sendall(content)
        if not self.is_pulled:  # while it is, nobody hears that the other one hung up
            _end(one)
            _end(other)


def _end(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
