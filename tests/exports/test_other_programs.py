"""What other programs make of the files that leave for them, each asked itself where it is installed."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from exports.full_session import HOSTILE, full_state, material_of, written
from kring.domain.measures.talk_time import talk_time
from kring.domain.state import EMPTY
from kring.exports import csv_tables, subtitles, taguette
from kring.exports.refi import project
from kring.privacy.snapshot import Snapshot

HERE = Path(__file__).parent
WIDEST_PATH = 200
pytestmark = pytest.mark.slow


def needs(*modules: str, called: str) -> pytest.MarkDecorator:
    """Skip a test where a program is not installed beside kring."""
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{called} is not installed")


def asked(script: str, *words: object) -> Any:
    """Return what a program answers on its last line."""
    command = [sys.executable, HERE / script, *map(str, words)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, timeout=240).stdout
    return json.loads(answer.splitlines()[-1])


def group_of_study(number: str) -> Snapshot:
    state = full_state(f"het is gedoe in groep {number}")
    rows = [row for table in state.tables.values() for row in table.values() if row.id != state.session.id]
    draft = EMPTY.draft()
    draft.settle([*rows, replace(state.session, id=f"s{number}", study="Loyaliteit", group_number=number)])
    return material_of(draft)


@needs("qualcoder", "PyQt6", called="QualCoder")
def test_qualcoder_imports_and_merges_two_groups_of_a_study(tmp_path):
    files = []
    for number in ("1", "2"):
        files.append(tmp_path / f"groep-{number}.qdpx")
        files[-1].write_bytes(written(project.write, group_of_study(number)))
    together = tmp_path / "samen.qdpx"
    with together.open("wb") as file:
        project.write_together([group_of_study("1"), group_of_study("2")], file, lambda _done, _total: None)
    told = asked("qualcoder_itself.py", tmp_path / "alone", *files)
    one, other, merged = *told["imported"], told["merged"]
    assert (one["wrong"], other["wrong"], merged["wrong"]) == (0, 0, 0)
    assert told["same codings"]
    for table in ("source", "cases", "code_text", "code_av"):
        assert merged[table] == one[table] + other[table] > 0
    assert all(message.startswith("REFI-QDA Project import") for message in told["messages"])
    both = asked("qualcoder_itself.py", tmp_path / "together", together, files[0])["imported"][0]
    assert both["wrong"] == 0
    for table in ("source", "cases", "code_text", "case_text"):
        assert both[table] == one[table] + other[table]


@needs("taguette", called="Taguette")
def test_taguette_takes_codes_of_any_length_and_subtitles_with_any_letters(tmp_path):
    state = full_state("een zin 😀 met één é")
    guide = [replace(row, title=f"{row.title} {'heel lang ' * 30}") for row in state.guide.values()]
    snapshot = material_of(state.put(guide))
    codebook, srt, vtt = (tmp_path / name for name in ("codes.csv", "talk.srt", "talk.vtt"))
    codebook.write_bytes(written(taguette.write_all, snapshot))
    srt.write_bytes(written(subtitles.write_srt, snapshot))
    vtt.write_bytes(written(subtitles.write_vtt, snapshot))
    told = asked("taguette_itself.py", codebook, srt, vtt)
    assert {"Tags.#app", "Tags.#prijs"} <= set(told["tags"])
    assert max(map(len, told["tags"])) <= WIDEST_PATH
    assert all("een zin 😀 met één é" in page for page in told["pages"])


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize(("language", "reads"), [("en", "read.csv"), ("nl", "read.csv2")])
def test_r_reads_every_table_as_the_readme_says(language, reads, tmp_path):
    snapshot = replace(material_of(full_state(HOSTILE[0])), language=language)
    with ZipFile(BytesIO(written(csv_tables.write, snapshot))) as tables:
        tables.extractall(tmp_path)
    assert f'{reads}("notes.csv")' in (tmp_path / "README.md").read_text("utf-8")
    for_r = tmp_path / "read.R"
    for_r.write_text(
        f'tables <- lapply(Sys.glob("*.csv"), {reads})\n'
        f'talk <- {reads}("talk_time.csv")\n'
        'cat(length(tables), names(talk)[1], class(talk$talk_s), sum(talk$talk_s, na.rm = TRUE), sep = "\\n")\n',
        "utf-8",
    )
    command = ["Rscript", "--vanilla", for_r]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, cwd=tmp_path).stdout
    tables, first, kind, seconds = answer.splitlines()
    spoken = talk_time(snapshot.state, snapshot.now)
    spoken_ms = sum(one.spoken_ms for who, one in spoken.items() if who in snapshot.state.participants)
    assert int(tables) == len(list(tmp_path.glob("*.csv")))
    assert (first, kind) == ("participant", "numeric")
    assert float(seconds) * 1000 == pytest.approx(spoken_ms)
