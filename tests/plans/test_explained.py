"""What each line of a guide was taken for, why, and what follows when a person chooses something else."""

import pytest

from kring.plans.explained import explained, with_choices
from kring.plans.plan_reader import read_outline, text_lines

GUIDE = """---
titel: Sparen
---
# Leidraad
<!-- niet delen -->

**Doel:** begrijpen

## Kern (10 min)
**Luister naar:**
- wie twijfelt?

1. Wat ging er
   goed?
   - prijs
---
| Tijd | Onderdeel |
|---|---|
| 5 min | Slot |
| 5 min | Totaal |

# Deelnemers
- Fatima
"""


def taken(choices=None):
    lines = text_lines(GUIDE)
    return {
        line.number: (line.kinds, line.reason)
        for line in explained(lines, read_outline(with_choices(lines, choices or {}), "gids.md"), choices)
    }


def test_every_line_with_words_says_what_it_was_taken_for_and_why():
    assert {number: kinds for number, (kinds, _) in taken().items()} == {
        2: ("fact",),
        4: ("title",),
        7: ("fact",),
        9: ("section",),
        10: ("instruction",),
        11: ("instruction",),
        13: ("question",),
        14: ("above",),
        15: ("probe",),
        17: ("label",),
        19: ("section",),
        20: ("note",),
        22: ("list",),
        23: ("list",),
    }
    assert all(reason for _, reason in taken().values())


@pytest.mark.parametrize("choice", ["section", "question", "probe", "note", "instruction"])
@pytest.mark.parametrize("number", [4, 7, 9, 11, 13, 14, 15, 20])
def test_a_line_becomes_what_a_person_chose_for_it(number, choice):
    lines = text_lines(GUIDE)
    plan = read_outline(with_choices(lines, {number: choice}), "gids.md").plan
    kinds = [item.kind for item in plan.guide if item.line == number and item.text != "Gesprek"]
    assert kinds == [choice]
    assert taken({number: choice})[number] == ((choice,), "chosen by you")


def test_a_line_that_is_skipped_is_gone_and_the_others_stay():
    lines = text_lines(GUIDE)
    plan = read_outline(with_choices(lines, {11: "skip"}), "gids.md").plan
    assert "wie twijfelt?" not in [item.text for item in plan.guide]
    assert "Wat ging er goed?" in [item.text for item in plan.guide]


TABLE = "# Kern\n| Duur | Deel | Vraag |\n|---|---|---|\n| 5 | A | wie? |\n| 6 | B | wat |\n| 7 | C | hoe |\n"
LABELS = "# Kern (9 min)\n| Vraag | Wie bent u? |\n|---|---|\n| Doorvragen | hoe lang |\n| Vraag | Wat mist u? |\n"


@pytest.mark.parametrize("choice", ["skip", "note", "instruction", "question"])
def test_the_rows_behind_a_chosen_one_stay_what_they_are(choice):
    lines = text_lines(TABLE)
    plan = read_outline(with_choices(lines, {5: choice}), "gids.md").plan
    others = [(item.kind, item.text, item.planned_s) for item in plan.guide if item.line != 5 and item.text != "Kern"]
    assert others == [
        ("section", "A", 300), ("question", "wie?", None), ("section", "C", 420), ("question", "hoe", None),
    ]  # fmt: skip
    asked = [item.text for item in read_outline(with_choices(text_lines(LABELS), {4: choice})).plan.questions]
    assert {"Wie bent u?", "Wat mist u?"} <= {*asked}


def test_what_stands_below_a_chosen_line_follows_it():
    lines = text_lines("# Kern (10 min)\nVertel over de app\n- prijs\n")
    kinds = [item.kind for item in read_outline(with_choices(lines, {2: "question"})).plan.guide]
    assert kinds == ["section", "question", "probe"]
