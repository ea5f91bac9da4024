"""Which files in the folder of a study may be sessions, and what is said of those that do not count, wherever asked."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from kring.domain.study.called import study_key
from kring.domain.text import N_, Sentence
from kring.store.header import MAGIC

_ENDINGS = (".db", ".sqlite", ".sqlite3")
_THUMBNAILS = b"\xd0\xcf\x11\xe0"
"""How Thumbs.db begins, which Windows puts into a folder."""


def named_as_sessions(folder: Path, names: Iterable[str]) -> list[Path]:
    """Return the files that are called as a session file is, by name; what macOS hides beside a file is none."""
    called = (name for name in names if name.lower().endswith(_ENDINGS) and not name.startswith("."))
    return [folder / name for name in sorted(called)]


def may_be_session(path: Path) -> bool:
    """Whether a file is a database, or may have been one; of what can't be looked into that is not known."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            begins = file.read(len(MAGIC))
    except OSError:
        return True
    return begins in (b"", MAGIC) or (path.suffix.lower() == ".db" and not begins.startswith(_THUMBNAILS))


def of_another(file: str, study: str) -> Sentence:
    """Return that a file names another study."""
    return Sentence(N_("{file} is of another study, {study}, and is left out."), {"file": file, "study": study})


def of_several(studies: Iterable[str]) -> list[Sentence]:
    """Return that sessions, of which these are the studies, are not all of one; those that name none may be of any."""
    names = {study_key(one): one for one in studies if one}
    told = {"studies": ", ".join(sorted(names.values()))}
    said = N_("These sessions are of several studies: {studies}. Write the title of one at the top of study.md.")
    return [Sentence(said, told)] if len(names) > 1 else []


def without_session(file: str) -> Sentence:
    """Return that a file holds nothing yet."""
    return Sentence(N_("{file} holds no session yet."), {"file": file})


def of_newer(file: str) -> Sentence:
    """Return that a file may hold more than is read here."""
    return Sentence(N_("{file} was made by a newer kring; it is opened for reading only."), {"file": file})


def in_folder_below(folder: str) -> Sentence:
    """Return that sessions lie where they are not looked for."""
    return Sentence(N_("The session files in the folder {folder} are not read: put them beside study.md."),
                    {"folder": folder})  # fmt: skip


def as_copy(file: str, there: AbstractSet[str], other: str, held: AbstractSet[str]) -> Sentence:
    """Return what a file is beside another of the same session, which counts; of both the ids of the events."""
    told = {"file": file, "other": other}
    if there == held:
        return Sentence(N_("{file} is the same session as {other} and counts once."), told)
    if there < held:
        return Sentence(N_("{file} is an earlier copy of {other}, which counts."), told)
    return Sentence(
        N_("{file} and {other} are the same session and went on apart: each holds acts that the other does not. "
           "{other} counts here."),
        told,
    )  # fmt: skip
