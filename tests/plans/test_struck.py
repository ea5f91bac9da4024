"""What has a line through it in a text: left out of the guide, and told word for word."""

import pytest

from kring.plans.explained import with_choices
from kring.plans.plan_reader import read_outline, read_plan, text_lines
from kring.plans.writing.plan_text import plan_text

TOLD = "Left out, with a line through it: "


def told(plan):
    said = [(warning.line, str(warning.sentence)) for warning in plan.warnings]
    return [(line, text.removeprefix(TOLD)) for line, text in said if text.startswith(TOLD)]


def items(text):
    return [(item.kind, item.text) for item in read_plan(text).guide]


@pytest.mark.parametrize(
    ("written", "left", "words"),
    [
        ("1. Wat vindt u ~~van de prijs~~ van de app?", [("question", "Wat vindt u van de app?")], "van de prijs"),
        ("1. Wie bent u ~~eigenlijk~~?", [("question", "Wie bent u?")], "eigenlijk"),
        ("1. ~~Wat kost het?~~", [], "Wat kost het?"),
        ("~~1. Wat kost het?~~", [], "1. Wat kost het?"),
        ("- ~~Waar woont u?~~", [], "Waar woont u?"),
        ("> ~~oud~~ laat zien", [("instruction", "laat zien")], "oud"),
        ("- [ ] ~~opname~~", [], "opname"),
        ("**~~Deel 2~~**", [], "Deel 2"),
        ("~~~geen streep~~~", [("note", "~~~geen streep~~~")], ""),
        (r"1. Wat is \~~dit\~~?", [("question", "Wat is ~~dit~~?")], ""),
        ("1. Is dat ~5 min?", [("question", "Is dat ~5 min?")], ""),
        ("1. Is ~~ een teken?", [("question", "Is ~~ een teken?")], ""),
    ],
)
def test_what_has_a_line_through_it_is_left_out_and_told(written, left, words):
    text = f"# Kern (10 min)\n{written}\n"
    assert items(text)[1:] == left
    assert told(read_plan(text)) == ([(2, words)] if words else [])


def test_a_heading_and_its_time():
    text = "# ~~Oud (5 min)~~\n1. Wie bent u?\n# Slot ~~(10 min)~~ (5 min)\n2. Nog iets?\n"
    plan = read_plan(text)
    assert [(item.text, item.planned_s) for item in plan.sections if item.text == "Slot"] == [("Slot", 300)]
    assert not any("Oud" in item.text for item in plan.guide)
    assert told(plan) == [(1, "Oud (5 min)"), (3, "(10 min)")]


def test_a_table_and_a_paragraph_of_several_lines():
    table = "| Tijd | Vraag |\n|---|---|\n| ~~5~~ 7 | ~~Oud?~~ Nieuw? |\n| ~~8~~ | ~~Weg?~~ |\n"
    plan = read_plan(f"# Kern (7 min)\n~~Dit stuk\nloopt door~~ tot hier\n\n{table}")
    assert [item.text for item in plan.questions] == ["Nieuw?"]
    assert [text for _line, text in told(plan)] == ["Dit stuk", "loopt door", "5 … Oud?", "8 … Weg?"]
    assert "tot hier" in [item.text for item in plan.guide]


@pytest.mark.parametrize(
    "people", ["| Naam | Segment |\n|---|---|\n| ~~Joke~~ | A |\n| Bo | B |\n", "- ~~Joke~~\n- Bo\n"]
)
def test_in_a_list_of_people_it_says_who_cancelled(people):
    plan = read_plan(f"# Kern (5 min)\n1. Wie?\n# Deelnemers\n{people}")
    assert [person.name for person in plan.participants] == ["Bo"]
    assert told(plan) == []


def test_what_is_no_mark_stays_none_when_a_plan_is_written():
    plan = read_plan("# Kern (5 min)\n1. Wat is \\~~dit\\~~?\n   - \\~~en dat\\~~\n")
    assert [item.text for item in read_plan(plan_text(plan, "nl")).guide] == [item.text for item in plan.guide]
    assert [item.text for item in plan.guide][1:] == ["Wat is ~~dit~~?", "~~en dat~~"]


def test_who_wants_it_in_the_guide_all_the_same_has_its_words():
    lines = with_choices(text_lines("# Kern (5 min)\n1. Wie?\n~~Oud?~~\n"), {3: "question"})
    assert [item.text for item in read_outline(lines).plan.questions] == ["Wie?", "Oud?"]
