"""The recruitment list on the disk: read however it is kept, and changed cell by cell."""

from __future__ import annotations

import csv
import errno
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.study.model import Study
from kring.domain.text import KringError
from kring.plans.study.reader import read_study
from kring.study.recruiting.beginning import begin
from kring.study.recruiting.cells import rows, with_cells
from kring.study.recruiting.changing import change, take_back
from kring.study.recruitment_list.place import list_files
from kring.study.recruitment_list.reading import RecruitmentList, read_list
from kring.study.recruitment_list.words import STATES_IN_WORDS, read_state

STUDY = read_study(
    "---\ntitel: Sparen\n---\n# Klantgroepen\n| klantgroep | definitie |\n| nieuw | a |\n| trouw | b |\n"
    "# Screener\n| vraag | antwoorden | valt af |\n| Hoe vaak? | nooit; 1-3 | nooit |\n"
)
HEAD = "Nr;Naam;Telefoon;Klantgroep;Hoe vaak?;Groep;Status;Reden;Sinds;Betaald;Eigen kolom\r\n"
BODY = (
    '1;"Noor ""N"" de Vries";06-1;trouw;2;;benaderd;;2026-11-20;;"houdt van;\r\n puntkomma\'s"\r\n'
    "2;Kees;06-2;nieuw;;2;bevestigd\r\n"
    '3;José;06-3;nieuw;"nooit";;"weigert: geen tijd";;;nee;\r\n'
)


def written(folder: Path, content: str | bytes, name: str = "werving.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def told(found: RecruitmentList) -> list[tuple[str, str, str, str, str]]:
    return [(one.number, one.name, one.segment, one.group, one.state) for one in found.candidates]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_one_cell_changes_and_every_other_byte_stays(tmp_path: Path, encoding: str) -> None:
    text = HEAD + BODY
    path = written(tmp_path, text.encode(encoding))
    path.chmod(0o640)
    noor, kees, jose = read_list(path, STUDY).candidates
    change(path, STUDY, noor, {"state": "past", "group": "2"})
    done = change(path, STUDY, kees, {"reason": "belt; zelf", "since": "2026-12-01", "paid": ""})
    change(path, STUDY, jose, {"state": "benaderd"})
    expected = (
        text.replace("2;;benaderd;", "2;2;past;", 1)
        .replace("2;bevestigd\r\n", '2;bevestigd;"belt; zelf";2026-12-01;\r\n')
        .replace('"weigert: geen tijd"', '"benaderd"')
    )
    assert path.read_bytes() == expected.encode(encoding)
    assert path.stat().st_mode & 0o777 == 0o640
    take_back(path, STUDY, done)
    assert path.read_bytes() == expected.replace('"belt; zelf";2026-12-01;\r\n', ";;\r\n").encode(encoding)


def test_what_somebody_else_wrote_meanwhile_is_never_lost(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + BODY)
    noor, kees, _jose = read_list(path, STUDY).candidates
    moved = HEAD + BODY.replace("2;Kees", "9;Ans;06-9;nieuw;2;;past;;;;\r\n2;Kees")
    written(tmp_path, moved)
    done = change(path, STUDY, kees, {"state": "afgemeld"})  # a row that came above it moves it
    assert path.read_bytes().decode() == moved.replace("bevestigd", "afgemeld")
    written(tmp_path, moved.replace("benaderd", "weigert"))
    for act in (lambda: change(path, STUDY, noor, {"state": "past"}), lambda: take_back(path, STUDY, done)):
        with pytest.raises(KringError, match=r"no longer|meanwhile"):
            act()
    assert path.read_bytes().decode() == moved.replace("benaderd", "weigert")
    written(tmp_path, HEAD)
    with pytest.raises(KringError, match="no longer on the list"):
        change(path, STUDY, noor, {"state": "past"})


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04 xl/workbook", "read, not written|damaged"),
        (b"Nr;Naam;Status\r\n1;\"Ans;past\r\n2;Kees;past\r\n", "not closed"),
        (b"Nr;Naam\r\n1;Kees\r\n", "no column"),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_in_place_stays_and_is_said(tmp_path: Path, content: bytes, problem: str) -> None:
    path = written(tmp_path, HEAD + BODY)
    kees = read_list(path, STUDY).candidates[1]
    seen = read_list(written(tmp_path, content), STUDY).candidates
    with pytest.raises(KringError, match=problem):
        change(path, STUDY, seen[-1] if seen else kees, {"state": "past"})
    assert path.read_bytes() == content
    written(tmp_path, "", f".~lock.{path.name}#")
    with pytest.raises(KringError, match="open in another program"):
        change(path, STUDY, kees, {"state": "past"})


CELL = st.text(st.sampled_from('ab ;"\n,é'), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=4), CELL, st.data())
def test_a_changed_cell_reads_back_and_no_other_does_otherwise(
    table: list[list[str]], value: str, draw: st.DataObject
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(table)
    text = out.getvalue()
    found = list(rows(text, ";"))
    place = draw.draw(st.integers(0, len(table) - 1))
    column = draw.draw(st.integers(0, 5))
    after = list(csv.reader(io.StringIO(with_cells(text, ";", found[place][0], {column: value})), delimiter=";"))
    expected = [list(row) for row in table]
    expected[place] += [""] * (column + 1 - len(expected[place]))
    expected[place][column] = value
    assert after == expected


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("Voornaam;Tussenvoegsel;Achternaam\nJan;de;Vries\nAns;;Bos\nEd;'t;Hof", "Jan de Vries, Ans Bos, Ed 't Hof"),
        ("Achternaam;Voorvoegsels;Voornaam\nVries;de;Jan", "Jan de Vries"),
        ("First name;Prefix;Surname\nJan;de;Vries\nAns;Mrs.;Bos", "Jan de Vries, Ans Bos"),
        ("Voorletters;tussenv.;Naam;Tel\nJ.;van der;Meer;06", "van der Meer"),
        ("Roepnaam;Achternaam\nJan;Vries, de\nLies;Berg (van den)", "Jan de Vries, Lies van den Berg"),
        ("Voornamen;Roepnaam;Achternaam\nJohannes Petrus;Jan;de Vries\nAns;;Bos", "Jan de Vries, Ans Bos"),
        ("Voornaam;Infix;Achternaam\nJan;de;de Vries\nBo;-;Smit", "Jan de Vries, Bo Smit"),
        ("Naam;Tussenvoegsel;Achternaam\nJan;de;Vries\nAns;;Bos", "Jan de Vries, Ans Bos"),
        ("Naam;Achternaam\nJan de Vries;Vries\nAns Bos;Bos", "Jan de Vries, Ans Bos"),
    ],
)  # fmt: skip
def test_what_stands_between_first_and_last_names_is_kept(tmp_path: Path, table: str, names: str) -> None:
    found = read_list(written(tmp_path, table), STUDY)
    assert ", ".join(one.name for one in found.candidates) == names
    assert not any("de" in cell for one in found.candidates for _heading, cell in one.answers)


def test_lists_of_recruiters_are_read_with_their_own_words(tmp_path: Path) -> None:
    odd = (
        "Wervingslijst bureau X,,,,\n\n"
        "Voornaam,Achternaam,E-mail,Groep,Stand\n"
        "Joke,de Vries,j@x.nl,trouw,geen gehoor\n"
        "Piet,Smit,p@x.nl,nieuw,Uitgenodigd\n"
        "Piet,Smit,P@x.nl,nieuw,wachtlijst\n"
        ",,,,\n"
        "Ans,Bos,a@x.nl,trouw,misschien\n"
    )
    found = read_list(written(tmp_path, odd), STUDY)
    assert told(found) == [
        ("1", "Joke de Vries", "trouw", "", "approached"),
        ("2", "Piet Smit", "nieuw", "", "fits"),
        ("4", "Ans Bos", "trouw", "", "listed"),
    ]
    assert [(one.line, str(one.sentence)[:30]) for one in found.warnings] == [
        (8, "The state misschien is not kno"), (6, "Piet Smit stands on line 5 too"),
    ]  # fmt: skip
    assert found.candidates[2].doubt == "misschien"
    noor, kees, jose = read_list(written(tmp_path, HEAD + BODY), STUDY).candidates
    assert (noor.since, noor.contact, noor.answers[0]) == (date(2026, 11, 20), "06-1", ("Hoe vaak?", "2"))
    assert (jose.reason, jose.is_paid, jose.reached, kees.reached) == ("geen tijd", False, 2, 4)


@pytest.mark.parametrize(
    ("rows", "people", "said"),
    [
        ("1;Jan;0612345678;\n2;Jan;612345678;\n3;Jan;+31 6 1234 5678;", "1", "3, 4"),
        ("1;Jan;0612345678;\n2;Jan;612345678;bevestigd\n3;Jan;0687654321;", "2, 3", "2"),
        ("1;Jan;6,12E+08;\n2;Jan;6,12E+08;", "1, 2", "2, 3"),
        ("1;Jan;#NAAM?;\n2;Jan;#NAAM?;\n3;Jan;###;", "1, 2, 3", "2, 3, 4"),
        ("1;Jan;;\n2;Jan;;", "1, 2", ""),
        ("1;Jan;j@x.nl;\n2;Jan;J@X.NL ;", "1", "3"),
    ],
)
def test_a_workbook_in_between_neither_doubles_nor_loses_anybody(
    tmp_path: Path, rows: str, people: str, said: str
) -> None:
    found = read_list(written(tmp_path, f"nr;naam;telefoon;stand\n{rows}\n"), STUDY)
    assert ", ".join(one.number for one in found.candidates) == people
    assert ", ".join(str(one.line) for one in found.warnings) == said


def test_columns_that_were_moved_and_renamed_lead_to_the_same_people(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + BODY)
    before = {one.number: (one.name, one.state) for one in read_list(path, STUDY).candidates}
    moved = (
        "Status\tGroepsnr\tAchternaam\tTel.nr\tDeelnemernr\tVoornaam\tTussenv.\r\nbevestigd\t2\t\t612\t2\tKees\t\r\n"
    )
    path.write_bytes(moved.encode("utf-16"))
    (kees,) = read_list(path, STUDY).candidates
    assert (kees.name, kees.state) == before[kees.number]
    assert kees.group == "2"


def test_rows_that_are_nobody_stay_out_and_who_stands_below_reserves_is_one(tmp_path: Path) -> None:
    odd = (
        "Naam;E-mail;Hoe vaak?;Status\nGroep 2 (20.30 uur);;;\nVries, Joke de;j@x.nl;2;past\n"
        "Naam;E-mail;Hoe vaak?;Status\nSmit, Piet;p@x.nl;;\nReserve:;;;\nBos, Ans;a@x.nl;;\nTotaal;;;3\n"
    )
    found = read_list(written(tmp_path, odd), STUDY)
    assert told(found) == [
        ("1", "Joke de Vries", "", "", "fits"), ("2", "Piet Smit", "", "", "listed"),
        ("3", "Ans Bos", "", "", "reserve"),
    ]  # fmt: skip
    assert [one.line for one in found.warnings] == [2, 8]
    change(found.path, STUDY, found.candidates[1], {"state": "benaderd"})
    assert found.path.read_text() == odd.replace("p@x.nl;;", "p@x.nl;;benaderd")


def test_a_question_about_a_telephone_is_no_contact_and_a_telephone_no_answer(tmp_path: Path) -> None:
    asked = read_study("# Screener\n| vraag | valt af |\n| Heeft u een mobiele telefoon? | nee |\n")
    path = written(tmp_path, "Naam;Telefoon;Heeft u een mobiele telefoon?;Status\nKees;06-1;nee;\nAns;06-2;;\n")
    kees, ans = read_list(path, asked).candidates
    assert (kees.contact, kees.answers, kees.has_answered) == (
        "06-1",
        (("Heeft u een mobiele telefoon?", "nee"),),
        True,
    )
    assert (ans.contact, ans.answers, ans.has_answered) == ("06-2", (), False)


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("Geen tijd", ("refused", "Geen tijd", False)), ("BETAALD", ("came", "", True)),
        ("betaald (50 euro)", ("came", "50 euro", True)), ("no-show", ("no_show", "", False)),
        ("benaderd 3-12", ("approached", "3-12", False)), ("komt misschien", None), ("", ("listed", "", False)),
        ("screen-out: marktonderzoek", ("excluded", "marktonderzoek", False)), ("ja", None),
        ("past niet", ("excluded", "", False)), ("komt", ("confirmed", "", False)),
        ("Voicemail ingesproken", ("approached", "Voicemail ingesproken", False)),
    ],
)  # fmt: skip
def test_a_state_is_read_as_people_write_it(cell: str, state: tuple[str, str, bool] | None) -> None:
    assert read_state(cell) == state


def test_a_list_that_is_begun_is_for_its_owner_and_what_it_writes_reads_back(tmp_path: Path) -> None:
    for spoken, name in (("nl", "werving.csv"), ("en", "recruitment.csv")):
        folder = tmp_path / spoken
        folder.mkdir()
        path = begin(folder, STUDY, spoken)
        assert path == folder / name == list_files(folder)[0]
        assert path.stat().st_mode & 0o777 == 0o600
        with path.open("ab") as file:
            file.write(b"1;Kees;06;k@x;nieuw;2\r\n" if spoken == "nl" else b"1,Kees,06,k@x,nieuw,2\r\n")
        for state, words in STATES_IN_WORDS.items():
            for word in words.split(", ")[:2]:
                kees = read_list(path, STUDY).candidates[0]
                change(path, STUDY, kees, {"state": word, "paid": "x", "group": "2", "reason": "a, b; c"})
                read = read_list(path, STUDY).candidates[0]
                assert (read.state, read.reason, read.is_paid, read.group) == (state, "a, b; c", True, "2")
        with pytest.raises(KringError, match="already there"):
            begin(folder, Study(), spoken)


def test_a_list_that_is_begun_has_a_column_for_each_rule_of_a_segment(tmp_path: Path) -> None:
    study = read_study(
        "# Klantgroepen\n| klantgroep | definitie | vanaf |\n| jong | huurt sinds 2021 of later | |\n"
        "| lang | huurt sinds <= 2015 | |\n| lang | Huurt sinds <= 2017 en kamers > 2 | 2026-09-14 |\n"
        "| naam | naam = Jan | |\n"
    )
    heads = begin(tmp_path, study, "nl").read_text("utf-8-sig").strip().split(";")
    assert heads[-2:] == ["huurt sinds", "kamers"]
    assert [head.lower() for head in heads].count("naam") == 1


def test_on_a_full_disk_the_list_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, HEAD + BODY)
    before, person = path.read_bytes(), read_list(path, STUDY).candidates[0]

    def full(_self: Path, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(KringError, match="The disk is full"):
        change(path, STUDY, person, {"state": "past"})
    assert (path.read_bytes(), [one.name for one in tmp_path.iterdir()]) == (before, [path.name])
