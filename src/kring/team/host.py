"""The process that keeps the server of a shared session alive: `python -m kring.team.host`.

It ends, and the server with it, when the kring is gone that started it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kring.domain.text import KringError
from kring.system import worker_process
from kring.team import certificate, server, shared_folder
from kring.team.codes import ROLES
from kring.team.server import Server
from kring.team.tasks import Hosting, Listening

LOOK_S = 0.02
START_S = 8.0


def keep(task: Hosting) -> Iterator[Listening]:
    """Keep the server of a folder alive; yield the codes when it listens, and whenever one of them is a new one."""
    server.found()
    folder = Path(task.folder)
    port = server.free_port(task.address)
    kept = shared_folder.begin_sharing(folder, task.session, task.address, port, task.moment_ms)
    fingerprint = certificate.fingerprint_in(folder / shared_folder.CERTIFICATE)
    one = Server(folder)
    try:
        deadline, listens, config = time.monotonic() + START_S, False, _age(folder)
        while True:
            one.heal()
            runs = one.look()
            if not listens and runs and server.answers(kept.address, kept.port, fingerprint):
                listens = True
                yield _listening(folder)
            if not listens and (one.has_failed() or time.monotonic() > deadline):
                raise KringError(
                    "Nobody can be let in at {address}, port {port}: another program has it. End that, or take away "
                    "{folder}; the codes are new then.",
                    address=kept.address,
                    port=kept.port,
                    folder=folder.name,
                )
            if (now := _age(folder)) != config:
                config = now
                one.reload()
                yield _listening(folder)
            time.sleep(LOOK_S)
    finally:
        one.end()


def _listening(folder: Path) -> Listening:
    return Listening({role: shared_folder.code_for(folder, role) for role in ROLES})


def _age(folder: Path) -> int:
    try:
        return (folder / shared_folder.CONFIG).stat().st_mtime_ns
    except OSError:
        return 0


if __name__ == "__main__":
    sys.exit(worker_process.work(Hosting, keep, modest=False))
