"""A guide from a file: in Word, in a workbook or as text, by what is in it; what is neither is one sentence."""

import io
import zipfile

import openpyxl
import pytest

from kring.plans.file import read_plan_file
from kring.plans.guide_file import read_guide_file
from kring.plans.plan_reader import read_outline
from kring.system.text_files import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
PAGE = b"<h1>Welkom</h1></body></html>"


def of_parts(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name in names:
            package.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("gids.doc", OLE + "WordDocument".encode("utf-16-le"), "old Word file; save it in Word as .docx"),
        ("gids.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        ("gids.msg", OLE + "__properties_version1.0".encode("utf-16-le"), "saved mail"),
        ("gids.doc", OLE, "old Word or Excel file"),
        ("gids.docx", of_parts("word/document.xml")[:60], "damaged"),
        ("gids.docx", bytes(range(256)) * 8, "damaged"),
        ("gids.docx", of_parts("leidraad.txt"), "damaged"),
        ("gids.odt", of_parts("mimetype", "content.xml"), "OpenDocument text; save it as .docx"),
        ("gids.pages", of_parts("Index/Document.iwa"), "Pages file; export it as Word"),
        ("gids.pptx", of_parts("[Content_Types].xml", "ppt/presentation.xml"), "holds slides"),
        ("gids.zip", of_parts("leidraad.docx"), "unpack it"),
        ("gids.rtf", b"{\\rtf1\\ansi Welkom}", "RTF file; save it as .docx"),
        ("gids.pdf", b"%PDF-1.7\n", "is a PDF"),
        ("gids.doc", b"\xef\xbb\xbf<!DOCTYPE html>\n<html>" + PAGE, "web page; open it in Word"),
        ("gids.doc", b"<html xmlns:o='urn:x'><body>" + PAGE, "web page"),
        ("gids.mht", b"From: <Word>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; x=y\r\n\r\n" + PAGE,
         "web page"),
        ("gids.eml", b"From: an@x.example\nSubject: leidraad\nMIME-Version: 1.0\n\nHallo", "saved mail"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # a zip says when it was made
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_sentence_that_says_what_it_is(name, content, says, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    for read in (read_guide_file, read_plan_file):
        with pytest.raises(Unreadable) as refused:
            read(path)
        assert says in str(refused.value)


@pytest.mark.parametrize(
    "content", [b"<div align=center>\n# Welkom (10 min)\n", b"Datum: 3 mei\n\nMIME-Version: 1.0\n"]
)
def test_a_text_with_some_html_or_a_word_of_a_mail_is_a_text(content, tmp_path):
    path = tmp_path / "gids.md"
    path.write_bytes(content)
    assert read_guide_file(path).lines


def test_a_workbook_is_read_from_the_sheet_with_the_guide_by_the_numbers_of_its_rows(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Lees mij"])
    sheet = book.create_sheet("Draaiboek")
    for row in (
        ["Draaiboek bibliotheek"], ["Duur", "45 min"], ["Locatie", "zaal 2"], ["Tijd", "Onderdeel", "Vraag"],
        ["19:30 - 19:40", "Welkom", "Wie bent u?"], ["19:40 - 20:15", "Kern", "Wat vindt u?\nWat mist u?"],
        [None, None, "Hoe komt u er?"],
    ):  # fmt: skip
        sheet.append(row)
    for column in "AB":
        sheet.merge_cells(f"{column}6:{column}7")
    path = tmp_path / "draaiboek.xlsx"
    book.save(path)
    guide = read_guide_file(path)
    plan = read_outline(guide.lines, path.name, is_foreign=guide.is_foreign).plan
    assert (plan.title, plan.planned_min, plan.extra) == ("Draaiboek bibliotheek", 45, (("Locatie", "zaal 2"),))
    assert [(item.kind, item.text, item.planned_s, item.line) for item in plan.guide] == [
        ("section", "Welkom", 600, 5), ("question", "Wie bent u?", None, 5), ("section", "Kern", 2100, 6),
        ("question", "Wat vindt u?", None, 6), ("question", "Wat mist u?", None, 6),
        ("question", "Hoe komt u er?", None, 7),
    ]  # fmt: skip
    assert "the sheet Draaiboek is read" in str(guide.warnings[0])
    with pytest.raises(Unreadable, match="make a plan of it with: kring new"):
        read_plan_file(path)


def test_an_empty_text_is_no_guide(tmp_path):
    path = tmp_path / "gids.txt"
    path.write_text("\n---\n", "utf-8")
    with pytest.raises(Unreadable, match="no text to make a plan of"):
        read_guide_file(path)
