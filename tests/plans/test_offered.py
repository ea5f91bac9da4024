"""What a guide of one's own says is shown, asked in a poll or done in subgroups, and marks of kring in such a guide."""

import pytest

from kring.plans.plan_reader import read_plan

GUIDE = (
    "**Deel 1 – Start – 10 min**\n**Vraag 1:** Wie bent u?\n{}\n\n**Deel 2 – Slot – 10 min**\n**Vraag 2:** Nog iets?\n"
)
PLAIN = "Start (10 min)\n1. Wie bent u?\n{}\n\nSlot (10 min)\n2. Nog iets?\n"


def said(line, guide=GUIDE):
    plan = read_plan(guide.format(line))
    found = [item for item in plan.guide if item.kind not in ("section", "question")]
    return [(item.kind, item.text, item.file or "; ".join(item.options)) for item in found]


@pytest.mark.parametrize(
    ("line", "kind", "text", "more"),
    [
        ("Stimulus: filmpje over de app", "stimulus", "filmpje over de app", ""),
        ("- Stimulus A: concept.png", "stimulus", "concept", "concept.png"),
        ("*Prikkel: het nieuwe logo*", "stimulus", "het nieuwe logo", ""),
        ("[Deel scherm: concept.pdf]", "stimulus", "concept", "concept.pdf"),
        ("Show concept.png", "stimulus", "concept", "concept.png"),
        ("Poll: rapportcijfer 1-3", "poll", "rapportcijfer", "1; 2; 3"),
        ("[POLL: Hoe tevreden bent u? 1 t/m 3]", "poll", "Hoe tevreden bent u?", "1; 2; 3"),
        ("Peiling 1: Hoe voelt u zich? (goed / slecht)", "poll", "Hoe voelt u zich?", "goed; slecht"),
        ("Zoom-poll: Bent u tevreden? Ja / Nee", "poll", "Bent u tevreden?", "Ja; Nee"),
        ("Peiling: Welke kanalen: mail; app (meer antwoorden)", "poll", "Welke kanalen", "mail; app"),
        ("[Breakout rooms]", "breakout", "Subgroepen", ""),
        ("[Breakout 10 min]", "breakout", "Subgroepen", ""),
    ],
)
@pytest.mark.parametrize("guide", [GUIDE, PLAIN])
def test_what_is_offered_is_read_as_such(line, kind, text, more, guide):
    assert said(line, guide) == [(kind, text, more)]


@pytest.mark.parametrize(
    "line",
    ["Stimulus: wat ziet u hier?", "Poll: wie is het hiermee eens?", "Toon concept B", "We doen een poll", "Peiling"],
)
def test_what_only_sounds_like_it_is_not(line):
    assert not {kind for kind, *_ in said(line)} & {"stimulus", "poll", "breakout"}


def test_a_poll_without_options_is_told():
    plan = read_plan(GUIDE.format("Poll: rapportcijfer"))
    assert any("no options" in str(one.sentence) for one in plan.warnings)


def test_a_time_in_brackets_is_that_of_what_is_done():
    plan = read_plan(PLAIN.format("[Subgroepen 2 (5 min)]\n[PAUZE 5 MIN]"))
    assert [(item.kind, item.planned_s) for item in plan.guide if item.planned_s] == [
        ("section", 600), ("breakout", 300), ("break", 300), ("section", 600),
    ]  # fmt: skip


def test_a_plain_line_with_a_time_stays_a_part_among_plain_lines_with_a_time():
    plan = read_plan(PLAIN.format("\nStimulus: filmpje (5 min)"))
    assert [section.planned_s for section in plan.sections] == [600, 300, 600]


@pytest.mark.parametrize("line", ["@poll Cijfer: 0-10", "@stimulus A: a.png", "> laat stiltes vallen", "3. Wat? {key}"])
def test_a_mark_of_kring_takes_no_parts_from_a_guide_of_ones_own(line):
    plan = read_plan(PLAIN.format(line))
    assert [(section.text, section.planned_s) for section in plan.sections] == [("Start", 600), ("Slot", 600)]


@pytest.mark.parametrize(
    "fact", ["3 december 2026, 19.30 - 21.00 uur", "Fieldwork: 3 Dec 2026, 7.30pm–9pm", "Duur: 90 min"]
)
def test_the_line_above_a_date_is_the_title(fact):
    plan = read_plan(f"Gespreksleidraad energie – groep 1\n{fact}\n\n" + PLAIN.format(""), "x.md")
    assert plan.title == "Gespreksleidraad energie – groep 1"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Peiling: Kanalen: mail; app (meer antwoorden)", "multiple"),
        ("Poll: Channels: mail; app (ranking)", "ranking"),
        ("Poll: Cijfer 1-10 (schaal)", "scale"),
        ("Poll: Cijfer 1-10", None),
    ],
)
def test_the_kind_of_a_poll_may_stand_behind_it(line, kind):
    assert [item.poll_kind for item in read_plan(GUIDE.format(line)).guide if item.kind == "poll"] == [kind]


@pytest.mark.parametrize(
    ("line", "text", "seconds"),
    [
        ("[Subgroepen 15 minuten]", "Subgroepen", 900),
        ("[Breakout rooms 10 min]", "Subgroepen", 600),
        ("[Breakout rooms, 10 min]", "Subgroepen", 600),
        ("[Breakout 2, 10 min]", "Subgroepen 2", 600),
        ("[Breakout rooms: 3, 10 min]", "Subgroepen 3", 600),
        ("[Subgroepen 3 (12 min)]", "Subgroepen 3", 720),
        ("[Subgroepen 15-20 min]", "Subgroepen", 1200),
    ],
)
def test_minutes_are_no_number_of_rooms(line, text, seconds):
    (item,) = [one for one in read_plan(GUIDE.format(line)).guide if one.kind == "breakout"]
    assert (item.text, item.planned_s) == (text, seconds)


@pytest.mark.parametrize("name", ["Showroom.mp4", "Toonaangevend.pdf", "Zeigenswert.png"])
def test_a_file_whose_name_begins_like_a_word_for_showing_loses_nothing_of_it(name):
    assert [text for _kind, text, _more in said(name)] == [name]
