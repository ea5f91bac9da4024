"""`kring study codes` where it changes the codebook of a study, and where it tells its history."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from kring.cli import main
from kring.domain.decide import coding, decision
from kring.domain.state import State
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store import files
from kring.system.clock import SystemClock
from kring.system.settings import device_id
from kring.system.sqlite import sqlite3
from study.held import hold

LINES = ("admit all", "start anyway", "go 2.1", 'note "te veel gedoe" @1', 'note "de app hapert" @2')
KIM, BO = Me("Kim", "researcher", "d"), Me("Bo", "researcher", "d")


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three groups coded by two people: two with both codes in the codebook, and one that has only the code app."""
    folder = tmp_path_factory.mktemp("coded")
    (folder / "study.md").write_text("---\ntitle: Trouw\n---\n")
    for group, codes in enumerate((("app", "digitaal"), ("app", "digitaal"), ("app",)), 1):
        with closing(hold(folder / f"groep-{group}.db", group, *LINES)) as session:
            for name in codes:
                session.do_as(KIM, decision(coding.add_code, name, f"{name} in groep {group}"))
            put(session, KIM, "app", 1)
            put(session, BO, "app", 2)
            if group == 1:
                put(session, KIM, "digitaal", 1)
    return folder


@pytest.fixture
def study(coded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    return Path(shutil.copytree(coded, tmp_path / "trouw"))


def put(session: Session, who: Me, name: str, number: int) -> None:
    note = next(row for row in session.state.notes.values() if row.number == number)
    session.do_as(who, decision(coding.put_on, name, who.name, note.id))


def state_of(file: Path) -> State:
    with closing(files.open_(file, "read")) as store:
        history = store.begun()
        history.accept(history.change(store.read_new()))
        return history.state


def marks(file: Path) -> set[tuple[str, int, str]]:
    state = state_of(file)
    return {
        (row.coder, state.notes[row.note or ""].number, state.codes[row.code].name)
        for row in state.codings.values()
        if row.removed_at is None
    }


def ran(capsys: pytest.CaptureFixture[str], study: Path, *words: str, code: int = 0) -> str:
    assert main.main(["study", "codes", str(study), *words, "--lang", "en"]) == code
    found = capsys.readouterr()
    return found.out + found.err


def sizes(study: Path) -> list[int]:
    return [file.stat().st_size for file in sorted(study.glob("*.db"))]


def test_a_merge_is_said_first_and_done_in_every_group(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, words = sizes(study), ("--merge", "App", "--into", "digitaal", "--why", "één woord", "--name", "Els")
    out = ran(capsys, study, *words, "--dry-run")
    assert "group 1: app goes into digitaal, 2 codings\n" in out
    assert "group 3: app becomes digitaal, 2 codings\n" in out
    assert "Nothing is changed yet" in out
    assert sizes(study) == before
    out = ran(capsys, study, *words)
    assert "Changed: group 1 (groep-1.db), group 2 (groep-2.db), group 3 (groep-3.db).\n" in out
    for group in (1, 2, 3):
        assert marks(study / f"groep-{group}.db") == {("Kim", 1, "digitaal"), ("Bo", 2, "digitaal")}
    assert "No codebook has App." in ran(capsys, study, *words, code=1)


def test_it_is_taken_back_as_one_act_in_every_group_or_in_one(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    all_files = sorted(study.glob("*.db"))
    before = list(map(marks, all_files))
    ran(capsys, study, "--merge", "app", "--into", "digitaal", "--name", "Els")
    out = ran(capsys, study, "--undo", "--dry-run", "--name", "Els")
    assert "group 1: taken back: app merged into digitaal\n" in out
    assert "group 3: taken back: app renamed to digitaal" in out
    assert list(map(marks, all_files)) != before
    assert "did in these groups was not to the codes" in ran(capsys, study, "--undo", "--name", "Kim", code=1)
    out = ran(capsys, study, "--undo", "--name", "Els")
    assert "Changed: group 1 (groep-1.db), group 2 (groep-2.db), group 3 (groep-3.db).\n" in out
    assert list(map(marks, all_files)) == before
    assert "was not to the codes" in ran(capsys, study, "--undo", "--name", "Els", code=1)
    ran(capsys, study, "--rename", "app", "--into", "schermen", "--name", "Els")
    ran(capsys, study, "--split", "digitaal", "--into", "taal", "--passages", "group 1 #1", "--name", "Els")
    with closing(sessions.resume(all_files[1], SystemClock(), Me("Els", "researcher", device_id()))) as session:
        session.undo()
    ran(
        capsys, study, "--undo", "--name", "Els"
    )  # of what was done last: the split, in the one group that has it still
    assert [{name for _who, _n, name in marks(file)} for file in all_files] == [
        {"schermen", "digitaal"}, {"schermen"}, {"schermen"},
    ]  # fmt: skip


def test_a_rename_is_no_merge(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ran(capsys, study, "--rename", "digitaal", "--into", "app", code=1)
    assert "app is there already, in group 1, group 2, group 3; let digitaal go into it with --merge." in out
    ran(capsys, study, "--rename", "digitaal", "--into", "schermen")
    assert [len(state_of(file).codes) for file in sorted(study.glob("*.db"))] == [2, 2, 1]
    assert ("Kim", 1, "schermen") in marks(study / "groep-1.db")


def test_a_part_of_a_code_goes_to_another_one(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--split", "app", "--into", "hapert", "--passages", "groep 1 #2; group 2 #1, #2", "--why", "te ruim")
    out = ran(capsys, study, *words, "--name", "Els")
    assert "group 1: of app goes to hapert, 1 coding\n" in out
    assert "group 2: of app goes to hapert, 2 codings\n" in out
    assert "group 3: of app goes to hapert, 0 codings\n" in out  # which is in its codebook then
    assert marks(study / "groep-1.db") == {("Kim", 1, "app"), ("Kim", 1, "digitaal"), ("Bo", 2, "hapert")}
    assert marks(study / "groep-2.db") == {("Kim", 1, "hapert"), ("Bo", 2, "hapert")}
    assert len({code.colour for file in study.glob("*.db") for code in state_of(file).codes.values()}) == 2
    assert "hapert split off from app, codings: 2: group 2 (te ruim)" in ran(capsys, study, "--history")
    ran(capsys, study, "--split", "hapert", "--into", "app", "--passages", "group 2 #1")
    assert marks(study / "groep-2.db") == {("Kim", 1, "app"), ("Bo", 2, "hapert")}


def test_a_part_is_named_by_its_words_or_by_a_stretch_of_the_clock(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (*LINES, "floor 3", "note ~ iets", "floor 4", "floor nobody")
    with closing(hold(study / "groep-4.db", 4, *lines)) as session:
        session.do_as(KIM, decision(coding.add_code, "app", ""))
        put(session, KIM, "app", 1)
        put(session, KIM, "app", 2)
        begin = session.state.session.started_at
        assert begin is not None
        for turn in [one for one in session.state.turns.values() if one.participant]:
            session.do_as(KIM, decision(coding.put_on, "app", "Kim", None, turn.id))
        began = [round((one.started_at - begin) / 1000) for one in session.state.turns.values() if one.participant]

    def split(passages: str) -> str:
        return ran(capsys, study, "--split", "app", "--into", "x", "--dry-run", "--passages", passages)

    assert "group 4: of app goes to x, 1 coding\n" in split('group 4 "veel  GEDOE"')
    at = f"{began[0] // 60}:{began[0] % 60 + 3:02d}"
    assert "group 4: of app goes to x, 1 coding\n" in split(f"group 4 {at}")
    assert "group 4: of app goes to x, 4 codings\n" in split("group 4 0:00-9:59")
    assert "group 4: of app goes to x, 3 codings\n" in split(f'group 4 #1 "dit is een opmerking", {at}, "hapert"')


def test_all_groups_get_one_list(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "group 3: digitaal comes in\n" in ran(capsys, study, "--share", "--dry-run")
    ran(capsys, study, "--share")
    assert "Nothing was changed." in ran(capsys, study, "--share", code=1)
    told = {code.name: code.description for code in state_of(study / "groep-3.db").codes.values()}
    assert told == {"app": "app in groep 3", "digitaal": "digitaal in groep 1"}
    ran(capsys, study, "--share", "--like", "2")
    for file in study.glob("*.db"):
        told = {code.name: code.description for code in state_of(file).codes.values()}
        assert told == {"app": "app in groep 2", "digitaal": "digitaal in groep 2"}


def test_nothing_is_half_done_where_a_file_can_not_be_written(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(study / "groep-2.db")) as newer:
        newer.execute("pragma user_version = 999")
    before = sizes(study)
    out = ran(capsys, study, "--merge", "app", "--into", "digitaal", code=1)
    assert "groep-2.db was made by a newer kring" in out
    assert "Nothing is changed" in out
    assert sizes(study) == before
    (study / "groep-2.db").unlink()
    (study / "stuk.db").write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    assert "stuk.db" in ran(capsys, study, "--merge", "app", "--into", "digitaal", code=1)
    (study / "stuk.db").unlink()
    ran(capsys, study, "--merge", "app", "--into", "digitaal")


def test_what_fails_while_it_is_written_is_said_file_by_file(
    study: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kring.study.codes import codebook

    whole = codebook.resume

    def fails(path: Path, *others: object) -> Session:
        if path.name == "groep-2.db":
            raise files.KringError("{file} is damaged.", file=path.name)
        return whole(path, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(codebook, "resume", fails)
    out = ran(capsys, study, "--merge", "app", "--into", "digitaal", code=1)
    assert "Changed: group 1 (groep-1.db).\n" in out
    assert "groep-2.db is damaged.\n" in out
    assert "NOT changed: group 2 (groep-2.db), group 3 (groep-3.db)." in out
    monkeypatch.undo()
    monkeypatch.setenv("KRING_STATE_DIR", str(study.parent / "state"))
    assert "Changed: group 2 (groep-2.db), group 3 (groep-3.db).\n" in ran(
        capsys, study, "--merge", "app", "--into", "digitaal"
    )


def test_who_has_a_group_open_is_told_of(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(study / "groep-2.db")) as other:
        other.execute("pragma journal_mode = wal")
        other.execute("select count(*) from events").fetchone()
        out = ran(capsys, study, "--merge", "app", "--into", "digitaal", "--dry-run")
    assert "group 2 is open elsewhere too" in out
    assert "group 1 is open elsewhere" not in out


def test_the_history_is_over_all_groups(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran(capsys, study, "--merge", "app", "--into", "digitaal", "--why", "Anna bedoelt hetzelfde", "--name", "Els")
    out = ran(capsys, study, "--history")
    assert "  R3  app merged into digitaal: group 1, group 2 (P2 bedoelt hetzelfde)\n" in out
    assert "  R3  app renamed to digitaal: group 3 (P2 bedoelt hetzelfde)\n" in out
    assert "2026-12-10 19:30  R2  app made: group 1\n" in out
    assert "  Els  app merged into digitaal" in ran(capsys, study, "--history", "--names")
    told = json.loads(ran(capsys, study, "--history", "--json"))["history"]
    assert "digitaal described: “digitaal in groep 1”" in [one["what"] for one in told if one["group"] == "group 3"]


def test_every_word_counts_or_is_refused(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, told in (
        ("--merge app", "--into"),
        ("--merge app --into nergens", "No codebook has nergens"),
        ("--merge nergens --into app", "No codebook has nergens"),
        ("--merge app --into APP", "that code itself"),
        ("--merge app --rename app --into x", "One at a time: --merge, --rename"),
        ("--merge= --into app", "No codebook has ."),
        ("--split app --into x", "Say of which passages"),
        ("--split app --into x --passages #1", "does not say of which group"),
        ("--split digitaal --into x --passages 2#1", "2 #1 does not have the code digitaal"),
        ("--split digitaal --into x --passages 2zomaar", "2zomaar points to no passage"),
        ("--split digitaal --into x --passages 2:59:59", "does not say of which group"),
        ("--undo --into x", "--into goes with"),
        ("--undo --why x", "--why goes with"),
        ("--undo --share", "One at a time: --share, --undo"),
        ("--into app", "--into goes with --merge, --rename, --split only"),
        ("--share --into app", "--into goes with"),
        ("--like 1", "--like goes with --share only"),
        ("--share --like 9", "There is no group 9"),
        ("--history --why zo", "--why goes with"),
        ("--history --dry-run", "--dry-run goes with"),
        ("--share --json", "--json"),
    ):
        assert told in ran(capsys, study, *words.split(), code=1)
