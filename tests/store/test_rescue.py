"""Rescue: of a damaged file at least all rows on undamaged pages, a word on what is missing, and a whole new file."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from acting import act, act_at_random, texts
from conftest import NAMES, START_MS, make_plan
from domain.test_history import tables
from kring.domain import facts as f
from kring.domain.rows import QuestionStatus
from kring.domain.text import KringError
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store.files import open_
from kring.store.rescue import rescue as rescue_module
from kring.store.rescue.pages import Pages
from kring.store.rescue.rescue import rescue
from kring.store.verify import verify
from kring.system import file_lock
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3
from record.recorded import record

PAGE = 4096
WIDTH = 14  # columns of an event


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, SimulatedClock]]:
    """An open session of a few hundred events."""
    clock = SimulatedClock(START_MS)
    file = tmp_path_factory.mktemp("made") / "session.db"
    session = sessions.begin(file, make_plan(), clock, Me("Bo", "assistant", "device"), zone=("UTC", 0))
    act_at_random(session, clock, seed=4, lines=150)
    for number in range(150):
        clock.advance(2_000)
        act(session, f"note {number} heel persoonlijk geheim #app")
    yield session, clock
    session.close()


@pytest.fixture
def session(made: tuple[Session, SimulatedClock]) -> Session:
    return made[0]


@pytest.fixture
def clock(made: tuple[Session, SimulatedClock]) -> SimulatedClock:
    return made[1]


@pytest.fixture
def file(session: Session, tmp_path: Path) -> Path:
    """A closed copy of the session's file."""
    copy = sqlite3.connect(str(tmp_path / "session.db"))
    session.store.connection.backup(copy)
    copy.close()
    return tmp_path / "session.db"


def events_by_page(content: bytes) -> dict[int, set[int]]:
    """Return, for every page, the events whose rows lie on it or go on there."""
    pages = Pages(content)
    found: dict[int, set[int]] = {}
    for number in range(1, len(pages) + 1):
        blank = bytearray(len(content))
        blank[:100] = content[:100]
        blank[(number - 1) * PAGE : number * PAGE] = content[(number - 1) * PAGE : number * PAGE]
        found[number] = {int(str(row[0])) for row in Pages(bytes(blank)).rows(WIDTH, WIDTH) if len(str(row[13])) == 64}
    return found


def seqs(file: Path) -> set[int]:
    connection = sqlite3.connect(str(file))
    return {seq for (seq,) in connection.execute("select seq from events where device <> 'rescue'")}


def resumed(file: Path, clock: SimulatedClock) -> Session:
    return sessions.resume(file, clock, Me("Bo", "assistant", "device"))


def test_a_whole_file_is_saved_whole(file: Path, session: Session, tmp_path: Path, clock: SimulatedClock) -> None:
    before = file.read_bytes()
    report = rescue(file, tmp_path / "new.db")
    assert report.saved == report.known == len(session.history.events)
    assert (report.findings, report.made_again) == ((), 0)
    assert file.read_bytes() == before
    assert verify(tmp_path / "new.db").is_whole
    assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600
    again = resumed(tmp_path / "new.db", clock)
    assert texts(again) == texts(session)
    again.close()
    assert not list(tmp_path.glob(".kring-rescue*"))


@pytest.mark.parametrize("kind", ["zeroed", "garbage", "half a page", "cut off"])
@pytest.mark.parametrize("seed", range(8))
def test_every_row_on_an_undamaged_page_is_saved(
    file: Path, tmp_path: Path, kind: str, seed: int, clock: SimulatedClock
) -> None:
    content = bytearray(file.read_bytes())
    on_page = events_by_page(bytes(content))
    everything = set().union(*on_page.values())
    chance = random.Random(seed)
    number = seed + 1 if seed < 3 else chance.randrange(1, len(content) // PAGE + 1)  # the schema stands in front
    start, end = (number - 1) * PAGE, number * PAGE
    damaged = {number}
    match kind:
        case "zeroed":
            content[start:end] = bytes(PAGE)
        case "garbage":
            content[start:end] = chance.randbytes(PAGE)
        case "half a page":
            content[start + 512 : start + 1024] = chance.randbytes(512)
        case _:
            del content[start:]
            damaged = set(range(number, len(on_page) + 1))
    file.write_bytes(content)
    lost = set().union(*(on_page[page] for page in damaged)) | {2}  # the plan goes on over several pages
    new = tmp_path / "new.db"
    if not everything - lost:
        return
    report = rescue(file, new)
    assert everything - lost <= seqs(new)
    missing = everything - seqs(new)
    assert report.saved == len(everything - missing)
    findings = [str(found) for found in verify(new).findings]
    assert all("chain" in found or "missing" in found or "changed" in found for found in findings), findings
    assert "geheim" not in "".join(map(str, report.findings))
    again = resumed(new, clock)
    act(again, "note daarna")
    again.close()


def test_what_stands_in_the_log_only_is_saved_too(session: Session, tmp_path: Path, clock: SimulatedClock) -> None:
    session.store.connection.execute("pragma wal_checkpoint(truncate)")
    act(session, "note alleen in het log")
    file = tmp_path / "copied.db"
    for ending in ("", "-wal"):
        copied = session.store.path.with_name(f"session.db{ending}").read_bytes()
        (tmp_path / f"copied.db{ending}").write_bytes(copied)
    report = rescue(file, tmp_path / "new.db")
    assert report.saved == len(session.history.events)
    again = resumed(tmp_path / "new.db", clock)
    assert texts(again) == texts(session)
    again.close()


def lose(file: Path, where: str) -> None:
    """Take events away as damage would, with the tables left as they are."""
    connection = sqlite3.connect(str(file), isolation_level=None)
    connection.execute("drop trigger events_stay")
    connection.execute(f"delete from events where {where}")
    connection.close()


def test_lost_events_are_made_again_from_tables_that_can_be_read(
    file: Path, session: Session, tmp_path: Path, clock: SimulatedClock
) -> None:
    lose(file, "kind in ('note_added', 'floor_given', 'item_opened', 'issue_opened', 'session_created', 'plan_read')")
    lost = len(session.history.events) - verify(file).events
    report = rescue(file, tmp_path / "new.db")
    assert 0 < report.made_again <= lost
    assert f"{report.made_again} lost events were made again" in str(report.findings[-1])
    again = resumed(tmp_path / "new.db", clock)
    assert set(texts(again)) >= {note.text for note in session.state.notes.values() if note.removed_at is None}
    for table in ("participants", "guide", "turns", "visits", "issues"):
        assert [key for key, _ in tables(again.state)[table]] == [key for key, _ in tables(session.state)[table]], table
    again.close()


def test_lost_events_are_named_in_runs(file: Path, tmp_path: Path) -> None:
    lose(file, "seq in (10, 11, 12, 20)")
    report = rescue(file, tmp_path / "new.db")
    assert [str(found) for found in report.findings[:2]] == ["Events 10 to 12 are missing.", "Event 20 is missing."]
    assert report.known - report.saved == 4


def test_a_row_that_is_silently_wrong_is_named_and_kept(file: Path, tmp_path: Path) -> None:
    content = file.read_bytes()
    at = content.find(b'"149 heel persoonlijk')
    assert at > 0
    file.write_bytes(content[:at] + b'"148' + content[at + 4 :])
    report = rescue(file, tmp_path / "new.db")
    assert [found.template for found in report.findings] == ["Event {seq} ({id}) was changed."]
    assert report.saved == report.known
    assert any("was changed" in str(found) for found in verify(tmp_path / "new.db").findings)


def test_a_recording_of_krings_own_is_there_once(make_session, clock: SimulatedClock, tmp_path: Path) -> None:
    session = make_session()
    record(session, clock)
    session.close()
    report = rescue(session.store.path, tmp_path / "saved.db")
    assert (report.made_again, report.findings) == (0, ())
    assert [row.source for row in resumed(tmp_path / "saved.db", clock).state.recordings.values()] == ["kring"]


def test_what_was_saved_is_one_file_and_stays_one_when_it_is_read(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    rescue(file, folder / "saved.db")
    assert [path.name for path in folder.iterdir()] == ["saved.db"]
    open_(folder / "saved.db", "read").close()
    assert verify(folder / "saved.db").is_whole
    assert [path.name for path in folder.iterdir()] == ["saved.db"]


def test_nothing_is_overwritten(file: Path, tmp_path: Path) -> None:
    (tmp_path / "new.db").write_text("mine")
    with pytest.raises(KringError, match="exists already"):
        rescue(file, tmp_path / "new.db")
    assert (tmp_path / "new.db").read_text() == "mine"


@pytest.mark.parametrize("content", [b"", b"geen database" * 900, bytes(40_000)])
def test_a_file_with_nothing_in_it_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.db").write_bytes(content)
    with pytest.raises(KringError, match="nothing that can be saved"):
        rescue(tmp_path / "x.db", tmp_path / "new.db")
    assert [file.name for file in tmp_path.iterdir()] == ["x.db"]


def test_no_name_of_anybody_stands_in_what_is_said(file: Path, tmp_path: Path) -> None:
    lose(file, "seq > 3 and seq % 3 = 0")
    said = " ".join(map(str, rescue(file, tmp_path / "new.db").findings))
    assert said
    assert not [name for name in NAMES if name in said]


def test_what_stands_in_the_log_of_a_file_that_was_emptied_is_saved(session: Session, tmp_path: Path) -> None:
    for number in range(30):
        act(session, f"note {number}")
    copy, log = tmp_path / "copy.db", session.store.path.with_name(f"{session.store.path.name}-wal")
    shutil.copyfile(log, tmp_path / "copy.db-wal")
    copy.touch()
    report = rescue(copy, tmp_path / "saved.db")
    assert report.saved >= 30
    assert copy.stat().st_size == 0


def test_a_rescue_has_no_copy_under_a_name_while_it_reads(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    read = rescue_module._read_ranges

    def look(*arguments: Any) -> None:
        seen.append([path.name for folder in tmp_path.glob(".kring-rescue-*") for path in folder.iterdir()])
        read(*arguments)

    monkeypatch.setattr(rescue_module, "_read_ranges", look)
    assert rescue(file, tmp_path / "saved.db").findings == ()
    assert seen == [[]]


def test_a_rescue_takes_away_the_copies_of_one_that_was_killed(file: Path, tmp_path: Path) -> None:
    killed, at_work = tmp_path / ".kring-rescue-killed", tmp_path / ".kring-rescue-at-work"
    for folder in (killed, at_work):
        folder.mkdir()
        (folder / "rescue.lock").touch()
        (folder / "copy.db").write_text("Fatima")
    with file_lock.Lock(at_work, "rescue.lock") as is_ours:
        assert is_ours
        rescue(file, tmp_path / "saved.db")
        assert not killed.exists()
        assert (at_work / "copy.db").exists()


def test_a_rescue_that_is_killed_leaves_a_mark_by_which_the_next_one_knows(file: Path, tmp_path: Path) -> None:
    dies = (
        "import os, shutil, sys\n"
        "from pathlib import Path\n"
        "from kring.store.rescue import rescue\n"
        "copy = shutil.copyfile\n"
        "shutil.copyfile = lambda *given: (copy(*given), os.kill(os.getpid(), 9))\n"
        "rescue.rescue(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    killed = subprocess.run([sys.executable, "-c", dies, str(file), str(tmp_path / "one.db")], check=False)
    assert killed.returncode == -9
    assert list(tmp_path.glob(".kring-rescue-*/copy.db"))
    rescue(file, tmp_path / "two.db")
    assert not list(tmp_path.glob(".kring-rescue-*"))


LOST = (
    "kind in ('observer_question_asked', 'observer_question_filtered')",
    "kind = 'observer_question_filtered'",
    "kind = 'observer_question_filtered' and data like '%\"asked\"%'",
    "kind = 'observer_question_filtered' and data not like '%\"asked\"%'",
)


def test_questions_of_observers_are_made_again_with_what_became_of_them(
    session: Session, tmp_path: Path, clock: SimulatedClock
) -> None:
    for number, text in enumerate(("hoe vaak?", "en de prijs?", "wie nog?", "waarom?"), 1):
        clock.advance(1_000)
        asked = f.ObserverQuestionAsked(f"vraag{number}", text, number)
        session.do_as(Me("Klant", "observer", "laptop"), lambda state, now, asked=asked: asked)  # type: ignore[misc]
    became: list[tuple[int, QuestionStatus]] = [(1, "accepted"), (2, "accepted"), (2, "asked"), (3, "declined")]
    for number, status in became:
        clock.advance(1_000)
        filtered = f.ObserverQuestionFiltered(f"vraag{number}", status, "later" if status == "declined" else "")
        session.do(lambda state, now, filtered=filtered: filtered)  # type: ignore[misc]
    path, before = session.store.path, session.state
    session.close()
    for number, lost in enumerate(LOST):
        damaged, new = tmp_path / f"damaged{number}.db", tmp_path / f"new{number}.db"
        shutil.copyfile(path, damaged)
        lose(damaged, lost)
        rescue(damaged, new)
        again = resumed(new, clock)
        rows = [again.state.observer_questions[name] for name in before.observer_questions]
        assert rows == [*before.observer_questions.values()]
        assert [(cue.id, cue.text, cue.question) for cue in again.state.cues.values()] == [
            (cue.id, cue.text, cue.question) for cue in before.cues.values()
        ]
        again.close()
