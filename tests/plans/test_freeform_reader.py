"""Ordinary guides in their own shapes come out sensibly."""

import pytest

from kring.plans.plan_reader import read_plan

RESEARCH_PLAN = """# Study of Parking - Focus Groups

**Session:** [name of session]
**Method:** Focus groups

---

## Research Question

**Primary question:**
[What do you want to know?]

## Participant Selection

- [ ] **Residents only**
- [ ] **Mixed**

## Discussion Guide

**Purpose:** A route, not a script.

### Session Structure

**Total time:** [60-90 minutes]

1. **Hello** (5 min)
2. **Parking** (40 min)

---

### 1. Hello (5 minutes)

**Welcome:**
"Good evening. My name is [name]."

**Ground rules:**
1. "One at a time"
2. "Phones off"

**Introductions:**
"Let's go round. Say your name and your street."

### 2. Parking (40-50 minutes)

**CRITICAL:** Follow the talk.

#### Topic 1: Finding a place (15-20 min)

**Opening prompt:**
"How do you find a place in the evening?"

**Follow-up probes:**

- "How long does it take?"
- "Where do you end up?"

**Facilitator goals:**
- Get stories

#### Topic 2: Paying (20 min)

**Opening prompt:**
"What is a fair price?"

### 3. Goodbye (10 min)

**Final question (ALWAYS ask):**
"What did we leave out?"

**Next steps:**
[If there is a report: tell when]

## Facilitator Techniques

### The Loud One

1. **Ask others:** "Who sees it differently?"

## Logistics

**Room:**
- [ ] Round table
- [ ] Water
"""


@pytest.fixture(scope="module")
def research_plan():
    return read_plan(RESEARCH_PLAN, "parking.md")


def shape(plan, *kinds):
    return [(item.number, item.text) for item in plan.guide if item.kind in kinds]


def test_only_the_chapter_with_the_talk_becomes_sections(research_plan):
    assert research_plan.title == "Study of Parking - Focus Groups"
    assert research_plan.planned_min == 90
    assert [(section.text, section.planned_low_s, section.planned_s) for section in research_plan.sections] == [
        ("Hello", None, 300),
        ("Topic 1: Finding a place", 900, 1200),
        ("Topic 2: Paying", None, 1200),
        ("Goodbye", None, 600),
    ]


def test_what_is_asked_is_told_from_what_is_said(research_plan):
    assert shape(research_plan, "question") == [
        ("1.1", "Let's go round. Say your name and your street."),
        ("2.1", "How do you find a place in the evening?"),
        ("3.1", "What is a fair price?"),
        ("4.1", "What did we leave out?"),
    ]
    assert shape(research_plan, "probe") == [("", "How long does it take?"), ("", "Where do you end up?")]
    instructions = [text for _, text in shape(research_plan, "instruction")]
    assert '"One at a time"' in instructions
    assert "Get stories" in instructions
    assert research_plan.questions[-1].must_ask
    assert [question.question_kind for question in research_plan.questions] == ["opening", None, None, "ending"]


def test_other_chapters_are_kept_as_notes_and_their_equipment_as_checks(research_plan):
    notes = "\n".join(item.text for item in research_plan.guide if item.kind == "note")
    for words in (
        "What do you want to know?",
        "Who sees it differently?",
        "2. Parking (40-50 minutes)",
    ):
        assert words in notes
    assert [(check.text, check.phase) for check in research_plan.checks] == [
        ("Residents only", "week_before"),
        ("Mixed", "week_before"),
        ("Round table", "week_before"),
        ("Water", "week_before"),
    ]


def test_a_guide_that_nobody_wrote_for_kring_says_so(research_plan):
    assert "not written for kring" in str(research_plan.warnings[0].sentence)


def test_numbered_headings_and_bullets_from_word():
    plan = read_plan(
        "Gespreksleidraad parkeren\n\nDoel: begrijpen hoe men zoekt\nDuur: 1 uur\n\n"
        "1. Welkom (5 min)\nUitleg over de opname\nModerator: ja laten zeggen\n• Wie bent u?\n"
        "2. Zoeken (25 min)\n• Hoe zoekt u?\n   – hoe lang\n   – Doorvragen: waar\n• Wat helpt?\nPauze (10 min)\n"
        "3. Slot (5 min)\n• Nog iets?\n"
    )
    assert (plan.title, plan.objective, plan.planned_min) == (
        "Gespreksleidraad parkeren",
        "begrijpen hoe men zoekt",
        60,
    )
    assert [(section.number, section.kind, section.text) for section in plan.sections] == [
        ("1", "section", "Welkom"),
        ("2", "section", "Zoeken"),
        ("3", "break", "Pauze"),
        ("4", "section", "Slot"),
    ]
    assert [text for _, text in shape(plan, "question")] == ["Wie bent u?", "Hoe zoekt u?", "Wat helpt?", "Nog iets?"]
    assert [text for _, text in shape(plan, "probe")] == ["hoe lang", "waar"]
    assert [text for _, text in shape(plan, "instruction")] == ["Uitleg over de opname", "ja laten zeggen"]


def test_lettered_sections_dashes_without_a_blank_and_question_numbers():
    plan = read_plan(
        "A)Welcome\nGood evening.\n-Who are you?\nB) Main part\nQuestion 1:How do you park?\nProbe: and at night\n"
        "a) alone\nb) with others\nQuestion 2:What would help?\nC) End\n-Anything else?\n"
    )
    assert [section.text for section in plan.sections] == ["Welcome", "Main part", "End"]
    assert shape(plan, "question") == [
        ("1.1", "Who are you?"),
        ("2.1", "How do you park?"),
        ("2.2", "What would help?"),
        ("3.1", "Anything else?"),
    ]
    assert [text for _, text in shape(plan, "probe")] == ["and at night", "alone", "with others"]
    assert [question.label for question in plan.questions] == [None, "1", "2", None]


def test_a_table_of_time_and_question():
    plan = read_plan(
        "# Parking\n\n| Time | Question |\n|---|---|\n| 5 min | Welcome and rules |\n| 10 min | How do you park? |\n"
        "| 19:30-19:50 | The new app |\n| 15 | What helps? |\n"
    )
    assert plan.title == "Parking"
    assert [(section.text, section.planned_s) for section in plan.sections] == [
        ("Welcome and rules", 900),
        ("The new app", 2100),
    ]
    assert [(question.text, question.planned_s) for question in plan.questions] == [
        ("How do you park?", 600),
        ("What helps?", 900),
    ]


def test_a_table_of_clock_times_gives_lengths():
    plan = read_plan(
        "| Tijd | Onderdeel | Vraag |\n|--|--|--|\n| 19:30 | Welkom | Wie bent u? |\n"
        "| 19:40 | Kern | Hoe parkeert u? |\n"
        "| 20:10 | Slot | Nog iets? |\n"
    )
    assert [(section.text, section.planned_s) for section in plan.sections] == [
        ("Welkom", 600),
        ("Kern", 1800),
        ("Slot", None),
    ]
    assert len(plan.questions) == 3


def test_a_table_of_stimuli():
    plan = read_plan(
        "# Kern (9 min)\n1. Wat ziet u? {sleutel}\n\n| Stimulus | Bestand |\n|--|--|\n| Folder | folder.png |\n"
    )
    stimulus = next(item for item in plan.guide if item.kind == "stimulus")
    assert (stimulus.text, stimulus.file, stimulus.line) == ("Folder", "folder.png", 6)


@pytest.mark.parametrize(
    "heading",
    ["**{}**", "**{} (10 min)**", "{} (10 min)", "{} - 10 minuten", "{}\n====", "{}:"],
)
def test_bold_and_plain_lines_may_be_headings(heading):
    text = "\n\n".join(
        f"{heading.format(title)}\n\n- {question}"
        for title, question in [("Welkom", "Wie bent u?"), ("Slot", "Nog iets?")]
    )
    plan = read_plan(text)
    assert [section.text for section in plan.sections] == ["Welkom", "Slot"]
    assert [question.text for question in plan.questions] == ["Wie bent u?", "Nog iets?"]


def test_plain_questions_below_bold_headings():
    plan = read_plan(
        "**Inleiding (5 min)**\n\nWelkom allemaal.\n\nWie bent u?\n\n**Eten**\n\nWat kiest u?\n- prijs\n- gemak\n"
    )
    assert shape(plan, "section", "question", "probe", "instruction") == [
        ("1", "Inleiding"),
        ("", "Welkom allemaal."),
        ("1.1", "Wie bent u?"),
        ("2", "Eten"),
        ("2.1", "Wat kiest u?"),
        ("", "prijs"),
        ("", "gemak"),
    ]


def test_a_remark_between_brackets_or_in_italics_is_an_instruction():
    plan = read_plan(
        "**Kern**\n\n[hand out the cards]\n\n*let them read*\n\nWhat do you see?\n\n**Slot**\n\nAnything else?\n"
    )
    assert [text for _, text in shape(plan, "instruction")] == ["hand out the cards", "let them read"]


def test_a_cue_in_italics_behind_a_question_leaves_it_a_question():
    plan = read_plan(
        "**Kern (10 min)**\n\n* Wie stapte over? *Handen tellen!*\n* Waarom?\n\n**Slot (5 min)**\n\n* Nog iets?\n"
    )
    assert "Wie stapte over? Handen tellen!" in [question.text for question in plan.questions]


def test_a_code_without_a_point_is_the_number_of_its_question():
    plan = read_plan(
        "A. START – 10 min\nA1 Hoe heet je?\n\nB. KERN – 20 min\nB1 Wat lees je? (krant, app)\n"
        "B2 Waar koop je A4 papier?\n"
    )
    assert [(question.label, question.text) for question in plan.questions] == [
        ("A1", "Hoe heet je?"),
        ("B1", "Wat lees je? (krant, app)"),
        ("B2", "Waar koop je A4 papier?"),
    ]
    assert "A4 papier uitdelen" in [
        item.text for item in read_plan("# X (5 min)\n- A4 papier uitdelen\n1. Wat?\n").guide
    ]


def test_a_semicolon_may_stand_between_two_questions_in_a_cell():
    table = "| Tijd | Onderdeel | Vragen |\n|--|--|--|\n| 10 min | Kern | Wat ziet u hier?; Wat zou u veranderen? |\n"
    plan = read_plan(table + "| 5 min | Slot | Nog iets te zeggen? |\n")
    assert [one.text for one in plan.questions][:2] == ["Wat ziet u hier?", "Wat zou u veranderen?"]
