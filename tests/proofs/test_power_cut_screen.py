"""The power fails behind a full-screen program: what stood on the screen as saved is in the file."""

import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyte
import pytest
from pty_harness import Term

from proofs.power_cut import Trace, Verdict, files_in, replay
from proofs.programs import HERE, NOTE, kring, needs_kring, note_text, notes_in
from proofs.strace_log import traced, why_no_strace

NO_STRACE = why_no_strace()
needs_strace = pytest.mark.skipif(NO_STRACE is not None, reason=NO_STRACE or "")
IN_LIST = re.compile(r"\d:\d\d .*“")
F10, CTRL_Q = "\x1b[21~", "\x11"
FRAME_ENDS = b"\x1b[?2026l"


class NotesOnScreen:
    """The notes that stood on the screen so far; the bytes only grow, so each is emulated once.

    `where` says which lines of the screen mean that a note is saved: never the one in which it is typed.
    """

    def __init__(self, where: re.Pattern[str], *, columns: int = 80, rows: int = 24) -> None:
        self.where = where
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._read = 0
        self._seen: set[str] = set()

    def __call__(self, shown: bytes) -> set[str]:
        for frame in re.split(b"(?<=" + re.escape(FRAME_ENDS) + b")", shown[self._read :]):
            self._stream.feed(frame)
            lines = [line for line in self.screen.display if self.where.search(line)]
            self._seen.update(found.decode() for found in NOTE.findall("\n".join(lines).encode()))
        self._read = len(shown)
        return set(self._seen)


def verdict_on(
    argv: Callable[[Path], list[str]],
    drive: Callable[[Term], None],
    where: re.Pattern[str],
    tmp_path: Path,
    images: int,
) -> Verdict:
    """Runs a full-screen program under strace on a terminal and replays power cuts over its files."""
    folder = tmp_path / "disk"
    folder.mkdir()
    log = tmp_path / "strace.log"
    before = files_in(folder)
    with Term(traced(argv(folder), log)) as term:
        drive(term)
        term.process.wait(20)
    return replay(Trace(log, folder, before), NotesOnScreen(where), notes_in, images=images)


def specimen_verdict(flaw: str, tmp_path: Path, *, notes: int = 15, images: int = 60) -> Verdict:
    def argv(folder: Path) -> list[str]:
        flaws = [flaw] if flaw else []
        return [sys.executable, str(HERE / "specimen_screen.py"), str(folder / "session.db"), *flaws]

    def drive(term: Term) -> None:
        term.wait_for("ready.")
        for number in range(notes):
            term.key("x", partial(Term.shows, text=note_text(0, number)))
        term.write(CTRL_Q)

    return verdict_on(argv, drive, re.compile(r"\.\s*$"), tmp_path, images)


def kring_verdict(flaw: str, tmp_path: Path, *, notes: int = 12, images: int = 60) -> Verdict:
    """Types notes on the live screen; one counts as saved once it stands in the list, with its time."""

    def argv(folder: Path) -> list[str]:
        return [option for option in kring(flaw).argv(folder, "Bo") if option != "--plain"]

    def drive(term: Term) -> None:
        term.wait_for("not started", at_most_s=30)
        term.key("d", partial(Term.shows, text="The doors are open"))
        term.key(F10, partial(Term.shows, text="who is here?"))
        term.key("\r", partial(Term.shows, text="Fatima is present"))
        for number in range(notes):
            text = f'"{note_text(0, number)}'
            term.write("n")
            term.record(quiet_s=0.1, at_most_s=1.0)
            term.write(text)
            term.wait_for(text)
            term.key("\r", partial(saved, text=note_text(0, number)))
        term.key(CTRL_Q, partial(Term.shows, text=" y "))
        term.write("y")

    def saved(term: Term, text: str) -> bool:
        return any(IN_LIST.search(line) and text in line for line in term.screen.display)

    return verdict_on(argv, drive, IN_LIST, tmp_path, images)


Proof = Callable[..., Verdict]
both_screens = pytest.mark.parametrize(
    "proof",
    [
        pytest.param(specimen_verdict, id="specimen"),
        pytest.param(kring_verdict, id="kring", marks=needs_kring),
    ],
)


@needs_strace
@both_screens
def test_a_screen_that_shows_what_is_saved_loses_nothing(proof: Proof, tmp_path: Path) -> None:
    verdict = proof("", tmp_path, notes=12)
    assert verdict.acknowledged == 12
    assert verdict.clean, verdict


@needs_strace
@pytest.mark.parametrize("flaw", [pytest.param("normal", marks=pytest.mark.slow), "background"])
@both_screens
def test_a_screen_that_breaks_its_promise_is_caught(proof: Proof, flaw: str, tmp_path: Path) -> None:
    verdict = proof(flaw, tmp_path, notes=12)
    assert len(verdict.lost) >= 5, verdict


@needs_strace
@pytest.mark.slow
@both_screens
def test_a_screen_that_shows_what_is_saved_loses_nothing_in_many_images(proof: Proof, tmp_path: Path) -> None:
    verdict = proof("", tmp_path, notes=60, images=600)
    assert verdict.acknowledged == 60
    assert verdict.clean, verdict
