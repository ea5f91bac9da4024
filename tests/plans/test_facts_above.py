"""Facts above a guide as run sheets write them: a date alone, several on a row or a line, without a colon."""

import io
from datetime import date

import openpyxl
import pytest

from kring.plans.guide_file import read_guide_file
from kring.plans.plan_reader import read_outline, read_plan

TABLE = [["Tijd", "Onderdeel", "Vraag"], ["19:30", "Welkom", "Wie bent u?"], ["19:40", "Kern", "Wat ging goed?"],
         ["20:30", "Einde", ""]]  # fmt: skip
DAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("above", "title", "planned", "extra"),
    [
        ([["Draaiboek"], ["3 december 2026"]], "Draaiboek", None, ()),
        ([["Draaiboek"], ["Datum", DAY]], "Draaiboek", None, ()),
        ([["Draaiboek"], ["Datum: 3-12-2026", "Locatie: Utrecht", "Duur: 90 min"]], "Draaiboek", 90, ("Locatie",)),
        ([["Datum", DAY, "Locatie", "Utrecht", "Duur", "90 min"]], "g", 90, ("Locatie",)),
        ([["Draaiboek", "", "3-12-2026"]], "Draaiboek", None, ()),
        ([["Draaiboek", "3-12-2026", "90 min"]], "Draaiboek", 90, ()),
        ([["Draaiboek"], ["Duur 1u30", "Datum 3-12-2026"]], "Draaiboek", 90, ()),
    ],
)
def test_a_date_above_a_run_sheet_starts_at_its_first_time(above, title, planned, extra, tmp_path):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in [*above, *TABLE]:
        book.active.append(row)
    book.save(file)
    path = tmp_path / "g.xlsx"
    path.write_bytes(file.getvalue())
    found = read_guide_file(path)
    plan = read_outline(found.lines, path.name, is_foreign=True).plan
    assert (plan.title, plan.starts_at, plan.planned_min) == (title, "2026-12-03T19:30", planned)
    assert tuple(name for name, _value in plan.extra) == extra
    assert [item.text for item in plan.sections] == ["Welkom", "Kern"]


@pytest.mark.parametrize(
    "facts",
    [
        "Duur 90 min\nDatum 3 december 2026\nAanvang 19.30 uur",
        "Duration 1h30\nDate 3 December 2026\nTime 7:30 pm - 9:00 pm",
        "Duration 90 minutes\nStart 3 December 2026 19:30",
        "Datum: 3 december 2026 19:30 | Duur: 1u30",
        "Datum: 3 december 2026, Tijd: 19.30 uur, Duur: 90 min",
        "Datum: 3 december 2026; Aanvang: 19.30 uur; Duur: 1,5 uur",
    ],
)
def test_facts_without_a_colon_or_several_on_a_line(facts):
    plan = read_plan(f"Gids helpdesk\n{facts}\n\nWelkom (10 min)\n1. Wie bent u?\n")
    assert (plan.title, plan.starts_at, plan.planned_min) == ("Gids helpdesk", "2026-12-03T19:30", 90)
    assert [item.text for item in plan.guide] == ["Welkom", "Wie bent u?"]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        (
            "Start 19:30\nKennismaking 19:40\n1. Wie bent u?\nSlot 20:00\n2. Nog iets?\n",
            ["Start", "Kennismaking", "Slot"],
        ),
        ("# Start 10 min\n1. Wie bent u?\n", ["Start"]),
        ("# Kern (5 min)\n1. Wat?\nDuur 90 min is te lang?\n", ["Kern"]),
    ],
)
def test_what_only_looks_like_a_fact_stays_in_the_guide(text, sections):
    plan = read_plan(text)
    assert [item.text for item in plan.sections] == sections
    assert (plan.starts_at, plan.planned_min) == (None, None)
