"""What is wrong with the server of an agency, in sentences for whoever looks after it."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import stat
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from kring.domain.text import N_, Sentence
from kring.domain.time_text import as_length
from kring.team import certificate as certificates
from kring.team import shared_folder
from kring.team.access import NotLetIn, NotReached
from kring.team.agency import config, installation, telling
from kring.team.agency.authority import point_of
from kring.team.agency.installation import STUDIES, Installation
from kring.team.agency.setting_up import READING, SOON_DAYS
from kring.team.agency.telling import Told
from kring.team.entry import credentials, passes, tokens, trust

DAY_S = 24 * 3600
LEAST_VERSION = (2, 11)
CLOCK_S = 2
FULL = 0.9


def of_folder(folder: Path, now_s: int) -> Iterator[Sentence]:
    """Yield what is wrong with all servers of a folder, and with the files in it."""
    one = installation.known(folder)
    yield from _open_to_others(folder)
    yield from _people(folder / STUDIES, now_s)
    for node in one.nodes:
        yield from _files(folder / node.name, now_s)
    point = point_of((folder / installation.KEYS / installation.AUTHORITY[0]).read_bytes())
    authority = point if one.own_certificate else b""
    is_reached = False
    for node in one.nodes:
        for url in node.addresses:
            is_there = yield from _address(url, authority, now_s)
            is_reached |= is_there and url.startswith("tls:")
    if is_reached:
        yield from _cluster(folder, one, authority, now_s)


def of_node(place: Path, now_s: int) -> Iterator[Sentence]:
    """Yield what is wrong with the one server whose folder this is, on its own computer."""
    yield from _open_to_others(place)
    yield from _files(place, now_s)
    text = (place / config.SERVER).read_text("utf-8")
    told = telling.here(int(_found(r'http: "127\.0\.0\.1:(\d+)"', text, "0")))
    if told is not None:
        yield from _server(told, _found(r'server_name: "([^"]+)"', text, place.name), now_s)
        yield from _disk(place)
        return
    port = int(_found(r"(?m)^port: (\d+)", text, "0"))
    if _is_free(port):
        yield Sentence(
            N_("The server does not run: in {folder}, nats-server -c {file}"),
            {"folder": str(place), "file": config.SERVER},
        )
    else:
        yield Sentence(N_("Another program has port {port}: end that, or take another port."), {"port": port})


def of_server(server: str, now_s: int) -> Iterator[Sentence]:
    """Yield what is wrong with a server as anybody sees it who reaches it."""
    for url in trust.addresses(server):
        yield from _address(url, b"", now_s)


def _open_to_others(folder: Path) -> Iterator[Sentence]:
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield Sentence(
            N_("{folder} can be read by others on this computer: chmod 700 {folder}"), {"folder": str(folder)}
        )
        for file in sorted(folder.rglob("*")):
            if file.is_file() and stat.S_IMODE(file.stat().st_mode) & 0o077 and "data" not in file.parts:
                yield Sentence(
                    N_("{file} can be read by others on this computer: chmod 600 {file}"), {"file": str(file)}
                )


def _people(place: Path, now_s: int) -> Iterator[Sentence]:
    """Yield what ends of what was given to people."""
    for file in sorted(place.glob(f"*{credentials.ENDING}")):
        yield from _end(str(file), int(tokens.claims_in(credentials.read(file).token)["exp"]), now_s)
    for file in sorted(place.glob(f"*{READING}")):
        yield from _end(str(file), passes.read(file.read_text("ascii")).until_s, now_s)


def _files(place: Path, now_s: int) -> Iterator[Sentence]:
    """Yield what is wrong with the configuration of a server, and with its certificates."""
    where = {"file": str(place / config.SERVER)}
    text = (place / config.SERVER).read_text("utf-8")
    if not re.search(r"(?m)^\s*sync_interval: always$", text):
        yield Sentence(
            N_("{file}: what was acknowledged may be lost when the power fails; it lacks sync_interval: always"), where
        )
    key = place / config.STORE_KEY
    if not re.search(r"(?m)^\s*cipher: \w+$", text) or "store_key:" not in (_text(key) or ""):
        yield Sentence(N_("{file}: the disk is not locked; it lacks cipher and key"), where)
    for name in (config.CERTIFICATE, config.ROUTES_CERTIFICATE):
        if (pem := _text(place / name)) is not None:
            yield from _end(str(place / name), certificates.ends_s(pem.encode()), now_s)


def _end(what: str, ends_s: int, now_s: int) -> Iterator[Sentence]:
    """Yield that something has ended or ends soon: it is written anew by `kring server init`."""
    days = (ends_s - now_s) // DAY_S
    if days < 0:
        yield Sentence(N_("{what} ended {n} days ago: kring server init writes it anew."), {"what": what, "n": -days})
    elif days < SOON_DAYS:
        yield Sentence(N_("{what} ends in {n} days: kring server init writes it anew."), {"what": what, "n": days})


def _address(url: str, authority: bytes, now_s: int) -> Generator[Sentence, None, bool]:
    """Yield what is wrong at an address; return whether a server is there that is to be trusted."""
    place = urlsplit(url)
    where = {"address": f"{place.hostname}:{place.port}"}
    try:
        seen = asyncio.run(trust.look(url))
    except (OSError, TimeoutError):
        yield Sentence(N_("Nobody answers at {address}: does the server run, and is the port let through?"), where)
        return False
    if authority:
        try:
            trusted = trust.signed_by(authority, seen.certificate)
            asyncio.run(trust.try_out(url, seen, trusted))
        except (OSError, TimeoutError):
            yield Sentence(
                N_(
                    "At {address} another program answers, or a server with another certificate: copy the folder of "
                    "the server there, and start it again."
                ),
                where,
            )
            return False
    yield from _end(where["address"], certificates.ends_s(ssl.DER_cert_to_PEM_cert(seen.certificate).encode()), now_s)
    if place.scheme == "tls":
        yield from _greeted(asyncio.run(trust.greeting(url, seen)), where)
    return True


def _greeted(told: dict[str, object], where: dict[str, str]) -> Iterator[Sentence]:
    version = str(told.get("version", ""))
    if _numbers(version) < LEAST_VERSION:
        yield Sentence(
            N_("At {address} nats-server is {version}: kring needs 2.11 or newer."), {**where, "version": version}
        )
    if not told.get("jetstream"):
        yield Sentence(N_("At {address} the server keeps nothing: JetStream is off there."), where)
    if int(str(told.get("max_payload", 0))) < shared_folder.MOST_BYTES:
        yield Sentence(
            N_("At {address} the server takes no large acts: max_payload: {bytes}"),
            {**where, "bytes": shared_folder.MOST_BYTES},
        )
    if not told.get("auth_required"):
        yield Sentence(N_("At {address} anybody is let in."), where)


def _cluster(folder: Path, one: Installation, authority: bytes, now_s: int) -> Iterator[Sentence]:
    try:
        told = asyncio.run(telling.all_of(one, installation.operator_keys(folder, now_s), authority, now_s))
    except (NotReached, NotLetIn):
        yield Sentence(
            N_("The servers do not know who signs for this folder: copy the folders of the servers there, and reload.")
        )
        return
    for node in one.nodes:
        if node.name in told:
            yield from _server(told[node.name], node.name, now_s)
        else:
            yield Sentence(
                N_("{name} is not with the others: is it running, and do they reach each other at port {port}?"),
                {"name": node.name, "port": node.cluster_port},
            )


def _server(told: Told, name: str, now_s: int) -> Iterator[Sentence]:
    """Yield what is wrong with a server as it tells it itself."""
    who: dict[str, object] = {"name": name}
    kept = told.varz.get("jetstream") or {}
    settings, stats = kept.get("config") or {}, kept.get("stats") or {}
    if _numbers(str(told.varz.get("version", ""))) < LEAST_VERSION:
        yield Sentence(
            N_("{name} is nats-server {version}: kring needs 2.11 or newer."),
            {**who, "version": told.varz.get("version", "")},
        )
    if not settings:
        yield Sentence(N_("{name} keeps nothing: JetStream is off there."), who)
    elif not settings.get("sync_always"):
        yield Sentence(
            N_("{name} may lose what was acknowledged when the power fails: sync_interval is not always."), who
        )
    if told.healthz.get("status") != "ok":
        yield Sentence(N_("{name} is behind the others, or not ready yet: wait, and check again."), who)
    if stats.get("storage", 0) > FULL * settings.get("max_storage", float("inf")):
        yield Sentence(N_("The disk of {name} is nearly full."), who)
    yield from _others(kept.get("meta") or {}, name)
    yield from _clock(told.now, name, now_s)


def _others(meta: dict[str, object], name: str) -> Iterator[Sentence]:
    """Yield which servers the one misses that leads; the others don't know."""
    if meta and not meta.get("leader"):
        yield Sentence(
            N_("{name} sees no majority of the servers: nothing is taken until there is one."), {"name": name}
        )
    if meta.get("leader") == name:
        replicas = meta.get("replicas")
        for each in replicas if isinstance(replicas, list) else []:
            if each.get("offline") or not each.get("current"):
                yield Sentence(N_("{name} misses {other}, or that is behind."), {"name": name, "other": each["name"]})


def _clock(now: str, name: str, now_s: int) -> Iterator[Sentence]:
    try:
        ahead_s = datetime.fromisoformat(now).timestamp() - now_s
    except ValueError:
        return
    if abs(ahead_s) > CLOCK_S + telling.PATIENCE_S * 2:
        yield Sentence(
            N_("The clock of {name} and that of this computer differ by {time}."),
            {"name": name, "time": as_length(abs(ahead_s) * 1000)},
        )


def _disk(place: Path) -> Iterator[Sentence]:
    import shutil

    room = shutil.disk_usage(place)
    if room.used > FULL * room.total:
        yield Sentence(N_("The disk of {name} is nearly full."), {"name": str(place)})


def _is_free(port: int) -> bool:
    try:
        with socket.socket() as one:
            one.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def _found(pattern: str, text: str, otherwise: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else otherwise


def _text(file: Path) -> str | None:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeError):
        return None
