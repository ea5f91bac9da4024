"""Writing the folder of an agency's servers, for the first time or once more: what is there stays, keys above all."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from kring.domain.text import KringError
from kring.team import certificate as certificates
from kring.team import keys, server, shared_folder
from kring.team.agency import authority, config, installation, telling
from kring.team.agency.authority import Made
from kring.team.agency.installation import STUDIES, Installation, Node, StudyKeys, StudyPlan
from kring.team.entry import credentials, passes, tokens
from kring.team.entry.credentials import Credentials, Study
from kring.team.entry.passes import Pass
from kring.team.entry.tokens import Quotas

DAY_S = 24 * 3600
CREDENTIALS_DAYS = 400
READING_DAYS = 90
SOON_DAYS = 30
"""How long before its end something is written anew."""
READING = ".reading"
RELOAD_S, LOOK_S = 3.0, 0.02
_LOADED = "config_load_time"
UNIT = "kring-server@.service"


class Wanted(msgspec.Struct, frozen=True):
    """What is asked for: servers, where there are none yet; a certificate of somebody else; studies, with quotas."""

    nodes: tuple[Node, ...]
    certificate: tuple[Path, Path] | None
    studies: Sequence[str]
    quotas: Quotas


def set_up(folder: Path, wanted: Wanted, now_s: int) -> Installation:
    """Write all that servers and people need; raises KringError."""
    for name in wanted.studies:
        installation.refuse_no_name(name)
    before = installation.read(folder)
    one = _decided(before, wanted)
    if wanted.certificate is not None:
        one = msgspec.structs.replace(one, own_certificate=False)
    installation.keep(folder, one)
    write(folder, one, now_s)
    if wanted.certificate is not None:
        for node in one.nodes:
            for source, name in zip(wanted.certificate, (config.CERTIFICATE, config.KEY), strict=True):
                shared_folder.keep(folder / node.name, name, _content(source))
    return one


def _decided(before: Installation | None, wanted: Wanted) -> Installation:
    added = {name: StudyPlan(wanted.quotas) for name in wanted.studies}
    if before is None:
        if not wanted.nodes:
            raise KringError(
                "Say under which name or number laptops reach the server: --hosts server.example.org, or three for a "
                "cluster: --hosts a.example.org,b.example.org,c.example.org"
            )
        return Installation(wanted.nodes, wanted.certificate is None, added)
    if wanted.nodes and wanted.nodes != before.nodes:
        raise KringError(
            "This folder is of other servers: {servers}. Take another folder for these.",
            servers=", ".join(node.host for node in before.nodes),
        )
    kept = {
        name: msgspec.structs.replace(before.studies.get(name, plan), quotas=plan.quotas)
        for name, plan in added.items()
    }
    return msgspec.structs.replace(before, studies=before.studies | kept)


def write(folder: Path, one: Installation, now_s: int) -> None:
    """Write everything that follows from what was decided and from the keys."""
    own = installation.operator_keys(folder, now_s)
    studies = {name: installation.study_keys(folder, name) for name in one.studies}
    signer = _authority(folder, now_s)
    accounts = config.accounts(one, own, studies, now_s).encode()
    for node in one.nodes:
        place = folder / node.name
        shared_folder.keep(place, config.SERVER, config.server(one, node).encode())
        shared_folder.keep(place, config.ACCOUNTS, accounts)
        shared_folder.keep(place, config.STORE_KEY, config.store_key(own).encode())
        if one.own_certificate:
            _certify(place, (config.CERTIFICATE, config.KEY), signer, node.host, now_s)
        if len(one.nodes) > 1:
            _certify(place, (config.ROUTES_CERTIFICATE, config.ROUTES_KEY), signer, node.host, now_s)
            shared_folder.keep(place, config.ROUTES_AUTHORITY, signer.certificate)
    shared_folder.keep(folder, UNIT, config.unit(server.found()).encode())
    point = authority.point_of(signer.certificate) if one.own_certificate else b""
    for name, its_keys in studies.items():
        _write_for_people(folder / STUDIES, one, name, its_keys, point, now_s)


def reload(folder: Path, one: Installation) -> list[str]:
    """Have the servers that run on this computer read again what they are told; return the names of those that did
    not: they run elsewhere or not at all, or take it only when they start.
    """
    return [node.name for node in one.nodes if not _is_told(folder / node.name, node.monitor_port)]


def _is_told(place: Path, monitor_port: int) -> bool:
    import psutil

    before = telling.here(monitor_port)
    with suppress(OSError, ValueError, psutil.Error):
        process = psutil.Process(int((place / config.PID).read_text("ascii")))
        if before and Path(process.cwd()).samefile(place) and server.PROGRAM in process.name() and os.name == "posix":
            process.send_signal(signal.SIGHUP)
            until = time.monotonic() + RELOAD_S
            while time.monotonic() < until:
                now = telling.here(monitor_port)
                if now is not None and now.varz.get(_LOADED) != before.varz.get(_LOADED):
                    return True
                time.sleep(LOOK_S)
    return False


def _authority(folder: Path, now_s: int) -> Made:
    public, private = (folder / installation.KEYS / name for name in installation.AUTHORITY)
    if public.exists() and private.exists():
        return Made(_content(public), _content(private))
    made = authority.make(now_s * 1000)
    shared_folder.keep(private.parent, private.name, made.key)
    shared_folder.keep(public.parent, public.name, made.certificate)
    return made


def _certify(place: Path, names: tuple[str, str], signer: Made, host: str, now_s: int) -> None:
    public, private = (place / name for name in names)
    if public.exists() and certificates.ends_s(_content(public)) - now_s > SOON_DAYS * DAY_S:
        return
    key = _content(private) if private.exists() else b""
    made = authority.certificate_for(signer, [host], now_s * 1000, key)
    shared_folder.keep(place, private.name, made.key)
    shared_folder.keep(place, public.name, made.certificate)


def _write_for_people(
    place: Path, one: Installation, study: str, its_keys: StudyKeys, point: bytes, now_s: int
) -> None:
    """Write what lets people in: credentials for who holds sessions, a code for who reads them."""
    account, scope = tokens.public_of(its_keys.account), its_keys.scopes[keys.HOST]
    until_s = now_s + CREDENTIALS_DAYS * DAY_S
    claims = tokens.user(keys.HOST, tokens.public_of(its_keys.host), tokens.public_of(scope), account, (now_s, until_s))
    seeds = {role: its_keys.scopes[role] for role in passes.ROLES if role != passes.READER}
    told = Study(study, account, one.server, point.hex(), one.copies, seeds)
    text = credentials.written(Credentials(tokens.signed(scope, claims), its_keys.host, told))
    shared_folder.keep(place, f"{study}{credentials.ENDING}", text.encode())
    reading = its_keys.scopes[passes.READER]
    code = Pass(
        passes.READER,
        "",
        study,
        one.server,
        point,
        bytes.fromhex(its_keys.reader),
        tokens.packed(tokens.public_of(reading)),
        tokens.packed(account),
        now_s,
        now_s + READING_DAYS * DAY_S,
    )
    shared_folder.keep(place, f"{study}{READING}", (passes.written(code.signed_with(reading)) + "\n").encode())


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise KringError("{file} cannot be read: {reason}.", file=file.name, reason=problem.strerror or "") from problem
