"""A plan that is read again keeps its ids, so that what was done stays attached."""

from kring.domain.decide.plan_match import reread
from kring.plans.plan_reader import read_plan

BEFORE = """# Welkom (5 min)
1. Wie bent u?
# Ervaringen (20 min)
2. Vertel eens over de laaste keer dat u punten inwiselde. {sleutel}
   - wat ging goed
   - wat ging fout
3. Wat zou u veranderen?
# Slot (5 min)
4. Nog iets?

# Deelnemers
- Anna
- Joost
- Piet

# Controlelijst
## Bij de start !
- [ ] opname gestart
"""


def edited(*changes):
    text = BEFORE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


def ids(plan):
    return {item.text: item.id for item in plan.guide}


def again(*changes):
    old = read_plan(BEFORE)
    return old, reread(old, read_plan(edited(*changes)))


def test_the_same_text_has_the_same_ids():
    assert read_plan(BEFORE) == read_plan(BEFORE)
    assert read_plan("\n\n" + BEFORE).guide[3].id == read_plan(BEFORE).guide[3].id


def test_an_edit_elsewhere_changes_no_id():
    old, new = again(("1. Wie bent u?", "1. Wie bent u?\n   - en uw kat\n2. Waar woont u?"))
    assert {text: found for text, found in ids(new).items() if text in ids(old)} == ids(old)


def test_a_question_with_a_typo_mended_is_the_same_question():
    old, new = again(("laaste keer dat u punten inwiselde", "laatste keer dat u punten inwisselde"))
    mended = next(item for item in new.guide if item.text.startswith("Vertel eens over de laatste"))
    assert mended.id == next(item for item in old.guide if item.text.startswith("Vertel eens over de laaste")).id
    assert {item.parent for item in new.guide if item.kind == "probe"} == {mended.id}


def test_a_typo_mended_behind_a_new_question_is_still_found():
    old, new = again(
        ("2. Vertel eens over de laaste", "2. Hoe vaak spaart u?\n3. Vertel eens over de laatste"),
    )
    assert next(item.id for item in new.guide if "laatste" in item.text) == next(
        item.id for item in old.guide if "laaste" in item.text
    )


def test_a_renamed_section_keeps_its_questions():
    old, new = again(("# Ervaringen (20 min)", "# Ervaringen met sparen (25 min)"))
    assert ids(new)["Ervaringen met sparen"] == ids(old)["Ervaringen"]
    assert ids(new)["Wat zou u veranderen?"] == ids(old)["Wat zou u veranderen?"]


def test_a_question_that_moves_to_another_section_keeps_its_id():
    old, new = again(("3. Wat zou u veranderen?\n", ""), ("4. Nog iets?", "3. Wat zou u veranderen?\n4. Nog iets?"))
    assert ids(new)["Wat zou u veranderen?"] == ids(old)["Wat zou u veranderen?"]


def test_another_question_at_the_same_place_is_another_question():
    old, new = again(("Wat zou u veranderen?", "Hoe oud is uw oudste kind?"))
    assert ids(new)["Hoe oud is uw oudste kind?"] not in ids(old).values()


def test_a_mark_for_the_id_that_comes_later_keeps_what_was_attached():
    old, new = again(("Wat zou u veranderen?", "Wat zou u veranderen? {#anders}"))
    assert ids(new)["Wat zou u veranderen?"] == ids(old)["Wat zou u veranderen?"]


def test_ids_stay_unique_when_an_old_one_comes_back():
    old = read_plan("# A (5 min)\n1. Wat vindt u van de prijs nu?\n2. Wat vindt u?\n")
    new = read_plan("# A (5 min)\n1. Wat vindt u van de prijs dan?\n2. Wat vindt u van de prijs nu?\n")
    found = [item.id for item in reread(old, new).guide]
    assert len(set(found)) == len(found)


def test_checks_with_other_words_stay_ticked():
    old, new = again(("opname gestart", "de opname is gestart"))
    assert new.checks[0].id == old.checks[0].id
    assert new.checks[0].text == "de opname is gestart"


def test_people_keep_their_codes_when_one_is_taken_off_the_list():
    _, new = again(("- Joost\n", ""))
    assert [(person.name, person.code) for person in new.participants] == [("Anna", "P1"), ("Piet", "P3")]


def test_somebody_new_never_gets_the_code_of_who_left():
    _, new = again(("- Joost\n- Piet", "- Piet\n- Samira"))
    assert {person.name: person.code for person in new.participants} == {"Anna": "P1", "Piet": "P3", "Samira": "P4"}
