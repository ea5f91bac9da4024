"""A plan and what lies beside it."""

from pathlib import Path

import openpyxl
import pytest
from docx import Document

from kring.plans.file import read_plan_file
from kring.plans.outline import all_warnings
from kring.system.text_files import Unreadable

SESSIONS = Path(__file__).parents[2] / "sessions"
PLAN = "---\ntitel: Sparen\ndeelnemers: lijst.csv\n---\n# Kern (9 min)\n@stimulus A: folder.png\n1. Wat? {sleutel}\n"


@pytest.fixture
def plan_path(tmp_path):
    path = tmp_path / "plan.md"
    path.write_text(PLAN, "utf-8")
    (tmp_path / "folder.png").write_bytes(b"")
    (tmp_path / "lijst.csv").write_bytes("Nr;Naam;Segment\r\n1;Zoë Özdemir;vast\r\n2;Kees;\r\n".encode("cp1252"))
    return path


def said(plan):
    return [(warning.source, warning.line, str(warning.sentence)) for warning in plan.warnings]


def test_the_roster_beside_the_plan_is_read(plan_path):
    plan, text = read_plan_file(plan_path)
    assert text == PLAN
    assert plan.source == "plan.md"
    assert [(p.code, p.name, p.segment, p.line) for p in plan.participants] == [
        ("P1", "Zoë Özdemir", "vast", 2),
        ("P2", "Kees", "", 3),
    ]
    assert [(source, line) for source, line, _ in said(plan)] == [("lijst.csv", 0)]


def test_what_is_missing_is_a_warning_and_never_a_refusal(plan_path):
    (plan_path.parent / "lijst.csv").unlink()
    (plan_path.parent / "folder.png").unlink()
    plan = read_plan_file(plan_path).plan
    assert plan.participants == ()
    sentences = said(plan)
    assert any("lijst.csv is not there" in sentence for _, _, sentence in sentences)
    assert ("", 6, "The file folder.png is not found beside the plan.") in sentences


def test_a_damaged_list_is_a_warning(plan_path):
    (plan_path.parent / "lijst.csv").write_bytes(b"PK\x03\x04")
    assert any("damaged, or a zip file" in sentence for _, _, sentence in said(read_plan_file(plan_path).plan))


def test_a_table_of_people_in_a_web_page_is_a_list(plan_path):
    page = b"<html><table><tr><td>naam<td>klantgroep<tr><td>Joke<td>trouw<tr><td>Tom<td>nieuw</table></html>"
    (plan_path.parent / "lijst.csv").write_bytes(page)
    assert [(one.name, one.segment) for one in read_plan_file(plan_path).plan.participants] == [
        ("Joke", "trouw"), ("Tom", "nieuw"),
    ]  # fmt: skip


def test_a_web_page_is_no_list(plan_path):
    (plan_path.parent / "lijst.csv").write_bytes(b"<html><p>naam<p>Joke<table><tr><td>x</td></tr></table></html>")
    plan = read_plan_file(plan_path).plan
    assert plan.participants == ()
    assert any("is a web page" in sentence for _, _, sentence in said(plan))


def test_a_workbook_as_roster_is_read_from_the_sheet_with_people(plan_path):
    book = openpyxl.Workbook()
    book.active.title = "Leeswijzer"
    book.active.append(["Dit is de lijst van het bureau"])
    people = book.create_sheet("Groep 1")
    for row in (["Deelnemers"], [], ["Achternaam", "Voornaam", "Groep"], ["de Vries", "Joke", "trouw"], ["Bos", "Ali"]):
        people.append(row)
    people.merge_cells("C4:C5")
    book.save(plan_path.parent / "lijst.csv")
    plan = read_plan_file(plan_path).plan
    assert [(p.name, p.segment, p.line) for p in plan.participants] == [("Joke", "trouw", 4), ("Ali", "trouw", 5)]
    assert "the sheet Groep 1 is read, and not: Leeswijzer" in said(plan)[0][2]


def test_a_table_in_word_as_roster_is_read(plan_path):
    document = Document()
    document.add_paragraph("Deelnemers groep 1")
    table = document.add_table(0, 2)
    for row in (("Naam", "Toestemming"), ("Joke #1", "x"), ("Ali", "x")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(2, 0).paragraphs[0].runs[0].italic = True
    document.save(plan_path.parent / "lijst.csv")
    plan = read_plan_file(plan_path).plan
    assert [(person.name, dict(person.consents)) for person in plan.participants] == [
        ("Joke #1", {"all": True}), ("Ali", {"all": True}),
    ]  # fmt: skip


def test_names_of_files_that_no_system_knows_are_no_trouble(tmp_path):
    path = tmp_path / "plan.md"
    path.write_text(f"# Kern (9)\n@stimulus A: {'x' * 5000}.png\n1. Wat? {{sleutel}}\n---\n", "utf-8")
    assert len(read_plan_file(path).plan.warnings) == 1


def test_a_plan_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(Unreadable):
        read_plan_file(path)


@pytest.mark.parametrize(
    ("name", "form", "language", "minutes", "people"),
    [("loyaliteit-groep-1.md", "online", "nl", 90, 8), ("library-visits-group-1.md", "in_person", "en", 105, 7)],
)
def test_the_plans_that_come_with_kring_are_ready(name, form, language, minutes, people):
    plan = read_plan_file(SESSIONS / name).plan
    assert all_warnings(plan) == []
    assert (plan.form, plan.language, plan.planned_min, len(plan.participants)) == (form, language, minutes, people)
    assert {question.question_kind for question in plan.questions} >= {
        "opening",
        "introductory",
        "transition",
        "key",
        "ending",
    }
    assert {item.kind for item in plan.guide} >= {"break", "probe", "instruction", "stimulus", "poll"}
    assert {check.phase for check in plan.checks} == {
        "week_before",
        "half_hour_before",
        "start",
        "during",
        "break",
        "after",
    }
    assert not any(item.kind == "note" for item in plan.guide)


def test_the_online_plan_asks_for_all_that_a_group_online_needs():
    plan = read_plan_file(SESSIONS / "loyaliteit-groep-1.md").plan
    checks = " / ".join(check.text for check in plan.checks)
    for words in (
        *("link", "platform", "korte handleiding", "telefoonnummer van de assistent", "geen tablet"),
        *("half uur van tevoren", "knoppen uitgelegd", "toegelaten", "opname gestart", "opname gestopt én bewaard"),
        *(
            "chat in de gaten",
            "chat bewaard",
            "uitslagen van de peiling bewaard",
            "whiteboard en aantekeningen bewaard",
        ),
        *("microfoons van alle", "voorstelrondje", "camera en microfoon uit, niemand verlaat"),
    ):
        assert words in checks
    each = next(check for check in plan.checks if check.per_participant)
    assert each.parts == ("camera", "microfoon", "galerijweergave", "chat")
