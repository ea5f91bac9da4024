"""Workbooks: what stands in a cell, merged cells, hidden sheets, and files that would fill the memory."""

import datetime as dt
import io
import sys
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.system.office import sheets
from kring.system.office.sheets import is_workbook, read_sheets
from kring.system.text_files import Unreadable

_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def workbook(*rows, **kept):
    """Return the bytes of an .xlsx with these rows; `merged` names ranges."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in kept.get("merged", ()):
        book.active.merge_cells(cells)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(body):
    """Return the bytes of an .ods with this XML in its one table."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        package.writestr(
            "content.xml",
            f'<office:document-content {_NAMESPACES}><office:body><office:spreadsheet><table:table table:name="Blad1">'
            f"{body}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def cell(text="", **said):
    attributes = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in said.items())
    filled = f'office:value-type="string"><text:p>{text}</text:p>' if text else ">"
    return f"<table:table-cell{attributes} {filled}</table:table-cell>"


def row(*cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def test_cells_are_what_a_csv_of_them_would_say():
    content = workbook(
        ["Naam", "Datum", "Tijd", "Wanneer", "Cijfer", "Deel", "Ja", "Duur"],
        [
            " Fatima\n", dt.date(2026, 12, 3), dt.time(19, 30), dt.datetime.fromisoformat("2026-12-03T19:30:59.6"),
            8.0, 0.1 + 0.2, True, dt.timedelta(hours=1, minutes=30),
        ],
    )  # fmt: skip
    (sheet,) = read_sheets(content, "lijst.xlsx")
    assert sheet.rows[1] == (
        2,
        ["Fatima", "2026-12-03", "19:30", "2026-12-03 19:31", "8", "0.3", "TRUE", "1:30:00"],
    )


def test_rows_keep_their_numbers_over_what_is_empty():
    (sheet,) = read_sheets(workbook(["Lijst"], [], [], ["Naam", None, "Code"]), "lijst.xlsx")
    assert sheet.rows == [(1, ["Lijst", "", ""]), (4, ["Naam", "", "Code"])]


def test_what_rows_share_in_one_cell_stands_in_each_of_them_and_a_title_stays_one_cell():
    (sheet,) = read_sheets(
        workbook(["Deelnemers", None], ["trouw", "Ann"], [None, "Bo"], merged=("A1:B1", "A2:A3")), "lijst.xlsx"
    )
    assert [cells for _, cells in sheet.rows] == [["Deelnemers", ""], ["trouw", "Ann"], ["trouw", "Bo"]]

    body = row(cell("trouw", number_rows_spanned=2), cell("Ann")) + row("<table:covered-table-cell/>", cell("Bo"))
    (sheet,) = read_sheets(ods(body), "lijst.ods")
    assert [cells for _, cells in sheet.rows] == [["trouw", "Ann"], ["trouw", "Bo"]]


def test_hidden_and_empty_sheets_are_passed_over():
    book = openpyxl.Workbook()
    book.active.title = "Leeg"
    for name in ("Groep 1", "Oud"):
        book.create_sheet(name)["A1"] = name
    book["Oud"].sheet_state = "hidden"
    assert [sheet.name for sheet in read_sheets(saved(book), "lijst.xlsx")] == ["Groep 1"]


def test_an_empty_workbook_says_so():
    with pytest.raises(Unreadable, match="no filled cell"):
        read_sheets(workbook(), "lijst.xlsx")


def test_an_empty_field_that_reaches_to_the_end_of_the_sheet_costs_nothing():
    body = row(cell("Naam"), cell(number_columns_repeated=16383)) + row(
        cell(number_columns_repeated=16384), repeated=1_048_575
    )
    assert read_sheets(ods(body), "lijst.ods")[0].rows == [(1, ["Naam"])]

    book = openpyxl.Workbook()
    book.active["A1"] = "Naam"
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    assert read_sheets(saved(book), "lijst.xlsx")[0].rows == [(1, ["Naam"])]


@pytest.mark.parametrize(
    "body",
    [
        row(cell("x", number_columns_repeated=1000), repeated=100_000),
        row(cell(number_columns_repeated=16383), cell("x")) + row(repeated=100_000) + row(cell("y")),
        row(cell("x", number_columns_repeated=999_999_999_999)),
    ],
)
def test_a_field_that_would_fill_the_memory_is_refused(body):
    with pytest.raises(Unreadable, match="larger than a list"):
        read_sheets(ods(body), "lijst.ods")


def test_a_filled_cell_at_the_other_end_of_the_sheet_is_refused():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Naam", "x"
    with pytest.raises(Unreadable, match="larger than a list"):
        read_sheets(saved(book), "lijst.xlsx")


def test_a_bomb_of_zeros_and_entities_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 20_000_000)
    with pytest.raises(Unreadable, match="no workbook needs"):
        read_sheets(out.getvalue(), "lijst.xlsx")

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    with pytest.raises(Unreadable, match="no workbook needs"):
        read_sheets(out.getvalue(), "lijst.xlsx")


def test_what_is_no_workbook_and_what_is_protected_get_a_sentence(monkeypatch):
    with pytest.raises(Unreadable, match="damaged, or no workbook"):
        read_sheets(b"naam;code\n", "lijst.xlsx")
    protected = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Unreadable, match="password"):
        read_sheets(protected, "lijst.xlsx")
    monkeypatch.setattr(sheets, "LARGEST_FILE", 100)
    with pytest.raises(Unreadable, match="larger than a list"):
        read_sheets(workbook(["Naam"]), "lijst.xlsx")


def test_a_workbook_is_known_by_what_is_in_it():
    assert is_workbook(workbook(["Naam"]))
    assert is_workbook(ods(row(cell("Naam"))))
    assert not is_workbook(b"naam;code\n")
    assert not is_workbook(b"PK\x03\x04 word/document.xml")


def read_or_refused(content):
    """Return the sheets, or the sentence that says why not; nothing else may come of it."""
    try:
        return read_sheets(content, "lijst.xlsx")
    except Unreadable as problem:
        return str(problem)


_SOUND = [workbook(["Naam", "Code"], ["Ann", 1], [dt.date(2026, 1, 2)], merged=("A2:A3",)), ods(row(cell("Naam")))]


@given(st.sampled_from(_SOUND), st.data())
def test_a_damaged_workbook_is_read_or_refused_and_never_breaks(content, data):
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:at] + data.draw(st.binary(max_size=8)) + content[at + data.draw(st.integers(0, 40)) :]
    assert read_or_refused(damaged)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NAMES = st.sampled_from(["r", "t", "s", "v", "c", "row"])
_VALUES = st.sampled_from(["", "A1", "XFD9", "0", "-1", "B", "1", "99999999999999", "s", "d", "é", "A-1"])


@given(st.lists(st.tuples(_NAMES, _NAMES, _VALUES, _VALUES), max_size=8))
def test_a_sheet_that_says_odd_things_is_read_or_refused_and_never_breaks(tags):
    inner = "".join(f'<{tag} {name}="{value}"><v>{text}</v></{tag}>' for tag, name, value, text in tags)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_SOUND[0])) as sound, zipfile.ZipFile(out, "w") as package:
        for part in sound.namelist():
            is_sheet = part == "xl/worksheets/sheet1.xml"
            xml = f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{inner}</row></sheetData></worksheet>'
            package.writestr(part, xml if is_sheet else sound.read(part))
    assert read_or_refused(out.getvalue())


def test_what_is_missing_to_read_a_workbook_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(Unreadable, match="python-calamine, which reads these, is not installed here"):
        read_sheets(workbook(["naam"], ["Anna"]), "lijst.xlsx")
