"""Somebody withdraws after their group was searched, compared and reported: from then on no face of the study tells."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kring.cli import main
from kring.study.folder import read_folder
from kring.study.withdrawn import still_named
from study.held import go_on, hold

SECRETS = ("xena", "wonderwoord", "stilgeheim")
TEXT = """\
---
title: Trouw
language: en
---
# Findings
| code | finding | quotes | against |
|---|---|---|---|
| F1 | they save | group 1 #1 | group 2 #1 |
# Hypotheses
| code | hypothesis | quotes |
|---|---|---|
| H1 | they stop | group 1 #2 |
# Figures and quotes
| figure | explains | tag |
|---|---|---|
| NPS | group 1 #1 | stilgeheim |
"""
ASKED = (
    ["study", "--plain"], ["study", "--json"], ["study", "check", "--json"], ["study", "search", "zegt", "--names"],
    ["study", "search", "--names", "--json", "--plain", "--most", "900"], ["study", "matrix"],
    ["study", "matrix", "--by-group"], ["study", "matrix", "--csv"], ["study", "matrix", "--json"],
    ["study", "compare", "1.1", "--names", "--json"], ["study", "saturation", "--json"], ["study", "codes", "--names"],
    ["study", "codes", "--history", "--names"], ["study", "kto", "--json"], ["study", "diff"], ["study", "carry"],
    ["study", "recruit", "--plain"],
)  # fmt: skip
REPORTS = ("r.html", "names.md", "client.md")
EXPORTS = {"json": "e.json", "csv": "e.zip", "xlsx": "e.xlsx", "qdpx": "e.qdpx"}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    place = tmp_path / "study"
    place.mkdir()
    (place / "study.md").write_text(TEXT)
    hold(place / "a.db", 1, "start anyway", "add Xena", "go 1.1", "note ~ zegt wonderwoord @9 #stilgeheim", "floor 9",
         'note "zegt zelf wonderwoord"', "note ~ zegt dat Xena knikt @2", "end").close()  # fmt: skip
    hold(place / "b.db", 2, "start anyway", "go 1.1", "note ~ zegt hetzelfde als Xena @2", "end").close()
    return place


def asked(study: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return all that the study says on the command line."""
    told = []
    for line in ASKED:
        place = 1 if line[1].startswith("--") else 2
        words = [*line[:place], str(study), *line[place:]]
        main.main([*words, "--lang", "en"])
        captured = capsys.readouterr()
        told.append(captured.out + captured.err)
    return "\n".join(told).casefold()


def written(study: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return all that the study writes, and keeps."""
    out = study.parent / "out"
    out.mkdir(exist_ok=True)
    for name in REPORTS:
        main.main(["study", "report", str(study), "-o", str(out / name), "--force", "--lang", "en",
                   *(["--names"] if name == "names.md" else []),
                   *(["--for", "client"] if name == "client.md" else [])])  # fmt: skip
    for form, name in EXPORTS.items():
        main.main(["study", "export", str(study), "--to", form, "-o", str(out / name), "--names", "--force"])
    told = [text_of(out / name) for name in (*REPORTS, *EXPORTS.values())]
    told += [text_of(file) for file in (study.parent / "state").rglob("*") if file.is_file()]
    captured = capsys.readouterr()
    return "\n".join([*told, captured.out, captured.err]).casefold()


def text_of(file: Path) -> str:
    content = file.read_bytes()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(file) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    return content.decode("utf-8", "replace")


def test_no_act_no_file_and_no_index_tells_it_any_more(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = asked(study, capsys)
    assert all(before.count(secret) > 3 for secret in SECRETS)
    go_on(study / "a.db", "consent 9 no")
    after = asked(study, capsys) + written(study, capsys)
    assert {secret: after.count(secret) for secret in SECRETS} == {
        "xena": 0,
        "wonderwoord": 0,
        "stilgeheim": TEXT.count("stilgeheim"),  # in what `check --json` tells of the study's own text
    }


def test_a_line_of_a_text_or_a_list_that_still_names_them_is_said(study: Path, tmp_path: Path) -> None:
    (study / "werving.csv").write_text("naam;telefoon\nAnna;06\nXena;06 12345678\n")
    (study / "groep-3.md").write_text("---\nstudy: Trouw\ndeelnemers: lijst.csv\n---\n# Begin\n- Vraag Xena ernaar\n")
    (study / "lijst.csv").write_text("code;naam\nP1;Xena\n")
    with (study / "study.md").open("a") as text:
        text.write("# Actions\n- A1 call xena back\n")
    assert still_named(read_folder(study)) == []
    go_on(study / "a.db", "consent 9 no")
    found = still_named(read_folder(study))
    assert [(one.source, one.line) for one in found] == [
        ("study.md", TEXT.count("\n") + 2), ("groep-3.md", 6), ("lijst.csv", 2), ("werving.csv", 3),
    ]  # fmt: skip
    assert not any("xena" in str(one.sentence).casefold() for one in found)
