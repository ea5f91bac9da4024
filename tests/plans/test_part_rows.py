"""Rows of a table above its questions: `Blok 2 | Welkom`, a title over the whole width, a word in no place."""

import io
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from kring.plans.guide_file import read_guide_file
from kring.plans.plan_reader import read_outline, read_plan

Rows = list[list[str]]


def guide(plan) -> list[str]:
    """Return the sections with their minutes, and below each its questions."""
    found = []
    for item in plan.guide:
        if item.kind in ("section", "break"):
            minutes = f" ({item.planned_s // 60})" if item.planned_s else ""
            found.append(f"# {item.text}{minutes}")
        elif item.kind == "question":
            found.append(item.text)
    return found


def in_markdown(rows: Rows, _wide: list[int], _folder: Path):
    wide = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (wide - len(row))) + " |" for row in rows]
    return read_plan("\n".join([lines[0], "|---" * wide + "|", *lines[1:]]))


def as_copied(rows: Rows, _wide: list[int], _folder: Path):
    return read_plan("\n".join("\t".join(row) for row in rows))


def in_word(rows: Rows, wide: list[int], folder: Path):
    document, width = Document(), max(map(len, rows))
    table = document.add_table(len(rows), width)
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    for place in wide:
        table.cell(place, 0).merge(table.cell(place, width - 1))
    file = io.BytesIO()
    document.save(file)
    return in_file(file, folder / "g.docx")


def in_excel(rows: Rows, wide: list[int], folder: Path):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place in wide:
        book.active.merge_cells(start_row=place + 1, start_column=1, end_row=place + 1, end_column=max(map(len, rows)))
    file = io.BytesIO()
    book.save(file)
    return in_file(file, folder / "g.xlsx")


def in_file(file: io.BytesIO, path: Path):
    path.write_bytes(file.getvalue())
    found = read_guide_file(path)
    return read_outline(found.lines, path.name, is_foreign=found.is_foreign).plan


WAYS = [in_markdown, as_copied, in_word, in_excel]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        (["Blok 1", "Welkom", "10 min"], ["Blok 2", "Kern", "20"], ""),
        (["Deel A: Welkom", "", "10 min"], ["Deel B: Kern", "", "20 min"], ""),
        (["Blok 1 – Welkom 10'"], ["Blok 2 – Kern 20'"], ""),
        (["Section 1", "Welkom (10 min)"], ["Section 2", "Kern (20 min)"], ""),
        (["Thema 1", "Welkom", "10 min"], ["Thema 2", "Kern", "20 min"], "Thema {}: "),
        (["Ronde I", "Welkom", "10 min"], ["Ronde II", "Kern", "20 min"], ""),
    ],
)
def test_a_row_with_the_number_of_a_part_opens_it(way, first, second, title, tmp_path):
    rows = [
        ["Nr", "Vraag", "Tijd"],
        first,
        ["1", "Wie bent u?"],
        ["2", "Waar woont u?"],
        second,
        ["1", "Wat ging goed?"],
    ]
    assert guide(way(rows, [], tmp_path)) == [
        f"# {title.format(1)}Welkom (10)",
        "Wie bent u?",
        "Waar woont u?",
        f"# {title.format(2)}Kern (20)",
        "Wat ging goed?",
    ]


@pytest.mark.parametrize("way", WAYS)
def test_without_a_header_too_and_its_words_stay_where_nothing_says_what_they_are(way, tmp_path):
    rows = [["Blok 1", "Welkom"], ["Q1", "Wie bent u?", "gezin"], ["Blok 2", "Pauze", "10 min"], ["Blok 3", "Slot"],
            ["Q2", "Wat vergaten we?"]]  # fmt: skip
    plan = way(rows, [], tmp_path)
    assert guide(plan) == ["# Welkom", "Wie bent u?", "# Pauze (10)", "# Slot", "Wat vergaten we?"]
    assert [item.kind for item in plan.sections] == ["section", "break", "section"]
    assert "gezin" in [item.text for item in plan.guide]


@pytest.mark.parametrize("way", [in_word, in_excel])
@pytest.mark.parametrize("header", [["Vraag", "Doorvraag", "Tijd"], ["Nr", "Vraag", "Tijd"], ["Tijd", "Vraag", "Doel"]])
def test_a_title_as_wide_as_the_table_opens_a_part(way, header, tmp_path):
    asked = [
        "" if name in ("Doorvraag", "Doel") else {"Nr": "1", "Tijd": "5 min"}.get(name, "Wie bent u?")
        for name in header
    ]
    rows = [header, ["Kennismaking"], asked, ["Ervaringen met de app"], asked]
    found = guide(way(rows, [1, 3], tmp_path))
    assert [line.partition(" (")[0] for line in found] == [
        "# Kennismaking", "Wie bent u?", "# Ervaringen met de app", "Wie bent u?",
    ]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_words_among_the_numbers_are_never_lost(way, tmp_path):
    rows = [
        ["Nr", "Vraag"],
        ["WELKOM"],
        ["1", "Wie bent u?"],
        ["A. Ervaringen"],
        ["2", "Wat ging goed?"],
        ["Let op: camera aan"],
    ]
    plan = way(rows, [], tmp_path)
    assert guide(plan) == ["# WELKOM", "Wie bent u?", "# Ervaringen", "Wat ging goed?"]
    assert any("camera aan" in item.text for item in plan.guide)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("asked", ["Vertel over uzelf.", "Vertel eens over uzelf", "Wie bent u?"])
def test_a_question_beside_a_number_is_asked(way, asked, tmp_path):
    rows = [["Blok", "Vraag"], ["Blok 1", asked], ["Blok 2", "Wat ging goed?"]]
    assert guide(way(rows, [], tmp_path)) == ["# Blok 1", asked, "# Blok 2", "Wat ging goed?"]


@pytest.mark.parametrize("way", WAYS)
def test_a_part_above_sections_of_its_own_is_a_remark(way, tmp_path):
    rows = [["Tijd", "Onderdeel", "Vraag"], ["Blok 1", "Welkom"], ["10 min", "Intro", "Wie bent u?"]]
    plan = way(rows, [], tmp_path)
    assert guide(plan) == ["# Intro (10)", "Wie bent u?"]
    assert plan.guide[0].text == "Blok 1: Welkom"


@pytest.mark.parametrize("way", WAYS)
def test_a_time_of_day_beside_a_length_and_numbers_of_two_parts(way, tmp_path):
    rows = [
        ["Tijd", "Duur", "Onderdeel", "Vraag"],
        ["19:30", "10", "Welkom", "Wie bent u?"],
        ["19:40", "5", "Slot", "Tips?"],
    ]
    assert guide(way(rows, [], tmp_path)) == ["# Welkom (10)", "Wie bent u?", "# Slot (5)", "Tips?"]
    rows = [["Deel 1", "Welkom"], ["1.1", "Wie bent u?"], ["Deel 2", "Slot"], ["2.1", "Tips?"]]
    assert guide(way(rows, [], tmp_path)) == ["# Welkom", "Wie bent u?", "# Slot", "Tips?"]
