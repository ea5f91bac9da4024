"""The report of a study: right figures, and nothing of who did not want it, in every form and edition."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from acting import act
from kring.cli import main
from kring.domain.text import folded
from kring.privacy import snapshot
from kring.system.sqlite import sqlite3
from study import held
from study.held import go_on, hold

LINES = {
    1: ("admit all", "start anyway", "next", "next", 'note "wist Fatima het saldo niet" @1 #saldo',
        'note "nooit op de bon" @1 #saldo #bon', 'note "weet het altijd" @2 #app',
        "note ~ kent haar saldo niet @3 #saldo", 'note "iemand riep dit" @? #bon', "note ( tafel viel stil #bon"),
    2: ("admit 1,4,5", "start anyway", "next", "next", 'note "staat nergens" @1 #saldo', 'note "in de app" @5 #app',
        'note "geheim van vier" @4 #saldo #geheim'),
}  # fmt: skip
TEXT = """---
titel: Trouw
opdrachtgever: Kruidhof
onderzoeksvraag: Waarom verlopen punten?
taal: en
---
# Klantgroepen
| klantgroep | definitie | deelnemers |
| trouw | vaak | 3-4 |
| nieuw | pas lid | 2 |
# Persona's
## Trouwe Fatima
# Groepen
| groep | wanneer |
| 3 | 2026-11-01 |
# Bevindingen
| nr | bevinding | citaten | tegen | cijfers |
| B1 | Saldo is onbekend, zei Fatima, zoals Trouwe Fatima | {saldo} | {app}; groep 2 #99 | 41 van 120 |
# KTO
| periode | bestand | verstuurd |
| okt 2026 | kto.csv | 100 |
# Cijfers en citaten
| cijfer | citaten | tegen |
| NPS | {saldo} | {geheim} |
# Hypothesen
| nr | hypothese | voor | oordeel |
| H1 | Zij vertrouwen het niet | {geheim} | weerlegd: Joost zag het anders |
# Acties
| nr | actie | wie | wanneer | stand |
| A1 | bon met saldo | Kruidhof | 2026-11-20 | begonnen |
| A2 | oud | Kruidhof | 2026-11-01 | gedaan |
"""


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two groups of the study, and one of another."""
    place = tmp_path_factory.mktemp("held")
    for week, lines in LINES.items():
        session = hold(place / f"g{week}.db", week, *lines, study="trouw!")
        act(session, "end")
        session.close()
    hold(place / "ander.db", 3, "start anyway", 'note "van elders" @1 #elders', study="Iets anders").close()
    return place


@pytest.fixture
def folder(sessions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    place = Path(shutil.copytree(sessions, tmp_path / "study"))
    refs = {
        "saldo": [(1, "het saldo niet"), (1, "op de bon"), (1, "kent haar"), (2, "nergens")],
        "app": [(1, "altijd"), (2, "in de app")],
        "geheim": [(2, "geheim")],
    }
    told = {name: "; ".join(f"groep {week} #{number(place, week, words)}" for week, words in those)
            for name, those in refs.items()}  # fmt: skip
    question = "Hoe waarschijnlijk is het dat u ons aanbeveelt? (0-10)"
    answers = "\n".join(f"{n};{9 if n % 4 else 3}" for n in range(40))
    (place / "kto.csv").write_text(f"respondent;{question}\n{answers}\n")
    (place / "study.md").write_text(TEXT.format(**told))
    return place


def number(folder: Path, week: int, words: str) -> int:
    notes = snapshot.read(folder / f"g{week}.db", with_names=True).state.notes.values()
    return next(note.number for note in notes if words in note.text)


Written = Callable[..., str]


@pytest.fixture
def written(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Written:
    """Write a report in a form; return all that stands in it, and behind it what the command said."""

    def write(*options: str, form: str = "md") -> str:
        out = tmp_path / f"report.{form}"
        capsys.readouterr()
        assert main.main(["study", "report", str(folder), "-o", str(out), "--force", *options]) == 0
        content = out.read_bytes()
        if form == "docx":
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                content = b"\n".join(file.read(name) for name in file.namelist() if name.endswith(".xml"))
        return content.decode() + "\n=====\n" + capsys.readouterr().out

    return write


def test_figures_are_those_of_who_counts_by_hand(folder: Path, written: Written) -> None:
    told = written("--lang", "en")
    theme = {row.split("|")[1].strip().removeprefix("\\#"): row for row in told.splitlines() if row.startswith("| \\#")}
    people, mentions = by_hand(folder)
    for tag, those in mentions.items():
        all_, new, loyal = (cell.strip() for cell in theme[tag].split("|")[2:5])
        assert [all_, new, loyal] == [counted(those), *(counted([one for one in those if one[2] == segment])
                                                        for segment in ("nieuw", "trouw"))]  # fmt: skip
    assert f"- **{people}** participants" in told
    assert "**Said by:** 3 people, 2 groups, 4 mentions" in told
    assert "**Against it:** 2 people, 2 groups, 2 mentions" in told
    assert "A2" not in next(line for line in told.splitlines() if "late:" in line)


def counted(those: list[tuple[int, str, str]]) -> str:
    if not those:
        return "–"
    people = {(week, person) for week, person, _segment in those if person}
    return f"{len({week for week, _person, _segment in those})} / {len(people)} / {len(those)}"


def by_hand(folder: Path) -> tuple[int, dict[str, list[tuple[int, str, str]]]]:
    """Return how many people were admitted, and who said each tag: group, person, segment; read from the files."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for week in LINES:
        state = snapshot.read(folder / f"g{week}.db", with_names=True).state
        segments = {person.id: person.segment for person in state.participants.values()}
        for note in state.notes.values():
            for tag in note.tags if note.kind in ("quote", "paraphrase") else ():
                person = note.participant or ""
                found.setdefault(folded(tag), []).append((week, person, segments.get(person, "")))
    return 8 + 3, found


def test_a_figure_of_a_survey_stands_beside_what_was_said(folder: Path, written: Written) -> None:
    told = written("--lang", "en")
    chapter = told[told.index("## Figures") : told.index("## Saturation")]
    assert "40 of 100 answered" in chapter
    assert "NPS \\+50" in chapter or "NPS +50" in chapter  # 30 nines and 10 threes: (30 − 10) ÷ 40
    beside = chapter[chapter.index("### NPS") :]
    assert "staat nergens" in beside
    assert "geheim van vier" in beside
    go_on(folder / "g2.db", "consent 4 no")
    again = written("--lang", "en")
    assert "geheim" not in again


@pytest.mark.parametrize("form", ["md", "html", "docx"])
@pytest.mark.parametrize("reader", ["team", "client"])
def test_codes_stand_for_names_and_the_withdrawn_are_nowhere(
    folder: Path, written: Written, form: str, reader: str
) -> None:
    go_on(folder / "g2.db", "consent 4 no")
    names = [person.name for person in snapshot.read(folder / "g1.db", with_names=True).state.participants.values()]
    told = written("--for", reader, form=form)
    assert "geheim" not in told
    assert "elders" not in told.partition("=====")[0]
    bare = told.replace("Trouwe Fatima", "")
    assert [name for name in names if name and re.search(rf"\b{re.escape(name)}\b", bare)] == []
    assert "Trouwe Fatima" in told
    assert "text of the study: Replaced" in told


def test_who_refused_to_be_quoted_is_not_quoted_with_names_either(folder: Path, written: Written) -> None:
    assert "geheim van vier" in written("--names")
    go_on(folder / "g2.db", "consent 4 quoting no")
    told = written("--names")
    assert "Fatima" in told
    assert "geheim van vier" not in told
    note = number(folder, 1, "altijd")
    assert f"groep 1 #{note}" not in told
    assert "may not be quoted: there is no consent to that." in told
    assert told.count("there is no such note.") == 2  # in the limits, and as the command says it


def test_the_client_gets_neither_coreq_nor_lone_voices_nor_files(written: Written) -> None:
    team, client = written("--for", "team"), written("--for", "client").partition("=====")[0]
    assert "COREQ" in team
    assert "COREQ" not in client
    assert "ander.db" in team
    assert "ander.db" not in client
    assert "geheim |" in team
    assert "geheim |" not in client
    assert "themes were mentioned by one person" in client or "theme was mentioned by one person" in client


def test_an_export_holds_exactly_the_sessions_of_the_study(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "all.json"
    assert main.main(["study", "export", str(folder), "--to", "json", "-o", str(out)]) == 0
    told = json.loads(out.read_text())
    ids = {snapshot.read(folder / f"g{week}.db").state.session.id for week in LINES}
    assert {one["tables"]["session"][0]["id"] for one in told["sessions"]} == ids
    assert "ander.db is of another study" in capsys.readouterr().out


def test_a_study_without_sessions_has_a_report_and_no_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "study.md").write_text("---\ntitel: Leeg\n---\n# Acties\n- A1: iets\n")
    assert main.main(["study", "report", str(tmp_path), "--lang", "en"]) == 0
    assert "no group was held yet" in (tmp_path / "Leeg.html").read_text()
    assert main.main(["study", "export", str(tmp_path), "--to", "xlsx", "--lang", "en"]) == 1
    assert "holds no session of this study" in capsys.readouterr().err


def test_coreq_is_answered_once_for_the_study(folder: Path, written: Written) -> None:
    def coreq(*options: str) -> dict[int, str]:
        told = written("--for", "team", "--lang", "en", *options)
        assert "Appendix to item" not in told  # the section on saturation has it, by what may be told
        rows = [line.split(" | ") for line in told[told.index("## COREQ") :].splitlines() if line.startswith("| ")]
        return {int(row[0][2:]): row[2] for row in rows if row[0][2:].isdigit()}

    alone = coreq()
    assert alone[1] == "One moderator led every group. Who that is stands in the edition with names."
    assert alone[17].count("tried out beforehand") == alone[13].count("refused at recruitment") == 1
    assert alone[12].startswith(f"{by_hand(folder)[0]} participants in 2 groups. Group 1: ")
    assert "Els" in coreq("--names")[1]
    (folder / "recruitment.csv").write_text(
        "no,name,state,reason\n1,A,refused,no time\n2,B,refused,no time\n3,C,refused,ill\n4,D,cancelled,flu\n5,E,came\n"
    )
    recruited = coreq()[13]
    assert recruited.startswith("5 people were approached. Refused: 3 (no time 2, other reasons 1). Cancelled")
    assert "ill" not in recruited.replace("will", "")
    assert "flu" not in recruited


def test_hours_and_questions_are_those_of_who_reads_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr(held, "SINCE_MS", 437_000)
    minutes, guides, asked = 0, Counter[str](), Counter[str]()
    for week, lines in ((1, ("next", "next", "next")), (2, ("next", "next -436s", "next", "next"))):
        session = hold(tmp_path / f"g{week}.db", week, "admit all", "start anyway", *lines, "end")
        session.close()
        with closing(sqlite3.connect(tmp_path / f"g{week}.db")) as file:
            [(began, ended)] = file.execute("select started_at, ended_at from session")
            length = datetime.fromisoformat(ended) - datetime.fromisoformat(began)
            minutes += round(length.total_seconds() / 60)
            titles = dict(file.execute("select id, title from guide where kind = 'question' and removed_at is null"))
            guides.update(titles.values())
            spent = Counter[str]()
            for item, seconds in file.execute("select item, duration_s from visits where removed_at is null"):
                spent[item] += seconds
            asked.update(titles[item] for item, seconds in spent.items() if item in titles and seconds >= 5)
    out = tmp_path / "report.md"
    assert main.main(["study", "report", str(tmp_path), "-o", str(out), "--lang", "en"]) == 0
    told = out.read_text()
    assert minutes > 60
    assert f"- **{minutes // 60}:{minutes % 60:02}** hours of talk" in told
    table = told[told.index("| Question |") :].split("\n\n")[0].splitlines()[2:]
    cells = [row.strip("| ").split(" | ") for row in table]
    rows = {question.removesuffix(" \\*"): (int(was), int(of)) for question, was, of in cells}
    assert rows == {title: (asked[title], count) for title, count in guides.items()}
    assert 0 < asked.total() < guides.total()
