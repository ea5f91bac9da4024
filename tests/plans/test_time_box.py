"""Times as people write them."""

import pytest

from kring.plans.time_box import TimeBox, clock, duration, minutes_between, split_box, time_box


@pytest.mark.parametrize(
    ("written", "low_min", "planned_min"),
    [
        ("90 min", None, 90),
        ("90", None, 90),
        ("1,5 uur", None, 90),
        ("1.5 h", None, 90),
        ("1:30", None, 90),
        ("1u30", None, 90),
        ("1 uur en 30 minuten", None, 90),
        ("anderhalf uur", None, 90),
        ("2 hours", None, 120),
        ("8'", None, 8),
        ("5-8 min", 5, 8),
        ("15–20 minutes", 15, 20),
        ("ca. 10 min.", None, 10),
        ("90 sec", None, 1.5),
    ],
)
def test_a_length_of_time_is_read(written, low_min, planned_min):
    assert duration(written) == (None if low_min is None else low_min * 60, planned_min * 60)


@pytest.mark.parametrize("written", ["", "snel", "2026", "10 euro", "kwart over acht", "-5", "1e6 min"])
def test_what_is_no_length_is_none_and_never_zero(written):
    assert duration(written) is None


@pytest.mark.parametrize(
    ("written", "time"),
    [("19:30", "19:30"), ("7.30 pm", "19:30"), ("20:15 uur", "20:15"), ("25:00", None), ("20:75", None), ("8", None)],
)
def test_a_time_of_day_is_read(written, time):
    assert clock(written) == time


@pytest.mark.parametrize(
    ("heading", "title", "planned_min", "until"),
    [
        ("Welkom (8)", "Welkom", 8, None),
        ("Welkom (8 min)", "Welkom", 8, None),
        ("Welkom (8')", "Welkom", 8, None),
        ("Welkom (tot 20:15)", "Welkom", None, "20:15"),
        ("Welkom (20:15)", "Welkom", None, "20:15"),
        ("Pauze (10 min, tot 20:15)", "Pauze", 10, "20:15"),
        ("Kern (1:30)", "Kern", 90, None),
        ("Welkom - 10 min", "Welkom", 10, None),
        ("10 min – Welkom", "Welkom", 10, None),
        ("19:30-19:45 Welkom", "Welkom", 15, None),
        ("Welkom (23:50-0:10)", "Welkom", 20, None),
        ("Concepten (A en B) (20 min)", "Concepten (A en B)", 20, None),
        ("Terug naar (2024)", "Terug naar (2024)", None, None),
    ],
)
def test_a_heading_gives_up_its_time_and_keeps_the_rest(heading, title, planned_min, until):
    rest, box = split_box(heading, heading=True)
    assert rest == title
    assert (box.planned_s if box else None) == (planned_min and planned_min * 60)
    assert (box.until if box else None) == until


@pytest.mark.parametrize(
    ("box", "planned_min", "until", "warn_min"),
    [
        ("8 min, let op 2 min", 8, None, 2),
        ("8 min, warn 2 min", 8, None, 2),
        ("8 min; Let op: 90 s", 8, None, 1.5),
        ("warn at 3', 5-8 min", 8, None, 3),
        ("tot 20:15, let op bij 5", None, "20:15", 5),
        ("8 min, warn 0 min", 8, None, 0),
        ("8 min", 8, None, None),
    ],
)
def test_a_box_says_from_how_much_left_on_it_is_soon_over(box, planned_min, until, warn_min):
    rest, found = split_box(f"Welkom ({box})", heading=True)
    assert rest == "Welkom"
    assert found.planned_s == (planned_min and planned_min * 60)
    assert found.until == until
    assert found.warn_s == (None if warn_min is None else warn_min * 60)


@pytest.mark.parametrize("words", ["let op de tijd", "let op 2 mensen", "warn everybody", "letop", "soon"])
def test_a_remark_between_brackets_is_no_threshold(words):
    assert split_box(f"Welkom ({words})", heading=True) == (f"Welkom ({words})", None)


def test_a_number_between_brackets_in_a_question_is_no_time():
    assert split_box("Welk cijfer (1) geeft u?") == ("Welk cijfer (1) geeft u?", None)
    assert split_box("Welk cijfer geeft u? (5 min)")[1].planned_s == 300


def test_minutes_run_past_midnight():
    assert minutes_between("23:50", "00:20") == 30


@pytest.mark.parametrize(
    "text",
    ["Concepten 25’", "Concepten 25'", "Concepten 25′", "Concepten 25 min.", "Concepten 25m", "Concepten ±25 min",
     "Concepten ca. 25 min", "Concepten – 25 Min", "Concepten (25’)"],
)  # fmt: skip
def test_a_heading_says_its_minutes_as_people_type_them(text):
    assert split_box(text, heading=True) == ("Concepten", TimeBox(planned_s=25 * 60))


@pytest.mark.parametrize(
    "text",
    ["20.45 | Pauze", "20.45 uur Pauze", "20u45 Pauze", "20:45 – Pauze", "Pauze 20.45 uur", "Pauze, om 20u45"],
)
def test_a_time_of_day_is_no_number_of_minutes(text):
    assert split_box(text, heading=True) == ("Pauze", TimeBox(starts="20:45"))


@pytest.mark.parametrize(
    "text",
    ["20:45-20:55 Pauze", "20.45 – 20.55 uur Pauze", "20.45 uur - 20.55 uur: Pauze", "Pauze 20u45-20u55"],
)
def test_a_range_on_the_clock_gives_the_length(text):
    assert split_box(text, heading=True) == ("Pauze", TimeBox(planned_s=600, starts="20:45"))


def test_what_only_looks_like_a_time_of_day_stays_in_the_heading():
    assert split_box("iOS 12.30", heading=True) == ("iOS 12.30", None)
    assert split_box("Wat vindt u? 5 min", heading=True) == ("Wat vindt u?", TimeBox(planned_s=300))
    assert time_box("7.5", bare_minutes=True) == TimeBox(planned_s=450)
    assert time_box("20.45", bare_minutes=True) == TimeBox(until="20:45")


@pytest.mark.parametrize("text", ["Pauze tot 20.05", "Pauze – tot 20:05 uur", "Pauze, tot 20u05"])
def test_an_end_on_the_clock_needs_no_brackets(text):
    assert split_box(text, heading=True) == ("Pauze", TimeBox(until="20:05"))


@pytest.mark.parametrize(
    ("text", "title", "planned_s"),
    [
        ("Blok 1 - 15 minuten - Kennismaking", "Blok 1 - Kennismaking", 900),
        ("Part A: 10 min: Welcome", "Part A: Welcome", 600),
        ("Deel 2 | 1,5 uur | Kern", "Deel 2 | Kern", 5400),
        ("Blok 1 - 15 jaar - Kennismaking", "Blok 1 - 15 jaar - Kennismaking", None),
        ("Blok 1 - Kennismaking - rondje", "Blok 1 - Kennismaking - rondje", None),
    ],
)
def test_a_time_may_stand_between_the_number_of_a_part_and_its_title(text, title, planned_s):
    found, box = split_box(text, heading=True)
    assert (found, box and box.planned_s) == (title, planned_s)
