"""`kring study diff` and `carry`: from the guide of one group to that of the next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kring.cli import main
from kring.plans.file import read_plan_file
from study.held import hold

PLAN = """---
titel: Groep {n}
onderzoek: Trouw
groep: {n}
taal: en
start: 2036-12-0{n} 19:30
---
# Kern (9 min)
1. Wat anders? {{sleutel}} {{#anders}}
   - waarom
{more}
# Slot (5 min)
2. Wat vergaten we? {{#vergeten}}

# Deelnemers
| code | naam |
| P1 | Fatima |
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A group that was held and left two questions, and the plans of two that are to come."""
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    place = tmp_path / "trouw"
    place.mkdir()
    lines = ("attend all present", "start anyway", "go 1.1", "note ?dit is gesteld", "raise",
             "note ?komt de {prijs} | van 9 nog #prijs", "note gewoon iets", "end now")  # fmt: skip
    hold(place / "een.db", 1, *lines).close()
    (place / "study.md").write_text("---\ntitle: Trouw\nresearch question: Why?\nlanguage: en\n---\n")
    (place / "groep-2.md").write_text(PLAN.format(n=2, more=""))
    (place / "groep-3.md").write_text(PLAN.format(n=3, more="2. En nu?"))
    return place


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main.main(["study", *words]) == 0
    return capsys.readouterr().out


def test_what_a_group_left_is_shown_and_written_once_on_request(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = folder / "groep-2.md"
    before = plan.read_bytes()
    shown = told(capsys, "carry", str(folder))
    assert "group 1: komt de {prijs} | van 9 nog (parked, and never asked)" in shown
    assert "group 1: Vertel eens over de laatste keer (had to be asked, and was not)" in shown
    assert "dit is gesteld" not in shown
    assert shown.splitlines()[-1].endswith(f"carry {folder} --write")
    assert plan.read_bytes() == before
    assert "is written into groep-2.md" in told(capsys, "carry", str(folder), "--write")
    found = read_plan_file(plan).plan
    assert [(item.text, item.must_ask) for item in found.questions] == [
        ("Wat anders?", False), ("komt de {prijs} | van 9 nog", False),
        ("Vertel eens over de laatste keer", True), ("Wat vergaten we?", False),
    ]  # fmt: skip
    assert found.sections[-2].text == "From earlier groups"
    assert "from group 1: kept for later" in [item.text for item in found.guide if item.kind == "instruction"]
    lines = plan.read_bytes().splitlines()
    assert [line for line in before.splitlines() if line not in lines] == []
    assert told(capsys, "carry", str(folder), "--write") == "Earlier groups left nothing for group 2.\n"


def test_it_goes_behind_what_was_carried_before_and_keeps_the_ends_of_lines(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = folder / "groep-3.md"
    plan.write_bytes(PLAN.format(n=3, more="# From earlier groups\n2. En nu?\n").replace("\n", "\r\n").encode())
    [*_rest, last] = json.loads(told(capsys, "carry", str(folder), "--group", "3", "--write", "--json"))["left"]
    assert (last["why"], last["id"], last["group"]) == ("must ask", "laatste", "1")
    assert plan.read_bytes().count(b"# From earlier groups") == 1
    assert b"\n" not in plan.read_bytes().replace(b"\r\n", b"")
    assert [item.text for item in read_plan_file(plan).plan.questions][1] == "En nu?"


def test_what_changed_is_told_from_group_to_group(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "diff", str(folder), "2", "3").splitlines() == ["group 2 → group 3", "  added: 1.2 En nu?"]
    every = told(capsys, "diff", str(folder)).splitlines()
    assert [line for line in every if not line.startswith(" ")] == ["group 1 → group 2", "group 2 → group 3"]
    assert json.loads(told(capsys, "diff", str(folder), "2", "2", "--json"))[0]["changes"] == []
    for words in (["2"], ["2", "9"], ["1", "2", "3"]):
        assert main.main(["study", "diff", str(folder), *words]) == 1
