"""Pictures and boards are kept as they are, whatever their names say."""

from datetime import UTC, datetime

import pytest

from kring.imports.formats.boards import BOARD, PICTURE, media_type_of, moment_in
from kring.imports.parsed import Attached, Clock
from kring.imports.recognise import recognised
from kring.imports.source import Source
from kring.system.text_files import Unreadable

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40 + b"\xff\xd9"
SVG = b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- Miro -->\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'
PDF = b"%PDF-1.7\n" + b"x" * 3000 + b"\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (b"GIF89a" + b"\0" * 20, "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0", "image/heic"),
        (SVG, "image/svg+xml"),
        (PDF, "application/pdf"),
    ],
)
@pytest.mark.parametrize("name", ["bord.png", "bord.txt", "bord"])
def test_a_picture_is_told_by_its_first_bytes(content: bytes, media_type: str, name: str) -> None:
    source = Source(name, content)
    assert recognised(source) is PICTURE
    assert PICTURE.read(source).attached == (Attached(line=1, name=name, media_type=media_type),)


@pytest.mark.parametrize("content", [PNG[:-5], JPEG[:-9], PDF[:-2000]])
def test_a_picture_that_was_cut_off_is_kept_and_said(content: bytes) -> None:
    assert [str(one) for one in PICTURE.read(Source("bord.png", content)).warnings] == [
        "The end of this file is missing: it may not open. It is kept as it is."
    ]
    assert PICTURE.read(Source("bord.png", PNG)).warnings == ()


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("IMG_20260316_191204.jpg", "16-03-2026 19:12:04"),
        ("PXL_20260316_181204123.jpg", "16-03-2026 18:12:04"),
        ("Screenshot 2026-03-16 at 19.12.04.png", "16-03-2026 19:12:04"),
        ("Schermafbeelding 2026-03-16 om 19.12.04.png", "16-03-2026 19:12:04"),
        ("WhatsApp Image 2026-03-16 at 19.12.04 (1).jpeg", "16-03-2026 19:12:04"),
        ("Miro bord 2026-03-16 19h12.pdf", "16-03-2026 19:12:00"),
        ("bord.png", None),
        ("bord 2026.png", None),
        ("20261399_256199.png", None),
        ("20260316.png", None),
    ],
)
def test_the_name_of_a_file_may_say_when(name: str, moment: str | None) -> None:
    at = moment_in(name)
    assert (at and datetime.fromtimestamp(at / 1000, UTC).strftime("%d-%m-%Y %H:%M:%S")) == moment


def test_on_which_clock_a_picture_says_when() -> None:
    clocks = [
        PICTURE.read(Source(name, PNG)).clock
        for name in ("a.png", "IMG_20260316_191204.jpg", "PXL_20260316_181204.jpg")
    ]
    assert clocks == [Clock.NONE, Clock.WALL, Clock.UTC]


@pytest.mark.parametrize(
    "text",
    [
        "Id,Type,Text,BG Color,Position X,Position Y\n1,Sticky,te duur,#FFD966,120,40\n2,Sticky,traag,#FFD966,130,90\n",
        "Tekst,x,y\nte duur,120.5,40\nte traag,130,90\n",
        "Tekst;Kleur\nte duur;#ffd966\nte traag;#ffd966\n",
    ],
)
def test_a_board_that_was_saved_as_a_table_is_kept(text: str) -> None:
    source = Source("bord.csv", text.encode())
    assert recognised(source) is BOARD
    board = BOARD.read(source)
    assert board.attached == (Attached(line=1, name="bord.csv", media_type="text/csv"),)
    assert [str(one).partition(".")[0] for one in board.warnings] == ["Rows of cards in it: 2"]


@pytest.mark.parametrize(
    "content", [b"<html><svg></svg></html>", b"hello", b"", b"<!---->" * 500, b"RIFF\x10\0\0\0WAVEfmt "]
)
def test_what_is_no_picture_is_none(content: bytes) -> None:
    assert media_type_of(content) == ""
    with pytest.raises(Unreadable, match="no picture"):
        PICTURE.read(Source("x", content))


@pytest.mark.parametrize(
    "text",
    [
        "Sticky note,Color,Author\nMeer groen,yellow,Anna\nMinder auto's,pink,Piet\n",
        "Sticky note;Color\nMeer groen;yellow\n",
        "ID,TYPE,TEXT,AREA,AUTHOR,URL\n1,Sticky note,Meer groen,Idee,Anna,x\n2,Sticky note,Minder,Idee,Piet,x\n",
        "ID,TYPE,TEXT,AREA,AUTHOR,LAST UPDATED\n1,Sticky note,Meer groen,,Anna,2026-03-16 19:12\n",
        "Mijn bord,\nNotitie,Kleur,Auteur\nMeer groen,geel,Anna\n",
    ],
)
def test_cards_are_told_by_their_headings(text: str) -> None:
    assert recognised(Source("bord.csv", text.encode())) is BOARD


@pytest.mark.parametrize("heading", ["Text", "Type", "Author", "Kleur"])
def test_a_questionnaire_with_one_such_heading_is_no_board(heading: str) -> None:
    text = f"ID,{heading},Wat vond u ervan?\n1,x,Goed\n2,y,Matig\n3,z,Goed\n"
    assert recognised(Source("vragen.csv", text.encode())).name == "survey"
