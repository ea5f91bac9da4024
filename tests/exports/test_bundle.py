"""The bundle: everything to hand over, each part with a checksum that fits."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from io import BytesIO

import pytest
from msgspec.structs import replace

from acting import act
from exports.full_session import moment
from kring.domain import rows as r
from kring.exports import bundle
from kring.exports.sound_file import sound_files
from kring.privacy.snapshot import read
from kring.record import log
from kring.store.verify import verify

TABLES = ("README.md", "tables.csv.zip")


@pytest.fixture
def live(session, clock):
    for line in ("attend 1 present", "consent all yes", "start anyway", "go 2.1", "floor 1", 'note "te veel gedoe" @1'):
        clock.advance(5_000)
        act(session, line)
    return session


def with_segments(snapshot, *places):
    rows = [
        r.SegmentRow(id=f"r/{n}", recording="r", number=n, file=place, rate=16_000, channels=1, started_at=moment(n))
        for n, place in enumerate(places)
    ]
    return replace(snapshot, state=snapshot.state.put(rows))


def inside(snapshot) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(written_to_disk(snapshot)))


def written_to_disk(snapshot) -> bytes:
    path = snapshot.path.parent / ".out.zip.part"
    with path.open("xb") as file:
        bundle.write(snapshot, file, lambda _done, _total: None)
    content = path.read_bytes()
    path.unlink()
    return content


def test_each_checksum_fits_and_nothing_else_is_in_it(live):
    (live.store.path.parent / "audio").mkdir()
    (live.store.path.parent / "audio" / "0001.flac").write_bytes(b"sound" * 1000)
    snapshot = with_segments(read(live.store.path, with_names=True), "audio/0001.flac", "audio/0002.flac")
    with inside(snapshot) as found:
        assert found.testzip() is None
        manifest = json.loads(found.read("manifest.json"))
        listed = {part["file"]: part for part in manifest["files"]}
        assert listed.keys() == set(found.namelist()) - {"manifest.json"}
        assert listed.keys() == {"session.db", "report.html", "audio/0001.flac", *TABLES}
        assert manifest["missing"] == ["audio/0002.flac"]
        for name, part in listed.items():
            content = found.read(name)
            assert (len(content), hashlib.sha256(content).hexdigest()) == (part["bytes"], part["sha256"])
        assert found.read("audio/0001.flac") == b"sound" * 1000


def test_sound_that_was_moved_is_found_and_lies_where_the_session_file_looks_for_it(live):
    folder = live.store.path.parent / "renamed.audio"
    folder.mkdir()
    written = log.Log(folder)
    written.append(log.Opened("r", 1, "0001.wav", 16_000, 1, "microphone", 0, 0, "start"))
    written.close()
    (folder / "0001.flac").write_bytes(b"sound")
    snapshot = with_segments(read(live.store.path, with_names=True), "group.audio/0001.wav")
    with inside(snapshot) as found:
        assert found.read("group.audio/0001.flac") == b"sound"
        assert json.loads(found.read("manifest.json"))["missing"] == []
    assert [file.path for file in sound_files(snapshot)] == ["renamed.audio/0001.flac"]
    codes = with_segments(read(live.store.path), "group.audio/0001.wav")
    assert [file.path for file in sound_files(codes)] == ["group.audio/0001.wav"]  # the name may be somebody's


@pytest.mark.parametrize(("name", "linked"), [("group two", True), ("Joost", False)])
def test_a_session_and_its_sound_that_were_renamed_together_are_linked_where_they_are(live, name, linked):
    folder = live.store.path.parent / f"{name}.audio"
    folder.mkdir()
    written = log.Log(folder)
    written.append(log.Opened("r", 1, "0001.wav", 16_000, 1, "microphone", 0, 0, "start"))
    written.close()
    (folder / "0001.wav").write_bytes(b"sound")
    live.close()
    renamed = live.store.path.rename(live.store.path.with_name(f"{name}.db"))
    [file] = sound_files(with_segments(read(renamed), "old.audio/0001.wav"))
    assert file.path == (f"{name}.audio/0001.wav" if linked else "old.audio/0001.wav")
    [file] = sound_files(with_segments(read(renamed, with_names=True), "old.audio/0001.wav"))
    assert file.path == f"{name}.audio/0001.wav"


def test_the_copy_of_a_session_that_still_runs_is_whole(live, tmp_path):
    with inside(read(live.store.path, with_names=True)) as found:
        copy = tmp_path / "copy.db"
        copy.write_bytes(found.read("session.db"))
    report = verify(copy)
    assert report.is_whole
    assert report.events == len(live.history.events)
    act(live, "floor 2")  # and the one who writes was not disturbed
    assert not [path for path in live.store.path.parent.iterdir() if path.suffix == ".part"]


def test_without_names_there_are_tables_and_no_voices(live, tmp_path):
    (live.store.path.parent / "0001.flac").write_bytes(b"sound")
    snapshot = with_segments(read(live.store.path), "0001.flac")
    with inside(snapshot) as found:
        assert set(found.namelist()) == {"session-codes.db", "report.html", "manifest.json", *TABLES}
        copy = tmp_path / "codes.db"
        copy.write_bytes(found.read("session-codes.db"))
    codes = sqlite3.connect(copy)
    assert codes.execute("select text, participant, name from quotes").fetchall() == [("te veel gedoe", "P1", "")]
    assert codes.execute("pragma integrity_check").fetchone() == ("ok",)
    assert codes.execute("select text from notes_fts where notes_fts match 'gedoe'").fetchall() == [("te veel gedoe",)]
    codes.close()


@pytest.mark.parametrize("place", ["../secret.txt", "/etc/passwd", "session.db", "", "link.flac", "a/../../secret.txt"])
def test_a_file_that_is_no_recording_of_ours_is_never_taken_along(live, place, tmp_path):
    folder = live.store.path.parent
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "link.flac").symlink_to(folder.parent / "secret.txt")
    snapshot = with_segments(read(live.store.path, with_names=True), place)
    with inside(snapshot) as found:
        assert set(found.namelist()) == {"session.db", "report.html", "manifest.json", *TABLES}
        assert json.loads(found.read("manifest.json"))["missing"] == []
