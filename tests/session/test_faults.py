"""What goes wrong with files and disks: a sentence, NOT SAVED in sight, nothing lost, and on with the session."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from acting import act, texts, waiting_act
from conftest import make_plan
from domain.test_history import tables
from kring.domain.text import KringError
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store import files, schema
from kring.store.making import making
from kring.store.store import BUSY_MS, AlreadyThere, NotSaved
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3
from proofs.small_disk import SmallDisk, why_no_small_disk

MakeSession = Callable[..., Session]
NO_SMALL_DISK = why_no_small_disk()
LONG = "lang " * 400
ACTS = 60
NOBODY = 65_534


def begin(file: Path, clock: SimulatedClock) -> Session:
    return sessions.begin(file, make_plan(), clock, Me("Bo", "assistant", "d"), zone=("UTC", 0))


def locked(file: Path) -> sqlite3.Connection:
    """Return a connection of another program that holds the file's write lock."""
    other = sqlite3.connect(str(file), isolation_level=None)
    other.execute("begin immediate")
    return other


def milliseconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


# A file that another program holds


def test_a_locked_file_blocks_one_act_for_a_moment_and_later_ones_not_at_all(
    session: Session, clock: SimulatedClock
) -> None:
    act(session, "start anyway")
    other = locked(session.store.path)
    first = milliseconds(lambda: waiting_act(session, "note een"))
    later = [milliseconds(lambda text=text: waiting_act(session, f"note {text}")) for text in ("twee", "drie")]
    clock.advance(30_000)
    clock.step_wall(3_600_000)  # the program has something to tell as well
    ticks = [milliseconds(session.tick) for _ in range(3)]
    assert first < BUSY_MS + 100
    assert max(later) < 20
    assert max(ticks) < 100
    assert len(session.waiting) == 3
    assert str(session.trouble) == "NOT SAVED: another program holds session.db."
    other.execute("rollback")
    other.close()
    session.tick()
    assert texts(session) == ["een", "twee", "drie"]
    assert {round(note.t or 0) for note in session.state.notes.values()} == {0}
    assert session.trouble is None
    assert "wall_clock_moved" in [event.kind for event in session.history.events]
    assert verify(session.store.path).is_whole


def test_a_file_that_stays_locked_is_not_opened_and_says_why(
    session: Session, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "OPENING_MS", 50)
    other = locked(session.store.path)
    with pytest.raises(KringError, match="another program holds"):
        sessions.resume(session.store.path, clock, Me("Els", "moderator", "d"))
    other.close()


# A full disk


def test_a_file_that_may_not_grow_loses_nothing(session: Session) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        number = 0
        while not session.waiting and number < 500:
            waiting_act(session, f"note {number} {LONG}")
            number += 1
        waiting_act(session, f"note {number} {LONG}")
        session.tick()
        assert len(session.waiting) == 2
        assert "NOT SAVED" in str(session.trouble)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    session.tick()
    assert [int(text.split()[0]) for text in texts(session)] == list(range(number + 1))
    assert session.trouble is None
    assert verify(session.store.path).is_whole


FILL_A_DISK = """
import random, sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {source!r}]
from acting import waiting_act, texts
from conftest import START_MS, make_plan
from kring.session import session as sessions
from kring.system.clock import SimulatedClock
from kring.session.session import Me
folder = Path({folder!r})
file = folder / "session.db"
session = sessions.begin(file, make_plan(), SimulatedClock(START_MS), Me("Bo", "assistant", "d"), zone=("UTC", 0))
number = 0
while not session.waiting:
    waiting_act(session, f"note {{number}} {long}")
    number += 1
waiting_act(session, f"note {{number}} {long}")
session.tick()
print(len(session.waiting), session.trouble, flush=True)
print(input(), flush=True)
session.tick()
print(len(session.waiting), session.trouble, len(texts(session)) == number + 1, flush=True)
session.close()
"""


@pytest.mark.skipif(NO_SMALL_DISK is not None, reason=NO_SMALL_DISK or "")
def test_a_full_disk_loses_nothing_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    tests = Path(__file__).parents[1]
    program = FILL_A_DISK.format(tests=str(tests), source=str(tests.parent / "src"), folder=str(tmp_path), long=LONG)
    with SmallDisk(tmp_path, kib=900) as disk:
        (disk.outside / "ballast").write_bytes(bytes(300_000))
        argv = disk.inside([sys.executable, "-c", program])
        with subprocess.Popen(argv, stdin=PIPE, stdout=PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            assert process.stdout.readline() == "2 NOT SAVED: the disk is full.\n"
            disk.free()
            process.stdin.write("go on\n")
            process.stdin.flush()
            assert process.stdout.readline() == "go on\n"
            assert process.stdout.readline() == "0 None True\n"
        assert verify(disk.copy_to(tmp_path.with_name("copy")) / "session.db").is_whole


# A file that may not be written


@pytest.fixture
def as_nobody(clock: SimulatedClock) -> Iterator[Path]:
    """A folder in which somebody who may not do everything has a closed session."""
    folder = Path(tempfile.mkdtemp())
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, NOBODY, NOBODY)
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    try:
        session = begin(folder / "session.db", clock)
        act(session, "start anyway")
        act(session, "note een")
        session.close()
        yield folder
    finally:
        folder.chmod(0o700)
        if is_root:
            os.seteuid(0)
            os.setegid(0)
        shutil.rmtree(folder)


def test_a_read_only_file_says_so(as_nobody: Path, clock: SimulatedClock) -> None:
    (as_nobody / "session.db").chmod(0o400)
    with pytest.raises(KringError, match="may not be written"):
        sessions.resume(as_nobody / "session.db", clock, Me("Bo", "assistant", "d"))


def test_a_read_only_folder_says_so(as_nobody: Path, clock: SimulatedClock) -> None:
    as_nobody.chmod(0o500)
    with pytest.raises(KringError, match="may not be written"):
        sessions.resume(as_nobody / "session.db", clock, Me("Bo", "assistant", "d"))
    with pytest.raises(KringError, match="cannot be made"):
        begin(as_nobody / "nieuw.db", clock)


def test_a_folder_that_becomes_read_only_does_not_stop_a_session(as_nobody: Path, clock: SimulatedClock) -> None:
    session = sessions.resume(as_nobody / "session.db", clock, Me("Bo", "assistant", "d"))
    as_nobody.chmod(0o500)
    act(session, "note twee")
    assert texts(session) == ["een", "twee"]
    (as_nobody / "session.db").chmod(0o400)
    act(session, "note drie")
    as_nobody.chmod(0o700)
    session.close()


def test_a_file_deleted_where_no_new_one_can_be_made_is_not_saved_until_it_can(
    as_nobody: Path, clock: SimulatedClock
) -> None:
    session = sessions.resume(as_nobody / "session.db", clock, Me("Bo", "assistant", "d"))
    (as_nobody / "session.db").unlink()
    as_nobody.chmod(0o500)
    assert waiting_act(session, "note twee") is None
    session.tick()
    assert "NOT SAVED: session.db was moved, deleted or overwritten" in str(session.trouble)
    as_nobody.chmod(0o700)
    session.tick()
    assert texts(session) == ["een", "twee"]
    assert "Everything is saved in session-2.db" in str(session.trouble)
    session.close()
    assert verify(as_nobody / "session-2.db").is_whole


# A file that is moved or deleted


def rename(file: Path) -> None:
    file.rename(file.with_name("elders.db"))


def replace(file: Path) -> None:
    """What a sync client does that brings back an older version."""
    shutil.copyfile(file, file.with_name("older"))
    file.with_name("older").replace(file)


@pytest.mark.parametrize("happens", [rename, Path.unlink, replace], ids=["renamed", "deleted", "replaced"])
def test_a_session_goes_on_in_a_new_file_with_everything(
    session: Session, make_session: MakeSession, tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    act(session, "start anyway")
    act(session, "floor 3")
    act(session, "note een")
    happens(tmp_path / "session.db")
    act(session, "note twee")
    assert session.store.path.name == "session-2.db"
    assert "Everything is saved in session-2.db" in str(session.trouble)
    session.tick()
    assert "Everything is saved in session-2.db" in str(session.trouble)
    act(session, "note drie")
    state = tables(session.state)
    assert verify(tmp_path / "session-2.db").is_whole
    session.close()
    again = make_session(path=tmp_path / "session-2.db")
    assert texts(again) == ["een", "twee", "drie"]
    assert {name for name in state if state[name] != tables(again.state)[name]} <= {"staff"}


def test_a_renamed_file_keeps_all_that_was_in_it(session: Session, tmp_path: Path) -> None:
    act(session, "note een")
    rename(tmp_path / "session.db")
    session.tick()
    moved = files.open_(tmp_path / "elders.db", "read")
    assert "een" in [text for (text,) in moved.connection.execute("select text from notes")]
    moved.close()


def test_both_processes_end_up_in_the_same_new_file_with_all_acts(
    session: Session, make_session: MakeSession, tmp_path: Path
) -> None:
    other = make_session("Els", "moderator")
    act(session, "note een")
    act(other, "note twee")  # which Bo has not seen
    (tmp_path / "session.db").unlink()
    act(session, "note drie")
    act(session, "note vier")
    act(other, "note vijf")
    for _ in range(2):
        session.tick()
        other.tick()
    assert session.store.path == other.store.path == tmp_path / "session-2.db"
    assert set(texts(session)) == {"een", "twee", "drie", "vier", "vijf"}
    assert tables(session.state) == tables(other.state)
    assert verify(tmp_path / "session-2.db").is_whole


def test_a_new_file_never_takes_the_place_of_another_session(
    session: Session, tmp_path: Path, clock: SimulatedClock
) -> None:
    begin(tmp_path / "session-2.db", clock).close()
    before = verify(tmp_path / "session-2.db")
    act(session, "note een")
    (tmp_path / "session.db").unlink()
    session.tick()
    assert session.store.path.name == "session-3.db"
    assert verify(tmp_path / "session-2.db") == before


# A damaged file


def test_errors_of_reading_are_told_and_the_session_goes_on(session: Session, make_session: MakeSession) -> None:
    other = make_session("Els", "moderator")
    act(other, "note een")
    honest = session.store.read_new

    def fails() -> None:
        raise sqlite3.OperationalError("disk I/O error")

    session.store.read_new = fails  # type: ignore[method-assign, assignment]
    assert not session.tick()
    assert "cannot be read" in str(session.trouble)
    session.store.read_new = honest  # type: ignore[method-assign]
    assert session.tick()
    assert texts(session) == ["een"]
    assert session.trouble is None


def test_a_page_damaged_under_a_session_never_kills_it(session: Session, tmp_path: Path) -> None:
    for number in range(40):
        act(session, f"note {number} {LONG}")
    session.store.connection.execute("pragma wal_checkpoint(truncate)")
    file = tmp_path / "session.db"
    with file.open("r+b") as content:
        for page in range(1, file.stat().st_size // 4096):
            content.seek(page * 4096)
            content.write(b"\xff" * 4096)
    session.store.connection.execute("pragma shrink_memory")
    waiting_act(session, "note erna")
    session.tick()
    assert not session.waiting
    assert "Everything is saved in session-2.db" in str(session.trouble)
    assert len(texts(session)) == 41
    assert verify(tmp_path / "session-2.db").is_whole


@pytest.mark.parametrize("damage", [b"\x00" * 4096, b"\xff" * 4096, b"rommel" * 600])
def test_a_damaged_file_is_not_opened_but_sent_to_rescue(session: Session, tmp_path: Path, damage: bytes) -> None:
    for number in range(100):
        act(session, f"note {number} {LONG}")
    session.close()
    file = tmp_path / "session.db"
    content = bytearray(file.read_bytes())
    middle = len(content) // 8192 * 4096
    content[middle : middle + len(damage)] = damage
    file.write_bytes(content)
    for meanwhile in (None, lambda: None):
        with pytest.raises(KringError, match="kring rescue"):
            files.open_(file, meanwhile=meanwhile)
        assert not files.lost_its_log(file)


def other_in_its_place(file: Path) -> None:
    """Do what a cloud drive does that brings another computer's copy."""
    copy = shutil.copy(file, file.with_name("other.db"))
    os.replace(copy, file)  # noqa: PTH105 - as such a program does


@pytest.mark.parametrize("fault", [ImportError, KeyboardInterrupt])
def test_what_is_done_while_a_file_is_looked_through_may_fail(
    session: Session, tmp_path: Path, fault: type[BaseException]
) -> None:
    act(session, "note een")
    session.close()
    file = tmp_path / "session.db"

    def fail() -> None:
        raise fault

    with pytest.raises(fault):
        files.open_(file, meanwhile=fail)
    assert not files.lost_its_log(file)
    done: list[str] = []
    store = files.open_(file, meanwhile=lambda: done.append("done"))
    assert done == ["done"]
    assert len(store.read_all()) > 1
    store.close()
    assert not [each for each in tmp_path.iterdir() if each.name.startswith("session.db-")], "nothing held it open"


@pytest.mark.parametrize("what", [os.unlink, lambda file: file.rename(file.with_name("weg.db")), other_in_its_place])
def test_a_file_that_is_taken_away_while_it_is_looked_through_is_not_written_to(
    session: Session, tmp_path: Path, what: Callable[[Path], object]
) -> None:
    act(session, "note een")
    session.close()
    file = tmp_path / "session.db"
    with pytest.raises(KringError, match="moved or replaced"):
        files.open_(file, meanwhile=lambda: what(file))


@pytest.mark.parametrize("content", [b"geen database" * 400, b"SQLite format 3\x00" + b"\xff" * 5000, bytes(5000)])
def test_a_garbage_file_is_refused_and_not_touched(tmp_path: Path, clock: SimulatedClock, content: bytes) -> None:
    file = tmp_path / "rommel.db"
    file.write_bytes(content)
    for attempt in (files.open_, lambda path: begin(path, clock)):
        with pytest.raises(KringError):
            attempt(file)
    assert file.read_bytes() == content


def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path, clock: SimulatedClock) -> None:
    file = tmp_path / "adressen.db"
    other = sqlite3.connect(str(file))
    other.execute("create table people (name text)")
    other.commit()
    other.close()
    content = file.read_bytes()
    with pytest.raises(KringError, match="no session file"):
        files.open_(file)
    with pytest.raises(AlreadyThere):
        begin(file, clock)
    assert file.read_bytes() == content


# Versions, and what a kill leaves behind


def test_a_newer_file_is_opened_for_reading_only(session: Session, tmp_path: Path, clock: SimulatedClock) -> None:
    act(session, "note een")
    session.store.connection.execute(f"pragma user_version = {schema.VERSION + 1}")
    session.close()
    newer = sessions.resume(tmp_path / "session.db", clock, Me("Els", "moderator", "d"))
    assert texts(newer) == ["een"]
    assert "newer kring" in str(newer.trouble)
    with pytest.raises(NotSaved, match="reading only"):
        act(newer, "note twee")
    with pytest.raises(KringError):
        waiting_act(newer, "note twee")
    newer.tick()
    assert "newer kring" in str(newer.trouble)
    assert not newer.close()


def test_tables_that_were_not_all_made_leave_no_half_a_file(
    tmp_path: Path, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "session.db"
    monkeypatch.setattr(schema, "GUARDS", ("create nonsense",))
    with pytest.raises(KringError):
        begin(file, clock)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []
    session = begin(file, clock)
    assert verify(file).is_whole
    session.close()


OPEN_AT_ONCE = """
import sys
from pathlib import Path
sys.path[:0] = [{source!r}]
from kring.store.files import open_
import kring.store.migrations
print("ready", flush=True)
input()
open_(Path({file!r})).close()
print("opened")
"""


@pytest.mark.parametrize("round_", range(3))
def test_all_processes_that_open_a_new_file_at_once_can(tmp_path: Path, round_: int) -> None:
    file = tmp_path / f"session-{round_}.db"
    with making(file):
        pass
    program = OPEN_AT_ONCE.format(source=str(Path(__file__).parents[2] / "src"), file=str(file))
    processes = [
        subprocess.Popen([sys.executable, "-c", program], stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True)
        for _ in range(8)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60) for process in processes]
    assert answers == [("opened\n", "")] * len(processes)
    assert verify(file).is_whole


ACT_OFTEN = """
import sys, time
from pathlib import Path
sys.path[:0] = [{tests!r}, {source!r}]
from acting import waiting_act
from kring.session import session as sessions
from kring.system.clock import SystemClock
from kring.session.session import Me
name = sys.argv[1]
session = sessions.resume(Path({file!r}), SystemClock(), Me(name, "assistant", "laptop"))
for number in range({acts}):
    begun = time.perf_counter()
    waiting_act(session, f"note {{name}} {{number}}")
    session.tick()
    time.sleep(max(0, 0.05 - (time.perf_counter() - begun)))
print(session.trouble, len(session.waiting), session.store.path.name, flush=True)
session.close()
"""


@pytest.fixture
def two_at_work(session: Session, tmp_path: Path) -> list[subprocess.Popen[str]]:
    """Two processes, each about to write sixty notes in three seconds into the session's file."""
    session.close()
    tests = Path(__file__).parents[1]
    source = str(tests.parent / "src")
    program = ACT_OFTEN.format(tests=str(tests), source=source, file=str(tmp_path / "session.db"), acts=ACTS)
    return [
        subprocess.Popen([sys.executable, "-c", program, name], stdout=PIPE, stderr=PIPE, text=True)
        for name in ("Bo", "Els")
    ]


def notes_in(file: Path) -> list[str]:
    again = sessions.resume(file, SimulatedClock(0), Me("Bo", "assistant", "d"))
    again.close()
    return sorted(texts(again))


EVERY_NOTE = sorted(f"{name} {number}" for name in ("Bo", "Els") for number in range(ACTS))


def test_two_processes_that_act_twenty_times_a_second_lose_nothing(
    two_at_work: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    answers = [process.communicate(timeout=60) for process in two_at_work]
    assert answers == [("None 0 session.db\n", "")] * 2
    assert notes_in(tmp_path / "session.db") == EVERY_NOTE
    assert verify(tmp_path / "session.db").is_whole


@pytest.mark.parametrize("happens", [rename, Path.unlink], ids=["renamed", "deleted"])
def test_two_busy_processes_whose_file_is_moved_go_on_together(
    two_at_work: list[subprocess.Popen[str]], tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    file, deadline = tmp_path / "session.db", time.time() + 30
    while time.time() < deadline:
        with sqlite3.connect(str(file), isolation_level=None) as looking:
            if len({name for (name,) in looking.execute("select author from notes")}) == 2:
                break
        time.sleep(0.05)
    happens(file)
    answers = [process.communicate(timeout=60) for process in two_at_work]
    said = "Everything is saved in session-2.db: session.db was moved or deleted. 0 session-2.db\n"
    assert answers == [(said, "")] * 2
    assert notes_in(tmp_path / "session-2.db") == EVERY_NOTE
    assert verify(tmp_path / "session-2.db").is_whole


def test_a_tick_after_closing_is_nothing(session: Session) -> None:
    session.close()
    assert not session.tick()
