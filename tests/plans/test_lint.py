"""What may go wrong with a plan is said, and only that."""

import re
from datetime import date

import pytest

from kring.domain.study.model import PlannedGroup, Study
from kring.plans.lint import review
from kring.plans.outline import all_warnings, check_report, outline
from kring.plans.plan_reader import read_plan
from kring.plans.template import template, template_of_group

GOOD = """---
vorm: online
duur: 60 min
link: https://vergadering.example/1
telefoon assistent: 06-00000012
---
# Welkom (10 min)
1. Wie bent u?
# Kern (40 min)
2. Waarom? {sleutel}
3. Hoe?
# Slot (10 min)
4. Nog iets?
# Deelnemers
| naam | toestemming |
| Anna | ja |
| Joost | ja |
| Fatima | ja |
| Piet | ja |
| Samira | ja |
| Kees | ja |
# Controlelijst
## Bij de start !
- [ ] van iedereen is er toestemming
- [ ] opname gestart
"""


def sentences(text):
    return [str(warning.sentence) for warning in review(read_plan(text, "plan.md"))]


@pytest.mark.parametrize(
    ("first", "second", "length", "told"),
    [
        (" (10 min)", " (10 min)", 60, "4 questions in 20 min leave 5.0 min"),
        (" (10 min)", "", 60, ""),  # what has no time has what is left of the hour
        ("", "", 0, ""),
        ("", "", 12, "4 questions in 12 min leave 3.0 min"),
        (" (4 min)", " (4 min)", 8, "4 questions in 8 min leave 2.0 min"),
    ],
)
def test_minutes_a_question_are_those_that_all_questions_share(first, second, length, told):
    duration = f"---\nduur: {length} min\n---\n" if length else ""
    plan = f"{duration}# A{first}\n1. Wat?\n2. Hoe?\n# B{second}\n3. Waarom?\n4. Wie?\n"
    found = [sentence for sentence in sentences(plan) if "min for each" in sentence]
    assert [sentence[: len(told)] for sentence in found] == ([told] if told and "5.0" not in told else [])


def test_a_good_plan_has_no_warnings():
    assert all_warnings(read_plan(GOOD, "plan.md")) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("(40 min)", "(50 min)", "70 min, 10 more than the 60 min"),
        ("(40 min)", "(52,5 min)", "73 min, 13 more than the 60 min"),
        ("(40 min)", "(20 min)", "40 of the 60 min"),
        ("(40 min)", "", "The section Kern has no time"),
        (" {sleutel}", "", "No question is marked as key; mark with {key}"),
        ("| Kees | ja |\n", "| Kees | ja |\n| a | ja |\n| b | ja |\n| c | ja |\n", "A group of 9 is large; 5 to 8"),
        ("| Fatima | ja |\n| Piet | ja |\n", "", "A group of 4 is small; 5 to 8"),
        ("vorm: online", "vorm: op locatie", ""),
        ("link: https://vergadering.example/1\n", "", "link for participants is missing"),
        ("telefoon assistent: 06-00000012\n", "", "phone number is missing"),
        ("vorm: online", "vorm: online\nplatform: Skype", "Skype was retired in 2025"),
        ("3. Hoe?", "3. Hoe?\n   > teken op het Jamboard", "Jamboard was retired in 2024"),
        ("- [ ] opname gestart\n", "", "whether the recording runs"),
        ("| Fatima | ja |", "| Fatima |  |", "No consent on the list of: P3"),
        ("- [ ] van iedereen is er toestemming\n", "", "asks for consent"),
        ("## Bij de start !", "## Bij de start", "asks for consent"),
        ("duur: 60 min", "duur: 2 uur", "A session of 120 min needs a break"),
        ("3. Hoe?", "\n".join(f"{n}. Hoe {n}?" for n in range(3, 14)), "14 questions are too many: 12 is the most"),
        ("3. Hoe?", "\n".join(f"{n}. Hoe {n}?" for n in range(3, 14)), "14 questions in 60 min leave 4.3 min"),
        ("3. Hoe?", "3. Hoe [doet u het]?", "A placeholder in square brackets is not filled in, at line"),
        ("| Kees |", "| P6 |", "Participants without a name: 1"),
        ("vorm: online", "vorm: online\ngespreksleider: uw naam", "Still as in the template: uw naam."),
    ],
)
def test_what_may_go_wrong_is_said(before, after, said):
    assert before in GOOD
    found = sentences(GOOD.replace(before, after))
    if said == "14 questions in 60 min leave 4.3 min":
        assert not any("leave" in sentence for sentence in found), "four minutes each is enough"
    else:
        assert any(said in sentence for sentence in found) if said else found == []


def test_too_little_time_for_each_question_is_said():
    assert any(
        "leave 2.5 min for each" in one
        for one in sentences(GOOD.replace("(40 min)", "(2 min)").replace("(10 min)", "(4 min)"))
    )


def test_warnings_stand_at_their_line():
    plan = read_plan(GOOD.replace("# Kern (40 min)", "# Kern"), "plan.md")
    assert [warning.line for warning in review(plan) if "Kern" in str(warning.sentence)] == [9]


def test_the_outline_has_every_item_once():
    plan = read_plan(GOOD, "plan.md")
    assert [line.text for line in outline(plan)] == [item.text for item in plan.guide]
    assert [line.depth for line in outline(plan)][:3] == [0, 1, 0]


def test_the_report_holds_the_whole_plan_and_the_sums():
    report = check_report(read_plan(GOOD, "plan.md"), say=lambda sentence: "gezegd")
    assert report["plan"]["guide"][1]["text"] == "Wie bent u?"
    assert (report["minutes"], report["planned_minutes"], report["questions"], report["participants"]) == (60, 60, 4, 6)
    assert report["warnings"] == []


def evening(break_, kern="(40 min)"):
    return f"""---
start: 2026-12-03 19:30
---
# Welkom (10 min)
1. Wie bent u?
# Kern {kern}
2. Waarom? {{sleutel}}
# Pauze ({break_})
# Slot (10 min)
3. Nog iets?
"""


@pytest.mark.parametrize(
    ("break_", "said"),
    [
        ("tot 20:15", "Pauze ends at 20:15, which is before it can begin: at 20:20."),
        ("tot 08:15", "Pauze ends at 08:15, long after it begins: at 20:20."),
        ("tot 23:45", "Pauze ends at 23:45, long after it begins: at 20:20."),
        ("tot 20:30", ""),
        ("tot 23:15", ""),
    ],
)
def test_an_end_on_the_clock_that_cannot_be_is_said(break_, said):
    ends = [text for text in sentences(evening(break_)) if text.startswith("Pauze ends")]
    assert ends == ([said] if said else [])


def test_an_end_after_times_that_nobody_wrote_may_be_late_but_never_early():
    assert not any("Pauze ends" in text for text in sentences(evening("tot 23:45", kern="")))
    assert any("before it can begin: at 19:40" in text for text in sentences(evening("tot 19:35", kern="")))


def test_placeholders_that_nobody_filled_in_are_counted():
    text = GOOD.replace("2. Waarom?", "2. Waarom [merk] en [dienst]?").replace("3. Hoe?", "3. Hoe?\n   - bij [winkel]")
    assert "3 placeholders in square brackets are not filled in, the first at line 10." in sentences(text)
    text = GOOD.replace("2. Waarom?", "2. Waarom [merk]?")
    assert "A placeholder in square brackets is not filled in, at line 10." in sentences(text)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("form", ["online", "in_person"])
def test_what_a_template_says_in_front_is_found_there(form: str, language: str) -> None:
    """A template that is reworded must still be recognised."""
    text = template(form, language, date(2026, 11, 29))
    [found] = [one for one in sentences(text) if one.startswith("Still as in the template")]
    [front] = re.findall(r"---\n(.*?)---", text, re.DOTALL)
    known = {"group", "groep", "language", "taal", "form", "vorm", "start", "duration", "duur", "platform"}
    filled = [line.partition(": ") for line in front.splitlines()]
    assert sorted(found.partition(": ")[2].removesuffix(".").split("; ")) == sorted(
        value for name, _, value in filled if name not in known
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("form", ["online", "in_person"])
def test_a_template_is_for_a_day_to_come(form: str, language: str) -> None:
    plan = read_plan(template(form, language, date(2028, 2, 20)), "plan.md")
    assert plan.starts_at == "2028-03-05T19:30"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_recording_of_a_template_ticks_itself(language: str) -> None:
    plan = read_plan(template("online", language, date(2026, 11, 29)), "plan.md")
    assert [check.gate for check in plan.checks if check.recording] == [True]


@pytest.mark.parametrize("form", ["online", "in_person"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_plan_that_is_begun_beside_a_study_knows_its_group(form: str, language: str) -> None:
    groups = (PlannedGroup(number="3", starts_at="2027-02-03T14:00", plan="Groep-3.md"),)
    study = Study(title="Sparen", question="Waarom niet?", groups=groups)
    today = date(2026, 11, 29)
    plan = read_plan(template_of_group(form, language, today, study, "groep-3.md"), "plan.md")
    told = (plan.study, plan.objective, plan.group, plan.starts_at)
    assert told == ("Sparen", "Waarom niet?", "3", "2027-02-03T14:00")
    assert plan.title in ("Sparen - groep 3", "Sparen - group 3")
    other = read_plan(template_of_group(form, language, today, study, "proef.md"), "plan.md")
    assert (other.study, other.starts_at) == ("Sparen", "2026-12-13T19:30")
    assert template_of_group(form, language, today, Study(), "groep-3.md") == template(form, language, today)
