"""What may befall the index of a study: it is left half made, held, full or damaged, and what is told stays true."""

from __future__ import annotations

import os
import sqlite3 as plain_sqlite
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from kring.domain.study.model import Finding as Found
from kring.domain.study.model import Study
from kring.domain.text import KringError
from kring.study.finding import index as indexes
from kring.study.finding import upkeep
from kring.study.finding.asking import Wanted
from kring.study.finding.evidence import unresolved_so_far
from kring.study.finding.finding import Finding
from kring.study.finding.reading import Reading, SessionFile
from kring.study.reads import Reads
from kring.system.sqlite import sqlite3
from study.held import go_on, hold

GROUPS = ("a.db", "b.db", "c.db")


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr(upkeep, "TOGETHER_S", 0)
    monkeypatch.setattr(upkeep, "TURN_S", 0)
    place = tmp_path / "study"
    place.mkdir()
    for week, name in enumerate(GROUPS, 1):
        hold(place / name, week, "start anyway", f"note woord in {name}").close()
    return place


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are read whole, as they are."""
    names: list[str] = []
    real = SessionFile.read

    def reading(self: SessionFile, elsewhere: object = ()) -> Reading:
        names.append(self._path.name)
        return real(self, elsewhere)  # type: ignore[arg-type]

    monkeypatch.setattr(SessionFile, "read", reading)
    return names


def found(study: Path) -> list[str]:
    with Finding(study) as finding:
        return sorted(hit.passage.text for hit in finding.find(Wanted("woord")).hits)


ALL = [f"woord in {name}" for name in GROUPS]


def up_to(most: int) -> Reads:
    """Read as many session files as this, and the rest another time."""
    return lambda place, _of: place < most


def when_asked_again(act: Callable[[], object]) -> Reads:
    """Read all, and act before the third of the files is read, when all were looked at."""
    asked: list[int] = []

    def reads(place: int, _of: int) -> bool:
        asked.append(place)
        if asked.count(2) == 2 and place == 2:
            act()
        return True

    return reads


def killed() -> None:
    raise KeyboardInterrupt


def test_what_is_not_read_yet_is_counted_and_read_the_next_time(study: Path, read: list[str]) -> None:
    with Finding(study, reads=up_to(2)) as finding:
        assert finding.unread == 1
    assert read == []  # it was looked at which of them are copies of each other
    with Finding(study, reads=up_to(3)) as finding:
        assert finding.unread == 0
    go_on(study / "b.db", "note meer")
    assert (found(study), read) == (ALL, [*GROUPS, "b.db"])


def test_what_was_read_before_it_was_killed_is_kept(
    study: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt), Finding(study, reads=when_asked_again(killed)):
        pass
    assert read == ["a.db", "b.db"]
    assert (found(study), read) == (ALL, list(GROUPS))

    def put(*_: object) -> None:
        real(*_)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    real = upkeep.put
    monkeypatch.setattr(upkeep, "put", put)
    go_on(study / "b.db", "note woord erbij")
    with pytest.raises(KeyboardInterrupt):
        found(study)
    monkeypatch.setattr(upkeep, "put", real)
    assert found(study) == sorted([*ALL, "woord erbij"])


def test_what_points_nowhere_is_not_said_before_all_is_read(study: Path) -> None:
    pointing = Study(findings=(Found(code="B1", text="x", quotes="groep 9 #1", line=4),))
    assert unresolved_so_far(study, pointing, up_to(0)) == ((), 3)
    assert [one.line for one in unresolved_so_far(study, pointing, up_to(9))[0]] == [4]


def test_who_holds_the_index_is_waited_for_and_then_that_is_said(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "WAITS_S", 0)
    assert found(study) == ALL
    go_on(study / "c.db", "note woord later")
    with closing(sqlite3.connect(str(indexes.place_of(study)), isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(KringError, match="busy with this study"):
            found(study)
    assert len(found(study)) == 4


def test_two_that_make_it_at_once_make_one_and_read_each_file_once(study: Path, read: list[str]) -> None:
    for name in GROUPS:
        os.utime(study / name, (1_700_000_000, 1_700_000_000))
    others: list[Finding] = []
    meanwhile = when_asked_again(lambda: others.append(Finding(study)))
    with Finding(study, reads=meanwhile) as finding:
        assert len(finding.find(Wanted("woord")).hits) == 3
        assert len(finding.groups()) == 3
    (other,) = others
    assert len(other.find(Wanted("woord")).hits) == 3
    other.close()
    assert (found(study), read) == (ALL, list(GROUPS))


def test_on_a_full_disk_it_is_made_in_memory(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = indexes._connected

    def nearly_full(place: str) -> plain_sqlite.Connection:
        connection: plain_sqlite.Connection = real(place)
        if place != ":memory:":
            connection.execute("pragma max_page_count = 14")
        return connection

    monkeypatch.setattr(indexes, "_connected", nearly_full)
    assert found(study) == ALL


@pytest.mark.parametrize("damage", [lambda place: place.unlink(), lambda place: place.write_bytes(b"")])
def test_an_index_that_is_taken_away_while_it_is_open_is_no_trouble(
    study: Path, damage: Callable[[Path], object]
) -> None:
    with Finding(study) as finding:
        damage(indexes.place_of(study))
        go_on(study / "c.db", "note woord later")
        finding.refresh()
        assert len(finding.find(Wanted("woord")).hits) == 4
    assert len(found(study)) == 4


@pytest.mark.parametrize("page", range(2, 30, 3))
def test_a_damaged_session_file_is_said_and_the_others_are_found(study: Path, page: int) -> None:
    file = study / "b.db"
    whole = file.read_bytes()
    file.write_bytes(whole[: page * 4096] + b"\xaa" * 4096 + whole[(page + 1) * 4096 :])
    with Finding(study) as finding:
        texts = [hit.passage.text for hit in finding.find(Wanted("woord")).hits]
        assert {"woord in a.db", "woord in c.db"} <= set(texts)
        assert len(texts) == 3 or any("b.db is damaged" in str(told) for told in finding.said)


def test_who_withdrew_is_hidden_in_the_other_groups_also_when_that_was_broken_off(study: Path, read: list[str]) -> None:
    go_on(study / "a.db", "add Xena", "note ~ iets @9")
    go_on(study / "b.db", "note ~ woord zoals Xena @2")
    assert "woord zoals Xena" in found(study)
    go_on(study / "a.db", "consent 9 no", week=10)
    read.clear()

    def reads(_place: int, _of: int) -> bool:
        if read:  # one of the others was told anew
            raise KeyboardInterrupt
        return True

    with pytest.raises(KeyboardInterrupt), Finding(study, reads=reads):
        pass
    assert read in (["b.db"], ["c.db"])
    assert "woord zoals –" in found(study)
    assert (sorted(read), read[-1]) == (["a.db", "b.db", "c.db"], "a.db")
    assert b"xena" not in indexes.place_of(study).read_bytes().lower()
    read.clear()
    assert (len(found(study)), read) == (4, [])


def test_whatever_is_asked_of_a_damaged_file_is_answered_or_said(study: Path) -> None:
    asked = (SessionFile.extent, SessionFile.events, SessionFile.tags, SessionFile.names, SessionFile.numbered_notes)
    file = study / "b.db"
    whole = file.read_bytes()
    said: dict[object, str] = {}
    for place in range(4096, len(whole), 4096):
        file.write_bytes(whole[:place] + b"\xaa" * 4096 + whole[place + 4096 :])
        with suppress(KringError), SessionFile(file) as opened:
            for ask in asked:
                try:
                    ask(opened)
                except KringError as problem:
                    said[ask] = str(problem.sentence)
    assert said == dict.fromkeys(asked, "b.db is damaged; save what it holds with kring rescue.")
