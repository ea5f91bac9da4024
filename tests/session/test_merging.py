"""`kring merge`: copies of one session joined into a new file; they themselves stay as they are."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acting import act
from conftest import START_MS, make_plan
from imports import files
from kring.cli import main
from kring.domain import facts as f
from kring.domain.decide import consent, decision
from kring.domain.text import KringError
from kring.session import intake
from kring.session import session as sessions
from kring.session.copies import merging
from kring.session.copies.apart import copies_apart, merge_line
from kring.session.intake_remarks import Wishes
from kring.session.session import Session
from kring.store.attached.kept_files import fingerprint, kept
from kring.store.files import open_
from kring.store.tables import COLUMNS, SELECTS
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3
from session.test_arriving import PEOPLE, apart, copied, lines_of, take


def files_of(copies: Sequence[Session], folder: Path) -> list[Path]:
    """Return the files of copies, closed by whoever worked in them."""
    folder.mkdir(exist_ok=True)
    return [copied(copy.store.path, folder / f"{number}.db") for number, copy in enumerate(copies)]


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    """Two copies of a session, each with acts of its own."""
    with apart(2, 7) as copies:
        act(copies[0], "note van hier")
        act(copies[1], "note van daar")
        return files_of(copies, tmp_path / "copies")


def joined(paths: Sequence[Path], out: Path) -> Path:
    assert merging.write(merging.union_of(paths), out).is_whole
    return out


def said_by(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        said = {table: connection.execute(SELECTS[table]).fetchall() for table in COLUMNS}
        return said | {"events": connection.execute("select * from events order by seq").fetchall()}


@settings(max_examples=settings().max_examples // 6)  # each works in files
@given(st.integers(0, 999), st.permutations(range(3)))
def test_joined_in_whatever_order_and_pieces_the_file_says_the_same(seed: int, order: list[int]) -> None:
    with apart(3, seed) as copies, tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        paths = files_of(copies, folder)
        once = said_by(joined(paths, folder / "once.db"))
        one, other, third = (paths[number] for number in order)
        half = joined([one, other], folder / "half.db")
        assert said_by(joined([third, half, one], folder / "twice.db")) == once


def test_what_differs_is_told_and_nothing_is_written(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in two}
    assert main.main(["--lang", "en", "merge", *map(str, two)]) == 0
    told = capsys.readouterr().out
    assert "12 events are in all of these files." in told
    assert "Els (moderator)" in told
    assert "Bo (assistant)" in told
    assert "notes and cues" in told
    assert f"--out {two[0].with_name('0-2.db')}" in told
    assert {path: hashlib.sha256(path.read_bytes()).digest() for path in before} == before
    assert sorted(two[0].parent.iterdir()) == two


def test_joined_with_a_name_it_is_one_file_and_the_copies_stay(
    two: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "both.db"
    before = [path.read_bytes() for path in two]
    assert main.main(["--lang", "nl", "merge", *map(str, two), "--out", str(out)]) == 0
    assert "Werk voortaan alleen in" in capsys.readouterr().out
    assert [path.read_bytes() for path in two] == before
    with closing(sessions.resume(out, SimulatedClock(START_MS + 9_000_000), PEOPLE[0])) as session:
        texts = [note.text for note in session.state.notes.values()]
        assert {"van hier", "van daar"} <= set(texts)
        act(session, "note hierna")
    assert verify(out).is_whole
    assert main.main(["--lang", "en", "merge", str(two[0]), str(out)]) == 0
    assert "nothing to join" in capsys.readouterr().out
    assert main.main(["merge", *map(str, two), "--out", str(two[0])]) == 1
    assert [path.read_bytes() for path in two] == before


def test_what_is_no_copy_of_this_session_is_refused_with_a_sentence(two: list[Path], tmp_path: Path) -> None:
    other, broken, newer = tmp_path / "other.db", tmp_path / "broken.db", copied(two[1], tmp_path / "newer.db")
    sessions.begin(other, make_plan(), SimulatedClock(START_MS), PEOPLE[0], zone=("UTC", 0)).close()
    broken.write_bytes(two[1].read_bytes()[:8192])
    tampered = copied(two[1], tmp_path / "tampered.db")
    with closing(sqlite3.connect(str(newer), isolation_level=None)) as connection:
        connection.execute("pragma user_version = 99")
    with closing(sqlite3.connect(str(tampered), isolation_level=None)) as connection:
        connection.execute("drop trigger events_keep")
        connection.execute("update events set digest = 'x' where seq = 20")
    refusals = {
        (two[0],): "is one file",
        (two[0], two[0].parent / ".." / two[0].parent.name / two[0].name): "is one file",
        (two[0], other): "two sessions",
        (two[0], broken): "damaged",
        (two[0], newer): "newer kring",
        (two[0], tampered): "was changed by another program",
        (two[0], tmp_path / "none.db"): "no file",
        (two[0], tmp_path): "folder|ordinary",
    }
    for paths, said in refusals.items():
        with pytest.raises(KringError) as told:
            merging.union_of(paths)
        assert re.search(said, str(told.value.sentence)), str(told.value.sentence)


def test_an_event_that_says_something_else_in_another_copy_is_refused(two: list[Path]) -> None:
    with closing(sqlite3.connect(str(two[1]), isolation_level=None)) as connection:
        connection.execute("drop trigger events_keep")
        connection.execute("update events set actor = 'Iemand' where seq = 3")
    with pytest.raises(KringError, match="not the same in every file"):
        merging.union_of(two)


def test_what_was_erased_in_one_copy_is_in_no_byte_of_the_joined_file(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        act(copies[0], 'note "dat zei Fatima"')
        paths = files_of(copies, tmp_path / "copies")
        later = copied(paths[0], tmp_path / "later.db")
    erase_in(paths[0], "dat zei Fatima")
    union = merging.union_of([*paths, later])
    assert any("Erased in another copy" in str(told) for told in union.remarks)
    out = tmp_path / "both.db"
    assert merging.write(union, out).erased == 1
    assert b"dat zei Fatima" not in out.read_bytes()
    assert b"dat zei Fatima" in later.read_bytes()
    same = merging.union_of([paths[0], later])
    assert same.whole == paths[0]


def erase_in(path: Path, words: str) -> None:
    with closing(sqlite3.connect(str(path), isolation_level=None)) as connection:
        connection.execute("update events set data = null, salt = null where data like ?", (f"%{words}%",))


def test_a_computer_that_went_on_in_two_copies_is_told_and_both_are_kept(tmp_path: Path) -> None:
    clock = SimulatedClock(START_MS)
    with closing(sessions.begin(tmp_path / "a.db", make_plan(), clock, PEOPLE[0], zone=("UTC", 0))) as session:
        act(session, "start anyway", "note voor de kopie")
    backup = copied(tmp_path / "a.db", tmp_path / "backup.db")
    for text in ("een", "twee", "drie"):  # by turns, so that either chain is gone on with
        for path in (tmp_path / "a.db", backup):
            clock.advance(1000)
            with closing(sessions.resume(path, clock, PEOPLE[0])) as session:
                act(session, f"note {text} in {path.stem}")
    union = merging.union_of([tmp_path / "a.db", backup])
    assert sum("two copies from" in str(told) for told in union.remarks) == 1
    out = joined([tmp_path / "a.db", backup], tmp_path / "both.db")
    with closing(sessions.resume(out, clock, PEOPLE[0])) as session:
        texts = [note.text for note in session.state.notes.values()]
        assert texts == ["voor de kopie", *(f"{n} in {f}" for n in ("een", "twee", "drie") for f in ("a", "backup"))]
        act(session, "note na het samenvoegen")
    assert verify(out).findings == ()


def test_what_ended_here_and_went_on_there_is_told(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        act(copies[0], "end")
        paths = files_of(copies, tmp_path / "copies")
    told = [str(remark) for remark in merging.union_of(paths).remarks]
    assert "The session ended in 0.db, and not in 1.db." in told


def test_a_file_that_was_brought_in_in_both_copies_is_told(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        for copy in copies:
            prepared = intake.prepare(copy, files.source(), files.chat(), Wishes(take_open=True))
            intake.commit(copy, prepared)
        paths = files_of(copies, tmp_path / "copies")
    told = [str(remark) for remark in merging.union_of(paths).remarks]
    said = "chat.txt was brought in twice, as 1 and 2: take one out with kring import --take-out 2."
    assert said in told


ALIKE = (
    "{} (1).db", "{} (2).db", "{} (Conflict copy 2026-11-30).db", "{} (Bo's conflicted copy 2026-11-30).db",
    "{}-LAPTOP.db", "{}.sync-conflict-20261130-101112-ABCDEFG.db", "{}_conflict.db", "{} - Copy.db", "{} - kopie.db",
    "{} copy 2.db", "Kopie van {}.db", "Copy of {}.db", "backup-{}.db", "{}-2.db", "{}~1.db",
)  # fmt: skip


def test_a_copy_that_went_on_apart_is_told_at_opening_either(two: list[Path], tmp_path: Path) -> None:
    here, other = two[0].rename(tmp_path / "2026-11-30-groep.db"), two[1]
    for name in ALIKE:
        other = other.rename(tmp_path / name.format(here.stem))
        for one, another in ((here, other), (other, here)):
            told = list(copies_apart(one))
            assert ["went on apart" in each.template for each in told] == [True], (name, one)
            assert merge_line((one, another)) in str(told[0])


def test_of_other_sessions_and_earlier_copies_nothing_is_told(two: list[Path], tmp_path: Path) -> None:
    here = two[0].rename(tmp_path / "groep-1.db")
    sessions.begin(tmp_path / "groep-10.db", make_plan(), SimulatedClock(START_MS), PEOPLE[0]).close()
    (tmp_path / "groep-1 (2).db").write_bytes(b"SQLite format 3\0 and nothing more")
    (tmp_path / "groep-1 (3).db").mkdir()
    later = copied(here, tmp_path / "groep-1-2.db")
    assert list(copies_apart(here)) == []
    with closing(sessions.resume(later, SimulatedClock(START_MS), PEOPLE[0])) as session:
        act(session, "note erbij")
    (told,) = copies_apart(here)
    assert "earlier copy" in told.template
    assert list(copies_apart(later)) == []


def kept_in(path: Path) -> list[bytes]:
    with closing(open_(path, "read")) as store:
        return list(kept(store.connection.execute))


def resumed(path: Path) -> closing[Session]:
    return closing(sessions.resume(path, SimulatedClock(START_MS + 9_000_000), PEOPLE[0]))


def attach(session: Session, content: bytes) -> None:
    sha256 = fingerprint(content)
    brought = f.FileImported("a.csv", "chat", sha256, "none", number=1)
    attached = f.FileAttached("a.csv", "text/csv", sha256, len(content))
    session.do_as(session.me, lambda state, now: (brought, attached), files=[content])


def test_a_kept_file_goes_along_and_what_was_erased_anywhere_never_comes_back(two: list[Path], tmp_path: Path) -> None:
    content = b"Naam,Antwoord"
    with resumed(two[1]) as session:
        attach(session, content)
    both = joined(two, tmp_path / "both.db")
    assert kept_in(both) == [content]
    erased = copied(both, tmp_path / "erased.db")
    with resumed(erased) as session:
        session.do(lambda state, now: f.FileErased(fingerprint(content)))
    with resumed(both) as session:
        session.clock.clock.advance(60_000)  # type: ignore[attr-defined]
        attach(session, content)
    assert kept_in(joined([both, erased], tmp_path / "again.db")) == []


def test_a_code_that_two_people_were_given_is_named(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        act(copies[0], "add Zeynep")
        act(copies[1], "add Koos")
        code = next(person.id for person in copies[0].state.participants.values() if person.name == "Zeynep")
        paths = files_of(copies, tmp_path / "copies")
    told = [str(remark) for remark in merging.union_of(paths).remarks]
    (both,) = [one for one in told if one.startswith(f"{code} is ")]
    assert ["Zeynep in 0.db" in both, "Koos in 1.db" in both, f"{code}b" in both] == [True, True, True]
    with resumed(joined(paths, tmp_path / "both.db")) as session:
        names = {person.id: person.name for person in session.state.participants.values() if not person.on_list}
    assert {names.get(code), names.get(f"{code}b")} == {"Zeynep", "Koos"}


@pytest.mark.parametrize("later", ["same", "other", "before"])
def test_who_withdrew_in_one_copy_is_named_where_that_may_be_somebody_else(tmp_path: Path, later: str) -> None:
    with apart(2, 7) as copies:
        act(copies[0], "add Zeynep")
        code = next(person.id for person in copies[0].state.participants.values() if person.name == "Zeynep")
        if later == "before":  # then their names tell them apart
            act(copies[1], "add Koos")
        copies[0].do(decision(consent.settle, [copies[0].state.participants[code]], {"taking_part": False}))
        if later != "before":
            copies[1].clock.clock.advance(9_000_000)  # type: ignore[attr-defined]
            act(copies[1], f"add {'Zeynep' if later == 'same' else 'Koos'}")
        act(copies[1], f'note "van de ander" @{code}')
        paths = files_of(copies, tmp_path / "copies")
    told = [str(remark) for remark in merging.union_of(paths).remarks]
    assert [code in one and "1.db" in one for one in told if "withdrew" in one] == [True] * (later == "other")
    assert not [one for one in told if f"{code} is " in one]
    with resumed(joined(paths, tmp_path / "both.db")) as session:
        shown = [note for note in session.state.notes.values() if note.removed_at is None]
        assert ["van de ander" in note.text for note in shown].count(True) == (later == "before")


def test_what_an_older_kring_logged_by_the_code_alone_is_named(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        act(copies[0], "add Zeynep")
        act(copies[1], "add Koos")
        with mock.patch.object(sessions, "naming", lambda state, facts: facts):
            act(copies[1], 'note "van Koos" @P9')
        paths = files_of(copies, tmp_path / "copies")
    assert [one for one in merging.union_of(paths).remarks if "by the code alone (1)" in str(one)]


def test_what_nothing_is_joined_of_is_told_once(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        act(copies[0], "note hier", "add Zeynep")
        act(copies[1], "note daar", "add Koos")
        paths = files_of(copies, tmp_path / "copies")
    out = joined(paths, tmp_path / "both.db")
    assert [one for one in merging.union_of(paths).remarks if "with a letter" in str(one)]
    again = [str(one) for one in merging.union_of([out, *paths]).remarks]
    assert not [one for one in again if "with a letter" in one or "joined," in one]


def test_what_was_done_to_what_was_undone_in_another_copy_is_told(tmp_path: Path) -> None:
    with apart(2, 7) as copies:
        act(copies[0], "note samen")
        take(copies[1], lines_of(copies[0]))
        copies[0].undo()
        act(copies[1], "edit last ~ toch anders")
        paths = files_of(copies, tmp_path / "copies")
    told = [str(one) for one in merging.union_of(paths).remarks]
    assert [one for one in told if "1.db" in one and "undone in another copy" in one]
