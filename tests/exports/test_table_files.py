"""Tables as csv and as a workbook: every cell arrives, and none of them is a formula."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import zipfile
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from msgspec.structs import replace

from exports.full_session import HOSTILE, full_material, full_state, material_of, moment, written
from kring.domain import rows as r
from kring.domain.text import clean
from kring.exports import csv_tables, workbook
from kring.exports.tables import for_programs
from kring.exports.tables.formulas import defused
from kring.exports.tables.stored import database, tables_of
from kring.store.described import described
from kring.system import i18n

FORMULAS = ('=HYPERLINK("http://x.example";"klik")', "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '  =cmd|"/c calc"!A1', "=")


def files_of(snapshot) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(written(csv_tables.write, snapshot))) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def read_csv(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, strict=True))


def sheet(book, name):
    header, *rows = book[name].iter_rows()
    return [{column.value: cell for column, cell in zip(header, row, strict=True)} for row in rows]


def test_every_table_and_view_is_a_file_with_the_columns_that_are_described():
    files = files_of(full_material())
    assert {name.removesuffix(".csv") for name in files} == {
        *described().keys() - {"events"}, "participants_wide", "polls_wide", "README.md", "datapackage.json",
    }  # fmt: skip
    for name, told in described().items():
        if name != "events":
            header = files[f"{name}.csv"].decode("utf-8-sig").splitlines()[0].split(",")
            assert sorted(column for column in header if not column.endswith("_local")) == sorted(told.columns)


def test_every_table_and_column_is_explained():
    files = files_of(full_material("=1+1"))
    package = json.loads(files["datapackage.json"])
    tables = {each["path"]: each for each in package["resources"]}
    assert tables.keys() == {name for name in files if name.endswith(".csv")}
    for name, table in tables.items():
        rows = list(csv.reader(StringIO(files[name].decode("utf-8-sig"), newline="")))
        assert [field["name"] for field in table["schema"]["fields"]] == rows[0]
        assert table["description"]
        if not name.endswith("_wide.csv"):
            assert all(field["description"] for field in table["schema"]["fields"]), name
        assert f"- **{name}** ({len(rows) - 1}): " in files["README.md"].decode()
    types = {field["name"]: field["type"] for field in tables["turns.csv"]["schema"]["fields"]}
    assert (types["t"], types["started_at"], types["started_at_local"]) == ("string", "string", "datetime")


def test_local_times_stand_beside_utc():
    state = full_state()
    there = state.put([replace(state.session, zone="Europe/Amsterdam")])
    (turn,) = (row for row in read_csv(files_of(material_of(there))["turns.csv"]) if row["id"] == "t2")
    assert turn["started_at"].endswith("Z")
    utc, here = (datetime.fromisoformat(turn[name].rstrip("Z")) for name in ("started_at", "started_at_local"))
    assert here - utc.replace(microsecond=0) == timedelta(hours=1)
    assert turn["removed_at_local"] == ""
    book = openpyxl.load_workbook(BytesIO(written(workbook.write, material_of(there))))
    (cell,) = (row["started_at_local"] for row in sheet(book, "turns") if row["id"].value == "t2")
    assert cell.is_date
    assert cell.value == here


def test_what_is_known_of_people_stands_in_a_row_each():
    state = full_state()
    said = r.ConsentRow(id="P2/quoting", participant="P2", scope="quoting", given=False, at=moment(0))
    (first, second, *_others) = read_csv(files_of(material_of(state.put([said])))["participants_wide.csv"])
    assert first["case"] == "P1 (2026-12-03 19.30)"
    assert (first["Code"], first["leeftijd"], first["Cijfer"], first["Cijfer (2)"]) == ("P1", "44", "8", "6")
    assert (first["Consent: quoting"], second["Consent: quoting"]) == ("yes", "no")
    polls = read_csv(files_of(full_material())["polls_wide.csv"])
    assert [row["Cijfer"] for row in polls][:2] == ["8", "7"]


def test_a_workbook_is_in_the_words_of_its_language_and_explains_itself():
    i18n.use("nl")
    book = openpyxl.load_workbook(BytesIO(written(workbook.write, replace(full_material(), language="nl"))))
    assert book.sheetnames[:2] == ["Lees mij", "participants_wide"]
    assert {row["kind"].value for row in sheet(book, "turns")} >= {"gespreksleider", "deelnemer"}
    assert {row["starred"].value for row in sheet(book, "notes")} == {"ja", "nee"}
    told = [[cell.value for cell in row] for row in book["Lees mij"].iter_rows()]
    assert ["notes", "starred"] in [row[:2] for row in told]
    for page in book:
        paper = page.page_setup
        upright = "portrait" if page.title == "Lees mij" else "landscape"
        assert paper.orientation == upright
        assert (paper.scale, paper.fitToHeight) in {(workbook.SMALL, None), (None, 0)}
        assert page.print_title_rows == ("$2:$2" if page.title == "Lees mij" else "$1:$1")
    assert {page.title for page in book if page.sheet_state == "hidden"} == {
        page.title for page in book if page.title in for_programs.SHEETS
    }


def test_what_only_programs_read_is_folded_away():
    book = openpyxl.load_workbook(BytesIO(written(workbook.write, full_material())))
    notes = book["notes"]
    shown = {
        cell.value
        for cell in notes[1]
        if not any(d.hidden and d.min <= cell.column <= d.max for d in notes.column_dimensions.values())
    }
    assert shown >= {"number", "text", "item", "participant", "at_local", "tags", "author"}
    assert not shown & {"id", "arrival", "at", "written_at", "removed_at", "removed_at_local", "import_id"}
    (printed,) = [area for area in [book["Read me"].print_area] if area]
    last = book["Read me"].cell(int(printed.rpartition("$")[2]), 1).value
    assert book[last].sheet_state == "visible"


@pytest.mark.parametrize(
    ("language", "command"),
    [
        ("en", "`from read_csv('notes.csv', header=true)`"),
        ("nl", "`from read_csv('notes.csv', header=true, delim=';', decimal_separator=',')`"),
    ],
)
def test_a_table_without_rows_is_read_without_rows_too(language, command):
    assert command in files_of(replace(full_material(), language=language))["README.md"].decode()


def test_a_row_is_as_high_as_the_words_in_it():
    long = "het is gedoe " * 20
    book = openpyxl.load_workbook(BytesIO(written(workbook.write, full_material(long))))
    notes = book["notes"]
    (text,) = [cell.column for cell in notes[1] if cell.value == "text"]
    heights = {len(row[text - 1].value): notes.row_dimensions[row[0].row].height for row in notes.iter_rows(min_row=2)}
    assert heights[max(heights)] >= 4 * workbook.LINE_POINTS
    assert notes.row_dimensions[1].height is None


@pytest.mark.slow
def test_libreoffice_prints_no_more_than_can_be_read(tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None or shutil.which("pdfinfo") is None:
        pytest.skip("no LibreOffice or no pdfinfo on this machine")
    file = tmp_path / "session.xlsx"
    file.write_bytes(written(workbook.write, full_material()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pdf = file.with_suffix(".pdf")
    if not pdf.exists():
        pytest.skip("this LibreOffice has no Calc")
    told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True, timeout=60).stdout
    (pages,) = re.findall(r"^Pages: +(\d+)$", told, re.MULTILINE)
    book = openpyxl.load_workbook(file)
    shown = [page for page in book if page.sheet_state == "visible"]
    told_in_read_me = shown[0].max_row // 60 + 1
    assert len(shown) <= int(pages) <= len(shown) - 1 + told_in_read_me


@pytest.mark.parametrize("text", [*HOSTILE, *FORMULAS], ids=range(len(HOSTILE) + len(FORMULAS)))
def test_what_people_said_arrives_as_text_in_csv(text):
    files = files_of(full_material(text))
    notes = {row["id"]: row for row in read_csv(files["notes.csv"])}
    assert notes["n1"]["text"].removeprefix("'") == printable(text)
    for name, content in files.items():
        for row in read_csv(content) if name.endswith(".csv") else ():
            assert not any(is_run(cell) for cell in (*row, *row.values()))


def is_run(cell: str) -> bool:
    """Whether a spreadsheet would take a cell for a formula; a negative number is none."""
    return cell.lstrip().startswith(("=", "+", "-", "@")) and not is_number(cell)


def is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def printable(text: str) -> str:
    return clean(text).replace("\ufffe", "")


@pytest.mark.parametrize("text", [*HOSTILE[:8:3], *HOSTILE[7:8], FORMULAS[0], FORMULAS[4]], ids=range(6))
def test_what_people_said_arrives_as_text_in_a_workbook(text):
    book = openpyxl.load_workbook(BytesIO(written(workbook.write, full_material(text))))
    notes = {row["id"].value: row for row in sheet(book, "notes")}
    assert (notes["n1"]["text"].value or "") == printable(text)
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}  # and no "f"
    if defused(printable(text)) != printable(text):
        assert notes["n1"]["text"].quotePrefix


def test_a_workbook_has_no_formula_and_no_link_in_its_own_words():
    content = written(workbook.write, full_material(FORMULAS[0]))
    with zipfile.ZipFile(BytesIO(content)) as inside:
        sheets = [inside.read(name) for name in inside.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in inside.namelist() if "externalLink" in name or "_rels/sheet" in name]
    assert len(sheets) > 10
    for xml in sheets:
        assert b"<f>" not in xml
        assert b"<hyperlink" not in xml


def test_a_cell_holds_what_a_spreadsheet_can_and_no_sign_in_disguise():
    emoji = "😀" * 20_000
    content = written(workbook.write, full_material(f"_x0041_ {emoji}"))
    with zipfile.ZipFile(BytesIO(content)) as inside:
        texts = [
            (text.text or "").replace("_x005F_", "_")
            for name in inside.namelist()
            if name == "xl/sharedStrings.xml"
            for text in ET.fromstring(inside.read(name)).findall(".//{*}t")
        ]
    assert max(len(text.encode("utf-16-le")) // 2 for text in texts) <= workbook.LONGEST_CELL
    assert any(text.startswith("_x0041_ 😀") for text in texts)


def test_a_workbook_can_be_read_at_once():
    book = openpyxl.load_workbook(BytesIO(written(workbook.write, full_material())))
    assert "pauses" not in book.sheetnames  # nothing in it
    for page in book.worksheets[1:]:
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref.startswith("A1:")
        assert page["A1"].font.bold
        assert all(8 < dimension.width < 62 for dimension in page.column_dimensions.values())
    assert sheet(book, "turns")[0]["t"].data_type == "n"
    assert "words" not in sheet(book, "transcript")[0]


def test_numbers_and_signs_are_those_of_the_language():
    i18n.use("nl")
    files = files_of(replace(material_of(with_voice()), language="nl"))
    turns = {row["id"]: row for row in read_csv(files["voice.csv"], ";")}
    assert turns["w1"]["duration_s"] == "1,5"
    assert turns["w1"]["t"] == "-0,5"
    english = {row["id"]: row for row in read_csv(files_of(material_of(with_voice()))["voice.csv"])}
    assert english["w1"]["duration_s"] == "1.5"
    assert english["w1"]["t"] == "-0.5"


def with_voice():
    voice = r.VoiceRow(id="w1", segment="s1", started_at=moment(-0.5), ended_at=moment(1), t=-0.5, duration_s=1.5)
    return full_state().put([voice])


def test_lists_are_json_and_the_rows_stand_in_an_order():
    files = files_of(full_material())
    notes = read_csv(files["notes.csv"])
    assert json.loads(next(row for row in notes if row["id"] == "n1")["tags"]) == ["app", "prijs"]
    assert [row["seat"] for row in read_csv(files["participants.csv"])] == [str(seat) for seat in range(1, 9)]
    written_at = [row["written_at"] for row in notes]
    assert written_at == sorted(written_at)


def test_a_stub_stands_among_the_notes_and_not_among_the_quotes():
    files = files_of(full_material())
    assert [row["id"] for row in read_csv(files["notes.csv"]) if row["stub"] == "1"] == ["n5"]
    assert [row["text"] for row in read_csv(files["quotes.csv"])] == ["het is gedoe"]


def test_what_is_still_open_counts_up_to_the_last_moment():
    tables = {table.name: table for table in tables_of(full_material())}
    talk = {row[0]: dict(zip(tables["talk_time"].columns, row, strict=True)) for row in tables["talk_time"].rows}
    assert talk["P2"]["talk_s"] == 60  # from 60 s to the end at 120 s


def test_a_database_with_codes_is_no_session_file():
    connection = database(full_material())
    assert connection.execute("pragma application_id").fetchone() == (0,)
    assert connection.execute("select count(*) from events where data is not null").fetchone() == (0,)
    connection.close()
