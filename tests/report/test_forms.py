"""Whatever people wrote stays text: in the page, in Word and in Markdown."""

import hashlib
import re
import xml.etree.ElementTree as ET
from base64 import b64encode
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from exports.full_session import HOSTILE, full_material
from kring.domain.text import KringError
from kring.report.content import report_of
from kring.report.drawing import svg
from kring.report.drawing.charts import WIDTH, Bar, bars
from kring.report.drawing.svg import Rule, Words, width_of
from kring.report.html import page
from kring.report.markdown import plain, text
from kring.report.parts import Entry, Figure, Paragraph, Report, Section, Timeline
from kring.report.word.colours import GROUPS, INSIDE, SOFT
from kring.report.word.document import picture_of, written
from kring.system import i18n

MARKS = (
    *HOSTILE,
    '"><img src=x onerror=alert(1)>',
    "</script></style></svg><svg onload=alert(1)>",
    "</title></textarea>--><iframe src=https://example.org>",
    "{{ 7*7 }} {% raw %}",
    "[klik](javascript:alert(1)) ![x](https://example.org/x.png)",
    "# kop\n> citaat\n1. een\n- twee\n| a | b |\n***",
    "https://example.org www.example.org",
    "javascript:alert(1)",
)
OURS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "h1",
    "p",
    "nav",
    "ul",
    "li",
    "main",
    "section",
}
OURS |= {"h2", "h3", "dl", "div", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "desc"}
OURS |= {"article", "h4", "i", "q", "s", "strong"}
OURS |= {"figcaption", "svg", "path", "g", "text", "details", "summary", "blockquote", "span", "b", "bdi"}
OURS |= {
    "form",
    "article",
    "i",
    "q",
    "s",
    "strong",
    "label",
    "select",
    "option",
    "input",
    "button",
    "output",
    "footer",
    "script",
}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "aria-labelledby", "role"}
ATTRIBUTES |= {"tabindex", "aria-label", "scope", "viewbox", "x", "y", "width", "height", "stroke-width", "d", "dir"}
ATTRIBUTES |= {"title", "hidden", "value", "type", "autocomplete", "data-hint"}
ATTRIBUTES |= {"aria-live", "aria-hidden", "data-told", "data-s"}


class Outline(HTMLParser):
    """The tags, attributes, links and text of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.links, self.words = set(), set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)
        self.links.update(value for name, value in attrs if name in ("href", "src"))

    def handle_data(self, data):
        self.words.append(data)


def outline(html):
    found = Outline()
    found.feed(html)
    return found


@pytest.mark.parametrize("hostile", MARKS)
def test_the_page_has_no_tag_and_no_attribute_but_its_own(hostile):
    found = outline(page(report_of(full_material(hostile, name=hostile, with_names=True))))
    assert found.tags <= OURS
    assert found.attributes <= ATTRIBUTES
    assert all(link.startswith("#") for link in found.links)
    assert not any(mark in word for word in found.words for mark in "\x00\x1b\x85\u202e\ud800")


def test_the_page_says_what_was_written():
    hostile = '<b onclick="x">&amp; \'"</b>'
    assert hostile in "".join(outline(page(report_of(full_material(hostile)))).words)


def test_a_long_quote_is_there_in_full():
    report = report_of(full_material("é" * 10_000))
    assert "é" * 10_000 in page(report)
    assert "é" * 10_000 in text(report)
    assert any("é" * 10_000 in one.text for one in Document(BytesIO(written(report))).paragraphs)


def test_the_policy_allows_exactly_our_own_style_and_filter():
    html = page(report_of(full_material()))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1]
        digest = b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "style=" not in html
    assert "https://" not in html.replace("https://orcid", "")


def test_headings_tables_and_figures_can_be_read_aloud():
    html = page(report_of(full_material()))
    assert html.count("<table") == html.count("<caption")
    assert html.count('<svg viewBox="0 0') == html.count("<desc id=")
    assert html.count("role=img") == html.count("<desc id=")
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("hostile", MARKS)
def test_markdown_has_no_markup_of_people(hostile):
    told = plain(hostile)
    assert "\n" not in told
    assert told.isprintable() or not any(mark < " " for mark in told)
    assert not re.search(r"(?<!\\)[*_`<>\[\]|#~!$]", told)
    assert not re.match(r"\s*(\d+[.)]|[-+=])", told)
    assert not re.search(r"(?i)https?:|www\.", told)


@pytest.mark.parametrize("hostile", [" ".join(MARKS[first::6]) for first in range(6)])  # a file takes long to write
def test_the_word_file_holds_text_only(hostile):
    content = written(report_of(full_material(hostile, name=hostile)))
    with ZipFile(BytesIO(content)) as inside:
        for name in inside.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(inside.read(name))
        links = inside.read("word/_rels/document.xml.rels").decode()
    assert 'TargetMode="External"' not in links
    body = Document(BytesIO(content)).element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} <= marks


@pytest.mark.parametrize(("language", "tag"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_the_word_file_says_its_language_and_has_real_styles(language, tag):
    i18n.use(language)
    made = Document(BytesIO(written(report_of(full_material()))))
    assert made.core_properties.language == tag
    assert {each.get(qn("w:val")) for each in made.styles.element.iter(qn("w:lang"))} == {tag}
    styles = {each.style.name for each in made.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Quote", "Caption"} <= styles
    for table in made.tables:
        has_head = table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
        assert bool(table.rows[0]._tr.xpath("w:trPr/w:tblHeader")) == has_head
        kept = [row for row in table.rows[1:] if row._tr.xpath("w:trPr/w:cantSplit")]
        assert not kept  # LibreOffice leaves rows out of a table that goes on on a next page, where they can't be split
    assert "Report Table" in {table.style.name for table in made.tables}
    pictures = made.element.body.xpath(".//wp:docPr")
    assert len(pictures) >= 4
    assert all(len(picture.get("descr")) > 10 for picture in pictures)


def test_the_answer_has_the_first_page_and_stands_in_two_columns():
    made = Document(BytesIO(written(report_of(full_material()))))
    main, aside = made.tables[0].row_cells(0)
    assert "What it was about" in {line.text for line in aside.paragraphs}
    assert "Not asked" in {line.text for line in main.paragraphs}
    assert all(cell._tc[-1].tag == qn("w:p") for cell in (main, aside))  # else Word does not open it
    assert not made.element.body.xpath("w:tbl/following-sibling::*[1][self::w:tbl]")  # Word makes one of two that touch
    (contents,) = [line for line in made.paragraphs if line.text == "Contents"]
    assert contents.paragraph_format.page_break_before


def test_the_same_session_gives_the_same_bytes():
    one, other = (report_of(full_material()) for _ in range(2))
    assert page(one) == page(other)
    assert written(one) == written(other)


def test_word_and_markdown_tell_the_same(monkeypatch):
    report = report_of(full_material())
    made = Document(BytesIO(written(report)))
    headings = [each.text for each in made.paragraphs if each.style.name == "Heading 1"]
    told = re.findall(r"(?m)^## (.*)$", text(report))
    assert told == [section.title for section in report.sections]
    assert headings == [section.title for section in report.sections if not section.is_annex]


def test_without_the_libraries_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    with pytest.raises(KringError, match="its extra word"):
        written(Report("en", "", "", (), ""))


def test_a_drawing_with_hostile_words_stays_a_drawing():
    words = svg.Words(0, 10, '"><script>alert(1)</script>\x00\x1b')
    drawing = svg.Drawing(10, 10, (words,))
    alone = ET.fromstring(svg.alone(drawing, "", "<t>"))
    assert {each.tag.rpartition("}")[2] for each in alone.iter()} == {"svg", "title", "style", "text"}
    report = Report("en", "t", "", (Section("s", "s", (Figure("<t>", "<d>", drawing), Paragraph("<p>"))),), "")
    assert "<script>alert" not in page(report)


@pytest.mark.parametrize(
    ("value", "told"),
    [(1, "1"), (1.04, "1"), (-0.01, "0"), (-1.25, "-1.2"), (10, "10"), (0.5, ".5"), (-0.5, "-.5"), (10.5, "10.5")],
)
def test_numbers_are_short(value, told):
    assert svg.n(value) == told


def test_a_line_of_the_timeline_costs_little_more_than_its_text():
    entry = Entry("1:02:03", "19:30:00", "turn", "Turn", "P1", "2.1", "0:12")
    few, many = (
        page(Report("en", "", "", (Section("s", "s", (Timeline("", (), (), (), (), (entry,) * n),)),), ""))
        for n in (1, 101)
    )
    assert (len(many) - len(few)) / 100 <= len("".join(entry.cells)) + len("<tr><td><td><td><td><td><td>\n")


def test_marks_of_one_look_are_one_element():
    marks = (svg.Box(0, 0, 2, 1, "bar"), svg.Rule(1, 0, 1, 9, "tick"), svg.Box(4, 0, 0.5, 1, "bar"))
    drawn = svg.marks(svg.Drawing(10, 10, (*marks, svg.Words(1, 2, "<P1>", "end"), svg.Words(1, 3, "P2", "end"))))
    assert drawn == (
        '<path class="bar" d="M0 0h2v1h-2zM4 0h.5v1h-.5z"/><path class="tick" d="M1 0V9"/>'
        '<g class="end"><text x="1" y="2">&lt;P1&gt;</text><text x="1" y="3">P2</text></g>'
    )


def test_what_is_written_in_a_chart_stays_in_it_and_off_its_line():
    rows = [Bar("P1", 0.33, "33 %"), Bar("P2", 0.32, "32 %"), Bar("P3", 0.1, "10 %")]
    drawing = bars(rows, mark=(1 / 3, "equal share 33 %"))
    words = [mark for mark in drawing.marks if isinstance(mark, Words)]
    ends = [mark.x + width_of(mark.text) * {"start": 1, "middle": 0.5, "end": 0}[mark.anchor] for mark in words]
    assert max(ends) <= WIDTH
    (line,) = [mark for mark in drawing.marks if isinstance(mark, Rule)]
    told = [mark for mark in words if mark.text.endswith("%") and mark.text[0].isdigit()]
    assert all(not mark.x < line.x1 < mark.x + width_of(mark.text) for mark in told)


LOOKS = files("kring.report").joinpath("assets", "report.css").read_text("utf-8")


def colours(block):
    found = re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", block)
    return {
        name: colour if len(colour) == 7 else f"#{''.join(2 * digit for digit in colour[1:])}" for name, colour in found
    }


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("place", [0, 1])
def test_every_text_is_read_at_four_and_a_half_to_one_on_what_it_stands_on(place):
    light, dark = (colours(block) for block in re.findall(r":root \{([^}]+)\}", LOOKS)[:2])
    look = (light, light | dark)[place]
    groups = [f"g{n}" for n in range(6)]
    pairs = [(text, paper) for text in ("ink", "soft", "link", "note") for paper in ("paper", "wash")]
    pairs += [("inside", group) for group in groups] + [(group, "paper") for group in groups]
    pairs += [("ink", "tone1"), ("ink", "tone2"), ("on-dark", "tone3"), ("on-dark", "tone4")]
    low = {pair: round(contrast(look[pair[0]], look[pair[1]]), 2) for pair in pairs}
    assert {pair: value for pair, value in low.items() if value < 4.5} == {}


@pytest.mark.parametrize("colour", GROUPS.values())
def test_a_box_in_word_is_read_at_four_and_a_half_to_one(colour):
    assert contrast(f"#{colour}", f"#{INSIDE}") >= 4.5
    assert contrast(f"#{SOFT}", "#FFFFFF") >= 4.5


def test_a_drawing_for_word_has_letters_without_any_on_the_machine():
    words = svg.Words(0, 20, "P1 spreekt · ▲")
    drawn = [svg.Drawing(200, 30, marks) for marks in ((), (words,))]
    empty, full = (picture_of(Figure("t", "d", one)) for one in drawn)
    assert full != empty
    assert not svg.has_foreign_letters(drawn[1])
    assert svg.has_foreign_letters(svg.Drawing(1, 1, (svg.Words(0, 1, "李"),)))


def test_the_timeline_is_in_word_only_where_it_was_asked_for():
    for wanted in (False, True):
        made = Document(BytesIO(written(report_of(full_material(), with_annexes=wanted))))
        assert ("Timeline" in [each.text for each in made.paragraphs]) is wanted


def test_the_contents_of_a_word_file_lead_to_every_title():
    report = report_of(full_material())
    body = Document(BytesIO(written(report))).element.body
    links = ["".join(link.itertext()) for link in body.iter(qn("w:hyperlink"))]
    titles = [
        title for one in report.sections if not one.is_annex for title in (one.title, *(p.title for p in one.parts))
    ]
    assert [any(title in link for link in links) for title in titles] == [True] * len(titles)


def test_a_quote_and_its_line_in_the_timeline_point_at_each_other():
    html = page(report_of(full_material()))
    (there,) = set(re.findall(r'<figure id="(q-[^"]+)"', html))
    line = there.replace("q-", "t-", 1)
    assert f'<tr id="{line}"' in html
    assert f'href="#{line}"' in html
    assert f'href="#{there}"' in html
    assert f'href="#{line}"' not in page(report_of(full_material(), "client"))
