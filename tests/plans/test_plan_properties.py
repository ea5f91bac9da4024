"""Laws of reading a plan: total, in linear time, with unique ids, parents that exist, and lines that are right."""

import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.decide.plan_match import reread
from kring.domain.plan import Plan
from kring.plans.outline import check_report, outline
from kring.plans.plan_reader import read_plan

LIMIT_S = 3.0  # linear reading takes a fifth of a second; anything quadratic many

WORDS = st.sampled_from(
    [
        *("Welkom", "Pauze", "Deelnemers", "Controlelijst", "Bij de start !", "Discussion Guide", "Tijd | Vraag"),
        *("(10 min)", "(tot 20:15)", "19:30", "0-10", "{sleutel}", "{#kern}", "!", "?", "[x]", "|", "A)", "1."),
        *("20.45 uur", "20:45-20:55", "25’", "ca. 25 min", "3 december 2026 19u30", "Fatima", "Deelnemers:"),
        *("Wat vindt u?", '"Waarom?"', "**vet**", "titel: a", "per deelnemer:", "Probe:", "Question 1:"),
        *("https://a.example/b", "@peiling", "@stimulus A:", "\u202e", "\x00", "\ud800"),
    ]
)
STARTS = st.sampled_from(
    [
        "",
        "# ",
        "## ",
        "### ",
        "#",
        "- ",
        "  - ",
        "\t- ",
        "• ",
        "o\t",
        "1. ",
        "2) ",
        "a. ",
        "b) ",
        "20.45 | ",
        "A) ",
        "> ",
        "- [ ] ",
        "@",
        "|",
        "---",
        "===",
        "**",
    ]
)
LINES = st.builds(lambda start, words: start + " ".join(words), STARTS, st.lists(WORDS, max_size=5))
PLANS = st.lists(LINES, max_size=40).map("\n".join)


def is_lawful(plan: Plan) -> None:
    ids = [item.id for item in plan.guide]
    assert len(set(ids)) == len(ids)
    before: set[str | None] = {None}
    for position, item in enumerate(plan.guide):
        assert item.parent in before, "a parent stands before its children"
        assert item.position == position
        assert item.text
        before.add(item.id)
    assert all(question.parent and question.number for question in plan.questions)
    assert {check.item for check in plan.checks} <= before
    assert len({check.id for check in plan.checks}) == len(plan.checks)
    assert len({person.code for person in plan.participants}) == len(plan.participants)
    assert len({person.seat for person in plan.participants}) == len(plan.participants)


@given(PLANS)
def test_reading_is_total_and_lawful_on_what_looks_like_a_plan(text):
    plan = read_plan(text, "plan.md")
    is_lawful(plan)
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan
    assert read_plan(text, "plan.md") == plan
    assert check_report(plan)["questions"] == len(plan.questions)
    assert len(list(outline(plan))) == len(plan.guide)
    count = text.replace("\r\n", "\n").count("\n") + 1
    assert all(1 <= item.line <= count for item in plan.guide)
    assert all(0 <= warning.line <= count for warning in plan.warnings)
    assert all(str(warning.sentence) for warning in plan.warnings)


@given(st.text(alphabet=st.characters(), max_size=400))
def test_reading_is_total_on_any_text(text):
    plan = read_plan(text, text[:20])
    is_lawful(plan)
    msgspec.json.encode(plan)


@given(PLANS, PLANS)
def test_reading_again_is_lawful_and_changes_nothing_when_nothing_changed(one, other):
    old, new = read_plan(one), read_plan(other)
    is_lawful(reread(old, new))
    assert reread(old, old) == old
    kept = {item.id for item in old.guide} & {item.id for item in new.guide}
    assert kept <= {item.id for item in reread(old, new).guide}


QUESTIONS = st.lists(
    st.text("abcdefghij ", min_size=8, max_size=30).filter(str.strip), min_size=2, max_size=8, unique=True
)


@given(QUESTIONS, st.integers(0, 7), st.text("klmnopq ", min_size=8, max_size=20).filter(str.strip))
def test_a_new_question_anywhere_moves_no_other_id(questions, place, added):
    def text(lines):
        return "# Kern (30 min)\n> rustig\n" + "".join(f"{n}. {line}?\n" for n, line in enumerate(lines, 1))

    old = read_plan(text(questions))
    longer = [*questions[: place % len(questions)], added, *questions[place % len(questions) :]]
    new = reread(old, read_plan(text(longer)))
    before = {question.text: question.id for question in old.questions}
    assert {question.text: question.id for question in new.questions if question.text in before} == before


HOSTILE = {
    "one line": "a" * 100_000,
    "blanks": " " * 100_000,
    "blanks and an end": "1. vraag" + " " * 100_000 + "x",
    "brackets": "# " + "(" * 100_000,
    "closed brackets": "# " + "(8 min" * 16_000,
    "braces": "1. " + "{" * 100_000,
    "ids": "1. x " + "{#a}" * 25_000,
    "stars": "*" * 100_000,
    "bold": "**a" * 33_000,
    "bullets": "- a\n" * 25_000,
    "empty bullets": "-\n" * 50_000,
    "headings": "# a\n" * 25_000,
    "deeper headings": "# a\n## b (1)\n" * 8_000,
    "nested headings": "".join(f"{'#' * (1 + n % 6)} a\n" for n in range(20_000)),
    "questions": "# a (1)\n" + "1. a?\n" * 16_000,
    "wrapped": "# a (1)\n1. a\n" + " b\n" * 33_000,
    "chapters": "# Discussion guide\n1. a?\n" * 4_000,
    "commands": "@peiling " * 11_000,
    "tables": "|a" * 50_000,
    "rows": "| Tijd | Vraag |\n" + "| 1 | a? |\n" * 9_000,
    "roster": "# Deelnemers\n" + "- a\n" * 25_000,
    "checklist": "# Controlelijst\n" + "- [ ] a\n" * 12_000,
    "front matter": "---\n" + "a: b\n" * 20_000,
    "front matter, one line": "---\ntitel: " + "a:  b " * 16_000 + "\n---\n",
    "links": "1. " + "[a](http://a " * 7_000,
    "addresses": "1. " + "http://" * 14_000,
    "quotes": '@stimulus A: "' + 'a" ' * 33_000,
    "digits": "1" * 100_000,
    "numbers": "1." * 50_000,
    "dashes": "-" * 100_000,
    "dashes apart": "- " * 50_000,
    "labels": "**a:** b\n" * 11_000,
    "lettered": "A) a\nB) b\n" * 10_000,
    "plain headings": "a (1)\n\nb?\n\n" * 8_000,
    "NUL": "\x00" * 100_000,
    "lone surrogates": "\ud800" * 100_000,
    "combining marks": "1. e" + "\u0301" * 99_000,
    "bidi": "\u202e# a (1)\n" * 10_000,
    "markup": "1. <b>[red]a[/red]</b>\x1b]0;x\x07\n" * 3_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_thousands_of_hostile_characters_are_read_in_linear_time(text):
    text = text[: len(text) // 4] + text[-20:]  # how it ends may be what makes it hostile
    began = time.process_time()
    plan = read_plan(text, "plan.md")
    again = reread(plan, read_plan(text + "\nx", "plan.md"))
    assert time.process_time() - began < LIMIT_S
    is_lawful(again)


def test_what_a_terminal_obeys_is_taken_out_and_what_looks_like_markup_stays():
    plan = read_plan("# Kern (9)\n1. Wat is <b>[red]dit[/red]</b>\x1b[31m?\x00 {sleutel}\n")
    assert plan.questions[0].text == "Wat is <b>[red]dit[/red]</b>[31m?"
