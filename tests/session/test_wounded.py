"""Other programs delete, cut short and overwrite what kring has open: nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import PIPE
from typing import Any
from unittest import mock

import pytest

from acting import act, texts, waiting_act
from conftest import make_plan
from kring.domain.text import KringError
from kring.session import open as opening
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store import files
from kring.store.guard import Condition, has_log
from kring.store.verify import verify
from kring.system.clock import SimulatedClock

MakeSession = Callable[..., Session]
NAME = "session.db"
NEW = "session-2.db"


def delete(ending: str) -> Callable[[Path], None]:
    return lambda file: file.with_name(f"{NAME}{ending}").unlink()


def cut(ending: str, keep: float) -> Callable[[Path], None]:
    def happens(file: Path) -> None:
        path = file.with_name(f"{NAME}{ending}")
        os.truncate(path, int(path.stat().st_size * keep))

    return happens


def overwrite(content: Callable[[Path], bytes]) -> Callable[[Path], None]:
    """Write into the file that is there, as programs do that restore or synchronize."""

    def happens(file: Path) -> None:
        fresh = content(file)
        with file.open("r+b") as there:
            there.write(fresh)
            there.truncate()

    return happens


def earlier(file: Path) -> bytes:
    return file.with_name("earlier").read_bytes()


HAPPENS = {
    "log deleted": delete("-wal"),
    "shared memory deleted": delete("-shm"),
    "log emptied": cut("-wal", 0),
    "log cut": cut("-wal", 0.5),
    "shared memory emptied": cut("-shm", 0),
    "file emptied": cut("", 0),
    "file cut": cut("", 0.6),
    "an earlier state restored": overwrite(earlier),
    "garbage": overwrite(lambda file: b"\xff" * 20_000),
    "another text": overwrite(lambda file: b"not here any more\n"),
    "nothing but zeros": overwrite(lambda file: bytes(file.stat().st_size)),
}


IN_PROCESSES = [
    pytest.param(happens, id=name, marks=() if name in ("log deleted", "file cut", "garbage") else pytest.mark.slow)
    for name, happens in HAPPENS.items()
]
"""Two processes take long to start: every run sees a few of these, and all of them in one process."""


NO_LOSS = (
    "in the file-log emptied",
    "in the file-log cut",
    "in the log-an earlier state restored",  # all that was done since stands in the log
    "shared memory emptied",
)


@pytest.fixture(params=["in the log", "in the file", "in both"])
def worked(session: Session, tmp_path: Path, request: pytest.FixtureRequest) -> Session:
    """A session with twenty notes, of which an earlier state lies beside it."""
    act(session, "start anyway")
    session.store.checkpoint()
    shutil.copyfile(tmp_path / NAME, tmp_path / "earlier")
    for number in range(20):
        act(session, f"note {number} {'lang ' * 60}")
        if request.param == "in both" and number == 12:
            session.store.checkpoint()
    if request.param == "in the file":
        session.store.checkpoint()
    return session


@pytest.fixture
def goes_on_in(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Where the session goes on: in its own file where nothing of it is lost."""
    return tmp_path / (NAME if any(case in request.node.name for case in NO_LOSS) else NEW)


@pytest.mark.parametrize("happens", HAPPENS.values(), ids=HAPPENS)
def test_all_that_was_acknowledged_is_whole_in_a_new_file_after_one_tick(
    worked: Session, tmp_path: Path, goes_on_in: Path, happens: Callable[[Path], None]
) -> None:
    known = verify(tmp_path / NAME).heads
    happens(tmp_path / NAME)
    worked.tick()
    assert worked.store.path == goes_on_in
    assert ("Everything is saved in session-2.db" in str(worked.trouble)) is (goes_on_in.name == NEW)
    assert verify(goes_on_in).heads == known
    act(worked, "note erna")
    assert [int(text.split()[0]) for text in texts(worked)[:-1]] == list(range(20))
    assert verify(goes_on_in).is_whole


@pytest.mark.parametrize("happens", HAPPENS.values(), ids=HAPPENS)
def test_an_act_between_two_looks_is_not_lost(
    worked: Session, tmp_path: Path, goes_on_in: Path, happens: Callable[[Path], None]
) -> None:
    happens(tmp_path / NAME)
    waiting_act(worked, "note erna")
    worked.tick()
    worked.tick()
    assert not worked.waiting
    assert texts(worked)[-1] == "erna"
    assert verify(goes_on_in).is_whole


@pytest.mark.parametrize("happens", HAPPENS.values(), ids=HAPPENS)
def test_what_the_other_program_wrote_stays_as_it_is(
    worked: Session, tmp_path: Path, goes_on_in: Path, happens: Callable[[Path], None]
) -> None:
    happens(tmp_path / NAME)
    before = (tmp_path / NAME).read_bytes()
    worked.tick()
    worked.close()
    assert goes_on_in.name == NAME or (tmp_path / NAME).read_bytes() == before


@pytest.mark.parametrize("name", ["log deleted", "shared memory deleted", "file emptied", "file cut", "garbage"])
def test_the_next_glance_sees_it_though_nothing_is_due(worked: Session, tmp_path: Path, name: str) -> None:
    worked.glance()
    assert not worked.glance()  # the clock stands still
    HAPPENS[name](tmp_path / NAME)
    worked.glance()
    assert worked.store.path.name == NEW


def test_what_happens_between_a_look_and_a_checkpoint_is_seen_at_the_next_look(
    worked: Session, tmp_path: Path, clock: SimulatedClock
) -> None:
    honest = worked._upkeep.look

    def look(*asked: Any) -> None:
        HAPPENS["garbage"](tmp_path / NAME)
        honest(*asked)

    clock.advance(8_000)
    with mock.patch.object(worked._upkeep, "look", look):
        worked.tick()
    worked.tick()
    assert worked.store.path == tmp_path / NEW
    assert verify(tmp_path / NEW).is_whole


def test_another_session_that_was_put_in_its_place_is_not_taken_for_its_own(
    worked: Session, tmp_path: Path, clock: SimulatedClock
) -> None:
    other = tmp_path / "other.db"
    foreign = sessions.begin(other, make_plan(), clock, Me("Kim", "moderator", "d"), zone=("UTC", 0))
    for number in range(40):
        act(foreign, f"note vreemd {number}")
    foreign.close()
    overwrite(lambda file: other.read_bytes())(tmp_path / NAME)
    worked.tick()
    assert not any("vreemd" in text for text in texts(worked))
    assert verify(tmp_path / NEW).is_whole


def test_a_checkpoint_of_somebody_else_is_no_alarm(session: Session, make_session: MakeSession) -> None:
    other = make_session("Els", "moderator")
    for number in range(5):
        act(session, f"note {number}")
        other.store.connection.execute("pragma wal_checkpoint(truncate)")
        assert session.store.guard.look() in (Condition.SHORTER, Condition.TOUCHED)
        session.tick()
        assert session.store.guard.look() is Condition.AS_LEFT
    other.store.connection.execute("vacuum")
    session.tick()
    assert session.store.path.name == NAME
    assert session.trouble is None


def test_nothing_is_made_of_a_file_that_is_closed(session: Session, tmp_path: Path) -> None:
    session.close()
    (tmp_path / NAME).unlink()
    session.tick()
    session.close()
    assert not (tmp_path / NEW).exists()


ACT_OFTEN = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {source!r}]
from acting import waiting_act
from kring.session import open as opening
from kring.session import session as sessions
from kring.session.session import Me
from kring.system.clock import SystemClock
name = sys.argv[1]
session = sessions.resume(Path({file!r}), SystemClock(), Me(name, "assistant", "laptop"))
print("ready", flush=True)
for number in range({acts}):
    input()
    waits = waiting_act(session, f"note {{name}} {{number}}") is None
    session.tick()
    print("waits" if waits else "saved", flush=True)
for _ in range(4):
    session.tick()
print(len(session.waiting), session.store.path.name, flush=True)
input()
session.close()
"""
ACTS = 40


class Writer:
    """A process that acts when it's told to."""

    def __init__(self, name: str, file: Path) -> None:
        tests = Path(__file__).parents[1]
        program = ACT_OFTEN.format(tests=str(tests), source=str(tests.parent / "src"), file=str(file), acts=ACTS)
        self.process = subprocess.Popen([sys.executable, "-c", program, name], stdin=PIPE, stdout=PIPE, text=True)
        assert self.line() == "ready"

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()


@pytest.mark.parametrize("happens", IN_PROCESSES)
def test_two_processes_lose_nothing_that_they_acknowledged_and_meet_in_one_file(
    session: Session, tmp_path: Path, goes_on_in: Path, happens: Callable[[Path], None]
) -> None:
    act(session, "start anyway")
    session.close()
    shutil.copyfile(tmp_path / NAME, tmp_path / "earlier")
    writers = [Writer(name, tmp_path / NAME) for name in ("Bo", "Els")]
    for number in range(ACTS):
        if number == ACTS // 2:
            happens(tmp_path / NAME)
        for writer in writers:
            writer.go()
            assert writer.line() in ("saved", "waits")
    assert [writer.line() for writer in writers] == [f"0 {goes_on_in.name}"] * 2
    for writer in writers:
        writer.go()
        writer.process.wait(30)
    assert verify(goes_on_in).is_whole
    again = sessions.resume(goes_on_in, SimulatedClock(0), Me("Kim", "assistant", "d"))
    assert sorted(texts(again)) == sorted(f"{name} {number}" for name in ("Bo", "Els") for number in range(ACTS))
    again.close()


# Opening what another program wrote into


@pytest.fixture
def file(session: Session, tmp_path: Path) -> Path:
    """A session file that was closed."""
    act(session, "start anyway")
    act(session, "note een")
    session.close()
    return tmp_path / NAME


def run(file: Path) -> opening.Target:
    return opening.find(file, None, date(2026, 12, 3))


def test_a_file_that_was_closed_is_one_file_without_a_log(file: Path) -> None:
    assert [path.name for path in file.parent.iterdir()] == [NAME]
    assert not has_log(file)
    assert run(file).remarks == ()


def test_a_file_that_was_in_use_and_lost_its_log_is_opened_with_a_word(
    session: Session, tmp_path: Path, clock: SimulatedClock
) -> None:
    act(session, "note een")
    session.store.checkpoint()
    act(session, "note twee")
    copy = tmp_path / "elsewhere" / NAME
    copy.parent.mkdir()
    shutil.copyfile(tmp_path / NAME, copy)
    told = "session.db was in use, and session.db-wal is missing or empty: what was done in the last seconds may be"
    assert [str(remark) for remark in run(copy).remarks] == [f"{told} missing."]
    again = sessions.resume(copy, clock, Me("Bo", "assistant", "d"))
    assert texts(again) == ["een"]
    again.close()
    assert run(copy).remarks == ()


def test_a_log_of_another_file_is_refused_and_kept(file: Path) -> None:
    log = file.with_name(f"{NAME}-wal")
    log.write_bytes(b"of another evening" * 400)
    before = file.read_bytes()
    for mode in ("read", "write"):
        with pytest.raises(KringError, match=r"session\.db-wal does not belong to session\.db"):
            files.open_(file, mode)
    assert (file.read_bytes(), log.exists()) == (before, True)


def test_a_log_whose_file_was_emptied_is_kept_for_rescue(session: Session, tmp_path: Path) -> None:
    act(session, "note een")
    copy = tmp_path / "copy.db"
    copy.touch()
    shutil.copyfile(tmp_path / f"{NAME}-wal", tmp_path / "copy.db-wal")
    before = (tmp_path / "copy.db-wal").read_bytes()
    for mode in ("read", "write"):
        with pytest.raises(KringError, match=r"copy\.db-wal holds what was done last; save that with kring rescue"):
            files.open_(copy, mode)
    assert (tmp_path / "copy.db-wal").read_bytes() == before


OPEN = "import sys; from pathlib import Path; from kring.store.files import open_; open_(Path(sys.argv[1])).close()"


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_nobody_joins_a_file_of_which_a_part_was_taken_away(session: Session, tmp_path: Path, ending: str) -> None:
    act(session, "note een")
    (tmp_path / f"{NAME}{ending}").unlink()
    tried = subprocess.run(
        [sys.executable, "-c", OPEN, str(tmp_path / NAME)], capture_output=True, text=True, check=False
    )
    assert "Somebody works in session.db" in tried.stderr
    session.tick()
    assert verify(tmp_path / NEW).is_whole


def test_a_file_that_was_left_leads_to_the_one_that_goes_on(
    session: Session, make_session: MakeSession, tmp_path: Path
) -> None:
    act(session, "note een")
    session.store.checkpoint()
    delete("-wal")(tmp_path / NAME)
    session.tick()
    act(session, "note twee")
    session.close()
    with pytest.raises(KringError, match=r"The session in session\.db goes on in session-2\.db: kring run"):
        run(tmp_path / NAME)
    assert run(tmp_path / NEW).events == len(session.history.events)


def test_another_session_of_a_later_number_is_no_continuation(
    file: Path, clock: SimulatedClock, tmp_path: Path
) -> None:
    other = sessions.begin(tmp_path / NEW, make_plan(), clock, Me("Kim", "moderator", "d"), zone=("UTC", 0))
    for number in range(20):
        act(other, f"note {number}")
    other.close()
    assert run(file).found == file
