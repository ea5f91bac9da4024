"""Every export of sessions that never change, part for part as somebody accepted it; `--snapshot-update` writes anew.

What stands in `__snapshots__` are checksums: where one differs on purpose, export the session with the code of before
and look at the difference.
"""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.amber import AmberSnapshotExtension

from exports.full_session import HOSTILE, full_state, material_of, written
from exports.random_session import random_state
from kring.exports.formats import FORMATS
from kring.privacy.snapshot import Snapshot, read
from kring.report.content import report_of
from kring.report.html import written as page
from kring.store.files import open_
from kring.store.rebuild import rebuild
from kring.store.verify import verify
from kring.system import i18n

OLDER = Path(__file__).parents[1] / "store" / "older"
RECORDED = ("0.1.0", "0.2.0")
STATES = {
    "full": full_state,
    "hostile": lambda: full_state(HOSTILE[2], "Anna"),
    "random 1": lambda: random_state(1),
    "random 2": lambda: random_state(2),
}
WITHOUT_FIGURES = ("findings", "debrief", "timeline")
"""The sections of a report that tell rows; what is counted has tests of its own."""


@pytest.fixture
def accepted(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(AmberSnapshotExtension)


def parts_of(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield a checksum of a file, or of each file in a zip: how well it is packed is another's work."""
    if not content.startswith(b"PK\x03\x04"):
        yield name, hashlib.sha256(content).hexdigest()[:16]
        return
    with zipfile.ZipFile(BytesIO(content)) as inside:
        for part in inside.namelist():
            yield f"{name}/{part}", hashlib.sha256(inside.read(part)).hexdigest()[:16]


def checksums(snapshot: Snapshot) -> dict[str, str]:
    """Return a checksum of every part of every export, and of the report."""
    found: dict[str, str] = {}
    for name, form in FORMATS.items():
        if name == "zip" or (name == "json" and snapshot.with_names and not snapshot.events):
            continue  # those need a session file; what is in a bundle is here by itself
        found |= parts_of(name, written(form.load(), snapshot))
    for section in report_of(snapshot).sections:
        if section.id in WITHOUT_FIGURES:
            found[f"report/{section.id}"] = hashlib.sha256(repr(section).encode()).hexdigest()[:16]
    assert page(report_of(snapshot))
    return found


@pytest.mark.parametrize("with_names", [False, True], ids=["codes", "names"])
@pytest.mark.parametrize("name", STATES)
def test_a_session(name: str, with_names: bool, accepted: SnapshotAssertion) -> None:
    i18n.use("nl" if name == "random 2" else "en")
    assert checksums(material_of(STATES[name](), with_names=with_names)) == accepted


@pytest.mark.parametrize("with_names", [False, True], ids=["codes", "names"])
@pytest.mark.parametrize("version", RECORDED)
def test_a_recorded_session(version: str, with_names: bool, tmp_path: Path, accepted: SnapshotAssertion) -> None:
    assert checksums(read(recorded(version, tmp_path), with_names)) == accepted


@pytest.mark.parametrize("version", RECORDED)
def test_what_verify_says(version: str, tmp_path: Path, accepted: SnapshotAssertion) -> None:
    file = recorded(version, tmp_path)
    open_(file).close(seal=True)  # brought to this version
    whole = verify(file)
    rebuild(file)
    assert verify(file) == whole
    store = open_(file)
    store.connection.execute("update notes set text = 'changed', kind = 'mark' where number in (1, 2)")
    store.connection.execute("delete from turns where id in (select id from turns order by id limit 3)")
    store.connection.execute("insert into codes (id, name) values ('c-new', 'nobody said')")
    store.connection.execute("drop view talk_time")
    store.close(seal=True)
    broken = verify(file)
    assert [whole.events, whole.heads, whole.findings, [str(each) for each in broken.findings]] == accepted


def recorded(version: str, folder: Path) -> Path:
    file = folder / "evening.db"
    file.write_bytes(gzip.decompress((OLDER / f"{version}.db.gz").read_bytes()))
    return file
