"""The file that an agency gives to whoever holds sessions of a study: a file of credentials as NATS knows them, for who
makes the streams, and behind that the keys that let people in, each for one role of one session.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import msgspec

from kring.domain.text import KringError
from kring.team.entry.passes import PassRole

ENDING = ".creds"
_HAS = re.compile(r"-----BEGIN (?P<what>[A-Z ]+)-----\s*\n(?P<content>[^\n]+)\n\s*------END (?P=what)------")
_TOKEN, _SEED, _STUDY = "NATS USER JWT", "USER NKEY SEED", "KRING STUDY"


class Study(msgspec.Struct, frozen=True):
    """What of a study does not stand in credentials of NATS: where it is, and the seeds of who lets in whom.

    `authority` is that of a pass, in hexadecimal digits; `copies` on how many servers a session lies.
    """

    name: str
    account: str
    server: str
    authority: str
    copies: int
    seeds: dict[PassRole, str]


class Credentials(msgspec.Struct, frozen=True):
    """All that stands in the file."""

    token: str
    seed: str
    study: Study

    def __repr__(self) -> str:
        return f"Credentials(study={self.study.name!r})"


def written(one: Credentials) -> str:
    """Return the text of the file."""
    parts = ((_TOKEN, one.token), (_SEED, one.seed), (_STUDY, msgspec.json.encode(one.study).decode()))
    return "\n".join(f"-----BEGIN {what}-----\n{content}\n------END {what}------\n" for what, content in parts)


def read(file: Path) -> Credentials:
    """Return what stands in a file; it is made one for its owner only. Raises KringError."""
    try:
        text = file.read_text("utf-8")
        with suppress(OSError):
            file.chmod(0o600)
        found = {each["what"]: each["content"].strip() for each in _HAS.finditer(text)}
        study = msgspec.json.decode(found[_STUDY], type=Study)
        return Credentials(found[_TOKEN], found[_SEED], study)
    except OSError as problem:
        raise KringError("{file} cannot be read: {reason}.", file=str(file), reason=problem.strerror or "") from problem
    except (KeyError, UnicodeError, msgspec.DecodeError):
        raise KringError(
            "{file} holds no credentials of a study: ask who looks after the server for them.", file=file.name
        ) from None
