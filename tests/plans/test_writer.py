"""A guide as paragraphs and tables: what it is in a plan, and that reading the plan gives every word back."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kring.domain.plan import GuideItem, Plan
from kring.domain.text import one_line
from kring.plans.escapes import with_backslashes
from kring.plans.marks import unquoted
from kring.plans.people.roster import is_roster_title
from kring.plans.plan_reader import read_outline, read_plan
from kring.plans.reading.joining import PROBE
from kring.plans.word.blocks import Paragraph, Table
from kring.plans.word.outline import outline_lines
from kring.plans.writing.plan_text import plan_text

HOSTILE = st.lists(
    st.sampled_from(
        [
            *("# ", "## ", "> ", "- ", "* ", "1. ", "2) ", "a) ", "A. ", "| ", "@stimulus ", "@peiling x: 0-10", "---"),
            *("```", "[ ] ", "☐ ", "• ", "\\", "\\#", "**", "__", "*", "_", "{sleutel}", "{#kern}", "{x}", "!", " ! "),
            *("(10 min)", "(tot 20:15)", "[5 min]", "19:30 ", "titel: x", "Doel: y", "Vraag 2: ", "Probe: ", "o\t"),
            *("[a](https://a.example)", "<br>", "Wat?", "prijs", "de", " ", "  ", "Deelnemers", "Pauze", "#", ">"),
        ]
    ),
    max_size=6,
).map("".join)
TAKEN = {"2", "sleutel", "kern", "10", "min", "tot", "20", "15", "5", "19", "30", "Doel", "Vraag", "Probe"}
"""What may be gone as the time of a section, or as a label that says what a line is."""
STARRED = st.text("*_\\ a(10 min)!{#}]?", max_size=24).map("x{}".format)
ANYTHING = st.one_of(HOSTILE, STARRED, st.text(max_size=30))


def read(*blocks, exactly=True):
    """Return what a plan says that was written of these paragraphs and tables; exactly what was read of them."""
    reading = read_outline(outline_lines(blocks), "gids.docx", is_foreign=True)
    plan = read_plan(plan_text(reading.plan, reading.language), "plan.md")
    assert not exactly or sorted(shown(plan)) == sorted(shown(reading.plan))
    return plan


def shown(plan):
    return [(item.kind, item.text) for item in plan.guide]


def words(text):
    return re.findall(r"\w+", one_line(text))


def all_words(plan):
    texts = [plan.title, plan.objective, plan.study, plan.group, plan.platform, plan.moderator, plan.assistant]
    texts += [plan.link, plan.assistant_phone, *(value for pair in plan.extra for value in pair)]
    for item in plan.guide:
        texts += [item.text, item.label or "", item.file or "", item.url or "", *item.options]
    texts += [check.text for check in plan.checks]
    for person in plan.participants:
        texts += [person.name, person.code, person.segment, person.consent, *(part for _, part in person.attributes)]
    return set(words(" ".join(texts)))


def test_each_kind_of_paragraph_is_what_it_says():
    plan = read(
        Paragraph("Leden over sparen", "title"),
        Paragraph("Doel: begrijpen waarom punten verlopen"),
        Paragraph("1. Welkom (8 min)", "heading", 1),
        Paragraph("Welkom, doel, opname"),
        Paragraph("toestemming laten bevestigen", italic=True),
        Paragraph("opname loopt", "check"),
        Paragraph("Wie bent u? {opening}", "numbered", label="1"),
        Paragraph("[stilte laten vallen]"),
        Paragraph("hoe lang lid", "bullet"),
        Paragraph("Ervaringen (20-25 min)", "heading", 1),
        Paragraph("Wat gebeurde er? (5 min) !", "numbered", label="2"),
        Paragraph("en daarna", "numbered", level=1, label="1"),
    )
    assert (plan.title, plan.objective, plan.language) == (
        "Leden over sparen",
        "begrijpen waarom punten verlopen",
        "nl",
    )
    assert shown(plan) == [
        ("section", "Welkom"),
        ("instruction", "Welkom, doel, opname"),
        ("instruction", "toestemming laten bevestigen"),
        ("question", "Wie bent u?"),
        ("instruction", "stilte laten vallen"),
        ("probe", "hoe lang lid"),
        ("section", "Ervaringen"),
        ("question", "Wat gebeurde er?"),
        ("probe", "en daarna"),
    ]
    assert [check.text for check in plan.checks] == ["opname loopt"]
    assert [(section.planned_s, section.planned_low_s) for section in plan.sections] == [(480, None), (1500, 1200)]
    asked = plan.questions[1]
    assert (asked.planned_s, asked.must_ask) == (300, True)
    assert not plan.warnings


def test_tables_of_stimuli_times_and_people():
    plan = read(
        Paragraph("Concepten (25 min)", "heading", 1),
        Table((("Stimulus", "Bestand", "Wanneer"), ("Advertentie A", "ad_a.png", "na vraag 2"))),
        Table((("Naam", "Klantgroep"), ("Fatima", "trouw"), ("Joost", "slapend"))),
        Paragraph("Rest", "heading", 1),
        Table((("Tijd", "Vraag"), ("5 min", "Wat ziet u?\nlaten liggen"), ("na de pauze", "Wat mist u?"))),
    )
    assert shown(plan) == [
        ("section", "Concepten"),
        ("stimulus", "Advertentie A"),
        ("instruction", "Wanneer: na vraag 2"),
        ("section", "Rest"),
        ("question", "Wat ziet u?"),
        ("instruction", "laten liggen"),
        ("question", "Wat mist u?"),
        ("instruction", "na de pauze"),
    ]
    assert plan.guide[1].file == "ad_a.png"
    assert plan.questions[0].planned_s == 300
    assert [(person.name, person.segment) for person in plan.participants] == [
        ("Fatima", "trouw"),
        ("Joost", "slapend"),
    ]


def test_a_lone_first_heading_is_the_title():
    plan = read(
        Paragraph("Leidraad sparen", "heading", 1),
        Paragraph("Welkom", "heading", 2),
        Paragraph("Wie bent u?", "numbered"),
        Paragraph("Slot", "heading", 2),
    )
    assert plan.title == "Leidraad sparen"
    assert [section.text for section in plan.sections] == ["Welkom", "Slot"]


def test_a_lone_first_heading_below_a_title_is_told_to_who_leads():
    plan = read(
        Paragraph("Sparen", "title"),
        Paragraph("Alles over punten", "heading", 1),
        Paragraph("Welkom", "heading", 2),
        Paragraph("Slot", "heading", 2),
    )
    assert plan.title == "Sparen"
    assert shown(plan)[:2] == [("section", "Welkom"), ("note", "Alles over punten")]


def test_a_guide_without_word_s_own_styles_is_read_by_its_looks():
    plan = read(
        Paragraph("Welkom", bold=True),
        Paragraph("1. Wie bent u?"),
        Paragraph("- hoe lang lid"),
        Paragraph("Afsluiting (5 min)"),
        Paragraph("2. Wat zijn we vergeten?"),
    )
    assert shown(plan) == [
        ("section", "Welkom"),
        ("question", "Wie bent u?"),
        ("probe", "hoe lang lid"),
        ("section", "Afsluiting"),
        ("question", "Wat zijn we vergeten?"),
    ]


def test_a_guide_of_nothing_but_plain_lines_is_left_to_the_reader_of_ordinary_guides():
    plan = read(Paragraph("Wie bent u?"), Paragraph("Wat zijn we vergeten?"))
    assert [question.text for question in plan.questions] == ["Wie bent u?", "Wat zijn we vergeten?"]


def test_a_line_above_the_guide_is_front_matter_only_where_it_is_understood_whole():
    plan = read(
        Paragraph("Datum: 3 december 2026 om 19:30 uur"),
        Paragraph("Duur: 90 min"),
        Paragraph("Start: zodra iedereen er is"),
        Paragraph("Deelnemers: acht leden"),
        Paragraph("Welkom", "heading", 1),
    )
    assert (plan.starts_at, plan.planned_min) == ("2026-12-03T19:30", 90)
    assert plan.roster_file == ""
    assert plan.extra == (("Start", "zodra iedereen er is"), ("Deelnemers", "acht leden"))


def test_a_number_that_was_typed_among_real_lists_asks_as_they_do():
    plan = read(
        Paragraph("Welkom", "heading", 1), Paragraph("Wie bent u?", "numbered"), Paragraph("1. zo begint het boek")
    )
    assert shown(plan)[-1] == ("question", "zo begint het boek")


@pytest.mark.parametrize("form", ["online", "in_person"])
def test_the_form_that_was_asked_for_is_in_the_front_matter(form):
    plan = read_outline(outline_lines([Paragraph("Welkom", "heading", 1)]), "gids.docx").plan
    assert read_plan(plan_text(plan, "nl", form)).form == form


def written(*items):
    """Return what is read of a plan that was written with these items below a question."""
    guide = [GuideItem(id="s", kind="section", text="Kop"), GuideItem(id="q", parent="s", kind="question", text="Wat?")]
    guide += [GuideItem(id=str(number), parent="q", kind=kind, text=text) for number, (kind, text) in enumerate(items)]
    return shown(read_plan(plan_text(Plan(title="gids", guide=tuple(guide)), "nl"), "plan.md"))


@given(ANYTHING, st.sampled_from(["instruction", "probe"]))
def test_what_is_written_below_a_question_comes_back_to_the_letter(text, kind):
    text = one_line(text)
    assume(text and (kind == "instruction" or (text[0] not in "[☐☑☒□" and unquoted(text) == text)))
    others = [("probe", "punt"), ("instruction", "stil")]
    said = [("section", "Kop"), ("question", "Wat?"), *others, (kind, text)]
    assert written(*others, (kind, text)) == said
    assert written((kind, text), *others) == [*said[:2], (kind, text), *others]


@given(st.lists(st.tuples(st.sampled_from(["plain", "bullet", "check", "table", "title"]), ANYTHING), max_size=12))
def test_every_word_of_a_guide_is_in_the_plan(parts):
    blocks = [Paragraph("Begin", "heading", 1), Paragraph("Kop", "heading", 1), Paragraph("Vraag", "numbered")]
    wanted = set()
    for kind, text in parts:
        said = re.sub(r"\[[ xXvV✓]?\]", "", PROBE.sub("", one_line(text)))
        if "{gate}" in said or not words(said) or PROBE.match(said.lstrip("-*• ")):
            continue
        if is_roster_title(said):  # of a list of nobody nothing stays
            continue
        if kind == "table":
            blocks.append(Table((("Stimulus", "Bestand", "Wat"), ("Beeld", said, f"x {said}"))))
        elif kind == "title":
            blocks.insert(0, Paragraph(f"Over {said}", "title"))
        else:
            blocks.append(Paragraph(said, kind))
        said = re.sub(r"^\(?\w{1,5}[.)]", "", said)
        wanted |= {word for word in words(said) if not re.fullmatch(r"\d+[mhu]?", word)} - TAKEN
    assert wanted <= all_words(read(*blocks, exactly=False))


def test_backslashes_of_the_author_stay():
    for text in ("a\\#b", "\\\\server\\map", "\\", "c:\\_x\\(1).png"):
        plan = read_plan(f"# Kop\n> {with_backslashes(text)}\n1. Wat?\n")
        assert plan.guide[1].text == text


def test_a_backslash_takes_the_meaning_from_a_mark():
    plan = read_plan("# Kop\n1. Kost het \\{sleutel} of \\(5 min)?\n- \\[x] is geen vinkje\n\\# 1 in de lijst\n")
    assert shown(plan) == [
        ("section", "Kop"),
        ("question", "Kost het {sleutel} of (5 min)?"),
        ("probe", "[x] is geen vinkje"),
        ("note", "# 1 in de lijst"),
    ]
    assert plan.questions[0].planned_s is None
    assert plan.warnings[-1].sentence.values == {"text": "# 1 in de lijst"}
