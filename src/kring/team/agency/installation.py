"""The folder in which an agency keeps its server, or the three of its cluster: what was decided, and the keys.

What is decided stands in `installation.json` and is no secret; the keys lie in `keys`, for their owner only, and are
made once. All else in the folder is written from the two.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import msgspec

from kring.domain.text import KringError
from kring.team import keys, shared_folder
from kring.team.entry import passes, tokens
from kring.team.entry.tokens import Quotas

FILE, KEYS, OPERATOR, STUDIES = "installation.json", "keys", "operator.json", "studies"
AUTHORITY = ("authority.pem", "authority-key.pem")
_STUDY_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
MOST_COPIES = 3

SCOPES: tuple[str, ...] = (keys.HOST, *passes.ROLES)
"""Who is let in to a study, each by a key that lets in nobody else."""


class Node(msgspec.Struct, frozen=True):
    """One server: what it's called, the host that laptops reach it at, and its ports; no `web_port` is no WebSocket."""

    name: str
    host: str
    port: int
    web_port: int
    cluster_port: int
    monitor_port: int
    """Where it tells how it stands, to its own computer only."""

    @property
    def addresses(self) -> list[str]:
        """Return where laptops reach it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        web = [f"wss://{host}:{self.web_port}"] if self.web_port else []
        return [f"tls://{host}:{self.port}", *web]


class StudyPlan(msgspec.Struct, frozen=True):
    """A study on the server: how much it may take, and whose keys no longer let in."""

    quotas: Quotas
    withdrawn: tuple[str, ...] = ()


class Installation(msgspec.Struct, frozen=True):
    """What was decided; `own_certificate` says that laptops trust it because of the authority in the folder."""

    nodes: tuple[Node, ...]
    own_certificate: bool
    studies: dict[str, StudyPlan]

    @property
    def copies(self) -> int:
        """Return on how many servers each session lies."""
        return min(len(self.nodes), MOST_COPIES)

    @property
    def server(self) -> str:
        """Return where laptops reach the servers, for credentials and codes."""
        return ",".join(node.addresses[0] for node in self.nodes)


class OperatorKeys(msgspec.Struct, frozen=True):
    """The seeds of who vouches for the studies, of the servers' own account, and what their disks are locked with.

    `made_s` is when that was (epoch seconds): a server that runs takes no other statement of who vouches.
    """

    operator: str
    system: str
    store: str
    made_s: int

    def __repr__(self) -> str:
        return "OperatorKeys()"


class StudyKeys(msgspec.Struct, frozen=True):
    """The seeds of a study: of its account, of who lets in whom, of who holds sessions, and the readers' secret."""

    account: str
    scopes: dict[str, str]
    host: str
    reader: str

    def __repr__(self) -> str:
        return "StudyKeys()"


def read(folder: Path) -> Installation | None:
    """Return what was decided in a folder, None where nothing was."""
    return shared_folder.read(folder / FILE, Installation)


def known(folder: Path) -> Installation:
    """Return the same of a folder of which somebody said that it is one; raises KringError where it is none."""
    one = read(folder)
    if one is None:
        raise KringError("{folder} is no folder of a server: kring server init makes one.", folder=str(folder))
    return one


def keep(folder: Path, one: Installation) -> None:
    """Keep what is decided."""
    shared_folder.keep(folder, FILE, msgspec.json.format(msgspec.json.encode(one), indent=2))


def operator_keys(folder: Path, now_s: int) -> OperatorKeys:
    """Return the keys of the whole, made now where there are none."""
    known = shared_folder.read(folder / KEYS / OPERATOR, OperatorKeys)
    if known is not None:
        return known
    fresh = OperatorKeys(tokens.fresh_seed("operator"), tokens.fresh_seed("account"), secrets.token_hex(32), now_s)
    shared_folder.keep(folder / KEYS, OPERATOR, msgspec.json.encode(fresh))
    return fresh


def study_keys(folder: Path, study: str) -> StudyKeys:
    """Return the keys of a study, made now where there are none."""
    known = shared_folder.read(_file_of(folder, study), StudyKeys)
    if known is not None:
        return known
    fresh = _with_fresh_keys(tokens.fresh_seed("account"))
    _keep_keys(folder, study, fresh)
    return fresh


def let_nobody_in_any_more(folder: Path, study: str) -> None:
    """Make the keys anew that let people in to a study; who came in with those of before is thrown out."""
    _keep_keys(folder, study, _with_fresh_keys(study_keys(folder, study).account))


def refuse_no_name(study: str) -> None:
    """Raise KringError where a study can't be called so on a server."""
    if not _STUDY_NAME.fullmatch(study):
        raise KringError(
            "{name} is no name for a study on a server: take small letters, digits and hyphens, at most 32.", name=study
        )


def _with_fresh_keys(account: str) -> StudyKeys:
    scopes = {scope: tokens.fresh_seed("account") for scope in SCOPES}
    return StudyKeys(account, scopes, tokens.fresh_seed("user"), secrets.token_hex(passes.SECRET))


def _keep_keys(folder: Path, study: str, one: StudyKeys) -> None:
    file = _file_of(folder, study)
    shared_folder.keep(file.parent, file.name, msgspec.json.encode(one))


def _file_of(folder: Path, study: str) -> Path:
    return folder / KEYS / f"study-{study}.json"
