"""Which files in the folder of a study may be sessions, and what is said of those that do not count, wherever asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from kring.domain.study.called import study_key
from kring.domain.text import N_, Sentence
from kring.session.copies.apart import merge_line
from kring.store.files import without_log
from kring.store.header import MAGIC

_ENDINGS = (".db", ".sqlite", ".sqlite3")
_LOG = "-wal"
_THUMBNAILS = b"\xd0\xcf\x11\xe0"
"""How Thumbs.db begins, which Windows puts into a folder."""


def named_as_sessions(folder: Path, names: Iterable[str]) -> list[Path]:
    """Return the files that are called as a session file is, by name; what macOS hides beside a file is none."""
    return [folder / name for name in sorted(names) if _is_called_session(name) and _is_text(name)]


def _is_called_session(name: str) -> bool:
    return name.lower().endswith(_ENDINGS) and not name.startswith(".")


def _is_text(name: str) -> bool:
    """Whether the name of a file is one that can be written down; a disk of another computer may hold others."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def may_be_session(path: Path) -> bool:
    """Whether a file is a database, or may have been one; of what can't be looked into that is not known."""
    try:
        if not path.is_file():
            return path.is_symlink()  # to nothing; what is a folder is none
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


def of_one_group(groups: Iterable[tuple[str, str, str]]) -> Iterator[Sentence]:
    """Yield which sessions, each told by its group and its file, say that they are one group."""
    files: dict[str, list[tuple[str, str]]] = {}
    for key, group, file in groups:
        if key:
            files.setdefault(key, []).append((group, file))
    for those in files.values():
        if len(those) > 1:
            told = {"files": ", ".join(sorted(file for _group, file in those)), "group": those[0][0]}
            yield Sentence(N_("These sessions all say that they are group {group}: {files}."), told)


def without_session(file: str) -> Sentence:
    """Return that a file holds nothing yet."""
    return Sentence(N_("{file} holds no session yet."), {"file": file})


def of_names(names: AbstractSet[str]) -> Iterator[Sentence]:
    """Yield which files may be sessions, or what is left of one, and can't be read for their names' sake."""
    for name in sorted(names):
        file = name.removesuffix(_LOG)
        if not _is_called_session(file):
            continue
        if not _is_text(name):
            told = N_("{file} has a sign in its name that is none; give it another name.")
            yield Sentence(told, {"file": name.encode(errors="replace").decode()})
        elif file not in names:
            told = N_("{log} holds the last acts of {file}, which is not here: lay that beside it.")
            yield Sentence(told, {"log": name, "file": file})


def of_one_that_counts(file: str, *, is_newer: bool, lost_its_log: bool) -> Sentence | None:
    """Return what must be said of a file that counts: that there was more in it, or may be."""
    if lost_its_log:
        return without_log(file)
    return of_newer(file) if is_newer else None


def counts_first(file: str, events: int) -> tuple[int, int, str]:
    """Return by what the copies of a session are put in order: the fullest counts, of equal ones the plainest name."""
    return -events, len(file), file


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
           "{other} counts here; to join them: {command}"),
        told | {"command": merge_line((Path(file), Path(other)))},
    )  # fmt: skip
