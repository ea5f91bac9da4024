"""Tables in web pages, which many programs call `.xls`: what they hold, and that nothing in them is believed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.imports import recognise
from kring.imports.source import Source
from kring.system.office.web_tables import holds_tables, tables_in_page
from kring.system.text_files import Unreadable

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><title>Lijst</title>
<style><!-- td {color: red} --></style><!--[if gte mso 9]><xml><x:Name>Blad1</x:Name></xml><![endif]--></head><body>
<table border=1><tr><th colspan=2>Groep 1</th></tr>
<tr><td>Naam<td>Aankomst<td>Vertrek
<tr><td rowspan="2">Zo&euml; &amp; Bo</td><td>19:25</td><td>21:00</td></tr><tr><td>21:05</td><td>21:10</td></tr>
<tr><td></td></tr><tr><td>An<br>Smit</td><td><p>19:30</p></td><td>20:40
</table><table><tr><td></td></tr></table></body></html>"""


def test_the_tables_of_a_page_are_sheets() -> None:
    (sheet,) = tables_in_page(PAGE, "lijst.xls")
    assert [cells for _number, cells in sheet.rows] == [
        ["Groep 1", ""],
        ["Naam", "Aankomst", "Vertrek"],
        ["Zoë & Bo", "19:25", "21:00"],
        ["Zoë & Bo", "21:05", "21:10"],
        ["An\nSmit", "19:30", "20:40"],
    ]


@pytest.mark.parametrize("name", ["lijst.xls", "lijst.html", "lijst.csv"])
def test_who_came_in_a_page_comes_in(name: str) -> None:
    rows = "<tr><td>{}<td>{}<td>{}"
    told = [("Naam", "Aankomst", "Vertrek"), ("Joke", "19:25", "21:00"), ("Tom", "19:30", "20:40")]
    page = f"<meta charset=utf-8><table>{''.join(rows.format(*one) for one in told)}</table>"
    parsed = recognise.read(Source(name, page.encode(), date(2026, 12, 3)))
    assert [(one.person, one.joined_ms) for one in parsed.stays] == [("Joke", 69_900_000), ("Tom", 70_200_000)]


def test_a_text_with_a_table_in_it_is_no_page() -> None:
    assert not holds_tables(b"Naam;<table>\nJoke;<td>\n")


def test_a_row_takes_no_more_room_than_its_cells_ask_for_in_earnest() -> None:
    (sheet,) = tables_in_page(f"<table><tr>{'<td colspan=400>x' * 1000}", "lijst.xls")
    assert len(sheet.rows[0][1]) < 1500


def test_a_page_with_more_than_a_workbook_may_hold_is_refused_and_loses_no_row_unsaid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kring.system.office.web_tables.MOST_CELLS", 20)
    page = "<table>{}</table>"
    assert len(tables_in_page(page.format("<tr><td>a<td>b" * 10), "lijst.xls")[0].rows) == 10
    with pytest.raises(Unreadable):
        tables_in_page(page.format("<tr><td>a<td>b" * 11), "lijst.xls")


@given(st.text("<>!/[]-&;=\"' \nabtdrhcolspanw123", max_size=200))
def test_a_page_with_whatever_marks_is_read_or_is_none(text: str) -> None:
    for sheet in tables_in_page(f"<table><tr><td>{text}", "lijst.xls"):
        assert all(cells for _number, cells in sheet.rows)
