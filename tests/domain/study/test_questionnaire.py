"""What is found in questions and scales, on Dutch and English ones that are good and ones that are not."""

from __future__ import annotations

import pytest

from kring.domain.study.questionnaire.checks import doubts, lix
from kring.domain.study.questionnaire.model import Asked, Option
from kring.domain.study.questionnaire.wording import wording
from kring.plans.study.questionnaire import read_questionnaire

GOOD = """\
Hoe tevreden bent u over onze winkel?
Hoe vaak kwam u de afgelopen maand in onze winkel?
Hoe waarschijnlijk is het dat u ons aanbeveelt aan een vriend of collega?
Welk cijfer geeft u de app?
Waarom geeft u dit cijfer?
Wat zou er beter kunnen?
Hoe makkelijk of moeilijk vond u het om punten in te wisselen?
Hoe lang bent u klant bij ons?
Met wie kwam u de laatste keer?
Wat ging er de laatste keer niet goed?
Gaat u liever naar de winkel of bestelt u liever online?
Hoe tevreden bent u over de prijs van onze producten?
Welke van deze acties kent u?
Hoe oud bent u?
Uit hoeveel mensen bestaat uw huishouden, uzelf meegeteld?
Hebt u de afgelopen week de folder gelezen?
Hoe belangrijk is het voor u dat de winkel dichtbij is?
Hoe vindt u de openingstijden tussen 8 en 20 uur?
Waar hoorde u voor het eerst van ons?
Weet u hoeveel punten u nu hebt?
Waarom wisselde u uw punten niet in?
Hoe tevreden bent u over de hulp van onze medewerkers?
Hoe vindt u het dat u ons niet meer kunt bellen?
Komt u hier met vrienden en familie?
Is het inwisselen gelukt of niet?
How satisfied are you with our shop?
How often did you visit our shop in the past month?
How likely are you to recommend us to a friend or colleague?
What is the main reason for your score?
How easy or difficult was it to redeem your points?
How long have you been a customer?
Who did you come with the last time?
What did not go well the last time?
Do you prefer the shop or the website?
How satisfied are you with the prices?
Which of these offers do you know?
How old are you?
How many people live in your household, yourself included?
Did you read the leaflet in the past week?
How important is it to you that the shop is nearby?
Are you open to a call between 9 and 5 from us?
Where did you first hear of us?
Do you know how many points you have now?
Why did you not redeem your points?
How satisfied are you with the help of our staff?
How was your last visit?
How do you feel about not being able to call us?
Are you here with friends and family?
Is there anything else that you would like to tell us?
""".splitlines()
LEADS, JUDGED, TWO, DENIES, DENIES_TWICE, TRADE, LONG, TWO_MARKS = (
    "may lead", "judges already", "may ask two", "denies, and", "denies twice", "your own trade", "words; above",
    "two questions in this one",
)  # fmt: skip
BAD = [
    ("Vindt u ook dat de kassa sneller kan?", LEADS),
    ("Bent u het ermee eens dat sparen leuk is?", LEADS),
    ("Zou u niet liever korting krijgen?", LEADS),
    ("U komt natuurlijk vaak bij ons; hoe vaak?", LEADS),
    ("De meeste mensen sparen. Spaart u?", LEADS),
    ("De app werkt goed, toch?", LEADS),
    ("Wat vindt u van onze geweldige app?", JUDGED),
    ("Hoe vervelend is die verschrikkelijke wachtrij?", JUDGED),
    ("Hoe tevreden bent u over de prijs en de kwaliteit?", TWO),
    ("Zijn onze medewerkers vriendelijk en deskundig?", TWO),
    ("Welk cijfer geeft u de app en de website?", TWO),
    ("Gebruikt u de app en/of de website?", TWO),
    ("Was de winkel schoon en opgeruimd?", TWO),
    ("Komt u hier vaak? Zo nee, waarom?", TWO_MARKS),
    ("Vond u de uitleg niet duidelijk?", DENIES),
    ("Hebt u nooit punten laten verlopen?", DENIES),
    ("Kreeg u geen antwoord op uw vraag?", DENIES),
    ("Ik ben niet ontevreden over de kassa", DENIES_TWICE),
    ("Het is niet onbelangrijk dat de winkel dichtbij is", DENIES_TWICE),
    ("Hoe beoordeelt u onze touchpoints?", TRADE),
    ("Wat vindt u van de klantreis?", TRADE),
    ("Hoe vaak leest u onze FAQ?", TRADE),
    (f"Als u terugdenkt aan alle keren dat u dit jaar {'in de winkel ' * 6}was, hoe tevreden bent u dan?", LONG),
    ("Don't you think that the till could be faster?", LEADS),
    ("Do you agree that saving is fun?", LEADS),
    ("Wouldn't you rather have a discount?", LEADS),
    ("Of course you come often; how often?", LEADS),
    ("Most people save. Do you?", LEADS),
    ("As you know, we have an app. Do you use it?", LEADS),
    ("What do you think of our amazing app?", JUDGED),
    ("How annoying is that terrible queue?", JUDGED),
    ("How satisfied are you with the price and the quality?", TWO),
    ("Are our staff friendly and skilled?", TWO),
    ("How would you rate the app and the website?", TWO),
    ("Do you use the app and/or the website?", TWO),
    ("Was the shop clean? And was it tidy?", TWO_MARKS),
    ("Did you not find the explanation?", DENIES),
    ("Have you never let points expire?", DENIES),
    ("I am not dissatisfied with the till", DENIES_TWICE),
    ("It is not unimportant that the shop is near", DENIES_TWICE),
    ("How do you rate our touchpoints?", TRADE),
    ("What do you think of the customer journey?", TRADE),
    ("How strong is your engagement?", TRADE),
    (f"When you think back of all the times that you were {'in our shop ' * 6}how satisfied are you?", LONG),
]  # fmt: skip


def found(text: str) -> list[str]:
    return [warning.sentence.template for warning in wording(Asked(text, 1, scale=(1, 5), labels="laag hoog"))]


@pytest.mark.parametrize("text", GOOD)
def test_a_good_question_gets_no_warning(text: str) -> None:
    if text.startswith(("Wat", "What", "Waarom", "Why")) and ("niet" in text or "not" in text):
        assert [warning.line for warning in wording(Asked(text, 1))] == []
    assert found(text) == []


@pytest.mark.parametrize(("text", "why"), BAD)
def test_a_bad_question_is_told_why_and_only_that(text: str, why: str) -> None:
    assert [why in told for told in found(text)] == [True]


TEXT = """\
# Vervolg op het KTO
Doel: weten waarom punten verlopen

1. Hoe tevreden bent u over de kassa?
   - zeer tevreden
   - tevreden
   - neutraal
   - ontevreden
   - zeer ontevreden
   - weet niet
2. Hoe waarschijnlijk is het dat u ons aanbeveelt? (0 = zeer onwaarschijnlijk - 10 = zeer waarschijnlijk)
3. Waarom?
   ____
4. Hoe makkelijk is inwisselen?
   schaal: 1-5
5. Welke acties kent u?
   - Wie spaart die wint?
   - geen
"""


RISING = "\n   - slecht\n   - goed\n   - weet niet\n"
FALLING = "6. Hoe is de site?\n   - goed\n   - slecht\n   - weet niet\n"


def of(text: str) -> list[tuple[int, str]]:
    """The warnings on questions, without those on how many there are."""
    told = doubts(read_questionnaire(text))
    return [
        (one.line, one.sentence.template.split(";")[0].split(":")[0])
        for one in told
        if "{few}" not in one.sentence.template
    ]


def test_a_text_is_read_as_questions_with_answers_scales_and_a_goal() -> None:
    one = read_questionnaire(TEXT)
    assert [goal.text for goal in one.goals] == ["weten waarom punten verlopen"]
    assert [(asked.line, len(asked.options), asked.scale, asked.is_open) for asked in one.questions] == [
        (4, 6, None, False), (11, 0, (0, 10), False), (12, 0, None, True), (14, 0, (1, 5), False), (16, 2, None, False),
    ]  # fmt: skip
    assert of(TEXT) == [(14, "Nothing says what {low} and {high} mean")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("   - ontevreden\n", ""), (4, "This scale has {high} answers on the good side and {low} on the bad")),
        (("   - weet niet\n", ""), (4, "Scales without “don't know”")),
        (("Doel: weten waarom punten verlopen", ""), (0, "It does not say what it is for")),
        (("Doel: weten waarom punten verlopen", "Doel: a\nDoel: b"), (3, "This is a second goal")),
        (("3. Waarom?\n   ____\n", ""), (0, "No question is answered in own words")),
        (("3. Waarom?", "3. Hoe tevreden bent u over de kassa?"), (12, "This question stands on line {line} too.")),
        (("5. Welke", "5. Wat?\n6. Wie?\n7. Welke"), (17, "More than two questions in own words")),
        (
            ("5. Welke", f"5. Hoe is de app?{RISING}{FALLING}7. Welke"),
            (16, "This scale runs the other way than most here"),
        ),
    ],
)  # fmt: skip
def test_what_a_questionnaire_lacks_is_told_by_its_line(change: tuple[str, str], said: tuple[int, str]) -> None:
    assert said in of(TEXT.replace(*change))


@pytest.mark.parametrize(
    ("text", "scale", "is_told"),
    [
        ("1. Welk cijfer geeft u ons (1-10)?", (1, 10), False),
        ("1. Welk cijfer geeft u ons, van 1 tot en met 10?", (1, 10), False),
        ("1. How likely are you to recommend us, from 0 to 10?", (0, 10), True),
        ("1. How easy was it (1 = very hard, 5 = very easy)?", (1, 5), False),
        ("1. How easy was it? (1 very hard – 5 very easy)", (1, 5), False),
        ("1. How easy was it?\n   scale: 1 to 5", (1, 5), True),
        ("1. Komt u liever van 8 tot 20 uur?", None, False),
    ],
)
def test_the_ends_of_a_scale_of_numbers_are_named(text: str, scale: tuple[int, int] | None, is_told: bool) -> None:
    one = read_questionnaire(text)
    assert [asked.scale for asked in one.questions] == [scale]
    assert any("{low} and {high} mean" in told.sentence.template for told in doubts(one)) == is_told


@pytest.mark.parametrize(("n", "is_told"), [(9, True), (10, False), (30, False), (31, True)])
def test_ten_to_thirty_questions_are_read_to_the_end(n: int, is_told: bool) -> None:
    text = "".join(f"{place}. Vraag {place}?\n   - ja\n   - nee\n" for place in range(1, n + 1))
    assert any("{few}" in one.sentence.template for one in doubts(read_questionnaire(text))) == is_told


def test_how_hard_it_reads_is_the_lix() -> None:
    questions = [Asked("Hoe tevreden bent u?", 1), Asked("Beoordeel de dienstverlening", 2, (Option("a", 3),))]
    assert lix(questions) == pytest.approx(7 / 2 + 100 * 3 / 7)
    assert lix([]) == 0
    hard = "1. Beoordeel onze dienstverlening betreffende informatievoorziening\n"
    assert any("LIX" in one.sentence.template for one in doubts(read_questionnaire(hard)))
    easy = "".join(f"{n}. {text}\n" for n, text in enumerate(GOOD, 1))
    assert not any("LIX" in one.sentence.template for one in doubts(read_questionnaire(easy)))


@pytest.mark.parametrize("text", ["", "\n\n", "# Kop", "1.", "- a\n- b", "|a|b|\n|-|-|", "doel:", "1. ?\n   - "])
def test_no_text_is_refused(text: str) -> None:
    doubts(read_questionnaire(text))


def asked_of(*texts: str) -> list[Asked]:
    return [Asked(text, place) for place, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            (
                "Hoe waarschijnlijk is het dat u De Linde aanbeveelt?",
                "Hoe tevreden bent u over de snelheid van de reparatie?",
                "Wat kan er beter?",
                "Wanneer belde u voor het laatst?",
                "Welk cijfer geeft u het melden in de app?",
            ),
            23.4,
        ),
        (
            (
                "How likely are you to recommend the library to a friend?",
                "How satisfied are you with the opening hours?",
                "What could be better?",
            ),
            25.1,
        ),
    ],
)
def test_the_lix_is_that_of_readability_0_3_2(texts: tuple[str, ...], found: float) -> None:
    assert round(lix(asked_of(*texts)), 1) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hoe vond u de servicetouchpoints?", ["servicetouchpoints"]),
        ("Hoe verliep uw klantreis, en welke klantreizen maakte u?", ["klantreis", "klantreizen"]),
        ("Wat vindt u van onze conversieratio?", ["conversieratio"]),
        ("Bent u ooit geadopteerd?", []),
        ("Rijdt u met een segmentbus?", []),
    ],
)
def test_jargon_is_found_within_a_dutch_word(text: str, words: list[str]) -> None:
    told = [
        one.sentence.values["words"] for one in wording(Asked(text, 1)) if "your own trade" in one.sentence.template
    ]
    assert told == words
