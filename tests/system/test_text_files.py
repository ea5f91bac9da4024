"""Bytes become text whatever wrote them; only what is no text is refused."""

import os

import pytest

from kring.system.text_files import LARGEST_TEXT, Unreadable, decoded, read_text, rows_of

TEXT = "Café, één, € – “ja”\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big", "little without mark", "big without mark"],
)
def test_encodings_are_told_apart_without_a_word(content):
    assert decoded(content, "a.md") == (TEXT, ())


def test_windows_text_is_read_and_told():
    found = decoded(TEXT.encode("cp1252"), "a.md")
    assert found.text == TEXT
    assert "Windows-1252" in str(found.warnings[0])


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04rest", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00", b"{\\rtf1", bytes(range(256)) * 50],
)
def test_what_is_no_text_is_refused_with_a_sentence(content):
    with pytest.raises(Unreadable, match=r"a\.md"):
        decoded(content, "a.md")


def test_a_stray_control_is_still_a_text():
    assert decoded(b"# Welkom\x00\x1b[31m\n", "a.md").text == "# Welkom\x00\x1b[31m\n"


def test_an_empty_file_is_a_text():
    assert decoded(b"", "a.md") == ("", ())


def test_size_is_limited_in_characters(tmp_path):
    file = tmp_path / "groot.md"
    file.write_text("é" * LARGEST_TEXT, "utf-8")
    assert len(read_text(file).text) == LARGEST_TEXT
    file.write_text("é" * (LARGEST_TEXT + 1), "utf-8")
    with pytest.raises(Unreadable, match=str(LARGEST_TEXT)):
        read_text(file)


def test_what_cannot_be_opened_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(Unreadable, match="not there"):
        read_text(tmp_path / "weg.md")
    with pytest.raises(Unreadable, match="folder"):
        read_text(tmp_path)
    os.mkfifo(tmp_path / "pijp")
    with pytest.raises(Unreadable, match="ordinary"):
        read_text(tmp_path / "pijp")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators_are_told_apart(separator):
    text = separator.join(["code", "naam", "groep"]) + "\n" + separator.join(["P1", '"Vries; Joke, de"', "a"])
    assert rows_of(text) == [(1, ["code", "naam", "groep"]), (2, ["P1", "Vries; Joke, de", "a"])]


def test_lines_are_those_of_the_file_and_sep_is_obeyed():
    assert rows_of('sep=;\r\na;b\r\n"twee\r\nregels";c\r\nd;e,f\r\n') == [
        (2, ["a", "b"]),
        (3, ["twee\nregels", "c"]),
        (5, ["d", "e,f"]),
    ]


def test_a_cell_of_any_length_is_read():
    rows = rows_of("naam;groep\n" + '"' + "a" * 200_000)
    assert rows[0] == (1, ["naam", "groep"])
    assert len(rows) == 2


def test_a_quotation_mark_that_is_not_closed_takes_no_rows() -> None:
    assert rows_of('a;b\nc;"d\ne;f\n') == [(1, ["a", "b"]), (2, ["c", '"d']), (3, ["e", "f"])]


def test_inches_in_a_cell_do_not_hide_the_separator() -> None:
    assert rows_of('Title;11" tall\nName;Role\nA, b;c\nD, e;f\n')[2] == (3, ["A, b", "c"])
