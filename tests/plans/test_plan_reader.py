"""The plan's Markdown, line by line."""

import subprocess
import sys

import msgspec
import pytest

from kring.domain.plan import Plan
from kring.plans.plan_reader import read_plan

PLAN = """---
titel: Sparen: nut of last? # groep 1
doel: Begrijpen waarom punten verlopen
onderzoek: sparen-2026     groep: 1
Taal: nl
VORM: Online
start: 2026-12-03 19:30     duur: 1,5 uur
platform: Zoom
link: https://vergadering.example/123?a=1#b
Telefoon assistent: 06-00000012
facilitator: Els
assistent: Bo
opdrachtgever: De Winkel
---

# 1. Welkom (8 min)
> Doel, opname, vertrouwelijkheid.
- [ ] opname loopt
1. Wie bent u? {opening}
   - hoe lang lid

# Ervaringen (5-25 min)
2. Vertel eens over de laatste keer. ! {sleutel}
   > stilte laten vallen
   - Doorvraag: wat ging goed
     - en daarna
3. Welk cijfer? (5 min)
   @peiling Cijfer: 0-10

# Pauze (10 min, tot 20:15)
# Concepten
@stimulus A: concept a.png "Direct voordeel"
@whiteboard https://bord.example/x   @subgroepen 2 (12 min)   @opdracht Kaartjes sorteren
4. Wat ziet u hier? {#eerste-indruk}
# Afsluiting (10 min)
5. Wat vergaten we?

# Deelnemers
| code | naam | klantgroep | NPS | toestemming |
|------|------|------------|-----|-------------|
| P1 | Fatima | trouw | 9 | alles |
| P4 | Piet | slapend | 3 | deelname; geluid |

# Controlelijst
## Een half uur van tevoren
- [ ] wachtruimte open https://vergadering.example/123
## Bij de start !
- [ ] per deelnemer: camera, microfoon, galerijweergave, chat getest
- [x] toestemming binnen
## Na afloop
- [ ] chat bewaard !
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(PLAN, "plan.md")


def kinds(plan: Plan) -> list[tuple[str, str, str]]:
    return [(item.number, item.kind, item.text) for item in plan.guide]


def test_the_front_matter_is_read_in_both_languages_and_never_cut(plan):
    assert plan.title == "Sparen: nut of last? # groep 1"
    assert (plan.study, plan.group) == ("sparen-2026", "1")
    assert (plan.language, plan.form, plan.starts_at, plan.planned_min) == ("nl", "online", "2026-12-03T19:30", 90)
    assert plan.link == "https://vergadering.example/123?a=1#b"
    assert (plan.assistant_phone, plan.moderator, plan.assistant) == ("06-00000012", "Els", "Bo")
    assert (plan.client, plan.extra) == ("De Winkel", ())
    assert plan.warnings == ()


def test_the_guide_is_flat_and_in_order(plan):
    assert kinds(plan) == [
        ("1", "section", "Welkom"),
        ("", "instruction", "Doel, opname, vertrouwelijkheid."),
        ("1.1", "question", "Wie bent u?"),
        ("", "probe", "hoe lang lid"),
        ("2", "section", "Ervaringen"),
        ("2.1", "question", "Vertel eens over de laatste keer."),
        ("", "instruction", "stilte laten vallen"),
        ("", "probe", "wat ging goed"),
        ("", "probe", "en daarna"),
        ("2.2", "question", "Welk cijfer?"),
        ("", "poll", "Cijfer"),
        ("3", "break", "Pauze"),
        ("4", "section", "Concepten"),
        ("", "stimulus", "Direct voordeel"),
        ("", "activity", "Whiteboard"),
        ("", "breakout", "Subgroepen 2"),
        ("", "activity", "Kaartjes sorteren"),
        ("4.1", "question", "Wat ziet u hier?"),
        ("5", "section", "Afsluiting"),
        ("5.1", "question", "Wat vergaten we?"),
    ]


def test_items_hang_below_what_they_belong_to(plan):
    parent = {
        item.text: next((above.text for above in plan.guide if above.id == item.parent), None) for item in plan.guide
    }
    assert parent["stilte laten vallen"] == parent["en daarna"] == "Vertel eens over de laatste keer."
    assert parent["Cijfer"] == "Welk cijfer?"
    assert parent["Whiteboard"] == parent["Wat ziet u hier?"] == "Concepten"
    assert parent["Welkom"] is None


def test_times_kinds_marks_and_labels_are_read(plan):
    by_text = {item.text: item for item in plan.guide}
    assert (by_text["Ervaringen"].planned_low_s, by_text["Ervaringen"].planned_s) == (300, 1500)
    assert (by_text["Pauze"].planned_s, by_text["Pauze"].until) == (600, "20:15")
    assert by_text["Subgroepen 2"].planned_s == 720
    assert [question.question_kind for question in plan.questions] == ["opening", "key", None, None, "ending"]
    assert [question.must_ask for question in plan.questions] == [False, True, False, False, False]
    assert [question.label for question in plan.questions] == ["1", "2", "3", "4", "5"]
    assert by_text["Cijfer"].options == tuple(str(mark) for mark in range(11))
    assert (by_text["Direct voordeel"].label, by_text["Direct voordeel"].file) == ("A", "concept a.png")
    assert by_text["Whiteboard"].url == "https://bord.example/x"
    assert by_text["Wat ziet u hier?"].id == "eerste-indruk"


def test_lines_are_those_of_the_file(plan):
    lines = PLAN.split("\n")
    for item in plan.guide:
        assert item.text.split()[0] in lines[item.line - 1] or item.kind in ("stimulus", "activity", "breakout")
    assert {check.text: check.line for check in plan.checks}["chat bewaard"] == lines.index("- [ ] chat bewaard !") + 1


def test_the_checklist_has_phases_gates_parts_and_places(plan):
    by_text = {check.text: check for check in plan.checks}
    assert by_text["opname loopt"].phase == "during"
    assert by_text["opname loopt"].item == "welkom"
    assert not by_text["opname loopt"].gate
    assert by_text["wachtruimte open https://vergadering.example/123"].url == "https://vergadering.example/123"
    each = by_text["camera, microfoon, galerijweergave, chat getest"]
    assert (each.phase, each.gate, each.per_participant) == ("start", True, True)
    assert each.parts == ("camera", "microfoon", "galerijweergave", "chat")
    assert by_text["toestemming binnen"].gate
    assert by_text["chat bewaard"].gate
    assert by_text["chat bewaard"].phase == "after"


def test_the_roster_is_read_from_the_table(plan):
    first, second = plan.participants
    assert (first.code, first.name, first.seat, first.segment) == ("P1", "Fatima", 1, "trouw")
    assert first.attributes == (("NPS", "9"),)
    assert (second.code, second.seat, second.consent) == ("P4", 2, "deelname; geluid")


def test_a_plan_survives_json(plan):
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan


@pytest.mark.parametrize(
    ("shape", "change"),
    [
        ("CRLF", lambda text: text.replace("\n", "\r\n")),
        ("byte order mark", lambda text: "\ufeff" + text),
        ("no-break spaces", lambda text: text.replace("   -", "\u00a0\u00a0\u00a0-")),
        ("tabs", lambda text: text.replace("   ", "\t")),
        ("Word's bullets", lambda text: text.replace("   - ", "   • ")),
        ("dashes from Word", lambda text: text.replace("   - ", "   – ")),
        ("the letter o", lambda text: text.replace("   - ", "   o\t")),
        ("1) for 1.", lambda text: text.replace("1. ", "1) ").replace("2. ", "2) ")),
        ("curly quotes", lambda text: text.replace('"Direct voordeel"', "“Direct voordeel”")),
        ("line separators", lambda text: text.replace("\n", "\u2028")),
    ],
)
def test_a_plan_from_word_or_a_mail_is_the_same_plan(plan, shape, change):
    other = read_plan(change(PLAN), "plan.md")
    assert [(item.number, item.kind, item.text) for item in other.guide] == kinds(plan), shape
    assert other.participants == plan.participants


def test_a_line_that_is_not_understood_is_a_note_at_its_place_with_a_warning():
    plan = read_plan(
        "# Welkom (8 min)\n1. Wie bent u?\n\nzomaar een regel\n@onbekend iets\n# Slot (2 min)\n2. Nog iets?\n"
    )
    notes = [(item.text, item.line, item.parent) for item in plan.guide if item.kind == "note"]
    assert notes == [("zomaar een regel", 4, "welkom"), ("@onbekend iets", 5, "welkom")]
    assert [warning.line for warning in plan.warnings] == [4, 5]
    assert "zomaar een regel" in str(plan.warnings[0].sentence)


def test_bullets_below_a_heading_are_questions_when_they_ask():
    plan = read_plan("# Kern (20 min)\n> rustig\n- Wat ging goed?\n- Wat ging fout?\n  - en toen\n- appels en peren\n")
    assert kinds(plan) == [
        ("1", "section", "Kern"),
        ("", "instruction", "rustig"),
        ("1.1", "question", "Wat ging goed?"),
        ("1.2", "question", "Wat ging fout?"),
        ("", "probe", "en toen"),
        ("", "note", "appels en peren"),
    ]


def test_a_wrapped_line_is_one_line():
    plan = read_plan(
        "---\ntaal: nl\n---\n# Kern (9)\n1. Kunt u zich voorstellen, met\n   iets wat u ziet? ! {sleutel}\n"
        "   - kort,\n     heel kort\n"
    )
    question = plan.questions[0]
    assert question.text == "Kunt u zich voorstellen, met iets wat u ziet?"
    assert question.question_kind == "key"
    assert plan.guide[-1].text == "kort, heel kort"


def test_deeper_headings_share_the_time_once():
    plan = read_plan("# Kern (40 min)\n> let op\n## Sparen (15 min)\n1. Waarom?\n## Inwisselen (25 min)\n2. Hoe?\n")
    assert [(section.text, section.planned_s) for section in plan.sections] == [("Sparen", 900), ("Inwisselen", 1500)]
    plan = read_plan("# Kern (40 min)\n## Sparen\n1. Waarom?\n## Inwisselen\n2. Hoe?\n")
    assert [(section.text, section.planned_s) for section in plan.sections] == [("Kern", 2400)]
    assert [question.number for question in plan.questions] == ["1.1", "1.2"]


def test_a_title_above_the_sections_is_the_title():
    plan = read_plan("# Sparen\n## Welkom (5 min)\n1. Wie?\n## Slot (5 min)\n2. Nog iets?\n")
    assert plan.title == "Sparen"
    assert [section.text for section in plan.sections] == ["Welkom", "Slot"]


def test_a_section_in_which_participants_introduce_themselves_is_no_roster():
    plan = read_plan(
        "# Deelnemers stellen zich voor (10 min)\n1. Wie bent u?\n# Pauze houden of niet (5 min)\n2. En?\n"
    )
    assert plan.participants == ()
    assert plan.sections[0].kind == "section"


@pytest.mark.parametrize("title", ["Pauze", "Break", "Korte pauze", "Koffiepauze", "Coffee break", "PAUZE en koffie"])
def test_a_break_is_a_break(title):
    assert read_plan(f"# {title} (10 min)\n").sections[0].kind == "break"


@pytest.mark.parametrize("title", ["Break the ice", "Breakout groups", "Break-out", "Wat deed u na de pauze?"])
def test_what_only_looks_like_a_break_is_none(title):
    assert read_plan(f"# {title} (10 min)\n1. Wat?\n").sections[0].kind == "section"


def test_a_question_without_a_section_gets_one():
    plan = read_plan("---\ntaal: nl\n---\n1. Wat vindt u?\n")
    assert [section.text for section in plan.sections] == ["Gesprek"]
    assert plan.questions[0].parent == plan.sections[0].id


@pytest.mark.parametrize(
    ("line", "title", "options"),
    [
        ("@poll Which: app; card", "Which", ("app", "card")),
        ("@peiling 0-10", "Peiling", tuple(map(str, range(11)))),
        (
            "@peiling Wat kiest u: prijs of service?: prijs; service",
            "Wat kiest u: prijs of service?",
            ("prijs", "service"),
        ),
        ("@peiling Cijfer", "Cijfer", ()),
    ],
)
def test_polls(line, title, options):
    plan = read_plan(f"# A (5)\n1. Wat?\n   {line}\n")
    poll = plan.guide[-1]
    assert (poll.kind, poll.text, poll.options) == ("poll", title, options)
    assert bool(plan.warnings) == (not options)


def test_a_wanted_id_is_never_taken_by_another_item_and_a_second_one_is_told():
    plan = read_plan("# Kern (9)\n1. Eerste? \n2. Tweede? {#kern}\n3. Derde? {#kern}\n")
    assert [item.id for item in plan.guide] == ["kern-3", "kern-3--eerste", "kern", "kern-2"]
    assert plan.warnings[0].line == 4


def test_an_empty_text_is_an_empty_plan_that_says_so():
    plan = read_plan("", "leeg.md")
    assert plan.title == "leeg"
    assert plan.guide == ()
    assert len(plan.warnings) >= 1


def test_participants_may_be_a_list():
    plan = read_plan("---\ntaal: nl\n---\n# Deelnemers\n- P3 Fatima, trouw\n- Piet (slapend)\n- Noor\n")
    assert [(p.code, p.name, p.seat, p.segment) for p in plan.participants] == [
        ("P3", "Fatima", 1, "trouw"),
        ("P1", "Piet", 2, "slapend"),
        ("P2", "Noor", 3, ""),
    ]


def test_phases_in_english_and_an_unknown_one():
    plan = read_plan(
        "# Checklist\n- [ ] a\n## A week before\n- b\n## During the break\n- c\n## Bananas\n- d\n## Afterwards\n1. e\n"
    )
    assert [(check.text, check.phase) for check in plan.checks] == [
        ("a", "half_hour_before"),
        ("b", "week_before"),
        ("c", "break"),
        ("d", "break"),
        ("e", "after"),
    ]
    assert [warning.line for warning in plan.warnings if "Bananas" in str(warning.sentence)] == [7]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Wat vindt u *echt* belangrijk?", "Wat vindt u echt belangrijk?"),
        ("Wat vindt u __zelf__, en _waarom_?", "Wat vindt u zelf, en waarom?"),
        ("**Wat vindt u: **de prijs?", "Wat vindt u: de prijs?"),
        ("Hoe leest u 2*3*4, en 5 * 6 * 7?", "Hoe leest u 2*3*4, en 5 * 6 * 7?"),
        ("Wat is mijn_eerste_map?", "Wat is mijn_eerste_map?"),
        (r"Wat is \*dit\*?", "Wat is *dit*?"),
    ],
)
def test_a_question_is_shown_without_the_stars_of_bold_and_italic(written, asked):
    [question] = read_plan(f"# Kern\n1. {written}\n").questions
    assert question.text == asked


def test_a_plan_without_stars_loads_no_reader_of_markdown():
    code = "import sys; from kring.plans.plan_reader import read_plan; read_plan('# A\\n1. B?\\n'); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert "markdown_it" not in run.stdout.split()


@pytest.mark.parametrize("word", ["subgroepen", "subgroup", "Subgroups", "breakout", "breakouts", "groepjes"])
def test_where_the_group_splits_has_its_words_in_both_languages(word):
    guide = read_plan(f"# Kern (20 min)\n1. Waarom?\n@{word} 2 (12 min)\n").guide
    [item] = [item for item in guide if item.planned_s == 720]
    assert (item.kind, item.parent) == ("breakout", "kern")
