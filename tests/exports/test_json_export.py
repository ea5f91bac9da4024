"""Everything as JSON: valid by its own published schema, and with names the session file can be made of it again."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from acting import act, act_at_random
from conftest import START_MS, make_plan
from domain.any_facts import events as any_events
from exports.full_session import HOSTILE, full_material, material_of, written
from kring.cli import main
from kring.domain.history import History
from kring.domain.rows import ROWS
from kring.domain.text import KringError, clean
from kring.exports import json_export, json_schema
from kring.exports.restore import NoExport, restore
from kring.privacy.snapshot import read
from kring.session import session as sessions
from kring.session.session import Me
from kring.store.described import described
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3

VALIDATOR = Draft202012Validator(json_schema.schema())


@pytest.fixture(scope="module")
def session_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed session, in which notes were undone so that their numbers have gaps."""
    clock = SimulatedClock(START_MS)
    file = tmp_path_factory.mktemp("made") / "session.db"
    session = sessions.begin(file, make_plan(), clock, Me("Bo", "assistant", "device"), zone=("UTC", 0))
    act_at_random(session, clock, seed=7)
    for text in (*HOSTILE[:6], "geheim", "wordt teruggenomen"):
        clock.advance(2_000)
        act(session, f"note {text or 'leeg'}")
    other = sessions.resume(file, clock, Me("Els", "moderator", "tablet"))
    clock.advance(2_000)
    act(other, "note ~ van de gespreksleider")
    session.catch_up()
    act(session, "undo")
    other.close()
    session.close()
    return file


@pytest.fixture
def exported(session_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "session.json"
    path.write_bytes(written(json_export.write, read(session_file, with_names=True)))
    return path


def rows(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables and views, without the order in which they came into the file."""
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    found = connection.execute(
        "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite%' "
        "and name not like '%migrations%' and name not like '%_fts%' order by name"
    ).fetchall()
    columns = {}
    for (name,) in found:
        all_of_it = (column for _, column, *_ in connection.execute(f"pragma table_info ({name})"))
        columns[name] = ", ".join(column for column in all_of_it if column != "arrival")
    told = {name: sorted(connection.execute(f"select {columns[name]} from {name}"), key=repr) for (name,) in found}
    connection.close()
    return told


def test_json_to_file_gives_the_same_file(session_file: Path, exported: Path, tmp_path: Path):
    again = tmp_path / "again.db"
    assert restore(exported, again).is_whole
    assert rows(again) == rows(session_file)
    assert len(rows(again)["events"]) > 60
    assert verify(again).heads == verify(session_file).heads
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.db", "session.json"]  # sealed


def test_the_file_that_was_made_again_gives_the_same_json(exported: Path, tmp_path: Path):
    again = tmp_path / "again.db"
    restore(exported, again)
    assert written(json_export.write, read(again, with_names=True)) == exported.read_bytes()


def test_notes_are_found_in_the_file_that_was_made_again(exported: Path, tmp_path: Path):
    again = tmp_path / "again.db"
    restore(exported, again)
    connection = sqlite3.connect(str(again))
    found = connection.execute("select n.text from notes_fts f join notes n on n.arrival = f.rowid "
                               "where notes_fts match 'geheim'").fetchall()  # fmt: skip
    connection.close()
    assert found == [("geheim",)]


def test_without_names_there_are_no_events_and_nothing_can_be_made_of_it(session_file: Path, tmp_path: Path):
    path = tmp_path / "codes.json"
    path.write_bytes(written(json_export.write, read(session_file)))
    told = json.loads(path.read_bytes())
    assert "events" not in told
    assert {person["name"] for person in told["tables"]["participants"]} == {""}
    with pytest.raises(KringError, match="--names"):
        restore(path, tmp_path / "again.db")
    assert not (tmp_path / "again.db").exists()


def test_the_schema_is_printed_without_a_session_file_and_is_one(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        main.main(["export", "--schema"])
    assert end.value.code == 0
    printed = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(printed)
    session = printed["$defs"]["session"]["properties"]
    assert session["tables"]["properties"].keys() == {row.TABLE for row in ROWS}
    assert session["events"]["items"]["properties"]["hlc"]["type"] == "integer"


def test_the_schema_says_what_every_column_is():
    told = json_schema.schema()["$defs"]["session"]["properties"]
    for name, table in {**told["tables"]["properties"], "events": told["events"]}.items():
        for column, schema in table["items"]["properties"].items():
            assert schema["description"] == described()[name].columns[column]


def test_a_session_is_valid_by_the_schema(session_file: Path, exported: Path):
    VALIDATOR.validate(json.loads(exported.read_bytes()))
    VALIDATOR.validate(json.loads(written(json_export.write, read(session_file))))
    VALIDATOR.validate(json.loads(written(json_export.write, full_material())))


def test_sessions_together_are_valid_by_the_schema():
    together = BytesIO()
    json_export.write_together([full_material(), full_material()], together, lambda _done, _total: None)
    told = json.loads(together.getvalue())
    VALIDATOR.validate(told)
    told["sessions"][1].pop("session")
    assert list(VALIDATOR.iter_errors(told))


@pytest.mark.parametrize("change", [
    lambda told: told["tables"]["notes"][0].update(kind="gossip"),
    lambda told: told["tables"]["notes"][0].pop("text"),
    lambda told: told["tables"]["turns"][0].update(started_at=3),
    lambda told: told["tables"].pop("codes"),
    lambda told: told.update(more=1),
])  # fmt: skip
def test_the_schema_refuses_what_is_none(change: Any):
    told = json.loads(written(json_export.write, full_material()))
    change(told)
    assert list(VALIDATOR.iter_errors(told))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str):
    told = json.loads(written(json_export.write, full_material(text)))
    VALIDATOR.validate(told)
    assert clean(text).replace("\ufffe", "") in [note["text"] for note in told["tables"]["notes"]]


@settings(max_examples=20)
@given(any_events())
def test_any_history_is_valid_by_the_schema(events):
    history = History()
    history.accept(history.change(events))
    VALIDATOR.validate(json.loads(written(json_export.write, material_of(history.state))))


def test_a_change_by_hand_is_told(exported: Path, tmp_path: Path):
    told = json.loads(exported.read_bytes())
    note = next(event for event in told["events"] if event["kind"] == "note_added")
    note["data"] = note["data"].replace('"', '"', 1) + " "
    exported.write_text(json.dumps(told))
    assert not restore(exported, tmp_path / "again.db").is_whole


@pytest.mark.parametrize("content", [
    b"", b"{}", b"[]", b"\xff\xfe", b"[" * 5000,
    b'{"format":"kring session","version":9,"events":[]}', b'{"format":"other","version":1}',
])  # fmt: skip
def test_what_is_no_export_is_refused_in_words(content: bytes, tmp_path: Path):
    path = tmp_path / "other.json"
    path.write_bytes(content)
    with pytest.raises(KringError):
        restore(path, tmp_path / "again.db")
    assert not (tmp_path / "again.db").exists()


def changed(told: dict[str, Any], place: str, value: Any) -> None:
    """Put a value at a place such as events.17.hlc; `...` takes away what is there."""
    *way, last = [int(step) if step.isdecimal() else step for step in place.split(".")]
    at = told
    for step in way:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value


FAULTS = {
    "events.17.hlc": ("17", "is no whole number"),
    "events.18.id": (None, "is no text"),
    "events.19.t": ("soon", "is no number"),
    "events.20.kind": (..., "is missing"),
    "events.21.colour": ("red", "does not belong there"),
    "events.22": ("event", "is not as kring writes it"),
}


def test_every_fault_is_told_at_once_with_its_place_and_nothing_is_written(exported: Path, tmp_path: Path):
    told = json.loads(exported.read_bytes())
    for place, (value, _) in FAULTS.items():
        changed(told, place, value)
    exported.write_text(json.dumps(told))
    with pytest.raises(NoExport) as refused:
        restore(exported, tmp_path / "again.db")
    found = [str(fault) for fault in refused.value.faults]
    assert found == [f"{place} {what}." for place, (_, what) in FAULTS.items()]
    assert [path.name for path in tmp_path.iterdir()] == ["session.json"]


@pytest.mark.parametrize(("place", "value", "what"), [
    ("events.4.seq", 2, "is there twice"),
    ("events.4.hlc", 2**63, "is larger than a session file can hold"),
    ("events.4.v", -(2**64), "is larger than a session file can hold"),
])  # fmt: skip
def test_what_no_session_file_can_hold_is_told_with_its_place(
    exported: Path, tmp_path: Path, place: str, value: int, what: str
):
    told = json.loads(exported.read_bytes())
    changed(told, place, value)
    exported.write_text(json.dumps(told))
    with pytest.raises(NoExport) as refused:
        restore(exported, tmp_path / "again.db")
    assert [str(fault) for fault in refused.value.faults] == [f"{place} {what}."]
    assert [path.name for path in tmp_path.iterdir()] == ["session.json"]


def test_an_event_twice_is_refused_and_leaves_no_file(exported: Path, tmp_path: Path):
    told = json.loads(exported.read_bytes())
    last = len(told["events"])
    told["events"].append(told["events"][0])
    exported.write_text(json.dumps(told))
    with pytest.raises(NoExport) as refused:
        restore(exported, tmp_path / "again.db")
    places = [f"events.{last}.seq", f"events.{last}.id"]
    assert [str(fault) for fault in refused.value.faults] == [f"{place} is there twice." for place in places]
    assert [path.name for path in tmp_path.iterdir()] == ["session.json"]


def test_an_export_of_a_version_with_other_tables_is_read_all_the_same(exported: Path, tmp_path: Path):
    told = json.loads(exported.read_bytes())
    told["tables"] = {"guesses": [{"id": "1"}]}
    exported.write_text(json.dumps(told))
    assert restore(exported, tmp_path / "again.db").is_whole


def test_no_file_is_written_over(exported: Path, session_file: Path):
    before = session_file.read_bytes()
    with pytest.raises(KringError, match="exists already"):
        restore(exported, session_file)
    assert session_file.read_bytes() == before


@pytest.fixture
def kring(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: object) -> tuple[int, str]:
        code = main.main([str(word) for word in words])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return run


def test_the_shell_writes_and_reads_it(kring: Any, session_file: Path, tmp_path: Path):
    out, again = tmp_path / "all.json", tmp_path / "again.db"
    assert kring("export", session_file, "--to", "json", "--names", "-o", out, "--lang", "en")[0] == 0
    code, told = kring("restore", out, "-o", again, "--lang", "en")
    assert code == 0
    assert "made again" in told
    assert rows(again) == rows(session_file)


def test_the_shell_says_the_first_faults_and_how_many_more_there_are(kring: Any, exported: Path, tmp_path: Path):
    told = json.loads(exported.read_bytes())
    for event in told["events"][:14]:
        event["actor"] = 3
    exported.write_text(json.dumps(told))
    code, said = kring("restore", exported, "-o", tmp_path / "again.db", "--lang", "en")
    lines = said.splitlines()
    assert code == 1
    assert lines[0] == "kring: session.json is no JSON export of kring, or was changed."
    assert lines[1:11] == [f"events.{number}.actor is no text." for number in range(10)]
    assert lines[11:] == ["4 more"]
