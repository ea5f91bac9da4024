"""The format of a file is told by its structure, or named; a file of none ends in a sentence."""

import io

import pytest
import xlsxwriter

from kring.domain.text import KringError
from kring.imports import recognise
from kring.imports.parsed import Clock, Parsed
from kring.imports.source import Format, Source
from kring.system.text_files import Unreadable


def _format(name: str, sign: str) -> Format:
    return Format(name, lambda source: sign in source.text, lambda source: Parsed(format=name, clock=Clock.NONE))


@pytest.fixture(autouse=True)
def formats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "FORMATS", (_format("stricter", "abc"), _format("looser", "a")))


def test_the_first_format_that_recognises_a_file_reads_it() -> None:
    assert recognise.read(Source("x.txt", b"abc")).format == "stricter"
    assert recognise.read(Source("x.txt", b"a")).format == "looser"


def test_a_named_format_reads_it_whatever_it_looks_like() -> None:
    assert recognise.read(Source("x.txt", b"abc"), "Looser ").format == "looser"


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(KringError, match="There is no format teams; there are: stricter, looser"):
        recognise.read(Source("x.txt", b"abc"), "teams")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "x.txt is empty"), (b" \r\n\t", "x.txt is empty"), (b"hello", "x.txt has a form that kring doesn't know")],
)
def test_a_file_of_no_format_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        recognise.read(Source("x.txt", content))


def test_a_workbook_of_no_format_is_not_told_to_be_no_text() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet().write_row(0, 0, ["Naam", "Aanwezig"])
    with pytest.raises(Unreadable, match="has a form that kring doesn't know"):
        recognise.read(Source("x.xlsx", content.getvalue()))
