"""`kring study kto`, and the surveys among what a study says of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kring.cli import main
from kring.system.settings import Settings
from kring.ui.study import screen

TEXT = """---
titel: Sparen
onderzoeksvraag: Waarom?
taal: nl
---
# Doelgroep
Leden
- herzien: 2031-01-01
# KTO
| periode | bestand | verstuurd | kolom klantgroep |
|---|---|---|---|
| voor | voor.csv | 200 | groep |
| na | na.csv | | groep |
| later | later.csv | | |
# Cijfers en citaten
| cijfer | verklaart | spreekt tegen | label |
|---|---|---|---|
| kassa | groep 1 #1 | | #geduld |
"""
HEAD = (
    "groep;mail;Hoe waarschijnlijk beveelt u ons aan (0-10)?;Cijfer voor de kassa (1-10)?;Cijfer voor de app (1-10)?\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "study.md").write_text(TEXT)
    for name, marks in (("voor", (4, 5)), ("na", (6, 8))):
        rows = [f"{'nieuw' if n < 10 else 'trouw'};a@x.example;{9 - n % 4};{marks[n % 2]};{8 + n % 2}\n"
                for n in range(60)]  # fmt: skip
        (tmp_path / f"{name}.csv").write_text(HEAD + "".join(rows))
    return str(tmp_path)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main.main([*words]) == 0
    return capsys.readouterr().out


def test_figures_have_margins_segments_periods_and_limits(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "study", "kto", folder, "--lang", "en")
    for line in (
        "voor · voor.csv: 60 of 200 answered (30 %)\n",
        "    NPS 0, between −18 and +18, n = 60: 15 gave a 9 or 10, 30 a 7 or 8, 15 a 0 to 6\n",
        "    nieuw: n = 10, too few for a figure\n",
        "    mean 4.5, between 4.4 and 4.6, standard deviation 0.5, n = 60\n",
        "na · na.csv: 60 respondents, of how many is not written\n",
        "later · later.csv\n  ! later.csv is not there; look at the name and the folder.\n",
        "    voor: mean 4.5; na: mean 7.0; a difference beyond the margin of 0.3\n",
        "    nieuw: voor: n = 10, too few for a figure; na: n = 10, too few for a figure; not to be compared\n",
        "  Lowest of the 2 marks up to 10: “Cijfer voor de kassa (1-10)?”, 7.0. Why?\n",
        "Beside quotes: kassa\n  voor: mean 4.5, between 4.4 and 4.6",
        "  explain it:\n    ! There is no group groep 1; there are: –.\n  contradict it: –\n  with #geduld:\n    –\n",
        "Who did not answer may think otherwise; no margin says how much.\n",
    ):
        assert line in told
    assert "example" not in told


def test_the_same_is_there_for_programs(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(said(capsys, "study", "kto", folder, "--json"))
    before, after, missing = told["surveys"]
    assert (before["respondents"], before["response"], after["response"], missing["respondents"]) == (60, 0.3, None, 0)
    assert [(one["kind"], one["n"], one["value"]) for one in before["questions"]] == [
        ("nps", 60, 0), ("mark", 60, 4.5), ("mark", 60, 8.5),
    ]  # fmt: skip
    assert before["questions"][0]["segments"]["nieuw"] == {
        "n": 10, "value": None, "margin": None, "standard_deviation": None,
    }  # fmt: skip
    whole = [one for one in told["changes"] if one["segment"] is None]
    assert [one["beyond_margin"] for one in whole] == [False, True, False]


def test_the_study_says_it_in_brief_and_what_is_missing_by_its_line(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, "study", folder, "--plain")
    assert (
        "KTO\n  voor · voor.csv: 60 van de 200 antwoordden (30 %)\n    NPS 0, tussen −18 en +18 · gemiddeld 4,5" in told
    )
    assert "nieuw: n = 10, te weinig voor een cijfer" in told
    assert "study.md:14: later.csv is er niet" in said(capsys, "study", "check", folder)


def test_a_study_without_surveys_says_where_they_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "study.md").write_text("---\ntitle: x\n---\n")
    assert "below the heading KTO" in said(capsys, "study", "kto", str(tmp_path), "--lang", "en")


def test_a_questionnaire_is_never_called_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "vragen.md"
    file.write_text("Doel: weten waarom\n\n1. Vindt u ook dat de kassa sneller kan?\n   - ja\n   - nee\n2. Waarom?\n")
    told = said(capsys, "study", "questionnaire", str(file))
    assert told.startswith("2 vragen, 1 in eigen woorden\nDoel: weten waarom\n")
    assert "vragen.md:3: “vindt u ook” kan naar een antwoord leiden" in told
    file.write_text("Goal: to know why\n" + "".join(f"{n}. What is your {n}th wish?\n   - this\n" for n in range(9))
                    + "10. How was it?\n")  # fmt: skip
    told = said(capsys, "study", "questionnaire", str(file))
    assert "No warnings.\n\nRules find part of what can be wrong." in told
    questions = json.loads(said(capsys, "study", "questionnaire", str(file), "--json"))["questions"]
    assert [one["open"] for one in questions] == [*[False] * 9, True]


async def test_on_the_screen_n_goes_to_the_surveys_and_enter_shows_one(folder: str) -> None:
    from datetime import date

    from kring.study.standing import standing

    app = screen.StudyApp(standing(Path(folder), date(2031, 1, 2)), lambda _reads: app.found, Settings())
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("n")
        assert app._rows[app._at].ref == "13"
        await pilot.press("enter")
        told = "\n".join("".join(text for text, _look in one) for one in app._lines(100, 38))
        assert "Beveelt" not in told
        assert "NPS 0, between" in told
        assert "To ask about in a group" in told
