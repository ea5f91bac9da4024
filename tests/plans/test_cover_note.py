"""A guide that came by mail: the note above it and heads of older mails are left out and told; what is spoken stays."""

import pytest

from kring.plans.plan_reader import read_plan

GUIDE = """Gespreksleidraad helpdesk

Welkom (10 min)
1. Wie bent u?

Ervaringen (20 min)
2. Wat ging goed?
   - prijs
"""
FORWARDED = (
    "---------- Forwarded message ---------\nVan: Anna <a@x.example>\nDate: di 1 dec 2026\nSubject: Leidraad\n"
    "To: Bo\n\nBeste Bo,\n\n"
)
SAME = ["Welkom", "Wie bent u?", "Ervaringen", "Wat ging goed?", "prijs"]
HEAD = "Van: Anna de Wit\nVerzonden: dinsdag 1 december 2026 10:12\nAan: Bo\nOnderwerp: RE: leidraad\n\n"


@pytest.mark.parametrize(
    "above",
    [
        "Beste Noor,\n\n",
        "Hoi,\n\n",
        "Hoi Els,\n\nHierbij de leidraad. Kun jij kijken of de vragen kloppen?\n\nGroet, Bo\n\n",
        "Dear Bo,\n\nPlease find the guide below. Could you check the timings?\n\nBest,\nAnna\n\n",
        "Hoi Els,\n\nKun jij hiernaar kijken?\nWil je de tijden controleren?\n\nGroetjes,\nBo\n\n" + FORWARDED,
        f"Ha Els, is dit zo goed?\n\n{HEAD}",
        f"Kun je dit nog nalopen?\n- tijden\n- volgorde\n\n-----Oorspronkelijk bericht-----\n{HEAD}Hoi Bo,\n\n",
        "Begin doorgestuurd bericht:\n\nVan: Anna\nOnderwerp: Leidraad\nDatum: 1 december 2026\nAan: Bo\n\nHoi,\n\n",
        "Hi all,\n\nAttached the draft, and below too. Thoughts?\n\nThanks\nAnna\n\n",
        "Beste collega's,\n\nHieronder de leidraad. Zien jullie nog iets?\n\nAnna\n\n",
    ],
)
@pytest.mark.parametrize(
    "below",
    [
        "",
        "\nOp 1 dec 2026 om 10:12 schreef Anna:\n> Kun je de leidraad sturen?\n> Heb je ook de lijst?\n",
        f"\n{HEAD}Kun je de leidraad sturen?\n",
        "\nWat vind je ervan? Ik hoor het graag.\n\nGroet Anna\n",
        "\nMet vriendelijke groet,\n\nAnna de Wit\nSenior onderzoeker\n06-12345678\n",
    ],
)
def test_what_a_mail_puts_around_a_guide_is_left_out_and_told(above, below):
    plan = read_plan(f"{above}{GUIDE}{below}")
    assert (plan.title, [item.text for item in plan.guide]) == ("Gespreksleidraad helpdesk", SAME)
    assert [item.kind for item in plan.guide] == ["section", "question", "section", "question", "probe"]
    told = [str(warning.sentence) for warning in plan.warnings if "of a mail" in str(warning.sentence)]
    assert len(told) == 1 + bool(below)


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        ("Hallo allemaal, fijn dat jullie er zijn. Wie heeft er gebeld?", "Wie heeft er gebeld?"),
        ("Beste deelnemers,\n\nWelkom bij dit gesprek. We nemen het op.", "We nemen het op."),
        ("Dag, welkom!\nWat is uw naam?", "Wat is uw naam?"),
        ("Intro (5 min)\nHoi Noor,\nWat vind je ervan?\nGroet, Bo", "Wat vind je ervan?"),
        ("Intro (5 min)\nVan: de bank\nOnderwerp: uw rente", "uw rente"),
    ],
)
def test_what_is_said_to_the_group_or_shown_stays(above, kept):
    plan = read_plan(f"{above}\n\n{GUIDE}")
    assert any(kept in item.text for item in plan.guide)
    assert not any("of a mail" in str(warning.sentence) for warning in plan.warnings)


def test_two_guides_in_one_mail_both_stay():
    plan = read_plan(f"{GUIDE}\n{HEAD}{GUIDE.replace('10', '15')}")
    assert [item.text for item in plan.questions].count("Wie bent u?") == 2
