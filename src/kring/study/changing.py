"""A change of a study's text on the disk: of what stands there now, whoever wrote it last."""

from __future__ import annotations

import errno
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from kring.domain.study.model import Action, Hypothesis, Study
from kring.domain.text import KringError
from kring.plans.study.editing import with_field
from kring.plans.study.file import read_study_file
from kring.plans.study.words import SectionName
from kring.system import durable

_MARK = b"\xef\xbb\xbf"


def is_as_seen(path: Path, seen: Study, code: str) -> bool:
    """Whether a hypothesis or an action says in the text what it said when that was read; so does one that is gone."""
    return _told(read_study_file(path), code) in ([], _told(seen, code))


def _told(study: Study, code: str) -> list[Hypothesis | Action]:
    hypotheses = [replace(one, line=0) for one in study.hypotheses if one.code == code]
    return [*hypotheses, *(replace(one, line=0) for one in study.actions if one.code == code)]


def change(path: Path, section: SectionName, code: str, column: str, value: str, language: str) -> None:
    """Change one field of an entry in the text of a study; raises KringError where that can't be done."""
    try:
        content = path.read_bytes()
        text = content.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError:
        raise KringError("{file} is not UTF-8; save it as that, and change it then.", file=path.name) from None
    except OSError as problem:
        raise KringError("{file} cannot be read: {reason}.", file=path.name, reason=problem.strerror or "") from problem
    newline = "\r\n" if "\r\n" in text else "\n"
    changed = with_field(text.replace("\r\n", "\n"), section, code, column, value, language).replace("\n", newline)
    write_whole(path, (_MARK if content.startswith(_MARK) else b"") + changed.encode("utf-8"))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, open to whom it was open before, and while it is written to its owner only."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.touch(mode=0o600)
        part.write_bytes(content)
        shutil.copymode(path, part)
        durable.put(part, path.resolve())
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise KringError("The disk is full: {file} is not written.", file=path.name) from problem
        raise KringError("{file} cannot be written: {reason}.", file=path.name,
                         reason=problem.strerror or "") from problem  # fmt: skip
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
