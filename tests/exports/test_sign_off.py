"""The guide in Word: what a client reads in it, and that a plan comes back whatever was written in it since."""

import io
import re
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st

from kring.cli.main import main
from kring.exports.sign_off.lines import guide_lines
from kring.exports.sign_off.styles import add_styles
from kring.exports.sign_off.written import written
from kring.plans.file import read_plan_file
from kring.plans.plan_reader import read_outline, read_plan
from kring.plans.word.blocks import WordBody
from kring.plans.word.guide import word_guide
from kring.plans.word.own import bookmarks_of, read_own
from kring.plans.writing import fragments
from kring.plans.writing.plan_text import plan_text
from kring.report.parts import Report
from kring.report.word.dress import dress
from kring.report.word.xml import element
from kring.system import i18n

SAMPLES = sorted((Path(__file__).parents[2] / "sessions").glob("*.md"))
PLAN = """---
titel: Sparen - groep 1
taal: nl
opdrachtgever: Kruidhof
onderzoeksvraag: Waarom verlopen punten?
start: 2026-12-03 19:30
duur: 90 min
link: https://zoom.example.org/j/77
telefoon assistent: 06-12345678
gespreksleider: Els
---
@zin prater: Dank u, en de anderen?
# Welkom (10 min)
> Fatima mag beginnen
> Begin bij Fatima; de gastheer bereikt u op 06-12345678.
- [ ] opname loopt
1. Wie bent u? {#wie}
   - en bij u? {#fatima}
# Pauze (10 min)
# Kern (20 min)
2. Wat vindt u van de prijs? ! {sleutel}
   - en verder {contrast}
   @peiling {multiple} Kaart: a; b
# Deelnemers
| code | naam | stoel |
| P1 | Fatima | 7 |
# Controlelijst
## Na afloop
- [ ] zaal opgeruimd
"""


class Everything:
    """Holds every style."""

    def __contains__(self, _name):
        return True


def shape(plan):
    """Return all that a guide says; a number that counts the questions is no code of the author's."""
    counted = {item.id: str(number) for number, item in enumerate(plan.questions, 1)}
    return [
        (item.id, item.kind, item.parent, item.text, item.question_kind, item.probe_kind, item.must_ask, item.planned_s,
         item.planned_low_s, item.until, item.warn_s, item.poll_kind, item.options, item.file, item.url,
         None if item.label == counted.get(item.id) else item.label)
        for item in plan.guide
    ]  # fmt: skip


def read_back(content):
    found = word_guide(content, "gids.docx")
    plan = read_outline(found.lines, "gids.docx", is_foreign=not found.is_own).plan
    return plan, [str(warning) for warning in found.warnings]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_plan_comes_back_from_word(path, language):
    plan = read_plan_file(path).plan
    i18n.use(language)
    back, warnings = read_back(written(plan, with_checks=True))
    assert shape(back) == shape(plan)
    facts = ("title", "objective", "study", "group", "form", "starts_at", "planned_min", "client", "moderator")
    assert [getattr(back, fact) for fact in facts] == [getattr(plan, fact) for fact in facts]
    assert {(check.phase, check.text, check.gate, check.consent, check.parts) for check in back.checks} == {
        (check.phase, check.text, check.gate, check.consent, check.parts) for check in plan.checks
    }
    assert (warnings, back.warnings) == ([], ())


@pytest.fixture(scope="module")
def parts():
    """The styles and lists of a guide, which are the same in every one."""
    document = docx.Document()
    dress(document, Report("nl", "gids", "", (), ""))
    add_styles(document, Everything())
    return document.styles.element, document.part.numbering_part.element


WORDS = st.lists(
    st.sampled_from(
        [
            *("Welkom", "Pauze", "Wat vindt u?", "(10 min)", "{sleutel}", "!", "*vet*", "a: b", "- x", "> y", "@poll"),
            *("# k", "1. a", "\\", "Doorvraag: y", "Opbrengst: z", "“citaat”", "12:30", "x; y", "0-10", "[cue]", "|"),
            *("Vraag 3:", "(verplicht)", "a.png", "Deelnemers", "Controlelijst", "contrast", "en"),
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
TIMES = st.sampled_from(
    ["", " (10 min)", " (20-25 min)", " (2,5 min)", " (100 s)", " (8 min, tot 20:30, let op 2 min)"]
)
KINDS = st.sampled_from(["", " !", " {sleutel}", " ! {overgang}", " {opening}", " {slot}", " {#kern}"])
NUMBERS = st.sampled_from(["1", "2", "V2", "A1"])
UNDER = st.sampled_from(["", "   "])
OTHERS = st.one_of(
    st.builds("- {}{}".format, WORDS.map(fragments.as_listed), st.sampled_from(["", " {contrast}", " {voorbeeld}"])),
    st.builds("> {}".format, WORDS.map(fragments.as_instruction)),
    st.builds("@peiling{} {}: {}".format, st.sampled_from(["", " {multiple}", " {schaal}"]),
              WORDS.map(fragments.as_part), st.sampled_from(["a; b", "0-10", "10-1", "ja", "1; 3", "a, b;"])),
    st.builds('@stimulus {}: "kaart {}" a.png'.format, st.just("A"), st.sampled_from(["x", "(y)", "!"])),
    st.builds("@opdracht kies {}{}".format, st.sampled_from(["een", "(wie)", "“x”"]), TIMES),
    st.sampled_from(["@subgroepen 2 (8 min)", "@opbrengst een moment; een reden", "@pauze koffie (5 min)",
                     "@whiteboard https://a.example/b", "@notitie let op de klok"]),
)  # fmt: skip
LINES = st.one_of(
    st.builds("# {}{}".format, WORDS.map(fragments.as_heading), TIMES),
    st.builds("{}. {}{}{}".format, NUMBERS, WORDS.map(fragments.as_question), TIMES, KINDS),
    st.builds("{}{}".format, UNDER, OTHERS),
)  # fmt: skip


@given(st.lists(LINES, max_size=12))
def test_whatever_a_guide_says_comes_back_from_word(parts, lines):
    plan = read_plan("\n".join(["---", "titel: gids", "taal: nl", "---", "# Begin", *lines]), "plan.md")
    once = read_plan(plan_text(plan, "nl"), "plan.md")
    i18n.use("nl")
    body = element("w:body", *guide_lines(once, with_checks=False))
    own = read_own(list(WordBody(*parts).blocks(body)), "nl")
    assert own.warnings == ()
    assert shape(read_plan(plan_text(own.plan, "nl"), "plan.md")) == shape(once)


@pytest.fixture
def plan_path(tmp_path):
    path = tmp_path / "sparen.md"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.mark.parametrize("chosen", ["kern", "met_streep-je", "V2.1:a", "één", "x" * 50, "een-heel-lang-id_" * 3])
def test_an_id_that_its_author_chose_comes_back(chosen):
    plan = read_plan(f"---\ntaal: nl\n---\n# Kern {{#{chosen}}}\n1. Wat vindt u? {{#{chosen[:-1]}}}\n", "plan.md")
    back, _warnings = read_back(written(plan, with_checks=True))
    assert shape(back) == shape(plan)
    assert [item.id for item in plan.guide] == [chosen, chosen[:-1]]
    names = [each for item in plan.guide for each in bookmarks_of(item.id)]
    assert all(re.fullmatch(r"[a-zA-Z]\w{0,39}", name, re.ASCII) for name in names)


def test_a_guide_without_its_styles_says_that_and_tells_nothing_twice(guide):
    document = docx.Document(guide)
    document.tables[-1].rows[1].cells[1].text = "Kim"
    own = {style.style_id for style in document.styles if style.name.split()[0] in ("Guide", "Section", "Question")}
    for mark in list(document.element.body.iter(qn("w:pStyle"), qn("w:rStyle"))):
        if mark.get(qn("w:val")) in own:
            mark.getparent().remove(mark)
    saved = io.BytesIO()
    document.save(saved)
    plan, warnings = read_back(saved.getvalue())
    assert warnings[0].startswith("kring wrote this guide, and the program that saved it took out the styles")
    assert warnings[1:] == ["In the place to sign stands: Kim."]
    texts = [item.text for item in plan.guide]
    assert {"Welkom", "Wie bent u?", "en bij u?"} <= {text.partition(" (")[0] for text in texts}
    assert not {"Akkoord", "Handtekening", "Gespreksleidraad"} & set(texts)
    before = read_plan(PLAN, "plan.md")
    assert [section.text for section in plan.sections] == [section.text for section in before.sections]
    offered = ("poll", "stimulus", "breakout")
    assert [(one.kind, one.options) for one in plan.guide if one.kind in offered] == [
        (one.kind, one.options) for one in before.guide if one.kind in offered
    ]


@pytest.fixture
def guide(plan_path):
    assert main(["guide", str(plan_path), "--checklist"]) == 0
    return plan_path.with_name("sparen-gespreksleidraad.docx")


def all_text(path):
    document = docx.Document(path)
    texts = [line.text for line in document.paragraphs]
    return "\n".join([*texts, *(cell.text for table in document.tables for cell in table._cells)])


def test_a_client_reads_what_it_is_about_and_signs(guide):
    said = all_text(guide)
    for words in ("Sparen - groep 1", "Kruidhof", "donderdag 3 december 2026, 19:30", "Waarom verlopen punten?",
                  "19:50\n20:10\n20", "(sleutelvraag · verplicht)", "Peiling: Kaart: a; b (meer antwoorden)",
                  "Handtekening", "zaal opgeruimd", "een prater: Dank u"):  # fmt: skip
        assert words in said
    for words in ("Fatima", "06-1", "zoom.example", "Deelnemers", "P1 |"):
        assert words not in said
    assert "atima" not in docx.Document(guide).element.xml
    assert "Begin bij P1; de gastheer bereikt u op [telefoonnummer]" in said


def test_what_was_replaced_is_said(plan_path, capsys):
    assert main(["guide", str(plan_path)]) == 0
    said = capsys.readouterr().out
    assert "P1 2×, 1 contactgegeven" in said
    assert "kring import" in said
    assert "opname loopt" not in all_text(plan_path.with_name("sparen-gespreksleidraad.docx"))


def test_a_guide_that_came_back_is_not_written_over(guide, plan_path, capsys):
    document = docx.Document(guide)
    document.add_paragraph("Akkoord")
    document.save(guide)
    assert main(["guide", str(plan_path)]) == 1
    assert "Akkoord" in all_text(guide)
    assert main(["guide", str(plan_path), "--force"]) == 0


def paragraph(document, text):
    return next(line for line in document.paragraphs if text in line.text)


def behind(line, xml):
    line._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def new_line(line, xml):
    line._p.addnext(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def test_what_a_client_wrote_in_word_comes_back_and_is_named(guide, plan_path, capsys):
    document = docx.Document(guide)
    question = paragraph(document, "Wat vindt u van de prijs?")
    document.add_comment(question.runs[0], "Kan dit korter?", "Anna")
    behind(question, "<w:ins><w:r><w:t> Denk aan brood.</w:t></w:r></w:ins>")
    probe = paragraph(document, "en verder")
    style = probe._p.pPr.pStyle.val
    new_line(probe, f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>en de melk</w:t></w:r></w:p>')
    new_line(paragraph(document, "Wie bent u?"), "<w:p><w:r><w:t>Hoe lang bent u al lid?</w:t></w:r></w:p>")
    for run in paragraph(document, "Kern").runs[1:]:
        run.text = run.text.replace("20 min", "25 min")
    for cell in document.tables[-1].columns[1].cells[1:2]:
        cell.text = "A. Smit"
    document.save(guide)
    target = plan_path.with_name("sparen-2.md")
    capsys.readouterr()
    assert main(["import", str(target), str(guide), "--yes", "--lang", "nl"]) == 0
    said, plan = capsys.readouterr().out, read_plan_file(target).plan
    for words in ("Bijgehouden wijzigingen", "Anna: Kan dit korter?", "gelezen als vraag: Hoe lang bent u al lid?",
                  "20 min voor Kern", "A. Smit"):  # fmt: skip
        assert words in said
    assert [item.text for item in plan.questions] == [
        "Wie bent u?", "Hoe lang bent u al lid?", "Wat vindt u van de prijs? Denk aan brood.",
    ]  # fmt: skip
    assert [item.text for item in plan.guide if item.kind == "probe"] == ["en bij u?", "en verder", "en de melk"]
    assert (plan.sections[-1].planned_s, plan.questions[0].id) == (1500, "wie")
    assert (plan.questions[-1].must_ask, plan.questions[-1].question_kind) == (True, "key")
    assert plan.sentences == (("talker", "Dank u, en de anderen?"),)


def test_a_paragraph_of_a_guide_in_somebody_else_s_document_makes_it_no_guide_of_kring(guide):
    own, document = docx.Document(guide), docx.Document()
    document.add_heading("Begin", 1)
    for text in ("Wie bent u?", "Waarom?", "Hoe vaak?"):
        document.add_paragraph(text, "List Number")
    document.styles.element.append(own.styles["Question Probe"].element)
    document.element.body.insert(3, paragraph(own, "en verder")._p)
    made = io.BytesIO()
    document.save(made)
    assert not word_guide(made.getvalue(), "x.docx").is_own


def test_the_foot_counts_pages_and_a_long_guide_has_contents(guide):
    foot = docx.Document(guide).sections[0].footer._element
    codes = [code.text for code in foot.iter(qn("w:instrText"))]
    assert [code.strip() for code in codes] == ["PAGE", "NUMPAGES"]
    assert "PAGEREF" not in str(docx.Document(guide).element.xml)
    long = read_plan(PLAN + "\n".join(["# Slot", *(f"{number}. Wat dan?" for number in range(60))]))
    assert re.findall(r"PAGEREF \w+", str(docx.Document(io.BytesIO(written(long, with_checks=False))).element.xml))


def test_a_guide_of_nothing_but_sections_comes_back():
    found = word_guide(written(read_plan("# Welkom\n# Slot (5 min)\n"), with_checks=False), "gids.docx")
    assert found.is_own
    assert [item.text for item in read_outline(found.lines).plan.sections] == ["Welkom", "Slot"]
