"""Guides as people write them, each with what is right: sections with their minutes, questions, probes, the rest."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kring.domain.text import one_line
from kring.plans.explained import explained, with_choices
from kring.plans.lint import planned_s
from kring.plans.plan_reader import read_outline, read_plan, text_lines
from kring.plans.word.blocks import ITALIC, Paragraph, Table
from kring.plans.word.outline import outline_lines
from kring.plans.writing.plan_text import plan_text

SIGNS = {"section": "#", "break": "=", "question": "?", "probe": "-", "instruction": ">", "note": "."}


def shape(plan):
    """Return the guide, a line an item: what it is, its text, and its minutes or its end."""
    said = []
    for item in plan.guide:
        minutes = f" {item.planned_s / 60:g}" if item.planned_s else f" until {item.until}" if item.until else ""
        text = item.text.replace("\n", " / ")
        said.append(f"{SIGNS.get(item.kind, '@')} {text}{minutes}")
    return said


def cases():
    """Return each guide of the file beside this one, by its name, with what is right."""
    found = {}
    for case in (Path(__file__).parent / "guides.txt").read_text("utf-8").split("=== ")[1:]:
        name, _, rest = case.partition("\n")
        text, _, right = rest.partition("---->\n")
        found[name] = (text, right.strip().split("\n"))
    return found


GUIDES = cases()


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_comes_out_as_it_was_meant(name):
    text, right = GUIDES[name]
    assert shape(read_plan(text, "gids.md")) == right


@pytest.mark.parametrize("name", GUIDES)
def test_a_plan_that_is_written_of_a_guide_says_the_same(name):
    reading = read_outline(text_lines(GUIDES[name][0]), "gids.md")
    again = read_plan(plan_text(reading.plan, reading.language), "gids.md")
    said = [part for item in shape(reading.plan) for part in item.replace(" / ", "\n. ").split("\n")]
    assert sorted(shape(again)) == sorted(said)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("(5 min p.p.)", "is not read as a time"), ("(10 minutes each)", "is not read"), ("(20-25)", "is not read")],
)
def test_what_may_be_a_time_and_is_none_for_certain_is_said(words, sentence):
    plan = read_plan(f"# Kern {words}\n1. Wat?\n")
    assert [str(warning.sentence) for warning in plan.warnings if sentence in str(warning.sentence)]
    assert plan.sections[0].text == f"Kern {words}"


def test_a_scale_behind_a_heading_is_no_time_and_needs_no_word():
    assert not read_plan("# Cijfers (1-10)\n1. Wat?\n").warnings


def test_facts_above_a_guide_become_the_front_matter():
    plan = read_plan(
        "TOPICLIJST REIZIGERS\nDatum: 8 december 2026, 19.30 – 21.00 uur\nDuur: 1,5 uur\nLocatie: De Hoek\n"
        "1. Inleiding (10’)\n- doel\n2. Reizen (30’)\nHoe reist u?\n– waarom?\n"
    )
    assert (plan.title, plan.starts_at, plan.planned_min) == ("TOPICLIJST REIZIGERS", "2026-12-08T19:30", 90)
    assert plan.extra == (("Locatie", "De Hoek"),)
    assert shape(plan) == ["# Inleiding 10", ". doel", "# Reizen 30", "? Hoe reist u?", "- waarom?"]


def test_the_time_in_a_title_is_that_of_the_session():
    plan = read_plan("# Guide (90 min)\n## A (30 min)\n1. a?\n## B (30 min)\n2. b?\n## C (20 min)\n")
    assert (plan.title, plan.planned_min, planned_s(plan)) == ("Guide", 90, 80 * 60)


def test_boxes_below_before_and_after_are_the_checklist():
    plan = read_plan("# Leidraad\n## Voor de start\n- [ ] opname\n## Kern (5 min)\n1. Wat?\n## Na afloop\n- [ ] dank\n")
    assert [(check.phase, check.text) for check in plan.checks] == [("half_hour_before", "opname"), ("after", "dank")]
    assert shape(plan) == ["# Kern 5", "? Wat?"]


CODED = """# Kern (20 min)
Q1. What do you see?
V2: Wat ziet u?
**Q3** What else?
## Q4. What is missing?
## V5 Wat mist u nog?
### Q6
Where then?
A7. Waarom?
Vraag 8: En verder?
"""


def test_the_code_of_a_question_is_kept_and_survives_a_plan_that_is_written():
    reading = read_outline(text_lines(CODED), "gids.md")
    asked = [(question.label, question.text) for question in reading.plan.questions]
    assert asked == [
        ("Q1", "What do you see?"), ("V2", "Wat ziet u?"), ("Q3", "What else?"), ("Q4", "What is missing?"),
        ("V5", "Wat mist u nog?"), ("Q6", "Where then?"), ("A7", "Waarom?"), ("8", "En verder?"),
    ]  # fmt: skip
    again = read_plan(plan_text(reading.plan, reading.language), "gids.md")
    assert [(question.label, question.text) for question in again.questions] == asked


def test_a_checklist_of_one_phase_is_one():
    plan = read_plan("# Kern (10 min)\n1. Wat?\n# Checklist na het gesprek\n- [ ] opname bewaard\n")
    assert [(check.phase, check.text) for check in plan.checks] == [("after", "opname bewaard")]


def lines(*of_text):
    return "\n".join([*of_text, ""])


TWINS = {
    "levels of one list": (
        lines(
            "# Leidraad",
            "1. Introductie (5 min)",
            "   a. Wat doet u?",
            "      - hoe lang",
            "2. Kern (20 min)",
            "   a. Hoe gaat het?",
        ),
        [
            Paragraph("Leidraad", "heading", level=1),
            Paragraph("Introductie (5 min)", "numbered", label="1"),
            Paragraph("Wat doet u?", "lettered", level=1, label="a"),
            Paragraph("hoe lang", "bullet", level=2),
            Paragraph("Kern (20 min)", "numbered", label="2"),
            Paragraph("Hoe gaat het?", "lettered", level=1, label="a"),
        ],
    ),
    "questions as headings": (
        lines(
            "# Guide",
            "",
            "## Introduction (10 min)",
            "",
            "## Q1: What?",
            "- Probe: books",
            "",
            "## Closing (5 min)",
        ),
        [
            Paragraph("Guide", "title"),
            Paragraph("Introduction (10 min)", "heading", level=1),
            Paragraph("Q1: What?", "heading", level=1),
            Paragraph("Probe: books", "bullet"),
            Paragraph("Closing (5 min)", "heading", level=1),
        ],
    ),
    "labels and italics": (
        lines(
            "## Kern (10 min)",
            "",
            "**Doel:** ervaringen",
            "",
            "*stil laten vallen*",
            "",
            "1. Wat vindt u?",
            "",
            "**Doorvragen:**",
            "",
            "- prijs",
            "",
            "## Slot (5 min)",
        ),
        [
            Paragraph("Kern (10 min)", "heading", level=2),
            Paragraph("Doel: ervaringen", lead="Doel:"),
            Paragraph("stil laten vallen", italic=True),
            Paragraph("Wat vindt u?", "numbered", label="1"),
            Paragraph("Doorvragen:", bold=True),
            Paragraph("prijs", "bullet"),
            Paragraph("Slot (5 min)", "heading", level=2),
        ],
    ),
    "typed numbers and facts": (
        lines(
            "TOPICLIJST",
            "",
            "Duur: 1,5 uur",
            "",
            "1. Inleiding (10’)",
            "",
            "- doel",
            "",
            "2. Kern (30’)",
            "",
            "Hoe reist u?",
            "",
            "– trein",
        ),
        [
            Paragraph("TOPICLIJST"),
            Paragraph("Duur: 1,5 uur"),
            Paragraph("1. Inleiding (10’)"),
            Paragraph("- doel"),
            Paragraph("2. Kern (30’)"),
            Paragraph("Hoe reist u?"),
            Paragraph("– trein"),
        ],
    ),
    "a table with the date above it": (
        lines(
            "# Leidraad",
            "",
            "Datum: 8 december 2026, 19.30 – 21.00 uur",
            "",
            "| Tijd | Onderdeel | Vragen |",
            "|---|---|---|",
            "| 19.30 – 19.40 | Welkom | Uitleg<br>Wie bent u? |",
            "| 19.40 – 19.50 | Pauze | |",
        ),
        [
            Paragraph("Leidraad", "heading", level=1),
            Paragraph("Datum: 8 december 2026, 19.30 – 21.00 uur"),
            Table(
                (
                    ("Tijd", "Onderdeel", "Vragen"),
                    ("19.30 – 19.40", "Welkom", "Uitleg\nWie bent u?"),
                    ("19.40 – 19.50", "Pauze", ""),
                )
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", TWINS)
def test_word_says_the_same_as_its_twin_in_text(name):
    text, blocks = TWINS[name]
    typed = read_plan(text, "gids.md")
    of_word = read_outline(outline_lines(blocks), "gids.docx", is_foreign=True).plan
    assert shape(of_word) == shape(typed)
    assert (of_word.title, of_word.starts_at, of_word.planned_min) == (typed.title, typed.starts_at, typed.planned_min)


def test_a_time_in_braces_in_word_is_told():
    paragraphs = [Paragraph("Intro {20 min}", "heading", level=1), Paragraph("Wat?", "numbered", label="1")]
    plan = read_outline(outline_lines(paragraphs), "gids.docx", is_foreign=True).plan
    assert "{20 min} is not read as a time" in " ".join(str(warning.sentence) for warning in plan.warnings)


NUMBER = re.compile(r"(\d+)\. (.*)")


def in_word(text):
    """Return a guide as its author would have it in Word: headings, lists of its own, tables, bold and italics."""
    blocks, rows = [], []
    for raw in [*text.split("\n"), ""]:
        line = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", raw.strip())
        level = (len(raw) - len(raw.lstrip())) // 2
        if line.startswith("|"):
            cells = [cell.strip().replace("<br>", "\n") for cell in line.strip("|").split("|")]
            row = tuple(re.sub(r"(?m)^\*(?!\*)", ITALIC, cell).replace("*", "") for cell in cells)
            rows += [] if all(set(cell) <= {"-", ":"} for cell in row) and any(row) else [row]
            continue
        if rows:
            blocks.append(Table(tuple(rows)))
            rows = []
        if line.startswith("#"):
            marks, _, title = line.partition(" ")
            blocks.append(Paragraph(title.replace("*", ""), "heading", level=len(marks)))
        elif line[:2] in ("- ", "+ "):
            blocks.append(Paragraph(line[2:], "bullet", level=level))
        elif found := NUMBER.match(line):
            blocks.append(Paragraph(found[2], "numbered", level=level, label=found[1]))
        elif found := re.fullmatch(r"(\*\*?)([^*]+)\1(.*)", line):
            whole = not found[3]
            bold = whole and len(found[1]) > 1
            blocks.append(
                Paragraph(found[2] + found[3], bold=bold, italic=whole and not bold, lead="" if whole else found[2])
            )
        elif line:
            blocks.append(Paragraph(line))
    return blocks


OTHERWISE_IN_WORD = {
    "what a program writes around the titles that it exports": "Word has no such marks",
    "a part in capitals that ends in a verb of cues": "Word has no > in front of what is told",
    "a question in a quotation, and probes by their label": "Word has no > in front of what is said",
    "what a plan says behind its own mark is told": "Word has no > in front of what is said",
    "a word in a heading throws nothing away": "a line of a chapter in one note keeps its dash in text",
    "an overview is no part of the talk": "and its bars",
    "a sign before the number, and times between other brackets": "Word has no marks in braces; a warning says so",
    "bold asks, italics tell, comments are not seen": "Word has comments of its own",
}
BOTH = [name for name in GUIDES if name not in OTHERWISE_IN_WORD]


@pytest.mark.parametrize("name", BOTH)
def test_a_guide_says_the_same_in_word(name):
    text, right = GUIDES[name]
    assert shape(read_outline(outline_lines(in_word(text)), "gids.docx", is_foreign=True).plan) == right


PIECES = st.sampled_from(
    [
        "# Kop", "## Kop twee (10 min)", "### Voorbereiding", "1. vraag één?", "2. noem iets", "a) letter", "- punt",
        "  - dieper", "- [ ] vinkje", "> stil", '> "Wat zegt u?"', "**Doel:** iets", "**Luister naar:**", "*schuin*",
        "**vet gevraagd?**", "Doorvraag: hoezo", "LET OP: hier", "gewone regel", "gewone vraag?", "[kaart tonen]",
        "| Tijd | Onderdeel | Vraag |", "| 5 min | Begin | wie dan? |", "| 10 min | Totaal | |", "| x | y |", "", "---",
        "+ 11:00-11:30 Inloop", "Achtergrond:", "Pauze (5 min)", "@peiling Cijfer: 0-10", "Tijd: 5 min", "B. Deel",
    ]
)  # fmt: skip
UNMARKED = [
    "Vertel eens over uw reis", "- Beschrijf de app", "TOON KAART B", "- SHOW CARD A", "Q2. Where?", "## V3. Wat nog?",
    "### Q4", "Prompts:", "Tip: rustig", "**Let op!** niet helpen", "Subvragen:", "koffie/thee", "1. Welkom (5 min)",
    "2. Kern (20 min)", "**Deel (10 min)**", "# Programma", "KERN (10 MIN)", "   Opbrengst: iets",
    '@stimulus A: a.png "Titel"', "@subgroepen 2 (12 min)", "@notitie hallo", "@zin stil: wat vindt u?", "> Doel: iets",
    "Gespreksleider: lees voor", "- Doorvraag: waarom", "3. Wat? (5 min) ! {sleutel}", "- contrast {contrast}",
    "Wat is er * mis?", "| Hoofdvraag | Wat dan? |", "| Doorvragen | hoe |", "Locatie: De Hoek", "# Deelnemers",
    "- P1 Fatima", "# Controlelijst", "19:30 Welkom", "(10 min)", "[Wat?]", "A1. Hoe?", "Kaarten uitdelen",
    "wat **vet** is", "- “Wat?”", "“Wat denkt u?”", "# Klantpanel – 90 minuten", "@notitie zie https://a.example/b",
]  # fmt: skip
WRITTEN = st.one_of(
    PIECES.filter(lambda piece: piece not in ("### Voorbereiding", "Pauze (5 min)")), st.sampled_from(UNMARKED)
)
"""Lines of a guide. A chapter about the research with nothing but a box to tick may end beside the talk, and numbered
lines below nothing but a break become sections."""


def meant(plan):
    """Return what a plan says, in an order of its own: items with their times and marks, checks, people, the head."""
    of = {item.id: item for item in plan.guide}
    said = [
        (
            item.kind, text, item.planned_s, item.until, item.label if not (item.label or "1").isdigit() else None,
            item.must_ask, item.probe_kind, item.options, item.file,
            of[item.parent].kind if item.parent and item.kind != "note" else "",
        )
        for item in plan.guide
        for text in item.text.split("\n")
    ]  # fmt: skip
    checks = [("check", check.phase, check.text, check.gate, check.per_participant) for check in plan.checks]
    people = [("person", person.code, person.name, person.attributes) for person in plan.participants]
    head = (plan.title, plan.objective, plan.planned_min, plan.starts_at, plan.extra, plan.sentences)
    return sorted(map(repr, [*said, *checks, *people, head]))


@given(st.lists(WRITTEN, max_size=14))
@example(["@zin stil: wat vindt u?", "@subgroepen 2 (12 min)", "@notitie zie https://a.example/b"])
@example(["## V3. Wat nog?", "- kleur?", "### Q4", "Wat dan?", "### Q5", "Hoe?"])
@example(["19:30 Welkom", "19:30 Welkom", "koffie/thee", "- Beschrijf de app"])
def test_a_plan_that_is_written_of_any_guide_is_read_as_it_was_meant(pieces):
    reading = read_outline(text_lines("\n".join(pieces)), "gids.md")
    again = read_plan(plan_text(reading.plan, reading.language), "gids.md")
    assert meant(again) == meant(reading.plan)


def is_of_talk(piece):
    """Whether a line opens no list beside the talk, in which lines are read by other rules."""
    return piece not in ("# Deelnemers", "# Controlelijst")


TAKEN_OUT = re.compile(
    r"\*+|\(?\d+ min\)?|\d\d:\d\d-\d\d:\d\d|^\s*\d+\.|^\s*[a-zB][).]|Tijd:|Doel:|Doorvraag:|@peiling|0-10|"
    r"^\|.*Tijd.*\|$|\[ \]|\{\w+\}|@\w+( stil:)?|– 90 minuten|\(10 MIN\)|Opbrengst:|Gespreksleider:|"
    r"^\| (Hoofdvraag|Doorvragen) \||^19:30"
)
"""What a line may lose: marks, a time, its number, a label that says no more than what it is, the names of columns."""


@given(st.lists(st.one_of(PIECES, st.sampled_from(UNMARKED).filter(is_of_talk)), max_size=14))
@example(["### Voorbereiding", "**Luister naar:**", "gewone vraag?"])
@example(["a) letter", "gewone regel"])
def test_each_word_of_a_guide_stands_in_the_plan_or_its_line_is_told(pieces):
    typed = text_lines("\n".join(pieces))
    reading = read_outline(typed, "gids.md")
    plan = reading.plan
    said = [plan.title, plan.objective, plan.moderator, *(word for pair in plan.extra for word in pair)]
    said += [text or "" for item in plan.guide for text in (item.text, item.label, item.file, item.url, *item.options)]
    said += [text for _situation, text in plan.sentences]
    said += [check.text for check in plan.checks]
    said += [
        text for person in plan.participants for text in (person.name, person.code, *dict(person.attributes).values())
    ]
    known = set(re.findall(r"\w+", one_line(" ".join(said))))
    taken = explained(typed, reading)
    told = {warning.line for warning in plan.warnings} | {line.number for line in taken if line.kinds == ("label",)}
    shown = {line.number for line in taken}
    for number, piece in enumerate(pieces, 1):
        words = set(re.findall(r"\w+", TAKEN_OUT.sub(" ", piece)))
        assert number in shown or not words
        assert words <= known or number in told, piece


@pytest.mark.parametrize(
    ("end", "lines"),
    [
        ("Kind regards, Els de Vries", "Line 4"), ("Mvg\nEls", "Lines 4 to 5"), ("-- \nEls\n06 12345", ""),
        ("-- \nEls\n06 12345678", "Lines 4 to 6"), ("Viele Grüße\n\nEls", "Lines 4 to 6"),
        ("Sent from my iPhone", "Line 4"), ("Cordialement,\nEls", "Lines 4 to 5"),
        ("This e-mail and its attachments are confidential.", "Line 4"), ("Groet iedereen bij naam", ""),
        ("Groet\n- [ ] opname gestopt", ""), ("Mvg\n20:30 Einde", ""), ("Best of both worlds", ""),
        ("Groeten\nVertel over de cadeaubon\nLaat ze tekenen voor ontvangst", ""), ("Cheers\nThanks for coming", ""),
        ("Met vriendelijke groet,\nBeschrijf de toon\nNoem drie woorden", ""), ("Mvg\nEls\nLaat ze hier tekenen", ""),
        ("--\nBel bij nood 06-12345678\nDeel de cadeaubonnen uit", ""), ("Groeten\nToon kaart B", ""),
        ("Join the meeting in Zoom\nBedank iedereen hartelijk", ""), ("Groeten\n- Cadeaubon uitdelen", ""),
        ("Think of the environment: cards on table\nDiscuss in pairs", ""), ("Groet\nvan de hele groep vragen", ""),
        ("Groeten,\nEls de Wit\nsenior onderzoeker kwalitatief\n06-12345678\nwww.x.example", "Lines 4 to 8"),
        ("Mvg\nEls\n\nDit bericht is vertrouwelijk en alleen\nvoor u; wis het\nanders direct.", "Lines 4 to 9"),
    ],
)  # fmt: skip
def test_the_end_of_a_mail_is_left_out_and_its_lines_are_told(end, lines):
    plan = read_plan(f"Kern (20 min)\n- Wat vindt u?\n\n{end}\n", "gids.md")
    said = [str(warning.sentence) for warning in plan.warnings if "of a mail" in str(warning.sentence)]
    assert [sentence.split(" of a mail")[0].removesuffix(" is").removesuffix(" are") for sentence in said] == (
        [lines] if lines else []
    )
    assert [item.text for item in plan.questions][:1] == ["Wat vindt u?"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Van: Els\nOnderwerp: gids\n\nGids sparen\n", "Gids sparen"),
        ("Op ma 30 nov. 2026 om 09:12 schreef Els Bos <els@x.example>:\n\nGids sparen\n", "Gids sparen"),
        ("On 30 Nov 2026, at 09:12, Els Bos wrote:\n\nSaving guide\n", "Saving guide"),
    ],
)
def test_a_mail_that_is_answered_is_read_without_its_marks(typed, title):
    top, *rest = f"{typed}\nKern (20 min)\n1. Wat vindt u?\n- waarom\nGroet, Els\n".splitlines()
    for quoted in ("\n".join([top, *rest]), "\n".join([top, *(f"> {line}".rstrip() for line in rest)])):
        plan = read_plan(quoted, "x.md")
        assert (plan.title, [item.text for item in plan.guide]) == (title, ["Kern", "Wat vindt u?", "waarom"])


def test_bullets_that_ask_without_a_mark_are_questions():
    typed = (
        "Job (9 mins)\n• Can you describe your job\n• How long have you been there\n\nIt (5 mins)\n• Hoe vaak belt u\n"
    )
    kinds = [(item.kind, item.text) for item in read_plan(typed, "x.md").guide]
    assert kinds[1:3] == [("question", "Can you describe your job"), ("question", "How long have you been there")]
    assert kinds[4:] == [("question", "Hoe vaak belt u")]
    told = read_plan("Job (15 mins)\n• What you need to know\n• Wat u moet weten\n• Koffie\n", "x.md").guide
    assert {item.kind for item in told} == {"section", "note"}


def test_a_table_without_bars_at_its_ends_is_a_table():
    rows = ("Section | Time | Key questions | Probes", "Intro | 5 | Who are you? | job", "Ideas | 25 | Why this one? |")
    plan = read_plan("Guide\n\n" + "\n".join(rows) + "\n", "x.md")
    assert [(item.kind, item.text) for item in plan.guide if item.kind != "note"] == [
        ("section", "Intro"), ("question", "Who are you?"), ("probe", "job"), ("section", "Ideas"),
        ("question", "Why this one?"),
    ]  # fmt: skip


def test_of_two_columns_of_parts_the_one_that_asks_holds_questions():
    table = "| Part | Topic | Time (min) |\n|---|---|---|\n| A. Intro | Who are you? | 9 |\n| B. Saving | Why? | 20 |\n"
    kinds = [(item.kind, item.text) for item in read_plan(f"Guide\n\n{table}", "x.md").guide if item.kind != "note"]
    assert kinds == [("section", "Intro"), ("question", "Who are you?"), ("section", "Saving"), ("question", "Why?")]


def test_a_mail_to_read_aloud_is_no_end_of_a_mail():
    typed = "# Kern (20 min)\n1. Wat denkt u?\nLees voor:\nBeste klant,\nMet vriendelijke groet,\nDe Bank\n"
    assert "De Bank" in " ".join(item.text for item in read_plan(typed, "x.md").guide)


def test_instructions_of_a_plan_are_no_quoted_mail():
    plan = read_plan("# Kern (5 min)\n> stoelen\n> koffie\n> opname\n> 1. Welkom\n1. Wie bent u?\n", "x.md")
    assert [(item.kind, item.text) for item in plan.guide][::2] == [("section", "Kern"), ("question", "Wie bent u?")]


def test_facts_of_a_session_are_no_head_of_a_mail():
    plan = read_plan(
        "Onderwerp: app\nVan: 19.30 tot 21.00\nDatum: 3 december 2026\n\n# Kern (20 min)\n1. Wie?\n", "x.md"
    )
    assert not [warning for warning in plan.warnings if "of a mail" in str(warning.sentence)]


def test_a_line_in_the_head_of_a_mail_can_be_chosen_and_the_others_stay_out():
    lines = text_lines("Van: Els\nAan: Bo\nOnderwerp: gids\n\nKern (20 min)\n- Wat vindt u?\n")
    reading = read_outline(with_choices(lines, {2: "note"}), "gids.md")
    assert [line.kinds for line in explained(lines, reading, {2: "note"})][:3] == [("skip",), ("note",), ("skip",)]


def test_a_line_of_a_mail_can_be_chosen_all_the_same():
    lines = text_lines("Kern (20 min)\n- Wat vindt u?\n\nMvg\nEls\nNeem de kaarten mee\n")
    reading = read_outline(with_choices(lines, {6: "instruction"}), "gids.md")
    kinds = {line.number: line.kinds for line in explained(lines, reading, {6: "instruction"})}
    assert (kinds[4], kinds[5], kinds[6]) == (("skip",), ("skip",), ("instruction",))
