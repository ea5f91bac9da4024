"""Scripts at full speed on one file wait their turn: nothing is dropped, and nobody is refused."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from acting import act
from kring.domain.text import Sentence
from kring.session.session import Session
from kring.store.store import NotSaved
from kring.store.verify import verify
from kring.system.sqlite import sqlite3
from kring.system.turns import SAID_AFTER_S, Turn

ACTS = 150


def script(file: Path, role: str, acts: int) -> Iterator[tuple[str, float]]:
    """Yield the answers to notes that are typed without a pause, and how long each took, in seconds."""
    argv = [sys.executable, "-m", "kring", "run", "--plain", "--lang", "en", "--as", role, "--name", role, str(file)]
    with subprocess.Popen(argv, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        for number in range(acts):
            begun = time.perf_counter()
            process.stdin.write(f"note {role} {number}\n")
            process.stdin.flush()
            yield process.stdout.readline().strip(), time.perf_counter() - begun
        process.stdin.close()
        process.stdout.read()


def run_scripts(file: Path, acts: int) -> dict[str, list[tuple[str, float]]]:
    answers: dict[str, list[tuple[str, float]]] = {"moderator": [], "assistant": []}
    threads = [
        threading.Thread(target=lambda role=role: answers[role].extend(script(file, role, acts))) for role in answers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def all_saved(file: Path, acts: int) -> float:
    """Whether two scripts at once lose no act; return the longest that one of them waited."""
    answers = run_scripts(file, acts)
    for role, told in answers.items():
        assert [answer.partition(" · ")[0] for answer, _ in told] == [
            f"Paraphrase: {role} {number}" for number in range(acts)
        ]
    report = verify(file)
    assert report.is_whole
    return max(took for told in answers.values() for _, took in told)


@pytest.fixture
def file(session: Session) -> Path:
    act(session, "start anyway")
    session.close()
    return session.store.path


def test_two_scripts_at_full_speed_drop_nothing(file: Path) -> None:
    assert all_saved(file, ACTS) < 10


@pytest.mark.slow
def test_two_scripts_of_a_thousand_acts_drop_nothing(file: Path) -> None:
    assert all_saved(file, 1_000) < 10


def test_who_waits_for_a_turn_says_so_once_and_is_served(session: Session) -> None:
    told: list[Sentence] = []
    session.store.wait_in_turn(Turn(session.store.path, told.append))
    other = sqlite3.connect(str(session.store.path), isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    timer = threading.Timer(SAID_AFTER_S * 1.5, lambda: other.execute("rollback"))
    timer.start()
    act(session, "note een")
    timer.join()
    other.close()
    assert [str(one) for one in told] == ["Another program writes in session.db; waiting for its turn …"]


def test_a_turn_that_never_comes_is_not_waited_for_without_end(session: Session) -> None:
    session.store.wait_in_turn(Turn(session.store.path, lambda _: None, most_s=0.2))
    other = sqlite3.connect(str(session.store.path), isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(NotSaved, match="another program holds"):
        act(session, "note een")
    other.close()
