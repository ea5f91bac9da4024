"""Word files: what comes of one, what is left out, and what no file may do."""

import io
import sys
import time
import tracemalloc
import zipfile

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.domain.text import KringError
from kring.plans.plan_reader import read_outline
from kring.plans.word import package as word_package
from kring.plans.word.guide import MOST_PARAGRAPHS, word_guide
from kring.system.text_files import Unreadable
from plans.test_writer import HOSTILE, TAKEN, all_words, words


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def add(document, xml):
    """Put raw WordprocessingML before the section properties, as Word itself would have written it."""
    element = parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))
    document.element.body.insert(len(document.element.body) - 1, element)


def read(document):
    guide = word_guide(saved(document), "gids.docx")
    return read_outline(guide.lines, "gids.docx", is_foreign=True).plan, [str(warning) for warning in guide.warnings]


def shown(plan):
    return [(item.kind, item.text) for item in plan.guide]


def with_part(content, name, change):
    """Return a package in which one part is another."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return file.getvalue()


def refusal(content, name="gids.docx"):
    with pytest.raises(Unreadable) as refused:
        word_guide(content, name)
    assert refused.value.__cause__ is None
    assert "gids.docx" in str(refused.value)
    return str(refused.value)


@pytest.fixture
def guide():
    document = Document()
    document.add_heading("Gids over sparen", 0)
    document.add_paragraph("Doel: begrijpen waarom punten verlopen")
    document.add_heading("1. Welkom (8 min)", 1)
    document.add_paragraph("Iedereen zegt hardop ja")
    document.add_paragraph("☐ opname loopt")
    document.add_paragraph("Wie bent u?", "List Number")
    document.add_paragraph("hoe lang lid", "List Bullet")
    document.add_heading("Concepten (25 min)", 1)
    document.add_paragraph("Wat ziet u?", "List Number")
    document.add_paragraph().add_run("stilte laten vallen").italic = True
    document.add_paragraph("[geef de kaart]")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Stimulus", "Bestand", "Kaart A", "a.png"), strict=True):
        cell.text = text
    return document


def test_a_guide_in_word_becomes_a_plan(guide):
    plan, warnings = read(guide)
    assert (plan.title, plan.objective) == ("Gids over sparen", "begrijpen waarom punten verlopen")
    assert shown(plan) == [
        ("section", "Welkom"),
        ("instruction", "Iedereen zegt hardop ja"),
        ("question", "Wie bent u?"),
        ("probe", "hoe lang lid"),
        ("section", "Concepten"),
        ("question", "Wat ziet u?"),
        ("instruction", "stilte laten vallen"),
        ("instruction", "geef de kaart"),
        ("stimulus", "Kaart A"),
    ]
    assert [section.planned_s for section in plan.sections] == [480, 1500]
    assert [check.text for check in plan.checks] == ["opname loopt"]
    assert warnings == []


def test_the_styles_of_a_dutch_word_and_those_based_on_them_are_known():
    document = Document()
    heading = document.styles["Heading 1"]
    heading.element.set(qn("w:styleId"), "Kop1")
    own = document.styles.add_style("Onderdeel", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = heading
    document.add_paragraph("Welkom", "Heading 1")
    document.add_paragraph("Wie bent u?", "List Number")
    document.add_paragraph("Kern", "Onderdeel")
    plan, _ = read(document)
    assert shown(plan) == [("section", "Welkom"), ("question", "Wie bent u?"), ("section", "Kern")]


def test_lists_are_known_by_how_they_count():
    document = Document()
    numbering = document.part.numbering_part.element
    for number, (form, sign) in enumerate([("decimal", "%1."), ("bullet", "-"), ("bullet", "☐"), ("lowerLetter", "")]):
        level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/></w:lvl>'
        xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{90 + number}">{level}</w:abstractNum>'
        numbering.insert(0, parse_xml(xml))
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{90 + number}"><w:abstractNumId w:val="{90 + number}"/></w:num>')
        )
    document.add_heading("Kern", 1)
    for number, text in ((90, "Wat?"), (91, "vraag door"), (93, "en verder"), (92, "opname loopt"), (90, "Waarom?")):
        listed = f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        add(document, f"<w:p>{listed}<w:r><w:t>{text}</w:t></w:r></w:p>")
    plan, _ = read(document)
    assert shown(plan)[1:] == [
        ("question", "Wat?"),
        ("probe", "vraag door"),
        ("probe", "en verder"),
        ("question", "Waarom?"),
    ]
    assert [check.text for check in plan.checks] == ["opname loopt"]


def test_tracked_changes_are_accepted(guide):
    deleted = "<w:del><w:r><w:delText>duur</w:delText></w:r></w:del>"
    add(guide, f"<w:p><w:r><w:t>Prijs is </w:t></w:r>{deleted}<w:ins><w:r><w:t>laag</w:t></w:r></w:ins></w:p>")
    add(guide, "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>een </w:t></w:r></w:p>")
    add(guide, "<w:p><w:r><w:t>alinea</w:t></w:r></w:p>")
    plan, warnings = read(guide)
    assert shown(plan)[-2:] == [("instruction", "Prijs is laag"), ("instruction", "een alinea")]
    assert warnings == ["Tracked changes are read as accepted (3)."]


def test_text_with_a_line_through_it_is_left_out_and_named(guide):
    guide.add_paragraph("", "List Number").add_run("Wat kost het?").font.strike = True
    guide.add_paragraph("Wat wilt u? ", "List Number").add_run("En waarom?").font.double_strike = True
    plan, warnings = read(guide)
    asked = [item.text for item in plan.questions]
    assert "Wat wilt u?" in asked
    assert not any("kost" in text or "waarom" in text for text in asked)
    assert [one for one in warnings if "line through it" in one] == [
        "Left out, with a line through it: Wat kost het?",
        "Left out, with a line through it: En waarom?",
    ]


def test_hidden_text_is_left_out_and_named(guide):
    add(guide, "<w:p><w:r><w:t>Zichtbaar</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> geheim</w:t></w:r></w:p>")
    add(guide, '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>ook zichtbaar</w:t></w:r></w:p>')
    plan, warnings = read(guide)
    assert shown(plan)[-2:] == [("instruction", "Zichtbaar"), ("instruction", "ook zichtbaar")]
    assert warnings == ["Hidden text is left out (1)."]


def test_text_boxes_comments_and_footnotes_are_named_and_not_read(guide):
    box = "<w:txbxContent><w:p><w:r><w:t>in een kader</w:t></w:r></w:p></w:txbxContent>"
    add(guide, f"<w:p><w:r><w:t>Naast </w:t></w:r><w:r><w:pict>{box}</w:pict></w:r></w:p>")
    add(guide, "<w:p><w:r><w:t>met</w:t></w:r><w:r><w:commentReference/></w:r><w:r><w:footnoteReference/></w:r></w:p>")
    add(guide, "<w:p><w:r><w:drawing/></w:r></w:p>")
    plan, warnings = read(guide)
    assert not any("kader" in text for _, text in shown(plan))
    assert [warning.partition(" are")[0] for warning in warnings] == [
        "Text boxes",
        "Pictures",
        "Comments",
        "Footnotes and endnotes",
    ]


def test_content_controls_links_and_their_boxes_are_read(guide):
    run = "<w:r><w:t>{}</w:t></w:r>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run.format('☐')}</w:sdtContent></w:sdt>"
    add(guide, f"<w:p>{control}{run.format(' camera aan')}</w:p>")
    linked = f"<w:hyperlink>{run.format('de link')}</w:hyperlink>"
    add(guide, f"<w:sdt><w:sdtContent><w:p>{linked}</w:p></w:sdtContent></w:sdt>")
    plan, _ = read(guide)
    assert [check.text for check in plan.checks][-1] == "camera aan"
    assert shown(plan)[-1] == ("instruction", "de link")


def test_a_merged_cell_is_read_once():
    document = Document()
    document.add_heading("Kern", 1)
    table = document.add_table(3, 2)
    texts = ("Tijd", "Vraag", "5 min", "Wat?", "", "Waarom?")
    for cell, text in zip(table._cells, texts, strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    plan, _ = read(document)
    assert [(question.text, question.planned_s) for question in plan.questions] == [("Wat?", 300), ("Waarom?", None)]


PARTS = st.lists(
    st.tuples(st.sampled_from(["Normal", "List Bullet", "Quote", "table"]), HOSTILE.map(lambda text: f"w {text}")),
    max_size=6,
)


@settings(max_examples=25)
@given(PARTS)
def test_every_word_of_the_file_is_in_the_plan(parts):
    document = Document()
    document.add_heading("Kern", 1)
    document.add_paragraph("Wat?", "List Number")
    for style, text in parts:
        if style == "table":
            document.add_table(1, 1).cell(0, 0).text = text
        else:
            document.add_paragraph(text, style)
    plan, warnings = read(document)
    assert {found for _, text in parts for found in words(text)} - TAKEN <= all_words(plan)
    assert warnings == []


def test_without_the_library_one_sentence_says_what_to_install(guide, monkeypatch):
    content = saved(guide)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(KringError, match="its extra word"):
        word_guide(content, "gids.docx")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"zomaar tekst", "damaged"),
        (b"", "damaged"),
        (b"PK\x03\x04 en dan niets", "damaged"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.textPK", "OpenDocument"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "old Word file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_is_no_word_file_is_one_sentence(content, says):
    assert says in refusal(content)


def test_a_zip_that_is_no_word_file_is_damaged():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("brief.txt", "hallo")
    assert "damaged" in refusal(file.getvalue())


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"])
@pytest.mark.parametrize("change", [lambda _: b"", lambda _: b"<a/>", lambda old: old[: len(old) // 2]])
def test_a_broken_part_is_a_sentence_or_does_not_matter(guide, part, change):
    content = with_part(saved(guide), part, change)
    try:
        said = " ".join(line.text for line in word_guide(content, "gids.docx").lines)
    except Unreadable as refused:
        said = str(refused)
    assert "damaged" in said or "Welkom" in said


def test_half_a_file_is_damaged(guide):
    content = saved(guide)
    assert "damaged" in refusal(content[: len(content) // 2])


def test_a_bomb_is_turned_away_before_it_is_unpacked(guide):
    bomb = with_part(saved(guide), "word/document.xml", lambda old: old + b" " * 15_000_000)
    tracemalloc.start()
    says = refusal(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "not read" in says
    assert most < 5_000_000


def test_too_much_xml_is_turned_away(guide, monkeypatch):
    monkeypatch.setattr(word_package, "LARGEST_XML", 1000)
    assert "larger than a discussion guide" in refusal(saved(guide))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_with_entities_is_turned_away(guide, encoding, tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim", "utf-8")

    def with_entity(old):
        text = old.decode("utf-8").split("?>", 1)[1].replace("Welkom", "&x;")
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'
        return f'{declared}<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}">]>{text}'.encode(encoding)

    assert "not read" in refusal(with_part(saved(guide), "word/document.xml", with_entity))


def test_ten_thousand_paragraphs_are_no_discussion_guide(guide):
    many = b"<w:p><w:r><w:t>nog een</w:t></w:r></w:p>" * 10_000
    content = with_part(saved(guide), "word/document.xml", lambda old: old.replace(b"<w:sectPr", many + b"<w:sectPr"))
    assert f"more than {MOST_PARAGRAPHS} paragraphs" in refusal(content)


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" + "<w:r><w:t>(5 min){}{}</w:t></w:r>" * 20_000 + "</w:p>",
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>en zo</w:t></w:r></w:p>" * 4_000,
        "<w:tbl><w:tr><w:tc>" * 60 + "<w:p><w:r><w:t>diep</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 60,
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>' * 2_000,
        "<w:sdt><w:sdtContent>" * 110 + "<w:p><w:r><w:t>diep</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * 110,
    ],
    ids=["one paragraph", "joined paragraphs", "tables in tables", "wide tables", "controls in controls"],
)
def test_a_file_that_is_made_to_take_long_takes_no_time(guide, body):
    numbered = body.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="ListNumber"/></w:pPr>', 1)
    content = with_part(
        saved(guide), "word/document.xml", lambda old: old.replace(b"<w:sectPr", numbered.encode() + b"<w:sectPr")
    )
    started = time.perf_counter()
    plan = read_outline(word_guide(content, "gids.docx").lines, "gids.docx").plan
    assert time.perf_counter() - started < 10, "linear reading takes under a second; anything quadratic takes minutes"
    assert plan.sections[0].text == "Welkom"


def test_more_text_than_a_plan_can_be_is_turned_away(guide):
    guide.add_paragraph("woord " * 100_000)
    assert "characters" in refusal(saved(guide))


def test_an_empty_document_says_so():
    assert "no text" in refusal(saved(Document()))


def test_styles_that_are_based_on_each_other_end(guide):
    for name, base in (("List Bullet", "ListNumber"), ("List Number", "ListBullet")):
        guide.styles[name].element.basedOn_val = base
    plan, _ = read(guide)
    assert "Wie bent u?" in [text for _, text in shown(plan)]


def test_a_damaged_picture_is_a_damaged_file_and_no_fault_of_kring(tmp_path):
    path = tmp_path / "gids.docx"
    Document().save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/thumbnail.jpeg"] = b"a picture" * 100
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    path.write_bytes(path.read_bytes().replace(b"a picture", b"A picture", 1))  # its checksum tells
    with pytest.raises(Unreadable, match="damaged"):
        word_guide(path.read_bytes(), path.name)
