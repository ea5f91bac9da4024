"""What is wrong with the session files of a study is said in the same words wherever the study is asked."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kring.store.guard import HAS_LOG
from kring.store.header import MAGIC
from kring.study.finding.finding import Finding
from kring.study.folder import read_folder
from kring.system.sqlite import sqlite3
from study.held import go_on, hold


def in_sql(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(str(file), isolation_level=None)) as connection:
        connection.execute(statement)


def wreck(file: Path, first: int, last: int) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:first] + b"\xaa" * (last - first) + whole[last:])


def without_its_log(file: Path) -> None:
    """Leave of a session what a copy of its file alone has while somebody works in it."""
    go_on(file, "note twee")
    whole = bytearray(file.read_bytes())
    whole[18:20] = HAS_LOG
    file.write_bytes(whole)


TRAPS: dict[str, tuple[Callable[[Path], object], str]] = {
    "trap.db": (lambda file: go_on(file, "note twee"), "a.db is an earlier copy of trap.db, which counts."),
    "same.sqlite": (lambda _file: None, "same.sqlite is the same session as a.db and counts once."),
    "newer.db": (lambda file: in_sql(file, "pragma user_version = 99"), "made by a newer kring"),
    "foreign.db": (lambda file: in_sql(file, "pragma application_id = 1"), "foreign.db is no session file of kring."),
    "text.db": (lambda file: file.write_text("zomaar"), "text.db is no session file of kring."),
    "head.db": (lambda file: wreck(file, 0, 16), "head.db is no session file of kring."),
    "middle.db": (lambda file: wreck(file, 100, 60_000), "damaged"),
    "short.db": (lambda file: file.write_bytes(MAGIC), "short.db is no session file of kring."),
    "empty.db": (lambda file: file.write_bytes(b""), "empty.db is empty"),
    "not yet.db": (lambda file: in_sql(file, "delete from session"), "not yet.db holds no session yet."),
    "other.db": (lambda file: in_sql(file, "update session set study = 'KTO 2027'"), "of another study, KTO 2027"),
    "Thumbs.db": (lambda file: file.write_bytes(b"\xd0\xcf\x11\xe0 thumbnails"), ""),
    "._a.db": (lambda file: file.write_bytes(b"\0\5\x16\7 of a Mac"), ""),
    "list.sqlite": (lambda file: file.write_text("a list"), ""),
    "cut.db": (without_its_log, "cut.db was in use, and cut.db-wal is missing or empty"),
    "gone.db-wal": (lambda _file: None, "gone.db-wal holds the last acts of gone.db, which is not here"),
    "loop.db": (lambda file: (file.unlink(), file.symlink_to(file)), "loop.db is a link that leads to no file."),
    "link.db": (lambda file: (file.unlink(), file.symlink_to("weg")), "link.db is a link that leads to no file."),
    "dumb\udce9.db": (lambda _file: None, "dumb?.db has a sign in its name that is none"),
    "cafe\u0301.db": (lambda _file: None, "is the same session as a.db and counts once."),
}


@pytest.mark.parametrize("name", TRAPS)
def test_what_is_wrong_with_a_file_is_said_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    if "\udce9" in name and sys.platform != "linux":
        pytest.skip("elsewhere a disk takes no such name")
    study = tmp_path / ("Trouw & spaarders é" + "\udce9" * (sys.platform == "linux"))
    study.mkdir()
    (study / "study.md").write_text("---\ntitle: Trouw\n---\n")
    (study / "map.db").mkdir()
    hold(study / "a.db", 1, "start anyway", "note een").close()
    shutil.copy(study / "a.db", study / name)
    make, told = TRAPS[name]
    make(study / name)
    for _ in range(2):
        with Finding(study, "Trouw") as finding:
            said = sorted(map(str, finding.said))
            assert len(finding.groups()) == 1
        found = read_folder(study)
        assert sorted(map(str, found.remarks)) == said
        assert len(found.sessions) == 1
    assert bool(said) == bool(told)
    assert told in "".join(said)
