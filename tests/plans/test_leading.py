"""What a plan says of how the talk is led: what a question must yield, kinds of probes, sentences, settings."""

from __future__ import annotations

import pytest

from kring.domain.plan import Plan
from kring.plans.outline import outline
from kring.plans.plan_reader import read_outline, read_plan
from kring.plans.word.blocks import Paragraph
from kring.plans.word.outline import outline_lines


def yields(plan: Plan) -> list[tuple[str, str]]:
    titles = {item.id: item.text for item in plan.guide}
    return [(titles[item.parent or ""], item.text) for item in plan.guide if item.kind == "yield"]


def read(body: str, front: str = "") -> Plan:
    return read_plan(f"---\ntitel: t\n{front}\n---\n# Ervaringen (10 min)\n{body}")


@pytest.mark.parametrize(
    "lines",
    [
        "   @opbrengst een echt moment; wat iemand deed",
        "   @yield een echt moment\n   @yield wat iemand deed",
        "@opbrengst een echt moment; wat iemand deed",
        "   - Opbrengst: een echt moment; wat iemand deed",
        "   - doorvraag\n   @opbrengst: een echt moment;\n   @Opbrengsten wat iemand deed.",
        "   @opbrengst een echt moment @opbrengst wat iemand deed",
        "Opbrengst: een echt moment; wat iemand deed",
        "   - opbrengsten : een echt moment; ; wat iemand deed;",
    ],
)
def test_what_a_question_must_yield_stands_under_it(lines: str) -> None:
    plan = read(f"1. Wat gebeurde er? {{key}}\n{lines}\n2. En toen?\n")
    assert yields(plan) == [("Wat gebeurde er?", "een echt moment"), ("Wat gebeurde er?", "wat iemand deed")]
    assert not [warning for warning in plan.warnings if warning.line]


def test_a_yield_without_a_question_or_without_words_is_told() -> None:
    plan = read("@opbrengst iets\n1. Wat? {key}\n   @opbrengst\n")
    assert yields(plan) == []
    assert [warning.line for warning in plan.warnings] == [6, 8]


def test_the_time_box_of_a_yield_counts_nowhere_and_is_told() -> None:
    plan = read("1. Wat? {key}\n   @opbrengst een moment (5 min)\n")
    assert yields(plan) == [("Wat?", "een moment")]
    assert len(plan.warnings) == 1


def test_a_word_that_only_looks_like_it_stays_a_probe() -> None:
    plan = read("1. Wat leverde het op? {key}\n   - opbrengst per maand\n   - yielding to others\n")
    assert yields(plan) == []
    assert [item.text for item in plan.guide if item.kind == "probe"] == ["opbrengst per maand", "yielding to others"]


def test_a_table_may_have_a_column_for_it() -> None:
    plan = read_plan(
        "---\ntitel: t\n---\n| tijd | vraag | doorvragen | opbrengst |\n|--|--|--|--|\n"
        "| 10 min | Wat gebeurde er? | en toen | een moment<br>een reden |\n"
    )
    assert yields(plan) == [("Wat gebeurde er?", "een moment"), ("Wat gebeurde er?", "een reden")]


def test_a_guide_in_word_keeps_what_a_question_must_yield() -> None:
    blocks = [
        Paragraph("Ervaringen (10 min)", "heading", 1),
        Paragraph("Wat gebeurde er?", "numbered"),
        Paragraph("Opbrengst: een {echt} moment", "plain"),
        Paragraph("Opbrengst: een reden", "bullet"),
    ]
    assert yields(read_outline(outline_lines(blocks)).plan) == [
        ("Wat gebeurde er?", "een {echt} moment"),
        ("Wat gebeurde er?", "een reden"),
    ]


def test_the_outline_shows_yields_and_kinds_of_probes() -> None:
    plan = read("1. Wat? {key}\n   - en toen {voorbeeld}\n   @opbrengst een moment\n")
    lines = [(line.left, line.text, [str(remark) for remark in line.remarks]) for line in outline(plan)][2:]
    assert lines == [("-", "en toen", ["example"]), ("=", "een moment", ["yield"])]


@pytest.mark.parametrize(
    ("text", "kind", "left"),
    [
        ("wie ziet dat anders {contrast}", "contrast", "wie ziet dat anders"),
        ("{Verheldering} wat bedoelt u", "clarification", "wat bedoelt u"),
        ("vul {naam} in", None, "vul {naam} in"),
        ("vertel meer", None, "vertel meer"),
        ("noem er een {example} {#id-van-mij}", "example", "noem er een"),
    ],
)
def test_a_probe_may_say_of_which_kind_it_is(text: str, kind: str | None, left: str) -> None:
    plan = read(f"1. Wat? {{key}}\n   - {text}\n")
    probe = next(item for item in plan.guide if item.kind == "probe")
    assert (probe.probe_kind, probe.text) == (kind, left)


def test_sentences_of_one_s_own_stand_anywhere() -> None:
    plan = read(
        "@zin prater: Dank u. Wie nog?\n1. Wat? {key}\n# Controlelijst\n- [ ] x\n@sentence side-track: Later.\n"
    )
    assert dict(plan.sentences) == {"talker": "Dank u. Wie nog?", "side_track": "Later."}
    assert [item for item in plan.guide if "Dank" in item.text] == []


def test_a_sentence_for_nothing_known_or_a_second_one_is_told() -> None:
    plan = read("1. Wat? {key}\n@zin baas: Ho.\n@zin stil: Eén.\n@zin zwijger: Twee.\n@zin conflict:\n")
    assert dict(plan.sentences) == {"silent": "Eén."}
    assert [warning.line for warning in plan.warnings] == [7, 9, 10]


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("", (5, 5, False)),
        ("stilte na vraag: 7 tellen\ngesteld na: 10 s\nherinneringen: aan", (7, 10, True)),
        ("silence after question: 3\nasked after: 8 seconds\nreminders: yes", (3, 8, True)),
        ("gesteld na: 0 s\nsilence count: lang\nreminders: misschien", (5, 5, False)),
        ("gesteld na: 61", (5, 5, False)),
    ],
)
def test_how_long_a_silence_is_counted_and_what_counts_as_asked(front: str, found: tuple[int, int, bool]) -> None:
    plan = read("1. Wat? {key}\n", front)
    assert (plan.silence_s, plan.asked_s, plan.reminders) == found
    assert len(plan.warnings) == (0 if found != (5, 5, False) or not front else len(front.splitlines()))
