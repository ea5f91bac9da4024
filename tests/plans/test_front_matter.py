"""The front matter, and what stands for it."""

import pytest

from kring.plans.front_matter import is_moment
from kring.plans.plan_reader import read_plan


def plan_with(*lines):
    return read_plan("\n".join(["---", *lines, "---", "# Kern (9 min)", "1. Wat? {key}"]), "plan.md")


@pytest.mark.parametrize(
    ("start", "starts_at"),
    [
        ("2026-12-03 19:30", "2026-12-03T19:30"),
        ("2026-12-03T19:30:00", "2026-12-03T19:30"),
        ("3 december 2026, 19.30 uur", "2026-12-03T19:30"),
        ("donderdag 3 dec 2026 19:30", "2026-12-03T19:30"),
        ("December 3, 2026 7:30 pm", "2026-12-03T19:30"),
        ("31-12-2026 20 uur", "2026-12-31T20:00"),
        ("2026-02-30 19:30", None),
        ("morgen", None),
        ("2026-12-03", None),
    ],
)
def test_a_start_is_a_local_time_or_none_with_a_warning(start, starts_at):
    plan = plan_with(f"start: {start}")
    assert plan.starts_at == starts_at
    assert bool(plan.warnings) == (starts_at is None)


def test_a_date_that_can_be_read_twice_is_told():
    plan = plan_with("start: 03-12-2026 19:30")
    assert plan.starts_at == "2026-12-03T19:30"
    assert "2026-12-03" in str(plan.warnings[0].sentence)
    assert plan.warnings[0].line == 2


def test_date_and_time_may_stand_apart():
    assert plan_with("datum: 2026-12-03", "tijd: 19:30").starts_at == "2026-12-03T19:30"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Télefoon Assistent:06-00000012", "assistant_phone", "06-00000012"),
        ("assistant's phone: 020 7946 0123", "assistant_phone", "020 7946 0123"),
        ("**duur**: 1:30", "planned_min", 90),
        ("vorm: op locatie", "form", "in_person"),
        ("form: In-Person", "form", "in_person"),
        ("vorm: hybride", "form", "hybrid"),
        ("language: English", "language", "en"),
        ("link: [Zoom](https://zoom.example/1)", "link", "https://zoom.example/1"),
        ('titel: "Sparen"', "title", "Sparen"),
        ("deelnemers: lijst van deelnemers.csv", "roster_file", "lijst van deelnemers.csv"),
    ],
)
def test_keys_are_forgiving(line, field, value):
    assert getattr(plan_with(line), field) == value


@pytest.mark.parametrize("line", ["duur: lang", "taal: Klingon", "vorm: buiten", "zomaar iets zonder teken"])
def test_what_has_no_meaning_is_kept_and_told(line):
    plan = plan_with("titel: x", line)
    assert line.partition(":")[2].strip() in dict(plan.extra).values() or line in dict(plan.extra).values()
    assert plan.warnings[0].line == 3


def test_an_unclosed_front_matter_ends_where_the_guide_begins():
    plan = read_plan("---\ntitel: Sparen\nduur: 60 min\n\n# Kern (9 min)\n1. Wat? {key}\n")
    assert (plan.title, plan.planned_min) == ("Sparen", 60)
    assert [section.text for section in plan.sections] == ["Kern"]
    assert [warning.line for warning in plan.warnings] == [3]


def test_a_missing_front_matter_and_bare_keys_are_fine():
    plan = read_plan("Titel: Sparen\nDuur: 60 min\n\n# Kern (9 min)\n1. Wat? {key}\n")
    assert (plan.title, plan.planned_min, plan.warnings) == ("Sparen", 60, ())


def test_a_rule_at_the_start_is_no_front_matter():
    plan = read_plan("---\n\n# Kern (9 min)\n1. Wat? {key}\n---\n# Slot (2 min)\n2. En? {slot}\n")
    assert [section.text for section in plan.sections] == ["Kern", "Slot"]


def test_a_key_that_stands_twice_keeps_the_first():
    plan = plan_with("titel: Een", "title: Twee")
    assert plan.title == "Een"
    assert plan.extra == (("title", "Twee"),)


def said(plan):
    return [(warning.line, str(warning.sentence)) for warning in plan.warnings if warning.line]


@pytest.mark.parametrize(
    "moment",
    ["Datum: 13-12-2026, 19.30 – 21.00 uur", "Datum: 13 december 2026, van 19u30 tot 21u00",
     "Datum: zondag 13 dec 2026\nTijd: 19:30-21:00"],
)  # fmt: skip
def test_a_range_of_times_is_the_start_and_the_length(moment):
    plan = read_plan(moment + "\n\n# Kern\n1. Wat?")
    assert (plan.starts_at, plan.planned_min, said(plan)) == ("2026-12-13T19:30", 90, [])


def test_a_length_that_is_written_counts_above_the_range():
    assert read_plan("Datum: 13-12-2026\nTijd: 19.30 - 21.00 uur\nDuur: 2 uur").planned_min == 120


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("Datum: donderdag half acht",
         "The start donderdag half acht is not understood; write it as 2026-12-03 19:30."),
        ("Tijd: half acht", "The time half acht is not understood; write it as 19:30."),
        ("Datum: 13 december 2026, half acht",
         "The start has a date and no time; write it as 2026-12-03 19:30."),
        ("Tijd: 19u30", "The start has a time and no real date; write it as 2026-12-03 19:30."),
    ],
)  # fmt: skip
def test_a_moment_that_is_not_understood_is_said_once_with_its_line(written, sentence):
    assert said(read_plan("\n" + written + "\n\n# Kern\n1. Wat?")) == [(2, sentence)]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("3 december 2026 19u30", True), ("19.30 uur", True), ("19u30", True),
        ("do 3 dec 2026, 19.30 – 21.00 uur", True),
        ("Dec 3, 2026 7:30 pm", True), ("3 december", True), ("half acht", False), ("19.30 uur Pauze", False),
        ("12", False), ("Vrijdag", False),
    ],
)  # fmt: skip
def test_a_line_that_is_only_a_moment_is_known(text, is_one):
    assert is_moment(text) is is_one


@pytest.mark.parametrize(
    ("told", "start", "minutes"),
    [
        ("7 pm – 8.30 pm", "19:00", 90),
        ("7 pm to 9 pm", "19:00", 120),
        ("7.30 pm - 9 pm", "19:30", 90),
        ("noon to 1.30 pm", "12:00", 90),
        ("11 am to noon", "11:00", 60),
        ("19.30 – 21.00 uur", "19:30", 90),
        ("7-8.30pm", "19:00", 90),
        ("7:00-8:30 pm", "19:00", 90),
        ("11-1 pm", "11:00", 120),
    ],
)
def test_from_and_to_are_read_with_whole_hours_too(told: str, start: str, minutes: int) -> None:
    plan = read_plan(f"Topic guide\n8 December 2026, {told}\n\n1. Welcome (10 min)\n- Who are you?\n")
    assert (plan.starts_at, plan.planned_min) == (f"2026-12-08T{start}", minutes)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("9. Dezember 2026", "2026-12-09"), ("Mittwoch, 3. März 2027", "2027-03-03"), ("1er août 2027", "2027-08-01"),
        ("mardi 6 juillet 2027", "2027-07-06"), ("2 juin 2027", "2027-06-02"), ("3 fév. 2027", "2027-02-03"),
    ],
)  # fmt: skip
def test_days_and_months_are_read_in_german_and_french(written, day):
    plan = read_plan(f"Leitfaden\n{written}, 18:00 Uhr\n\n1. Willkommen (10 min)\n- Wer sind Sie?\n")
    assert plan.starts_at == f"{day}T18:00"
