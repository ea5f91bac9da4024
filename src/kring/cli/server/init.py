"""`kring server init`: the folder of a server or a cluster, made or added to."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from ipaddress import ip_address
from pathlib import Path

from kring.domain.text import KringError, Sentence, clean
from kring.system.clock import SystemClock
from kring.system.i18n import say
from kring.team import server
from kring.team.agency import config, installation, setting_up
from kring.team.agency.installation import STUDIES, Installation, Node
from kring.team.agency.setting_up import Wanted
from kring.team.entry import credentials
from kring.team.entry.tokens import Quotas

GB = 1_000_000_000
NUMBERS = (1, 3, 5)
STREAMS_OF_A_SESSION = 2
"""That of its acts, and of recordings on their way."""
CLUSTER_PORT, MONITOR_PORT = 6222, 8222
HOST = re.compile(r"(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.ASCII | re.IGNORECASE)


def init_command(asked: Namespace) -> int:
    """Write the folder of a server, and say what to do with it."""
    streams = _above_zero(asked.sessions) * STREAMS_OF_A_SESSION + 1  # and the pool
    quotas = Quotas(streams, _above_zero(asked.disk) * GB, _above_zero(asked.connections))
    wanted = Wanted(_nodes(asked), _certificate(asked), asked.study, quotas)
    if asked.folder.exists() and not asked.folder.is_dir():
        raise KringError("{file} is there already, and is no folder.", file=str(asked.folder))
    is_new = installation.read(asked.folder) is None
    made = setting_up.set_up(asked.folder, wanted, SystemClock().wall_ms() // 1000)
    untold = [] if is_new else setting_up.reload(asked.folder, made)
    for sentence in (*_told(asked.folder, made, asked.study), *(not_told(asked.folder / name) for name in untold)):
        sys.stdout.write(clean(say(sentence)) + "\n")
    return 0


def not_told(place: Path) -> Sentence:
    """Return what is to be done with a server that does not know yet what was written for it."""
    return Sentence(
        "{name} does not know yet: copy {place} there, and reload it.", {"name": place.name, "place": str(place)}
    )


def _nodes(asked: Namespace) -> tuple[Node, ...]:
    number = asked.nodes if asked.nodes is not None else len(asked.hosts)
    if not asked.hosts and asked.nodes is None:
        return ()
    if number != len(asked.hosts) or number not in NUMBERS or len(set(asked.hosts)) != number:
        raise KringError("A server is one host, a cluster three or five different ones: --hosts a,b,c")
    for host in asked.hosts:
        _require_host(host)
    _require_ports(asked.port, asked.web_port)
    names = ["kring"] if number == 1 else [f"kring-{place}" for place in range(1, number + 1)]
    return tuple(
        Node(name, host, asked.port, asked.web_port, CLUSTER_PORT, MONITOR_PORT)
        for name, host in zip(names, asked.hosts, strict=True)
    )


def _require_host(host: str) -> None:
    try:
        ip_address(host)
    except ValueError:
        if not HOST.fullmatch(host):
            raise KringError(
                "{host} is no name of a server: that is kring.example.org, or a number such as 192.168.1.20.", host=host
            ) from None


def _require_ports(port: int, web_port: int) -> None:
    for one in (port or -1, web_port):  # only the web may be left out
        if not 0 <= one < 1 << 16:
            raise KringError("{port} is no port: that is a number below 65536.", port=max(one, 0))
    taken = [one for one in (port, web_port, CLUSTER_PORT, MONITOR_PORT) if one]
    if len(set(taken)) < len(taken):
        raise KringError(
            "Each port has one use: --port, --web-port, and the server's own {cluster} and {monitor}.",
            cluster=CLUSTER_PORT,
            monitor=MONITOR_PORT,
        )


def _certificate(asked: Namespace) -> tuple[Path, Path] | None:
    if (asked.cert is None) != (asked.key is None):
        raise KringError("--cert and --key go together.")
    return None if asked.cert is None else (asked.cert, asked.key)


def _above_zero(number: int) -> int:
    if number < 1:
        raise KringError("How much a study may take is a number above zero.")
    return number


def _told(folder: Path, made: Installation, asked: list[str]) -> list[Sentence]:
    several = len(made.nodes) > 1
    told = [Sentence("Written: {folder}. Keep a copy of its folder keys in a safe place.", {"folder": str(folder)})]
    for node in made.nodes:
        where = {"place": str(folder / node.name), "host": node.host, "file": config.SERVER, "program": server.found()}
        if several:
            told.append(Sentence("{place} goes to {host}; there, in that folder: nats-server -c {file}", where))
        else:
            told.append(Sentence("To start the server, in the folder {place}: {program} -c {file}", where))
    told += [
        Sentence(
            "Study {study}: {credentials} is for who holds sessions, {reading} for who reads them. Send each to that "
            "person only, in a way that nobody reads along.",
            {
                "study": study,
                "credentials": str(folder / STUDIES / f"{study}{credentials.ENDING}"),
                "reading": str(folder / STUDIES / f"{study}{setting_up.READING}"),
            },
        )
        for study in asked
    ]
    return told
