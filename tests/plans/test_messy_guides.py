"""Guides as people paste them from Word or a mail: minutes, times of day, letters and lists without heading marks."""

import pytest

from kring.plans.plan_reader import read_plan

PASTED = """Gespreksleidraad spaarprogramma

Datum: 13-12-2026, 19.30 – 21.00 uur

Deelnemers
P1 Fatima
P2 Joost – slapend
- Anna, trouw

Controlelijst
Bij de start !
- opname aan
Toestemming getekend

1. Welkom 10’
Voorstellen, uitleg opname
- Wie bent u?

2. Ervaringen (30 min)
a) Vertel eens over de laatste keer dat u punten inwisselde.
b) Wat ging er goed?
   - doorvragen op tijd
c) Wat ging er mis?

3. Pauze 10 min.

4. Concepten ±25 min
Wat ziet u hier?
- eerste indruk
Welk cijfer geeft u? 5 min

5. Afsluiting ca. 15 min
Wat zijn we vergeten?
"""


def sections(plan):
    return [(item.kind, item.text, item.planned_s // 60 if item.planned_s else None) for item in plan.sections]


def questions(plan):
    return [item.text for item in plan.questions]


def said(plan):
    return [(warning.line, str(warning.sentence)) for warning in plan.warnings if warning.line]


@pytest.fixture(scope="module")
def pasted():
    return read_plan(PASTED, "plan.md")


def test_numbered_lines_with_minutes_are_the_sections(pasted):
    assert sections(pasted) == [
        ("section", "Welkom", 10), ("section", "Ervaringen", 30), ("break", "Pauze", 10),
        ("section", "Concepten", 25), ("section", "Afsluiting", 15),
    ]  # fmt: skip


def test_the_letters_of_one_list_are_questions_beside_each_other(pasted):
    assert questions(pasted)[1:4] == [
        "Vertel eens over de laatste keer dat u punten inwisselde.", "Wat ging er goed?", "Wat ging er mis?",
    ]  # fmt: skip


def test_a_question_keeps_the_minutes_behind_it(pasted):
    asked = next(item for item in pasted.questions if item.text == "Welk cijfer geeft u?")
    assert asked.planned_s == 300


def test_the_date_the_people_and_the_checks_are_found(pasted):
    assert (pasted.starts_at, pasted.planned_min) == ("2026-12-13T19:30", 90)
    assert [(person.code, person.name, person.segment) for person in pasted.participants] == [
        ("P1", "Fatima", ""), ("P2", "Joost", "slapend"), ("P3", "Anna", "trouw"),
    ]  # fmt: skip
    assert [(check.text, check.phase, check.gate) for check in pasted.checks] == [
        ("opname aan", "start", True), ("Toestemming getekend", "start", True),
    ]  # fmt: skip
    assert said(pasted) == []


def test_letters_below_a_numbered_question_are_its_probes():
    plan = read_plan("# Kern\n1. Waar denkt u aan?\na) prijs\nb) service\n# Meer\na) Wat is dit?\nb) En dat?")
    assert questions(plan) == ["Waar denkt u aan?", "Wat is dit?", "En dat?"]
    assert [item.text for item in plan.guide if item.kind == "probe"] == ["prijs", "service"]


def test_a_timed_number_below_a_break_is_no_question_in_the_break():
    plan = read_plan(
        "---\ntaal: nl\n---\n1. Welkom 10’\n> uitleg\n- Wie bent u?\n# Pauze 10 min\n"
        "2. Concepten 25'\n- Wat ziet u? {sleutel}\n"
    )
    assert sections(plan) == [("section", "Welkom", 10), ("break", "Pauze", 10), ("section", "Concepten", 25)]


def test_a_timed_question_below_a_heading_stays_a_question():
    plan = read_plan("# Kern\n1. Geef een cijfer (5 min)\n   - waarom\n2. Kies een beeld (10 min)\n   > wacht")
    assert sections(plan) == [("section", "Kern", 15)]
    assert questions(plan) == ["Geef een cijfer", "Kies een beeld"]


def test_times_of_day_give_the_length_until_the_next():
    plan = read_plan(
        "19.30 uur Welkom\nWie bent u?\n19.45 | Wat gaat goed?\n20u15 Pauze\n20:25-20:55 Concepten\n- Wat ziet u?"
    )
    assert sections(plan) == [("section", "Welkom", 45), ("break", "Pauze", 10), ("section", "Concepten", 30)]
    assert questions(plan) == ["Wie bent u?", "Wat gaat goed?", "Wat ziet u?"]
    assert plan.questions[1].planned_s == 30 * 60


@pytest.mark.parametrize("header", ["Tijd | Vraag\n", ""])
def test_a_table_without_bars_around_it_is_read(header):
    plan = read_plan(f"{header}19.30 | Wie bent u?\n20.45 uur | Pauze\n20.55 | Wat vindt u?")
    assert questions(plan) == ["Wie bent u?", "Wat vindt u?"]
    assert plan.questions[0].planned_s == 75 * 60
    assert ("break", "Pauze", 10) in sections(plan)


@pytest.mark.parametrize(
    "line", ["   - hoe lang (3 min)", "   > vraag door (3 min)", "2. Kies een kaart 3 min", "2. Kies een kaart: 3’"]
)
def test_minutes_that_count_nowhere_are_said(line):
    plan = read_plan(f"# Kern (20 min)\n1. Waarom? {{sleutel}}\n{line}\n# Slot (5 min)\n3. Nog iets?")
    assert said(plan) == [(3, "The 3 min here are not counted; write them behind a section or a question.")]


def test_a_length_in_a_sentence_is_no_time_box():
    assert said(read_plan("# Kern (20 min)\n1. Vertel over de laatste 20 minuten\n# Slot (5 min)\n2. Nog iets?")) == []


@pytest.mark.parametrize("title", ["Deelnemers", "**Deelnemers**", "Deelnemers:", "**Participants:**"])
@pytest.mark.parametrize("mark", ["", "- ", "1. "])
def test_names_below_the_word_alone_are_the_participants(title, mark):
    plan = read_plan(f"# Kern\n1. Waarom? {{sleutel}}\n\n{title}\n{mark}P7 Fatima\n{mark}Joost – trouw\n")
    assert [(person.code, person.name, person.segment) for person in plan.participants] == [
        ("P7", "Fatima", ""), ("P1", "Joost", "trouw"),
    ]  # fmt: skip


def test_a_sentence_below_the_word_participants_names_nobody():
    plan = read_plan(
        "# Kern\n1. Waarom? {sleutel}\n\nDeelnemers\nWij werven acht klanten, van wie vier slapend zijn.\n"
    )
    assert plan.participants == ()


@pytest.mark.parametrize("line", ["3 december 2026 19u30", "do 3 december 2026, 19.30 – 21.00 uur"])
@pytest.mark.parametrize("mark", ["", " {sleutel}"])
def test_a_loose_line_with_the_moment_is_the_start(line, mark):
    plan = read_plan(f"# Leidraad\n{line}\n\n## Kern\n1. Waarom?{mark}\n## Slot\n2. Nog iets?")
    assert plan.starts_at == "2026-12-03T19:30"


@pytest.mark.parametrize("above", ["", "Leidraad bezorging\nDuur: 90 minuten\n\n"])
@pytest.mark.parametrize("head", ["{n}. {title}\n{time}\n", "{title}\n{time}\n", "{title}\n({length})\n\n"])
@pytest.mark.parametrize("time", ["Tijd: {length}", "Zeit: {length}", "Estimated time: {length}"])
def test_a_line_with_only_the_time_below_it_is_a_section(above, head, time):
    parts = [("Introductie", "10 min", "Wie bent u?"), ("Over bezorgen", "30 min", "Wat gaat goed?")]
    text = above + "".join(
        head.format(n=n, title=title, length=length, time=time.format(length=length)) + f"- {question}\n\n"
        for n, (title, length, question) in enumerate(parts, 1)
    )
    plan = read_plan(text)
    assert sections(plan) == [("section", "Introductie", 10), ("section", "Over bezorgen", 30)]
    assert questions(plan) == ["Wie bent u?", "Wat gaat goed?"]


def test_what_is_shown_with_its_name_is_no_section():
    text = "Bezorging – 40 min\n1. Wat gaat goed?\n\nToon kaart A: prijslijst\n\nPeiling: hoe tevreden bent u?\n"
    plan = read_plan(text + "\nSlot – 10 min\n2. Nog iets?\n")
    assert sections(plan) == [("section", "Bezorging", 40), ("section", "Slot", 10)]


def test_a_day_without_a_time_is_kept():
    plan = read_plan("Leidraad\n\nDatum: 3. Dezember 2026\nModeration: Els\n\nBlok (10 min)\n1. Wie bent u?\n")
    assert plan.extra == (("start", "2026-12-03"),)
    assert plan.moderator == "Els"


def test_a_dash_in_a_table_says_nothing():
    text = (
        "| Tijd | Wat | Materiaal |\n|---|---|---|\n| 19:30-19:40 | Wie bent u? | - |\n| 19:40-20:00 | Wat nu? | – |\n"
    )
    assert not [item.text for item in read_plan(text).guide if item.kind == "instruction"]


@pytest.mark.parametrize(
    "line",
    ["Bitte bewerten Sie den Service von 1 bis 10.", "Please rate the service from 1 to 10.", "Rank these cards",
     "Beoordeel de bezorging met een cijfer.", "Évaluez le service de 1 à 10."],
)  # fmt: skip
def test_who_is_asked_for_a_mark_is_asked(line):
    plan = read_plan(f"# Kern (10 min)\n- Was gefällt Ihnen?\n- {line}\n")
    assert questions(plan) == ["Was gefällt Ihnen?", line]


def test_a_table_of_facts_above_a_guide_is_the_header():
    table = "| Datum | donderdag 3 december 2026 |\n|---|---|\n| Tijd | 19.30 – 21.00 uur |\n| Zaal | De Hoek |\n"
    guide = "| Gespreksleider | Els |\n\n## Kern (30 min)\n- Wat gaat goed?\n"
    plan = read_plan(f"# Draaiboek\n\n{table}{guide}")
    assert (plan.starts_at, plan.planned_min, plan.moderator) == ("2026-12-03T19:30", 90, "Els")
    assert plan.extra == (("Zaal", "De Hoek"),)
    assert sections(plan) == [("section", "Kern", 30)]


@pytest.mark.parametrize("head", ["| Tijd | Vraag |", "| Doel | Vraag |"])
def test_the_head_of_a_guide_in_a_table_is_no_fact(head):
    plan = read_plan(f"{head}\n|---|---|\n| 10 min | Wie bent u? |\n| 30 min | Wat gaat goed? |\n")
    assert questions(plan) == ["Wie bent u?", "Wat gaat goed?"]


def test_small_roman_numbers_below_a_letter_are_probes():
    plan = read_plan("# Kern (30 min)\na. Wat gaat goed?\ni. bij wie\nii. wanneer\nb. Wat niet?\n")
    assert questions(plan) == ["Wat gaat goed?", "Wat niet?"]


def test_a_table_of_contents_and_an_annex_are_no_sections():
    contents = "Inhoudsopgave\n1. Welkom .......... 2\n2. Kern ....... 13\n\n"
    guide = "# Welkom (5 min)\n- Wie bent u?\n# Kern (30 min)\n- Wat gaat goed?\n# Bijlage\nKaart A: prijzen\n"
    plan = read_plan(contents + guide)
    assert sections(plan) == [("section", "Welkom", 5), ("section", "Kern", 30)]
    assert questions(plan) == ["Wie bent u?", "Wat gaat goed?"]
