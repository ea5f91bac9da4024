"""The process is killed at a random moment: every acknowledged note is there when it is opened again."""

import random
import threading
import time
from pathlib import Path

import pytest

from proofs.line_process import LineProcess, NoAnswer
from proofs.programs import Program, acknowledged_in, both_programs, note_line, note_text, notes_in, session_in

NOTES = 400


def killed_in_the_middle(
    program: Program, folder: Path, writer: int, dice: random.Random, person: str = "Bo"
) -> set[str]:
    """Types notes without a pause, kills the program somewhere, and returns what it had acknowledged."""
    process = program.join(folder, person) if any(folder.glob("*.db")) else program.start(folder, person)
    typist = threading.Thread(target=type_notes, args=(process, writer))
    typist.start()
    time.sleep(dice.uniform(0.0, 0.05))
    process.kill()
    typist.join()
    return acknowledged_in("".join(f"{answer}\n" for answer in process.answers_left()).encode())


def type_notes(process: LineProcess, writer: int) -> None:
    for number in range(NOTES):
        try:
            process.type(note_line(note_text(writer, number)))
        except NoAnswer:
            return


def lives(program: Program, folder: Path, count: int, seed: int) -> tuple[set[str], int]:
    """Kills the program `count` times on one file: what it acknowledged, and the kills that mattered."""
    dice = random.Random(seed)
    acknowledged: set[str] = set()
    in_the_middle = 0
    for life in range(count):
        noted = killed_in_the_middle(program, folder, life, dice)
        in_the_middle += 0 < len(noted) < NOTES
        acknowledged |= noted
        assert acknowledged <= notes_in(session_in(folder)), f"life {life} lost something"
    return acknowledged, in_the_middle


def one_of_two_killed(program: Program, folder: Path, count: int, seed: int) -> None:
    """One process is killed and started again while another goes on; neither loses anything."""
    dice = random.Random(seed)
    with program.start(folder, "Els") as steady:
        acknowledged: set[str] = set()
        for life in range(count):
            noted = killed_in_the_middle(program, folder, life, dice)
            text = note_text(9_000, life)
            answer = steady.say(note_line(text))
            assert text in answer, answer
            assert "NOT SAVED" not in answer, answer
            acknowledged |= noted | {text}
            assert acknowledged <= notes_in(session_in(folder)), f"life {life} lost something"


@both_programs
def test_what_was_acknowledged_survives_being_killed(program: Program, tmp_path: Path) -> None:
    acknowledged, in_the_middle = lives(program, tmp_path, 8, seed=1)
    assert acknowledged
    assert in_the_middle >= 2


@both_programs
def test_one_process_is_killed_while_the_other_goes_on(program: Program, tmp_path: Path) -> None:
    one_of_two_killed(program, tmp_path, 5, seed=3)


@pytest.mark.slow
@both_programs
def test_what_was_acknowledged_survives_being_killed_often(program: Program, tmp_path: Path) -> None:
    _, in_the_middle = lives(program, tmp_path, 100, seed=2)
    assert in_the_middle >= 25


@pytest.mark.slow
@both_programs
def test_one_process_is_killed_often_while_the_other_goes_on(program: Program, tmp_path: Path) -> None:
    one_of_two_killed(program, tmp_path, 60, seed=4)
